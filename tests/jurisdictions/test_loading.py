"""Loading countries: bundled ones, folders and overlays; the fictional one uses everything."""

import shutil
from pathlib import Path

import pytest

from rehabcore import jurisdictions
from rehabcore.programs import offers_on
from rehabcore.questions.policy import RecordsPolicy, ToldTwice
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import AllOf, AtLeast, Not, comparisons, parts_of
from rehabcore.rules.judging.verdicts import is_draft
from rehabcore.rules.sources import Status
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import JurisdictionError
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import case, day, span
from tests.kit.overlays import overlay
from tests.kit.record_makers import offence, sentence

XX = jurisdictions.load("xx")
XX_FOLDER = Path(jurisdictions.__file__).parent / "packs" / "xx"


def test_every_pack_is_bundled() -> None:
    assert jurisdictions.bundled() == ("ge", "ge-example", "md", "ro", "ua", "xx")


def test_case_files_are_bundled_with_two_countries() -> None:
    assert list(jurisdictions.examples()) == [
        "ge/probationer",
        "ge/release",
        "xx/individual-plan",
        "xx/therapeutic-community",
    ]


@pytest.mark.parametrize("name", jurisdictions.bundled())
def test_bundled_country_is_sound_and_its_folder_loads_the_same(name: str) -> None:
    assert jurisdictions.load(XX_FOLDER.parent / name) == jurisdictions.load(name)


def test_a_folder_loads_as_the_bundled_country_does(tmp_path: Path) -> None:
    shutil.copytree(XX_FOLDER, tmp_path / "copy")
    assert jurisdictions.load(tmp_path / "copy") == XX


@pytest.mark.parametrize("name", ["yy", "../ge", "", "ge/"])
def test_only_bundled_countries_have_a_name(name: str) -> None:
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(name)
    assert [problem.code for problem in caught.value.problems] == ["unknown_jurisdiction"]


def test_a_folder_that_is_none_lacks_its_pack(tmp_path: Path) -> None:
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(tmp_path / "nowhere")
    problems = [(problem.file, problem.code) for problem in caught.value.problems]
    assert problems == [("pack.toml", "missing_file")]


def test_an_overlay_keeps_the_base_and_adds_to_it() -> None:
    base, overlay = jurisdictions.load("ge"), jurisdictions.load("ge-example")
    assert overlay.packs == (*base.packs, "ge-example@2026.1")
    assert [p.program_id for p in overlay.programs] == [p.program_id for p in base.programs]
    assert overlay.sources[: len(base.sources)] == base.sources
    assert set(base.rules) < set(overlay.rules)
    assert overlay.plan_policy == base.plan_policy
    assert overlay.moves == base.moves
    assert overlay.glossary == base.glossary


def test_local_entry_rules_stand_beside_the_published_ones(tmp_path: Path) -> None:
    local = overlay(
        tmp_path, entry='[entry.drop_in]\nfact = "age"\nat_least = "16 years"\nstatus = "draft"'
    )
    before = next(p for p in XX.programs if p.program_id == "drop_in")
    after = next(p for p in local.programs if p.program_id == "drop_in")
    assert isinstance(after.entry, AllOf)
    published, added = after.entry.parts
    assert published == before.entry
    assert added.about.origin == "local@1"


def test_an_overlay_may_add_words_programmes_moves_and_another_policy(tmp_path: Path) -> None:
    local = overlay(
        tmp_path,
        glossary='event_kinds = [{ id = "visit", title = { en = "visit" } }]\n'
        'other_programs = [{ id = "elsewhere", title = { en = "Elsewhere" } }]',
        programs='[[programs]]\nprogram_id = "local_help"\nkind = "service"\n'
        'title = { en = "Help" }\narea = "thinking"',
        plan='[policy]\ngoal_from = "high"\ncomponent_of = { en = "local plan" }',
        moves='[[moves]]\nmove_id = "to_clinic"\ntitle = { en = "To hospital" }\n'
        'setting_from = ["custody"]\nsetting_to = "hospital"\n'
        'status_from = ["sentenced_custody"]\nstatus_to = "sentenced_custody"\n'
        'guard = { fact = "observed_health_clearance", is = "not_cleared" }',
    )
    assert codes(local.glossary.event_kinds) == (*codes(XX.glossary.event_kinds), "visit")
    assert local.programs[-1].origin == "local@1"
    assert local.plan_policy.goal_from == "high"
    assert local.moves[-1].move_id == "to_clinic"
    assert local.known_programs()[-2:] == ("local_help", "elsewhere")
    assert "elsewhere" in local.facts["completed"].parameters[0].codes


def test_an_overlay_replaces_the_tables_of_records_that_it_states(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "same").mkdir()
    other = overlay(tmp_path / "other", records="[told_twice]\nwithin_days = 5")
    assert other.records_policy.told_twice == ToldTwice(within_days=5)
    assert overlay(tmp_path / "same").records_policy == XX.records_policy
    assert jurisdictions.load("ge").records_policy == RecordsPolicy()


def test_the_fictional_country_once_drew_the_line_of_adults_elsewhere() -> None:
    ages = XX.parameters["adult_age"]
    assert [ages.at(day(on)).value for on in ("1994-12-31", "1995-01-01")] == [
        "21 years",
        "18 years",
    ]
    assert [str(part) for part in parts_of(XX.rules["juvenile"])] == [
        "age under 21 years",
        "age under 18 years",
    ]
    assert XX.rules["adult"].about.covered == ages.covered == span("1920-01-01")


def test_an_overlay_may_use_parameters_of_the_base_and_add_its_own(tmp_path: Path) -> None:
    local = overlay(
        tmp_path,
        parameters='[parameters.local_age]\nversions = [{ value = "16 years", status = "draft",'
        ' in_force = { start = 2020-01-01, end = "open" } }]',
        rules='[rules.local]\nany = [{ fact = "age", at_least = { parameter = "local_age" } },'
        '{ fact = "age", at_least = { parameter = "adult_age" } }]',
    )
    assert list(local.parameters) == ["adult_age", "local_age"]
    own, inherited = parts_of(local.rules["local"])
    assert (own.about.covered, inherited.about.covered) == (span("2020-01-01"), span("1920-01-01"))
    assert [part.about.origin for part in (own, *parts_of(own))] == ["local@1", "local@1"]


def test_law_by_the_day_of_release_holds_for_who_was_due_before_and_after() -> None:
    guard = XX.move("conditional_release").guard
    assert guard is not None
    by_release = parts_of(guard)[1]
    assert by_release.about.covered is None
    branches = [[str(leaf) for leaf in comparisons(branch)] for branch in parts_of(by_release)]
    due = "time_to_earliest_release"
    assert [leaves[:-1] for leaves in branches] == [
        [f"{due} before 1920-01-01"],
        [f"{due} since 1920-01-01", f"{due} before 2020-01-01"],
        [f"{due} since 2020-01-01"],
    ]
    assert branches[0][-1] == "unsettled_law_met is true"


@pytest.mark.parametrize(
    ("committed", "answer"),
    [
        (["2021-12-31"], Answer.MET),
        (["2022-01-01"], Answer.NOT_MET),
        (["2021-12-31", "2021-01-01"], Answer.MET),
        (["2021-12-31", "2022-01-01"], Answer.UNKNOWN),
        ([None], Answer.UNKNOWN),
    ],
    ids=["day-before-the-reform", "day-of-it", "both-before", "one-of-each", "day-not-on-file"],
)
def test_law_by_the_day_of_the_offence_is_that_of_the_offence_that_is_sentenced(
    tmp_path: Path, committed: list[str | None], answer: Answer
) -> None:
    local = overlay(
        tmp_path,
        parameters='[parameters.share_of_term]\nclock = "offence"\nversions = [\n'
        '{ value = "2 years", in_force = { start = 1990-01-01, end = 2022-01-01 } },\n'
        '{ value = "3 years", in_force = { start = 2022-01-01, end = "open" } }]',
        programs='[[programs]]\nprogram_id = "leave"\nkind = "service"\n'
        'title = { en = "Leave" }\narea = "thinking"\n'
        'entry = { fact = "time_served", at_least = { parameter = "share_of_term" } }\n'
        '[[programs]]\nprogram_id = "old_law"\nkind = "service"\n'
        'title = { en = "Of the old law" }\narea = "thinking"\nclock = "offence"\n'
        "in_force = { start = 1990-01-01, end = 2022-01-01 }\n"
        'entry = { fact = "time_served", at_least = "1 day" }',
    )
    offences = [offence(f"o{n}", None, on, of="s") for n, on in enumerate(committed)]
    file = case(sentences=(sentence("s", "2022-06-01", "2030-06-01"),), offences=tuple(offences))
    for on in ("2024-06-01", "2025-05-31"):
        offers = offers_on(local.admissions, local.facts_of(file).on(day(on)), on=day(on))
        told = {offer.program_id: offer.answer for offer in offers}
        assert (told[ProgramId("leave")], told[ProgramId("old_law")]) == (answer, answer)


def test_the_fictional_country_uses_every_kind_of_node() -> None:
    nodes = []
    for criterion in (
        [p.entry for p in XX.programs]
        + [p.audience for p in XX.programs]
        + [move.guard for move in XX.moves]
    ):
        if criterion is not None:
            pending = [criterion]
            while pending:
                node = pending.pop()
                nodes.append(type(node))
                pending.extend(parts_of(node))
    assert {AllOf, Not, AtLeast} <= set(nodes)
    assert {program.kind for program in XX.programs} == {"program", "service"}


def test_the_fictional_country_has_reviewed_and_draft_law() -> None:
    assert {source.status for source in XX.sources} == {Status.REVIEWED, Status.DRAFT}
    guard = XX.move("return_to_custody").guard
    assert guard is not None
    assert is_draft(guard)


def test_programmes_that_are_no_list_are_refused(tmp_path: Path) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, programs="programs = 5")
    problems = [(p.file, p.code, p.path) for p in caught.value.problems]
    assert problems == [("programs.toml", "wrong_type", "programs")]


def test_a_misspelt_key_of_country_data_is_shown_for_nothing_in_it_is_personal(
    tmp_path: Path,
) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, rules='[rules.local]\nfact = "age"\nat_leest = "18 years"')
    assert 'rules.toml: rules.local: unknown_key: found the key "at_leest"' in str(caught.value)


def test_a_programme_that_is_no_table_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, programs='programs = ["work_club", { program_id = "help" }]')
    told = [(problem.path, problem.code) for problem in caught.value.problems]
    assert ("programs[0]", "wrong_type") in told
    assert ("programs[1].title", "missing_key") in told

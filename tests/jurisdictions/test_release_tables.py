"""What a country states about a release, and countries of which little is published."""

from fractions import Fraction
from pathlib import Path

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.moves.recipients import Recipient, RecipientRole
from rehabcore.care.release import StatedFigure
from rehabcore.jurisdictions.reading.finding import bundled
from rehabcore.reports import explain
from rehabcore.rules.sources import Status, Text
from rehabcore.rules.time.days import Term
from rehabcore.strict.problems import InputError, JurisdictionError
from tests.kit.builders import case, day
from tests.kit.overlays import overlay
from tests.kit.record_makers import checklist_entry, transition

DEADLINE = '[[deadlines]]\ncode = "{code}"\ntitle = {{ en = "x" }}\n{said}\n'
THIN = ("md", "ro", "ua")


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        (DEADLINE.format(code="benefits", said='due = { before = ["release"] }'),
         "duplicate_id", "deadlines[0].code"),
        (DEADLINE.format(code="x", said='due = { before = ["parole"] }'),
         "unknown_value", "deadlines[0].due"),
        (DEADLINE.format(code="x", said='due = { after = ["release"] }\nopens = { after = ["x"] }'),
         "unknown_value", "deadlines[0].opens"),
        (DEADLINE.format(code="x", said='due = { after = ["release"] }\nnot_before = ["x"]'),
         "unknown_value", "deadlines[0].not_before"),
        (DEADLINE.format(code="x", said='due = { after = ["release"] }\nstatus = "reviewed"'),
         "uncited", "deadlines[0]"),
        ('[[agreements]]\nid = "a"\ntitle = { en = "x" }\nelements = ["gone"]',
         "unknown_value", "agreements[0].elements"),
        ('[[figures]]\nid = "f"\ntitle = { en = "x" }\ncount = 3\nof = 2',
         "out_of_range", "figures[0].count"),
        ('milestone = "gone"', "unknown_value", "milestone"),
    ],
)  # fmt: skip
def test_a_release_that_is_not_sound_is_refused_with_its_place(
    tmp_path: Path, text: str, code: str, path: str
) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, release=text)
    [problem] = caught.value.problems
    assert (problem.file, problem.code, problem.path) == ("release.toml", code, path)


def test_an_overlay_adds_to_the_items_of_its_base(tmp_path: Path) -> None:
    text = DEADLINE.format(code="visit", said='due = { after = ["release"], term = "3 days" }')
    policy = overlay(tmp_path, release=text).release_policy
    assert [one.code for one in policy.deadlines][-2:] == ["aftercare_plan", "visit"]
    assert policy.milestone == "projected_release"


def test_every_country_has_only_items_of_its_own_sources() -> None:
    for country in map(jurisdictions.load, bundled()):
        own = {source.source_id for source in country.sources}
        policy = country.release_policy
        stated = (*policy.deadlines, *policy.offers)
        assert {cite.source_id for one in stated for cite in one.cite} <= own
        offsets = [one.due for one in stated] + [one.opens for one in stated if one.opens]
        assert Term(days=180) not in {offset.term for offset in offsets}


# --- countries of which little is published -----------------------------------------------


@pytest.mark.parametrize("country", THIN)
def test_a_country_without_levels_answers_every_question(country: str) -> None:
    pack, on = jurisdictions.load(country), day("2026-05-01")
    to = Recipient(office="office", role=RecipientRole.CASE_STAFF)
    results = (
        casework.match(case(), pack, on=on),
        casework.needs(case(), pack, on=on),
        casework.plan(case(), pack, on=on),
        casework.continuity(case(), pack, on=on),
        casework.release_plan(case(), pack, on=on),
        casework.hand_over(case(), pack, on=on, to=to),
    )
    for result in results:
        assert exchange.read(exchange.write(result)) == result
        assert explain(result, detail=True)
    assert results[5].package.needs == ()


def test_a_list_that_is_not_published_has_to_be_named(tmp_path: Path) -> None:
    folder = Path(jurisdictions.__file__).parent / "packs" / "md"
    for file in folder.glob("*.toml"):
        text = file.read_text("utf-8")
        text = text.replace('not_published = ["areas", ', "not_published = [")
        tmp_path.joinpath(file.name).write_text(text, "utf-8")
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(tmp_path)
    [problem] = caught.value.problems
    assert (problem.file, problem.code, problem.path) == ("glossary.toml", "empty_group", "areas")


def test_only_lists_that_every_country_needs_can_be_named(tmp_path: Path) -> None:
    folder = Path(jurisdictions.__file__).parent / "packs" / "md"
    for file in folder.glob("*.toml"):
        text = file.read_text("utf-8").replace('["areas", ', '["registers", "areas", ')
        tmp_path.joinpath(file.name).write_text(text, "utf-8")
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(tmp_path)
    [problem] = caught.value.problems
    assert (problem.file, problem.path) == ("pack.toml", "not_published[0]")


def test_a_level_from_which_goals_follow_is_stated_where_levels_are(tmp_path: Path) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, plan='[policy]\ncomponent_of = { en = "plan" }')
    [problem] = caught.value.problems
    assert (problem.file, problem.code, problem.path) == (
        "plan.toml",
        "missing_key",
        "policy.goal_from",
    )


def test_romania_lays_preparation_ninety_days_before_release() -> None:
    file = case(transitions=(transition("tr", "2026-05-01", planned_for="2026-12-31"),))
    plan = casework.release_plan(file, jurisdictions.load("ro"), on=day("2026-06-01")).plan
    assert [(item.code, item.due) for item in plan.items] == [
        ("release_preparation", day("2026-10-02")),
        ("critical_window", day("2027-01-30")),
        ("follow_up", day("2028-12-31")),
    ]


def test_what_was_read_in_an_older_version_only_is_a_draft() -> None:
    for deadline in jurisdictions.load("ua").release_policy.deadlines:
        assert deadline.status in (None, Status.DRAFT)


def test_the_moldovan_agreement_has_seven_elements() -> None:
    entries = (checklist_entry("ce", "tr", "confidentiality", "2026-05-10"),)
    file = case(transitions=(transition("tr", "2026-05-01"),), checklist_entries=entries)
    result = casework.release_plan(file, jurisdictions.load("md"), on=day("2026-06-01"))
    (agreement,) = result.plan.agreements
    assert len(agreement.elements) == 7
    said = [one.item for one in agreement.elements if one.outcome is not None]
    assert said == ["confidentiality"]


def test_the_three_who_continued_in_moldova_are_no_rate() -> None:
    figures = {one.id: one for one in jurisdictions.load("md").release_policy.figures}
    three, two = figures["continued_in_civil_sector"], figures["continued_in_community"]
    assert (three.count, three.of, three.rate) == (3, None, None)
    assert (two.count, two.of, two.rate) == (2, 3, Fraction(2, 3))
    nobody = StatedFigure(id="f", title=Text.of(en="x"), count=0, of=0)
    assert nobody.rate is None
    with pytest.raises(InputError):
        StatedFigure(id="f", title=Text.of(en="x"), count=-1)

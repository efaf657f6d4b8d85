"""What a country hands out ready: checked facts, whole rules, questions, and countries like it."""

import copy
import pickle
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from rehabcore import casework, exchange, jurisdictions
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions import facts_of_kinds, questions
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import About, AllOf, Asked, Criterion, ask
from rehabcore.rules.facts import Fact, Shape, Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.sources import Citation, Status
from rehabcore.rules.time.days import OPEN, Span, Term
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.mappings import FrozenMap
from rehabcore.strict.problems import InputError, JurisdictionError
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import case, day
from tests.kit.decision_makers import decide
from tests.kit.overlays import PACK, overlay, overlay_in
from tests.kit.record_makers import XX, placement

ON = date(2026, 11, 16)
CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
TWO_PLACES = case(
    placements=(placement("a", "custody", "2020-01-01"), placement("b", "community", "2020-01-01"))
)


# --- the facts of a case ------------------------------------------------------------------


def test_facts_of_a_case_are_refused_as_match_refuses_it() -> None:
    with pytest.raises(InputError) as by_match:
        casework.match(TWO_PLACES, XX, on=ON)
    with pytest.raises(InputError) as by_facts:
        XX.facts_of(TWO_PLACES)
    assert by_facts.value.problems == by_match.value.problems != ()


def test_the_compiled_rules_of_a_country_answer_as_match_does() -> None:
    facts, rules = XX.facts_of(CASE), XX.compiled.on(ON)
    offers = casework.match(CASE, XX, on=ON).offers
    assert rules.answers(rules.sheet(facts.on(ON))) == tuple(offer.answer for offer in offers)
    assert XX.compiled is XX.compiled


def test_known_at_decides_which_records_are_read() -> None:
    asked = ask(XX.facts["need_level"], domain="work")
    known = XX.facts_of(CASE, known_at=day("2026-02-08")).on(ON)(asked)
    assert known == Unknown(UnknownKind.MISSING)
    assert XX.facts_of(CASE, known_at=ON).on(ON)(asked) == XX.facts_of(CASE).on(ON)(asked) != known


def test_what_is_known_on_one_day_answers_no_question_about_another() -> None:
    facts, rule = XX.facts_of(CASE), XX.admissions[ProgramId("drop_in")]
    rules, another = XX.compiled.on(ON), date(2026, 11, 17)
    assert judge(rule, facts.on(ON), on=ON).on == ON
    calls: list[Callable[[], object]] = [
        lambda: judge(rule, facts.on(another), on=ON),
        lambda: rules.sheet(facts.on(another)),
    ]
    for call in calls:
        with pytest.raises(
            InputError, match=r"found the date 2026-11-17; expected what is known on 2026-11-16"
        ):
            call()
    with pytest.raises(InputError, match="a sheet of 2026-11-16"):
        rules.answers(XX.compiled.on(another).sheet(facts.on(another)))


def test_a_fact_that_the_country_has_not_is_refused_with_those_near_to_it() -> None:
    asked = Asked(Fact(name="setings", shape=Shape.FLAG, about="Misspelt."))
    with pytest.raises(InputError) as caught:
        XX.facts_of(CASE).on(ON)(asked)
    [problem] = caught.value.problems
    assert (problem.code, problem.expected[:31]) == (
        "unknown_fact",
        "a fact of the country: setting,",
    )


@pytest.mark.parametrize(
    ("call", "path"),
    [
        (lambda country: country.facts_of("{}"), "case"),
        (lambda country: country.facts_of(CASE, known_at="2026"), "known_at"),
        (lambda country: country.check(None), "case"),
        (lambda country: country.program(5), "program_id"),
        (lambda country: country.move(None), "move_id"),
        (lambda country: country.with_rule(5, {}), "name"),
        (lambda country: country.facts_of(CASE).timeline(["age"]), "asked"),
        (lambda country: country.facts_of(CASE).on(ON)("age"), "asked"),
        (lambda country: questions(country.glossary), "words"),
        (facts_of_kinds, "glossary"),
    ],
    ids=[
        *("case", "known-at", "checked-case", "program", "move", "rule"),
        *("asked-of-all-days", "asked-of-a-day", "words", "glossary"),
    ],
)
def test_a_country_says_what_it_takes(call: Callable[[Any], object], path: str) -> None:
    with pytest.raises(InputError) as caught:
        call(XX)
    assert [problem.path for problem in caught.value.problems] == [path]


# --- ready parts --------------------------------------------------------------------------


def test_the_whole_rules_are_made_once_and_are_those_that_match_proves() -> None:
    assert XX.admissions_on_any_day is XX.admissions_on_any_day
    assert list(XX.admissions) == [program.program_id for program in XX.programs]
    for offer in casework.match(CASE, XX, on=ON).offers:
        assert offer.verdict.criterion is XX.admissions_on_any_day[offer.program_id]
    assert list(XX.permissions) == [move.move_id for move in XX.moves]
    assert list(XX.permissions_on_any_day) == list(XX.permissions)


def _nested(levels: int) -> str:
    leaf = '{ fact = "age", at_least = "18 years" }'
    return "{ all = [" * (levels - 1) + leaf + "] }" * (levels - 1)


HELP = (
    '[[programs]]\nprogram_id = "help"\nkind = "service"\ntitle = { en = "H" }\narea = "thinking"\n'
)
MOVE = (
    '[[moves]]\nmove_id = "out"\ntitle = { en = "Out" }\nsetting_from = ["custody"]\n'
    'setting_to = "hospital"\nstatus_from = ["probation"]\nstatus_to = "probation"\n'
)


def _on(extends: str) -> str:
    """The ``pack.toml`` of an overlay on another one."""
    return PACK.replace('"local"', '"upper"').replace('"xx"', f'"{extends}"')


@pytest.mark.parametrize(
    ("file", "text", "path"),
    [
        ("programs", f"{HELP}entry = {_nested(24)}", "programs[0]"),
        ("entry", f"entry.drop_in = {_nested(23)}", "entry.drop_in"),
        ("moves", f"{MOVE}guard = {_nested(24)}", "moves[0]"),
    ],
)
def test_a_rule_that_nests_too_deep_as_a_whole_is_refused_on_loading(
    tmp_path: Path, file: str, text: str, path: str
) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, **{file: text})
    told = [(problem.file, problem.path, problem.code) for problem in caught.value.problems]
    assert told == [(f"{file}.toml", path, "too_deep")]


@pytest.mark.parametrize(
    ("file", "text", "path"),
    [
        ("programs", HELP + 'entry = { rule = "former" }', "programs[0]"),
        ("moves", MOVE + 'guard = { rule = "former" }', "moves[0]"),
    ],
)
def test_a_rule_that_is_too_deep_only_with_the_days_without_law_is_refused_on_loading(
    tmp_path: Path, file: str, text: str, path: str
) -> None:
    former = '[rules.former]\nfact = "age"\nat_least = "18 years"\n'
    local = overlay(tmp_path, rules=former, **{file: text})
    known = About(covered=Span(date(1990, 1, 1), OPEN))
    rule: Criterion = evolve(local.rules["former"], about=known)
    for _ in range(22):
        rule = AllOf((rule,))
    with pytest.raises(JurisdictionError) as caught:
        local.with_rule("former", rule)
    told = [(problem.file, problem.path, problem.code) for problem in caught.value.problems]
    assert told == [(f"{file}.toml", path, "too_deep")]


def test_a_rule_one_level_less_deep_can_be_asked_about_everybody(tmp_path: Path) -> None:
    local = overlay(tmp_path, programs=f"{HELP}entry = {_nested(23)}")
    assert casework.match(case(), local, on=ON).offers[-1].answer is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda: XX.program("drop_inn"), "drop_in, or another one of"),
        (lambda: XX.move("relase"), "release"),
        (lambda: XX.with_parameter("adult_aeg", "21 years"), "adult_age"),
        (lambda: XX.with_rule("adlut", {}), "adult, or another one of"),
        (lambda: XX.with_program("dropin", {}), "drop_in, or another one of"),
    ],
    ids=["program", "move", "parameter", "rule", "changed-program"],
)
def test_a_misspelt_name_is_refused_with_those_near_to_it(
    call: Callable[[], object], expected: str
) -> None:
    with pytest.raises(InputError) as caught:
        call()
    [problem] = caught.value.problems
    assert problem.code == "dangling_id"
    assert expected in problem.expected


# --- nothing changes a country ------------------------------------------------------------


@pytest.mark.parametrize("name", ["parameters", "rules", "facts", "questions", "admissions"])
def test_nothing_in_a_country_can_be_changed(name: str) -> None:
    mapping: Any = getattr(XX, name)
    with pytest.raises(TypeError):
        mapping["drop_in"] = None
    with pytest.raises(FrozenInstanceError):
        setattr(XX, "programs", ())  # noqa: B010


@pytest.mark.parametrize(
    "same", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_a_country_survives_copies_and_worker_processes(same: Callable[[Any], Any]) -> None:
    other: Jurisdiction = same(XX)
    assert other == XX
    assert casework.match(CASE, other, on=ON) == casework.match(CASE, XX, on=ON)
    assert other.with_parameter("adult_age", "21 years").packs == ("xx@2026.2+changed",)


def test_a_frozen_map_is_what_it_was_made_of() -> None:
    entries = {"a": 1}
    made = FrozenMap(entries)
    entries["b"] = 2
    assert (dict(made), len(made), repr(made)) == ({"a": 1}, 1, "{'a': 1}")


# --- what if ------------------------------------------------------------------------------


def _answers(country: Jurisdiction) -> dict[ProgramId, Answer]:
    return {offer.program_id: offer.answer for offer in casework.match(CASE, country, on=ON).offers}


def test_all_that_refers_to_a_changed_parameter_follows_it() -> None:
    changed = XX.with_parameter("adult_age", "99 years")
    assert {str(part.operand) for part in changed.rules["adult"].parts} == {"99 years"}  # type: ignore[union-attr]
    assert _answers(XX)[ProgramId("thinking_skills")] is Answer.MET
    assert _answers(changed)[ProgramId("thinking_skills")] is Answer.NOT_MET
    versions = [(v.in_force, v.cite) for v in changed.parameters["adult_age"].versions]
    assert versions == [(v.in_force, ()) for v in XX.parameters["adult_age"].versions]


def test_a_whole_parameter_may_be_said_with_its_days_and_a_gap_stays_one() -> None:
    table = {
        "versions": [
            {"value": "16 years", "in_force": {"start": date(1990, 1, 1), "end": date(2000, 1, 1)}},
            {"gap": True, "in_force": {"start": date(2000, 1, 1), "end": "open"}},
        ]
    }
    changed = XX.with_parameter("adult_age", table)
    assert changed.parameters["adult_age"].at(date(1999, 1, 1)).value == "16 years"
    again = changed.with_parameter("adult_age", "17 years").parameters["adult_age"]
    assert [version.value for version in again.versions] == ["17 years", None]


def test_all_that_refers_to_a_changed_rule_follows_it() -> None:
    changed = XX.with_rule("consents", {"fact": "unpublished_rules_met", "is": False})
    assert _answers(changed)[ProgramId("thinking_skills")] is Answer.UNKNOWN


def test_a_rule_made_in_python_takes_the_place_of_one_that_was_read() -> None:
    changed = XX.with_rule("adult", ask(XX.facts["age"]).at_least(Term(years=99)))
    assert str(changed.rules["adult"]) == "age at_least 99 years"
    assert changed.rules["adult"].about.id == "adult"
    elsewhere = ask(Fact(name="age", shape=Shape.FLAG, about="Of another country.")).is_(True)
    with pytest.raises(JurisdictionError, match="rules that ask facts of the country"):
        XX.with_rule("adult", elsewhere)


@pytest.mark.parametrize(
    ("about", "code"),
    [
        (About(cite=(Citation("nowhere", "1"),), status=Status.DRAFT), "dangling_id"),
        (About(status=Status.REVIEWED), "uncited"),
        (About(cite=(Citation("nowhere", "1"),)), "dangling_id"),
    ],
    ids=["unknown text", "no text", "unknown text, status left open"],
)
def test_a_rule_made_in_python_claims_no_more_than_one_that_is_read(
    about: About, code: str
) -> None:
    inside = evolve(ask(XX.facts["age"]).at_least(Term(years=21)), about=about)
    with pytest.raises(JurisdictionError) as caught:
        XX.with_rule("adult", ~inside)
    [problem] = caught.value.problems
    assert (problem.code, problem.file) == (code, "rules.toml")
    assert problem.path.startswith("rules.adult.not")


def test_a_rule_made_in_python_may_cite_and_says_where_it_is_from() -> None:
    about = About(cite=(Citation("xx-act", "art-3"),), status=Status.REVIEWED)
    rule = evolve(ask(XX.facts["age"]).at_least(Term(years=21)), about=about)
    said = XX.with_rule("adult", rule).rules["adult"].about
    assert (said.cite, said.status, said.origin) == (about.cite, about.status, "xx@2026.2+changed")


def test_what_cannot_be_copied_is_refused_as_what_it_is() -> None:
    with pytest.raises(JurisdictionError) as caught:
        XX.with_parameter("adult_age", memoryview(b"18 years"))  # type: ignore[arg-type]
    assert {problem.code for problem in caught.value.problems} == {"wrong_type"}


@pytest.mark.parametrize(
    "call",
    [
        lambda: XX.with_program("drop_in", {5: True}),  # type: ignore[dict-item]
        lambda: XX.with_program("drop_in", "closed"),  # type: ignore[arg-type]
        lambda: XX.with_rule("adult", None),  # type: ignore[arg-type]
        lambda: XX.with_parameter("adult_age", {5: 5}),  # type: ignore[dict-item]
    ],
    ids=["key", "program", "rule", "parameter"],
)
def test_what_no_table_can_hold_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(InputError) as caught:
        call()
    assert [problem.code for problem in caught.value.problems] == ["wrong_type"]


def test_what_was_said_of_a_country_cannot_be_changed_afterwards() -> None:
    settings = ["hospital"]
    changed = XX.with_program("drop_in", {"settings": settings})
    settings[0] = "nowhere"
    again = changed.with_parameter("adult_age", "19 years")
    assert again.program("drop_in").settings == {"hospital"}


def test_what_is_stated_anew_of_a_programme_is_a_draft_and_the_rest_stays() -> None:
    changed = XX.with_program("drop_in", {"settings": ["hospital"]})
    before, after = XX.program("drop_in"), changed.program("drop_in")
    assert after.settings == {"hospital"}
    assert after.draft == {*before.draft, "settings"}
    assert after.title == before.title
    assert _answers(changed)[ProgramId("drop_in")] is Answer.NOT_MET
    assert _answers(XX)[ProgramId("drop_in")] is Answer.MET


def test_every_result_of_a_changed_country_says_that_it_is_not_the_published_one() -> None:
    changed = XX.with_program("drop_in", {"dose": {"sessions": 3}})
    assert changed.packs == ("xx@2026.2+changed",)
    assert casework.match(CASE, changed, on=ON).grounds.stamp.packs == changed.packs
    assert {program.origin for program in changed.programs} == set(changed.packs)
    assert XX.packs == ("xx@2026.2",)


def test_an_overlay_follows_a_change_of_its_base() -> None:
    local = jurisdictions.load("ge-example")
    name = next(iter(jurisdictions.load("ge").rules))
    changed = local.with_rule(name, {"fact": "unpublished_rules_met", "is": True})
    assert changed.packs == ("ge@2026.2+changed", "ge-example@2026.1")
    assert changed.rules[name].about.origin == "ge@2026.2+changed"
    own = next(n for n in local.rules if n not in jurisdictions.load("ge").rules)
    assert local.with_rule(own, {"fact": "age", "under": "9 years"}).packs == (
        *("ge@2026.2", "ge-example@2026.1+changed"),
    )


def test_a_change_that_makes_no_sound_country_is_refused_with_its_file() -> None:
    with pytest.raises(JurisdictionError) as caught:
        XX.with_parameter("adult_age", 5)
    assert {problem.file for problem in caught.value.problems} == {"rules.toml"}


# --- where packs are found ----------------------------------------------------------------


class _Elsewhere:
    def __fspath__(self) -> str:
        return str(Path(jurisdictions.__file__).parent / "packs" / "xx")


def test_any_kind_of_path_is_a_path() -> None:
    assert jurisdictions.load(_Elsewhere()) == XX


@pytest.mark.parametrize(
    ("which", "cure"),
    [
        ("packs/xx", 'load(Path("packs/xx"))'),
        ("./xx", 'load(Path("packs/xx"))'),
        ("xxx", "the id of a bundled country: xx, or another one of ge, ge-example"),
        ("", "the id of a bundled country: one of ge, ge-example, md, ro, ua, xx"),
    ],
)
def test_a_text_is_the_id_of_a_bundled_country_and_nothing_else(which: str, cure: str) -> None:
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(which)
    [problem] = caught.value.problems
    assert problem.code == "unknown_jurisdiction"
    assert cure in problem.expected


class _OfBytes:
    def __fspath__(self) -> bytes:
        return b"xx"


@pytest.mark.parametrize("which", [None, 5, b"xx", XX, _OfBytes()])
def test_what_is_neither_id_nor_path_is_refused(which: Any) -> None:
    with pytest.raises(InputError, match="the id of a bundled pack, or a path"):
        jurisdictions.load(which)


def test_a_folder_in_the_place_of_a_file_cannot_be_read(tmp_path: Path) -> None:
    overlay_in(tmp_path).joinpath("rules.toml").mkdir()
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(tmp_path)
    assert [(p.file, p.code) for p in caught.value.problems] == [("rules.toml", "unreadable")]


def test_an_overlay_extends_another_by_its_path(tmp_path: Path) -> None:
    overlay_in(tmp_path / "base", rules='[rules.grown]\nfact = "age"\nat_least = "30 years"\n')
    local = jurisdictions.load(
        overlay_in(tmp_path / "upper", _on("../base"), entry='entry.drop_in = { rule = "grown" }')
    )
    assert local.packs == ("xx@2026.2", "local@1", "upper@1")
    assert "age at_least 30 years" in str(local.admissions[ProgramId("drop_in")])


@pytest.mark.parametrize(
    ("extends", "code"),
    [
        ("../upper", "too_deep"),
        ("../nowhere", "unknown_jurisdiction"),
        ("x", "unknown_jurisdiction"),
    ],
    ids=["itself", "nothing-there", "no-such-id"],
)
def test_a_pack_on_itself_or_on_nothing_is_refused(tmp_path: Path, extends: str, code: str) -> None:
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(overlay_in(tmp_path / "upper", _on(extends)))
    [problem] = caught.value.problems
    assert (problem.file, problem.path, problem.code) == ("pack.toml", "extends", code)


# --- what claims a source -----------------------------------------------------------------

VALUE = '{ id = "yes", title = { en = "yes" }'
KIND = 'id = "odd", title = { en = "odd" }'


@pytest.mark.parametrize(
    ("file", "text", "path", "code"),
    [
        (
            "glossary",
            f'observation_kinds = [{{ {KIND}, values = [{VALUE}, cite = ["gone"] }}] }}]',
            "observation_kinds[0].values[0].cite[0]",
            "dangling_id",
        ),
        (
            "glossary",
            f'state_kinds = [{{ {KIND}, values = [{VALUE}, status = "reviewed" }}] }}]',
            "state_kinds[0].values[0]",
            "uncited",
        ),
        (
            "glossary",
            f'event_kinds = [{{ {KIND}, severities = [{VALUE}, cite = ["gone"] }}] }}]',
            "event_kinds[0].severities[0].cite[0]",
            "dangling_id",
        ),
        (
            "glossary",
            f'event_kinds = [{{ {KIND}, outcomes = [{VALUE}, status = "reviewed" }}] }}]',
            "event_kinds[0].outcomes[0]",
            "uncited",
        ),
        (
            "moves",
            f'{MOVE}cite = ["gone"]\nguard = {_nested(1)}',
            "moves[0].cite[0]",
            "dangling_id",
        ),
        ("risk", '[overrides]\nmost_up = 1\nstatus = "reviewed"', "overrides", "uncited"),
    ],
    ids=["value", "state", "severity", "outcome", "move", "limits"],
)
def test_no_word_however_deep_claims_a_review_that_nobody_checked(
    tmp_path: Path, file: str, text: str, path: str, code: str
) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, **{file: text})
    told = [(problem.file, problem.path, problem.code) for problem in caught.value.problems]
    assert told == [(f"{file}.toml", path, code)]


# --- what the verbs take ------------------------------------------------------------------

WITHIN = Span(ON, OPEN)
MATCH: dict[str, Any] = {"case": CASE, "jurisdiction": XX, "on": ON}
OVER: dict[str, Any] = {
    **{"case": CASE, "jurisdiction": XX, "program_id": "drop_in", "within": WITHIN},
}
VERBS: Any = casework


@pytest.mark.parametrize(
    ("verb", "given", "paths"),
    [
        (
            "match",
            MATCH | {"case": "{}", "jurisdiction": "xx", "on": "2026"},
            "case jurisdiction on",
        ),
        ("match", MATCH | {"known_at": "2026"}, "known_at"),
        ("near", MATCH | {"lead": "6 months"}, "lead"),
        ("timeline", OVER | {"within": (ON, ON)}, "within"),
        ("timeline", OVER | {"program_id": "dropin"}, "program_id"),
        ("needs", MATCH | {"jurisdiction": None}, "jurisdiction"),
        ("plan", MATCH | {"on": datetime(2026, 1, 1)}, "on"),
        (
            "request_move",
            {"case": CASE, "jurisdiction": XX, "request": {}, "plan": 5},
            "request plan",
        ),
        (
            "compare",
            {"decision": CASE, "case": CASE, "jurisdiction": "xx"},
            "decision jurisdiction",
        ),
    ],
)
def test_a_verb_says_what_it_takes_when_it_is_given_something_else(
    verb: str, given: dict[str, Any], paths: str
) -> None:
    with pytest.raises(InputError) as caught:
        getattr(VERBS, verb)(**given)
    assert " ".join(problem.path for problem in caught.value.problems) == paths


@pytest.mark.parametrize(
    ("given", "path"), [({"program": "dropin"}, "program_id"), ({"case": "{}"}, "case")]
)
def test_a_decision_is_kept_of_a_programme_and_a_case(given: dict[str, Any], path: str) -> None:
    with pytest.raises(InputError) as caught:
        decide(**given)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_the_cure_of_a_wrong_argument_can_be_copied() -> None:
    with pytest.raises(InputError, match=r'load\("xx"\)'):
        casework.match(CASE, "xx", on=ON)  # type: ignore[arg-type]

"""Any part can be told: an offer, a verdict, a missing fact, a plan, a rule, a refused move."""

from typing import Any, cast

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.programs import Offer
from rehabcore.records import CaseFile
from rehabcore.reports import LANGUAGES, Format, explain, explain_all
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import Wording
from rehabcore.rules.criteria import About, AllOf, AnyOf, Criterion, Not, ask
from rehabcore.rules.facts import Absence, Assumption, Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Missing, Verdict
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import day, release, span

XX = jurisdictions.load("xx")
GE = jurisdictions.load("ge")
CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
ON = day("2026-11-16")
MATCH = casework.match(CASE, XX, on=ON)
NEAR = casework.near(CASE, XX, on=ON)
PLAN = casework.plan(CASE, XX, on=ON)
MISSING = MATCH["housing_advice"].missing[0]
PROGRAM = MATCH.grounds.program(ProgramId("therapeutic_community"))
RULE = cast("Criterion", PROGRAM.entry)


def _refusal() -> RequestRefused:
    request = release(day("2026-11-05"), recorded_on=ON)
    with pytest.raises(RequestRefused) as caught:
        casework.request_move(CASE, XX, request)
    return caught.value


REFUSAL = _refusal()
PARTS: dict[str, Any] = {
    "offer": MATCH["relapse_prevention"],
    "door": NEAR["therapeutic_community"],
    "verdict": MATCH["drop_in"].verdict,
    "missing": MISSING,
    "plan": PLAN,
    "program": PROGRAM,
    "rule": RULE,
    "refusal": REFUSAL,
}
HEALTH = "health clearance for group work"


@pytest.mark.parametrize(
    ("part", "lines"),
    [
        (
            "offer",
            [
                "Relapse prevention, on 2026-11-16: NOT MET",
                "x required: setting is one of: community, residential house (found: custody)",
            ],
        ),
        (
            "door",
            [
                "Therapeutic community in prison, on 2026-11-16: UNKNOWN",
                f"? {HEALTH} (a person has to judge; can be answered by: health professional)",
                "- at once, with this; no longer from 2027-02-09 on",
                f"  ? to be decided: {HEALTH} is cleared (can be answered by: health professional)",
            ],
        ),
        ("verdict", ["Drop-in counselling, on 2026-11-16: MET", "+ need in Substance use: at "]),
        (
            "missing",
            ["need in Housing (no record says it; can be answered by: psychologist, "],
        ),
        (
            "plan",
            [
                "Draft of the plan of 2026-11-16",
                "- The officer: Decide on a place: Drop-in counselling (by 2026-11-16)",
            ],
        ),
        (
            "program",
            [
                "Therapeutic community in prison",
                "- serves: Substance use",
                "  - need in Substance use is high need (source: xx-catalogue#tc, xx@2026.2)",
            ],
        ),
        ("rule", ["- need in Substance use is high need (source: xx-catalogue#tc, xx@2026.2)"]),
        (
            "refusal",
            ["Not allowed: Conditional release", "Nothing was changed.", "Why it was refused"],
        ),
    ],
)
def test_a_part_is_told_in_the_words_of_its_country(part: str, lines: list[str]) -> None:
    told = explain(PARTS[part], country=XX)
    assert [line for line in lines if line not in told] == []
    if part != "refusal":  # it speaks of checklists, of which the match says nothing
        assert explain(PARTS[part], country=MATCH.grounds).partition("\nSources")[0] in told


def test_words_that_a_result_does_not_mention_are_told_as_codes_by_its_grounds() -> None:
    told = explain(PARTS["refusal"], country=MATCH.grounds)
    assert "done or not waited for: identity_card" in told
    assert "done or not waited for: identity card" in explain(PARTS["refusal"], country=XX)


@pytest.mark.parametrize("part", [part for part in PARTS if part != "program"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", Format)
def test_a_part_is_told_in_every_form_and_language_with_and_without_a_country(
    part: str, language: str, form: Format
) -> None:
    for country in (XX, None):
        for detail in (True, False):
            told = explain(
                PARTS[part], country=country, language=language, form=form, detail=detail
            )
            assert told.endswith("\n")
            assert "{" not in told.rpartition("</style>")[2]


def test_without_a_country_codes_are_told_as_they_are() -> None:
    told = explain(MISSING)
    assert told.startswith("need in housing (no record says it;")
    assert explain(MATCH["drop_in"]).startswith("drop_in, on 2026-11-16: MET\n")
    assert "Sources" not in explain(MATCH["drop_in"])


@pytest.mark.parametrize("country", [None, GE, evolve(MATCH.grounds, programs=())])
def test_a_programme_is_told_with_its_country_only(country: Any) -> None:
    with pytest.raises(InputError) as caught:
        explain(PROGRAM, country=country)
    assert [(p.code, p.path) for p in caught.value.problems] == [("dangling_id", "country")]


@pytest.mark.parametrize("what", ["xx", None, CASE, XX, [MATCH], 3])
def test_what_cannot_be_told_is_refused(what: Any) -> None:
    with pytest.raises(InputError) as caught:
        explain(what)
    assert [(p.code, p.path) for p in caught.value.problems] == [("wrong_type", "what")]
    assert "expected a result, a decision, an offer," in str(caught.value)


def test_an_id_is_no_country() -> None:
    with pytest.raises(InputError, match=r'country: wrong_type: .* as load\("xx"\) gives it'):
        explain(MISSING, country="xx")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("program_id", "line"),
    [
        ("work_start", "- in force from 2022-01-01 until the day before 2027-01-01"),
        ("release_course", "- Entry rules: the entry rules, which are not published, are met "),
        ("therapeutic_community", "A drug-free unit apart from the rest of the prison."),
    ],
)
def test_a_programme_says_what_its_record_says(program_id: str, line: str) -> None:
    (program,) = (p for p in XX.programs if p.program_id == program_id)
    assert line in explain(program, country=XX)
    bare = evolve(program, serves=frozenset(), basis=frozenset(), delivered_by=frozenset())
    silent = evolve(bare, in_force=None, about=None)
    told = explain(silent, country=evolve(MATCH.grounds, programs=(silent,)))
    assert told.splitlines()[2:4] == ["", "What entry takes"]


def test_a_plan_of_a_country_without_dosage_and_order_does_not_speak_of_them() -> None:
    told = explain(evolve(PLAN, draft=evolve(PLAN.draft, dosage=None, turns=())), country=XX)
    assert "Hours of work on needs" not in told
    assert "What comes first" not in told
    assert "bourgon" not in told


# --- what decides -------------------------------------------------------------------------

FLAG = Fact(name="alone", shape=Shape.FLAG, about="A flag.", title=Text.of(en="lives alone"))
COUNT = Fact(name="moves", shape=Shape.COUNT, about="A number.", title=Text.of(en="moves"))
SECRET = evolve(COUNT, name="secret", title=Text.of(en="secret"), identifying=True)
CITED = About(cite=(Citation("xx-act"),))
ALONE = evolve(ask(FLAG).is_(True), about=CITED)
MOVES = evolve(ask(COUNT).at_least(3), about=CITED)
TITLED = About(title=Text.of(en="A good reason"))
FEW = "required: moves: at least 3 (found: 1)"
CELLS: dict[str, Cell] = {"alone": Known(False), "moves": Known(1), "secret": Known(1)}


def _judged(rule: Criterion, **cells: Cell) -> Verdict:
    return judge(rule, lambda asked: (CELLS | cells)[asked.fact.name], on=ON)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (ALONE, ["required: lives alone"]),
        (MOVES, [FEW]),
        (
            AllOf((ALONE, MOVES)),
            ["required: lives alone", FEW],
        ),
        (
            AllOf((AllOf((ALONE, AllOf((MOVES,)))), ALONE)),
            ["required: lives alone", FEW],
        ),
        (
            AnyOf((ALONE, MOVES)),
            ["required: at least one of these: lives alone; moves: at least 3 (found: 1)"],
        ),
        (evolve(AnyOf((ALONE, MOVES)), about=TITLED), ["required: A good reason (found: 1)"]),
        (
            AllOf((evolve(AllOf((ALONE, MOVES)), about=TITLED),)),
            ["required: A good reason (found: 1)"],
        ),
        (Not(ask(COUNT).under(3)), ["required: not this: moves: under 3 (found: 1; draft)"]),
        (ask(SECRET).at_least(2), ["required: secret: at least 2 (draft)"]),
        (
            AllOf((evolve(MOVES, about=evolve(CITED, in_force=span("2027-01-01"))), ALONE)),
            ["required: lives alone"],
        ),
    ],
    ids=range(10),
)
def test_what_is_not_met_is_told_by_the_clauses_that_keep_it_from_it(
    rule: Criterion, told: list[str]
) -> None:
    items = Phrasing(Wording("en"), XX).deciding(_judged(rule))
    assert [item.words for item in items] == told
    assert {item.tone for item in items} == {"not_met"}


LEFT, AGE = ask(XX.facts["sentence_remaining"]), ask(XX.facts["age"])
SOON = LEFT.at_most(Term(months=12))
SOONER = LEFT.under(Term(months=6))
SERVED = ask(XX.facts["time_served"])
CHILD = AGE.at_least(Term(years=18))


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (SOON, "; not before 2027-03-01"),
        (AllOf((SOON, SOONER)), "; not before 2027-09-02"),
        (AllOf((evolve(MOVES, about=TITLED), SOON)), "; not before 2027-03-01"),
        (AnyOf((SOON, MOVES)), ""),
        (Not(LEFT.over(Term(months=12))), ""),
        (LEFT.at_least(Term(years=3)), ""),
        (CHILD, ""),
        (SERVED.at_least(Term(years=100)), "; not before 2125-03-01"),
        (SERVED.at_least(Term(years=200)), ""),
    ],
    ids=[
        "comparison",
        "the-later",
        "with-others",
        "one-of",
        "not",
        "never",
        "age",
        "far",
        "too-far",
    ],
)
def test_until_when_something_is_closed_is_told_where_only_time_decides(
    rule: Criterion, told: str
) -> None:
    cells: dict[str, Cell] = {
        "sentence_remaining": Known(day("2028-03-01")),
        "time_served": Known(day("2025-03-01")),
        "age": Known(day("2010-01-01")),
    }
    titled = AllOf((evolve(AllOf((rule,)), about=TITLED),))
    (item,) = Phrasing(Wording("en"), XX).deciding(_judged(titled, **cells))
    assert ("not before" in item.words) == bool(told)
    assert told in item.words


def test_a_rule_that_is_no_law_says_only_when_it_is() -> None:
    law = evolve(MOVES, about=evolve(CITED, in_force=span("2027-01-01")))
    (item,) = Phrasing(Wording("en"), XX).deciding(_judged(law))
    assert (item.words, item.tone) == ("not law on this day: in force from 2027-01-01 on", "")
    assert Phrasing(Wording("en"), XX).reasons(_judged(law)) == (item,)


def test_a_comparison_alone_is_its_own_proof() -> None:
    (item,) = Phrasing(Wording("en"), XX).reasons(_judged(MOVES))
    assert item.words == "moves: at least 3 (found: 1; source: xx-act)"


def test_what_is_not_certain_and_yet_not_met_tells_no_value() -> None:
    between = Unknown(UnknownKind.DISPUTED, between=(0, 2))
    (item,) = Phrasing(Wording("en"), XX).deciding(_judged(MOVES, moves=between))
    assert item.words == "required: moves: at least 3"


def test_what_is_taken_for_granted_is_told_once() -> None:
    absent = evolve(COUNT, absence=Absence.NONE)
    fact = ask(absent)
    rule = AnyOf((fact.at_least(3), fact.at_least(5)))
    (item,) = Phrasing(Wording("en"), XX).deciding(judge(rule, lambda _: absent.absent(), on=ON))
    assert item.words.endswith("(found: 0; no record is on file, taken as none; draft)")


def _offer(number: int, rule: Criterion, **cells: Cell) -> Offer:
    return Offer(program_id=XX.programs[number].program_id, verdict=_judged(rule, **cells))


def test_offers_that_are_decided_alike_are_told_together() -> None:
    both = (_offer(1, MOVES), _offer(2, ALONE), _offer(3, AllOf((MOVES,))))
    assert _told_lines(both) == [
        "x 2 programmes and services",
        "  x required: moves: at least 3 (found: 1)",
        "  - Thinking skills for juveniles",
        "  - Relapse prevention",
        "x Therapeutic community in prison",
        "  x required: lives alone",
    ]


def test_what_is_met_is_only_named_and_a_draft_below_it_is_told() -> None:
    yes: Cell = Known(True)
    draft = evolve(ALONE, about=evolve(CITED, status=Status.DRAFT))
    offers = (_offer(1, ALONE, alone=yes), _offer(2, ALONE, alone=yes), _offer(3, draft, alone=yes))
    assert _told_lines(offers) == [
        "+ Thinking skills for juveniles",
        "+ Therapeutic community in prison",
        "+ Relapse prevention (draft)",
    ]


def test_what_rests_on_other_people_says_so_at_once() -> None:
    other: Cell = Known(True, assumption=Assumption.OUTSIDE_POPULATION)
    warning = "rests on an instrument that was made on other people"
    assert _told_lines((_offer(1, ALONE, alone=other),)) == [
        f"+ Thinking skills for juveniles ({warning})"
    ]
    (item,) = Phrasing(Wording("en"), XX).deciding(_judged(ALONE, alone=other))
    assert item.words == f"lives alone ({warning})"


def test_what_is_unknown_names_the_draft_where_it_is() -> None:
    missing: Cell = Unknown(UnknownKind.MISSING)
    met = ask(COUNT).at_least(1)
    offers = (
        _offer(1, ask(FLAG).is_(True), alone=missing),
        _offer(2, AllOf((ALONE, met)), alone=missing),
    )
    assert _told_lines(offers) == [
        "? Thinking skills for juveniles",
        "  ? lives alone (no record says it; draft)",
        "? Therapeutic community in prison (draft)",
        "  ? lives alone (no record says it)",
    ]


def _told_lines(offers: tuple[Offer, ...]) -> list[str]:
    lines = explain(evolve(MATCH, offers=offers)).splitlines()
    start = next(n for n, line in enumerate(lines) if n > 3 and line.startswith("---")) + 1
    return lines[start : lines.index("Sources") - 1]


# --- several things, and their sources ----------------------------------------------------


def test_what_stands_on_the_same_has_its_sources_listed_once() -> None:
    told = explain_all([MATCH, MATCH["drop_in"], PLAN], country=MATCH.grounds)
    assert told.count("\nSources\n") == 1
    assert told.index("Draft of the plan") < told.index("\nSources\n")
    other = casework.match(CASE, XX, on=day("2026-12-01"))
    assert explain_all([MATCH, other]).count("\nSources\n") == 2
    assert explain_all([MATCH, PROGRAM], country=XX).count("\nSources\n") == 2
    assert explain_all([PROGRAM, RULE, MISSING], country=XX).count("\nSources\n") == 1


def test_only_what_is_cited_is_listed() -> None:
    def listed(what: Any) -> list[str]:
        lines = explain(what, country=XX).splitlines()
        return [line.partition(":")[0] for line in lines if line.startswith("- xx-")]

    assert listed(MATCH["drop_in"]) == ["- xx-catalogue"]
    assert listed(MATCH["thinking_skills_juvenile"]) == ["- xx-act", "- xx-youth-law"]
    assert listed(REFUSAL) == ["- xx-act"]
    assert listed(Missing(what=MISSING.what, who=(), why=UnknownKind.STALE)) == []

"""Near misses in words: what time turns, what acts change, what is to be found out or decided."""

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.programs import Offer
from rehabcore.records import CaseFile
from rehabcore.reports import explain
from rehabcore.rules.criteria import About, AllOf, Criterion, ask
from rehabcore.rules.facts import Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.near.near_misses import near_misses
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import day, span

XX = jurisdictions.load("xx")
CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
ON = day("2026-11-21")
NEAR = casework.near(CASE, XX, on=ON, lead=Term(years=1))

AGE, RISK = ask(XX.facts["age"]), ask(XX.facts["risk_level"])
CONSENT = ask(XX.facts["consent"], purpose="programme")
ADULT = AGE.at_least(Term(years=18))
SOON_ADULT, GROWN = Known(day("2008-11-30")), Known(day("2000-01-01"))
BY_CONSENT = (
    "    x by an act: consent to taking part in a programme "
    "(what changes it: ask for consent; can be answered by: the person)"
)


def _ways(rule: Criterion, **known: Cell) -> list[str]:
    """What is said of one door with a rule of the country's facts, all of them constant."""
    near = near_misses(rule, lambda asked: Timeline.constant(known[asked.fact.name]), on=ON)
    door = Offer(program_id=ProgramId("relapse_prevention"), near=near)
    lines = explain(evolve(NEAR, lead=None, doors=(door,))).splitlines()
    return lines[5 : lines.index("Sources") - 1]


def test_near_says_which_doors_can_be_reached_and_how() -> None:
    said = explain(NEAR).splitlines()
    assert said[:5] == [
        "What would open a door, on 2026-11-21",
        "=====================================",
        "Of 6 that are not met, 3 can be reached.",
        "Looked ahead for 1 year.",
        "This is advice. A decision is made by a named person.",
    ]
    place = said.index("? Therapeutic community in prison: UNKNOWN")
    assert said[place + 1 : place + 3] == [
        "  - at once, with this; no longer from 2027-02-09 on",
        "    ? to be decided: health clearance for group work is cleared "
        "(can be answered by: health professional)",
    ]
    assert (
        "    ? to be found out: need in Housing: at least some need "
        "(no record says it; can be answered by: psychologist, social worker)"
    ) in said
    assert said.index("No way is known") < said.index("x Relapse prevention")


def test_what_time_will_turn_is_told_with_its_day() -> None:
    rule = ADULT & CONSENT.is_(True)
    assert _ways(rule, age=SOON_ADULT, consent=Known(True)) == [
        "Can be reached",
        "--------------",
        "x Relapse prevention: NOT MET",
        "  - from 2026-11-30, by itself",
        "    - by then: age: at least 18 years: MET",
    ]
    assert _ways(rule, age=SOON_ADULT, consent=Known(False))[3:] == [
        "  - from 2026-11-30, with this",
        "    - by then: age: at least 18 years: MET",
        BY_CONSENT,
    ]


def test_what_a_change_must_not_come_to_and_must_not_undo_is_told() -> None:
    rule = ~RISK.is_("high") & RISK.at_least("medium")
    assert _ways(rule, risk_level=Known("high"))[3:] == [
        "  - at once, with this",
        "    x by an act: not: level of risk is high; still: level of risk: at least medium "
        "(what changes it: assess the risk; can be answered by: probation officer, "
        "multidisciplinary group)",
    ]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (UnknownKind.STALE, "to be found out: lives alone (the record is past its validity)"),
        (UnknownKind.NEEDS_PERSON, "to be decided: lives alone"),
    ],
)
def test_where_nobody_is_named_nobody_is_sent_to(kind: UnknownKind, said: str) -> None:
    title = Text.of(en="lives alone")
    alone = Fact(name="alone", shape=Shape.FLAG, about="Lives alone.", title=title)
    assert _ways(ask(alone).is_(True), alone=Unknown(kind))[4:] == [f"    ? {said}"]


def test_law_that_begins_is_told_with_its_dates() -> None:
    law = About(id="entry", in_force=span("2026-12-01", "2027-01-01"))
    assert _ways(AllOf((CONSENT.is_(True),), about=law), consent=Known(False))[3:] == [
        "  - from 2026-12-01, with this; no longer from 2027-01-01 on",
        "    - by then: Entry rules: in force from 2026-12-01 until the day before 2027-01-01",
        BY_CONSENT,
    ]


def test_a_clause_that_begins_and_has_to_change_is_told_once() -> None:
    law = About(in_force=span("2026-11-25"))
    clause = evolve(CONSENT.is_(True), about=law)
    assert _ways(AllOf((ADULT, clause)), age=SOON_ADULT, consent=Known(False))[3:] == [
        "  - from 2026-11-30, with this",
        "    - by then: age: at least 18 years: MET",
        BY_CONSENT,
    ]


def test_what_nothing_opens_is_told_with_what_keeps_it_closed() -> None:
    assert _ways(AGE.under(Term(years=18)), age=GROWN) == [
        "No way is known",
        "---------------",
        "x Relapse prevention",
        "  x required: age: under 18 years (draft)",
    ]


def test_that_not_everything_was_weighed_is_told() -> None:
    assert NEAR.doors[0].near is not None
    near = evolve(NEAR.doors[0].near, complete=False)
    result = evolve(NEAR, doors=(evolve(NEAR.doors[0], near=near),))
    said = "There were too many combinations to weigh them all: smaller changes may be missing."
    assert said in explain(result).splitlines()
    assert said not in explain(NEAR).splitlines()

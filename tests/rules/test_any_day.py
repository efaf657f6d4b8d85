"""A rule for any day: where the data does not say what is law, a person has to judge."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.criteria import About, AllOf, AnyOf, Asked, Criterion, Not, ask
from rehabcore.rules.facts import Cell, Fact, Known, Shape
from rehabcore.rules.judging.over_time import verdicts_over
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.law.any_day import on_any_day
from rehabcore.rules.law.coverage import CALENDAR
from rehabcore.rules.law.expansion import expand
from rehabcore.rules.law.versions import NOT_ON_FILE, Version, Versions
from rehabcore.rules.near.cures import NearKind
from rehabcore.rules.near.near_misses import NearMisses, near_misses
from rehabcore.rules.quick.compilation import compile_rules
from rehabcore.rules.quick.outlook import answers_over
from rehabcore.rules.sources import Citation
from rehabcore.rules.time.days import OPEN, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer, UnknownKind
from tests.kit.builders import day, span
from tests.kit.rule_makers import AGE, ALONE

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
WILLING = ask(Fact(name="willing", shape=Shape.FLAG, about="Consents.", changed_by=("consent",)))
SAID = About(id="old_enough", cite=(Citation("act", "1"),), origin="xx@1")


def _since(start: str, end: str | None, years: int) -> Version[Criterion]:
    law = span(start, OPEN if end is None else day(end))
    return Version(in_force=law, value=ask(AGE).at_least(Term(years)))


def _limit(*versions: Version[Criterion]) -> AnyOf:
    return expand(Versions(name="age", versions=versions), SAID, None)


ENDED = _limit(_since("1990-01-01", "2010-01-01", 21), _since("2010-01-01", "2020-01-01", 18))
GOES_ON = _limit(_since("1990-01-01", None, 21))
FROM_THE_START = _limit(_since("1850-01-01", None, 21))
IN_PART = evolve(ask(ALONE).is_(True), about=evolve(SAID, covered=span("1990-01-01", "2020-01-01")))


def _cells(born: str = "1970-06-01", *, alone: bool = True, willing: bool = True) -> Any:
    cells: dict[Asked, Cell] = {
        Asked(AGE): Known(day(born)),
        Asked(ALONE): Known(alone),
        Asked(NOT_ON_FILE): NOT_ON_FILE.absent(),
        WILLING: Known(willing),
    }
    return cells.__getitem__


def _near(rule: Criterion, on: str, **known: Any) -> NearMisses:
    cells = _cells(**known)
    return near_misses(rule, lambda asked: Timeline.constant(cells(asked)), on=day(on))


@pytest.mark.parametrize(
    ("rule", "on", "answer"),
    [
        pytest.param(ENDED, "1989-12-31", UNKNOWN, id="day-before-the-first-version"),
        pytest.param(ENDED, "1990-01-01", NOT_MET, id="first-day"),
        pytest.param(ENDED, "2019-12-31", MET, id="last-day"),
        pytest.param(ENDED, "2020-01-01", UNKNOWN, id="day-after-the-last-version"),
        pytest.param(GOES_ON, "1850-01-01", UNKNOWN, id="first-day-of-the-calendar"),
        pytest.param(GOES_ON, "2199-12-31", MET, id="goes-on"),
        pytest.param(IN_PART, "1989-12-31", UNKNOWN, id="comparison-too-early"),
        pytest.param(IN_PART, "2019-12-31", MET, id="comparison-covered"),
        pytest.param(IN_PART, "2020-01-01", UNKNOWN, id="comparison-too-late"),
        pytest.param(Not(ENDED), "2020-01-01", UNKNOWN, id="negated"),
        pytest.param(Not(ENDED), "2019-12-31", NOT_MET, id="negated-and-covered"),
    ],
)
def test_a_day_without_law_needs_a_person_in_every_way_of_answering(
    rule: Criterion, on: str, answer: Answer
) -> None:
    anyday, cells = on_any_day(rule), _cells()
    verdict = judge(anyday, cells, on=day(on))
    assert verdict.answer is answer
    together = compile_rules((anyday,))
    assert together.on(day(on)).answers(together.on(day(on)).sheet(cells)) == (answer,)
    histories = {asked: Timeline.constant(cells(asked)) for asked in together.layout.asked}
    assert verdicts_over(anyday, histories.__getitem__, CALENDAR).at(day(on)) == verdict
    (over,) = answers_over(together, histories.__getitem__, CALENDAR)
    assert dict(over)[max(first for first, _ in over if first <= day(on))] is answer
    if answer is UNKNOWN:
        assert verdict.unknown_kinds() == {UnknownKind.NEEDS_PERSON}
        (leaf,) = verdict.missing()
        assert str(leaf.criterion) == "law_not_on_file_met is true"
        assert leaf.criterion.about == evolve(SAID, in_force=leaf.criterion.about.in_force)


def test_other_clauses_answer_on_a_day_without_law() -> None:
    rule = on_any_day(AllOf((ENDED, WILLING.is_(True))))
    assert judge(rule, _cells(willing=False), on=day("2020-01-01")).answer is NOT_MET
    either = on_any_day(AnyOf((ENDED, WILLING.is_(True))))
    assert judge(either, _cells(), on=day("2020-01-01")).answer is MET


def test_versions_stay_one_group_and_any_other_node_becomes_a_version() -> None:
    grown = on_any_day(ENDED)
    assert isinstance(grown, AnyOf)
    assert grown.parts[:2] == ENDED.parts
    assert [str(part.about.in_force) for part in grown.parts[2:]] == [
        str(span("1850-01-01", "1990-01-01")),
        str(span("2020-01-01")),
    ]
    wrapped = on_any_day(IN_PART)
    assert isinstance(wrapped, AnyOf)
    assert wrapped.parts[0].about == evolve(SAID, in_force=span("1990-01-01", "2020-01-01"))


@pytest.mark.parametrize(
    "law",
    [span("1989-12-31", "1995-01-01"), span("2010-01-01", "2020-01-02"), span("2010-01-01")],
    ids=["begins-earlier", "ends-later", "goes-on"],
)
def test_a_part_that_is_law_on_a_day_that_is_not_covered_does_not_answer_it(law: Any) -> None:
    part = evolve(ask(ALONE).is_(True), about=About(in_force=law))
    rule = on_any_day(AnyOf((part,), about=About(covered=span("1990-01-01", "2020-01-01"))))
    for on in ("1989-12-31", "2020-01-01"):
        assert judge(rule, _cells(), on=day(on)).answer is UNKNOWN
    assert judge(rule, _cells(), on=day("2010-06-01")).in_force is (day("2010-06-01") in law)


@pytest.mark.parametrize("rule", [WILLING.is_(True), FROM_THE_START, on_any_day(ENDED)], ids=str)
def test_a_rule_that_covers_every_day_stays_as_it_is(rule: Criterion) -> None:
    assert on_any_day(rule) == rule
    assert on_any_day(AllOf((rule,))) == AllOf((rule,))


def test_a_rule_that_is_itself_out_of_force_stays_so_without_its_law() -> None:
    ended = evolve(IN_PART, about=evolve(IN_PART.about, in_force=span("1980-01-01", "2030-01-01")))
    for on, in_force in (("1979-12-31", False), ("1980-01-01", True), ("2030-01-01", False)):
        verdict = judge(on_any_day(ended), _cells(), on=day(on))
        assert verdict.in_force is in_force
        assert verdict.answer is (UNKNOWN if in_force else NOT_MET)


# --- near ---------------------------------------------------------------------------------


def test_today_without_law_waits_for_the_person_who_judges() -> None:
    (way,) = _near(on_any_day(ENDED), "2020-01-01").ways
    assert (way.day, way.kinds) == (day("2020-01-01"), (NearKind.PENDING,))
    assert [change.asked.fact for change in way.changes] == [NOT_ON_FILE]
    rule = on_any_day(AllOf((ENDED, WILLING.is_(True))))
    (way,) = _near(rule, "2020-01-01", willing=False).ways
    assert way.kinds == (NearKind.ONE_STEP, NearKind.PENDING)


def test_nobody_is_nearer_to_a_door_because_the_data_of_its_law_ends() -> None:
    child = _near(on_any_day(ENDED), "2019-12-31", born="2015-06-01")
    assert (child.verdict.answer, child.ways) == (NOT_MET, ())


def test_a_way_leads_to_the_first_day_of_law_and_no_further_than_its_last() -> None:
    (by_law, by_person) = _near(on_any_day(ENDED), "1989-12-31", born="1960-01-01").ways
    assert (by_law.day, by_law.changes) == (day("1990-01-01"), ())
    assert by_law.kinds == (NearKind.APPROACHING,)
    assert (by_person.day, by_person.until) == (date(1989, 12, 31), None)
    rule = on_any_day(AllOf((ENDED, WILLING.is_(True))))
    (consent,) = _near(rule, "2019-12-31", willing=False).ways
    assert consent.until == day("2020-01-01")

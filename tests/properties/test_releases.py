"""Laws of statuses that depend on a sentence, and of what follows a release from custody."""

from datetime import date, timedelta
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.questions import CaseFacts
from rehabcore.records import LegalStanding, Placement, Sentence
from rehabcore.rules.criteria import Compare, ask
from rehabcore.rules.facts import NEVER, Known, Operator
from rehabcore.rules.judging.meaning import pair
from rehabcore.rules.time.days import OPEN, UNSURE, Span, Term
from rehabcore.rules.time.partial import (
    EARLIEST_DAY,
    Day,
    PartialDay,
    Period,
    days_between,
    last_of,
)
from rehabcore.strict.vocabulary import LegalStatus, Setting
from tests.kit.builders import case, filed
from tests.kit.record_makers import XX

FIRST = date(2026, 1, 1)
STATUS, TIME_IN = XX.facts["legal_status"], XX.facts["time_in_legal_status"]
RELEASE, FORMER = ask(XX.facts["time_since_release"]), ask(XX.facts["former_prisoner"])
CONDITIONAL = (LegalStatus.CONDITIONAL_RELEASE, LegalStatus.PROBATION, LegalStatus.SUSPENDED)
SOURCES = ("court-1", "court-2", "prison-1")


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)


@st.composite
def sentences(draw: st.DrawFn) -> tuple[Sentence, ...]:
    """Up to three sentences of several offices, of which all may end on a known day or not."""
    found = []
    for place in range(draw(st.integers(1, 3))):
        start, length = draw(st.integers(0, 40)), draw(st.integers(1, 60))
        known = _day(start + length)
        vague = PartialDay(known, known + timedelta(20))
        found.append(
            Sentence(
                filed=filed(f"s-{place}", source=draw(st.sampled_from(SOURCES))),
                start=_day(start),
                end=known if draw(st.booleans()) else vague,
            )
        )
    return tuple(found)


@given(sentences(), st.sampled_from(CONDITIONAL), st.integers(-10, 60), st.booleans())
def test_no_conditional_status_outlives_the_sentence(
    passed: tuple[Sentence, ...], status: LegalStatus, start: int, unsure: bool
) -> None:
    last = max(last_of(s.end) for s in passed if isinstance(s.end, Day))
    began = _day(start)
    span = Span(began, UNSURE if unsure else OPEN)
    standing = LegalStanding(filed=filed("ls"), status=status, span=span)
    facts = CaseFacts(case(legal_standings=(standing,), sentences=passed), XX.questions)
    if began < last:
        for asked in (ask(STATUS), ask(TIME_IN, legal_status=status.value)):
            cell = facts.timeline(asked).at(last)
            assert not isinstance(cell, Known)
            assert cell.between is None
    begins = facts.timeline(ask(STATUS)).at(began)
    assert isinstance(begins, Known)
    assert begins.value == status


@st.composite
def histories(draw: st.DrawFn) -> dict[str, Any]:
    """Settings and statuses of one person, by up to two offices, some days known in part."""

    def days() -> Any:
        start, length = draw(st.integers(0, 60)), draw(st.integers(0, 40))
        vague, more = draw(st.integers(0, 3)), draw(st.integers(1, 15))
        first = PartialDay(_day(start), _day(start + more)) if vague == 1 else _day(start)
        end = _day(start + length + (more if vague == 1 else 0))
        if vague == 2:
            return days_between(first, PartialDay(end + timedelta(1), end + timedelta(1 + more)))
        return Span(_day(start), OPEN) if vague == 3 else days_between(first, end)

    placements = tuple(
        Placement(
            filed=filed(f"pl-{n}", source=draw(st.sampled_from("ab"))),
            setting=draw(st.sampled_from(tuple(Setting))),
            span=days(),
            holder="prison-1",
        )
        for n in range(draw(st.integers(0, 3)))
    )
    standings = tuple(
        LegalStanding(
            filed=filed(f"ls-{n}", source=draw(st.sampled_from("ab"))),
            status=draw(st.sampled_from(tuple(LegalStatus))),
            span=days(),
        )
        for n in range(draw(st.integers(0, 2)))
    )
    return {"placements": placements, "legal_standings": standings}


@given(histories())
def test_a_former_prisoner_is_whoever_was_released(history: dict[str, Any]) -> None:
    facts = CaseFacts(case(**history), XX.questions)
    since, former = facts.timeline(RELEASE), facts.timeline(FORMER)
    for start, _, cell in since.pieces():
        answer = former.at(start)
        if isinstance(cell, Known):
            assert isinstance(answer, Known)
            assert answer.value is (cell.value is not NEVER)
            assert not isinstance(cell.value, date) or cell.value <= max(start, EARLIEST_DAY)
        elif cell.between is not None:
            low, high = cell.between
            assert isinstance(answer, Known) == (high is not NEVER)
            assert isinstance(low, date)
            assert not isinstance(high, date) or low < high


@given(histories())
def test_the_order_of_the_file_changes_no_release(history: dict[str, Any]) -> None:
    backwards = {name: tuple(reversed(records)) for name, records in history.items()}
    one, other = (CaseFacts(case(**said), XX.questions) for said in (history, backwards))
    assert one.timeline(RELEASE) == other.timeline(RELEASE)


@given(histories(), st.integers(-400, 400))
def test_moving_every_day_moves_the_release(history: dict[str, Any], days: int) -> None:
    by = timedelta(days=days)
    moved = {name: tuple(_moved(one, by) for one in records) for name, records in history.items()}
    here, there = (CaseFacts(case(**said), XX.questions) for said in (history, moved))
    for number in range(-5, 160, 3):
        on = _day(number)
        compare = Compare(RELEASE, Operator.AT_LEAST, Term(days=10))
        assert pair(compare, here.timeline(RELEASE).at(on), on) == pair(
            compare, there.timeline(RELEASE).at(on + by), on + by
        )


def _moved(record: Any, by: timedelta) -> Any:
    def move(day: Any) -> Any:
        if isinstance(day, PartialDay):
            return PartialDay(day.first + by, day.last + by)
        return day + by if isinstance(day, date) else day

    span = record.span
    kind = Period if isinstance(span, Period) else Span
    return evolve(record, span=kind(move(span.start), move(span.end)))

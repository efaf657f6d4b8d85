"""No day is invented: whatever day was the right one, no decided answer was wrong.

Every case file here has days known in part. Each of its completions, in which all days are known,
is read too, and none may contradict what was decided before.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from rehabcore.records import CaseFile, Record
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import RUNNING, Cell, Known, Shape, place
from rehabcore.rules.time.days import ONE_DAY, OPEN, UNSURE, End, Ending
from rehabcore.rules.time.partial import (
    Day,
    Days,
    PartialEnd,
    between,
    days_between,
    first_of,
    last_of,
)
from tests.kit.builders import case, person
from tests.kit.record_makers import (
    facts_of,
    found,
    milestone,
    placement,
    registration,
    standing,
    state,
)
from tests.kit.record_strategies import EVERY_QUESTION, in_any_order

FIRST = date(2020, 2, 26)
RECORDED = "2020-02-28"
MOST_COMPLETIONS = 60

FAMILIES = (
    "age",
    "legal_status",
    "setting",
    "time_in_legal_status",
    "time_in_setting",
    "time_in_institution",
    "had_legal_status",
    "had_setting",
    "days_in_legal_status",
    "days_in_setting",
    "state_",
    "time_in_state_",
    "had_state_",
    "days_in_state_",
    "changes_of_state_",
    "registered",
    "time_to",
)
ASKED = [
    asked
    for asked in EVERY_QUESTION
    if asked.fact.name in FAMILIES
    or any(name.endswith("_") and asked.fact.name.startswith(name) for name in FAMILIES)
]


@st.composite
def _days(draw: st.DrawFn, wide: int = 2) -> Day:
    first = FIRST + timedelta(draw(st.integers(0, 7)))
    return between(first, first + timedelta(draw(st.integers(0, wide))))


@st.composite
def _spans(draw: st.DrawFn) -> Days:
    start: PartialEnd = draw(_days())
    if draw(st.integers(0, 5)) == 0:
        start = UNSURE
    end = draw(st.one_of(_days(), st.sampled_from((OPEN, OPEN, UNSURE))))
    if not isinstance(start, Ending) and not isinstance(end, Ending):
        assume(first_of(start) <= last_of(end))
    return days_between(start, end)


MAKERS: dict[str, Any] = {
    "legal_standings": lambda i, v, s: standing(i, ("probation", "diverted")[v], FAR, source=s),
    "placements": lambda i, v, s: placement(i, ("custody", "community")[v], FAR, source=s),
    "states": lambda i, v, s: state(i, ("employed", "unemployed")[v], FAR, source=s),
    "registrations": lambda i, v, s: registration(i, FAR, source=s),
}
FAR = "2100-01-01"


@st.composite
def _files(draw: st.DrawFn) -> CaseFile:
    """A consistent case file with days known in part, of which no office knows more than another.

    One office says all, or each value has an office of its own.
    """
    name = draw(st.sampled_from(sorted(MAKERS)))
    offices = "aa" if name == "registrations" else draw(st.sampled_from(("aa", "ab")))
    records = []
    for number in range(draw(st.integers(1, 3))):
        value = draw(st.integers(0, 1))
        made = MAKERS[name](f"r-{number}", value, offices[value])
        filed = evolve(made.filed, recorded_on=date.fromisoformat(RECORDED))
        records.append(evolve(made, filed=filed, span=draw(_spans())))
    born = draw(st.one_of(st.none(), _days()))
    legal = tuple(
        evolve(milestone(f"m-{number}", FAR, source="ab"[number]), day=draw(_days()))
        for number in range(draw(st.integers(0, 1)))
    )
    people = (person(),) if born is None else (person(birth_date=born), person("p-2", "b"))
    file = case(beneficiary=people, milestones=legal, **{name: tuple(records)})
    assume(found(file) == [])
    return file


def _all_days(day: Day) -> Iterator[date]:
    for number in range((last_of(day) - first_of(day)).days + 1):
        yield first_of(day) + timedelta(number)


def _completed(days: Days) -> Iterator[Days]:
    start: Any = days.start
    if isinstance(start, Ending):
        last = date.fromisoformat(RECORDED)
        if not isinstance(days.end, Ending):
            last = min(last, last_of(days.end))
        start = between(last - 2 * ONE_DAY, last)
    ends: list[End] = [days.end] if isinstance(days.end, Ending) else list(_all_days(days.end))
    for first, end in product(_all_days(start), ends):
        if isinstance(end, Ending) or first <= end:
            yield days_between(first, end)


def _variants(record: Record) -> list[Record]:
    kept: Any = record
    for name in ("span", "day", "birth_date"):
        held = getattr(record, name, None)
        if isinstance(held, Days):
            return [evolve(kept, **{name: days}) for days in _completed(held)]
        if isinstance(held, Day):
            return [evolve(kept, **{name: day}) for day in _all_days(held)]
    return [record]


def _completions(file: CaseFile) -> Iterator[CaseFile]:
    """Every consistent file in which all days are known."""
    lists = ("beneficiary", "milestones", *MAKERS)
    told = [(name, _variants(record)) for name in lists for record in getattr(file, name)]
    number = 1
    for _, variants in told:
        number *= len(variants)
    assume(1 < number <= MOST_COMPLETIONS)
    for chosen in product(*(variants for _, variants in told)):
        made: dict[str, Any] = {name: [] for name in lists}
        for (name, _), record in zip(told, chosen, strict=True):
            made[name].append(record)
        lists_made: dict[str, Any] = {name: tuple(records) for name, records in made.items()}
        complete = evolve(file, **lists_made)
        if not found(complete):
            yield complete


def _bounds(cell: Cell) -> tuple[Any, Any] | None:
    return (cell.value, cell.value) if isinstance(cell, Known) else cell.between


def _reversed(asked: Asked, before: Cell, after: Cell) -> bool:
    """Whether some comparison could be decided one way before, and the other way after."""
    if asked.fact.shape in {*RUNNING, Shape.COUNT}:
        one, other = _bounds(before), _bounds(after)
        if one is None or other is None:
            return False
        return bool(place(one[1]) < place(other[0]) or place(other[1]) < place(one[0]))
    return isinstance(before, Known) and isinstance(after, Known) and before.value != after.value


@given(_files())
def test_no_completion_of_a_partial_day_reverses_a_decided_answer(file: CaseFile) -> None:
    facts = facts_of(file)
    for complete in _completions(file):
        known = facts_of(complete)
        for asked in ASKED:
            before, after = facts.timeline(asked), known.timeline(asked)
            for day in sorted({*before.starts, *after.starts}):
                assert not _reversed(asked, before.at(day), after.at(day)), (asked, day, complete)


@given(st.data())
def test_the_order_of_records_of_partial_days_changes_nothing(data: st.DataObject) -> None:
    file = data.draw(_files())
    facts, others = facts_of(file), facts_of(data.draw(in_any_order(file)))
    for asked in ASKED:
        assert facts.timeline(asked) == others.timeline(asked)

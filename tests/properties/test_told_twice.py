"""Laws of one thing told twice, over every family that counts."""

from datetime import date, timedelta
from typing import Any, cast

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Known, Shape
from rehabcore.strict.vocabulary import RecordId
from tests.kit.record_makers import facts_of
from tests.kit.record_strategies import EVERY_QUESTION, case_files

LISTS = {
    "events": ("events", "incidents_", "undecided_events"),
    "observations": ("observations_of_",),
    "offences": ("offences",),
    "rulings": ("refusals",),
    "enrolments": ("program_outcomes",),
}
"""The lists of records that are counted, and how the names of the facts begin that count them."""


def _counts(name: str) -> list[Asked]:
    """The questions that count the records of a list."""
    return [
        asked
        for asked in EVERY_QUESTION
        if asked.fact.shape is Shape.COUNT and asked.fact.name.startswith(LISTS[name])
        if asked.fact.name != "events_between"  # which also asks for an anchor
    ]


def _bounds(facts: CaseFacts, asked: Asked, on: date) -> tuple[int, int] | None:
    """The least and the most on a day; None if nothing is known of the number."""
    cell = facts.timeline(asked).at(on)
    known = (cell.value, cell.value) if isinstance(cell, Known) else cell.between
    return cast("tuple[int, int] | None", known)


@st.composite
def _doubled(draw: st.DrawFn) -> tuple[CaseFile, str, Any]:
    """A case file, and a record that another office may file about the same thing."""
    case = draw(case_files()).as_known(date.max)
    name = draw(st.sampled_from([name for name in LISTS if getattr(case, name)] or ["events"]))
    if not getattr(case, name):
        return case, name, None
    record = draw(st.sampled_from(getattr(case, name)))
    filed = evolve(record.filed, record_id=RecordId("again"), source="d", same_as=None)
    return case, name, evolve(record, filed=filed)


@given(_doubled())
def test_one_real_thing_told_twice_is_never_counted_twice_for_certain(
    doubled: tuple[CaseFile, str, Any],
) -> None:
    """Told again by another office, it is counted as if once, as if twice, or between."""
    case, name, again = doubled
    if again is None:
        return
    records = getattr(case, name)
    first = next(r for r in records if _alike(r, again))
    same = evolve(again, filed=evolve(again.filed, same_as=first.filed.record_id))
    both, joined = (facts_of(_with(case, name, (*records, one))) for one in (again, same))
    once = facts_of(case)
    for asked in _counts(name):
        days = {*once.timeline(asked).starts, *both.timeline(asked).starts} - {date.min}
        for day in sorted(days):
            perhaps, sure = _bounds(both, asked, day), _bounds(joined, asked, day)
            before = _bounds(once, asked, day)
            if perhaps is None or before is None or sure is None:
                continue
            assert perhaps[0] <= before[0]
            assert before[1] <= perhaps[1] <= before[1] + 1
            assert perhaps[0] <= sure[0]
            assert sure[1] <= perhaps[1]


def _with(case: CaseFile, name: str, records: tuple[Any, ...]) -> CaseFile:
    """The case file with another list of records."""
    changed: dict[str, Any] = {name: records}
    return evolve(case, **changed)


def _alike(record: Any, again: Any) -> bool:
    return bool(evolve(again, filed=record.filed) == record)


DAY_OF = {"events": "happened_on", "observations": "observed_on", "rulings": "decided_on"}
LATER = ("reported_on", "decided_on", "responded_on", "expires", "until")


@given(_doubled(), st.integers(0, 3))
def test_two_records_of_one_office_are_always_two(
    doubled: tuple[CaseFile, str, Any], apart: int
) -> None:
    """Their number is the sum of the numbers that each makes by itself."""
    case, name, first = doubled
    if first is None or name not in DAY_OF:
        return
    moved: dict[str, Any] = {
        one: getattr(first, one) + timedelta(apart)
        for one in (DAY_OF[name], *LATER)
        if isinstance(getattr(first, one, None), date)
    }
    second = evolve(first, filed=evolve(first.filed, record_id=RecordId("more")), **moved)
    one, other, two = (
        facts_of(_with(case, name, records)) for records in ((first,), (second,), (first, second))
    )
    for asked in _counts(name):
        for day in two.timeline(asked).starts[1:]:
            each = [_bounds(facts, asked, day) for facts in (one, other)]
            least, most = (sum(ends) for ends in zip(*filter(None, each), strict=True))
            assert _bounds(two, asked, day) == (least, most)

"""A decided answer is not reversed, whatever is found out of what was unknown."""

from datetime import date, timedelta
from typing import Any

from attrs import NOTHING, evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from rehabcore.questions import CaseFacts
from rehabcore.questions.policy import ToldTwice
from rehabcore.records import CaseFile, Filed, Retraction, consistency
from rehabcore.records.case_file import RECORD_LISTS, references
from rehabcore.records.fields import REFERS_TO, fields_with
from rehabcore.rules.facts import NEVER, Cell, Known, Unknown
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import filed
from tests.kit.partial_days import blurred
from tests.kit.record_makers import XX, facts_of
from tests.kit.record_strategies import (
    EVERY_QUESTION,
    PROGRAMS,
    SEEDS,
    WORDS,
    case_files,
    exact_case_files,
)

LAST = "2199-01-01"


@given(exact_case_files(), SEEDS)
def test_a_decided_answer_is_not_reversed_when_days_are_found_out(
    case: CaseFile, seed: int
) -> None:
    partial = blurred(case, seed)
    assert consistency.check(partial, WORDS, PROGRAMS) == ()
    _assert_not_reversed(facts_of(partial), facts_of(case))


DAY_OF = {
    "sentences": "start",
    "enrolments": "started_on",
    "completions": "ended_on",
    "events": "happened_on",
    "observations": "observed_on",
    "offences": "convicted_on",
    "rulings": "decided_on",
}
"""The day by which it is told whether records of each list may tell one thing."""


@st.composite
def _told_twice(draw: st.DrawFn) -> tuple[CaseFile, CaseFile]:
    """A file in which two records may tell one thing, and the same when they are said to."""
    case = draw(case_files()).as_known(date.max)
    name = draw(st.sampled_from([name for name in DAY_OF if getattr(case, name)] or ["events"]))
    assume(getattr(case, name))
    record = draw(st.sampled_from(getattr(case, name)))
    days = timedelta(draw(st.integers(-3, 3)))
    own = Filed(record_id=RecordId("again"), recorded_on=record.filed.recorded_on, source="d")
    again = _moved(evolve(record, filed=own), DAY_OF[name], days)
    settled = evolve(again, filed=evolve(own, same_as=record.filed.record_id))
    one, other = (
        evolve(case, **{name: (*getattr(case, name), told)})  # type: ignore[arg-type]
        for told in (again, settled)
    )
    assume(consistency.check(one, WORDS, PROGRAMS) == consistency.check(other, WORDS, PROGRAMS))
    return one, other


def _moved(record: Any, name: str, days: timedelta) -> Any:
    """The record with its day moved, if it is known and can be."""
    if not isinstance(day := getattr(record, name), date):
        return record
    try:
        return evolve(record, **{name: day + days})
    except InputError:  # as it would begin after its end
        return record


@given(_told_twice())
def test_a_decided_answer_is_not_reversed_when_two_records_are_found_to_tell_one_thing(
    files: tuple[CaseFile, CaseFile],
) -> None:
    _assert_not_reversed(*map(facts_of, files))


WITHIN_NO_DAY = evolve(
    XX, records_policy=evolve(XX.records_policy, told_twice=ToldTwice(within_days=0))
)
"""The country, if all that two offices date to different days were known to be two things."""


@given(case_files())
def test_a_decided_answer_is_not_reversed_when_records_are_found_to_tell_two_things(
    case: CaseFile,
) -> None:
    _assert_not_reversed(facts_of(case), facts_of(case, country=WITHIN_NO_DAY))


@given(case_files(), st.booleans(), st.data())
def test_a_decided_answer_is_not_reversed_when_a_missing_record_is_found_or_given_up(
    case: CaseFile, found: bool, data: st.DataObject
) -> None:
    case = case.as_known(date.max)
    target, needing = data.draw(st.sampled_from(_named(case)))
    missing = _without(case, target)
    settled = case if found else _retracted(missing, needing)
    _assert_not_reversed(XX.facts_of(missing), XX.facts_of(settled))


@given(case_files(), st.data())
def test_a_decided_answer_is_not_reversed_when_what_needs_a_retracted_record_is_retracted(
    case: CaseFile, data: st.DataObject
) -> None:
    case = case.as_known(date.max)
    target, needing = data.draw(st.sampled_from(_named(case)))
    void = _retracted(case, [target])
    _assert_not_reversed(XX.facts_of(void), XX.facts_of(_retracted(void, needing)))


def _named(case: CaseFile) -> list[tuple[RecordId, list[RecordId]]]:
    """The records that others name, with those that cannot stand without them."""
    found: dict[RecordId, list[RecordId]] = {}
    for _, record in case.entries():
        for field in fields_with(record, REFERS_TO):
            for _, target in references(record, field.name):
                needing = found.setdefault(target, [])
                if field.default is NOTHING:
                    needing.append(record.filed.record_id)
    assume(found)
    return list(found.items())


def _without(case: CaseFile, target: RecordId) -> CaseFile:
    lists: dict[str, Any] = {
        name: tuple(r for r in getattr(case, name) if r.filed.record_id != target)
        for name in RECORD_LISTS
    }
    return evolve(case, **lists)


def _retracted(case: CaseFile, ids: list[RecordId]) -> CaseFile:
    back = [Retraction(filed=filed(f"back {own}", LAST, "c", own)) for own in dict.fromkeys(ids)]
    return evolve(case, retractions=(*case.retractions, *back))


def _assert_not_reversed(before: CaseFacts, after: CaseFacts) -> None:
    for asked in EVERY_QUESTION:
        then, now = before.timeline(asked), after.timeline(asked)
        for day in sorted({*then.starts, *now.starts}):
            assert _allows(then.at(day), now.at(day)), (asked, day)


def _allows(then: Cell, now: Cell) -> bool:
    """Whether what is known now is the same as before, or between the bounds told before."""
    if isinstance(now, Unknown):
        return True
    if isinstance(then, Known):
        return then.value == now.value
    return then.between is None or _in_order(then.between[0], now.value, then.between[1])


def _in_order(*values: Any) -> bool:
    """Whether each value is at most the next; what never comes is later than every day."""
    days = [date.max if value is NEVER else value for value in values]
    return days == sorted(days)

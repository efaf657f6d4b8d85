"""A decided answer is not reversed, whatever is found out of what was unknown."""

from datetime import date
from typing import Any

from hypothesis import given

from rehabcore.records import CaseFile, consistency
from rehabcore.rules.facts import NEVER, Cell, Known, Unknown
from tests.kit.partial_days import blurred
from tests.kit.record_makers import facts_of
from tests.kit.record_strategies import EVERY_QUESTION, PROGRAMS, SEEDS, WORDS, exact_case_files


@given(exact_case_files(), SEEDS)
def test_a_decided_answer_is_not_reversed_when_days_are_found_out(
    case: CaseFile, seed: int
) -> None:
    partial = blurred(case, seed)
    assert consistency.check(partial, WORDS, PROGRAMS) == ()
    before, after = facts_of(partial), facts_of(case)
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

"""The days on which a criterion is law, and those that its data covers.

On days that are not covered, nobody can say what is law.

A part of a node that is not in force on a day does not count, and need not be covered.
"""

from collections.abc import Iterator
from datetime import date

from rehabcore.rules.criteria import Criterion, law_changes, parts_of
from rehabcore.rules.law.versions import not_covered
from rehabcore.rules.time.days import ONE_DAY, OPEN, Span
from rehabcore.rules.time.partial import EARLIEST_DAY
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.checked import require_day
from rehabcore.strict.problems import NotInForceError

CALENDAR = Span(EARLIEST_DAY, OPEN)
"""The days that records, law and questions can be about."""


def require_covered(criterion: Criterion, on: date) -> None:
    """Refuse a day for which the data does not say what is law.

    Raises:
        InputError: ``on`` is not a date, or has a time of day.
        NotInForceError: names every part whose data does not cover the day.
    """
    require_day(on, "on")
    problems = [
        not_covered(_name(node), on, node.about.covered)
        for node in _uncovered(criterion, on)
        if node.about.covered is not None
    ]
    if problems:
        raise NotInForceError(problems)


def covered_until(criterion: Criterion, on: date) -> date | None:
    """The first day after ``on`` that the data no longer covers; None if it covers all later days.

    Raises:
        NotInForceError: the data does not cover ``on``.
    """
    require_covered(criterion, on)
    if criterion.about.covered is None and not criterion.extent.limited:
        return None
    later = sorted({day for day in _law_days(criterion) if day > on})
    return next((day for day in later if any(_uncovered(criterion, day))), None)


def covered_days(criterion: Criterion, on: date, *, since: date) -> Span:
    """The days around ``on``, from ``since`` at the earliest, that the data covers without a break.

    Raises:
        NotInForceError: the data does not cover ``on``.
    """
    end = covered_until(criterion, on) or OPEN
    earlier = sorted((day for day in _law_days(criterion) if since < day <= on), reverse=True)
    begins = (day for day in earlier if any(_uncovered(criterion, day - ONE_DAY)))
    return Span(next(begins, since), end)


def require_covered_throughout(criterion: Criterion, within: Span) -> None:
    """Refuse a window with a day for which the data does not say what is law.

    Raises:
        NotInForceError: names every part whose data does not cover the first such day.
    """
    end = covered_until(criterion, within.start)
    if end is not None and (within.end is OPEN or end in within):
        require_covered(criterion, end)


def ended_parts(criterion: Criterion, on: date, until: date) -> Iterator[tuple[Criterion, date]]:
    """The parts whose data has ended by ``on``, or ends by ``until``, each with its end.

    A part that is no longer in force by then is left out: nobody asks what is law in it.
    """
    days = {on, *(day for day in _law_days(criterion) if on < day <= until)}
    found = (part for day in sorted(days) for part in _uncovered(criterion, day))
    for part in dict.fromkeys(found):
        end = part.about.covered.end if part.about.covered is not None else None
        if isinstance(end, date) and end <= until:
            yield part, end


def lapsing_parts(criterion: Criterion, on: date, until: date) -> Iterator[tuple[Criterion, date]]:
    """The outermost parts that cease to be law after ``on``, by ``until``, each with its end.

    A part is left out if another part beside it begins to be law on that day: that one follows it.
    """
    law = criterion.about.in_force
    if law is not None and isinstance(law.end, date) and law.end <= until:
        if on < law.end:
            yield criterion, law.end
    elif criterion.about.covered is None:
        parts = parts_of(criterion)
        begun = {part.about.in_force.start for part in parts if part.about.in_force is not None}
        for part in parts:
            for found, end in lapsing_parts(part, on, until):
                if found is not part or end not in begun:
                    yield found, end


def law_over_time(criterion: Criterion) -> Timeline[bool]:
    """Whether a criterion is law on each day: within its own days, and some part of it is law."""
    return Timeline.of_changes(law_changes(criterion), lambda day: _is_law(criterion, day))


def _is_law(criterion: Criterion, on: date) -> bool:
    own, parts = criterion.about.in_force, parts_of(criterion)
    if own is not None and on not in own:
        return False
    return not parts or any(_is_law(part, on) for part in parts)


def _uncovered(criterion: Criterion, on: date) -> Iterator[Criterion]:
    about = criterion.about
    if about.in_force is not None and on not in about.in_force:
        return
    if about.covered is not None and on not in about.covered:
        yield criterion
    elif criterion.extent.limited:
        for part in parts_of(criterion):
            yield from _uncovered(part, on)


def _law_days(criterion: Criterion) -> Iterator[date]:
    """The days on which some node begins or ceases to be law, or to be covered."""
    for span in (criterion.about.in_force, criterion.about.covered):
        if span is not None:
            yield from (day for day in (span.start, span.end) if isinstance(day, date))
    if criterion.extent.limited:
        for part in parts_of(criterion):
            yield from _law_days(part)


def _name(node: Criterion) -> str:
    """The ids by which the law is known: the rule's, and that of the parameter in it."""
    ids = [part.about.id for part in (node, *parts_of(node)) if part.about.id]
    return ", ".join(dict.fromkeys(ids)) or "a rule"

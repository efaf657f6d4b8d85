"""Deadlines, laid from days that are known, known in part, or not known.

A deadline states from which *anchor* its days are laid: the start of something, a review, the day
on which an answer was asked for. Each day is laid from its anchor at once, never from another
deadline, so that months of different lengths do not add up. An anchor that nobody knows gives a
deadline that nobody knows: it is listed, with the reason.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum

from rehabcore.rules.facts import NEVER, Forever
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import (
    EARLIEST_DAY,
    LATEST_DAY,
    Day,
    between,
    first_of,
    last_of,
)
from rehabcore.rules.time.working_days import MOST_WORKING_DAYS, after_working_days
from rehabcore.rules.truth import UnknownKind, foremost
from rehabcore.strict.checked import checked, checked_arguments, codes_only, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import InputError, Problem, refuse

AnchorDay = Day | Forever | UnknownKind
"""The day of an anchor, known or in part; or that it never comes; or why it is not known."""


@frozen(kw_only=True)
@checked
class Offset:
    """A day that is laid so long after or before an anchor; of several anchors, the latest.

    It is counted by the calendar in ``term``, or in ``working_days``, which are laid only after an
    anchor. Without either it is the day of the anchor.

    Raises:
        InputError: not exactly one of ``after`` and ``before`` names anchors, or both a term and
            working days are given.
    """

    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    term: Term = Term()
    working_days: int = 0

    def _problems(self) -> Iterable[Problem]:
        if bool(self.after) == bool(self.before):
            expected = "the anchors in exactly one of after and before"
            yield Problem.of([*self.after, *self.before], "one_of_two", expected)
        if self.working_days and (self.before or self.term != Term()):
            expected = "working days after an anchor, and no term besides"
            yield Problem.of(self.working_days, "one_of_two", expected, path="working_days")
        if not 0 <= self.working_days <= MOST_WORKING_DAYS:
            expected = f"0 to {MOST_WORKING_DAYS} working days"
            yield Problem.of(self.working_days, "out_of_range", expected, path="working_days")


@frozen(kw_only=True)
@checked
class Deadline:
    """Something that is to be done by a day.

    Before ``opens`` it is too early; without it, it may be done at any time. ``not_before`` names
    anchors before which it is never due, however it is laid.
    """

    code: str
    title: Text
    due: Offset
    opens: Offset | None = None
    not_before: tuple[str, ...] = ()
    cite: tuple[Citation, ...] = ()
    status: Status | None = None

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "code")


@frozen(kw_only=True)
@checked
class WorkingCalendar:
    """The days that are free: holidays, and days of the week, of which Monday is 0.

    Raises:
        InputError: something else is in the weekend than days of the week, or all of them are.
    """

    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset()

    def _problems(self) -> Iterable[Problem]:
        if not self.weekend < frozenset(range(7)):
            expected = "days of the week, 0 for Monday to 6 for Sunday, but not all of them"
            yield Problem.of(sorted(self.weekend), "out_of_range", expected, path="weekend")


@frozen(kw_only=True)
@checked
class Due:
    """A deadline for one object.

    ``due`` and ``opens`` are days that are known, or in part; ``NEVER`` if an anchor never comes;
    None if an anchor is not known. ``missing`` then names those anchors, and ``why`` says why.
    """

    deadline: Deadline
    due: Day | Forever | None
    opens: Day | Forever | None = None
    missing: tuple[str, ...] = ()
    why: UnknownKind | None = None


@checked_arguments
def laid(
    deadlines: Iterable[Deadline],
    anchors: Mapping[str, AnchorDay],
    *,
    calendar: WorkingCalendar | None = None,
) -> tuple[Due, ...]:
    """Every deadline with its days, in the same order.

    Moving an anchor to an earlier day makes nothing due later.

    Args:
        deadlines: the rules.
        anchors: the days from which they are laid, by name. One that is not there is missing.
        calendar: the days that are free; needed where working days are counted.

    Raises:
        InputError: working days are counted, and there is no calendar for them.
    """
    return tuple(_due(deadline, anchors, calendar) for deadline in deadlines)


def _due(
    deadline: Deadline, anchors: Mapping[str, AnchorDay], calendar: WorkingCalendar | None
) -> Due:
    days = {name: anchors.get(name, UnknownKind.MISSING) for name in _names(deadline)}
    unknown = {name: day for name, day in days.items() if isinstance(day, UnknownKind)}
    known = {name: day for name, day in days.items() if not isinstance(day, UnknownKind)}
    due = _offset(deadline.due, known, calendar)
    if due is not None and deadline.not_before:
        floor = _latest(deadline.not_before, known)
        due = None if floor is None else _later(due, floor)
    return Due(
        deadline=deadline,
        due=due,
        opens=None if deadline.opens is None else _offset(deadline.opens, known, calendar),
        missing=tuple(unknown),
        why=foremost(unknown.values()) if unknown else None,
    )


def _names(deadline: Deadline) -> Iterable[str]:
    """The anchors of a deadline, in the order in which it names them."""
    opens = deadline.opens
    beside = () if opens is None else (*opens.after, *opens.before)
    return (*deadline.due.after, *deadline.due.before, *beside, *deadline.not_before)


def _offset(
    offset: Offset, known: Mapping[str, Day | Forever], calendar: WorkingCalendar | None
) -> Day | Forever | None:
    anchor = _latest(offset.after or offset.before, known)
    if anchor is None or isinstance(anchor, Forever):
        return anchor
    return _each_end(anchor, _laying(offset, calendar))


def _laying(offset: Offset, calendar: WorkingCalendar | None) -> Callable[[date], date]:
    """The function that lays an offset from a day."""
    if not offset.working_days:
        return offset.term.after if offset.after else offset.term.before
    if calendar is None:
        refuse(None, "no_calendar", "the days that are free", path="calendar")
    holidays, weekend = calendar.holidays, calendar.weekend

    def lay(anchor: date) -> date:
        try:
            number = offset.working_days
            return after_working_days(anchor, number, holidays=holidays, weekend=weekend)
        except InputError:  # it lies beyond the last day that the library knows
            return LATEST_DAY

    return lay


def _each_end(day: Day, lay: Callable[[date], date]) -> Day:
    """The day that is laid from another; of one known in part, from its first and its last."""
    first, last = (
        min(max(lay(end), EARLIEST_DAY), LATEST_DAY) for end in (first_of(day), last_of(day))
    )
    return between(first, last)


def _latest(names: tuple[str, ...], known: Mapping[str, Day | Forever]) -> Day | Forever | None:
    """The latest of some anchors; None if one of them is not known."""
    days = [known.get(name) for name in names]
    latest: Day | Forever | None = days[0]
    for day in days[1:]:
        latest = None if latest is None or day is None else _later(latest, day)
    return latest


def _later(one: Day | Forever, other: Day | Forever) -> Day | Forever:
    if isinstance(one, Forever) or isinstance(other, Forever):
        return NEVER
    return between(max(first_of(one), first_of(other)), max(last_of(one), last_of(other)))


class DueState(StrEnum):
    """Where a deadline stands on a day."""

    NOT_OPEN = "not_open"
    """It is too early to do it."""
    OPEN = "open"
    DUE = "due"
    """This is the last day on which it is in time."""
    OVERDUE = "overdue"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    DONE = "done"
    """It is done, and nobody knows whether in time."""
    NOT_NEEDED = "not_needed"
    """Nothing has to be done any more, or its day never comes."""
    UNKNOWN = "unknown"
    """The days that are known do not say."""


@checked_arguments
def due_state(due: Due, *, on: date, done: Day | None = None, needed: bool = True) -> DueState:
    """Where a deadline stands on a day. On the day on which it is due it is not overdue.

    Args:
        due: the deadline with its days.
        on: the day.
        done: the day on which it was done; what is done after ``on`` does not count yet.
        needed: whether it still has to be done.
    """
    require_day(on, "on")
    if done is not None and first_of(done) <= on:
        return _when_done(due.due, done) if last_of(done) <= on else DueState.UNKNOWN
    if not needed or due.due is NEVER:
        return DueState.NOT_NEEDED
    if isinstance(due.due, Day) and on >= first_of(due.due):
        return _from_its_first_day(due.due, on)
    if due.deadline.opens is None:
        return DueState.UNKNOWN if due.due is None else DueState.OPEN
    return _before_it_is_due(due, on)


def _when_done(due: Day | Forever | None, done: Day) -> DueState:
    if due is None:
        return DueState.DONE
    if isinstance(due, Forever) or last_of(done) <= first_of(due):
        return DueState.DONE_IN_TIME
    return DueState.DONE_LATE if first_of(done) > last_of(due) else DueState.DONE


def _from_its_first_day(due: Day, on: date) -> DueState:
    if on > last_of(due):
        return DueState.OVERDUE
    return DueState.DUE if first_of(due) == last_of(due) else DueState.UNKNOWN


def _before_it_is_due(due: Due, on: date) -> DueState:
    """Whether it is open already; if nobody knows when it is due, it is at least not open."""
    if due.opens is NEVER or (isinstance(due.opens, Day) and on < first_of(due.opens)):
        return DueState.NOT_OPEN
    opened = isinstance(due.opens, Day) and on >= last_of(due.opens)
    return DueState.OPEN if opened and due.due is not None else DueState.UNKNOWN

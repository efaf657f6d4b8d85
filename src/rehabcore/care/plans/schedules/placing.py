"""Where sessions find a place: in the calendars of the person and the provider, without overlap.

A session stays on its own day if it can. If not, it is planned again on a later day, and says for
which day it makes up. If there is no such day, it has no place; the reason is told.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from attrs import evolve, field

from rehabcore.care.plans.schedules.calendars import (
    AgeBand,
    Times,
    WeeklyTimes,
    common_times,
    minute_of,
)
from rehabcore.plans import PlanItem, PlannedSession
from rehabcore.rules.time.days import ONE_DAY, Span
from rehabcore.rules.time.partial import LATEST_DAY, Day, first_of
from rehabcore.strict.checked import SECRET, checked, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problems, listed, one_of, refuse
from rehabcore.strict.vocabulary import Basis, ItemId, Setting

MADE_UP_WITHIN = timedelta(days=56)
"""How much later a session may be planned again. After eight weeks it is another course."""
_NEVER = date.max


class NoPlace(StrEnum):
    """The reason why a session cannot be held on its own day."""

    CANCELLED = "cancelled"
    """Its provider has called it off."""
    BEFORE_START = "before_start"
    AFTER_END = "after_end"
    AFTER_RELEASE = "after_release"
    """The person has been released by then, and it is neither aftercare nor in the community."""
    NO_BASIS = "no_basis"
    """The consent or the requirement on which the item rests has ended by then."""
    WAITS_FOR_PREREQUISITE = "waits_for_prerequisite"
    """Something that has to be finished before is not."""
    WRONG_AGE = "wrong_age"
    """The person does not have the age for this variant, or nobody knows."""
    ACUTE_NEED = "acute_need"
    """An acute need is open, for which it waits."""
    HOLIDAY = "holiday"
    PROVIDER_AWAY = "provider_away"
    PERSON_AWAY = "person_away"
    NO_COMMON_TIME = "no_common_time"
    """Person and provider are both there on that day, but not together for so long."""
    OVERLAP = "overlap"
    """Another session is held at that time."""
    WEEK_FULL = "week_full"
    """It would be more in a week than the person can do."""


@frozen(kw_only=True)
@checked
class PersonCalendar:
    """When a person can come, and what else limits sessions.

    ``born`` is needed for variants for some ages. From ``release`` on only aftercare is held, and
    what is in the community.
    ``minutes_a_week`` is the most from a Monday to a Sunday; sessions whose length is not known
    count for nothing. ``acute`` are the days on which an acute need is open.
    """

    times: WeeklyTimes = WeeklyTimes()
    born: Day | None = field(default=None, repr=False, metadata=SECRET)
    release: Day | None = field(default=None, metadata=SECRET)
    minutes_a_week: int | None = None
    acute: tuple[Span, ...] = ()


@frozen(kw_only=True)
@checked
class ScheduledItem:
    """An item of a plan whose sessions are to be held, and what they depend on.

    The ``sessions`` of the item are those that are wanted. ``after`` are items that must be
    finished before its first session. ``waits`` is true for what does not go on while an acute need
    is open. From ``basis_ends`` on no consent or requirement holds. Courses with a lower
    ``rank`` choose first, then mandatory ones.
    """

    item: PlanItem
    provider: WeeklyTimes = WeeklyTimes()
    ages: AgeBand | None = None
    after: tuple[ItemId, ...] = ()
    waits: bool = False
    basis_ends: date | None = None
    rank: int = 0


@frozen(kw_only=True)
@checked
class FallenOut:
    """A session that is not held on its ``day``, and why.

    Without a ``made_up_on`` it has no place. ``day`` is the day that was meant first, also if the
    session was planned again before.
    """

    item_id: ItemId
    day: date
    reason: NoPlace
    made_up_on: date | None = None


@frozen(kw_only=True)
@checked
class Timetable:
    """The sessions that have a place, by item, and all that are not held on their own day."""

    items: tuple[PlanItem, ...]
    fallen_out: tuple[FallenOut, ...]

    @property
    def unplaced(self) -> tuple[FallenOut, ...]:
        """The sessions that have no place."""
        return tuple(one for one in self.fallen_out if one.made_up_on is None)


@checked_arguments
def timetable(
    courses: Sequence[ScheduledItem],
    person: PersonCalendar,
    *,
    holidays: Container[date],
    on: date | None = None,
    cancelled: Mapping[ItemId, frozenset[date]] | None = None,
) -> Timetable:
    """Give every session a place, on its own day or later; the order of courses does not matter.

    A session is held within its item and both calendars, not on a holiday, and not while another
    one is. It is planned again within eight weeks, never on a day on which its course has a session
    already, and so that a week has at most one session of the course more than any week was to
    have. An earlier release never gives more sessions: they are placed as if there was none, and
    those after it are taken away.

    A time that is left open must lie within the times that both have. Whether it overlaps another
    session is seen when it is set. A session of unknown length is taken as one minute.

    Args:
        courses: what is to be held.
        person: the calendar of the person.
        holidays: the days on which no provider is there. They are asked day by day.
        on: the day of planning. Sessions before it stand as they are, and none is planned before.
        cancelled: by item, the days of sessions that their provider called off.

    Raises:
        InputError: two courses have one item, one waits for something that is not there, something
            else is cancelled, or courses wait for each other in a circle.
    """
    cancelled = cancelled or {}
    ordered = _in_order(courses, cancelled)
    board = _Board(person, holidays, on or date.min)
    lists = {course.item.item_id: _Sessions(course) for course in ordered}
    for one in lists.values():
        board.keep(one, cancelled.get(one.course.item.item_id, frozenset()))
    for one in lists.values():
        before = [lists[item_id] for item_id in one.course.after]
        until = max((other.finished for other in before), default=date.min)
        board.wait(one, until)
        board.make_up(one, until)
    for one in lists.values():
        before = [lists[item_id] for item_id in one.course.after]
        board.cut(one, _NEVER in [other.finished for other in before])
    told = sorted(lists.values(), key=lambda one: one.course.item.item_id)
    return Timetable(
        items=tuple(one.item() for one in told),
        fallen_out=tuple(lost for one in told for lost in one.fallen_out()),
    )


def _in_order(
    courses: Sequence[ScheduledItem], cancelled: Mapping[ItemId, frozenset[date]]
) -> list[ScheduledItem]:
    """The courses so that each comes after those for which it waits, else by rank."""
    problems = Problems()
    by_id: dict[ItemId, ScheduledItem] = {}
    for index, course in enumerate(courses):
        if course.item.item_id in by_id:
            path, expected = f"courses[{index}].item.item_id", "each item once"
            problems.note(course.item.item_id, "duplicate_id", expected, path=path)
        by_id[course.item.item_id] = course
    for index, course in enumerate(courses):
        for place, other in enumerate(course.after):
            if other not in by_id:
                path = f"courses[{index}].after[{place}]"
                problems.note(other, "dangling_id", one_of(by_id, other), path=path)
    for item_id in cancelled:
        if item_id not in by_id:
            problems.note(item_id, "dangling_id", one_of(by_id, item_id), path="cancelled")
    problems.done()
    ranked = sorted(courses, key=_merit)
    waiting = TopologicalSorter({one.item.item_id: one.after for one in ranked})
    try:
        waiting.prepare()
    except CycleError as error:
        expected = f"courses that do not wait for each other: {listed(sorted(error.args[1]))}"
        refuse(error.args[1][0], "circle", expected, path="courses")
    ordered: list[ScheduledItem] = []
    ready: set[ItemId] = set()
    while waiting.is_active():
        ready.update(waiting.get_ready())
        first = min((by_id[item_id] for item_id in ready), key=_merit)
        ordered.append(first)
        ready.remove(first.item.item_id)
        waiting.done(first.item.item_id)
    return ordered


def _merit(course: ScheduledItem) -> tuple[int, bool, str]:
    return course.rank, course.item.basis is not Basis.MANDATORY, course.item.item_id


def _monday(day: date) -> int:
    """The number of the Monday of a day's week."""
    return day.toordinal() - day.weekday()


class _Sessions:
    """The sessions of one course while they are given places."""

    def __init__(self, course: ScheduledItem) -> None:
        self.course = course
        self.wanted = sorted(course.item.sessions, key=lambda one: (one.day, one.starts_at))
        self.standing: list[tuple[PlannedSession, NoPlace | None]] = []
        self.pending: list[tuple[PlannedSession, NoPlace]] = []
        self.lost: list[tuple[PlannedSession, NoPlace]] = []
        weeks = Counter(_monday(_meant(session)) for session in self.wanted)
        self.most_a_week = 1 + max(weeks.values(), default=0)
        self.weeks = Counter[int]()
        self.days = Counter[date]()

    @property
    def finished(self) -> date:
        """The day of the last session; the last day of all if it is not known to be finished."""
        if self.lost or self.pending:
            return _NEVER
        if self.standing:
            return max(session.day for session, _ in self.standing)
        ends = self.course.item.ends
        return _NEVER if ends is None else ends - ONE_DAY

    def item(self) -> PlanItem:
        """The item with the sessions that have a place."""
        sessions = sorted(
            (one for one, _ in self.standing), key=lambda one: (one.day, one.starts_at)
        )
        return evolve(self.course.item, sessions=tuple(sessions))

    def fallen_out(self) -> list[FallenOut]:
        """All that is not held on its own day, by that day."""
        item_id = self.course.item.item_id
        made_up = [
            FallenOut(item_id=item_id, day=_meant(one), reason=reason, made_up_on=one.day)
            for one, reason in self.standing
            if reason is not None
        ]
        lost = [
            FallenOut(item_id=item_id, day=_meant(one), reason=reason) for one, reason in self.lost
        ]
        return sorted([*made_up, *lost], key=lambda one: (one.day, one.made_up_on or _NEVER))


def _meant(session: PlannedSession) -> date:
    """The day that was meant first."""
    return session.in_place_of or session.day


class _Board:
    """The times that are taken, while sessions are given places."""

    def __init__(self, person: PersonCalendar, holidays: Container[date], on: date) -> None:
        self.person, self.holidays, self.on = person, holidays, on
        self.taken: dict[date, list[tuple[int, int]]] = defaultdict(list)
        self.minutes = Counter[int]()

    def keep(self, one: _Sessions, cancelled: frozenset[date]) -> None:
        """Leave sessions on their own days where they can be held; the others are pending."""
        for session in one.wanted:
            if session.day in cancelled:
                one.pending.append((session, NoPlace.CANCELLED))
                continue
            past = session.day < self.on
            reason = None if past else self.obstacle(one.course, session, session.day)
            if reason is None:
                self._take(one, session, None)
            else:
                one.pending.append((session, reason))

    def wait(self, one: _Sessions, until: date) -> None:
        """Take away sessions up to a day, on which something is finished that comes first."""
        early = [pair for pair in one.standing if self.on <= pair[0].day <= until]
        one.standing = [pair for pair in one.standing if not self.on <= pair[0].day <= until]
        for session, _ in early:
            self._give_back(one, session)
            one.pending.append((session, NoPlace.WAITS_FOR_PREREQUISITE))
        one.pending.sort(key=lambda pair: (pair[0].day, pair[0].starts_at))

    def make_up(self, one: _Sessions, until: date) -> None:
        """Plan pending sessions again, each on the first day after ``until`` that can be."""
        closed = set[tuple[str, int | None, date]]()
        for session, reason in one.pending:
            # No longer on the day that was called off; the others may find room on their own day.
            after = max(until, session.day) if reason is NoPlace.CANCELLED else until
            day = self._first_possible(one, session, after, closed)
            if day is None:
                one.lost.append((session, reason))
            else:
                meant = _meant(session)
                again = evolve(session, day=day, in_place_of=None if day == meant else meant)
                self._take(one, again, None if day == session.day else reason)
        one.pending.clear()

    def _first_possible(
        self,
        one: _Sessions,
        session: PlannedSession,
        after: date,
        closed: set[tuple[str, int | None, date]],
    ) -> date | None:
        """The first day after one, not before its own, on which a session can be held.

        A day that is ``closed`` to a session is so to all later ones of that time and length, since
        days only become fuller.
        """
        item, kind = one.course.item, (session.starts_at, session.minutes)
        first = max(session.day, self.on, item.starts)
        last = min(first + MADE_UP_WITHIN, (item.ends or _NEVER) - ONE_DAY, LATEST_DAY)
        day = max(first, min(after, last) + ONE_DAY)
        while day <= last:
            if (*kind, day) not in closed:
                rhythm = not one.days[day] and one.weeks[_monday(day)] < one.most_a_week
                if rhythm and self.obstacle(one.course, session, day) is None:
                    return day
                closed.add((*kind, day))
            day += ONE_DAY
        return None

    def cut(self, one: _Sessions, waits: bool) -> None:
        """Take away sessions after the release, and all whose prerequisite is not finished."""
        release, item = self.person.release, one.course.item
        stays = item.aftercare or item.setting is Setting.COMMUNITY
        gone = _NEVER if release is None or stays else first_of(release)
        first, why = max(self.on, gone), NoPlace.AFTER_RELEASE
        if waits:
            first, why = self.on, NoPlace.WAITS_FOR_PREREQUISITE
        late = [pair for pair in one.standing if pair[0].day >= first]
        one.standing = [pair for pair in one.standing if pair[0].day < first]
        one.lost += [(session, reason or why) for session, reason in late]

    def obstacle(self, course: ScheduledItem, session: PlannedSession, day: date) -> NoPlace | None:
        """The reason why a session cannot be held on a day; None if it can."""
        item, person = course.item, self.person
        if day < item.starts:
            return NoPlace.BEFORE_START
        if item.ends is not None and day >= item.ends:
            return NoPlace.AFTER_END
        if course.basis_ends is not None and day >= course.basis_ends:
            return NoPlace.NO_BASIS
        ages = course.ages
        if ages is not None and (person.born is None or not ages.holds(person.born, day)):
            return NoPlace.WRONG_AGE
        if course.waits and any(day in span for span in person.acute):
            return NoPlace.ACUTE_NEED
        if day in self.holidays:
            return NoPlace.HOLIDAY
        return self._no_time(course.provider.on(day), person.times.on(day), session, day)

    def _no_time(
        self, provider: Times, person: Times, session: PlannedSession, day: date
    ) -> NoPlace | None:
        """The reason why there is no time for a session on a day; None if there is one."""
        if not provider:
            return NoPlace.PROVIDER_AWAY
        if not person:
            return NoPlace.PERSON_AWAY
        common, length = common_times(provider, person), session.minutes or 1
        if not session.starts_at:
            if not any(end - start >= length for start, end in common):
                return NoPlace.NO_COMMON_TIME
        else:
            starts = minute_of(session.starts_at)
            ends = starts + length
            if not any(start <= starts and ends <= end for start, end in common):
                return NoPlace.NO_COMMON_TIME
            if any(starts < end and start < ends for start, end in self.taken.get(day, ())):
                return NoPlace.OVERLAP
        most = self.person.minutes_a_week
        if most is not None and self.minutes[_monday(day)] + (session.minutes or 0) > most:
            return NoPlace.WEEK_FULL
        return None

    def _take(self, one: _Sessions, session: PlannedSession, reason: NoPlace | None) -> None:
        one.standing.append((session, reason))
        one.days[session.day] += 1
        one.weeks[_monday(session.day)] += 1
        self.minutes[_monday(session.day)] += session.minutes or 0
        if session.starts_at:
            starts = minute_of(session.starts_at)
            self.taken[session.day].append((starts, starts + (session.minutes or 1)))

    def _give_back(self, one: _Sessions, session: PlannedSession) -> None:
        one.days[session.day] -= 1
        one.weeks[_monday(session.day)] -= 1
        self.minutes[_monday(session.day)] -= session.minutes or 0
        if session.starts_at:
            starts = minute_of(session.starts_at)
            self.taken[session.day].remove((starts, starts + (session.minutes or 1)))

"""Laws of days: reviews, the end of the sentence, order, weekly hours, ages."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from rehabcore.care.needs.sequence import sequence
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.laws.law import Breach
from rehabcore.plans import GoalKind, PlanContent, PlanItem
from rehabcore.programs import Program
from rehabcore.rules.facts import Forever
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import Modality, ProgramId

_MINUTES_AN_HOUR = 60
_WEEK = timedelta(days=7)


def review_is_in_time(content: PlanContent, grounds: PlanGrounds) -> Iterator[Breach]:
    """P8: the next review is not later than the country's term, which tightens near release."""
    latest = None if grounds.died_on is not None else grounds.review_by(content.starts)
    if latest is not None and (content.review_due is None or content.review_due > latest):
        yield Breach(place="review_due", expected=f"a day not after {latest.isoformat()}")


def nothing_outlasts_the_sentence(content: PlanContent, grounds: PlanGrounds) -> Iterator[Breach]:
    """P9: no step and no item goes on after the sentence, unless it is aftercare; none after death.

    The first day after the sentence is no day of delivery. A step may still be due on it: people
    are released on that day, and it is the last on which a review may be due. A plan that begins
    once the sentence is over is aftercare as a whole, and so are all of its steps.
    """
    died, end = grounds.died_on, grounds.sentence_end
    begun_after = isinstance(end, Day) and last_of(end) <= content.starts
    for index, goal in enumerate(content.goals):
        for place, step in enumerate(goal.steps):
            at = f"goals[{index}].steps[{place}].due"
            if step.due is not None:
                after = None if begun_after else end
                yield from _not_after(after if died is None else died, step.due, at)
    for index, item in enumerate(content.items):
        last, at = last_day(item), f"items[{index}].ends"
        if died is not None:
            yield from _not_after(died, last or date.max, at)
        elif not item.aftercare:
            yield from _not_after(end, (last or item.starts) + ONE_DAY, at)


def _not_after(end: Day | Forever | None, day: date, place: str) -> Iterator[Breach]:
    """The breach of a day that is, or may be, after an end."""
    if end is not None and not isinstance(end, Forever) and day > first_of(end):
        expected = f"nothing after {first_of(end).isoformat()}, or aftercare"
        yield Breach(place=place, expected=expected, certain=day > last_of(end))


def starts_on(item: PlanItem) -> date:
    """The first day on which an item is delivered."""
    return min((session.day for session in item.sessions), default=item.starts)


def last_day(item: PlanItem) -> date | None:
    """The last day on which an item is delivered; None if it has no end."""
    if item.sessions:
        return max(session.day for session in item.sessions)
    return None if item.ends is None else item.ends - ONE_DAY


def no_group_before_what_is_acute(content: PlanContent, grounds: PlanGrounds) -> Iterator[Breach]:
    """P19: no group starts while a need is open for which its class of programmes waits.

    An open need is settled on the target day of its goals. One of which nobody knows whether it is
    open is assessed by the end of that day, so that the group starts on a later one.
    """
    settled, assessed = settled_by(content), _assessed_after(content)
    for index, domains, certain in groups_that_wait(content, grounds):
        starts = content.items[index].starts
        known = settled if certain else assessed
        waiting = [one for one in domains if known.get(one, date.max) > starts]
        if waiting:
            expected = f"a start after {', '.join(waiting)} is settled"
            yield Breach(place=f"items[{index}].starts", expected=expected, certain=certain)


def groups_that_wait(
    content: PlanContent, grounds: PlanGrounds
) -> Iterator[tuple[int, tuple[str, ...], bool]]:
    """By the place of its item, the open needs for which a group waits.

    They are told apart by whether they are open for certain.
    """
    groups = [
        (index, item)
        for index, item in enumerate(content.items)
        if item.program_id in grounds.programs
        and not _held_alone(item, grounds.programs[item.program_id])
        and not is_running(item, grounds)
    ]
    asked = {item.program_id: grounds.programs[item.program_id] for _, item in groups}
    turns = {
        turn.program_id: turn
        for turn in sequence(grounds.sequence, asked.values(), grounds.profile)
        if turn.sequence_class is not None
    }
    for index, item in groups:
        turn = turns.get(item.program_id)
        if turn is not None:
            yield index, turn.held_up_by, True
            yield index, turn.unclear, False


def _held_alone(item: PlanItem, program: Program) -> bool:
    """Whether an item is given to the person alone, as its programme allows."""
    allowed = not program.modality or Modality.INDIVIDUAL in program.modality
    return allowed and item.modality is Modality.INDIVIDUAL


def is_running(item: PlanItem, grounds: PlanGrounds) -> bool:
    """Whether an item goes on with an enrolment of the person in its programme."""
    named = item.enrolment
    return named is not None and grounds.enrolments.get(named) == item.program_id


def settled_by(content: PlanContent) -> dict[str, date]:
    """The day by which the plan settles a need, by domain."""
    return _last_targets(content, GoalKind.NEED)


def _assessed_after(content: PlanContent) -> dict[str, date]:
    """The first day after the plan has assessed a need, by domain."""
    targets = _last_targets(content, GoalKind.ASSESSMENT)
    return {need: day + ONE_DAY for need, day in targets.items()}


def _last_targets(content: PlanContent, kind: GoalKind) -> dict[str, date]:
    days: dict[str, date] = {}
    for goal in content.goals:
        for need in goal.needs if goal.kind is kind else ():
            if goal.target is not None:
                days[need] = max(goal.target, days.get(need, date.min))
    return days


def prerequisites_come_first(content: PlanContent, grounds: PlanGrounds) -> Iterator[Breach]:
    """P20: what a programme of the plan requires is over before the first day that it is held.

    It is in the plan, or was completed. What runs already began before the plan.
    """
    over: dict[ProgramId, date] = {}
    for item in content.items:
        last = last_day(item) or date.max
        over[item.program_id] = max(last, over.get(item.program_id, date.min))
    for index, item in enumerate(content.items):
        program = None if is_running(item, grounds) else grounds.programs.get(item.program_id)
        for required in () if program is None else program.prerequisites:
            if required not in over and required not in grounds.completed:
                place = f"items[{index}].program_id"
                yield Breach(place=place, expected=f"{required} in the plan, or completed before")
            elif over.get(required, date.min) >= starts_on(item):
                place = f"items[{index}].{'sessions' if item.sessions else 'starts'}"
                yield Breach(place=place, expected=f"a start after {required} has ended")


def weeks_are_not_too_full(content: PlanContent, grounds: PlanGrounds) -> Iterator[Breach]:
    """P21: no session overlaps another, and no week has more hours than there are.

    Of weeks without a session that are too full in a row, the first is told.
    """
    yield from _overlaps(content)
    if grounds.hours_a_week is not None:
        for monday, minutes in _minutes_of_weeks(content):
            if minutes > grounds.hours_a_week * _MINUTES_AN_HOUR:
                expected = f"at most {grounds.hours_a_week} hours"
                yield Breach(place=f"week of {monday.isoformat()}", expected=expected)


def _overlaps(content: PlanContent) -> Iterator[Breach]:
    timed = sorted(
        (session.day, _minute(session.starts_at), session.minutes or 0, index, place)
        for index, item in enumerate(content.items)
        for place, session in enumerate(item.sessions)
        if session.starts_at
    )
    until: tuple[date, int] = (date.min, 0)
    for day, starts, minutes, index, place in timed:
        if (day, starts) < until:
            at = f"items[{index}].sessions[{place}].starts_at"
            yield Breach(place=at, expected="a time at which no other session is held")
        # A session of which nobody says how long it lasts takes its first minute, at least.
        until = max(until, (day, starts + max(minutes, 1)))


def _minute(wall_time: str) -> int:
    hours, minutes = wall_time.split(":")
    return int(hours) * _MINUTES_AN_HOUR + int(minutes)


def _minutes_of_weeks(content: PlanContent) -> Iterator[tuple[date, Decimal]]:
    """The minutes of each week in which they may change, by its Monday: of sessions, else by item.

    Nothing is counted week by week, since an item may go on for centuries. One without an end
    counts in its first week.
    """
    changes: dict[date, Decimal] = defaultdict(Decimal)
    for item in content.items:
        for session in item.sessions:
            monday = _monday(session.day)
            changes[monday] += session.minutes or 0
            changes[monday + _WEEK] -= session.minutes or 0
        if not item.sessions and item.hours_a_week is not None:
            first = _monday(item.starts)
            last = first if item.ends is None else _monday(item.ends - ONE_DAY)
            changes[first] += item.hours_a_week * _MINUTES_AN_HOUR
            changes[last + _WEEK] -= item.hours_a_week * _MINUTES_AN_HOUR
    minutes = Decimal(0)
    for monday, change in sorted(changes.items()):
        minutes += change
        yield monday, minutes


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def ages_fit(content: PlanContent, grounds: PlanGrounds) -> Iterator[Breach]:
    """P25: on every day of delivery the person is of the age that the programme is for.

    Of an item without sessions the first and the last day are asked.
    """
    for index, item in enumerate(content.items):
        days = {session.day for session in item.sessions}
        if not days:
            days = {item.starts, last_day(item) or item.starts}
        answers = {grounds.of_age(item.program_id, day) for day in days}
        expected = "days on which the person is of the age that the programme is for"
        if Answer.NOT_MET in answers:
            yield Breach(place=f"items[{index}]", expected=expected)
        elif Answer.UNKNOWN in answers:
            yield Breach(place=f"items[{index}]", expected=expected, certain=False)

"""Options of a plan, in numbers: what can be chosen, and how each is laid on its days.

A programme may open and close on a day, wait for others, exclude others, and take hours of a week.
Days are counted as ordinals. What has to be covered are bits: the lowest bit is the first duty.
"""

from collections.abc import Sequence
from typing import NamedTuple

DAYS_A_WEEK = 7


class Option(NamedTuple):
    """A programme that a draft may choose.

    ``place`` is that in the catalogue, ``covers`` the bits of the duties and needs that it serves.
    ``minutes`` are those that count towards the target, ``weekly`` those that it takes of a week.
    It takes ``days``, None where no length is stated. It starts on ``opens`` at the earliest, and
    has to end by ``closes``; if it ``may_be_cut``, it is held for whole weeks up to that day.

    ``bars`` are the options that it excludes, ``after`` those that have to end before it starts,
    each as bits of places in the list. For each bit of ``held_by`` an option that covers it has to
    end before.
    """

    place: int
    covers: int = 0
    minutes: int = 0
    weekly: int = 0
    days: int | None = None
    opens: int = 0
    closes: int | None = None
    may_be_cut: bool = False
    bars: int = 0
    after: int = 0
    held_by: int = 0


class Laid(NamedTuple):
    """A programme on its days: from ``start`` up to, and not including, ``end``, if one is known.

    ``option`` is its place in the list of options; None if it runs already.
    """

    option: int | None
    start: int
    end: int | None
    weekly: int = 0
    minutes: int = 0


class ChoiceTask(NamedTuple):
    """All that a choice has to be made from.

    ``options`` stand in the order in which they would start. ``weights`` has the weight of each
    bit, ``covered`` are the bits that are covered already, ``to_reach`` the minutes that are called
    for still. ``running`` takes hours of a week, of which there are ``week`` minutes at most.
    """

    options: tuple[Option, ...]
    weights: tuple[int, ...]
    covered: int = 0
    to_reach: int = 0
    running: tuple[Laid, ...] = ()
    week: int | None = None


def lay(task: ChoiceTask, number: int, before: Sequence[Laid]) -> Laid | None:
    """An option on the first days on which it fits in after others; None if it never does.

    Args:
        task: what is chosen from.
        number: the place of the option in the list.
        before: what was laid before, without what runs already.
    """
    option = task.options[number]
    start = _first_day(task, option, before)
    if start is None:
        return None
    if option.days is None:
        return _open_ended(option, number, start)
    if option.weekly and task.week is not None:
        busy = [one for one in (*task.running, *before) if one.weekly]
        room = _with_room(option, start, busy, task.week)
        if room is None:
            return None
        start = room
    end = start + option.days
    if option.closes is None or end <= option.closes:
        return Laid(number, start, end, option.weekly, option.minutes)
    weeks = (option.closes - start) // DAYS_A_WEEK
    if not option.may_be_cut or weeks < 1:
        return None
    minutes = min(option.minutes, weeks * option.weekly)
    return Laid(number, start, option.closes, option.weekly, minutes)


def _first_day(task: ChoiceTask, option: Option, before: Sequence[Laid]) -> int | None:
    """The first day after all that it waits for; None if one of these is not there."""
    start, held = option.opens, option.held_by
    if not option.after and not held:
        return start
    missing = option.after
    for one in before:
        number = one.option or 0
        freed = task.options[number].covers & option.held_by
        if freed or option.after >> number & 1:
            if one.end is None:
                return None
            start = max(start, one.end)
            missing &= ~(1 << number)
            held &= ~freed
    return None if missing or held else start


def _open_ended(option: Option, number: int, start: int) -> Laid | None:
    """An option of no stated length, which goes on until it closes."""
    if option.closes is not None and start + DAYS_A_WEEK > option.closes:
        return None
    return Laid(number, start, option.closes, option.weekly, option.minutes)


def _with_room(option: Option, earliest: int, busy: Sequence[Laid], week: int) -> int | None:
    """The first day from which on there are hours enough in every calendar week of an option.

    None if there never are.
    """
    days = option.days or 0
    over = [None if one.end is None else _monday(one.end - 1) + DAYS_A_WEEK for one in busy]
    starts = [earliest, *sorted({day for day in over if day is not None and day > earliest})]
    for start in starts:
        last = start + days - 1
        turns = [start, *(one.start for one in busy if start < one.start <= last + DAYS_A_WEEK)]
        mondays = {_monday(day) for day in turns if _monday(day) <= last}
        if all(_load(busy, monday) + option.weekly <= week for monday in mondays):
            return start
    return None


def _load(busy: Sequence[Laid], monday: int) -> int:
    """The minutes of a week that are taken already."""
    return sum(
        one.weekly
        for one in busy
        if one.start < monday + DAYS_A_WEEK and (one.end is None or monday < one.end)
    )


def _monday(day: int) -> int:
    """The first day of the week of a day; the first of all ordinals is a Monday."""
    return day - (day - 1) % DAYS_A_WEEK

"""Fewest: all that is within reach, by the first day on which it can be had, by fewest programmes.

No combination is better than one that covers all that can be covered, with all minutes that can be
had, by the first day on which both are possible. Where programmes with days of their own suffice
for that, only their number and their places in the catalogue are left to weigh. These add up, so
one need is settled after the other: of the choices that cover the same, only those are kept that
have more minutes than a better one.
"""

from collections.abc import Iterable, Iterator
from math import inf
from typing import NamedTuple

from rehabcore.care.plans.drafting.merit import NO_DAY
from rehabcore.care.plans.drafting.options import ChoiceTask, Laid, Option, lay

MOST_STEPS = 3_000
"""After so many choices were looked at it is left to the search by branches."""


class _Early(NamedTuple):
    """An option, when it is finished at the earliest, and what it adds; laid if that is certain."""

    number: int
    end: int
    covers: int
    minutes: int
    laid: Laid | None


_Choices = dict[tuple[int, int], int]
"""The best value of a choice that has some minutes and covers some bits.

Above the bits of needs stands one for each option that was taken and excludes another. A value has
a bit for each option that was taken, the highest for the first of the catalogue; each also lowers
it by more than all of these bits, so fewer are better.
"""


def fewest(task: ChoiceTask, *, without: int = 0, before: int | None = None) -> list[Laid] | None:
    """The best combination, in the order of the list; None if it takes a search to find it.

    So it does where days depend on other programmes, no length is stated, or programmes exclude
    each other so that not all can be had.

    Args:
        task: what is chosen from.
        without: options that are left out, as bits of their places in the list.
        before: only combinations that are finished before; None for all.
    """
    options = [
        one
        for number, option in enumerate(task.options)
        if not without >> number & 1
        for one in _early(task, number, option)
        if before is None or one.end < before
    ]
    missing, lacking = _in_reach(options, task.to_reach)
    missing &= ~task.covered
    early = _by_the_first_day(options, missing, lacking)
    if any(one.laid is None or one.end >= NO_DAY for one in early):
        return None
    return _Settling(task, early, missing, lacking).best()


def first_end(option: Option) -> int:
    """The first day on which an option may be finished; ``NO_DAY`` if no length is stated."""
    if option.days is None:
        return NO_DAY if option.closes is None else option.closes
    end = option.opens + option.days
    return end if option.closes is None else min(end, option.closes)


def depends(task: ChoiceTask, option: Option) -> bool:
    """Whether the days of an option depend on others: it waits for them, or shares the week."""
    return bool(option.after or option.held_by or (option.weekly and task.week is not None))


def _early(task: ChoiceTask, number: int, option: Option) -> Iterable[_Early]:
    """An option at its earliest; nothing if it never fits in."""
    if depends(task, option):
        yield _Early(number, first_end(option), option.covers, option.minutes, None)
        return
    laid = lay(task, number, ())
    if laid is not None:
        end = NO_DAY if laid.end is None else laid.end
        yield _Early(number, end, option.covers, laid.minutes, laid)


def _in_reach(options: Iterable[_Early], to_reach: int) -> tuple[int, int]:
    """The bits that some options cover together, and their minutes."""
    bits = minutes = 0
    for one in options:
        bits |= one.covers
        minutes += one.minutes
    return bits, min(minutes, to_reach)


def _by_the_first_day(options: Iterable[_Early], missing: int, lacking: int) -> list[_Early]:
    """The options that are finished by the first day on which all can be had."""
    found = list[_Early]()
    for one in sorted(options, key=lambda one: one.end):
        if not missing and lacking <= 0 and (not found or one.end > found[-1].end):
            break
        found.append(one)
        missing &= ~one.covers
        lacking -= one.minutes
    return found


class _Settling:
    """Settling one need after the other, the one that fewest options cover first."""

    def __init__(self, task: ChoiceTask, early: list[_Early], missing: int, lacking: int) -> None:
        self.task = task
        self.early = sorted(early)
        self.missing = missing
        self.lacking = lacking
        self.needs = len(task.weights)
        self.highest = max((option.place for option in task.options), default=0)
        self.choices: _Choices = {(0, 0): 0}
        self.steps = 0

    def best(self) -> list[Laid] | None:
        """The best of all choices; None if there is none, or they are too many."""
        left = self.early
        for _, bit in sorted(self._rareness()):
            own = [one for one in left if one.covers & bit]
            left = [one for one in left if not one.covers & bit]
            self._settle(own, left, bit)
        self._settle(left, [], 0)
        if not self.choices or self.steps > MOST_STEPS:
            return None
        value = max(self.choices.values())
        taken = [one for one in self.early if value & self._mark(one)]
        return [one.laid for one in taken if one.laid is not None]

    def _rareness(self) -> Iterator[tuple[int, int]]:
        """How many options cover each bit, and the bit."""
        for place in range(self.needs):
            bit = 1 << place
            if self.missing & bit:
                yield sum(1 for one in self.early if one.covers & bit), bit

    def _mark(self, one: _Early) -> int:
        return 1 << self.highest - self.task.options[one.number].place

    def _settle(self, own: Iterable[_Early], left: Iterable[_Early], bit: int) -> None:
        """Take or leave each of some options, and keep the choices that may lead to the best.

        Args:
            own: the options to take or to leave, all that are left which cover the bit.
            left: the options that are left after these.
            bit: what is covered from then on; 0 for nothing.
        """
        for one in own:
            if self.steps <= MOST_STEPS:
                self._take_or_leave(one)
        least = self.lacking - sum(one.minutes for one in left)
        bars = 0
        for one in left:
            bars |= self.task.options[one.number].bars
        matters = bars << self.needs | (1 << self.needs) - 1
        kept, found = dict[int, int](), _Choices()
        for (minutes, all_bits), value in sorted(self.choices.items(), reverse=True):
            covered = all_bits & matters
            better = value > kept.get(covered, -inf)
            if better and minutes >= least and covered & bit == bit:
                kept[covered] = found[minutes, covered] = value
        self.choices = found

    def _take_or_leave(self, one: _Early) -> None:
        """The choices so far, and those with an option more that adds to them."""
        number, _, covers, minutes, _ = one
        self.steps += len(self.choices)
        bars = self.task.options[number].bars
        value = self._mark(one) - (2 << self.highest)
        covers &= self.missing
        barred, taken = bars << self.needs, 1 << number + self.needs if bars else 0
        lacking, found = self.lacking, self.choices
        for (had, covered), worth in tuple(found.items()):
            adds = covers & ~covered or (minutes and had < lacking)
            if adds and not covered & barred:
                having = min(had + minutes, lacking), covered | covers | taken
                if value + worth > found.get(having, -inf):
                    found[having] = value + worth

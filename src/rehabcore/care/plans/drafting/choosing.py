"""Choosing: the best of all combinations of options, by the order of merit.

What can be settled need by need is (``fewest``); the rest takes a search by branches. Options are
taken or left in the order in which they would start, so what is laid later moves nothing that was
laid before. A branch is left when even the best end of it would be no better than what was found.
The first to be found is greedy: what adds most, one after the other. Then the options that are
finished early are weighed, and what would finish later than their best no more. The search is exact
unless it ends at ``MOST_BRANCHES``.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from rehabcore.care.plans.drafting.fewest import depends, fewest, first_end
from rehabcore.care.plans.drafting.merit import NO_DAY, RankOfDraft, later, standing, weight
from rehabcore.care.plans.drafting.options import ChoiceTask, Laid, lay

MOST_BRANCHES = 400
"""After so many branches the best that was found is taken."""


class Combination(NamedTuple):
    """The best combination, in the order of its start, and whether all were weighed."""

    standing: RankOfDraft
    chosen: tuple[Laid, ...]
    complete: bool = True


def best(task: ChoiceTask, *, without: int = 0, before: int | None = None) -> Combination:
    """The best combination of options; perhaps none of them.

    Args:
        task: what is chosen from.
        without: options that are left out, as bits of their places in the list.
        before: only combinations that are finished before; None for all.
    """
    settled = fewest(task, without=without, before=before)
    if settled is not None:
        return Combination(standing(task, settled), tuple(settled))
    search = _Search(task, before)
    search.take_greedily(without)
    for barred in search.stages(without):
        search.walk(_Branch(0, barred, task.covered))
        if search.branches > MOST_BRANCHES:
            return Combination(search.best, search.chosen, complete=False)
    return Combination(search.best, search.chosen)


class _Branch(NamedTuple):
    """The options that were taken before a place in the list, and those that are barred."""

    number: int
    barred: int
    covered: int
    minutes: int = 0
    finish: int = 0
    chosen: tuple[Laid, ...] = ()


class _Search:
    """One search, with the best that it has found so far."""

    def __init__(self, task: ChoiceTask, before: int | None) -> None:
        self.task = task
        self.before = before
        self.branches = 0
        self.chosen: tuple[Laid, ...] = ()
        self.best = standing(task, ())
        self._weight: Callable[[int], int] = cache(partial(weight, task))
        self._ahead: dict[tuple[int, int], tuple[int, int]] = {}
        self._first_ends = [first_end(option) for option in task.options]
        self._once = [_laid_once(task, number) for number in range(len(task.options))]
        self._ends = _ends_of_bits(task, self._first_ends)
        self._largest: dict[int, list[int]] = {}
        self._first_places: dict[int, list[int]] = {}
        self._broadest = max((one.covers.bit_count() for one in task.options), default=1) or 1
        self._waiting = [0] * len(task.options)
        """For each option those that cannot start if it is not taken."""
        self._opening = 0
        """The options that may have to end before others start."""
        self._note_what_waits()

    def _note_what_waits(self) -> None:
        freeing = 0
        for number, option in enumerate(self.task.options):
            freeing |= option.held_by
            for other in range(number) if option.after else ():
                if option.after >> other & 1:
                    self._waiting[other] |= 1 << number
                    self._opening |= 1 << other
        for number, option in enumerate(self.task.options) if freeing else ():
            if option.covers & freeing:
                self._opening |= 1 << number

    def take_greedily(self, without: int) -> None:
        """Take what adds most, one after the other, then leave what is not needed for it."""
        options, to_reach = self.task.options, self.task.to_reach
        ends = self._first_ends
        taken, barred, covered, minutes = 0, without, self.task.covered, 0
        while True:
            reached = min(minutes, to_reach)
            gains = [
                (
                    self._weight(covered | option.covers),
                    min(reached + option.minutes, to_reach),
                    -ends[number],
                    -number,
                )
                for number, option in enumerate(options)
                if not barred >> number & 1
                and (option.covers & ~covered or (option.minutes and reached < to_reach))
            ]
            if not gains:
                break
            number = -max(gains)[3]
            barred |= 1 << number
            wanted = self._with_what_it_waits_for(number)
            if wanted & barred & ~taken != 1 << number:
                continue
            chosen = self._laid_of(taken | wanted)
            if any(one.option == number for one in chosen):
                taken |= wanted
                covered, minutes = self.task.covered, 0
                for one in chosen:
                    barred |= 1 << (one.option or 0) | options[one.option or 0].bars
                    covered |= options[one.option or 0].covers
                    minutes += one.minutes
        self._weigh(self._laid_of(taken))
        for one in reversed(self.chosen):
            others, covered = 0, self.task.covered
            for number in (other.option or 0 for other in self.chosen if other is not one):
                others |= 1 << number
                covered |= options[number].covers
            if self._weight(covered) == self.best.covered:
                self._weigh(self._laid_of(others))

    def _with_what_it_waits_for(self, number: int) -> int:
        wanted = 1 << number
        for place in range(number, -1, -1):
            if wanted >> place & 1:
                wanted |= self.task.options[place].after
        return wanted

    def _laid_of(self, taken: int) -> tuple[Laid, ...]:
        """A combination on its days, but for those that are excluded or never fit in."""
        chosen: tuple[Laid, ...] = ()
        finish = 0
        for number, option in enumerate(self.task.options):
            one = self._lay(number, chosen) if taken >> number & 1 else None
            if one is not None:
                done = later(finish, one.end)
                if self.before is None or done < self.before:
                    chosen, finish = (*chosen, one), done
                    taken &= ~option.bars
        return chosen

    def _lay(self, number: int, chosen: tuple[Laid, ...]) -> Laid | None:
        once = self._once[number]
        return lay(self.task, number, chosen) if once is None else once

    def _weigh(self, chosen: tuple[Laid, ...]) -> None:
        found = standing(self.task, chosen)
        if found > self.best:
            self.best, self.chosen = found, chosen

    def stages(self, without: int) -> Iterator[int]:
        """The options to leave out of each walk: first all but the early ones, then fewer."""
        all_of_it = self._within_reach(without)
        early = next(  # there is one: by the last of the days everything is within reach
            barred
            for day in sorted(set(self._first_ends))
            if self._within_reach(barred := without | self._ending_after(day)) == all_of_it
        )
        yield early
        finish = -self.best.finish
        late = without
        if (self.best.covered, self.best.minutes) == all_of_it:
            late |= self._ending_after(NO_DAY if finish >= NO_DAY else finish)
        if late != early:
            yield late

    def _within_reach(self, barred: int) -> tuple[int, int]:
        """The most that the options might cover, and the minutes, if none excluded another."""
        bits, minutes = self._what_is_ahead(0, barred)
        return self._weight(self.task.covered | bits), min(minutes, self.task.to_reach)

    def _ending_after(self, day: int) -> int:
        """The options that are certainly not finished by a day."""
        return sum(1 << number for number, end in enumerate(self._first_ends) if end > day)

    def walk(self, branch: _Branch) -> None:
        """Try all combinations of the options from a place in the list on."""
        self.branches += 1
        number, barred, covered, minutes, finish, chosen = branch
        options, lacks = self.task.options, minutes < self.task.to_reach
        while number < len(options):
            option = options[number]
            if not barred >> number & 1 and (
                option.covers & ~covered
                or (lacks and option.minutes)
                or self._opening >> number & 1
            ):
                break
            barred |= self._waiting[number]
            number += 1
        branch = _Branch(number, barred, covered, minutes, finish, chosen)
        if (
            number == len(options)
            or self.branches > MOST_BRANCHES
            or not self._may_be_better(branch)
        ):
            return
        one = self._lay(number, chosen)
        done = 0 if one is None else later(finish, one.end)
        if one is not None and (self.before is None or done < self.before):
            taken = (*chosen, one)
            covers, given = covered | option.covers, minutes + one.minutes
            self._keep(covers, given, done, taken)
            self.walk(_Branch(number + 1, barred | option.bars, covers, given, done, taken))
        left = barred | self._waiting[number]
        self.walk(_Branch(number + 1, left, covered, minutes, finish, chosen))

    def _keep(self, covered: int, minutes: int, finish: int, chosen: tuple[Laid, ...]) -> None:
        told = self._weight(covered), min(minutes, self.task.to_reach), -finish, -len(chosen)
        if told >= self.best[:4]:
            self._weigh(chosen)

    def _may_be_better(self, branch: _Branch) -> bool:
        """Whether a combination with at least one option more may be better than the best."""
        number, barred, covered, minutes, finish, chosen = branch
        best = self.best
        reach, more = self._what_is_ahead(number, barred)
        covers = self._weight(covered | reach)
        if covers != best.covered:
            return covers > best.covered
        most = min(minutes + more, self.task.to_reach)
        if most != best.minutes:
            return most > best.minutes
        # What is ahead has to cover as much as the best does: all of it that is missing.
        missing, lacks = reach & ~covered, best.minutes - minutes
        earliest = self._earliest(number, missing, finish)
        if -earliest != best.finish:
            return -earliest > best.finish
        at_least = self._fewest(number, missing.bit_count(), lacks)
        count = -best.programs - len(chosen)
        if at_least != count:
            return at_least < count
        places = [self.task.options[one.option or 0].place for one in chosen]
        first = sorted([*places, *self._places(number)[:count]])
        return tuple(-place for place in first) > best.places

    def _what_is_ahead(self, number: int, barred: int) -> tuple[int, int]:
        """The bits and the minutes that the options from a place on may add."""
        barred = barred >> number
        found = self._ahead.get((number, barred))
        if found is None:
            bits = minutes = 0
            left = barred
            for option in self.task.options[number:]:
                if not left & 1:
                    bits |= option.covers
                    minutes += option.minutes
                left >>= 1
            found = self._ahead[number, barred] = bits, minutes
        return found

    def _earliest(self, number: int, missing: int, finish: int) -> int:
        """A day before which what is missing cannot be covered."""
        for bit, end in self._ends[number].items():
            if missing & bit:
                finish = max(finish, NO_DAY) if end >= NO_DAY else later(finish, end)
        return finish

    def _fewest(self, number: int, bits: int, minutes: int) -> int:
        """How many options more it takes at least; one, since the present ones were weighed."""
        largest = self._largest.get(number)
        if largest is None:
            largest = sorted((o.minutes for o in self.task.options[number:]), reverse=True)
            self._largest[number] = largest
        count = 0
        while minutes > 0:  # which what is ahead can reach: it was tested before
            minutes -= largest[count]
            count += 1
        return max(1, -(-bits // self._broadest), count)

    def _places(self, number: int) -> list[int]:
        """The places in the catalogue of the options from a place on, the first first."""
        found = self._first_places.get(number)
        if found is None:
            found = sorted(option.place for option in self.task.options[number:])
            self._first_places[number] = found
        return found


def _laid_once(task: ChoiceTask, number: int) -> Laid | None:
    """The days of an option that depend on no other; None if they do, or there are none."""
    option = task.options[number]
    return None if depends(task, option) else lay(task, number, ())


def _ends_of_bits(task: ChoiceTask, first_ends: Sequence[int]) -> list[dict[int, int]]:
    """For each place in the list the first day by which each bit may be covered from there on."""
    ends = {1 << number: NO_DAY for number in range(len(task.weights))}
    found = [ends]
    for option, end in zip(reversed(task.options), reversed(first_ends), strict=True):
        ends = dict(ends)
        covers = option.covers
        while covers:
            bit = covers & -covers
            covers ^= bit
            ends[bit] = min(ends[bit], end)
        found.append(ends)
    return found[::-1]

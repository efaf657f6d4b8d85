"""The search for the kinds of people for whom two rules differ.

Every combination of the regions of all facts is weighed at once, as a decision diagram. From it the
person with the fewest facts is taken for whom the answers differ, and whatever need not be known of
them is left out. Then all people of this kind are set aside, until nobody is left.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from math import inf, prod

from attrs import evolve

from rehabcore.rules.criteria import Criterion
from rehabcore.rules.differences.diagrams import (
    ALIKE,
    IN_ORDER,
    NO,
    YES,
    Diagram,
    Diagrams,
    TooManyQuestions,
)
from rehabcore.rules.differences.kinds import (
    Parting,
    PersonKind,
    Reply,
    RuleDifference,
    Trait,
    ValueRange,
)
from rehabcore.rules.differences.pairs import RulePair, rule_pair
from rehabcore.rules.differences.regions import example_of, joined
from rehabcore.rules.facts import RUNNING, Known
from rehabcore.rules.law.coverage import require_covered
from rehabcore.rules.time.days import ONE_DAY, Span
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.frozen import frozen

MOST_ROUNDS = 2_000
"""How often people are looked for to whom nothing applies that was found before."""


@checked_arguments
def difference(
    before: Criterion, after: Criterion, *, on: date, until: date | None = None
) -> RuleDifference:
    """The kinds of people to whom two rules give different answers on a day, the simplest first.

    Kinds are ordered by the number of facts that decide, then by the number of days or values
    concerned, then by the order of the rules.

    Args:
        before: the earlier rule.
        after: the later rule.
        on: the day.
        until: where nobody differs on the day, each later one before this is looked at, and the
            first is told on which somebody does.

    Raises:
        NotInForceError: the data of some law in one of them does not cover one of the days.
    """
    asked = _asked_on(before, after, on)
    found = _differing(asked, before, after, on)
    proved, alike, day = found.proved, {asked.told_apart}, on + ONE_DAY
    while not found.kinds and until is not None and day < until:
        asked = _asked_on(before, after, day)
        if asked.told_apart not in alike:  # most days tell people apart as the day before does
            alike.add(asked.told_apart)
            found = _differing(asked, before, after, day)
            proved = proved and found.proved
        day += ONE_DAY
    return evolve(found, on=found.on if found.kinds else on, proved=proved, searched=Span(on, day))


def _asked_on(before: Criterion, after: Criterion, on: date) -> RulePair:
    """Everything that two rules ask on a day that the data of both covers."""
    require_covered(before, on)
    require_covered(after, on)
    return rule_pair(before, after, on)


def _differing(asked: RulePair, before: Criterion, after: Criterion, on: date) -> RuleDifference:
    """The difference of two rules on one day."""
    while True:
        try:
            found, every = _Search(asked).found()
            break
        except TooManyQuestions:
            asked = asked.with_fewer_regions()
    return RuleDifference(
        before=before,
        after=after,
        on=on,
        kinds=_kinds(asked, found),
        proved=asked.whole and every,
        weighed=prod(map(len, asked.regions)),
        searched=Span(on, on + ONE_DAY),
    )


@frozen(kw_only=True)
class _Found:
    """People to whom the rules give different answers: comparisons, and the regions they are in.

    ``decides`` are the comparisons that decide, by fact; ``regions`` is the region of each fact.
    ``own`` are those that only one rule asks, or all that decide if there are none.
    """

    result: int
    regions: Mapping[int, int]
    decides: Mapping[int, frozenset[int]]
    own: frozenset[int]


_Way = tuple[tuple[int, int], int, tuple[tuple[int, int], ...]]
"""The cost of a way, in unknown facts and in facts; its result; the region of each fact."""


class _Search:
    """The search through the diagram of one pair of rules."""

    def __init__(self, asked: RulePair) -> None:
        self._asked, self._diagrams = asked, Diagrams()
        before, after = (asked.diagram(self._diagrams, rule) for rule in asked.rules)
        self._parting = self._diagrams.parting(before, after)
        self._ways: dict[Diagram, _Way] = {}
        self._alike_regions = cache(asked.answering)  # the same few are asked again and again

    def found(self) -> tuple[list[_Found], bool]:
        """Ways in which the answers part, and whether there is nobody to whom none applies."""
        found: list[_Found] = []
        left = self._parting
        for _ in range(MOST_ROUNDS):
            if left == ALIKE:
                break
            result, regions = self._simplest(left)
            decides = self._needed(result, regions)
            every = frozenset().union(*decides.values())
            own = every - self._asked.shared or every
            one = _Found(result=result, regions=regions, decides=decides, own=own)
            if not self._blurred(one, found):
                found.append(one)
            left = self._diagrams.without(left, self._told(one), result)
        return found, left == ALIKE

    def _told(self, found: _Found) -> Diagram:
        """The people whose answers to the comparisons of a kind are the same."""
        return self._diagrams.every(
            self._among(fact, self._alike_regions(fact, some & found.own, found.regions[fact]))
            for fact, some in found.decides.items()
            if some & found.own
        )

    def _blurred(self, one: _Found, found: list[_Found]) -> bool:
        """Whether it is told already, but for what both rules ask alike, which is unknown here."""
        unknown = (
            self._asked.says(compare, one.regions[fact]) is None
            for fact, some in one.decides.items()
            for compare in some - one.own
        )
        return any(unknown) and any(self._alike(one, other) for other in found)

    def _alike(self, one: _Found, other: _Found) -> bool:
        """Whether the comparisons that only one rule asks give the same answers."""
        return one.own == other.own and all(
            self._asked.says(compare, one.regions[fact])
            is self._asked.says(compare, other.regions[fact])
            for fact, some in one.decides.items()
            for compare in some & one.own
        )

    def _among(self, fact: int, regions: tuple[int, ...]) -> Diagram:
        some = range(len(self._asked.regions[fact]))
        return self._diagrams.question(fact, [YES if one in regions else NO for one in some])

    def _simplest(self, diagram: Diagram) -> tuple[int, dict[int, int]]:
        """How the answers part for some person, and the regions of their facts.

        Known values are preferred to unknown ones, then few facts, then the first regions.
        """
        _, result, path = self._way(diagram)
        return result, dict(path)

    def _way(self, diagram: Diagram) -> _Way:
        asks = self._diagrams.asks(diagram)
        if asks is None:
            return (0, 0), diagram, ()
        if diagram not in self._ways:  # most of what is left was looked through before
            fact, branches = asks
            ways = []
            for region, branch in enumerate(branches):
                if branch != ALIKE:
                    (unknown, facts), result, path = self._way(branch)
                    known = isinstance(self._asked.regions[fact][region].cell, Known)
                    cost = unknown + (not known), facts + 1
                    ways.append((cost, result, ((fact, region), *path)))
            self._ways[diagram] = min(ways, key=lambda way: way[0])
        return self._ways[diagram]

    def _needed(self, result: int, regions: dict[int, int]) -> dict[int, frozenset[int]]:
        """The comparisons of each fact without which the answers might not part in this way.

        What both rules ask is left out first.
        """
        asked = self._asked
        kept = {fact: frozenset(asked.same[one] for one in asked.facts[fact]) for fact in regions}
        whole = sorted(kept, key=lambda fact: (not kept[fact] <= asked.shared, fact))
        single = sorted(
            ((fact, one) for fact in kept for one in kept[fact]),
            key=lambda at: (at[1] not in asked.shared, at[1]),
        )
        for fact, some in (
            *((fact, kept[fact]) for fact in whole),
            *((fact, frozenset({one})) for fact, one in single),
        ):
            less = {**kept, fact: kept[fact] - some}
            if kept[fact] & some and self._always(result, regions, less):
                kept = less
        return {fact: some for fact, some in kept.items() if some}

    def _always(
        self, result: int, regions: dict[int, int], kept: Mapping[int, frozenset[int]]
    ) -> bool:
        """Whether the answers part in one way for all who answer some comparisons alike."""
        among = {
            fact: self._alike_regions(fact, some, regions[fact])
            for fact, some in kept.items()
            if some
        }
        seen: dict[Diagram, bool] = {}

        def always(of: Diagram) -> bool:
            asks = self._diagrams.asks(of)
            if asks is None:
                return of == result
            if of not in seen:
                fact, branches = asks
                some = among.get(fact, range(len(branches)))
                seen[of] = all(always(branches[region]) for region in some)
            return seen[of]

        return always(self._parting)


def _kinds(asked: RulePair, found: list[_Found]) -> tuple[PersonKind, ...]:
    """The kinds, the simplest first, and of each the first person for every change of answers."""
    kinds: dict[frozenset[int], dict[int, _Found]] = {}
    for one in found:
        kinds.setdefault(one.own, {}).setdefault(one.result, one)

    def size(own: frozenset[int]) -> tuple[int, float, list[int]]:
        some = kinds[own].values()
        days = min(_width(asked, one) for one in some)
        return min(len(one.decides) for one in some), days, sorted(own)

    return tuple(
        PersonKind(
            asks=tuple(asked.compares[one] for one in sorted(own)),
            partings=tuple(_parting(asked, one) for one in kinds[own].values()),
        )
        for own in sorted(kinds, key=size)
    )


def _width(asked: RulePair, found: _Found) -> float:
    """How many days there are of the running time that a kind is about; at least, if of several."""
    widths = [inf]
    for fact, decides in found.decides.items():
        if decides & found.own:
            trait = _trait(asked, found, fact)
            if trait.asked.fact.shape in RUNNING and trait.values:
                widths.append(sum(map(_days, trait.values)))
    return min(widths)


def _days(values: ValueRange) -> float:
    first, last = values.first, values.last
    if isinstance(first, date) and isinstance(last, date):
        return (last - first).days + 1
    return inf


def _parting(asked: RulePair, found: _Found) -> Parting:
    before, after = divmod(found.result, len(IN_ORDER))
    return Parting(
        before=IN_ORDER[before],
        after=IN_ORDER[after],
        traits=tuple(_trait(asked, found, fact) for fact in sorted(found.decides)),
    )


def _trait(asked: RulePair, found: _Found, fact: int) -> Trait:
    """One fact, in the region that was found and in those that answer alike."""
    decides, region = found.decides[fact], found.regions[fact]
    alike = asked.answering(fact, decides, region)
    of_fact = asked.compares[asked.facts[fact][0]].asked.fact
    values = joined(of_fact, (some for one in alike for some in asked.regions[fact][one].values))
    return Trait(
        replies=tuple(
            Reply(compare=asked.compares[one], answer=_ANSWER[asked.says(one, region)])
            for one in sorted(decides)
        ),
        cell=Known(example_of(values[0])) if values else asked.regions[fact][region].cell,
        values=values,
    )


_ANSWER = {True: Answer.MET, False: Answer.NOT_MET, None: Answer.UNKNOWN}

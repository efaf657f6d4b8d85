"""The comparisons that two rules ask on a day, and the regions into which they part each fact."""

from collections.abc import Hashable, Iterable
from datetime import date

from attrs import evolve

from rehabcore.rules.criteria import Compare, Criterion
from rehabcore.rules.differences.diagrams import NO, YES, Diagram, Diagrams
from rehabcore.rules.differences.regions import Region, regions
from rehabcore.rules.quick.lowering import NEVER_LAW, Lowered, lower
from rehabcore.strict.frozen import frozen


@frozen(kw_only=True)
class RulePair:
    """Everything that two rules ask on a day. Comparisons and facts have numbers, from 0.

    ``facts`` lists the comparisons of each fact, in the order in which the rules first ask them.
    ``places`` is the fact of each comparison, and its place among those of the fact. ``same`` is,
    for each comparison, the first one that answers the same, or always the opposite. ``shared`` are
    the comparisons that both rules ask. ``whole`` says whether the regions are all there are.
    """

    compares: tuple[Compare, ...]
    facts: tuple[tuple[int, ...], ...]
    places: tuple[tuple[int, int], ...]
    regions: tuple[tuple[Region, ...], ...]
    same: tuple[int, ...]
    shared: frozenset[int]
    rules: tuple[Lowered, Lowered]
    whole: bool = True

    @property
    def told_apart(self) -> Hashable:
        """A key that is equal on days on which the rules tell people apart in the same ways."""
        says = tuple(tuple(region.answers for region in some) for some in self.regions)
        return self.rules, says

    def says(self, compare: int, region: int) -> bool | None:
        """The answer of a comparison in a region of its fact."""
        fact, place = self.places[compare]
        return self.regions[fact][region].answers[place]

    def answering(self, fact: int, compares: Iterable[int], region: int) -> tuple[int, ...]:
        """The regions of a fact in which some comparisons of it answer as they do in one region."""
        places = [self.places[one][1] for one in compares]
        like = self.regions[fact][region].answers
        return tuple(
            number
            for number, other in enumerate(self.regions[fact])
            if all(other.answers[place] is like[place] for place in places)
        )

    def diagram(self, diagrams: Diagrams, rule: Lowered) -> Diagram:
        """The answer of one of the rules for every choice of regions.

        Raises:
            TooManyQuestions: it would be too large.
        """
        leaves = {
            2 * compare + false: self._where(diagrams, compare, wanted)
            for compare in range(len(self.compares))
            for false, wanted in enumerate((True, False))
        }
        met, not_met = (diagrams.of_formula(side, leaves) for side in (rule.met, rule.not_met))
        return diagrams.answers(met, not_met)

    def _where(self, diagrams: Diagrams, compare: int, wanted: bool) -> Diagram:
        """Whether a comparison is certainly true, or certainly false, by the region of its fact."""
        fact, _ = self.places[compare]
        says = (self.says(compare, region) for region in range(len(self.regions[fact])))
        return diagrams.question(fact, [YES if one is wanted else NO for one in says])

    def with_fewer_regions(self) -> "RulePair":
        """The same with half of the regions of each fact: those of known values come first."""
        half = tuple(some[: (len(some) + 1) // 2] for some in self.regions)
        return evolve(self, regions=half, whole=False)


class _Numbers:
    """The numbers of comparisons, in the order in which they are first asked."""

    def __init__(self) -> None:
        self.compares: list[Compare] = []
        self.facts: dict[object, list[int]] = {}
        self.asked: list[int] = []
        self._numbers: dict[object, int] = {}

    def number(self, compare: Compare) -> int:
        """The number of a comparison, which is a new one if nothing like it was asked before."""
        fact = compare.asked.fact  # of which two packs may list other codes
        of = fact.name, fact.shape, compare.asked.given
        key = of, compare.operator, compare.operand, compare.leap_day
        number = self._numbers.setdefault(key, len(self.compares))
        if number == len(self.compares):
            self.compares.append(compare)
            self.facts.setdefault(of, []).append(number)
        self.asked.append(number)
        return number


def rule_pair(before: Criterion, after: Criterion, on: date) -> RulePair:
    """Everything that two rules ask on a day; parts that are not law on it are left out."""
    numbers = _Numbers()
    old = lower(before, numbers.number, on) or NEVER_LAW
    asked = len(numbers.asked)
    new = lower(after, numbers.number, on) or NEVER_LAW
    compares, facts = numbers.compares, tuple(map(tuple, numbers.facts.values()))
    parted = tuple(regions([compares[one] for one in some], on) for some in facts)
    places, first, same = {}, dict[object, int](), {}
    for fact, some in enumerate(facts):
        for place, one in enumerate(some):
            places[one] = fact, place
            says = tuple(region.answers[place] for region in parted[fact])
            opposite = tuple(None if each is None else not each for each in says)
            same[one] = first.setdefault((fact, frozenset({says, opposite})), one)
    by_old, by_new = numbers.asked[:asked], numbers.asked[asked:]
    return RulePair(
        compares=tuple(compares),
        facts=facts,
        places=tuple(places[one] for one in range(len(compares))),
        regions=parted,
        same=tuple(same[one] for one in range(len(compares))),
        shared=frozenset(same[one] for one in by_old) & {same[one] for one in by_new},
        rules=(old, new),
    )

"""The kinds of people for whom two rules answer differently, and how sure it is that they are all.

A kind is the set of comparisons whose answers decide the difference. One rule alone asks them; what
both ask alike only has to let the difference through. If both ask the same in another order or
with another count, all comparisons that decide are the kind.
"""

from collections.abc import Iterator
from datetime import date

from rehabcore.rules.criteria import Asked, Compare, Criterion
from rehabcore.rules.facts import Cell, Value
from rehabcore.rules.time.days import Span
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen


@frozen(kw_only=True)
@checked
class ValueRange:
    """Values that follow each other, both ends included; None as an end: there is no such end."""

    first: Value | None
    last: Value | None


@frozen(kw_only=True)
class Reply:
    """A comparison, and its answer to the people of a kind."""

    compare: Compare
    answer: Answer


@frozen(kw_only=True)
class Trait:
    """One fact about some people: the answers that decide, and an example.

    ``values`` are all known values that give these answers, in their order; none if the fact must
    not be fully known. ``cell`` is an example: at a threshold where the values have one.
    """

    replies: tuple[Reply, ...]
    cell: Cell
    values: tuple[ValueRange, ...]

    @property
    def asked(self) -> Asked:
        """The fact with its parameters."""
        return self.replies[0].compare.asked


@frozen(kw_only=True)
class Parting:
    """People to whom two rules give different answers, for one and the same reason.

    Whatever else is on file about them, the rules answer ``before`` and ``after``. No reply can be
    left out.
    """

    before: Answer
    after: Answer
    traits: tuple[Trait, ...]

    @property
    def replies(self) -> tuple[Reply, ...]:
        """The answers that decide, in the order in which the rules ask."""
        return tuple(reply for trait in self.traits for reply in trait.replies)


@frozen(kw_only=True)
class PersonKind:
    """A kind of people: the comparisons that decide, and each way in which the answers part."""

    asks: tuple[Compare, ...]
    partings: tuple[Parting, ...]


@frozen(kw_only=True)
@checked
class RuleDifference:
    """The people to whom two rules give different answers on a day.

    ``weighed`` combinations were weighed of what can be known of the facts. If they are all, and
    every kind is listed, the result is ``proved``: nobody else differs. Facts are weighed
    independently of each other, so nobody may live to whom a kind applies; but two rules without
    kinds that are proved answer everybody alike.

    ``searched`` are the days that were looked at, up to the first on which somebody differs. On all
    days before ``on`` nobody does; if there are no kinds, on none of them.
    """

    before: Criterion
    after: Criterion
    on: date
    kinds: tuple[PersonKind, ...]
    proved: bool
    weighed: int
    searched: Span

    def partings(self) -> Iterator[Parting]:
        """Every way in which the answers part, kind by kind."""
        for kind in self.kinds:
            yield from kind.partings

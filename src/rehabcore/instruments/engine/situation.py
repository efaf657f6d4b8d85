"""What is known while one form is scored."""

from collections.abc import Callable

from attrs import define, field

from rehabcore.instruments.engine.numbers import Pair


@define
class Situation:
    """What is known while one form is scored.

    ``numbers`` has a pair for every name that is known so far. ``blank`` are the items without an
    answer, ``not_applicable`` those answered so. ``bounding`` asks for the range over everything
    that blank items could be answered, instead of what the publisher makes of them. ``lacking`` are
    the items without which a policy gives no score, ``prorated`` those it filled in.
    """

    numbers: dict[str, Pair]
    blank: frozenset[str] = frozenset()
    not_applicable: frozenset[str] = frozenset()
    bounding: bool = False
    lacking: set[str] = field(factory=set)
    prorated: set[str] = field(factory=set)


Evaluator = Callable[[Situation], Pair]

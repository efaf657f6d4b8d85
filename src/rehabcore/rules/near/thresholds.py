"""The values of a fact at which comparisons of it turn, and those just before and just after."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from rehabcore.rules.facts import NEVER, RUNNING, Fact, Shape
from rehabcore.rules.judging.meaning import FoldedRule
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.strict.checked import EARLIEST_YEAR, LATEST_YEAR


def values_around(fact: Fact, checks: Iterable[FoldedRule], ends: Iterable[Any] = ()) -> list[Any]:
    """Values of a number or of an anchor, in their order: at least one of every kind told apart.

    Args:
        fact: what the checks are of.
        checks: comparisons of the fact on a day.
        ends: further values to look around, such as the bounds that are known.
    """
    # A comparison with a limit can only tell apart below, at and above it. So one step to either
    # side of every limit, and of the known bounds, stands for all values of a number or a day.
    limits = [limit for check in checks for limit in _limits(check)]
    step = step_of(fact.shape)
    values = sorted({near for at in (*limits, *ends) for near in (at - step, at, at + step)})
    if fact.shape in RUNNING:
        usual = [day for day in values if EARLIEST_YEAR <= day.year <= LATEST_YEAR]
        return [*usual, NEVER]
    return [value for value in values if fact.shape is Shape.AMOUNT or value >= 0]


def _limits(folded: FoldedRule) -> Iterable[Any]:
    """The numbers or days at which a check may turn, but for the anchor that never comes."""
    if isinstance(folded.constant, tuple):
        reached, on, _ = folded.constant
        return (reached, on)
    return (folded.constant,)


def step_of(shape: Shape) -> Any:
    """The least by which two numbers or days of a shape differ: amounts have six decimals."""
    return _STEPS.get(shape, ONE_DAY)


_STEPS: dict[Shape, Any] = {Shape.COUNT: 1, Shape.AMOUNT: Decimal("0.000001")}

"""The parts of an instrument that are ready to be evaluated, worked out once for every form."""

from collections.abc import Callable

from attrs import frozen

from rehabcore.instruments.engine.numbers import Exact
from rehabcore.instruments.engine.situation import Evaluator, Situation
from rehabcore.instruments.model.declaration import Check, Flag, Scale
from rehabcore.instruments.model.expressions import Number
from rehabcore.instruments.results import Remark


@frozen
class ReadyScale:
    """A scale that is ready to be evaluated; ``defaults`` are those of items without an answer.

    ``reads`` are the names that its number comes from: of cases, only those that may be taken.
    """

    name: str
    scale: Scale
    evaluate: Evaluator
    reads: Callable[[Situation], frozenset[str]]
    defaults: tuple[tuple[str, Number | str], ...]


@frozen
class ReadyCheck:
    """A check that is ready to be evaluated; ``counted`` are items whose lack of answers counts."""

    check: Check
    evaluate: Evaluator
    counted: tuple[str, ...]

    def unanswered(self, situation: Situation) -> tuple[str, ...]:
        """The unanswered items that the check counts."""
        return tuple([item for item in self.counted if item in situation.blank])

    def remark(self, situation: Situation) -> Remark:
        """What the check says, of the items that it names or of the unanswered ones it counts."""
        items = self.check.items or self.unanswered(situation)
        return Remark(code=self.check.code, items=items, about=self.check.about)


@frozen
class ReadyFlag:
    """A flag that is ready to be evaluated."""

    flag: Flag
    evaluate: Evaluator
    names: frozenset[str]


@frozen
class ReadyGate:
    """A gate whose figures are exact, as the numbers of items are."""

    item: str
    closed_at: Exact
    items: tuple[str, ...]
    score: Exact

"""A law of plans as data, and what is found where one does not hold."""

from collections.abc import Iterable
from enum import StrEnum

from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem


class LawKind(StrEnum):
    """Where a law is looked for."""

    VERSION = "version"
    """In one version of a plan, against what is known of the person."""
    HISTORY = "history"
    """In a plan's book as a whole."""
    TABLE = "table"
    """In the tables and policies by which plans are made."""


class LawSeverity(StrEnum):
    """How much a breach weighs."""

    ERROR = "error"
    """The plan must not be followed like this."""
    WARNING = "warning"
    """Somebody should look at it."""


@frozen(kw_only=True)
@checked
class PlanLaw:
    """Something that always holds of plans.

    ``also`` are the laws that are broken as well wherever this one is: it is a special case.
    """

    law_id: str
    kind: LawKind
    statement: Text
    severity: LawSeverity = LawSeverity.ERROR
    also: tuple[str, ...] = ()
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "law_id")


@frozen(kw_only=True)
@checked
class LawFinding:
    """A place where a law does not hold.

    ``answer`` is NOT_MET where it is broken, and UNKNOWN where nobody can tell, for want of a fact.
    ``expected`` says what would be right.
    """

    law_id: str
    place: str
    expected: str
    answer: Answer = Answer.NOT_MET

    def __str__(self) -> str:
        return f"{self.law_id} @ {self.place or 'plan'}: expected {self.expected}"

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "law_id", "expected")
        if self.answer is Answer.MET:
            expected = "not_met or unknown: a law that holds is no finding"
            yield Problem.of(self.answer, "out_of_range", expected, path="answer")


@frozen(kw_only=True)
@checked
class Breach:
    """The same as a function of one law finds it, which need not name its law."""

    place: str
    expected: str
    certain: bool = True

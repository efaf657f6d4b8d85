"""Requests to move a person, and whether they are allowed.

A move that its rule does not allow is refused with the verdict, and nothing is changed.
"""

from collections.abc import Iterable
from datetime import date

from rehabcore.care.moves.rules import MoveRule
from rehabcore.rules.criteria import Criterion
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Missing, Verdict, missing_facts
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, RehabcoreError


@frozen(kw_only=True)
@checked
class MoveRequest:
    """A request to record a move: which one, on which day, to which office.

    ``record_prefix`` begins the ids of the records that the move files. ``source`` is the office
    that files them, ``recorded_on`` the day of filing.
    """

    move_id: str
    on: date
    to_holder: str
    source: str
    recorded_on: date
    record_prefix: str
    institution: str = ""

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "to_holder", "source", "record_prefix")


class TransitionNotAllowed(RehabcoreError):
    """A move is refused by its rule. Nothing was changed.

    ``verdict`` proves why. ``state`` is the code of the setting, ``event`` that of the move.
    """

    def __init__(self, state: str, event: str, verdict: Verdict) -> None:
        self.state, self.event, self.verdict = state, event, verdict
        super().__init__(state, event, verdict)

    def __str__(self) -> str:
        return f"{self.event} is not allowed from {self.state}: {self.verdict.answer.value}"

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The facts that must be known before the move can be allowed; empty if it is refused."""
        return missing_facts(self.verdict)


def require_allowed(
    request: MoveRequest, rule: MoveRule, needed: Criterion, cells: Cells
) -> Verdict:
    """Judge a move, and return the verdict if it is allowed.

    Args:
        request: the request.
        rule: the move, as the country states it.
        needed: the rule of the move (``permission``).
        cells: gives the cells of the person on the day of the move.

    Raises:
        TransitionNotAllowed: the rule is not met, or not certainly.
    """
    verdict = judge(needed, cells, on=request.on)
    if verdict.answer is not Answer.MET:
        raise TransitionNotAllowed(rule.setting_from.value, rule.move_id, verdict)
    return verdict

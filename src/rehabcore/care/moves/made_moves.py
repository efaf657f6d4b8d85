"""A move that was made: from which office to which, and the open goals that go along."""

from collections.abc import Iterable
from datetime import date

from attrs import field

from rehabcore.care.moves.open_goals import OpenGoal
from rehabcore.care.moves.requests import MoveRequest
from rehabcore.care.moves.responsibility import accountable, tenures
from rehabcore.programs import Offer
from rehabcore.records import CaseFile
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import CaseId


@frozen(kw_only=True)
@checked
class MadeMove:
    """A move that was made on a day, from one office to another, with all open goals of a plan.

    ``offers`` are the answers, after the move, of the programmes that the plan has for them.
    """

    case_id: CaseId = field(repr=False, metadata=SECRET)
    move_id: str
    on: date
    from_holder: str = field(metadata=SECRET)
    to_holder: str = field(metadata=SECRET)
    goals: tuple[OpenGoal, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def steps(self) -> int:
        """How many open steps go along."""
        return sum(len(goal.steps) for goal in self.goals)


def made_move(
    case: CaseFile, goals: tuple[OpenGoal, ...], request: MoveRequest, offers_after: Iterable[Offer]
) -> MadeMove:
    """The move of a request, with the open goals of a plan.

    Args:
        case: the case file before the move.
        goals: the open goals of the plan that goes along; empty if there is none.
        request: the move.
        offers_after: the offers of programmes after the move.
    """
    planned = {program_id for goal in goals for program_id in goal.programs}
    return MadeMove(
        case_id=case.case_id,
        move_id=request.move_id,
        on=request.on,
        from_holder=_holder(case, request.on),
        to_holder=request.to_holder,
        goals=goals,
        offers=tuple(offer for offer in offers_after if offer.program_id in planned),
    )


def _holder(case: CaseFile, on: date) -> str:
    """The office that is accountable before the move; empty if none is."""
    found = accountable(tenures(case.as_known(date.max)), on)
    return "" if found is None else found.office

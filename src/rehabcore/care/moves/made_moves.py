"""A move that was made: from which office to which, and the open steps that go along."""

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import field

from rehabcore.care.moves.requests import MoveRequest
from rehabcore.care.moves.responsibility import accountable, tenures
from rehabcore.plans import Plan, Step
from rehabcore.programs import Offer
from rehabcore.records import CaseFile
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import refuse
from rehabcore.strict.vocabulary import CaseId, ProgramId, StepId


@frozen(kw_only=True)
@checked
class StepAfterMove:
    """An open step that goes along, with the offers of its programmes after the move."""

    step_id: StepId
    offers: tuple[Offer, ...] = ()


@frozen(kw_only=True)
@checked
class MadeMove:
    """A move that was made on a day, from one office to another, with all open steps of a plan."""

    case_id: CaseId = field(repr=False, metadata=SECRET)
    move_id: str
    on: date
    from_holder: str = field(metadata=SECRET)
    to_holder: str = field(metadata=SECRET)
    steps: tuple[StepAfterMove, ...]


def made_move(
    case: CaseFile, plan: Plan | None, request: MoveRequest, offers_after: Iterable[Offer]
) -> MadeMove:
    """The move of a request, with every open step of a plan.

    Args:
        case: the case file before the move.
        plan: the plan whose open steps go along, if there is one.
        request: the move.
        offers_after: the offers of programmes after the move.

    Raises:
        InputError: the plan is of another case.
    """
    require_same_person(case, plan)
    after = {offer.program_id: offer for offer in offers_after}
    steps = plan.open_steps() if plan is not None else ()
    return MadeMove(
        case_id=case.case_id,
        move_id=request.move_id,
        on=request.on,
        from_holder=_holder(case, request.on),
        to_holder=request.to_holder,
        steps=tuple(_after(step, after) for step in steps),
    )


def require_same_person(case: CaseFile, plan: Plan | None) -> None:
    """Refuse a plan that is of another case.

    Raises:
        InputError: it is.
    """
    if plan is not None and plan.case_id != case.case_id:
        expected = "the id of the same case"
        refuse(plan.case_id, "two_people", expected, path="plan.case_id", secret=True)


def _after(step: Step, after: Mapping[ProgramId, Offer]) -> StepAfterMove:
    offers = tuple(after[program_id] for program_id in step.programs if program_id in after)
    return StepAfterMove(step_id=step.step_id, offers=offers)


def _holder(case: CaseFile, on: date) -> str:
    """The office that is accountable before the move; empty if none is."""
    found = accountable(tenures(case.as_known(date.max)), on)
    return "" if found is None else found.office

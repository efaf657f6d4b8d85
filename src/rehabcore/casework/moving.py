"""Moving a person between settings, with everything that has to be handed over."""

from attrs import evolve

from rehabcore import programs
from rehabcore.care.moves.hand_over import hand_over
from rehabcore.care.moves.recording import advance
from rehabcore.care.moves.requests import MoveRequest, require_allowed
from rehabcore.casework.arguments import WORDS
from rehabcore.casework.grounding import grounds, stamped
from rehabcore.casework.results import MoveResult
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import Plan
from rehabcore.records import CaseFile
from rehabcore.strict.checked import checked_with


@checked_with(WORDS | {Plan | None: "a Plan, or None", MoveRequest: "a MoveRequest"})
def move(
    case: CaseFile,
    plan: Plan | None,
    jurisdiction: Jurisdiction,
    request: MoveRequest,
    *,
    strict: bool = False,
) -> MoveResult:
    """Move a person between settings, with a hand-over of every open step of the plan.

    Args:
        case: the case file.
        plan: the plan whose open steps are handed over; None if there is none.
        jurisdiction: the country, with or without an agency's overlay.
        request: the move.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the request is wrong, or the case file is inconsistent before or after the move.
        TransitionNotAllowed: the move is not certainly allowed. Nothing was changed.
    """
    on, rule = request.on, jurisdiction.move(request.move_id)
    stamp = stamped(jurisdiction, on, None)
    facts = jurisdiction.facts_of(case, strict=strict)
    needed = jurisdiction.permissions_on_any_day[rule.move_id]
    verdict = require_allowed(request, rule, needed, facts.on(on))
    after = advance(case, request, rule)
    cells_after = jurisdiction.facts_of(after, strict=strict).on(on)
    offers_after = programs.offers_on(jurisdiction.admissions_on_any_day, cells_after, on=on)
    handed = hand_over(case, plan, request, offers_after)
    plan = evolve(plan, holder=request.to_holder) if plan is not None else None
    after_move = [offer for item in handed.items for offer in item.offers]
    offers = (*after_move, *(plan.offers if plan is not None else ()))
    verdicts = (verdict, *(offer.verdict for offer in offers))
    return MoveResult(
        grounds=grounds(jurisdiction, stamp, facts, offers, verdicts),
        move_title=rule.title,
        case=after,
        plan=plan,
        hand_over=handed,
        verdict=verdict,
    )

"""Moving a person between settings, with everything that goes along."""

from rehabcore import programs
from rehabcore.care import moves
from rehabcore.care.moves import MoveRequest
from rehabcore.casework.arguments import require
from rehabcore.casework.grounding import grounds, offered, stamped
from rehabcore.casework.results import MoveResult
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import Plan
from rehabcore.records import CaseFile


def move(
    case: CaseFile, plan: Plan | None, jurisdiction: Jurisdiction, request: MoveRequest
) -> MoveResult:
    """Move a person between settings, with a hand-over of every open step of the plan.

    Raises:
        InputError: the case file is inconsistent, before or after the move, or the request is.
        TransitionNotAllowed: the move is not certainly allowed; nothing was changed.
    """
    require(case=case, plan=plan, jurisdiction=jurisdiction, request=request)
    on, rule = request.on, jurisdiction.move(request.move_id)
    stamp = stamped(jurisdiction, on, None)
    facts = jurisdiction.facts_of(case)
    moved = moves.advance(
        case,
        plan,
        request,
        rule=rule,
        needed=jurisdiction.permissions[rule.move_id],
        cells=facts.on(on),
        offers_after=lambda after: programs.match(
            jurisdiction.admissions, jurisdiction.facts_of(after).on(on), on=on
        ),
    )
    handed = [offer for item in moved.hand_over.items for offer in item.offers]
    offers = (*handed, *(offered(moved.plan) if moved.plan is not None else ()))
    verdicts = (moved.verdict, *(offer.verdict for offer in offers))
    return MoveResult(
        grounds=grounds(jurisdiction, stamp, offers, verdicts),
        move_title=rule.title,
        case=moved.case,
        plan=moved.plan,
        hand_over=moved.hand_over,
        verdict=moved.verdict,
    )

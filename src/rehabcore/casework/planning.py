"""Planning: from what is known of a person to a draft of an individual plan."""

from datetime import date

from rehabcore import plans, programs
from rehabcore.care.moves.responsibility import accountable, tenures
from rehabcore.casework.arguments import verb
from rehabcore.casework.grounding import grounds, has_died, needs_and_risks, stamped
from rehabcore.casework.results import PlanResult
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile


@verb
def plan(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    known_at: date | None = None,
    strict: bool = False,
) -> PlanResult:
    """Draft an individual plan on a day. A draft is advice; a named person decides.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day of the draft.
        known_at: the day up to which records count; None for everything on file.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent, or ``on`` or ``known_at`` is not a date.
    """
    stamp = stamped(jurisdiction, on, known_at)
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    offers = programs.offers_on(jurisdiction.admissions_on_any_day, facts.on(on), on=on)
    seen, risk = needs_and_risks(facts, jurisdiction, on)
    plan = plans.draft(
        case.case_id,
        profile=seen,
        risk=risk[0].level,
        programs=jurisdiction.programs,
        offers=offers,
        policy=jurisdiction.plan_policy,
        rnr=jurisdiction.rnr_policy,
        holder=_holder(facts, on),
        died=has_died(facts, jurisdiction, on),
    )
    return PlanResult(grounds=grounds(jurisdiction, stamp, facts, plan.offers), plan=plan)


def _holder(facts: CaseFacts, on: date) -> str:
    """The one office that is accountable on a day, however the file is read; else empty."""
    histories = facts.histories(
        *("placements", "transitions", "transition_acts"),
        *("sentences", "diversions", "diversion_acts"),
    )
    found = {accountable(tenures(history), on) for history in histories}
    offices = {tenure.office if tenure is not None else "" for tenure in found}
    return offices.pop() if len(offices) == 1 else ""

"""Planning: from what is known of a person to a draft of an individual plan."""

from datetime import date

from rehabcore import plans, programs
from rehabcore.care import moves
from rehabcore.casework.arguments import verb
from rehabcore.casework.grounding import grounds, needs_and_risks, stamped
from rehabcore.casework.results import PlanResult
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Known


@verb
def plan(
    case: CaseFile, jurisdiction: Jurisdiction, *, on: date, known_at: date | None = None
) -> PlanResult:
    """Draft an individual plan on a day. A draft is advice; a named person decides.

    Raises:
        InputError: the case file is inconsistent, or ``on`` or ``known_at`` is not a date.
    """
    stamp = stamped(jurisdiction, on, known_at)
    facts = jurisdiction.facts_of(case, known_at=known_at)
    cells = facts.on(on)
    offers = programs.offers_on(jurisdiction.admissions_on_any_day, cells, on=on)
    died = cells(ask(jurisdiction.facts["died"]))
    holders = moves.holders(facts.view, on)
    seen, risk = needs_and_risks(facts, jurisdiction, on)
    plan = plans.draft(
        case.case_id,
        profile=seen,
        risk=risk[0].level,
        programs=jurisdiction.programs,
        offers=offers,
        policy=jurisdiction.plan_policy,
        rnr=jurisdiction.rnr_policy,
        holder=holders[0] if len(holders) == 1 else "",
        died=isinstance(died, Known) and died.value is True,
    )
    return PlanResult(grounds=grounds(jurisdiction, stamp, plan.offers), plan=plan)

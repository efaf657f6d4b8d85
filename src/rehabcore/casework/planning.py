"""Planning: from what is known of a person to a draft of an individual plan."""

from datetime import date

from rehabcore import plans, programs
from rehabcore.care.plans.content import PlanContent
from rehabcore.care.plans.drafting.given import AgainReason
from rehabcore.care.plans.drafting.making import drafted
from rehabcore.care.plans.separations import MayShare
from rehabcore.casework.arguments import WORDS
from rehabcore.casework.drafting import draft_given
from rehabcore.casework.grounding import grounds, needs_and_risks, stamped
from rehabcore.casework.plan_results import PlanResult
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.strict.checked import checked_with


@checked_with(
    WORDS
    | {
        PlanContent | None: "the content of a plan, or None",
        MayShare | None: "a function of a programme and of codes that gives an Answer, or None",
    }
)
def plan(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    previous: PlanContent | None = None,
    again: tuple[AgainReason, ...] = (),
    may_share: MayShare | None = None,
    known_at: date | None = None,
    strict: bool = False,
) -> PlanResult:
    """Draft an individual plan on a day. A draft is advice; a named person decides.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day of the draft.
        previous: the content of the plan before; None if there is none.
        again: why programmes that were completed may be proposed all the same.
        may_share: tells whether somebody may join the groups of a programme who is to be kept apart
            from the people that some codes stand for; None if nobody can tell.
        known_at: the day up to which records count; None for everything on file.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent, or ``on`` or ``known_at`` is not a date.
    """
    stamp = stamped(jurisdiction, on, known_at)
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    offers = programs.offers_on(jurisdiction.admissions_on_any_day, facts.on(on), on=on)
    seen, risk = needs_and_risks(facts, jurisdiction, on)
    given = draft_given(
        facts,
        jurisdiction,
        on,
        offers=offers,
        needs=seen,
        risk=risk[0],
        previous=previous,
        again=again,
        may_share=may_share,
    )
    plan = plans.draft(
        case.case_id,
        profile=seen,
        risk=risk[0].level,
        programs=jurisdiction.programs,
        offers=offers,
        policy=jurisdiction.plan_policy,
        rnr=jurisdiction.rnr_policy,
        holder=given.holder,
        died=given.died,
    )
    draft = drafted(given, jurisdiction.plan_policy)
    offers = (*plan.offers, *draft.offers)
    return PlanResult(grounds=grounds(jurisdiction, stamp, facts, offers), plan=plan, draft=draft)

"""Planning: from what is known of a person to a draft of an individual plan."""

from datetime import date

from rehabcore import programs
from rehabcore.care.plans.drafting.drafts import OtherDraft
from rehabcore.care.plans.drafting.given import AgainReason, DraftGiven
from rehabcore.care.plans.drafting.making import alternatives, drafted
from rehabcore.care.plans.separations import MayShare
from rehabcore.casework.arguments import WORDS
from rehabcore.casework.drafting import draft_given
from rehabcore.casework.grounding import grounds, needs_and_risks, stamped
from rehabcore.casework.plan_results import PlanResult
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import PlanContent
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile
from rehabcore.strict.checked import checked_with

_PLAN_WORDS = WORDS | {
    PlanContent | None: "the content of a plan, or None",
    MayShare | None: "a function of a programme and of codes that gives an Answer, or None",
}


@checked_with(_PLAN_WORDS)
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
    given = _given(facts, jurisdiction, on, previous=previous, again=again, may_share=may_share)
    draft = drafted(given, jurisdiction.plan_policy)
    return PlanResult(
        grounds=grounds(jurisdiction, stamp, facts, draft.offers),
        case_id=case.case_id,
        draft=draft,
        died=given.died,
    )


@checked_with(_PLAN_WORDS)
def other_plans(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    most: int,
    previous: PlanContent | None = None,
    again: tuple[AgainReason, ...] = (),
    may_share: MayShare | None = None,
    known_at: date | None = None,
    strict: bool = False,
) -> tuple[OtherDraft, ...]:
    """Other drafts than that of ``plan``, each with what it gives up and what it gains for it.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day of the drafts.
        most: how many are wanted at most, from 1 to 20.
        previous: as for ``plan``.
        again: as for ``plan``.
        may_share: as for ``plan``.
        known_at: the day up to which records count; None for everything on file.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent, ``most`` is out of range, or ``on`` or
            ``known_at`` is not a date.
    """
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    given = _given(facts, jurisdiction, on, previous=previous, again=again, may_share=may_share)
    return alternatives(given, jurisdiction.plan_policy, most)


def _given(
    facts: CaseFacts,
    jurisdiction: Jurisdiction,
    on: date,
    *,
    previous: PlanContent | None,
    again: tuple[AgainReason, ...],
    may_share: MayShare | None,
) -> DraftGiven:
    needs, risk = needs_and_risks(facts, jurisdiction, on)
    return draft_given(
        facts,
        jurisdiction,
        on,
        offers=programs.offers_on(jurisdiction.admissions_on_any_day, facts.on(on), on=on),
        needs=needs,
        risk=risk[0],
        previous=previous,
        again=again,
        may_share=may_share,
    )

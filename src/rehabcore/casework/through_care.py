"""Through-care: whether care goes on, what has to be handed over, and which deadlines run."""

from collections.abc import Iterable, Iterator
from datetime import date

from rehabcore import programs
from rehabcore.care.continuity.items import ContinuitySeen, continuity_seen
from rehabcore.care.moves.open_records import open_records, work_in
from rehabcore.care.moves.packages import (
    HandOverPackage,
    OverdueDuty,
    goals_of,
    needs_of,
    overdue_duties,
    unanswered_referrals,
)
from rehabcore.care.moves.recipients import (
    Recipient,
    hidden_programs,
    may_see,
    seen_by,
    sees_passages,
)
from rehabcore.care.moves.responsibility import accountable, tenures
from rehabcore.care.needs.risks import RiskSeen
from rehabcore.casework.arguments import WORDS, verb
from rehabcore.casework.grounding import grounds, grounds_of, needs_and_risks, stamped
from rehabcore.casework.results import ContinuityResult, HandOverResult
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import Plan
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Known
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.rules.time.partial import last_of
from rehabcore.strict.checked import checked_with
from rehabcore.strict.problems import refuse
from rehabcore.strict.vocabulary import ProgramId

HEALTH_DATA = "health_data"
"""The purpose of consents to the use of health data."""


@verb
def continuity(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    known_at: date | None = None,
    strict: bool = False,
) -> ContinuityResult:
    """Tell of everything that must not lapse how it stands on a day, and what has to be asked.

    The result has health data in it. Only those may see it who are entitled to.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day asked about.
        known_at: the day up to which records count; None for everything on file.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent, or ``on`` or ``known_at`` is not a date.
    """
    stamp = stamped(jurisdiction, on, known_at)
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    seen = _seen(facts, jurisdiction, on)
    admissions = jurisdiction.admissions_on_any_day
    told = {item.program_id for item in seen.items}
    named = [program_id for program_id in admissions if program_id in told]
    rules = [admissions[program_id] for program_id in named]
    return ContinuityResult(
        grounds=grounds_of(jurisdiction, stamp, facts, named, rules),
        case_id=case.case_id,
        seen=seen,
    )


@checked_with(WORDS | {Plan | None: "a Plan, or None", Recipient: "a Recipient"})
def hand_over(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    to: Recipient,
    plan: Plan | None = None,
    known_at: date | None = None,
    strict: bool = False,
) -> HandOverResult:
    """Put together everything that crosses to a recipient on a day, each thing once, with why.

    Health data crosses only to a recipient who is covered by a live consent, or who may have it by
    the law of the country. Programmes answer on the day after.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day of the hand-over.
        to: the recipient.
        plan: the plan of the person; None if there is none.
        known_at: the day up to which records count; None for everything on file.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the plan is of another case, the case file is inconsistent, or a day is not one.
    """
    if plan is not None and plan.case_id != case.case_id:
        expected = "the id of the same case"
        refuse(plan.case_id, "two_people", expected, path="plan.case_id", secret=True)
    stamp = stamped(jurisdiction, on, known_at)
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    rules, tomorrow = jurisdiction.admissions_on_any_day, on + ONE_DAY
    care, hidden = _visible_to(to, facts, jurisdiction, on)
    offers = programs.offers_on(rules, facts.on(tomorrow), on=tomorrow)
    after = tuple(offer for offer in offers if offer.program_id not in hidden)
    seen, risk = needs_and_risks(facts, jurisdiction, on)
    (view,) = facts.views(on=on)
    tenure = accountable(tenures(view), on)
    return HandOverResult(
        grounds=grounds(jurisdiction, stamp, facts, after),
        case_id=case.case_id,
        package=HandOverPackage(
            to=to,
            holder="" if tenure is None else tenure.office,
            goals=None if plan is None else goals_of(plan, hidden),
            needs=needs_of(seen, jurisdiction.plan_policy.goal_from, plan),
            records=open_records(view, hidden, on, passages=sees_passages(to)),
            work=work_in(view, hidden, on),
            duties=tuple(_duties(view, risk, plan, to, on)) if _lives(view, on) else (),
            care=care,
            after=after,
        ),
    )


def _duties(
    view: CaseFile, risk: Iterable[RiskSeen], plan: Plan | None, to: Recipient, on: date
) -> Iterator[OverdueDuty]:
    yield from overdue_duties(risk, plan, on)
    if sees_passages(to):
        yield from unanswered_referrals(view, on)


def _visible_to(
    to: Recipient, facts: CaseFacts, jurisdiction: Jurisdiction, on: date
) -> tuple[ContinuitySeen, frozenset[ProgramId]]:
    """The care that a recipient may see, and the programmes that would tell of the rest."""
    kinds = jurisdiction.glossary.continuity_kinds
    consented = False
    if HEALTH_DATA in codes(jurisdiction.glossary.consent_purposes):
        asked = ask(jurisdiction.facts["consent"], purpose=HEALTH_DATA, recipient=to.office)
        cell = facts.on(on)(asked)
        consented = isinstance(cell, Known) and cell.value is True
    visible = frozenset(kind.id for kind in kinds if may_see(kind, to, consented=consented))
    seen = _seen(facts, jurisdiction, on)
    return seen_by(seen, kinds, visible), hidden_programs(seen, visible)


def _seen(facts: CaseFacts, jurisdiction: Jurisdiction, on: date) -> ContinuitySeen:
    (view,) = facts.views(on=on)
    kinds = jurisdiction.glossary.continuity_kinds
    return continuity_seen(view, kinds, on=on, died=_died_on(view))


def _died_on(view: CaseFile) -> date | None:
    """The day by which the person certainly died, as every office tells; None if nobody does."""
    return max((last_of(death.died_on) for death in view.deaths), default=None)


def _lives(view: CaseFile, on: date) -> bool:
    died = _died_on(view)
    return died is None or on < died

"""Through-care: whether care goes on, what has to be handed over, and which deadlines run."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from attrs import evolve

from rehabcore import programs
from rehabcore.care.continuity.crossings import Crossings, answered
from rehabcore.care.continuity.entitlements import entitlements_seen
from rehabcore.care.continuity.items import ContinuitySeen, continuity_seen
from rehabcore.care.moves.goals_along import content_on, open_goals
from rehabcore.care.moves.open_goals import OpenGoal
from rehabcore.care.moves.open_records import open_records, work_in
from rehabcore.care.moves.packages import (
    HandOverPackage,
    OverdueDuty,
    needs_of,
    open_pathways,
    overdue_duties,
    overdue_tasks,
    unanswered_referrals,
    unfiled_reset,
)
from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.moves.recipients import (
    HEALTH_DATA,
    Recipient,
    may_see,
    seen_by,
    works_on_case,
)
from rehabcore.care.moves.responsibility import accountable, died_by, tenures
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.care.moves.withholding import hidden_programs, visible_part
from rehabcore.care.needs.risks import RiskSeen
from rehabcore.care.plans.book import PlanBook
from rehabcore.care.release import (
    ReleasePlan,
    agreements_seen,
    contact_seen,
    planned_items,
    release_marks,
)
from rehabcore.care.release_items import items_done
from rehabcore.care.resettlement.standings import PathwaysSeen
from rehabcore.casework.arguments import WORDS, verb
from rehabcore.casework.care_results import ContinuityResult, HandOverResult, ReleasePlanResult
from rehabcore.casework.grounding import grounds, grounds_of, needs_and_risks, stamped
from rehabcore.casework.plans_given import ANY_PLAN, require_own
from rehabcore.casework.releases import release_on, releases
from rehabcore.casework.resettling import pathways_on
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import PlanContent
from rehabcore.programs import Offer
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Known
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.machines.deadlines import WorkingCalendar
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.rules.time.partial import last_of
from rehabcore.strict.checked import checked_with
from rehabcore.strict.vocabulary import ProgramId, RecordId


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
    (view,) = facts.views(on=on)
    seen = _seen(view, jurisdiction, on)
    admissions = jurisdiction.admissions_on_any_day
    told = {item.program_id for item in seen.items}
    named = [program_id for program_id in admissions if program_id in told]
    rules = [admissions[program_id] for program_id in named]
    return ContinuityResult(
        grounds=grounds_of(jurisdiction, stamp, facts, named, rules),
        case_id=case.case_id,
        seen=seen,
        entitlements=entitlements_seen(view, on),
    )


@checked_with(WORDS | ANY_PLAN | {Recipient: "a Recipient"})
def hand_over(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    to: Recipient,
    plan: PlanContent | PlanBook | None = None,
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
    require_own(plan, case)
    whole = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    (view,) = whole.views(on=on)
    visible, pathways = _visible_to(to, whole.once(on), jurisdiction)
    words = jurisdiction.glossary
    care = seen_by(_seen(view, jurisdiction, on), words.continuity_kinds, visible)
    part = visible_part(case, words, to, visible, pathways, known_at=known_at)
    facts = whole if part is case else jurisdiction.facts_of(part, known_at=known_at, strict=strict)
    (view,) = facts.views(on=on)
    after = _offers(facts, jurisdiction, on + ONE_DAY)
    needs, risk = needs_and_risks(facts, jurisdiction, on)
    passages = transitions_on(facts.view, jurisdiction.moves, on)
    resettled = _resettled(whole.view, jurisdiction, on, to)
    told = resettled if facts is whole else _resettled(facts.view, jurisdiction, on, to)
    reset = unfiled_reset(told, to, on)
    goals, content = _of_plan(plan, _hidden(case, visible, jurisdiction), on, known_at)
    return HandOverResult(
        grounds=grounds(jurisdiction, stamped(jurisdiction, on, known_at), facts, after),
        case_id=case.case_id,
        package=HandOverPackage(
            to=to,
            holder=_holder(whole.view, on),
            goals=goals,
            needs=needs_of(needs, jurisdiction.plan_policy.goal_from, goals or ()),
            records=open_records(view, on, passages),
            work=work_in(view, on),
            duties=tuple(_duties(view, risk, content, passages, on=on, reset=reset)),
            care=care,
            after=after,
            entitlements=entitlements_seen(view, on),
            pathways=tuple(open_pathways(resettled, pathways)),
        ),
    )


def _holder(history: CaseFile, on: date) -> str:
    tenure = accountable(tenures(history), on)
    return "" if tenure is None else tenure.office


def _of_plan(
    plan: PlanContent | PlanBook | None,
    hidden: Mapping[ProgramId, Text],
    on: date,
    known_at: date | None,
) -> tuple[tuple[OpenGoal, ...] | None, PlanContent | None]:
    """The goals of a plan that are open, and what it says; None if there is no plan."""
    if plan is None:
        return None, None
    goals = open_goals(plan, hidden, on=on, known_at=known_at)
    return goals, content_on(plan, on=on, known_at=known_at)


def _hidden(
    case: CaseFile, visible: Collection[str], jurisdiction: Jurisdiction
) -> dict[ProgramId, Text]:
    """The hidden programmes with their titles; one that is not offered any more with its id."""
    titles = {program.program_id: program.title for program in jurisdiction.programs}
    hidden = hidden_programs(case, visible)
    return {own: titles.get(own) or Text.of(en=own) for own in hidden}


def _duties(
    view: CaseFile,
    risk: Iterable[RiskSeen],
    plan: PlanContent | None,
    passages: tuple[TransitionSeen, ...],
    *,
    on: date,
    reset: Iterable[OverdueDuty],
) -> Iterator[OverdueDuty]:
    """Everything that is overdue, in the order in which it is told."""
    yield from overdue_duties(risk, plan, on) if _lives(view, on) else ()
    yield from unanswered_referrals(view, passages)
    yield from reset
    yield from overdue_tasks(passages, on)


@checked_with(WORDS | {WorkingCalendar | None: "a WorkingCalendar, or None"})
def release_plan(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    calendar: WorkingCalendar | None = None,
    known_at: date | None = None,
    strict: bool = False,
) -> ReleasePlanResult:
    """Lay everything that the country wants done around a release from the day of release.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day asked about.
        calendar: the days that are free; None if nobody says which.
        known_at: the day up to which records count; None for everything on file.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent, a day is not one, or the country counts working
            days and there is no calendar.
    """
    stamp = stamped(jurisdiction, on, known_at)
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    (view,) = facts.views(on=on)
    policy, moves = jurisdiction.release_policy, releases(jurisdiction)
    release = release_on(jurisdiction, facts, on)
    own = frozenset() if release is None or release.transition is None else {release.transition}
    entries = answered(view, Crossings(view, jurisdiction.moves, on).transitions | own, on)
    days = {on} if release is None else {on, min(on, last_of(release.day))}
    papers = [paper for day in sorted(days) for paper in entitlements_seen(view, day)]
    done, waived = items_done(entries, papers, release)
    if not _lives(view, on):
        waived |= {one.code for one in (*policy.deadlines, *policy.offers)}
    by_id = {one.filed.record_id: moves.get(one.move) for one in view.transitions}
    within = None if release is None else by_id.get(release.transition or RecordId(""))
    return ReleasePlanResult(
        grounds=grounds_of(jurisdiction, stamp, facts, (), ()),
        case_id=case.case_id,
        plan=ReleasePlan(
            release=release,
            marks=tuple(release_marks(release, calendar)),
            items=planned_items(policy, release, done, on=on, waived=waived, calendar=calendar),
            contact=contact_seen(view, release, within, on),
            agreements=agreements_seen(policy, entries),
        ),
    )


def _offers(facts: CaseFacts, jurisdiction: Jurisdiction, on: date) -> tuple[Offer, ...]:
    return programs.offers_on(jurisdiction.admissions_on_any_day, facts.once(on), on=on)


def _resettled(
    history: CaseFile, jurisdiction: Jurisdiction, on: date, to: Recipient
) -> PathwaysSeen:
    """All pathways, read without moves for whoever does not see them; none of the dead."""
    if not _lives(history, on):
        return PathwaysSeen()
    if not works_on_case(to):
        history = evolve(history, transitions=(), transition_acts=())
    return pathways_on(history, jurisdiction, on)


def _visible_to(
    to: Recipient, cells: Cells, jurisdiction: Jurisdiction
) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of care, and the pathways, that a recipient may see."""
    words, consented = jurisdiction.glossary, False
    if HEALTH_DATA in codes(words.consent_purposes):
        asked = ask(jurisdiction.facts["consent"], purpose=HEALTH_DATA, recipient=to.office)
        cell = cells(asked)
        consented = isinstance(cell, Known) and cell.value is True
    kinds, pathways = (
        frozenset(kind.id for kind in some if may_see(kind, to, consented=consented))
        for some in (words.continuity_kinds, words.pathways)
    )
    return kinds, pathways


def _seen(view: CaseFile, jurisdiction: Jurisdiction, on: date) -> ContinuitySeen:
    kinds = jurisdiction.glossary.continuity_kinds
    return continuity_seen(view, kinds, jurisdiction.moves, on=on, died=died_by(view))


def _lives(view: CaseFile, on: date) -> bool:
    died = died_by(view)
    return died is None or on < died

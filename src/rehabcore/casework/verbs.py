"""The verbs an agency calls, from checking a case file to comparing a decision with today.

Every verb first checks the case file as it was known, and refuses one that is inconsistent with
all its problems. Every result is stamped. No verb reads a clock: the day is always given.
"""

from collections.abc import Collection, Iterable
from datetime import date

from rehabcore import plans, programs
from rehabcore.care import moves
from rehabcore.care.moves import MoveRequest
from rehabcore.care.needs import NeedsProfile, profile
from rehabcore.care.needs.dosage import called_for
from rehabcore.care.needs.risks import RiskSeen, risks
from rehabcore.care.needs.sequence import sequence
from rehabcore.casework import decisions
from rehabcore.casework.decisions import Comparison, Decision, Override
from rehabcore.casework.results import (
    Grounds,
    MatchResult,
    MoveResult,
    NearResult,
    NeedsResult,
    PlanResult,
    Stamp,
    TimelineResult,
)
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import Plan
from rehabcore.programs import Offer, Program
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile, consistency
from rehabcore.records.filing import in_order
from rehabcore.rules.criteria import Criterion, comparisons
from rehabcore.rules.judging import over_time
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.time.days import Span, Term
from rehabcore.strict.problems import InputError, Problem, fault, shown
from rehabcore.strict.version import __version__
from rehabcore.strict.vocabulary import DecisionOutcome, ProgramId, StaffId


def check(case: CaseFile, jurisdiction: Jurisdiction, *, known_at: date | None = None) -> None:
    """Check what the records of a case file say together.

    Raises:
        InputError: every inconsistency, with its path in the case file.
    """
    problems = consistency.check(
        case, jurisdiction.glossary, jurisdiction.known_programs(), known_at
    )
    if problems:
        raise InputError(problems)


def match(
    case: CaseFile, jurisdiction: Jurisdiction, *, on: date, known_at: date | None = None
) -> MatchResult:
    """What every programme and service of a country answers to a person on a day.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day on which the person would enter.
        known_at: the day up to which records count; None for everything on file.

    Raises:
        InputError: the case file is inconsistent, or a day is none.
    """
    stamp = _stamp(jurisdiction, on, known_at)
    check(case, jurisdiction, known_at=known_at)
    offers = _offers(_facts(case, jurisdiction, known_at), jurisdiction, on)
    grounds = _grounds(jurisdiction, stamp, offers)
    return MatchResult(grounds=grounds, case_id=case.case_id, offers=offers)


def near_misses(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    known_at: date | None = None,
    lead: Term | None = None,
) -> NearResult:
    """What would open each programme and service that is closed to a person on a day.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day asked about.
        known_at: the day up to which records count; None for everything on file.
        lead: how far ahead is looked; None for ever.

    Raises:
        InputError: the case file is inconsistent, a day is none, or the lead is no term.
    """
    stamp = _stamp(jurisdiction, on, known_at)
    if lead is not None and not isinstance(lead, Term):
        fault(lead, "wrong_type", "a Term, or None", path="lead")
    check(case, jurisdiction, known_at=known_at)
    histories = _facts(case, jurisdiction, known_at).timeline
    catalogue, facts = jurisdiction.programs, jurisdiction.facts
    doors = programs.near(catalogue, facts, histories, on=on, lead=lead)
    offers = [Offer(program_id=door.program_id, verdict=door.near.verdict) for door in doors]
    grounds = _grounds(jurisdiction, stamp, offers)
    return NearResult(grounds=grounds, case_id=case.case_id, lead=lead, doors=doors)


def timeline(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    program_id: ProgramId,
    *,
    within: Span,
    known_at: date | None = None,
) -> TimelineResult:
    """What a programme or service answers to a person on every day of a window.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        program_id: a programme or service of the country.
        within: the window; its end may be open, not unknown. The result is stamped with its first
            day.
        known_at: the day up to which records count; None for everything on file.

    Raises:
        InputError: the case file is inconsistent, there is no such programme, or a day is none.
    """
    stamp = _stamp(jurisdiction, within.start, known_at)
    check(case, jurisdiction, known_at=known_at)
    rule = programs.admission(_program(jurisdiction, program_id), jurisdiction.facts)
    histories = _facts(case, jurisdiction, known_at).timeline
    verdicts = over_time.timeline(rule, histories, within)
    offer = Offer(program_id=program_id, verdict=verdicts.pieces[0].verdict)
    grounds = _grounds(jurisdiction, stamp, [offer])
    return TimelineResult(
        grounds=grounds, case_id=case.case_id, program_id=program_id, verdicts=verdicts
    )


def needs(
    case: CaseFile, jurisdiction: Jurisdiction, *, on: date, known_at: date | None = None
) -> NeedsResult:
    """What is known of a person's needs and risks on a day, and what they call for.

    Raises:
        InputError: the case file is inconsistent, or a day is none.
    """
    stamp = _stamp(jurisdiction, on, known_at)
    check(case, jurisdiction, known_at=known_at)
    facts = _facts(case, jurisdiction, known_at)
    seen, risk = _seen(case.as_known(known_at or date.max), facts, jurisdiction, on)
    dosage, order = jurisdiction.rnr_policy.dosage, jurisdiction.rnr_policy.sequence
    ordered = jurisdiction.programs if order.classes else ()
    rules = [programs.admission(program, jurisdiction.facts) for program in ordered]
    named = {program.program_id for program in ordered}
    return NeedsResult(
        grounds=_grounds_of(jurisdiction, stamp, named, rules),
        case_id=case.case_id,
        profile=seen,
        risks=risk,
        count=dosage.count(seen),
        target=called_for(dosage, seen, risk[0].level),
        turns=sequence(order, ordered, seen),
    )


def draft_plan(
    case: CaseFile, jurisdiction: Jurisdiction, *, on: date, known_at: date | None = None
) -> PlanResult:
    """Draft an individual plan on a day. A draft is advice; a named person decides.

    Raises:
        InputError: the case file is inconsistent, or a day is none.
    """
    stamp = _stamp(jurisdiction, on, known_at)
    check(case, jurisdiction, known_at=known_at)
    facts = _facts(case, jurisdiction, known_at)
    offers = _offers(facts, jurisdiction, on)
    view = case.as_known(known_at or date.max)
    holders, (seen, risk) = moves.holders(view, on), _seen(view, facts, jurisdiction, on)
    plan = plans.draft(
        case.case_id,
        profile=seen,
        risk=risk[0].level,
        programs=jurisdiction.programs,
        offers=offers,
        policy=jurisdiction.plan_policy,
        rnr=jurisdiction.rnr_policy,
        holder=holders[0] if len(holders) == 1 else "",
    )
    return PlanResult(grounds=_grounds(jurisdiction, stamp, _offered(plan)), plan=plan)


def move(
    case: CaseFile, plan: Plan | None, jurisdiction: Jurisdiction, request: MoveRequest
) -> MoveResult:
    """Move a person between settings, with a hand-over of every open step of the plan.

    Raises:
        InputError: the case file is inconsistent, before or after the move, or the request is.
        TransitionNotAllowed: the move is not certainly allowed; nothing was changed.
    """
    on = request.on
    stamp = _stamp(jurisdiction, on, None)
    check(case, jurisdiction)
    moved = moves.advance(
        case,
        plan,
        request,
        rules=jurisdiction.moves,
        facts=jurisdiction.facts,
        cells=_facts(case, jurisdiction).on(on),
        offers_after=lambda after: _offers(_facts(after, jurisdiction), jurisdiction, on),
    )
    check(moved.case, jurisdiction)
    handed = [offer for item in moved.hand_over.items for offer in item.offers]
    offers = (*handed, *(_offered(moved.plan) if moved.plan is not None else ()))
    verdicts = (moved.verdict, *(offer.verdict for offer in offers))
    return MoveResult(
        grounds=_grounds(jurisdiction, stamp, offers, verdicts),
        move_title=next(m.title for m in jurisdiction.moves if m.move_id == request.move_id),
        case=moved.case,
        plan=moved.plan,
        hand_over=moved.hand_over,
        verdict=moved.verdict,
    )


def decide(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    program_id: ProgramId,
    *,
    on: date,
    known_at: date,
    decided_by: StaffId,
    decided_on: date,
    outcome: DecisionOutcome,
    why: str = "",
    review_on: date | None = None,
    override: Override | None = None,
) -> Decision:
    """Keep what a person decided about an entry, with the answer that was given to them.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        program_id: the programme or service that the person would enter.
        on: the day of the entry; it may lie ahead.
        known_at: the day up to which records count, not after ``decided_on``.
        decided_by: the person who decided.
        decided_on: when they did.
        outcome: what they decided.
        why: in their own words; needed unless they did what follows from the answer.
        review_on: when it is looked at again; needed for what is deferred.
        override: needed for what contradicts the answer, and only then.

    Raises:
        InputError: the case file is inconsistent, there is no such programme, or the decision
            cannot be made (``Decision``).
    """
    stamp = _stamp(jurisdiction, on, known_at)
    check(case, jurisdiction, known_at=known_at)
    program = _program(jurisdiction, program_id)
    facts = _facts(case, jurisdiction, known_at)
    [offer] = programs.match([program], jurisdiction.facts, facts.on(on), on=on)
    return Decision(
        grounds=_grounds(jurisdiction, stamp, [offer]),
        case_id=case.case_id,
        program_id=program_id,
        verdict=offer.verdict,
        episode=decisions.episode(offer.verdict.criterion, facts.timeline, on),
        decided_by=decided_by,
        decided_on=decided_on,
        outcome=outcome,
        why=why,
        review_on=review_on,
        override=override,
    )


def compare(
    decision: Decision,
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    known_at: date | None = None,
) -> Comparison:
    """What differs between a decision and what would be answered to its question today, and why.

    Args:
        decision: what was decided.
        case: the case file of the same person, as it is today.
        jurisdiction: the country, as it is today.
        known_at: the day up to which records count, not before that of the decision; None for
            everything on file.

    Raises:
        InputError: the case file is inconsistent or another person's, or less is to be known than
            the decision knew.
    """
    stamp = _stamp(jurisdiction, decision.verdict.on, known_at)
    problems = list(in_order(decision.grounds.stamp.known_at, known_at, "known_at"))
    if case.case_id != decision.case_id:
        found, expected = shown(case.case_id, secret=True), "the case of the decision"
        problems.append(Problem(code="two_people", path="case_id", found=found, expected=expected))
    if problems:
        raise InputError(problems)
    check(case, jurisdiction, known_at=known_at)
    offered = [p for p in jurisdiction.programs if p.program_id == decision.program_id]
    facts = _facts(case, jurisdiction, known_at)
    offers = programs.match(offered, jurisdiction.facts, facts.on(stamp.on), on=stamp.on)
    return decisions.compare(
        decision,
        case,
        verdict=offers[0].verdict if offers else None,
        grounds=_grounds(jurisdiction, stamp, offers),
        derived=jurisdiction.derived,
        risk_policy=jurisdiction.risk_policy,
    )


def _program(jurisdiction: Jurisdiction, program_id: ProgramId) -> Program:
    program = next((p for p in jurisdiction.programs if p.program_id == program_id), None)
    if program is None:
        fault(program_id, "dangling_id", "the id of a programme of the country", path="program_id")
    return program


def _stamp(jurisdiction: Jurisdiction, on: date, known_at: date | None) -> Stamp:
    return Stamp(packs=jurisdiction.packs, library=__version__, on=on, known_at=known_at)


def _facts(case: CaseFile, jurisdiction: Jurisdiction, known_at: date | None = None) -> CaseFacts:
    return CaseFacts(
        case,
        known_at=known_at,
        derived=jurisdiction.derived,
        risk_policy=jurisdiction.risk_policy,
    )


def _seen(
    view: CaseFile, facts: CaseFacts, jurisdiction: Jurisdiction, on: date
) -> tuple[NeedsProfile, tuple[RiskSeen, ...]]:
    """The needs and the risks of a person on a day; the risk overall comes first."""
    declared, cells = jurisdiction.facts, facts.on(on)
    return (
        profile(declared["need_level"], cells, view.needs_assessments, on=on),
        risks(declared, cells, view, jurisdiction.risk_policy, on=on),
    )


def _offers(facts: CaseFacts, jurisdiction: Jurisdiction, on: date) -> tuple[Offer, ...]:
    return programs.match(jurisdiction.programs, jurisdiction.facts, facts.on(on), on=on)


def _offered(plan: Plan) -> tuple[Offer, ...]:
    in_steps = (offer for goal in plan.goals for step in goal.steps for offer in step.offers)
    return (*in_steps, *(offer for gap in plan.uncovered for offer in gap.offers))


def _grounds(
    jurisdiction: Jurisdiction,
    stamp: Stamp,
    offers: Iterable[Offer],
    verdicts: Iterable[Verdict] | None = None,
) -> Grounds:
    """The programmes and facts that the offers speak of, with everything needed to read them."""
    offers = tuple(offers)
    spoken_of = {offer.program_id for offer in offers}
    verdicts = verdicts or [offer.verdict for offer in offers]
    return _grounds_of(jurisdiction, stamp, spoken_of, [verdict.criterion for verdict in verdicts])


def _grounds_of(
    jurisdiction: Jurisdiction,
    stamp: Stamp,
    spoken_of: Collection[ProgramId],
    criteria: Iterable[Criterion],
) -> Grounds:
    """The programmes of some ids, and the facts that some criteria ask."""
    asked = {each.asked.fact.name for criterion in criteria for each in comparisons(criterion)}
    return Grounds(
        stamp=stamp,
        title=jurisdiction.title,
        facts=tuple(fact for name, fact in jurisdiction.facts.items() if name in asked),
        sources=jurisdiction.sources,
        glossary=jurisdiction.glossary,
        programs=tuple(p for p in jurisdiction.programs if p.program_id in spoken_of),
    )

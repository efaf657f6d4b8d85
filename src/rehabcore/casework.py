"""The verbs an agency calls: check, match, draft a plan, move. Each result is stamped.

Every verb first checks the case file as it was known, and refuses one that is inconsistent with
all its problems. No verb reads a clock: the day is always given.
"""

from collections.abc import Iterable
from datetime import date

from rehabcore import plans, programs, throughcare
from rehabcore.errors import InputError
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import Plan
from rehabcore.programs import Offer
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile, consistency
from rehabcore.results import Grounds, MatchResult, MoveResult, PlanResult, Stamp
from rehabcore.rules.criteria import comparisons
from rehabcore.rules.verdicts import Verdict
from rehabcore.throughcare import MoveRequest
from rehabcore.version import __version__


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
    offers = _offers(CaseFacts(case, known_at=known_at), jurisdiction, on)
    grounds = _grounds(jurisdiction, stamp, offers)
    return MatchResult(grounds=grounds, case_id=case.case_id, offers=offers)


def draft_plan(
    case: CaseFile, jurisdiction: Jurisdiction, *, on: date, known_at: date | None = None
) -> PlanResult:
    """Draft an individual plan on a day. A draft is advice; a named person decides.

    Raises:
        InputError: the case file is inconsistent, or a day is none.
    """
    stamp = _stamp(jurisdiction, on, known_at)
    check(case, jurisdiction, known_at=known_at)
    facts = CaseFacts(case, known_at=known_at)
    offers = _offers(facts, jurisdiction, on)
    holders = throughcare.holders(case.as_known(known_at or date.max), on)
    plan = plans.draft(
        case.case_id,
        programs=jurisdiction.programs,
        offers=offers,
        facts=jurisdiction.facts,
        cells=facts.on(on),
        policy=jurisdiction.plan_policy,
        holder=holders[0] if len(holders) == 1 else "",
        on=on,
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
    moved = throughcare.advance(
        case,
        plan,
        request,
        rules=jurisdiction.moves,
        facts=jurisdiction.facts,
        cells=CaseFacts(case).on(on),
        offers_after=lambda after: _offers(CaseFacts(after), jurisdiction, on),
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


def _stamp(jurisdiction: Jurisdiction, on: date, known_at: date | None) -> Stamp:
    return Stamp(packs=jurisdiction.packs, library=__version__, on=on, known_at=known_at)


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
    asked = {
        comparison.asked.fact.name
        for verdict in (verdicts or [offer.verdict for offer in offers])
        for comparison in comparisons(verdict.criterion)
    }
    return Grounds(
        stamp=stamp,
        title=jurisdiction.title,
        facts=tuple(fact for name, fact in jurisdiction.facts.items() if name in asked),
        sources=jurisdiction.sources,
        glossary=jurisdiction.glossary,
        programs=tuple(p for p in jurisdiction.programs if p.program_id in spoken_of),
    )

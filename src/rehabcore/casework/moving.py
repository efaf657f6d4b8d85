"""Moving a person between settings: what is possible, what is asked for, and what happened."""

from collections.abc import Iterable
from datetime import date

from attrs import evolve

from rehabcore import programs
from rehabcore.care.moves.goals_along import open_goals
from rehabcore.care.moves.made_moves import made_move
from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.moves.recording import recorded
from rehabcore.care.moves.refusals import refuse_move
from rehabcore.care.moves.requests import (
    MoveRequest,
    PossibleMove,
    judged,
    possible_now,
    under_way,
)
from rehabcore.care.moves.responsibility import tenures
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.care.plans.book import PlanBook
from rehabcore.care.resettlement.resets import with_reset
from rehabcore.casework.arguments import WORDS, verb
from rehabcore.casework.grounding import grounds_of, stamped
from rehabcore.casework.plans_given import ANY_PLAN, require_own
from rehabcore.casework.resettling import pathways_on
from rehabcore.casework.results import Grounds, MoveResult, MovesResult, Stamp
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import PlanContent
from rehabcore.programs import Offer
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile
from rehabcore.records.changes import standing_for
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import ask, comparisons
from rehabcore.rules.facts import Known
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked_with
from rehabcore.strict.problems import one_of, refuse

_asks_to_move = checked_with(WORDS | ANY_PLAN | {MoveRequest: "a MoveRequest"})


@verb
def possible_moves(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    known_at: date | None = None,
    strict: bool = False,
) -> MovesResult:
    """Where the transitions of a person stand on a day, who is accountable, and what may follow.

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
    seen = transitions_on(facts.view, jurisdiction.moves, on)
    found = _possible(jurisdiction, facts, seen, on)
    return MovesResult(
        grounds=_grounds(jurisdiction, stamp, facts, (), [one.verdict for one in found]),
        case_id=case.case_id,
        transitions=seen,
        tenures=tenures(facts.view),
        possible=found,
    )


@_asks_to_move
def request_move(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    request: MoveRequest,
    *,
    plan: PlanContent | PlanBook | None = None,
    strict: bool = False,
) -> MoveResult:
    """Move a person as planned, if it is allowed.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        request: the move.
        plan: the plan whose open goals go along; None if there is none.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the request is wrong, the plan is of another case, or the case file is
            inconsistent before or after the move.
        RequestRefused: the move is not certainly allowed. Nothing was changed.
    """
    return _move(case, jurisdiction, request, plan, strict=strict, happened=False)


@_asks_to_move
def record_move(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    request: MoveRequest,
    *,
    plan: PlanContent | PlanBook | None = None,
    strict: bool = False,
) -> MoveResult:
    """Record that a person moved, whether or not it was allowed.

    ``verdict`` of the result tells whether it was, and ``transition`` what was missing and is due.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        request: the move that happened.
        plan: the plan whose open goals go along; None if there is none.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the request is wrong, the plan is of another case, or the case file is
            inconsistent before or after the move.
    """
    return _move(case, jurisdiction, request, plan, strict=strict, happened=True)


def _move(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    request: MoveRequest,
    plan: PlanContent | PlanBook | None,
    *,
    strict: bool,
    happened: bool,
) -> MoveResult:
    on, rule = request.on, jurisdiction.move(request.move_id)
    require_own(plan, case)
    facts = jurisdiction.facts_of(case, strict=strict)
    seen = transitions_on(facts.view, jurisdiction.moves, on)
    if request.transition is not None:
        request = evolve(request, transition=standing_for(case, request.transition, on))
    own = under_way(seen, rule.move_id, request.transition)
    needed = jurisdiction.permissions_on_any_day[rule.move_id]
    verdict = judged(needed, facts.on(on), own, request.to_holder, on)
    if not happened and verdict.answer is not Answer.MET:
        instead = _possible(jurisdiction, facts, seen, on)
        here = facts.on(on)(ask(jurisdiction.facts["setting"]))
        setting = str(here.value) if isinstance(here, Known) else ""
        refuse_move(rule, verdict, setting, jurisdiction.moves, instead)
    _require_known_reason(jurisdiction, request)
    after = recorded(case, request, rule, seen, jurisdiction.programs)
    after = _with_reset(after, jurisdiction, request, strict=strict)
    facts_after = jurisdiction.facts_of(after, strict=strict)
    offers = programs.offers_on(jurisdiction.admissions_on_any_day, facts_after.on(on), on=on)
    goals = () if plan is None else open_goals(plan, on=on)
    made = made_move(case, goals, request, offers)
    verdicts = (verdict, *(offer.verdict for offer in made.offers))
    return MoveResult(
        grounds=_grounds(
            jurisdiction, stamped(jurisdiction, on, None), facts, made.offers, verdicts
        ),
        move_title=rule.title,
        case=after,
        made=made,
        verdict=verdict,
        happened=happened,
        transition=_last_move(transitions_on(facts_after.view, jurisdiction.moves, on), after),
    )


def _with_reset(
    after: CaseFile, jurisdiction: Jurisdiction, request: MoveRequest, *, strict: bool
) -> CaseFile:
    """The case file after a move, with the reset of pathways that a return to prison brings."""
    if not jurisdiction.glossary.pathways:
        return after
    history = jurisdiction.facts_of(after, strict=strict).view
    return with_reset(after, pathways_on(history, jurisdiction, request.on).reset_to_file, request)


def _require_known_reason(jurisdiction: Jurisdiction, request: MoveRequest) -> None:
    """Refuse a reason without a meaning here: its record would be set aside as soon as filed."""
    known = codes(jurisdiction.glossary.transition_reasons)
    if request.reason is not None and request.reason not in known:
        expected = one_of(known, request.reason)
        refuse(request.reason, "unknown_value", expected, path="reason")


def _last_move(seen: Iterable[TransitionSeen], after: CaseFile) -> TransitionSeen:
    """The transition by which the person moved, whose act was filed last."""
    of = after.transition_acts[-1].transition
    return next(one for one in seen if one.transition == of)


def _possible(
    jurisdiction: Jurisdiction, facts: CaseFacts, seen: tuple[TransitionSeen, ...], on: date
) -> tuple[PossibleMove, ...]:
    needed = jurisdiction.permissions_on_any_day
    return possible_now(jurisdiction.moves, needed, facts.on(on), seen, on)


def _grounds(
    jurisdiction: Jurisdiction,
    stamp: Stamp,
    facts: CaseFacts,
    offers: Iterable[Offer],
    verdicts: Iterable[Verdict],
) -> Grounds:
    """The grounds of answers about moves, with the facts of transitions that they ask."""
    offers, criteria = tuple(offers), [verdict.criterion for verdict in verdicts]
    spoken_of = {offer.program_id for offer in offers}
    found = grounds_of(jurisdiction, stamp, facts, spoken_of, criteria)
    asked = {compare.asked.fact.name for rule in criteria for compare in comparisons(rule)}
    own = (fact for name, fact in jurisdiction.facts_of_moves.items() if name in asked)
    kept = {fact.name: fact for fact in (*found.facts, *own)}
    return evolve(found, facts=tuple(kept.values()))

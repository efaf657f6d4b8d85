"""Whether a stored result hangs together: each of its parts follows from others, or fits them.

Whoever alters a result and makes its hash anew is found out where it contradicts itself. Whoever
alters everything that depends on it alike is not.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from rehabcore.care.moves.open_goals import OpenGoal, OpenGoalReason
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.care.needs import NeedSeen
from rehabcore.care.needs.dosage import DosageTarget
from rehabcore.care.needs.risks import RiskSeen
from rehabcore.care.needs.sequence import Turn
from rehabcore.casework.any_result import PlanResult, Result
from rehabcore.casework.coherence_of_transitions import (
    at_odds,
    incoherences_of_transition,
    incoherences_with_file,
)
from rehabcore.casework.results import (
    Grounds,
    MatchResult,
    MoveResult,
    MovesResult,
    NearResult,
    NeedsResult,
    TimelineResult,
)
from rehabcore.programs import Offer, admission, first_way
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Criterion
from rehabcore.rules.law.any_day import on_any_day
from rehabcore.rules.time.partial import first_of
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError, Problem, one_of
from rehabcore.strict.same import Same
from rehabcore.strict.vocabulary import ProgramId

TYPE_CHECKING = False  # few results are decisions, and the others need not wait for their room

if TYPE_CHECKING:
    from rehabcore.care.plans.drafting.drafts import Draft
    from rehabcore.casework.decisions import Decision

MOST_ADMISSIONS = 4096
"""How many rules are kept as those of their programmes."""


def incoherences(result: "Result | Decision") -> Iterable[Problem]:
    """A problem for each part of a result that contradicts another part of it.

    What its own class requires is not asked again.
    """
    match result:
        case MatchResult():
            return _of_match(result)
        case NearResult():
            return _of_near(result)
        case NeedsResult():
            return _of_needs(result)
        case PlanResult():
            return _of_plan(result)
        case MoveResult():
            return _of_move(result)
        case MovesResult():
            return _of_moves(result)
        case _:
            return _of_one_program(result)


# --- programmes and their rules -----------------------------------------------------------


def _spoken_of(grounds: Grounds, named: Iterable[ProgramId], path: str) -> Iterator[Problem]:
    """A problem if the programmes of the grounds are not those named, or one stands there twice."""
    held = [program.program_id for program in grounds.programs]
    yield from each_once(held, "grounds.programs")
    if {*held} != {*named}:
        yield at_odds(held, "every programme of the grounds, and no other", path)


def each_once(named: Sequence[str], path: str) -> Iterator[Problem]:
    """The problem that something is named twice where each has its one place."""
    if len({*named}) < len(named):
        yield Problem.of(named, "repeated_item", "each once", path=path)


def _rules(grounds: Grounds, offers: Iterable[Offer], path: str) -> Iterator[Problem]:
    """A problem for each answer that was given to another rule than its programme's."""
    judged = ((offer.program_id, offer.verdict.criterion) for offer in offers)
    for index, problem in _foreign(grounds, judged):
        yield problem.below(f"{path}[{index}].verdict")


def _foreign(
    grounds: Grounds, judged: Iterable[tuple[ProgramId, Criterion]]
) -> Iterator[tuple[int, Problem]]:
    """The place of each rule that is not the admission rule of its programme, with the problem."""
    programs = {program.program_id: program for program in grounds.programs}
    for index, (program_id, rule) in enumerate(judged):
        program = programs.get(program_id)
        if program is not None and not _is_admission(Same((rule, program, *grounds.facts))):
            yield index, at_odds(program_id, "the admission rule of the programme", "rule")


@lru_cache(maxsize=MOST_ADMISSIONS)
def _is_admission(parts: Same) -> bool:
    """Whether a rule is the admission rule of a programme, with the facts that are declared."""
    rule, program, *facts = parts.objects
    try:
        stated = admission(program, {fact.name: fact for fact in facts})
    except (KeyError, InputError):  # a fact that it asks is not declared, or not in this way
        return False
    # An older result may hold the rule without the clauses for days without law.
    return rule in (on_any_day(stated), stated)


# --- results with answers -----------------------------------------------------------------


def _of_match(result: MatchResult) -> Iterator[Problem]:
    named = [offer.program_id for offer in result.offers]
    yield from each_once(named, "offers")
    yield from _spoken_of(result.grounds, named, "offers")
    yield from _rules(result.grounds, result.offers, "offers")


def _of_near(result: NearResult) -> Iterator[Problem]:
    named, on = [door.program_id for door in result.doors], result.grounds.stamp.on
    yield from each_once(named, "doors")
    yield from _spoken_of(result.grounds, named, "doors")
    yield from _rules(result.grounds, result.doors, "doors")
    for index, door in enumerate(result.doors):
        if door.answer is Answer.MET:
            expected = "a programme that is not met"
            yield at_odds(door.program_id, expected, f"doors[{index}].program_id")
        for number, way in enumerate(door.ways):
            if result.lead is not None and result.lead.before(way.day) > on:
                expected = f"a day within {result.lead}"
                yield at_odds(way.day, expected, f"doors[{index}].near.ways[{number}].verdict")
    if tuple(sorted(result.doors, key=_in_order(result.grounds))) != result.doors:
        yield at_odds(named, "the nearest first, and then in the order of the catalogue", "doors")


def _in_order(grounds: Grounds) -> Callable[[Offer], tuple[object, int]]:
    """A key that sorts doors as they are told."""
    places = {program.program_id: place for place, program in enumerate(grounds.programs)}
    return lambda door: (first_way(door), places.get(door.program_id, 0))


def _of_one_program(result: "TimelineResult | Decision") -> Iterator[Problem]:
    yield from _spoken_of(result.grounds, [result.program_id], "grounds.programs")
    on = result.grounds.stamp.on
    if isinstance(result, TimelineResult):
        rule, path = result.verdicts.pieces[0].verdict.criterion, "verdicts"
        if result.verdicts.within.start != on:
            expected = "the day of the stamp"
            yield at_odds(result.verdicts.within.start, expected, "verdicts.pieces[0]")
    else:
        rule, path = result.verdict.criterion, "verdict"
    for _, problem in _foreign(result.grounds, [(result.program_id, rule)]):
        yield problem.below(path)


# --- needs --------------------------------------------------------------------------------


def _of_needs(result: NeedsResult) -> Iterator[Problem]:
    grounds, profile = result.grounds, result.profile
    named = [turn.program_id for turn in result.turns]
    yield from each_once(named, "turns")
    yield from _spoken_of(grounds, named, "turns")
    if result.died and result.turns:
        yield at_odds(named, "none, as the person has died", "turns")
    if profile.on != grounds.stamp.on:
        yield at_odds(profile.on, "the day of the stamp", "profile.on")
    if profile.levels != codes(grounds.glossary.need_levels):
        yield at_odds(profile.levels, "the levels of the glossary", "profile.levels")
    yield from _needs(profile.needs, grounds, "profile.needs")
    yield from _turns(result.turns, profile.needs, "turns")
    yield from _risks(result.risks, grounds)
    yield from _target(result.target, "target")
    if result.count is not None:
        unknown, known = len(profile.unknown), len(profile.needs) - len(profile.unknown)
        if result.count.least > known or result.count.most - result.count.least > unknown:
            yield at_odds(result.count.least, "as many as there are needs", "count")


def _needs(needs: tuple[NeedSeen, ...], grounds: Grounds, path: str) -> Iterator[Problem]:
    domains, levels = codes(grounds.glossary.need_domains), codes(grounds.glossary.need_levels)
    if tuple(need.domain for need in needs) != domains:
        yield at_odds(None, "every need domain of the glossary, in its order", path)
    for index, need in enumerate(needs):
        place = f"{path}[{index}]"
        yield from _levelled(need.level, need.unknown, levels, place)
        yield from _evident(need, place)
        parts = tuple(part.subdomain for part in need.subdomains)
        if parts != grounds.glossary.subdomains_of(need.domain):
            expected = "every part of the domain in the glossary, in its order"
            yield at_odds(None, expected, f"{place}.subdomains")
        # What is unknown may rest on a later assessment that is at fault.
        assessed_on = None if need.level is None else need.assessed_on
        if assessed_on is not None and first_of(assessed_on) > grounds.stamp.on:
            expected = "a day up to that of the stamp"
            yield at_odds(first_of(assessed_on), expected, f"{place}.assessed_on")


def _evident(seen: NeedSeen | RiskSeen, path: str) -> Iterator[Problem]:
    if seen.level is not None and not seen.evidence:
        yield at_odds(seen.level, "a level with its evidence", f"{path}.evidence")


def _levelled(
    level: str | None, unknown: object, levels: tuple[str, ...], path: str
) -> Iterator[Problem]:
    """A problem if there is not either a level of the country or a reason for having none."""
    if level is not None and level not in levels:
        yield Problem.of(level, "unknown_value", one_of(levels, level), path=f"{path}.level")
    if (level is None) == (unknown is None):
        yield at_odds(level, "a level, or why there is none", path)


def _risks(risks: tuple[RiskSeen, ...], grounds: Grounds) -> Iterator[Problem]:
    domains, levels = codes(grounds.glossary.need_domains), codes(grounds.glossary.risk_levels)
    yield from each_once([str(risk.domain) for risk in risks], "risks")
    for index, risk in enumerate(risks):
        place = f"risks[{index}]"
        if risk.domain is not None and risk.domain not in domains:
            expected = one_of(domains, risk.domain)
            yield Problem.of(risk.domain, "unknown_value", expected, path=f"{place}.domain")
        yield from _levelled(risk.level, risk.unknown, levels, place)
        yield from _evident(risk, place)
        if risk.level is not None and risk.level not in {said.applies for said in risk.said}:
            yield at_odds(risk.level, "the level of an assessment that counts", f"{place}.level")
        for number, said in enumerate(risk.said):
            inner = f"{place}.said[{number}]"
            yield from _levelled(said.applies, said.unknown, levels, inner)
            if said.level is not None and said.level not in levels:
                expected = one_of(levels, said.level)
                yield Problem.of(said.level, "unknown_value", expected, path=f"{inner}.level")


def _turns(turns: tuple[Turn, ...], needs: tuple[NeedSeen, ...], path: str) -> Iterator[Problem]:
    known = {need.domain: need.level is not None for need in needs}
    for index, turn in enumerate(turns):
        answer = Answer.UNKNOWN if turn.unclear or turn.sequence_class is None else Answer.MET
        if turn.answer is not (Answer.NOT_MET if turn.held_up_by else answer):
            expected = "the answer that follows from the needs it waits for"
            yield at_odds(turn.answer.value, expected, f"{path}[{index}].answer")
        for name, is_known in (("held_up_by", True), ("unclear", False)):
            if any(known.get(domain) is not is_known for domain in getattr(turn, name)):
                expected = f"domains of needs that are {'known' if is_known else 'not known'}"
                yield at_odds(getattr(turn, name), expected, f"{path}[{index}].{name}")


def _target(target: DosageTarget, path: str) -> Iterator[Problem]:
    if (target.hours is None) == (target.unknown is None):
        yield at_odds(None, "a number of hours, or why there is none", path)


# --- plans and moves ----------------------------------------------------------------------


def _of_plan(result: PlanResult) -> Iterator[Problem]:
    grounds, draft = result.grounds, result.draft
    yield from _spoken_of(grounds, [offer.program_id for offer in draft.offers], "draft")
    yield from _of_draft(draft, grounds)
    if result.died and (draft.content.goals or draft.content.items):
        yield at_odds(None, "no goals and no items for the dead", "draft.content")


def _of_draft(draft: "Draft", grounds: Grounds) -> Iterator[Problem]:
    yield from _days(grounds, draft.offers, "draft.offers")
    yield from _rules(grounds, draft.offers, "draft.offers")
    yield from _needs(draft.content.needs, grounds, "draft.content.needs")
    from rehabcore.casework.coherence_of_drafts import incoherences_of_draft

    programs = {program.program_id: program for program in grounds.programs}
    for problem in (
        *_turns(draft.turns, draft.content.needs, "turns"),
        *incoherences_of_draft(draft, grounds.stamp.on, programs),
    ):
        yield problem.below("draft")


def _days(grounds: Grounds, offers: Iterable[Offer], path: str) -> Iterator[Problem]:
    for index, offer in enumerate(offers):
        if offer.verdict.on != grounds.stamp.on:
            yield at_odds(offer.verdict.on, "the day of the stamp", f"{path}[{index}].verdict")


def _of_move(result: MoveResult) -> Iterator[Problem]:
    grounds, made, case = result.grounds, result.made, result.case
    about, on = result.verdict.criterion.about, grounds.stamp.on
    yield from _spoken_of(grounds, [offer.program_id for offer in made.offers], "made.offers")
    yield from _of_goals_that_go_along(result)
    if result.verdict.answer is not Answer.MET and not result.happened:
        yield at_odds(result.verdict.answer.value, "met, or nothing was moved", "verdict")
    for path, day in (("verdict", result.verdict.on), ("made.on", made.on)):
        if day != on:
            yield at_odds(day, "the day of the stamp", path)
    if about.id != made.move_id:
        yield at_odds(made.move_id, "the move whose rule was judged", "made.move_id")
    if about.title != result.move_title:
        yield at_odds(None, "the title of the rule that was judged", "move_title")
    if made.case_id != case.case_id:
        yield at_odds(made.case_id, "the case of the file", "made.case_id", secret=True)
    if not {record.filed.record_id for _, record in case.entries()}.issuperset(
        result.verdict.evidence()
    ):
        yield at_odds(None, "every record on which the verdict rests", "case")
    holders = {placed.holder for placed in case.placements}
    taken_over = {act.office for act in case.transition_acts}
    begun = {placed.holder for placed in case.placements if placed.span.start == on}
    for path, held, among in (
        ("from", made.from_holder, holders | taken_over | {""}),
        ("to", made.to_holder, begun),
    ):
        if held not in among:
            expected = "an office with a placement in the file, or that took over"
            yield at_odds(held, expected, f"made.{path}_holder", secret=True)
    if result.transition is not None:
        yield from _of_transition(result, result.transition)
    yield from _days(grounds, made.offers, "made.offers")
    yield from _rules(grounds, made.offers, "made.offers")


def _of_transition(result: MoveResult, seen: TransitionSeen) -> Iterator[Problem]:
    """The problems of where a transition is said to stand after a move."""
    of = {act.filed.record_id: act.transition for act in result.case.transition_acts}
    if seen.transition not in of.values():
        expected = "a transition with an act in the file"
        yield at_odds(seen.transition, expected, "transition.transition", secret=True)
    made = result.made
    for path, told, right in (
        ("move", seen.move, made.move_id),
        ("moved_on", seen.moved_on, made.on),
    ):
        if told != right:
            yield at_odds(right, "the move that was made", f"transition.{path}")
    for problem in (*incoherences_of_transition(seen), *incoherences_with_file(seen, result.case)):
        yield problem.below("transition")


def _of_moves(result: MovesResult) -> Iterator[Problem]:
    grounds = result.grounds
    for index, (before, after) in enumerate(pairwise(result.tenures), start=1):
        start, end = after.span.start, before.span.end
        follows = isinstance(end, date) and start >= end and (before.closed_by or start == end)
        if not follows:
            expected = "exactly one accountable office on each day, until the case is closed"
            yield at_odds(start, expected, f"tenures[{index}].span")
    for index, seen in enumerate(result.transitions):
        if max(seen.moved_on or date.min, seen.closed_on or date.min) > grounds.stamp.on:
            expected = "a day not after that of the stamp"
            yield at_odds(seen.moved_on, expected, f"transitions[{index}].moved_on")
        for problem in incoherences_of_transition(seen):
            yield problem.below(f"transitions[{index}]")
    yield from each_once([one.move_id for one in result.possible], "possible")
    yield from each_once([one.transition for one in result.transitions], "transitions")
    for index, one in enumerate(result.possible):
        path, about = f"possible[{index}]", one.verdict.criterion.about
        if one.verdict.on != grounds.stamp.on:
            yield at_odds(one.verdict.on, "the day of the stamp", f"{path}.verdict")
        if (about.id, about.title) != (one.move_id, one.title):
            yield at_odds(one.move_id, "the move whose rule was judged", f"{path}.move_id")


def _of_goals_that_go_along(result: MoveResult) -> Iterator[Problem]:
    made = result.made
    offered = {program.program_id for program in result.grounds.programs}
    planned = {own for goal in made.goals for own in goal.programs} & offered
    told = [offer.program_id for offer in made.offers]
    yield from each_once(told, "made.offers")
    if {*told} != planned:
        yield at_odds(told, "the programmes of the goals that go along", "made.offers")
    for problem in incoherences_of_goals(made.goals):
        yield problem.below("made")


def incoherences_of_goals(goals: Iterable[OpenGoal]) -> Iterator[Problem]:
    """A problem for each open goal whose reason does not follow from its steps."""
    for index, goal in enumerate(goals):
        if bool(goal.steps) != (goal.reason is OpenGoalReason.OPEN_STEPS):
            expected = "open steps, if and only if there are any"
            yield at_odds(goal.reason.value, expected, f"goals[{index}].reason")
        if any(step.status.is_closed for step in goal.steps):
            yield at_odds(goal.goal_id, "steps that are open", f"goals[{index}].steps")


def of_answers(
    grounds: Grounds, answers: Sequence[Offer], path: str, *, on: date
) -> Iterator[Problem]:
    """The problems of the answers of programmes on a day: each once, and to its own rule."""
    named = [offer.program_id for offer in answers]
    yield from each_once(named, path)
    yield from _spoken_of(grounds, named, path)
    yield from _rules(grounds, answers, path)
    for index, offer in enumerate(answers):
        if offer.verdict.on != on:
            expected = f"an answer of {on.isoformat()}"
            yield at_odds(offer.verdict.on, expected, f"{path}[{index}].verdict")

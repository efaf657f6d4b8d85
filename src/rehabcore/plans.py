"""Individual plans, first form: from needs and offers to goals and steps, each with its reason.

A draft is advice. It makes no choice that a person has to make: if several programmes are open, it
proposes each; if the basis may be mandatory or voluntary, it lists both. Needs that it cannot cover
are listed, with the reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from attrs import evolve, field

from rehabcore.care.needs import NeedSeen, NeedsProfile, RnrPolicy
from rehabcore.care.needs.dosage import DosagePlan, DosagePolicy, called_for, planned_dosage
from rehabcore.care.needs.sequence import SequencePolicy, Turn, sequence
from rehabcore.care.plans.drafting.serving import needs_served
from rehabcore.care.plans.policy import PlanPolicy
from rehabcore.programs import Offer, Program
from rehabcore.rules.sources import Status, Text
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import SECRET, checked, checked_arguments, is_known_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, one_of, refuse
from rehabcore.strict.vocabulary import (
    Basis,
    CaseId,
    Deliverer,
    GoalId,
    ProgramId,
    StepId,
    StepStatus,
)

__all__ = ["Act", "Gap", "GapReason", "Goal", "Plan", "PlanPolicy", "Step", "StepStatus", "draft"]


def __dir__() -> list[str]:
    return __all__


Catalogue = Mapping[ProgramId, Program]
Serving = dict[str, list[tuple[Offer, Answer]]]
"""For each need domain the offers of programmes that serve it, or may serve it.

Beside each stands whether the programme is open and serves the need.
"""


class Act(StrEnum):
    """The kind of act that a step calls for."""

    ENROL = "enrol"
    """Every condition is met: decide on enrolment."""
    CLARIFY = "clarify"
    """Find out what is not known, so that the programmes can answer."""
    ASSESS = "assess"
    """Assess a need: it is not known, no longer known, or disputed."""


class GapReason(StrEnum):
    """The reason why no programme that serves a need is certainly open."""

    NOTHING_OFFERED = "nothing_offered"
    """No programme or service of the catalogue serves the need."""
    ALL_REFUSE = "all_refuse"
    """Every programme that serves the need is closed to the person on the day."""
    NOT_YET_KNOWN = "not_yet_known"
    """At least one programme may be open, once missing facts are known."""
    NEED_NOT_KNOWN = "need_not_known"
    """The level of the need is not known, so no goal can be set."""


@frozen(kw_only=True)
@checked
class Step:
    """One thing to do. Its reason is in ``offers``: the answers of programmes, with their proofs.

    ``basis`` and ``delivered_by`` list what is possible; a person chooses.
    """

    step_id: StepId
    act: Act
    offers: tuple[Offer, ...] = ()
    basis: frozenset[Basis] = frozenset()
    delivered_by: frozenset[Deliverer] = frozenset()
    status: StepStatus = StepStatus.NOT_STARTED

    def _problems(self) -> Iterable[Problem]:
        if self.act is not Act.ASSESS and not self.offers:
            expected = "the programmes that the step is about"
            yield Problem(code="empty_group", path="offers", found="none", expected=expected)

    @property
    def programs(self) -> tuple[ProgramId, ...]:
        """The programmes that the step is about."""
        return tuple(offer.program_id for offer in self.offers)


@frozen(kw_only=True)
@checked
class Goal:
    """Needs to lower or to assess, with the steps towards it."""

    goal_id: GoalId
    needs: tuple[NeedSeen, ...]
    steps: tuple[Step, ...]

    def _problems(self) -> Iterable[Problem]:
        if not self.needs:
            expected = "the needs that the goal is about"
            yield Problem(code="empty_group", path="needs", found="none", expected=expected)


@frozen(kw_only=True)
@checked
class Gap:
    """A need that the plan leaves uncovered, with the reason and the offers of programmes."""

    domain: str
    reason: GapReason
    offers: tuple[Offer, ...] = ()


@frozen(kw_only=True)
@checked
class Plan:
    """A draft of an individual plan.

    ``needs`` holds all need domains of the country, known or not; ``goals`` those that call for
    action; ``uncovered`` those for which nothing is certainly open. ``holder`` is the office
    accountable for the plan, empty if it is not known. ``draft_data`` names everything the plan
    rests on that no reviewed source states.

    ``dosage`` compares the hours of the proposed programmes with those that are called for; None if
    the country states nothing about dosage. ``turns`` puts these programmes in order and says
    whether a group of each may start; empty if the country states no order. If the person has
    ``died``, the plan has no goals; its gaps prove that every programme refuses.
    """

    case_id: CaseId = field(repr=False, metadata=SECRET)
    drafted_on: date
    component_of: Text
    review_due: date | None
    holder: str = field(metadata=SECRET)
    needs: tuple[NeedSeen, ...]
    goals: tuple[Goal, ...]
    uncovered: tuple[Gap, ...]
    draft_data: tuple[str, ...] = ()
    dosage: DosagePlan | None = None
    turns: tuple[Turn, ...] = ()
    died: bool = False

    def __repr__(self) -> str:
        goals, gaps = len(self.goals), len(self.uncovered)
        on = self.drafted_on.isoformat()
        return f"<Plan of {on}: {goals} goals, {gaps} needs uncovered>"

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Every answer of a programme in the plan: those of its steps, then those of its gaps."""
        in_steps = (offer for goal in self.goals for step in goal.steps for offer in step.offers)
        return (*in_steps, *(offer for gap in self.uncovered for offer in gap.offers))

    def open_steps(self) -> tuple[Step, ...]:
        """The steps still to be done, in the order of the plan."""
        return tuple(
            step for goal in self.goals for step in goal.steps if not step.status.is_closed
        )


@checked_arguments
def draft(
    case_id: CaseId,
    *,
    profile: NeedsProfile,
    programs: Iterable[Program],
    offers: Iterable[Offer],
    policy: PlanPolicy,
    holder: str,
    rnr: RnrPolicy,
    risk: str | None,
    died: bool = False,
) -> Plan:
    """Draft a plan from the needs of a person on a day and the offers of programmes.

    Args:
        case_id: the case that the plan is for.
        profile: the needs on the day of the draft, from which the review term runs.
        programs: the catalogue.
        offers: the offer of each programme of the catalogue (``programs.offers_on``).
        policy: the country's policy on plans.
        holder: the office accountable for the plan; empty if it is not known.
        rnr: the country's policy on dosage and sequence.
        risk: the overall level of risk; None if it is not known.
        died: whether the person has died; then there are no goals, and no review is due.

    Raises:
        InputError: an offer of a programme that is not in the catalogue.
    """
    catalogue = {program.program_id: program for program in programs}
    offers = tuple(offers)
    _require_catalogued(offers, catalogue)
    serving = _serving(profile.needs, offers, catalogue)
    calling = () if policy.goal_from is None else profile.from_level(policy.goal_from)
    goals = () if died else tuple(_goals(profile, calling, serving, catalogue))
    proposed = _proposed(goals, catalogue)
    dosage = None if died else _dosage(rnr.dosage, profile, risk, proposed)
    turns = sequence(rnr.sequence, proposed if rnr.sequence.classes else (), profile)
    to_cover = [need for need in profile.needs if need.level is None or need in calling]
    return Plan(
        case_id=case_id,
        drafted_on=profile.on,
        component_of=policy.component_of,
        review_due=None if died else _review_due(policy, profile.on),
        holder=holder,
        needs=profile.needs,
        goals=goals,
        uncovered=tuple(gap for need in to_cover for gap in _gap(need, serving[need.domain])),
        draft_data=(
            *_draft_data(policy, goals, catalogue),
            *_draft_rnr(rnr.sequence, dosage, turns),
        ),
        dosage=dosage,
        turns=turns,
        died=died,
    )


def _serving(needs: Sequence[NeedSeen], offers: Iterable[Offer], catalogue: Catalogue) -> Serving:
    served, perhaps = needs_served(needs, catalogue.values())
    serving: Serving = {need.domain: [] for need in needs}
    for offer in offers:
        answer = offer.answer
        for domain in served[offer.program_id]:
            serving[domain].append((offer, answer))
        for domain in perhaps[offer.program_id]:
            unsure = Answer.NOT_MET if answer is Answer.NOT_MET else Answer.UNKNOWN
            serving[domain].append((offer, unsure))
    return serving


def _require_catalogued(offers: Iterable[Offer], catalogue: Mapping[ProgramId, Program]) -> None:
    for offer in offers:
        if offer.program_id not in catalogue:
            expected = f"offers of the catalogue: {one_of(catalogue, offer.program_id)}"
            refuse(offer.program_id, "dangling_id", expected, path="offers")


def _review_due(policy: PlanPolicy, on: date) -> date | None:
    """The day by which the plan is to be reviewed; None if it is not stated or beyond all years."""
    due = policy.review_every.after(on) if policy.review_every is not None else None
    return due if due is not None and is_known_day(due) else None


def _proposed(goals: Iterable[Goal], catalogue: Catalogue) -> tuple[Program, ...]:
    """The programmes that the plan proposes, each once."""
    steps = (step for goal in goals for step in goal.steps if step.act is Act.ENROL)
    ids = dict.fromkeys(program_id for step in steps for program_id in step.programs)
    return tuple(catalogue[program_id] for program_id in ids)


def _dosage(
    policy: DosagePolicy, profile: NeedsProfile, risk: str | None, proposed: Iterable[Program]
) -> DosagePlan | None:
    if policy.targets is None:
        return None
    return planned_dosage(policy, called_for(policy, profile, risk), proposed)


def _goals(
    profile: NeedsProfile,
    calling: Iterable[NeedSeen],
    serving: Serving,
    catalogue: Catalogue,
) -> Iterator[Goal]:
    """A goal to assess what is not known, and one for each need that calls for it."""
    yield from _assessment(profile.unknown)
    for need in calling:
        yield _goal(need, serving[need.domain], catalogue)


def _assessment(unknown: tuple[NeedSeen, ...]) -> Iterator[Goal]:
    if unknown:
        step = Step(step_id=StepId("assessment/assess"), act=Act.ASSESS)
        yield Goal(goal_id=GoalId("assessment"), needs=unknown, steps=(step,))


def _goal(need: NeedSeen, serving: Iterable[tuple[Offer, Answer]], catalogue: Catalogue) -> Goal:
    """A goal with one step for each open programme, and one for all that have to be clarified."""
    open_now = [offer for offer, answer in serving if answer is Answer.MET]
    unclear = tuple([offer for offer, answer in serving if answer is Answer.UNKNOWN])
    steps = [
        Step(
            step_id=StepId(f"{need.domain}/{offer.program_id}"),
            act=Act.ENROL,
            offers=(offer,),
            basis=catalogue[offer.program_id].basis,
            delivered_by=catalogue[offer.program_id].delivered_by,
        )
        for offer in open_now
    ]
    if unclear:
        step_id = StepId(f"{need.domain}/clarify")
        steps.append(Step(step_id=step_id, act=Act.CLARIFY, offers=unclear))
    return Goal(goal_id=GoalId(need.domain), needs=(need,), steps=tuple(steps))


def _gap(need: NeedSeen, serving: Iterable[tuple[Offer, Answer]]) -> Iterator[Gap]:
    offers = tuple([offer for offer, _ in serving])
    answers = {answer for _, answer in serving}
    if need.level is None:
        yield Gap(domain=need.domain, reason=GapReason.NEED_NOT_KNOWN)
    elif not offers:
        yield Gap(domain=need.domain, reason=GapReason.NOTHING_OFFERED)
    elif answers == {Answer.NOT_MET}:
        yield Gap(domain=need.domain, reason=GapReason.ALL_REFUSE, offers=offers)
    elif Answer.MET not in answers:
        yield Gap(domain=need.domain, reason=GapReason.NOT_YET_KNOWN, offers=offers)


def _draft_data(policy: PlanPolicy, goals: Iterable[Goal], catalogue: Catalogue) -> tuple[str, ...]:
    """The data under the plan that no reviewed source states, each once."""
    of_policy = ("plan_policy",) if policy.status is Status.DRAFT else ()
    return (*of_policy, *_draft_fields(goals, catalogue))


def _draft_fields(goals: Iterable[Goal], catalogue: Catalogue) -> tuple[str, ...]:
    """The same of its programmes, as ``program.field``."""
    used = []
    offers = (offer for goal in goals for step in goal.steps for offer in step.offers)
    for offer in {offer.program_id: offer for offer in offers}.values():
        if "serves" in catalogue[offer.program_id].draft:
            used.append(f"{offer.program_id}.serves")
        for node in offer.verdict.drafts():
            used.append(f"{offer.program_id}.{node.criterion.about.id or node.criterion}")
    return tuple(dict.fromkeys(used))


def _draft_rnr(
    policy: SequencePolicy, dosage: DosagePlan | None, turns: Iterable[Turn]
) -> Iterator[str]:
    """The same for the hours that are called for, and for the order."""
    if dosage is not None and dosage.target.status is Status.DRAFT:
        yield "dosage"
    drafts = {one.id for one in policy.classes if one.status is Status.DRAFT}
    if any(turn.sequence_class in drafts for turn in turns):
        yield "sequence"


# --- a draft that was stored --------------------------------------------------------------


@checked_arguments
def departures(
    plan: Plan, levels: tuple[str, ...], programs: Iterable[Program]
) -> tuple[Problem, ...]:
    """The parts of a draft that do not follow from its needs and its answers of programmes.

    From which level on a need calls for a goal is not told in it; but if one does, so does every
    need of that level or a higher one. Steps may have been worked on since, so any status will do.

    Args:
        plan: the draft.
        levels: the levels of need, lowest first.
        programs: the programmes whose answers it holds, in the order of the catalogue.
    """
    catalogue = {program.program_id: program for program in programs}
    offers = {offer.program_id: offer for offer in plan.offers}
    if any(offers[offer.program_id] != offer for offer in plan.offers) or offers.keys() - catalogue:
        return (_departure("goals", "one answer of each programme of the grounds"),)
    acted_on = {*(goal.goal_id for goal in plan.goals), *(gap.domain for gap in plan.uncovered)}
    called = [need.level for need in plan.needs if need.domain in acted_on and need.level in levels]
    lowest = min(map(levels.index, called), default=len(levels))
    profile = NeedsProfile(on=plan.drafted_on, levels=levels, needs=plan.needs)
    calling = profile.from_level(levels[lowest]) if called else ()
    in_order = [offers[program_id] for program_id in catalogue if program_id in offers]
    serving = _serving(plan.needs, in_order, catalogue)
    goals = () if plan.died else tuple(_goals(profile, calling, serving, catalogue))
    to_cover = [need for need in plan.needs if need.level is None or need in calling]
    gaps = tuple(gap for need in to_cover for gap in _gap(need, serving[need.domain]))
    drafts = _draft_fields(goals, catalogue)
    told = tuple(one for one in plan.draft_data if one not in ("plan_policy", "dosage", "sequence"))
    checks = (
        ("goals", "the goals that follow from the needs", _not_begun(plan.goals) == goals),
        ("uncovered", "the needs for which nothing is open", plan.uncovered == gaps),
        ("draft_data", "what the goals rest on and no source states", told == drafts),
    )
    return tuple(_departure(path, expected) for path, expected, follows in checks if not follows)


def _departure(path: str, expected: str) -> Problem:
    return Problem.of(None, "does_not_follow", expected, path=path, secret=True)


def _not_begun(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """The goals as they were drafted, whatever was done since."""
    return tuple(
        evolve(
            goal,
            steps=tuple(evolve(step, status=StepStatus.NOT_STARTED) for step in goal.steps),
        )
        for goal in goals
    )

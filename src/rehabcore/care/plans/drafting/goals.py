"""Goals of a draft: what is to be reached by when, and the steps that somebody takes towards it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve

from rehabcore.care.needs import NeedSeen
from rehabcore.care.plans.content import Actor, GoalKind, PlanGoal, PlanItem, PlanStep
from rehabcore.care.plans.drafting import wordings
from rehabcore.care.plans.drafting.given import DraftGiven, ImposedDuty
from rehabcore.care.plans.drafting.items import items_across_the_gate
from rehabcore.care.plans.drafting.serving import Served
from rehabcore.programs import Program
from rehabcore.rules.sources import Text
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import Basis, GoalId, ProgramId, RecordId, StepId

_KEPT = (GoalKind.SERVICE, GoalKind.OWN, GoalKind.PUBLIC_PROTECTION, GoalKind.VICTIM_SAFETY)
"""The kinds of goals that a new draft takes over from the plan before."""


class Goals:
    """The goals of one draft, and which of them an item serves.

    Args:
        given: what the draft is made from.
        needs: the needs that call for a goal.
        served: the needs that each programme serves.
        items: what is planned, without goals.
        asked: the domains of needs about which a question is asked.
        due: the day by which the next steps are to be taken.
        review: the day of the next review.
    """

    def __init__(
        self,
        given: DraftGiven,
        needs: Sequence[NeedSeen],
        served: Served,
        items: Sequence[PlanItem],
        *,
        asked: Iterable[str],
        due: date | None,
        review: date | None,
    ) -> None:
        self.given = given
        self.needs = needs
        self.served = served
        self.due = due
        self.review = review
        self.asked = frozenset(asked)
        self.catalogue = {program.program_id: program for program in given.programs}
        self.titles = dict(given.titles)
        self.items = items
        self.without_office = {item.item_id for item in items_across_the_gate(given, items)}
        self.goals_of_items: dict[ProgramId, list[GoalId]] = {item.program_id: [] for item in items}

    def all(self) -> tuple[PlanGoal, ...]:
        """All goals: to know more, needs in their order, duties and services, then those that stay.

        An id stands once: the first goal of it counts.
        """
        found: dict[GoalId, PlanGoal] = {}
        for goal in (
            *self._to_assess(),
            *self._of_needs(),
            *self._of_stale_needs(),
            *self._of_duties(),
            *self._of_other_items(),
            *self.given.standing,
            *self._of_the_plan_before(),
        ):
            found.setdefault(goal.goal_id, goal)
        return tuple(found.values())

    def with_goals(self) -> tuple[PlanItem, ...]:
        """The items, each with the goals that it serves. All goals have to be made before."""
        return tuple(
            evolve(item, goals=tuple(self.goals_of_items[item.program_id])) for item in self.items
        )

    def _to_assess(self) -> Iterator[PlanGoal]:
        unknown = self.given.profile.unknown
        steps = []
        if any(need.unknown is not UnknownKind.STALE for need in unknown):
            steps.append(self._step("assessment/assess", wordings.ASSESS, Actor.OFFICER))
        if any(need.unknown is UnknownKind.STALE for need in unknown):
            steps.append(self._step("assessment/anew", wordings.ASSESS_ANEW, Actor.OFFICER))
        by, domains = self.given.reassess_risk_by, [need.domain for need in unknown]
        if by is not None and (self.review is None or by <= self.review):
            risk = self._step("assessment/risk", wordings.ASSESS_RISK, Actor.OFFICER)
            steps.append(evolve(risk, due=by))
            domains = domains or [need.domain for need in self.given.profile.needs]
        if steps and domains:
            yield PlanGoal(
                goal_id=GoalId("assessment"),
                kind=GoalKind.ASSESSMENT,
                title=wordings.KNOW_THE_NEEDS,
                needs=tuple(domains),
                evidence=tuple(
                    dict.fromkeys(RecordId(one) for need in unknown for one in need.evidence)
                ),
                target=max((step.due for step in steps if step.due is not None), default=None),
                steps=tuple(steps),
            )

    def _of_needs(self) -> Iterator[PlanGoal]:
        for need in self.needs:
            serving = self._serving(need.domain)
            if serving or need.domain in self.asked:
                yield PlanGoal(
                    goal_id=GoalId(need.domain),
                    kind=GoalKind.NEED,
                    title=self.titles.get(need.domain, Text.of(en=need.domain)),
                    needs=(need.domain,),
                    evidence=tuple(map(RecordId, need.evidence)),
                    target=self._target(serving),
                    steps=self._serve(GoalId(need.domain), serving),
                )

    def _of_stale_needs(self) -> Iterator[PlanGoal]:
        """Goals of the plan before whose needs are no longer known: they stay as they are."""
        before = self.given.previous
        stale = {need.domain for need in self.given.profile.unknown}
        for goal in () if before is None else before.goals:
            if goal.kind is GoalKind.NEED and stale.issuperset(goal.needs):
                serving = [item for domain in goal.needs for item in self._serving(domain)]
                steps = self._serve(goal.goal_id, dict.fromkeys(serving))
                kept = {step.step_id: step for step in (*goal.steps, *steps)}
                yield evolve(goal, steps=tuple(kept.values()))

    def _of_duties(self) -> Iterator[PlanGoal]:
        """A goal for each duty that no need is about."""
        for duty in sorted(self.given.duties, key=lambda one: one.record_id):
            serving = [item for item in self.items if item.program_id == duty.subject]
            if not any(self.goals_of_items[item.program_id] for item in serving):
                yield self._duty(duty, serving)

    def _duty(self, duty: ImposedDuty, serving: Sequence[PlanItem]) -> PlanGoal:
        goal_id = GoalId(f"duty/{duty.record_id}")
        actor = Actor.PERSON if duty.subject not in self.catalogue else Actor.OFFICER
        steps = self._serve(goal_id, serving)
        return PlanGoal(
            goal_id=goal_id,
            kind=GoalKind.SERVICE,
            title=duty.title,
            evidence=(duty.record_id,),
            target=self._target(serving),
            steps=steps or (self._step(f"{goal_id}/do", duty.title, actor),),
        )

    def _of_other_items(self) -> Iterator[PlanGoal]:
        """A goal for each item that serves no other."""
        for item in self.items:
            if not self.goals_of_items[item.program_id]:
                goal_id = GoalId(f"service/{item.program_id}")
                yield PlanGoal(
                    goal_id=goal_id,
                    kind=GoalKind.SERVICE,
                    title=self.catalogue[item.program_id].title,
                    target=self._target([item]),
                    steps=self._serve(goal_id, [item]),
                )

    def _of_the_plan_before(self) -> Iterator[PlanGoal]:
        before = self.given.previous
        for goal in () if before is None else before.goals:
            service_ended = goal.kind is GoalKind.SERVICE and goal.goal_id.startswith("service/")
            if goal.kind in _KEPT and not service_ended:
                yield goal

    def _serving(self, domain: str) -> list[PlanItem]:
        return [item for item in self.items if domain in self.served[item.program_id]]

    def _program(self, item: PlanItem) -> Program:
        return self.catalogue[item.program_id]

    def _target(self, serving: Sequence[PlanItem]) -> date | None:
        """The day on which the last of some items ends; else that of the review; None for later."""
        if not serving:
            return None
        ends = [item.ends for item in serving]
        known = [end for end in ends if end is not None]
        return max(known) if len(known) == len(ends) else self.review

    def _serve(self, goal_id: GoalId, serving: Iterable[PlanItem]) -> tuple[PlanStep, ...]:
        """The steps towards a goal, which some items serve from now on."""
        steps = list[PlanStep]()
        for item in serving:
            self.goals_of_items[item.program_id].append(goal_id)
            steps.extend(self._steps(goal_id, item))
        return tuple(steps)

    def _steps(self, goal_id: GoalId, item: PlanItem) -> Iterator[PlanStep]:
        title, own = self._program(item).title, f"{goal_id}/{item.program_id}"
        if item.enrolment is not None:
            about = wordings.take_part_in(title)
            yield PlanStep(
                step_id=StepId(own), about=about, actor=Actor.PERSON, due=self._within(item.ends)
            )
        else:
            later = item.starts > self.given.on
            due = self._within(item.starts) if later else self.due
            about = wordings.decide_on(title)
            yield PlanStep(step_id=StepId(own), about=about, actor=Actor.OFFICER, due=due)
        if item.basis is Basis.VOLUNTARY and item.consent is None:
            about = wordings.ask_consent_to(title)
            yield self._step(f"{own}/consent", about, Actor.OFFICER)
        if item.item_id in self.without_office:
            yield self._step(f"{own}/office", wordings.FIND_AN_OFFICE, Actor.OFFICER)

    def _step(self, step_id: str, about: Text, actor: Actor) -> PlanStep:
        return PlanStep(step_id=StepId(step_id), about=about, actor=actor, due=self.due)

    def _within(self, day: date | None) -> date | None:
        """A day, but not after the end of the sentence."""
        end = self.given.sentence_end
        return day if day is None or end is None else min(day, end)

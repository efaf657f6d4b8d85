"""Goals of a draft: what is to be reached by when, and the steps that somebody takes towards it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve

from rehabcore.care.needs import NeedSeen
from rehabcore.care.plans.drafting import wordings
from rehabcore.care.plans.drafting.given import DraftGiven, ImposedDuty
from rehabcore.care.plans.drafting.timing import by_id, duties_by_subject, gate_ahead
from rehabcore.plans import Actor, GoalKind, PlanGoal, PlanItem, PlanStep
from rehabcore.programs import Program
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import Basis, GoalId, ProgramId, RecordId, Setting, StepId

_KEPT = (GoalKind.SERVICE, GoalKind.OWN, GoalKind.PUBLIC_PROTECTION, GoalKind.VICTIM_SAFETY)
"""The kinds of goals that a new draft takes over from the plan before."""
ASSESSMENT = GoalId("assessment/needs")
"""The goal to know the needs and the risk; no need domain has this name."""
RELEASE_DAY = GoalId("service/release-day")
"""The goal to know on which day the person leaves custody."""


def goals_served(
    given: DraftGiven, needs: Iterable[NeedSeen], served: frozenset[str], program_id: ProgramId
) -> tuple[GoalId, ...]:
    """The goals that a programme serves: those of needs, else that of a duty, else one of its own.

    Args:
        given: what the draft is made from.
        needs: the needs that call for a goal.
        served: the domains of the needs that the programme serves.
        program_id: the programme.
    """
    goals = [GoalId(need.domain) for need in needs if need.domain in served]
    goals += [g.goal_id for g in stale_goals(given) if not served.isdisjoint(g.needs)]
    duty = duties_by_subject(given).get(program_id)
    otherwise = of_service(program_id) if duty is None else of_duty(duty.record_id)
    return tuple(dict.fromkeys(goals)) or (otherwise,)


def stale_goals(given: DraftGiven) -> list[PlanGoal]:
    """The goals of the plan before about a need of which no level is known, or none any more.

    A plan of other software may name a need that the country does not: its goal stays as well.
    """
    if given.previous is None:
        return []
    known = {need.domain for need in given.profile.needs if need.level is not None}
    goals = given.previous.goals
    return [g for g in goals if g.kind is GoalKind.NEED and not known.issuperset(g.needs)]


def of_duty(record_id: RecordId) -> GoalId:
    """The goal of a duty that no need is about."""
    return GoalId(f"duty/{record_id}")


def of_service(program_id: ProgramId) -> GoalId:
    """The goal of a programme or service that serves no other."""
    return GoalId(f"service/{program_id}")


class Goals:
    """The goals of one draft, and which of them an item serves.

    Args:
        given: what the draft is made from.
        needs: the needs that call for a goal.
        items: what is planned, with the goals that it serves.
        asked: the domains of needs about which a question is asked.
        in_parts: the domains of needs of which nobody says in which part they were found, and of
            which a programme serves a part.
        barred: the programmes that nobody can plan as things stand.
        due: the day by which the next steps are to be taken.
        review: the day of the next review.
    """

    def __init__(
        self,
        given: DraftGiven,
        needs: Sequence[NeedSeen],
        items: Sequence[PlanItem],
        *,
        asked: Iterable[str],
        in_parts: Iterable[str],
        barred: Collection[ProgramId],
        due: date | None,
        review: date | None,
    ) -> None:
        self.given = given
        self.needs = needs
        self.due = due
        self.review = review
        self.asked = frozenset(asked)
        self.in_parts = tuple(sorted(set(in_parts)))
        self.barred = barred
        self.catalogue = by_id(given)
        self.titles = dict(given.titles)
        self.consents_until = {one.record_id: one.ends for one in given.consents}
        self.items = items
        self.across_the_gate = gate_ahead(given) is not None and not given.receiving_office

    def all(self) -> tuple[PlanGoal, ...]:
        """All goals: to know more, needs in their order, duties and services, then those that stay.

        An id stands once: the first goal of it counts. One of another kind that stays has a longer
        id then, since it is another goal.
        """
        found: dict[GoalId, PlanGoal] = {}
        for goal in (
            *self._to_assess(),
            *self._of_needs(),
            *self._of_stale_needs(),
            *self._of_duties(),
            *self._of_overdue_release(),
            *self._of_other_items(),
            *self.given.standing,
            *self._of_the_plan_before(),
        ):
            own = goal.goal_id
            while own in found and found[own].kind is not goal.kind:
                own = GoalId(f"{goal.kind.value}/{own}")
            found.setdefault(own, goal if own == goal.goal_id else evolve(goal, goal_id=own))
        return _with_steps_of_their_own(tuple(found.values()))

    def _to_assess(self) -> Iterator[PlanGoal]:
        """To know the needs and the risk: what is unknown, contested, or known only roughly."""
        unknown, steps = self.given.profile.unknown, list[PlanStep]()
        contested = [need for need in self.given.profile.needs if need.contested]
        if any(need.unknown is not UnknownKind.STALE for need in unknown):
            steps.append(self._step("assessment/assess", wordings.ASSESS, Actor.OFFICER))
        if any(need.unknown is UnknownKind.STALE for need in unknown):
            steps.append(self._step("assessment/anew", wordings.ASSESS_ANEW, Actor.OFFICER))
        if contested or self.given.risk_contested:
            steps.append(self._step("assessment/contest", wordings.DECIDE_CONTEST, Actor.OFFICER))
        for domain in self.in_parts:
            about = wordings.find_part_of(self.titles.get(domain) or Text.of(en=domain))
            steps.append(self._step(f"assessment/part/{domain}", about, Actor.OFFICER))
        steps += self._to_assess_risk()
        about_needs = {need.domain for need in (*unknown, *contested)}.union(self.in_parts)
        needs = [
            need
            for need in self.given.profile.needs
            if need.domain in about_needs or not about_needs
        ]
        if steps and needs:
            evidence = [one for need in needs if about_needs for one in need.evidence]
            yield PlanGoal(
                goal_id=ASSESSMENT,
                kind=GoalKind.ASSESSMENT,
                title=wordings.KNOW_THE_NEEDS,
                needs=tuple(need.domain for need in needs),
                evidence=tuple(dict.fromkeys(map(RecordId, evidence))),
                target=max((step.due for step in steps if step.due is not None), default=None),
                steps=tuple(steps),
            )

    def _to_assess_risk(self) -> Iterator[PlanStep]:
        by = self.given.reassess_risk_by
        anew = by is not None and (self.review is None or by <= self.review)
        if anew or self.given.risk is None:
            about = wordings.ASSESS_RISK_ANEW if anew else wordings.ASSESS_RISK
            risk = self._step("assessment/risk", about, Actor.OFFICER)
            yield evolve(risk, due=by) if anew else risk

    def _of_overdue_release(self) -> Iterator[PlanGoal]:
        """To know when the person leaves, where the day that was told has passed without it."""
        if self.given.release_overdue:
            step = self._step(f"{RELEASE_DAY}/ask", wordings.ASK_RELEASE, Actor.OFFICER)
            yield PlanGoal(
                goal_id=RELEASE_DAY,
                kind=GoalKind.SERVICE,
                title=wordings.KNOW_THE_RELEASE,
                target=step.due,
                steps=(step,),
            )

    def _of_needs(self) -> Iterator[PlanGoal]:
        for need in self.needs:
            serving = self._serving(GoalId(need.domain))
            if serving or need.domain in self.asked:
                yield PlanGoal(
                    goal_id=GoalId(need.domain),
                    kind=GoalKind.NEED,
                    title=self.titles.get(need.domain) or Text.of(en=need.domain),
                    needs=(need.domain,),
                    evidence=tuple(map(RecordId, need.evidence)),
                    target=self._target(serving),
                    steps=self._serve(GoalId(need.domain), serving),
                )

    def _of_stale_needs(self) -> Iterator[PlanGoal]:
        """Goals of the plan before whose needs are no longer known: they stay as they are."""
        for goal in stale_goals(self.given):
            steps = self._serve(goal.goal_id, self._serving(goal.goal_id))
            kept = {step.step_id: step for step in (*goal.steps, *steps)}
            yield evolve(goal, steps=tuple(kept.values()))

    def _of_duties(self) -> Iterator[PlanGoal]:
        """A goal for each duty that no need is about, and that no item fulfils."""
        obliged = {item.program_id for item in self.items if item.basis is Basis.MANDATORY}
        for duty in sorted(self.given.duties, key=lambda one: one.record_id):
            serving = self._serving(of_duty(duty.record_id))
            if serving or duty.subject not in obliged:
                yield self._duty(duty, serving)

    def _duty(self, duty: ImposedDuty, serving: Sequence[PlanItem]) -> PlanGoal:
        goal_id = of_duty(duty.record_id)
        steps = self._serve(goal_id, serving)
        own, about, actor = f"{goal_id}/do", duty.title, Actor.PERSON
        if duty.subject in self.catalogue:
            barred = duty.subject in self.barred
            worded = wordings.ask_about_duty if barred else wordings.decide_on
            about, actor = worded(duty.title), Actor.OFFICER
        step = self._step(own, about, actor)
        if duty.starts is not None:
            step = evolve(step, due=self._within(duty.starts))
        return PlanGoal(
            goal_id=goal_id,
            kind=GoalKind.SERVICE,
            title=duty.title,
            evidence=(duty.record_id,),
            target=self._target(serving),
            steps=steps or (step,),
        )

    def _of_other_items(self) -> Iterator[PlanGoal]:
        """A goal for each item that serves no other."""
        for item in self.items:
            goal_id = of_service(item.program_id)
            if goal_id in item.goals:
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

    def _serving(self, goal_id: GoalId) -> list[PlanItem]:
        return [item for item in self.items if goal_id in item.goals]

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
        """The steps towards a goal that some items serve."""
        return tuple(step for item in serving for step in self._steps(goal_id, item))

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
        ends = self.consents_until.get(item.consent) if item.consent is not None else None
        if ends is not None and (item.ends is None or ends < item.ends):
            about = wordings.ask_consent_to(title)
            again = self._step(f"{own}/consent", about, Actor.OFFICER)
            yield evolve(again, due=ends - ONE_DAY)  # the last on which it holds
        if self.across_the_gate and item.setting in {None, Setting.COMMUNITY}:
            yield self._step(f"{own}/office", wordings.FIND_AN_OFFICE, Actor.OFFICER)

    def _step(self, step_id: str, about: Text, actor: Actor) -> PlanStep:
        return PlanStep(step_id=StepId(step_id), about=about, actor=actor, due=self.due)

    def _within(self, day: date | None) -> date | None:
        """A day, but not after the end of a sentence that is not over yet."""
        end = self.given.sentence_end
        return day if day is None or end is None or end <= self.given.on else min(day, end)


def _with_steps_of_their_own(goals: tuple[PlanGoal, ...]) -> tuple[PlanGoal, ...]:
    """The goals, of which a step of the plan before has a longer id where a new one has its own."""
    ids = [step.step_id for goal in goals for step in goal.steps]
    if len(set(ids)) == len(ids):
        return goals
    told, found = set[StepId](), list[PlanGoal]()
    for goal in goals:
        steps = list[PlanStep]()
        for step in goal.steps:
            own = step.step_id
            while own in told:
                own = StepId(f"{goal.goal_id}/{own}")
            told.add(own)
            steps.append(evolve(step, step_id=own))
        found.append(evolve(goal, steps=tuple(steps)))
    return tuple(found)

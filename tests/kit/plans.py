"""Small sound plans to change, for examples of what fits and what does not."""

from datetime import date
from decimal import Decimal

from rehabcore.care.needs.profile import NeedSeen
from rehabcore.care.plans.book import (
    AgreementAnswered,
    CopyGiven,
    LifeTurned,
    Noted,
    PlanAnswer,
    PlanBook,
    PlanLifeEvent,
    PlanType,
    SignatureEvent,
    SignatureNoted,
    StepNoted,
    VersionOpened,
)
from rehabcore.care.plans.hashes import hash_of_content
from rehabcore.plans import (
    Actor,
    GoalKind,
    PlanContent,
    PlanGoal,
    PlanItem,
    PlanStep,
)
from rehabcore.rules.sources import Text
from rehabcore.strict.vocabulary import (
    Basis,
    CaseId,
    GoalId,
    ItemId,
    ProgramId,
    RecordId,
    StaffId,
    StepId,
    StepStatus,
)

DAY = date(2026, 11, 16)


def words(text: str) -> Text:
    """A text in English."""
    return Text(wordings=(("en", text),))


def step() -> PlanStep:
    """A step that an officer takes within a month."""
    return PlanStep(
        step_id=StepId("peers/refer"),
        about=words("Refer to the course"),
        actor=Actor.OFFICER,
        due=date(2026, 12, 16),
    )


def goal() -> PlanGoal:
    """A goal that lowers one need."""
    return PlanGoal(
        goal_id=GoalId("peers"),
        kind=GoalKind.NEED,
        title=words("Other friends"),
        needs=("peers",),
        target=date(2027, 5, 16),
        steps=(step(),),
    )


def item() -> PlanItem:
    """A voluntary course that serves the goal."""
    return PlanItem(
        item_id=ItemId("course"),
        program_id=ProgramId("course"),
        goals=(GoalId("peers"),),
        basis=Basis.VOLUNTARY,
        starts=DAY,
        ends=date(2027, 5, 16),
        consent=RecordId("c-1"),
        hours=Decimal(40),
        hours_a_week=Decimal(2),
    )


def content() -> PlanContent:
    """A plan of one goal, which one course serves."""
    return PlanContent(
        starts=DAY,
        component_of=words("Sentence plan"),
        review_due=date(2027, 5, 16),
        needs=(NeedSeen(domain="peers", level="high", assessed_on=DAY, evidence=("a-1",)),),
        goals=(goal(),),
        items=(item(),),
    )


def noted(place: int, on: date = DAY) -> Noted:
    """An entry of an officer that was recorded on its day."""
    return Noted(place=place, on=on, recorded_on=on, by=StaffId("officer-1"))


def book() -> PlanBook:
    """A book with one version, which nobody has answered or signed."""
    opened = VersionOpened(noted=noted(1), version=1, occasion=PlanType.INITIAL, content=content())
    return PlanBook(plan_id="plan-1", case_id=CaseId("case-1"), versions=(opened,))


def followed(what: PlanContent, case_id: CaseId, *closed: StepId, on: date) -> PlanBook:
    """The book of a plan that is active on a day, of which some steps are completed."""
    own, events = hash_of_content(what), (PlanLifeEvent.PROPOSED, PlanLifeEvent.ACTIVATED)
    return PlanBook(
        plan_id="plan-1",
        case_id=case_id,
        versions=(
            VersionOpened(noted=noted(1, on), version=1, occasion=PlanType.INITIAL, content=what),
        ),
        life=tuple(
            LifeTurned(noted=noted(place, on), version=1, event=event)
            for place, event in zip((2, 6), events, strict=True)
        ),
        answers=(AgreementAnswered(noted=noted(3, on), version=1, answer=PlanAnswer.AGREES),),
        signatures=(
            SignatureNoted(
                noted=noted(4, on),
                version=1,
                content_hash=own,
                event=SignatureEvent.SIGNED,
                role="officer",
            ),
        ),
        copies=(CopyGiven(noted=noted(5, on), version=1, content_hash=own, language="en"),),
        steps=tuple(
            StepNoted(
                noted=noted(place, on), version=1, step_id=step_id, status=StepStatus.COMPLETED
            )
            for place, step_id in enumerate(closed, 7)
        ),
    )

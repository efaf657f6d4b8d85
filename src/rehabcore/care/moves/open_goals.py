"""The open goals of a plan, as they go along when a person moves or is handed over."""

from datetime import date
from enum import StrEnum

from attrs import field

from rehabcore.plans import Actor, GoalKind
from rehabcore.records.fields import PROGRAMS, word
from rehabcore.rules.sources import Text
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import one_line
from rehabcore.strict.vocabulary import GoalId, ProgramId, StepId, StepStatus


class OpenGoalReason(StrEnum):
    """Why a goal is open."""

    OPEN_STEPS = "open_steps"
    NO_STEPS = "no_steps"
    """Nothing is planned towards it yet."""
    STEPS_CLOSED = "steps_closed"
    """All its steps are closed; somebody has to say whether it is reached."""


@frozen(kw_only=True)
@checked
class OpenStep:
    """An open step of a goal: what is to be done, by whom, by the end of which day."""

    step_id: StepId
    about: Text = field(repr=False)
    actor: Actor
    due: date | None = None
    status: StepStatus = StepStatus.NOT_STARTED


@frozen(kw_only=True)
@checked
class OpenGoal:
    """An open goal, with its open steps and the programmes that the plan has for it.

    ``needs`` are the domains of the needs that it is about.
    """

    goal_id: GoalId
    kind: GoalKind
    title: Text = field(repr=False)
    reason: OpenGoalReason
    needs: tuple[str, ...] = field(default=(), metadata=word("need_domains"))
    target: date | None = None
    steps: tuple[OpenStep, ...] = ()
    programs: tuple[ProgramId, ...] = field(default=(), metadata=SECRET | word(PROGRAMS))

    def __repr__(self) -> str:
        return f"<OpenGoal {one_line(self.goal_id)}: {len(self.steps)} open steps>"

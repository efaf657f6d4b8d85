"""Individual plans: all that a plan says, which people agree to and sign.

How it went since is no part of it: progress is told beside it, in the plan's book (``care.plans``).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from attrs import field

from rehabcore.care.needs.groups import MixingOverride
from rehabcore.care.needs.profile import NeedSeen
from rehabcore.care.plans.schedules.calendars import MINUTES_OF_A_DAY, minute_of
from rehabcore.care.plans.schedules.recurrence import MOST_SESSIONS, problems_of_recurrence
from rehabcore.records.fields import PROGRAMS, refers_to, word
from rehabcore.records.sessions import wall_times
from rehabcore.rules.sources import Text
from rehabcore.rules.time.partial import Day
from rehabcore.strict.checked import SECRET, checked, codes_only, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, one_of
from rehabcore.strict.vocabulary import (
    Basis,
    Deliverer,
    GoalId,
    ItemId,
    Modality,
    ProgramId,
    RecordId,
    Setting,
    StepId,
)

__all__ = [
    "Actor",
    "Deferral",
    "GoalKind",
    "HoursShort",
    "NeedRefused",
    "PlanContent",
    "PlanGoal",
    "PlanItem",
    "PlanQuestion",
    "PlanStep",
    "PlannedSession",
]


def __dir__() -> list[str]:
    return __all__


MOST_OF_A_KIND = 200
"""The most goals of a plan, and the most items, questions, deferrals or refusals."""


class GoalKind(StrEnum):
    """The purpose of a goal."""

    NEED = "need"
    """To lower an assessed need."""
    ASSESSMENT = "assessment"
    """To find out what is not known, or no longer known."""
    SERVICE = "service"
    """To get something that no need domain is about, such as legal aid or a card."""
    OWN = "own"
    """To reach something that the person wants."""
    PUBLIC_PROTECTION = "public_protection"
    VICTIM_SAFETY = "victim_safety"


class Actor(StrEnum):
    """The one who takes a step."""

    PERSON = "person"
    OFFICER = "officer"
    PSYCHOLOGIST = "psychologist"
    SOCIAL_WORKER = "social_worker"
    PEER = "peer"
    INSTITUTION = "institution"
    SUPPORTER = "supporter"


@frozen(kw_only=True)
@checked
class PlanStep:
    """Something that one actor does for a goal, by the end of the day ``due``."""

    step_id: StepId
    about: Text = field(repr=False)
    actor: Actor
    due: date | None = None

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "step_id")
        yield from _worded(self.about, "about")


@frozen(kw_only=True)
@checked
class PlanGoal:
    """Something to reach. A goal without ``target`` day is one for the future.

    ``needs`` are the domains that it serves, ``evidence`` the records of the case file that show
    them. Only a goal of kind ``need`` or ``assessment`` has needs.
    """

    goal_id: GoalId
    kind: GoalKind
    title: Text = field(repr=False)
    needs: tuple[str, ...] = field(default=(), metadata=word("need_domains"))
    evidence: tuple[RecordId, ...] = field(default=(), metadata=SECRET)
    target: date | None = None
    steps: tuple[PlanStep, ...] = ()

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "goal_id")
        yield from _worded(self.title, "title")
        if bool(self.needs) is not (self.kind in (GoalKind.NEED, GoalKind.ASSESSMENT)):
            expected = "needs in goals of kind need or assessment, and only there"
            yield Problem.of(list(self.needs), "contradicts_itself", expected, path="needs")


@frozen(kw_only=True)
@checked
class PlannedSession:
    """A session on one day. ``starts_at`` is the time on the wall, ``"14:30"``; empty if open.

    ``in_place_of`` is the day of a session that fell out, and that this one makes up for: the day
    that was meant first, if it was planned again more than once.
    """

    day: date
    starts_at: str = ""
    minutes: int | None = None
    in_place_of: date | None = None

    def _problems(self) -> Iterable[Problem]:
        yield from problems_of_time(self, self.starts_at, self.minutes)
        if self.in_place_of == self.day:
            expected = "another day, or nothing"
            yield Problem.of(self.day, "contradicts_itself", expected, path="in_place_of")


@frozen(kw_only=True)
@checked
class PlanItem:
    """A programme or service of the plan, from ``starts`` up to, and not including, ``ends``.

    ``goals`` are those that it serves. ``requirement`` is the record that obliges the person to
    take part, ``consent`` that by which the person agreed; ``enrolment`` the one that goes on.
    ``hours`` are those still planned; ``office`` delivers it. With ``aftercare`` it may go on after
    the end of the sentence. ``group_level`` is the level of risk of its group, if there is one.
    With ``breach_after``, so many absences without a reason are reported as a breach.
    ``recurrence`` is the rule from which ``sessions`` were made (``recurring_days``); the sessions
    are what counts, at most 2,000.
    """

    item_id: ItemId
    program_id: ProgramId = field(metadata=SECRET | word(PROGRAMS))
    goals: tuple[GoalId, ...]
    basis: Basis
    starts: date
    ends: date | None = None
    requirement: RecordId | None = field(default=None, metadata=SECRET | refers_to("requirements"))
    consent: RecordId | None = field(default=None, metadata=SECRET | refers_to("consents"))
    enrolment: RecordId | None = field(default=None, metadata=SECRET | refers_to("enrolments"))
    modality: Modality | None = None
    delivered_by: Deliverer | None = None
    office: str = field(default="", metadata=SECRET)
    setting: Setting | None = None
    aftercare: bool = False
    hours: Decimal | None = None
    hours_a_week: Decimal | None = None
    breach_after: int | None = None
    group_level: str | None = None
    group_override: MixingOverride | None = None
    recurrence: str = ""
    sessions: tuple[PlannedSession, ...] = ()

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "item_id")
        if self.ends is not None and self.ends <= self.starts:
            expected = f"a day after {self.starts.isoformat()}: the first that no longer counts"
            yield Problem.of(self.ends, "ends_before_start", expected, path="ends")
        for name in ("hours", "hours_a_week"):
            number = getattr(self, name)
            if number is not None and number < 0:
                yield Problem.of(number, "out_of_range", "0 or more hours", path=name)
        if self.breach_after is not None and self.breach_after < 1:
            yield Problem.of(self.breach_after, "out_of_range", "1 or more", path="breach_after")
        if self.recurrence:
            yield from problems_of_recurrence(self.recurrence)
        yield from _at_most(self.sessions, MOST_SESSIONS, "sessions")


@frozen(kw_only=True)
@checked
class PlanQuestion:
    """Something to find out by a day: what a programme needs to know, and who can tell.

    ``fact`` is the fact that is not known; ``asks`` names who is asked for it, a code of the fact's
    steward. It covers no need, and counts for no hours.
    """

    question_id: str
    program_ids: tuple[ProgramId, ...] = field(metadata=SECRET | word(PROGRAMS))
    fact: str
    asks: str
    due: date | None = None
    goals: tuple[GoalId, ...] = ()

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "question_id")


@frozen(kw_only=True)
@checked
class Deferral:
    """A need that the plan leaves for later, why, and the day on which it is looked at again."""

    need: str = field(metadata=word("need_domains"))
    reason: str = field(repr=False)
    until: date | None = None


@frozen(kw_only=True)
@checked
class NeedRefused:
    """A need for which the person wants nothing, or no programme that is open, since a day."""

    need: str = field(metadata=word("need_domains"))
    program_ids: tuple[ProgramId, ...] = field(default=(), metadata=SECRET | word(PROGRAMS))
    since: Day
    reason: str = field(default="", repr=False, metadata=SECRET)


@frozen(kw_only=True)
@checked
class HoursShort:
    """Hours that are called for and not planned, and the reason for it."""

    called_for: Decimal
    planned: Decimal
    reason: str

    def _problems(self) -> Iterable[Problem]:
        if not Decimal(0) <= self.planned < self.called_for:
            expected = "fewer hours than are called for"
            yield Problem.of(self.planned, "out_of_range", expected, path="planned")


@frozen(kw_only=True)
@checked
class PlanContent:
    """All that a version of a plan says, complete in itself.

    It holds from ``starts``. ``needs`` and ``risk`` are what was known of the person when it was
    written. ``holder`` is the accountable office, empty if it is not known.

    Raises:
        InputError: an id stands twice, something refers to a goal that is not there, or a list is
            too long.
    """

    starts: date
    component_of: Text
    review_due: date | None = None
    holder: str = field(default="", metadata=SECRET)
    risk: str | None = None
    needs: tuple[NeedSeen, ...] = ()
    goals: tuple[PlanGoal, ...] = ()
    items: tuple[PlanItem, ...] = ()
    questions: tuple[PlanQuestion, ...] = ()
    deferrals: tuple[Deferral, ...] = ()
    refusals: tuple[NeedRefused, ...] = ()
    shortfall: HoursShort | None = None

    def __repr__(self) -> str:
        return f"<PlanContent of {len(self.goals)} goals and {len(self.items)} items>"

    def goal(self, goal_id: GoalId) -> PlanGoal | None:
        """The goal of an id; None if there is none."""
        return next((goal for goal in self.goals if goal.goal_id == goal_id), None)

    def _problems(self) -> Iterable[Problem]:
        too_long = [
            problem
            for name in ("goals", "items", "questions", "deferrals", "refusals")
            for problem in _at_most(getattr(self, name), MOST_OF_A_KIND, name)
        ]
        yield from too_long
        if not too_long:
            yield from self._repeated()
            yield from self._dangling()

    def _repeated(self) -> Iterator[Problem]:
        plainly: tuple[list[str], ...] = (
            [goal.goal_id for goal in self.goals],
            [step.step_id for goal in self.goals for step in goal.steps],
            [item.item_id for item in self.items],
            [one.question_id for one in self.questions],
        )
        if all(len(set(ids)) == len(ids) for ids in plainly):
            return  # before any path is told, as of most plans none has to be
        steps = [
            (f"goals[{index}].steps[{place}].step_id", step.step_id)
            for index, goal in enumerate(self.goals)
            for place, step in enumerate(goal.steps)
        ]
        for ids in (
            [(f"goals[{i}].goal_id", goal.goal_id) for i, goal in enumerate(self.goals)],
            steps,
            [(f"items[{i}].item_id", item.item_id) for i, item in enumerate(self.items)],
            [
                (f"questions[{i}].question_id", one.question_id)
                for i, one in enumerate(self.questions)
            ],
        ):
            seen = set[str]()
            for path, one in ids:
                if one in seen:
                    yield Problem.of(one, "duplicate_id", "an id that stands once", path=path)
                seen.add(one)

    def _dangling(self) -> Iterator[Problem]:
        known = {goal.goal_id: None for goal in self.goals}
        named = [item.goals for item in self.items] + [one.goals for one in self.questions]
        if all(map(known.__contains__, chain.from_iterable(named))):
            return
        expected = one_of(known)  # told once: a file may have thousands that lead nowhere
        for name in ("items", "questions"):
            for index, one in enumerate(getattr(self, name)):
                for place, goal_id in enumerate(one.goals):
                    if goal_id not in known:
                        path = f"{name}[{index}].goals[{place}]"
                        yield Problem.of(goal_id, "dangling_id", expected, path=path)


def problems_of_time(record: object, starts_at: str, minutes: int | None) -> Iterator[Problem]:
    """The problems of the time and length of a session.

    Args:
        record: what has them as its fields.
        starts_at: the time on the wall; empty if open.
        minutes: the length; None if it is not known.
    """
    wrong = tuple(wall_times(record, "starts_at"))
    yield from wrong
    if minutes is not None:
        starts = minute_of(starts_at) if starts_at and not wrong else 0
        most = MINUTES_OF_A_DAY - starts
        if not 1 <= minutes <= most:
            expected = f"1 to {most} minutes: a session ends on its day"
            yield Problem.of(minutes, "out_of_range", expected, path="minutes")


def _worded(text: Text, path: str) -> Iterator[Problem]:
    """The problem of a text that says nothing in one of its languages."""
    if not all(words.strip() for _, words in text.wordings):
        yield Problem.of("", "out_of_range", "words that say what is meant", path=path)


def _at_most(items: tuple[object, ...], most: int, name: str) -> Iterator[Problem]:
    if len(items) > most:
        yield Problem(
            code="too_large", path=name, found=f"{len(items)}", expected=f"at most {most}"
        )

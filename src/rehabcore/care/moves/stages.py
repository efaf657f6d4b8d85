"""Where a transition stands: the states of its two axes, and everything that is told of it."""

from datetime import date
from enum import StrEnum

from attrs import field

from rehabcore.rules.sources import Text
from rehabcore.rules.time.partial import Day
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId, TransitionEvent


class Preparation(StrEnum):
    """How far a transition is prepared: the states of the machine ``transition``."""

    IDENTIFIED = "identified"
    ASSESSED = "assessed"
    PLANNED = "planned"
    REFERRED = "referred"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NO_RESPONSE = "no_response"
    """An office was asked, and did not answer in time. Never filed."""
    ESCALATED = "escalated"
    READY = "ready"
    CLOSED = "closed"


class Arrival(StrEnum):
    """How far the person has arrived: the states of the machine ``arrival``."""

    HERE = "here"
    """The person has not moved yet."""
    MOVED = "moved"
    FIRST_CONTACT = "first_contact"
    CONTACT_MISSED = "contact_missed"
    ENGAGED = "engaged"
    LOST = "lost"
    CLOSED = "closed"


class Closing(StrEnum):
    """Why a transition is closed."""

    FILED = "filed"
    """Somebody closed it."""
    OVERTAKEN = "overtaken"
    """The person moved on by another move, as after a recall."""
    DIED = "died"


class TaskKind(StrEnum):
    """Something that is due in a transition."""

    FIND_AN_OFFICE = "find_an_office"
    """Nobody has taken over: refer, refer elsewhere, or escalate."""
    SET_AN_APPOINTMENT = "set_an_appointment"
    FINISH_THE_CHECKLIST = "finish_the_checklist"
    MAKE_CONTACT = "make_contact"


@frozen(kw_only=True)
@checked
class Task:
    """Something that is due, by a day if one is known. ``item`` is one of the checklist."""

    kind: TaskKind
    due: date | None = None
    item: str = field(default="", metadata=SECRET)


@frozen(kw_only=True)
@checked
class ReferralSeen:
    """An office that was asked to take over, and what it answered.

    ``due`` is the last day for an answer, None if no day is stated. ``answer`` is the last one, if
    there is any. ``silent_from`` is the day from which it kept silent too long.
    """

    office: str = field(metadata=SECRET)
    referred_on: Day
    due: date | None = None
    answer: TransitionEvent | None = None
    silent_from: date | None = None


class Misplacement(StrEnum):
    """Why an act does not fit; it happened all the same."""

    NOT_FROM_HERE = "not_from_here"
    """The table does not allow it from where the transition stood."""
    NOT_BY_THE_OFFICE = "not_by_the_office"
    """The answer of an office is a statement of its own, and another one filed it."""
    NOT_ASKED = "not_asked"
    """An office declined that nobody had asked or named."""
    ACCEPTED_ALREADY = "accepted_already"
    """The acceptance of another office holds."""
    NOT_READY = "not_ready"
    """Nobody had taken over and nothing was waived, or appointment or checklist were missing."""
    TOO_LATE = "too_late"
    """The office was asked later after the move than the country allows."""


@frozen(kw_only=True)
@checked
class Misplaced:
    """An act that happened, though it does not fit where the transition stood.

    ``allowed`` are the events that would have fitted.
    """

    act: RecordId
    event: TransitionEvent
    why: Misplacement
    allowed: tuple[str, ...] = ()


@frozen(kw_only=True)
@checked
class ItemSeen:
    """An item of the checklist. ``entry`` is the record that settles it; None while it is open."""

    item: str = field(metadata=SECRET)
    entry: RecordId | None = None


@frozen(kw_only=True)
@checked
class TransitionSeen:
    """Where a transition stands on a day.

    ``title`` is that of the move. ``taken_by`` is the office whose acceptance holds, or that
    somebody above named, and ``taken_by_act`` the record that says so. ``lapsed_on`` is the day on
    which the last acceptance lapsed, ``waived_by`` the record of a waiver. The move was
    ``unplanned`` if nobody had taken over and nothing was waived, or if appointment or checklist
    were missing; None before it.
    """

    transition: RecordId = field(metadata=SECRET)
    move: str
    title: Text
    preparation: Preparation
    arrival: Arrival
    planned_for: Day | None = None
    referrals: tuple[ReferralSeen, ...] = ()
    taken_by: str = field(default="", metadata=SECRET)
    taken_by_act: RecordId | None = None
    lapsed_on: date | None = None
    waived_by: RecordId | None = None
    appointment: Day | None = None
    appointment_act: RecordId | None = None
    checklist: tuple[ItemSeen, ...] = ()
    moved_on: date | None = None
    moved_to: str = field(default="", metadata=SECRET)
    unplanned: bool | None = None
    closed_on: date | None = None
    closed_why: Closing | None = None
    misplaced: tuple[Misplaced, ...] = ()
    tasks: tuple[Task, ...] = ()

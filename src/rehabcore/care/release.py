"""The plan of a release: what is to be done by which day, laid from the day of release.

Each country states its own items. A release that nobody was told of has the same items as any
other; those that are late are marked. If the day moves, everything is laid anew, and an earlier day
makes nothing due later.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from attrs import evolve, field

from rehabcore.care.release_days import ReleaseDay
from rehabcore.records import CaseFile, ChecklistEntry
from rehabcore.records.fields import word
from rehabcore.rules.facts import Forever
from rehabcore.rules.machines.deadlines import (
    AnchorDay,
    Deadline,
    Due,
    DueState,
    WorkingCalendar,
    due_state,
    laid,
)
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import ONE_DAY, Term
from rehabcore.rules.time.partial import Day, between, first_of, last_of
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import SECRET, checked, codes_only
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import ChecklistOutcome, RecordId, TransitionEvent

RELEASE = "release"
"""The anchor from which the deadlines of a country are laid."""


# --- what a country states ----------------------------------------------------------------


@frozen(kw_only=True)
@checked
class AftercareAgreement:
    """An agreement with the person on which help after release rests.

    ``elements`` are what it has to settle, as items of the country's checklist.
    """

    id: str
    title: Text
    elements: tuple[str, ...]
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "id")


@frozen(kw_only=True)
@checked
class StatedFigure:
    """A number of people that a source states, perhaps of how many.

    ``of`` is None if the source does not say of how many they are.
    """

    id: str
    title: Text
    count: int
    of: int | None = None
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "id")
        if not 0 <= self.count <= (self.count if self.of is None else self.of):
            expected = "0 or more, and at most of how many they are"
            yield Problem.of(self.count, "out_of_range", expected, path="count")

    @property
    def rate(self) -> Fraction | None:
        """The share of people; None if nobody says of how many, or of nobody."""
        return Fraction(self.count, self.of) if self.of else None


@frozen(kw_only=True)
@checked
class ReleasePolicy:
    """The items of a release in one country, and the agreements on help after it.

    ``deadlines`` are what has to be done, ``offers`` what the person may take up within its days.
    ``figures`` are what sources state of people after release. ``milestone`` is the kind of
    milestone that tells the projected day of release.
    """

    deadlines: tuple[Deadline, ...] = ()
    offers: tuple[Deadline, ...] = ()
    agreements: tuple[AftercareAgreement, ...] = ()
    figures: tuple[StatedFigure, ...] = ()
    milestone: str | None = None


# --- the plan -----------------------------------------------------------------------------


class ReleaseMark(StrEnum):
    """Something about the day of release that makes it harder to be in time."""

    WITHOUT_NOTICE = "without_notice"
    """Nobody prepared it before the day itself."""
    FREE_DAY = "free_day"
    BEFORE_FREE_DAY = "before_free_day"
    """Offices are closed on the day after."""


class ItemMark(StrEnum):
    """Why an item is late."""

    LATE = "late"
    """It is overdue, or was done late."""
    KNOWN_TOO_LATE = "known_too_late"
    """Its last day had passed when the release was first prepared."""


@frozen(kw_only=True)
@checked
class PlannedItem:
    """One item of the release, with its days; None where the day of release is not known.

    ``done`` is the day on which it was done, ``record_id`` the record that says so. What is
    ``offered`` is never late.
    """

    code: str
    title: Text
    due: Day | None
    opens: Day | None
    state: DueState
    done: Day | None = None
    record_id: RecordId | None = field(default=None, metadata=SECRET)
    marks: tuple[ItemMark, ...] = ()
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT
    offered: bool = False


class ContactCounts(StrEnum):
    """Whether a contact after release counts as made within the country's window."""

    COUNTED = "counted"
    NOT_COUNTED = "not_counted"
    NOT_YET_KNOWN = "not_yet_known"


@frozen(kw_only=True)
@checked
class ContactSeen:
    """The first contact after release: the last day of the window, and the day of the contact."""

    until: Day | None
    made: Day | None
    counts: ContactCounts


@frozen(kw_only=True)
@checked
class AgreementElement:
    """One element of an agreement, with the outcome on file; None if nobody has said."""

    item: str = field(metadata=word("checklist_items"))
    outcome: ChecklistOutcome | None


@frozen(kw_only=True)
@checked
class AgreementSeen:
    """An agreement on help after release, with every element that it has to settle."""

    id: str
    title: Text
    elements: tuple[AgreementElement, ...]


@frozen(kw_only=True)
@checked
class ReleasePlan:
    """Everything that is to be done around a release, as it stands on a day.

    ``release`` is None if the day is not known; then nothing has a day, and every item is still
    listed. ``contact`` is None if the country states no window.
    """

    release: ReleaseDay | None
    marks: tuple[ReleaseMark, ...]
    items: tuple[PlannedItem, ...]
    contact: ContactSeen | None
    agreements: tuple[AgreementSeen, ...]

    @property
    def late(self) -> tuple[PlannedItem, ...]:
        """The items that are late, with their marks."""
        return tuple(item for item in self.items if item.marks)


def planned_items(
    policy: ReleasePolicy,
    release: ReleaseDay | None,
    done: Mapping[str, tuple[Day, RecordId]],
    *,
    on: date,
    waived: Collection[str],
    calendar: WorkingCalendar | None,
) -> tuple[PlannedItem, ...]:
    """Every item of the country with its days and where it stands.

    Args:
        policy: the country's policy.
        release: the day of release.
        done: the day on which each item was done, and the record, by the code of the item.
        on: the day asked about.
        waived: the codes of items that do not have to be done.
        calendar: the days that are free, where working days are counted.
    """
    anchor: AnchorDay = UnknownKind.MISSING if release is None else release.day
    dues = laid((*policy.deadlines, *policy.offers), {RELEASE: anchor}, calendar=calendar)
    items = [_item(due, release, done, on, waived) for due in dues]
    offered = len(policy.deadlines)
    return (*items[:offered], *(evolve(one, offered=True, marks=()) for one in items[offered:]))


def _item(
    due: Due,
    release: ReleaseDay | None,
    done: Mapping[str, tuple[Day, RecordId]],
    on: date,
    waived: Collection[str],
) -> PlannedItem:
    code = due.deadline.code
    did, record_id = done.get(code, (None, None))
    state = due_state(due, on=on, done=did, needed=code not in waived)
    last = None if isinstance(due.due, Forever) else due.due
    identified = None if release is None else release.identified_on
    return PlannedItem(
        code=code,
        title=due.deadline.title,
        due=last,
        opens=None if isinstance(due.opens, Forever) else due.opens,
        state=state,
        done=did,
        record_id=record_id,
        marks=tuple(lateness(state, last, identified)),
        cite=due.deadline.cite,
        status=due.deadline.status or Status.DRAFT,
    )


def lateness(state: DueState, due: Day | None, identified: Day | None) -> Iterator[ItemMark]:
    """The marks of an item by its state, its last day, and when the release was prepared."""
    if state not in (DueState.OVERDUE, DueState.DONE_LATE):
        return
    yield ItemMark.LATE
    if due is not None and identified is not None and last_of(due) < first_of(identified):
        yield ItemMark.KNOWN_TOO_LATE


def release_marks(
    release: ReleaseDay | None, calendar: WorkingCalendar | None
) -> Iterator[ReleaseMark]:
    """The marks of a day of release that is known."""
    if release is None:
        return
    day, known = release.day, release.identified_on
    if known is not None and first_of(known) >= last_of(day):
        yield ReleaseMark.WITHOUT_NOTICE
    if calendar is not None and isinstance(day, date):
        if _is_free(day, calendar):
            yield ReleaseMark.FREE_DAY
        if _is_free(day + ONE_DAY, calendar):
            yield ReleaseMark.BEFORE_FREE_DAY


def _is_free(day: date, calendar: WorkingCalendar) -> bool:
    return day.weekday() in calendar.weekend or day in calendar.holidays


def contact_seen(
    view: CaseFile, release: ReleaseDay | None, within: Term | None, on: date
) -> ContactSeen | None:
    """Whether the first contact after release counts as made within a window.

    A contact before the release is none after it. The last day of the window is within it. Of days
    known in part it counts, or does not, where it is so on all days that are possible.

    Args:
        view: the records that hold on the day.
        release: the day of release.
        within: how long after the release a contact counts; None if the country does not say.
        on: the day asked about.
    """
    if within is None or release is None:
        return None
    begun, ended = first_of(release.day), last_of(release.day)
    first, last = within.after(begun), within.after(ended)
    told = [
        act.on
        for act in view.transition_acts
        if act.transition == release.transition
        and act.event in (TransitionEvent.FIRST_CONTACT, TransitionEvent.ENGAGED)
        and last_of(act.on) >= begun
        and first_of(act.on) <= on
    ]
    counts = ContactCounts.NOT_YET_KNOWN
    if any(first_of(day) >= ended and last_of(day) <= min(first, on) for day in told):
        counts = ContactCounts.COUNTED
    elif on > last and all(first_of(day) > last for day in told):
        counts = ContactCounts.NOT_COUNTED
    made = [day for day in told if first_of(day) >= begun and last_of(day) <= on]
    until = between(first, last)
    return ContactSeen(
        until=until, made=min(made, key=_last_and_first, default=None), counts=counts
    )


def _last_and_first(day: Day) -> tuple[date, date]:
    return last_of(day), first_of(day)


def agreements_seen(
    policy: ReleasePolicy, entries: Mapping[str, ChecklistEntry]
) -> tuple[AgreementSeen, ...]:
    """Every agreement of the country, with what is on file of its elements."""
    return tuple(
        AgreementSeen(
            id=one.id,
            title=one.title,
            elements=tuple(
                AgreementElement(
                    item=item, outcome=entries[item].outcome if item in entries else None
                )
                for item in one.elements
            ),
        )
        for one in policy.agreements
    )

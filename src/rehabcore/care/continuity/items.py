"""Every item that must not lapse, as it stands on a day; and what has to be asked about others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from attrs import field

from rehabcore.care.continuity.crossings import Crossings, answered
from rehabcore.care.continuity.interruptions import Interruption, interruptions
from rehabcore.care.continuity.provisions import (
    Expected,
    Provision,
    ProvisionsOnFile,
    part_before,
    possible_and_certain,
)
from rehabcore.care.moves.rules import MoveRule
from rehabcore.records import CaseFile, ChecklistEntry, ContinuityItem
from rehabcore.records.fields import PROGRAMS, word
from rehabcore.records.glossary import ContinuityKind
from rehabcore.rules.time.days import ONE_DAY, Span
from rehabcore.rules.time.partial import Day, between, first_of, last_of
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import ChecklistOutcome, ProgramId, RecordId, Setting


@frozen(kw_only=True)
@checked
class Provided:
    """One provision of an item: the office, the setting, and the last or first day of it.

    ``day`` is None if it goes on, ``setting`` if it is not known.
    """

    record_id: RecordId = field(metadata=SECRET)
    office: str = field(metadata=SECRET)
    setting: Setting | None
    day: Day | None


@frozen(kw_only=True)
@checked
class CareItemSeen:
    """One item as it stands on a day.

    ``needed`` tells whether it is needed on the day. ``last`` is what was provided last, and
    ``following`` what follows it: a provision that is arranged, or a day on which somebody is to go
    on. ``receiving`` is the office that goes on with it after the latest or the next crossing into
    another setting; empty if none is known, ``unreceived`` if one ought to be.
    """

    record_id: RecordId = field(metadata=SECRET)
    kind: str = field(repr=False, metadata=SECRET | word("continuity_kinds"))
    program_id: ProgramId | None = field(metadata=SECRET | word(PROGRAMS))
    needed: Answer
    last: Provided | None
    following: Provided | None
    allowed: int | None
    receiving: str = field(metadata=SECRET)
    unreceived: bool
    interruptions: tuple[Interruption, ...]


class PrecautionState(StrEnum):
    """Whether a precaution was offered, or what called for it was asked."""

    RECORDED = "recorded"
    """The answer is on file."""
    DUE = "due"
    """The file has what calls for it, and no answer."""
    ASKED = "asked"
    """Nobody has said whether anything calls for it."""


@frozen(kw_only=True)
@checked
class Precaution:
    """An item of the checklist that is due for whoever has or had something, such as naloxone.

    ``outcome`` is the last answer on file in the transitions in view, ``record_id`` its record.
    """

    item: str = field(metadata=word("checklist_items"))
    state: PrecautionState
    outcome: ChecklistOutcome | None = field(metadata=SECRET)
    record_id: RecordId | None = field(metadata=SECRET)


@frozen(kw_only=True)
@checked
class ContinuitySeen:
    """Everything that must not lapse, as it stands on a day.

    ``unspoken`` are the kinds of health care of which nobody has said whether the person has it:
    none is on file, and the checklist does not say that there is none.
    """

    items: tuple[CareItemSeen, ...]
    precautions: tuple[Precaution, ...]
    unspoken: tuple[str, ...] = field(metadata=SECRET | word("continuity_kinds"))


def continuity_seen(
    view: CaseFile,
    kinds: Iterable[ContinuityKind],
    moves: Iterable[MoveRule],
    *,
    on: date,
    died: date | None,
) -> ContinuitySeen:
    """How everything that must not lapse stands on a day.

    Args:
        view: the records that hold on the day.
        kinds: the kinds of the country.
        moves: its kinds of moves, which say where each leads.
        on: the day asked about.
        died: the day by which the person has certainly died; from then on nothing is needed.
    """
    by_code = {kind.id: kind for kind in kinds}
    crossings = Crossings(view, moves, on)
    lived_until = min((first_of(death.died_on) for death in view.deaths), default=died)
    on_file = ProvisionsOnFile(view, crossings, on)
    items = tuple(
        _seen(item, by_code[item.kind], on_file, died, lived_until)
        for item in sorted(view.continuity_items, key=_begins)
        if item.kind in by_code
    )
    if died is not None and died <= on:
        return ContinuitySeen(items=items, precautions=(), unspoken=())
    entries = answered(view, crossings.transitions, on)
    had = {item.kind for item in view.continuity_items}
    has = {one.kind for one in items if one.needed is not Answer.NOT_MET}
    return ContinuitySeen(
        items=items,
        precautions=tuple(_precautions(by_code, had, entries)),
        unspoken=tuple(_unspoken(by_code, has, entries)),
    )


# --- one item -----------------------------------------------------------------------------


def _seen(
    item: ContinuityItem,
    kind: ContinuityKind,
    on_file: ProvisionsOnFile,
    died: date | None,
    lived_until: date | None,
) -> CareItemSeen:
    crossings, on = on_file.crossings, on_file.on
    possible: Span | None
    possible, certain = possible_and_certain(item.span)
    if died is not None and lived_until is not None:
        possible, certain = part_before(possible, died), part_before(certain, lived_until)
    provided, expected = on_file.of(item)
    here = crossings.last_by(on, doubted=False)
    found: tuple[Interruption, ...] = ()
    if possible is not None:
        since_here = None if here is None else last_of(here.day)
        found = interruptions(
            (possible, certain),
            provided,
            expected,
            since_here=since_here,
            allowed=kind.allowed_gap,
            on=on,
        )
    needed = _needed(possible, certain, on)
    receiving = _receiving(provided, expected, crossings, on)
    return CareItemSeen(
        record_id=item.filed.record_id,
        kind=item.kind,
        program_id=item.program_id,
        needed=needed,
        last=_last(provided, crossings, on),
        following=_following(provided, expected, crossings, on),
        allowed=kind.allowed_gap,
        receiving=receiving,
        unreceived=needed is not Answer.NOT_MET and crossings.in_view and not receiving,
        interruptions=found,
    )


def _begins(item: ContinuityItem) -> tuple[date, RecordId]:
    return possible_and_certain(item.span)[0].start, item.filed.record_id


def _needed(possible: Span | None, certain: Span | None, on: date) -> Answer:
    if certain is not None and on in certain:
        return Answer.MET
    return Answer.UNKNOWN if possible is not None and on in possible else Answer.NOT_MET


def _last(provided: Iterable[Provision], crossings: Crossings, on: date) -> Provided | None:
    """The last of the provisions that began by a day."""
    begun = [one for one in provided if one.possible.start <= on]
    if not begun:
        return None
    last = max(begun, key=lambda one: (_ends(one), one.possible.start, one.record_id))
    seen_on = min(on, max(_ends(last) - ONE_DAY, last.possible.start))
    return Provided(
        record_id=last.record_id,
        office=last.office,
        setting=crossings.setting(seen_on),
        day=_last_day(last),
    )


def _last_day(one: Provision) -> Day | None:
    """The last day of a provision; None if it goes on."""
    if not isinstance(one.possible.end, date):
        return None
    last = one.possible.end - ONE_DAY
    sure = None if one.certain is None else one.certain.end
    first = sure - ONE_DAY if isinstance(sure, date) else one.possible.start
    return between(min(first, last), last)


def _ends(one: Provision) -> date:
    return one.possible.end if isinstance(one.possible.end, date) else date.max


def _following(
    provided: Iterable[Provision], expected: Iterable[Expected], crossings: Crossings, on: date
) -> Provided | None:
    """The first that is arranged or expected after a day."""
    days: list[tuple[Day, RecordId, str]] = [
        (one.possible.start, one.record_id, one.office)
        for one in provided
        if one.possible.start > on
    ]
    days += [(one.day, one.record_id, one.office) for one in expected]
    if not days:
        return None
    day, record_id, office = min(days, key=lambda one: (last_of(one[0]), first_of(one[0]), one[1]))
    setting = crossings.setting(last_of(day))
    return Provided(record_id=record_id, office=office, setting=setting, day=day)


def _receiving(
    provided: Sequence[Provision], expected: Iterable[Expected], crossings: Crossings, on: date
) -> str:
    """The office that goes on after the next crossing; without one, after the latest."""
    offices = _last_offices(provided, on)
    crossing = crossings.next_after(on, offices) or crossings.last_by(on, offices)
    if crossing is None:
        return ""
    gate = first_of(crossing.day)
    begun = [one for one in provided if one.possible.start < gate]
    lasting = max((min(_ends(one), gate) for one in begun), default=gate)
    before = {one.office for one in begun if _ends(one) >= lasting}
    going_on = [one.office for one in expected if last_of(one.day) >= gate]
    # What the office that is left gives on the day itself is given to take along.
    going_on += [
        one.office
        for one in reversed(provided)
        if one.possible.start > gate or (one.possible.start == gate and one.office not in before)
    ]
    return going_on[0] if going_on else ""


def _last_offices(provided: Sequence[Provision], on: date) -> set[str]:
    """The offices that provide an item on a day, or provided it last before."""
    begun = [one for one in provided if one.possible.start <= on]
    lasting = max((min(_ends(one), on) for one in begun), default=on)
    return {one.office for one in begun if _ends(one) >= lasting}


# --- what has to be asked -----------------------------------------------------------------

OFFERED = frozenset(
    {
        ChecklistOutcome.DONE,
        ChecklistOutcome.OFFERED,
        ChecklistOutcome.DECLINED,
        ChecklistOutcome.CONTRAINDICATED,
    }
)
"""The outcomes by which the answer of the person to a precaution is on file."""


def _precautions(
    kinds: Mapping[str, ContinuityKind], had: set[str], entries: Mapping[str, ChecklistEntry]
) -> Iterator[Precaution]:
    """Each precaution once, in the order of the country."""
    for code in dict.fromkeys(code for kind in kinds.values() for code in kind.precautions):
        entry = entries.get(code)
        called_for = any(code in kinds[kind].precautions for kind in had & kinds.keys())
        yield Precaution(
            item=code,
            state=_state(entry, called_for=called_for),
            outcome=None if entry is None else entry.outcome,
            record_id=None if entry is None else entry.filed.record_id,
        )


def _state(entry: ChecklistEntry | None, *, called_for: bool) -> PrecautionState:
    if entry is not None and entry.outcome in OFFERED:
        return PrecautionState.RECORDED
    if called_for:
        return PrecautionState.DUE
    denied = entry is not None and entry.outcome is ChecklistOutcome.NOT_NEEDED
    return PrecautionState.RECORDED if denied else PrecautionState.ASKED


def _unspoken(
    kinds: Mapping[str, ContinuityKind], has: set[str], entries: Mapping[str, ChecklistEntry]
) -> Iterator[str]:
    for code, kind in kinds.items():
        entry = entries.get(kind.asked_with or "")
        denied = entry is not None and entry.outcome is ChecklistOutcome.NOT_NEEDED
        if kind.health and code not in has and not denied:
            yield code

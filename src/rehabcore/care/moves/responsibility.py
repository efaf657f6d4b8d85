"""Responsibility for a person: which office is accountable from which day to which, and why.

It is reconstructed from what happened, and never filed. From the first admission until the case is
closed there is exactly one accountable office on every day. That a person was sent somewhere makes
nobody accountable: the office that sent stays so until the other one says that it takes over, or
somebody above names one.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from attrs import field

from rehabcore.care.moves.acts import AFTER_EVENTS, first_acts
from rehabcore.care.moves.endings import Endings
from rehabcore.care.moves.whereabouts import Held, Whereabouts, arrivals
from rehabcore.questions.counting.stays import stays
from rehabcore.records import CaseFile, Death, DiversionAct, Placement, TransitionAct
from rehabcore.records.changes import told_once
from rehabcore.records.moments import Moment, moment, moment_of
from rehabcore.rules.facts import Unknown
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.time.partial import last_of
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId, Setting, TransitionEvent


class TakenOver(StrEnum):
    """Why an office became accountable."""

    ADMITTED = "admitted"
    """It has the first placement, or the first after the case was closed."""
    ACCEPTED = "accepted"
    """It accepted the transition by which the person came."""
    NAMED = "named"
    """Somebody above named it, when no office had accepted."""
    HAS_THE_PERSON = "has_the_person"
    """It filed the placement itself, and so says that it has the person."""


@frozen(kw_only=True)
@checked
class Tenure:
    """The days on which one office is accountable, with the records that say why.

    ``closed_by`` is the record that closed the case; None if another office took over, or none did.
    """

    office: str = field(metadata=SECRET)
    span: Span
    why: TakenOver
    evidence: tuple[RecordId, ...]
    closed_by: RecordId | None = None


def tenures(view: CaseFile) -> tuple[Tenure, ...]:
    """The tenures of all offices, in order, in time that grows with the number of records.

    An office becomes accountable by the first placement; by a move, if it accepted that very
    transition and its acceptance still holds; by its acceptance after the move; where somebody
    above named it; or where it filed the placement itself. An acceptance lapses when the same
    office declines, and when the person comes into another setting by another move. A second
    office cannot accept while an acceptance holds.

    The case is closed by a death; when the last transition is closed after the sentence ended, or
    after a diversion without one was completed; and by that completion, if the person moved by no
    other transition that is still under way.
    """
    view = told_once(view)
    endings = Endings(view)
    ledger = _Ledger(view, endings)
    for at, record in _in_order(view, endings):
        ledger.enter(at, record)
    return tuple(ledger.tenures)


def accountable(found: Sequence[Tenure], on: date) -> Tenure | None:
    """The tenure of a day; None before the first admission and after the case was closed."""
    place = bisect_right(found, on, key=lambda tenure: tenure.span.start) - 1
    return found[place] if place >= 0 and on in found[place].span else None


_Entry = Placement | TransitionAct | DiversionAct | Death


def _in_order(view: CaseFile, endings: Endings) -> list[tuple[Moment, _Entry]]:
    """Everything that may change who is accountable, up to the death of the person."""
    entries: list[tuple[Moment, _Entry]] = [(moment_of(act), act) for act in first_acts(view)]
    entries += arrivals(view)
    entries += [(moment(act.filed, act.on, AFTER_EVENTS), act) for act in endings.completions]
    last = death_of(view)
    if last is not None:
        died = last_of(last.died_on)
        entries = [entry for entry in entries if entry[0][0] < died]
        entries.append((moment(last.filed, died, AFTER_EVENTS), last))
    return sorted(entries, key=lambda entry: entry[0])


def death_of(view: CaseFile) -> Death | None:
    """The record by whose day the person has certainly died."""
    told = ((last_of(death.died_on), death.filed.record_id, death) for death in view.deaths)
    return max(told, default=(None, None, None), key=lambda one: one[:2])[2]


def died_by(view: CaseFile) -> date | None:
    """The day by which the person has certainly died, as every office tells; None if nobody does.

    From that day on nothing is open to the person, and nothing falls due.
    """
    death = death_of(view)
    return None if death is None else last_of(death.died_on)


class _Ledger:
    """The office that is accountable, while the history is read."""

    def __init__(self, view: CaseFile, endings: Endings) -> None:
        self.tenures: list[Tenure] = []
        self._whereabouts = Whereabouts(view)
        self._endings = endings
        self._now: Moment
        self._holding: dict[RecordId, TransitionAct] = {}
        """The last acceptance, or naming, for each transition; it may have lapsed since."""
        self._by_office: dict[str, dict[RecordId, None]] = defaultdict(dict)
        self._moved: TransitionAct | None = None
        """The last move."""
        self._in_custody = False

    def enter(self, at: Moment, record: _Entry) -> None:
        """Read on."""
        self._now, on = at, at[0]
        if isinstance(record, Death):
            self._close(on, record.filed.record_id)
        elif isinstance(record, Placement):
            self._place(on, record)
        elif isinstance(record, DiversionAct):
            self._complete(on, record)
        else:
            self._act(on, record, self._whereabouts.of(record))

    @property
    def _office(self) -> str | None:
        """The office that is accountable; None if the case has not begun, or is closed."""
        last = self.tenures[-1] if self.tenures else None
        return last.office if last is not None and last.span.end is OPEN else None

    def _act(self, on: date, act: TransitionAct, of: RecordId) -> None:
        event, held, over = act.event, self._held(of), self._whereabouts.over(of)
        if over is not None and over < self._now and event is not TransitionEvent.CLOSED:
            return  # to close it again, after the sentence, closes the case
        if act.is_acceptance:
            if held is None or held.office == act.office:
                self._hold(on, act, of)
        elif event is TransitionEvent.ESCALATED and act.office:
            self._release(of)
            self._hold(on, act, of)
        elif act.is_refusal and held is not None:
            if held.office == act.office:
                self._release(of)
        elif event is TransitionEvent.MOVED:
            self._move(on, act, of)
        elif event is TransitionEvent.CLOSED:
            self._release(of)
            if self._is_last_move(of) and self._endings.by(on):
                self._close(on, act.filed.record_id)

    def _is_last_move(self, of: RecordId) -> bool:
        moved = self._moved
        return moved is not None and self._whereabouts.of(moved) == of

    def _complete(self, on: date, act: DiversionAct) -> None:
        """Close the case with a diversion, unless something else goes on."""
        if not self._in_custody and not self._goes_on(act.diversion) and self._endings.by(on):
            self._close(on, act.filed.record_id)

    def _goes_on(self, diversion: RecordId) -> bool:
        """Whether a move is under way by another transition than that of a diversion."""
        if self._moved is None:
            return False
        way, over = self._endings.ways[diversion], self._whereabouts.over(self._moved.transition)
        under_way = over is None or self._now < over
        return under_way and (way is None or not self._is_last_move(self._whereabouts.first(way)))

    def _held(self, of: RecordId) -> TransitionAct | None:
        """The acceptance, or naming, that holds for a transition now."""
        held = self._holding.get(of)
        lapse = None if held is None else self._whereabouts.lapse(held)
        if lapse is not None and lapse < self._now:
            self._release(of)
            return None
        return held

    def _held_by(self, office: str) -> TransitionAct | None:
        """The first that holds now of what an office accepted, or was named for."""
        while self._by_office[office]:
            held = self._held(next(iter(self._by_office[office])))
            if held is not None:
                return held
        return None

    def _hold(self, on: date, act: TransitionAct, of: RecordId) -> None:
        self._holding[of] = act
        self._by_office[act.office][of] = None
        if self._is_last_move(of):
            self._take(on, act.office, act, self._moved)

    def _release(self, of: RecordId) -> None:
        held = self._holding.pop(of, None)
        if held is not None:
            del self._by_office[held.office][of]

    def _move(self, on: date, act: TransitionAct, of: RecordId) -> None:
        if self._is_last_move(of):
            return  # another office tells the same
        self._moved = act
        held = self._held(of)
        if held is not None and act.office in ("", held.office):
            self._take(on, held.office, held, act)
        else:
            self._release(of)  # the person did not come to the office that had accepted

    def _place(self, on: date, placement: Placement) -> None:
        holder, own = placement.holder, placement.filed.record_id
        self._in_custody = placement.setting is Setting.CUSTODY
        if self._office is None:
            self._begin(on, holder, TakenOver.ADMITTED, (own,))
        elif placement.filed.source == holder:
            self._take(on, holder, None, placement)
        elif own not in self._whereabouts.came_by:  # nobody filed the move itself
            held = self._held_by(holder)
            if held is not None:
                self._take(on, holder, held, placement)

    def _take(
        self,
        on: date,
        office: str,
        held: TransitionAct | None,
        record: TransitionAct | Placement | None,
    ) -> None:
        if self._office is None or self._office == office:
            return
        why = TakenOver.HAS_THE_PERSON
        if held is not None:
            accepted = held.event is TransitionEvent.ACCEPTED
            why = TakenOver.ACCEPTED if accepted else TakenOver.NAMED
        self._end(on)
        rests_on = tuple(one.filed.record_id for one in (held, record) if one is not None)
        self._begin(on, office, why, rests_on)

    def _begin(self, on: date, office: str, why: TakenOver, evidence: tuple[RecordId, ...]) -> None:
        span = Span(on, OPEN)
        self.tenures.append(Tenure(office=office, span=span, why=why, evidence=evidence))

    def _end(self, on: date, closed_by: RecordId | None = None) -> None:
        """End the last tenure; one that began on the same day has no day."""
        last = self.tenures.pop()
        if closed_by and last.span.start == on and self.tenures and self.tenures[-1].span.end == on:
            last = self.tenures.pop()  # for the office before it the case was closed as well
        if last.span.start < on:
            ended = Span(last.span.start, on)
            self.tenures.append(
                Tenure(
                    office=last.office,
                    span=ended,
                    why=last.why,
                    evidence=last.evidence,
                    closed_by=closed_by,
                )
            )

    def _close(self, on: date, closed_by: RecordId) -> None:
        if self._office is not None:
            self._end(on, closed_by)
        self._moved = None


def placements_on(view: CaseFile, on: date) -> list[Placement]:
    """The placements that certainly hold on a day."""
    claims = stays((held.filed, held.span, held.holder) for held in view.placements)
    return speaking(view.placements, claims, on)


def speaking(records: Iterable[Held], claims: Iterable[Claim], on: date) -> list[Held]:
    """The records that say what certainly holds on a day; those that disagree, if they do."""
    cell = settle(claims, Unknown(UnknownKind.MISSING)).at(on)
    if isinstance(cell, Unknown) and cell.kind is UnknownKind.MISSING:
        return []
    return [record for record in records if record.filed.record_id in cell.evidence]

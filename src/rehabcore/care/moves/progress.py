"""Where a transition stands on a day: how far it is prepared, and how far the person has arrived.

Two axes go side by side, as two tables of ``care.machines`` say: the preparation (``transition``)
and the arrival (``arrival``). All of it is derived from the acts when asked. That an office did not
answer follows from the day after the last day for its answer, however often one asks; that an
acceptance lapsed follows from the end of the stay in which it was given. Silence moves nobody.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from attrs import evolve

from rehabcore.care.machines import machine
from rehabcore.care.moves.acts import Passage, passages
from rehabcore.care.moves.responsibility import died_by
from rehabcore.care.moves.rules import MoveRule
from rehabcore.care.moves.stages import (
    Arrival,
    Closing,
    ItemSeen,
    Misplaced,
    Misplacement,
    Preparation,
    ReferralSeen,
    Task,
    TaskKind,
    TransitionSeen,
)
from rehabcore.care.moves.whereabouts import Whereabouts
from rehabcore.records import CaseFile, TransitionAct
from rehabcore.records.changes import held_on, told_once
from rehabcore.records.moments import Moment, moment_of
from rehabcore.rules.machines.walking import HistoryEntry, Position, Ways
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.rules.time.partial import Day, last_of
from rehabcore.strict.vocabulary import ChecklistOutcome, RecordId, TransitionEvent


def transitions_on(
    history: CaseFile, moves: Iterable[MoveRule], on: date
) -> tuple[TransitionSeen, ...]:
    """Where each transition stands on a day, in time that grows with the records.

    Args:
        history: the records that stand, with those that others changed over time.
        moves: the kinds of moves of the country.
        on: the day.
    """
    history = told_once(history)
    view = held_on(history, on)
    whereabouts, died = Whereabouts(history), died_by(view)
    rules = {rule.move_id: rule for rule in moves}
    return tuple(
        _Progress(one, rules[one.transition.move], whereabouts, died, on).seen()
        for one in passages(history, view)
        if last_of(one.transition.identified_on) <= on
    )


ARRIVING = frozenset(
    {
        TransitionEvent.MOVED,
        TransitionEvent.FIRST_CONTACT,
        TransitionEvent.CONTACT_MISSED,
        TransitionEvent.ENGAGED,
        TransitionEvent.LOST,
    }
)
"""The events of the second axis. To close is one of both."""


def event_on_table(event: TransitionEvent, state: str, *, moved: bool) -> str:
    """The event of a transition as its table calls it; a referral after the move has its own."""
    late = event is TransitionEvent.REFERRED and moved and state in _UNPREPARED
    return "referred_after_move" if late else event.value


class _Progress:
    """One transition, while its acts are read."""

    def __init__(
        self,
        passage: Passage,
        rule: MoveRule,
        whereabouts: Whereabouts,
        died: date | None,
        on: date,
    ) -> None:
        self._passage, self._rule, self._whereabouts = passage, rule, whereabouts
        self._died, self._on = died, on
        self._id = passage.transition.filed.record_id
        self._forestalled = _forestalled(passage, rule, whereabouts)
        """When another move led where this one was to lead."""
        self._preparation = Position(state=Preparation.IDENTIFIED)
        self._arrival = Position(state=Arrival.HERE)
        self._since = last_of(passage.transition.identified_on)
        """The day on which the preparation came to where it is."""
        self._referrals: dict[str, ReferralSeen] = {}
        self._asked = ""
        """The office that was asked last."""
        self._due: date | None = None
        """The last day on which it can answer in time."""
        self._taken: TransitionAct | None = None
        self._lapses: Moment | None = None
        self._lapsed_on: date | None = None
        self._waiver: RecordId | None = None
        self._appointed: TransitionAct | None = None
        self._moved: TransitionAct | None = None
        self._unplanned: bool | None = None
        self._closed: tuple[date, Closing] | None = None
        self._misplaced: list[Misplaced] = []
        self._told: set[RecordId] = set()
        self._entries = deque(passage.entries)
        """The entries of the checklist that are still to be read."""
        self._settled: dict[str, RecordId | None] = {}

    def seen(self) -> TransitionSeen:
        """Where the transition stands."""
        for act in self._passage.acts:
            if last_of(act.on) <= self._on:
                self._follow(moment_of(act))
                self._enter(act)
        self._follow((self._on, _AFTER_ALL, 0, date.max, RecordId("")))
        return self._summed_up()

    # --- what follows from the days ---

    def _follow(self, until: Moment) -> None:
        """Let happen what nobody files: silence, the end of a stay, a further move, a death."""
        over, died = self._forestalled, self._died
        if self._moved is not None:
            over = self._whereabouts.over(self._id)
        if over is not None and over < until:
            self._close(over[0], Closing.OVERTAKEN)
        if died is not None and (died, _AFTER_ALL) <= until[:2]:  # the day was still lived
            self._close(died, Closing.DIED)
        due, asked = self._due, self._preparation.state == Preparation.REFERRED
        if asked and due is not None and (due + ONE_DAY, 0) <= until[:2]:
            self._prepare("no_response", due + ONE_DAY)
        if self._lapses is not None and self._lapses < until:
            self._prepare("lapsed", self._lapses[0])
            self._lapsed_on = self._lapses[0]
            self._let_go()

    def _close(self, on: date, why: Closing) -> None:
        if self._closed is None:
            self._closed = (on, why)
            self._preparation = Position(state=Preparation.CLOSED)
            self._arrival = Position(state=Arrival.CLOSED)
            self._due, self._lapses = None, None

    def _prepare(self, event: str, on: Day) -> tuple[str, ...] | None:
        """Go on along the first axis; what the table allows, if it does not allow this."""
        passed = _ways_of_preparing().passed(self._preparation, HistoryEntry(event=event, on=on))
        self._preparation, self._since = passed.after or self._preparation, last_of(on)
        return tuple(arrow.event for arrow in passed.allowed) if passed.misfits else None

    def _arrive(self, event: str, on: Day) -> tuple[str, ...] | None:
        """Go on along the second axis; what the table allows, if it does not allow this."""
        passed = _ways_of_arriving().passed(self._arrival, HistoryEntry(event=event, on=on))
        self._arrival = passed.after or self._arrival
        return tuple(arrow.event for arrow in passed.allowed) if passed.misfits else None

    # --- what was done ---

    def _enter(self, act: TransitionAct) -> None:
        thing = act.filed.same_as or act.filed.record_id
        again = thing in self._told
        self._told.add(thing)
        if self._closed is not None:
            if not again:
                self._misplace(act, Misplacement.NOT_FROM_HERE)
            return
        objections = [*self._objections(act)]
        for why in objections:
            self._misplace(act, why)
        if not _NO_ANSWER.isdisjoint(objections):
            if objections == [Misplacement.ACCEPTED_ALREADY]:
                self._answer(act)  # too late to take over, but no silence
            return
        if not again and not self._beside(act):
            allowed = self._walk(act)
            if allowed is not None:
                self._misplace(act, Misplacement.NOT_FROM_HERE, allowed)
        self._take_in(act)

    def _beside(self, act: TransitionAct) -> bool:
        """Whether an office declines for which nobody waits: that changes nothing.

        Another one has taken over or was asked since, or it is for somebody above to decide.
        """
        if act.event is not TransitionEvent.DECLINED:
            return False
        if self._taken is not None:
            return self._taken.office != act.office
        state = self._preparation.state
        return state == Preparation.ESCALATED or (state in _ASKED and act.office != self._asked)

    def _walk(self, act: TransitionAct) -> tuple[str, ...] | None:
        event, on = act.event, act.on
        if event is TransitionEvent.CLOSED:
            allowed = self._arrive(event, on)
            self._close(last_of(on), Closing.FILED)
            return allowed
        if event in ARRIVING:
            return self._arrive(event, on)
        moved = self._moved is not None
        return self._prepare(event_on_table(event, self._preparation.state, moved=moved), on)

    def _misplace(
        self, act: TransitionAct, why: Misplacement, allowed: tuple[str, ...] = ()
    ) -> None:
        misplaced = Misplaced(
            act=self._passage.record_of(act), event=act.event, why=why, allowed=allowed
        )
        self._misplaced.append(misplaced)

    def _objections(self, act: TransitionAct) -> Iterator[Misplacement]:
        """Everything that stands against an act besides the tables."""
        taken_by = None if self._taken is None else self._taken.office
        if act.event is TransitionEvent.ACCEPTED:
            if not act.is_acceptance:
                yield Misplacement.NOT_BY_THE_OFFICE
            if taken_by not in (None, act.office):
                yield Misplacement.ACCEPTED_ALREADY
        elif act.event is TransitionEvent.DECLINED:
            if not act.is_refusal:
                yield Misplacement.NOT_BY_THE_OFFICE
            if act.office not in (*self._referrals, taken_by):
                yield Misplacement.NOT_ASKED
        elif act.event is TransitionEvent.READY and not self._ready(act, act.appointment):
            yield Misplacement.NOT_READY
        elif act.event is TransitionEvent.REFERRED and self._moved is not None:
            within = self._rule.late_referral_within
            if within is not None and within.after(last_of(self._moved.on)) < last_of(act.on):
                yield Misplacement.TOO_LATE

    def _take_in(self, act: TransitionAct) -> None:
        event = act.event
        if event is TransitionEvent.REFERRED:
            self._refer(act)
        elif event is TransitionEvent.ACCEPTED:
            self._answer(act)
            self._take(act)
        elif event is TransitionEvent.DECLINED:
            self._answer(act)
            if self._taken is not None and self._taken.office == act.office:
                self._let_go()
        elif event is TransitionEvent.ESCALATED and act.office:
            self._take(act)
        elif event is TransitionEvent.WAIVED:
            self._waiver = self._passage.record_of(act)
        elif event is TransitionEvent.MOVED and self._moved is None:
            self._move(act)
        if act.appointment is not None:
            self._appointed = act

    def _let_go(self) -> None:
        """Nobody has taken over any more, nor expects the person."""
        self._taken, self._lapses, self._appointed = None, None, None

    def _take(self, act: TransitionAct) -> None:
        if self._taken is not None and self._taken.office != act.office:
            self._let_go()
        self._taken = act
        self._lapses = self._whereabouts.lapse(act)
        if self._moved is not None:
            self._lapses = None

    def _move(self, act: TransitionAct) -> None:
        self._moved, self._lapses = act, None
        if self._taken is not None and act.office not in ("", self._taken.office):
            self._let_go()  # the person did not come to the office that had taken over
        self._unplanned = not self._ready(act, act.appointment)

    def _refer(self, act: TransitionAct) -> None:
        asked, within = last_of(act.on), self._rule.answer_within
        due = act.answer_by or (None if within is None else within.after(asked))
        self._referrals[act.office] = ReferralSeen(office=act.office, referred_on=act.on, due=due)
        self._asked, self._due = act.office, due

    def _answer(self, act: TransitionAct) -> None:
        asked = self._referrals.get(act.office)
        if asked is None:
            return
        if asked.answer is None and asked.due is not None and asked.due < last_of(act.on):
            asked = evolve(asked, silent_from=asked.due + ONE_DAY)
        self._referrals[act.office] = evolve(asked, answer=act.event)

    # --- what is missing ---

    def _ready(self, act: TransitionAct, appointment: Day | None) -> bool:
        """Whether everything was there on the day of an act."""
        if all(item.entry for item in self._items(last_of(act.on))):
            taken = self._taken is not None or self._waiver is not None
            appointed = appointment is not None or self._appointed is not None
            return not self._rule.needs_acceptance or (taken and appointed)
        return False

    def _items(self, by: date) -> tuple[ItemSeen, ...]:
        """The checklist as it stands on a day, no earlier than those asked for before."""
        while self._entries and last_of(self._entries[0].on) <= by:
            entry = self._entries.popleft()
            done = entry.outcome is not ChecklistOutcome.OFFERED
            self._settled[entry.item] = entry.filed.record_id if done else None
        return tuple(ItemSeen(item=i, entry=self._settled.get(i)) for i in self._rule.checklist)

    def _tasks(self, items: Iterable[ItemSeen]) -> Iterator[Task]:
        if self._closed is not None:
            return
        moved, planned = self._moved, self._passage.transition.planned_for
        day = moved.on if moved is not None else planned
        due = None if day is None else last_of(day)
        arrived = self._whereabouts.with_office(self._id) <= self._on
        if self._rule.needs_acceptance and not arrived:
            if self._taken is None and self._waiver is None:
                state = self._preparation.state
                lapsed = self._lapsed_on is not None and state == Preparation.PLANNED
                since = self._since if lapsed or state in _REFUSED else due
                if lapsed or state in _REFUSED or moved is not None:
                    yield Task(kind=TaskKind.FIND_AN_OFFICE, due=since)
            if self._appointed is None and due is not None:
                yield Task(kind=TaskKind.SET_AN_APPOINTMENT, due=due)
        for item in items:
            if item.entry is None:
                yield Task(kind=TaskKind.FINISH_THE_CHECKLIST, due=due, item=item.item)
        if moved is not None and self._arrival.state in _NOT_MET:
            within = self._rule.contact_within
            by = None if within is None else within.after(last_of(moved.on))
            yield Task(kind=TaskKind.MAKE_CONTACT, due=by)

    def _summed_up(self) -> TransitionSeen:
        transition, taken, appointed = self._passage.transition, self._taken, self._appointed
        items, record_of = self._items(self._on), self._passage.record_of
        return TransitionSeen(
            transition=self._id,
            move=transition.move,
            title=self._rule.title,
            preparation=Preparation(self._preparation.state),
            arrival=Arrival(self._arrival.state),
            planned_for=transition.planned_for,
            referrals=tuple(map(self._silent, self._referrals.values())),
            taken_by="" if taken is None else taken.office,
            taken_by_act=None if taken is None else record_of(taken),
            lapsed_on=self._lapsed_on,
            waived_by=self._waiver,
            appointment=None if appointed is None else appointed.appointment,
            appointment_act=None if appointed is None else record_of(appointed),
            checklist=items,
            moved_on=None if self._moved is None else last_of(self._moved.on),
            moved_to="" if self._moved is None else self._moved.office,
            unplanned=self._unplanned,
            closed_on=None if self._closed is None else self._closed[0],
            closed_why=None if self._closed is None else self._closed[1],
            misplaced=tuple(self._misplaced),
            tasks=tuple(self._tasks(items)),
        )

    def _silent(self, asked: ReferralSeen) -> ReferralSeen:
        due, until = asked.due, self._on if self._closed is None else self._closed[0]
        if asked.answer is not None or due is None or until <= due:
            return asked
        return evolve(asked, silent_from=due + ONE_DAY)


def _forestalled(passage: Passage, rule: MoveRule, whereabouts: Whereabouts) -> Moment | None:
    """The moment of another move to where a transition leads, such as a release by another law."""
    if rule.setting_to in rule.setting_from:  # who lives there already may still be moved by it
        return None
    transition, filed = passage.transition, passage.transition.filed
    number = filed.sequence or _AFTER_ALL  # else it may be there for a further move of its day
    identified = (last_of(transition.identified_on), number, 0, filed.recorded_on, filed.record_id)
    return whereabouts.moved_otherwise(filed.record_id, rule.setting_to, identified)


_AFTER_ALL = 1 << 64
"""A place on a day that no act has."""
_NO_ANSWER = frozenset(
    {
        Misplacement.NOT_BY_THE_OFFICE,
        Misplacement.NOT_ASKED,
        Misplacement.ACCEPTED_ALREADY,
    }
)
_ASKED = (Preparation.REFERRED, Preparation.NO_RESPONSE)
_UNPREPARED = (Preparation.IDENTIFIED, Preparation.ASSESSED)
_REFUSED = (Preparation.DECLINED, Preparation.NO_RESPONSE)
_NOT_MET = (Arrival.MOVED, Arrival.CONTACT_MISSED)


@cache
def _ways_of_preparing() -> Ways:
    return Ways(machine("transition"))


@cache
def _ways_of_arriving() -> Ways:
    return Ways(machine("arrival"))

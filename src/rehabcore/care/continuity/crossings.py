"""The days on which a person crosses from one setting or office to another, past and planned.

They follow from placements, from moves that were filed in a transition, and from the days for which
open transitions are planned. Whether a move was allowed is another question.

Whoever comes to another office and stays in the community leaves only that office: a clinic there
goes on.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from attrs import field

from rehabcore.care.moves.rules import MoveRule
from rehabcore.records import CaseFile, ChecklistEntry, Placement, Transition, TransitionAct
from rehabcore.records.moments import moment, moment_of
from rehabcore.rules.time.days import ONE_DAY, Span
from rehabcore.rules.time.partial import Day, Period, between, first_of, last_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId, Setting, TransitionEvent

_Days = Mapping[TransitionEvent, Day]
"""The day of each event that happened in one transition; of one that came twice the last."""
_OVER = frozenset({TransitionEvent.MOVED, TransitionEvent.CLOSED})
"""After one of these no move of the transition is to be expected."""


@frozen(kw_only=True)
@checked
class Crossing:
    """One crossing: its day, and whether it is only planned.

    ``left`` is the one office that the person left, where they stay in the community; empty where
    they come to another place, and so leave all.
    """

    day: Day
    planned: bool
    left: str = field(default="", metadata=SECRET)


class _Row:
    """Some of the crossings, in order.

    Args:
        crossings: the crossings, in any order.
        on: the day asked about. A plan whose day is over, though nobody filed the move, is doubted.
    """

    def __init__(self, crossings: Iterable[Crossing], on: date) -> None:
        self._all = sorted(crossings, key=_first_day)
        self._undoubted = [one for one in self._all if not one.planned or last_of(one.day) >= on]

    def next_after(self, day: date, *, doubted: bool) -> Crossing | None:
        """The first that may come after a day; ``doubted`` tells whether doubted ones count."""
        crossings = self._all if doubted else self._undoubted
        place = bisect_right(crossings, day, key=_first_day)
        return crossings[place] if place < len(crossings) else None

    def last_by(self, day: date, *, doubted: bool) -> Crossing | None:
        """The last that may have come by a day; the rest is as for ``next_after``."""
        crossings = self._all if doubted else self._undoubted
        place = bisect_right(crossings, day, key=_first_day)
        return crossings[place - 1] if place else None


class Crossings:
    """The crossings on file, the transitions in view on a day, and where the person lived when.

    ``transitions`` are those by which the person came into the present setting, or is to leave it;
    of each kind of move the one that was opened last.
    """

    def __init__(self, view: CaseFile, moves: Iterable[MoveRule], on: date) -> None:
        self._on, leads_to = on, {rule.move_id: rule.setting_to for rule in moves}
        self._placements = sorted(view.placements, key=lambda one: moment(one.filed, _begin(one)))
        acts: dict[RecordId, list[TransitionAct]] = defaultdict(list)
        for act in sorted(view.transition_acts, key=moment_of):
            acts[act.transition].append(act)
        found = [*_placed(self._placements), *_left(self._placements, by=on)]
        self._lived = _Settings(self._placements)
        self._begins = [_begin(one) for one in self._placements]
        for transition in view.transitions:
            for day, planned in _days_of(transition, acts[transition.filed.record_id]):
                left = self._left_on(day, leads_to[transition.move])
                found.append(Crossing(day=day, planned=planned, left=left))
        self._all = _Row(found, on)
        self._elsewhere = _Row((one for one in found if not one.left), on)
        by_office: dict[str, list[Crossing]] = defaultdict(list)
        for one in found:
            by_office[one.left].append(one)
        self._leaving = {office: _Row(some, on) for office, some in by_office.items() if office}
        seen = [t for t in view.transitions if last_of(t.identified_on) <= on]
        seen.sort(key=lambda one: moment(one.filed, one.identified_on))
        happened = {
            t.filed.record_id: {
                act.event: act.on for act in acts[t.filed.record_id] if last_of(act.on) <= on
            }
            for t in seen
        }
        self.transitions = frozenset(_in_view(seen, happened, self._here_since(happened)))
        open_ones = [one for one in happened.values() if TransitionEvent.CLOSED not in one]
        self.in_view = bool(open_ones) or self._all.last_by(on, doubted=True) is not None

    def next_after(
        self, day: date, offices: Collection[str] = (), *, doubted: bool = True
    ) -> Crossing | None:
        """The first crossing that may come after a day.

        Args:
            day: the day.
            offices: those of which one has to be left by it; any crossing if there are none.
            doubted: whether a plan counts whose day is over, though nobody filed the move.
        """
        found = (row.next_after(day, doubted=doubted) for row in self._rows(offices))
        return min(filter(None, found), key=_first_day, default=None)

    def last_by(
        self, day: date, offices: Collection[str] = (), *, doubted: bool = True
    ) -> Crossing | None:
        """The last crossing that may have come by a day; the rest is as for ``next_after``."""
        found = (row.last_by(day, doubted=doubted) for row in self._rows(offices))
        return max(filter(None, found), key=_first_day, default=None)

    def _rows(self, offices: Collection[str]) -> list[_Row]:
        leaving = [self._leaving[one] for one in sorted(offices) if one in self._leaving]
        return [self._elsewhere, *leaving] if offices else [self._all]

    def _here_since(self, happened: Mapping[RecordId, _Days]) -> date:
        """The day on which the person came into the present setting, or went nobody says where."""
        begun = [one for one in self._placements if _begin(one) <= self._on]
        changes = [_begin(b) for a, b in pairwise(begun) if a.setting is not b.setting]
        placed = {_begin(one) for one in begun}
        moves = (one[TransitionEvent.MOVED] for one in happened.values() if _has_moved(one))
        changes += [last_of(day) for day in moves if first_of(day) not in placed]
        return max(changes, default=date.min)

    def _left_on(self, day: Day, to: Setting) -> str:
        """The office that a person left who moved on a day; empty if not within the community."""
        before = first_of(day) - ONE_DAY
        if (self.setting(before), to) != (Setting.COMMUNITY, Setting.COMMUNITY):
            return ""
        return self._placements[bisect_right(self._begins, before) - 1].holder

    def setting(self, day: date) -> Setting | None:
        """The one setting in which the person may have lived on a day."""
        return self._lived.on(day)


class _Settings:
    """The setting in which the person may have lived, by the day from which it is so."""

    def __init__(self, placements: Iterable[Placement]) -> None:
        changes: dict[date, Counter[Setting]] = defaultdict(Counter)
        for one in placements:
            changes[_begin(one)][one.setting] += 1
            changes[_end(one)][one.setting] -= 1
        self._days, held = sorted(changes), Counter[Setting]()
        self._settings: list[Setting | None] = []
        for day in self._days:
            held.update(changes[day])
            possible = [setting for setting, count in held.items() if count]
            self._settings.append(possible[0] if len(possible) == 1 else None)

    def on(self, day: date) -> Setting | None:
        """The one setting of a day; None where there are several, or none."""
        place = bisect_right(self._days, day)
        return self._settings[place - 1] if place else None


def answered(
    view: CaseFile, transitions: Collection[RecordId], on: date
) -> Mapping[str, ChecklistEntry]:
    """The last entry for each item on the checklists of some transitions, by a day."""
    entries = [e for e in view.checklist_entries if e.transition in transitions]
    entries = [e for e in entries if last_of(e.on) <= on]
    entries.sort(key=lambda one: moment(one.filed, one.on))
    return {entry.item: entry for entry in entries}


def _has_moved(happened: _Days) -> bool:
    return TransitionEvent.MOVED in happened


def _in_view(
    seen: Sequence[Transition], happened: Mapping[RecordId, _Days], since: date
) -> Iterator[RecordId]:
    """The transitions by which the person came here, or is to leave; the last of each move."""
    last: dict[str, RecordId] = {}
    for transition in seen:
        days = happened[transition.filed.record_id]
        if _has_moved(days):
            if last_of(days[TransitionEvent.MOVED]) >= since:
                yield transition.filed.record_id
        elif TransitionEvent.CLOSED not in days:
            last[transition.move] = transition.filed.record_id
    yield from last.values()


def _placed(placements: Sequence[Placement]) -> Iterator[Crossing]:
    """The days on which a placement follows one in another setting or of another office."""
    for before, after in pairwise(placements):
        if (before.setting, before.holder) != (after.setting, after.holder):
            first = _begin(after)
            last = after.span.last_start if isinstance(after.span, Period) else after.span.start
            stays = before.setting is after.setting is Setting.COMMUNITY
            left = before.holder if stays else ""
            yield Crossing(day=between(first, max(first, last)), planned=False, left=left)


def _left(placements: Sequence[Placement], *, by: date) -> Iterator[Crossing]:
    """The days by a day on which a placement ended, and nobody says where the person went."""
    longest: Placement | None = None
    for held in placements:
        if longest is not None and _end(longest) < min(_begin(held), by + ONE_DAY):
            yield _leaving(longest)
        longest = held if longest is None else max(longest, held, key=_end)
    if longest is not None and _end(longest) <= by:
        yield _leaving(longest)


def _leaving(placement: Placement) -> Crossing:
    """The crossing at the end of a placement, which ends."""
    span = placement.span
    ends = (span.first_end, span.last_end) if isinstance(span, Period) else (span.end, span.end)
    first, last = (end if isinstance(end, date) else _end(placement) for end in ends)
    return Crossing(day=between(first, last), planned=False)


def _days_of(transition: Transition, acts: Sequence[TransitionAct]) -> Iterator[tuple[Day, bool]]:
    """The days on which the person moved by a transition, or is planned to; and which it is."""
    for act in acts:
        if act.event is TransitionEvent.MOVED:
            yield act.on, False
    if transition.planned_for is not None and not any(act.event in _OVER for act in acts):
        yield transition.planned_for, True


def _first_day(crossing: Crossing) -> date:
    return first_of(crossing.day)


def _begin(placement: Placement) -> date:
    return _possible(placement).start


def _end(placement: Placement) -> date:
    end = _possible(placement).end
    return end if isinstance(end, date) else date.max


def _possible(placement: Placement) -> Span:
    span = placement.span
    return span.possible if isinstance(span, Period) else span

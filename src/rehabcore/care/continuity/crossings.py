"""The days on which a person crosses from one setting or office to another, past and planned.

They follow from placements, from moves that were filed in a transition, and from the days for which
open transitions are planned. Whether a move was allowed is another question.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from rehabcore.records import CaseFile, ChecklistEntry, Placement, Transition, TransitionAct
from rehabcore.records.moments import moment
from rehabcore.rules.time.days import Span
from rehabcore.rules.time.partial import Day, Period, between, first_of
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId, Setting, TransitionEvent

_OVER = frozenset({TransitionEvent.MOVED, TransitionEvent.CLOSED})
"""After one of these no move of the transition is to be expected."""


@frozen(kw_only=True)
@checked
class Crossing:
    """One crossing: its day, and whether it is only planned."""

    day: Day
    planned: bool


class Crossings:
    """The crossings on file, the transition in view on a day, and where the person lived when."""

    def __init__(self, view: CaseFile, on: date) -> None:
        self._placements = sorted(view.placements, key=_begin)
        acts: dict[RecordId, list[TransitionAct]] = defaultdict(list)
        for act in view.transition_acts:
            acts[act.transition].append(act)
        found = (*_placed(self._placements), *_moved(view.transition_acts), *_planned(view, acts))
        self.all: Sequence[Crossing] = sorted(found, key=lambda one: first_of(one.day))
        seen = [t for t in view.transitions if first_of(t.identified_on) <= on]
        seen.sort(key=lambda one: moment(one.filed, one.identified_on))
        self.transition: Transition | None = seen[-1] if seen else None
        open_ones = [t for t in seen if not _is_over(t, acts, on)]
        self.in_view = bool(open_ones) or any(first_of(one.day) <= on for one in self.all)

    def next_after(self, day: date) -> Crossing | None:
        """The first crossing that may come after a day."""
        return next((one for one in self.all if first_of(one.day) > day), None)

    def last_by(self, day: date) -> Crossing | None:
        """The last crossing that may have come by a day."""
        past = [one for one in self.all if first_of(one.day) <= day]
        return past[-1] if past else None

    def setting(self, day: date) -> Setting | None:
        """The one setting in which the person may have lived on a day."""
        held = {one.setting for one in self._placements if day in _possible(one)}
        return held.pop() if len(held) == 1 else None


def answered(view: CaseFile, crossings: Crossings, on: date) -> Mapping[str, ChecklistEntry]:
    """The last entry for each item on the checklist of the transition in view."""
    if crossings.transition is None:
        return {}
    own = crossings.transition.filed.record_id
    entries = [e for e in view.checklist_entries if e.transition == own and first_of(e.on) <= on]
    entries.sort(key=lambda one: moment(one.filed, one.on))
    return {entry.item: entry for entry in entries}


def _is_over(
    transition: Transition, acts: Mapping[RecordId, Sequence[TransitionAct]], on: date
) -> bool:
    own = acts.get(transition.filed.record_id, ())
    return any(act.event is TransitionEvent.CLOSED and first_of(act.on) <= on for act in own)


def _placed(placements: Sequence[Placement]) -> Iterator[Crossing]:
    """The days on which a placement follows one in another setting or of another office."""
    for before, after in pairwise(placements):
        if (before.setting, before.holder) != (after.setting, after.holder):
            first = _begin(after)
            last = after.span.last_start if isinstance(after.span, Period) else after.span.start
            yield Crossing(day=between(first, max(first, last)), planned=False)


def _moved(acts: Sequence[TransitionAct]) -> Iterator[Crossing]:
    for act in acts:
        if act.event is TransitionEvent.MOVED:
            yield Crossing(day=act.on, planned=False)


def _planned(
    view: CaseFile, acts: Mapping[RecordId, Sequence[TransitionAct]]
) -> Iterator[Crossing]:
    for transition in view.transitions:
        own = acts.get(transition.filed.record_id, ())
        if transition.planned_for is not None and not any(act.event in _OVER for act in own):
            yield Crossing(day=transition.planned_for, planned=True)


def _begin(placement: Placement) -> date:
    return _possible(placement).start


def _possible(placement: Placement) -> Span:
    span = placement.span
    return span.possible if isinstance(span, Period) else span

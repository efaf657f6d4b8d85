"""The days by which nothing holds a person by law any more: sentences and diversions are over.

A diversion is over when it is completed, when it goes back to the court or prosecutor, and when its
time has passed. Only one that was completed lets the case be closed where nobody filed a sentence:
what goes back is decided anew, and of one whose time has passed nobody has said what became of it.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate

from rehabcore.care.moves.whereabouts import in_force
from rehabcore.records import CaseFile, Diversion, DiversionAct, Sentence
from rehabcore.records.changes import days_held, held_on
from rehabcore.records.moments import moment_of
from rehabcore.rules.time.days import Ending
from rehabcore.rules.time.partial import PartialEnd, first_of, last_of
from rehabcore.strict.vocabulary import DiversionEvent, LegalStatus, RecordId


class Endings:
    """Whether the sentences and diversions of a person were certainly over by a day."""

    def __init__(self, view: CaseFile) -> None:
        self._sentences = _Days(_running(view.sentences))
        held = in_force(view.legal_standings)
        former = (day for h, day, _ in held if h.status is LegalStatus.FORMER_PRISONER)
        self._former = min(former, default=date.max)
        last = held_on(view, date.max) if view.diversions else view
        self.ways = {one.filed.record_id: one.transition for one in last.diversions}
        """The transition to the provider of each diversion, if it has one."""
        ends = dict(_ends(last.diversion_acts))
        done = [act for act in ends.values() if act.event is DiversionEvent.COMPLETED]
        self.completions = [act for act in done if act.diversion in self.ways]
        """The acts by which diversions were completed."""
        told = [(first_of(one.decided_on), *_end(one, ends)) for one in last.diversions]
        self._diversions = _Days((begun, end) for begun, end, _ in told)
        self._completed = sorted((end, completed) for _, end, completed in told)

    def by(self, on: date) -> bool:
        """Whether everything was over by a day; not so if nobody filed a sentence or diversion."""
        if not self._diversions.over(on):
            return False
        if self._sentences.begun(on):
            return self._sentences.over(on)
        ended = bisect_right(self._completed, (on, True))
        completed = ended > 0 and self._completed[ended - 1][1]
        return completed or self._former <= on


class _Days:
    """Days on which something ran: whether all of it that had begun was over."""

    def __init__(self, told: Iterator[tuple[date, date]]) -> None:
        days = sorted(told)
        self._starts = [start for start, _ in days]
        self._ends = list(accumulate((end for _, end in days), max))

    def begun(self, on: date) -> int:
        """How many had begun by a day."""
        return bisect_right(self._starts, on)

    def over(self, on: date) -> bool:
        """Whether all that had begun by a day were over by it; so it is if none had."""
        begun = self.begun(on)
        return begun == 0 or self._ends[begun - 1] <= on


def _running(sentences: Sequence[Sentence]) -> Iterator[tuple[date, date]]:
    """The days on which each sentence holds; one that was changed holds until the change.

    A sentence that was changed before it began never ran.
    """
    days = days_held(sentences)
    for one in sentences:
        since, until = days.get(one.filed.record_id, (date.min, date.max))
        begun = max(first_of(one.start), since)
        if begun < until:
            yield begun, min(_last(one.end), until)


def _ends(acts: Sequence[DiversionAct]) -> Iterator[tuple[RecordId, DiversionAct]]:
    """The first act by which each diversion was over; later ones change nothing."""
    for act in sorted(acts, key=moment_of, reverse=True):
        if act.event in (DiversionEvent.COMPLETED, DiversionEvent.RETURNED):
            yield act.diversion, act


def _end(one: Diversion, ends: dict[RecordId, DiversionAct]) -> tuple[date, bool]:
    """The day by which a diversion is certainly over, and whether it was completed then."""
    act = ends.get(one.filed.record_id)
    if act is None:
        return _last(one.until), False
    return last_of(act.on), act.event is DiversionEvent.COMPLETED


def _last(end: PartialEnd) -> date:
    """The day by which something has certainly ended; ``date.max`` if nobody knows one."""
    return date.max if isinstance(end, Ending) else last_of(end)

"""Questions about duties that recur: when a contact, a visit or a reassessment is due.

A duty runs while the person stays in one legal status, and begins anew with the next. It is first
due some time after the status began, and then some time after it was last done. It is overdue from
the day after the due date (``under "0 days"``) until it is done: the due date does not roll on.
After a death nothing is due any more.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from functools import partial
from itertools import accumulate
from typing import cast

from rehabcore.questions.counting.runs import time_in_present
from rehabcore.questions.counting.things import Bounds
from rehabcore.questions.families.deaths import until_death
from rehabcore.questions.families.standing import legal_statuses
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile, NeedsAssessment, Record, RiskAssessment
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.evidence import Evidence, Index, together
from rehabcore.rules.facts import (
    NEVER,
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
    Unknown,
)
from rehabcore.rules.time.acts import lowest_from
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import Day, PartialDay, first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind

_NEEDS, _RISK = "needs_assessment", "risk_assessment"
"""Other records than events that fulfil a duty: confirmed assessments."""


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    kinds = tuple(dict.fromkeys((*codes(words.glossary.event_kinds), _NEEDS, _RISK)))
    yield Question(
        Fact(
            name="time_to_duty",
            shape=Shape.REMAINING,
            parameters=(
                Parameter(name="kind", codes=kinds, takes=Takes.CODES),
                Parameter(name="first", takes=Takes.TERM),
                Parameter(name="every", takes=Takes.TERM),
            ),
            about=(
                "Time until a duty is due, which an event of any of the kinds fulfils; "
                "endless after death."
            ),
            unit="calendar time",
            answered_by=("holder_of_the_case",),
            changed_by=("fulfil_duty",),
        ),
        partial(_time_to_duty, words.records_policy),
    )


def _time_to_duty(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    first, every = Term.parse(asked["first"]), Term.parse(asked["every"])
    began = time_in_present(legal_statuses(policy, view), asked.fact.absent())
    made = _done(asked.codes("kind"), view)
    done = _Done(made)

    def cell(day: date) -> Cell:
        run = began.at(day)
        if isinstance(run, Unknown):
            return Unknown(run.kind, evidence=run.rests_on)
        since = cast("date", run.value)
        last, did = done.last(since, day)
        due = {first.after(since) if on is None else every.after(on) for on in last}
        evidence = together((run.rests_on, did))
        if len(due) > 1:
            between = min(due), max(due)
            return Unknown(UnknownKind.MISSING, evidence=evidence, between=between)
        return Known(due.pop(), evidence=evidence, assumption=Assumption.NONE_ON_FILE)

    days = (day for on, _ in made for day in (first_of(on), last_of(on)))
    due_on = Timeline.of_changes((*began.changes(), *days), cell)
    return until_death(due_on, view, ended=NEVER)


class _Done:
    """When a duty was done, on days that are known and on days that are known in part."""

    def __init__(self, done: list[tuple[Day, Record]]) -> None:
        known = sorted((on, r.filed.record_id) for on, r in done if isinstance(on, date))
        partial = sorted(
            (on.first, on.last, r.filed.record_id) for on, r in done if isinstance(on, PartialDay)
        )
        self._days = [on for on, _ in known]
        # By their days, so that the records of days in a row have bits in a row.
        self._index = Index([*(own for _, own in known), *(own for *_, own in partial)])
        self._perhaps = _Perhaps([(first, last) for first, last, _ in partial])

    def last(self, since: date, day: date) -> tuple[set[date | None], Evidence]:
        """The first and the last day on which it may have been done last, and the records.

        None stands for a duty that may not have been done since its status began.
        """
        begin, end = bisect_left(self._days, since), bisect_right(self._days, day)
        known = self._days[end - 1 : end] if begin < end else []
        between = self._perhaps.between(since, day)
        if not (known or between):
            return {None}, Evidence((self._index, 0))
        surely = [*known, *self._perhaps.surely(since, day)]
        earliest = max(surely) if surely else max(since, between[0])
        latest: set[date | None] = {earliest, max([*known, *between[1:]])}
        first = max(begin, bisect_left(self._days, earliest))
        bits = self._perhaps.meeting(earliest, day) << len(self._days)
        bits |= (1 << end) - (1 << first) if first < end else 0
        return latest if surely else {None, *latest}, Evidence((self._index, bits))


class _Perhaps:
    """Bounds of days, in order: which of them meet some days, and between which days these lie."""

    def __init__(self, bounds: list[Bounds]) -> None:
        self._firsts = [first for first, _ in bounds]
        self._last_until = list(accumulate((last for _, last in bounds), max))
        by_last = sorted((last, place) for place, (_, last) in enumerate(bounds))
        self._lasts = [last for last, _ in by_last]
        self._places = [place for _, place in by_last]
        firsts = [self._firsts[place] for place in self._places]
        self._first_from = lowest_from(firsts)
        self._first_until = list(accumulate(firsts, max))
        self._passed = self._over = 0

    def between(self, since: date, day: date) -> list[date]:
        """The first and the last of all days that those may be which meet some days; or nothing."""
        begun, over = bisect_right(self._firsts, day), bisect_left(self._lasts, since)
        if not begun or self._last_until[begun - 1] < since:
            return []
        return [self._first_from[over], self._last_until[begun - 1]]

    def surely(self, since: date, day: date) -> list[date]:
        """The latest first day of those that lie within some days; or nothing."""
        ended = bisect_right(self._lasts, day)
        return [first for first in self._first_until[max(0, ended - 1) : ended] if since <= first]

    def meeting(self, since: date, day: date) -> int:
        """A bit for the place of each that meets some days."""
        # The days rise from one call to the next, so that each is passed about once.
        until = bisect_left(self._lasts, since)
        for number in range(min(self._passed, until), max(self._passed, until)):
            self._over ^= 1 << self._places[number]
        self._passed = until
        return ((1 << bisect_right(self._firsts, day)) - 1) & ~self._over


def _done(kinds: frozenset[str], view: CaseFile) -> list[tuple[Day, Record]]:
    """The days on which a record fulfilled the duty, with the records."""
    made: list[NeedsAssessment | RiskAssessment] = []
    made += view.needs_assessments if _NEEDS in kinds else ()
    made += view.risk_assessments if _RISK in kinds else ()
    return [
        *((event.happened_on, event) for event in view.events if event.kind in kinds),
        *((a.assessed_on, a) for a in made if a.confirmed_by is not None),
    ]

"""Questions about events, such as sanctions, violations and payments: when, and how often."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from rehabcore.questions.counting.counts import count
from rehabcore.questions.counting.runs import time_in_present
from rehabcore.questions.counting.windows import (
    WINDOW,
    Happening,
    counted_within,
    once_a_day,
    window_of,
)
from rehabcore.questions.families.sentences import time_served
from rehabcore.questions.families.standing import legal_statuses, settings
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import CaseFile, Event
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import (
    NEVER,
    Absence,
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
    Unknown,
    Value,
)
from rehabcore.rules.judging.meaning import bounds
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind

LATEST = "latest_"
"""The beginning of a code for the latest event of a kind, from which days are counted."""


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    kinds = codes(words.glossary.event_kinds)
    if not kinds:
        return
    kind = Parameter(name="kind", codes=kinds, takes=Takes.CODES)
    latest = {f"{LATEST}{code}": code for code in kinds}
    yield Question(
        Fact(
            name="events",
            shape=Shape.COUNT,
            parameters=(kind, *WINDOW),
            about="How many events of a kind happened within a term before the day.",
            unit="events",
            absence=Absence.NONE,
        ),
        _events,
    )
    yield Question(
        Fact(
            name="events_between",
            shape=Shape.COUNT,
            parameters=(
                kind,
                Parameter(name="anchor", codes=(*_ANCHORS, *latest)),
                Parameter(name="after"),
                Parameter(name="until", required=False),
            ),
            about="How many events happened so long after something, and no longer than that.",
            unit="events",
        ),
        partial(_events_between, latest, words.records_policy),
    )
    yield Question(
        Fact(
            name="event_months_in_a_row",
            shape=Shape.COUNT,
            parameters=(kind,),
            about="How many calendar months in a row, up to this or the last, had an event.",
            unit="months",
            absence=Absence.NONE,
        ),
        _event_months_in_a_row,
    )
    yield Question(
        Fact(
            name="time_since_event",
            shape=Shape.ELAPSED,
            parameters=(kind,),
            about="Time since the latest event of a kind; unknown if there is none on file.",
            unit="calendar time",
        ),
        _time_since_event,
    )


def _of_kind(asked: Asked, view: CaseFile) -> list[Event]:
    kinds = asked.codes("kind")
    return [event for event in view.events if event.kind in kinds]


def _happenings(events: Iterable[Event]) -> list[Happening]:
    """Events, identified by kind and day: several sources may report the same event."""
    return once_a_day((e.kind, e.happened_on, e.filed.source, e.filed.record_id) for e in events)


def _events(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return count(counted_within(_happenings(_of_kind(asked, view)), window_of(asked)))


# --- since an anchor ----------------------------------------------------------------------


def _events_between(
    latest: Mapping[str, str], policy: RecordsPolicy, asked: Asked, view: CaseFile
) -> Timeline[Cell]:
    """The number of events from ``after`` an anchor until ``until`` after it (half-open)."""
    after, until = Term.parse(asked["after"]), asked["until"] and Term.parse(asked["until"])
    anchors = _anchors(latest, policy, asked, view)
    happenings = _happenings(_of_kind(asked, view))

    def cell(day: date) -> Cell:
        anchor = anchors.at(day)
        ends = bounds(asked.fact, anchor)
        if ends is None or ends[0] is NEVER:
            kind = UnknownKind.MISSING if isinstance(anchor, Known) else anchor.kind
            return Unknown(kind, evidence=anchor.evidence)
        first, last = (_laid(after, end) for end in ends)
        shortest, longest = (_laid(until, end) if until else date.max for end in ends)
        may = [h for h in happenings if first <= h.first < longest and h.first <= day]
        sure = [h for h in may if last <= h.first < shortest]
        evidence = tuple(sorted({*anchor.evidence, *(i for h in may for i in h.ids)}))
        most, fewest = sum(h.times for h in may), sum(h.times for h in sure)
        if isinstance(anchor, Unknown) and fewest < most:
            return Unknown(anchor.kind, evidence=evidence, between=(fewest, most))
        return Known(most, evidence=evidence, assumption=Assumption.NONE_ON_FILE)

    return Timeline.of_changes({*anchors.starts, *(h.first for h in happenings)}, cell)


def _laid(term: Term, anchor: Value) -> date:
    return term.after(anchor) if isinstance(anchor, date) else date.max


def _anchors(
    latest: Mapping[str, str], policy: RecordsPolicy, asked: Asked, view: CaseFile
) -> Timeline[Cell]:
    """The anchor from which days are counted, on every day."""
    anchor = asked["anchor"]
    if anchor in _ANCHORS:
        return _ANCHORS[anchor](policy, asked, view)
    found = [event for event in view.events if event.kind == latest[anchor]]
    return _latest(found, asked.fact.absent())


def _legal_status_start(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return time_in_present(legal_statuses(policy, view), asked.fact.absent())


def _setting_start(_: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return time_in_present(settings(view), asked.fact.absent())


_ANCHORS: dict[str, Callable[[RecordsPolicy, Asked, CaseFile], Timeline[Cell]]] = {
    "legal_status_start": _legal_status_start,
    "setting_start": _setting_start,
    "sentence_start": time_served,
}


def _time_since_event(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return _latest(_of_kind(asked, view), asked.fact.absent())


def _latest(events: Iterable[Event], absent: Cell) -> Timeline[Cell]:
    """The day of the latest event by the day, as an anchor."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        by_day[event.happened_on].append(event)

    def cell(day: date) -> Cell:
        return Known(day, evidence=ids(by_day[day])) if day in by_day else absent

    return Timeline.of_changes(by_day, cell)


# --- month after month --------------------------------------------------------------------


def _event_months_in_a_row(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Months in a row with an event. The present month cannot break the row before it is over.

    The first events of each month are the evidence.
    """
    by_month: dict[date, list[Event]] = defaultdict(list)
    for event in _of_kind(asked, view):
        by_month[event.happened_on.replace(day=1)].append(event)
    row: list[list[Event]] = []
    cells: dict[date, Cell] = {date.min: asked.fact.absent()}
    for month in sorted(by_month):
        first = min(event.happened_on for event in by_month[month])
        told = [event for event in by_month[month] if event.happened_on == first]
        row = [*row, told] if _MONTH.before(month) in by_month else [told]
        evidence = ids(event for events in row for event in events)
        cells[first] = Known(len(row), evidence=evidence, assumption=Assumption.NONE_ON_FILE)
        if _MONTH.after(month) not in by_month:
            cells[_TWO_MONTHS.after(month)] = asked.fact.absent()
    return Timeline.of_changes(cells, cells.__getitem__)


_MONTH, _TWO_MONTHS = Term(months=1), Term(months=2)

"""Questions about events by severity and outcome: violations, reports, complaints.

Each kind of event with severities or outcomes has facts of its own, because these are words of the
kind. An event counts if it certainly passes the filters. If it only may pass (nobody has decided
on it, or no record states its severity), or if sources contradict each other, the number lies
between two numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import partial

from rehabcore.questions.counting.connected import connected, telling_the_same
from rehabcore.questions.counting.tellings import Passes, Telling, counted_things, each_record
from rehabcore.questions.counting.things import clusters
from rehabcore.questions.counting.windows import WINDOW, window_of
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question, filters
from rehabcore.records import CaseFile, Event
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Absence, Cell, Fact, Parameter, Shape, Takes
from rehabcore.rules.time.partial import LATEST_DAY, Day, PartialDay, first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import RecordId

_INCIDENTS = "incidents"
FORMS = (_INCIDENTS,)
"""The forms of questions about a kind of events; the id of the kind follows in the fact's name."""


class CountedFrom(StrEnum):
    """The day of an event from which its window runs."""

    EVENT = "event"
    REPORT = "report"
    DECISION = "decision"
    RESPONSE = "response"


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family, for each kind of event on which more can be said."""
    for kind in words.glossary.event_kinds:
        more = (
            *filters("severity_at_least", codes(kind.severities), Takes.CODE),
            *filters("outcomes", codes(kind.outcomes), Takes.CODES),
        )
        if more:
            yield Question(
                Fact(
                    name=f"{_INCIDENTS}_{kind.id}",
                    shape=Shape.COUNT,
                    parameters=(
                        *more,
                        Parameter(name="counted_from", codes=tuple(CountedFrom)),
                        *WINDOW,
                    ),
                    about="How many events that pass the filters lie within a term before the day.",
                    title=kind.title,
                    unit="events",
                    absence=Absence.NONE,
                ),
                partial(_filtered, kind.id, codes(kind.severities), words.records_policy),
            )
    decidable = tuple(kind.id for kind in words.glossary.event_kinds if kind.outcomes)
    if decidable:
        yield Question(
            Fact(
                name="undecided_events",
                shape=Shape.COUNT,
                parameters=(Parameter(name="kind", codes=decidable),),
                about="How many events of a kind happened on which nobody has decided yet.",
                unit="events",
                absence=Absence.NONE,
            ),
            partial(_undecided, words.records_policy),
        )


def _filtered(
    kind: str, severities: tuple[str, ...], policy: RecordsPolicy, asked: Asked, view: CaseFile
) -> Timeline[Cell]:
    limit, since = asked["severity_at_least"], CountedFrom(asked["counted_from"])
    severe = frozenset(severities[severities.index(limit) :]) if limit else frozenset()
    outcomes = asked.codes("outcomes")

    events = [event for event in view.events if event.kind == kind]
    earliest = _earliest(events)

    def tell(event: Event) -> Telling:
        day = _counted_from(event, since, earliest[event.filed.record_id])
        return _telling(event, day, severe, outcomes)

    return counted_things(
        clusters(events, lambda event: event.happened_on, within=policy.one_thing_within),
        each_record(tell),
        window_of(asked),
        by_own_day=since is CountedFrom.EVENT,
        apart=policy.told_apart,
    )


def _earliest(events: Sequence[Event]) -> Mapping[RecordId, date]:
    """The first day on which each event may have happened, by any record that tells the same."""
    found: dict[RecordId, date] = {}
    for group in connected(len(events), telling_the_same(event.filed for event in events)):
        told = [events[place] for place in group]
        first = min(first_of(event.happened_on) for event in told)
        found.update((event.filed.record_id, first) for event in told)
    return found


def _telling(
    event: Event, day: Day | None, severe: frozenset[str], outcomes: frozenset[str]
) -> Telling:
    """The account of an event in a record: from which day it counts, and whether it passes."""
    if day is None or (severe and event.severity not in {None, *severe}):
        return Telling(day=event.happened_on, passes=((date.min, False),))
    passes: Passes = UnknownKind.MISSING if severe and event.severity is None else True
    if not outcomes:
        return Telling(day=day, passes=((date.min, passes),))
    decided = passes if event.outcome in outcomes else False
    return Telling(day=day, passes=_once_decided(event, UnknownKind.NEEDS_PERSON, decided))


def _counted_from(event: Event, since: CountedFrom, earliest: date) -> Day | None:
    """The day from which an event counts; None if it never does.

    An event without a day of response or decision had none, unless its outcome is on file. But
    somebody did report it, since it is on file: without a day, that may be any day since it
    happened, as any office tells that.
    """
    day = {
        CountedFrom.EVENT: event.happened_on,
        CountedFrom.REPORT: event.reported_on,
        CountedFrom.DECISION: event.decided_on,
        CountedFrom.RESPONSE: event.responded_on,
    }[since]
    had_none = since is CountedFrom.DECISION and event.outcome is None
    if day is not None or had_none or since is CountedFrom.RESPONSE:
        return day
    return PartialDay(earliest, LATEST_DAY)


def _once_decided(
    event: Event, undecided: Passes, decided: Passes
) -> tuple[tuple[date, Passes], ...]:
    """Two answers of a record: before its event was decided, and from then on.

    On days on which it may have been decided or not, nobody knows.
    """
    if event.outcome is None:
        return ((date.min, undecided),)
    day = event.decided_on or event.happened_on
    on_the_way = undecided if undecided == decided else UnknownKind.MISSING
    return ((date.min, undecided), (first_of(day), on_the_way), (last_of(day), decided))


def _undecided(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    def tell(event: Event) -> Telling:
        return Telling(day=event.happened_on, passes=_once_decided(event, True, False))

    events = (event for event in view.events if event.kind == asked["kind"])
    return counted_things(
        clusters(events, lambda event: event.happened_on, within=policy.one_thing_within),
        each_record(tell),
        by_own_day=True,
        apart=policy.told_apart,
    )

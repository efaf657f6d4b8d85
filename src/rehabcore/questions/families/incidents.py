"""Questions about events by severity and outcome: violations, reports, complaints.

Each kind of event with severities or outcomes has facts of its own, because these are words of the
kind. An event counts if it certainly passes the filters. If it only may pass (nobody has decided
on it, or no record states its severity), or if sources contradict each other, the number lies
between two numbers.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import partial

from attrs import evolve

from rehabcore.questions.counting.counts import Counted, by_day_and_source, count
from rehabcore.questions.counting.windows import WINDOW
from rehabcore.questions.question import CountryWords, Question, filters
from rehabcore.records import CaseFile, Event
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Absence, Cell, Fact, Parameter, Shape, Takes
from rehabcore.rules.time.ageing import Ageing
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind

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
                partial(_filtered, kind.id, codes(kind.severities)),
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
            _undecided,
        )


def _filtered(
    kind: str, severities: tuple[str, ...], asked: Asked, view: CaseFile
) -> Timeline[Cell]:
    limit = asked["severity_at_least"]
    severe = frozenset(severities[severities.index(limit) :]) if limit else frozenset()
    events = [event for event in view.events if event.kind == kind]
    told = by_day_and_source((event.happened_on, event) for event in events)
    return count((one for event in events for one in _passing(event, asked, severe)), told)


def _passing(event: Event, asked: Asked, severe: frozenset[str]) -> Iterator[Counted]:
    """An event while it is, or may be, in the window, cut where it is decided on."""
    window, outcomes = _window(event, asked), asked.codes("outcomes")
    if window is None or (severe and event.severity not in {None, *severe}):
        return
    unsure = UnknownKind.MISSING if severe and event.severity is None else window.unsure
    counted = evolve(window, unsure=unsure)
    if not outcomes:
        yield counted
        return
    undecided, decided = _cut(counted, _decided_from(event))
    yield from (evolve(one, unsure=UnknownKind.NEEDS_PERSON) for one in undecided)
    yield from decided if event.outcome in outcomes else ()


def _cut(counted: Counted, day: date | None) -> tuple[list[Counted], list[Counted]]:
    """A report cut in two at a day: before it, and from it on. None comes after every day."""
    if day is None or (counted.end is not None and counted.end <= day):
        return [counted], []
    if day <= counted.start:
        return [], [counted]
    return [evolve(counted, end=day)], [evolve(counted, start=day)]


def _window(event: Event, asked: Asked) -> Counted | None:
    """The event while it is, or may be, in the window; None if it never is.

    An event without a day of response or decision had none, unless its outcome is on file. But
    somebody did report it, since it is on file: without a day, that may be any day since it
    happened.
    """
    happened_on, since = event.happened_on, CountedFrom(asked["counted_from"])
    day = {
        CountedFrom.EVENT: happened_on,
        CountedFrom.REPORT: event.reported_on,
        CountedFrom.DECISION: event.decided_on,
        CountedFrom.RESPONSE: event.responded_on,
    }[since]
    if day is not None:
        leaves_on = Ageing(asked["ageing"]).leaves(day, Term.parse(asked["within"]))
        return Counted.of(event, happened_on, day, leaves_on)
    if since is CountedFrom.RESPONSE or (since is CountedFrom.DECISION and event.outcome is None):
        return None
    return Counted.of(event, happened_on, happened_on, None, UnknownKind.MISSING)


def _decided_from(event: Event) -> date | None:
    """The first day on which the outcome is known; None if no outcome is on file."""
    return None if event.outcome is None else event.decided_on or event.happened_on


def _undecided(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    events = [event for event in view.events if event.kind == asked["kind"]]
    undecided = (
        Counted.of(event, event.happened_on, event.happened_on, _decided_from(event))
        for event in events
        if event.happened_on != _decided_from(event)
    )
    return count(undecided, by_day_and_source((event.happened_on, event) for event in events))

"""Questions about observations, such as drug tests: each counts until a newer one."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from rehabcore.questions.counting.runs import NO_GAP, run_of
from rehabcore.questions.counting.tellings import Telling, counted_things, each_record
from rehabcore.questions.counting.things import clusters
from rehabcore.questions.counting.windows import WINDOW, leaving, window_of
from rehabcore.questions.plain.findings import FindingsByThing, by_thing, newest_finding
from rehabcore.questions.plain.gathered import Gathered
from rehabcore.questions.plain.happenings import HappenedByKind, by_kind, number_seen
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile, Observation
from rehabcore.records.glossary import CodedKind, codes
from rehabcore.records.order import dated_act
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Absence, Cell, Fact, Parameter, Shape, Takes
from rehabcore.rules.judging.findings import latest
from rehabcore.rules.judging.settling import settle
from rehabcore.rules.time.days import OPEN, Term
from rehabcore.rules.time.partial import (
    LATEST_DAY,
    PartialDay,
    PartialEnd,
    first_of,
    last_of,
)
from rehabcore.rules.time.timelines import Timeline

_OBSERVED, _OBSERVATIONS, _STREAK = "observed", "observations_of", "streak_of"
FORMS = (_OBSERVED, _OBSERVATIONS, _STREAK)
"""The forms of questions about a kind of observations; its id follows in the fact's name."""


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family, for each of the country's kinds of observations."""
    for kind in words.glossary.observation_kinds:
        yield from _questions_of(kind, words.records_policy)


def _questions_of(kind: CodedKind, policy: RecordsPolicy) -> Iterable[Question]:
    fact = partial(Fact, title=kind.title, absence=kind.absence, answered_by=kind.answered_by)
    values = Parameter(name="value", codes=codes(kind.values), takes=Takes.CODES)
    yield Question(
        fact(
            name=f"{_OBSERVED}_{kind.id}",
            shape=Shape.LEVEL if kind.ordered else Shape.CHOICE,
            codes=codes(kind.values),
            about="The latest observation that still counts.",
        ),
        partial(_observed, kind.id),
        partial(newest_finding, _found, kind.id),
    )
    yield Question(
        fact(
            name=f"{_OBSERVATIONS}_{kind.id}",
            shape=Shape.COUNT,
            parameters=(values, *WINDOW),
            about="How many observations of a value were made within a term before the day.",
            unit="observations",
            absence=Absence.NONE,
        ),
        partial(_observations_of, kind.id, policy),
        partial(_number_seen, kind.id),
    )
    yield Question(
        fact(
            name=f"{_STREAK}_{kind.id}",
            shape=Shape.ELAPSED,
            parameters=(values, Parameter(name="lapse")),
            about=(
                "Time since the first observation of a value after any other; stale after a lapse."
            ),
            unit="calendar time",
        ),
        partial(_streak_of, kind.id),
    )


def _of_kind(kind: str, view: CaseFile) -> list[Observation]:
    return [observation for observation in view.observations if observation.kind == kind]


def _observed(kind: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest observation. If those of one day differ and are in no order, it is disputed."""
    found = (
        (o.filed.record_id, dated_act(o.filed, o.observed_on), o.value, o.expires)
        for o in _of_kind(kind, view)
    )
    return settle(latest(found), asked.fact.absent())


def _found(view: CaseFile) -> FindingsByThing:
    return by_thing(
        (o.kind, "", o.filed.record_id, o.observed_on, o.value, o.expires)
        for o in view.observations
    )


def _observations_of(
    kind: str, policy: RecordsPolicy, asked: Asked, view: CaseFile
) -> Timeline[Cell]:
    """The number of observations of a value. Two offices may tell two values of one."""
    values = asked.codes("value")

    def tell(observation: Observation) -> Telling:
        passes = observation.value in values
        return Telling(day=observation.observed_on, passes=((date.min, passes),))

    return counted_things(
        clusters(_of_kind(kind, view), lambda o: o.observed_on, within=policy.one_thing_within),
        each_record(tell),
        window_of(asked),
        by_own_day=True,
        apart=policy.told_apart,
    )


def _made(view: CaseFile) -> HappenedByKind:
    return by_kind((o.kind, o.filed, o.observed_on, o.value) for o in view.observations)


def _number_seen(kind: str, asked: Asked, gathered: Gathered, day: date) -> Cell | None:
    seen, codes = gathered.of(_made), asked.codes("value")
    return number_seen(seen, (kind,), day, leaving(asked), codes)


def _streak_of(kind: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The run of days since observations of a value; an observation of another value ends it.

    After the last observation expires, nobody knows whether the streak goes on.
    """
    values, lapse = asked.codes("value"), Term.parse(asked["lapse"])

    def lapses(o: Observation) -> PartialEnd:
        if o.value not in values:
            return OPEN
        first, last = lapse.after(first_of(o.observed_on)), lapse.after(last_of(o.observed_on))
        last = min(last, LATEST_DAY)  # a lapse may lie beyond the days that are known
        return first if first >= last else PartialDay(first, last)

    found = (
        (o.filed.record_id, dated_act(o.filed, o.observed_on), o.value in values, lapses(o))
        for o in _of_kind(kind, view)
    )
    others = [o.observed_on for o in _of_kind(kind, view) if o.value not in values]
    ends = [on for on in others if isinstance(on, date)]
    return run_of(settle(latest(found), asked.fact.absent()), NO_GAP, ends=ends)

"""Questions about observations, such as drug tests: each counts until a newer one."""

from collections.abc import Iterable
from functools import partial

from rehabcore.questions.counting.counts import count
from rehabcore.questions.counting.runs import run_of
from rehabcore.questions.counting.windows import WINDOW, counted_within, once_a_day, window_of
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile, Observation
from rehabcore.records.glossary import CodedKind, codes
from rehabcore.records.order import dated_act
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Absence, Cell, Fact, Parameter, Shape, Takes
from rehabcore.rules.judging.findings import latest
from rehabcore.rules.judging.settling import settle
from rehabcore.rules.time.days import OPEN, Term
from rehabcore.rules.time.partial import PartialDay, PartialEnd, first_of, last_of
from rehabcore.rules.time.timelines import Timeline

_OBSERVED, _OBSERVATIONS, _STREAK = "observed", "observations_of", "streak_of"
FORMS = (_OBSERVED, _OBSERVATIONS, _STREAK)
"""The forms of questions about a kind of observations; its id follows in the fact's name."""


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family, for each of the country's kinds of observations."""
    for kind in words.glossary.observation_kinds:
        yield from _questions_of(kind)


def _questions_of(kind: CodedKind) -> Iterable[Question]:
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
        partial(_observations_of, kind.id),
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


def _observations_of(kind: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Observations, identified by value and day: reports of several sources about one are one."""
    values = asked.codes("value")
    told = (
        (o.value, o.observed_on, o.filed.source, o.filed.record_id)
        for o in _of_kind(kind, view)
        if o.value in values
    )
    return count(counted_within(once_a_day(told), window_of(asked)))


def _streak_of(kind: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The run of days since observations of a value; an observation of another value ends it.

    After the last observation expires, nobody knows whether the streak goes on.
    """
    values, lapse = asked.codes("value"), Term.parse(asked["lapse"])

    def lapses(o: Observation) -> PartialEnd:
        if o.value not in values:
            return OPEN
        first, last = lapse.after(first_of(o.observed_on)), lapse.after(last_of(o.observed_on))
        return first if first == last else PartialDay(first, last)

    found = (
        (o.filed.record_id, dated_act(o.filed, o.observed_on), o.value in values, lapses(o))
        for o in _of_kind(kind, view)
    )
    other = {o.observed_on for o in _of_kind(kind, view) if o.value not in values}
    return run_of(settle(latest(found), asked.fact.absent()), Term(), ends=other)

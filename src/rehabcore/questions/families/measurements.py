"""Questions about the latest valid measurement of an amount: a balance, a fee, points of a test."""

from collections.abc import Iterable
from functools import partial

from rehabcore.questions.plain.findings import FindingsByThing, by_thing, newest_finding
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile
from rehabcore.records.order import dated_act
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Shape
from rehabcore.rules.judging.findings import latest
from rehabcore.rules.judging.settling import settle
from rehabcore.rules.time.timelines import Timeline

_MEASURED = "measured"
FORMS = (_MEASURED,)
"""The forms of questions about a kind of amounts; the id of the kind follows in the fact's name."""


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family, for each of the country's kinds of amounts."""
    for kind in words.glossary.measurement_kinds:
        yield Question(
            Fact(
                name=f"{_MEASURED}_{kind.id}",
                shape=Shape.AMOUNT,
                about="The latest measurement that still counts.",
                title=kind.title,
                unit=kind.unit,
                absence=kind.absence,
                answered_by=kind.answered_by,
            ),
            partial(_measured, kind.id),
            partial(newest_finding, _found, kind.id),
        )


def _measured(kind: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest measurement. If those of one day differ and are in no order, it is disputed."""
    found = (
        (m.filed.record_id, dated_act(m.filed, m.measured_on), m.amount, m.expires)
        for m in view.measurements
        if m.kind == kind
    )
    return settle(latest(found), asked.fact.absent())


def _found(view: CaseFile) -> FindingsByThing:
    return by_thing(
        (m.kind, "", m.filed.record_id, m.measured_on, m.amount, m.expires)
        for m in view.measurements
    )

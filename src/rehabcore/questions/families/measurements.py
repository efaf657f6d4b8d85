"""The latest measurement of an amount, while it is valid: a balance, a fee, points of a test."""

from collections.abc import Iterable

from rehabcore.questions.family import Reading, Words
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Shape
from rehabcore.rules.judging.settling import latest, settle
from rehabcore.rules.time.timelines import Timeline

_MEASURED = "measured_"


def declare(words: Words) -> Iterable[Fact]:
    """The facts of this family, for each of the country's kinds of amounts."""
    for kind in words.glossary.measurement_kinds:
        yield Fact(
            name=f"{_MEASURED}{kind.id}",
            shape=Shape.AMOUNT,
            about="The latest measurement that still counts.",
            title=kind.title,
            unit=kind.unit,
            absence=kind.absence,
            answered_by=kind.answered_by,
        )


def _measured(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest measurement; on one day, measurements that differ are disputed."""
    kind = asked.fact.name.removeprefix(_MEASURED)
    found = [
        (m.filed.record_id, m.amount, m.measured_on, m.expires)
        for m in view.measurements
        if m.kind == kind
    ]
    return settle(latest(found), asked.fact.absent())


READINGS_OF_KINDS: dict[str, Reading] = {_MEASURED: _measured}

"""Events in a window: sanctions, violations, payments, whatever happens on a day."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from rehabcore.questions.family import Reading, Words, ids
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.ageing import Ageing
from rehabcore.rules.criteria import Asked
from rehabcore.rules.days import Term
from rehabcore.rules.facts import (
    Absence,
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
)
from rehabcore.rules.timelines import Timeline

WINDOW = (
    Parameter(name="within"),
    Parameter(name="ageing", codes=tuple(Ageing), takes=Takes.AGEING),
)
"""The parameters of a window that looks back from the day."""


def declare(words: Words) -> Iterable[Fact]:
    """The facts of this family."""
    kinds = codes(words.glossary.event_kinds)
    if kinds:
        yield Fact(
            name="events",
            shape=Shape.COUNT,
            parameters=(Parameter(name="kind", codes=kinds), *WINDOW),
            about="How many events of a kind happened within a term before the day.",
            unit="events",
            absence=Absence.NONE,
        )


def _events(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Events in a window. What several sources report of one day is counted once."""
    within, ageing = Term.parse(asked["within"]), Ageing(asked["ageing"])
    spans = [
        (event, event.happened_on, ageing.leaves(event.happened_on, within))
        for event in view.events
        if event.kind == asked["kind"]
    ]

    def cell(day: date) -> Cell:
        counted = [event for event, start, end in spans if start <= day < end]
        by_source = Counter((event.happened_on, event.filed.source) for event in counted)
        by_day: dict[date, int] = {}
        for (happened_on, _), number in by_source.items():
            by_day[happened_on] = max(number, by_day.get(happened_on, 0))
        number = sum(by_day.values())
        return Known(number, evidence=ids(counted), assumption=Assumption.NONE_ON_FILE)

    return Timeline.of_changes((day for _, start, end in spans for day in (start, end)), cell)


READINGS: dict[str, Reading] = {"events": _events}

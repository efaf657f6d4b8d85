"""States that hold over spans of days: work, housing, whatever a country keeps track of."""

from collections.abc import Iterable

from rehabcore.questions.family import Reading, Words
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.claims import Claim, settle
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Shape
from rehabcore.rules.timelines import Timeline

_STATE = "state_"


def declare(words: Words) -> Iterable[Fact]:
    """The facts of this family, for each of the country's kinds of states."""
    for kind in words.glossary.state_kinds:
        yield Fact(
            name=f"{_STATE}{kind.id}",
            shape=Shape.CHOICE,
            codes=codes(kind.values),
            about="The state that holds on the day.",
            title=kind.title,
            absence=kind.absence,
            answered_by=kind.answered_by,
        )


def _state(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    kind = asked.fact.name.removeprefix(_STATE)
    claims = [Claim(s.filed.record_id, s.span, s.value) for s in view.states if s.kind == kind]
    return settle(claims, asked.fact.absent())


READINGS_OF_KINDS: dict[str, Reading] = {_STATE: _state}

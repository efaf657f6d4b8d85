"""What somebody observed on a day: drug tests, decisions, whatever counts until a newer one."""

from collections.abc import Iterable

from rehabcore.questions.family import Reading, Words
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.claims import finding, settle
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Shape
from rehabcore.rules.timelines import Timeline

_OBSERVED = "observed_"


def declare(words: Words) -> Iterable[Fact]:
    """The facts of this family, for each of the country's kinds of observations."""
    for kind in words.glossary.observation_kinds:
        yield Fact(
            name=f"{_OBSERVED}{kind.id}",
            shape=Shape.CHOICE,
            codes=codes(kind.values),
            about="The latest observation that still counts.",
            title=kind.title,
            absence=kind.absence,
            answered_by=kind.answered_by,
        )


def _observed(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest observation; on one day, observations that differ are disputed."""
    kind = asked.fact.name.removeprefix(_OBSERVED)
    observations = [o for o in view.observations if o.kind == kind]
    days = sorted(o.observed_on for o in observations)
    claims = [
        claim
        for o in observations
        for claim in finding(
            o.filed.record_id,
            o.value,
            o.observed_on,
            expires=o.expires,
            replaced=next((day for day in days if day > o.observed_on), None),
        )
    ]
    return settle(claims, asked.fact.absent())


READINGS_OF_KINDS: dict[str, Reading] = {_OBSERVED: _observed}

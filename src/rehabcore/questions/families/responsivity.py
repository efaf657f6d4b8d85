"""Questions about factors of responsivity, which the delivery of a programme has to heed."""

from collections.abc import Iterable
from functools import partial

from rehabcore.questions.plain.findings import FindingsByThing, by_thing, newest_finding_of
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.records.order import dated_act
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Parameter, Shape
from rehabcore.rules.judging.findings import latest
from rehabcore.rules.judging.settling import settle
from rehabcore.rules.time.timelines import Timeline


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    kinds = codes(words.glossary.responsivity_kinds)
    if kinds:
        yield Question(
            Fact(
                name="responsivity_factor",
                shape=Shape.FLAG,
                parameters=(Parameter(name="responsivity_kind", codes=kinds),),
                about=(
                    "Whether the latest finding on a factor of responsivity says "
                    "that it is present."
                ),
                answered_by=("psychologist", "social_worker"),
            ),
            _responsivity_factor,
            partial(newest_finding_of, _found, "responsivity_kind"),
        )


def _responsivity_factor(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    factors = [f for f in view.responsivity_factors if f.kind == asked["responsivity_kind"]]
    found = (
        (f.filed.record_id, dated_act(f.filed, f.found_on), f.present, f.expires) for f in factors
    )
    return settle(latest(found), asked.fact.absent())


def _found(view: CaseFile) -> FindingsByThing:
    return by_thing(
        (f.kind, "", f.filed.record_id, f.found_on, f.present, f.expires)
        for f in view.responsivity_factors
    )

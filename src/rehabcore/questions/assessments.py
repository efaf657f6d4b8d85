"""Levels of need and of risk, by assessments."""

from collections.abc import Iterable

from rehabcore import risk
from rehabcore.questions.family import Reading, Words
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.claims import settle
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Parameter, Shape
from rehabcore.rules.timelines import Timeline


def declare(words: Words) -> Iterable[Fact]:
    """The facts of this family."""
    glossary = words.glossary
    yield Fact(
        name="need_level",
        shape=Shape.LEVEL,
        codes=codes(glossary.need_levels),
        parameters=(Parameter(name="domain", codes=codes(glossary.need_domains)),),
        about="Level of need in a domain, by confirmed assessments within their validity.",
        answered_by=("psychologist", "social_worker"),
        changed_by=("assess_needs",),
    )
    yield Fact(
        name="risk_level",
        shape=Shape.LEVEL,
        codes=codes(glossary.risk_levels),
        about="Level of risk, by confirmed assessments within their validity.",
        answered_by=("probation_officer", "multidisciplinary_group"),
        changed_by=("assess_risk",),
    )


def _need_level(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = risk.need_claims(view.needs_assessments, asked["domain"])
    return settle(claims, asked.fact.absent())


def _risk_level(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return settle(risk.risk_claims(view.risk_assessments), asked.fact.absent())


READINGS: dict[str, Reading] = {"need_level": _need_level, "risk_level": _risk_level}

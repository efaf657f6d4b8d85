"""What assessments say of needs and of risk: levels, scores, and for how long."""

from collections.abc import Iterable

from rehabcore import risk
from rehabcore.questions.family import Reading, Words
from rehabcore.questions.runs import GAP, gap_of, time_in
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.claims import settle
from rehabcore.rules.criteria import Asked
from rehabcore.rules.days import Term
from rehabcore.rules.facts import Cell, Fact, Parameter, Shape, Takes
from rehabcore.rules.timelines import Timeline

_NEEDS_BY, _NEEDS_ACT = ("psychologist", "social_worker"), ("assess_needs",)
_RISK_BY, _RISK_ACT = ("probation_officer", "multidisciplinary_group"), ("assess_risk",)


def declare(words: Words) -> Iterable[Fact]:
    """The facts of this family."""
    needs, risks = codes(words.glossary.need_levels), codes(words.glossary.risk_levels)
    domain = Parameter(name="domain", codes=codes(words.glossary.need_domains))
    yield Fact(
        name="need_level",
        shape=Shape.LEVEL,
        codes=needs,
        parameters=(domain,),
        about="Level of need in a domain, by confirmed assessments within their validity.",
        answered_by=_NEEDS_BY,
        changed_by=_NEEDS_ACT,
    )
    yield Fact(
        name="risk_level",
        shape=Shape.LEVEL,
        codes=risks,
        about="Level of risk, by confirmed assessments within their validity.",
        answered_by=_RISK_BY,
        changed_by=_RISK_ACT,
    )
    yield Fact(
        name="time_at_need_level",
        shape=Shape.ELAPSED,
        parameters=(domain, Parameter(name="need_level", codes=needs, takes=Takes.CODES), GAP),
        about="Time without a break at a level of need, since the assessment that found it.",
        unit="calendar time",
        answered_by=_NEEDS_BY,
        changed_by=_NEEDS_ACT,
    )
    yield Fact(
        name="time_at_risk_level",
        shape=Shape.ELAPSED,
        parameters=(Parameter(name="risk_level", codes=risks, takes=Takes.CODES), GAP),
        about="Time without a break at a level of risk, since the assessment that found it.",
        unit="calendar time",
        answered_by=_RISK_BY,
        changed_by=_RISK_ACT,
    )
    yield Fact(
        name="risk_score",
        shape=Shape.AMOUNT,
        about="Score of the latest confirmed assessment of risk within its validity.",
        unit="points",
        answered_by=_RISK_BY,
        changed_by=_RISK_ACT,
    )
    yield Fact(
        name="risk_score_fall",
        shape=Shape.AMOUNT,
        parameters=(Parameter(name="within"),),
        about="By how much the score is below the earliest within a term before it.",
        unit="percent",
        answered_by=_RISK_BY,
        changed_by=_RISK_ACT,
    )


def _need_level(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = risk.need_claims(view.needs_assessments, asked["domain"])
    return settle(claims, asked.fact.absent())


def _risk_level(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return settle(risk.risk_claims(view.risk_assessments), asked.fact.absent())


def _time_at_need_level(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = risk.need_claims(view.needs_assessments, asked["domain"])
    return time_in(claims, asked.codes("need_level"), asked.fact.absent(), gap_of(asked))


def _time_at_risk_level(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = risk.risk_claims(view.risk_assessments)
    return time_in(claims, asked.codes("risk_level"), asked.fact.absent(), gap_of(asked))


def _risk_score(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return settle(risk.score_claims(view.risk_assessments), asked.fact.absent())


def _risk_score_fall(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = risk.fall_claims(view.risk_assessments, Term.parse(asked["within"]))
    return settle(claims, asked.fact.absent())


READINGS: dict[str, Reading] = {
    "need_level": _need_level,
    "risk_level": _risk_level,
    "time_at_need_level": _time_at_need_level,
    "time_at_risk_level": _time_at_risk_level,
    "risk_score": _risk_score,
    "risk_score_fall": _risk_score_fall,
}

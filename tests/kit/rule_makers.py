"""One fact of each shape, a reader that knows them, and what a refusal says."""

from typing import Any

from attrs import evolve

from rehabcore.rules.criteria import About, ask
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.plain import plain_forms
from rehabcore.rules.facts import Fact, Parameter, Shape, Takes
from rehabcore.rules.sources import Citation
from rehabcore.rules.time.days import Term
from rehabcore.strict.structure import Codec

LEVELS = ("low", "medium", "high")
"""The codes of the coded facts, lowest first."""

ALONE = Fact(name="alone", shape=Shape.FLAG, about="Lives alone.")
SANCTIONS = Fact(name="sanctions", shape=Shape.COUNT, about="Sanctions.")
DEBT = Fact(name="debt", shape=Shape.AMOUNT, about="Debt.")
HOUSING = Fact(name="housing", shape=Shape.CHOICE, about="Quality of housing.", codes=LEVELS)
RISK = Fact(name="risk", shape=Shape.LEVEL, about="Risk.", codes=LEVELS)
NEEDS = Fact(name="needs", shape=Shape.SET, about="Levels of all needs.", codes=LEVELS)
AGE = Fact(name="age", shape=Shape.ELAPSED, about="Time since birth.")
LEFT = Fact(name="left", shape=Shape.REMAINING, about="Time to the end.")

BY_SHAPE = {fact.shape: fact for fact in (ALONE, SANCTIONS, DEBT, HOUSING, RISK, NEEDS, AGE, LEFT)}

REPORTS = Fact(
    name="reports",
    shape=Shape.COUNT,
    about="Reports in a window.",
    parameters=(
        Parameter(name="kind", codes=("warning", "isolation")),
        Parameter(name="within"),
        Parameter(name="source", codes=("prison",), required=False),
    ),
)
TIME_AT_RISK = Fact(
    name="time_at_risk",
    shape=Shape.ELAPSED,
    about="Time at some levels of risk.",
    parameters=(
        Parameter(name="levels", codes=LEVELS, takes=Takes.CODES),
        Parameter(name="share", takes=Takes.SHARE, required=False),
    ),
)
FACTS = {fact.name: fact for fact in (*BY_SHAPE.values(), REPORTS, TIME_AT_RISK)}
ADULT = evolve(
    ask(AGE).at_least(Term(18)), about=About(id="adult", cite=(Citation("xx-act", "art-3"),))
)

JSON = Codec(plain_forms())
TOML = Codec(plain_forms(dates_are_objects=True), dates_are_objects=True)


def reader_of(codec: Codec = JSON, **given: Any) -> CriterionReader:
    """A reader of tables that knows these facts and the rule ``adult``."""
    return CriterionReader(facts=FACTS, rules={"adult": ADULT}, codec=codec, **given)

"""Facts of every shape, what may be asked of them, and what may be known of them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from hypothesis import strategies as st

from rehabcore.rules.criteria import Asked, ask
from rehabcore.rules.facts import (
    BOUNDED,
    NEVER,
    Absence,
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
    Unknown,
    Value,
)
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import checked_arguments
from rehabcore.testing.strategies.time import days, terms

CODES = ("low", "medium", "high", "very_high")
"""The codes of every coded fact made here, lowest first."""

WITHIN = Parameter(name="within")
DOMAIN = Parameter(name="domain", codes=("work", "housing"), required=False)

FACTS: Mapping[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact(name="alone", shape=Shape.FLAG, about="Lives alone.", changed_by=("move",)),
        Fact(
            name="barred",
            shape=Shape.FLAG,
            about="Has been barred.",
            absence=Absence.NONE,
            changed_by=("bar",),
            lasting=True,
        ),
        Fact(name="fit", shape=Shape.FLAG, about="Is fit for work.", absence=Absence.NEEDS_PERSON),
        Fact(name="sanctions", shape=Shape.COUNT, about="Sanctions.", parameters=(WITHIN,)),
        Fact(name="debt", shape=Shape.AMOUNT, about="Debt.", unit="mark", changed_by=("pay",)),
        Fact(name="housing", shape=Shape.CHOICE, about="Housing.", codes=CODES),
        Fact(
            name="need",
            shape=Shape.LEVEL,
            about="Need.",
            codes=CODES,
            parameters=(DOMAIN,),
            changed_by=("assess",),
        ),
        Fact(
            name="languages",
            shape=Shape.SET,
            about="Languages.",
            codes=CODES,
            changed_by=("learn",),
        ),
        Fact(name="age", shape=Shape.ELAPSED, about="Time since birth."),
        Fact(
            name="sentence_left",
            shape=Shape.REMAINING,
            about="Time to the end.",
            changed_by=("sentence",),
        ),
    )
}
"""Facts of every shape, every meaning of absence, with and without parameters."""


@lru_cache
def facts() -> st.SearchStrategy[Fact]:
    """One of ``FACTS``."""
    return st.sampled_from(tuple(FACTS.values()))


def asked(which: st.SearchStrategy[Fact] | None = None) -> st.SearchStrategy[Asked]:
    """Facts with every parameter that they need."""
    return (facts() if which is None else which).flatmap(_with_parameters)


def _said(parameter: Parameter, *, ages: bool) -> st.SearchStrategy[str]:
    """A strategy of texts that may be given for a parameter, of a fact whose window ages or not."""
    codes = parameter.codes
    match parameter.takes:
        case Takes.OFFICE:
            return st.sampled_from(("office-1", "ngo-2"))
        case Takes.SHARE:
            return st.sampled_from(("1/2", "2/3", "85%"))
        case Takes.TERM if ages and parameter.name == "within":
            return st.integers(1, 60).map(lambda months: str(Term(months=months)))
        case Takes.TERM:
            return terms().map(str)
        case Takes.CODES:
            return st.sampled_from((*codes, ", ".join(codes)))
        case _:
            return st.sampled_from(codes)


@lru_cache
def _with_parameters(fact: Fact) -> st.SearchStrategy[Asked]:
    ages = any(parameter.takes is Takes.AGEING for parameter in fact.parameters)
    said = {p.name: _said(p, ages=ages) for p in fact.parameters}
    optional = {p.name: said.pop(p.name) for p in fact.parameters if not p.required}
    return st.fixed_dictionaries(said, optional=optional).map(lambda given: ask(fact, **given))


@lru_cache
def amounts() -> st.SearchStrategy[Decimal]:
    """Decimal numbers with two places."""
    return st.decimals(-50, 50, places=2, allow_nan=False, allow_infinity=False)


@lru_cache
def code_sets(codes: tuple[str, ...], *, least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    """Sets of some of the codes."""
    return st.frozensets(st.sampled_from(codes), min_size=least)


@lru_cache
def values(fact: Fact) -> st.SearchStrategy[Value]:
    """Values that a fact may have; for running time, anchor days."""
    match fact.shape:
        case Shape.FLAG:
            return st.booleans()
        case Shape.COUNT:
            return st.integers(0, 5)
        case Shape.AMOUNT:
            return amounts()
        case Shape.CHOICE | Shape.LEVEL:
            return st.sampled_from(fact.codes)
        case Shape.SET:
            return code_sets(fact.codes)
        case _:  # a time that runs
            return days() | st.just(NEVER)


@lru_cache
def record_ids() -> st.SearchStrategy[tuple[str, ...]]:
    """Ids of a few records, each once."""
    return st.sampled_from(((), ("r-1",), ("r-2", "r-1"), ("r-3",)))


@lru_cache
def knowns(fact: Fact) -> st.SearchStrategy[Known]:
    """Cells with a value, some of them assumed."""
    assumed = st.just(Assumption.NONE_ON_FILE) | st.none()
    return st.builds(Known, values(fact), evidence=record_ids(), assumption=assumed)


@lru_cache
def unknowns(fact: Fact) -> st.SearchStrategy[Unknown]:
    """Cells without a value, of every kind, some of them between two values."""
    between: st.SearchStrategy[tuple[Value, Value] | None] = st.none()
    if fact.shape in BOUNDED:
        between |= st.tuples(values(fact), values(fact)).map(lowest_first)
    kinds = st.sampled_from(UnknownKind)
    return st.builds(Unknown, kinds, evidence=record_ids(), between=between)


def lowest_first(ends: tuple[Value, Value]) -> tuple[Value, Value]:
    """The lower one first; an anchor that never comes is later than every day."""
    low, high = sorted(ends, key=lambda end: date.max if end is NEVER else end)
    return low, high


@checked_arguments
def cells_for(fact: Fact) -> st.SearchStrategy[Cell]:
    """Cells that may answer a fact."""
    return _cells_for(fact)


@lru_cache
def _cells_for(fact: Fact) -> st.SearchStrategy[Cell]:
    return knowns(fact) | unknowns(fact)

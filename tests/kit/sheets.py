"""What the unknown of a sheet may turn out to be, and what records may claim of a choice."""

from datetime import date
from decimal import Decimal

from attrs import evolve
from hypothesis import strategies as st

from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import BOUNDED, NEVER, Cell, Fact, Known, Shape, Value
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.truth import UnknownKind
from rehabcore.testing.strategies.criteria import Sheet
from rehabcore.testing.strategies.facts import knowns, lowest_first, record_ids, values
from rehabcore.testing.strategies.time import spans


def completions(sheet: Sheet, on: date) -> st.SearchStrategy[Sheet]:
    """The same sheet with some of its unknown cells, perhaps all, replaced by possible values."""
    return st.fixed_dictionaries(
        {question: st.just(cell) | _known(question, cell, on) for question, cell in sheet.items()}
    )


def _known(question: Asked, cell: Cell, on: date) -> st.SearchStrategy[Cell]:
    if isinstance(cell, Known):
        return st.nothing()
    if cell.between is None:
        return knowns(question.fact)
    inside = values_between(question.fact, *cell.between, on)
    return st.builds(Known, inside, evidence=record_ids())


def values_between(fact: Fact, low: Value, high: Value, on: date) -> st.SearchStrategy[Value]:
    """Values that an unknown one of a ``BOUNDED`` fact may turn out to have on a day."""
    ends = st.sampled_from((low, high))
    if fact.shape is Shape.ELAPSED and isinstance(low, date) and high is NEVER:
        return ends | (st.dates(low, on) if low <= on else st.nothing())  # it began, or never will
    match low, high:
        case date(), date():
            return ends | st.dates(low, high)
        case date(), _:
            return ends | st.dates(low, date(2199, 12, 31))
        case Decimal(), Decimal():
            return ends | st.decimals(low, high, places=2)
        case int(), int():
            return ends | st.integers(low, high)
    return ends


def narrowings(sheet: Sheet, on: date) -> st.SearchStrategy[Sheet]:
    """The same sheet with some of its unknown cells, perhaps all, between closer values."""
    return st.fixed_dictionaries(
        {
            question: st.just(cell) | _narrower(question, cell, on)
            for question, cell in sheet.items()
        }
    )


def _narrower(question: Asked, cell: Cell, on: date) -> st.SearchStrategy[Cell]:
    if isinstance(cell, Known) or question.fact.shape not in BOUNDED:
        return st.nothing()
    fact = question.fact
    inside = values(fact) if cell.between is None else values_between(fact, *cell.between, on)
    return st.tuples(inside, inside).map(lambda ends: evolve(cell, between=lowest_first(ends)))


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    """Records' words on a choice within some weeks: agreeing, contradicting, open, for ever."""
    said: st.SearchStrategy[Value | UnknownKind] = st.sampled_from(("low", "high", *UnknownKind))
    span = st.none() | spans(date(2020, 1, 1), date(2020, 2, 1), longest=40)
    number = draw(st.integers(0, 6))
    return [Claim(f"r-{index}", draw(span), draw(said)) for index in range(number)]

"""Criteria of every kind of node, over any facts, and what may be known of all that they ask."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from attrs import evolve
from hypothesis import strategies as st

from rehabcore.rules.criteria import (
    About,
    AllOf,
    AnyOf,
    Asked,
    AtLeast,
    Compare,
    Criterion,
    Not,
    ask,
    comparisons,
)
from rehabcore.rules.facts import DATED, OPERATORS, RUNNING, Cell, Fact, Operator, Shape
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import OPEN, LeapDay, Span, Term
from rehabcore.rules.well_formed import Operand
from rehabcore.strict.checked import checked_arguments
from rehabcore.testing.strategies.facts import FACTS, amounts, asked, cells_for, code_sets
from rehabcore.testing.strategies.time import days, leap_days, spans, terms

LISTING = (Operator.IN, Operator.HAS_ANY, Operator.HAS_ALL)
"""The operators that compare with several codes."""

Sheet = Mapping[Asked, Cell]
"""Cells, on one day, of everything that some criterion asks."""


@lru_cache
def operands(fact: Fact, operator: Operator) -> st.SearchStrategy[Operand]:
    """Constants with which a fact may be compared."""
    if operator in LISTING:
        return code_sets(fact.codes, least=1)
    if operator in DATED:
        return days()
    match fact.shape:
        case Shape.FLAG:
            return st.booleans()
        case Shape.COUNT:
            return st.integers(0, 5)
        case Shape.AMOUNT:
            return amounts()
        case Shape.CHOICE | Shape.LEVEL | Shape.SET:
            return st.sampled_from(fact.codes)
        case _:  # a time that runs
            return terms()


def comparisons_of(
    which: st.SearchStrategy[Fact] | None = None,
    about: st.SearchStrategy[About] | None = None,
) -> st.SearchStrategy[Compare]:
    """Comparisons of facts, about which nothing is said unless ``about`` says it."""
    said = st.just(About()) if about is None else about
    return asked(which).flatmap(lambda question: _comparisons(question, said))


@lru_cache
def _comparisons(question: Asked, about: st.SearchStrategy[About]) -> st.SearchStrategy[Compare]:
    def compare(operator: Operator) -> st.SearchStrategy[Compare]:
        running = question.fact.shape in RUNNING and operator not in DATED
        leap_day = leap_days() if running else st.just(LeapDay.FEBRUARY_28)
        limit = operands(question.fact, operator)
        one, this = st.just(operator), st.just(question)
        return st.builds(Compare, this, one, limit, leap_day=leap_day, about=about)

    allowed = question.fact.comparisons or OPERATORS[question.fact.shape]
    return st.one_of([compare(Operator(operator)) for operator in allowed])


@lru_cache
def texts() -> st.SearchStrategy[Text]:
    """Wordings with English among them, some of them drafts."""
    words = st.text(min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
    wordings = st.fixed_dictionaries({"en": words}, optional={"ka": words, "ro": words})

    def with_drafts(chosen: dict[str, str]) -> st.SearchStrategy[Text]:
        ordered = tuple(sorted(chosen.items()))
        drafts = st.frozensets(st.sampled_from(sorted(chosen)))
        return drafts.map(lambda languages: Text(ordered, languages))

    return wordings.flatmap(with_drafts)


@lru_cache
def citations() -> st.SearchStrategy[Citation]:
    """Places in sources, some of them whole sources."""
    place = st.just("") | st.text(min_size=1, max_size=8)
    return st.builds(Citation, st.sampled_from(("xx-act", "xx-order")), place)


@lru_cache
def abouts() -> st.SearchStrategy[About]:
    """Words about a node, often none."""
    said = st.builds(
        About,
        id=st.sampled_from(("", "adult", "clause-2")),
        title=st.none() | texts(),
        cite=st.lists(citations(), max_size=2).map(tuple),
        in_force=st.none() | spans(unsure=False),
        status=st.none() | st.sampled_from(Status),
        origin=st.sampled_from(("", "xx@2026.2")),
    )
    return st.just(About()) | said


@lru_cache
def validities() -> st.SearchStrategy[About]:
    """Nothing, or only when a node is law: some years of those from which ``days`` come."""
    spans_of_law = (Span(date(1990, 1, 1), date(2015, 6, 1)), Span(date(2010, 1, 1), OPEN))
    return st.sampled_from([About(), About(), *(About(in_force=span) for span in spans_of_law)])


COMPARISONS: tuple[Compare, ...] = tuple(
    Compare(question, operator, operand, leap_day=leap_day)
    for question, operands_of_shape in (
        (ask(FACTS["alone"]), (True, False)),
        (ask(FACTS["barred"]), (True, False)),
        (ask(FACTS["fit"]), (True,)),
        (ask(FACTS["sanctions"], within="6 months"), (0, 1, 3)),
        (ask(FACTS["debt"]), (Decimal("-1.50"), Decimal("10.00"))),
        (ask(FACTS["housing"]), ("low", "high", frozenset({"low", "high"}))),
        (ask(FACTS["need"], domain="work"), ("low", "high", frozenset({"medium"}))),
        (ask(FACTS["languages"]), (frozenset({"low"}), frozenset({"low", "high"}))),
        (ask(FACTS["age"]), (Term(18), Term(0, 1), Term(0, 0, 90), date(2008, 2, 29))),
        (ask(FACTS["sentence_left"]), (Term(2), Term(0, 9), Term(), date(2020, 1, 1))),
    )
    for operator in OPERATORS[question.fact.shape]
    for operand in operands_of_shape
    if isinstance(operand, frozenset) == (operator in LISTING)
    if isinstance(operand, date) == (operator in DATED)
    for leap_day in (LeapDay if isinstance(operand, Term) else (LeapDay.FEBRUARY_28,))
)
"""Comparisons of every fact and operator, to draw from where the constants do not matter."""


@lru_cache
def rules(
    about: st.SearchStrategy[About] | None = None, which: tuple[Compare, ...] = COMPARISONS
) -> st.SearchStrategy[Criterion]:
    """Criteria of every kind of node, law always or for some years; quickly drawn."""
    said = validities() if about is None else about

    def law(number: int, about: About) -> Criterion:
        return evolve(which[number], about=about)

    leaves = st.builds(law, st.integers(0, len(which) - 1), said)
    return st.recursive(leaves, lambda parts: _groups(parts, said), max_leaves=5)


@checked_arguments
def criteria(facts: Collection[Fact] | None = None) -> st.SearchStrategy[Criterion]:
    """Criteria of every kind of node, with everything that may be said about them.

    Args:
        facts: those that are asked, such as ``country.facts.values()``; else invented ones of every
            shape.
    """
    given = tuple(FACTS.values() if facts is None else facts)
    one_of_them = st.integers(0, len(given) - 1).map(lambda number: given[number])
    leaves: st.SearchStrategy[Criterion] = comparisons_of(one_of_them, abouts())
    return st.recursive(leaves, lambda parts: _groups(parts, abouts()), max_leaves=5)


def _groups(
    parts: st.SearchStrategy[Criterion], about: st.SearchStrategy[About]
) -> st.SearchStrategy[Criterion]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)

    def some_of(chosen: tuple[Criterion, ...]) -> st.SearchStrategy[Criterion]:
        return st.builds(AtLeast, st.integers(1, len(chosen)), st.just(chosen), about=about)

    return (
        st.builds(AllOf, several, about=about)
        | st.builds(AnyOf, several, about=about)
        | st.builds(Not, parts, about=about)
        | several.flatmap(some_of)
    )


def sheets(*rules: Criterion) -> st.SearchStrategy[Sheet]:
    """A cell for everything that the criteria ask."""
    questions = {
        leaf.asked: cells_for(leaf.asked.fact) for rule in rules for leaf in comparisons(rule)
    }
    return st.fixed_dictionaries(questions)

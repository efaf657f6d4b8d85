"""Hypothesis strategies shared by the property tests: first rules, then what stands on them."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

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
from rehabcore.rules.facts import (
    BOUNDED,
    DATED,
    NEVER,
    OPERATORS,
    RUNNING,
    Absence,
    Assumption,
    Cell,
    Fact,
    Known,
    Operator,
    Parameter,
    Shape,
    Takes,
    Unknown,
    Value,
)
from rehabcore.rules.judging.settling import Claim
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import OPEN, UNSURE, LeapDay, Span, Term
from rehabcore.rules.truth import UnknownKind
from rehabcore.rules.well_formed import Operand

# ======================================= rules =======================================

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

LISTING = (Operator.IN, Operator.HAS_ANY, Operator.HAS_ALL)
"""The operators that compare with several codes."""

Sheet = Mapping[Asked, Cell]
"""What is known, on one day, of everything that some criterion asks."""


@cache
def days(
    first: date = date(1990, 1, 1), last: date = date(2040, 12, 31)
) -> st.SearchStrategy[date]:
    """Days, month ends and 29 February more often than others."""
    years = range(first.year, last.year + 1)
    months = [date(year, month, 28) for year in years for month in range(1, 13)]
    ends = [end for end in map(_month_end, months) if first <= end <= last]
    leap = [end for end in ends if (end.month, end.day) == (2, 29)]
    return st.dates(first, last) | st.sampled_from(ends) | st.sampled_from(leap or ends)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@cache
def terms() -> st.SearchStrategy[Term]:
    """Terms of years, months, weeks and days, of any of them and of none."""
    years, months, length = st.integers(0, 60), st.integers(0, 40), st.integers(0, 400)
    weeks, none = st.integers(0, 60), st.just(0)
    return st.builds(Term, none | years, none | months, none | length, weeks=none | weeks)


@cache
def day_terms() -> st.SearchStrategy[Term]:
    """Terms that count days or weeks only."""
    days, weeks = st.integers(0, 8000), st.integers(0, 1000)
    return st.builds(Term, days=days) | st.builds(Term, weeks=weeks)


@cache
def leap_days() -> st.SearchStrategy[LeapDay]:
    """Both policies for 29 February."""
    return st.sampled_from(LeapDay)


@st.composite
def spans(
    draw: st.DrawFn,
    first: date = date(1990, 1, 1),
    last: date = date(2040, 12, 31),
    *,
    longest: int = 4000,
    unsure: bool = True,
) -> Span:
    """Spans that start from ``first`` to ``last`` and end on a day, go on, or end unsurely."""
    start = draw(days(first, last))
    end = st.integers(1, longest).map(lambda length: start + timedelta(days=length))
    return Span(start, draw(end | st.just(OPEN) | (st.just(UNSURE) if unsure else st.nothing())))


@cache
def facts() -> st.SearchStrategy[Fact]:
    """One of ``FACTS``."""
    return st.sampled_from(tuple(FACTS.values()))


@cache
def asked(which: st.SearchStrategy[Fact] | None = None) -> st.SearchStrategy[Asked]:
    """Facts with every parameter that they need."""
    return (facts() if which is None else which).flatmap(_with_parameters)


def _said(parameter: Parameter) -> st.SearchStrategy[str]:
    """What may be given for a parameter."""
    if parameter.takes is Takes.OFFICE:
        return st.sampled_from(("office-1", "ngo-2"))
    return st.sampled_from(parameter.codes) if parameter.codes else terms().map(str)


@cache
def _with_parameters(fact: Fact) -> st.SearchStrategy[Asked]:
    given = {parameter.name: _said(parameter) for parameter in fact.parameters}
    optional = {parameter.name for parameter in fact.parameters if not parameter.required}
    return st.fixed_dictionaries(
        {name: value for name, value in given.items() if name not in optional},
        optional={name: value for name, value in given.items() if name in optional},
    ).map(lambda chosen: ask(fact, **chosen))


@cache
def amounts() -> st.SearchStrategy[Decimal]:
    """Decimal numbers with two places."""
    return st.decimals(-50, 50, places=2, allow_nan=False, allow_infinity=False)


@cache
def code_sets(codes: tuple[str, ...], *, least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    """Sets of some of the codes."""
    return st.frozensets(st.sampled_from(codes), min_size=least)


@cache
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
        case Shape.ELAPSED | Shape.REMAINING:
            return days() | st.just(NEVER)


@cache
def record_ids() -> st.SearchStrategy[tuple[str, ...]]:
    """Ids of a few records, each once."""
    return st.sampled_from(((), ("r-1",), ("r-2", "r-1"), ("r-3",)))


@cache
def knowns(fact: Fact) -> st.SearchStrategy[Known]:
    """Cells with a value, some of them assumed."""
    assumed = st.just(Assumption.NONE_ON_FILE) | st.none()
    return st.builds(Known, values(fact), evidence=record_ids(), assumption=assumed)


@cache
def unknowns(fact: Fact) -> st.SearchStrategy[Unknown]:
    """Cells without a value, of every kind, some of them between two values."""
    between: st.SearchStrategy[tuple[Value, Value] | None] = st.none()
    if fact.shape in BOUNDED:
        between |= st.tuples(values(fact), values(fact)).map(in_order)
    kinds = st.sampled_from(UnknownKind)
    return st.builds(Unknown, kinds, evidence=record_ids(), between=between)


def in_order(ends: tuple[Value, Value]) -> tuple[Value, Value]:
    """The lower one first; an anchor that never comes is later than every day."""
    low, high = sorted(ends, key=lambda end: date.max if end is NEVER else end)
    return low, high


@cache
def cells(fact: Fact) -> st.SearchStrategy[Cell]:
    """Cells that may answer a fact."""
    return knowns(fact) | unknowns(fact)


@cache
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
        case Shape.ELAPSED | Shape.REMAINING:
            return terms()


@cache
def comparisons_of(
    which: st.SearchStrategy[Fact] | None = None,
    about: st.SearchStrategy[About] | None = None,
) -> st.SearchStrategy[Compare]:
    """Comparisons of facts, about which nothing is said unless ``about`` says it."""
    said = st.just(About()) if about is None else about
    return asked(which).flatmap(lambda question: _comparisons(question, said))


@cache
def _comparisons(question: Asked, about: st.SearchStrategy[About]) -> st.SearchStrategy[Compare]:
    def compare(operator: Operator) -> st.SearchStrategy[Compare]:
        running = question.fact.shape in RUNNING and operator not in DATED
        leap_day = leap_days() if running else st.just(LeapDay.FEBRUARY_28)
        limit = operands(question.fact, operator)
        one, this = st.just(operator), st.just(question)
        return st.builds(Compare, this, one, limit, leap_day=leap_day, about=about)

    return st.one_of([compare(operator) for operator in OPERATORS[question.fact.shape]])


@cache
def texts() -> st.SearchStrategy[Text]:
    """Wordings with English among them, some of them drafts."""
    words = st.text(min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
    wordings = st.fixed_dictionaries({"en": words}, optional={"ka": words, "ro": words})

    def with_drafts(chosen: dict[str, str]) -> st.SearchStrategy[Text]:
        ordered = tuple(sorted(chosen.items()))
        drafts = st.frozensets(st.sampled_from(sorted(chosen)))
        return drafts.map(lambda languages: Text(ordered, languages))

    return wordings.flatmap(with_drafts)


@cache
def citations() -> st.SearchStrategy[Citation]:
    """Places in sources, some of them whole sources."""
    place = st.just("") | st.text(min_size=1, max_size=8)
    return st.builds(Citation, st.sampled_from(("xx-act", "xx-order")), place)


@cache
def abouts() -> st.SearchStrategy[About]:
    """What may be said about a node, often nothing."""
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


@cache
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


@cache
def rules(
    about: st.SearchStrategy[About] | None = None, which: tuple[Compare, ...] = COMPARISONS
) -> st.SearchStrategy[Criterion]:
    """Criteria of every kind of node, law always or for some years; quickly drawn."""
    said = validities() if about is None else about

    def law(number: int, about: About) -> Criterion:
        return evolve(which[number], about=about)

    leaves = st.builds(law, st.integers(0, len(which) - 1), said)
    return st.recursive(leaves, lambda parts: _groups(parts, said), max_leaves=5)


@cache
def criteria() -> st.SearchStrategy[Criterion]:
    """Criteria of every kind of node, with everything that may be said about them."""
    leaves: st.SearchStrategy[Criterion] = comparisons_of(None, abouts())
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
    questions = {leaf.asked: cells(leaf.asked.fact) for rule in rules for leaf in comparisons(rule)}
    return st.fixed_dictionaries(questions)


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
    return st.tuples(inside, inside).map(lambda ends: evolve(cell, between=in_order(ends)))


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    """Records' words on a choice within some weeks: agreeing, contradicting, open, for ever."""
    said: st.SearchStrategy[Value | UnknownKind] = st.sampled_from(("low", "high", *UnknownKind))
    span = st.none() | spans(date(2020, 1, 1), date(2020, 2, 1), longest=40)
    number = draw(st.integers(0, 6))
    return [Claim(f"r-{index}", draw(span), draw(said)) for index in range(number)]

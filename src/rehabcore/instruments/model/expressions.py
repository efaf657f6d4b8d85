"""The closed set of expressions by which scores are computed from items, norms, other scores.

Everything has a number. An item has the points of its answer; a truth is 1 or 0; a choice among
codes is the place of the code in its list, from 0; a day is its ordinal. So one evaluator suffices
(``engine.evaluation``). A number that is not known is the pair of the least and the most it can be.

Names are those of items, norms and scales, which share one set of names, and ``on``, the day of
the assessment.
"""

from collections.abc import Iterator
from enum import StrEnum

from attrs import fields

from rehabcore.strict.frozen import frozen

Number = int | float
"""A figure of a scoring table. A float stands for exactly the decimal that is written."""
Bound = Number | None
"""One end of a range; None means no limit."""
Pairs = tuple[tuple[str, Number], ...]
"""Numbers by name."""
Ends = tuple[Bound, Bound]
"""The ends of a range, both included; None means no limit."""


@frozen
class FixedNumber:
    """A figure."""

    value: Number


@frozen
class Named:
    """The number of an item, a norm or another scale.

    ``if_missing`` counts if an item has no answer: a figure, or the name of another number. Results
    list it as an assumption.
    """

    name: str
    if_missing: Number | str | None = None


@frozen
class Pool:
    """The sum, or the mean, of items. How it treats unanswered ones is the policy of its scale."""

    items: tuple[str, ...]
    mean: bool = False


@frozen
class Combined:
    """The sum of some expressions less the sum of others."""

    plus: tuple["Expression", ...]
    minus: tuple["Expression", ...] = ()


@frozen
class FirstKnown:
    """One number given in several ways: the first that is known; else any of them may be right."""

    parts: tuple["Expression", ...]


@frozen
class Product:
    """All of them multiplied."""

    parts: tuple["Expression", ...]


class Pick(StrEnum):
    """Which of several numbers is taken; ``any`` and ``all`` are the names for truths."""

    LARGEST = "largest"
    ITEMS = "items"
    """The largest of some items."""
    ANY = "any"
    SMALLEST = "smallest"
    ALL = "all"


@frozen
class Extreme:
    """The largest of some numbers, or the smallest."""

    parts: tuple["Expression", ...]
    pick: Pick


@frozen
class Affine:
    """``of`` times a figure, divided by a figure, plus a figure."""

    of: "Expression"
    times: Number = 1
    divide_by: Number = 1
    add: Number = 0


@frozen
class Ratio:
    """One number divided by another; undefined where the divisor may be 0."""

    of: "Expression"
    by: "Expression"


class Curve(StrEnum):
    """A function of one number."""

    LN = "ln"
    LN1P = "ln1p"
    """The natural logarithm of one more than the number."""
    LOGISTIC = "logistic"
    """e to the power of the number, divided by one more than that."""
    DOUBLE = "double"
    """The nearest binary float. 0.945 becomes a little less, and so is no half to round up."""


@frozen
class Curved:
    """A function of a number; its value is a binary float, no longer exact."""

    of: "Expression"
    curve: Curve


@frozen
class Power:
    """A number to a whole power of at least 2."""

    of: "Expression"
    exponent: int


@frozen
class PointsRow:
    """One row of a table of points: a value for a range with both ends included."""

    low: Bound
    high: Bound
    value: Number


@frozen
class Stepped:
    """A table of points by range. Steps are in order and leave no whole number between out.

    On fractions a step reaches up to, and not including, the start of the next.
    """

    of: "Expression"
    steps: tuple[PointsRow, ...]


@frozen
class Coded:
    """Points by the code that was chosen."""

    name: str
    points: tuple[tuple[str, Number], ...]


@frozen
class Grid:
    """A table in two dimensions. ``rows`` and ``columns`` are the least numbers of each, rising."""

    row: "Expression"
    column: "Expression"
    rows: tuple[Number, ...]
    columns: tuple[Number, ...]
    cells: tuple[tuple[Number, ...], ...]


@frozen
class Case:
    """A value, and when it is taken."""

    when: "Expression"
    then: "Expression"


@frozen
class Cases:
    """The value of the first case whose condition holds, else ``otherwise``."""

    cases: tuple[Case, ...]
    otherwise: "Expression"


class Test(StrEnum):
    """How two numbers are compared."""

    EQUALS = "equals"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    OVER = "over"
    UNDER = "under"


@frozen
class Compared:
    """Whether a number passes a test against another: 1 or 0."""

    of: "Expression"
    test: Test
    against: "Expression"


@frozen
class Chosen:
    """Whether the answer to an item is one of some codes: 1 or 0."""

    name: str
    codes: tuple[str, ...]


@frozen
class Negated:
    """1 for 0 and the reverse."""

    of: "Expression"


@frozen
class ItemCount:
    """How many of some items have at least a number of points."""

    items: tuple[str, ...]
    reaching: Number


@frozen
class Blanks:
    """How many of some items have no answer. It is always known."""

    items: tuple[str, ...]


class Unit(StrEnum):
    """A unit of calendar time."""

    YEARS = "years"
    MONTHS = "months"


@frozen
class Elapsed:
    """Completed years or months from one day to another; below zero if it lies before."""

    start: str
    end: str
    unit: Unit


@frozen
class Rounded:
    """Rounded half up, to so many decimals, on the exact value of the number."""

    of: "Expression"
    decimals: int


@frozen
class Clamped:
    """A number; if it lies outside of a range, the nearer end. Only where that is published."""

    of: "Expression"
    low: Bound = None
    high: Bound = None


Expression = (
    FixedNumber
    | Named
    | Pool
    | Combined
    | FirstKnown
    | Product
    | Extreme
    | Affine
    | Ratio
    | Curved
    | Power
    | Stepped
    | Coded
    | Grid
    | Cases
    | Compared
    | Chosen
    | Negated
    | ItemCount
    | Blanks
    | Elapsed
    | Rounded
    | Clamped
)
"""Any expression that can stand in an instrument."""

TRUTHS = (Compared, Chosen, Negated)
"""Expressions that are 1 or 0."""


def made_of(expression: Expression) -> Iterator[Expression]:
    """The expressions that one is made of directly."""
    for held in fields(type(expression)):
        value = getattr(expression, held.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Case):
                yield from (part.when, part.then)
            elif isinstance(part, Expression):
                yield part


def subexpressions(expression: Expression) -> Iterator[Expression]:
    """An expression and all its parts at every level, each after the expression that holds it."""
    yield expression
    for part in made_of(expression):
        yield from subexpressions(part)


def names_in(expression: Expression) -> tuple[str, ...]:
    """The names that an expression reads, each once, in order of reading."""
    found: dict[str, None] = {}
    for part in subexpressions(expression):
        match part:
            case Named(name=name, if_missing=str(other)):
                found.update({name: None, other: None})
            case Named(name=name) | Coded(name=name) | Chosen(name=name):
                found[name] = None
            case Pool(items=items) | ItemCount(items=items) | Blanks(items=items):
                found.update(dict.fromkeys(items))
            case Elapsed(start=start, end=end):
                found.update({start: None, end: None})
            case _:
                pass
    return tuple(found)

"""Where the parts of an expression stand in an instrument file, as files are usually written."""

from collections.abc import Iterator

from rehabcore.instruments.files.expression_writing import LAST_RANK, RANKS, Modified, names_only
from rehabcore.instruments.model.expressions import (
    Cases,
    Combined,
    Compared,
    Expression,
    Extreme,
    FirstKnown,
    FixedNumber,
    Grid,
    Named,
    Negated,
    Product,
    Ratio,
)
from rehabcore.strict.frozen import frozen


@frozen
class Place:
    """One part of an expression: its path in the file, and the expression that it is part of."""

    path: str
    part: Expression
    within: Expression | None = None


def places_in(expression: Expression, path: str) -> Iterator[Place]:
    """An expression that is written as a table at a path, and all its parts."""
    yield from _table(expression, path, LAST_RANK, None)


def _table(
    expression: Expression, path: str, limit: int, within: Expression | None
) -> Iterator[Place]:
    """The parts of a table that may say what comes before a rank."""
    rank = RANKS.get(type(expression), 0)
    if rank >= limit:
        yield from _operand(expression, f"{path}.of", within)
        return
    if isinstance(expression, Named):
        yield Place(f"{path}.of", expression, within)
        return
    yield Place(path, expression, within)
    if isinstance(expression, Modified):
        yield from _table(expression.of, path, rank, expression)
    for key, part in _operands(expression):
        yield from _operand(part, f"{path}.{key}", expression)


def _operand(expression: Expression, path: str, within: Expression | None) -> Iterator[Place]:
    match expression:
        case Named(if_missing=None) | FixedNumber():
            yield Place(path, expression, within)
        case _:
            yield from _table(expression, path, LAST_RANK, within)


def _operands(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """The operands of a table, and their keys within it."""
    match expression:
        case Compared(test=test, against=against):
            yield test.value, against
        case Combined(plus=plus, minus=()) if names_only(plus):
            yield from _listed("sum_of_scales", plus)
        case Combined(plus=plus, minus=minus):
            yield from _listed("plus", plus)
            yield from _listed("minus", minus)
        case Product(parts=parts):
            yield from _listed("product", parts)
        case FirstKnown(parts=parts):
            yield from _listed("first_known", parts)
        case Extreme(parts=parts, pick=pick):
            yield from _listed(pick.value, parts)
        case Ratio(of=above, by=below):
            yield from (("ratio", above), ("by", below))
        case Grid(row=row, column=column):
            yield from (("row", row), ("column", column))
        case Cases(cases=cases, otherwise=otherwise):
            for index, case in enumerate(cases):
                yield f"cases[{index}].when", case.when
                yield f"cases[{index}].then", case.then
            yield "otherwise", otherwise
        case Negated(of=inner):
            yield "not", inner
        case _:
            pass


def _listed(key: str, parts: tuple[Expression, ...]) -> Iterator[tuple[str, Expression]]:
    for index, part in enumerate(parts):
        yield f"{key}[{index}]", part

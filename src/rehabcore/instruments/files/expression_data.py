"""How expressions are written in instrument files: small tables, each with one form.

An operand is the name of an item, norm or scale, a number, or a table. A table has one of the keys
of ``EXPRESSION_FORMS``. After that, in this order, it may name operations on the number: ``table``
or ``points``, ``fn``, ``power``, ``times`` / ``divide_by`` / ``add``, ``round``, ``clamp``, and one
test (``equals``, ``at_least``, ``at_most``, ``over``, ``under``). Another order needs a table
within ``of``.
"""

from collections.abc import Callable, Iterable
from typing import Any

from rehabcore.instruments.files.figures_data import (
    MOST_DECIMALS,
    MOST_PARTS,
    read_bound,
    read_ends,
    read_factor,
    read_list,
    read_names,
    read_number,
    read_numbers,
    read_points,
    rising_numbers,
    whole_number,
)
from rehabcore.instruments.model.expressions import (
    Affine,
    Blanks,
    Case,
    Cases,
    Chosen,
    Clamped,
    Coded,
    Combined,
    Compared,
    Curve,
    Curved,
    Elapsed,
    Expression,
    Extreme,
    FirstKnown,
    FixedNumber,
    Grid,
    ItemCount,
    Named,
    Negated,
    Number,
    Pick,
    PointsRow,
    Pool,
    Power,
    Product,
    Ratio,
    Rounded,
    Stepped,
    Test,
    Unit,
)
from rehabcore.strict.problems import Problems, one_of, refuse, unknown_keys

DEEPEST_EXPRESSION = 12
"""How deep tables may be nested in one expression."""
HIGHEST_POWER = 8


class TableReader:
    """One table while it is read: its problems so far, and the keys that were asked for."""

    def __init__(self, plain: dict[str, Any], level: int) -> None:
        self.plain, self.level = plain, level
        self.problems = Problems()
        self.asked: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the table has a key."""
        return key in self.plain

    def take(self, key: str, read: Callable[[object], Any]) -> Any:
        """The value of a key; ``done`` must be called before the value is used."""
        self.asked.add(key)
        if key not in self.plain:
            self.problems.note(None, "missing_key", "this key", path=key)
            return None
        return self.problems.at(key, read, self.plain[key])

    def operand(self, key: str) -> Any:
        """The operand that a key holds."""
        return self.take(key, lambda plain: _operand(plain, self.level + 1))

    def operands(self, key: str) -> Any:
        """The operands that a key holds."""
        return self.take(key, lambda plain: _operands(plain, self.level + 1))

    def done(self) -> None:
        """Refuse keys that nobody asked for, and everything that went wrong."""
        self.problems.add(*unknown_keys(self.plain, self.asked))
        self.problems.done()


def read_expression(plain: object) -> Expression:
    """Make an expression of a table.

    Raises:
        InputError: every problem in it, with paths relative to the table.
    """
    return _expression(plain, 1)


def _expression(plain: object, level: int) -> Expression:
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", "a table")
    if level > DEEPEST_EXPRESSION:
        refuse(plain, "too_deep", f"at most {DEEPEST_EXPRESSION} levels")
    forms = [key for key in EXPRESSION_FORMS if key in plain]
    if len(forms) != 1:
        refuse(plain, "not_an_expression", f"exactly one of the keys {', '.join(EXPRESSION_FORMS)}")
    table = TableReader(plain, level)
    made = EXPRESSION_FORMS[forms[0]](table)
    for keys, modify in _MODIFIERS:
        if any(map(table.has, keys)):
            made = modify(table, made)
    table.done()
    return made


def _operand(plain: object, level: int) -> Expression:
    if isinstance(plain, str):
        return Named(plain)
    if isinstance(plain, dict):
        return _expression(plain, level)
    return FixedNumber(read_number(plain))


def _operands(plain: object, level: int) -> tuple[Expression, ...]:
    if not isinstance(plain, list) or not 1 <= len(plain) <= MOST_PARTS:
        refuse(plain, "wrong_type", f"a list of 1 to {MOST_PARTS} names, numbers or tables")
    problems = Problems()
    made = [problems.at(f"[{i}]", _operand, part, level) for i, part in enumerate(plain)]
    problems.done()
    return tuple(made)


def _of(table: TableReader) -> Expression:
    inner: Expression = table.operand("of")
    if table.has("if_missing"):
        default = table.take("if_missing", _read_stand_in)
        if not isinstance(inner, Named):
            table.problems.note(None, "wrong_type", "the name of an item in of", path="if_missing")
            return FixedNumber(0)
        return Named(inner.name, default)
    return inner


def _read_stand_in(plain: object) -> Number | str:
    return plain if isinstance(plain, str) else read_number(plain)


def _sum_of_scales(table: TableReader) -> Expression:
    names = table.take("sum_of_scales", read_names) or ()
    return Combined(tuple(map(Named, names)))


def _combined(table: TableReader) -> Expression:
    plus = table.operands("plus") or ()
    return Combined(plus, (table.operands("minus") or ()) if table.has("minus") else ())


def _picked(pick: Pick) -> Callable[[TableReader], Expression]:
    return lambda table: Extreme(table.operands(pick.value) or (), pick)


def _items(table: TableReader) -> Expression:
    return Extreme(tuple(map(Named, table.take("items", read_names) or ())), Pick.ITEMS)


def _ratio(table: TableReader) -> Expression:
    return Ratio(table.operand("ratio"), table.operand("by"))


def _counted(table: TableReader) -> Expression:
    return ItemCount(table.take("count", read_names), table.take("reaching", read_number))


def _grid(table: TableReader) -> Expression:
    return Grid(
        table.operand("row"),
        table.operand("column"),
        table.take("rows", rising_numbers),
        table.take("columns", rising_numbers),
        table.take("cells", lambda plain: tuple(map(read_numbers, read_list(plain)))),
    )


def _cases(table: TableReader) -> Expression:
    def case(plain: object) -> Case:
        inner = TableReader(plain if isinstance(plain, dict) else {}, table.level + 1)
        made = Case(inner.operand("when"), inner.operand("then"))
        inner.done()
        return made

    def cases(plain: object) -> tuple[Case, ...]:
        problems = Problems()
        made = [problems.at(f"[{i}]", case, part) for i, part in enumerate(read_list(plain))]
        problems.done()
        return tuple(made)

    return Cases(table.take("cases", cases), table.operand("otherwise"))


def _between(key: str, unit: Unit) -> Callable[[TableReader], Expression]:
    def made(table: TableReader) -> Expression:
        days = table.take(key, read_names) or ("", "")
        if len(days) != len(("start", "end")):
            table.problems.note(days, "wrong_type", "two names of days", path=key)
        return Elapsed(days[0], days[-1], unit)

    return made


EXPRESSION_FORMS: dict[str, Callable[[TableReader], Expression]] = {
    "of": _of,
    "value": lambda table: FixedNumber(table.take("value", read_number)),
    "sum": lambda table: Pool(table.take("sum", read_names)),
    "mean": lambda table: Pool(table.take("mean", read_names), mean=True),
    "sum_of_scales": _sum_of_scales,
    "plus": _combined,
    "first_known": lambda table: FirstKnown(table.operands("first_known")),
    "product": lambda table: Product(table.operands("product")),
    "largest": _picked(Pick.LARGEST),
    "smallest": _picked(Pick.SMALLEST),
    "any": _picked(Pick.ANY),
    "all": _picked(Pick.ALL),
    "items": _items,
    "ratio": _ratio,
    "row": _grid,
    "cases": _cases,
    "not": lambda table: Negated(table.operand("not")),
    "count": _counted,
    "blanks": lambda table: Blanks(table.take("blanks", read_names)),
    "years_between": _between("years_between", Unit.YEARS),
    "months_between": _between("months_between", Unit.MONTHS),
}
"""The forms of a table, by the key that tells them apart."""


def _name_of(table: TableReader, made: Expression, key: str) -> str:
    if isinstance(made, Named) and made.if_missing is None:
        return made.name
    table.problems.note(None, "wrong_type", "the name of an item with codes in of", path=key)
    return ""


def _stepped(table: TableReader, made: Expression) -> Expression:
    def step(plain: object) -> PointsRow:
        row = TableReader(plain if isinstance(plain, dict) else {}, table.level)
        low, high = row.take("from", read_bound), row.take("to", read_bound)
        made = PointsRow(low, high, row.take("value", read_number))
        row.done()
        return made

    def steps(plain: object) -> tuple[PointsRow, ...]:
        problems = Problems()
        rows = [problems.at(f"[{i}]", step, row) for i, row in enumerate(read_list(plain))]
        problems.done()
        if not rows:
            refuse(plain, "empty_group", "at least one row")
        return tuple(rows)

    return Stepped(made, table.take("table", steps))


def _coded(table: TableReader, made: Expression) -> Expression:
    return Coded(_name_of(table, made, "points"), table.take("points", read_points) or ())


def _is(table: TableReader, made: Expression) -> Expression:
    if table.has("is"):
        return Chosen(_name_of(table, made, "is"), table.take("is", lambda one: read_names([one])))
    return Chosen(_name_of(table, made, "in"), table.take("in", read_names))


def _curved(table: TableReader, made: Expression) -> Expression:
    def curve(plain: object) -> Curve:
        if not isinstance(plain, str) or plain not in list(Curve):
            refuse(plain, "unknown_value", one_of(Curve, plain))
        return Curve(plain)

    return Curved(made, table.take("fn", curve))


def _power(table: TableReader, made: Expression) -> Expression:
    return Power(made, table.take("power", whole_number(2, HIGHEST_POWER)))


def _affine(table: TableReader, made: Expression) -> Expression:
    given = {
        key: table.take(key, read_factor if key != "add" else read_number)
        for key in _AFFINE
        if table.has(key)
    }
    return Affine(made, **given)


def _rounded(table: TableReader, made: Expression) -> Expression:
    return Rounded(made, table.take("round", whole_number(0, MOST_DECIMALS)))


def _clamped(table: TableReader, made: Expression) -> Expression:
    low, high = table.take("clamp", read_ends) or (None, None)
    return Clamped(made, low, high)


def _compared(table: TableReader, made: Expression) -> Expression:
    tests = [test for test in Test if table.has(test.value)]
    if len(tests) > 1:
        table.problems.note(tests, "two_operators", "one test", path="")
    against = [table.operand(test.value) for test in tests]
    return Compared(made, tests[0], against[0])


_AFFINE = ("times", "divide_by", "add")
_MODIFIERS: tuple[tuple[Iterable[str], Callable[[TableReader, Expression], Expression]], ...] = (
    (("table",), _stepped),
    (("points",), _coded),
    (("is", "in"), _is),
    (("fn",), _curved),
    (("power",), _power),
    (_AFFINE, _affine),
    (("round",), _rounded),
    (("clamp",), _clamped),
    (tuple(test.value for test in Test), _compared),
)
"""The operations on a number by their keys, in the order in which they are applied."""

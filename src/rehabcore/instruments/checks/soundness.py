"""Whether the tables of an instrument fit each other: names, points, bands without gaps.

First all that can be seen table by table: names, audiences, how the form is filled in. Only if that
is right can scores be worked out, and so the ranges that bands must part.
"""

import re
from collections.abc import Iterable, Mapping
from math import prod

from rehabcore.instruments.checks.audiences import check_audiences
from rehabcore.instruments.checks.filling import check_filling
from rehabcore.instruments.checks.naming import (
    check_mentions,
    check_names,
    expressions_of,
    names_of,
)
from rehabcore.instruments.checks.partitions import check_partitions
from rehabcore.instruments.checks.ranges import ranges_of
from rehabcore.instruments.files.figures_data import MOST_DECIMALS
from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.model.expressions import (
    Affine,
    Expression,
    Named,
    Power,
    Product,
    Ratio,
    made_of,
)
from rehabcore.strict.problems import InputError, Problem, Problems, is_code

MOST_COMBINATIONS = 256
"""Ways to make all choices of one instrument."""
HIGHEST_DEGREE = 16
"""Factors that numbers of an expression may be multiplied by, one within the other."""

_WORD = "[a-z0-9]+([._-][a-z0-9]+)*"
_ID = re.compile(f"({_WORD}/)?{_WORD}")


def instrument_problems(instrument: Instrument) -> Iterable[Problem]:
    """Every problem of an instrument whose tables are each well formed."""
    problems = Problems()
    names = names_of(instrument)
    _check_description(instrument, problems)
    check_names(instrument, problems)
    check_mentions(instrument, names, problems)
    check_filling(instrument, names, problems)
    check_audiences(instrument, problems)
    _check_scales(instrument, problems)
    if not problems.found:
        check_partitions(instrument, ranges_of(instrument, problems), problems)
    return problems.found


def _check_description(instrument: Instrument, problems: Problems) -> None:
    expected = "lower-case letters, digits and hyphens, after the code of a jurisdiction or not"
    if not _ID.fullmatch(instrument.id):
        problems.note(instrument.id, "not_a_code", expected, path="instrument.id")
    if instrument.profile and not is_code(instrument.profile):
        problems.note(instrument.profile, "not_a_code", expected, path="instrument.profile")
    for key in ("tool", "title", "edition", "higher_means"):
        if not getattr(instrument, key):
            problems.note("", "out_of_range", "a text", path=f"instrument.{key}")
    for nearest in instrument.nearest:
        if len({mean for _, mean in nearest.means}) < len(nearest.means):
            path = f"nearest.{nearest.name}.means"
            problems.note(None, "repeated_item", "every mean once", path=path)


def _check_scales(instrument: Instrument, problems: Problems) -> None:
    """Note what keeps scores from being worked out at all."""
    if not instrument.scales:
        problems.note([], "empty_group", "at least one scale", path="scales")
    if prod(len(choice.values) for choice in instrument.choices) > MOST_COMBINATIONS:
        expected = f"at most {MOST_COMBINATIONS} ways to choose"
        problems.note(None, "too_large", expected, path="choices")
    for scale in instrument.scales:
        if not 0 <= scale.decimals <= MOST_DECIMALS:
            expected = f"0 to {MOST_DECIMALS}"
            path = f"scales.{scale.name}.decimals"
            problems.note(scale.decimals, "out_of_range", expected, path=path)
    try:
        order = instrument.in_order_of_reading()
    except InputError as error:
        problems.add(*error.problems)
        return
    degrees: dict[str, int] = {}
    for scale in order:
        degrees[scale.name] = min(_degree(scale.of, degrees), HIGHEST_DEGREE + 1)
    for path, expression in expressions_of(instrument):
        if _degree(expression, degrees) > HIGHEST_DEGREE:
            expected = f"at most {HIGHEST_DEGREE} factors, one within the other"
            problems.note(None, "too_large", expected, path=path)


def _degree(expression: Expression, degrees: Mapping[str, int]) -> int:
    """How many numbers are multiplied with each other at most."""
    if isinstance(expression, Named):
        return degrees.get(expression.name, 1)
    parts = [_degree(part, degrees) for part in made_of(expression)]
    match expression:
        case Power(exponent=exponent):
            return exponent * parts[0]
        case Product() | Ratio():
            return sum(parts)
        case Affine():
            return 1 + parts[0]
        case _:
            return max(parts, default=1)

"""How figures, ranges and names are written in instrument files."""

import re
from collections.abc import Callable
from typing import Any

from rehabcore.instruments.model.expressions import Bound, Number, Pairs
from rehabcore.strict.problems import Problems, refuse

MOST_PARTS = 200
"""The most parts of one expression."""
MOST_DECIMALS = 12
"""The most decimals to which a number may be rounded."""
OPEN_END = "open"
"""The text for an open end of a range."""


def read_number(plain: object) -> Number:
    """A figure: a whole number or a decimal.

    Raises:
        InputError: something else, or a number beyond reason.
    """
    if isinstance(plain, bool) or not isinstance(plain, int | float) or not abs(plain) <= _LARGEST:
        refuse(plain, "wrong_type", f"a number of at most {_LARGEST}")
    return plain


_LARGEST = 10**12


def read_bound(plain: object) -> Bound:
    """One end of a range: a number, or ``"open"``.

    Raises:
        InputError: something else.
    """
    return None if plain == OPEN_END else read_number(plain)


def write_bound(bound: Bound) -> object:
    """The inverse of ``read_bound``."""
    return OPEN_END if bound is None else bound


def read_names(plain: object) -> tuple[str, ...]:
    """A list of names, each once, at least one.

    Raises:
        InputError: something else.
    """
    if not isinstance(plain, list) or not plain or len(plain) > MOST_PARTS:
        refuse(plain, "wrong_type", f"a list of 1 to {MOST_PARTS} names")
    if not all(isinstance(name, str) for name in plain) or len(set(plain)) < len(plain):
        refuse(plain, "wrong_type", "names as texts, each once")
    return tuple(plain)


def rising_numbers(plain: object) -> tuple[Number, ...]:
    """Numbers in rising order, at least one.

    Raises:
        InputError: something else.
    """
    numbers = read_numbers(plain)
    if not numbers or list(numbers) != sorted(set(numbers)):
        refuse(plain, "not_in_order", "numbers that rise")
    return numbers


def read_numbers(plain: object) -> tuple[Number, ...]:
    """A list of numbers.

    Raises:
        InputError: something else.
    """
    return tuple(map(read_number, read_list(plain)))


def read_list(plain: object) -> list[Any]:
    """A list of a reasonable length.

    Raises:
        InputError: something else.
    """
    if not isinstance(plain, list) or len(plain) > MOST_PARTS:
        refuse(plain, "wrong_type", f"a list of at most {MOST_PARTS}")
    return plain


def read_points(plain: object) -> tuple[tuple[str, Number], ...]:
    """Numbers by name, in the order given.

    Raises:
        InputError: something else.
    """
    if not isinstance(plain, dict) or not 1 <= len(plain) <= MOST_PARTS:
        refuse(plain, "wrong_type", "a table of numbers by name")
    problems = Problems()
    made = [(name, problems.at(name, read_number, number)) for name, number in plain.items()]
    problems.done()
    return tuple(made)


def read_maps(plain: object) -> tuple[tuple[str, Pairs], ...]:
    """Numbers by name, for each of some items.

    Raises:
        InputError: something else.
    """
    if not isinstance(plain, dict) or len(plain) > MOST_PARTS:
        refuse(plain, "wrong_type", "a table of maps by item")
    problems = Problems()
    made = [(item, problems.at(item, read_points, points)) for item, points in plain.items()]
    problems.done()
    return tuple(made)


_WHOLE = re.compile("0|-?[1-9][0-9]{0,11}")


def read_sentinels(plain: object) -> tuple[tuple[int, str], ...]:
    """Reasons by the whole number that stands for each.

    Raises:
        InputError: something else.
    """
    if not isinstance(plain, dict) or not all(
        _WHOLE.fullmatch(key) and isinstance(why, str) for key, why in plain.items()
    ):
        refuse(plain, "wrong_type", 'a table such as { 60 = "incomplete" }')
    return tuple((int(key), why) for key, why in plain.items())


def whole_number(low: int, high: int) -> Callable[[object], int]:
    """A reader of whole numbers from ``low`` to ``high``, both included."""

    def number(plain: object) -> int:
        if type(plain) is not int or not low <= plain <= high:
            refuse(plain, "out_of_range", f"a whole number from {low} to {high}")
        return plain

    return number


def read_factor(plain: object) -> Number:
    """A number other than 0.

    Raises:
        InputError: something else.
    """
    number = read_number(plain)
    if number == 0:
        refuse(plain, "out_of_range", "a number other than 0")
    return number


def read_ends(plain: object) -> tuple[Bound, Bound]:
    """The two ends of a range, of which either may be ``"open"``.

    Raises:
        InputError: something else, or an end before its start.
    """
    if not isinstance(plain, list) or len(plain) != len(("low", "high")):
        refuse(plain, "wrong_type", "two ends of a range")
    low, high = map(read_bound, plain)
    if low is not None and high is not None and low > high:
        refuse(plain, "not_in_order", "an end that is not before the start")
    return low, high

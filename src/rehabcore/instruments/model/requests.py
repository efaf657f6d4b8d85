"""A request to score a form: the answers, facts about the respondent, the day and the choices.

Answers and facts about the respondent are personal, so no ``repr`` shows them.
"""

from collections.abc import Iterable
from datetime import date
from numbers import Integral
from types import NoneType
from typing import cast

from attrs import field

from rehabcore.strict.checked import SECRET, checked, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, is_code
from rehabcore.strict.vocabulary import Sex

Given = bool | int | float | str | date
"""An answer to an item. ``"na"`` means not applicable; None, or a missing key, means no answer."""

NOT_APPLICABLE = "na"


PYTHON_TYPES = frozenset((bool, int, float, str, date, NoneType))
"""The types that answers have once they are read."""


def python_value(value: object) -> object:
    """A value of another library as a value of Python, if it is registered as exactly equal to one.

    NumPy and pandas register their whole numbers; their doubles and texts already are floats and
    texts of Python. Anything else is returned unchanged.
    """
    if type(value) in PYTHON_TYPES:
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, float):
        return float(value)
    return str.__str__(value) if isinstance(value, str) else value


def _own_age(age: int | None) -> int | None:
    return cast("int | None", python_value(age))


@frozen(kw_only=True)
@checked
class Respondent:
    """The facts about a person that norms depend on. None means that nobody stated it.

    ``age`` is in completed years on the day of the assessment, and is not given together with a
    day of birth. ``jurisdiction`` is a code in lower case, such as ``us``, ``us-ny`` or ``uk-ew``;
    empty where none is stated.
    """

    sex: Sex | None = field(default=None, repr=False, metadata=SECRET)
    birth_date: date | None = field(default=None, repr=False, metadata=SECRET)
    age: int | None = field(default=None, repr=False, metadata=SECRET, converter=_own_age)
    jurisdiction: str = ""

    def _problems(self) -> Iterable[Problem]:
        if self.age is not None and self.birth_date is not None:
            expected = "either an age or a day of birth"
            yield Problem(code="given_twice", path="age", found="both", expected=expected)
        if self.jurisdiction and not is_code(self.jurisdiction):
            expected = "a code in lower case, such as us or uk-ew"
            yield Problem.of(
                self.jurisdiction, "not_a_code", expected, path="jurisdiction", secret=True
            )
        if self.age is not None and not 0 <= self.age <= _OLDEST:
            expected = f"0 to {_OLDEST} years"
            yield Problem.of(self.age, "out_of_range", expected, path="age", secret=True)


_OLDEST = 150


@frozen(kw_only=True, slots=False)
class Request:
    """One request to score a form, with the answers as they were given.

    ``answers`` are pairs in the order of the instrument. ``keyed`` says that they are points
    already. ``tables`` are the bands and flags that are used only on request; ``unread`` allows
    tables that nobody has read in a source yet.

    Raises:
        InputError: ``on`` is not a date, or has a time of day.
    """

    answers: tuple[tuple[str, Given], ...] = field(repr=False, metadata=SECRET)
    on: date
    respondent: Respondent
    choices: tuple[tuple[str, str | int], ...] = ()
    keyed: bool = False
    tables: tuple[str, ...] = ()
    unread: bool = False

    def __attrs_post_init__(self) -> None:
        require_day(self.on, "on")

"""Facts that a rule may ask, and the cells that answer them.

A fact is declared once, as data. How it is read from a person's records is decided elsewhere, in
``questions``. A cell is what is known of a fact on a day: a value, or why there is none, always
with the ids of the records it rests on.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Literal

from attrs import Factory, field

from rehabcore.rules.evidence import Ids
from rehabcore.rules.sources import Text
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import checked, is_day, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem


class Shape(StrEnum):
    """The kind of value that a fact has. It decides how the fact can be compared."""

    FLAG = "flag"
    COUNT = "count"
    AMOUNT = "amount"
    CHOICE = "choice"
    """One code of a list."""
    LEVEL = "level"
    """One code of a list that is ordered from lowest to highest."""
    SET = "set"
    """Any number of codes of a list."""
    ELAPSED = "elapsed"
    """Time run since an anchor day; the cell holds the anchor."""
    REMAINING = "remaining"
    """Time left until an anchor day; the cell holds the anchor."""


CODED = frozenset({Shape.CHOICE, Shape.LEVEL, Shape.SET})
RUNNING = frozenset({Shape.ELAPSED, Shape.REMAINING})
BOUNDED = frozenset({Shape.COUNT, Shape.AMOUNT, *RUNNING})
"""The shapes for which an unknown value may still be known to lie between two others."""


class Operator(StrEnum):
    """How a fact is compared. ``at_least`` and ``at_most`` include the limit itself.

    ``before`` and ``since`` compare the anchor of running time with a day; ``since`` includes it.
    """

    IS = "is"
    IN = "in"
    AT_LEAST = "at_least"
    OVER = "over"
    AT_MOST = "at_most"
    UNDER = "under"
    BEFORE = "before"
    SINCE = "since"
    HAS_ANY = "has_any"
    HAS_ALL = "has_all"


ORDERED = (Operator.AT_LEAST, Operator.OVER, Operator.AT_MOST, Operator.UNDER)
DATED = (Operator.BEFORE, Operator.SINCE)
OPERATORS: dict[Shape, tuple[Operator, ...]] = {
    Shape.FLAG: (Operator.IS,),
    Shape.COUNT: ORDERED,
    Shape.AMOUNT: ORDERED,
    Shape.CHOICE: (Operator.IS, Operator.IN),
    Shape.LEVEL: (Operator.IS, Operator.IN, *ORDERED),
    Shape.SET: (Operator.HAS_ANY, Operator.HAS_ALL),
    Shape.ELAPSED: (*ORDERED, *DATED),
    Shape.REMAINING: (*ORDERED, *DATED),
}


class Forever(Enum):
    """The anchor that never comes, such as the end of a life term."""

    NEVER = "never"


NEVER: Literal[Forever.NEVER] = Forever.NEVER

Anchor = date | Forever
"""The day from or until which time runs."""
Value = bool | int | Decimal | str | frozenset[str] | date | Forever


def place(value: Any) -> Any:
    """The key to sort a value by; an anchor that never comes is later than every day."""
    return date.max if value is NEVER else value


class Absence(StrEnum):
    """The meaning of a case file without any record that answers a fact."""

    UNKNOWN = "unknown"
    NONE = "none"
    """None on file means none, for the register is complete by law. Listed as an assumption."""
    NEEDS_PERSON = "needs_person"
    """No record can answer it: a person has to judge."""


class Assumption(StrEnum):
    """Something taken for granted because no record says it."""

    NONE_ON_FILE = "none_on_file"
    TOLD_APART = "told_apart"
    """Offices that tell different days tell different things; the country states nothing of it."""
    OUTSIDE_POPULATION = "outside_population"
    """The instrument was made on other people, and is taken to hold for this person too."""
    CONTESTED = "contested"
    """The person contests it, and nobody has decided yet: it is taken for right until then."""


class Takes(StrEnum):
    """The kind of value that a parameter of a fact takes."""

    CODE = "code"
    """One of its codes."""
    CODES = "codes"
    """One or several of its codes, written ``"a, b"`` in their order; in data also a list."""
    AGEING = "ageing"
    """One of its codes, which say when something leaves the window of the term ``within``."""
    TERM = "term"
    """A calendar length, ``"6 months"``."""
    OFFICE = "office"
    """The code of an office, as records name it."""
    SHARE = "share"
    """A part of a whole, ``"1/2"``, ``"2/3"`` or ``"85%"``: more than 0, at most 1."""


def _usual(parameter: "Parameter") -> Takes:
    return Takes.CODE if parameter.codes else Takes.TERM


@frozen(kw_only=True)
@checked
class Parameter:
    """Something that must be given to ask a fact, such as which programme.

    Without ``takes`` it is one of ``codes``, or a term if there are none.

    Raises:
        InputError: it has codes but takes none, or takes codes but has none.
    """

    name: str
    codes: tuple[str, ...] = ()
    takes: Takes = field(default=Factory(_usual, takes_self=True))
    required: bool = True

    def _problems(self) -> Iterable[Problem]:
        if bool(self.codes) != (self.takes in (Takes.CODE, Takes.CODES, Takes.AGEING)):
            expected = "codes where one of them is said, and only there"
            yield Problem.of(self.codes, "out_of_range", expected, path="codes")


@frozen(kw_only=True)
@checked
class Fact:
    """The declaration of something that rules may ask.

    ``codes`` lists the possible values of a coded fact, lowest first for levels.
    ``answered_by`` holds the codes of the roles that can say it, ``changed_by`` those of the acts
    that could change it. A ``lasting`` flag that is true stays true: no act undoes it.
    ``comparisons`` lists the operators that may be used, where others would be misread; none listed
    means all that the shape has. An ``identifying`` value is never shown.

    Raises:
        InputError: the parts of the declaration contradict each other.
    """

    name: str
    shape: Shape
    about: str
    codes: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    unit: str = ""
    absence: Absence = Absence.UNKNOWN
    answered_by: tuple[str, ...] = ()
    changed_by: tuple[str, ...] = ()
    lasting: bool = False
    comparisons: tuple[str, ...] = ()
    identifying: bool = False
    title: Text | None = None

    def _problems(self) -> Iterable[Problem]:
        if (self.shape in CODED) != bool(self.codes):
            yield Problem.of(
                self.codes,
                "out_of_range",
                "codes for a choice, level or set, and none otherwise",
                path="codes",
            )
        for name in sorted(set(self.comparisons) - set(OPERATORS[self.shape])):
            yield Problem.of(
                name,
                "cannot_compare",
                f"some of {', '.join(OPERATORS[self.shape])}",
                path="comparisons",
            )
        if self.lasting and self.shape is not Shape.FLAG:
            yield Problem.of(
                self.lasting,
                "out_of_range",
                "a lasting flag; nothing else can be lasting",
                path="lasting",
            )
        for path, names in (
            ("codes", self.codes),
            ("parameters", tuple(parameter.name for parameter in self.parameters)),
        ):
            if len(set(names)) < len(names):
                yield Problem.of(names, "repeated_item", "each once", path=path)
        if self.absence is Absence.NONE and self.shape not in _NOTHING:
            expected = "a flag, count, set or time elapsed: only these have a value for none"
            yield Problem.of(self.shape.value, "out_of_range", expected, path="absence")

    def absent(self) -> "Cell":
        """The cell of a day on which no record answers the fact."""
        return _absent(self.absence, self.shape)


_NOTHING: dict[Shape, Value] = {
    Shape.FLAG: False,
    Shape.COUNT: 0,
    Shape.SET: frozenset(),
    Shape.ELAPSED: NEVER,
}


@frozen
class Known:
    """A value, the ids of the records that say it, and what was assumed, if anything.

    The value may identify the person, so ``repr`` leaves it out.

    Raises:
        InputError: the value is a day with a time of day.
    """

    value: Value
    rests_on: Ids = field(default=(), kw_only=True, alias="evidence")
    assumption: Assumption | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if isinstance(self.value, datetime):  # the one wrong value that passes for a right one
            require_day(self.value, "value")

    def __repr__(self) -> str:
        return f"Known(evidence={self.evidence!r}, assumption={self.assumption!r})"

    @property
    def evidence(self) -> tuple[str, ...]:
        """The ids of the records that say it, listed from ``rests_on``."""
        return tuple(self.rests_on)


@frozen
class Unknown:
    """No value: why, and the ids of the records that leave it open.

    ``between`` is the lowest and the highest value that is possible, both included. Only facts of
    the ``BOUNDED`` shapes have it. A comparison to which both ends give the same answer is decided.
    Time that lies between a day and ``NEVER`` began by the day asked about, or never runs.

    Raises:
        InputError: an end of ``between`` is a day with a time of day.
    """

    kind: UnknownKind
    rests_on: Ids = field(default=(), kw_only=True, alias="evidence")
    between: tuple[Value, Value] | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if isinstance(self.between, tuple):
            for end in self.between:
                if isinstance(end, datetime):
                    require_day(end, "between")

    def __repr__(self) -> str:
        return f"Unknown(kind={self.kind!r}, evidence={self.evidence!r})"

    @property
    def evidence(self) -> tuple[str, ...]:
        """The ids of the records that leave it open, listed from ``rests_on``."""
        return tuple(self.rests_on)


Cell = Known | Unknown


@cache
def _absent(absence: Absence, shape: Shape) -> Cell:
    """The cell of every fact of a shape that is absent in one way."""
    if absence is Absence.NONE:
        return Known(_NOTHING[shape], assumption=Assumption.NONE_ON_FILE)
    if absence is Absence.NEEDS_PERSON:
        return Unknown(UnknownKind.NEEDS_PERSON)
    return Unknown(UnknownKind.MISSING)


def allowed(fact: Fact) -> Callable[[object], bool]:
    """A test of whether a fact can have some value: of its shape, and one of its codes."""
    codes = frozenset(fact.codes)
    match fact.shape:
        case Shape.FLAG:
            return lambda value: value is True or value is False
        case Shape.COUNT:
            return lambda value: type(value) is int
        case Shape.AMOUNT:
            return lambda value: type(value) is Decimal and value.is_finite()
        case Shape.SET:
            return lambda value: isinstance(value, frozenset) and value <= codes
        case Shape.ELAPSED | Shape.REMAINING:
            return lambda value: is_day(value) or value is NEVER
    return lambda value: isinstance(value, str) and value in codes

"""What a rule may ask: declared facts, and the cells that answer them.

A fact is declared once, as data; how it is read from somebody's records is not the business of
this room. A cell is what is known of a fact on a day: a value, or why there is none, always with
the records it rests on.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Literal

from attrs import Factory, field, frozen

from rehabcore.rules.sources import Text
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import checked, is_day
from rehabcore.strict.problems import Problem


class Shape(StrEnum):
    """What kind of value a fact has, and so how it can be compared."""

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
"""The shapes whose unknown values may be known to lie between two others."""


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
    """The anchor that does not come: a life term's end, a first day that never was."""

    NEVER = "never"


NEVER: Literal[Forever.NEVER] = Forever.NEVER

Anchor = date | Forever
"""The day from or until which time runs."""
Value = bool | int | Decimal | str | frozenset[str] | date | Forever


def place(value: Any) -> Any:
    """What a value is ordered by; an anchor that never comes is later than every day."""
    return date.max if value is NEVER else value


class Absence(StrEnum):
    """What it means that no record answers a fact."""

    UNKNOWN = "unknown"
    NONE = "none"
    """The register is complete by law: none on file means none. Listed as an assumption."""
    NEEDS_PERSON = "needs_person"
    """No record could: a human has to judge."""


class Assumption(StrEnum):
    """What was taken for granted where no record says so."""

    NONE_ON_FILE = "none_on_file"
    OUTSIDE_POPULATION = "outside_population"
    """An instrument that was made on other people says of this person what it says of them."""


class Takes(StrEnum):
    """What is said for a parameter of a fact."""

    CODE = "code"
    """One of its codes."""
    CODES = "codes"
    """One or several of its codes, written ``"a, b"`` in their order; in data also a list."""
    AGEING = "ageing"
    """One of its codes, which say when something leaves the window of the term ``within``."""
    TERM = "term"
    """A calendar length, ``"6 months"``."""
    SHARE = "share"
    """A part of a whole, ``"1/2"``, ``"2/3"`` or ``"85%"``; more than nothing, at most all."""


def _usual(parameter: "Parameter") -> Takes:
    return Takes.CODE if parameter.codes else Takes.TERM


@frozen(kw_only=True)
@checked
class Parameter:
    """What must be said to ask a fact: one of ``codes``, a term where there are none, or ``takes``.

    Raises:
        InputError: codes where none can be said, or none where some must be.
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
    ``answered_by`` and ``changed_by`` are codes of roles and acts: who can say it, and what
    somebody would have to do to change it. No act undoes what is ``lasting``: a flag that is true
    stays true. ``comparisons`` narrows what may be asked where some comparison would be misread.
    An ``identifying`` value is never shown.
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
        """The cell of a day that no record speaks of."""
        if self.absence is Absence.NONE:
            return Known(_NOTHING[self.shape], assumption=Assumption.NONE_ON_FILE)
        if self.absence is Absence.NEEDS_PERSON:
            return Unknown(UnknownKind.NEEDS_PERSON)
        return Unknown(UnknownKind.MISSING)


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
    """

    value: Value = field(repr=False)
    evidence: tuple[str, ...] = field(default=(), kw_only=True)
    assumption: Assumption | None = field(default=None, kw_only=True)


@frozen
class Unknown:
    """No value; why, and the ids of the records that leave it open.

    ``between`` is the lowest and the highest value that it may have, if so much is known of one of
    the ``BOUNDED`` shapes: a comparison on which both agree is decided.
    """

    kind: UnknownKind
    evidence: tuple[str, ...] = field(default=(), kw_only=True)
    between: tuple[Value, Value] | None = field(default=None, repr=False, kw_only=True)


Cell = Known | Unknown


def allowed(fact: Fact) -> Callable[[object], bool]:
    """Tells whether a fact may have a value: of its shape, and one of its codes."""
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

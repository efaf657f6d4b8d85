"""Criteria: what must hold, as a closed union of five kinds of node.

They are built with operators in Python or read from data (``data.criterion_forms``); both give the
same objects. A mistake of type is found when a criterion is built, never when a person is judged.

>>> from rehabcore.rules.time.days import Term
>>> from rehabcore.rules.facts import Shape
>>> age = ask(Fact(name="age", shape=Shape.ELAPSED, about="Time since birth."))
>>> adult = age.at_least(Term(years=18))
>>> print(~adult | adult)
any(not(age at_least 18 years), age at_least 18 years)
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, cast

from attrs import Factory, evolve, field

from rehabcore.rules.facts import Fact, Operator
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import UNSURE, LeapDay, Span, Term
from rehabcore.rules.well_formed import (
    SEPARATOR,
    Operand,
    asked_problems,
    in_one_form,
    operand_problems,
    unsure_law,
)
from rehabcore.strict.checked import checked, checked_arguments, conforms, verify
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, refuse
from rehabcore.strict.same import Same

DEEPEST_CRITERION = 24
"""Levels of nesting accepted in one criterion."""
LARGEST_CRITERION = 2_000
"""Nodes accepted in one criterion, counting named rules as often as they are referred to."""
MOST_ASKED = 1024
"""How many questions are kept, once they were asked."""
MOST_CODES = 1024
"""How many texts of several codes are kept with these codes."""


@frozen(kw_only=True)
@checked
class About:
    """Facts about a node of a rule: its id, title, sources, and days.

    ``in_force`` is the span of days on which the node is law; None means always. ``covered`` is
    the span of days for which the data knows the law; judging the node on any other day raises.
    ``origin`` is the country pack, with its version, that states the node.

    Raises:
        InputError: a span has an unknown end.
    """

    id: str = ""
    title: Text | None = None
    cite: tuple[Citation, ...] = ()
    in_force: Span | None = None
    covered: Span | None = None
    status: Status | None = None
    origin: str = ""

    def _problems(self) -> Iterable[Problem]:
        for path, span in (("in_force", self.in_force), ("covered", self.covered)):
            if span is not None and span.end is UNSURE:
                yield unsure_law(path)


NOTHING_SAID = About()


class _Combinable:
    """Lets criteria be written ``a & b``, ``a | b`` and ``~a``."""

    __slots__ = ()

    def __and__(self, other: "Criterion") -> "AllOf":
        return AllOf((cast("Criterion", self), other))

    def __or__(self, other: "Criterion") -> "AnyOf":
        return AnyOf((cast("Criterion", self), other))

    def __invert__(self) -> "Not":
        return Not(cast("Criterion", self))


def _in_order(given: Any) -> Any:
    """Parameters sorted by name, so equal questions are equal; wrong input is left as it is."""
    try:
        return tuple(sorted(given))
    except TypeError:
        return given


@frozen(cache_hash=True)
class Asked:
    """A fact with its parameters: what a comparison asks.

    Several codes for one parameter are given as a list or as ``"a, b"``, and kept as the latter.

    Raises:
        InputError: a parameter is missing, unknown to the fact, or not what it takes.
    """

    fact: Fact
    given: tuple[tuple[str, str], ...] = field(default=(), converter=_in_order)

    def __attrs_post_init__(self) -> None:
        if isinstance(self.fact, Fact) and conforms(self.given, tuple[tuple[str, object], ...]):
            object.__setattr__(self, "given", in_one_form(self.fact, self.given))
        verify(self, Asked._problems)

    def _problems(self) -> Iterable[Problem]:
        given = dict(self.given)
        if len(given) < len(self.given):
            yield Problem.of([], "repeated_item", "every parameter once", path="given")
        yield from asked_problems(self.fact, given)

    def __getitem__(self, parameter: str) -> str:
        """The value given for a parameter; an empty text if it was left out."""
        for name, value in self.given:  # of which there are few
            if name == parameter:
                return value
        return ""

    __iter__ = None  # else Python would ask for 0, 1, 2 and so on, and be given a text for each

    def codes(self, parameter: str) -> frozenset[str]:
        """The codes given for a parameter that takes several; none if it was left out.

        Raises:
            InputError: the name of the parameter is not text.
        """
        if not isinstance(parameter, str):
            refuse(parameter, "wrong_type", "the name of a parameter", path="parameter")
        return _codes_in(self[parameter])

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={value}" for name, value in self.given)
        return f"{self.fact.name}({inside})" if inside else self.fact.name

    def is_(self, value: bool | str) -> "Compare":
        """The fact is this flag or code."""
        return Compare(self, Operator.IS, value)

    def in_(self, *codes: str) -> "Compare":
        """The fact is one of several codes."""
        return Compare(self, Operator.IN, frozenset(codes))

    def at_least(self, limit: Operand) -> "Compare":
        """The limit or more; for running time, from the very day on which it is reached."""
        return Compare(self, Operator.AT_LEAST, limit)

    def over(self, limit: Operand) -> "Compare":
        """More than the limit; for running time, from the day after it is reached."""
        return Compare(self, Operator.OVER, limit)

    def at_most(self, limit: Operand) -> "Compare":
        """The limit or less: the opposite of ``over``, but before time begins to run."""
        return Compare(self, Operator.AT_MOST, limit)

    def under(self, limit: Operand) -> "Compare":
        """Less than the limit: the opposite of ``at_least``, but before time begins to run."""
        return Compare(self, Operator.UNDER, limit)

    def before(self, day: date) -> "Compare":
        """The anchor of running time lies before the day."""
        return Compare(self, Operator.BEFORE, day)

    def since(self, day: date) -> "Compare":
        """The anchor of running time lies on the day or later: the opposite of ``before``."""
        return Compare(self, Operator.SINCE, day)

    def has_any(self, *codes: str) -> "Compare":
        """The set holds at least one of the codes."""
        return Compare(self, Operator.HAS_ANY, frozenset(codes))

    def has_all(self, *codes: str) -> "Compare":
        """The set holds every one of the codes."""
        return Compare(self, Operator.HAS_ALL, frozenset(codes))


@lru_cache(maxsize=MOST_CODES)
def _codes_in(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.split(SEPARATOR)))


def ask(fact: Fact, **given: str | Iterable[str]) -> Asked:
    """Ask a fact, with its parameters; several codes may be given as a list.

    Raises:
        InputError: a parameter is missing, unknown to the fact, or not what it takes.
    """
    said = cast("tuple[tuple[str, str], ...]", tuple(given.items()))
    if all(type(value) is str for value in given.values()):
        return _asked(Same((fact,)), said)
    return Asked(fact, said)


@lru_cache(maxsize=MOST_ASKED)
def _asked(of: Same, given: tuple[tuple[str, str], ...]) -> Asked:
    """The same question again, for the verbs ask the same of everybody."""
    [fact] = of.objects
    return Asked(fact, given)


@frozen
class Extent:
    """The number of nodes of a criterion, and how deep they are nested.

    ``limited`` says whether the data of some part covers only certain days.
    """

    nodes: int = 1
    levels: int = 1
    limited: bool = False


LEAF = Extent()


@frozen(cache_hash=True)
@checked
class Compare(_Combinable):
    """A comparison of one fact with a constant.

    Raises:
        InputError: the fact has no such comparison, or the constant is of the wrong type.
    """

    asked: Asked
    operator: Operator
    operand: Operand
    leap_day: LeapDay = field(default=LeapDay.FEBRUARY_28, kw_only=True)
    about: About = field(default=NOTHING_SAID, kw_only=True)
    extent: Extent = field(default=LEAF, init=False, eq=False, repr=False)

    def _problems(self) -> Iterable[Problem]:
        yield from operand_problems(self.asked.fact, self.operator, self.operand)
        if self.leap_day is not LeapDay.FEBRUARY_28 and not isinstance(self.operand, Term):
            expected = "nothing here: no time runs in this comparison"
            yield Problem.of(self.leap_day.value, "cannot_compare", expected, path="leap_day")

    def __str__(self) -> str:
        operand = self.operand
        if isinstance(operand, frozenset):
            return f"{self.asked} {self.operator} {', '.join(sorted(operand))}"
        return f"{self.asked} {self.operator} {str(operand).lower()}"


SameComparison = tuple[Asked, Operator, Operand, LeapDay]


def same_comparison(compare: Compare) -> SameComparison:
    """A key that is equal for comparisons that ask the same, whatever their ids and sources."""
    return compare.asked, compare.operator, compare.operand, compare.leap_day


class _Group(_Combinable):
    """The common ground of all groups: parts, some of which must be met."""

    __slots__ = ()

    def _problems(self) -> Iterable[Problem]:
        group = cast("AllOf | AnyOf | Not | AtLeast", self)
        parts = parts_of(group)
        if not parts:
            yield Problem.of(parts, "empty_group", "at least one part")
        elif isinstance(group, AtLeast) and not 1 <= group.count <= len(parts):
            expected = f"from 1 to the number of parts, {len(parts)}"
            yield Problem.of(group.count, "out_of_range", expected, path="at_least")
        elif group.extent.levels > DEEPEST_CRITERION:
            yield Problem.of(parts, "too_deep", f"at most {DEEPEST_CRITERION} levels")
        elif group.extent.nodes > LARGEST_CRITERION:
            yield Problem.of(parts, "too_large", f"at most {LARGEST_CRITERION} nodes")


def _extent(group: "Criterion") -> Extent:
    """Summed from the extents that the parts keep, so that no part is walked twice."""
    given = parts_of(group)
    parts = given if isinstance(given, tuple) else ()  # what is no tuple is refused after this
    extents = [getattr(part, "extent", LEAF) for part in parts]
    said = [about for part in parts if isinstance(about := getattr(part, "about", None), About)]
    return Extent(
        nodes=1 + sum(extent.nodes for extent in extents),
        levels=1 + max((extent.levels for extent in extents), default=0),
        limited=any(extent.limited for extent in extents)
        or any(about.covered is not None for about in said),
    )


@frozen(cache_hash=True)
@checked
class AllOf(_Group):
    """Every part must be met."""

    parts: "tuple[Criterion, ...]"
    about: About = field(default=NOTHING_SAID, kw_only=True)
    extent: Extent = field(
        init=False, eq=False, repr=False, default=Factory(_extent, takes_self=True)
    )

    def __str__(self) -> str:
        return f"all({', '.join(map(str, self.parts))})"


@frozen(cache_hash=True)
@checked
class AnyOf(_Group):
    """At least one part must be met."""

    parts: "tuple[Criterion, ...]"
    about: About = field(default=NOTHING_SAID, kw_only=True)
    extent: Extent = field(
        init=False, eq=False, repr=False, default=Factory(_extent, takes_self=True)
    )

    def __str__(self) -> str:
        return f"any({', '.join(map(str, self.parts))})"


@frozen(cache_hash=True)
@checked
class Not(_Group):
    """The part must not be met. If the part is unknown, so is this."""

    part: "Criterion"
    about: About = field(default=NOTHING_SAID, kw_only=True)
    extent: Extent = field(
        init=False, eq=False, repr=False, default=Factory(_extent, takes_self=True)
    )

    def __str__(self) -> str:
        return f"not({self.part})"


@frozen(cache_hash=True)
@checked
class AtLeast(_Group):
    """At least ``count`` parts must be met."""

    count: int
    parts: "tuple[Criterion, ...]"
    about: About = field(default=NOTHING_SAID, kw_only=True)
    extent: Extent = field(
        init=False, eq=False, repr=False, default=Factory(_extent, takes_self=True)
    )

    def __str__(self) -> str:
        return f"at least {self.count} of({', '.join(map(str, self.parts))})"


Criterion = Compare | AllOf | AnyOf | Not | AtLeast
"""Any node of a rule."""


def parts_of(criterion: Criterion) -> tuple[Criterion, ...]:
    """The parts of a group, in order; none for a comparison."""
    match criterion:
        case Compare():
            return ()
        case Not():
            return (criterion.part,)
        case _:
            return criterion.parts


def needed(criterion: Criterion, available: int) -> int:
    """The number of parts that a group needs, if ``available`` of its parts are in force.

    ``at least k`` never needs more than are in force, so a repealed part burdens nobody.
    """
    match criterion:
        case AllOf():
            return available
        case AtLeast():
            return min(criterion.count, available)
        case _:
            return 1


def named(id_: str, criterion: Criterion) -> Criterion:
    """The criterion with this id, unless it already has one of its own."""
    if criterion.about.id:
        return criterion
    return evolve(criterion, about=evolve(criterion.about, id=id_))


@checked_arguments
def comparisons(criterion: Criterion) -> tuple[Compare, ...]:
    """Every comparison of a criterion, in order."""
    found, ahead = [], [criterion]
    while ahead:
        node = ahead.pop()
        if isinstance(node, Compare):
            found.append(node)
        ahead += reversed(parts_of(node))
    return tuple(found)


def law_changes(criterion: Criterion) -> Iterator[date]:
    """Every day on which some node of a criterion begins or ceases to be law."""
    law = criterion.about.in_force
    if law is not None:
        yield from (day for day in (law.start, law.end) if isinstance(day, date))
    for part in parts_of(criterion):
        yield from law_changes(part)


def written_alike(criterion: Criterion, equal: Criterion) -> bool:
    """Whether an equal criterion reads the same; with 12.5 for 12.50 it does not."""
    return criterion is equal or str(criterion) == str(equal)

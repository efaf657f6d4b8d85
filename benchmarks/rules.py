"""The rule set, drawn from a fixed seed, as plain data and as criteria of the library.

Every programme is one group ``all`` of about seven conditions, as they stand in published entry
rules: an age, a sentence that leaves enough time, a risk in a set, needs, consent, a language, not
completed within a year, no conflict with what the person attends now. All engines get the same
plain data; none gets a rule that was written for it.
"""

import random
from collections.abc import Callable, Iterator
from itertools import islice

from attrs import evolve, frozen

from benchmarks import facts
from benchmarks.facts import FACTS
from rehabcore.rules.criteria import About, AllOf, AnyOf, AtLeast, Compare, Criterion, Not
from rehabcore.rules.facts import Operator, Shape
from rehabcore.rules.time.days import Term
from rehabcore.rules.well_formed import Operand

SEED = 8


@frozen
class Condition:
    """One comparison: the name of a fact, an operator of the library, and a plain constant.

    Ages are in years; other running time is in days.
    """

    fact: str
    operator: str
    operand: bool | int | str | tuple[str, ...]


@frozen
class Group:
    """``all``, ``any``, ``not``, or ``at_least`` with a count."""

    word: str
    parts: "tuple[Condition | Group, ...]"
    count: int = 0


Node = Condition | Group


def rules(count: int, *, nested: bool = False) -> tuple[Group, ...]:
    """So many programmes; the first of a longer list are those of a shorter one.

    If ``nested``, two rules in five hold a group ``any`` or ``at_least`` of needs.
    """
    draw = random.Random(SEED)
    needs = (_level, _score, _either, _score, _several) if nested else (_level, _score)
    return tuple(_rule(draw, number, needs) for number in range(count))


def conditions(node: Node) -> Iterator[Condition]:
    """Every comparison of a rule, in order."""
    if isinstance(node, Condition):
        yield node
    else:
        for part in node.parts:
            yield from conditions(part)


Maker = Callable[[random.Random], Node]


def _rule(draw: random.Random, number: int, needs: tuple[Maker, ...]) -> Group:
    """Seven conditions; eight in seven of 25 rules, so that there are 182."""
    size = 8 if number % 25 % 4 == 1 or number % 25 == 24 else 7
    own = facts.PROGRAMS[number % len(facts.PROGRAMS)]
    parts: list[Node] = [
        Condition("age", "at_least", draw.choice((16, 18, 18, 21))),
        _risk(draw),
        draw.choice(needs)(draw),
        Condition("consent_" + draw.choice(("treatment", "group", "sharing")), "is", True),
        Group("not", (Condition("completed_within_year", "has_any", (own,)),)),
    ]
    stay = draw.sample(_STAY, draw.randrange(len(_STAY) + 1))
    for make in (*stay, *draw.sample(_OTHERS, len(_OTHERS))):
        part = make(draw)
        if sum(1 for node in (*parts, part) for _ in conditions(node)) <= size:
            parts.append(part)
    head, *rest = parts
    draw.shuffle(rest)
    return Group("all", (head, *rest))


def _risk(draw: random.Random) -> Node:
    start = draw.randrange(3)
    return Condition("risk", "in", facts.RISKS[start : start + 2])


def _level(draw: random.Random) -> Node:
    domain = draw.choice(("thinking", "work", "family"))
    return Condition(f"need_{domain}", "at_least", draw.choice(("strong", "severe")))


def _score(draw: random.Random) -> Node:
    domain = draw.choice(("drugs", "alcohol", "violence"))
    return Condition(f"score_{domain}", "at_least", draw.choice((12, 15, 18)))


def _either(draw: random.Random) -> Node:
    return Group("any", (_level(draw), _score(draw)))


def _several(draw: random.Random) -> Node:
    limits = draw.choices((12, 15, 18), k=3)
    names = ("score_drugs", "score_alcohol", "score_violence")
    parts = tuple(Condition(name, "over", limit) for name, limit in zip(names, limits, strict=True))
    return Group("at_least", parts, count=2)


_STAY: tuple[Maker, ...] = (
    lambda draw: Condition("remaining", "at_least", draw.choice((90, 180, 270))),
    lambda draw: Condition("remaining", "at_most", draw.choice((365, 540, 730))),
)
_OTHERS: tuple[Maker, ...] = (
    lambda draw: Condition("age", "under", draw.choice((25, 40, 65))),
    lambda draw: Condition("languages", "has_any", tuple(draw.sample(facts.LANGUAGES[:3], 2))),
    lambda draw: Group(
        "not", (Condition("enrolled", "has_any", tuple(draw.sample(facts.PROGRAMS, 3))),)
    ),
    lambda draw: Condition("setting", "is", draw.choice(facts.SETTINGS[:2])),
    lambda draw: Condition("region", "in", tuple(draw.sample(facts.REGIONS, 3))),
    lambda draw: Condition("sex", "is", draw.choice(("female", "male", "male"))),
    lambda draw: Condition("supervised", "at_least", draw.choice((30, 90))),
    lambda draw: Condition("breaches", "at_most", draw.choice((0, 1, 2))),
    lambda draw: Condition("schooling", "at_most", draw.choice(("primary", "secondary"))),
    lambda draw: Condition("employed", "is", False),
    lambda draw: Condition("housed", "is", False),
    lambda draw: Condition("fit", "is", True),
    lambda draw: Condition("children", "over", 0),
    lambda draw: Group("not", (Condition("offences", "has_any", ("sexual",)),)),
)


def criteria(rules: tuple[Group, ...]) -> tuple[Criterion, ...]:
    """The rules as criteria; each comparison has an id such as ``p03.5``."""
    return tuple(
        _criterion(rule, f"p{number:02}", iter(range(1, 100)))
        for number, rule in enumerate(rules, start=1)
    )


def _criterion(node: Node, program: str, numbers: Iterator[int]) -> Criterion:
    if isinstance(node, Condition):
        (number,) = islice(numbers, 1)
        return evolve(_compare(node), about=About(id=f"{program}.{number}"))
    parts = tuple(_criterion(part, program, numbers) for part in node.parts)
    match node.word:
        case "all":
            return AllOf(parts, about=About(id=program))
        case "any":
            return AnyOf(parts)
        case "not":
            return Not(parts[0])
        case _:
            return AtLeast(node.count, parts)


def _compare(node: Condition) -> Compare:
    asked, operand = FACTS[node.fact], node.operand
    value: Operand
    if isinstance(operand, tuple):
        value = frozenset(operand)
    elif asked.fact.shape in (Shape.ELAPSED, Shape.REMAINING):
        number = int(operand)
        value = Term(years=number) if node.fact == "age" else Term(days=number)
    else:
        value = operand
    return Compare(asked, Operator(node.operator), value)

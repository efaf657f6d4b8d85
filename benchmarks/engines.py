"""What is compared: each engine loads the rules, prepares a person, and answers.

Answers are timed once the rules are loaded and a person is prepared, so that every engine gets its
data in the form it likes best; preparing is timed apart. Whatever form the answers have, ``read``
turns it into two bit masks, outside the clock.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from attrs import frozen

from benchmarks.people import Person
from benchmarks.rules import Group, criteria
from benchmarks.sides import Sides, sides
from rehabcore.rules.criteria import Criterion

Masks = tuple[int, int]
"""Bit n of the first: rule n is certainly met; of the second: it is certainly not met."""


class Catalogue:
    """One set of rules in the three forms that engines take."""

    def __init__(self, rules: tuple[Group, ...], on: date) -> None:
        self.on = on
        self.criteria: tuple[Criterion, ...] = criteria(rules)
        self.sides: tuple[Sides, ...] = tuple(sides(rule, on) for rule in rules)


def masks_of(answers: Iterable[Any]) -> Masks:
    """From 0 for certainly not met, 1 for certainly met and 2 for unknown."""
    met = refused = 0
    for number, answer in enumerate(answers):
        met |= (answer == 1) << number
        refused |= (answer == 0) << number
    return met, refused


def as_it_is(given: Any) -> Any:
    """The same."""
    return given


@frozen(kw_only=True)
class Loaded:
    """An engine with the rules in it.

    ``data`` gives what software would have at hand, ``prepare`` makes of it what ``answer`` takes.
    """

    data: Callable[[Person], Any]
    prepare: Callable[[Any], Any] = as_it_is
    answer: Callable[[Any], Any]
    read: Callable[[Any], Masks] = masks_of


@frozen(kw_only=True)
class Engine:
    """An engine; ``load`` raises whatever its package raises if it cannot be used.

    ``cost`` is about how many microseconds it takes for a person and 25 rules; it decides how many
    people are asked in a round. ``packages`` are the distributions that it consists of.
    """

    name: str
    load: Callable[[Catalogue], Loaded]
    cost: float
    packages: tuple[str, ...] = ()

"""Both sides of a rule written in the language of an engine."""

from collections.abc import Callable
from typing import Any

from attrs import evolve, frozen

from benchmarks.sides import Both, Side, Sides, Test


@frozen(kw_only=True)
class Dialect:
    """How an engine with a text language writes a side; ``{x}`` is the fact, ``{c}`` a constant."""

    both: str
    either: str
    known: str
    at_most: str = "{x} <= {c}"
    over: str = "{x} > {c}"
    one_of: str = "{x} in {c}"
    none_of: str
    has: str
    opposite: str
    yes: str
    no: str
    codes: Callable[[tuple[str, ...]], str] = lambda codes: repr(list(codes))
    choose: str = "{if_} ? {then} : {else_}"

    def write(self, side: Side) -> str:
        """The expression, in brackets."""
        if isinstance(side, Test):
            return f"({self._test(side)})"
        word = self.both if isinstance(side, Both) else self.either
        return "(" + f" {word} ".join(map(self.write, side.parts)) + ")"

    def answer(self, sides: Sides) -> str:
        """0 if certainly false, 1 if certainly true, else 2; most are false, so it comes first."""
        true, false = map(self.write, sides)
        inner = "(" + self.choose.format(if_=true, then=1, else_=2) + ")"
        return "(" + self.choose.format(if_=false, then=0, else_=inner) + ")"

    def _test(self, test: Test) -> str:
        x, constant, holds = test.fact, test.constant, test.holds
        if test.check == "is":
            return (self.yes if holds else self.no).format(x=x)
        known = self.known.format(x=x)
        if isinstance(constant, int):
            asks = (self.at_most if holds else self.over).format(x=x, c=constant)
        elif test.check == "one_of":
            asks = (self.one_of if holds else self.none_of).format(x=x, c=self.codes(constant))
        else:
            any_ = f" {self.either} ".join(self.has.format(x=x, c=repr(code)) for code in constant)
            asks = f"({any_})" if holds else self.opposite.format(any=any_)
        return f"{known} {self.both} {asks}"

    def all(self, rules: tuple[Sides, ...]) -> str:
        """One expression that answers every rule: a list."""
        return "[" + ", ".join(map(self.answer, rules)) + "]"


PYTHON = Dialect(
    both="and",
    either="or",
    opposite="not ({any})",
    known="{x} is not None",
    none_of="{x} not in {c}",
    has="{c} in {x}",
    yes="{x} is True",
    no="{x} is False",
    codes=lambda codes: "{" + ", ".join(map(repr, codes)) + "}",
    choose="{then} if {if_} else {else_}",
)
CEL = Dialect(
    both="&&",
    either="||",
    opposite="!({any})",
    known="{x} != null",
    none_of="!({x} in {c})",
    has="{c} in {x}",
    yes="{x} == true",
    no="{x} == false",
)
CEL_PYTHON = evolve(
    CEL,
    known="type({x}) != null_type",
    yes="type({x}) != null_type && {x} == true",
    no="type({x}) != null_type && {x} == false",
)
"""In this implementation alone, comparing null with a number, a flag or a list is an error."""
ZEN = evolve(CEL, both="and", either="or", opposite="not ({any})", none_of="{x} not in {c}")
RULE_ENGINE = evolve(ZEN, none_of="not ({x} in {c})")


def json_logic(sides: Sides) -> Any:
    """The same as ``Dialect.answer``, in JsonLogic."""
    true, false = map(_json, sides)
    return {"if": [false, 0, true, 1, 2]}


def _json(side: Side) -> Any:
    if not isinstance(side, Test):
        return {"and" if isinstance(side, Both) else "or": [_json(part) for part in side.parts]}
    value: Any = {"var": side.fact}
    constant, holds = side.constant, side.holds
    if side.check == "is":
        return {"===": [value, holds]}
    if isinstance(constant, int):
        asks: Any = {"<=" if holds else ">": [value, constant]}
    elif side.check == "one_of":
        asks = {"in": [value, list(constant)]}
        asks = asks if holds else {"!": asks}
    else:
        some = [{"in": [code, value]} for code in constant]
        asks = some[0] if len(some) == 1 else {"or": some}
        asks = asks if holds else {"!": asks}
    return {"and": [{"!==": [value, None]}, asks]}

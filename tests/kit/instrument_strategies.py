"""Forms of any instrument, drawn at random: who is assessed, what is chosen and answered."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from math import inf
from pathlib import Path
from typing import TypeVar

from attrs import evolve, frozen
from hypothesis import strategies as st

import rehabcore.instruments
from rehabcore.instruments import (
    NOT_APPLICABLE,
    Instrument,
    Respondent,
    ScoreResult,
    find,
    score,
)
from rehabcore.instruments.engine.answers import AskedItem, questionnaire_of
from rehabcore.instruments.model.declaration import Bands, Flag
from rehabcore.instruments.model.requests import Given
from rehabcore.strict.vocabulary import Sex

T = TypeVar("T")

ON = date(2026, 4, 1)
_MUCH = 1000
_DAYS = (0, 1, 200, 365, 366, 5_000, 7_671, 10_000, 14_000, 19_000)
"""Days before the assessment; 7,671 lie in 21 years."""

LIBRARY = Path(rehabcore.instruments.__file__).parent / "library"


def beside(name: str) -> Callable[[str], bytes]:
    """How files are read that lie beside that of an instrument of the library."""
    return lambda file: LIBRARY.joinpath(name).with_name(file).read_bytes()


Answers = Mapping[str, Given | None]


@frozen
class Filled:
    """One form that is filled in."""

    instrument: Instrument
    answers: Answers
    choices: Mapping[str, str | int]
    respondent: Respondent
    on: date = ON

    def scored(self, answers: Answers | None = None, *, keyed: bool = False) -> ScoreResult:
        """Its result, or that of other answers of the same person."""
        wanted: tuple[Bands | Flag, ...] = (*self.instrument.bands, *self.instrument.flags)
        return score(
            self.instrument,
            self.answers if answers is None else answers,
            on=self.on,
            respondent=self.respondent,
            choices=self.choices,
            keyed=keyed,
            tables=tuple(table.name for table in wanted if table.on_request),
            unread=True,
        )

    def items(self, *, keyed: bool = False) -> dict[str, AskedItem]:
        """The items that are asked."""
        return _items(self.instrument, tuple(self.choices.items()), keyed)

    def without(self, names: frozenset[str]) -> "Filled":
        """The same form with some items left blank."""
        kept = {name: answer for name, answer in self.answers.items() if name not in names}
        return evolve(self, answers=kept)


@cache
def _items(
    instrument: Instrument, choices: tuple[tuple[str, str | int], ...], keyed: bool
) -> dict[str, AskedItem]:
    return {item.name: item for item in questionnaire_of(instrument, dict(choices), keyed).items}


def answers_to(item: AskedItem) -> tuple[Given, ...]:
    """What can be answered to an item: all of it, or some of it at and between its ends."""
    spec = item.spec
    if item.table:
        return tuple(item.table)  # type: ignore[arg-type]
    if spec.day:
        past = tuple(ON - timedelta(days=days) for days in _DAYS)
        return (*past, *(ON + timedelta(days=days) for days in _DAYS[1:6] if spec.future))
    least, most = item.blank
    low = int(least) if least > -inf else -_MUCH
    high = int(most) if most < inf else max(low, 0) + _MUCH
    found = {
        low,
        high,
        *(low + (high - low) * part // 7 for part in range(8)),
        *range(low, low + 9),
    }
    whole = tuple(sorted(number for number in found if low <= number <= high))
    return whole if spec.whole else (*whole, *(number + 0.5 for number in whole if number < high))


class Dice:
    """Many small choices out of one drawn text of bytes, which is fast to draw and to shrink."""

    def __init__(self, drawn: bytes) -> None:
        self.drawn, self.thrown = drawn, 0

    def pick(self, options: Sequence[T]) -> T:
        """One of some options; the first is the simplest."""
        self.thrown += 1
        return options[self.drawn[self.thrown % len(self.drawn)] % len(options)]


def dice() -> st.SearchStrategy[Dice]:
    """Dice that fall alike whenever a failure is tried again."""
    return st.binary(min_size=_THROWS, max_size=_THROWS).map(Dice)


_THROWS = 200


def filled(name: str, dice: Dice) -> Filled:
    """A complete form of an instrument."""
    instrument = find(name)
    choices = {choice.id: dice.pick(choice.values) for choice in instrument.choices}
    respondent = Respondent(
        sex=dice.pick((None, *Sex)),
        age=dice.pick((None, 12, 17, 18, 25, 40, 70)),
        jurisdiction=dice.pick(("", "xx", *instrument.validity.made_in)),
    )
    form = Filled(instrument, {}, choices, respondent)
    answers: dict[str, Given] = {}
    for item in form.items().values():
        options = answers_to(item)
        if item.spec.not_applicable:
            options = (*options, NOT_APPLICABLE)
        answers[item.name] = dice.pick(options)
    for item in form.items().values():
        if item.spec.listed:  # what the list tells, and the item that it tells, are not both given
            answers.pop(dice.pick((item.name, item.spec.listed.tells)), None)
    return evolve(form, answers=answers)


_SHARES = (
    (False,) * 9 + (True,),
    (False, False, False, True),
    (False, True),
    (True,),
)
"""How likely an answer is left blank: a tenth, a quarter, a half, all."""


def partly_filled(name: str, dice: Dice) -> tuple[Filled, Filled]:
    """A complete form, and the same one with some items left blank: one, a few, many or all."""
    whole = filled(name, dice)
    rarely = dice.pick(_SHARES)
    left = frozenset(item for item in whole.answers if dice.pick(rarely))
    return whole, whole.without(left)

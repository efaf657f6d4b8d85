"""Forms of any instrument, drawn at random: who is assessed, what is chosen and answered."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from math import inf

from attrs import evolve
from hypothesis import strategies as st

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
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import Sex
from rehabcore.testing.dice import Dice

ASSESSED_ON = date(2026, 4, 1)
_MUCH = 1000
_DAYS = (0, 1, 200, 365, 366, 5_000, 7_671, 10_000, 14_000, 19_000)
"""Days before the assessment; 7,671 lie in 21 years."""

FormAnswers = Mapping[str, Given | None]


@frozen
class Filled:
    """One form that is filled in."""

    instrument: Instrument
    answers: FormAnswers
    choices: Mapping[str, str | int]
    respondent: Respondent
    on: date = ASSESSED_ON

    def scored(self, answers: FormAnswers | None = None, *, keyed: bool = False) -> ScoreResult:
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


@lru_cache
def _items(
    instrument: Instrument, choices: tuple[tuple[str, str | int], ...], keyed: bool
) -> dict[str, AskedItem]:
    return {item.name: item for item in questionnaire_of(instrument, dict(choices), keyed).items}


def answers_to(item: AskedItem) -> tuple[Given, ...]:
    """The answers that an item can have: all of them, or some at and between its ends."""
    spec = item.spec
    if item.table:
        return tuple(item.table)  # type: ignore[arg-type]
    if spec.day:
        past = tuple(ASSESSED_ON - timedelta(days=days) for days in _DAYS)
        return (*past, *(ASSESSED_ON + timedelta(days=days) for days in _DAYS[1:6] if spec.future))
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


def dice() -> st.SearchStrategy[Dice]:
    """Dice that fall alike whenever a failure is tried again."""
    return st.binary(min_size=_THROWS, max_size=_THROWS).map(Dice)


_THROWS = 400


@checked_arguments
def forms(instrument: Instrument | str) -> st.SearchStrategy[Filled]:
    """Forms of an instrument, some of them with blanks.

    Raises:
        InputError: there is no instrument of that name.
    """
    asked = find(instrument) if isinstance(instrument, str) else instrument
    return dice().map(lambda thrown: thrown.pick(partly_filled(asked, thrown)))


@checked_arguments
def answers(instrument: Instrument | str) -> st.SearchStrategy[FormAnswers]:
    """Answers to an instrument as they are given to ``score``, some of them left blank."""
    return forms(instrument).map(lambda form: form.answers)


def filled(instrument: Instrument, dice: Dice) -> Filled:
    """A complete form of an instrument."""
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


def partly_filled(instrument: Instrument, dice: Dice) -> tuple[Filled, Filled]:
    """A complete form, and the same one with some items left blank: one, a few, many or all."""
    whole = filled(instrument, dice)
    rarely = dice.pick(_SHARES)
    left = frozenset(item for item in whole.answers if dice.pick(rarely))
    return whole, whole.without(left)

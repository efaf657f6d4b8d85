"""Filled-in forms of instruments: they can be scored, and some of them have blanks."""

from datetime import date
from random import Random

import pytest
from hypothesis import find as found
from hypothesis import settings

from rehabcore.instruments import find, score
from rehabcore.strict.problems import InputError
from rehabcore.testing import answers, forms
from rehabcore.testing.dice import Dice
from rehabcore.testing.strategies.forms import Filled, filled, partly_filled

ONE = settings(max_examples=5, database=None, deadline=None)


def drawn(name: str, number: int = 12) -> list[tuple[Filled, Filled]]:
    """Forms, whole and with blanks, that are the same in every run."""
    chance = Random(number)
    return [partly_filled(find(name), Dice(chance.randbytes(400))) for _ in range(number)]


@pytest.mark.parametrize("name", ["audit", "psa", "cmr", "uk-ew/arp@hmpps-arns-gen2"])
def test_whole_forms_and_those_with_blanks_can_be_scored(name: str) -> None:
    for whole, partly in drawn(name):
        assert whole.scored().scores
        assert partly.scored().scores
        assert whole.scored(partly.answers) == partly.scored()
        assert partly.answers.keys() <= whole.answers.keys()
        assert not whole.without(frozenset(whole.answers)).answers
        assert whole.items().keys() >= whole.answers.keys()
    assert any(len(partly.answers) < len(whole.answers) for whole, partly in drawn(name))


def test_the_simplest_form_is_that_of_the_first_answers() -> None:
    form = found(forms("audit"), lambda form: True, settings=ONE)
    assert form == filled(find("audit"), Dice(b""))
    assert found(answers(find("audit")), lambda one: True, settings=ONE) == form.answers
    assert score(form.instrument, form.answers, on=date(2026, 4, 1), unread=True).scores


def test_an_instrument_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError):
        forms("no_such")

"""The laws of an instrument that a team declares."""

from functools import partial

from rehabcore.exchange import read, write
from rehabcore.instruments import Instrument, ScoreResult, find
from rehabcore.testing.laws.law import Law, holds_for, require
from rehabcore.testing.strategies.forms import Filled, forms


def for_instrument(instrument: Instrument | str, *, examples: int = 100) -> tuple[Law, ...]:
    """The laws of an instrument, tried with forms of which some are filled in only in part.

    Args:
        instrument: the instrument, or the name of a bundled one.
        examples: how many forms are tried for each law.

    Raises:
        InputError: there is no instrument of that name.
    """
    asked = find(instrument) if isinstance(instrument, str) else instrument
    cite = f"instrument {asked.id}"
    tried = (
        ("every_score_has_a_band", "Bands leave no score without a label.", _banded),
        ("scores_keep_their_ends", "A score lies between the ends that are told of it.", _bounded),
        ("results_read_back", "A result reads back as it was written.", _reads_back),
    )
    return tuple(
        Law(
            law_id=f"{name}-{asked.id}",
            statement=statement,
            cite=cite,
            prove=partial(holds_for, forms(asked), check, examples),
        )
        for name, statement, check in tried
    )


def _banded(form: Filled) -> None:
    for placing in form.scored().placings:
        banded = placing.label is not None or placing.why != ""
        require(banded, f"{placing.of} has no band: {placing}")


def _bounded(form: Filled) -> None:
    for score in form.scored().scores:
        ends = (score.low, score.value, score.high)
        known = [end for end in ends if end is not None]
        require(known == sorted(known), f"{score.name} is out of its ends: {score}")


def _reads_back(form: Filled) -> None:
    result = form.scored()
    back = read(write(result), ScoreResult)
    require(back == result, f"{result} reads back as {back}")

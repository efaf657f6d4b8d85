"""Laws of every instrument that comes with the library, whatever is answered on its form."""

from functools import cache
from itertools import pairwise
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import assume, given, settings

from rehabcore.instruments import (
    NOT_APPLICABLE,
    Instrument,
    ScoreResult,
    find,
    from_plain,
    names,
    part,
    score,
    to_plain,
)
from rehabcore.instruments.engine.answers import AskedItem
from rehabcore.instruments.engine.numbers import Exact
from rehabcore.instruments.model.declaration import Band
from rehabcore.instruments.model.expressions import (
    Blanks,
    Expression,
    Number,
    names_in,
    subexpressions,
)
from rehabcore.instruments.model.requests import Given
from rehabcore.instruments.quick import quick_score
from rehabcore.rules.truth import Answer
from rehabcore.strict.documents import parse_toml
from rehabcore.testing.dice import Dice
from rehabcore.testing.strategies.forms import (
    ASSESSED_ON,
    Filled,
    answers_to,
    dice,
    filled,
    partly_filled,
)
from tests.kit.instrument_library import LIBRARY, beside

every = pytest.mark.parametrize("name", names())
few = settings(max_examples=settings().max_examples // 2)
"""There are many instruments; half of the usual examples of each will do."""


def expressions_of(instrument: Instrument) -> dict[str, Expression]:
    """The expression of every scale and flag."""
    flags = {flag.name: flag.of for flag in instrument.flags}
    return flags | {scale.name: scale.of for scale in instrument.scales}


@cache
def scales_under(instrument: Instrument, name: str) -> frozenset[str]:
    """A scale or flag, and the scales that it is made of."""
    expressions = expressions_of(instrument)
    read = names_in(expressions[name]) if name in expressions else ()
    scales = {scale.name for scale in instrument.scales} - {name}
    return frozenset({name}).union(*(scales_under(instrument, n) for n in read if n in scales))


@cache
def names_under(instrument: Instrument, name: str) -> frozenset[str]:
    """Everything that a scale or flag reads, itself or through scales."""
    expressions = expressions_of(instrument)
    under = scales_under(instrument, name)
    return frozenset(
        read for one in under if one in expressions for read in names_in(expressions[one])
    )


@cache
def counts_blanks(instrument: Instrument, name: str) -> bool:
    """Whether a scale or flag reads how many items have no answer."""
    expressions = expressions_of(instrument)
    under = [expressions[one] for one in scales_under(instrument, name) if one in expressions]
    return any(isinstance(part, Blanks) for of in under for part in subexpressions(of))


def filled_in(result: ScoreResult, name: str) -> bool:
    """Whether a publisher's rule stands for answers in what a scale or flag says."""
    under = scales_under(result.instrument, name)
    assumed = {item for remark in result.assumptions for item in remark.items}
    return (
        any(score.prorated for score in result.scores if score.name in under)
        or not assumed.isdisjoint(names_under(result.instrument, name))
        or counts_blanks(result.instrument, name)
    )


def lies_in(band: Band, number: Number) -> bool:
    """Whether a number lies in a band, by its ends alone."""
    if band.low is not None and number < band.low:
        return False
    return band.high is None or number < band.high or (number == band.high and not band.half_open)


@every
def test_file_is_written_as_it_was_read_but_for_what_is_usual(name: str) -> None:
    plain = parse_toml(LIBRARY.joinpath(f"{name}.toml").read_bytes())
    made = find(name)
    assert made.name == name
    assert from_plain(to_plain(made), beside(name)) == made
    assert is_part_of(to_plain(made), plain)


def is_part_of(one: object, other: object) -> bool:
    """Whether a document says nothing that another does not say, if a sum perhaps as a ``plus``."""
    if isinstance(one, dict) and isinstance(other, dict):
        return all(is_part_of(held, other.get(key, other.get("plus"))) for key, held in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_part_of, one, other))
    return one == other


@every
def test_bands_part_the_stated_range(name: str) -> None:
    scales = {scale.name: scale for scale in find(name).scales}
    for bands in find(name).bands:
        low, high = scales[bands.of].range or (None, None)
        for table in bands.tables:
            for one, other in pairwise(table.bands):
                assert one.high is not None
                assert other.low == (one.high if one.half_open else one.high + 1)
            for_all_choices = table.when is None or not find(name).choices
            if low is not None and high is not None and for_all_choices:
                for number in range(ceil(low), floor(high) + 1):
                    assert [lies_in(band, number) for band in table.bands].count(True) == 1


@every
@few
@given(thrown=dice())
def test_every_score_lies_in_one_band_and_that_is_told(name: str, thrown: Dice) -> None:
    result = filled(find(name), thrown).scored()
    tables = {bands.name: bands.tables for bands in result.instrument.bands}
    for placing in result.placings:
        value = result.score(placing.of).value
        if value is None or placing.why == "no_table":
            continue
        near = (value,) if type(value) is int else (value - CLOSE, value, value + CLOSE)
        hits = [
            [band for band in table.bands if lies_in(band, number)]
            for table in tables.get(placing.name, ())
            for number in near
        ]
        assert all(len(found) <= 1 for found in hits)
        assert not hits or placing.label in [b.label or None for found in hits for b in found]


CLOSE = 0.0001
"""How far a value may be from the number that it was rounded from."""


def points_of(item: AskedItem, answer: object) -> Exact:
    """The points of an answer."""
    if item.table:
        return item.table[answer][0]
    assert isinstance(answer, int | float)
    return answer


def with_points(form: Filled) -> dict[str, AskedItem]:
    """The items whose answers have an order of points: days and mere codes have none."""
    keyed = {name for key in form.instrument.keying for name in dict(key.value_map)}
    return {
        name: item
        for name, item in form.items().items()
        if not item.spec.day
        and (name in keyed or not item.spec.codes)
        and not item.spec.listed
        and form.answers.get(name, NOT_APPLICABLE) != NOT_APPLICABLE
    }


@every
@few
@given(thrown=dice())
def test_score_rises_with_points_unless_the_file_says_otherwise(name: str, thrown: Dice) -> None:
    form = filled(find(name), thrown)
    items = with_points(form)
    if not items:
        return
    item = thrown.pick(sorted(items))
    either = (form.answers[item], thrown.pick(answers_to(items[item])))
    less, more = sorted(either, key=lambda answer: points_of(items[item], answer))
    below, above = (form.scored({**form.answers, item: answer}) for answer in (less, more))
    for scale, one, two in zip(form.instrument.scales, below.scores, above.scores, strict=True):
        if not scale.not_monotone and one.value is not None and two.value is not None:
            falls = item in scale.falls_with
            assert two.value <= one.value if falls else one.value <= two.value, scale.name


@every
@few
@given(thrown=dice())
def test_blank_changes_no_score_without_saying_so(name: str, thrown: Dice) -> None:
    whole, part = partly_filled(find(name), thrown)
    complete, result = whole.scored(), part.scored()
    silent = not set(result.skipped) & (whole.answers.keys() - part.answers.keys())
    for full, found in zip(complete.scores, result.scores, strict=True):
        contradicted = full.why == "objection"  # by an answer that is now left out
        compared = silent and not contradicted and not filled_in(result, found.name)
        if found.value is not None and compared:
            assert found.value == full.value, found.name


@every
@few
@given(thrown=dice())
def test_bounds_hold_the_score_of_every_completion(name: str, thrown: Dice) -> None:
    whole, part = partly_filled(find(name), thrown)
    result = part.scored()
    given = {item: whole.answers[item] for item in result.missing if item in whole.answers}
    assume(NOT_APPLICABLE not in given.values())
    complete = part.scored({**part.answers, **given})
    for full, found in zip(complete.scores, result.scores, strict=True):
        if full.value is not None and not filled_in(complete, found.name):
            assert found.low is None or found.low <= full.value + CLOSE, found.name
            assert found.high is None or full.value <= found.high + CLOSE, found.name


@every
@few
@given(thrown=dice())
def test_one_more_answer_reverses_nothing_that_was_decided(name: str, thrown: Dice) -> None:
    whole, part = partly_filled(find(name), thrown)
    result = part.scored()
    missing = [item for item in result.missing if item in whole.answers]
    if not missing:
        return
    item = thrown.pick(missing)
    more = part.scored({**part.answers, item: whole.answers[item]})
    for was, now in zip(result.flags, more.flags, strict=True):
        if not filled_in(result, was.name):
            assert {was.answer, now.answer} != {Answer.MET, Answer.NOT_MET}, was.name
    for before, after in zip(result.placings, more.placings, strict=True):
        if before.label and after.label and not filled_in(result, before.of):
            assert before.label == after.label
        elif before.possible and after.label and not filled_in(result, before.of):
            assert after.label in before.possible


@every
@few
@given(thrown=dice())
def test_order_of_answers_changes_nothing_and_scoring_twice_neither(
    name: str, thrown: Dice
) -> None:
    _, form = partly_filled(find(name), thrown)
    backwards = dict(reversed(list(form.answers.items())))
    assert form.scored() == form.scored(backwards) == form.scored()


@every
@few
@given(thrown=dice())
def test_keyed_answers_score_as_raw_ones(name: str, thrown: Dice) -> None:
    _, form = partly_filled(find(name), thrown)
    keyed = form.items(keyed=True)
    answers = {
        item: keyed_answer(raw, keyed[item], form.answers[item])
        for item, raw in form.items().items()
        if item in form.answers
    }
    one, two = form.scored(), form.scored(answers, keyed=True)
    assert (one.scores, one.placings, one.flags) == (two.scores, two.placings, two.flags)


def keyed_answer(raw: AskedItem, keyed: AskedItem, answer: Given | None) -> Given | None:
    """The points of an answer, if keying makes other answers of it."""
    if keyed.table == raw.table or answer == NOT_APPLICABLE:
        return answer
    points = points_of(raw, answer)
    return points if isinstance(points, int) else float(points)


@every
@few
@given(thrown=dice())
def test_part_puts_a_score_that_is_known_into_its_band(name: str, thrown: Dice) -> None:
    """What a result reports, given back as known, leads to the same label: nothing is lost."""
    form = filled(find(name), thrown)
    result = form.scored()
    asked: Any = {"on": form.on, "respondent": form.respondent, "choices": form.choices}
    for placing in result.placings:
        value, usual = (
            result.score(placing.of).value,
            placing.why not in ("no_table", "unread_table"),
        )
        if value is not None and usual and placing.name not in tables_on_request(form.instrument):
            known: Any = {placing.of: value}
            assert part(form.instrument, placing.name, known, **asked) == placing.label


@cache
def tables_on_request(instrument: Instrument) -> frozenset[str]:
    """The bands that ``part`` does not know, since it asks for none."""
    return frozenset(bands.name for bands in instrument.bands if bands.on_request)


@every
@few
@given(thrown=dice())
def test_quick_score_is_the_same_number(name: str, thrown: Dice) -> None:
    _, form = partly_filled(find(name), thrown)
    scale = thrown.pick([scale.name for scale in form.instrument.scales])
    quick = quick_score(form.instrument, scale, on=ASSESSED_ON, choices=form.choices, unread=True)
    alone = score(form.instrument, form.answers, on=ASSESSED_ON, choices=form.choices, unread=True)
    assert quick(form.answers) == alone.score(scale).value

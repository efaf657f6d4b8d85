"""The detail of a score: the share of each item, what is lacking, and what would change a band.

It is worked out on demand from a result, which holds everything it needs, and so is not stored.
Answers are data on health: they are in no ``repr``.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from math import inf

from attrs import evolve, field

from rehabcore.instruments.engine.answers import AskedItem, questionnaire_of, read_answers
from rehabcore.instruments.engine.norms import age_of, audience_of, described
from rehabcore.instruments.engine.numbers import Exact, ends_of, exact
from rehabcore.instruments.model.declaration import Band, Figure, Scale, Table
from rehabcore.instruments.model.expressions import (
    Affine,
    Combined,
    Expression,
    FixedNumber,
    Named,
    Number,
    Pool,
)
from rehabcore.instruments.model.items import NOT_STATED, When
from rehabcore.instruments.model.requests import Given
from rehabcore.instruments.model.score_results import Placing, ScoreResult
from rehabcore.instruments.scoring import score_again
from rehabcore.strict.checked import SECRET, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import InputError

MOST_TRIED = 200
"""An item with more possible answers than this is not tried, nor is an amount or a day."""


class ItemState(StrEnum):
    """How an item was treated in scoring."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    """Left out as the form allows; it counts as 0."""
    NOT_ASKED = "not_asked"
    """Behind a closed gate, which fixes its points, or not asked under the choices made."""
    TOLD = "told"
    """Not needed, because other items tell the same."""
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


@frozen(kw_only=True)
class Contribution:
    """The contribution of one item to a scale.

    ``points`` are those of its answer, after keying; a code has its place in the list, from 0, and
    a day has none. ``share`` is the part of the scale that they make up, where the scale is a sum
    of items, perhaps weighed; what a policy fills in for others is in no share. Either is None
    where there is none.
    """

    item: str
    state: ItemState
    answer: Given | None = field(repr=False, metadata=SECRET)
    points: Number | None = field(repr=False, metadata=SECRET)
    share: Number | None = field(repr=False, metadata=SECRET)


class WhyLacking(StrEnum):
    """The reason why something that a result needs is not there."""

    NO_ANSWER = "no_answer"
    """The item has no answer, or one that stands for a reason, such as a refusal."""
    UNKNOWN_CODE = "unknown_code"
    """The answer is a code that the model does not know."""
    NOT_STATED = "not_stated"
    """A fact about the respondent that norms or tables need, and that nobody stated."""
    NOT_COVERED = "not_covered"
    """A stated fact about the respondent for which there are no norms or tables."""


@frozen(kw_only=True)
class Lacking:
    """Something that a result needs but lacks, and what would be accepted.

    ``name`` is that of an item, or ``sex``, ``age``, ``jurisdiction`` of the respondent.
    ``expected`` says in words what is taken: ``one of MALE, FEMALE``.
    """

    name: str
    why: WhyLacking
    expected: str


@frozen(kw_only=True)
class BandChange:
    """Answers to one item, each of which would alone move the scale into the band ``label``."""

    item: str
    answers: tuple[Given, ...] = field(repr=False, metadata=SECRET)
    label: str


@frozen(kw_only=True)
class Neighbour:
    """The next band below or above, and how many points away it begins.

    ``points`` are below 0 for the lower band. Where bands are half open the lower one begins just
    beyond that. ``label`` is None where the table has no label there.
    """

    label: str | None
    points: Number


@checked_arguments
def contributions(result: ScoreResult, scale: str) -> tuple[Contribution, ...]:
    """The contribution of every item that a scale reads, itself or through other scales.

    Raises:
        InputError: the instrument has no such scale.
    """
    scales = {one.name: one for one in result.instrument.scales}
    expression = scales[result.score(scale).name].of
    read = result.instrument.names_behind(expression)
    weights = _weights(expression, scales)
    answers, found = dict(result.request.answers), _found(result)
    return tuple(
        Contribution(
            item=item,
            state=state,
            answer=answers.get(item),
            points=None if points is None else _number(points),
            share=None
            if points is None or weights is None
            else _number(points * weights.get(item, 0)),
        )
        for item, (state, points) in found.items()
        if item in read
    )


@checked_arguments
def item_states(result: ScoreResult) -> dict[str, ItemState]:
    """How every item was treated, in the order of the instrument."""
    return {item: state for item, (state, _) in _found(result).items()}


def _found(result: ScoreResult) -> dict[str, tuple[ItemState, Exact | None]]:
    """The state of every item, and its points if it has any, in the order of the instrument."""
    instrument, request = result.instrument, result.request
    form = questionnaire_of(instrument, dict(request.choices), request.keyed)
    reading = read_answers(form, dict(request.answers), request.on)
    unknown = reading.blank | reading.not_applicable
    points: dict[str, Exact] = dict.fromkeys(form.unasked.union(result.skipped), 0)
    for item in form.items:
        low, high = reading.numbers[item.name]
        if low == high and item.name not in unknown and not item.spec.day:
            points[item.name] = low
    for gate in instrument.gates:
        if points.get(gate.item) == exact(gate.closed_at):
            points |= dict.fromkeys(form.names.intersection(gate.items), exact(gate.score))
    item_states = {
        **dict.fromkeys(result.skipped, ItemState.SKIPPED),
        **dict.fromkeys(result.missing, ItemState.MISSING),
        **dict.fromkeys(reading.not_applicable, ItemState.NOT_APPLICABLE),
        **dict.fromkeys((*form.unasked, *result.not_asked), ItemState.NOT_ASKED),
    }
    answered = dict(request.answers)
    return {
        item: (
            item_states.get(item, ItemState.ANSWERED if item in answered else ItemState.TOLD),
            points.get(item),
        )
        for group in instrument.items
        for item in group.numbers
    }


def _weights(of: Expression, scales: Mapping[str, Scale]) -> dict[str, Exact] | None:
    """How many times each item counts in a sum; None if the expression is not a sum."""
    match of:
        case FixedNumber():
            return {}
        case Named(name=name):
            return _weights(scales[name].of, scales) if name in scales else {name: 1}
        case Pool(items=items, mean=mean):
            return dict.fromkeys(items, Fraction(1, len(items)) if mean else 1)
        case Combined(plus=plus, minus=minus):
            return _added([*((1, part) for part in plus), *((-1, part) for part in minus)], scales)
        case Affine():
            factor = Fraction(exact(of.times)) / Fraction(exact(of.divide_by))
            return _added([(factor, of.of)], scales)
        case _:
            return None


def _added(
    parts: Iterable[tuple[Exact, Expression]], scales: Mapping[str, Scale]
) -> dict[str, Exact] | None:
    total: dict[str, Exact] = {}
    for factor, part in parts:
        weights = _weights(part, scales)
        if weights is None:
            return None
        for item, weight in weights.items():
            total[item] = total.get(item, 0) + factor * weight
    return total


def _number(number: Exact) -> Number:
    """A number as results give it: whole if it is."""
    return int(number) if number == int(number) else float(number)


@checked_arguments
def lacking(result: ScoreResult) -> tuple[Lacking, ...]:
    """Everything that a result would need, to say what it does not say: items first, in order.

    Empty if nothing is missing. What norms ask of the respondent is named only where a figure or a
    band lacks because of it.
    """
    return (*_answers_lacking(result), *_facts_lacking(result))


def _answers_lacking(result: ScoreResult) -> Iterable[Lacking]:
    request, missing = result.request, frozenset(result.missing)
    told = {name for one in result.warnings if one.code == "sentinel" for name in one.items}
    form = questionnaire_of(result.instrument, dict(request.choices), request.keyed)
    for item in form.items:
        if item.name in missing:
            yield Lacking(name=item.name, why=WhyLacking.NO_ANSWER, expected=item.expected())
        elif item.name in told and item.spec.others:
            yield Lacking(name=item.name, why=WhyLacking.UNKNOWN_CODE, expected=item.expected())


def _facts_lacking(result: ScoreResult) -> Iterable[Lacking]:
    request = result.request
    person = request.respondent
    stated = {
        "age": age_of(person, request.on),
        "jurisdiction": person.jurisdiction or None,
        "sex": person.sex and person.sex.value,
    }
    conditions = [row.when for row in _rows_without_result(result) if row.when]
    for fact, value in stated.items():
        asking = [when for when in conditions if fact in when.asked_of_respondent]
        if not asking or any(_covers(when, fact, value) for when in asking):
            continue
        why = WhyLacking.NOT_STATED if value is None else WhyLacking.NOT_COVERED
        yield Lacking(name=fact, why=why, expected=_facts_wanted(fact, asking))


def _rows_without_result(result: ScoreResult) -> Iterable[Figure | Table]:
    """The figures of norms that gave none, and the tables of scores that have no band."""
    without = {one.name for one in result.figures if one.value is None}
    yield from (row for n in result.instrument.norms if n.name in without for row in n.figures)
    no_band = {
        one.name
        for one in result.placings
        if one.label is None and one.why not in ("no_score", "unread_table")
    }
    yield from (row for b in result.instrument.bands if b.name in no_band for row in b.tables)


def _covers(when: When, fact: str, value: str | int | None) -> bool:
    """Whether a condition holds of one fact of the respondent, whatever else it asks."""
    if isinstance(value, str):
        return value in dict(when.chosen)[fact]
    low, high = ends_of(when.ages)
    return value is not None and low <= value <= high


def _facts_wanted(fact: str, asking: Iterable[When]) -> str:
    if fact == "age":
        ages = (audience_of(When(ages=when.ages)).removeprefix("age=") for when in asking)
        return f"completed years {', '.join(dict.fromkeys(ages))}"
    values = (value for when in asking for value in dict(when.chosen)[fact])
    return f"one of {', '.join(str(v) for v in dict.fromkeys(values) if v != NOT_STATED)}"


@checked_arguments
def band_changes(result: ScoreResult, bands: str) -> tuple[BandChange, ...]:
    """The answers that alone, all others being as they are, would give another band.

    Found by scoring each again. An item whose answers cannot be listed is not tried.

    Raises:
        InputError: the result has no bands of that name.
    """
    before, request = result.band(bands).label, result.request
    form = questionnaire_of(result.instrument, dict(request.choices), request.keyed)
    found: dict[tuple[str, str], list[Given]] = {}
    for item in form.items:
        for answer in _possible(item):
            label = _label(result, bands, {item.name: answer})
            if label is not None and label != before:
                found.setdefault((item.name, label), []).append(answer)
    return tuple(
        BandChange(item=item, answers=tuple(answers), label=label)
        for (item, label), answers in found.items()
    )


def _label(result: ScoreResult, bands: str, changed: Mapping[str, Given]) -> str | None:
    """The band with some answers changed; None without a band, or if the answers contradict."""
    answers = tuple({**dict(result.request.answers), **changed}.items())
    try:
        after = score_again(result.instrument, evolve(result.request, answers=answers))
    except InputError:
        return None
    return after.band(bands).label


def _possible(item: AskedItem) -> Iterable[Given]:
    """Every answer of an item, if they can be listed."""
    low, high = item.blank
    if len(item.table) > MOST_TRIED or (item.spec.whole and high - low >= MOST_TRIED):
        return ()
    if item.spec.whole:
        return range(int(low), int(high) + 1)
    return [answer for answer in item.table if isinstance(answer, Given)]


@checked_arguments
def neighbours(result: ScoreResult, bands: str) -> tuple[Neighbour, ...]:
    """The bands next to the one that a score is in, the lower first; none if it is in none.

    Raises:
        InputError: the result has no bands of that name.
    """
    placing = result.band(bands)
    value, table = result.score(placing.of).value, _table(result, placing)
    if table is None or value is None or placing.why == "unread_table":
        return ()
    number, rows = exact(value), table.bands
    starts = [-inf if row.low is None else exact(row.low) for row in rows]
    place = max(bisect_right(starts, number) - 1, 0)
    found: list[tuple[Band, Exact]] = []
    if place > 0:  # every band but the last has an end
        found.append((rows[place - 1], exact(rows[place - 1].high or 0)))
    if place + 1 < len(rows):
        found.append((rows[place + 1], starts[place + 1]))
    return tuple(
        Neighbour(label=band.label or None, points=_number(end - number)) for band, end in found
    )


def _table(result: ScoreResult, placing: Placing) -> Table | None:
    """The table that a band was looked up in; the nearest of some means is in none."""
    return next(
        (
            table
            for bands in result.instrument.bands
            for table in bands.tables
            if (bands.name, described(table), table.source)
            == (placing.name, placing.table, placing.source)
        ),
        None,
    )

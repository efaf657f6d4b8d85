"""One part of an instrument alone: a table of points, a band, of numbers that are known already."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import isfinite
from typing import cast

from rehabcore.instruments.checks.naming import NameKind, names_of
from rehabcore.instruments.checks.ranges import written
from rehabcore.instruments.checks.steps import GridStep, grid_steps
from rehabcore.instruments.engine.answers import AnswersRead, read_answers
from rehabcore.instruments.engine.norms import asked_of_respondent
from rehabcore.instruments.engine.numbers import ANY_NUMBER, Exact, Pair, Situation, ends_of, exact
from rehabcore.instruments.engine.preparation import MOST_SCORERS, scorer_of
from rehabcore.instruments.engine.scorer import Scorer, reported
from rehabcore.instruments.files.figures_data import read_number
from rehabcore.instruments.model.declaration import Figure, Instrument, Scale, Table
from rehabcore.instruments.model.expressions import Number
from rehabcore.instruments.model.requests import Given, Request, Respondent, python_value
from rehabcore.instruments.scoring import NOBODY, chosen_of
from rehabcore.strict.checked import checked_arguments, require_day
from rehabcore.strict.problems import Problems, one_of, refuse


@checked_arguments
def part(
    instrument: Instrument,
    name: str,
    known: Mapping[str, Given],
    *,
    on: date,
    respondent: Respondent = NOBODY,
    choices: Mapping[str, str | int] | None = None,
) -> Number | str | None:
    """The value of one scale, or the label of one band, from numbers that are known already.

    Use it to find the band of a score that somebody else worked out, or to try one table of a model
    alone. It makes none of the checks of a whole form: to score a person, use ``score``.

    Args:
        instrument: from ``find``, ``load_instrument`` or ``read_instrument``.
        name: a scale, a table of bands, or the nearest of some groups.
        known: answers by item, and the values of scales, which are then not computed.
        on: the day that selects norms and tables, like ``respondent`` and ``choices``.

    Returns:
        A number of a scale; of bands a label, or None where the table that applies says nothing.

    Raises:
        InputError: there is nothing of that name; an item does not take the answer; a scale cannot
            have the value, such as 49.6 of whole percentages, or it is outside of the range; or the
            known numbers do not decide the part, perhaps because norms or tables ask for the sex of
            the respondent.
    """
    scorer = scorer_of(instrument, chosen_of(instrument, choices or {}), False)
    scales = {ready.name: ready.scale for ready in scorer.scales}
    given = _given({one: value for one, value in known.items() if one in scales}, instrument)
    answers = {one: value for one, value in known.items() if one not in scales}
    reading = read_answers(scorer.form, answers, on)
    tables = scorer.tables_for(
        Request(answers=tuple(answers.items()), on=on, respondent=respondent, choices=scorer.chosen)
    )
    today = on.toordinal()
    numbers = {**tables.numbers, **scorer.fixed, "on": (today, today), **reading.numbers}
    unknown = _evaluate(scorer, given, Situation(numbers, reading.blank, reading.not_applicable))
    placers = {placer.none.name: placer for placer in tables.placers}
    if name not in scales and name not in placers:
        refuse(name, "unknown_value", one_of((*scales, *placers), name), path="name")
    of = placers[name].of if name in placers else name
    if of in unknown:
        behind = instrument.names_behind(scales[of].of, known=given)
        lacking = [*_unanswered(reading, behind), *_norms_without(instrument, numbers, behind)]
        why = f"; not known: {', '.join(lacking)}" if lacking else ""
        refuse(name, "undefined", f"a part that is decided by what is known{why}", path="name")
    if name not in placers:
        return reported(numbers[of][0], scales[of])
    placing = placers[name].place(numbers[of][0], numbers[of])
    if placing.why == "no_table":
        [tried] = [bands.tables for bands in instrument.bands if bands.name == name]
        expected = f"a respondent and a day for whom there is a table{_asking(tried)}"
        refuse(name, "undefined", expected, path="name")
    return placing.label


def _evaluate(scorer: Scorer, given: Mapping[str, Pair], situation: Situation) -> set[str]:
    """Evaluate every scale whose value is not given; return the names of those without a number."""
    unknown: set[str] = set()
    for ready in scorer.scales:
        low, high = given.get(ready.name) or ready.evaluate(situation)
        situation.numbers[ready.name] = low, high
        if situation.lacking or low != high or not isfinite(low):
            unknown.add(ready.name)
            situation.lacking.clear()
    return unknown


def _unanswered(reading: AnswersRead, behind: frozenset[str]) -> list[str]:
    """The items without an answer that a number comes from."""
    return sorted(behind & (reading.blank | reading.not_applicable))


def _norms_without(
    instrument: Instrument, numbers: Mapping[str, Pair], behind: frozenset[str]
) -> Iterable[str]:
    """The norms without a figure that a number comes from, and what they ask for."""
    for norm in instrument.norms:
        if norm.name in behind and numbers[norm.name] == ANY_NUMBER:
            yield f"the norm {norm.name}{_asking(norm.figures)}"


def _asking(rows: Iterable[Figure | Table]) -> str:
    asked = " and ".join(asked_of_respondent(rows))
    return f", which asks for {asked}" if asked else ""


def _given(values: Mapping[str, Given], instrument: Instrument) -> dict[str, Pair]:
    """The numbers of scales whose values are known, each as exact as the scale has it."""
    problems, numbers = Problems(), dict[str, Pair]()
    steps, days = _kinds_of(instrument) if values else ({}, ())
    for scale in instrument.scales:
        if (name := scale.name) in values:
            path, value = f"known.{name}", values[name]
            if name in days:
                number = problems.at("", _number_of_day, value, path)
            else:
                number = problems.at(path, _number_of, value, scale, steps[name])
            numbers[name] = (number, number)
    problems.done()
    return numbers


@lru_cache(maxsize=MOST_SCORERS)
def _kinds_of(instrument: Instrument) -> tuple[Mapping[str, GridStep], frozenset[str]]:
    """The step of every scale, and which are days; who tries one part tries many."""
    kinds = names_of(instrument).kinds
    days = frozenset(name for name, kind in kinds.items() if kind is NameKind.DAY)
    return grid_steps(instrument), days


def _number_of_day(value: object, path: str) -> Exact:
    require_day(value, path)
    return cast("date", value).toordinal()


def _number_of(value: object, scale: Scale, step: GridStep) -> Exact:
    """The number that a scale reports as a value.

    A value between two that the scale can have is refused, not rounded: only who knows what it was
    rounded from knows on which side of a cut-off it lies, and the model rounds in a way of its own.
    """
    number = read_number(python_value(value))
    low, high = ends_of(scale.range)
    if not low <= exact(number) <= high:
        refuse(number, "out_of_range", f"a number from {written(low)} to {written(high)}")
    if step is None or (step == 1 and type(number) is int):  # most are: spare the fractions
        return exact(number)
    nearest = _nearest_multiple(exact(number), step)
    if number not in (nearest, float(nearest), reported(nearest, scale)):
        kind = "a whole number" if step == 1 else f"a multiple of {step}"
        expected = f"{kind}, as the scale has; or, in its place, what it is computed from"
        refuse(number, "unknown_value", expected)
    return nearest


def _nearest_multiple(number: Exact, step: Fraction) -> Exact:
    return round(number / step) * step if step else 0

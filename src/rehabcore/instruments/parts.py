"""One part of an instrument alone: a table of points, a band, of numbers that are known already."""

from collections.abc import Mapping
from datetime import date
from math import isfinite

from rehabcore.instruments.engine.answers import read_answers
from rehabcore.instruments.engine.numbers import Pair, exact
from rehabcore.instruments.engine.preparation import scorer_of
from rehabcore.instruments.engine.scorer import reported, within
from rehabcore.instruments.engine.situation import Situation
from rehabcore.instruments.files.figures_data import read_number
from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.model.expressions import Number
from rehabcore.instruments.results import Given, Request, Respondent
from rehabcore.instruments.scoring import NOBODY, chosen_of
from rehabcore.strict.problems import Problems, fault


def part(
    instrument: Instrument,
    name: str,
    known: Mapping[str, Given],
    *,
    on: date,
    respondent: Respondent = NOBODY,
    choices: Mapping[str, str | int] | None = None,
) -> Number | str | None:
    """The value of one scale, or the label of one band, of what is known already.

    So a score that somebody else worked out is put into a band, and one table of a model is tried
    alone. What a whole form asks is not asked, and its checks are not made: to score a person, use
    ``score``.

    Args:
        instrument: from ``load``, ``read`` or ``find``.
        name: a scale, a table of bands, or the nearest of some groups.
        known: answers by item, and the values of scales, which are then not computed.
        on: the day that selects norms and tables, like ``respondent`` and ``choices``.

    Returns:
        A number of a scale; of bands a label, or None where the table says nothing.

    Raises:
        InputError: nothing of that name; an answer that its item does not have, or a value outside
            of the range of its scale; or what is known does not decide the part.
    """
    scorer = scorer_of(instrument, chosen_of(instrument, choices or {}), False)
    scales = {ready.name: ready.scale for ready in scorer.scales}
    given = _given({one: value for one, value in known.items() if one in scales}, instrument)
    answers = {one: value for one, value in known.items() if one not in scales}
    reading = read_answers(scorer.form, answers, on)
    sitting = scorer.sitting(
        Request(answers=tuple(answers.items()), on=on, respondent=respondent, choices=scorer.chosen)
    )
    today = on.toordinal()
    numbers = {**sitting.numbers, **scorer.fixed, "on": (today, today), **reading.numbers}
    situation = Situation(numbers, reading.blank, reading.not_applicable)
    unsaid: set[str] = set()
    for ready in scorer.scales:
        one = ready.name
        numbers[one] = low, high = given.get(one) or ready.evaluate(situation)
        if situation.lacking or low != high or not isfinite(low):
            unsaid.add(one)
            situation.lacking.clear()
    placers = {placer.none.name: placer for placer in sitting.placers}
    if name not in scales and name not in placers:
        fault(name, "unknown_value", f"one of {', '.join((*scales, *placers))}", path="name")
    of = placers[name].of if name in placers else name
    if of in unsaid:
        fault(name, "undefined", "a part that is decided by what is known", path="name")
    if name in placers:
        return placers[name].place(numbers[of][0], numbers[of]).label
    return reported(numbers[of][0], scales[of])


def _given(values: Mapping[str, Given], instrument: Instrument) -> dict[str, Pair]:
    """The numbers of scales whose values are known."""
    problems, numbers = Problems(), dict[str, Pair]()
    for scale in instrument.scales:
        if scale.name in values:
            number = problems.at(f"known.{scale.name}", read_number, values[scale.name])
            numbers[scale.name] = pair = (exact(number or 0), exact(number or 0))
            if not within(pair, scale.range):
                expected = "a value within the range of its scale"
                problems.note(number, "out_of_range", expected, path=f"known.{scale.name}")
    problems.done()
    return numbers

"""The ranges that the scores of an instrument can reach.

A range is found by evaluating without any answer. It may come out too wide if a scale reads one
item twice. Then the answers are split, item by item, until the stated range is proved or the limit
of work is reached.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from math import isinf

from rehabcore.instruments.checks.naming import TODAY, expressions_of
from rehabcore.instruments.checks.steps import GridStep, grid_steps
from rehabcore.instruments.engine.answers import AskedItem, Questionnaire, questionnaire_of
from rehabcore.instruments.engine.evaluation import evaluator
from rehabcore.instruments.engine.numbers import (
    ANY_NUMBER,
    Evaluator,
    Exact,
    Pair,
    Situation,
    ends_of,
    exact,
)
from rehabcore.instruments.model.declaration import Instrument, Scale
from rehabcore.instruments.model.expressions import Expression, Named, names_in, subexpressions
from rehabcore.instruments.model.items import MissingAnswers
from rehabcore.strict.checked import EARLIEST_YEAR, LATEST_YEAR
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, Problems

_MOST_BOXES = 1000
"""How many parts the answers are split into, at most, to prove a range."""
_MOST_CELLS = 64
"""How many whole numbers of one item are tried one by one, at most."""
_SOME_DAY = date((EARLIEST_YEAR + LATEST_YEAR) // 2, 1, 1).toordinal()

RangeByName = dict[str, Pair]
"""A range for every name."""


@frozen
class Ranges:
    """The range of every name under each combination of choices, and the step of its numbers."""

    combinations: tuple[tuple[Mapping[str, str | int], RangeByName], ...]
    all: RangeByName
    steps: Mapping[str, GridStep]
    codes: Mapping[str, tuple[str, ...]]

    def of(self, expression: Expression, missing: MissingAnswers) -> Pair:
        """The range of an expression, whatever was chosen and answered."""
        return _evaluated(evaluator(expression, self.codes, missing), self.all)


def ranges_of(instrument: Instrument, problems: Problems) -> Ranges:
    """The ranges of an instrument with sound names; note those that differ from the stated ones."""
    codes = instrument.codes
    scales = [
        (scale, evaluator(scale.of, codes, scale.missing or instrument.missing))
        for scale in instrument.in_order_of_reading()
    ]
    combinations: list[tuple[Mapping[str, str | int], RangeByName]] = []
    wide: dict[str, Pair] = {}
    for chosen in _combinations(instrument):
        form = questionnaire_of(instrument, chosen, keyed=False)
        if not form.items:
            told = ", ".join(f"{name} {value}" for name, value in chosen.items()) or "no choices"
            problems.note([], "empty_group", f"an item to ask with {told}", path="items")
        numbers = _before_scales(instrument, form, chosen)
        for index, (scale, evaluate) in enumerate(scales):
            numbers[scale.name] = low, high = _evaluated(evaluate, numbers)
            least, most = ends_of(scale.range)
            if scale.passes_range or least <= low <= high <= most:
                continue
            if not _Splitting(instrument, form, scales[: index + 1]).shows((least, most), numbers):
                before = wide.get(scale.name, (low, high))
                wide[scale.name] = min(low, before[0]), max(high, before[1])
            numbers[scale.name] = least, most
        combinations.append((chosen, numbers))
    for scale in instrument.scales:
        if scale.name in wide:
            problems.add(_beyond(scale, wide[scale.name]))
    return Ranges(
        combinations=tuple(combinations),
        all=_hull([numbers for _, numbers in combinations]),
        steps=grid_steps(instrument),
        codes=codes,
    )


def _beyond(scale: Scale, reached: Pair) -> Problem:
    found, reaches = (
        f"{written(low)} to {written(high)}" for low, high in (ends_of(scale.range), reached)
    )
    expected = f"{reaches}, which the scale may reach, or passes_range = true"
    path = f"scales.{scale.name}.range"
    return Problem(code="beyond_range", path=path, found=found, expected=expected)


def _hull(ranges: list[RangeByName]) -> RangeByName:
    """The range of every name over some combinations of choices."""
    return {
        name: (min(one[name][0] for one in ranges), max(one[name][1] for one in ranges))
        for name in ranges[0]
    }


def _combinations(instrument: Instrument) -> Iterator[dict[str, str | int]]:
    names = [choice.id for choice in instrument.choices]
    for values in product(*(choice.values for choice in instrument.choices)):
        yield dict(zip(names, values, strict=True))


def written(number: Exact) -> int | float | str:
    """A number as files write it: whole, with a point, or open."""
    if isinf(number):
        return "open"
    return int(number) if number == int(number) else float(number)


def _evaluated(evaluate: Evaluator, numbers: RangeByName) -> Pair:
    """The range of an expression; any number if it cannot be worked out."""
    blank = frozenset(numbers)
    try:
        low, high = evaluate(Situation(numbers, blank=blank, bounding=True))
    except (ArithmeticError, ValueError):
        return ANY_NUMBER
    return (low, high) if low <= high else ANY_NUMBER


def _before_scales(
    instrument: Instrument, form: Questionnaire, chosen: Mapping[str, str | int]
) -> RangeByName:
    """The ranges of everything but scales."""
    numbers: RangeByName = dict.fromkeys(form.unasked, (0, 0))
    numbers[TODAY] = _SOME_DAY, _SOME_DAY
    for item in form.items:
        numbers[item.name] = item.blank
    for choice in instrument.choices:
        place = choice.values.index(chosen[choice.id])
        numbers[choice.id] = place, place
    for norm in instrument.norms:
        figures = [exact(figure.value) for figure in norm.figures]
        numbers[norm.name] = min(figures), max(figures)
    for name, number in _set_otherwise(instrument):
        low, high = numbers[name]
        numbers[name] = min(low, number), max(high, number)
    return numbers


def _set_otherwise(instrument: Instrument) -> Iterator[tuple[str, Exact]]:
    """The numbers that items have without an answer: behind gates, skipped, taken as answered."""
    for gate in instrument.gates:
        yield from ((name, exact(gate.score)) for name in gate.items)
    for skip in instrument.skips:
        yield from ((name, 0) for name in skip.items)
    for _, expression in expressions_of(instrument):
        for part in subexpressions(expression):
            if isinstance(part, Named) and isinstance(part.if_missing, int | float):
                yield part.name, exact(part.if_missing)


class _Splitting:
    """Proves that a scale stays within a range, by splitting the ranges of its items."""

    def __init__(
        self, instrument: Instrument, form: Questionnaire, scales: list[tuple[Scale, Evaluator]]
    ) -> None:
        self.scales = scales
        self.read: set[str] = {scales[-1][0].name}
        for scale, _ in reversed(scales):
            if scale.name in self.read:
                self.read.update(names_in(scale.of))
        others = list(_set_otherwise(instrument))
        self.cells = {
            item.name: _cells(item, {number for name, number in others if name == item.name})
            for item in form.items
            if item.name in self.read
        }

    def shows(self, stated: Pair, numbers: RangeByName) -> bool:
        """Whether it is proved that the last scale stays within the stated range."""
        # Branch and bound: a box whose range is within the stated one needs no more work, any other
        # is halved. What is not proved within the limit counts as not proved, which is safe.
        boxes = [dict(numbers)]
        for _ in range(_MOST_BOXES):
            if not boxes:
                return True
            box = boxes.pop()
            for scale, evaluate in self.scales:
                if scale.name in self.read:
                    box[scale.name] = _evaluated(evaluate, box)
            low, high = box[self.scales[-1][0].name]
            if not stated[0] <= low <= high <= stated[1]:
                halves = self._halves(box)
                if not halves:
                    return False
                boxes += halves
        return False

    def _halves(self, box: RangeByName) -> list[RangeByName]:
        """A box split in two at its widest item; none if no item can be split."""
        left = {
            name: [cell for cell in cells if box[name][0] <= cell[0] <= cell[1] <= box[name][1]]
            for name, cells in self.cells.items()
        }
        name = max(left, key=lambda name: len(left[name]), default="")
        middle = len(left.get(name, ())) // 2
        return (
            [
                {**box, name: (half[0][0], half[-1][1])}
                for half in (left[name][:middle], left[name][middle:])
            ]
            if middle
            else []
        )


def _cells(item: AskedItem, others: set[Exact]) -> list[Pair]:
    """The numbers that an item can have, in order. Of many, the last cell holds the rest."""
    numbers = {number for number, _ in item.table.values()}
    low, high = item.blank
    if item.spec.whole and isinstance(low, int):
        numbers.update(range(low, int(min(high, low + _MOST_CELLS))))
        return [*((n, n) for n in sorted(numbers | others)), (max(numbers, default=low) + 1, high)]
    return [(number, number) for number in sorted(numbers | others)]

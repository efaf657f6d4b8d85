"""Whether bands and tables of points leave no gap, do not overlap, and cover what they must."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from rehabcore.instruments.checks.audiences import compatible, table_paths
from rehabcore.instruments.checks.mentions import places_in
from rehabcore.instruments.checks.naming import expressions_of
from rehabcore.instruments.checks.ranges import Ranges, written
from rehabcore.instruments.checks.steps import grid_step, is_whole
from rehabcore.instruments.engine.numbers import Exact, Pair, ends_of
from rehabcore.instruments.model.declaration import Band, Instrument, Scale
from rehabcore.instruments.model.expressions import (
    TRUTHS,
    Cases,
    Expression,
    Extreme,
    Grid,
    Negated,
    Pick,
    Stepped,
)
from rehabcore.instruments.model.items import MissingAnswers, When
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, Problems


@frozen
class _Row:
    """One row of a table that divides a range; ``end`` is the key that holds its end."""

    path: str
    low: Exact
    high: Exact
    half_open: bool = False
    end: str = "to"


def check_partitions(instrument: Instrument, ranges: Ranges, problems: Problems) -> None:
    """Note every table that does not divide its range cleanly, and conditions not truths."""
    scales = {scale.name: scale for scale in instrument.scales}
    for bands in instrument.bands:
        for path, table in table_paths(bands.name, bands.tables):
            cover = _to_cover(scales[bands.of], table.when, ranges)
            whole = is_whole(ranges.steps[bands.of])
            _check_bands(table.bands, f"{path}.table", cover, whole, problems)
    for path, expression, missing, is_truth in _expressions(instrument):
        if is_truth:
            _check_truth(path, expression, missing, ranges, problems)
        for place in places_in(expression, path):
            _check_part(place.path, place.part, missing, ranges, problems)


def _expressions(instrument: Instrument) -> Iterator[tuple[str, Expression, MissingAnswers, bool]]:
    """Every expression, where it stands, how it treats blanks, and whether it must be a truth."""
    policies = {scale.name: scale.missing or instrument.missing for scale in instrument.scales}
    for path, expression in expressions_of(instrument):
        room, _, name = path.partition(".")
        if room == "scales":
            yield path, expression, policies[name], False
        else:
            yield path, expression, instrument.missing, True


def _to_cover(scale: Scale, when: When | None, ranges: Ranges) -> Pair:
    """The range that a table must cover: all that is reachable, and any range stated for all."""
    found = [
        numbers[scale.name]
        for chosen, numbers in ranges.combinations
        if compatible(when, When(chosen=tuple((name, (one,)) for name, one in chosen.items())))
    ]
    if scale.range is not None and len(found) == len(ranges.combinations):
        found.append(ends_of(scale.range))
    return min(low for low, _ in found), max(high for _, high in found)


def _check_bands(
    bands: tuple[Band, ...], path: str, cover: Pair, whole: bool, problems: Problems
) -> None:
    rows = []
    for index, band in enumerate(bands):
        low, high = ends_of((band.low, band.high))
        end = "below" if band.half_open else "to"
        rows.append(_Row(f"{path}[{index}]", low, high, band.half_open, end))
    labels = [band.label for band in bands if band.label]
    for band, row in zip(bands, rows, strict=True):
        if labels.count(band.label) > 1:
            expected = "each label once"
            problems.note(band.label, "repeated_item", expected, path=f"{row.path}.label")
    for row in rows[:-1]:
        if not whole and not row.half_open:
            expected = (
                "below instead of to: the scale has fractions, as a mean, a sum that is prorated "
                "or a figure with a point has; round = 0 in it makes it whole"
            )
            problems.note(row.high, "not_half_open", expected, path=f"{row.path}.to")
    _check_rows(rows, path, cover, whole, problems)
    _check_excess(rows, cover, problems)


def _check_rows(
    rows: Sequence[_Row], path: str, cover: Pair, whole: bool, problems: Problems
) -> None:
    """Note what is empty, overlaps, is left out between two rows, or is not covered."""
    if not rows:
        problems.note([], "empty_group", "at least one row", path=path)
        return
    for row in rows:
        if row.low > row.high or (row.half_open and row.low == row.high):
            expected = "an end that is not before the start"
            problems.note(row.high, "not_in_order", expected, path=f"{row.path}.{row.end}")
    for one, other in pairwise(rows):
        least = one.high + 1 if whole and not one.half_open else one.high
        most = one.high if one.half_open else one.high + 1
        if not least <= other.low <= most:
            code = "overlap" if other.low < least else "gap"
            expected = f"{written(least)}, where the row before it ends"
            problems.note(written(other.low), code, expected, path=f"{other.path}.from")
    low, high = cover
    first, last = rows[0], rows[-1]
    if first.low > low:
        problems.note(
            written(first.low), "gap", f"at most {written(low)}", path=f"{first.path}.from"
        )
    if last.high < high or (last.half_open and last.high == high < inf):
        expected = f"{'more than' if last.half_open else 'at least'} {written(high)}"
        problems.note(written(last.high), "gap", expected, path=f"{last.path}.{last.end}")


def _check_excess(rows: Sequence[_Row], cover: Pair, problems: Problems) -> None:
    """Note bands that begin below, or end above, all that their scale can be."""
    for row in rows[:1]:
        if -inf < row.low < cover[0]:
            expected = f"{written(cover[0])}, or open"
            problems.note(written(row.low), "out_of_range", expected, path=f"{row.path}.from")
    for row in rows[-1:]:
        if cover[1] < row.high < inf and not row.half_open:
            expected = f"{written(cover[1])}, or open"
            problems.note(written(row.high), "out_of_range", expected, path=f"{row.path}.to")


def _bounded(cover: Pair) -> Pair:
    """The range that a table of points must cover; beyond an open end there is no score."""
    return inf if cover[0] == -inf else cover[0], -inf if cover[1] == inf else cover[1]


def _check_part(
    path: str, part: Expression, missing: MissingAnswers, ranges: Ranges, problems: Problems
) -> None:
    match part:
        case Stepped(of=inner, steps=steps):
            rows = [
                _Row(f"{path}.table[{index}]", *ends_of((step.low, step.high)))
                for index, step in enumerate(steps)
            ]
            whole = is_whole(grid_step(inner, ranges.steps, missing))
            cover = _bounded(ranges.of(inner, missing))
            _check_rows(rows, f"{path}.table", cover, whole, problems)
        case Grid():
            _check_grid(path, part, missing, ranges, problems)
        case Extreme(parts=parts, pick=Pick.ANY | Pick.ALL as pick):
            for index, one in enumerate(parts):
                _check_truth(f"{path}.{pick}[{index}]", one, missing, ranges, problems)
        case Negated(of=inner):
            _check_truth(f"{path}.not", inner, missing, ranges, problems)
        case Cases(cases=cases):
            for index, case in enumerate(cases):
                where = f"{path}.cases[{index}].when"
                _check_truth(where, case.when, missing, ranges, problems)
        case _:
            pass


def _check_truth(
    path: str, expression: Expression, missing: MissingAnswers, ranges: Ranges, problems: Problems
) -> None:
    """Note an expression that should be a truth but can be anything other than 1 or 0."""
    if isinstance(expression, TRUTHS):
        return
    if isinstance(expression, Extreme) and expression.pick in (Pick.ANY, Pick.ALL):
        return
    low, high = ranges.of(expression, missing)
    whole = is_whole(grid_step(expression, ranges.steps, missing))
    if not (whole and 0 <= low <= high <= 1):
        found = f"a number, {written(low)} to {written(high)}{'' if whole else ', with fractions'}"
        expected = "something that is 1 or 0, such as a test (at_least, equals)"
        problems.add(Problem(code="not_a_truth", path=path, found=found, expected=expected))


def _check_grid(
    path: str, grid: Grid, missing: MissingAnswers, ranges: Ranges, problems: Problems
) -> None:
    if len(grid.cells) != len(grid.rows):
        expected = f"{len(grid.rows)} lines, as there are rows"
        problems.note(grid.cells, "wrong_type", expected, path=f"{path}.cells")
    for index, line in enumerate(grid.cells):
        if len(line) != len(grid.columns):
            expected = f"{len(grid.columns)} cells, as there are columns"
            problems.note(line, "wrong_type", expected, path=f"{path}.cells[{index}]")
    for key, inner, starts in (
        ("rows", grid.row, grid.rows),
        ("columns", grid.column, grid.columns),
    ):
        low, _ = ranges.of(inner, missing)
        if -inf < low < starts[0]:
            expected = f"at most {written(low)}"
            problems.note(starts[0], "gap", expected, path=f"{path}.{key}[0]")

"""Checks of the conditions of tables: for whom and when they apply, and where they were read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import inf

from rehabcore.instruments.model.declaration import Figure, Instrument, MeasurementError, Table
from rehabcore.instruments.model.expressions import Ends
from rehabcore.instruments.model.items import NOT_STATED, When
from rehabcore.instruments.model.provenance import Tier
from rehabcore.rules.sources import Status
from rehabcore.strict.problems import Problems, listed, one_of
from rehabcore.strict.vocabulary import Sex

Row = Figure | Table | MeasurementError
"""Something that applies to some respondents, and may apply for a time."""
Values = tuple[str | int, ...]

SEXES: Values = (*(sex.value for sex in Sex), NOT_STATED)


def check_audiences(instrument: Instrument, problems: Problems) -> None:
    """Note conditions that nobody can meet, rows that are never reached, sources without a name."""
    choices = {choice.id: choice.values for choice in instrument.choices}
    for room in ("items", "keying"):
        for index, one in enumerate(getattr(instrument, room)):
            _check_choice_only(one.when, f"{room}[{index}].when", choices, problems)
    for path, rows in row_groups(instrument):
        _check_rows(path, rows, choices, problems)
    _check_sources(instrument, problems)


def row_groups(instrument: Instrument) -> Iterator[tuple[str, Sequence[tuple[str, Row]]]]:
    """The rows of each table in which the first fitting row counts, with the path of the table."""
    for norm in instrument.norms:
        path = f"norms.{norm.name}"
        yield path, [(f"{path}[{index}]", figure) for index, figure in enumerate(norm.figures)]
    for bands in instrument.bands:
        yield f"bands.{bands.name}", list(table_paths(bands.name, bands.tables))
    path = "errors_of_measurement"
    by_scale: dict[str, list[tuple[str, Row]]] = {}
    for index, error in enumerate(instrument.errors_of_measurement):
        by_scale.setdefault(error.scale, []).append((f"{path}[{index}]", error))
    for rows in by_scale.values():
        yield path, rows


def table_paths(name: str, tables: tuple[Table, ...]) -> Iterator[tuple[str, Table]]:
    """The tables of some bands, and where they stand: a single one is the bands' own."""
    for index, table in enumerate(tables):
        alone = len(tables) == 1 and table.when is None and _days(table) == _ALWAYS
        yield f"bands.{name}" if alone else f"bands.{name}.tables[{index}]", table


def _check_choice_only(
    when: When | None, path: str, choices: Mapping[str, Values], problems: Problems
) -> None:
    if when is not None:
        _check_values(when, path, choices, problems)
        if when.ages is not None:
            problems.note(None, "wrong_kind", "conditions on choices only", path=f"{path}.ages")


def _check_values(
    when: When, path: str, known: Mapping[str, Values | None], problems: Problems
) -> None:
    """Note values that are not among those of their name; None has no list of values."""
    for name, values in when.chosen:
        if name not in known:
            expected = f"one of {listed(known) or 'no choices'}"
            problems.note(name, "dangling_id", expected, path=f"{path}.{name}")
            continue
        right = known[name]
        for value in values:
            if not _is_one_of(value, right):
                expected = "a text" if right is None else f"one of {listed(right)}"
                problems.note(value, "unknown_value", expected, path=f"{path}.{name}")


def _is_one_of(value: str | int, right: Values | None) -> bool:
    if right is None:
        return isinstance(value, str)
    return any(value == one and type(value) is type(one) for one in right)


def _check_rows(
    path: str,
    rows: Sequence[tuple[str, Row]],
    choices: Mapping[str, Values],
    problems: Problems,
) -> None:
    known: dict[str, Values | None] = {**choices, "sex": SEXES, "jurisdiction": None}
    if not rows:
        problems.note([], "empty_group", "at least one row", path=path)
    for index, (place, row) in enumerate(rows):
        if row.when is not None:
            _check_values(row.when, f"{place}.when", known, problems)
        start, end = _days(row)
        if end <= start:
            problems.note(end, "ends_before_start", "a day after from", path=f"{place}.to")
        if any(_covers(earlier, row, known) for _, earlier in rows[:index]):
            expected = "a row for somebody whom no earlier row is for"
            problems.note(None, "never_reached", expected, path=place)


_ALWAYS = (date.min, date.max)


def _days(row: Row) -> tuple[date, date]:
    """The days on which a row is in force: from the first until before the second."""
    if isinstance(row, MeasurementError):
        return _ALWAYS
    return row.start or date.min, row.end if isinstance(row.end, date) else date.max


def _covers(one: Row, other: Row, known: Mapping[str, Values | None]) -> bool:
    """Whether a row is for everybody, on every day, that another is for."""
    (start, end), (later, earlier) = _days(one), _days(other)
    if start > later or end < earlier:
        return False
    return one.when is None or _includes(one.when, other.when or When(), known)


def _includes(one: When, other: When, known: Mapping[str, Values | None]) -> bool:
    (low, high), (least, most) = _ages(one.ages), _ages(other.ages)
    if one.ages is not None and (other.ages is None or low > least or high < most):
        return False
    chosen = dict(other.chosen)
    return all(
        (left := chosen.get(name, known.get(name))) is not None and set(left) <= set(values)
        for name, values in one.chosen
    )


def _ages(ages: Ends | None) -> tuple[float, float]:
    low, high = ages or (None, None)
    return low or 0, inf if high is None else high


def compatible(one: When | None, other: When | None) -> bool:
    """Whether two conditions on choices can hold at once."""
    if one is None or other is None:
        return True
    chosen = dict(other.chosen)
    return all(set(values) & set(chosen.get(name, values)) for name, values in one.chosen)


def _check_sources(instrument: Instrument, problems: Problems) -> None:
    known = {origin.id for origin in instrument.origins}
    if not known:
        problems.note([], "empty_group", "at least one source", path="source")
    for path, source, needed in _sources_named(instrument):
        if (needed or source) and source not in known:
            expected = one_of(sorted(known), source)
            problems.note(source, "dangling_id", expected, path=f"{path}.source")
    for index, origin in enumerate(instrument.origins):
        if origin.tier is Tier.UNREAD and instrument.status is Status.REVIEWED:
            expected = "sources that were read, for what is called reviewed"
            problems.note(origin.tier.value, "draft_source", expected, path=f"source[{index}].tier")


def _sources_named(instrument: Instrument) -> Iterable[tuple[str, str, bool]]:
    """Where a source is named, which, and whether one is needed there."""
    for _, rows in row_groups(instrument):
        yield from ((path, row.source, True) for path, row in rows)
    for room in ("nearest", "flags"):
        for one in getattr(instrument, room):
            yield f"{room}.{one.name}", one.source, True
    for scale in instrument.scales:
        yield f"scales.{scale.name}", scale.source, False
    for room in ("skips", "gates"):
        for index, one in enumerate(getattr(instrument, room)):
            yield f"{room}[{index}]", one.source, False

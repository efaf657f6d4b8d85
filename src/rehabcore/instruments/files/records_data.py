"""The forms of an instrument's records in its file, some of whose keys have other names there."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from attrs import evolve

from rehabcore.instruments.files.expression_data import read_expression
from rehabcore.instruments.files.expression_writing import write_expression
from rehabcore.instruments.files.figures_data import (
    read_bound,
    read_ends,
    read_maps,
    read_number,
    read_points,
    read_sentinels,
    write_bound,
)
from rehabcore.instruments.model.declaration import Band, Figure, Table
from rehabcore.instruments.model.expressions import Bound, Ends, Expression, Number, Pairs
from rehabcore.instruments.model.items import Entries, When
from rehabcore.instruments.model.provenance import Licence
from rehabcore.rules.data.plain import plain_forms
from rehabcore.strict.problems import InputError, Problems, missing_key, refuse, unknown_keys
from rehabcore.strict.structure import Codec, Form

T = TypeVar("T")


def _read_when(plain: object) -> When | None:
    if not isinstance(plain, dict) or not plain:
        refuse(plain, "wrong_type", 'a table such as { sex = "female" }')
    problems = Problems()
    ages = problems.at("ages", read_ends, plain["ages"]) if "ages" in plain else None
    chosen: list[tuple[str, tuple[str | int, ...]]] = []
    for name, values in plain.items():
        if name == "ages":
            continue
        listed = values if isinstance(values, list) else [values]
        if not listed or not all(type(value) in (str, int) for value in listed):
            problems.note(values, "wrong_type", "a value, or a list of values", path=name)
        chosen.append((name, tuple(listed)))
    problems.done()
    return When(chosen=tuple(chosen), ages=ages)


def _write_when(when: When) -> object:
    told: dict[str, object] = {
        name: values[0] if len(values) == 1 else [*values] for name, values in when.chosen
    }
    return {**told, **({"ages": _write_ends(when.ages)} if when.ages else {})}


def _write_ends(ends: Ends) -> object:
    return [write_bound(end) for end in ends]


def _read_scalar(plain: object) -> str | int:
    if isinstance(plain, bool) or not isinstance(plain, str | int):
        refuse(plain, "wrong_type", "a text or a whole number")
    return plain


def _read_band(plain: object) -> Band:
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", 'a table such as { from = 0, to = 7, label = "I" }')
    problems, half_open = Problems(), "below" in plain
    problems.add(*unknown_keys(plain, ("from", "to", "below", "label", "why")))
    ends = ("from", "below" if half_open else "to")
    problems.add(*(missing_key(key) for key in ends if key not in plain))
    if half_open and "to" in plain:
        problems.note(None, "not_one_kind", "one of to (within) and below (not within)")
    low, high = (problems.at(key, read_bound, plain.get(key, "open")) for key in ends)
    said = {key: plain[key] for key in ("label", "why") if key in plain}
    if len(said) != 1 or not all(isinstance(text, str) and text for text in said.values()):
        problems.note(None, "not_one_kind", "a label, or why there is none")
    problems.done()
    return Band(low=low, high=high, half_open=half_open, **said)


def _read_expression(plain: object) -> Expression:
    return plain if isinstance(plain, Expression) else read_expression(plain)


def _write_band(band: Band) -> object:
    said = {"label": band.label} if band.label else {"why": band.why}
    end = "below" if band.half_open else "to"
    return {"from": write_bound(band.low), end: write_bound(band.high), **said}


_FORMS = (
    *plain_forms(dates_are_objects=True),
    Form(type=Number, read=read_number, write=lambda number: number),
    Form(type=Bound, read=read_bound, write=write_bound),
    Form(type=Ends | None, read=read_ends, write=_write_ends),
    Form(type=Pairs, read=read_points, write=dict),
    Form(type=When | None, read=_read_when, write=_write_when),
    Form(type=str | int, read=_read_scalar, write=lambda value: value),
    Form(type=str | int | None, read=_read_scalar, write=lambda value: value),
    Form(
        type=tuple[tuple[int, str], ...],
        read=read_sentinels,
        write=lambda sentinels: {str(number): why for number, why in sentinels},
    ),
    Form(
        type=tuple[tuple[str, Pairs], ...],
        read=read_maps,
        write=lambda maps: {item: dict(points) for item, points in maps},
    ),
    Form(type=Expression, read=_read_expression, write=write_expression),
    Form(type=Band, read=_read_band, write=_write_band),
    Form(type=Entries, read=lambda entries: entries, write=lambda _: None),
)
_PARTS = Codec(_FORMS, dates_are_objects=True)


def as_in_the_file(
    names: Mapping[str, str], read: Callable[[Any, type[T]], T], plain: Any, kind: type[T]
) -> T:
    """Read a record, and give the paths of problems the names that the file uses.

    Raises:
        InputError: what ``read`` raises.
    """
    try:
        return read(plain, kind)
    except InputError as error:
        raise error.each(lambda one: evolve(one, path=_renamed(one.path, names))) from None


def _renamed(path: str, names: Mapping[str, str]) -> str:
    for start, told in names.items():
        if path == start or path.startswith((f"{start}.", f"{start}[")):
            return (told + path.removeprefix(start)).removeprefix(".")
    return path


def _renaming(kind: type[T], names: Mapping[str, str]) -> Form:
    """The form of a record some of whose keys are called otherwise in files."""
    back = {attribute: key for key, attribute in names.items()}

    def read(plain: object) -> T:
        if not isinstance(plain, dict):
            refuse(plain, "wrong_type", "a table")
        renamed = {names.get(key, key): held for key, held in plain.items()}
        return as_in_the_file(back, _PARTS.read, renamed, kind)

    def write(value: T) -> object:
        return {back.get(key, key): held for key, held in _PARTS.write(value).items()}

    return Form(type=kind, read=read, write=write)


RECORDS = Codec(
    (
        *_FORMS,
        _renaming(Licence, {"class": "licence_class"}),
        _renaming(Figure, {"from": "start", "to": "end"}),
        _renaming(Table, {"from": "start", "to": "end", "table": "bands"}),
    ),
    dates_are_objects=True,
)
"""Reads and writes every record of an instrument, but for the names that keys of the file give."""

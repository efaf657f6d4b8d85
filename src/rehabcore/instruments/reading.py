"""Reading an instrument file, and writing it again: one TOML file an instrument.

    [instrument]   id, tool, title, edition, higher_means, worse, status, profile, unused
    [validity]     population, made_in, recall, administered_by, reassess_after
    [licence]      class, holder, notice
    [[source]]     id, cite, tier; tables name the one they were read in
    [[choices]]    what is chosen when scoring
    [[items]]      items that are answered alike
    [[keying]]     reversed items, maps of values
    [[skips]] [[gates]] [missing]   what need not be answered, and what is missing
    [norms]        figures by who is assessed and when
    [scales] [bands] [nearest] [flags] [[checks]]
    [[errors_of_measurement]]

Every problem of a stage is reported together: first the TOML, then the tables, then what they say
of each other (``soundness``).
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from attrs import AttrsInstance, evolve, fields, frozen

from rehabcore.documents import parse_toml
from rehabcore.errors import InputError, Problems, fault, missing_key, unknown_keys
from rehabcore.instruments.checks.soundness import unsound
from rehabcore.instruments.files.expression_data import read_expression
from rehabcore.instruments.files.expression_writing import write_expression
from rehabcore.instruments.files.figures_data import (
    MOST_PARTS,
    read_bound,
    read_ends,
    read_maps,
    read_number,
    read_points,
    read_sentinels,
    write_bound,
)
from rehabcore.instruments.files.listings import (
    Beside,
    drop_entries,
    faults_of_lists,
    no_folder,
    with_entries,
)
from rehabcore.instruments.model.declaration import (
    Band,
    Bands,
    Check,
    Figure,
    Flag,
    Instrument,
    MeasurementError,
    Nearest,
    Norm,
    Scale,
    Table,
)
from rehabcore.instruments.model.expressions import Bound, Ends, Expression, Number, Pairs
from rehabcore.instruments.model.items import (
    Choice,
    Entries,
    Gate,
    Items,
    Keying,
    Missing,
    Skip,
    When,
)
from rehabcore.instruments.model.provenance import Licence, Origin, Validity
from rehabcore.rules.plain import plain_forms
from rehabcore.rules.sources import Status
from rehabcore.structure import Codec, Form

T = TypeVar("T")


def _read_when(plain: object) -> When | None:
    if not isinstance(plain, dict) or not plain:
        fault(plain, "wrong_type", 'a table such as { sex = "female" }')
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
        fault(plain, "wrong_type", "a text or a whole number")
    return plain


def _read_band(plain: object) -> Band:
    if not isinstance(plain, dict):
        fault(plain, "wrong_type", 'a table such as { from = 0, to = 7, label = "I" }')
    problems, half_open = Problems(), "below" in plain
    problems.found.extend(unknown_keys(plain, ("from", "to", "below", "label", "why")))
    ends = ("from", "below" if half_open else "to")
    problems.found.extend(missing_key(key) for key in ends if key not in plain)
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


def _as_in_the_file(
    names: Mapping[str, str], read: Callable[[Any, type[T]], T], plain: Any, kind: type[T]
) -> T:
    """What is read; problems in it tell paths whose first steps the file calls otherwise."""
    try:
        return read(plain, kind)
    except InputError as error:
        raise InputError(
            evolve(problem, path=_renamed(problem.path, names)) for problem in error.problems
        ) from None


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
            fault(plain, "wrong_type", "a table")
        renamed = {names.get(key, key): held for key, held in plain.items()}
        return _as_in_the_file(back, _PARTS.read, renamed, kind)

    def write(value: T) -> object:
        return {back.get(key, key): held for key, held in _PARTS.write(value).items()}

    return Form(type=kind, read=read, write=write)


_CODEC = Codec(
    (
        *_FORMS,
        _renaming(Licence, {"class": "licence_class"}),
        _renaming(Figure, {"from": "start", "to": "end"}),
        _renaming(Table, {"from": "start", "to": "end", "table": "bands"}),
    ),
    dates_are_objects=True,
)

_PLACES: dict[str, tuple[str, Any]] = {
    "validity": ("validity", Validity),
    "licence": ("licence", Licence),
    "source": ("origins", tuple[Origin, ...]),
    "choices": ("choices", tuple[Choice, ...]),
    "items": ("items", tuple[Items, ...]),
    "keying": ("keying", tuple[Keying, ...]),
    "skips": ("skips", tuple[Skip, ...]),
    "gates": ("gates", tuple[Gate, ...]),
    "missing": ("missing", Missing),
    "errors_of_measurement": ("errors_of_measurement", tuple[MeasurementError, ...]),
}
"""The tables of a file that are read as they stand: the field of an instrument, and its type."""


def _scale(name: str, plain: dict[str, Any]) -> Scale:
    return _with_expression(Scale, "of", plain, name=name)


def _flag(name: str, plain: dict[str, Any]) -> Flag:
    return _with_expression(Flag, "of", plain, name=name)


def _with_expression(kind: type[T], field: str, plain: dict[str, Any], **more: str) -> T:
    """A record whose table is that of an expression together with keys of its own."""
    own = {a.name for a in fields(cast("type[AttrsInstance]", kind))} - {field, *more}
    problems = Problems()
    rest = {key: held for key, held in plain.items() if key not in own}
    mine = {key: held for key, held in plain.items() if key in own}
    made = problems.at("", read_expression, rest)
    problems.done()
    return _CODEC.read({**more, **mine, field: made}, kind)


def _bands(name: str, plain: dict[str, Any]) -> Bands:
    """Bands of one table for everybody, or of several ``tables``."""
    if ("table" in plain) == ("tables" in plain):
        fault(None, "not_one_kind", "exactly one of the keys table and tables")
    if "tables" in plain:
        return _CODEC.read({"name": name, **plain}, Bands)
    rest = {key: held for key, held in plain.items() if key not in ("table", "source")}
    only = {key: held for key, held in plain.items() if key in ("table", "source")}
    made = {"name": name, **rest, "tables": [only]}
    return _as_in_the_file({"tables[0]": ""}, _CODEC.read, made, Bands)


def _norm(name: str, plain: list[Any]) -> Norm:
    return _as_in_the_file({"figures": ""}, _CODEC.read, {"name": name, "figures": plain}, Norm)


def _nearest(name: str, plain: dict[str, Any]) -> Nearest:
    return _CODEC.read({"name": name, **plain}, Nearest)


_NAMED: dict[str, tuple[type, Callable[[str, Any], Any]]] = {
    "norms": (list, _norm),
    "scales": (dict, _scale),
    "bands": (dict, _bands),
    "nearest": (dict, _nearest),
    "flags": (dict, _flag),
}
"""The tables of a file that hold others by name: what each is, and how it is read."""


def from_plain(plain: Mapping[str, Any], beside: Beside = no_folder) -> Instrument:
    """Make an instrument of the tables of its file.

    Args:
        plain: the tables.
        beside: what reads a file, given its name, from the folder of the instrument's own: lists
            that the tables name. Without it an instrument that names one is refused.

    Raises:
        InputError: every problem of the stage in which reading stopped.
    """
    problems = Problems()
    known = {"instrument", "checks", *_PLACES, *_NAMED}
    problems.found.extend(unknown_keys(plain, known))
    needed = ("instrument", "validity", "licence", "source", "items", "scales")
    problems.found.extend(missing_key(key) for key in needed if key not in plain)
    problems.done()
    about = plain["instrument"]
    given = dict(about) if isinstance(about, dict) else {}
    parts: dict[str, Any] = {}
    for key, (name, kind) in _PLACES.items():
        if key in plain:
            parts[name] = problems.at(key, _placed, plain[key], kind, beside)
    for key, (kind, make) in _NAMED.items():
        parts[key] = problems.at(key, _by_name, plain.get(key, {}), kind, make)
    parts["checks"] = problems.at("checks", _checks, plain.get("checks", []))
    described = problems.at("instrument", _CODEC.read, given, _About)
    problems.done()
    told = {a.name: getattr(described, a.name) for a in fields(_About)}
    made = Instrument(**told, **parts)
    if faults := (*faults_of_lists(made.items), *unsound(made)):
        raise InputError(faults)
    return made


def _placed(plain: object, kind: type[T], beside: Beside) -> T:
    filled = with_entries(plain, beside) if kind == tuple[Items, ...] else plain
    return _CODEC.read(filled, kind)


@frozen(kw_only=True)
class _About:
    """What the table ``[instrument]`` says."""

    id: str
    tool: str
    title: str
    edition: str
    higher_means: str
    profile: str = ""
    worse: bool | None = None
    status: Status = Status.DRAFT
    default_profile: bool = False
    reference_model: bool = False
    unused: tuple[str, ...] = ()


def _by_name(plain: object, kind: type, make: Callable[[str, Any], Any]) -> tuple[Any, ...]:
    if not isinstance(plain, dict) or len(plain) > MOST_PARTS:
        fault(plain, "wrong_type", "a table of tables by name")
    problems, made = Problems(), []
    for name, held in plain.items():
        if isinstance(held, kind):
            made.append(problems.at(name, make, name, held))
        else:
            problems.note(held, "wrong_type", "a list" if kind is list else "a table", path=name)
    problems.done()
    return tuple(made)


def _checks(plain: object) -> tuple[Check, ...]:
    if not isinstance(plain, list) or len(plain) > MOST_PARTS:
        fault(plain, "wrong_type", "a list of tables")
    return _CODEC.read(plain, tuple[Check, ...])


def to_plain(instrument: Instrument) -> dict[str, Any]:
    """The tables of an instrument's file: the inverse of ``from_plain``."""
    about = _CODEC.write(_About(**{a.name: getattr(instrument, a.name) for a in fields(_About)}))
    plain: dict[str, Any] = {"instrument": about}
    for key, (name, kind) in _PLACES.items():
        if (held := getattr(instrument, name)) not in ((), Missing()):
            plain[key] = _CODEC.write(held, kind)
    drop_entries(plain["items"])
    for key in ("scales", "flags"):
        plain[key] = {one.name: _written(one) for one in getattr(instrument, key)}
    plain["norms"] = {norm.name: _CODEC.write(norm)["figures"] for norm in instrument.norms}
    plain["bands"] = {bands.name: _written_bands(bands) for bands in instrument.bands}
    plain["nearest"] = {one.name: _unnamed(_CODEC.write(one)) for one in instrument.nearest}
    plain["checks"] = [_CODEC.write(check) for check in instrument.checks]
    return {key: held for key, held in plain.items() if held}


def _written(one: Scale | Flag) -> dict[str, Any]:
    plain = _unnamed(_CODEC.write(one))
    return {**plain.pop("of"), **plain}


def _written_bands(bands: Bands) -> dict[str, Any]:
    plain = _unnamed(_CODEC.write(bands))
    only = plain["tables"][0]
    if len(plain["tables"]) > 1 or set(only) > {"table", "source"}:
        return plain
    return {**{key: held for key, held in plain.items() if key != "tables"}, **only}


def _unnamed(plain: dict[str, Any]) -> dict[str, Any]:
    return {key: held for key, held in plain.items() if key != "name"}


def read(document: str | bytes, beside: Beside = no_folder) -> Instrument:
    """Read an instrument from the text of its TOML file; ``beside`` is that of ``from_plain``.

    Raises:
        InputError: every problem of the stage in which reading stopped.
    """
    return from_plain(parse_toml(document), beside)

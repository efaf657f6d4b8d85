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

docs/reference/instrument-files.md has every key.

Every problem of a stage is reported together: first the TOML, then the tables, then what they say
of each other (``soundness``).
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from attrs import AttrsInstance, fields

from rehabcore.instruments.checks.soundness import instrument_problems
from rehabcore.instruments.files.expression_data import read_expression
from rehabcore.instruments.files.figures_data import MOST_PARTS
from rehabcore.instruments.files.listings import (
    Beside,
    drop_entries,
    no_folder,
    problems_of_lists,
    with_entries,
)
from rehabcore.instruments.files.records_data import RECORDS, as_in_the_file
from rehabcore.instruments.model.declaration import (
    AnswerCheck,
    Bands,
    Flag,
    Instrument,
    MeasurementError,
    Nearest,
    Norm,
    Scale,
)
from rehabcore.instruments.model.items import Choice, Gate, Items, Keying, MissingAnswers, Skip
from rehabcore.instruments.model.provenance import Licence, Origin, Validity
from rehabcore.rules.sources import Status
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.documents import parse_toml, refuse_unlike_json
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problems, missing_key, refuse, unknown_keys

T = TypeVar("T")


_PLACES: dict[str, tuple[str, Any]] = {
    "validity": ("validity", Validity),
    "licence": ("licence", Licence),
    "source": ("origins", tuple[Origin, ...]),
    "choices": ("choices", tuple[Choice, ...]),
    "items": ("items", tuple[Items, ...]),
    "keying": ("keying", tuple[Keying, ...]),
    "skips": ("skips", tuple[Skip, ...]),
    "gates": ("gates", tuple[Gate, ...]),
    "missing": ("missing", MissingAnswers),
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
    return RECORDS.read({**more, **mine, field: made}, kind)


def _bands(name: str, plain: dict[str, Any]) -> Bands:
    """Bands of one table for everybody, or of several ``tables``."""
    if ("table" in plain) == ("tables" in plain):
        refuse(None, "not_one_kind", "exactly one of the keys table and tables")
    if "tables" in plain:
        return RECORDS.read({"name": name, **plain}, Bands)
    rest = {key: held for key, held in plain.items() if key not in ("table", "source")}
    only = {key: held for key, held in plain.items() if key in ("table", "source")}
    made = {"name": name, **rest, "tables": [only]}
    return as_in_the_file({"tables[0]": ""}, RECORDS.read, made, Bands)


def _norm(name: str, plain: list[Any]) -> Norm:
    return as_in_the_file({"figures": ""}, RECORDS.read, {"name": name, "figures": plain}, Norm)


def _nearest(name: str, plain: dict[str, Any]) -> Nearest:
    return RECORDS.read({"name": name, **plain}, Nearest)


_NAMED: dict[str, tuple[type, Callable[[str, Any], Any]]] = {
    "norms": (list, _norm),
    "scales": (dict, _scale),
    "bands": (dict, _bands),
    "nearest": (dict, _nearest),
    "flags": (dict, _flag),
}
"""The tables of a file that hold others by name: what each is, and how it is read."""


_ORDER = (
    *("instrument", "validity", "licence", "source", "choices", "items", "keying", "skips"),
    *("gates", "missing", "norms", "scales", "bands", "nearest", "flags", "checks"),
    "errors_of_measurement",
)
"""Every table of a file, in the order in which they are written."""


@checked_arguments
def from_plain(plain: Mapping[str, Any], beside: Beside = no_folder) -> Instrument:
    """Make an instrument of the tables of its file.

    Args:
        plain: the tables.
        beside: what reads a file, given its name, from the folder of the instrument's own: lists
            that the tables name. Without it an instrument that names one is refused.

    Raises:
        InputError: every problem of the stage in which reading stopped.
    """
    refuse_unlike_json(dict(plain))
    problems = Problems(*unknown_keys(plain, _ORDER))
    needed = ("instrument", "validity", "licence", "source", "items", "scales")
    problems.add(*(missing_key(key) for key in needed if key not in plain))
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
    described = problems.at("instrument", RECORDS.read, given, _About)
    problems.done()
    told = {a.name: getattr(described, a.name) for a in fields(_About)}
    made = Instrument(**told, **parts)
    Problems(*problems_of_lists(made.items), *instrument_problems(made)).done()
    return made


def _placed(plain: object, kind: type[T], beside: Beside) -> T:
    filled = with_entries(plain, beside) if kind == tuple[Items, ...] else plain
    return RECORDS.read(filled, kind)


@frozen(kw_only=True)
class _About:
    """The table ``[instrument]``."""

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
        refuse(plain, "wrong_type", "a table of tables by name")
    problems, made = Problems(), []
    for name, held in plain.items():
        if isinstance(held, kind):
            made.append(problems.at(name, make, name, held))
        else:
            problems.note(held, "wrong_type", "a list" if kind is list else "a table", path=name)
    problems.done()
    return tuple(made)


def _checks(plain: object) -> tuple[AnswerCheck, ...]:
    if not isinstance(plain, list) or len(plain) > MOST_PARTS:
        refuse(plain, "wrong_type", "a list of tables")
    return RECORDS.read(plain, tuple[AnswerCheck, ...])


@checked_arguments
def to_plain(instrument: Instrument) -> dict[str, Any]:
    """The tables of an instrument's file: the inverse of ``from_plain``."""
    about = RECORDS.write(_About(**{a.name: getattr(instrument, a.name) for a in fields(_About)}))
    plain: dict[str, Any] = {"instrument": about}
    for key, (name, kind) in _PLACES.items():
        if (held := getattr(instrument, name)) not in ((), MissingAnswers()):
            plain[key] = RECORDS.write(held, kind)
    drop_entries(plain["items"])
    for key in ("scales", "flags"):
        plain[key] = {one.name: _written(one) for one in getattr(instrument, key)}
    plain["norms"] = {norm.name: RECORDS.write(norm)["figures"] for norm in instrument.norms}
    plain["bands"] = {bands.name: _written_bands(bands) for bands in instrument.bands}
    plain["nearest"] = {one.name: _unnamed(RECORDS.write(one)) for one in instrument.nearest}
    plain["checks"] = [RECORDS.write(check) for check in instrument.checks]
    return {key: plain[key] for key in _ORDER if plain.get(key)}


def _written(one: Scale | Flag) -> dict[str, Any]:
    plain = _unnamed(RECORDS.write(one))
    return {**plain.pop("of"), **plain}


def _written_bands(bands: Bands) -> dict[str, Any]:
    plain = _unnamed(RECORDS.write(bands))
    only = plain["tables"][0]
    if len(plain["tables"]) > 1 or set(only) > {"table", "source"}:
        return plain
    return {**{key: held for key, held in plain.items() if key != "tables"}, **only}


def _unnamed(plain: dict[str, Any]) -> dict[str, Any]:
    return {key: held for key, held in plain.items() if key != "name"}


def read_instrument(document: str | bytes, beside: Beside = no_folder) -> Instrument:
    """Read an instrument from the text of its TOML file; ``beside`` is that of ``from_plain``.

    Raises:
        InputError: every problem of the stage in which reading stopped.
    """
    return from_plain(parse_toml(document), beside)

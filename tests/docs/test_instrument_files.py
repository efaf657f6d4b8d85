"""The page of instrument files tells every table, key, expression, code and limit."""

import ast
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs
import pytest

from rehabcore import instruments
from rehabcore.instruments import reading
from rehabcore.instruments.checks import soundness
from rehabcore.instruments.files import expression_data, figures_data, listings
from rehabcore.instruments.model import declaration, expressions, items, provenance
from rehabcore.rules.sources import Status
from rehabcore.rules.time.days import OPEN
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Sex
from tests.kit.house import Module, modules
from tests.kit.pages import names_in, page, rows, section, write_files
from tests.kit.problem_codes import codes_given, constants

PAGE = page("reference/instrument-files.md")
SECTIONS = dict(re.findall(r"^### `\[*(\w+)\]*`\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
TABLES: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "instrument": (reading._About, ()),
    "validity": (provenance.Validity, ()),
    "licence": (provenance.Licence, ()),
    "source": (provenance.Origin, ()),
    "choices": (items.Choice, ()),
    "items": (items.Items, ()),
    "listed": (items.CodeList, ("entries",)),
    "keying": (items.Keying, ()),
    "skips": (items.Skip, ()),
    "gates": (items.Gate, ()),
    "missing": (items.MissingAnswers, ()),
    "norms": (declaration.Figure, ()),
    "scales": (declaration.Scale, ("name", "of")),
    "bands": (declaration.Bands, ("name",)),
    "tables": (declaration.Table, ()),
    "nearest": (declaration.Nearest, ("name",)),
    "flags": (declaration.Flag, ("name", "of")),
    "checks": (declaration.AnswerCheck, ()),
    "errors_of_measurement": (declaration.MeasurementError, ()),
}
"""The record of each table, and those of its fields that are no keys."""
KEYS = {"licence_class": "class", "start": "from", "end": "to", "bands": "table"}
"""Keys that are not called as the field is."""
MODIFIERS = [key for keys, _ in expression_data._MODIFIERS for key in keys]
ANSWERS: dict[str, Any] = {
    "1": 3,
    "2": 2,
    "3": 0,
    "kind": "b",
    "born": date(1990, 6, 2),
    "seen": date(2026, 1, 15),
}
"""What the page says that is answered in its examples of expressions."""
EXAMPLES = rows(
    r"^\| `(\w+)` \| .*? ?\| `({ .* })` \| (\S+) \|$",
    section(PAGE, "## Expressions", "## What is refused"),
)


@pytest.fixture
def strain(tmp_path: Path) -> dict[str, Any]:
    """The tables of the whole file that the page shows."""
    write_files(PAGE, tmp_path)
    return instruments.to_plain(instruments.load_instrument(tmp_path / "xx-strain.toml"))


def test_every_table_has_a_section() -> None:
    assert set(SECTIONS) == {*TABLES, "table", "when"}


def _keys(table: str) -> dict[str, str]:
    """What the page tells of each key: that it is required, its default, or nothing."""
    told = rows(r"^\| `(\w+)` \| [^|]* \| *([^|]*?) *\|", SECTIONS[table])
    assert len(told) == len(dict(told))
    return dict(told)


def _told(attribute: "attrs.Attribute[Any]", said: str) -> bool:
    """Whether what the page tells of a key is what its field says."""
    if attribute.default is attrs.NOTHING or said == "required":
        return attribute.default is attrs.NOTHING and said == "required"
    if said:
        return bool(tomllib.loads(f"x = {said.strip('`')}")["x"] == attribute.default)
    return attribute.default in (None, ()) or attribute.default is OPEN


@pytest.mark.parametrize("table", TABLES)
def test_the_keys_of_a_table_are_told_with_their_defaults(table: str) -> None:
    record, hidden = TABLES[table]
    told = _keys(table)
    held = {KEYS.get(a.name, a.name): a for a in attrs.fields(record) if a.name not in hidden}
    if table == "bands":  # one table and its source may stand for several tables
        assert told.pop("table") == told.pop("source") == ""
        held["tables"] = held["tables"].evolve(default=())
    assert set(told) == set(held)
    assert [key for key in held if not _told(held[key], told[key])] == []


def test_the_keys_of_a_row_of_bands_are_told() -> None:
    told = [key for (key,) in rows(r"^\| `(\w+)` \|", SECTIONS["table"])]
    assert told == ["from", "to", "below", "label", "why"]


def test_every_table_of_a_file_is_told_and_whether_it_is_needed(strain: dict[str, Any]) -> None:
    told = rows(r"^\| `(\w+)` \| (required)? ?\|", section(PAGE, "## Tables of a file", "###"))
    assert {name for name, _ in told} == {
        "instrument",
        "checks",
        *reading._PLACES,
        *reading._NAMED,
    }
    for name, needed in told:
        lacks = {key: held for key, held in strain.items() if key != name}
        assert (("missing_key", name) in _refused(lacks)) == bool(needed), name


def _refused(plain: dict[str, Any]) -> list[tuple[str, str]]:
    try:
        instruments.from_plain(plain)
    except InputError as error:
        return [(problem.code, problem.path) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    "words",
    [
        provenance.LicenceClass,
        provenance.Tier,
        items.AnswerKind,
        items.MissingPolicy,
        Status,
        Sex,
        expressions.Curve,
    ],
)
def test_every_word_of_a_closed_list_is_told(words: type[StrEnum]) -> None:
    assert [word for word in words if not re.search(rf'`"?{word.value}"?`', PAGE)] == []


def test_every_form_and_operation_is_told_in_the_order_of_the_code() -> None:
    assert list(dict.fromkeys(key for key, _, _ in EXAMPLES)) == [
        *expression_data.EXPRESSION_FORMS,
        *MODIFIERS,
    ]


@pytest.mark.no_cover
@pytest.mark.parametrize(("key", "example", "number"), EXAMPLES)
def test_an_expression_gives_the_number_that_is_told(
    strain: dict[str, Any], key: str, example: str, number: str
) -> None:
    table = tomllib.loads(f"x = {example}")["x"]
    assert key in table
    made = instruments.from_plain(
        {
            **{key: strain[key] for key in ("instrument", "validity", "licence", "source")},
            "items": [
                {"numbers": ["1", "2", "3", "4"], "values": [0, 1, 2, 3]},
                {"numbers": ["kind"], "codes": ["a", "b", "c"]},
                {"numbers": ["born", "seen"], "day": True},
            ],
            "norms": {"cut": [{"value": 2, "source": "manual"}]},
            "scales": {
                "half": {"of": "1", "divide_by": 2},
                "twice": {"of": "2", "times": 2},
                "every": {"blanks": ["1", "2", "3", "4", "born", "seen"]},
                "codes": {"of": "kind", "is": "a"},
                "example": table,
            },
        }
    )
    assert instruments.from_plain(instruments.to_plain(made)) == made
    result = instruments.score(made, ANSWERS, on=date(2026, 6, 1))
    assert result.score("example").value == float(number)


def _keys_in(table: dict[str, Any]) -> Iterator[str]:
    for key, held in table.items():
        yield key
        for part in held if isinstance(held, list) else [held]:
            if isinstance(part, dict) and key != "points":
                yield from _keys_in(part)


@pytest.mark.no_cover
def test_the_examples_use_every_key_that_is_read() -> None:
    used = {
        key for _, example, _ in EXAMPLES for key in _keys_in(tomllib.loads(f"x = {example}")["x"])
    }
    [read] = _modules("instruments/files/expression_data.py")
    asked = {
        node.args[0].value
        for node in read.nodes
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in ("take", "operand", "operands", "has")
        and isinstance(node.args[0], ast.Constant)
    }
    assert used == asked | {*expression_data.EXPRESSION_FORMS, *MODIFIERS}


def _modules(*starts: str) -> list[Module]:
    return [module for module in modules() if module.path.startswith(starts)]


def test_every_code_that_reading_gives_is_told_and_no_other() -> None:
    read = _modules("instruments/reading.py", "instruments/files/", "instruments/checks/")
    told = set(names_in(r"^\| (`.*?`) \|", section(PAGE, "## What is refused", "## Limits")))
    given = codes_given(read)
    assert given
    assert given - told == set()
    assert told - constants(read) == set()


def test_every_limit_is_told() -> None:
    told = section(PAGE + "<end>", "## Limits", "<end>")
    for limit in (
        f"{figures_data.MOST_PARTS} parts",
        f"{expression_data.DEEPEST_EXPRESSION} levels",
        f"{soundness.HIGHEST_DEGREE} factors",
        f"{soundness.MOST_COMBINATIONS} ways",
        f"{listings.LARGEST_LIST:,} bytes",
        f"up to {figures_data._LARGEST:,}",
    ):
        assert limit in told, limit

"""A country that was loaded cannot be changed in any part; it can be copied and sent."""

import copy
import pickle
from collections.abc import Iterator, Mapping, MutableMapping, MutableSequence, MutableSet
from pathlib import Path
from typing import Any

import attrs
import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import parts_of
from tests.kit.builders import day

COUNTRIES = jurisdictions.bundled()


def _parts(whole: Any, path: str = "") -> Iterator[tuple[str, object]]:
    """Everything that a country holds, with its path; not what it keeps for itself."""
    yield path, whole
    if attrs.has(type(whole)):
        for field in attrs.fields(type(whole)):
            if field.name.startswith("_"):
                continue
            yield from _parts(getattr(whole, field.name), f"{path}.{field.name}")
    elif isinstance(whole, Mapping):
        for key, value in whole.items():
            yield from _parts(value, f"{path}[{key!r}]")
    elif isinstance(whole, tuple | frozenset):
        for value in whole:
            yield from _parts(value, f"{path}[]")


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_part_of_a_country_can_be_changed(country: str) -> None:
    changeable = (MutableMapping, MutableSequence, MutableSet, bytearray)
    seen: set[int] = set()
    for path, part in _parts(jurisdictions.load(country)):
        assert not isinstance(part, changeable), path
        seen.add(id(part))
    assert len(seen) > 100


NAMED = (
    *("facts", "parameters", "rules", "questions", "admissions", "permissions"),
    *("admissions_on_any_day", "permissions_on_any_day"),
)


@pytest.mark.parametrize("name", NAMED)
def test_what_a_country_names_is_read_only(name: str) -> None:
    country = jurisdictions.load("xx")
    named = getattr(country, name)
    assert isinstance(named, Mapping)
    assert named
    for change in ("__setitem__", "__delitem__", "update", "pop", "clear", "setdefault"):
        assert not hasattr(named, change), change
    with pytest.raises(AttributeError):
        setattr(country, name, {})
    with pytest.raises(AttributeError):
        setattr(named, name, {})


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_is_copied_and_sent_whole(country: str) -> None:
    loaded = jurisdictions.load(country)
    assert copy.copy(loaded) == loaded
    assert copy.deepcopy(loaded) == loaded
    assert pickle.loads(pickle.dumps(loaded)) == loaded


def test_a_country_that_was_sent_answers_the_same() -> None:
    loaded = jurisdictions.load("xx")
    sent = pickle.loads(pickle.dumps(loaded))
    case = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
    on = day("2026-11-21")
    assert casework.match(case, sent, on=on) == casework.match(case, loaded, on=on)


def test_a_list_of_codes_of_a_parameter_cannot_be_changed(tmp_path: Path) -> None:
    pack = 'id = "yy"\nversion = "1"\nextends = "xx"\nlanguages = ["en"]\n'
    pack += 'title = { en = "Y" }\nabout = { en = "Y" }'
    days = 'in_force = { start = 2000-01-01, end = "open" }'
    parameters = f'[parameters.doors]\nversions = [{{ value = ["custody"], {days} }}]'
    rules = '[rules.inside]\nfact = "setting"\nin = { parameter = "doors" }'
    for name, text in {"pack": pack, "parameters": parameters, "rules": rules}.items():
        tmp_path.joinpath(f"{name}.toml").write_text(text, "utf-8")
    country = jurisdictions.load(tmp_path)
    assert country.parameters["doors"].versions[0].value == ("custody",)
    other = country.with_parameter("doors", ["hospital"])
    assert str(parts_of(other.rules["inside"])[0]) == "setting in hospital"

"""Law: the quick and the exact reader agree on every file, whatever was done to it."""

import json
from copy import deepcopy
from typing import Any, NewType, get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore import exchange
from rehabcore.exchange.envelopes import CASE_CODEC
from rehabcore.records import CaseFile
from rehabcore.records.case_file import LIST_OF
from rehabcore.strict.documents import Repetitive, parse_json
from tests.kit.bad_files import GOOD, places
from tests.kit.readers import agreed, exactly, outcome
from tests.kit.record_makers import of_every_kind
from tests.properties.test_bad_input import ODD_VALUES

EVERY_KIND: dict[str, Any] = json.loads(exchange.write(of_every_kind()))["data"]
FILES: list[dict[str, Any]] = [EVERY_KIND, json.loads(GOOD)["data"]]
ODD: list[Any] = [
    *ODD_VALUES,
    *("2026", "2026-03", "2026-13", "ქართული", "12.50", "14:30"),
    *({"from": "2026-01-01"}, {"from": "2026-02-01", "to": "2026-01-01"}, {"start": "2026-01-01"}),
    *({"start": "2026-01-01", "end": "open"}, {"start": "unknown", "end": "2026-01-01"}),
    *(Repetitive(start="2026-01-01", end="open"), {"start": Repetitive(to="2026"), "end": "open"}),
]


def parent_of(document: Any, path: tuple[Any, ...]) -> Any:
    """The object or list in which a place is."""
    for step in path[:-1]:
        document = document[step]
    return document


@pytest.mark.parametrize("kind", LIST_OF, ids=lambda kind: kind.__name__)
def test_any_odd_value_in_any_place_of_any_record_is_read_alike(kind: type) -> None:
    """Numbers and flags where texts are wanted, and all else, one place at a time."""
    record = EVERY_KIND[LIST_OF[kind]][0]
    for path in places(record):
        for odd in (1, True, 1.5, None, "", "x", [], {}, ["x"], {"x": 1}):
            altered = deepcopy(record)
            parent_of(altered, path)[path[-1]] = odd
            agreed(altered, kind)


@pytest.mark.parametrize("kind", LIST_OF, ids=lambda kind: kind.__name__)
def test_no_number_is_read_where_a_text_is_wanted(kind: type) -> None:
    """Of a type with a name of its own, the text would be easy to forget."""
    record = EVERY_KIND[LIST_OF[kind]][0]
    for field in attrs.fields(attrs.resolve_types(kind)):
        kinds = [field.type, *get_args(field.type)]
        if str in kinds or any(isinstance(one, NewType) for one in kinds):
            problems = agreed({**record, field.name: 7}, kind)
            assert ("wrong_type", field.name) in [(one.code, one.path) for one in problems]


@pytest.mark.parametrize("kind", LIST_OF, ids=lambda kind: kind.__name__)
def test_a_key_twice_missing_or_unknown_in_any_object_is_refused_alike(kind: type) -> None:
    record = EVERY_KIND[LIST_OF[kind]][0]
    assert agreed(record, kind) == ()
    assert agreed(Repetitive(record), kind)
    assert agreed({**record, "zzz": 1}, kind)
    for key in record:
        agreed({name: value for name, value in record.items() if name != key}, kind)
        if isinstance(record[key], dict):
            assert agreed({**record, key: Repetitive(record[key])}, kind)
            assert agreed({**record, key: {**record[key], "zzz": 1}}, kind)


def test_of_two_equal_records_only_the_one_that_was_altered_is_told() -> None:
    text = json.dumps(EVERY_KIND["events"][0])
    twice = text.replace('"kind"', '"kind": "x", "kind"')
    assert agreed(parse_json(f"[{text}, {text}]"), CaseFile.__annotations__["events"]) == ()
    problems = agreed(parse_json(f"[{text}, {twice}]"), CaseFile.__annotations__["events"])
    assert [(one.code, one.path) for one in problems] == [("repeated_key", "[1]")]


@st.composite
def altered_files(draw: st.DrawFn) -> dict[str, Any]:
    """The data of a case file, altered in some places."""
    data: dict[str, Any] = deepcopy(draw(st.sampled_from(FILES)))
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(list(places(data))))
        parent, last = parent_of(data, path), path[-1]
        match draw(st.sampled_from(["replace", "leave out", "double", "add", "repeat a key"])):
            case "leave out":
                del parent[last]
            case "double" if isinstance(parent, list):
                parent.append(deepcopy(parent[last]))
            case "add" if isinstance(parent, dict):
                parent[draw(st.sampled_from(["corrects", "since", "value", "zzz"]))] = deepcopy(
                    draw(st.sampled_from(ODD))
                )
            case "repeat a key" if isinstance(parent[last], dict):
                parent[last] = Repetitive(parent[last])
            case _:
                parent[last] = deepcopy(draw(st.sampled_from(ODD)))
        if not data:
            break
    return data


@given(altered_files())
def test_both_readers_agree_on_any_file_and_reading_tells_what_the_exact_one_does(
    data: dict[str, Any],
) -> None:
    assert outcome(CASE_CODEC.read, data, CaseFile) == outcome(exactly, data, CaseFile)
    agreed(data, CaseFile)

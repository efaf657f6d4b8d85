"""Plain data as JSON in lines, which reads back as it was."""

import json
from typing import Any

import pytest

from rehabcore.strict.canonical import text_in_lines

DOCUMENT: dict[str, Any] = {
    "schema": "case/2",
    "data": {"case_id": "ქ\n1", "events": [{"kind": "a", "days": [1, 2]}, {}], "states": []},
    "none": {},
}


def test_every_record_of_a_list_has_a_line() -> None:
    assert text_in_lines(DOCUMENT, 3) == (
        "{\n"
        '  "schema": "case/2",\n'
        '  "data": {\n'
        '    "case_id": "ქ\\n1",\n'
        '    "events": [\n'
        '      {"kind": "a", "days": [1, 2]},\n'
        "      {}\n"
        "    ],\n"
        '    "states": []\n'
        "  },\n"
        '  "none": {}\n'
        "}"
    )


@pytest.mark.parametrize("levels", range(5))
def test_it_is_the_same_data_in_any_number_of_lines(levels: int) -> None:
    assert json.loads(text_in_lines(DOCUMENT, levels)) == DOCUMENT

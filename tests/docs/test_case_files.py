"""The guide to case files has an example of every record, and tells which keys are needed."""

import json
import re
from typing import Any

import attrs

from rehabcore import exchange, jurisdictions
from rehabcore.records import CaseFile
from rehabcore.records.case_file import RECORD_LISTS
from tests.kit.pages import page, rows, section

PAGE = page("how-to/case-files.md")
SECTIONS = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##)", f"{PAGE}\n##", re.MULTILINE | re.DOTALL))


def _example() -> CaseFile:
    data: dict[str, Any] = {"case_id": "case-17"}
    for told in SECTIONS.values():
        data |= json.loads(section(told, "```json\n", "```"))
    return exchange.read(json.dumps({"schema": "case/2", "data": data}), CaseFile)


def test_the_examples_make_one_sound_case_file_of_every_list_of_records() -> None:
    assert tuple(SECTIONS) == RECORD_LISTS
    jurisdictions.load("xx").check(_example())


def test_every_key_of_a_record_is_told_and_whether_it_is_required() -> None:
    case = _example()
    for name, told in SECTIONS.items():
        record = type(getattr(case, name)[0])
        assert dict(rows(r"^\| `(\w+)` \| (\w+) ", told)) == {
            field.name: "required" if field.default is attrs.NOTHING else "optional"
            for field in attrs.fields(record)
            if field.name != "filed"
        }, name

"""The records of decisions have one form, and the guide to decisions tells every difference."""

from pathlib import Path

import pytest

from rehabcore.casework.decisions import Difference, Since
from tests.kit.pages import DOCS, page, rows

PARTS = ("Context", "Choice", "Consequences")


RECORDS = sorted((DOCS / "decisions").glob("[0-9]*.md"))


def test_records_are_numbered_from_1_without_a_gap() -> None:
    assert RECORDS
    assert [record.name[:5] for record in RECORDS] == [
        f"{number:04}-" for number in range(1, len(RECORDS) + 1)
    ]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_record_has_its_number_and_says_context_choice_and_consequences(record: Path) -> None:
    text = record.read_text("utf-8")
    assert text.startswith(f"# {int(record.name[:4])}. ")
    places = [text.index(f"**{part}.**") for part in PARTS]
    assert places == sorted(places)


def test_the_guide_tells_every_difference_and_since_when() -> None:
    told = [code for (code,) in rows(r"^\| `(\w+)` \|", page("how-to/decisions.md"))]
    assert told[: len(Difference)] == list(Difference)
    assert set(told[len(Difference) :]) == set(Since)

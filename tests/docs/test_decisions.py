"""The records of decisions have one form, and the guide to decisions tells every difference."""

from rehabcore.casework.decisions import Difference, Since
from tests.kit.pages import DOCS, page, rows

PARTS = ("Context", "Choice", "Consequences")


def test_every_record_has_its_number_and_says_context_choice_and_consequences() -> None:
    records = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    numbers = [int(record.name[:4]) for record in records]
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 18
    for number, record in zip(numbers, records, strict=True):
        text = record.read_text("utf-8")
        assert text.startswith(f"# {number}. "), record.name
        places = [text.index(f"**{part}.**") for part in PARTS]
        assert places == sorted(places), record.name


def test_the_guide_tells_every_difference_and_since_when() -> None:
    told = [code for (code,) in rows(r"^\| `(\w+)` \|", page("how-to/decisions.md"))]
    assert told[: len(Difference)] == list(Difference)
    assert set(told[len(Difference) :]) == set(Since)

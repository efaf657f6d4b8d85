"""Documents of older versions of the library read as ever, and what they prove is proved again.

``tests/cases/documents`` holds one of every schema, written by the library as it was before
``case/2``, and the case file in that version too. They are never written anew.
"""

import json
from pathlib import Path

import pytest

from rehabcore import exchange, jurisdictions
from rehabcore.casework.decisions import Decision, replay
from rehabcore.records import CaseFile

DOCUMENTS = Path(__file__).parent.parent / "cases" / "documents"
FIRST, SECOND = (DOCUMENTS / f"case-{version}.json" for version in (1, 2))
XX = jurisdictions.load("xx")


def test_there_is_one_of_every_schema_in_each_of_its_versions() -> None:
    schemas = {json.loads(path.read_text("utf-8"))["schema"] for path in DOCUMENTS.iterdir()}
    assert schemas == {
        f"{name}/{version}"
        for name, (_, newest) in exchange.SCHEMAS.items()
        for version in range(1, newest + 1)
    }


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.stem)
def test_what_was_written_reads_and_is_read_back_equal(path: Path) -> None:
    document = exchange.read(path)
    assert exchange.read(exchange.write(document)) == document


def test_a_decision_has_the_verdict_that_it_had() -> None:
    answers = {}
    for path in DOCUMENTS.glob("decision-*.json"):
        decision = exchange.read(path, Decision)
        assert replay(decision) == decision.verdict
        answers[path.stem] = decision.verdict.answer.value
    assert answers == {
        "decision-1-deferred": "unknown",
        "decision-1-granted": "met",
        "decision-1-overridden": "met",
        "decision-1-refused": "not_met",
    }


def test_a_case_file_of_the_first_version_is_written_as_one_of_the_second() -> None:
    case = exchange.read(FIRST, CaseFile)
    XX.check(case)
    assert exchange.write(case) == SECOND.read_text("utf-8")
    assert exchange.read(SECOND, CaseFile) == case

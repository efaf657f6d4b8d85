"""Law: the library writes the plain data that cattrs writes, of every record and every word."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from rehabcore import exchange, jurisdictions
from rehabcore.exchange.country_parts import RESULT_CODEC, RESULT_FORMS
from rehabcore.exchange.envelopes import CASE_CODEC
from rehabcore.records import CaseFile
from rehabcore.records.case_file import LIST_OF
from rehabcore.rules.data.plain import plain_forms
from tests.kit.cattrs_writer import converter
from tests.kit.record_makers import of_every_kind
from tests.kit.record_strategies import case_files

CASES = converter(plain_forms())
RESULTS = converter(RESULT_FORMS)
EVERY_KIND = of_every_kind()
STORED = Path(__file__).parent.parent / "cases" / "documents"
RESULTS_STORED = sorted(
    path for path in STORED.glob("*-2*.json") if not path.stem.startswith(("case", "score"))
)


def text(plain: object) -> str:
    """Plain data as JSON, its keys as they come. Rules and verdicts are written elsewhere."""
    return json.dumps(plain, default=repr)


@pytest.mark.parametrize("kind", LIST_OF, ids=lambda kind: kind.__name__)
def test_a_record_of_every_kind_is_written_as_cattrs_writes_it(kind: type) -> None:
    for record in getattr(EVERY_KIND, LIST_OF[kind]):
        assert text(CASE_CODEC.write(record)) == text(CASES.unstructure(record))


@settings(max_examples=settings().max_examples // 2)
@given(case_files())
def test_a_case_file_is_written_as_cattrs_writes_it(case: CaseFile) -> None:
    assert text(CASE_CODEC.write(case)) == text(CASES.unstructure(case))


@pytest.mark.parametrize("path", RESULTS_STORED, ids=lambda path: path.stem)
def test_a_result_is_written_as_cattrs_writes_it(path: Path) -> None:
    result: Any = exchange.read(path)
    written, expected = RESULT_CODEC.write(result), RESULTS.unstructure(result)
    parts = written.pop("grounds"), expected.pop("grounds")
    assert parts[0] is parts[1]
    assert text(written) == text(expected)


@pytest.mark.parametrize("country", jurisdictions.bundled())
def test_the_part_of_a_country_is_written_as_cattrs_writes_it(country: str) -> None:
    loaded = jurisdictions.load(country)
    for part in (*loaded.facts.values(), *loaded.sources, *loaded.programs, loaded.glossary):
        plain = RESULT_CODEC.write(part), RESULTS.unstructure(part)
        assert text(plain[0]) == text(plain[1])

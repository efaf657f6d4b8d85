"""The published rows of the needs identifier and of the supervision tier of England and Wales."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kit.reference_need_rows import results_of

ROWS: list[dict[str, Any]] = [
    row
    for name in ("pni", "tier")
    for row in json.loads(
        (Path(__file__).parents[1] / "cases" / f"{name}.json").read_text(encoding="utf-8")
    )
]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_published_row_comes_out_as_published(row: dict[str, Any]) -> None:
    results = results_of(row)
    assert {name: results[name] for name in row["expected"]} == row["expected"]

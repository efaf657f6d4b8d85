"""What is told of the bundled case, word for word; a change of it is reviewed as a diff.

To renew the files after a change that is meant, run this module: ``python -m
tests.reports.test_golden``.
"""

from pathlib import Path
from typing import Any

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.records import CaseFile
from rehabcore.reports import Explained, Format, explain
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import day, span

FOLDER = Path(__file__).parent / "golden"
XX = jurisdictions.load("xx")
CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
ASKED: dict[str, Any] = {"on": day("2026-02-16"), "known_at": day("2026-02-16")}
MATCH = casework.match(CASE, XX, **ASKED)
TOLD: dict[str, Explained] = {
    "match": MATCH,
    "near": casework.near(CASE, XX, **ASKED),
    "plan": casework.plan(CASE, XX, **ASKED),
    "offer": MATCH["therapeutic_community"],
    "program": MATCH.grounds.program(MATCH["therapeutic_community"].program_id),
}
TOLD["timeline"] = casework.timeline(
    CASE, XX, ProgramId("thinking_skills"), within=span("2026-01-01", "2028-01-01")
)
FILES: dict[str, tuple[str, dict[str, Any]]] = {
    "match.txt": ("match", {}),
    "match-detail.txt": ("match", {"detail": True}),
    "match.md": ("match", {"form": Format.MARKDOWN}),
    "offer.html": ("offer", {"form": Format.FRAGMENT}),
    "near.txt": ("near", {}),
    "plan.txt": ("plan", {}),
    "plan-detail.txt": ("plan", {"detail": True}),
    "program.txt": ("program", {}),
    "timeline.txt": ("timeline", {}),
}


def _told(name: str) -> str:
    what, how = FILES[name]
    return explain(TOLD[what], country=XX, **how)


@pytest.mark.parametrize("name", FILES)
def test_it_is_told_as_it_was_reviewed(name: str) -> None:
    assert _told(name) == FOLDER.joinpath(name).read_text("utf-8")


def test_every_file_is_of_something_that_is_told() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(FILES)


if __name__ == "__main__":
    for file in FILES:
        FOLDER.joinpath(file).write_text(_told(file), "utf-8")

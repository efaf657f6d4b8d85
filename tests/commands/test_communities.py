"""The command that tells a therapeutic community from its book."""

import io
import json
import sys
from pathlib import Path

import pytest

from rehabcore import exchange
from rehabcore.__main__ import main
from rehabcore.casework import CommunityResult
from tests.care.community.test_units import BOOK

Capture = pytest.CaptureFixture[str]
ASKED = ["--jurisdiction", "xx", "--on", "2026-03-05"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book in a file."""
    path = tmp_path / "unit.json"
    path.write_text(exchange.write(BOOK), "utf-8")
    return path


@pytest.mark.parametrize(
    ("form", "begins"),
    [("text", "The open house"), ("markdown", "# The open house"), ("html", "<!doctype html>")],
)
def test_a_community_is_told_in_every_form(
    book: Path, form: str, begins: str, capsys: Capture
) -> None:
    assert main(["community", str(book), *ASKED, "--format", form]) == 0
    assert capsys.readouterr().out.startswith(begins)


def test_it_is_told_as_json_from_standard_input(
    book: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = io.TextIOWrapper(io.BytesIO(book.read_bytes()))
    monkeypatch.setattr(sys, "stdin", given)
    assert main(["community", "-", *ASKED, "--format", "json"]) == 0
    told = exchange.read(capsys.readouterr().out, CommunityResult)
    assert told.standing.occupied == 2


def test_a_book_with_faults_is_refused_with_all_of_them(book: Path, capsys: Capture) -> None:
    plain = json.loads(book.read_text("utf-8"))
    plain["data"]["acts"] += [
        {"stay": "s-8", "event": "left", "on": "2026-01-01"},
        {"stay": "s-9", "event": "advanced", "on": "2026-01-01"},
    ]
    book.write_text(json.dumps(plain), "utf-8")
    assert main(["community", str(book), *ASKED]) == 3
    told = capsys.readouterr().err
    assert "2 problems" in told
    assert "data.acts[12].event: contradicts_itself" in told
    assert "data.acts[13].event: contradicts_itself" in told


def test_a_book_that_is_no_book_is_refused(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "case.json"
    path.write_text('{"schema": "case/2", "data": {}}', "utf-8")
    assert main(["community", str(path), *ASKED]) == 3
    assert "unknown_schema" in capsys.readouterr().err

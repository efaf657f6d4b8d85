"""The command `caseload`: a line of JSON for each person, and all that was refused in the end."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import rehabcore as rc
from rehabcore.__main__ import main
from rehabcore.commands import caseloads

ON = ["--jurisdiction", "xx", "--on", "2026-11-16"]
TEXT = rc.examples()["xx/therapeutic-community"]
LINE = json.dumps(json.loads(TEXT))

Capture = pytest.CaptureFixture[str]


def _people(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_everybody_in_a_folder_is_answered_by_the_name_of_the_file(
    tmp_path: Path, capsys: Capture
) -> None:
    for name in ("b.json", "a.json", "notes.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    assert main(["caseload", str(tmp_path), *ON]) == 0
    people = _people(capsys.readouterr().out)
    assert [one["case"] for one in people] == [str(tmp_path / n) for n in ("a.json", "b.json")]
    case = rc.read(TEXT, rc.CaseFile)
    offers = rc.match(case, rc.load("xx"), on=date(2026, 11, 16)).offers
    assert people[0]["case_id"] == case.case_id
    assert people[0]["answers"] == {offer.program_id: offer.answer.value for offer in offers}


def test_everybody_in_a_file_of_lines_is_answered_and_the_refused_are_told(
    tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{LINE}\n\n{LINE}", "utf-8")
    assert main(["caseload", str(file), *ON, "--known-at", "2026-11-16"]) == 3
    out, err = capsys.readouterr()
    assert [one["case"] for one in _people(out)] == [f"{file}:1", f"{file}:3"]
    assert err.splitlines()[0] == "rehabcore: 1 problem"
    assert f"{file}:2: (top): not_json" in err


def test_problems_that_are_not_told_are_counted(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "cases.jsonl"
    data = dict[str, object].fromkeys(map(str, range(300))) | {"case_id": "a", "beneficiary": []}
    file.write_text(json.dumps({"schema": "case/2", "data": data}), "utf-8")
    assert main(["caseload", str(file), *ON]) == 3
    lines = capsys.readouterr().err.splitlines()
    assert (lines[0], lines[-1]) == ("rehabcore: 300 problems", "  and 100 more")


def test_a_line_that_is_too_long_is_refused_and_the_next_is_answered(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caseloads, "_LONGEST_LINE", len(LINE) + 2)
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{LINE}\n{LINE * 3}\n{LINE} \n", "utf-8")
    assert main(["caseload", str(file), *ON]) == 3
    out, err = capsys.readouterr()
    assert [one["case"] for one in _people(out)] == [f"{file}:1", f"{file}:3"]
    assert f"{file}:2: (top): not_json" in err


def test_a_file_that_is_not_there_is_told(capsys: Capture) -> None:
    assert main(["caseload", "nowhere.jsonl", *ON]) == 6
    assert "nowhere.jsonl" in capsys.readouterr().err

"""The commands that file something in a transition, and those that tell of a person on the way."""

from pathlib import Path

import pytest

import rehabcore as rc
from rehabcore import exchange
from rehabcore.__main__ import main
from rehabcore.casework import DiversionResult, HandOverResult, ResidencyResult
from rehabcore.records import CaseFile
from tests.kit.builders import day
from tests.kit.stays import ADMITTED_ON, DIVERTED, WAITS, XX, house, request

Capture = pytest.CaptureFixture[str]
CASE = "bundled:xx/therapeutic-community"
FILED = ["--source", "prison-1", "--recorded-on", "2026-11-16"]


def _file(*said: str) -> list[str]:
    return ["transition", *said, "--jurisdiction", "xx", "--on", "2026-11-16", *FILED]


def test_a_transition_is_carried_through_from_file_to_file(tmp_path: Path, capsys: Capture) -> None:
    """A release is opened, prepared, offered to two offices, told to somebody above, and closed."""
    steps: list[list[str]] = [
        ["identify", "--move", "release", "--planned-for", "2028-03-01", "--record-id", "t-9"],
        ["advance", "--event", "assessed", "--record-id", "a-1"],
        ["advance", "--event", "planned", "--by", "officer-3", "--record-id", "a-2"],
        ["refer", "--office", "ngo-9", "--answer-by", "2026-11-20", "--record-id", "a-3"],
        ["decline", "--office", "ngo-9", "--reason", "no_capacity", "--record-id", "a-4"],
        ["escalate", "--office", "ngo-3", "--record-id", "a-5"],
        ["accept", "--office", "ngo-3", "--appointment", "2028-03-02", "--record-id", "a-6"],
        ["advance", "--event", "closed", "--record-id", "a-7"],
    ]
    before = CASE
    for number, (name, *said) in enumerate(steps):
        after = str(tmp_path / f"{number}.json")
        of = [] if name == "identify" else ["--transition", "t-9"]
        by = said[1] if name in ("accept", "decline") else "prison-1"
        assert main([*_file(name, before, *of, *said, "--output", after), "--source", by]) == 0
        before = after
    assert capsys.readouterr() == ("", "")
    file = exchange.read(Path(before).read_bytes(), CaseFile)
    (seen,) = [
        one
        for one in rc.possible_moves(file, XX, on=day("2026-11-16")).transitions
        if one.transition == "t-9"
    ]
    assert (seen.misplaced, seen.closed_on) == ((), day("2026-11-16"))
    assert [act.filed.sequence for act in file.transition_acts[-4:]] == [None, None, 1, 2]


def test_without_a_file_the_case_is_written_to_standard_output(capsys: Capture) -> None:
    asked = _file("identify", CASE, "--move", "release", "--record-id", "t-9")
    assert main(asked) == 0
    assert exchange.read(capsys.readouterr().out, CaseFile).transitions[-1].move == "release"


def test_what_is_refused_writes_nothing_and_says_why(tmp_path: Path, capsys: Capture) -> None:
    after = tmp_path / "never.json"
    into = ["--transition", "t-1", "--record-id", "new", "--output", str(after)]
    assert main(_file("advance", CASE, "--event", "engaged", *into)) == 5
    said = capsys.readouterr().err
    assert said.startswith("rehabcore: Not allowed: engaged\n")
    assert "! this does not follow from there (it stands at: not yet moved)" in said
    asked = _file("decline", CASE, "--office", "ngo-9", "--reason", "no_capacity", *into)
    assert main(asked) == 3
    said = capsys.readouterr().err
    assert "office: dangling_id: found a string of 5 characters" in said
    assert "ngo-9" not in said
    assert main(_file("refer", "nowhere.json", "--office", "ngo-9", *into)) == 6
    capsys.readouterr()
    assert main(_file("advance", CASE, "--event", "first_contact", *into)) == 3
    where = "office: out_of_range: found an empty text; expected the code of the office"
    assert f"{where} where the person had the contact\n" in capsys.readouterr().err
    assert not after.exists()


def test_only_a_step_without_a_verb_of_its_own_is_a_step(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(_file("advance", CASE, "--event", "moved", "--transition", "t", "--record-id", "x"))
    assert caught.value.code == 2
    assert "invalid choice: 'moved'" in capsys.readouterr().err


HAND_OVER = ["hand-over", CASE, "--jurisdiction", "xx", "--on", "2026-11-16", "--to", "probation-2"]


@pytest.mark.parametrize(
    ("form", "begins"),
    [("text", "Hand-over on"), ("markdown", "# Hand-over on"), ("html", "<!doctype html>")],
)
def test_a_hand_over_is_told_in_every_form(form: str, begins: str, capsys: Capture) -> None:
    assert main([*HAND_OVER, "--role", "case_staff", "--format", form]) == 0
    said = capsys.readouterr().out
    assert said.startswith(begins)
    assert "transition: Conditional release" in said


def test_a_hand_over_as_json_has_the_goals_of_the_plan(tmp_path: Path, capsys: Capture) -> None:
    plan = tmp_path / "plan.json"
    asked = ["plan", *HAND_OVER[1:6], "--format", "json", "--output", str(plan)]
    assert main(asked) == 0
    told = [*HAND_OVER, "--role", "program_staff", "--plan", str(plan), "--format", "json"]
    assert main(told) == 0
    package = exchange.read(capsys.readouterr().out, HandOverResult).package
    assert package.goals
    assert package.to.role.value == "program_staff"


def test_stays_are_told_with_the_phases_of_the_book(tmp_path: Path, capsys: Capture) -> None:
    admitted = rc.request_stay(WAITS, house(), XX, request("admitted"))
    case, unit = tmp_path / "case.json", tmp_path / "unit.json"
    case.write_text(rc.write(admitted.case), "utf-8")
    unit.write_text(rc.write(admitted.unit), "utf-8")
    asked = ["residency", str(case), "--jurisdiction", "xx", "--on", ADMITTED_ON]
    assert main([*asked, "--unit", str(unit), "--format", "json"]) == 0
    told = exchange.read(capsys.readouterr().out, ResidencyResult)
    assert told.stays[0].phase is not None
    assert main(asked) == 0
    assert "resident" in capsys.readouterr().out
    assert main([*asked, "--unit", str(case)]) == 3


def test_a_diversion_is_told(tmp_path: Path, capsys: Capture) -> None:
    case = tmp_path / "case.json"
    case.write_text(rc.write(DIVERTED), "utf-8")
    asked = ["diversion", str(case), "--jurisdiction", "xx", "--on", ADMITTED_ON]
    assert main([*asked, "--format", "json"]) == 0
    told = exchange.read(capsys.readouterr().out, DiversionResult)
    assert [one.state for one in told.diversions] == ["decided"]
    assert main(asked) == 0
    assert "decided by court-1" in capsys.readouterr().out


def test_the_list_of_commands_says_what_they_are_about(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert said.index("from one office to another:") < said.index("  hand-over ")
    assert "  request-diversion  do something in a diversion, if it is allowed\n" in said
    with pytest.raises(SystemExit):
        main(["transition", "refer", "--help"])
    assert "ask an office to take over" in capsys.readouterr().out

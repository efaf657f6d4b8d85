"""The commands that do something in a stay or a diversion, if it is allowed."""

from pathlib import Path

import pytest

import rehabcore as rc
from rehabcore import exchange
from rehabcore.__main__ import main
from rehabcore.care.community.units import CommunityUnit
from rehabcore.records import CaseFile
from tests.kit.builders import day
from tests.kit.stays import ADMITTED_ON, DIVERTED, WAITS, XX, house

Capture = pytest.CaptureFixture[str]
UNDER = ["--jurisdiction", "xx", "--on", ADMITTED_ON, "--recorded-on", ADMITTED_ON]
BY = ["--source", "prison-1", "--by", "staff-7"]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A case and the book of a community as they are, and where those go that follow."""
    (tmp_path / "case.json").write_text(rc.write(WAITS), "utf-8")
    (tmp_path / "unit.json").write_text(rc.write(house()), "utf-8")
    names = ("case.json", "unit.json", "after.json", "book.json")
    return [str(tmp_path / name) for name in names]


def _asked(files: list[str], *said: str) -> list[str]:
    case, unit, after, book = files
    into = ["--unit", unit, "--new-unit", book, "--output", after]
    return ["request-stay", case, *UNDER, "--residency", "rd-1", *BY, *into, *said]


def test_a_person_is_admitted_and_leaves_from_file_to_file(
    files: list[str], capsys: Capture
) -> None:
    """Both the case and the book of the community tell it."""
    case, unit, after, book = files
    assert main(_asked(files, "--event", "admitted", "--record-id", "in")) == 0
    assert exchange.read(Path(book).read_bytes(), CommunityUnit).acts[-1].event.value == "admitted"
    leaving = ["--event", "left_voluntarily", "--record-id", "out", "--reason", "own_wish"]
    to = ["--office", "prison-1", "--report", "--no-reviewed"]
    assert main(_asked([after, book, case, unit], *leaving, *to)) == 0
    assert capsys.readouterr() == ("", "")
    gone = exchange.read(Path(case).read_bytes(), CaseFile)
    act = gone.residency_acts[-1]
    assert (act.reason, act.office) == ("own_wish", "prison-1")
    assert (act.report, act.reviewed) == (True, False)
    (stay,) = rc.residency(gone, XX, on=day(ADMITTED_ON), units=(house(),)).stays
    assert (stay.standing.state, stay.standing.misplaced) == ("left_voluntarily", ())


def test_a_step_that_is_not_allowed_writes_no_file(files: list[str], capsys: Capture) -> None:
    *_, after, book = files
    assert main(_asked(files, "--event", "graduated", "--record-id", "new")) == 5
    assert capsys.readouterr().err.startswith("rehabcore: Not allowed: graduation\n")
    assert not Path(after).exists()
    assert not Path(book).exists()


def test_case_and_book_are_not_written_into_one_file(files: list[str], capsys: Capture) -> None:
    case, unit, after, _ = files
    asked = _asked([case, unit, after, after], "--event", "admitted", "--record-id", "in")
    assert main(asked) == 2
    assert "--new-unit and --output name the same file" in capsys.readouterr().err


def test_a_diversion_is_returned_to_the_court(tmp_path: Path, capsys: Capture) -> None:
    case = tmp_path / "case.json"
    case.write_text(rc.write(DIVERTED), "utf-8")
    asked = ["request-diversion", str(case), *UNDER, "--source", "court-1", "--diversion", "di"]
    asked += ["--event", "returned", "--office", "court-1", "--record-id", "new"]
    assert main(asked) == 5
    assert "x required: a reason" in capsys.readouterr().err
    assert main([*asked, "--reason", "no_capacity"]) == 0
    after = exchange.read(capsys.readouterr().out, CaseFile)
    assert [one.state for one in rc.diversion(after, XX, on=day(ADMITTED_ON)).diversions] == [
        "returned"
    ]

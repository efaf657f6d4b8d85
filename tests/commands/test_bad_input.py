"""The command line tells every problem of bad input on standard error, and writes nothing."""

import io
from pathlib import Path

import pytest

from rehabcore.__main__ import main
from rehabcore.strict.documents import LARGEST_INPUT
from tests.kit.bad_files import (
    CASES,
    COUNTRIES,
    EXPECTED_CASES,
    EXPECTED_COUNTRIES,
    GOOD,
    ON,
    assert_nothing_marked,
    build,
    marked,
)

BAD_INPUT, BAD_COUNTRY = 3, 4
"""The exit codes that the command line documents."""


def refused(
    arguments: list[str], code: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> str:
    """Run a command that must fail and leave nothing behind; what it says on standard error."""
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert main(arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("rehabcore: ")
    assert said.err.endswith("\n")
    assert "Traceback" not in said.err
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before
    return said.err


def asking(command: str, case: Path | str, country: Path | str = "xx") -> list[str]:
    arguments = [command, str(case), "--jurisdiction", str(country), "--on", str(ON)]
    if command != "move":
        return arguments
    requested = ["--move", "release", "--to", "o", "--source", "o", "--recorded-on", str(ON)]
    return [*arguments, *requested, "--record-prefix", "m"]


def assert_all_told(said: str, expected: list[list[str]], file: str) -> None:
    number = "1 problem" if len(expected) == 1 else f"{len(expected)} problems"
    assert said.splitlines()[0].endswith(f" {number}")
    lines = said.splitlines()[1:]
    assert len(lines) == len(expected)
    for line, (code, path) in zip(lines, expected, strict=True):
        assert line.startswith(f"  {file}: {path or '(top)'}: {code}: found ")


# One file for each list of codes: the command line adds nothing of its own to what is told.
ONE_OF_EACH = sorted(
    {str([code for code, _ in e]): name for name, e in EXPECTED_CASES.items()}.values()
)


@pytest.mark.no_cover
def test_the_command_line_tells_all_problems_of_a_case_file_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ONE_OF_EACH:
        file = tmp_path / name
        file.write_bytes(marked((CASES / name).read_bytes()))
        output = tmp_path / "result.json"
        arguments = [
            *asking("match", file),
            "--strict",
            "--format",
            "json",
            "--output",
            str(output),
        ]
        said = refused(arguments, BAD_INPUT, tmp_path, capsys)
        assert_all_told(said, EXPECTED_CASES[name], str(file))
        assert_nothing_marked(said)


@pytest.mark.no_cover
@pytest.mark.parametrize("command", ["match", "plan", "move"])
@pytest.mark.parametrize("name", ["empty-file", "no-data", "several-wrong-types", "two-people"])
def test_every_command_refuses_a_bad_case_file_and_keeps_what_was_there(
    command: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = next(CASES.glob(f"*-{name}.json"))
    output = tmp_path / "result.txt"
    output.write_text("an older result")
    said = refused([*asking(command, file), "--output", str(output)], BAD_INPUT, tmp_path, capsys)
    assert_all_told(said, EXPECTED_CASES[file.name], str(file))


def test_a_bad_case_file_on_standard_input_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe")))
    said = refused(asking("match", "-"), BAD_INPUT, tmp_path, capsys)
    assert_all_told(said, [["not_utf8", ""]], "-")


@pytest.mark.parametrize("command", ["match", "plan", "move"])
def test_a_case_file_that_is_too_large_is_not_read_to_its_end(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "large.json"
    file.write_bytes(GOOD.ljust(2 * LARGEST_INPUT))
    said = refused(asking(command, file), BAD_INPUT, tmp_path, capsys)
    assert_all_told(said, [["too_large", ""]], str(file))
    assert f"{2 * LARGEST_INPUT}" not in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(b"", [["not_json", ""]], id="empty"),
        pytest.param(GOOD, [["unknown_schema", "schema"]], id="case-file-not-plan"),
        pytest.param(b'{"schema": "plan/4"}', [["newer_schema", "schema"]], id="newer-plan"),
        pytest.param(
            b'{"schema": "plan/1", "data": {"plan": [], "grounds": 1}}',
            [["wrong_type", "data.grounds"]],
            id="wrong-types",
        ),
    ],
)
def test_a_bad_plan_file_is_refused_before_anybody_is_moved(
    text: bytes, expected: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.json"
    plan.write_bytes(text)
    new_case = tmp_path / "new.json"
    arguments = [*asking("move", CASES / "_good.json"), "--plan", str(plan)]
    said = refused([*arguments, "--new-case", str(new_case)], BAD_INPUT, tmp_path, capsys)
    assert_all_told(said, expected, str(plan))


@pytest.mark.no_cover  # each of these countries is read with coverage elsewhere
def test_the_command_line_tells_all_problems_of_a_country_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in EXPECTED_COUNTRIES:
        folder = build(tmp_path / name, name)
        said = refused(["jurisdictions", "check", str(folder)], BAD_COUNTRY, folder, capsys)
        assert_all_told_of_a_country(said, EXPECTED_COUNTRIES[name])


def assert_all_told_of_a_country(said: str, expected: list[list[str]]) -> None:
    assert said.startswith(f"rehabcore: country data: {len(expected)} problem")
    for line, (file, code, path) in zip(said.splitlines()[1:], expected, strict=True):
        assert line.startswith(f"  {file}: {path or '(top)'}: {code}: found ")


@pytest.mark.no_cover
@pytest.mark.parametrize("command", ["match", "plan", "move", "show"])
@pytest.mark.parametrize("name", ["no-pack-file", "not-toml", "unknown-fact", "move-twice"])
def test_every_command_refuses_a_bad_country_and_keeps_what_was_there(
    command: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = COUNTRIES.glob(f"[0-9][0-9][0-9]-{name}")
    folder = build(tmp_path / "pack", found.name)
    output = tmp_path / "result.txt"
    output.write_text("an older result")
    arguments = ["jurisdictions", "show", str(folder)]
    if command != "show":
        case = CASES / "_good.json"
        arguments = [*asking(command, case, folder), "--output", str(output)]
    said = refused(arguments, BAD_COUNTRY, tmp_path, capsys)
    assert_all_told_of_a_country(said, EXPECTED_COUNTRIES[found.name])


@pytest.mark.parametrize("command", ["match", "plan", "move"])
def test_the_command_line_names_the_countries_there_are(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = asking(command, CASES / "_good.json", "atlantis")
    said = refused(arguments, BAD_COUNTRY, tmp_path, capsys)
    assert "unknown_jurisdiction" in said
    assert "ge, ge-example, md, ro, ua, xx" in said

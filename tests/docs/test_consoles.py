"""Every command that a page shows in a console prints what the page says."""

import contextlib
import doctest
import io
import json
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from rehabcore import jurisdictions
from rehabcore.__main__ import DONE, main
from tests.kit.first_example import README
from tests.kit.house import SRC
from tests.kit.pages import page, section, write_files

COMMAND = re.compile(r"^\$ (.*?)\n(.*?)(?=^\$ |\Z)", re.MULTILINE | re.DOTALL)


def consoles(text: str) -> list[tuple[str, str]]:
    """Each command of a page with what it prints there, in their order."""
    blocks = re.findall(r"^```console\n(.*?)```", text, re.MULTILINE | re.DOTALL)
    return [told for block in blocks for told in COMMAND.findall(block)]


def run(command: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    """What a command prints, on both streams, and its exit code."""
    command, _, given = command.removeprefix("python -m rehabcore ").partition(" < ")
    stdin = io.BytesIO(Path(given).read_bytes() if given else b"")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stdin))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        code = main(shlex.split(command))
    return printed.getvalue(), code


def check(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Run the commands of a page in a folder, and give their exit codes.

    Raises:
        AssertionError: one prints something else than the page says.
    """
    monkeypatch.chdir(folder)
    codes: list[int] = []
    for command, told in consoles(text):
        if command == "echo $?":
            assert told == f"{codes[-1]}\n"
        else:
            printed, code = run(command, monkeypatch)
            same = doctest.OutputChecker().check_output(told, printed, doctest.ELLIPSIS)
            assert same, f"{command}\n--- told\n{told}\n--- printed\n{printed}"
            codes.append(code)
    assert codes
    return codes


def test_the_guide_to_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page("how-to/command-line.md")
    case = jurisdictions.examples()["xx/therapeutic-community"]
    (tmp_path / "case.json").write_text(case, "utf-8")
    (tmp_path / "bad.json").write_text(section(text, "```json\n", "```"), "utf-8")
    shutil.copytree(SRC / "jurisdictions/packs/xx", tmp_path / "mine")
    pack = tmp_path / "mine/pack.toml"
    pack.write_text(pack.read_text("utf-8").replace('id = "xx"', 'id = "mine"'), "utf-8")
    check(text, tmp_path, monkeypatch)
    assert not (tmp_path / "never.json").exists()


def test_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(check(README.read_text("utf-8"), tmp_path, monkeypatch)) == {DONE}


def test_the_guide_to_caseloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = json.loads(jurisdictions.examples()["xx/therapeutic-community"])
    (tmp_path / "cases.jsonl").write_text(f"{json.dumps(case)}\n" * 2, "utf-8")
    assert check(page("how-to/caseloads.md"), tmp_path, monkeypatch) == [DONE]


def test_the_guide_to_instruments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page("how-to/instruments.md")
    write_files(text, tmp_path)
    assert set(check(text, tmp_path, monkeypatch)) == {DONE}

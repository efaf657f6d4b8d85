"""Files and streams of commands: whole or not at all, with the usual rights, and no traceback."""

import os
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from io import StringIO
from pathlib import Path

import pytest

from rehabcore.__main__ import main
from tests.commands.test_command_line import MATCH, MOVE, Capture

LOOPS = "Too many levels of symbolic links"


def _everything_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


# --- rights -------------------------------------------------------------------------------


@contextmanager
def _umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002, 0o027])
def test_a_new_file_has_the_rights_that_the_user_gives_to_new_files(
    mask: int, tmp_path: Path
) -> None:
    with _umask(mask):
        assert main([*MATCH, "--output", str(tmp_path / "new.txt")]) == 0
        (tmp_path / "usual.txt").write_text("")
    new, usual = ((tmp_path / name).stat().st_mode for name in ("new.txt", "usual.txt"))
    assert stat.S_IMODE(new) == stat.S_IMODE(usual) == 0o666 & ~mask


# --- a disk that is full ------------------------------------------------------------------


@contextmanager
def _disk_of(size: int) -> Iterator[None]:
    """No file can grow beyond a size; the system says so as it does of a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_nothing_is_left_behind_where_there_is_no_room(tmp_path: Path, capsys: Capture) -> None:
    kept = tmp_path / "case.json"
    kept.write_text("kept", "utf-8")
    output = tmp_path / "new" / "newer" / "moved.html"
    files = ["--new-case", str(kept), "--output", str(output), "--format", "json"]
    with _disk_of(10_000):
        code = main([*MOVE, *files])
    assert code == 6
    assert capsys.readouterr().err.startswith(f"rehabcore: {output}: File too large")
    assert _everything_below(tmp_path) == ["case.json"]
    assert kept.read_text("utf-8") == "kept"


def test_folders_are_made_where_they_are_needed(tmp_path: Path) -> None:
    assert main([*MATCH, "--output", str(tmp_path / "new" / "newer" / "match.txt")]) == 0
    assert _everything_below(tmp_path) == ["new", "new/newer", "new/newer/match.txt"]


# --- two outputs --------------------------------------------------------------------------


@pytest.mark.parametrize("known", [True, False], ids=["there", "not-there"])
@pytest.mark.parametrize("other", ["link", "./one", "folder/../one", "linked/one", "hard"])
def test_one_file_under_two_names_is_refused(
    other: str, known: bool, tmp_path: Path, capsys: Capture
) -> None:
    one = tmp_path / "one"
    (tmp_path / "folder").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path)
    (tmp_path / "link").symlink_to(one)
    if known or other == "hard":
        one.write_text("kept", "utf-8")
        (tmp_path / "hard").hardlink_to(one)
    before = _everything_below(tmp_path)
    for names in ([str(one), f"{tmp_path}/{other}"], [f"{tmp_path}/{other}", str(one)]):
        assert main([*MOVE, "--new-case", names[0], "--output", names[1]]) == 2
        assert "the same file" in capsys.readouterr().err
    assert _everything_below(tmp_path) == before
    assert not one.exists() or one.read_text("utf-8") == "kept"


def test_two_files_are_written_side_by_side(tmp_path: Path) -> None:
    files = ["--new-case", str(tmp_path / "case.json"), "--output", str(tmp_path / "moved.txt")]
    for _ in range(2):
        assert main([*MOVE, *files]) == 0
        assert _everything_below(tmp_path) == ["case.json", "moved.txt"]


@pytest.mark.parametrize("name", ["folder", "pipe", "loop", "one/below", "x" * 300])
@pytest.mark.parametrize("first", [True, False], ids=["first", "second"])
def test_what_cannot_be_replaced_is_found_before_anything_is_written(
    name: str, first: bool, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    before = _everything_below(tmp_path)
    names = [str(tmp_path / name), str(tmp_path / "one")]
    new_case, output = names if first else reversed(names)
    assert main([*MOVE, "--new-case", new_case, "--output", output]) == 6
    assert f"rehabcore: {tmp_path}" in capsys.readouterr().err
    assert _everything_below(tmp_path) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("name", ["mine", "closed/new"])
def test_what_may_not_be_written_is_found_before_anything_is(
    name: str, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "mine").write_text("kept", "utf-8")
    (tmp_path / "mine").chmod(0o444)
    (tmp_path / "closed").mkdir(0o555)
    names = ["--new-case", str(tmp_path / "one"), "--output", str(tmp_path / name)]
    assert main([*MOVE, *names]) == 6
    assert capsys.readouterr().err.startswith(f"rehabcore: {tmp_path / name}: ")
    assert _everything_below(tmp_path) == ["closed", "mine"]


# --- names --------------------------------------------------------------------------------

NOT_UTF_8 = os.fsdecode(b"caf\xe9")


def test_a_file_without_a_name_is_told_as_one(capsys: Capture) -> None:
    assert main([*MATCH, "--output", ""]) == 6
    assert capsys.readouterr().err == 'rehabcore: "": not a file that can be replaced\n'


def test_a_name_that_is_no_utf_8_is_spelled_out(tmp_path: Path, capsys: Capture) -> None:
    name = str(tmp_path / NOT_UTF_8)
    for arguments in (
        [MATCH[0], name, *MATCH[2:]],
        ["jurisdictions", "check", f"{name}/"],
        ["instruments", "check", name],
        [*MATCH[:3], f"{name}/", *MATCH[4:]],
    ):
        assert main(arguments) in (3, 4, 6), arguments
        assert r"caf\udce9" in capsys.readouterr().err, arguments
    with pytest.raises(SystemExit) as caught:
        main([*MATCH, NOT_UTF_8])
    assert caught.value.code == 2
    assert r"caf\udce9" in capsys.readouterr().err


def test_a_file_whose_name_is_no_utf_8_is_read_and_written(tmp_path: Path, capsys: Capture) -> None:
    name = str(tmp_path / NOT_UTF_8)
    assert main(["tour", "--html", name]) == 0
    assert r"caf\udce9" in capsys.readouterr().out
    assert main([MATCH[0], name, *MATCH[2:]]) == 3
    assert r"caf\udce9: (top): not_json" in capsys.readouterr().err


def test_a_name_forges_no_line(capsys: Capture) -> None:
    assert main([MATCH[0], "no\nrehabcore: all is well", *MATCH[2:]]) == 6
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_title_of_a_country_forges_no_line(tmp_path: Path, capsys: Capture) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(str(resources.files("rehabcore.jurisdictions").joinpath("packs", "xx")), pack)
    programs = (pack / "programs.toml").read_text("utf-8")
    forged = r'"Drop-in counselling\nwork: all are open\u001b[2K"'
    assert '"Drop-in counselling"' in programs
    programs = programs.replace('"Drop-in counselling"', forged)
    (pack / "programs.toml").write_text(programs, "utf-8")
    assert main(["jurisdictions", "show", "xx"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert main(["jurisdictions", "show", f"{pack}/"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == len(lines)
    assert [line for line in told if r"↵work: all are open\x1b[2K" in line]


def test_links_that_lead_in_a_circle_are_told(tmp_path: Path, capsys: Capture) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for code, arguments in (
        (6, [MATCH[0], str(loop), *MATCH[2:]]),
        (6, [*MATCH, "--output", str(loop)]),
        (6, [*MATCH, "--output", str(loop / "below")]),
        (6, [*MOVE, "--plan", str(loop)]),
        (4, [*MATCH[:3], str(loop), *MATCH[4:]]),
        (4, ["jurisdictions", "check", str(loop)]),
        (6, ["instruments", "check", str(loop)]),
    ):
        assert main(arguments) == code, arguments
        assert str(loop) in capsys.readouterr().err, arguments
    assert _everything_below(tmp_path) == ["loop"]


# --- streams ------------------------------------------------------------------------------


def test_standard_output_that_takes_nothing_ends_with_code_6(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with open("/dev/full", "w") as full, os.fdopen(write_end, "w") as broken:  # noqa: PTH123
        for stream, why in (
            (full, "No space left on device"),
            (broken, "Broken pipe"),
            (None, "closed"),
        ):
            told = StringIO()
            monkeypatch.setattr(sys, "stdout", stream)
            monkeypatch.setattr(sys, "stderr", told)
            assert main(["jurisdictions", "list"]) == 6
            assert told.getvalue() == f"rehabcore: standard output: {why}\n"
            assert stream is None or stream.closed


def test_what_goes_to_a_file_needs_no_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main([*MATCH, "--output", str(tmp_path / "match.txt")]) == 0


def test_standard_input_that_gives_nothing_ends_with_code_6(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    read = [MATCH[0], "-", *MATCH[2:]]
    monkeypatch.setattr(sys, "stdin", None)
    assert main(read) == 6
    assert capsys.readouterr().err == "rehabcore: standard input: closed\n"
    (tmp_path / "only-written").touch()
    with (tmp_path / "only-written").open("a") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert main(read) == 6
    assert capsys.readouterr().err == "rehabcore: standard input: not readable\n"


def test_the_code_is_given_where_nothing_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        for stream in (None, full):
            monkeypatch.setattr(sys, "stderr", stream)
            assert main([MATCH[0], "nowhere.json", *MATCH[2:]]) == 6


@pytest.mark.parametrize(
    ("redirected", "code"),
    [(">/dev/full", 6), (">&- 2>&-", 6), ("--frob 2>&-", 2)],
    ids=["full", "closed", "misused"],
)
def test_a_process_ends_with_its_code_and_no_traceback(redirected: str, code: int) -> None:
    command = f"{sys.executable} -m rehabcore jurisdictions list {redirected}"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "ignored" not in done.stderr

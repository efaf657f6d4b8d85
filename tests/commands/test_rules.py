"""The command that tells who is answered otherwise by another rule, or another version."""

import shutil
from pathlib import Path

import pytest

import rehabcore as rc
from rehabcore import jurisdictions
from rehabcore.__main__ import main

DIFF = ["rules", "diff"]
XX = ["--jurisdiction", "xx", "--on", "2026-11-16"]

Capture = pytest.CaptureFixture[str]


def test_two_rules_are_compared(capsys: Capture) -> None:
    assert main([*DIFF, "thinking_skills", "drop_in", *XX]) == 0
    assert capsys.readouterr().out.startswith("Who is answered otherwise, on 2026-11-16\n")


def test_a_programme_is_compared_with_itself_in_an_earlier_version(
    tmp_path: Path, capsys: Capture
) -> None:
    folder = tmp_path / "xx"
    shutil.copytree(Path(jurisdictions.__file__).parent / "packs" / "xx", folder)
    rules = folder / "parameters.toml"
    text = rules.read_text("utf-8")
    assert "18 years" in text
    rules.write_text(text.replace("18 years", "19 years"), "utf-8")
    earlier = ["--earlier", str(folder), "--format", "json"]
    assert main([*DIFF, "adult", *XX, *earlier]) == 0
    found = rc.read(capsys.readouterr().out, rc.DifferenceResult).difference
    assert [str(one) for one in found.kinds[0].asks] == [
        "age at_least 19 years",
        "age at_least 18 years",
    ]


def test_an_unknown_rule_is_refused(capsys: Capture) -> None:
    assert main([*DIFF, "adlt", *XX]) == 3
    assert "before: dangling_id" in capsys.readouterr().err

"""The commands of decisions: kept in a file, judged again, compared; never half made."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from rehabcore import exchange, jurisdictions
from rehabcore.__main__ import main
from rehabcore.casework.decisions import Decision
from tests.kit.decision_makers import MET, REFUSED, STAFF, UNKNOWN, WHY, decide, override

XX_CASE = "bundled:xx/therapeutic-community"
CASE = [XX_CASE, "--jurisdiction", "xx"]
DECIDE = [
    *("decide", *CASE, "--on", "2026-11-16", "--program", MET),
    *("--decided-by", STAFF, "--decided-on", "2026-11-10"),
]
GRANT = [*DECIDE, "--outcome", "granted"]
OVERRIDE = [
    *("--override-reason", "professional_judgement", "--override-authority", "head_of_office"),
    *("--override-expires", "2027-01-01"),
]

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A decision in a file."""
    path = tmp_path / "decision.json"
    assert main([*GRANT, "--output", str(path)]) == 0
    return path


def _fails(arguments: list[str], code: int, capsys: Capture) -> str:
    assert main(arguments) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("rehabcore: ")
    return err


def test_a_decision_is_kept_as_json_and_knows_what_was_on_file_when_it_was_made(
    kept: Path, capsys: Capture
) -> None:
    assert exchange.read(kept.read_bytes(), Decision) == decide()
    assert capsys.readouterr().out == ""


def test_an_earlier_clock_an_override_and_a_reason_can_be_given(capsys: Capture) -> None:
    refuse = [*DECIDE, "--outcome", "refused", "--why", WHY, *OVERRIDE]
    assert main([*refuse, "--known-at", "2026-11-09"]) == 0
    made = exchange.read(capsys.readouterr().out, Decision)
    stamp = made.grounds.stamp
    assert str(stamp.known_at) == "2026-11-09"
    assert (made.outcome, made.why, made.override) == (REFUSED, WHY, override())


def test_what_is_deferred_has_a_day_of_review(capsys: Capture) -> None:
    defer = [*(UNKNOWN if part == MET else part for part in DECIDE), "--outcome", "deferred"]
    assert "review_on: missing_key" in _fails(defer, 3, capsys)
    assert main([*defer, "--review-on", "2026-12-01", "--format", "text"]) == 0
    assert "It is looked at again on 2026-12-01." in capsys.readouterr().out


def test_a_decision_is_replayed_in_every_form(kept: Path, capsys: Capture) -> None:
    for form, begins in (
        ("text", "Decision of 2026-11-10: Thinking skills: granted"),
        ("markdown", "# Decision of 2026-11-10"),
        ("html", "<!doctype html>"),
        ("json", kept.read_text("utf-8")),
    ):
        assert main(["replay", str(kept), "--format", form]) == 0
        assert capsys.readouterr().out.startswith(begins)


def test_a_decision_may_come_from_standard_input(
    kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(kept.read_bytes())))
    assert main(["compare", "-", *CASE]) == 0
    assert "Nothing differs" in capsys.readouterr().out


def test_a_decision_is_compared_with_the_case_of_today(
    kept: Path, tmp_path: Path, capsys: Capture
) -> None:
    document: Any = json.loads(jurisdictions.examples()["xx/therapeutic-community"])
    document["data"]["retractions"] = [
        {
            "filed": {
                "record_id": "x-1",
                "recorded_on": "2026-11-20",
                "source": "prison-1",
                "corrects": "c-1",
            }
        }
    ]
    today, told = tmp_path / "today.json", tmp_path / "told.md"
    today.write_text(json.dumps(document), "utf-8")
    compare = ["compare", str(kept), str(today), "--jurisdiction", "xx"]
    assert main([*compare, "--format", "markdown", "--output", str(told)]) == 0
    assert "record c-1 was taken back by x-1" in told.read_text("utf-8")
    assert main([*compare, "--known-at", "2026-11-19"]) == 0
    assert "Nothing differs" in capsys.readouterr().out
    err = _fails([*compare, "--known-at", "2026-11-09"], 3, capsys)
    assert "known_at: ends_before_start" in err


# --- what goes wrong ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (["--outcome", "refused"], ["why: missing_key", "override: missing_key"]),
        (["--outcome", "refused", "--why", WHY], ["override: missing_key"]),
        (
            ["--outcome", "refused", "--why", WHY, *OVERRIDE[:4]],
            ["override.expires: missing_key"],
        ),
        (
            ["--outcome", "refused", "--why", WHY, *OVERRIDE[4:]],
            ["override.reason: missing_key", "override.authority: missing_key"],
        ),
        (
            ["--outcome", "refused", "--why", WHY, *OVERRIDE[:4], "--override-expires", "unknown"],
            ["override.expires: out_of_range"],
        ),
        (
            ["--outcome", "refused", "--why", WHY, *OVERRIDE[:4], "--override-expires", "soon"],
            ["override.expires: bad_date"],
        ),
        (["--outcome", "granted", *OVERRIDE], ["override: out_of_range"]),
        (
            ["--outcome", "granted", "--known-at", "2026-11-11"],
            ["decided_on: ends_before_start"],
        ),
        (["--outcome", "granted", "--decided-by", ""], ["decided_by: missing_key"]),
        (["--outcome", "granted", "--program", "nowhere"], ["program_id: dangling_id"]),
    ],
)
def test_a_decision_that_cannot_be_made_is_not_written(
    more: list[str], expected: list[str], tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "decision.json"
    err = _fails([*DECIDE, *more, "--output", str(path)], 3, capsys)
    assert [line.strip().rpartition(": found")[0] for line in err.splitlines()[1:]] == expected
    assert "Maria" not in err
    assert not path.exists()


@pytest.mark.parametrize(
    "arguments",
    [DECIDE, [*DECIDE, "--outcome", "approved"], GRANT[:-6], ["replay"]],
    ids=["no outcome", "no such outcome", "nobody", "nothing"],
)
def test_a_wrong_call_ends_with_code_2(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", [["replay"], ["compare"]], ids=["replay", "compare"])
def test_an_altered_decision_is_refused_with_its_file(
    command: list[str], kept: Path, capsys: Capture
) -> None:
    kept.write_text(kept.read_text("utf-8").replace('"granted"', '"refused"'), "utf-8")
    more = CASE if command == ["compare"] else []
    err = _fails([*command, str(kept), *more], 3, capsys)
    assert f"{kept}: sha256: altered" in err


def test_a_comparison_has_no_json_form(kept: Path, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["compare", str(kept), *CASE, "--format", "json"])
    assert caught.value.code == 2


def test_another_persons_case_is_refused(kept: Path, tmp_path: Path, capsys: Capture) -> None:
    document = json.loads(jurisdictions.examples()["xx/therapeutic-community"])
    document["data"]["case_id"] = "Maria"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(document), "utf-8")
    err = _fails(["compare", str(kept), str(other), "--jurisdiction", "xx"], 3, capsys)
    assert "case_id: two_people" in err
    assert "Maria" not in err

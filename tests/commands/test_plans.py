"""The commands ``plan …``: from a draft to a signed plan that is followed, and what is refused."""

import json
from pathlib import Path

import pytest

from rehabcore import exchange
from rehabcore.__main__ import main
from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.versions import version_on
from rehabcore.plans import PlanContent
from rehabcore.rules.time.partial import LATEST_DAY

Capture = pytest.CaptureFixture[str]
CASE = "bundled:xx/therapeutic-community"
ASKED = ["--jurisdiction", "xx", "--on", "2026-02-16"]
BY = ["--by", "officer-1"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The book of a plan that was drafted for a bundled case."""
    path = tmp_path / "plan.json"
    told = ["plan", "open", CASE, *ASKED, *BY, "--plan-id", "plan-1", "--output", str(path)]
    assert main(told) == 0
    return path


def _do(book: Path, *words: str) -> int:
    """One command, whose book replaces the one before."""
    return main(["plan", words[0], str(book), *ASKED, *words[1:], "--output", str(book)])


def _read(book: Path) -> PlanBook:
    return exchange.read(book.read_bytes(), PlanBook)


def test_from_a_draft_to_a_plan_that_is_followed(book: Path) -> None:
    assert _do(book, "turn", "--event", "proposed", *BY) == 0
    assert _do(book, "answer", "--answer", "agrees", *BY) == 0
    assert _do(book, "sign", "--event", "signed", "--role", "officer", *BY) == 0
    assert _do(book, "copy", "--copy-language", "en", *BY) == 0
    assert _do(book, "turn", "--event", "activated", *BY) == 0
    version = version_on(_read(book), on=LATEST_DAY)
    assert version is not None
    assert version.status == "active"


def test_a_step_that_is_not_allowed_changes_nothing(book: Path, capsys: Capture) -> None:
    before = book.read_bytes()
    assert _do(book, "turn", "--event", "activated", *BY) == 5
    assert "Nothing was changed." in capsys.readouterr().err
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("reader", "language", "says"),
    [
        ("person", [], "You may say no to everything that you choose."),
        ("officer", [], "Accountable office: prison-1."),
        ("person", ["--language", "ka"], "თქვენი გეგმა"),
    ],
)
def test_a_page_is_shown(
    book: Path, capsys: Capture, reader: str, language: list[str], says: str
) -> None:
    assert main(["plan", "show", str(book), *ASKED, "--reader", reader, *language]) == 0
    assert says in capsys.readouterr().out


def test_there_is_no_page_of_a_day_before_the_plan(book: Path, capsys: Capture) -> None:
    asked = ["--jurisdiction", "xx", "--on", "2026-02-15"]
    assert main(["plan", "show", str(book), *asked]) == 3
    assert "on: out_of_range" in capsys.readouterr().err


def test_a_plan_is_checked_and_what_nobody_can_tell_is_told(book: Path, capsys: Capture) -> None:
    assert main(["plan", "check", str(book), CASE, *ASKED]) == 0
    assert capsys.readouterr().out.startswith("P19 may be broken at versions[1].items[0].starts")


def test_findings_and_differences_are_told_as_json(book: Path, capsys: Capture) -> None:
    form = ["--format", "json"]
    assert main(["plan", "check", str(book), CASE, *ASKED, *form]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["law_id"], found["answer"]) == ("P19", "unknown")
    plain = ["plan", "diff", str(book), "--jurisdiction", "xx", "--before", "1", "--after", "1"]
    assert main([*plain, *form]) == 0
    assert json.loads(capsys.readouterr().out) == {"changes": []}


def test_the_help_lists_what_may_stand_for_a_case(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["plan", "--help"])
    assert "  review     what a plan drafted today would change\n" in capsys.readouterr().out


def test_whoever_says_no_is_asked_why(book: Path, capsys: Capture) -> None:
    assert _do(book, "turn", "--event", "proposed", *BY) == 0
    assert _do(book, "answer", "--answer", "does_not_agree", *BY) == 3
    assert "reason: missing_key: found a string of 0" in capsys.readouterr().err


def test_a_plan_that_breaks_no_law(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "plan.json"
    asked = ["--jurisdiction", "ge", "--on", "2026-11-16"]
    case = "bundled:ge/release"
    opened = ["plan", "open", case, *asked, *BY, "--plan-id", "p", "--output", str(path)]
    assert main(opened) == 0
    assert main(["plan", "check", str(path), case, *asked]) == 0
    assert capsys.readouterr().out == "No law is broken.\n"


def test_a_review_tells_what_a_draft_of_today_would_change(book: Path, capsys: Capture) -> None:
    asked = ["--jurisdiction", "xx", "--on", "2026-03-16"]
    assert main(["plan", "review", str(book), CASE, *asked]) == 0
    told = capsys.readouterr().out
    assert "  - next review: 2026-08-16, now 2026-09-16" in told


def test_a_proposal_is_told_as_json_and_written_to_be_put_in(
    book: Path, tmp_path: Path, capsys: Capture
) -> None:
    asked = ["--jurisdiction", "xx", "--on", "2026-03-16"]
    new = str(tmp_path / "new.json")
    told = ["plan", "review", str(book), CASE, *asked, "--new-content", new]
    assert main([*told, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["version"], found["lowered"][-1]) == (1, {"kind": "review_later", "id": ""})
    assert {"part": "plan", "id": "", "kind": "changed"}.items() <= found["changes"][0].items()
    accepted = ["--hash", found["expects"], "--content", new, "--reason", "on time"]
    assert main(["plan", "amend", str(book), *asked, *BY, *accepted, "--output", str(book)]) == 0
    assert _read(book).edits[0].content == exchange.read(Path(new), PlanContent)
    assert main([*told, "--output", new]) == 2
    assert "--new-content and --output name the same file" in capsys.readouterr().err


def test_differences_are_told_in_the_first_language_of_the_country(
    tmp_path: Path, capsys: Capture
) -> None:
    path, asked = str(tmp_path / "p.json"), ["--jurisdiction", "ge", "--on", "2026-11-16"]
    opened = ["plan", "open", "bundled:ge/release", *asked, *BY, "--plan-id", "p"]
    assert main([*opened, "--output", path]) == 0
    plain = ["plan", "diff", path, "--jurisdiction", "ge", "--before", "1", "--after", "1"]
    assert main(plain) == 0
    assert "არაფერი შეცვლილა." in capsys.readouterr().out
    assert main([*plain, "--language", "en"]) == 0
    assert "\nNothing changed." in capsys.readouterr().out


def test_versions_are_compared(book: Path, capsys: Capture) -> None:
    plain = ["plan", "diff", str(book), "--jurisdiction", "xx"]
    assert main([*plain, "--before", "1", "--after", "1"]) == 0
    assert "Nothing" in capsys.readouterr().out
    assert main([*plain, "--before", "1", "--after", "2"]) == 3
    assert "after: dangling_id" in capsys.readouterr().err


def test_a_case_is_no_book_and_a_word_is_no_case(capsys: Capture) -> None:
    assert main(["plan", "show", "nowhere.json", *ASKED]) == 6
    with pytest.raises(SystemExit) as caught:
        main(["plan", "chekc"])
    assert caught.value.code == 2
    assert "--jurisdiction" in capsys.readouterr().err

"""The commands that do something in the book of a plan: it is amended, scheduled, handed on."""

import json
from pathlib import Path

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore import exchange
from rehabcore.__main__ import main
from rehabcore.care import PlanContent, PlanVersion
from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.hashes import hash_of_content, short_hash
from rehabcore.rules.time.partial import LATEST_DAY
from rehabcore.strict.vocabulary import ItemId
from tests.kit.builders import day
from tests.kit.golden_plans import CASES

Capture = pytest.CaptureFixture[str]
UNDER, ON = ["--jurisdiction", "xx"], ["--on", "2026-03-02"]
BY = ["--by", "officer-1"]
XX = rc.load("xx")
CASE = CASES["xx"]["adult_on_probation"]
DRAFT = rc.plan(CASE, XX, on=day("2026-03-02")).content


@pytest.fixture
def case(tmp_path: Path) -> str:
    """The file of an adult on probation."""
    path = tmp_path / "case.json"
    path.write_text(exchange.write(CASE), "utf-8")
    return str(path)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The book of a plan that was drafted for the adult."""
    path = tmp_path / "plan.json"
    plan = rc.open_plan(
        "plan-1", CASE.case_id, DRAFT, on=day("2026-03-02"), by=rc.StaffId("officer-1")
    )
    path.write_text(exchange.write(plan), "utf-8")
    return path


def _do(book: Path, word: str, *more: str, on: list[str] = ON) -> int:
    """One command, whose book replaces the one before."""
    return main(["plan", word, str(book), *more, *UNDER, *on, *BY, "--output", str(book)])


def _now(book: Path) -> PlanVersion:
    version = rc.version_on(exchange.read(book.read_bytes(), PlanBook), on=LATEST_DAY)
    assert version is not None
    return version


def _written(folder: Path, content: PlanContent) -> str:
    path = folder / "content.json"
    path.write_text(exchange.write(content), "utf-8")
    return str(path)


HASH = ["--hash", hash_of_content(DRAFT)]
SHORT = ["--hash", short_hash(hash_of_content(DRAFT))]


def test_parts_are_removed_deferred_and_opened_again(book: Path, capsys: Capture) -> None:
    taken = ["--remove", "item", "work_start", "--defer", "goal", "work", "2026-06-01"]
    assert _do(book, "amend", *SHORT, *taken, "--reason", "no place is free") == 0
    assert capsys.readouterr().out.startswith(
        "Version 1: draft. The person: not answered. Signatures: unsigned. Content: "
    )
    content = _now(book).content
    assert [item.item_id for item in content.items] == ["thinking_skills"]
    assert [(one.need, one.reason) for one in content.deferrals] == [("work", "no place is free")]
    again = ["--reopen", "goal", "work", "--reopen", "item", "work_start"]
    assert _do(book, "amend", "--hash", hash_of_content(content), *again) == 0
    assert {item.item_id for item in _now(book).content.items} == {"thinking_skills", "work_start"}


def test_a_whole_content_is_shown_edited_and_put_in(
    book: Path, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["plan", "show", str(book), *UNDER, *ON, "--format", "json"]) == 0
    content = exchange.read(capsys.readouterr().out, PlanContent)
    assert content == DRAFT
    later = _written(tmp_path, evolve(content, review_due=day("2026-06-02")))
    assert _do(book, "amend", *HASH, "--content", later, "--occasion", "other") == 0
    assert _now(book).content.review_due == day("2026-06-02")


def test_the_second_of_two_editors_is_refused_with_the_difference(
    book: Path, tmp_path: Path, capsys: Capture
) -> None:
    sooner = _written(tmp_path, evolve(DRAFT, review_due=day("2026-06-02")))
    assert _do(book, "amend", *HASH, "--content", sooner) == 0
    before = book.read_bytes()
    assert _do(book, "amend", *HASH, "--remove", "item", "work_start", "--reason", "x") == 5
    told = capsys.readouterr().err
    assert "Refused: the plan was changed since it was read" in told
    assert "2026-06-02" in told
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([*HASH], "one_of_two"),
        ([*HASH, "--content", "nowhere.json", "--remove", "item", "x"], "one_of_two"),
        ([*HASH, "--remove", "itme", "work_start"], "PART: unknown_value"),
        ([*HASH, "--remove", "item", "work_strat"], "item: dangling_id"),
        ([*HASH, "--remove", "item", "work_start"], "why: missing_key"),
        ([*HASH, "--defer", "goal", "work", "soon", "--reason", "x"], "DAY: "),
        (["--hash", "0" * 64, "--remove", "item", "work_start"], "hash: dangling_id"),
        (["--hash", HASH[1][:7], "--remove", "item", "work_start"], "hash: dangling_id"),
    ],
)
def test_an_edit_that_does_not_fit_changes_nothing(
    book: Path, capsys: Capture, options: list[str], says: str
) -> None:
    before = book.read_bytes()
    assert _do(book, "amend", *options) == 3
    assert says in capsys.readouterr().err
    assert book.read_bytes() == before


def _activate(book: Path) -> None:
    assert _do(book, "turn", "--event", "proposed") == 0
    assert _do(book, "answer", "--answer", "agrees") == 0
    assert _do(book, "sign", "--event", "signed", "--role", "officer", *SHORT) == 0
    assert _do(book, "copy", "--copy-language", "en", *SHORT) == 0
    assert _do(book, "turn", "--event", "activated") == 0


def test_whoever_signs_is_told_what(book: Path, capsys: Capture) -> None:
    _activate(book)
    told = capsys.readouterr().out.splitlines()
    signed = f"Signatures: signed by one. Content: {SHORT[1]}."
    assert told[2] == f"Version 1: proposed. The person: agreed. {signed}"
    assert main(["plan", "show", str(book), *UNDER, *ON]) == 0
    page = capsys.readouterr().out
    assert f"Version 1: active. The person: agreed. {signed}" in page
    assert "- 2026-03-02: the person: agreeing" in page
    assert f"- 2026-03-02: the officer: signing alone (content {SHORT[1]})" in page
    assert "- 2026-03-02: the person got a copy: English" in page
    assert main(["plan", "show", str(book), *UNDER, *ON, "--reader", "person"]) == 0
    assert "This plan holds now." in capsys.readouterr().out


def test_nobody_signs_what_they_did_not_read(book: Path, tmp_path: Path, capsys: Capture) -> None:
    sooner = _written(tmp_path, evolve(DRAFT, review_due=day("2026-06-02")))
    assert _do(book, "amend", *HASH, "--content", sooner) == 0
    assert _do(book, "turn", "--event", "proposed") == 0
    assert _do(book, "answer", "--answer", "agrees") == 0
    assert _do(book, "sign", "--event", "signed", "--role", "officer", *HASH) == 5
    assert f"It was read at {SHORT[1]}" in capsys.readouterr().err


def test_a_copy_is_in_a_language_that_the_country_knows(book: Path, capsys: Capture) -> None:
    assert _do(book, "copy", "--copy-language", "de") == 3
    assert "language: unknown_value" in capsys.readouterr().err


def _courses(folder: Path) -> str:
    path = folder / "courses.json"
    rule = {"recurrence": "FREQ=WEEKLY;BYDAY=MO;COUNT=3", "starts_at": "10:00", "minutes": 60}
    path.write_text(json.dumps([{"item_id": "thinking_skills", **rule}]), "utf-8")
    return str(path)


def test_sessions_get_their_days_and_what_has_none_is_told(
    book: Path, case: str, tmp_path: Path, capsys: Capture
) -> None:
    wanted = ["--courses", _courses(tmp_path), "--holiday", "2026-03-09"]
    assert _do(book, "schedule", case, *wanted) == 0
    (course, _) = _now(book).content.items
    days = [session.day.isoformat() for session in course.sessions]
    assert days == ["2026-03-02", "2026-03-10", "2026-03-16"]
    assert capsys.readouterr().out.splitlines()[1:] == [
        "Thinking skills, session of 2026-03-09: it is a holiday. It is held on 2026-03-10."
    ]
    again = exchange.read(book.read_bytes(), PlanBook)
    assert _do(book, "schedule", case) == 0
    assert exchange.read(book.read_bytes(), PlanBook) == again


def test_courses_that_cannot_be_read_are_told_with_their_file(
    book: Path, case: str, tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "courses.json"
    path.write_text('[{"item_id": "x", "rule": 1}]', "utf-8")
    assert _do(book, "schedule", case, "--courses", str(path)) == 3
    assert "courses.json: courses[0]: unknown_key" in capsys.readouterr().err


def test_a_withdrawn_consent_takes_out_what_rests_on_it(book: Path, tmp_path: Path) -> None:
    _activate(book)
    (given,) = CASE.consents
    gone = evolve(CASE, consents=(evolve(given, withdrawn=day("2026-03-20")),))
    path = tmp_path / "withdrawn.json"
    path.write_text(exchange.write(gone), "utf-8")
    assert _do(book, "withdraw", str(path), on=["--on", "2026-04-01"]) == 0
    now = _now(book)
    assert (now.number, now.status) == (2, "draft")
    ends = {item.item_id: item.ends for item in now.content.items}
    assert ends[ItemId("work_start")] == day("2026-03-20")


def test_an_office_takes_over_what_was_transferred(book: Path, capsys: Capture) -> None:
    _activate(book)
    assert _do(book, "take-over") == 5
    assert "Nothing was changed." in capsys.readouterr().err
    assert _do(book, "turn", "--event", "transferred", "--to-office", "probation-3") == 0
    assert _do(book, "take-over") == 0
    now = _now(book)
    assert (now.number, now.content.holder) == (2, "probation-3")


def test_without_a_file_to_write_only_the_book_is_told(book: Path, capsys: Capture) -> None:
    told = ["plan", "turn", str(book), "--event", "proposed", *UNDER, *ON, *BY]
    assert main(told) == 0
    assert len(exchange.read(capsys.readouterr().out, PlanBook).life) == 1

"""The command line: what it prints, writes and returns; no traceback reaches a user."""

import gc
import io
import json
import re
import runpy
import shutil
import sys
from pathlib import Path

import pytest
from attrs import evolve

import rehabcore.__main__
from rehabcore import casework, exchange, jurisdictions
from rehabcore.__main__ import main
from rehabcore.casework.plan_results import PlanResult
from rehabcore.casework.results import MatchResult, MoveResult, NearResult
from rehabcore.records import CaseFile
from rehabcore.rules.time.days import Term
from rehabcore.strict.vocabulary import CaseId
from tests.kit.builders import day
from tests.kit.overlays import overlay_in
from tests.kit.plans import followed

XX_CASE = "bundled:xx/therapeutic-community"
MATCH = ["match", XX_CASE, "--jurisdiction", "xx", "--on", "2026-11-21"]
NEAR = ["near", *MATCH[1:]]
PLAN = ["plan", XX_CASE, "--jurisdiction", "xx", "--on", "2026-11-21"]
MOVE = [
    *("move", XX_CASE, "--jurisdiction", "xx", "--on", "2026-11-21"),
    *("--move", "conditional_release", "--to", "probation-2", "--source", "prison-1"),
    *("--recorded-on", "2026-11-21", "--record-prefix", "m"),
]

Capture = pytest.CaptureFixture[str]


def test_match_prints_every_programme(capsys: Capture) -> None:
    assert main(MATCH) == 0
    out, err = capsys.readouterr()
    assert err == ""
    for program in jurisdictions.load("xx").programs:
        assert program.title.in_language("en")[0] in out


@pytest.mark.parametrize(
    ("form", "begins"),
    [("text", "Programmes and"), ("markdown", "# Programmes"), ("html", "<!doctype html>")],
)
def test_match_in_every_form(form: str, begins: str, capsys: Capture) -> None:
    assert main([*MATCH, "--format", form]) == 0
    assert capsys.readouterr().out.startswith(begins)


def test_match_as_json_is_read_back(capsys: Capture) -> None:
    assert main([*MATCH, "--format", "json", "--known-at", "2026-11-21"]) == 0
    result = exchange.read(capsys.readouterr().out, MatchResult)
    assert len(result.offers) == 8
    assert str(result.grounds.stamp.known_at) == "2026-11-21"


def test_match_in_georgian(capsys: Capture) -> None:
    ge = ["match", "bundled:ge/probationer", "--jurisdiction", "ge", "--on", "2026-11-16"]
    assert main([*ge, "--language", "ka"]) == 0
    assert "უცნობია" in capsys.readouterr().out


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_what_it_prints_is_utf_8_whatever_the_terminal_takes(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed, told = io.BytesIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(printed, encoding=encoding))
    monkeypatch.setattr(sys, "stderr", told)
    assert main([*MATCH, "--language", "ka"]) == 0
    sys.stdout.flush()
    assert "უცნობია" in printed.getvalue().decode("utf-8")
    assert told.getvalue() == ""


def test_an_answer_is_told_in_short_unless_every_detail_is_asked_for(capsys: Capture) -> None:
    assert main(MATCH) == 0
    short = capsys.readouterr().out
    assert main([*MATCH, "--detail"]) == 0
    whole = capsys.readouterr().out
    assert len(short) < len(whole) / 2
    assert set(short.splitlines()) - set(whole.splitlines()) == set()


def test_a_match_in_georgian_fits_on_a_page(capsys: Capture) -> None:
    asked = ["match", "bundled:ge/probationer", "--jurisdiction", "ge", "--on", "2026-11-16"]
    assert main([*asked, "--language", "ka"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert 28 < len(lines) <= 60


def test_near_says_what_would_open_each_closed_door(capsys: Capture) -> None:
    assert main([*NEAR, "--lead", "6 months"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("What would open a door, on 2026-11-21")
    assert "Looked ahead for 6 months." in out


def test_near_as_json_is_read_back(capsys: Capture) -> None:
    assert main([*NEAR, "--format", "json", "--lead", "1 year"]) == 0
    result = exchange.read(capsys.readouterr().out, NearResult)
    assert result.lead == Term(years=1)
    assert result.doors


def test_a_window_is_a_length_of_time(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*NEAR, "--lead", "soon"])
    assert caught.value.code == 2
    assert 'a length such as "18 years"' in capsys.readouterr().err


def test_a_move_takes_the_goals_of_a_book_and_of_a_content_and_of_nothing_else(
    tmp_path: Path, capsys: Capture
) -> None:
    case = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
    drafted = casework.plan(case, jurisdictions.load("xx"), on=day("2026-11-16"))
    own, other = (
        followed(drafted.content, name, on=day("2026-11-16"))
        for name in (case.case_id, CaseId("x"))
    )
    steps = sum(len(goal.steps) for goal in drafted.content.goals)
    for name, what, code in (
        ("book", own, 0),
        ("content", drafted.content, 0),
        ("other_book", other, 3),
        ("other_draft", evolve(drafted, case_id=CaseId("x")), 3),
        ("case", case, 3),
    ):
        file = tmp_path / f"{name}.json"
        file.write_text(exchange.write(what), "utf-8")
        assert main([*MOVE, "--plan", str(file), "--format", "json"]) == code
        out, err = capsys.readouterr()
        if code:
            assert "rehabcore: 1 problem" in err
        else:
            assert exchange.read(out, MoveResult).made.steps == steps


def test_plan_and_move_go_hand_in_hand_through_files(tmp_path: Path, capsys: Capture) -> None:
    plan, moved, new_case = (tmp_path / name for name in ("plan.json", "moved.json", "case.json"))
    assert main([*PLAN, "--format", "json", "--output", str(plan)]) == 0
    files = ["--plan", str(plan), "--new-case", str(new_case), "--output", str(moved)]
    assert main([*MOVE, *files, "--format", "json"]) == 0
    assert capsys.readouterr().out == ""
    result = exchange.read(moved.read_bytes(), MoveResult)
    drafted = exchange.read(plan.read_bytes(), PlanResult).content
    assert result.made.steps == sum(len(goal.steps) for goal in drafted.goals) > 0
    assert exchange.read(new_case.read_bytes(), CaseFile) == result.case
    again = ["match", str(new_case), "--jurisdiction", "xx", "--on", "2026-12-01"]
    assert main(again) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "case.json",
        "moved.json",
        "plan.json",
    ]


def test_moves_are_told_and_one_that_happened_is_recorded(tmp_path: Path, capsys: Capture) -> None:
    asked = [XX_CASE, "--jurisdiction", "xx", "--on", "2026-09-10"]
    assert main(["moves", *asked]) == 0
    assert "- Conditional release: assessed; not yet moved" in capsys.readouterr().out
    early = ["move", *asked, *MOVE[6:]]
    assert main(early) == 5
    assert "Moves from here" in capsys.readouterr().err
    after = tmp_path / "after.json"
    ordered = [*early, "--happened", "--reason", "court_order", "--new-case", str(after)]
    assert main(ordered) == 0
    assert "! the move was unplanned" in capsys.readouterr().out
    recorded = exchange.read(after, CaseFile)
    assert recorded.transition_acts[-1].reason == "court_order"


def test_a_move_is_made_by_the_transition_that_is_named(capsys: Capture) -> None:
    asked = [*MOVE, "--format", "json", "--transition"]
    assert main([*asked, "t-1"]) == 0
    told = exchange.read(capsys.readouterr().out, MoveResult).transition
    assert told is not None
    assert told.transition == "t-1"
    assert main([*asked, "t-9"]) == 3
    assert "transition: dangling_id: found a string of 3 characters" in capsys.readouterr().err


def test_a_case_may_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    text = jurisdictions.examples()["xx/therapeutic-community"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["match", "-", "--jurisdiction", "xx", "--on", "2026-11-21"]) == 0
    piped = capsys.readouterr().out
    assert main(MATCH) == 0
    assert capsys.readouterr().out == piped


def test_a_country_may_be_a_folder(capsys: Capture) -> None:
    folder = str(Path(jurisdictions.__file__).parent / "packs" / "xx")
    assert main(["match", XX_CASE, "--jurisdiction", folder, "--on", "2026-11-21"]) == 0
    from_folder = capsys.readouterr().out
    assert main(MATCH) == 0
    assert capsys.readouterr().out == from_folder


def test_tour_tells_one_story_and_writes_the_page(tmp_path: Path, capsys: Capture) -> None:
    page = tmp_path / "new" / "tour.html"
    assert main(["tour", "--html", str(page)]) == 0
    out = capsys.readouterr().out
    story = (
        "2 met, 2 unknown, 4 not met, of 8.",
        "? need in Housing (no record says it; can be answered by: psychologist, social worker)",
        "What entry takes",
        "- from 2026-03-01, with this; no longer from 2027-02-09 on",
        "Draft of the plan of 2026-02-16",
    )
    places = [out.index(part) for part in story]
    assert places == sorted(places)
    assert out.count("\nSources\n") == 1
    assert str(page) in out
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert main(["tour", "--language", "ka"]) == 0
    assert "html" not in capsys.readouterr().out


A4_LINES, A4_WIDTH = 60, 110
"""What a printed page holds at least, in the size in which the page prints."""


def _printed(page: str) -> list[str]:
    """The lines of a page that are printed: what is folded is not."""
    folded, shown = 0, []
    for line in page.partition("<body>")[2].splitlines():
        folded += line.startswith("<details")
        if not folded:
            shown.append(line)
        folded -= line.startswith("</details>")
    return [line for line in shown if re.sub(r"<[^>]*>", "", line)]


def test_tour_is_short_and_prints_on_three_pages(tmp_path: Path, capsys: Capture) -> None:
    page = tmp_path / "tour.html"
    assert main(["tour", "--html", str(page)]) == 0
    assert len(capsys.readouterr().out.splitlines()) <= 140
    printed = _printed(page.read_text("utf-8"))
    assert "<h1>Draft of the plan of 2026-02-16</h1>" in printed
    assert not any("The whole proof" in line for line in printed)
    lines = [3 if line.startswith("<h") else -(-len(line) // A4_WIDTH) for line in printed]
    assert sum(lines) <= 3 * A4_LINES


def test_words_of_a_country_are_shown_with_what_events_and_amounts_say(capsys: Capture) -> None:
    assert main(["jurisdictions", "show", "xx"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert "severities of violation: minor, serious, grave" in shown
    assert "outcomes of violation: sustained, dismissed" in shown
    assert any(line.startswith("unit of restitution_owed: ") for line in shown)


def test_jurisdictions_are_listed_shown_and_checked(capsys: Capture) -> None:
    assert main(["jurisdictions", "list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in listed[:6]] == [
        "ge@2026.2",
        "ge-example@2026.1",
        "md@2026.1",
        "ro@2026.1",
        "ua@2026.1",
        "xx@2026.2",
    ]
    assert "bundled:ge/release: an invented case file" in listed
    assert main(["jurisdictions", "show", "ge-example", "--language", "ka"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert len([line for line in shown if "not published" in line or "stated" in line]) == 29
    assert (
        "laituri: თერაპიული თემი ლაითურში [therapeutic community, planned, reviewed; places "
        in (line.partition("not")[0] for line in shown)
    )
    assert "risk_levels: low, medium, increased, high" in shown
    assert "values of release_decision: granted, refused" in shown
    assert shown[-1] == "moves: release, conditional_release"
    assert any("ბიბლიოთერაპია" in line and "not published" in line for line in shown)
    assert any(line.startswith("drug_rehabilitation") and "rules stated" in line for line in shown)
    folder = str(Path(jurisdictions.__file__).parent / "packs" / "ge")
    assert main(["jurisdictions", "check", folder]) == 0
    assert capsys.readouterr().out == (
        "ge@2026.2: sound, 28 programmes and services\ngolden cases: 2, answers as expected: 40\n"
    )


def test_a_check_warns_of_laws_of_packs_that_are_broken(tmp_path: Path, capsys: Capture) -> None:
    waiver = '[[waivers]]\nlaw = "no_trap"\nabout = "settings.custody"\nreason = "Once it was one."'
    assert main(["jurisdictions", "check", str(overlay_in(tmp_path, waivers=waiver))]) == 0
    assert capsys.readouterr().out == (
        "local@1: sound, 8 programmes and services\nwarning: waivers_waive @ no_trap.settings."
        "custody: broken: it waives nothing: the law holds there, or nothing has this name\n"
    )


def test_a_check_warns_of_law_that_ends_and_stays_sound(tmp_path: Path, capsys: Capture) -> None:
    ages = (
        "[parameters.{name}]\n"
        'versions = [{{ value = "16 years", in_force = {{ start = 2020-01-01, end = {end} }} }}]\n'
    )
    figures = ages.format(name="old", end="2026-12-01") + ages.format(name="age", end="2027-03-01")
    entry = 'entry.drop_in = { fact = "age", at_least = { parameter = "age" } }\n'
    folder = str(overlay_in(tmp_path / "local", parameters=figures, entry=entry))
    check = ["jurisdictions", "check", folder, "--on", "2026-12-01"]
    sound = "local@1: sound, 8 programmes and services\n"
    old = "warning: old has had no version since 2026-12-01; on it rests: no programme, move or "
    age = "warning: age has no version from 2027-03-01; on it rests: drop_in\n"
    itself = "warning: work_start is no longer in force from 2027-01-01; on it rests: work_start\n"
    for within, told in (
        ([], f"{old}score\n{itself}{age}"),
        (["--within", "89 days"], f"{old}score\n{itself}"),
    ):
        assert main([*check, *within]) == 0
        assert capsys.readouterr().out == sound + told


def test_a_check_asks_the_golden_cases_of_the_folder(tmp_path: Path, capsys: Capture) -> None:
    folder = overlay_in(tmp_path / "local")
    cases = folder / "cases"
    shutil.copytree(Path(jurisdictions.__file__).parent / "packs" / "xx" / "cases", cases)
    check = ["jurisdictions", "check", str(folder)]
    assert main(check) == 0
    sound = "local@1: sound, 8 programmes and services\n"
    assert capsys.readouterr().out == f"{sound}golden cases: 2, answers as expected: 30\n"
    for name, change in (
        ("individual-plan.expected", ('"met"', '"unknown"')),
        ("therapeutic-community", ("{", "[")),
    ):
        file = cases / f"{name}.json"
        file.write_text(file.read_text("utf-8").replace(*change, 1), "utf-8")
    assert _fails(check, 4, capsys).splitlines()[1:] == [
        "  cases/individual-plan.expected.json: thinking_skills on 2026-11-16: unexpected_answer: "
        'found "met"; expected unknown, or another expectation',
        "  cases/therapeutic-community.expected.json: therapeutic-community.json: not_json: "
        "found a string of 4786 characters; expected JSON; "
        "it stops being JSON at line 2, column 11",
    ]


def test_a_bundled_country_is_checked_by_its_id_unless_there_is_a_folder(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["jurisdictions", "check", "xx", "--on", "2026-12-01", "--within", "1 year"]) == 0
    sound = (
        "xx@2026.2: sound, 8 programmes and services\ngolden cases: 2, answers as expected: 30\n"
    )
    ends = "warning: work_start is no longer in force from 2027-01-01; on it rests: work_start\n"
    assert capsys.readouterr().out == sound + ends
    assert main(["jurisdictions", "check", "xx", "--on", "2026-12-01", "--within", "1 day"]) == 0
    assert capsys.readouterr().out == f"{sound}no law ends by 2026-12-02\n"
    overlay_in(tmp_path / "xx")
    assert main(["jurisdictions", "check", "xx"]) == 0
    assert capsys.readouterr().out == "local@1: sound, 8 programmes and services\n"


# --- what goes wrong ----------------------------------------------------------------------


def _fails(arguments: list[str], code: int, capsys: Capture) -> str:
    assert main(arguments) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("rehabcore: ")
    assert "Traceback" not in err
    return err


def test_a_term_after_no_day_is_refused(capsys: Capture) -> None:
    err = _fails(["jurisdictions", "check", "xx", "--within", "90 days"], 3, capsys)
    assert "--on: missing_key: found nothing; expected a day; --within says how soon" in err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["match", XX_CASE, "--jurisdiction", "xx"],
        ["match", XX_CASE, "--on", "2026-11-21"],
        ["match", XX_CASE, "--jurisdiction", "xx", "--on", "today"],
        ["match", XX_CASE, "--jurisdiction", "xx", "--on", "2026-02-30"],
        [*MATCH, "--format", "pdf"],
        [*MATCH, "--language", "fr"],
        ["jurisdictions"],
    ],
    ids=["nothing", "no day", "no country", "no date", "no such day", "form", "language", "half"],
)
def test_a_wrong_call_ends_with_code_2_and_never_guesses(
    arguments: list[str], capsys: Capture
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().out == ""


def test_bad_input_names_file_path_and_cure(tmp_path: Path, capsys: Capture) -> None:
    document = json.loads(jurisdictions.examples()["ge/probationer"])
    document["data"]["consents"][0]["given"] = "2026-02-30"
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(document), "utf-8")
    err = _fails(["match", str(bad), "--jurisdiction", "ge", "--on", "2026-11-16"], 3, capsys)
    assert f"{bad}: data.consents[0].given: bad_date" in err
    assert "a day that exists in the calendar" in err


def test_an_inconsistent_case_names_the_place_in_its_document(
    tmp_path: Path, capsys: Capture
) -> None:
    document = json.loads(jurisdictions.examples()["ge/probationer"])
    document["data"]["needs_assessments"][0]["findings"][0]["level"] = "huge"
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(document), "utf-8")
    strictly = ["plan", str(bad), "--jurisdiction", "ge", "--on", "2026-11-16", "--strict"]
    err = _fails(strictly, 3, capsys)
    assert f"{bad}: data.needs_assessments[0].findings[0].level: unknown_value" in err


def test_a_plan_that_is_none_is_told_with_its_own_file(tmp_path: Path, capsys: Capture) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text("{}", "utf-8")
    err = _fails([*MOVE, "--plan", str(plan)], 3, capsys)
    assert f"{plan}: (top): wrong_type: found an object of 0 keys" in err


def test_bad_country_data_ends_with_code_4(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "pack.toml").write_text("id = 1", "utf-8")
    err = _fails(["jurisdictions", "check", str(tmp_path)], 4, capsys)
    assert "pack.toml: id: wrong_type" in err
    _fails(["match", XX_CASE, "--jurisdiction", "yy", "--on", "2026-11-21"], 4, capsys)


def test_a_move_that_is_not_allowed_ends_with_code_5_and_writes_nothing(
    tmp_path: Path, capsys: Capture
) -> None:
    refused = [argument.replace("conditional_release", "release") for argument in MOVE]
    files = ["--new-case", str(tmp_path / "case.json"), "--output", str(tmp_path / "moved.txt")]
    err = _fails([*refused, *files], 5, capsys)
    assert "Not allowed: Release at the end of the sentence" in err
    assert "x required: time left of the sentence: at most 0 days (found: 2028-03-01" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["match", "nowhere.json", "--jurisdiction", "xx", "--on", "2026-11-21"],
        ["match", "bundled:xx/nobody", "--jurisdiction", "xx", "--on", "2026-11-21"],
        [*MOVE, "--plan", "nowhere.json"],
    ],
    ids=["case", "bundled", "plan"],
)
def test_a_file_that_is_not_there_ends_with_code_6(arguments: list[str], capsys: Capture) -> None:
    _fails(arguments, 6, capsys)


def test_if_one_file_cannot_be_written_none_is(tmp_path: Path, capsys: Capture) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("kept", "utf-8")
    files = ["--new-case", str(tmp_path / "case.json"), "--output", str(in_the_way / "moved.txt")]
    _fails([*MOVE, *files], 6, capsys)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert in_the_way.read_text("utf-8") == "kept"


def test_it_runs_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "argv", ["rehabcore", "jurisdictions", "list"])
    monkeypatch.delitem(sys.modules, "rehabcore.__main__", raising=False)
    for rest_of_the_process in ("set_threshold", "freeze"):
        monkeypatch.setattr(gc, rest_of_the_process, lambda *_: None)
    with pytest.raises(SystemExit) as caught:
        runpy.run_path(rehabcore.__main__.__file__, run_name="__main__")
    assert caught.value.code == 0
    assert "xx@2026.2" in capsys.readouterr().out


def test_two_results_do_not_go_to_one_file(tmp_path: Path, capsys: Capture) -> None:
    same = str(tmp_path / "same.json")
    err = _fails([*MOVE, "--new-case", same, "--output", same], 2, capsys)
    assert "the same file" in err
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_file_is_not_replaced(tmp_path: Path, capsys: Capture) -> None:
    err = _fails([*MATCH, "--output", str(tmp_path)], 6, capsys)
    assert err == f"rehabcore: {tmp_path}: not a file that can be replaced\n"


def test_a_link_is_written_through_and_rights_stay(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    assert main([*MATCH, "--output", str(link)]) == 0
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("Programmes")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_day_for_which_a_law_is_not_on_file_is_told_of_the_rules_that_ask_it(
    capsys: Capture,
) -> None:
    early = ["match", XX_CASE, "--jurisdiction", "xx", "--on", "1919-12-31"]
    assert main(early) == 0
    out, err = capsys.readouterr()
    assert err == ""
    told = "the law, of which nothing is on file for these days, is met (a person has to judge; "
    assert out.count(f"? {told}can be answered by: the agency responsible") == 2
    assert "x Housing advice" in out


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("continuity", "Care that must not lapse, on 2026-11-01"),
        ("pathways", "Pathways of resettlement, on 2026-11-01"),
        ("release-plan", "Plan of the release, on 2026-11-01"),
    ],
)
def test_care_and_releases_are_told_on_demand(command: str, line: str, capsys: Capture) -> None:
    given = ["bundled:xx/therapeutic-community", "--jurisdiction", "xx", "--on", "2026-11-01"]
    assert main([command, *given]) == 0
    assert capsys.readouterr().out.startswith(line)
    assert main([command, *given, "--format", "json"]) == 0
    assert capsys.readouterr().out.startswith('{"schema":"')

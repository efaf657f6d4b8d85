"""Bad input is refused whole, with every problem, without a traceback and without a person's data.

``cases/bad/cases`` holds case files, ``cases/bad/countries`` country packs, each with the exact
problems in ``expected.json``. A folder of ``countries`` holds only what differs from ``_good``, or
from ``_good_overlay`` if its name says so; ``NAME.absent`` takes a file away.
"""

import contextlib
import hashlib
import io
import json
import re
import shutil
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore import casework, exchange, jurisdictions
from rehabcore.__main__ import main
from rehabcore.care.moves import MoveRequest, TransitionNotAllowed
from rehabcore.casework.decisions import Decision, replay
from rehabcore.casework.results import MatchResult, MoveResult, PlanResult, Result
from rehabcore.questions import CaseFacts
from rehabcore.records import Beneficiary, CaseFile, Consent, NeedsAssessment, Placement
from rehabcore.records.case_file import MOST_RECORDS
from rehabcore.reports import explain
from rehabcore.rules.criteria import comparisons
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.strict.documents import DEEPEST_INPUT, LARGEST_INPUT
from rehabcore.strict.problems import InputError, JurisdictionError, Problem
from rehabcore.strict.structure import MOST_ITEMS
from rehabcore.strict.vocabulary import BeneficiaryId, CaseId, DecisionOutcome, Setting, StaffId
from tests.kit.builders import filed

BAD = Path(__file__).parent / "cases" / "bad"
CASES, COUNTRIES = BAD / "cases", BAD / "countries"
EXPECTED_CASES: dict[str, list[list[str]]] = json.loads((CASES / "expected.json").read_text())
EXPECTED_COUNTRIES: dict[str, list[list[str]]] = json.loads(
    (COUNTRIES / "expected.json").read_text()
)
GOOD = (CASES / "_good.json").read_bytes()
XX = jurisdictions.load("xx")
ON = date(2026, 4, 1)
T = TypeVar("T")

BAD_INPUT, BAD_COUNTRY = 3, 4
"""The exit codes that the command line documents."""


def problems_of(document: str | bytes) -> tuple[Problem, ...]:
    """What is wrong with a case file, with paths of the document; it may be used if nothing is."""
    try:
        case = exchange.read(document, CaseFile)
    except InputError as error:
        return error.problems
    try:
        casework.check(case, XX)
    except InputError as error:
        with pytest.raises(InputError):
            casework.match(case, XX, on=ON)
        return tuple(problem.below("data") for problem in error.problems)
    casework.match(case, XX, on=ON)
    return ()


def codes_and_paths(problems: tuple[Problem, ...]) -> list[list[str]]:
    return [[problem.code, problem.path] for problem in problems]


def put(document: Any, path: str, value: object) -> None:
    """Put a value where a path such as ``consents[0].scope`` points."""
    *front, last = [name or int(index) for name, index in re.findall(r"(\w+)|\[(\d+)\]", path)]
    for step in front:
        document = document[step]
    document[last] = value


# --- golden case files --------------------------------------------------------------------


def test_there_are_enough_bad_files_and_all_are_listed() -> None:
    assert len(EXPECTED_CASES) >= 60
    assert len(EXPECTED_COUNTRIES) >= 30
    on_disk = {file.name for file in CASES.iterdir()}
    assert on_disk == {*EXPECTED_CASES, "_good.json", "expected.json"}
    folders = {folder.name for folder in COUNTRIES.iterdir()}
    assert folders == {*EXPECTED_COUNTRIES, "_good", "_good_overlay", "expected.json"}


def test_the_good_case_file_loads_and_matches_and_is_written_back() -> None:
    case = exchange.read(GOOD, CaseFile)
    assert problems_of(GOOD) == ()
    assert exchange.read(exchange.write(case), CaseFile) == case
    assert len(casework.match(case, XX, on=ON).offers) == len(XX.programs)
    assert casework.draft_plan(case, XX, on=ON).plan.goals


@pytest.mark.parametrize("name", EXPECTED_CASES)
def test_a_bad_case_file_is_refused_with_exactly_its_problems(name: str) -> None:
    problems = problems_of((CASES / name).read_bytes())
    assert codes_and_paths(problems) == EXPECTED_CASES[name]
    assert problems, "a bad case file must be bad"
    for problem in problems:
        assert problem.found
        assert problem.expected
        assert str(problem).isprintable()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param("events[0].happened_on", "1990-05-17", id="on-the-day-of-birth"),
        pytest.param("events[0].happened_on", "2024-02-29", id="on-a-leap-day"),
        pytest.param("events[0].filed.recorded_on", "2199-12-31", id="in-the-last-year"),
        pytest.param("legal_standings[0].span.end", "2024-01-11", id="span-of-one-day"),
        pytest.param("legal_standings[0].span.end", "unknown", id="end-not-recorded"),
        pytest.param("legal_standings[1].filed.source", "x", id="other-source"),
        pytest.param("sentences[0].end", "open", id="life-term"),
        pytest.param("sentences[0].earliest_release", "2024-01-10", id="released-at-once"),
        pytest.param("sentences[0].earliest_release", "2027-01-10", id="released-at-the-end"),
        pytest.param("needs_assessments[0].expires", "2025-06-02", id="valid-for-a-day"),
        pytest.param("consents[0].withdrawn", "2025-06-01", id="withdrawn-on-the-day"),
        pytest.param("enrolments[0].started_on", "2025-06-10", id="enrolled-when-referred"),
        pytest.param("completions[0].ended_on", "2025-07-01", id="ended-when-enrolled"),
        pytest.param("observations[1].filed.recorded_on", "2025-03-02", id="corrected-on-the-day"),
        pytest.param("beneficiary[0].birth_date", None, id="birth-date-not-known"),
        pytest.param("beneficiary[0].sex", None, id="sex-not-known"),
        pytest.param("beneficiary[0].birth_date", "1990-05-18", id="sources-differ"),
        pytest.param("risk_assessments[0].score", "-0.000001", id="score-below-nothing"),
        pytest.param("consents[0].scope", "ერთი კურსი; \u0000\u202e<b>", id="odd-text"),
    ],
)
def test_what_is_just_inside_the_limits_is_good(path: str, value: object) -> None:
    document = json.loads(GOOD)
    put(document["data"], path, value)
    assert problems_of(json.dumps(document)) == ()


def test_every_problem_that_a_case_file_can_have_occurs() -> None:
    occurring = {code for problems in EXPECTED_CASES.values() for code, _ in problems}
    generated = {"too_large", "too_deep"}
    assert occurring | generated == {
        *("not_json", "not_utf8", "not_a_number", "too_large", "too_deep", "repeated_key"),
        *("unknown_schema", "newer_schema", "unknown_key", "missing_key", "wrong_type"),
        *("unknown_value", "bad_date", "date_out_of_range", "out_of_range", "repeated_item"),
        *("ends_before_start", "one_of_two", "never_given", "duplicate_id", "dangling_id"),
        *("corrects_itself", "corrected_twice", "wrong_kind", "circle", "empty_group"),
        *("two_people", "contradicts_itself", "two_at_once", "before_birth"),
    }


# --- hostile size and depth ---------------------------------------------------------------


def with_records(**lists: str) -> str:
    """A small case file with lists of records given as JSON text."""
    languages = lists.pop("languages", '["en"]')
    person = f'{{"filed": {filing("p-1")}, "beneficiary_id": "p", "languages": {languages}}}'
    lists = {"case_id": '"c"', "beneficiary": f"[{person}]", **lists}
    data = ", ".join(f'"{name}": {records}' for name, records in lists.items())
    return f'{{"schema": "case/1", "data": {{{data}}}}}'


def filing(record_id: str) -> str:
    return f'{{"record_id": "{record_id}", "recorded_on": "2026-01-01", "source": "a"}}'


def sanctions(number: int) -> str:
    made = (
        f'{{"filed": {filing(f"e-{i}")}, "kind": "sanction", "happened_on": "2026-01-01"}}'
        for i in range(number)
    )
    return f"[{', '.join(made)}]"


def assessment(*found: str) -> str:
    """A confirmed assessment of needs: domains, each with its level."""
    findings = ", ".join(
        f'{{"domain": "{domain}", "level": "{level}"}}'
        for domain, level in zip(found[::2], found[1::2], strict=True)
    )
    return (
        f'[{{"filed": {filing("n-1")}, "instrument": "i", "assessed_on": "2026-01-01", '
        f'"expires": "open", "findings": [{findings}], "confirmed_by": "s"}}]'
    )


def noted(scope: str) -> str:
    """A consent whose free text is this JSON text."""
    return (
        f'[{{"filed": {filing("c-1")}, "purpose": "programme", "scope": "{scope}", '
        f'"given": "2026-01-01"}}]'
    )


DEEP = DEEPEST_INPUT
HOSTILE: dict[str, tuple[Callable[[], str], list[list[str]]]] = {
    "as-large-as-allowed": (lambda: with_records().ljust(LARGEST_INPUT), []),
    "one-character-too-large": (
        lambda: with_records().ljust(LARGEST_INPUT + 1),
        [["too_large", ""]],
    ),
    "lists-as-deep-as-allowed": (lambda: "[" * DEEP + "]" * DEEP, [["wrong_type", ""]]),
    "lists-one-too-deep": (lambda: "[" * (DEEP + 1) + "]" * (DEEP + 1), [["too_deep", ""]]),
    "objects-as-deep-as-allowed": (
        lambda: '{"a":' * DEEP + "1" + "}" * DEEP,
        [["unknown_schema", "schema"], ["missing_key", "data"], ["unknown_key", ""]],
    ),
    "objects-one-too-deep": (
        lambda: '{"a":' * (DEEP + 1) + "1" + "}" * (DEEP + 1),
        [["too_deep", ""]],
    ),
    "a-million-lists-never-closed": (lambda: "[" * 1_000_000, [["too_deep", ""]]),
    "closed-before-opened": (lambda: "]" * 1_000 + "[" * 1_000, [["not_json", ""]]),
    "too-deep-behind-a-text": (lambda: '["\\\\", ' + "[" * DEEP, [["too_deep", ""]]),
    "brackets-in-a-text-are-no-depth": (
        lambda: with_records(consents=noted("[{" * 1_000 + '\\"' + "[{" * 1_000)),
        [],
    ),
    "a-text-of-two-million": (lambda: with_records(consents=noted("x" * 2_000_000)), []),
    "a-text-never-closed": (lambda: '"' + "x" * 2_000_000, [["not_json", ""]]),
    "a-million-escaped-quotes": (lambda: '"' + '\\"' * 1_000_000, [["not_json", ""]]),
    "a-million-lines-with-a-quote": (lambda: '"\n' * 1_000_000, [["not_json", ""]]),
    "a-number-of-a-million-digits": (lambda: "9" * 1_000_000, [["not_a_number", ""]]),
    "a-fraction-of-a-million-digits": (
        lambda: with_records(events="1" * 1_000_000 + ".5"),
        [["wrong_type", "data.events"]],
    ),
    "as-many-records-as-allowed": (lambda: with_records(events=sanctions(MOST_RECORDS - 1)), []),
    "one-record-too-many": (
        lambda: with_records(events=sanctions(MOST_RECORDS)),
        [["too_large", "data"]],
    ),
    "one-item-too-many": (
        lambda: with_records(events=json.dumps([None] * (MOST_ITEMS + 1))),
        [["too_large", "data.events"]],
    ),
    "a-million-records-that-are-null": (
        lambda: with_records(events=json.dumps([None] * 1_000_000)),
        [["too_large", "data.events"]],
    ),
    "a-million-languages": (
        lambda: with_records(languages=json.dumps([1] * 1_000_000)),
        [["too_large", "data.beneficiary[0].languages"]],
    ),
    "fifty-thousand-findings": (
        lambda: with_records(needs_assessments=assessment(*"dx" * 50_000)),
        [["too_large", "data.needs_assessments[0].findings"]],
    ),
    "a-key-repeated-a-million-times": (
        lambda: '{"schema":"case/1","data":{"a":1' + ',"a":1' * 999_999 + "}}",
        [
            ["repeated_key", "data"],
            ["missing_key", "data.case_id"],
            ["missing_key", "data.beneficiary"],
            ["unknown_key", "data"],
        ],
    ),
    "as-many-keys-as-allowed": (
        lambda: with_records(**{f"x{i}": "1" for i in range(MOST_ITEMS - 2)}),
        [["unknown_key", "data"]] * (MOST_ITEMS - 2),
    ),
    "one-key-too-many": (
        lambda: with_records(**{f"x{i}": "1" for i in range(MOST_ITEMS - 1)}),
        [["too_large", "data"]],
    ),
    "a-repeated-key-behind-many": (
        lambda: with_records(**{f"x{i}": '1, "x": 1' for i in range(200_000)}),
        [["too_large", "data"]],
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_size_and_depth_are_bounded(name: str) -> None:
    make, expected = HOSTILE[name]
    assert codes_and_paths(problems_of(make())) == expected


def test_as_many_null_records_as_allowed_are_all_told() -> None:
    problems = problems_of(with_records(events=json.dumps([None] * MOST_ITEMS)))
    assert codes_and_paths(problems) == [
        ["wrong_type", f"data.events[{index}]"] for index in range(MOST_ITEMS)
    ]


def test_the_text_of_an_error_stays_short_however_many_problems_there_are() -> None:
    with pytest.raises(InputError) as caught:
        exchange.read(with_records(events=json.dumps([None] * MOST_ITEMS)), CaseFile)
    text = str(caught.value)
    assert text.startswith(f"{MOST_ITEMS} problems\n")
    assert len(text.splitlines()) < 300


# --- golden country packs -----------------------------------------------------------------


def build(folder: Path, name: str) -> Path:
    """A pack as a folder: the good one, changed as the folder ``name`` says."""
    good = "_good_overlay" if "-overlay-" in name else "_good"
    shutil.copytree(COUNTRIES / good, folder)
    for file in (COUNTRIES / name).iterdir():
        if file.suffix == ".absent":
            (folder / file.stem).unlink()
        else:
            shutil.copy(file, folder / file.name)
    return folder


@pytest.mark.parametrize(("name", "programs"), [("_good", 3), ("_good_overlay", 8)])
def test_the_good_packs_load_and_match(name: str, programs: int) -> None:
    country = jurisdictions.load(COUNTRIES / name)
    case = exchange.read(with_records(), CaseFile)
    assert len(casework.match(case, country, on=ON).offers) == programs


@pytest.mark.parametrize("name", EXPECTED_COUNTRIES)
def test_a_bad_country_is_refused_with_exactly_its_problems(name: str, tmp_path: Path) -> None:
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(build(tmp_path / "pack", name))
    problems = caught.value.problems
    found = [[problem.file, problem.code, problem.path] for problem in problems]
    assert found == EXPECTED_COUNTRIES[name]
    for problem in problems:
        assert problem.found
        assert problem.expected
        assert str(problem).isprintable()


@pytest.mark.parametrize(
    ("file", "right", "also_right"),
    [
        pytest.param("programs.toml", "at_least = 2\n", "at_least = 3\n", id="all-of-three"),
        pytest.param("programs.toml", "at_least = 2\n", "at_least = 1\n", id="one-of-three"),
        pytest.param("programs.toml", '"open"', "2021-01-02", id="in-force-for-a-day"),
        pytest.param("programs.toml", "sessions = 10", "sessions = 1", id="one-session"),
        pytest.param("programs.toml", "2021-01-01", "1850-01-01", id="in-the-first-year"),
        pytest.param(
            "programs.toml", '"work_start"]\nsettings', "]\nsettings", id="no-prerequisite"
        ),
        pytest.param("rules.toml", '"18 years"', '"200 years"', id="the-longest-term"),
        pytest.param("rules.toml", '"18 years"', '"0 days"', id="the-shortest-term"),
        pytest.param("rules.toml", "[rules.consents]\n", "[rules.consents]\nstatus = 'draft'\n"),
        pytest.param("plan.toml", 'review_every = "6 months"\n', "", id="no-review-stated"),
        pytest.param(
            "moves.toml", "[[moves]]", f"# {'[' * 100}\n[[moves]]", id="brackets-in-comment"
        ),
    ],
)
def test_what_is_just_inside_the_limits_of_a_country_is_good(
    file: str, right: str, also_right: str, tmp_path: Path
) -> None:
    folder = build(tmp_path / "pack", "_good")
    text = (folder / file).read_text()
    assert right in text
    (folder / file).write_text(text.replace(right, also_right, 1))
    assert jurisdictions.load(folder).packs[-1] == "zz@2026.1"


def test_every_file_of_a_pack_is_bad_somewhere() -> None:
    files = {file for problems in EXPECTED_COUNTRIES.values() for file, _, _ in problems}
    assert files >= {
        *("pack.toml", "sources.toml", "glossary.toml", "rules.toml", "programs.toml"),
        *("entry.toml", "plan.toml", "moves.toml"),
    }


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param('a = "x"'.ljust(LARGEST_INPUT), ["unknown_key"], id="as-large-as-allowed"),
        pytest.param('a = "x"'.ljust(LARGEST_INPUT + 1), ["too_large"], id="one-too-large"),
        pytest.param(f"a = {'[' * 50_000}", ["too_deep"], id="lists-never-closed"),
        pytest.param(f"a = {'[' * 5_000}{']' * 5_000}", ["too_deep"], id="lists-too-deep"),
        pytest.param(f"# {']' * 5_000}\na = {'[' * 5_000}", ["too_deep"], id="closed-in-a-comment"),
        pytest.param(f"a = ['\"', {'[' * 5_000}, '\"']", ["too_deep"], id="between-quotes"),
        pytest.param(f"{'.'.join('a' * 50_000)} = 1", ["too_deep"], id="dotted-key"),
        pytest.param(f'a = "{chr(92)}"' * 500_000, ["not_toml"], id="a-million-quotes"),
        pytest.param(f"a = 0x{'f' * 1_000_000}", ["unknown_key"], id="a-million-hex-digits"),
    ],
)
def test_hostile_toml_is_bounded(text: str, codes: list[str], tmp_path: Path) -> None:
    folder = build(tmp_path / "pack", "_good")
    with (folder / "plan.toml").open("w", encoding="utf-8") as file:
        file.write(text)
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(folder)
    assert [problem.code for problem in caught.value.problems] == codes
    assert {problem.file for problem in caught.value.problems} == {"plan.toml"}


def test_a_folder_that_is_not_there_is_a_missing_pack(tmp_path: Path) -> None:
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(tmp_path / "nowhere")
    assert [(p.file, p.code) for p in caught.value.problems] == [("pack.toml", "missing_file")]


@pytest.mark.parametrize("name", ["atlantis", "", "../xx", "XX", "__import__('os')"])
def test_a_country_that_is_not_bundled_is_refused(name: str) -> None:
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(name)
    assert [problem.code for problem in caught.value.problems] == ["unknown_jurisdiction"]


# --- the command line ---------------------------------------------------------------------


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


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_the_command_line_tells_all_problems_of_a_case_file_and_writes_nothing(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_bytes(marked((CASES / name).read_bytes()))
    output = tmp_path / "result.json"
    arguments = [*asking("match", file), "--format", "json", "--output", str(output)]
    said = refused(arguments, BAD_INPUT, tmp_path, capsys)
    assert_all_told(said, EXPECTED_CASES[name], str(file))
    assert_nothing_marked(said)


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
        pytest.param(b'{"schema": "plan/2"}', [["newer_schema", "schema"]], id="newer-plan"),
        pytest.param(
            b'{"schema": "plan/1", "data": {"plan": [], "grounds": 1}}',
            [["wrong_type", "data.grounds"], ["wrong_type", "data.plan"]],
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
    missing_data = [["missing_key", "data"]] if b'"data"' not in text and text else []
    assert_all_told(said, [*expected, *missing_data], str(plan))


@pytest.mark.parametrize("name", EXPECTED_COUNTRIES)
def test_the_command_line_tells_all_problems_of_a_country_and_writes_nothing(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = build(tmp_path / "pack", name)
    said = refused(["jurisdictions", "check", str(folder)], BAD_COUNTRY, tmp_path, capsys)
    assert_all_told_of_a_country(said, EXPECTED_COUNTRIES[name])


def assert_all_told_of_a_country(said: str, expected: list[list[str]]) -> None:
    assert said.startswith(f"rehabcore: country data: {len(expected)} problem")
    for line, (file, code, path) in zip(said.splitlines()[1:], expected, strict=True):
        assert line.startswith(f"  {file}: {path or '(top)'}: {code}: found ")


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
    assert "ge, ge-example, xx" in said


# --- privacy ------------------------------------------------------------------------------

MARKS = {
    b'"case-1"': b'"nino-beridze-1"',
    b'"person-1"': b'"nino-beridze"',
    b'"person-2"': b'"nino-beridze-2"',
    b"one course": b"Nino Beridze",
    b'"staff-1"': b'"01024068532"',
    b"1990-05-17": b"1987-11-23",
    b"1990-05-18": b"1987-11-24",
    b"1990-05-16": b"1987-11-22",
    b'"prison-1"': b'"beridze-prison"',
    b'"court-1"': b'"beridze-court"',
    b'"p-1"': b'"beridze-p"',
    b'"s-1"': b'"beridze-s"',
    b'"r-1"': b'"beridze-r"',
    b'"en-1"': b'"beridze-en"',
    b'"o-1"': b'"beridze-o"',
    b'"e-2"': b'"beridze-e"',
    b'"colour"': b'"Nino Beridze"',
}
"""What stands for a person in the golden files, and unmistakable values to put in its place."""

MARK = re.compile(r"nino|beridze|1024068532|1987", re.IGNORECASE)


def marked(document: bytes) -> bytes:
    """The document with unmistakable values in its identifying and free-text fields."""
    for plain, mark in MARKS.items():
        document = document.replace(plain, mark)
    return document


def assert_nothing_marked(text: str) -> None:
    assert not MARK.search(text), text


def assert_tells_nothing(error: InputError) -> None:
    assert_nothing_marked(str(error))
    assert_nothing_marked(repr(error))
    assert_nothing_marked(repr(error.problems))
    assert_nothing_marked("".join(traceback.format_exception(error)))


def test_the_marks_are_in_the_good_case_file_and_do_no_harm() -> None:
    found = {mark.lower() for mark in MARK.findall(marked(GOOD).decode())}
    assert found == {"nino", "beridze", "1024068532", "1987"}
    assert problems_of(marked(GOOD)) == ()


@pytest.mark.parametrize("name", EXPECTED_CASES)
def test_no_problem_of_a_case_file_tells_who_it_is_about(name: str) -> None:
    with pytest.raises(InputError) as caught:
        casework.check(exchange.read(marked((CASES / name).read_bytes()), CaseFile), XX)
    assert_tells_nothing(caught.value)
    told = [problem.code for problem in caught.value.problems]
    assert told == [code for code, _ in EXPECTED_CASES[name]]


PERSONAL_FIELDS = [
    "case_id",
    "beneficiary",
    "beneficiary[0]",
    "beneficiary[0].filed",
    "beneficiary[0].beneficiary_id",
    "beneficiary[0].birth_date",
    "beneficiary[0].sex",
    "beneficiary[0].languages",
    "beneficiary[0].languages[0]",
    "consents[0].scope",
    "needs_assessments[0].instrument",
    "risk_assessments[0].instrument",
    "needs_assessments[0].confirmed_by",
    "risk_assessments[0].confirmed_by",
    "placements[0].holder",
    "placements[0].institution",
    "sentences[0].filed.record_id",
    "sentences[0].filed.source",
    "observations[1].filed.corrects",
    "retractions[0].filed.corrects",
    "enrolments[0].referral",
    "completions[0].enrolment",
    "events",
    "events[0]",
    "legal_standings[0].span",
    "needs_assessments[0].findings",
]
PERSONAL_VALUES: dict[str, Any] = {
    "name": "Nino Beridze",
    "name-like-a-code": "nino-beridze",
    "number-as-text": "01024068532",
    "number": 1024068532,
    "fraction": 1024068532.5,
    "birth-date": "1987-11-23",
    "impossible-date": "1987-11-32",
    "birth-date-as-number": 19871123,
    "list": ["nino-beridze", 1024068532],
    "object": {"nino-beridze": "nino-beridze"},
}


def read_and_match(document: Any) -> None:
    casework.match(exchange.read(json.dumps(document), CaseFile), XX, on=ON)


@pytest.mark.parametrize("value", PERSONAL_VALUES)
@pytest.mark.parametrize("path", PERSONAL_FIELDS)
def test_a_personal_value_is_never_told_be_it_right_or_wrong(path: str, value: str) -> None:
    document = json.loads(GOOD)
    put(document["data"], path, PERSONAL_VALUES[value])
    document["data"]["Nino Beridze"] = "Nino Beridze"
    with pytest.raises(InputError) as caught:
        read_and_match(document)
    assert "unknown_key" in str(caught.value)
    assert_tells_nothing(caught.value)


@pytest.mark.parametrize("value", PERSONAL_VALUES)
@pytest.mark.parametrize("path", PERSONAL_FIELDS)
def test_a_personal_value_is_not_told_where_records_are_at_odds(path: str, value: str) -> None:
    document = json.loads(GOOD)
    document["data"]["legal_standings"][0]["span"]["end"] = "open"
    put(document["data"], path, PERSONAL_VALUES[value])
    with pytest.raises(InputError) as caught:
        read_and_match(document)
    assert_tells_nothing(caught.value)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param('"nino-beridze"', id="only-a-name"),
        pytest.param("nino-beridze", id="no-json"),
        pytest.param("1024068532", id="only-a-number"),
        pytest.param("[1024068532]", id="list"),
        pytest.param('{"schema": "case/1", "data": "nino-beridze"}', id="name-for-data"),
        pytest.param('{"schema": "case/1", "data": 1024068532}', id="number-for-data"),
        pytest.param('{"schema": "case/1", "Nino Beridze": 1}', id="name-for-a-key"),
        pytest.param('{"Nino Beridze": {"a": 1, "a": 2}}', id="name-above-a-repeated-key"),
        pytest.param('{"nino-beridze": {"a": 1, "a": 2}}', id="code-above-a-repeated-key"),
        pytest.param('{"Nino Beridze": 1, "Nino Beridze": 2}', id="repeated-name"),
        pytest.param('{"nino-beridze": 1, "nino-beridze": 2}', id="repeated-code"),
    ],
)
def test_a_document_that_is_no_case_file_is_not_quoted(document: str) -> None:
    with pytest.raises(InputError) as caught:
        exchange.read(document, CaseFile)
    assert_tells_nothing(caught.value)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: CaseFile(case_id=1024068532, beneficiary=()), id="case"),  # type: ignore[arg-type]
        pytest.param(
            lambda: Beneficiary(filed=filed("p"), beneficiary_id=1024068532),  # type: ignore[arg-type]
            id="person",
        ),
        pytest.param(
            lambda: Beneficiary(
                filed=filed("p"),
                beneficiary_id=BeneficiaryId("nino-beridze"),
                birth_date="1987-11-23",  # type: ignore[arg-type]
                languages=frozenset({1024068532}),  # type: ignore[arg-type]
            ),
            id="particulars",
        ),
        pytest.param(
            lambda: Consent(filed=filed("c"), purpose="x", scope=["nino-beridze"]),  # type: ignore[arg-type]
            id="consent",
        ),
        pytest.param(
            lambda: NeedsAssessment(
                filed=filed("n"),
                instrument="i",
                assessed_on=date(2026, 1, 1),
                expires=OPEN,
                findings=(),
                confirmed_by=StaffId("nino\ud800beridze"),
            ),
            id="assessment",
        ),
        pytest.param(
            lambda: Placement(
                filed=filed("1987", source=""),
                setting=Setting.CUSTODY,
                span=Span(date(2026, 1, 1), OPEN),
                holder="nino-beridze",
            ),
            id="placement",
        ),
    ],
)
def test_a_record_made_in_python_tells_nothing_personal_either(
    make: Callable[[], object],
) -> None:
    with pytest.raises(InputError) as caught:
        make()
    assert_nothing_marked(str(caught.value))
    assert_nothing_marked(repr(caught.value.problems))


# What ``repr`` must hide: the person. Ids of records, offices and days of other records it shows.
IDENTIFYING = {
    "case-xx-1": "nino-beridze-1",
    "person-xx-1": "nino-beridze",
    "1994-02-28": "1987-11-23",
    "psychologist-7": "01024068532",
    '"purpose": "programme",': '"purpose": "programme", "scope": "Nino Beridze",',
}


def marked_example() -> CaseFile:
    text = jurisdictions.examples()["xx/therapeutic-community"]
    for plain, mark in IDENTIFYING.items():
        assert plain in text
        text = text.replace(plain, mark)
    return exchange.read(text, CaseFile)


def move_of(case: CaseFile, move_id: str) -> MoveResult:
    plan = casework.draft_plan(case, XX, on=date(2026, 11, 16)).plan
    request = MoveRequest(
        move_id=move_id,
        on=date(2026, 11, 16),
        to_holder="probation-2",
        source="prison-1",
        recorded_on=date(2026, 11, 16),
        record_prefix="m-1",
    )
    return casework.move(case, plan, XX, request)


def test_no_repr_shows_who_it_is_about() -> None:
    case, on = marked_example(), date(2026, 11, 16)
    match = casework.match(case, XX, on=on)
    moved = move_of(case, "conditional_release")
    cells = CaseFacts(case)
    asked = {leaf.asked for offer in match.offers for leaf in comparisons(offer.verdict.criterion)}
    shown: list[object] = [
        *(record for _, record in case.entries()),
        case,
        match,
        casework.draft_plan(case, XX, on=on),
        moved,
        moved.hand_over,
        *(offer.verdict for offer in match.offers),
        cells,
        *(cells.timeline(one) for one in asked),
        *(cells.on(on)(one) for one in asked),
    ]
    assert {"age", "languages"} <= {one.fact.name for one in asked}
    for thing in shown:
        assert_nothing_marked(repr(thing))
        assert_nothing_marked(str(thing))


def test_the_repr_of_a_person_says_neither_sex_nor_language_nor_birth() -> None:
    (person,) = marked_example().beneficiary
    assert repr(person) == f"Beneficiary(filed={person.filed!r})"


def test_a_refused_move_does_not_tell_who_was_to_be_moved() -> None:
    with pytest.raises(TransitionNotAllowed) as caught:
        move_of(marked_example(), "release")
    assert_nothing_marked(str(caught.value))
    assert_nothing_marked(repr(caught.value))
    assert_nothing_marked(repr(caught.value.verdict))


def proofs_of(fact: str, criterion: Any, proof: Any) -> Iterator[Any]:
    """The proofs of the comparisons of a fact, in a result as plain data."""
    if criterion.get("fact") == fact:
        yield proof
    parts = criterion.get("all") or criterion.get("any") or criterion.get("of") or ()
    parts = [criterion["not"]] if "not" in criterion else parts
    for part, below in zip(parts, proof.get("parts", ()), strict=True):
        yield from proofs_of(fact, part, below)


@pytest.mark.parametrize("value", PERSONAL_VALUES)
@pytest.mark.parametrize("fact", ["age", "languages"])
def test_a_result_with_a_wrong_cell_is_refused_without_telling_it(fact: str, value: str) -> None:
    result = casework.match(marked_example(), XX, on=date(2026, 11, 16))
    document = json.loads(exchange.write(result))
    for offer in document["data"]["offers"]:
        verdict = offer["verdict"]
        for proof in proofs_of(fact, verdict["criterion"], verdict["proof"]):
            proof["cell"]["value"] = PERSONAL_VALUES[value]
            proof["cell"]["nino-beridze"] = 1
    with pytest.raises(InputError) as caught:
        exchange.read(json.dumps(document), MatchResult)
    assert_tells_nothing(caught.value)


@pytest.mark.parametrize("value", [1024068532, ["nino-beridze"], {"nino": 1}, None])
@pytest.mark.parametrize(
    ("kind", "paths"),
    [
        (MatchResult, ["case_id"]),
        (PlanResult, ["plan.case_id", "plan.holder"]),
        (MoveResult, ["plan.case_id", "hand_over.case_id", "hand_over.to_holder", "case.case_id"]),
    ],
)
def test_a_result_with_a_wrong_case_id_is_refused_without_telling_it(
    kind: Any, paths: list[str], value: object
) -> None:
    case = marked_example()
    made: dict[Any, Callable[[], Result]] = {
        MatchResult: lambda: casework.match(case, XX, on=date(2026, 11, 16)),
        PlanResult: lambda: casework.draft_plan(case, XX, on=date(2026, 11, 16)),
        MoveResult: lambda: move_of(case, "conditional_release"),
    }
    document = json.loads(exchange.write(made[kind]()))
    for path in paths:
        put(document["data"], path, value)
    with pytest.raises(InputError) as caught:
        exchange.read(json.dumps(document), kind)
    assert {problem.path for problem in caught.value.problems} == {f"data.{p}" for p in paths}
    assert_tells_nothing(caught.value)


# --- whatever it may be -------------------------------------------------------------------

ODD_VALUES: list[Any] = [
    *(None, True, False, 0, -1, 1.5, 10**30, float("nan"), float("inf")),
    *("", "x", "open", "unknown", "never", "2026-02-30", "2026-01-01", "1850-01-01", "2199-12-31"),
    *("NaN", "12.5", "18 years", "\ud800", "\x00", "p-1", "e-1", "o-2", "case/2"),
    *([], {}, [[]], [{}], ["x"], [["x"]], {"en": "x"}, {"fact": "age"}, {"all": []}),
]


def places(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in plain data below the top."""
    if path:
        yield path
    pairs: Any = ()
    if isinstance(document, dict):
        pairs = document.items()
    elif isinstance(document, list):
        pairs = enumerate(document)
    for key, value in pairs:
        yield from places(value, (*path, key))


def disturb(draw: st.DrawFn, document: Any) -> Any:
    """The document with one or more values replaced, left out, doubled or swapped for another."""
    for _ in range(draw(st.integers(1, 3))):
        *front, last = draw(st.sampled_from(list(places(document))))
        parent = document
        for step in front:
            parent = parent[step]
        match draw(st.sampled_from(["replace", "leave out", "double", "add"])):
            case "leave out":
                del parent[last]
            case "double" if isinstance(parent, list):
                parent.append(parent[last])
            case "add" if isinstance(parent, dict):
                parent[draw(st.sampled_from(["corrects", "value", "zzz", "in_force", "of"]))] = (
                    draw(st.sampled_from(ODD_VALUES))
                )
            case _:
                parent[last] = draw(st.sampled_from(ODD_VALUES))
        if not list(places(document)):
            break
    return document


@st.composite
def disturbed_cases(draw: st.DrawFn) -> str:
    return json.dumps(disturb(draw, json.loads(GOOD)))


SMALL = jurisdictions.load(COUNTRIES / "_good")
PLAN = exchange.write(
    casework.draft_plan(
        exchange.read(with_records(needs_assessments=assessment("work", "high")), CaseFile),
        SMALL,
        on=ON,
    )
)


DECISION = exchange.write(
    casework.decide(
        exchange.read(with_records(needs_assessments=assessment("work", "high")), CaseFile),
        SMALL,
        SMALL.programs[0].program_id,
        on=ON,
        known_at=ON,
        decided_by=StaffId("officer-17"),
        decided_on=ON,
        outcome=DecisionOutcome.DEFERRED,
        why="No group begins this month.",
        review_on=date(2026, 6, 1),
    )
)


@st.composite
def disturbed_decisions(draw: st.DrawFn) -> str:
    """A decision of which something was altered, with the hash made anew."""
    document = json.loads(DECISION)
    del document["sha256"]
    document = disturb(draw, document)
    plain = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    document["sha256"] = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
    return json.dumps(document)


@st.composite
def disturbed_plans(draw: st.DrawFn) -> str:
    return json.dumps(disturb(draw, json.loads(PLAN)))


def repetitive(document: str) -> Iterator[tuple[str, str]]:
    """The document with the first key of an object given twice, for each sort of object in it."""
    sorts = {
        ".".join(step for step in path if isinstance(step, str)): path
        for path in [(), *places(json.loads(document))]
    }
    for sort, path in sorts.items():
        plain = json.loads(document)
        at: Any = plain
        for step in path:
            at = at[step]
        if isinstance(at, dict) and at:
            first = next(iter(at))
            at["given again"] = at[first]
            yield sort, json.dumps(plain).replace("given again", first)


@pytest.mark.parametrize(
    ("document", "kind"),
    [(GOOD.decode(), CaseFile), (PLAN, PlanResult), (DECISION, Decision)],
    ids=["case", "plan", "decision"],
)
def test_a_repeated_key_is_refused_wherever_it_stands(document: str, kind: Any) -> None:
    told = {}
    for path, repeated in repetitive(document):
        with contextlib.suppress(InputError):
            told[path] = exchange.read(repeated, kind)
    assert list(told) == []


def unless_refused(make: Callable[..., T], *arguments: Any, **named: Any) -> T | None:
    """What ``make`` gives; None if it refuses with problems."""
    try:
        return make(*arguments, **named)
    except (InputError, JurisdictionError) as error:
        if not error.problems:
            raise
    return None


@given(disturbed_cases())
def test_whatever_a_case_file_holds_it_is_used_or_refused_never_a_crash(document: str) -> None:
    case = unless_refused(exchange.read, document, CaseFile)
    if case is not None:
        assert exchange.read(exchange.write(case), CaseFile) == case
        result = unless_refused(casework.match, case, XX, on=ON)
        assert result is None or exchange.read(exchange.write(result), MatchResult) == result


@given(disturbed_plans())
def test_whatever_a_plan_file_holds_it_is_explained_or_refused_never_a_crash(
    document: str,
) -> None:
    plan = unless_refused(exchange.read, document, PlanResult)
    if plan is not None:
        assert explain(plan)
        assert exchange.read(exchange.write(plan), PlanResult) == plan


@given(disturbed_decisions())
def test_whatever_a_decision_holds_it_is_compared_or_refused_never_a_crash(document: str) -> None:
    decision = unless_refused(exchange.read, document, Decision)
    if decision is not None:
        assert replay(decision) == decision.verdict
        assert exchange.read(exchange.write(decision), Decision) == decision
        assert explain(decision)
        case = exchange.read(GOOD, CaseFile)
        compared = unless_refused(casework.compare, decision, case, SMALL)
        assert compared is None or explain(compared)


@given(st.data())
def test_whatever_bytes_a_case_file_has_it_is_used_or_refused_never_a_crash(
    data: st.DataObject,
) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    length = data.draw(st.integers(0, 40))
    document = GOOD[:start] + data.draw(st.binary(max_size=8)) + GOOD[start + length :]
    for problem in problems_of(document):
        assert problem.code


LINES = [
    (file.name, index)
    for file in sorted((COUNTRIES / "_good").iterdir())
    for index in range(len(file.read_text().splitlines()))
]
ODD_LINES = [
    *("", "]", "}", "[[programs]]", "[rules.x]", "x = 1", "id = 0xffffffffffffffffffff", "of = []"),
    *('fact = "age"', "at_least = 1", "all = [{}]", 'not = { rule = "adult" }', "title = {}"),
    *("in_force = { start = 2020-01-01, end = 2019-01-01 }", "cite = [[]]", 'status = "reviewed"'),
    *("values = []", 'absence = "none"', "draft = [[]]", 'extends = "xx"', "dated = nan"),
]


@given(
    changes=st.lists(
        st.tuples(st.sampled_from(LINES), st.sampled_from(ODD_LINES), st.booleans()),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_a_pack_holds_it_is_sound_or_refused_never_a_crash(
    changes: list[tuple[tuple[str, int], str, bool]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = build(tmp_path_factory.mktemp("packs") / "pack", "_good")
    for (name, index), line, instead in changes:
        lines = (folder / name).read_text().splitlines()
        lines[index : index + instead] = [line]
        (folder / name).write_text("\n".join(lines))
    country = unless_refused(jurisdictions.load, folder)
    if country is not None:
        case = CaseFile(
            case_id=CaseId("c"),
            beneficiary=(Beneficiary(filed=filed("p"), beneficiary_id=BeneficiaryId("p")),),
        )
        assert explain(casework.match(case, country, on=ON))

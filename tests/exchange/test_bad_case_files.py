"""Bad case files are refused whole, with every problem, however large or deep they are."""

import json
from collections.abc import Callable
from itertools import chain

import pytest

from rehabcore import casework, exchange
from rehabcore.records import CaseFile
from rehabcore.records.case_file import MOST_RECORDS
from rehabcore.strict.documents import DEEPEST_INPUT, LARGEST_INPUT, MOST_ITEMS
from rehabcore.strict.problems import MOST_TOLD, InputError
from tests.kit.bad_files import (
    CASES,
    COUNTRIES,
    EXPECTED_CASES,
    EXPECTED_COUNTRIES,
    GOOD,
    ON,
    XX,
    assessment,
    codes_and_paths,
    noted,
    problems_of,
    put,
    sanctions,
    with_records,
)

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
    assert casework.plan(case, XX, on=ON).content.goals


def test_every_bad_case_file_is_refused_with_exactly_its_problems() -> None:
    found = {name: problems_of((CASES / name).read_bytes()) for name in EXPECTED_CASES}
    assert {name: codes_and_paths(problems) for name, problems in found.items()} == EXPECTED_CASES
    assert all(found.values()), "a bad case file must be bad"
    for problem in chain.from_iterable(found.values()):
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
        [["wrong_type", ""]],
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
    "one-record-too-many": (
        lambda: with_records(events=sanctions(MOST_RECORDS)),
        [["too_large", "data"]],
    ),
    "one-item-too-many": (
        lambda: with_records(events=json.dumps([None] * (MOST_ITEMS + 1))),
        [["too_large", "data"]],
    ),
    "a-million-records-that-are-null": (
        lambda: with_records(events=json.dumps([None] * 1_000_000)),
        [["too_large", "data"]],
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
        [["unknown_key", "data"]] * MOST_TOLD,
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


def test_a_file_with_as_many_records_as_allowed_is_read() -> None:
    case = exchange.read(with_records(events=sanctions(MOST_RECORDS - 1)), CaseFile)
    assert len(case.events) == MOST_RECORDS - 1


def test_of_many_wrong_records_the_first_problems_are_told_and_the_others_counted() -> None:
    with pytest.raises(InputError) as caught:
        exchange.read(with_records(events=json.dumps([None] * (MOST_RECORDS - 1))), CaseFile)
    assert codes_and_paths(caught.value.problems) == [
        ["wrong_type", f"data.events[{index}]"] for index in range(MOST_TOLD)
    ]
    assert caught.value.more == MOST_RECORDS - 1 - MOST_TOLD
    text = str(caught.value)
    assert text.startswith(f"{MOST_RECORDS - 1} problems\n")
    assert len(text.splitlines()) == 1 + MOST_TOLD + 1

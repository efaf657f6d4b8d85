"""Golden cases: what a pack expects of its case files, how it is read, compared and written."""

import shutil
from datetime import date
from pathlib import Path

import attrs
import pytest

from rehabcore import exchange, jurisdictions
from rehabcore.jurisdictions.golden_cases import (
    ExpectedAnswer,
    GoldenCase,
    UnexpectedAnswer,
    expected_text,
    golden_cases,
    unexpected_answers,
)
from rehabcore.records import CaseFile
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError, JurisdictionError
from rehabcore.strict.vocabulary import ProgramId

PACKS = Path(jurisdictions.__file__).parent / "packs"
DAY = date(2026, 11, 21)
DROP_IN = ExpectedAnswer(on=DAY, program_id=ProgramId("drop_in"), answer=Answer.MET)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The cases of ``xx``, in a folder of one's own."""
    shutil.copytree(PACKS / "xx" / "cases", tmp_path / "cases")
    return tmp_path


def _expecting(folder: Path, text: str, name: str = "individual-plan") -> None:
    folder.joinpath("cases", f"{name}.expected.json").write_text(text, "utf-8")


def _compared(golden: GoldenCase, country: str) -> tuple[UnexpectedAnswer, ...]:
    case = exchange.read(golden.case, CaseFile)
    return unexpected_answers(golden, case, jurisdictions.load(country))


@pytest.mark.parametrize("country", ["ge", "xx"])
def test_the_golden_cases_of_a_bundled_country_are_answered_as_expected(country: str) -> None:
    found = golden_cases(country)
    assert len(found) == 2
    assert [_compared(one, country) for one in found] == [(), ()]


def test_a_golden_case_is_no_further_example() -> None:
    assert [name for name in jurisdictions.examples() if name.startswith("xx/")] == [
        "xx/individual-plan",
        "xx/therapeutic-community",
    ]


def test_a_pack_without_cases_has_no_golden_ones(tmp_path: Path) -> None:
    assert golden_cases(tmp_path) == ()
    assert golden_cases("md") == ()


def test_another_answer_is_told_with_the_one_that_is_expected(folder: Path) -> None:
    _, golden = golden_cases(folder)
    wrong = attrs.evolve(DROP_IN, answer=Answer.UNKNOWN)
    [found] = _compared(attrs.evolve(golden, expected=(DROP_IN, wrong)), "xx")
    assert found == UnexpectedAnswer(expected=wrong, answer=Answer.MET)
    assert str(found) == "drop_in on 2026-11-21: expected unknown, found met"


def test_an_answer_is_expected_only_of_a_programme_of_the_country(folder: Path) -> None:
    golden, _ = golden_cases(folder)
    strange = attrs.evolve(DROP_IN, program_id=ProgramId("dropp_in"))
    with pytest.raises(InputError, match=r'found "dropp_in"; expected .*: drop_in, or another'):
        _compared(attrs.evolve(golden, expected=(strange,)), "xx")


@pytest.mark.parametrize("country", ["ge", "xx"])
def test_what_is_expected_is_written_as_it_was_read(country: str) -> None:
    for golden in golden_cases(country):
        assert expected_text(golden, ()) == (PACKS / country / golden.file).read_text("utf-8")


def test_answers_that_were_found_are_written_in_the_place_of_the_expected_ones(
    folder: Path,
) -> None:
    golden, _ = golden_cases(folder)
    [first] = [one for one in golden.expected if one.on == date(2026, 12, 31)]
    found = UnexpectedAnswer(expected=first, answer=Answer.UNKNOWN)
    _expecting(folder, expected_text(golden, (found,)))
    changed, _ = golden_cases(folder)
    assert [one for one in changed.expected if one not in golden.expected] == [
        attrs.evolve(first, answer=Answer.UNKNOWN)
    ]
    assert len(changed.expected) == len(golden.expected)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", r"\(top\): unknown_schema: found a list of 0 items; expected an object with the sc"),
        ('{"schema": "expected/1"}', "unknown_schema"),
        ('{"schema": "expected/2", "data": []}', 'an object with the schema "expected/1" and'),
        ('{"schema": "expected/1", "data": [{}]}', r"data\[0\].on: missing_key"),
        ('{"schema": "expected/1", "data": 1}', "data: wrong_type"),
        ("{", "not_json"),
    ],
)
def test_a_file_that_expects_nothing_sensible_is_refused(
    text: str, told: str, folder: Path
) -> None:
    _expecting(folder, text)
    with pytest.raises(JurisdictionError, match=f"cases/individual-plan.expected.json: .*{told}"):
        golden_cases(folder)


def test_a_golden_case_needs_its_case_file(folder: Path) -> None:
    _expecting(folder, "{}", "other")
    with pytest.raises(JurisdictionError, match=r"missing_file: .* the case file other.json besi"):
        golden_cases(folder)

"""Input that is bad: golden files, documents made of text, marks that stand for a person.

``cases/bad/cases`` holds case files, ``cases/bad/countries`` country packs, each with the exact
problems in ``expected.json``. A folder of ``countries`` holds only what differs from ``_good``, or
from ``_good_overlay`` if its name says so; ``NAME.absent`` takes a file away.
"""

import json
import re
import shutil
import traceback
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.records import CaseFile
from rehabcore.strict.problems import InputError, Problem

BAD = Path(__file__).parents[1] / "cases" / "bad"
CASES, COUNTRIES = BAD / "cases", BAD / "countries"
EXPECTED_CASES: dict[str, list[list[str]]] = json.loads((CASES / "expected.json").read_text())
EXPECTED_COUNTRIES: dict[str, list[list[str]]] = json.loads(
    (COUNTRIES / "expected.json").read_text()
)
GOOD = (CASES / "_good.json").read_bytes()
XX = jurisdictions.load("xx")
ON = date(2026, 4, 1)


def problems_of(document: str | bytes) -> tuple[Problem, ...]:
    """What is wrong with a case file, with paths of the document; it may be used if nothing is."""
    try:
        case = exchange.read(document, CaseFile)
    except InputError as error:
        return error.problems
    try:
        XX.check(case)
    except InputError as error:
        with pytest.raises(InputError):
            casework.match(case, XX, on=ON, strict=True)
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


def with_records(**lists: str) -> str:
    """A small case file with lists of records given as JSON text."""
    languages = lists.pop("languages", '["en"]')
    person = f'{{"filed": {filing("p-1")}, "beneficiary_id": "p", "languages": {languages}}}'
    lists = {"case_id": '"c"', "beneficiary": f"[{person}]", **lists}
    data = ", ".join(f'"{name}": {records}' for name, records in lists.items())
    return f'{{"schema": "case/2", "data": {{{data}}}}}'


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

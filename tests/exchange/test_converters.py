"""Classes of other software that hold documents of the library, converted by cattrs."""

from typing import Any

import pytest
from attrs import evolve, frozen
from cattrs import ClassValidationError

import rehabcore as rc
from rehabcore import exchange
from tests.kit.builders import day

XX = rc.load("xx")
CASE = rc.read(rc.examples()["xx/therapeutic-community"], rc.CaseFile)
RESULT = rc.match(CASE, XX, on=day("2026-11-16"))


@frozen
class Letter:
    """A class of other software."""

    to: str
    case: rc.CaseFile
    result: rc.MatchResult | None = None


LETTER = Letter(to="probation-2", case=CASE, result=RESULT)


def test_documents_keep_their_envelopes_within_those_of_others() -> None:
    plain = exchange.converter().unstructure(LETTER)
    assert plain["to"] == "probation-2"
    assert rc.read(plain["case"], rc.CaseFile) == CASE
    assert plain["result"]["schema"] == "match/2"


def test_what_was_written_is_read_back() -> None:
    converter = exchange.converter()
    for letter in (LETTER, evolve(LETTER, result=None)):
        assert converter.structure(converter.unstructure(letter), Letter) == letter


def test_a_document_is_read_as_strictly_as_alone() -> None:
    converter = exchange.converter()
    plain: Any = converter.unstructure(LETTER)
    plain["case"]["data"]["case_id"] = 5
    with pytest.raises(ClassValidationError) as caught:
        converter.structure(plain, Letter)
    (error,) = caught.value.exceptions
    assert isinstance(error, rc.InputError)
    assert [problem.path for problem in error.problems] == ["data.case_id"]

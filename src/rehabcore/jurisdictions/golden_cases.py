"""Golden cases: case files of a pack, with the answers that they are expected to get.

    cases/NAME.json            a case file
    cases/NAME.expected.json   what programmes are expected to answer, one answer a line

A lawyer can read and write what is expected, and a change of the law shows in it as a difference.
Whatever is not listed may be answered in any way.
"""

from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.reading.finding import EXPECTED, pack_folder
from rehabcore.programs import offers_on
from rehabcore.records import CaseFile
from rehabcore.rules.truth import Answer
from rehabcore.strict.canonical import text_in_lines
from rehabcore.strict.checked import checked, checked_arguments
from rehabcore.strict.documents import parse_json
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import InputError, JurisdictionError, Problem, Problems
from rehabcore.strict.structure import Codec, refuse_repeated_keys
from rehabcore.strict.vocabulary import ProgramId

_SCHEMA = "expected/1"
_CODEC = Codec()
_DOWN_TO_ANSWERS = 2
"""The levels of a document of expected answers that have lines of their own: itself, its data."""


@frozen(kw_only=True)
@checked
class ExpectedAnswer:
    """The answer that a programme is expected to give on a day."""

    on: date
    program_id: ProgramId
    answer: Answer


@frozen(kw_only=True)
@checked
class GoldenCase:
    """A case file of a pack, as JSON, and the answers that are expected for it.

    ``file`` is the path of these answers, from the folder of the pack.
    """

    name: str
    file: str
    case: str
    expected: tuple[ExpectedAnswer, ...]


@frozen(kw_only=True)
@checked
class UnexpectedAnswer:
    """An answer that is not the expected one."""

    expected: ExpectedAnswer
    answer: Answer

    def __str__(self) -> str:
        wanted = self.expected
        on, right, found = wanted.on.isoformat(), wanted.answer.value, self.answer.value
        return f"{wanted.program_id} on {on}: expected {right}, found {found}"


def golden_cases(which: str | PathLike[str]) -> tuple[GoldenCase, ...]:
    """The golden cases of a pack, in the order of their names; not those of its base.

    Args:
        which: the id of a bundled pack, or the path of a folder, as ``load`` takes it.

    Raises:
        JurisdictionError: there is no such bundled pack; or names every problem of what is
            expected, with its file.
    """
    stage, found = Problems(error=JurisdictionError), []
    for path in sorted(pack_folder(which).joinpath("cases").glob(f"*{EXPECTED}")):
        file = f"cases/{path.name}"
        found.append(stage.in_file(file, _golden_case, file, path))
    stage.done()
    return tuple(found)


def _golden_case(file: str, path: Path) -> GoldenCase:
    name = path.name.removesuffix(EXPECTED)
    case, document = path.with_name(f"{name}.json"), parse_json(path.read_bytes())
    if not case.is_file():
        expected = f"the case file {case.name} beside it"
        raise InputError([Problem(code="missing_file", path="", found="none", expected=expected)])
    refuse_repeated_keys(document)
    stated: Any = document if isinstance(document, dict) else {}
    if stated.keys() != {"schema", "data"} or stated["schema"] != _SCHEMA:
        expected = f'an object with the schema "{_SCHEMA}" and data, a list of answers'
        raise InputError([Problem.of(document, "unknown_schema", expected)])
    answers = _CODEC.read(stated["data"], tuple[ExpectedAnswer, ...], path="data")
    return GoldenCase(name=name, file=file, case=case.read_text("utf-8"), expected=answers)


@checked_arguments
def unexpected_answers(
    golden: GoldenCase, case: CaseFile, country: Jurisdiction
) -> tuple[UnexpectedAnswer, ...]:
    """The answers to a golden case that are not the expected ones, in the order of its list.

    Args:
        golden: the golden case.
        case: its case file, read.
        country: the country whose answers are compared.

    Raises:
        InputError: the case file is inconsistent, or an answer is expected of a programme that the
            country does not have.
    """
    facts = country.facts_of(case)
    found = {
        (on, offer.program_id): offer.answer
        for on in dict.fromkeys(wanted.on for wanted in golden.expected)
        for offer in offers_on(country.admissions_on_any_day, facts.on(on), on=on)
    }
    for wanted in golden.expected:
        country.program(wanted.program_id)
    return tuple(
        UnexpectedAnswer(expected=wanted, answer=answer)
        for wanted in golden.expected
        if (answer := found[wanted.on, wanted.program_id]) is not wanted.answer
    )


@checked_arguments
def expected_text(golden: GoldenCase, unexpected: tuple[UnexpectedAnswer, ...]) -> str:
    """All that is expected, as it is written to its file, with the answers that were found instead.

    Args:
        golden: the golden case.
        unexpected: the answers to it that were not the expected ones; none to write it as it is.
    """
    instead = {one.expected: one.answer for one in unexpected}
    answers = [
        {**_CODEC.write(wanted), "answer": instead.get(wanted, wanted.answer).value}
        for wanted in golden.expected
    ]
    return text_in_lines({"schema": _SCHEMA, "data": answers}, _DOWN_TO_ANSWERS) + "\n"

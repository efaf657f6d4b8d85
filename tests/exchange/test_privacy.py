"""Nothing that is refused, shown or raised tells whom it is about."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.any_result import Result
from rehabcore.casework.plan_results import PlanResult
from rehabcore.casework.results import MatchResult, MoveResult
from rehabcore.records import Beneficiary, CaseFile, Consent, NeedsAssessment, Placement
from rehabcore.rules.criteria import comparisons
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import BeneficiaryId, Setting, StaffId
from tests.kit.bad_files import (
    CASES,
    EXPECTED_CASES,
    GOOD,
    MARK,
    ON,
    PERSONAL_FIELDS,
    PERSONAL_VALUES,
    XX,
    assert_nothing_marked,
    assert_tells_nothing,
    marked,
    problems_of,
    put,
)
from tests.kit.builders import filed, release
from tests.kit.sealing import sealed


def test_the_marks_are_in_the_good_case_file_and_do_no_harm() -> None:
    found = {mark.lower() for mark in MARK.findall(marked(GOOD).decode())}
    assert found == {"nino", "beridze", "1024068532", "1987"}
    assert problems_of(marked(GOOD)) == ()


@pytest.mark.no_cover
def test_no_problem_of_a_case_file_tells_who_it_is_about() -> None:
    for name, expected in EXPECTED_CASES.items():
        with pytest.raises(InputError) as caught:
            XX.check(exchange.read(marked((CASES / name).read_bytes()), CaseFile))
        assert_tells_nothing(caught.value)
        told = [problem.code for problem in caught.value.problems]
        assert told == [code for code, _ in expected], name


def read_and_match(document: Any) -> None:
    casework.match(exchange.read(json.dumps(document), CaseFile), XX, on=ON)


@pytest.mark.no_cover
@pytest.mark.parametrize("path", PERSONAL_FIELDS)
def test_a_personal_value_is_never_told_be_it_right_or_wrong(path: str) -> None:
    for value in PERSONAL_VALUES.values():
        document = json.loads(GOOD)
        put(document["data"], path, value)
        document["data"]["Nino Beridze"] = "Nino Beridze"
        with pytest.raises(InputError) as caught:
            read_and_match(document)
        assert "unknown_key" in str(caught.value)
        assert_tells_nothing(caught.value)


@pytest.mark.no_cover
@pytest.mark.parametrize("path", PERSONAL_FIELDS)
def test_a_personal_value_is_not_told_where_records_are_at_odds(path: str) -> None:
    for value in PERSONAL_VALUES.values():
        document = json.loads(GOOD)
        document["data"]["legal_standings"][0]["span"]["end"] = "open"
        put(document["data"], path, value)
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
    plan = casework.plan(case, XX, on=date(2026, 11, 16)).content
    request = release(date(2026, 11, 16), move_id=move_id)
    return casework.request_move(case, XX, request, plan=plan)


def test_no_repr_shows_who_it_is_about() -> None:
    case, on = marked_example(), date(2026, 11, 16)
    match = casework.match(case, XX, on=on)
    moved = move_of(case, "conditional_release")
    cells = XX.facts_of(case)
    asked = {leaf.asked for offer in match.offers for leaf in comparisons(offer.verdict.criterion)}
    shown: list[object] = [
        *(record for _, record in case.entries()),
        case,
        match,
        casework.plan(case, XX, on=on),
        moved,
        moved.made,
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
    with pytest.raises(RequestRefused) as caught:
        move_of(marked_example(), "release")
    assert_nothing_marked(str(caught.value))
    assert_nothing_marked(repr(caught.value))
    assert_nothing_marked(repr(caught.value.verdicts[0]))


@pytest.mark.parametrize("fact", ["age", "languages"])
def test_a_result_with_a_wrong_cell_is_refused_without_telling_it(fact: str) -> None:
    written = exchange.write(casework.match(marked_example(), XX, on=date(2026, 11, 16)))
    for value in PERSONAL_VALUES.values():
        document = json.loads(written)
        known = document["data"]["known"]
        cell = known["days"][0]["cells"][str(known["asked"].index(fact))]
        cell |= {"value": value, "nino-beridze": 1}
        with pytest.raises(InputError) as caught:
            exchange.read(sealed(document), MatchResult)
        assert_tells_nothing(caught.value)


@pytest.mark.parametrize(
    ("kind", "paths"),
    [
        (MatchResult, ["case_id"]),
        (PlanResult, ["case_id", "draft.content.holder"]),
        (MoveResult, ["made.case_id", "made.to_holder", "case.case_id"]),
    ],
)
def test_a_result_with_a_wrong_case_id_is_refused_without_telling_it(
    kind: Any, paths: list[str]
) -> None:
    case = marked_example()
    made: dict[Any, Callable[[], Result]] = {
        MatchResult: lambda: casework.match(case, XX, on=date(2026, 11, 16)),
        PlanResult: lambda: casework.plan(case, XX, on=date(2026, 11, 16)),
        MoveResult: lambda: move_of(case, "conditional_release"),
    }
    written = exchange.write(made[kind]())
    for value in (1024068532, ["nino-beridze"], {"nino": 1}, None):
        document = json.loads(written)
        for path in paths:
            put(document["data"], path, value)
        with pytest.raises(InputError) as caught:
            exchange.read(sealed(document), kind)
        assert {problem.path for problem in caught.value.problems} == {f"data.{p}" for p in paths}
        assert_tells_nothing(caught.value)

"""Faults that people of this field reported of other software, tried on this library.

``tests/cases/field_reports.json`` holds them by kind, with links to the reports.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.moves.recipients import Recipient, RecipientRole
from rehabcore.care.moves.requests import MoveRequest
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.rules.data.plain import criterion_from_plain
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.machines.requests import RequestRefused
from tests.kit.builders import day

Table = Mapping[str, Any]

CASES = Path(__file__).parent.parent / "cases"
KINDS = json.loads((CASES / "field_reports.json").read_text("utf-8"))["kinds"]
XX = jurisdictions.load("xx")
PACK = Path(jurisdictions.__file__).parent / "packs" / "xx"
PERSON = {
    "filed": {"record_id": "person", "recorded_on": "2020-01-01", "source": "office-1"},
    "beneficiary_id": "p",
    "birth_date": "1990-06-15",
    "sex": "male",
    "languages": ["en"],
}


CHECKS = [
    pytest.param(kind, check, id=f"{kind['kind']}: {check['name']}")
    for kind in KINDS
    for check in kind["checks"]
]


@pytest.mark.parametrize(("kind", "check"), CHECKS)
def test_what_people_of_the_field_reported(kind: Table, check: Table, tmp_path: Path) -> None:
    country, case = _country(kind, tmp_path), _case(check)
    for done in check.get("moves", ()):
        case = _after(case, country, done)
    for name, tried in (("judged", _judged), ("matched", _matched), ("handed_over", _handed)):
        if name in check:
            tried(country, case, check[name])


def _after(case: CaseFile, country: Jurisdiction, done: Table) -> CaseFile:
    """The case after a move, or with more records; the same where the move is to be refused."""
    if "records" in done:
        return exchange.append(case, done["records"])
    if "happened" in done:
        return casework.record_move(case, country, _request(done)).case
    if "refused" not in done:
        return casework.request_move(case, country, _request(done)).case
    with pytest.raises(RequestRefused):
        casework.request_move(case, country, _request(done))
    return case


def _judged(country: Jurisdiction, case: CaseFile, stated: Table) -> None:
    """A rule, judged on the facts of the case on each day."""
    rule = criterion_from_plain(stated["criterion"], facts=country.facts)
    facts = country.facts_of(case)
    answers = {on: judge(rule, facts.on(day(on)), on=day(on)).answer.value for on in stated["on"]}
    assert {on: answer for on, answer in answers.items() if answer not in stated["on"][on]} == {}


def _handed(country: Jurisdiction, case: CaseFile, stated: Table) -> None:
    """The hand-over names what ran until the move."""
    to = Recipient(office="probation-2", role=RecipientRole.CASE_STAFF)
    result = casework.hand_over(case, country, on=day(stated["on"]), to=to, plan=None)
    assert set(stated["programs"]) <= {one.about for one in result.package.records}


def _matched(country: Jurisdiction, case: CaseFile, stated: Table) -> None:
    """Every programme answers, and some as is stated."""
    known_at = day(stated["known_at"]) if "known_at" in stated else None
    result = casework.match(case, country, on=day(stated["on"]), known_at=known_at)
    assert [offer.program_id for offer in result] == list(country.known_programs())
    for program, right in stated["answers"].items():
        assert result[program].answer.value in right, program


def _country(kind: Table, folder: Path) -> Jurisdiction:
    """The country; or a copy to which texts are added, and in which others are replaced."""
    if "pack" not in kind:
        return XX
    copy = folder / "xx"
    shutil.copytree(PACK, copy)
    for name, text in kind["pack"].get("added", {}).items():
        (copy / name).write_text((copy / name).read_text("utf-8") + text, "utf-8")
    for name, (before, after) in kind["pack"]["replaced"].items():
        stated = (copy / name).read_text("utf-8")
        assert stated.count(before) == 1
        (copy / name).write_text(stated.replace(before, after), "utf-8")
    return jurisdictions.load(copy)


def _case(check: Table) -> CaseFile:
    if "example" in check:
        document = json.loads(jurisdictions.examples()[check["example"]])
        gone = check.get("without", ())
        lists = {k: v for k, v in document["data"].items() if isinstance(v, list)}
        for name, listed in lists.items():
            document["data"][name] = [r for r in listed if r["filed"]["record_id"] not in gone]
        return exchange.read(document, CaseFile)
    data = {"case_id": "case-h", "beneficiary": [PERSON], **check["records"]}
    return exchange.read({"schema": "case/2", "data": data}, CaseFile)


def _request(stated: Table) -> MoveRequest:
    days = {name: day(stated[name]) for name in ("on", "recorded_on")}
    said = {name: given for name, given in stated.items() if name not in ("happened", "refused")}
    return MoveRequest(**{**said, **days})

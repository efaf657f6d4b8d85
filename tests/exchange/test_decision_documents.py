"""Decisions as JSON: one form, one hash; read back equal, refused if altered."""

import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from rehabcore import exchange
from rehabcore.casework.decisions import Decision, replay
from rehabcore.casework.results import MatchResult
from rehabcore.programs import Program
from rehabcore.records import CaseFile
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import StaffId
from tests.kit import record_strategies
from tests.kit.builders import day
from tests.kit.decision_makers import (
    CASE,
    DEFERRED,
    GRANTED,
    MET,
    NOT_MET,
    REFUSED,
    STAFF,
    UNKNOWN,
    WHY,
    XX,
    decide,
    deferred,
    override,
)
from tests.kit.record_makers import found
from tests.kit.sealing import sealed

DECISIONS = {
    "follows": decide(),
    "overrides": decide(MET, REFUSED, why=WHY, override=override()),
    "grants against": decide(NOT_MET, GRANTED, why=WHY, override=override()),
    "defers": decide(UNKNOWN, DEFERRED, review_on=day("2026-12-01")),
}


@pytest.mark.parametrize("decision", DECISIONS.values(), ids=DECISIONS.keys())
def test_a_decision_reads_back_equal_and_is_replayed_identically(decision: Decision) -> None:
    text = exchange.write(decision)
    read = exchange.read(text, Decision)
    assert read == decision
    assert replay(read) == decision.verdict
    assert exchange.write(read) == text
    assert exchange.content_hash(read) == exchange.content_hash(decision)


@given(
    record_strategies.case_files(),
    st.sampled_from(XX.programs),
    record_strategies.days(),
    record_strategies.days(),
)
def test_every_decision_is_replayed_identically_also_from_its_document(
    file: CaseFile, program: Program, on: date, known_at: date
) -> None:
    assume(not found(file, str(known_at)))
    made = deferred(program.program_id, file, on=on, known_at=known_at)
    assert replay(made) == made.verdict
    assert on in made.episode
    read = exchange.read(exchange.write(made), Decision)
    assert read == made
    assert replay(read) == made.verdict


# --- one form, one hash -------------------------------------------------------------------


def test_the_hash_is_of_the_canonical_json_and_anybody_can_make_it() -> None:
    decision = DECISIONS["overrides"]
    document = json.loads(exchange.write(decision))
    told = document.pop("sha256")
    plain = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert plain == exchange.canonical(decision)
    assert told == hashlib.sha256(plain.encode()).hexdigest() == exchange.content_hash(decision)


def test_canonical_json_has_keys_in_order_no_space_and_no_escapes() -> None:
    decision = evolve(DECISIONS["defers"], why="მიზეზი: ü")
    text = exchange.canonical(decision)
    assert text.startswith('{"data":{"case_id":"case-xx-1","decided_by":"officer-17",')
    assert text.endswith(',"schema":"decision/2"}')
    assert '"why":"მიზეზი: ü"' in text
    assert exchange.canonical(exchange.read(exchange.write(CASE), CaseFile)) == exchange.canonical(
        CASE
    )


def test_equal_decisions_have_equal_hashes_whatever_the_order_of_their_sets() -> None:
    decision = decide()
    document = json.loads(exchange.write(decision))
    programs = document["data"]["grounds"]["programs"]
    for key in ("delivered_by", "modality"):
        programs["rows"][0][programs["columns"].index(key)].reverse()
    statuses = next(rule["in"] for rule in document["data"]["rules"].values() if "in" in rule)
    statuses.reverse()
    again = exchange.read(sealed(document), Decision)
    assert again == decision
    assert exchange.content_hash(again) == exchange.content_hash(decision)


def test_different_decisions_have_different_hashes() -> None:
    hashes = {
        exchange.content_hash(changed)
        for decision in DECISIONS.values()
        for changed in (
            decision,
            evolve(decision, why="other words"),
            evolve(decision, decided_on=decision.decided_on + timedelta(1)),
            evolve(decision, decided_by=StaffId("somebody-else")),
        )
    }
    assert len(hashes) == 4 * len(DECISIONS)


def test_no_float_is_written() -> None:
    def refuse(text: str) -> float:
        raise AssertionError(text)

    for decision in DECISIONS.values():
        json.loads(exchange.write(decision), parse_float=refuse, parse_constant=refuse)


# --- altered documents --------------------------------------------------------------------


BORN = "1994-02-28"
Refusals = list[tuple[str, str]]


def _refused(text: str) -> Refusals:
    with pytest.raises(InputError) as caught:
        exchange.read(text, Decision)
    assert "aria" not in str(caught.value)
    assert STAFF not in str(caught.value)
    return [(problem.code, problem.path) for problem in caught.value.problems]


def _turn(data: Any) -> None:
    data["verdict"]["answers"] = f"n{data['verdict']['answers'][1:]}"


def _other_cell(data: Any) -> None:
    [age] = [c for c in data["known"]["days"][0]["cells"].values() if c.get("value") == BORN]
    age["value"] = "1994-03-01"


def _other_person(data: Any) -> None:
    data["decided_by"] = "officer-18"


def _other_reason(data: Any) -> None:
    data["why"] = "another reason"


def _other_day(data: Any) -> None:
    data["decided_on"] = "2026-11-11"


def _other_law(data: Any) -> None:
    [adult] = [rule for rule in data["rules"].values() if rule.get("at_least") == "18 years"]
    adult["at_least"] = "17 years"


def _dose(data: Any) -> Any:
    programs = data["grounds"]["programs"]
    return programs["rows"][0][programs["columns"].index("dose")]


def _a_fraction(data: Any) -> None:
    _dose(data)["sessions"] = 20.5


def _not_a_number(data: Any) -> None:
    _dose(data)["sessions"] = float("nan")


@pytest.mark.parametrize(
    "change",
    [
        _turn,
        _other_cell,
        _other_person,
        _other_reason,
        _other_day,
        _other_law,
        _a_fraction,
        _not_a_number,
    ],
)
def test_an_altered_decision_is_refused_whatever_was_altered(
    change: Callable[[Any], None],
) -> None:
    document = json.loads(exchange.write(DECISIONS["overrides"]))
    change(document["data"])
    assert _refused(json.dumps(document)) == [("altered", "sha256")]


def test_another_layout_is_no_alteration() -> None:
    document = json.loads(exchange.write(decide()))
    backwards = {key: document[key] for key in reversed(document)}
    assert exchange.read(json.dumps(backwards, indent=7), Decision) == decide()


def _no_person(data: Any) -> None:
    del data["decided_by"]


def _no_reason(data: Any) -> None:
    data["why"] = ""


def _no_expiry(data: Any) -> None:
    del data["override"]["expires"]


def _no_clock(data: Any) -> None:
    del data["grounds"]["stamp"]["known_at"]


def _half_a_character(data: Any) -> None:
    data["why"] = "maria \ud800"


def _no_override(data: Any) -> None:
    del data["override"]


def _no_such_outcome(data: Any) -> None:
    data["outcome"] = "approved"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_turn, [("does_not_follow", "data.verdict.answers")]),
        (_no_person, [("missing_key", "data.decided_by")]),
        (_no_reason, [("missing_key", "data.why")]),
        (_no_expiry, [("missing_key", "data.override.expires")]),
        (_no_override, [("missing_key", "data.override")]),
        (_no_clock, [("missing_key", "data.grounds.stamp.known_at")]),
        (_no_such_outcome, [("unknown_value", "data.outcome")]),
        (_half_a_character, [("not_utf8", "data.why")]),
        (_a_fraction, [("wrong_type", "data.grounds.programs.rows[0].dose.sessions")]),
        (_not_a_number, [("wrong_type", "data.grounds.programs.rows[0].dose.sessions")]),
    ],
)
def test_a_forger_who_makes_the_hash_anew_is_held_to_the_same_rules(
    change: Callable[[Any], None], expected: Refusals
) -> None:
    document = json.loads(exchange.write(DECISIONS["overrides"]))
    change(document["data"])
    assert _refused(sealed(document)) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"sha256": None}, [("altered", "sha256")]),
        ({"sha256": 5}, [("altered", "sha256")]),
        ({"sha256": "maria"}, [("altered", "sha256")]),
        ({"schema": "decision/3"}, [("newer_schema", "schema")]),
        ({"schema": "match/1"}, [("unknown_schema", "schema")]),
        ({"more": 1}, [("unknown_key", "")]),
    ],
    ids=["null", "number", "no hash", "newer", "another kind", "more"],
)
def test_an_envelope_that_is_none_of_a_decision_is_refused(
    changed: dict[str, Any], expected: Refusals
) -> None:
    document = json.loads(exchange.write(decide()))
    assert _refused(json.dumps({**document, **changed})) == expected


def test_a_decision_without_a_hash_is_refused_and_no_first_result_has_one() -> None:
    document = json.loads(exchange.write(decide()))
    del document["sha256"]
    assert _refused(json.dumps(document)) == [("missing_key", "sha256")]
    assert _refused('{"data": {}}') == [("unknown_schema", "schema")]  # which says the keys
    with pytest.raises(InputError) as caught:
        exchange.read('{"schema": "match/1", "sha256": "", "data": {}}', MatchResult)
    assert [(p.code, p.path) for p in caught.value.problems] == [("unknown_key", "")]


def test_a_key_given_twice_is_refused_though_the_hash_fits() -> None:
    text = exchange.write(decide()).replace(
        '"outcome":"granted"', '"outcome":"refused","outcome":"granted"'
    )
    assert _refused(text) == [("repeated_key", "data")]

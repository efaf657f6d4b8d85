"""The shared cases of dated eligibility: verdicts over time give the rows that they state.

``expect`` is the outcome with the stated defaults declared, ``kleene`` that with none. A condition
algebra for near misses and a negation that keeps its default are not offered, so not shown.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from rehabcore.rules.criteria import Asked, Compare
from rehabcore.rules.facts import Assumption, Known
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.time.days import Span
from rehabcore.rules.truth import Answer, opposite
from tests.kit.builders import day, span
from tests.kit.eligibility_rows import (
    ALL_TIME,
    Flattening,
    Row,
    Table,
    Telling,
    criterion,
    duty,
    has_data,
    leaves,
    task,
)
from tests.kit.refusals import problems_of

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "eligibility_spans.json").read_text("utf-8")
)["cases"]
BY_ID = {case["id"]: case for case in CASES}


def _id(case: Table) -> str:
    return str(case["id"])


def _rows(spans: list[list[Any]]) -> list[Row]:
    """Rows from spans ``[start, end, meets, reason]``."""
    return [dict(zip(("start", "end", "meets", "reason"), span, strict=True)) for span in spans]


def _stated(case: Table, key: str) -> dict[str, list[Row]]:
    """The rows that a case states, by person, variant or name where it states several lists."""
    stated = case.get(key, {})
    if isinstance(stated, list):
        return {"": stated}
    if case["op"] == "group" and "spans" in stated:
        return {"": stated["spans"]}
    lists = {
        name: _rows(rows["spans"]) if isinstance(rows, dict) else rows
        for name, rows in stated.items()
        if not isinstance(rows, str) and not name.endswith("keep_default")
    }
    return {name: rows for name, rows in lists.items() if isinstance(rows, list)}


def _read(case: Table, name: str, *, defaults: bool) -> Telling:
    """The part of a case for which rows are stated under a name."""
    given: Table = case["given"]
    match case["op"]:
        case "task":
            return task(given[name] if name else given, defaults=defaults)
        case "duty":
            return duty(given)
        case "not":
            *negated, stated = name.split()
            return criterion(given[stated], defaults=defaults, negated=bool(negated))
        case _:
            words = name.split("_")
            logic = next((word for word in words if word in ("AND", "OR")), given["logic"])
            merging = Flattening(
                scalars=min if "MIN" in words else max,
                concatenated="concat" in words or not defaults,
            )
            return criterion({**given, "logic": logic}, defaults=defaults, flattening=merging)


def _each(key: str) -> list[Any]:
    return [
        pytest.param(case, name, rows, id=f"{case['id']}-{name}".rstrip("-"))
        for case in CASES
        for name, rows in _stated(case, key).items()
    ]


def _said(row: Row, stated: Row) -> Row:
    """As much of a row as another states."""
    return {key: row[key] for key in stated}


@pytest.mark.parametrize(("case", "name", "stated"), _each("expect"))
def test_rows_with_declared_defaults(case: Table, name: str, stated: list[Row]) -> None:
    rows = _read(case, name, defaults=True).rows()
    assert len(rows) == len(stated)
    assert [_said(row, like) for row, like in zip(rows, stated, strict=True)] == stated


@pytest.mark.parametrize(("case", "name", "stated"), _each("kleene"))
def test_verdicts_without_defaults(case: Table, name: str, stated: list[Row]) -> None:
    rows = _read(case, name, defaults=False).rows()
    assert _collapsed(rows) == _collapsed(stated)
    cuts = {row["start"] for row in rows}
    assert {row["start"] for row in stated} <= cuts


def _collapsed(rows: list[Row]) -> list[tuple[str, str | None, str]]:
    """Start, end and verdict of runs of touching rows with one verdict."""
    runs: list[tuple[str, str | None, str]] = []
    for row in rows:
        start, end, verdict = row["start"], row["end"], row["verdict"]
        if runs and runs[-1][1:] == (start, verdict):
            start = runs.pop()[0]
        runs.append((start, end, verdict))
    return runs


@pytest.mark.parametrize(("case", "name", "stated"), _each("expect"))
def test_what_no_record_says_is_an_assumption_in_the_proof(
    case: Table, name: str, stated: list[Row]
) -> None:
    for piece in _read(case, name, defaults=True).verdicts.pieces:
        for leaf in leaves(piece.verdict):
            assert case["op"] == "duty" or isinstance(leaf.cell, Known)
            if isinstance(leaf.cell, Known):
                assert bool(leaf.cell.evidence) != (leaf.cell.assumption is not None)
        rested_on = [leaf for leaf in piece.verdict.reasons() if not has_data(leaf)]
        assumed = [asked for asked, _ in piece.verdict.assumptions()]
        assert case["op"] == "duty" or assumed == [_asked(leaf) for leaf in rested_on]


def _asked(leaf: Verdict) -> Asked:
    assert isinstance(leaf.criterion, Compare)
    return leaf.criterion.asked


# --- what the cases say beyond their rows -------------------------------------------------


@pytest.mark.parametrize("case", [case for case in CASES if case["op"] == "group"], ids=_id)
def test_default_of_a_group_follows_from_those_of_its_members(case: Table) -> None:
    telling = criterion(case["given"], defaults=True, flattening=Flattening(concatenated=True))
    silent = [p.verdict for p in telling.verdicts.pieces if not has_data(p.verdict)]
    default = case["expect"].get("group_default", False)
    assert silent
    assert {verdict.answer is Answer.MET for verdict in silent} == {default}


@pytest.mark.parametrize("case", [case for case in CASES if case["op"] == "not"], ids=_id)
def test_criterion_and_its_negation_never_both_hold(case: Table) -> None:
    for stated in case["given"].values():
        for defaults in (True, False):
            plain, negated = (
                criterion(stated, defaults=defaults, negated=negated).verdicts
                for negated in (False, True)
            )
            assert [piece.span for piece in plain.pieces] == [p.span for p in negated.pieces]
            for one, other in zip(plain.pieces, negated.pieces, strict=True):
                assert other.verdict.answer is opposite(one.verdict.answer)
                known = has_data(one.verdict) or defaults
                assert (one.verdict.answer is Answer.UNKNOWN) == (not known)


@pytest.mark.parametrize("case", [case for case in CASES if case["op"] == "not"], ids=_id)
def test_default_of_a_negation_is_the_negated_default(case: Table) -> None:
    for name, expected in case["expect"].items():
        if not name.endswith("keep_default"):
            telling = _read(case, name, defaults=True)
            silent = [p.verdict for p in telling.verdicts.pieces if not has_data(p.verdict)]
            assert {v.answer is Answer.MET for v in silent} == {expected["default"]}


def test_eligible_middle_rests_only_on_an_assumption() -> None:
    case = BY_ID["T02_default_true_fills_hole_and_clips"]
    verdict = task(case["given"], defaults=True).verdicts.at(day("2031-02-14"))
    assert verdict.answer is Answer.MET
    assert verdict.evidence() == ("candidate#0",)
    assert [(asked.fact.name, assumed) for asked, assumed in verdict.assumptions()] == [
        ("X", Assumption.NONE_ON_FILE)
    ]


def test_collapsed_answers_are_cut_only_where_the_verdict_changes() -> None:
    case = BY_ID["T03_and_of_two_criteria_open_ended_reason_change_splits"]
    assert task(case["given"], defaults=False).verdicts.answers() == (
        (Span(ALL_TIME.start, day("2031-04-15")), Answer.NOT_MET),
        (span("2031-04-15"), Answer.MET),
    )


def test_detailed_pieces_also_cut_where_an_assumption_begins() -> None:
    case = BY_ID["T04_and_group_defaults_and_merge"]
    verdicts = criterion(case["given"], defaults=True).verdicts
    assert [str(piece.span.start) for piece in verdicts.pieces if has_data(piece.verdict)] == [
        "2031-02-01",
        "2031-02-11",
        "2031-03-05",
    ]
    assert verdicts.spans(Answer.MET) == (span("2031-02-11", "2031-04-01"),)


def test_branch_that_decided_an_any_is_named() -> None:
    case = BY_ID["T05_or_group_missing_means_default_true"]
    verdict = criterion(case["given"], defaults=True).verdicts.at(day("2031-02-01"))
    assert [_asked(leaf).fact.name for leaf in verdict.reasons()] == ["X.Q"]
    assert verdict.evidence() == ()
    assert len(verdict.assumptions()) == 1


@pytest.mark.parametrize(("logic", "decisive"), [("AND", "X.P"), ("OR", "X.Q")])
def test_decisive_member_keeps_its_own_record_where_reasons_collide(
    logic: str, decisive: str
) -> None:
    given = {**BY_ID["T06_reason_key_collisions"]["given"], "logic": logic}
    both = Flattening(concatenated=True)
    verdict = criterion(given, defaults=True, flattening=both).verdicts.at(day("2031-02-01"))
    assert verdict.evidence() == (f"{decisive}#0",)
    assert len(verdict.children) == 2


def test_key_of_two_reasons_must_be_declared_and_arrays_need_an_aggregate() -> None:
    given = BY_ID["T06_reason_key_collisions"]["given"]
    with pytest.raises(ValueError, match="undeclared duplicate"):
        criterion({**given, "allowed_duplicates": []}, defaults=True)
    with pytest.raises(ValueError, match="array without aggregate offences"):
        criterion(given, defaults=True)


# --- what the description says and the cases do not ----------------------------------------

SPANS = [["2031-02-01", "2031-03-01", True, {"n": 1}], ["2031-03-01", "2031-04-01", True, {"n": 1}]]


def test_touching_spans_that_say_the_same_are_one_row_of_two_pieces() -> None:
    telling = criterion({"spans": SPANS}, defaults=True)
    (row,) = telling.rows()
    assert (row["start"], row["end"]) == ("2031-02-01", "2031-04-01")
    assert len([piece for piece in telling.verdicts.pieces if has_data(piece.verdict)]) == 2


@pytest.mark.parametrize(
    ("default", "defaults", "verdict"),
    [(True, True, "met"), (False, True, "not_met"), (True, False, "unknown")],
)
def test_null_verdict_takes_the_default_and_has_no_reason(
    default: bool, defaults: bool, verdict: str
) -> None:
    null = ["2031-02-01", "2031-03-01", None, {"n": 1}]
    given = {
        "population": [["2031-02-01", "2031-03-01"]],
        "criteria": {"X": {"default": default, "spans": [null]}},
    }
    (row,) = task(given, defaults=defaults).rows()
    assert (row["verdict"], row["reasons"]) == (verdict, {"X": None})


def test_group_in_a_task_has_one_flat_reason_and_its_own_default() -> None:
    home = {"default": True, "spans": [["2031-02-10", "2031-02-20", False, {"moves": 2}]]}
    inner = {"logic": "OR", "sub_criteria": {"P": {"spans": SPANS}, "Q": home}}
    given = {"population": [["2031-01-01", "2031-05-01"]], "criteria": {"G": inner}}
    assert [
        (row["start"], row["eligible"], row["reasons"]["G"])
        for row in task(given, defaults=True).rows()
    ] == [
        ("2031-01-01", True, None),
        ("2031-02-01", True, {"n": 1, "moves": None}),
        ("2031-02-10", True, {"n": 1, "moves": 2}),
        ("2031-02-20", True, {"n": 1, "moves": None}),
        ("2031-04-01", True, None),
    ]


def test_rows_never_bridge_a_gap_of_the_population() -> None:
    given = {
        "population": [["2031-02-01", "2031-02-10"], ["2031-02-11", "2031-02-12"]],
        "criteria": {"X": {"spans": SPANS}},
    }
    rows = task(given, defaults=True).rows()
    assert [(row["start"], row["end"]) for row in rows] == [
        ("2031-02-01", "2031-02-10"),
        ("2031-02-11", "2031-02-12"),
    ]


@pytest.mark.parametrize(
    ("reasons", "more", "overdue"),
    [
        pytest.param({"X": {"due": "2031-02-09"}}, {}, [False, True], id="rolling"),
        pytest.param({"X": {"due": "2031-02-09"}}, {"cadence": "fixed"}, [False], id="fixed"),
        pytest.param({"X": {"due": None}}, {}, [None], id="due-date-missing"),
    ],
)
def test_duty_is_overdue_from_the_day_after_its_due_date(
    reasons: Table, more: Table, overdue: list[bool | None]
) -> None:
    spans = [["2031-02-01", "2031-03-01", True, [], reasons]]
    rows = duty({"spans": spans, **more}).rows()
    assert [row["overdue"] for row in rows] == overdue
    assert [row["start"] for row in rows] == ["2031-02-01", "2031-02-10"][: len(rows)]


def test_overlapping_spans_of_one_criterion_are_an_error() -> None:
    overlapping = [*SPANS, ["2031-03-31", None, True, {"n": 1}]]
    with pytest.raises(ValueError, match="too many values"):
        criterion({"spans": overlapping}, defaults=True).rows()


@pytest.mark.parametrize("end", ["2031-02-01", "2031-01-31"])
def test_empty_and_reversed_spans_are_errors(end: str) -> None:
    spans = [["2031-02-01", end, True, {}]]
    assert problems_of(lambda: criterion({"spans": spans}, defaults=True)) == [
        ("ends_before_start", "end")
    ]

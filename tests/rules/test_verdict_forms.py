"""Verdicts as plain data: what is written, what is read back, and what does not follow."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.criteria import About, AllOf, Compare, Criterion, ask
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.verdict_forms import verdict_form
from rehabcore.rules.facts import NEVER, Assumption, Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import InputError
from tests.kit.builders import day, span
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import (
    AGE,
    ALONE,
    DEBT,
    HOUSING,
    JSON,
    LEFT,
    LEVELS,
    NEEDS,
    RISK,
    SANCTIONS,
    reader_of,
)

ON = day("2026-06-15")
FORM = verdict_form(reader_of())


def _judge(criterion: Criterion, cells: Mapping[str, Cell]) -> Verdict:
    return judge(criterion, lambda asked: cells[asked.fact.name], on=ON)


def _found(plain: object) -> list[tuple[str, str]]:
    return problems_of(lambda: FORM.read(plain))


def _age(anchor: Any, **more: Any) -> Verdict:
    return _judge(ask(AGE).at_least(Term(18)), {"age": Known(anchor, **more)})


IS_ALONE = ask(ALONE).is_(True)
FEW = ask(SANCTIONS).at_most(1)
OLD = evolve(FEW, about=About(in_force=span("2020-01-01", "2025-01-01")))

CELLS: Mapping[str, tuple[Criterion, Cell, dict[str, Any]]] = {
    "flag": (IS_ALONE, Known(True), {"answer": "met", "cell": {"value": True}}),
    "count": (FEW, Known(2), {"answer": "not_met", "cell": {"value": 2}}),
    "amount": (
        ask(DEBT).under(Decimal(5)),
        Known(Decimal("12.50")),
        {"answer": "not_met", "cell": {"value": "12.50"}},
    ),
    "choice": (
        ask(HOUSING).is_("low"),
        Known("low"),
        {"answer": "met", "cell": {"value": "low"}},
    ),
    "level": (
        ask(RISK).over("low"),
        Known("medium"),
        {"answer": "met", "cell": {"value": "medium"}},
    ),
    "set": (
        ask(NEEDS).has_all("low"),
        Known(frozenset({"medium", "low"})),
        {"answer": "met", "cell": {"value": ["low", "medium"]}},
    ),
    "set-of-all": (
        ask(NEEDS).has_any("low"),
        Known(frozenset(LEVELS)),
        {"answer": "met", "cell": {"value": ["high", "low", "medium"]}},
    ),
    "elapsed": (
        ask(AGE).under(Term(18)),
        Known(day("2008-06-16")),
        {"answer": "met", "cell": {"value": "2008-06-16"}},
    ),
    "remaining-for-ever": (
        ask(LEFT).at_most(Term(1)),
        Known(NEVER),
        {"answer": "not_met", "cell": {"value": "never"}},
    ),
    "evidence-and-assumption": (
        IS_ALONE,
        Known(False, evidence=("r-2", "r-1"), assumption=Assumption.NONE_ON_FILE),
        {
            "answer": "not_met",
            "cell": {"value": False, "assumption": "none_on_file", "evidence": ["r-2", "r-1"]},
        },
    ),
    **{
        f"unknown-{kind.value}": (
            IS_ALONE,
            Unknown(kind, evidence=("r-1",)),
            {"answer": "unknown", "cell": {"unknown": kind.value, "evidence": ["r-1"]}},
        )
        for kind in UnknownKind
    },
}


@pytest.mark.parametrize("name", CELLS)
def test_cell_of_every_kind_is_written_and_read_back(name: str) -> None:
    criterion, cell, proof = CELLS[name]
    verdict = judge(criterion, lambda _: cell, on=ON)
    plain = FORM.write(verdict)
    assert isinstance(plain, dict)
    assert (plain["on"], plain["proof"]) == ("2026-06-15", proof)
    assert FORM.read(json.loads(json.dumps(plain))) == verdict


TREE = AllOf((IS_ALONE, ~FEW | OLD))
TREE_VERDICT = _judge(
    TREE, {"alone": Known(True, evidence=("r-1",)), "sanctions": Unknown(UnknownKind.STALE)}
)
TREE_PLAIN: dict[str, Any] = {
    "on": "2026-06-15",
    "criterion": {
        "all": [
            {"fact": "alone", "is": True},
            {
                "any": [
                    {"not": {"fact": "sanctions", "at_most": 1}},
                    {
                        "fact": "sanctions",
                        "at_most": 1,
                        "in_force": {"start": "2020-01-01", "end": "2025-01-01"},
                    },
                ]
            },
        ]
    },
    "proof": {
        "answer": "unknown",
        "parts": [
            {"answer": "met", "cell": {"value": True, "evidence": ["r-1"]}},
            {
                "answer": "unknown",
                "parts": [
                    {
                        "answer": "unknown",
                        "parts": [{"answer": "unknown", "cell": {"unknown": "stale"}}],
                    },
                    {"answer": "not_met", "in_force": False, "cell": {"unknown": "stale"}},
                ],
            },
        ],
    },
}


BETWEEN = {"unknown": "disputed", "between": [2, 4]}
SINCE = {"unknown": "missing", "between": ["2008-06-15", "never"]}


@pytest.mark.parametrize(
    ("criterion", "cell", "stored"),
    [
        pytest.param(FEW, Unknown(UnknownKind.DISPUTED, between=(2, 4)), BETWEEN, id="numbers"),
        pytest.param(
            ask(AGE).at_least(Term(18)),
            Unknown(UnknownKind.MISSING, between=(day("2008-06-15"), NEVER)),
            SINCE,
            id="a-day-and-never",
        ),
    ],
)
def test_unknown_between_two_values_is_written_and_read_back(
    criterion: Compare, cell: Cell, stored: dict[str, Any]
) -> None:
    verdict = _judge(criterion, {criterion.asked.fact.name: cell})
    written: Any = FORM.write(verdict)
    assert written["proof"]["cell"] == stored
    assert FORM.read(FORM.write(verdict)) == verdict


@pytest.mark.parametrize(
    ("criterion", "between", "code"),
    [
        pytest.param(FEW, [4, 2], "out_of_range", id="the-highest-first"),
        pytest.param(FEW, [4], "wrong_type", id="one-end"),
        pytest.param(FEW, {"low": 2}, "wrong_type", id="an-object"),
        pytest.param(IS_ALONE, [False, True], "wrong_type", id="of-a-flag"),
        pytest.param(
            ask(AGE).at_least(Term(18)), ["never", "2008-06-15"], "out_of_range", id="never-first"
        ),
    ],
)
def test_bounds_that_are_none_are_refused(criterion: Compare, between: object, code: str) -> None:
    missing = Unknown(UnknownKind.MISSING)
    plain: Any = FORM.write(_judge(criterion, {criterion.asked.fact.name: missing}))
    plain["proof"]["cell"]["between"] = between
    assert _found(plain) == [(code, "proof.cell.between")]


def test_proof_has_the_shape_of_its_criterion() -> None:
    assert FORM.write(TREE_VERDICT) == TREE_PLAIN
    assert FORM.read(TREE_PLAIN) == TREE_VERDICT


def _changed(*steps: Any, to: object) -> Any:
    plain: Any = deepcopy(TREE_PLAIN)
    node = plain
    for step in steps[:-1]:
        node = node[step]
    node[steps[-1]] = to
    return plain


INNER = ("proof", "parts", 1, "parts")


@pytest.mark.parametrize(
    "plain",
    [
        pytest.param(_changed("proof", "answer", to="met"), id="answer-of-the-rule"),
        pytest.param(_changed("proof", "answer", to="not_met"), id="refusal-instead-of-unknown"),
        pytest.param(_changed("proof", "answer", to="yes"), id="no-answer-at-all"),
        pytest.param(_changed("proof", "parts", 0, "answer", to="not_met"), id="answer-of-a-part"),
        pytest.param(_changed(*INNER, 0, "answer", to="met"), id="answer-of-a-group"),
        pytest.param(_changed(*INNER, 1, "in_force", to=True), id="clause-back-in-force"),
        pytest.param(_changed(*INNER, 1, "in_force", to=0), id="number-for-a-flag"),
        pytest.param(_changed("proof", "in_force", to=False), id="rule-out-of-force"),
        pytest.param(_changed("proof", "parts", 0, "cell", "value", to=False), id="another-value"),
        pytest.param(_changed("on", to="2024-12-31"), id="another-day-another-law"),
        pytest.param(_changed("criterion", "all", 0, "is", to=False), id="another-constant"),
        pytest.param(
            _changed(*INNER, 1, "cell", to={"unknown": "missing"}), id="one-fact-two-cells"
        ),
        pytest.param(_changed("proof", "note", to="x"), id="a-key-more"),
        pytest.param(_changed("proof", "parts", 0, "cell", "note", to="x"), id="a-key-in-a-cell"),
    ],
)
def test_stored_answer_that_does_not_follow_is_refused(plain: object) -> None:
    assert _found(plain) == [("does_not_follow", "proof")]


@pytest.mark.parametrize(
    ("plain", "problems"),
    [
        pytest.param(None, [("wrong_type", "")], id="null"),
        pytest.param([], [("wrong_type", "")], id="list"),
        pytest.param({"on": "2026-06-15", "criterion": {}}, [("wrong_type", "")], id="no-proof"),
        pytest.param({**TREE_PLAIN, "more": 1}, [("wrong_type", "")], id="a-key-more"),
        pytest.param(_changed("on", to="soon"), [("bad_date", "on")], id="day"),
        pytest.param(
            _changed("criterion", "all", 0, to={"rule": "juvenile"}),
            [("dangling_id", "criterion.all[0].rule")],
            id="criterion",
        ),
        pytest.param(
            {"on": 3, "criterion": 4, "proof": 5},
            [("wrong_type", "on"), ("wrong_type", "criterion")],
            id="day-and-criterion",
        ),
        pytest.param(_changed("proof", to=[]), [("wrong_type", "proof")], id="proof-as-list"),
        pytest.param(
            _changed("proof", "parts", to=None), [("wrong_type", "proof.parts")], id="no-parts"
        ),
        pytest.param(
            _changed("proof", "parts", to=[TREE_PLAIN["proof"]["parts"][0]]),
            [("wrong_type", "proof.parts")],
            id="a-part-less",
        ),
        pytest.param(
            _changed("proof", "parts", 0, to="met"),
            [("wrong_type", "proof.parts[0]")],
            id="part-as-text",
        ),
        pytest.param(
            _changed("proof", "parts", 0, to={"answer": "met"}),
            [("wrong_type", "proof.parts[0].cell")],
            id="no-cell",
        ),
        pytest.param(
            _changed(*INNER, 0, "parts", 0, "cell", to=3),
            [("wrong_type", "proof.parts[1].parts[0].parts[0].cell")],
            id="cell-as-number",
        ),
        pytest.param(
            _changed("proof", "parts", 0, "cell", to={}),
            [("wrong_type", "proof.parts[0].cell")],
            id="empty-cell",
        ),
        pytest.param(
            _changed("proof", "parts", 0, "cell", "unknown", to="stale"),
            [("wrong_type", "proof.parts[0].cell")],
            id="value-and-unknown",
        ),
        pytest.param(
            _changed("proof", "parts", 0, "cell", to={"unknown": "lost"}),
            [("unknown_value", "proof.parts[0].cell.unknown")],
            id="no-such-kind",
        ),
        pytest.param(
            _changed("proof", "parts", 0, "cell", "evidence", to="r-1"),
            [("wrong_type", "proof.parts[0].cell.evidence")],
            id="evidence-as-text",
        ),
        pytest.param(
            _changed("proof", "parts", 0, "cell", "evidence", to=["r-1", 2]),
            [("wrong_type", "proof.parts[0].cell.evidence[1]")],
            id="evidence-of-a-number",
        ),
    ],
)
def test_verdict_of_another_form_is_refused(plain: object, problems: list[tuple[str, str]]) -> None:
    assert _found(plain) == problems


@pytest.mark.parametrize("assumption", ["", "guess", 0, False, [], {}], ids=repr)
def test_assumption_that_is_none_is_refused(assumption: object) -> None:
    plain = _changed("proof", "parts", 0, "cell", "assumption", to=assumption)
    assert [path for _, path in _found(plain)] == ["proof.parts[0].cell.assumption"]


@pytest.mark.parametrize(
    ("fact", "compare", "value", "code"),
    [
        pytest.param("alone", {"is": True}, 1, "wrong_type", id="number-for-a-flag"),
        pytest.param("alone", {"is": True}, None, "wrong_type", id="null-for-a-flag"),
        pytest.param("sanctions", {"at_most": 1}, True, "wrong_type", id="flag-for-a-count"),
        pytest.param("sanctions", {"at_most": 1}, 1.5, "wrong_type", id="float-for-a-count"),
        pytest.param("debt", {"at_most": "1"}, 1, "wrong_type", id="number-for-an-amount"),
        pytest.param("debt", {"at_most": "1"}, "NaN", "wrong_type", id="nan-for-an-amount"),
        pytest.param("housing", {"is": "low"}, "hostel", "unknown_value", id="no-such-code"),
        pytest.param("housing", {"is": "low"}, 3, "wrong_type", id="number-for-a-code"),
        pytest.param("risk", {"under": "high"}, "huge", "unknown_value", id="no-such-level"),
        pytest.param("needs", {"has_any": ["low"]}, ["huge"], "unknown_value", id="no-such-need"),
        pytest.param("needs", {"has_any": ["low"]}, "low", "wrong_type", id="text-for-a-set"),
        pytest.param(
            "needs", {"has_any": ["low"]}, ["low", "low"], "repeated_item", id="doubled-code"
        ),
        pytest.param("age", {"over": "1 year"}, "always", "bad_date", id="word-for-an-anchor"),
        pytest.param("age", {"over": "1 year"}, 3, "wrong_type", id="number-for-an-anchor"),
        pytest.param("left", {"over": "1 year"}, "2026-02-30", "bad_date", id="impossible-day"),
    ],
)
def test_value_that_the_fact_cannot_have_is_refused(
    fact: str, compare: dict[str, Any], value: object, code: str
) -> None:
    plain = {
        "on": "2026-06-15",
        "criterion": {"fact": fact, **compare},
        "proof": {"answer": "not_met", "cell": {"value": value}},
    }
    assert [found for found, _ in _found(plain)] == [code]
    assert all(path.startswith("proof.cell.value") for _, path in _found(plain))


@pytest.mark.parametrize(
    ("between", "path"),
    [
        pytest.param([], "", id="none"),
        pytest.param([1], "", id="one"),
        pytest.param([1, 2, 3], "", id="three"),
        pytest.param("1 to 2", "", id="text"),
        pytest.param([1, "2"], "[1]", id="text-for-a-count"),
    ],
)
def test_what_is_unknown_lies_between_two_values(between: object, path: str) -> None:
    plain = {
        "on": "2026-06-15",
        "criterion": {"fact": "sanctions", "at_most": 3},
        "proof": {"answer": "met", "cell": {"unknown": "disputed", "between": between}},
    }
    assert _found(plain) == [("wrong_type", f"proof.cell.between{path}")]
    plain["proof"] = {"answer": "met", "cell": {"unknown": "disputed", "between": [1, 2]}}
    assert FORM.write(FORM.read(plain)) == plain


@pytest.mark.parametrize(
    ("part", "make"),
    [
        pytest.param("criterion", lambda: "Nino Beridze", id="criterion"),
        pytest.param("proof", lambda: {"answer": "met", "cell": {"value": "Nino"}}, id="value"),
    ],
)
def test_no_value_is_shown_by_a_refusal(part: str, make: Callable[[], object]) -> None:
    plain = {**FORM.write(_age(day("1990-05-01"))), part: make()}  # type: ignore[dict-item]
    with pytest.raises(InputError) as caught:
        FORM.read(plain)
    assert "Nino" not in str(caught.value)


def test_anchor_is_written_and_judged_on_the_stored_day() -> None:
    verdict = _age(day("2008-06-15"), evidence=("r-1",))
    plain = FORM.write(verdict)
    assert isinstance(plain, dict)
    assert plain["proof"] == {
        "answer": "met",
        "cell": {"value": "2008-06-15", "evidence": ["r-1"]},
    }
    assert FORM.read(plain) == verdict
    assert _found({**plain, "on": "2026-06-14"}) == [("does_not_follow", "proof")]


def test_keys_in_another_order_say_the_same() -> None:
    _, cell, proof = CELLS["evidence-and-assumption"]
    plain = {
        "proof": {
            "cell": dict(reversed(proof["cell"].items())),
            "answer": proof["answer"],
        },
        "criterion": {"is": True, "fact": "alone"},
        "on": "2026-06-15",
    }
    assert FORM.read(plain).cell == cell


def test_code_that_is_called_never_is_no_anchor() -> None:
    often = Fact(name="often", shape=Shape.CHOICE, about="How often.", codes=("never", "daily"))
    form = verdict_form(CriterionReader(facts={"often": often}, rules={}, codec=JSON))
    verdict = judge(ask(often).is_("never"), lambda _: Known("never"), on=ON)
    assert form.read(form.write(verdict)) == verdict


def test_text_in_place_of_a_verdict_is_not_shown() -> None:
    with pytest.raises(InputError) as caught:
        FORM.read("nino")
    assert "nino" not in str(caught.value)


def test_set_in_another_order_says_the_same() -> None:
    plain = {
        "on": "2026-06-15",
        "criterion": {"fact": "needs", "has_any": ["low"]},
        "proof": {"answer": "met", "cell": {"value": ["medium", "low"]}},
    }
    verdict = FORM.read(plain)
    assert verdict.cell == Known(frozenset({"low", "medium"}))

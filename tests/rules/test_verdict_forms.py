"""Verdicts as plain data: what is written, what is read back, and what does not follow."""

import json
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.criteria import About, AllOf, Compare, Criterion, ask
from rehabcore.rules.data import verdict_forms
from rehabcore.rules.data.cell_forms import read_cell, write_cell
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.facts import NEVER, Assumption, Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import InputError
from tests.kit.builders import NO, day, span
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
from tests.kit.stored_verdicts import verdict_of, written_verdict

ON = day("2026-06-15")
READER = reader_of()


def _judge(criterion: Criterion, cells: Mapping[str, Cell]) -> Verdict:
    return judge(criterion, lambda asked: cells[asked.fact.name], on=ON)


def _found(plain: object) -> list[tuple[str, str]]:
    return problems_of(lambda: verdict_of(plain, READER))


def _age(anchor: Any, **more: Any) -> Verdict:
    return _judge(ask(AGE).at_least(Term(18)), {"age": Known(anchor, **more)})


IS_ALONE = ask(ALONE).is_(True)
FEW = ask(SANCTIONS).at_most(1)
OLD = evolve(FEW, about=About(in_force=span("2020-01-01", "2025-01-01")))

CELLS: Mapping[str, tuple[Criterion, Cell, str, dict[str, Any]]] = {
    "flag": (IS_ALONE, Known(True), "m", {"value": True}),
    "count": (FEW, Known(2), "n", {"value": 2}),
    "amount": (
        ask(DEBT).under(Decimal(5)),
        Known(Decimal("12.50")),
        "n",
        {"value": "12.50"},
    ),
    "amount-of-nothing": (
        ask(DEBT).under(Decimal(5)),
        Known(Decimal("-0.00")),
        "m",
        {"value": "0.00"},
    ),
    "choice": (
        ask(HOUSING).is_("low"),
        Known("low"),
        "m",
        {"value": "low"},
    ),
    "level": (
        ask(RISK).over("low"),
        Known("medium"),
        "m",
        {"value": "medium"},
    ),
    "set": (
        ask(NEEDS).has_all("low"),
        Known(frozenset({"medium", "low"})),
        "m",
        {"value": ["low", "medium"]},
    ),
    "set-of-all": (
        ask(NEEDS).has_any("low"),
        Known(frozenset(LEVELS)),
        "m",
        {"value": ["high", "low", "medium"]},
    ),
    "elapsed": (
        ask(AGE).under(Term(18)),
        Known(day("2008-06-16")),
        "m",
        {"value": "2008-06-16"},
    ),
    "remaining-for-ever": (
        ask(LEFT).at_most(Term(1)),
        Known(NEVER),
        "n",
        {"value": "never"},
    ),
    "evidence-and-assumption": (
        IS_ALONE,
        Known(False, evidence=("r-2", "r-1"), assumption=Assumption.NONE_ON_FILE),
        "n",
        {"value": False, "assumption": "none_on_file", "evidence": ["r-2", "r-1"]},
    ),
    **{
        f"unknown-{kind.value}": (
            IS_ALONE,
            Unknown(kind, evidence=("r-1",)),
            "u",
            {"unknown": kind.value, "evidence": ["r-1"]},
        )
        for kind in UnknownKind
    },
}


@pytest.mark.parametrize("name", CELLS)
def test_cell_of_every_kind_is_written_and_read_back(name: str) -> None:
    criterion, cell, answer, stored = CELLS[name]
    verdict = judge(criterion, lambda _: cell, on=ON)
    plain = written_verdict(verdict)
    assert plain["stored"] == {"rule": "r1", "answers": answer}
    assert plain["days"] == [{"on": "2026-06-15", "cells": {"0": stored}}]
    assert verdict_of(json.loads(json.dumps(plain)), READER) == verdict


TREE = AllOf((IS_ALONE, ~FEW | OLD))
TREE_VERDICT = _judge(
    TREE, {"alone": Known(True, evidence=("r-1",)), "sanctions": Unknown(UnknownKind.STALE)}
)
TREE_PLAIN: dict[str, Any] = {
    "rules": {
        "r1": {
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
        }
    },
    "asked": ["alone", "sanctions"],
    "days": [
        {
            "on": "2026-06-15",
            "cells": {"0": {"value": True, "evidence": ["r-1"]}, "1": {"unknown": "stale"}},
        }
    ],
    "stored": {"rule": "r1", "answers": "umuuu-"},
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
    written = written_verdict(verdict)
    assert written["days"][0]["cells"] == {"0": stored}
    assert verdict_of(written, READER) == verdict


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
    plain = {"unknown": "missing", "between": between}
    found = problems_of(lambda: read_cell(criterion.asked.fact, plain))
    assert found == [(code, "between")]


def test_proof_has_a_letter_for_each_node_of_its_criterion() -> None:
    assert written_verdict(TREE_VERDICT) == TREE_PLAIN
    assert verdict_of(TREE_PLAIN, READER) == TREE_VERDICT


def _changed(*steps: Any, to: object) -> Any:
    plain: Any = deepcopy(TREE_PLAIN)
    node = plain
    for step in steps[:-1]:
        node = node[step]
    node[steps[-1]] = to
    return plain


DAY = ("days", 0)
ONE_SIGN = "(a key of 1 characters)"
CELL = (*DAY, "cells", "0")


@pytest.mark.parametrize(
    "plain",
    [
        pytest.param(_changed("stored", "answers", to="mmuuu-"), id="answer-of-the-rule"),
        pytest.param(_changed("stored", "answers", to="nmuuu-"), id="refusal-instead-of-unknown"),
        pytest.param(_changed("stored", "answers", to="ymuuu-"), id="no-answer-at-all"),
        pytest.param(_changed("stored", "answers", to="unuuu-"), id="answer-of-a-part"),
        pytest.param(_changed("stored", "answers", to="umumu-"), id="answer-of-a-group"),
        pytest.param(_changed("stored", "answers", to="umuuuu"), id="clause-back-in-force"),
        pytest.param(_changed("stored", "answers", to="-muuu-"), id="rule-out-of-force"),
        pytest.param(_changed("stored", "answers", to="umuuu"), id="a-letter-less"),
        pytest.param(_changed("stored", "answers", to=0), id="number-for-a-text"),
        pytest.param(_changed(*CELL, "value", to=False), id="another-value"),
        pytest.param(_changed(*DAY, "on", to="2024-12-31"), id="another-day-another-law"),
        pytest.param(_changed("rules", "r1", "all", 0, "is", to=False), id="another-constant"),
    ],
)
def test_stored_answer_that_does_not_follow_is_refused(plain: object) -> None:
    assert _found(plain) == [("does_not_follow", "stored.answers")]


WRONG = "wrong_type"


@pytest.mark.parametrize(
    ("plain", "problems"),
    [
        pytest.param(_changed("stored", to=None), [(WRONG, "stored")], id="null"),
        pytest.param(_changed("stored", to=[]), [(WRONG, "stored")], id="list"),
        pytest.param(
            _changed("stored", to={"more": 1}),
            [
                ("missing_key", "stored.answers"),
                ("missing_key", "stored.rule"),
                ("unknown_key", "stored"),
            ],
            id="other-keys",
        ),
        pytest.param(
            _changed("stored", "rule", to="r2"), [("dangling_id", "stored.rule")], id="no-such-rule"
        ),
        pytest.param(
            _changed("stored", "rule", to=1), [("dangling_id", "stored.rule")], id="rule-as-number"
        ),
        pytest.param(
            _changed("stored", "known", to=1), [("dangling_id", "stored.known")], id="no-such-day"
        ),
        pytest.param(
            _changed("stored", "known", to=True),
            [("dangling_id", "stored.known")],
            id="flag-for-a-number",
        ),
        pytest.param(_changed("rules", to=[]), [(WRONG, "rules")], id="rules-as-list"),
        pytest.param(
            _changed("rules", to={"first": {}}), [("unknown_key", "rules")], id="rule-of-no-number"
        ),
        pytest.param(
            _changed("rules", "r1", "all", 0, to={"rule": "r2"}),
            [("dangling_id", "rules.r1.all[0].rule")],
            id="a-rule-that-comes-later",
        ),
        pytest.param(_changed("asked", to={}), [(WRONG, "asked")], id="asked-as-object"),
        pytest.param(
            _changed("asked", 0, to="height"), [("unknown_fact", "asked[0].fact")], id="no-fact"
        ),
        pytest.param(_changed("asked", 0, to=3), [(WRONG, "asked[0]")], id="asked-as-number"),
        pytest.param(_changed("days", to=None), [(WRONG, "days")], id="no-days"),
        pytest.param(_changed("days", 0, to=[]), [(WRONG, "days[0]")], id="day-as-list"),
        pytest.param(
            _changed("days", 0, to={"on": "2026-06-15", "more": 1}),
            [("missing_key", "days[0].cells"), ("unknown_key", "days[0]")],
            id="day-of-other-keys",
        ),
        pytest.param(_changed(*DAY, "on", to="soon"), [("bad_date", "days[0].on")], id="no-day"),
        pytest.param(_changed(*DAY, "cells", to=[]), [(WRONG, "days[0].cells")], id="no-cells"),
        *(
            pytest.param(
                _changed(*DAY, "cells", key, to={"value": True}),
                [("dangling_id", f"days[0].cells.{told}")],
                id=f"not-asked-{key}",
            )
            for key, told in (("a", "a"), ("2", ONE_SIGN), ("٣", ONE_SIGN))
        ),
        pytest.param(
            _changed(*DAY, "cells", to={}), [("missing_key", "stored.known")], id="nothing-known"
        ),
    ],
)
def test_verdict_of_another_form_is_refused(plain: object, problems: list[tuple[str, str]]) -> None:
    assert _found(plain) == problems


@pytest.mark.parametrize(
    ("cell", "problems"),
    [
        pytest.param(3, [(WRONG, "")], id="number"),
        pytest.param({}, [(WRONG, "")], id="empty"),
        pytest.param({"value": True, "unknown": "stale"}, [(WRONG, "")], id="value-and-unknown"),
        pytest.param({"unknown": "lost"}, [("unknown_value", "unknown")], id="no-such-kind"),
        pytest.param(
            {"value": True, "evidence": "r-1"}, [(WRONG, "evidence")], id="evidence-as-text"
        ),
        pytest.param(
            {"value": True, "evidence": ["r-1", 2, "\ud800"]},
            [(WRONG, "evidence[1]"), (WRONG, "evidence[2]")],
            id="evidence-of-a-number-and-of-what-is-no-text",
        ),
        pytest.param({"value": True, "note": 1}, [("unknown_key", "")], id="a-key-more"),
        pytest.param(
            {"unknown": "stale", "assumption": "told_apart"}, [("unknown_key", "")], id="assumed"
        ),
        pytest.param(
            {"value": True, "evidence": [], "added": []},
            [(WRONG, "evidence")],
            id="evidence-told-in-two-ways",
        ),
        pytest.param({"value": True, "dropped": {}}, [(WRONG, "dropped")], id="dropped-as-object"),
    ],
)
def test_cell_of_another_form_is_refused(cell: object, problems: list[tuple[str, str]]) -> None:
    assert problems_of(lambda: read_cell(ALONE, cell)) == problems


@pytest.mark.parametrize("assumption", ["", "guess", 0, False, [], {}, None], ids=repr)
def test_assumption_that_is_none_is_refused(assumption: object) -> None:
    plain = {"value": True, "assumption": assumption}
    assert [path for _, path in problems_of(lambda: read_cell(ALONE, plain))] == ["assumption"]


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        pytest.param(ALONE, 1, "wrong_type", id="number-for-a-flag"),
        pytest.param(ALONE, None, "wrong_type", id="null-for-a-flag"),
        pytest.param(SANCTIONS, True, "wrong_type", id="flag-for-a-count"),
        pytest.param(SANCTIONS, 1.5, "wrong_type", id="float-for-a-count"),
        pytest.param(DEBT, 1, "wrong_type", id="number-for-an-amount"),
        pytest.param(DEBT, "NaN", "wrong_type", id="nan-for-an-amount"),
        pytest.param(HOUSING, "hostel", "unknown_value", id="no-such-code"),
        pytest.param(HOUSING, 3, "wrong_type", id="number-for-a-code"),
        pytest.param(RISK, "huge", "unknown_value", id="no-such-level"),
        pytest.param(NEEDS, ["huge"], "unknown_value", id="no-such-need"),
        pytest.param(NEEDS, "low", "wrong_type", id="text-for-a-set"),
        pytest.param(NEEDS, ["low", "low"], "repeated_item", id="doubled-code"),
        pytest.param(AGE, "always", "bad_date", id="word-for-an-anchor"),
        pytest.param(AGE, 3, "wrong_type", id="number-for-an-anchor"),
        pytest.param(LEFT, "2026-02-30", "bad_date", id="impossible-day"),
    ],
)
def test_value_that_the_fact_cannot_have_is_refused(fact: Fact, value: object, code: str) -> None:
    found = problems_of(lambda: read_cell(fact, {"value": value}))
    assert [code for code, _ in found] == [code]
    assert all(path.startswith("value") for _, path in found)


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
    plain = {"unknown": "disputed", "between": between}
    assert problems_of(lambda: read_cell(SANCTIONS, plain)) == [("wrong_type", f"between{path}")]
    plain = {"unknown": "disputed", "between": [1, 2]}
    assert write_cell(read_cell(SANCTIONS, plain)) == plain


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_changed("rules", "r1", to="Nino Beridze"), id="criterion"),
        pytest.param(_changed(*CELL, to={"value": "Nino"}), id="value"),
        pytest.param(_changed("stored", to="nino"), id="verdict"),
        pytest.param(_changed("stored", "answers", to="nino"), id="answers"),
        pytest.param(_changed(*CELL, "evidence", to="nino"), id="evidence"),
        pytest.param(_changed(*CELL, "nino", to="nino"), id="key"),
    ],
)
def test_no_value_is_shown_by_a_refusal(change: object) -> None:
    with pytest.raises(InputError) as caught:
        verdict_of(change, READER)
    assert "nino" not in str(caught.value).lower()


def test_anchor_is_written_and_judged_on_the_stored_day() -> None:
    verdict = _age(day("2008-06-15"), evidence=("r-1",))
    plain = written_verdict(verdict)
    assert plain["stored"]["answers"] == "m"
    [stored] = plain["days"]
    assert stored["cells"] == {"0": {"value": "2008-06-15", "evidence": ["r-1"]}}
    assert verdict_of(plain, READER) == verdict
    earlier = {**plain, "days": [{**stored, "on": "2026-06-14"}]}
    assert _found(earlier) == [("does_not_follow", "stored.answers")]


def test_code_that_is_called_never_is_no_anchor() -> None:
    often = Fact(name="often", shape=Shape.CHOICE, about="How often.", codes=("never", "daily"))
    reader = CriterionReader(facts={"often": often}, rules={}, codec=JSON)
    verdict = judge(ask(often).is_("never"), lambda _: Known("never"), on=ON)
    assert verdict_of(written_verdict(verdict), reader) == verdict


def test_set_in_another_order_says_the_same() -> None:
    cell = read_cell(NEEDS, {"value": ["medium", "low"]})
    assert cell == Known(frozenset({"low", "medium"}))


# --- what was known, told by what differs -------------------------------------------------


MANY = tuple(f"r-{number}" for number in range(1, 6))


@pytest.mark.parametrize(
    ("ids", "stored"),
    [
        pytest.param(MANY, {"added": []}, id="the-same"),
        pytest.param((*MANY, "r-6"), {"added": ["r-6"]}, id="one-more"),
        pytest.param(MANY[1:], {"dropped": ["r-1"]}, id="one-less"),
        pytest.param(
            (*MANY[1:], "r-6"), {"added": ["r-6"], "dropped": ["r-1"]}, id="one-for-another"
        ),
        pytest.param((), {}, id="none"),
        pytest.param(("r-9",), {"evidence": ["r-9"]}, id="another"),
        pytest.param(MANY[::-1], {"evidence": [*MANY[::-1]]}, id="in-another-order"),
    ],
)
def test_evidence_is_told_by_what_differs_where_that_is_shorter(
    ids: tuple[str, ...], stored: dict[str, Any]
) -> None:
    cell = Known(2, evidence=ids)
    assert write_cell(cell, MANY) == {"value": 2, **stored}
    assert read_cell(SANCTIONS, write_cell(cell, MANY), MANY) == cell


def test_a_later_day_tells_only_what_is_known_otherwise() -> None:
    both = _judge(IS_ALONE & FEW, {"alone": Known(True), "sanctions": Known(0)})
    later = judge(
        IS_ALONE & FEW, lambda a: Known(True) if a.fact == ALONE else Known(1), on=day("2026-07-01")
    )
    verdicts = verdict_forms.VerdictWriter()
    tables = [verdicts.refer(one) for one in (later, both)]
    assert verdicts.known()["days"] == [
        {"on": "2026-06-15", "cells": {"0": {"value": True}, "1": {"value": 0}}},
        {"on": "2026-07-01", "cells": {"1": {"value": 1}}},
    ]
    assert [table.get("known") for table in tables] == [1, None]


def test_verdicts_of_a_day_that_contradict_each_other_are_told_apart() -> None:
    one, other = _judge(FEW, {"sanctions": Known(0)}), _judge(FEW, {"sanctions": Known(1)})
    verdicts = verdict_forms.VerdictWriter()
    tables = [verdicts.refer(verdict) for verdict in (one, other, one)]
    assert [day["on"] for day in verdicts.known()["days"]] == ["2026-06-15"] * 2
    assert [table.get("known") for table in tables] == [None, 1, None]


def test_evidence_is_read_and_written_only_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict_forms, "MOST_EVIDENCE", 1)
    verdict_of(TREE_PLAIN, READER)
    monkeypatch.setattr(verdict_forms, "MOST_EVIDENCE", 0)
    assert _found(TREE_PLAIN) == [("too_large", "days[0].cells.0")]
    assert problems_of(lambda: written_verdict(TREE_VERDICT)) == [("too_large", "")]


def test_a_rule_that_several_share_is_written_once() -> None:
    shared = IS_ALONE & FEW
    written = written_verdict(_judge(shared | ~shared, {"alone": NO, "sanctions": Known(0)}))
    assert written["rules"] == {
        "r1": {"all": [{"fact": "alone", "is": True}, {"fact": "sanctions", "at_most": 1}]},
        "r2": {"any": ["r1", {"not": "r1"}]},
    }
    assert written["stored"]["rule"] == "r2"

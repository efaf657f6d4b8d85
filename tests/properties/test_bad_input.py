"""Whatever a file holds, it is used or refused with problems: never a crash."""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.decisions import Decision, replay
from rehabcore.casework.plan_results import PlanResult
from rehabcore.casework.results import MatchResult
from rehabcore.records import Beneficiary, CaseFile
from rehabcore.reports import explain
from rehabcore.strict.problems import InputError, JurisdictionError
from rehabcore.strict.vocabulary import BeneficiaryId, CaseId, DecisionOutcome, StaffId
from tests.kit.bad_files import (
    COUNTRIES,
    GOOD,
    ON,
    XX,
    assessment,
    build,
    places,
    problems_of,
    with_records,
)
from tests.kit.builders import filed

ODD_VALUES: list[Any] = [
    *(None, True, False, 0, -1, 1.5, 10**30, float("nan"), float("inf")),
    *("", "x", "open", "unknown", "never", "2026-02-30", "2026-01-01", "1850-01-01", "2199-12-31"),
    *("NaN", "12.5", "18 years", "\ud800", "\x00", "p-1", "e-1", "o-2", "case/2"),
    *([], {}, [[]], [{}], ["x"], [["x"]], {"en": "x"}, {"fact": "age"}, {"all": []}),
]


def disturb(draw: st.DrawFn, document: Any) -> Any:
    """The document with one or more values replaced, left out, doubled or swapped for another."""
    for _ in range(draw(st.integers(1, 3))):
        *front, last = draw(st.sampled_from(list(places(document))))
        parent = document
        for step in front:
            parent = parent[step]
        match draw(st.sampled_from(["replace", "leave out", "double", "add"])):
            case "leave out":
                del parent[last]
            case "double" if isinstance(parent, list):
                parent.append(parent[last])
            case "add" if isinstance(parent, dict):
                parent[draw(st.sampled_from(["corrects", "value", "zzz", "in_force", "of"]))] = (
                    draw(st.sampled_from(ODD_VALUES))
                )
            case _:
                parent[last] = draw(st.sampled_from(ODD_VALUES))
        if not list(places(document)):
            break
    return document


@st.composite
def disturbed_cases(draw: st.DrawFn) -> str:
    return json.dumps(disturb(draw, json.loads(GOOD)))


SMALL = jurisdictions.load(COUNTRIES / "_good")
PLAN = exchange.write(
    casework.plan(
        exchange.read(with_records(needs_assessments=assessment("work", "high")), CaseFile),
        SMALL,
        on=ON,
    )
)


DECISION = exchange.write(
    casework.decide(
        exchange.read(with_records(needs_assessments=assessment("work", "high")), CaseFile),
        SMALL,
        SMALL.programs[0].program_id,
        on=ON,
        known_at=ON,
        decided_by=StaffId("officer-17"),
        decided_on=ON,
        outcome=DecisionOutcome.DEFERRED,
        why="No group begins this month.",
        review_on=date(2026, 6, 1),
    )
)


@st.composite
def disturbed_decisions(draw: st.DrawFn) -> str:
    """A decision of which something was altered, with the hash made anew."""
    document = json.loads(DECISION)
    del document["sha256"]
    document = disturb(draw, document)
    plain = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    document["sha256"] = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
    return json.dumps(document)


@st.composite
def disturbed_plans(draw: st.DrawFn) -> str:
    return json.dumps(disturb(draw, json.loads(PLAN)))


def repetitive(document: str) -> Iterator[tuple[str, str]]:
    """The document with the first key of an object given twice, for each sort of object in it."""
    sorts = {
        ".".join(step for step in path if isinstance(step, str)): path
        for path in [(), *places(json.loads(document))]
    }
    for sort, path in sorts.items():
        plain = json.loads(document)
        at: Any = plain
        for step in path:
            at = at[step]
        if isinstance(at, dict) and at:
            first = next(iter(at))
            at["given again"] = at[first]
            yield sort, json.dumps(plain).replace("given again", first)


@pytest.mark.parametrize(
    ("document", "kind"),
    [(GOOD.decode(), CaseFile), (PLAN, PlanResult), (DECISION, Decision)],
    ids=["case", "plan", "decision"],
)
def test_a_repeated_key_is_refused_wherever_it_stands(document: str, kind: Any) -> None:
    told = {}
    for path, repeated in repetitive(document):
        with contextlib.suppress(InputError):
            told[path] = exchange.read(repeated, kind)
    assert list(told) == []


T = TypeVar("T")


def unless_refused(make: Callable[..., T], *arguments: Any, **named: Any) -> T | None:
    """What ``make`` gives; None if it refuses with problems."""
    try:
        return make(*arguments, **named)
    except (InputError, JurisdictionError) as error:
        if not error.problems:
            raise
    return None


@given(disturbed_cases())
def test_whatever_a_case_file_holds_it_is_used_or_refused_never_a_crash(document: str) -> None:
    case = unless_refused(lambda: exchange.read(document, CaseFile))
    if case is not None:
        assert exchange.read(exchange.write(case), CaseFile) == case
        result = unless_refused(casework.match, case, XX, on=ON)
        assert result is None or exchange.read(exchange.write(result), MatchResult) == result


@given(disturbed_plans())
def test_whatever_a_plan_file_holds_it_is_explained_or_refused_never_a_crash(
    document: str,
) -> None:
    plan = unless_refused(lambda: exchange.read(document, PlanResult))
    if plan is not None:
        assert explain(plan)
        assert exchange.read(exchange.write(plan), PlanResult) == plan


@given(disturbed_decisions())
def test_whatever_a_decision_holds_it_is_compared_or_refused_never_a_crash(document: str) -> None:
    decision = unless_refused(lambda: exchange.read(document, Decision))
    if decision is not None:
        assert replay(decision) == decision.verdict
        assert exchange.read(exchange.write(decision), Decision) == decision
        assert explain(decision)
        case = exchange.read(GOOD, CaseFile)
        compared = unless_refused(casework.compare, decision, case, SMALL)
        assert compared is None or explain(compared)


@given(st.data())
def test_whatever_bytes_a_case_file_has_it_is_used_or_refused_never_a_crash(
    data: st.DataObject,
) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    length = data.draw(st.integers(0, 40))
    document = GOOD[:start] + data.draw(st.binary(max_size=8)) + GOOD[start + length :]
    for problem in problems_of(document):
        assert problem.code


LINES = [
    (file.name, index)
    for file in sorted((COUNTRIES / "_good").iterdir())
    for index in range(len(file.read_text().splitlines()))
]
ODD_LINES = [
    *("", "]", "}", "[[programs]]", "[rules.x]", "x = 1", "id = 0xffffffffffffffffffff", "of = []"),
    *('fact = "age"', "at_least = 1", "all = [{}]", 'not = { rule = "adult" }', "title = {}"),
    *("in_force = { start = 2020-01-01, end = 2019-01-01 }", "cite = [[]]", 'status = "reviewed"'),
    *("values = []", 'absence = "none"', "draft = [[]]", 'extends = "xx"', "dated = nan"),
]


@given(
    changes=st.lists(
        st.tuples(st.sampled_from(LINES), st.sampled_from(ODD_LINES), st.booleans()),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_a_pack_holds_it_is_sound_or_refused_never_a_crash(
    changes: list[tuple[tuple[str, int], str, bool]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = build(tmp_path_factory.mktemp("packs") / "pack", "_good")
    for (name, index), line, instead in changes:
        lines = (folder / name).read_text().splitlines()
        lines[index : index + instead] = [line]
        (folder / name).write_text("\n".join(lines))
    country = unless_refused(jurisdictions.load, folder)
    if country is not None:
        case = CaseFile(
            case_id=CaseId("c"),
            beneficiary=(Beneficiary(filed=filed("p"), beneficiary_id=BeneficiaryId("p")),),
        )
        assert explain(casework.match(case, country, on=ON))

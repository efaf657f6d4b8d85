"""What is written as data is read back equal, and what was changed in between is refused."""

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.rules.criteria import Criterion
from rehabcore.rules.data.criterion_forms import CriterionReader, write_criterion
from rehabcore.rules.data.near_forms import near_form
from rehabcore.rules.data.verdict_forms import verdict_form
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.near.near_misses import near_misses
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer
from rehabcore.strict.documents import parse_json
from rehabcore.strict.problems import InputError
from tests.kit.rule_makers import JSON, TOML
from tests.kit.strategies import FACTS, criteria, days, rules, sheets

READER = CriterionReader(facts=FACTS, rules={}, codec=JSON)
TOML_READER = CriterionReader(facts=FACTS, rules={}, codec=TOML)
VERDICTS = verdict_form(READER)
NEAR_MISSES = near_form(READER)


@given(criteria())
def test_criterion_written_as_data_is_read_back_equal(criterion: Criterion) -> None:
    text = json.dumps(write_criterion(criterion, JSON))
    assert READER.read(parse_json(text)) == criterion
    assert TOML_READER.read(write_criterion(criterion, TOML)) == criterion


@given(criteria())
def test_reading_and_writing_are_each_other_s_inverse(criterion: Criterion) -> None:
    plain = write_criterion(criterion, JSON)
    assert write_criterion(READER.read(plain), JSON) == plain


@given(criteria(), days(), st.data())
def test_verdict_written_as_data_is_read_back_equal(
    rule: Criterion, on: date, data: st.DataObject
) -> None:
    verdict = judge(rule, data.draw(sheets(rule)).__getitem__, on=on)
    assert VERDICTS.read(parse_json(json.dumps(VERDICTS.write(verdict)))) == verdict


@given(rules(), days(), st.data())
def test_near_misses_written_as_data_are_read_back_equal(
    rule: Criterion, on: date, data: st.DataObject
) -> None:
    sheet = data.draw(sheets(rule))
    near = near_misses(rule, lambda asked: Timeline.constant(sheet[asked]), on=on)
    assert NEAR_MISSES.read(parse_json(json.dumps(NEAR_MISSES.write(near)))) == near


@given(rules(), days(), st.data())
def test_changed_stored_answer_is_refused(rule: Criterion, on: date, data: st.DataObject) -> None:
    verdict = judge(rule, data.draw(sheets(rule)).__getitem__, on=on)
    plain: Any = deepcopy(VERDICTS.write(verdict))
    node = plain["proof"]
    while "parts" in node and data.draw(st.booleans()):
        node = data.draw(st.sampled_from(node["parts"]))
    others = [answer.value for answer in Answer if answer.value != node["answer"]]
    node["answer"] = data.draw(st.sampled_from(others))
    with pytest.raises(InputError) as caught:
        VERDICTS.read(plain)
    assert [problem.code for problem in caught.value.problems] == ["does_not_follow"]

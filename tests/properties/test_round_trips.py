"""What is written as data is read back equal, and what was changed in between is refused."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.rules.criteria import Criterion
from rehabcore.rules.data.criterion_forms import CriterionReader, write_criterion
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.near.near_misses import near_misses
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.documents import parse_json
from rehabcore.strict.problems import InputError
from rehabcore.testing.strategies.criteria import criteria, rules, sheets
from rehabcore.testing.strategies.facts import FACTS
from rehabcore.testing.strategies.time import days
from tests.kit.rule_makers import JSON, TOML
from tests.kit.stored_verdicts import near_of, verdict_of, written_near, written_verdict

READER = CriterionReader(facts=FACTS, rules={}, codec=JSON)
TOML_READER = CriterionReader(facts=FACTS, rules={}, codec=TOML)


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
    assert verdict_of(parse_json(json.dumps(written_verdict(verdict))), READER) == verdict


@given(rules(), days(), st.data())
def test_near_misses_written_as_data_are_read_back_equal(
    rule: Criterion, on: date, data: st.DataObject
) -> None:
    sheet = data.draw(sheets(rule))
    near = near_misses(rule, lambda asked: Timeline.constant(sheet[asked]), on=on)
    assert near_of(parse_json(json.dumps(written_near(near))), READER) == near


@given(rules(), days(), st.data())
def test_changed_stored_answer_is_refused(rule: Criterion, on: date, data: st.DataObject) -> None:
    verdict = judge(rule, data.draw(sheets(rule)).__getitem__, on=on)
    plain: Any = written_verdict(verdict)
    answers = plain["stored"]["answers"]
    place = data.draw(st.integers(0, len(answers) - 1))
    letter = data.draw(st.sampled_from([one for one in "mnu-" if one != answers[place]]))
    plain["stored"]["answers"] = f"{answers[:place]}{letter}{answers[place + 1 :]}"
    with pytest.raises(InputError) as caught:
        verdict_of(plain, READER)
    assert [problem.code for problem in caught.value.problems] == ["does_not_follow"]

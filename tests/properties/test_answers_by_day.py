"""Law: the answers of a rule worked out day after day are those of its proofs."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rehabcore.rules.criteria import Criterion
from rehabcore.rules.data.answers import answers_of
from rehabcore.rules.data.answers_by_day import AnswersByDay
from rehabcore.rules.judging.proving import judge
from rehabcore.testing.strategies.criteria import rules, sheets
from rehabcore.testing.strategies.time import days


@given(rules(), st.lists(days(), min_size=1, max_size=6), st.data())
def test_answers_are_those_of_the_proof_on_every_day(
    rule: Criterion, when: list[date], data: st.DataObject
) -> None:
    answers = AnswersByDay(rule)
    sheet = data.draw(sheets(rule))
    for day in when:
        if data.draw(st.booleans()):  # some days bring other cells, some the very same ones
            sheet = data.draw(sheets(rule))
        cells = [sheet[asked] for asked in answers.asked]
        assert answers.on(day, cells) == answers_of(judge(rule, sheet.__getitem__, on=day))

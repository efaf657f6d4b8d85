"""Whatever answers rules answers the same: one by one, together, by tables, and over time."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.rules.criteria import AllOf, Asked, Criterion, parts_of
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.cells import Histories
from rehabcore.rules.judging.over_time import verdicts_over
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.quick import lanes, tables
from rehabcore.rules.quick.compilation import compile_rules
from rehabcore.rules.quick.generated import SourceCode
from rehabcore.rules.quick.lanes import MOST_LANES
from rehabcore.rules.quick.lowering import NEVER_LAW
from rehabcore.rules.quick.numbering import Numbering
from rehabcore.rules.quick.outlook import Prospect, answers_over, prospects
from rehabcore.rules.quick.sheets import layout_of
from rehabcore.rules.quick.tables import Tables, blocks_of
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer
from rehabcore.testing.strategies.criteria import Sheet, rules, sheets
from rehabcore.testing.strategies.facts import cells_for
from rehabcore.testing.strategies.time import days


@st.composite
def asked_together(draw: st.DrawFn) -> tuple[tuple[Criterion, ...], Sheet, date]:
    """Some rules, what is known of everything they ask, and a day."""
    chosen = tuple(draw(st.lists(rules(), min_size=1, max_size=4)))
    return chosen, draw(sheets(*chosen)), draw(days())


@given(asked_together())
def test_rules_together_answer_and_prove_as_one_by_one(
    case: tuple[tuple[Criterion, ...], Sheet, date],
) -> None:
    chosen, known, on = case
    together = compile_rules(chosen).on(on)
    sheet = together.sheet(known)
    verdicts = [judge(rule, known.__getitem__, on=on) for rule in chosen]
    assert together.answers(sheet) == tuple(verdict.answer for verdict in verdicts)
    assert [together.proof(number, sheet) for number in range(len(chosen))] == verdicts


@given(asked_together(), st.sampled_from((0, 2, MOST_LANES)))
def test_tables_answer_as_generated_code_however_many_lanes_they_have(
    case: tuple[tuple[Criterion, ...], Sheet, date], most: int
) -> None:
    chosen, known, on = case
    numbering = Numbering(layout_of(chosen), on)
    row = numbering.layout.sheet(known, on).row
    pairs = [numbering.pair(rule) or NEVER_LAW for rule in chosen]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lanes, "MOST_LANES", most)
        laid = Tables(numbering, dict(enumerate(pairs)), len(pairs))
    assert laid.masks(*row) == SourceCode(numbering, pairs).function()(*row)


@given(asked_together())
def test_blocks_of_rules_answer_as_all_together(
    case: tuple[tuple[Criterion, ...], Sheet, date],
) -> None:
    chosen, known, on = case
    many = chosen * 9
    layout = layout_of(many)
    row = layout.sheet(known, on).row
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "BLOCK", 8)
        in_blocks = blocks_of(many, layout, on, Numbering.whole).masks(*row)
    assert in_blocks == blocks_of(many, layout, on, Numbering.whole).masks(*row)


@given(asked_together())
def test_open_clauses_are_the_parts_that_judging_leaves_open(
    case: tuple[tuple[Criterion, ...], Sheet, date],
) -> None:
    chosen, known, on = case
    together = compile_rules(chosen).on(on)
    for rule, found in zip(chosen, together.open_clauses(together.sheet(known)), strict=True):
        verdict = judge(rule, known.__getitem__, on=on)
        clauses = verdict.children if isinstance(rule, AllOf) else (verdict,)
        law = [clause for clause in clauses if clause.in_force and verdict.in_force]
        for answer, listed in (
            (Answer.NOT_MET, found.not_met),
            (Answer.UNKNOWN, found.unknown),
        ):
            expected = dict.fromkeys(c.criterion for c in law if c.answer is answer)
            assert listed == tuple(expected)


def _histories(changes: dict[Asked, list[tuple[date, Cell]]]) -> Histories:
    def timeline_of(asked: Asked) -> Timeline[Cell]:
        (_, first), *later = changes[asked]
        starts = {date.min: first, **dict(later)}
        return Timeline.of_changes(starts, starts.__getitem__)

    return {asked: timeline_of(asked) for asked in changes}.__getitem__


@st.composite
def asked_over_time(draw: st.DrawFn) -> tuple[tuple[Criterion, ...], Histories, Span]:
    """Some rules, what is known of what they ask on every day, and a window of days."""
    chosen = tuple(draw(st.lists(rules(), min_size=1, max_size=3)))
    layout = compile_rules(chosen).layout.asked
    changes: dict[Asked, Any] = {
        asked: draw(st.lists(st.tuples(days(), cells_for(asked.fact)), min_size=1, max_size=3))
        for asked in layout
    }
    start = draw(days())
    end = draw(st.just(OPEN) | st.integers(1, 9000).map(lambda n: start + timedelta(days=n)))
    return chosen, _histories(changes), Span(start, end)


@given(asked_over_time())
def test_answers_over_many_days_are_those_of_timelines(
    case: tuple[tuple[Criterion, ...], Histories, Span],
) -> None:
    chosen, facts, within = case
    for rule, answers in zip(
        chosen, answers_over(compile_rules(chosen), facts, within), strict=True
    ):
        expected = verdicts_over(rule, facts, within).answers()
        assert answers == tuple((span.start, answer) for span, answer in expected)


@given(asked_together())
def test_prospects_are_the_first_days_of_a_timeline_without_news(
    case: tuple[tuple[Criterion, ...], Sheet, date],
) -> None:
    chosen, known, on = case
    together = compile_rules(chosen)
    found = prospects(together, together.on(on).sheet(known))
    for rule, prospect in zip(chosen, found, strict=True):
        stays = {asked: Timeline.constant(cell) for asked, cell in known.items()}
        spans = verdicts_over(rule, stays.__getitem__, Span(on, OPEN)).answers()
        certainly = [span.start for span, answer in spans if answer is Answer.MET]
        possibly = [span.start for span, answer in spans if answer is not Answer.NOT_MET]
        assert prospect == Prospect(
            certainly[0] if certainly else None, possibly[0] if possibly else None
        )


@given(rules())
def test_no_part_of_a_rule_is_lost_in_its_layout(rule: Criterion) -> None:
    asked = compile_rules((rule,)).layout.asked
    for part in parts_of(rule):
        assert set(compile_rules((part,)).layout.asked) <= set(asked)

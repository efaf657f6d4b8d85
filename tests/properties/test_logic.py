"""Laws of judging: Kleene's logic, the order of parts, missing facts and comparisons."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from rehabcore.rules.criteria import AllOf, AnyOf, AtLeast, Compare, Criterion, Not, parts_of
from rehabcore.rules.facts import (
    BOUNDED,
    OPERATORS,
    ORDERED,
    RUNNING,
    Assumption,
    Cell,
    Known,
    Operator,
    Shape,
    Unknown,
    place,
)
from rehabcore.rules.judging.meaning import bounds, pair
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.time.days import LeapDay, Term
from rehabcore.rules.truth import Answer, UnknownKind, at_least, opposite
from rehabcore.testing.strategies.criteria import Sheet, comparisons_of, operands, rules, sheets
from rehabcore.testing.strategies.facts import asked, cells_for, facts, knowns, lowest_first, values
from rehabcore.testing.strategies.time import day_terms, days
from tests.kit.sheets import completions, narrowings, values_between

T, F, U = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
RANK = {F: 0, U: 1, T: 2}
ANSWERS = st.sampled_from(Answer)


def _judge(criterion: Criterion, sheet: Sheet, on: date) -> Verdict:
    return judge(criterion, sheet.__getitem__, on=on)


def _says(criterion: Criterion, sheet: Sheet, on: date) -> tuple[Answer, bool]:
    """What a criterion answers, and whether it is law on the day."""
    verdict = _judge(criterion, sheet, on)
    return verdict.answer, verdict.in_force


# --- answers ------------------------------------------------------------------------------


@given(st.integers(1, 5), st.lists(ANSWERS, min_size=1, max_size=5), st.randoms())
def test_at_least_does_not_depend_on_the_order_of_answers(
    count: int, answers: list[Answer], random: Any
) -> None:
    shuffled = list(answers)
    random.shuffle(shuffled)
    assert at_least(count, shuffled) is at_least(count, answers)


@given(st.integers(1, 5), st.lists(ANSWERS, min_size=1, max_size=5), st.data())
def test_at_least_is_monotone_in_each_answer_and_antitone_in_its_count(
    count: int, answers: list[Answer], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(answers) - 1))
    higher = data.draw(st.sampled_from([a for a in Answer if RANK[a] >= RANK[answers[index]]]))
    raised = [*answers[:index], higher, *answers[index + 1 :]]
    assert RANK[at_least(count, answers)] <= RANK[at_least(count, raised)]
    assert RANK[at_least(count + 1, answers)] <= RANK[at_least(count, answers)]


@given(st.lists(ANSWERS, min_size=1, max_size=5), st.data())
def test_not_k_of_n_is_more_than_n_less_k_of_the_opposites(
    answers: list[Answer], data: st.DataObject
) -> None:
    count = data.draw(st.integers(1, len(answers)))
    opposites = [opposite(answer) for answer in answers]
    refused = len(answers) - count + 1
    assert opposite(at_least(count, answers)) is at_least(refused, opposites)


# --- criteria -----------------------------------------------------------------------------


@st.composite
def judged(draw: st.DrawFn, number: int) -> tuple[Any, Sheet, date]:
    """Some criteria, what is known of everything they ask, and a day."""
    chosen = tuple(draw(rules()) for _ in range(number))
    return chosen, draw(sheets(*chosen)), draw(days())


@given(judged(1))
def test_double_negation(case: tuple[tuple[Criterion], Sheet, date]) -> None:
    (rule,), sheet, on = case
    assert _says(~~rule, sheet, on) == _says(rule, sheet, on)


@given(judged(2))
def test_de_morgan(case: tuple[tuple[Criterion, Criterion], Sheet, date]) -> None:
    (left, right), sheet, on = case
    assert _says(~(left & right), sheet, on) == _says(~left | ~right, sheet, on)
    assert _says(~(left | right), sheet, on) == _says(~left & ~right, sheet, on)


@given(judged(2))
def test_commutativity(case: tuple[tuple[Criterion, Criterion], Sheet, date]) -> None:
    (left, right), sheet, on = case
    assert _says(left & right, sheet, on) == _says(right & left, sheet, on)
    assert _says(left | right, sheet, on) == _says(right | left, sheet, on)


@given(judged(3))
def test_associativity(case: tuple[tuple[Criterion, ...], Sheet, date]) -> None:
    (first, second, third), sheet, on = case
    for whole, nested in (
        (AllOf((first, second, third)), (first & second) & third),
        (AnyOf((first, second, third)), first | (second | third)),
    ):
        assert _says(nested, sheet, on) == _says(whole, sheet, on)


@given(judged(3))
def test_all_is_n_of_n_and_any_is_one_of_n(case: tuple[Any, Sheet, date]) -> None:
    parts, sheet, on = case
    assert _says(AllOf(parts), sheet, on) == _says(AtLeast(3, parts), sheet, on)
    assert _says(AnyOf(parts), sheet, on) == _says(AtLeast(1, parts), sheet, on)


@given(judged(2))
def test_added_part_never_raises_an_all_that_is_law(
    case: tuple[tuple[Criterion, Criterion], Sheet, date],
) -> None:
    (rule, more), sheet, on = case
    before = _judge(AllOf((rule,)), sheet, on)
    after = _judge(AllOf((rule, more)), sheet, on)
    if before.in_force:
        assert RANK[after.answer] <= RANK[before.answer]
    else:
        assert _says(AllOf((more,)), sheet, on) == (after.answer, after.in_force)


@given(judged(2))
def test_repeated_part_changes_nothing_of_an_all_or_any(
    case: tuple[tuple[Criterion, Criterion], Sheet, date],
) -> None:
    (left, right), sheet, on = case
    for group in (AllOf, AnyOf):
        assert _says(group((left, right, left)), sheet, on) == _says(
            group((left, right)), sheet, on
        )


@given(judged(2))
def test_absorption(case: tuple[tuple[Criterion, Criterion], Sheet, date]) -> None:
    (left, right), sheet, on = case
    if _judge(left, sheet, on).in_force:
        assert _says(left & (left | right), sheet, on) == _says(left, sheet, on)
        assert _says(left | (left & right), sheet, on) == _says(left, sheet, on)


@given(judged(3))
def test_distributivity_of_what_is_law(case: tuple[Any, Sheet, date]) -> None:
    parts, sheet, on = case
    first, second, third = parts
    if all(_judge(part, sheet, on).in_force for part in parts):
        met, any_met = first & (second | third), first | (second & third)
        assert _says(met, sheet, on) == _says((first & second) | (first & third), sheet, on)
        assert _says(any_met, sheet, on) == _says((first | second) & (first | third), sheet, on)


@given(judged(1))
def test_excluded_middle_and_contradiction_are_open_only_where_the_rule_is(
    case: tuple[tuple[Criterion], Sheet, date],
) -> None:
    (rule,), sheet, on = case
    answer, in_force = _says(rule, sheet, on)
    either, both = _judge(rule | ~rule, sheet, on), _judge(rule & ~rule, sheet, on)
    if in_force:
        assert either.answer is (U if answer is U else T)
        assert both.answer is (U if answer is U else F)
    else:
        assert (either.answer, either.in_force) == (both.answer, both.in_force) == (F, False)


@given(judged(1), st.randoms())
def test_order_of_parts_does_not_change_the_answer(
    case: tuple[tuple[Criterion], Sheet, date], random: Any
) -> None:
    (rule,), sheet, on = case

    def shuffled(criterion: Criterion) -> Criterion:
        if isinstance(criterion, Compare):
            return criterion
        parts = [shuffled(part) for part in parts_of(criterion)]
        random.shuffle(parts)
        if isinstance(criterion, Not):
            return evolve(criterion, part=parts[0])
        return evolve(criterion, parts=tuple(parts))

    before, after = _judge(rule, sheet, on), _judge(shuffled(rule), sheet, on)
    assert (after.answer, after.in_force) == (before.answer, before.in_force)
    assert sorted(map(str, after.reasons())) == sorted(map(str, before.reasons()))
    assert set(after.evidence()) == set(before.evidence())


# --- what is not known --------------------------------------------------------------------


@given(judged(1), st.data())
def test_value_for_an_unknown_cell_never_reverses_a_decided_answer(
    case: tuple[tuple[Criterion], Sheet, date], data: st.DataObject
) -> None:
    (rule,), sheet, on = case
    before = _says(rule, sheet, on)
    after = _says(rule, data.draw(completions(sheet, on)), on)
    assert before in (after, (U, True))


@given(judged(1), st.data())
def test_closer_bounds_never_reverse_a_decided_answer(
    case: tuple[tuple[Criterion], Sheet, date], data: st.DataObject
) -> None:
    (rule,), sheet, on = case
    before = _says(rule, sheet, on)
    after = _says(rule, data.draw(narrowings(sheet, on)), on)
    assert before in (after, (U, True))


@given(judged(1), st.data())
def test_what_is_not_listed_as_missing_makes_no_difference(
    case: tuple[tuple[Criterion], Sheet, date], data: st.DataObject
) -> None:
    (rule,), sheet, on = case
    verdict = _judge(rule, sheet, on)
    missing = {leaf.criterion.asked for leaf in verdict.missing()}  # type: ignore[union-attr]
    completed = data.draw(completions(sheet, on))
    kept = {
        question: sheet[question] if question in missing else completed[question]
        for question in sheet
    }
    assert _says(rule, kept, on) == (verdict.answer, verdict.in_force)


@given(judged(1), st.data())
def test_knowing_all_that_is_missing_decides(
    case: tuple[tuple[Criterion], Sheet, date], data: st.DataObject
) -> None:
    (rule,), sheet, on = case
    verdict = _judge(rule, sheet, on)
    asked_for = {leaf.criterion.asked for leaf in verdict.missing()}  # type: ignore[union-attr]
    assert bool(asked_for) == (verdict.answer is U)
    known = {question: data.draw(knowns(question.fact)) for question in asked_for}
    assert _judge(rule, {**sheet, **known}, on).answer is not U


@given(judged(1))
def test_unknown_answer_has_a_kind_and_a_known_one_has_none(
    case: tuple[tuple[Criterion], Sheet, date],
) -> None:
    (rule,), sheet, on = case
    verdict = _judge(rule, sheet, on)
    kinds = {leaf.cell.kind for leaf in verdict.missing() if isinstance(leaf.cell, Unknown)}
    assert verdict.unknown_kinds() == kinds
    assert bool(kinds) == (verdict.answer is U)


@given(judged(1))
def test_answer_can_be_made_again_from_its_reasons(
    case: tuple[tuple[Criterion], Sheet, date],
) -> None:
    (rule,), sheet, on = case
    verdict = _judge(rule, sheet, on)
    reasons = {
        leaf.criterion.asked: leaf.cell
        for leaf in verdict.reasons()
        if isinstance(leaf.criterion, Compare) and leaf.cell is not None
    }
    rest: dict[Any, Cell] = {
        question: reasons.get(question, Unknown(UnknownKind.MISSING)) for question in sheet
    }
    assert _says(rule, rest, on) == (verdict.answer, verdict.in_force)


@given(judged(1))
def test_every_assumption_and_record_of_the_reasons_is_listed(
    case: tuple[tuple[Criterion], Sheet, date],
) -> None:
    (rule,), sheet, on = case
    verdict = _judge(rule, sheet, on)
    found = [leaf.cell for leaf in verdict.reasons() if leaf.cell is not None]
    assumed = {
        (leaf.criterion.asked, leaf.cell.assumption)
        for leaf in verdict.reasons()
        if isinstance(leaf.cell, Known)
        and leaf.cell.assumption is not None
        and isinstance(leaf.criterion, Compare)
    }
    assert len(verdict.assumptions()) == len(assumed)
    assert set(verdict.assumptions()) == assumed
    assert {assumption for _, assumption in verdict.assumptions()} <= set(Assumption)
    assert set(verdict.evidence()) == {record for cell in found for record in cell.evidence}
    assert len(set(verdict.evidence())) == len(verdict.evidence())


# --- comparisons --------------------------------------------------------------------------


@given(st.data(), days())
def test_under_is_the_opposite_of_at_least_and_over_of_at_most_but_before_time_begins_to_run(
    data: st.DataObject, on: date
) -> None:
    fact = data.draw(facts().filter(lambda fact: Operator.OVER in OPERATORS[fact.shape]))
    question = data.draw(asked(st.just(fact)))
    limit = data.draw(operands(fact, Operator.AT_LEAST))
    leap_day = data.draw(st.sampled_from(LeapDay)) if fact.shape in RUNNING else LeapDay.FEBRUARY_28
    cell = data.draw(cells_for(fact))

    def answer(operator: Operator) -> tuple[bool, bool]:
        return pair(Compare(question, operator, limit, leap_day=leap_day), cell, on)

    ends = bounds(fact, cell)
    may_be_ahead = ends is not None and any(isinstance(end, date) and end > on for end in ends)
    if fact.shape is not Shape.ELAPSED or not may_be_ahead:
        assert answer(Operator.UNDER) == answer(Operator.AT_LEAST)[::-1]
        assert answer(Operator.OVER) == answer(Operator.AT_MOST)[::-1]
    elif isinstance(cell, Known):
        assert {answer(operator) for operator in ORDERED} == {(False, True)}
    assert answer(Operator.OVER)[0] <= answer(Operator.AT_LEAST)[0]
    assert answer(Operator.UNDER)[0] <= answer(Operator.AT_MOST)[0]


@given(comparisons_of(), st.data(), days())
def test_known_value_decides_a_comparison_and_one_without_bounds_never_does(
    compare: Compare, data: st.DataObject, on: date
) -> None:
    cell = data.draw(cells_for(compare.asked.fact))
    true, false = pair(compare, cell, on)
    assert not (true and false)
    if isinstance(cell, Known) or cell.between is None:
        assert (true or false) == isinstance(cell, Known)


@given(comparisons_of(facts().filter(lambda fact: fact.shape in BOUNDED)), st.data(), days())
def test_bounds_decide_a_comparison_just_where_every_value_between_them_agrees(
    compare: Compare, data: st.DataObject, on: date
) -> None:
    fact = compare.asked.fact
    some = values(fact) | _near_the_limit(compare, on)
    low, high = lowest_first((data.draw(some), data.draw(some)))
    inside = data.draw(st.lists(values_between(fact, low, high, on), max_size=10))
    if fact.shape is Shape.ELAPSED:
        assume(compare.operand != Term())  # that less than nothing has run is asked by nobody
        inside += [on] if isinstance(low, date) and low <= on <= place(high) else []
    pairs = {pair(compare, Known(value), on) for value in (low, *inside, high)}
    agreed = pairs.pop() if len(pairs) == 1 else (False, False)
    assert pair(compare, Unknown(UnknownKind.DISPUTED, between=(low, high)), on) == agreed


@given(comparisons_of(facts().filter(lambda fact: fact.shape not in BOUNDED)), st.data(), days())
def test_bounds_of_a_fact_without_an_order_decide_nothing(
    compare: Compare, data: st.DataObject, on: date
) -> None:
    value = data.draw(values(compare.asked.fact))
    cell = Unknown(UnknownKind.MISSING, between=(value, value))
    assert pair(compare, cell, on) == (False, False)


@given(comparisons_of(facts().filter(lambda fact: fact.shape in RUNNING)), st.data())
def test_answer_on_running_time_changes_once_as_days_pass_and_also_where_it_begins(
    compare: Compare, data: st.DataObject
) -> None:
    cell = Known(data.draw(values(compare.asked.fact)))
    first = data.draw(days())
    answers = [pair(compare, cell, first + timedelta(days=shift))[0] for shift in range(0, 400, 7)]
    begins = compare.operator in (Operator.UNDER, Operator.AT_MOST) and isinstance(
        compare.operand, Term
    )
    most = 2 if compare.asked.fact.shape is Shape.ELAPSED and begins else 1
    assert sum(before != after for before, after in pairwise(answers)) <= most


@given(st.integers(-3000, 3000), st.data())
def test_shifting_every_day_changes_nothing_for_terms_of_days(
    shift: int, data: st.DataObject
) -> None:
    by = timedelta(days=shift)
    fact = data.draw(facts().filter(lambda fact: fact.shape in RUNNING))
    operator = data.draw(st.sampled_from(ORDERED))
    compare = Compare(data.draw(asked(st.just(fact))), operator, data.draw(day_terms()))
    on = data.draw(days())
    anchor = data.draw(_near_the_limit(compare, on))
    assert pair(compare, Known(anchor), on) == pair(compare, Known(anchor + by), on + by)


def _near_the_limit(compare: Compare, on: date) -> st.SearchStrategy[Any]:
    """Values, or anchors, a little around the one that an ordered comparison just reaches."""
    near = st.integers(-3, 3)
    match compare.operand:
        case Term() as term:
            elapsed = compare.asked.fact.shape is Shape.ELAPSED
            anchor = term.before(on) if elapsed else term.after(on)
            return days() | near.map(lambda shift: anchor + timedelta(days=shift))
        case date() as day:
            return days() | near.map(lambda shift: day + timedelta(days=shift))
        case Decimal() as amount:
            return near.map(lambda shift: amount + shift * Decimal("0.01"))
        case int() as count:
            return near.map(lambda shift: count + shift)
        case codes:
            raise AssertionError(f"{codes} are not ordered by a number or a day")

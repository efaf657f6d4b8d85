"""Laws of near misses: what they name suffices, nothing less does, and time keeps its word."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations, product

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.rules.criteria import (
    About,
    AllOf,
    AnyOf,
    Asked,
    AtLeast,
    Compare,
    Criterion,
    comparisons,
)
from rehabcore.rules.facts import NEVER, RUNNING, Cell, Fact, Known, Shape, Unknown, Value
from rehabcore.rules.judging.meaning import pair
from rehabcore.rules.judging.over_time import verdicts_over
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.near.corrections import Change, corrections
from rehabcore.rules.near.cures import NearKind
from rehabcore.rules.near.near_misses import near_misses, rank
from rehabcore.rules.time.days import OPEN, Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.testing.strategies.criteria import Sheet, rules, sheets
from rehabcore.testing.strategies.facts import CODES, cells_for
from rehabcore.testing.strategies.time import days

ON = st.sampled_from((date(2012, 3, 1), date(2020, 2, 29), date(2026, 11, 22)))


# --- an oracle: try every value of every fact ---------------------------------------------


def _values(fact: Fact, asked_of: list[Compare], on: date) -> Iterator[Value]:
    """Values around everything that a rule compares a fact with."""
    match fact.shape:
        case Shape.FLAG:
            yield from (False, True)
        case Shape.COUNT:
            yield from range(6)
        case Shape.AMOUNT:
            yield from (Decimal(text) for text in ("-2", "-1.50", "-1", "10.00", "10.01"))
        case Shape.CHOICE | Shape.LEVEL:
            yield from CODES
        case Shape.SET:
            sizes = range(len(CODES) + 1)
            subsets = chain.from_iterable(combinations(CODES, size) for size in sizes)
            yield from map(frozenset, subsets)
        case Shape.ELAPSED | Shape.REMAINING:
            yield NEVER
            for limit in (on, *(compare.operand for compare in asked_of)):
                ends = [limit] if isinstance(limit, date) else []
                if isinstance(limit, Term):
                    ends = [limit.before(on), limit.after(on)]
                yield from (end + timedelta(days=off) for end in ends for off in range(-3, 4))


def _allowed(fact: Fact, cell: Cell, value: Value, on: date) -> bool:
    """Whether a fact may turn out to have a value, or an act may give it."""
    if isinstance(cell, Unknown):
        if cell.between is None:
            return True
        low, high = (date.max if end is NEVER else end for end in cell.between)
        if low <= (date.max if value is NEVER else value) <= high:  # type: ignore[operator]
            return True
    if not fact.changed_by or (fact.lasting and isinstance(cell, Known) and cell.value is True):
        return False
    return fact.shape not in RUNNING or value is NEVER or value >= on  # type: ignore[operator]


def _choices(rule: Criterion, sheet: Sheet, on: date) -> dict[Asked, list[Cell]]:
    """For each fact, one allowed value of every kind that the rule tells apart."""
    choices: dict[Asked, list[Cell]] = {}
    for asked, cell in sheet.items():
        of_it = [leaf for leaf in comparisons(rule) if leaf.asked == asked]
        kinds: dict[tuple[bool, ...], Cell] = {}
        bounds = cell.between or () if isinstance(cell, Unknown) else ()
        for value in chain(_values(asked.fact, of_it, on), bounds):
            if _allowed(asked.fact, cell, value, on):
                found = Known(value)
                kinds[tuple(pair(leaf, found, on)[0] for leaf in of_it)] = found
        choices[asked] = list(kinds.values())
    return choices


def _met(rule: Criterion, sheet: Sheet, on: date) -> bool:
    return judge(rule, sheet.__getitem__, on=on).answer is Answer.MET


def _smallest(rule: Criterion, sheet: Sheet, on: date) -> set[frozenset[Asked]]:
    """The smallest sets of facts some values of which make a rule met."""
    choices, found = _choices(rule, sheet, on), set[frozenset[Asked]]()
    for size in range(len(sheet) + 1):
        for some in map(frozenset, combinations(sheet, size)):
            if not any(less <= some for less in found):
                values = product(*(choices[asked] for asked in some))
                changed = ({**sheet, **dict(zip(some, cells, strict=True))} for cells in values)
                if any(_met(rule, one, on) for one in changed):
                    found.add(some)
    return found


def _of(changes: tuple[Change, ...]) -> frozenset[Asked]:
    return frozenset(change.asked for change in changes)


@given(st.data(), ON)
def test_corrections_change_the_smallest_sets_of_facts_and_no_others(
    data: st.DataObject, on: date
) -> None:
    rule = data.draw(rules())
    sheet = data.draw(sheets(rule))
    corrected = corrections(judge(rule, sheet.__getitem__, on=on))
    assert corrected.complete
    assert {_of(changes) for changes in corrected.sets} == _smallest(rule, sheet, on)


def _answers(change: Change, cell: Cell, on: date) -> bool:
    wanted = [(pair(d.compare, cell, on), d.wanted is Answer.MET) for d in change.demands]
    return all(true is met for (true, _), met in wanted)


@given(st.data(), ON)
def test_any_values_that_answer_what_is_demanded_make_the_rule_met(
    data: st.DataObject, on: date
) -> None:
    rule = data.draw(rules())
    sheet = data.draw(sheets(rule))
    choices = _choices(rule, sheet, on)
    for changes in corrections(judge(rule, sheet.__getitem__, on=on)).sets:
        fitting = {c.asked: [v for v in choices[c.asked] if _answers(c, v, on)] for c in changes}
        assert all(fitting.values())
        for values in product(*fitting.values()):
            cured = {**sheet, **dict(zip(fitting, values, strict=True))}
            assert _met(rule, cured, on)


@given(st.data(), ON)
def test_the_order_of_parts_does_not_matter(data: st.DataObject, on: date) -> None:
    rule = data.draw(rules())
    sheet = data.draw(sheets(rule))
    one = corrections(judge(rule, sheet.__getitem__, on=on))
    other = corrections(judge(_backwards(rule), sheet.__getitem__, on=on))
    assert set(map(_wants, one.sets)) == set(map(_wants, other.sets))


def _wants(changes: tuple[Change, ...]) -> frozenset[tuple[Compare, Answer]]:
    return frozenset(
        (evolve(d.compare, about=About()), d.wanted) for c in changes for d in c.demands
    )


def _backwards(rule: Criterion) -> Criterion:
    if isinstance(rule, AllOf | AnyOf | AtLeast):
        return evolve(rule, parts=tuple(_backwards(part) for part in reversed(rule.parts)))
    return rule


# --- over time ----------------------------------------------------------------------------


@st.composite
def _histories(draw: st.DrawFn, rule: Criterion) -> dict[Asked, Timeline[Cell]]:
    """What is known of each fact, changing on a few days."""
    known: dict[Asked, Timeline[Cell]] = {}
    for asked in dict.fromkeys(leaf.asked for leaf in comparisons(rule)):
        changes = draw(st.lists(days(date(2010, 1, 1), date(2030, 1, 1)), max_size=3))
        on = {day: draw(cells_for(asked.fact)) for day in sorted({date.min, *changes})}
        known[asked] = Timeline.of_changes(on, on.__getitem__)
    return known


@given(st.data(), ON, st.none() | st.just(Term(years=5)))
def test_ways_open_the_door_on_their_day_and_not_before(
    data: st.DataObject, on: date, lead: Term | None
) -> None:
    rule = data.draw(rules())
    facts = data.draw(_histories(rule)).__getitem__
    near = near_misses(rule, facts, on=on, lead=lead)
    assert near.complete
    assert near.verdict == verdicts_over(rule, facts, Span(on, OPEN)).at(on)
    assert near.verdict.answer is not Answer.MET or not near.ways
    assert list(near.ways) == sorted(near.ways, key=rank)
    for way in near.ways:
        assert on <= way.day
        assert lead is None or lead.before(way.day) <= on
        assert way.verdict == verdicts_over(rule, facts, Span(way.day, OPEN)).at(way.day)
        assert way.changes in corrections(way.verdict).sets
        assert (NearKind.APPROACHING in way.kinds) == (way.day > on)
        assert way.kinds
        assert way.until is None or way.until > way.day


@given(st.data(), ON)
def test_what_approaches_comes_true_on_the_day_named_and_on_no_earlier_one(
    data: st.DataObject, on: date
) -> None:
    rule = data.draw(rules())
    facts = data.draw(_histories(rule)).__getitem__
    met = verdicts_over(rule, facts, Span(on, OPEN)).spans(Answer.MET)
    ways = [way for way in near_misses(rule, facts, on=on).ways if not way.changes]
    if not met or met[0].start == on:
        assert ways == []
        return
    [way] = ways
    assert way.kinds == (NearKind.APPROACHING,)
    assert way.day == met[0].start
    assert way.until == (met[0].end if isinstance(met[0].end, date) else None)
    before = way.day - timedelta(days=1)
    for day, comes_true in ((before, False), (way.day, True)):
        known = {leaf.asked: facts(leaf.asked).at(day) for leaf in comparisons(rule)}
        assert _met(rule, known, day) is comes_true


@given(st.data(), ON)
def test_changes_go_on_sufficing_until_the_day_named(data: st.DataObject, on: date) -> None:
    rule = data.draw(rules())
    facts = data.draw(_histories(rule)).__getitem__
    pieces = verdicts_over(rule, facts, Span(on, OPEN)).pieces
    for way in near_misses(rule, facts, on=on).ways:
        for start in (piece.span.start for piece in pieces):
            if way.day <= start and (way.until is None or start < way.until):
                known = {leaf.asked: facts(leaf.asked).at(start) for leaf in comparisons(rule)}
                choices = _choices(rule, dict.fromkeys(known, Unknown(UnknownKind.MISSING)), start)
                fitting = [
                    [v for v in choices[c.asked] if _answers(c, v, start)] for c in way.changes
                ]
                for values in product(*fitting):
                    cured = zip((c.asked for c in way.changes), values, strict=True)
                    assert _met(rule, {**known, **dict(cured)}, start)

"""Laws of differences between rules: nobody is overlooked, and nobody is told wrongly."""

from collections.abc import Iterator
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rehabcore.rules.criteria import AllOf, Asked, Criterion
from rehabcore.rules.differences.finding import difference
from rehabcore.rules.differences.kinds import Trait
from rehabcore.rules.facts import Cell, Known
from rehabcore.rules.judging.proving import judge
from rehabcore.testing.strategies.criteria import Sheet, rules, sheets

ON = st.sampled_from((date(2012, 3, 1), date(2020, 2, 29), date(2026, 11, 30)))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Criterion, Criterion, Sheet]:
    """Two rules, often with a part in common, and all that is known of somebody."""
    one, other = draw(rules()), draw(rules())
    if draw(st.booleans()):
        other = AllOf((one, other))
    return one, other, draw(sheets(one, other))


@given(pairs(), ON)
def test_nobody_is_overlooked(drawn: tuple[Criterion, Criterion, Sheet], on: date) -> None:
    """If somebody gets two answers there is a kind; so no kinds, if proved, means no difference."""
    one, other, sheet = drawn
    found = difference(one, other, on=on)
    before, after = (judge(rule, sheet.__getitem__, on=on).answer for rule in (one, other))
    told = {(parting.before, parting.after) for parting in found.partings()}
    assert before is after or not found.proved or told


@given(pairs(), ON)
def test_every_example_parts_the_rules(drawn: tuple[Criterion, Criterion, Sheet], on: date) -> None:
    """Whatever else is known, the two answers are those that are told."""
    one, other, sheet = drawn
    for parting in difference(one, other, on=on).partings():
        for cells in _examples(parting.traits, sheet):
            answers = [judge(rule, cells.__getitem__, on=on).answer for rule in (one, other)]
            assert answers == [parting.before, parting.after]


def _examples(traits: tuple[Trait, ...], sheet: Sheet) -> Iterator[dict[Asked, Cell]]:
    """The sheet with what decides: the example, and both ends of all values that decide alike."""
    whole: dict[Asked, Cell] = {**sheet, **{trait.asked: trait.cell for trait in traits}}
    yield whole
    for trait in traits:
        ends = (end for some in trait.values for end in (some.first, some.last))
        yield from ({**whole, trait.asked: Known(end)} for end in ends if end is not None)


@given(rules(), ON)
def test_no_rule_differs_from_itself(rule: Criterion, on: date) -> None:
    """And a rule that is denied twice is the same."""
    for same in (rule, ~~rule, AllOf((rule,))):
        found = difference(rule, same, on=on)
        assert found.kinds == ()
        assert found.proved

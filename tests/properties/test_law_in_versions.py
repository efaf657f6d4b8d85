"""Laws of law in versions: one counts on each covered day, and time tells the same as each day."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rehabcore.rules.criteria import NOTHING_SAID, AllOf, Asked, Criterion, ask, comparisons
from rehabcore.rules.facts import Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.cells import Histories
from rehabcore.rules.judging.over_time import verdicts_over
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.law.coverage import covered_until
from rehabcore.rules.law.expansion import expand
from rehabcore.rules.law.versions import UNSETTLED, Version, Versions
from rehabcore.rules.quick.compilation import compile_rules
from rehabcore.rules.quick.outlook import answers_over
from rehabcore.rules.time.days import OPEN, End, Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer
from rehabcore.testing.strategies.facts import cells_for
from rehabcore.testing.strategies.time import days
from tests.kit.rule_makers import AGE, ALONE

ONE_DAY = timedelta(days=1)
SINCE_OFFENCE = Fact(name="since_offence", shape=Shape.ELAPSED, about="Time since the offence.")
FIRST, LAST = date(2019, 12, 1), date(2020, 4, 30)


def _laws() -> st.SearchStrategy[Criterion]:
    by_age = st.builds(Term, st.integers(15, 25)).map(ask(AGE).at_least)
    return by_age | st.booleans().map(ask(ALONE).is_)


@st.composite
def versions(draw: st.DrawFn) -> Versions[Criterion]:
    """Some versions, gaps among them, that begin and end in the weeks around a 29 February."""
    edges = sorted(draw(st.sets(days(FIRST, LAST), min_size=2, max_size=5)))
    made: list[Version[Criterion]] = [
        Version(in_force=Span(start, end), value=draw(_laws() | st.none()))
        for start, end in pairwise(edges)
    ]
    ends: list[End] = [OPEN, edges[-1] + timedelta(days=20)]
    made.append(Version(in_force=Span(edges[-1], draw(st.sampled_from(ends))), value=draw(_laws())))
    return Versions(name="law", versions=tuple(made))


@st.composite
def histories(draw: st.DrawFn) -> Histories:
    """What is known of each fact: two cells_for, one after the other."""
    known: dict[Asked, Timeline[Cell]] = {Asked(UNSETTLED): Timeline.constant(UNSETTLED.absent())}
    for fact in (AGE, ALONE, SINCE_OFFENCE):
        changes: dict[date, Cell] = {
            date.min: draw(cells_for(fact)),
            draw(days(FIRST, LAST)): draw(cells_for(fact)),
        }
        known[Asked(fact)] = Timeline.of_changes(changes, changes.__getitem__)
    return known.__getitem__


@given(versions(), st.data())
def test_exactly_one_version_counts_on_each_covered_day(
    law: Versions[Criterion], data: st.DataObject
) -> None:
    rule, facts = expand(law, NOTHING_SAID, None), data.draw(histories())
    on = law.covered.start
    while on in law.covered and on <= LAST:
        verdict = judge(rule, lambda asked, on=on: facts(asked).at(on), on=on)  # type: ignore[misc]
        (counts,) = [child for child in verdict.children if child.in_force]
        assert verdict.answer is counts.answer
        version = law.at(on)
        unsettled = [leaf.asked.fact for leaf in comparisons(counts.criterion)] == [UNSETTLED]
        assert unsettled is (version.value is None)
        on += ONE_DAY


@given(versions(), st.data())
def test_a_timeline_of_law_in_versions_tells_the_same_as_each_day(
    law: Versions[Criterion], data: st.DataObject
) -> None:
    by_offence = expand(law, NOTHING_SAID, Asked(SINCE_OFFENCE))
    rule = AllOf((expand(law, NOTHING_SAID, None), by_offence))
    facts, start = data.draw(histories()), law.covered.start
    window = Span(start, min(covered_until(rule, start) or LAST + ONE_DAY, LAST + ONE_DAY))
    told = verdicts_over(rule, facts, window)
    together = compile_rules((rule,))
    (answers,) = answers_over(together, facts, window)
    assert list(answers) == [(span.start, answer) for span, answer in told.answers()]
    on = start
    while on in window:
        assert told.at(on) == judge(rule, lambda asked, on=on: facts(asked).at(on), on=on)  # type: ignore[misc]
        sheet = together.on(on).sheet(lambda asked, on=on: facts(asked).at(on))  # type: ignore[misc]
        assert together.on(on).proof(0, sheet) == told.at(on)
        on += ONE_DAY


@given(versions(), days(FIRST - timedelta(days=30), LAST + timedelta(days=60)), st.data())
def test_the_version_of_a_known_day_decides_as_it_does_alone(
    law: Versions[Criterion], offence: date, data: st.DataObject
) -> None:
    facts, on = data.draw(histories()), date(2021, 1, 1)

    def cell(asked: Asked) -> Cell:
        return Known(offence) if asked.fact is SINCE_OFFENCE else facts(asked).at(on)

    answer = judge(expand(law, NOTHING_SAID, Asked(SINCE_OFFENCE)), cell, on=on).answer
    value = law.at(offence).value if offence in law.covered else None
    assert answer is (Answer.UNKNOWN if value is None else judge(value, cell, on=on).answer)


@given(versions(), st.data())
def test_a_day_that_is_not_known_never_decides_against_a_day_that_is(
    law: Versions[Criterion], data: st.DataObject
) -> None:
    facts, on = data.draw(histories()), date(2021, 1, 1)
    rule = expand(law, NOTHING_SAID, Asked(SINCE_OFFENCE))
    before = judge(rule, lambda asked: facts(asked).at(on), on=on).answer
    if isinstance(facts(Asked(SINCE_OFFENCE)).at(on), Unknown) and before is not Answer.UNKNOWN:
        asked_day = facts(Asked(SINCE_OFFENCE)).at(on)
        ends = getattr(asked_day, "between", None) or (FIRST, LAST)
        for end in ends:
            known = judge(
                rule,
                lambda asked, end=end: (
                    Known(end)  # type: ignore[misc]
                    if asked.fact is SINCE_OFFENCE
                    else facts(asked).at(on)
                ),
                on=on,
            )
            assert known.answer is before

"""Laws of law that ends: a figure that ended stops only its own rule, in every way of answering."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabcore import casework, jurisdictions
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked, Compare, Criterion, Not, ask, comparisons, parts_of
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.cells import CellsOfDay
from rehabcore.rules.judging.over_time import same_proof, verdicts_over
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.law.any_day import on_any_day
from rehabcore.rules.law.coverage import CALENDAR
from rehabcore.rules.law.versions import NOT_ON_FILE
from rehabcore.rules.quick.compilation import compile_rules
from rehabcore.rules.quick.outlook import answers_over
from rehabcore.rules.time.days import Span
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import NotInForceError
from rehabcore.testing.strategies.facts import cells_for
from rehabcore.testing.strategies.time import days
from tests.kit.record_strategies import case_files

FIRST, END = date(2024, 1, 1), date(2026, 7, 1)
NEAR_THE_EDGES = st.sampled_from((FIRST, END)).flatmap(
    lambda edge: st.integers(-40, 40).map(lambda shift: edge + timedelta(days=shift))
)
COUNTRIES = tuple(map(jurisdictions.load, jurisdictions.bundled()))
RULES: tuple[Criterion, ...] = tuple(
    rule
    for country in COUNTRIES
    for rules in (country.admissions, country.permissions, country.rules)
    for rule in rules.values()
)
XX = jurisdictions.load("xx")
ENDED = XX.with_parameter(
    "adult_age",
    {"versions": [{"value": "18 years", "in_force": {"start": FIRST, "end": END}}]},
)
RESTING = {
    program_id
    for program_id, rule in ENDED.admissions_on_any_day.items()
    if NOT_ON_FILE in {leaf.asked.fact for leaf in comparisons(rule)}
}


def _changed(
    node: Criterion, number: int, change: Callable[[Compare], Criterion]
) -> tuple[Criterion, int]:
    """The rule with one of its comparisons changed, and how many comparisons are still ahead."""
    if isinstance(node, Compare):
        return (change(node) if number == 0 else node), number - 1
    parts = []
    for part in parts_of(node):
        made, number = _changed(part, number, change)
        parts.append(made)
    if isinstance(node, Not):
        return evolve(node, part=parts[0]), number
    return evolve(node, parts=tuple(parts)), number


def _ended(node: Compare) -> Criterion:
    return evolve(node, about=evolve(node.about, covered=Span(FIRST, END)))


def _left_to_a_person(node: Compare) -> Criterion:
    return evolve(ask(NOT_ON_FILE).is_(True), about=node.about)


@st.composite
def stories(draw: st.DrawFn) -> tuple[Criterion, int, Mapping[Asked, Timeline[Cell]]]:
    """A rule of a bundled country, one of its comparisons, and what is known of each fact."""
    rule = draw(st.sampled_from(RULES))
    known: dict[Asked, Timeline[Cell]] = {
        Asked(NOT_ON_FILE): Timeline.constant(NOT_ON_FILE.absent())
    }
    for compare in comparisons(rule):
        if compare.asked not in known:
            fact = compare.asked.fact
            changes = {date.min: draw(cells_for(fact)), draw(NEAR_THE_EDGES): draw(cells_for(fact))}
            known[compare.asked] = Timeline.of_changes(changes, changes.__getitem__)
    return rule, draw(st.integers(0, len(comparisons(rule)) - 1)), known


@given(stories(), NEAR_THE_EDGES)
def test_a_figure_that_ended_stops_only_its_own_rule(
    story: tuple[Criterion, int, Mapping[Asked, Timeline[Cell]]], on: date
) -> None:
    rule, number, known = story
    ended, _ = _changed(rule, number, _ended)
    without, _ = _changed(rule, number, _left_to_a_person)
    cells_of_day = CellsOfDay.of(on, known.__getitem__)
    answer = judge(on_any_day(ended), cells_of_day, on=on).answer
    stands_in = rule if on in Span(FIRST, END) else without
    assert answer is judge(on_any_day(stands_in), cells_of_day, on=on).answer


@given(stories(), NEAR_THE_EDGES)
def test_proof_timeline_and_compiled_answer_the_same_where_law_ended(
    story: tuple[Criterion, int, Mapping[Asked, Timeline[Cell]]], on: date
) -> None:
    rule, number, known = story
    ended = on_any_day(_changed(rule, number, _ended)[0])
    verdict = judge(ended, CellsOfDay.of(on, known.__getitem__), on=on)
    together = compile_rules((ended,))
    rules = together.on(on)
    sheet = rules.sheet(CellsOfDay.of(on, known.__getitem__))
    assert rules.answers(sheet) == (verdict.answer,)
    assert rules.proof(0, sheet) == verdict
    timeline = verdicts_over(ended, known.__getitem__, CALENDAR)
    assert timeline.at(on) == verdict
    (answers,) = answers_over(together, known.__getitem__, CALENDAR)
    assert list(answers) == [(span.start, answer) for span, answer in timeline.answers()]


@given(stories(), NEAR_THE_EDGES)
def test_who_asks_for_a_law_directly_is_refused_or_told_what_any_day_tells(
    story: tuple[Criterion, int, Mapping[Asked, Timeline[Cell]]], on: date
) -> None:
    rule, number, known = story
    ended, _ = _changed(rule, number, _ended)
    cells_of_day = CellsOfDay.of(on, known.__getitem__)
    anyday = judge(on_any_day(ended), cells_of_day, on=on)
    try:
        asked_directly = judge(ended, cells_of_day, on=on)
    except NotInForceError:
        assert on not in Span(FIRST, END)
    else:
        assert asked_directly.answer is anyday.answer


@settings(max_examples=settings().max_examples // 3)
@given(case_files(), NEAR_THE_EDGES)
def test_a_figure_that_ended_changes_no_answer_of_a_programme_that_does_not_rest_on_it(
    records: CaseFile, on: date
) -> None:
    before, after = (casework.match(records, country, on=on) for country in (XX, ENDED))
    for stood, stands in zip(before.offers, after.offers, strict=True):
        assert stands.answer in (stood.answer, Answer.UNKNOWN)
        if stands.program_id not in RESTING:
            assert same_proof(stood.verdict, stands.verdict)


def test_the_rules_that_rest_on_the_figure_are_few() -> None:
    assert 0 < len(RESTING) < len(XX.programs)


@given(case_files(), days(date(2018, 1, 1), date(2032, 12, 31)))
def test_on_covered_days_any_day_proves_what_the_rule_itself_proves(
    records: CaseFile, on: date
) -> None:
    facts = XX.facts_of(records).on(on)
    for program_id, rule in XX.admissions.items():
        anyday = XX.admissions_on_any_day[program_id]
        assert judge(anyday, facts, on=on).answer is judge(rule, facts, on=on).answer

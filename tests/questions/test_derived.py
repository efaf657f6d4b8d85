"""Comparisons of two facts and additive scores: decided wherever every possible value agrees."""

from collections.abc import Mapping
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.questions import FactComparison, Score, ScorePart
from rehabcore.rules.criteria import About, Asked, Criterion, ask
from rehabcore.rules.facts import NEVER, Assumption, Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.law.versions import NOT_ON_FILE
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import InputError
from tests.kit.builders import case, day, flag, person
from tests.kit.record_makers import (
    XX,
    completion,
    enrolment,
    event,
    facts_of,
    milestone,
    observation,
    offence,
    sentence,
    state,
    told,
)
from tests.kit.rule_makers import BY_SHAPE, HOUSING, LEFT, RISK

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
STALE, NEEDS_PERSON = UnknownKind.STALE, UnknownKind.NEEDS_PERSON
TITLE = Text.of(en="t")


def histories(cells: Mapping[str, Cell]) -> Any:
    """Facts that are the same on every day, by name."""
    return lambda asked: Timeline.constant(cells[asked.fact.name])


# --- comparisons --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parole", "release", "expected"),
    [
        ("2030-05-31", "2030-06-01", "earlier"),
        ("2030-06-01", "2030-06-01", "same"),
        ("2030-06-02", "2030-06-01", "later"),
        ("2030-06-01", None, "earlier"),
        (None, "2030-06-01", "later"),
        (None, None, "same"),
    ],
)
def test_days_are_compared_and_never_is_later_than_all(
    parole: str | None, release: str | None, expected: str
) -> None:
    days = (milestone("m", parole, "parole_eligibility"), milestone("n", release))
    for order in permutations(days):
        file = case(milestones=order)
        assert told(file, "compared_parole_and_release") == [("", expected, "m n")]


@pytest.mark.parametrize(
    ("parole", "releases", "expected"),
    [
        ("2030-01-01", ("2030-06-01", "2030-07-01"), "earlier"),
        ("2030-05-31", ("2030-06-01", None), "earlier"),
        ("2030-06-01", ("2030-06-01", "2030-07-01"), DISPUTED),
        ("2030-06-15", ("2030-06-01", "2030-07-01"), DISPUTED),
        ("2030-07-01", ("2030-06-01", "2030-07-01"), DISPUTED),
        ("2030-07-02", ("2030-06-01", "2030-07-01"), "later"),
    ],
)
def test_a_disputed_day_is_compared_where_all_that_is_said_of_it_agrees(
    parole: str, releases: tuple[str, str], expected: object
) -> None:
    stated = (
        milestone("m", parole, "parole_eligibility"),
        *(
            milestone(f"r-{source}", on, source=source)
            for source, on in zip("ab", releases, strict=True)
        ),
    )
    file = case(milestones=stated)
    assert told(file, "compared_parole_and_release") == [("", expected, "m r-a r-b")]


@pytest.mark.parametrize(
    ("level", "recommended", "expected"),
    [
        ("open", "closed", "lower"),
        ("closed", "closed", "same"),
        ("strict", "open", "higher"),
    ],
)
def test_a_level_is_compared_with_the_recommended_one(
    level: str, recommended: str, expected: str
) -> None:
    file = case(
        states=(state("s", level, "2030-01-01", kind="custody_level"),),
        observations=(
            observation("o", recommended, "2030-02-01", "2030-03-01", kind="recommended_level"),
        ),
    )
    assert told(file, "compared_custody_level") == [
        ("", MISSING, ""),
        ("2030-01-01", MISSING, "s"),
        ("2030-02-01", expected, "o s"),
        ("2030-03-01", STALE, "o s"),
    ]


def test_numbers_are_compared_and_assumptions_carried_over() -> None:
    one, other = (Fact(name=name, shape=Shape.COUNT, about="A number.") for name in ("a", "b"))
    made = FactComparison(id="x", title=TITLE, one=ask(one), other=ask(other))
    assumed = Known(2, evidence=("r",), assumption=Assumption.NONE_ON_FILE)
    for cells, expected in (
        ({"a": Known(1, evidence=("q",)), "b": assumed}, "lower"),
        ({"a": assumed, "b": Known(1, evidence=("q",))}, "higher"),
    ):
        cell = made.read(histories(cells)).at(day("2030-01-01"))
        assert cell == Known(expected, evidence=("q", "r"), assumption=Assumption.NONE_ON_FILE)
    assert made.fact.codes == ("lower", "same", "higher")


@pytest.mark.parametrize("shape", list(Shape))
def test_only_facts_whose_values_have_an_order_are_compared(shape: Shape) -> None:
    fact = BY_SHAPE[shape]
    if shape in (Shape.FLAG, Shape.CHOICE, Shape.SET):
        assert _problems(ask(fact), ask(fact)) == [("cannot_compare", "one")]
    else:
        FactComparison(id="x", title=TITLE, one=ask(fact), other=ask(fact))


@pytest.mark.parametrize(
    "other", [ask(LEFT), ask(HOUSING), ask(evolve(RISK, codes=("low", "high")))]
)
def test_facts_of_another_shape_or_of_other_codes_are_not_compared(other: Asked) -> None:
    assert _problems(ask(RISK), other) == [("cannot_compare", "other")]


def _problems(one: Asked, other: Asked) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as raised:
        FactComparison(id="x", title=TITLE, one=one, other=other)
    return [(problem.code, problem.path) for problem in raised.value.problems]


def test_who_can_answer_either_fact_can_answer_their_comparison() -> None:
    assert XX.facts["compared_custody_level"].answered_by == (
        "holder_of_the_case",
        "multidisciplinary_group",
    )


def test_who_can_answer_what_a_part_asks_can_answer_the_score() -> None:
    told = XX.facts["score_classification"].answered_by
    assert told == ("court", "registry_of_convicts", "civil_registry", "provider")


# --- scores -------------------------------------------------------------------------------

GROWN = person(birth_date=day("2000-03-01"))
VIOLENT = {
    "offences": (offence("o", convicted="2019-12-01", of="s"),),
    "sentences": (sentence("s", "2020-01-01", "2030-01-01"),),
}


def test_a_score_adds_the_points_of_what_is_met_on_each_day() -> None:
    file = case(
        beneficiary=(GROWN,),
        events=(event("e", "2024-01-01", "violation", severity="grave", outcome="sustained"),),
        enrolments=(enrolment("en", "2026-01-01"),),
        completions=(completion("co", "en", "2026-06-01"),),
        **VIOLENT,
    )
    assert [(start, value) for start, value, _ in told(file, "score_classification")] == [
        ("", 0),
        ("2000-03-01", 2),
        ("2020-01-01", 5),
        ("2024-01-01", 7),
        ("2025-01-01", 5),
        ("2025-03-01", 3),
        ("2026-01-01", 3),
        ("2026-06-01", 2),
        ("2030-01-01", -1),
    ]


def test_what_is_unknown_leaves_a_score_between_two_numbers() -> None:
    violation = event("e", "2024-01-01", "violation", severity="grave")
    pieces = told(case(beneficiary=(GROWN,), events=(violation,)), "score_classification")
    assert pieces == [
        ("", "missing 0..3", "p-1"),
        ("2000-03-01", "missing 2..5", "p-1"),
        ("2024-01-01", "missing 2..7", "e p-1"),
        ("2025-01-01", "missing 2..5", "p-1"),
        ("2025-03-01", "missing 0..3", "p-1"),
    ]


def test_a_score_says_that_it_assumes_what_its_parts_assume() -> None:
    facts = facts_of(case(beneficiary=(GROWN,), **VIOLENT))
    cell = facts.on(day("2020-06-01"))(ask(XX.facts["score_classification"]))
    assert cell == Known(5, evidence=("o", "p-1"), assumption=Assumption.NONE_ON_FILE)


POINTS = st.integers(-3, 3).filter(bool)
CELLS = st.sampled_from([Known(True), Known(False), Unknown(MISSING), Unknown(NEEDS_PERSON)])


@given(st.lists(st.tuples(POINTS, CELLS), min_size=1, max_size=6), st.data())
def test_a_score_lies_where_every_completion_of_its_parts_puts_it(
    drawn: list[tuple[int, Cell]], data: st.DataObject
) -> None:
    made = Score(
        id="x",
        title=TITLE,
        parts=tuple(
            ScorePart(points=points, when=ask(flag(f"f{place}")).is_(True))
            for place, (points, _) in enumerate(drawn)
        ),
    )
    cells = {f"f{place}": cell for place, (_, cell) in enumerate(drawn)}
    known = {
        name: cell if isinstance(cell, Known) else Known(data.draw(st.booleans()))
        for name, cell in cells.items()
    }
    on = day("2030-01-01")
    before, after = made.read(histories(cells)).at(on), made.read(histories(known)).at(on)
    assert isinstance(after, Known)
    assert after.value == sum(
        points for place, (points, _) in enumerate(drawn) if known[f"f{place}"].value
    )
    if isinstance(before, Known):
        assert before.value == after.value
    else:
        least, most = before.between or (0, 0)
        assert isinstance(least, int)
        assert isinstance(most, int)
        assert least <= int(str(after.value)) <= most
        ends = {points > 0 for points, cell in drawn if isinstance(cell, Unknown)}
        assert ends
        assert least < most


def test_a_part_that_is_no_law_gives_nothing() -> None:
    law = About(in_force=Span(day("2030-01-01"), day("2031-01-01")))
    when: Criterion = evolve(ask(flag("f")).is_(True), about=law)
    made = Score(id="x", title=TITLE, parts=(ScorePart(points=2, when=when),))
    timeline = made.read(histories({"f": Known(True)}))
    assert [
        (start, cell.value) for start, _, cell in timeline.pieces() if isinstance(cell, Known)
    ] == [
        (date.min, 0),
        (day("2030-01-01"), 2),
        (day("2031-01-01"), 0),
    ]


def test_a_part_whose_law_is_not_on_file_leaves_the_score_between_two_numbers() -> None:
    about = About(covered=Span(day("2030-01-01"), day("2031-01-01")))
    when: Criterion = evolve(ask(flag("f")).is_(True), about=about)
    made = Score(id="x", title=TITLE, parts=(ScorePart(points=2, when=when),))
    unknown = Unknown(NEEDS_PERSON, between=(0, 2))
    cells = {"f": Known(True), NOT_ON_FILE.name: NOT_ON_FILE.absent()}
    assert list(made.read(histories(cells)).pieces()) == [
        (date.min, day("2030-01-01"), unknown),
        (day("2030-01-01"), day("2031-01-01"), Known(2)),
        (day("2031-01-01"), None, unknown),
    ]
    assert made.fact.answered_by == NOT_ON_FILE.answered_by


def test_a_score_of_running_time_changes_on_the_day_that_time_turns_it() -> None:
    when = ask(LEFT).at_most(Term(months=1))
    made = Score(id="x", title=TITLE, parts=(ScorePart(points=1, when=when),))
    assert made.read(histories({"left": Known(day("2030-05-31"))})).changes() == (
        day("2030-04-30"),
    )
    assert made.read(histories({"left": Known(NEVER)})).changes() == ()


@pytest.mark.parametrize("points", [0, 1001, -1001])
def test_points_are_a_number_other_than_none(points: int) -> None:
    with pytest.raises(InputError) as raised:
        ScorePart(points=points, when=ask(flag()).is_(True))
    assert [(p.code, p.path) for p in raised.value.problems] == [("out_of_range", "points")]


def test_a_score_has_parts() -> None:
    with pytest.raises(InputError) as raised:
        Score(id="X", title=TITLE, parts=())
    assert [(p.code, p.path) for p in raised.value.problems] == [
        ("not_a_code", "id"),
        ("empty_group", "parts"),
    ]


def test_derived_facts_are_read_once() -> None:
    facts = facts_of(case())
    asked = ask(XX.facts["score_classification"])
    assert facts.timeline(asked) is facts.timeline(asked)


def test_a_derived_fact_is_read_from_what_was_known() -> None:
    days = (milestone("m", "2030-01-01", "parole_eligibility", recorded_on="2029-01-01"),)
    later = milestone("n", "2030-06-01", recorded_on="2029-06-01")
    file = case(milestones=(*days, later))
    asked = ask(XX.facts["compared_parole_and_release"])
    for known_at, expected in (
        ("2029-05-31", Unknown(MISSING, evidence=("m",))),
        ("2029-06-01", Known("earlier", evidence=("m", "n"))),
    ):
        facts = facts_of(file, known_at=day(known_at))
        assert facts.on(day("2029-07-01"))(asked) == expected

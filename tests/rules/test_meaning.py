"""What each comparison means: one cell, one day, certainly true or certainly false or neither."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rehabcore.rules.criteria import Asked, Compare, ask
from rehabcore.rules.facts import NEVER, Fact, Known, Operator, Unknown, Value
from rehabcore.rules.judging.meaning import course, fold, pair
from rehabcore.rules.quick.compilation import FEW, compile_rules
from rehabcore.rules.time.days import LeapDay, Term
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import day
from tests.kit.rule_makers import AGE, ALONE, DEBT, HOUSING, LEFT, LEVELS, NEEDS, RISK, SANCTIONS

TODAY = day("2026-06-15")

TRUE, FALSE = (True, False), (False, True)


def _answer(compare: Compare, value: Value, on: date = TODAY) -> bool:
    certain = pair(compare, Known(value), on)
    assert certain in (TRUE, FALSE), "a known value decides every comparison"
    return certain == TRUE


# --- values -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("compare", "met", "not_met"),
    [
        pytest.param(ask(ALONE).is_(True), [True], [False], id="flag-is-true"),
        pytest.param(ask(ALONE).is_(False), [False], [True], id="flag-is-false"),
        pytest.param(ask(SANCTIONS).at_least(2), [2, 3], [0, 1], id="count-at-least"),
        pytest.param(ask(SANCTIONS).over(2), [3, 4], [1, 2], id="count-over"),
        pytest.param(ask(SANCTIONS).at_most(2), [0, 2], [3, 4], id="count-at-most"),
        pytest.param(ask(SANCTIONS).under(2), [0, 1], [2, 3], id="count-under"),
        pytest.param(ask(SANCTIONS).at_most(0), [0], [1], id="count-none"),
        pytest.param(
            ask(DEBT).at_least(Decimal("12.50")),
            [Decimal("12.50"), Decimal("12.5"), Decimal("12.51")],
            [Decimal("12.49"), Decimal(0), Decimal(-13)],
            id="amount-at-least",
        ),
        pytest.param(
            ask(DEBT).over(Decimal("12.50")),
            [Decimal("12.51")],
            [Decimal("12.50"), Decimal("12.49")],
            id="amount-over",
        ),
        pytest.param(
            ask(DEBT).at_most(Decimal("12.50")),
            [Decimal("12.50"), Decimal("12.49")],
            [Decimal("12.51")],
            id="amount-at-most",
        ),
        pytest.param(
            ask(DEBT).under(Decimal("12.50")),
            [Decimal("12.49")],
            [Decimal("12.50"), Decimal("12.500"), Decimal("12.51")],
            id="amount-under",
        ),
        pytest.param(ask(HOUSING).is_("medium"), ["medium"], ["low", "high"], id="choice-is"),
        pytest.param(ask(HOUSING).in_("low", "high"), ["low", "high"], ["medium"], id="choice-in"),
        pytest.param(ask(RISK).is_("medium"), ["medium"], ["low", "high"], id="level-is"),
        pytest.param(ask(RISK).in_("low", "high"), ["low", "high"], ["medium"], id="level-in"),
        pytest.param(
            ask(RISK).at_least("medium"), ["medium", "high"], ["low"], id="level-at-least"
        ),
        pytest.param(ask(RISK).over("medium"), ["high"], ["low", "medium"], id="level-over"),
        pytest.param(ask(RISK).at_most("medium"), ["low", "medium"], ["high"], id="level-at-most"),
        pytest.param(ask(RISK).under("medium"), ["low"], ["medium", "high"], id="level-under"),
        pytest.param(ask(RISK).over("high"), [], LEVELS, id="over-the-highest-level"),
        pytest.param(ask(RISK).under("low"), [], LEVELS, id="under-the-lowest-level"),
        pytest.param(ask(RISK).at_least("low"), LEVELS, [], id="at-least-the-lowest-level"),
        pytest.param(ask(RISK).at_most("high"), LEVELS, [], id="at-most-the-highest-level"),
        pytest.param(
            ask(NEEDS).has_any("low", "high"),
            [frozenset({"low"}), frozenset({"high", "medium"}), frozenset(LEVELS)],
            [frozenset(), frozenset({"medium"})],
            id="set-has-any",
        ),
        pytest.param(
            ask(NEEDS).has_all("low", "high"),
            [frozenset({"low", "high"}), frozenset(LEVELS)],
            [frozenset(), frozenset({"low"}), frozenset({"high", "medium"})],
            id="set-has-all",
        ),
    ],
)
def test_value_is_compared(compare: Compare, met: list[Value], not_met: list[Value]) -> None:
    assert [_answer(compare, value) for value in met] == [True] * len(met)
    assert [_answer(compare, value) for value in not_met] == [False] * len(not_met)


@pytest.mark.parametrize("kind", UnknownKind)
@pytest.mark.parametrize(
    "compare",
    [
        ask(ALONE).is_(True),
        ask(SANCTIONS).at_most(5),
        ask(DEBT).under(Decimal(1)),
        ask(HOUSING).in_(*LEVELS),
        ask(RISK).at_least("low"),
        ask(NEEDS).has_any("low"),
        ask(AGE).at_least(Term()),
        ask(LEFT).at_most(Term(200)),
    ],
    ids=str,
)
def test_without_a_value_neither_is_certain(compare: Compare, kind: UnknownKind) -> None:
    assert pair(compare, Unknown(kind), TODAY) == (False, False)


BETWEEN = Unknown(UnknownKind.DISPUTED, between=(2, 4))


@pytest.mark.parametrize(
    ("compare", "certain"),
    [
        pytest.param(ask(SANCTIONS).at_least(2), TRUE, id="both-ends-reach-it"),
        pytest.param(ask(SANCTIONS).at_least(3), (False, False), id="only-the-highest-reaches-it"),
        pytest.param(ask(SANCTIONS).at_least(5), FALSE, id="neither-reaches-it"),
        pytest.param(ask(SANCTIONS).under(2), FALSE, id="neither-is-under"),
        pytest.param(ask(SANCTIONS).under(4), (False, False), id="only-the-lowest-is-under"),
        pytest.param(ask(SANCTIONS).under(5), TRUE, id="both-are-under"),
        pytest.param(ask(RISK).at_least("low"), (False, False), id="levels-have-no-bounds"),
    ],
)
def test_unknown_between_two_values_is_decided_where_both_agree(
    compare: Compare, certain: tuple[bool, bool]
) -> None:
    assert pair(compare, BETWEEN, TODAY) == certain


def test_time_run_since_one_of_two_days_is_reached_when_the_later_has_reached_it() -> None:
    run = Unknown(UnknownKind.MISSING, between=(day("2026-01-10"), day("2026-02-10")))
    long_enough = ask(AGE).at_least(Term(months=3))
    assert pair(long_enough, run, day("2026-04-09")) == FALSE
    assert pair(long_enough, run, day("2026-04-10")) == (False, False)
    assert pair(long_enough, run, day("2026-05-09")) == (False, False)
    assert pair(long_enough, run, day("2026-05-10")) == TRUE


# --- days as limits -----------------------------------------------------------------------


@pytest.mark.parametrize("fact", [AGE, LEFT], ids=lambda fact: fact.name)
@pytest.mark.parametrize(
    ("anchor", "before"),
    [("2023-12-31", True), ("2024-01-01", False), ("2024-01-02", False)],
)
def test_an_anchor_is_before_a_day_or_since_it(fact: Fact, anchor: str, before: bool) -> None:
    limit = day("2024-01-01")
    assert _answer(ask(fact).before(limit), day(anchor)) is before
    assert _answer(ask(fact).since(limit), day(anchor)) is not before
    assert len(course(ask(fact).before(limit))(Known(day(anchor)))) == 1


def test_an_anchor_that_never_comes_is_not_before_any_day() -> None:
    assert not _answer(ask(LEFT).before(day("2024-01-01")), NEVER)
    assert _answer(ask(LEFT).since(day("2024-01-01")), NEVER)


# --- running time -------------------------------------------------------------------------


def _days_of(fact: Fact, operator: Operator, term: str, anchor: str, day_of: str) -> list[bool]:
    """The answers on the day before, the day itself and the day after."""
    compare = Compare(Asked(fact), operator, Term.parse(term))
    middle = day(day_of).toordinal()
    return [_answer(compare, day(anchor), date.fromordinal(middle + shift)) for shift in (-1, 0, 1)]


BEFORE_ON_AFTER: dict[Operator, list[bool]] = {
    Operator.AT_LEAST: [False, True, True],
    Operator.OVER: [False, False, True],
    Operator.AT_MOST: [True, True, False],
    Operator.UNDER: [True, False, False],
}


@pytest.mark.parametrize("operator", BEFORE_ON_AFTER)
@pytest.mark.parametrize(
    ("term", "anchor", "reached"),
    [
        pytest.param("18 years", "2008-06-15", "2026-06-15", id="birthday"),
        pytest.param("18 years", "2008-02-29", "2026-02-28", id="birthday-of-29-february"),
        pytest.param("1 month", "2026-01-31", "2026-02-28", id="clamped-at-month-end"),
        pytest.param("90 days", "2026-01-01", "2026-04-01", id="days"),
        pytest.param("12 weeks", "2026-01-01", "2026-03-26", id="weeks"),
        pytest.param("1 year 1 month 1 day", "2026-01-31", "2027-03-01", id="mixed"),
    ],
)
def test_time_run_is_reached_on_the_day_itself(
    operator: Operator, term: str, anchor: str, reached: str
) -> None:
    assert _days_of(AGE, operator, term, anchor, reached) == BEFORE_ON_AFTER[operator]


@pytest.mark.parametrize("operator", BEFORE_ON_AFTER)
@pytest.mark.parametrize(
    ("term", "anchor", "exactly_left"),
    [
        pytest.param("9 months", "2027-03-15", "2026-06-15", id="months"),
        pytest.param("1 month", "2030-05-31", "2030-04-30", id="clamped-at-month-end"),
        pytest.param("1 year", "2028-02-29", "2027-02-28", id="end-on-29-february"),
        pytest.param("30 days", "2026-03-01", "2026-01-30", id="days"),
        pytest.param("0 days", "2026-01-31", "2026-01-31", id="the-anchor-itself"),
    ],
)
def test_time_left_is_exact_on_the_day_that_the_term_before_the_anchor(
    operator: Operator, term: str, anchor: str, exactly_left: str
) -> None:
    answers = _days_of(LEFT, operator, term, anchor, exactly_left)
    assert answers == BEFORE_ON_AFTER[operator][::-1]


@pytest.mark.parametrize("fact", [AGE, LEFT], ids=lambda fact: fact.name)
@pytest.mark.parametrize("operator", BEFORE_ON_AFTER)
@pytest.mark.parametrize("leap_day", LeapDay)
def test_time_turns_a_comparison_on_the_first_day_with_the_other_answer(
    fact: Fact, operator: Operator, leap_day: LeapDay
) -> None:
    compare = Compare(Asked(fact), operator, Term(1, 1), leap_day=leap_day)
    (first, _), *stages = course(compare)(Known(day("2028-02-29")))
    assert first == date.min
    for turn, holds in stages:
        eve = date.fromordinal(turn.toordinal() - 1)
        before, after = (_answer(compare, day("2028-02-29"), on) for on in (eve, turn))
        assert (before, after) == (not holds, holds)
    begins = fact is AGE and operator in (Operator.UNDER, Operator.AT_MOST)
    assert [turn for turn, _ in stages][:-1] == ([day("2028-02-29")] if begins else [])
    assert len(course(compare)(Known(NEVER))) == 1


@pytest.mark.parametrize(
    ("leap_day", "reached"),
    [
        pytest.param(LeapDay.FEBRUARY_28, "2026-02-28", id="february"),
        pytest.param(LeapDay.MARCH_1, "2026-03-01", id="march"),
    ],
)
@pytest.mark.parametrize("operator", BEFORE_ON_AFTER)
def test_age_of_a_person_born_on_29_february(
    operator: Operator, leap_day: LeapDay, reached: str
) -> None:
    age = Compare(Asked(AGE), operator, Term(18), leap_day=leap_day)
    middle = day(reached).toordinal()
    answers = [
        _answer(age, day("2008-02-29"), date.fromordinal(middle + shift)) for shift in (-1, 0, 1)
    ]
    assert answers == BEFORE_ON_AFTER[operator]


@pytest.mark.parametrize(
    ("leap_day", "exactly_left"),
    [
        pytest.param(LeapDay.FEBRUARY_28, "2027-02-28", id="february"),
        pytest.param(LeapDay.MARCH_1, "2027-03-01", id="march"),
    ],
)
@pytest.mark.parametrize("operator", BEFORE_ON_AFTER)
def test_time_left_until_29_february(
    operator: Operator, leap_day: LeapDay, exactly_left: str
) -> None:
    left = Compare(Asked(LEFT), operator, Term(1), leap_day=leap_day)
    middle = day(exactly_left).toordinal()
    answers = [
        _answer(left, day("2028-02-29"), date.fromordinal(middle + shift)) for shift in (-1, 0, 1)
    ]
    assert answers == BEFORE_ON_AFTER[operator][::-1]


def test_not_overdue_on_the_due_day_and_overdue_from_the_next() -> None:
    overdue = ask(AGE).over(Term())
    due = day("2026-06-15")
    assert not _answer(overdue, due, day("2026-06-15"))
    assert _answer(overdue, due, day("2026-06-16"))
    assert _answer(overdue, due, day("2036-06-16"))


def test_missing_due_day_leaves_overdue_unknown() -> None:
    assert pair(ask(AGE).over(Term()), Unknown(UnknownKind.MISSING), TODAY) == (False, False)


def test_upcoming_variant_fails_from_the_day_itself_and_the_other_stays_met() -> None:
    near, ahead = ask(LEFT).at_most(Term(0, 6)), ask(LEFT).over(Term())
    release = day("2026-06-15")
    for on, is_near, is_ahead in (
        ("2025-12-14", False, True),
        ("2025-12-15", True, True),
        ("2026-06-14", True, True),
        ("2026-06-15", True, False),
        ("2026-06-16", True, False),
    ):
        assert _answer(near, release, day(on)) is is_near
        assert _answer(ahead, release, day(on)) is is_ahead


# --- before time begins to run ------------------------------------------------------------


@pytest.mark.parametrize(
    ("operator", "answers"),
    [
        (Operator.AT_LEAST, [False, False, False]),
        (Operator.OVER, [False, False, False]),
        (Operator.AT_MOST, [False, True, True]),
        (Operator.UNDER, [False, True, True]),
    ],
)
def test_before_birth_nobody_is_of_any_age(operator: Operator, answers: list[bool]) -> None:
    assert _days_of(AGE, operator, "18 years", "2026-06-15", "2026-06-15") == answers


@pytest.mark.parametrize(
    ("operator", "answers"),
    [
        (Operator.AT_LEAST, [False, True, True]),
        (Operator.OVER, [False, False, True]),
        (Operator.AT_MOST, [False, True, False]),
        (Operator.UNDER, [False, False, False]),
    ],
)
def test_no_time_has_run_on_the_day_of_the_anchor_alone(
    operator: Operator, answers: list[bool]
) -> None:
    assert _days_of(AGE, operator, "0 days", "2026-01-31", "2026-01-31") == answers


NEITHER = (False, False)


@pytest.mark.parametrize(
    ("born", "on", "certain"),
    [
        pytest.param(("2026-01-01", "2026-12-31"), "2025-12-31", FALSE, id="before-both"),
        pytest.param(("2026-01-01", "2026-12-31"), "2026-12-30", NEITHER, id="perhaps-born"),
        pytest.param(("2026-01-01", "2026-12-31"), "2026-12-31", TRUE, id="certainly-born"),
        pytest.param(("2026-01-01", "2026-12-31"), "2043-12-31", TRUE, id="both-under"),
        pytest.param(("2026-01-01", "2026-12-31"), "2044-01-01", NEITHER, id="perhaps-of-age"),
        pytest.param(("2026-01-01", "2026-12-31"), "2044-12-31", FALSE, id="both-of-age"),
        pytest.param(("2000-01-01", "2030-01-01"), "2020-01-01", NEITHER, id="of-age-to-unborn"),
        pytest.param(("2026-01-01", None), "2025-12-31", NEITHER, id="to-come-or-never"),
        pytest.param(("2026-01-01", None), "2026-01-01", TRUE, id="began-or-never-will"),
        pytest.param(("2026-01-01", None), "2044-01-01", NEITHER, id="reached-or-never"),
        pytest.param((None, None), "2026-01-01", TRUE, id="never"),
    ],
)
def test_less_than_a_term_since_one_of_two_days_is_met_once_both_began(
    born: tuple[str | None, str | None], on: str, certain: tuple[bool, bool]
) -> None:
    low, high = (NEVER if end is None else day(end) for end in born)
    cell, under = Unknown(UnknownKind.MISSING, between=(low, high)), ask(AGE).under(Term(18))
    assert pair(under, cell, day(on)) == certain
    stages = [holds for start, holds in course(under)(cell) if start <= day(on)]
    assert {TRUE: True, FALSE: False, NEITHER: None}[certain] is stages[-1]
    rules = compile_rules((under,)).on(day(on))
    met, not_met = rules.masks(rules.sheet({Asked(AGE): cell}))
    assert (bool(met), bool(not_met)) == certain
    many = compile_rules((*(ask(AGE).under(Term(days=n)) for n in range(FEW)), under))
    met, not_met = many.on(day(on)).masks(many.on(day(on)).sheet({Asked(AGE): cell}))
    assert (bool(met >> FEW), bool(not_met >> FEW)) == certain


# --- what never comes ---------------------------------------------------------------------


@pytest.mark.parametrize("term", [Term(), Term(0, 0, 1), Term(200)], ids=str)
@pytest.mark.parametrize(
    ("fact", "operator", "holds"),
    [
        pytest.param(AGE, Operator.AT_LEAST, False, id="never-run-at-least"),
        pytest.param(AGE, Operator.OVER, False, id="never-run-over"),
        pytest.param(AGE, Operator.AT_MOST, True, id="always-run-at-most"),
        pytest.param(AGE, Operator.UNDER, True, id="always-run-under"),
        pytest.param(LEFT, Operator.AT_LEAST, True, id="always-left-at-least"),
        pytest.param(LEFT, Operator.OVER, True, id="always-left-over"),
        pytest.param(LEFT, Operator.AT_MOST, False, id="never-left-at-most"),
        pytest.param(LEFT, Operator.UNDER, False, id="never-left-under"),
    ],
)
def test_anchor_that_never_comes_is_later_than_every_day(
    fact: Fact, operator: Operator, term: Term, holds: bool
) -> None:
    assert _answer(Compare(Asked(fact), operator, term), NEVER) is holds


# --- folding ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("compare", "value"),
    [
        pytest.param(ask(AGE).at_least(Term(18)), day("2008-06-15"), id="elapsed"),
        pytest.param(ask(LEFT).at_most(Term(0, 9)), day("2027-03-15"), id="remaining"),
    ],
)
def test_relative_day_is_folded_into_a_cut_off_once_per_day(compare: Compare, value: Any) -> None:
    folded = fold(compare, TODAY)
    assert folded.constant == value
    assert folded.holds(value)
    assert not folded.holds(date.fromordinal(value.toordinal() + 1))


@pytest.mark.parametrize(
    "compare",
    [
        ask(ALONE).is_(True),
        ask(SANCTIONS).over(1),
        ask(RISK).under("high"),
        ask(NEEDS).has_all("low"),
    ],
    ids=str,
)
def test_what_does_not_run_is_folded_the_same_on_every_day(compare: Compare) -> None:
    assert fold(compare, TODAY) == fold(compare, day("1999-01-01"))

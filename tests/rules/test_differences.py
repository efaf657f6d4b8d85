"""Who differs: the kinds of people for whom two rules give different answers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from rehabcore.rules.criteria import (
    About,
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Criterion,
    Not,
    ask,
)
from rehabcore.rules.differences.finding import difference
from rehabcore.rules.differences.kinds import Parting, RuleDifference, ValueRange
from rehabcore.rules.differences.regions import regions
from rehabcore.rules.facts import NEVER, Absence, Fact, Known, Shape, Unknown
from rehabcore.rules.law.versions import NOT_ON_FILE
from rehabcore.rules.time.days import LeapDay, Span, Term
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.problems import NotInForceError
from tests.kit.rule_makers import AGE, ALONE, DEBT, HOUSING, LEFT, NEEDS, RISK, SANCTIONS

ON = date(2026, 11, 16)
MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
ADULT = ask(AGE).at_least(Term(years=18))
A_DAY_OLDER = ask(AGE).at_least(Term(years=18, days=1))
BORN_18_YEARS_AGO = date(2008, 11, 16)


def flag(name: str) -> Compare:
    return ask(Fact(name=name, shape=Shape.FLAG, about="Something.")).is_(True)


X, Y, Z = map(flag, "xyz")


def days(first: date | None, last: date | None) -> ValueRange:
    return ValueRange(first=first, last=last)


def answers(found: RuleDifference) -> list[tuple[Answer, Answer]]:
    return [(parting.before, parting.after) for parting in found.partings()]


def said(parting: Parting) -> dict[str, Answer]:
    return {str(reply.compare): reply.answer for reply in parting.replies}


def asks(found: RuleDifference) -> list[str]:
    return ["; ".join(map(str, kind.asks)) for kind in found.kinds]


# --- what a reader asks for -------------------------------------------------------------------


def test_one_day_more_concerns_one_kind_of_person() -> None:
    found = difference(ADULT, A_DAY_OLDER, on=ON)
    assert asks(found) == ["age at_least 18 years; age at_least 18 years 1 day"]
    assert answers(found) == [(MET, NOT_MET), (MET, UNKNOWN), (UNKNOWN, NOT_MET)]
    known, *in_part = found.partings()
    (trait,) = known.traits
    assert trait.values == (days(BORN_18_YEARS_AGO, BORN_18_YEARS_AGO),)
    assert isinstance(trait.cell, Known)
    assert trait.cell.value == BORN_18_YEARS_AGO
    for parting in in_part:
        (trait,) = parting.traits
        assert trait.values == ()
        assert isinstance(trait.cell, Unknown)
        assert trait.cell.between is not None
        assert BORN_18_YEARS_AGO in trait.cell.between
    assert found.proved


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (date(2026, 11, 16), date(2027, 8, 16), date(2027, 8, 16)),
        (date(2026, 11, 30), date(2027, 8, 30), date(2027, 8, 31)),  # August has one day more
    ],
)
def test_over_and_at_least_part_on_the_days_that_are_exactly_so_far(
    on: date, first: date, last: date
) -> None:
    nine = Term(months=9)
    found = difference(ask(LEFT).over(nine), ask(LEFT).at_least(nine), on=on)
    assert len(found.kinds) == 1
    known = next(found.partings())
    assert (known.before, known.after) == (NOT_MET, MET)
    assert known.traits[0].values == (days(first, last),)


def test_a_leap_day_is_found_on_the_only_day_on_which_it_matters() -> None:
    later = evolve(ADULT, leap_day=LeapDay.MARCH_1)
    found = difference(ADULT, later, on=date(2026, 2, 28))
    assert next(found.partings()).traits[0].values == (days(date(2008, 2, 29), date(2008, 2, 29)),)
    for on in (date(2026, 2, 27), date(2026, 3, 1)):
        nobody = difference(ADULT, later, on=on)
        assert nobody.kinds == ()
        assert nobody.proved


def test_the_first_day_is_found_on_which_somebody_differs() -> None:
    later = evolve(ADULT, leap_day=LeapDay.MARCH_1)
    found = difference(ADULT, later, on=ON, until=date(2031, 1, 1))
    assert found.on == date(2030, 2, 28)
    assert found.searched == Span(ON, date(2030, 3, 1))
    assert next(found.partings()).traits[0].values == (days(date(2012, 2, 29), date(2012, 2, 29)),)
    nobody = difference(ADULT, later, on=ON, until=date(2030, 2, 28))
    assert (nobody.kinds, nobody.proved, nobody.on) == ((), True, ON)
    assert nobody.searched == Span(ON, date(2030, 2, 28))


def test_law_that_begins_later_is_found_on_its_first_day() -> None:
    law = About(in_force=Span(date(2027, 1, 1), date(2028, 1, 1)))
    found = difference(X, AllOf((X, evolve(Y, about=law))), on=ON, until=date(2029, 1, 1))
    assert found.on == date(2027, 1, 1)


def test_rules_may_differ_only_where_something_is_unknown() -> None:
    found = difference((X & Y) | (X & ~Y), X, on=ON)
    assert answers(found) == [(UNKNOWN, MET)]
    (parting,) = found.partings()
    assert said(parting) == {"x is true": MET, "y is true": UNKNOWN}
    assert asks(found) == ["y is true"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (~(X & Y & ADULT), ~X | ~Y | ~ADULT),
        (AllOf((X, Y, ADULT)), AllOf((ADULT, X, Y))),
        (AtLeast(2, (X, Y, Z)), AtLeast(2, (Z, X, Y))),
        (AtLeast(2, (X, Y, Z)), (X & Y) | (X & Z) | (Y & Z)),
        (Not(Not(X)), X),
        (ask(LEFT).over(Term(years=1)), ask(LEFT).over(Term(months=12))),
        (ask(SANCTIONS).over(2), ~ask(SANCTIONS).under(3)),
    ],
)
def test_rules_that_say_the_same_in_other_words_are_proved_alike(
    one: Criterion, other: Criterion
) -> None:
    found = difference(one, other, on=ON)
    assert found.kinds == ()
    assert found.proved


def test_what_both_ask_alike_has_to_let_the_difference_through() -> None:
    found = difference(AllOf((X, ADULT)), AllOf((X, A_DAY_OLDER)), on=ON)
    assert asks(found) == ["age at_least 18 years; age at_least 18 years 1 day"]
    assert [said(parting)["x is true"] for parting in found.partings()] == [MET, MET, MET]


def test_a_part_that_only_one_rule_has_is_a_kind_in_both_directions() -> None:
    found = difference(AnyOf((X, Y)), AnyOf((X, Z)), on=ON)
    assert asks(found) == ["y is true; z is true"]
    assert {(MET, NOT_MET), (NOT_MET, MET)} < {*answers(found)}


def test_another_count_of_the_same_parts_is_one_kind() -> None:
    found = difference(AtLeast(2, (X, Y, Z)), AtLeast(3, (X, Y, Z)), on=ON)
    assert asks(found) == ["x is true; y is true; z is true"]
    first = next(found.partings())
    assert sorted(said(first).values()) == [MET, MET, NOT_MET]


def test_fewer_facts_come_first_then_fewer_days() -> None:
    wide = ask(AGE).at_least(Term(years=21))
    other = ask(LEFT)
    old = AllOf((ADULT, other.over(Term(months=9)), X))
    new = AllOf((wide, other.at_least(Term(months=9))))
    found = difference(old, new, on=ON)
    sizes = [min(len(parting.traits) for parting in kind.partings) for kind in found.kinds]
    assert sizes == sorted(sizes)
    assert found.proved


SERVED = ask(evolve(AGE, name="time_served"))
TWO_CHANGES = difference(
    AllOf((ADULT, SERVED.at_least(Term(years=18)))),
    AllOf((ask(AGE).at_least(Term(years=19)), SERVED.at_least(Term(years=18, days=1)))),
    on=ON,
)


def test_of_kinds_with_as_many_facts_those_of_fewer_days_come_first() -> None:
    days_told = [
        {values for trait in next(iter(kind.partings)).traits for values in trait.values}
        for kind in TWO_CHANGES.kinds
    ]
    one_day = days(BORN_18_YEARS_AGO, BORN_18_YEARS_AGO)
    assert [one_day in told for told in days_told] == [True, True, False, False, False]
    last = TWO_CHANGES.kinds[-1].partings[0]
    assert all(isinstance(trait.cell, Unknown) for trait in last.traits)


def test_values_that_follow_each_other_are_told_as_one() -> None:
    for parting in TWO_CHANGES.partings():
        for trait in parting.traits:
            assert len(trait.values) <= 1
    open_ended = [
        trait
        for parting in TWO_CHANGES.partings()
        for trait in parting.traits
        if trait.values == (days(None, BORN_18_YEARS_AGO),)
    ]
    assert open_ended
    assert open_ended[0].cell == Known(BORN_18_YEARS_AGO)


def test_the_opposite_of_a_comparison_asks_the_same() -> None:
    few, not_many = ask(SANCTIONS).under(3), ~ask(SANCTIONS).at_least(3)
    found = difference(AllOf((few, ADULT)), AllOf((not_many, A_DAY_OLDER)), on=ON)
    assert asks(found) == ["age at_least 18 years; age at_least 18 years 1 day"]


def test_law_of_other_days_does_not_count() -> None:
    law = About(in_force=Span(date(2027, 1, 1), date(2028, 1, 1)))
    old, new = AllOf((X, Y)), AllOf((X, evolve(Y, about=law)))
    assert asks(difference(old, new, on=ON)) == ["y is true"]
    assert difference(old, new, on=date(2027, 6, 1)).kinds == ()


def test_a_rule_that_is_no_law_is_never_met() -> None:
    law = About(in_force=Span(date(2027, 1, 1), date(2028, 1, 1)))
    found = difference(evolve(X, about=law), X, on=ON)
    assert answers(found) == [(NOT_MET, MET), (NOT_MET, UNKNOWN)]


def test_a_day_that_the_data_does_not_cover_is_refused() -> None:
    law = evolve(X, about=About(covered=Span(date(2027, 1, 1), date(2028, 1, 1))))
    for pair in ((law, X), (X, law)):
        with pytest.raises(NotInForceError):
            difference(*pair, on=ON)


def test_what_no_record_can_say_is_only_unknown() -> None:
    found = difference(ask(NOT_ON_FILE).is_(True), X, on=ON)
    assert answers(found) == [(UNKNOWN, MET), (UNKNOWN, NOT_MET)]


def test_facts_of_two_packs_are_one_though_their_codes_differ() -> None:
    more = evolve(HOUSING, codes=(*HOUSING.codes, "very_high"))
    found = difference(ask(HOUSING).in_("low", "high"), ask(more).in_("low", "very_high"), on=ON)
    assert [(p.before, p.after, p.traits[0].values) for p in found.partings()] == [
        (MET, NOT_MET, (ValueRange(first="high", last="high"),)),
        (NOT_MET, MET, (ValueRange(first="very_high", last="very_high"),)),
    ]


def test_too_many_combinations_are_not_proved() -> None:
    # All facts are asked before any pair of them, so a diagram has to remember each first half.
    names = [(flag(f"a{number}"), flag(f"b{number}")) for number in range(12)]
    every = AllOf((*(one for one, _ in names), *(other for _, other in names)))
    pairs = AnyOf(tuple(AllOf(pair) for pair in names))
    found = difference(AnyOf((every, pairs)), AnyOf((every, pairs, AllOf((X, Y)))), on=ON)
    assert not found.proved
    assert found.weighed < 3**26
    again = difference(AnyOf((every, pairs)), AnyOf((pairs, every)), on=ON)
    assert again.kinds == ()
    assert not again.proved


def test_too_many_ways_to_part_are_not_proved() -> None:
    parts = tuple(flag(f"a{number}") for number in range(8))
    found = difference(AtLeast(4, parts), AtLeast(5, parts), on=ON)
    assert len(found.kinds) == 1
    assert not found.proved


# --- regions ----------------------------------------------------------------------------------


def test_the_regions_of_a_count_begin_at_none() -> None:
    few, many = regions([ask(SANCTIONS).at_least(3)], ON)[:2]
    assert few.values == (ValueRange(first=0, last=2),)
    assert few.cell == Known(2)
    assert many.values == (ValueRange(first=3, last=None),)
    assert many.cell == Known(3)


def test_the_regions_of_an_amount_meet_at_its_limit() -> None:
    under, from_on = regions([ask(DEBT).at_least(Decimal(100))], ON)[:2]
    assert under.values == (ValueRange(first=None, last=Decimal("99.999999")),)
    assert from_on.values == (ValueRange(first=Decimal(100), last=None),)


def test_less_than_a_term_has_run_only_between_two_days_or_if_it_never_runs() -> None:
    under = regions([ask(AGE).under(Term(years=18))], ON)
    values = {region.answers: region.values for region in under}
    assert values[(True,)] == (
        days(BORN_18_YEARS_AGO + timedelta(1), ON),
        ValueRange(first=NEVER, last=NEVER),
    )
    assert values[(False,)] == (days(None, BORN_18_YEARS_AGO), days(ON + timedelta(1), None))


def test_levels_have_a_region_for_each_answer() -> None:
    low, rest, unknown = regions([ask(RISK).under("medium")], ON)
    assert [some.first for some in low.values] == ["low"]
    assert [some.first for some in rest.values] == ["medium", "high"]
    assert unknown.answers == (None,)


def test_sets_have_a_region_for_each_choice_of_answers() -> None:
    needs = ask(NEEDS)
    found = regions([needs.has_any("low", "medium"), needs.has_all("low", "medium")], ON)
    sets = {region.answers: region.values[0].first for region in found if region.values}
    assert sets == {
        (False, False): frozenset(),
        (True, False): frozenset({"low"}),
        (True, True): frozenset({"low", "medium"}),
    }


@pytest.mark.parametrize(
    ("absence", "kind"),
    [
        (Absence.UNKNOWN, UnknownKind.MISSING),
        (Absence.NONE, UnknownKind.DISPUTED),
        (Absence.NEEDS_PERSON, UnknownKind.NEEDS_PERSON),
    ],
)
def test_what_is_unknown_says_why(absence: Absence, kind: UnknownKind) -> None:
    found = regions([ask(evolve(ALONE, absence=absence)).is_(True)], ON)
    assert found[-1].cell == Unknown(kind)

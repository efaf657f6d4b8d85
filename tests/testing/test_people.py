"""People of whom certain things are known: the files that say them, and the days on the edge."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from attrs import evolve

from rehabcore import jurisdictions
from rehabcore.rules.criteria import About, Asked, ask
from rehabcore.rules.differences.finding import difference
from rehabcore.rules.facts import NEVER, Cell, Fact, Known, Shape, Unknown, Value
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.time.days import OPEN, Span, Term
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.testing.people.days_near import days_before, edge_days, ends_after
from rehabcore.testing.people.examples import person_of
from rehabcore.testing.people.reaching import Reaching
from rehabcore.testing.people.records_for import KnownOf, expires, may_be, person, spell_of
from tests.kit.builders import day

XX, GE = jurisdictions.load("xx"), jurisdictions.load("ge")
ON = date(2026, 11, 16)
MISSING = Unknown(UnknownKind.MISSING)


def asked(name: str, **given: str) -> Asked:
    return ask(XX.facts[name], **given)


AGE, SETTING, STATUS = asked("age"), asked("setting"), asked("legal_status")
LEFT = asked("sentence_remaining")
OUTSIDE = asked("time_in_setting", setting="community")
SANCTIONS = asked("events", kind="sanction", within="6 months", ageing="exclusive")
BORN_18 = date(2008, 11, 16)

SAID: list[tuple[Asked, Value]] = [
    (AGE, BORN_18),
    (asked("sex"), "female"),
    (asked("languages"), frozenset({"en"})),
    (SETTING, "custody"),
    (OUTSIDE, date(2025, 11, 17)),
    (STATUS, "probation"),
    (asked("time_in_legal_status", legal_status="probation"), date(2026, 5, 16)),
    (LEFT, date(2027, 8, 16)),
    (LEFT, NEVER),
    (asked("consent", purpose="programme"), True),
    (asked("consent", purpose="programme"), False),
    (asked("consent", purpose="programme", program="drop_in"), True),
    (asked("need_level", domain="work"), "high"),
    (asked("risk_level"), "medium"),
    (asked("died"), True),
    (asked("enrolled", program="drop_in"), True),
    (asked("completed", program="drop_in"), True),
    (SANCTIONS, 3),
    (asked("measured_literacy_points"), Decimal("12.5")),
    (asked("observed_drug_test"), "positive"),
    (asked("state_employment"), "unemployed"),
    (asked("former_prisoner"), True),
]


@pytest.mark.parametrize(("what", "value"), SAID, ids=str)
@pytest.mark.parametrize("edge", range(5))
def test_a_file_says_what_is_to_be_known(what: Asked, value: Value, edge: int) -> None:
    cell = Known(value)
    assert may_be(what, cell, {}, ON)
    file = person({what: cell}, ON, {what: edge})
    read = XX.facts_of(file, strict=True).on(ON)(what)
    assert isinstance(read, Known)
    assert read.value == value


@pytest.mark.parametrize(
    ("what", "between"),
    [(AGE, (date(2008, 11, 15), BORN_18)), (LEFT, (date(2027, 8, 15), date(2027, 8, 16)))],
)
def test_a_day_may_be_known_only_in_part(what: Asked, between: tuple[Value, Value]) -> None:
    cell = Unknown(UnknownKind.MISSING, between=between)
    assert may_be(what, cell, {}, ON)
    read = XX.facts_of(person({what: cell}, ON), strict=True).on(ON)(what)
    assert isinstance(read, Unknown)
    assert read.between == between


def test_nothing_is_filed_of_what_nobody_knows() -> None:
    known: KnownOf = {
        AGE: MISSING,
        SETTING: MISSING,
        asked("died"): Known(False),
        asked("consent", purpose="programme"): MISSING,
    }
    file = person(known, ON)
    assert [record.filed.record_id for _, record in file.entries()] == ["person-1"]


def test_an_assessment_past_its_validity_leaves_a_need_unknown() -> None:
    need = asked("need_level", domain="work")
    assert expires(need)
    assert expires(asked("observed_drug_test"))
    file = person({need: MISSING}, ON, {need: 1})
    facts = XX.facts_of(file, strict=True)
    read, before = facts.on(ON)(need), facts.on(date(2026, 11, 15))(need)
    assert isinstance(read, Unknown)
    assert read.kind is UnknownKind.STALE
    assert isinstance(before, Known)  # the last day of its validity
    consent = asked("consent", purpose="programme")
    assert not person({consent: MISSING}, ON, {consent: 1}).consents


def test_one_event_counts_within_several_terms() -> None:
    year = asked("events", kind="sanction", within="1 year", ageing="inclusive")
    known: KnownOf = {SANCTIONS: Known(1), year: Known(3)}
    file = person(known, ON)
    assert len(file.events) == 3
    assert file.events[0].happened_on == date(2026, 11, 13)


def test_how_long_somebody_lives_somewhere_goes_with_where() -> None:
    since = Known(date(2026, 1, 1))
    assert spell_of({OUTSIDE: since}, "setting", ON) == ("community", date(2026, 1, 1))
    assert spell_of({SETTING: Known("custody"), OUTSIDE: since}, "setting", ON) is None
    assert spell_of({SETTING: Known("custody"), OUTSIDE: Known(NEVER)}, "setting", ON) == (
        "custody",
        None,
    )
    assert spell_of({SETTING: MISSING, OUTSIDE: MISSING}, "setting", ON) == (None, None)
    assert spell_of({OUTSIDE: Known(date(2026, 11, 17))}, "setting", ON) is None
    in_part = Unknown(UnknownKind.MISSING, between=(date(2026, 1, 1), ON))
    assert spell_of({OUTSIDE: in_part}, "setting", ON) is None
    custody = asked("time_in_setting", setting="custody, community")
    two = {OUTSIDE: since, custody: Known(date(2026, 2, 2))}
    assert spell_of(two, "setting", ON) is None


def test_a_person_has_the_status_that_lasts_and_lives_where_it_is_said() -> None:
    file = person({SETTING: Known("custody"), OUTSIDE: Known(NEVER), AGE: Known(BORN_18)}, ON)
    (placement,) = file.placements
    assert (placement.setting, placement.span.end) == ("custody", OPEN)
    assert not file.legal_standings


@pytest.mark.parametrize(
    ("what", "cell", "possible"),
    [
        (AGE, Known(date(2026, 11, 17)), False),
        (AGE, Known(NEVER), False),
        (AGE, Known(date(1900, 1, 1)), False),
        (AGE, Unknown(UnknownKind.MISSING, between=(BORN_18, NEVER)), False),
        (AGE, Unknown(UnknownKind.MISSING, between=(BORN_18, date(2026, 11, 17))), False),
        (asked("died"), Unknown(UnknownKind.DISPUTED), False),
        (SANCTIONS, Known(13), False),
        (asked("sentences"), Known(0), True),
        (asked("sentences"), Known(1), False),
        (asked("unpublished_rules_met"), Known(True), False),
        (asked("former_prisoner"), MISSING, True),
    ],
)
def test_some_things_cannot_be_known_of_anybody(what: Asked, cell: Cell, possible: bool) -> None:
    assert may_be(what, cell, {}, ON) is possible


def test_who_lives_somewhere_is_known_to_have_been_in_prison_or_not() -> None:
    former = asked("former_prisoner")
    assert not may_be(former, MISSING, {SETTING: Known("community")}, ON)
    assert may_be(former, MISSING, {SETTING: MISSING}, ON)


# --- days -------------------------------------------------------------------------------------


def test_the_edges_around_a_day_are_leap_days_month_ends_and_changes_of_law() -> None:
    law = About(in_force=Span(date(2025, 1, 1), date(2030, 7, 1)))
    rule = evolve(AGE.at_least(Term(years=18)), about=law)
    days = edge_days(rule, ON)
    assert days[0] == ON
    expected = "2026-11-30 2026-12-01 2026-02-28 2026-03-01 2024-02-29 2028-02-29 2024-03-01"
    assert set(map(day, expected.split())) <= set(days)
    law_days = "2024-12-31 2025-01-01 2025-01-02 2030-06-30 2030-07-01"
    assert set(map(day, law_days.split())) <= set(days)
    assert len(set(days)) == len(days)


def test_what_holds_on_a_day_began_by_it_and_has_not_ended() -> None:
    for on in (ON, date(2028, 2, 29), date(2026, 12, 31)):
        assert all(before <= on for before in days_before(on))
        assert all(not isinstance(end, date) or end > on for end in ends_after(on))
    assert date(2028, 2, 29) in days_before(date(2028, 2, 29))


# --- answers that are reached -----------------------------------------------------------------

EVERY = frozenset(Answer)


def test_every_published_rule_of_xx_is_met_not_met_and_unknown_for_somebody() -> None:
    reached = {
        program: Reaching(rule, ON).answers for program, rule in XX.admissions_on_any_day.items()
    }
    unpublished = reached.pop(XX.program("release_course").program_id)
    assert set(reached.values()) == {EVERY}
    assert unpublished == EVERY - {Answer.MET}


def test_no_rule_of_ge_is_met_because_none_is_published() -> None:
    rules = GE.admissions_on_any_day.values()
    assert {Reaching(rule, ON).answers for rule in rules} == {EVERY - {Answer.MET}}


def test_a_step_offers_what_no_record_says_first_and_grown_people() -> None:
    consents = asked("consent", purpose="programme").is_(True)
    reaching = Reaching(AGE.under(Term(years=18)) & consents, ON)
    assert reaching.steps() == 2
    first = reaching.step(0, reaching.start(), {}, Answer.UNKNOWN)
    assert first.asked == AGE
    assert first.cells[0] == MISSING
    known = [cell.value for cell in first.cells if isinstance(cell, Known)]
    assert known
    assert all(isinstance(born, date) and born.year <= 2012 for born in known)


def test_the_youngest_are_drawn_where_the_rule_asks_for_them() -> None:
    reaching = Reaching(AGE.under(Term(years=10)), ON)
    step = reaching.step(0, reaching.start(), {}, Answer.MET)
    assert {cell.value for cell in step.cells if isinstance(cell, Known)} == {
        *(date(2016, 11, 17), date(2016, 11, 18)),
        *(date(2026, 11, 15), date(2026, 11, 16)),
    }


def test_a_fact_that_no_record_here_can_say_stays_as_it_is_without_any() -> None:
    strange = ask(Fact(name="strange", shape=Shape.FLAG, about="Something new."))
    assert Reaching(strange.is_(True), ON).answers == {Answer.UNKNOWN}


# --- examples of differences ------------------------------------------------------------------


def test_most_differences_between_neighbours_have_a_person() -> None:
    rules = [*XX.admissions_on_any_day.values()]
    made, all_ = 0, 0
    for before, after in pairwise(rules):
        for parting in difference(before, after, on=ON).partings():
            file = person_of(parting, on=ON)
            all_ += 1
            if file is not None:
                cells = XX.facts_of(file, strict=True).on(ON)
                answers = [judge(rule, cells, on=ON).answer for rule in (before, after)]
                made += answers == [parting.before, parting.after]
    assert made / all_ > 0.7


def test_who_cannot_be_has_no_file() -> None:
    custody, outside = SETTING.is_("custody"), OUTSIDE.at_least(Term(years=1))
    both = next(difference(custody, custody & ~outside, on=ON).partings())
    assert person_of(both, on=ON) is None


def test_an_unknown_example_is_somebody_of_whom_nothing_is_known() -> None:
    adult, consent = AGE.at_least(Term(years=18)), asked("consent", purpose="programme").is_(True)
    (parting,) = difference((adult & consent) | (~adult & consent), consent, on=ON).partings()
    file = person_of(parting, on=ON)
    assert file is not None
    assert file.beneficiary[0].birth_date is None
    assert (parting.before, parting.after) == (Answer.UNKNOWN, Answer.MET)

"""Many rules over many days: the same answers as timelines, and the days from which rules open."""

from collections.abc import Mapping
from datetime import date

import pytest
from attrs import evolve

from rehabcore.rules.criteria import About, AllOf, AnyOf, Asked, AtLeast, Criterion, ask
from rehabcore.rules.facts import NEVER, Cell, Known, Unknown
from rehabcore.rules.judging.over_time import verdicts_over
from rehabcore.rules.quick.compilation import compile_rules
from rehabcore.rules.quick.outlook import answers_over, prospects
from rehabcore.rules.time.days import OPEN, UNSURE, Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import day
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import AGE, ALONE, LEFT, RISK, SANCTIONS

TODAY = day("2026-06-15")
MISSING = Unknown(UnknownKind.MISSING)
ADULT = ask(AGE).at_least(Term(18))
NEARLY_OUT = ask(LEFT).at_most(Term(0, 9))
STILL_IN = ask(LEFT).over(Term())
LOW = ask(RISK).is_("low")
CLEAN = ask(SANCTIONS).at_most(0)
ALONE_NOW = ask(ALONE).is_(True)

SHEET: Mapping[Asked, Cell] = {
    Asked(AGE): Known(day("2008-12-31")),
    Asked(LEFT): Known(day("2028-01-31")),
    Asked(RISK): Known("low"),
    Asked(SANCTIONS): Known(1),
}


def _prospect(rule: Criterion, known: Mapping[Asked, Cell] = SHEET) -> tuple[str, str]:
    """The days from which a rule is met, and may be, as text."""
    rules = compile_rules((rule,))
    [found] = prospects(rules, rules.on(TODAY).sheet(known))
    return str(found.certainly), str(found.possibly)


@pytest.mark.parametrize(
    ("rule", "certainly", "possibly"),
    [
        pytest.param(LOW, "2026-06-15", "2026-06-15", id="met-whatever-the-time"),
        pytest.param(CLEAN, "None", "None", id="not-met-whatever-the-time"),
        pytest.param(CLEAN & ADULT, "None", "None", id="time-cannot-cure-what-fails"),
        pytest.param(ALONE_NOW, "None", "2026-06-15", id="unknown-whatever-the-time"),
        pytest.param(ADULT, "2026-12-31", "2026-12-31", id="from-the-birthday"),
        pytest.param(ADULT & ALONE_NOW, "None", "2026-12-31", id="possible-from-the-birthday"),
        pytest.param(ADULT & LOW & NEARLY_OUT, "2027-04-30", "2027-04-30", id="the-later-of-two"),
        pytest.param(AnyOf((ADULT, NEARLY_OUT)), "2026-12-31", "2026-12-31", id="the-earlier"),
        pytest.param(AtLeast(2, (ADULT, NEARLY_OUT, LOW)), "2026-12-31", "2026-12-31", id="count"),
        pytest.param(~ADULT, "2026-06-15", "2026-06-15", id="met-until-the-birthday"),
        pytest.param(
            NEARLY_OUT & ask(LEFT).over(Term(0, 9)), "None", "None", id="lapses-before-it-opens"
        ),
        pytest.param(ask(LEFT).under(Term(0, 9)), "2027-05-01", "2027-05-01", id="the-day-after"),
    ],
)
def test_days_from_which_a_rule_is_met_and_may_be(
    rule: Criterion, certainly: str, possibly: str
) -> None:
    assert _prospect(rule) == (certainly, possibly)


def test_an_anchor_between_two_days_opens_perhaps_first_and_surely_later() -> None:
    between = (day("2008-07-01"), day("2008-09-01"))
    known = {Asked(AGE): Unknown(UnknownKind.DISPUTED, between=between)}
    assert _prospect(ADULT, known) == ("2026-09-01", "2026-07-01")


def test_an_anchor_that_never_comes_opens_nothing() -> None:
    assert _prospect(ADULT, {Asked(AGE): Known(NEVER)}) == ("None", "None")
    perhaps = Unknown(UnknownKind.MISSING, between=(day("2008-07-01"), NEVER))
    assert _prospect(ADULT, {Asked(AGE): perhaps}) == ("None", "2026-07-01")


def test_prospects_see_law_that_begins_or_ends_later() -> None:
    repealed_later = evolve(CLEAN, about=About(in_force=Span(day("2020-01-01"), day("2026-09-01"))))
    enacted_later = evolve(CLEAN, about=About(in_force=Span(day("2026-09-01"), OPEN)))
    programme = evolve(LOW & ADULT, about=About(in_force=Span(day("2027-03-01"), OPEN)))
    assert _prospect(AllOf((LOW, repealed_later))) == ("2026-09-01", "2026-09-01")
    assert _prospect(AllOf((LOW, enacted_later))) == ("2026-06-15", "2026-06-15")
    assert _prospect(AllOf((ADULT, enacted_later))) == ("None", "None")
    assert _prospect(programme) == ("2027-03-01", "2027-03-01")


def test_a_sheet_of_other_rules_is_refused_whether_law_changes_or_not() -> None:
    enacted_later = evolve(CLEAN, about=About(in_force=Span(day("2026-09-01"), OPEN)))
    sheet = compile_rules((LOW,)).on(TODAY).sheet(SHEET)
    for rule in (CLEAN, enacted_later):
        rules = compile_rules((rule,))
        refused = problems_of(lambda rules=rules: prospects(rules, sheet))  # type: ignore[misc]
        assert refused == [("out_of_range", "sheet")]


def test_law_that_has_changed_before_is_as_it_is_today() -> None:
    enacted = evolve(LOW, about=About(in_force=Span(day("2020-01-01"), OPEN)))
    repealed = evolve(CLEAN, about=About(in_force=Span(day("2019-01-01"), day("2026-06-15"))))
    assert _prospect(AllOf((enacted, repealed))) == ("2026-06-15", "2026-06-15")


# --- answers over a window ----------------------------------------------------------------

HISTORIES: Mapping[Asked, Timeline[Cell]] = {
    Asked(AGE): Timeline.constant(Known(day("2008-02-29"))),
    Asked(LEFT): Timeline((date.min, day("2026-05-01")), (MISSING, Known(day("2027-01-31")))),
    Asked(RISK): Timeline(
        (date.min, day("2026-03-01"), day("2026-08-01")), (Known("high"), Known("low"), MISSING)
    ),
    Asked(SANCTIONS): Timeline((date.min, day("2026-02-28")), (Known(0), Known(1))),
    Asked(ALONE): Timeline.constant(MISSING),
}
LAW = Span(day("2026-02-01"), day("2026-07-01"))
RULES: tuple[Criterion, ...] = (
    ADULT,
    ADULT & LOW,
    AnyOf((NEARLY_OUT, LOW)),
    ~(ADULT & CLEAN),
    AtLeast(2, (ADULT, LOW, CLEAN)),
    ALONE_NOW,
    evolve(ADULT & STILL_IN, about=About(in_force=LAW)),
    AllOf((ADULT, evolve(CLEAN, about=About(in_force=LAW)))),
)


@pytest.mark.parametrize(
    "within",
    [
        pytest.param(Span(day("2026-01-01"), day("2027-01-01")), id="a-year"),
        pytest.param(Span(day("2026-01-01"), OPEN), id="without-end"),
        pytest.param(Span(day("2026-02-27"), day("2026-03-01")), id="two-days"),
        pytest.param(Span(day("2026-07-01"), day("2026-07-02")), id="one-day"),
    ],
)
def test_answers_of_many_rules_are_those_of_their_timelines(within: Span) -> None:
    found = answers_over(compile_rules(RULES), HISTORIES.__getitem__, within)
    for rule, answers in zip(RULES, found, strict=True):
        expected = verdicts_over(rule, HISTORIES.__getitem__, within).answers()
        assert answers == tuple((span.start, answer) for span, answer in expected)


def test_answers_of_one_rule_over_a_year() -> None:
    window = Span(day("2026-01-01"), day("2027-01-01"))
    [answers] = answers_over(compile_rules((ADULT & LOW,)), HISTORIES.__getitem__, window)
    assert [(str(first), answer.value) for first, answer in answers] == [
        ("2026-01-01", "not_met"),
        ("2026-03-01", "met"),
        ("2026-08-01", "unknown"),
    ]


def test_a_birthday_that_turned_out_to_be_another_comes_at_no_earlier_one() -> None:
    starts = (date.min, day("2026-06-01"))
    born = (Known(day("2008-12-31")), Known(day("2010-12-31")))
    history = {Asked(AGE): Timeline[Cell](starts, born)}
    window = Span(day("2026-01-01"), OPEN)
    [answers] = answers_over(compile_rules((ADULT,)), history.__getitem__, window)
    assert [(str(first), answer.value) for first, answer in answers] == [
        ("2026-01-01", "not_met"),
        ("2028-12-31", "met"),
    ]


def test_a_window_of_unknown_end_is_refused() -> None:
    window = Span(day("2026-01-01"), UNSURE)
    rules = compile_rules((ADULT,))
    assert problems_of(lambda: answers_over(rules, HISTORIES.__getitem__, window)) == [
        ("out_of_range", "within")
    ]


def test_a_day_beyond_those_the_library_knows_changes_nothing() -> None:
    late = {Asked(AGE): Timeline[Cell].constant(Known(day("2190-01-01")))}
    window = Span(day("2189-01-01"), OPEN)
    [answers] = answers_over(compile_rules((ADULT,)), late.__getitem__, window)
    assert [answer.value for _, answer in answers] == ["not_met"]
    assert len(verdicts_over(ADULT, late.__getitem__, window).pieces) == 1

"""Verdicts over a window of days: where they are cut, and on which day they next change."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from attrs import evolve

from rehabcore.rules.criteria import About, Asked, Criterion, ask
from rehabcore.rules.facts import Absence, Cell, Known, Unknown
from rehabcore.rules.judging.cells import CellsOfDay, Histories
from rehabcore.rules.judging.over_time import (
    Piece,
    VerdictTimeline,
    next_answer_change,
    next_change,
    verdicts_over,
)
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.quick.compilation import compile_rules
from rehabcore.rules.quick.outlook import answers_over
from rehabcore.rules.time.days import OPEN, UNSURE, Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer, UnknownKind
from tests.kit.builders import day
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import AGE, ALONE, LEFT, RISK

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
MISSING = Unknown(UnknownKind.MISSING)
BORN: Timeline[Cell] = Timeline.constant(Known(day("2008-02-29"), evidence=("p",)))
LOW_TWICE: Timeline[Cell] = settle(
    [
        Claim("r-1", Span(day("2026-01-01"), day("2026-03-01")), "low"),
        Claim("r-2", Span(day("2026-03-01"), day("2026-06-01")), "low"),
        Claim("r-3", Span(day("2026-06-01"), OPEN), "high"),
    ],
    MISSING,
)
ADULT = ask(AGE).at_least(Term(18))
LOW = ask(RISK).is_("low")
YEAR = Span(day("2026-01-01"), day("2027-01-01"))


def histories(cells: Mapping[Asked, Timeline[Cell]]) -> Histories:
    """What is known of each fact, by the fact without parameters."""
    return cells.__getitem__


FACTS = histories({Asked(AGE): BORN, Asked(RISK): LOW_TWICE})


def _rows(criterion: Criterion, facts: Histories, within: Span) -> list[tuple[str, str]]:
    pieces = verdicts_over(criterion, facts, within).pieces
    return [(str(piece.span.start), piece.verdict.answer.value) for piece in pieces]


def test_running_time_cuts_on_the_very_day_on_which_it_reaches_the_term() -> None:
    assert _rows(ADULT, FACTS, YEAR) == [("2026-01-01", "not_met"), ("2026-02-28", "met")]


@pytest.mark.parametrize(
    ("born", "change"), [("1999-12-31", "2199-12-31"), ("2000-01-01", None)], ids=["last", "later"]
)
def test_nothing_is_cut_after_the_last_year_that_is_known(born: str, change: str | None) -> None:
    very_old = ask(AGE).at_least(Term(200))
    facts = histories({Asked(AGE): Timeline.constant(Known(day(born)))})
    expected = None if change is None else day(change)
    assert next_change(very_old, facts, day("2026-01-01")) == expected
    starts = [start for start, _ in _rows(very_old, facts, Span(day("2026-01-01"), OPEN))]
    assert starts == ["2026-01-01"] + ([change] if change else [])
    (answers,) = answers_over(compile_rules((very_old,)), facts, Span(day("2026-01-01"), OPEN))
    assert [str(start) for start, _ in answers] == starts


def test_new_evidence_cuts_although_the_answer_stays() -> None:
    assert _rows(LOW, FACTS, YEAR) == [
        ("2026-01-01", "met"),
        ("2026-03-01", "met"),
        ("2026-06-01", "not_met"),
    ]


def test_answers_are_cut_only_where_the_answer_changes() -> None:
    window = Span(day("2026-01-01"), OPEN)
    assert verdicts_over(ADULT & LOW, FACTS, window).answers() == (
        (Span(day("2026-01-01"), day("2026-02-28")), NOT_MET),
        (Span(day("2026-02-28"), day("2026-06-01")), MET),
        (Span(day("2026-06-01"), OPEN), NOT_MET),
    )


def test_spans_of_one_answer() -> None:
    met = verdicts_over(ADULT & LOW, FACTS, YEAR).spans(MET)
    assert met == (Span(day("2026-02-28"), day("2026-06-01")),)
    assert verdicts_over(ADULT & LOW, FACTS, YEAR).spans(UNKNOWN) == ()


def test_every_day_of_the_window_has_the_verdict_of_that_day() -> None:
    criterion = (ADULT & LOW) | ask(LEFT).at_most(Term(0, 9))
    left: Timeline[Cell] = Timeline.constant(Known(day("2027-01-31"), evidence=("s",)))
    facts = histories({Asked(AGE): BORN, Asked(RISK): LOW_TWICE, Asked(LEFT): left})
    verdicts = verdicts_over(criterion, facts, YEAR)
    on = YEAR.start
    while on in YEAR:
        judged = judge(criterion, lambda asked, on=on: facts(asked).at(on), on=on)  # type: ignore[misc]
        assert verdicts.at(on) == judged
        on += timedelta(days=1)


@pytest.mark.parametrize("outside", ["2025-12-31", "2027-01-01"])
def test_no_day_outside_of_the_window_is_answered(outside: str) -> None:
    verdicts = verdicts_over(ADULT, FACTS, YEAR)
    assert problems_of(lambda: verdicts.at(day(outside))) == [("out_of_range", "day")]


def test_window_without_a_known_end_is_refused() -> None:
    window = Span(day("2026-01-01"), UNSURE)
    assert problems_of(lambda: verdicts_over(ADULT, FACTS, window)) == [("out_of_range", "within")]


def test_law_cuts_where_it_begins_and_ends() -> None:
    law = Span(day("2026-04-01"), day("2026-09-01"))
    clause = evolve(LOW, about=About(in_force=law))
    pieces = verdicts_over(ADULT & clause, FACTS, YEAR).pieces
    assert [(str(p.span.start), p.verdict.children[1].in_force) for p in pieces] == [
        ("2026-01-01", False),
        ("2026-02-28", False),
        ("2026-03-01", False),
        ("2026-04-01", True),
        ("2026-06-01", True),
        ("2026-09-01", False),
    ]


def test_law_that_ends_cuts_although_the_answer_stays_not_met() -> None:
    clause = evolve(LOW, about=About(in_force=Span(YEAR.start, day("2026-08-01"))))
    assert _rows(clause, FACTS, Span(day("2026-07-01"), OPEN)) == [
        ("2026-07-01", "not_met"),
        ("2026-08-01", "not_met"),
    ]


def test_time_that_turns_a_clause_out_of_force_cuts_nothing() -> None:
    repealed = evolve(ADULT, about=About(in_force=Span(day("2025-01-01"), day("2026-02-01"))))

    def read_anew(_: Asked) -> Timeline[Cell]:
        return Timeline.constant(Known(day("2008-02-29"), evidence=("p",)))

    assert _rows(repealed, read_anew, YEAR) == [
        ("2026-01-01", "not_met"),
        ("2026-02-01", "not_met"),
    ]
    assert next_change(repealed, read_anew, day("2026-02-01")) is None


def test_an_assumption_in_the_place_of_a_record_cuts() -> None:
    alone = settle(
        [Claim("r", Span(day("2026-05-01"), OPEN), False)],
        evolve(ALONE, absence=Absence.NONE).absent(),
    )
    facts = histories({Asked(ALONE): alone})
    assert _rows(ask(ALONE).is_(False), facts, YEAR) == [
        ("2026-01-01", "met"),
        ("2026-05-01", "met"),
    ]


def test_a_piece_of_unknown_between_two_days_is_cut_at_the_turns_of_both() -> None:
    since = Unknown(UnknownKind.DISPUTED, between=(day("2026-01-10"), day("2026-02-10")))
    facts = histories({Asked(AGE): Timeline.constant(since)})
    assert _rows(ask(AGE).at_least(Term(0, 3)), facts, YEAR) == [
        ("2026-01-01", "not_met"),
        ("2026-04-10", "unknown"),
        ("2026-05-10", "met"),
    ]


def test_a_turn_within_a_piece_that_ends_later_cuts() -> None:
    cells: dict[date, Cell] = {
        date.min: Known(day("2008-02-29")),
        day("2026-06-01"): Known(day("2009-01-01")),
    }
    facts = histories({Asked(AGE): Timeline.of_changes(cells, cells.__getitem__)})
    assert _rows(ADULT, facts, YEAR) == [
        ("2026-01-01", "not_met"),
        ("2026-02-28", "met"),
        ("2026-06-01", "not_met"),
    ]


def test_a_piece_begins_on_the_day_of_its_verdict() -> None:
    verdict = judge(LOW, CellsOfDay.of(day("2026-01-01"), FACTS), on=day("2026-01-01"))
    assert Piece(span=YEAR, verdict=verdict).verdict is verdict
    refused = problems_of(lambda: Piece(span=Span(day("2026-01-02"), OPEN), verdict=verdict))
    assert refused == [("does_not_follow", "verdict.on")]


def test_a_timeline_has_at_least_one_piece() -> None:
    assert problems_of(lambda: VerdictTimeline(pieces=())) == [("empty_group", "pieces")]


def test_pieces_follow_each_other_without_a_gap() -> None:
    days = day("2026-01-01"), day("2026-03-01")
    first, second = (judge(LOW, CellsOfDay.of(on, FACTS), on=on) for on in days)
    pieces = (
        Piece(span=Span(days[0], day("2026-02-01")), verdict=first),
        Piece(span=Span(days[1], OPEN), verdict=second),
    )
    refused = problems_of(lambda: VerdictTimeline(pieces=pieces))
    assert refused == [("does_not_follow", "pieces[1].span.start")]


def test_a_turn_outside_of_the_piece_of_its_cell_cuts_nothing() -> None:
    cells: dict[date, Cell] = {
        date.min: MISSING,
        day("2026-01-01"): Known(day("2008-02-29")),
        day("2026-02-28"): Known(day("2008-06-15")),
    }
    facts = histories({Asked(AGE): Timeline.of_changes(cells, cells.__getitem__)})
    assert _rows(ADULT, facts, YEAR) == [
        ("2026-01-01", "not_met"),
        ("2026-02-28", "not_met"),
        ("2026-06-15", "met"),
    ]


# --- the next change ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "change", "answer_change"),
    [
        ("2026-02-27", "2026-02-28", "2026-02-28"),
        ("2026-02-28", "2026-03-01", "2026-06-01"),
        ("2026-05-31", "2026-06-01", "2026-06-01"),
        ("2026-06-01", None, None),
    ],
)
def test_next_change_of_the_proof_and_of_the_answer(
    on: str, change: str | None, answer_change: str | None
) -> None:
    assert next_change(ADULT & LOW, FACTS, day(on)) == (change and day(change))
    assert next_answer_change(ADULT & LOW, FACTS, day(on)) == (answer_change and day(answer_change))

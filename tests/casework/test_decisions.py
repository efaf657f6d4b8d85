"""Decisions: whose they are, what they must say, of which days they speak; judged again."""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from rehabcore import casework
from rehabcore.casework.decisions import replay
from rehabcore.records import CaseFile
from rehabcore.rules.facts import Known
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.time.days import OPEN, UNSURE, Span
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import DecisionOutcome, ProgramId, RecordId
from tests.kit import record_strategies
from tests.kit.builders import case, day, span
from tests.kit.decision_makers import (
    CASE,
    DECIDED,
    DEFERRED,
    GRANTED,
    MET,
    NOT_LAW,
    NOT_MET,
    ON,
    REFUSED,
    STAFF,
    UNKNOWN,
    WHY,
    XX,
    decide,
    override,
    refusals,
)
from tests.kit.record_makers import consent, retraction

LATER = day("2026-12-01")


# --- what a decision must say -------------------------------------------------------------


@pytest.mark.parametrize(
    ("program", "outcome", "lacking"),
    [
        (MET, GRANTED, []),
        (MET, REFUSED, ["why", "override"]),
        (MET, DEFERRED, ["why", "review_on"]),
        (NOT_MET, GRANTED, ["why", "override"]),
        (NOT_MET, REFUSED, []),
        (NOT_MET, DEFERRED, ["why", "review_on"]),
        (UNKNOWN, GRANTED, ["why", "override"]),
        (UNKNOWN, REFUSED, ["why"]),
        (UNKNOWN, DEFERRED, ["review_on"]),
        (NOT_LAW, GRANTED, ["why", "override"]),
        (NOT_LAW, REFUSED, []),
    ],
)
def test_what_does_not_follow_from_the_answer_needs_a_reason_and_what_contradicts_an_override(
    program: ProgramId, outcome: DecisionOutcome, lacking: list[str]
) -> None:
    complete: dict[str, Any] = {"why": WHY, "override": override(), "review_on": LATER}
    said = {name: complete[name] for name in lacking}
    decision = decide(program, outcome, **said)
    assert decision.contradicts == ("override" in lacking)
    assert refusals(lambda: decide(program, outcome)) == [("missing_key", n) for n in lacking]


@pytest.mark.parametrize("nobody", ["", " \n"], ids=["empty", "blank"])
def test_a_decision_without_a_named_human_cannot_be_made(nobody: str) -> None:
    assert refusals(lambda: decide(decided_by=nobody)) == [("missing_key", "decided_by")]
    assert refusals(lambda: decide(decided_by=None)) == [("wrong_type", "decided_by")]


def test_a_blank_reason_is_none() -> None:
    assert refusals(lambda: decide(UNKNOWN, REFUSED, why=" ")) == [("missing_key", "why")]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"reason": ""}, [("not_a_code", "reason")]),
        ({"reason": "She asked"}, [("not_a_code", "reason")]),
        ({"authority": ""}, [("not_a_code", "authority")]),
        ({"authority": "The head"}, [("not_a_code", "authority")]),
        ({"expires": UNSURE}, [("out_of_range", "expires")]),
        ({"expires": None}, [("wrong_type", "expires")]),
        (
            {"reason": "", "expires": UNSURE},
            [("not_a_code", "reason"), ("out_of_range", "expires")],
        ),
    ],
    ids=["no reason", "text", "nobody's", "no code", "unknown end", "no end", "several"],
)
def test_an_override_without_reason_authority_or_expiry_is_refused(
    changed: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert refusals(lambda: override(**changed)) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"expires": OPEN}, []),
        ({"expires": ON}, [("ends_before_start", "override.expires")]),
        ({"expires": ON + timedelta(1)}, []),
        ({"authority": "xx-act#art-30"}, []),
        ({"authority": "xx-act"}, []),
        ({"authority": "yy-act#art-30"}, [("dangling_id", "override.authority")]),
    ],
    ids=["open", "on the day", "the day after", "cited", "a source", "no source"],
)
def test_an_override_outlasts_the_day_asked_about_and_rests_on_a_role_or_a_known_source(
    changed: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert refusals(lambda: decide(MET, REFUSED, why=WHY, override=override(**changed))) == expected


def test_an_override_of_nothing_is_refused() -> None:
    assert refusals(lambda: decide(override=override())) == [("out_of_range", "override")]
    assert refusals(lambda: decide(UNKNOWN, REFUSED, why=WHY, override=override())) == [
        ("out_of_range", "override")
    ]


# --- two clocks ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decided_on", "expected"),
    [
        (DECIDED - timedelta(1), [("ends_before_start", "decided_on")]),
        (DECIDED, []),
        (DECIDED + timedelta(1), []),
    ],
    ids=["before", "same day", "after"],
)
def test_nobody_decides_from_what_was_not_yet_known(
    decided_on: date, expected: list[tuple[str, str]]
) -> None:
    assert refusals(lambda: decide(decided_on=decided_on)) == expected


def test_the_day_asked_about_may_lie_ahead_or_behind() -> None:
    assert decide(on=day("2027-01-01")).verdict.answer is Answer.MET
    assert decide(on=day("2026-03-01")).verdict.answer is Answer.MET


@pytest.mark.parametrize(
    ("review_on", "expected"),
    [(DECIDED, [("ends_before_start", "review_on")]), (DECIDED + timedelta(1), [])],
    ids=["same day", "the day after"],
)
def test_it_is_looked_at_again_after_it_was_decided(
    review_on: date, expected: list[tuple[str, str]]
) -> None:
    assert refusals(lambda: decide(UNKNOWN, DEFERRED, review_on=review_on)) == expected


# --- the parts of a decision belong together ----------------------------------------------


def _changed(**changed: Any) -> list[tuple[str, str]]:
    return refusals(lambda: evolve(decide(), **changed))


def test_everything_on_file_is_no_day_on_which_a_decision_knew() -> None:
    grounds = decide().grounds
    forgot = evolve(grounds, stamp=evolve(grounds.stamp, known_at=None))
    assert _changed(grounds=forgot) == [("missing_key", "grounds.stamp.known_at")]


def test_verdict_stamp_and_episode_are_of_one_day() -> None:
    next_day = decide(on=ON + timedelta(1)).verdict
    assert _changed(verdict=next_day) == [("out_of_range", "verdict.on")]
    assert _changed(episode=span("2026-01-01", "2026-11-16")) == [("out_of_range", "episode")]
    assert _changed(episode=span("2026-11-17")) == [("out_of_range", "episode")]


def test_the_verdict_is_of_the_programme_that_was_asked() -> None:
    assert _changed(program_id=NOT_MET) == [("dangling_id", "program_id")]
    assert _changed(grounds=evolve(decide().grounds, programs=())) == [
        ("dangling_id", "program_id")
    ]
    other = decide(UNKNOWN, DEFERRED, review_on=LATER)
    assert ("dangling_id", "program_id") in _changed(verdict=other.verdict)


def test_an_answer_that_does_not_follow_from_what_was_found_is_refused() -> None:
    refused = decide(NOT_MET, REFUSED)
    turned = evolve(refused.verdict, answer=Answer.MET)
    assert refusals(lambda: evolve(refused, verdict=turned, outcome=GRANTED)) == [
        ("does_not_follow", "verdict")
    ]


def _without_cells(verdict: Verdict) -> Verdict:
    return evolve(verdict, cell=None, children=tuple(map(_without_cells, verdict.children)))


def test_a_verdict_without_what_was_found_is_refused() -> None:
    assert _changed(verdict=_without_cells(decide().verdict)) == [("does_not_follow", "verdict")]


def test_there_is_no_decision_on_a_programme_that_there_is_not() -> None:
    assert refusals(lambda: decide(ProgramId("nowhere"))) == [("dangling_id", "program_id")]


def test_an_inconsistent_case_is_refused_before_anything_is_decided() -> None:
    twice = evolve(CASE, consents=(*CASE.consents, consent("c-2", "2026-01-01", corrects="none")))
    refused = refusals(lambda: decide(case=twice, strict=True))
    assert refused == [("dangling_id", "consents[1].filed.corrects")]
    [aside] = decide(case=twice).grounds.set_aside
    assert (aside.record_id, aside.code) == ("c-2", "dangling_id")


# --- episodes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-02-12", span("2026-02-12", "2027-02-09")),
        ("2027-02-08", span("2026-02-12", "2027-02-09")),
    ],
    ids=["first day", "last day"],
)
def test_the_episode_is_the_run_of_days_with_the_same_answer(on: str, expected: Span) -> None:
    assert decide(on=day(on)).episode == expected


def test_an_episode_without_a_beginning_begins_with_the_calendar() -> None:
    before = decide(UNKNOWN, REFUSED, on=day("2026-02-01"), why=WHY)
    assert before.verdict.answer is Answer.NOT_MET
    assert before.episode == span("1850-01-01", "2026-03-01")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-11-09", False),
        ("2026-11-10", True),
        ("2026-12-31", True),
        ("2027-01-01", False),
        ("2027-02-08", False),
    ],
    ids=["before it", "its day", "last day", "expired", "long expired"],
)
def test_an_override_speaks_from_its_day_until_it_expires(on: str, expected: bool) -> None:
    decision = decide(MET, REFUSED, why=WHY, override=override())
    assert decision.speaks_of(day(on)) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2027-02-08", True), ("2027-02-09", False), ("2027-07-01", False)],
    ids=["last day of the episode", "the day after", "the same answer again"],
)
def test_a_decision_on_one_episode_says_nothing_of_another(on: str, expected: bool) -> None:
    renewed = evolve(
        CASE,
        needs_assessments=tuple(
            evolve(
                CASE.needs_assessments[0],
                filed=evolve(CASE.needs_assessments[0].filed, record_id=RecordId(record_id)),
                assessed_on=day(start),
                expires=day(end),
            )
            for record_id, start, end in (
                ("na-1", "2026-02-09", "2027-02-09"),
                ("na-2", "2027-06-01", "2028-06-01"),
            )
        ),
        risk_assessments=(evolve(CASE.risk_assessments[0], expires=OPEN),),
    )
    made = decide(case=renewed)
    assert decide(case=renewed, on=day("2027-07-01")).verdict.answer is Answer.MET
    assert made.speaks_of(day(on)) == expected
    assert evolve(made, override=None).speaks_of(day(on)) == expected


# --- replay -------------------------------------------------------------------------------


@pytest.mark.parametrize("program", [program.program_id for program in XX.programs])
def test_a_replayed_decision_is_identical(program: ProgramId) -> None:
    result = casework.match(CASE, XX, on=ON, known_at=DECIDED)
    answers = {offer.program_id: offer.verdict for offer in result.offers}
    outcome = REFUSED if answers[program].answer is not Answer.MET else GRANTED
    assert replay(decide(program, outcome, why=WHY)) == answers[program]


@pytest.mark.no_cover
@given(record_strategies.case_files(), record_strategies.days())
def test_what_was_known_on_a_day_never_changes_when_later_records_are_added(
    file: CaseFile, known_at: date
) -> None:
    before, next_day = file.as_known(known_at), str(known_at + timedelta(1))
    corrected = (r.filed.record_id for r in file.consents[:1])
    later = (
        consent("later-1", refused="2020-01-01", recorded_on=next_day),
        *(
            consent("later-2", refused="2020-01-01", recorded_on=next_day, corrects=of)
            for of in corrected
        ),
    )
    taken_back = tuple(
        retraction(f"x-{number}", record.filed.record_id, next_day)
        for number, (_, record) in enumerate(before.entries())
    )
    more = evolve(
        file, consents=(*file.consents, *later), retractions=(*file.retractions, *taken_back)
    )
    assert more.as_known(known_at) == before


# --- privacy ------------------------------------------------------------------------------


def test_repr_shows_neither_who_decided_nor_why_nor_about_whom() -> None:
    shown = repr(decide(MET, REFUSED, why=WHY, override=override()))
    for secret in (STAFF, WHY, "Maria", "case-xx-1", "1994"):
        assert secret not in shown
    assert "refused" in shown


def test_errors_show_neither_who_decided_nor_why() -> None:
    for said in (
        {"decided_by": "Maria Example", "why": 5},
        {"decided_by": 5, "why": "Maria Example"},
        {"decided_by": "Maria Example", "decided_on": day("2020-01-01"), "why": WHY},
        {"decided_by": "maria", "why": "\ud800maria"},
    ):
        with pytest.raises(InputError) as caught:
            decide(NOT_MET, GRANTED, **said)
        assert "aria" not in str(caught.value)


def test_a_found_value_is_part_of_the_decision_but_not_of_its_repr() -> None:
    [adult] = [leaf for leaf in decide().verdict.reasons() if str(leaf.criterion).startswith("age")]
    assert isinstance(adult.cell, Known)
    assert adult.cell.value == day("1994-02-28")


def test_a_case_that_says_nothing_can_be_decided_on() -> None:
    empty = case()
    made = decide(NOT_MET, DEFERRED, case=empty, review_on=LATER)
    assert made.verdict.answer is Answer.UNKNOWN
    assert made.episode == span("1850-01-01")

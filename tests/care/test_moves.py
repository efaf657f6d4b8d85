"""Moves: what is refused, what changes, and what is handed over."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.moves.requests import MoveRequest, TransitionNotAllowed
from rehabcore.casework.results import MoveResult
from rehabcore.plans import Plan
from rehabcore.records import CaseFile, LegalStanding, Placement
from rehabcore.reports import explain
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import CaseId, LegalStatus, ProgramId, Setting
from tests.kit.builders import day, filed, release, some_days, span
from tests.kit.decision_makers import without
from tests.kit.record_makers import death

XX = jurisdictions.load("xx")
CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
ON = day("2026-11-21")


def _request(**stated: Any) -> MoveRequest:
    return release(**{"on": ON, "recorded_on": ON, "record_prefix": "move-1", **stated})


def _plan() -> Plan:
    return casework.plan(CASE, XX, on=ON).plan


def _without(name: str, record_id: str) -> CaseFile:
    kept = tuple(r for r in getattr(CASE, name) if r.filed.record_id != record_id)
    changed: Any = {name: kept}
    return evolve(CASE, **changed)


def test_a_move_changes_setting_status_and_holder_on_its_day_and_not_before() -> None:
    moved = casework.move(CASE, None, XX, _request()).case.as_known(ON)
    settings = {p.setting: p.span for p in moved.placements}
    assert settings == {
        Setting.CUSTODY: span("2025-03-01", "2026-11-21"),
        Setting.COMMUNITY: span("2026-11-21"),
    }
    statuses = {held.status: held.span for held in moved.legal_standings}
    assert statuses == {
        LegalStatus.SENTENCED_CUSTODY: span("2025-03-01", "2026-11-21"),
        LegalStatus.CONDITIONAL_RELEASE: span("2026-11-21"),
    }


def test_nobody_is_moved_from_the_day_of_death_on() -> None:
    dead = evolve(CASE, deaths=(death("d", ON.isoformat()),))
    with pytest.raises(TransitionNotAllowed) as caught:
        casework.move(dead, None, XX, _request())
    verdict = caught.value.verdict
    assert verdict.answer is Answer.NOT_MET
    assert [reason.criterion.about.id for reason in verdict.reasons()] == ["alive"]
    assert casework.move(dead, None, XX, _request(on=day("2026-11-20")))


def test_what_was_on_file_stays_on_file() -> None:
    moved = casework.move(CASE, None, XX, _request()).case
    assert {r for _, r in CASE.entries()} < {r for _, r in moved.entries()}
    assert moved.as_known(day("2026-11-20")) == CASE.as_known(day("2026-11-20"))


def test_every_open_step_is_handed_over_once_and_answers_again() -> None:
    plan = _plan()
    result = casework.move(CASE, plan, XX, _request())
    steps = [step.step_id for step in plan.open_steps()]
    assert steps
    assert [item.step_id for item in result.hand_over.items] == steps
    assert result.plan == evolve(plan, holder="probation-2")
    after = {
        offer.program_id: offer.answer for item in result.hand_over.items for offer in item.offers
    }
    assert after[ProgramId("therapeutic_community")] is Answer.NOT_MET
    assert after[ProgramId("drop_in")] is Answer.MET
    hand_over = result.hand_over
    assert (hand_over.from_holder, hand_over.to_holder) == ("prison-1", "probation-2")


@pytest.mark.parametrize(
    ("records", "request_", "reasons"),
    [
        (CASE, _request(move_id="release"), ["served"]),
        (CASE, _request(on=day("2026-10-31")), ["earliest"]),
        (_without("observations", "o-2"), _request(), ["decision"]),
        (_without("observations", "o-3"), _request(), ["taken_over"]),
        (CASE, _request(move_id="return_to_custody"), ["setting_from", "status_from"]),
        (evolve(CASE, placements=()), _request(), ["setting_from"]),
    ],
    ids=["not served", "too early", "no decision", "nobody took over", "not there", "not known"],
)
def test_an_illegal_move_is_refused_with_its_verdicts(
    records: CaseFile, request_: MoveRequest, reasons: list[str]
) -> None:
    with pytest.raises(TransitionNotAllowed) as caught:
        casework.move(records, None, XX, request_)
    undecided = caught.value.verdict
    assert undecided.answer is not Answer.MET
    failing = [r.criterion.about.id for r in undecided.reasons() if r.answer is not Answer.MET]
    assert set(reasons) <= set(failing)
    assert caught.value.event == request_.move_id


def test_a_refusal_says_where_and_which_move_without_personal_data() -> None:
    with pytest.raises(TransitionNotAllowed) as caught:
        casework.move(CASE, None, XX, _request(move_id="release"))
    assert str(caught.value) == "release is not allowed from custody: not_met"
    assert caught.value.state == "custody"


def test_a_plan_may_name_a_programme_that_is_no_longer_offered() -> None:
    plan = _plan()
    gone = ProgramId("drop_in")
    [step] = [s for s in plan.open_steps() if s.programs == (gone,)]
    result = casework.move(CASE, plan, without(gone), _request())
    answered = {item.step_id: item.offers for item in result.hand_over.items}
    assert answered[step.step_id] == ()
    assert len(answered) == len(plan.open_steps())
    assert "Decide on enrolment: drop_in" in explain(result)
    written = exchange.write(result)  # what the plan asked is told as it is declared by now
    assert exchange.write(exchange.read(written, MoveResult)) == written


def _problems(records: CaseFile, request: MoveRequest, plan: Plan | None = None) -> list[str]:
    with pytest.raises(InputError) as caught:
        casework.move(records, plan, XX, request)
    return [f"{problem.path}: {problem.code}" for problem in caught.value.problems]


def test_unknown_move_is_a_fault_of_the_request() -> None:
    assert _problems(CASE, _request(move_id="escape")) == ["move_id: dangling_id"]


def test_a_plan_of_another_case_is_refused() -> None:
    other = evolve(_plan(), case_id=CaseId("another"))
    assert _problems(CASE, _request(), other) == ["plan.case_id: two_people"]


def _placed(*stays: tuple[str, object, object]) -> CaseFile:
    """The case with these placements of the offices instead, and a status that began some day."""
    placements = tuple(
        Placement(
            filed=filed(f"pl-{number}", "2026-01-01"),
            setting=Setting.CUSTODY,
            span=some_days(start, end),
            holder=holder,
        )
        for number, (holder, start, end) in enumerate(stays)
    )
    (status,) = CASE.legal_standings
    status = evolve(status, span=some_days("2025", "open"))
    return evolve(CASE, placements=placements, legal_standings=(status,))


def test_a_move_ends_what_began_on_a_day_known_in_part() -> None:
    for start in ("2025", "unknown"):
        moved = casework.move(_placed(("prison-1", start, "open")), None, XX, _request()).case
        assert moved.placements[1].span == some_days(start, str(ON))
        assert moved.legal_standings[1].span == some_days("2025", str(ON))


def test_record_ids_that_the_file_has_are_refused() -> None:
    moved = casework.move(CASE, None, XX, _request(record_prefix="p"))
    taken = evolve(
        CASE,
        events=(evolve(CASE.events[0], filed=filed("p-placement", "2026-07-02")),),
    )
    assert moved.hand_over.move_id == "conditional_release"
    assert _problems(taken, _request(record_prefix="p")) == [
        "events[0].filed.record_id: duplicate_id"
    ]


def test_a_second_move_on_the_day_of_arrival_is_refused() -> None:
    placement = evolve(CASE.placements[0], span=Span(ON, OPEN))
    assert _problems(evolve(CASE, placements=(placement,)), _request()) == [
        "placements: two_at_once"
    ]
    standing = evolve(CASE.legal_standings[0], span=Span(ON, OPEN))
    assert _problems(evolve(CASE, legal_standings=(standing,)), _request()) == [
        "legal_standings: two_at_once"
    ]


def test_a_move_that_leaves_the_file_inconsistent_is_refused() -> None:
    planned = LegalStanding(
        filed=filed("ls-2", source="prison-1"),
        status=LegalStatus.FORMER_PRISONER,
        span=span("2028-03-01"),
    )
    records = evolve(CASE, legal_standings=(*CASE.legal_standings, planned))
    assert _problems(records, _request()) == ["legal_standings[1].span: two_at_once"]


def test_status_stays_where_the_move_does_not_change_it() -> None:
    rule = evolve(XX.moves[1], status_to=LegalStatus.SENTENCED_CUSTODY)
    country = evolve(XX, moves=(rule,))
    moved = casework.move(CASE, None, country, _request()).case
    assert moved.legal_standings == CASE.legal_standings
    assert moved.placements != CASE.placements


@pytest.mark.parametrize("name", ["to_holder", "source", "record_prefix"])
def test_a_request_names_its_offices(name: str) -> None:
    with pytest.raises(InputError) as caught:
        _request(**{name: ""})
    assert [(p.code, p.path) for p in caught.value.problems] == [("out_of_range", name)]

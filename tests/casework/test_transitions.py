"""Answers of offices: accepted, declined, escalated; and what is refused changes nothing."""

from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care.moves.stages import Preparation
from rehabcore.records import CaseFile
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import RecordId, StaffId, TransitionEvent
from tests.kit.builders import day, filed

XX = rc.load("xx")
WHOLE = rc.read(rc.examples()["xx/therapeutic-community"], CaseFile)
T = RecordId("t-1")


def _until(*events: str) -> CaseFile:
    """The bundled case with only these acts of its transition."""
    kept = tuple(act for act in WHOLE.transition_acts if act.event in events)
    return evolve(WHOLE, transition_acts=kept)


REFERRED = _until("assessed", "planned", "referred")


def _preparation(file: CaseFile, on: str) -> Preparation:
    (seen,) = rc.possible_moves(file, XX, on=day(on)).transitions
    return seen.preparation


def _accept(file: CaseFile, on: str = "2026-11-10", **said: Any) -> CaseFile:
    asked = {"office": "probation-2", "filed": filed("new", on, source="probation-2"), **said}
    return rc.accept(file, XX, T, on=day(on), **asked)


def _decline(file: CaseFile, on: str, **said: Any) -> CaseFile:
    asked = {"office": "probation-2", "reason": "no_capacity", **said}
    return rc.decline(file, XX, T, on=day(on), filed=filed(f"no-{on}", on), **asked)


def _escalate(file: CaseFile, on: str, **said: Any) -> CaseFile:
    return rc.escalate(file, XX, T, on=day(on), filed=filed(f"up-{on}", on), **said)


def test_an_office_accepts_with_an_appointment() -> None:
    accepted = _accept(REFERRED, appointment=day("2026-11-18"), by=StaffId("officer-3"))
    act = accepted.transition_acts[-1]
    assert (act.event, act.office, act.by) == (
        TransitionEvent.ACCEPTED,
        "probation-2",
        StaffId("officer-3"),
    )
    assert act.appointment == day("2026-11-18")
    assert _preparation(REFERRED, "2026-11-10") is Preparation.REFERRED
    assert _preparation(accepted, "2026-11-10") is Preparation.ACCEPTED
    assert len(REFERRED.transition_acts) == 3


def test_silence_is_no_response_from_the_day_after_the_last_day_for_an_answer() -> None:
    """Asked on 28 October; the country gives fourteen days."""
    assert _preparation(REFERRED, "2026-11-11") is Preparation.REFERRED
    assert _preparation(REFERRED, "2026-11-12") is Preparation.NO_RESPONSE
    seen = [rc.possible_moves(REFERRED, XX, on=day(on)) for on in ("2026-11-12", "2027-03-01")]
    (first, last) = [moves.transitions[0] for moves in seen]
    assert [one.referrals[0].silent_from for one in (first, last)] == [day("2026-11-12")] * 2
    assert [task.kind.value for task in last.tasks][:1] == ["find_an_office"]
    assert last.tasks[0].due == day("2026-11-12")
    assert [moves.tenure and moves.tenure.office for moves in seen] == ["prison-1"] * 2
    accepted = _accept(REFERRED, "2026-11-15")
    assert _preparation(accepted, "2026-11-15") is Preparation.ACCEPTED
    (late,) = rc.possible_moves(accepted, XX, on=day("2026-11-15")).transitions
    assert late.referrals[0].silent_from == day("2026-11-12")


def test_who_declined_or_kept_silent_is_followed_by_somebody_above() -> None:
    declined = _decline(REFERRED, "2026-11-05")
    assert _preparation(declined, "2026-11-05") is Preparation.DECLINED
    told = _escalate(declined, "2026-11-06", by=StaffId("head"), reason="no_capacity")
    assert _preparation(told, "2026-11-06") is Preparation.ESCALATED
    named = _escalate(REFERRED, "2026-11-12", office="ngo-9")
    (seen,) = rc.possible_moves(named, XX, on=day("2026-11-12")).transitions
    assert (seen.preparation, seen.taken_by) == (Preparation.ESCALATED, "ngo-9")


def test_an_office_that_accepted_may_decline_later() -> None:
    declined = _decline(WHOLE, "2026-11-12")
    (seen,) = rc.possible_moves(declined, XX, on=day("2026-11-12")).transitions
    assert (seen.preparation, seen.taken_by) == (Preparation.DECLINED, "")


@pytest.mark.parametrize(
    ("refused", "could"),
    [
        (lambda: _accept(_until("assessed", "planned")), ["referred", "closed"]),
        (lambda: _decline(_until("assessed", "planned"), "2026-11-05"), ["referred", "closed"]),
        (
            lambda: _escalate(REFERRED, "2026-11-11"),
            ["referred", "accepted", "declined", "no_response", "closed"],
        ),
        (lambda: _escalate(WHOLE, "2026-11-11"), ["declined", "ready", "lapsed", "closed"]),
    ],
    ids=["accepted-unasked", "declined-unasked", "may-still-answer", "has-accepted"],
)
def test_what_the_table_does_not_allow_is_refused(refused: Any, could: list[str]) -> None:
    with pytest.raises(RequestRefused) as caught:
        refused()
    assert [one.arrow.event for one in caught.value.possible] == could


def _problems(act: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        act()
    assert "t-1" not in str(caught.value)
    assert "probation-2" not in str(caught.value)
    return [f"{problem.path}: {problem.code}" for problem in caught.value.problems]


def test_an_acceptance_under_the_transition_of_another_person_names_nobody() -> None:
    other = evolve(REFERRED, transitions=(), transition_acts=(), checklist_entries=())
    assert _problems(lambda: _accept(other)) == ["transition: dangling_id"]
    assert _problems(lambda: _accept(REFERRED, "2026-08-31")) == ["transition: dangling_id"]


def test_a_second_acceptance_and_one_on_behalf_of_an_office_are_refused_together() -> None:
    twice = {"office": "ngo-9", "filed": filed("new", "2026-11-12", source="prison-1")}
    assert _problems(lambda: _accept(WHOLE, "2026-11-12", **twice)) == [
        "filed.source: contradicts_itself",
        "office: two_at_once",
    ]


def test_an_act_that_leaves_the_file_inconsistent_is_refused() -> None:
    taken = filed("ta-1", "2026-11-05")
    assert _problems(
        lambda: rc.decline(
            REFERRED, XX, T, office="ngo-9", on=day("2026-11-05"), filed=taken, reason="unheard"
        )
    )
    assert _problems(lambda: _decline(REFERRED, "2026-11-05", reason="unheard")) == [
        "transition_acts[3].reason: unknown_value"
    ]

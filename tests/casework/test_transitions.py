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
from tests.kit.builders import day, filed, release
from tests.kit.record_makers import death, placement, transition_act

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
    filing = filed(f"no-{on}", on, source=asked["office"])
    return rc.decline(file, XX, T, **{"on": day(on), "filed": filing, **asked})


def _escalate(file: CaseFile, on: str, **said: Any) -> CaseFile:
    return rc.escalate(file, XX, T, on=day(on), filed=filed(f"up-{on}", on), **said)


def _refer(
    file: CaseFile, on: str, office: str = "probation-2", of: str = T, **said: Any
) -> CaseFile:
    filing = filed(f"ask-{on}", on)
    return rc.refer(file, XX, RecordId(of), office=office, on=day(on), filed=filing, **said)


def _advance(file: CaseFile, event: str, on: str, **said: Any) -> CaseFile:
    filing = filed(f"{event}-{on}", on)
    return rc.advance(file, XX, T, TransitionEvent(event), on=day(on), filed=filing, **said)


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


def test_a_transition_whose_day_was_moved_is_the_same_for_whoever_names_it() -> None:
    (first,) = REFERRED.transitions
    filing = evolve(filed("t-2", "2026-11-01"), changes=T, since=day("2026-11-01"))
    file = REFERRED.with_record(evolve(first, filed=filing, planned_for=day("2026-11-20")))
    for named in (T, RecordId("t-2")):
        yes = filed("new", "2026-11-10", source="probation-2")
        on = day("2026-11-10")
        after = rc.accept(file, XX, named, office="probation-2", on=on, filed=yes)
        assert _preparation(after, "2026-11-10") is Preparation.ACCEPTED
        request = evolve(release(day("2026-11-20")), transition=named)
        moved = rc.record_move(after, XX, request).transition
        assert moved is not None
        assert moved.taken_by == "probation-2"


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
        (
            lambda: _escalate(REFERRED, "2026-11-11"),
            ["referred", "accepted", "declined", "no_response", "closed"],
        ),
        (lambda: _escalate(WHOLE, "2026-11-11"), ["declined", "ready", "lapsed", "closed"]),
    ],
    ids=["accepted-unasked", "may-still-answer", "has-accepted"],
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
    taken = filed("ta-1", "2026-11-05", source="probation-2")
    assert _problems(lambda: _decline(REFERRED, "2026-11-05", filed=taken)) == [
        "transition_acts[3].filed.record_id: duplicate_id"
    ]
    assert _problems(lambda: _decline(REFERRED, "2026-11-05", reason="unheard")) == [
        "transition_acts.reason: unknown_value"
    ]


def test_a_fault_of_another_record_stops_nobody_unless_that_is_wanted() -> None:
    (first, *rest) = REFERRED.checklist_entries
    faulty = evolve(REFERRED, checklist_entries=(evolve(first, item="unheard"), *rest))
    assert len(_accept(faulty).transition_acts) == 4
    assert _problems(lambda: _accept(faulty, strict=True)) == [
        "checklist_entries[0].item: unknown_value"
    ]


def test_only_an_office_that_was_asked_or_named_declines_and_only_itself() -> None:
    """Nobody is named, and nothing is changed: the file that was given is the one that is kept."""
    for asked in (REFERRED, WHOLE, _until("assessed", "planned")):
        assert _problems(lambda asked=asked: _decline(asked, "2026-11-12", office="ngo-9")) == [
            "office: dangling_id"
        ]
    by_another = {"filed": filed("new", "2026-11-12", source="prison-1")}
    assert _problems(lambda: _decline(WHOLE, "2026-11-12", **by_another)) == [
        "filed.source: contradicts_itself"
    ]
    assert _problems(lambda: _decline(WHOLE, "2026-11-12", office="ngo-9", **by_another)) == [
        "filed.source: contradicts_itself",
        "office: dangling_id",
    ]


def _standing(file: CaseFile, on: str) -> tuple[str, str, list[str]]:
    """How far the release is prepared, who took over, and what does not fit."""
    (seen,) = rc.possible_moves(file, XX, on=day(on)).transitions
    return seen.preparation.value, seen.taken_by, [one.why.value for one in seen.misplaced]


def test_an_office_that_somebody_above_named_accepts_or_declines() -> None:
    named = _escalate(REFERRED, "2026-11-12", office="ngo-9")
    by_itself = {"office": "ngo-9", "filed": filed("new", "2026-11-13", source="ngo-9")}
    assert _standing(_accept(named, "2026-11-13", **by_itself), "2026-11-13") == (
        *("accepted", "ngo-9"),
        [],
    )
    declined = _decline(named, "2026-11-13", **by_itself)
    assert _standing(declined, "2026-11-13") == ("declined", "", [])
    (seen,) = rc.possible_moves(declined, XX, on=day("2026-11-13")).transitions
    assert seen.tasks[0].kind.value == "find_an_office"
    again = _escalate(declined, "2026-11-14", office="ngo-3")
    assert _standing(again, "2026-11-14") == ("escalated", "ngo-3", [])


def test_of_several_offices_the_one_that_was_asked_last_is_waited_for() -> None:
    both = _refer(REFERRED, "2026-11-02", "ngo-9")
    first_declined = _decline(both, "2026-11-03")
    assert _standing(first_declined, "2026-11-03") == ("referred", "", [])
    itself = {"office": "ngo-9", "filed": filed("last", "2026-11-04", source="ngo-9")}
    assert _standing(_accept(first_declined, "2026-11-04", **itself), "2026-11-04")[:2] == (
        *("accepted", "ngo-9"),
    )
    last_declined = _decline(both, "2026-11-04", **itself)
    assert _standing(last_declined, "2026-11-04") == ("declined", "", [])
    accepted = _accept(last_declined, "2026-11-05")
    assert _standing(accepted, "2026-11-05") == ("accepted", "probation-2", [])


def test_who_declines_late_leaves_it_to_somebody_above() -> None:
    told = _escalate(REFERRED, "2026-11-12")
    assert _standing(_decline(told, "2026-11-13"), "2026-11-13") == ("escalated", "", [])


def test_a_refusal_that_is_only_reported_changes_nothing() -> None:
    said = {"reason": "no_capacity", "source": "prison-1"}
    hearsay = transition_act("h", T, "declined", "2026-11-05", "probation-2", **said)
    assert _standing(REFERRED.with_record(hearsay), "2026-11-05") == (
        *("referred", ""),
        ["not_by_the_office"],
    )
    said["source"] = "ngo-9"
    stranger = transition_act("h", T, "declined", "2026-11-12", "ngo-9", **said)
    assert _standing(WHOLE.with_record(stranger), "2026-11-12") == (
        *("accepted", "probation-2"),
        ["not_asked"],
    )


# --- from the first step to the last --------------------------------------------------------------


def test_a_release_is_carried_through_by_verbs_alone() -> None:
    bare = evolve(WHOLE, transitions=(), transition_acts=(), checklist_entries=())
    move, until = "conditional_release", day("2026-11-21")
    filing = filed("t-1", "2026-10-01")
    file = rc.identify(bare, XX, move, on=day("2026-10-01"), filed=filing, planned_for=until)
    for event in ("assessed", "planned"):
        file = _advance(file, event, "2026-10-02")
    file = _accept(_refer(file, "2026-10-03"), "2026-10-05", appointment=day("2026-11-23"))
    assert _problems(lambda: _advance(file, "ready", "2026-11-01")) == ["event: out_of_range"]
    file = evolve(file, checklist_entries=WHOLE.checklist_entries)
    file = _advance(file, "ready", "2026-11-20")
    request = release(on=until, recorded_on=until, record_prefix="out")
    file = rc.request_move(file, XX, request).case
    file = _advance(file, "contact_missed", "2026-11-23")
    file = _advance(file, "first_contact", "2026-11-24", office="probation-2")
    for event in ("engaged", "closed"):
        file = _advance(file, event, "2026-12-01")
    (seen,) = rc.possible_moves(file, XX, on=day("2026-12-01")).transitions
    assert (seen.misplaced, seen.unplanned, seen.closed_on) == ((), False, day("2026-12-01"))
    assert file.transitions[0].planned_for == until
    with pytest.raises(RequestRefused):
        _advance(file, "engaged", "2026-12-02")


def test_a_new_transition_follows_the_one_by_which_the_person_moved() -> None:
    moved = rc.record_move(WHOLE, XX, release(on=day("2026-11-21"), record_prefix="out")).case
    filing = filed("t-2", "2026-12-01")
    back = rc.identify(moved, XX, "return_to_custody", on=day("2026-12-01"), filed=filing)
    assert back.transitions[-1].follows == T
    assert [one.transition for one in rc.possible_moves(back, XX, on=day("2026-12-01")).transitions]
    assert _problems(lambda: rc.identify(moved, XX, "escape", on=day("2026-12-01"), filed=filing))


def test_nothing_is_opened_for_the_dead() -> None:
    died = WHOLE.with_record(death("d", "2026-11-04"))

    def identify(on: str) -> CaseFile:
        return rc.identify(died, XX, "release", on=day(on), filed=filed("t-2", on))

    assert identify("2026-11-03").transitions[-1].follows is None
    assert _problems(lambda: identify("2026-11-04")) == ["on: after_death"]


def _identify(file: CaseFile, on: str, move: str = "conditional_release", **said: Any) -> CaseFile:
    filing = evolve(filed("t-2", on), **said.pop("filing", {}))
    return rc.identify(file, XX, move, on=day(on), filed=filing, **said)


def test_of_one_move_no_second_transition_is_opened_while_one_is_under_way() -> None:
    """Nobody could say to which of the two the next answer belongs."""
    for on in ("2026-09-01", "2026-10-01", "2026-08-31"):  # the last one before the first is opened
        assert _problems(lambda on=on: _identify(WHOLE, on)) == ["move: two_at_once"]
    assert len(_identify(WHOLE, "2026-10-01", "release").transitions) == 2
    again = _identify(WHOLE, "2026-10-01", filing={"source": "probation-2", "same_as": T})
    assert len(rc.possible_moves(again, XX, on=day("2026-10-01")).transitions) == 1
    closed = WHOLE.with_record(transition_act("end", T, "closed", "2026-10-01"))
    assert _identify(closed, "2026-10-01").transitions[-1].filed.record_id == "t-2"
    assert _problems(lambda: _identify(closed, "2026-09-30")) == ["move: two_at_once"]
    moved = rc.record_move(WHOLE, XX, release(on=day("2026-11-21"), record_prefix="out")).case
    assert len(_identify(moved, "2026-11-21").transitions) == 2


def test_no_move_is_planned_for_a_day_before_it_was_identified_or_before_the_stay() -> None:
    bare = evolve(WHOLE, transitions=(), transition_acts=(), checklist_entries=())
    early = _problems(lambda: _identify(bare, "2026-10-01", planned_for=day("2026-09-30")))
    assert early == ["planned_for: ends_before_start"]
    assert _identify(bare, "2026-10-01", planned_for=day("2026-10-01")).transitions
    # in custody since 1 March 2025
    before = _problems(lambda: _identify(bare, "2025-02-01", planned_for=day("2025-02-28")))
    assert before == ["planned_for: out_of_range"]
    assert _identify(bare, "2025-02-01", planned_for=day("2025-03-01")).transitions
    asked = _problems(lambda: _identify(WHOLE, "2026-10-01", planned_for=day("2026-09-30")))
    assert asked == ["move: two_at_once", "planned_for: ends_before_start"]


def test_nobody_is_released_between_two_stays_though_a_hospital_ends_none() -> None:
    places = (
        placement("st-1", "custody", "2026-01-01", "2026-02-01"),
        placement("st-2", "community", "2026-02-01", "2026-03-01"),
        placement("st-3", "custody", "2026-03-01", "2026-04-01"),
        placement("st-4", "hospital", "2026-04-01", "2026-05-01"),
        placement("st-5", "custody", "2026-05-01"),
    )
    away = evolve(WHOLE, placements=places, transitions=(), transition_acts=())
    away = evolve(away, checklist_entries=())
    found = _problems(lambda: _identify(away, "2026-01-10", planned_for=day("2026-02-10")))
    assert found == ["planned_for: out_of_range"]
    for until in ("2026-01-20", "2026-04-10"):
        assert _identify(away, "2026-01-10", planned_for=day(until)).transitions


def test_an_office_may_be_asked_after_the_move_as_long_as_the_country_lets_it() -> None:
    """28 days, also where nobody had prepared anything."""
    bare = evolve(WHOLE, transitions=(), transition_acts=(), checklist_entries=())
    moved = rc.record_move(bare, XX, release(on=day("2026-11-21"), record_prefix="out")).case
    of = moved.transitions[0].filed.record_id
    asked = _refer(moved, "2026-12-19", of=of, answer_by=day("2026-12-20"))
    assert _standing(asked, "2026-12-19") == ("referred", "", [])
    assert asked.transition_acts[-1].answer_by == day("2026-12-20")
    assert _problems(lambda: _refer(moved, "2026-12-20", of=of)) == ["on: out_of_range"]


def test_steps_with_a_verb_of_their_own_are_not_taken_otherwise() -> None:
    for event in ("referred", "accepted", "declined", "escalated", "moved"):
        assert _problems(lambda event=event: _advance(REFERRED, event, "2026-11-12")) == [
            "event: out_of_range"
        ]


def test_a_number_that_is_given_has_to_be_the_last_of_the_day() -> None:
    first = _accept(REFERRED, "2026-11-10")
    late = {"filed": filed("no", "2026-11-10", source="probation-2", sequence=1)}
    moved = rc.record_move(first, XX, release(on=day("2026-11-10"), record_prefix="out")).case
    declined = _decline(moved, "2026-11-10", **late)
    assert declined.transition_acts[-1].filed.sequence == 1
    early = filed("yes", "2026-11-10", source="ngo-9", sequence=1)
    assert _problems(lambda: _accept(declined, "2026-11-10", office="ngo-9", filed=early)) == [
        "office: two_at_once",
        "filed.sequence: out_of_range",
    ]


@pytest.mark.parametrize(
    "passed_over",
    [
        lambda file: _accept(
            file, "2026-11-09", office="ngo-9", filed=filed("late", "2026-11-20", source="ngo-9")
        ),
        lambda file: _escalate(_decline(file, "2026-11-08"), "2026-11-09", office="ngo-9"),
        lambda file: _advance(file, "closed", "2026-11-09", reason="aftercare_refused"),
    ],
    ids=["accepted", "named", "closed"],
)
def test_no_office_that_took_over_is_passed_over_by_an_act_for_an_earlier_day(
    passed_over: Any,
) -> None:
    accepted = _accept(REFERRED, "2026-11-10")
    with pytest.raises(InputError) as caught:
        passed_over(accepted)
    assert [(one.path, one.code) for one in caught.value.problems] == [("on", "out_of_range")]
    (seen,) = rc.possible_moves(accepted, XX, on=day("2026-11-20")).transitions
    assert seen.taken_by == "probation-2"


def test_an_act_for_an_earlier_day_after_which_all_others_fit_is_filed() -> None:
    accepted = _accept(REFERRED, "2026-11-10")
    asked = _refer(accepted, "2026-11-09", "ngo-9")
    assert _preparation(asked, "2026-11-10") is Preparation.ACCEPTED

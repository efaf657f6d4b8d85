"""Requests about a stay: allowed, or refused with everything that speaks against them."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from attrs import evolve

from rehabcore import exchange
from rehabcore.care import CommunityUnit
from rehabcore.casework.staying import request_stay
from rehabcore.casework.staying import residency as ask
from rehabcore.records import CaseFile, ContinuityItem
from rehabcore.rules.criteria import Compare
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import RecordId, Sex, StaffId
from tests.kit.builders import day, filed, span
from tests.kit.record_makers import (
    death,
    residency,
    residency_act,
    retraction,
    transition,
    transition_act,
)
from tests.kit.refusals import problems_of
from tests.kit.stays import ADMITTED_ON, WAITS, XX, house, request, without
from tests.kit.units import established, unit_act

RELEASE = next(m.move_id for m in XX.moves if m.is_release)


def refused(case: CaseFile, unit: CommunityUnit, asked: Any) -> list[str]:
    """The facts that speak against a request, all at once."""
    before = exchange.content_hash(case), exchange.content_hash(unit)
    with pytest.raises(RequestRefused) as caught:
        request_stay(case, unit, XX, asked)
    assert (exchange.content_hash(case), exchange.content_hash(unit)) == before
    return [fact for verdict in caught.value.verdicts for fact in _unmet(verdict)]


def _unmet(verdict: Verdict) -> list[str]:
    """The facts of all comparisons that are not certainly met, in order."""
    if isinstance(verdict.criterion, Compare):
        return [] if verdict.answer is Answer.MET else [verdict.criterion.asked.fact.name]
    return [fact for part in verdict.children for fact in _unmet(part)]


def test_who_may_be_admitted_is_admitted_and_the_book_knows_only_the_place() -> None:
    after = request_stay(WAITS, house(), XX, request("admitted"))
    [stay] = ask(after.case, XX, on=day(ADMITTED_ON), units=(after.unit,)).stays
    assert (stay.standing.state, stay.standing.misplaced) == ("resident", ())
    assert after.unit.acts == (unit_act("s-1", "admitted", ADMITTED_ON),)
    assert repr(after) == "<StayChange of a case file and a book>"


def test_a_whole_way_through_the_community() -> None:
    case, book = WAITS, house()
    way = [
        ("waitlisted", "2026-11-03"),
        ("admitted", ADMITTED_ON),
        ("suspended", "2026-12-01"),
        ("resumed", "2026-12-03"),
        ("advanced", "2026-12-18"),
        ("regressed", "2027-01-10"),
        ("advanced", "2027-02-09"),
        ("advanced", "2027-07-09"),
        ("graduated", "2027-08-18"),
        ("aftercare", "2027-08-18"),
        ("closed", "2027-12-01"),
    ]
    for event, on in way:
        after = request_stay(case, book, XX, request(event, on))
        case, book = after.case, after.unit
    [stay] = ask(case, XX, on=day("2028-01-01"), units=(book,)).stays
    assert (stay.standing.state, stay.standing.misplaced) == ("closed", ())
    assert [act.event.value for act in book.acts] == [
        *("waitlisted", "admitted", "suspended", "resumed", "advanced"),
        *("regressed", "advanced", "advanced", "left"),
    ]


def test_acts_of_one_day_stay_in_the_order_in_which_they_were_requested() -> None:
    """Suspended again on the day of coming back: file and book tell the same."""
    case, book = WAITS, house()
    way = [("admitted", ADMITTED_ON), ("suspended", "2026-12-01")]
    way += [("resumed", "2026-12-03"), ("suspended", "2026-12-03")]
    for number, (event, on) in enumerate(way):
        asked = evolve(request(event, on), record_id=RecordId(f"act-{number}"))
        after = request_stay(case, book, XX, asked)
        case, book = after.case, after.unit
    [stay] = ask(case, XX, on=day("2026-12-03"), units=(book,)).stays
    assert (stay.standing.state, stay.standing.misplaced) == ("suspended", ())
    assert [act.filed.sequence for act in case.residency_acts[-2:]] == [None, 1]


def test_what_was_set_aside_before_stops_no_request() -> None:
    odd = residency_act("odd", "rd-1", "screened", "2026-11-03", reason="nobody_knows")
    case = WAITS.with_record(odd)
    assert request_stay(case, house(), XX, request("admitted")).case.residency_acts[1:]
    with pytest.raises(InputError, match=r"residency_acts\[1\]\.reason: unknown_value"):
        request_stay(case, house(), XX, request("admitted"), strict=True)


def test_an_act_that_would_be_set_aside_itself_is_refused() -> None:
    asked = request("ineligible", reason="nobody_knows")
    assert problems_of(lambda: request_stay(WAITS, house(), XX, asked)) == [
        ("unknown_value", "residency_acts.reason")
    ]


def _again(event: str, on: str) -> CaseFile:
    """The file with another stay, in which something happened."""
    stays = (*WAITS.residencies, residency("rd-2", "2026-11-30", "community-2"))
    acts = (*WAITS.residency_acts, residency_act("ra-2", "rd-2", event, on))
    return evolve(WAITS, residencies=stays, residency_acts=acts)


# Each row: what is changed, and the facts that then speak against an admission.
@pytest.mark.parametrize(
    ("book", "file", "against"),
    [
        (house(establishing=(established("planned", "2020-01-01"),)), WAITS, ["unit_admits"]),
        (house(establishing=()), WAITS, ["unit_admits"]),
        (house(capacities=()), WAITS, ["place_free"]),
        (house(unit_act("s-9", "admitted", "2026-01-01"), places=1), WAITS, ["place_free"]),
        (house(unit_act("s-9", "admitted", "2026-12-01"), places=1), WAITS, ["place_free"]),
        (house(unit_act("s-9", "admitted", "2026-12-01"), places=2), WAITS, []),
        (house(), _again("admitted", "2026-12-01"), ["no_other_stay"]),
        (house(), _again("waitlisted", "2026-12-01"), []),
        (house(houses=Sex.FEMALE), WAITS, ["houses_person"]),
        (house(), without(WAITS, "consents"), ["consent_given", "program_open"]),
        (
            house(capacities=(), establishing=()),
            without(without(WAITS, "consents"), "observations"),
            ["unit_admits", "place_free", "consent_given", "health_cleared", "program_open"],
        ),
    ],
)
def test_an_admission_is_refused_with_all_that_speaks_against_it(
    book: CommunityUnit, file: CaseFile, against: list[str]
) -> None:
    if against:
        assert refused(file, book, request("admitted")) == against
    else:
        assert request_stay(file, book, XX, request("admitted"))


def test_the_sex_that_nobody_registered_is_asked_for() -> None:
    [registered] = WAITS.beneficiary
    known = evolve(WAITS, beneficiary=(evolve(registered, sex=Sex.FEMALE),))
    assert request_stay(known, house(houses=Sex.FEMALE), XX, request("admitted"))
    assert refused(known, house(houses=Sex.MALE), request("admitted")) == ["houses_person"]
    assert refused(
        evolve(WAITS, beneficiary=(evolve(registered, sex=None),)),
        house(houses=Sex.MALE),
        request("admitted"),
    ) == ["houses_person"]


def test_a_community_without_a_profile_admits_nobody_on_request() -> None:
    book = house(profile="")
    assert refused(WAITS, book, request("admitted")) == [
        "consent_given",
        "health_cleared",
        "program_open",
    ]


def test_a_profile_without_rules_of_consent_and_clearance_admits_nobody_on_request() -> None:
    planned = house(profile="second-house", phases=(), roles=())
    assert refused(WAITS, planned, request("admitted")) == ["consent_given", "health_cleared"]


def test_a_second_admission_of_one_person_is_refused() -> None:
    admitted = request_stay(WAITS, house(), XX, request("admitted"))
    twice = admitted.case.with_record(residency("rd-2", "2026-11-20", reference="s-2")).with_record(
        residency_act("rd-2a", "rd-2", "screened", "2026-11-21")
    )
    asked = request("admitted", "2026-11-22", residency="rd-2")
    assert "no_other_stay" in refused(twice, admitted.unit, asked)
    same = request("admitted", "2026-11-22")
    assert refused(admitted.case, admitted.unit, same) == []


def test_an_admission_that_cannot_be_completed_needs_a_plan_for_the_exit() -> None:
    late = "2027-06-20"
    [own] = WAITS.sentences
    short = evolve(WAITS, sentences=(evolve(own, end=day("2028-03-10")),))
    assert "time_fits" in refused(short, house(), request("admitted", late))
    planned = short.with_record(transition("tr", "2027-06-01", move=RELEASE)).with_record(
        transition_act("tr-1", "tr", "planned", "2027-06-02")
    )
    assert "time_fits" not in refused(planned, house(), request("admitted", late))
    outside = short.with_record(
        transition("tr", "2027-06-01", move="change_of_office")
    ).with_record(transition_act("tr-1", "tr", "planned", "2027-06-02"))
    assert "time_fits" in refused(outside, house(), request("admitted", late))


@pytest.mark.parametrize(
    ("event", "on", "said", "against"),
    [
        ("advanced", "2026-12-15", {}, ["minimum_passed"]),
        ("advanced", "2026-12-16", {"reviewed": None}, ["community_reviewed"]),
        ("advanced", "2026-12-16", {"by": None}, ["person_decided"]),
        ("advanced", "2026-12-16", {"by": StaffId("s-1")}, ["person_decided"]),
        ("regressed", "2026-12-16", {}, ["phase_precedes"]),
        ("regressed", "2026-12-16", {"reason": None}, ["phase_precedes", "reason_given"]),
        ("suspended", "2026-12-16", {"reason": None}, ["reason_given"]),
        ("suspended", "2026-12-16", {"reason": "  "}, ["reason_given"]),
        (
            "graduated",
            "2026-12-15",
            {"report": False, "office": ""},
            ["phase_follows", "minimum_passed", "stay_passed", "next_holder_named", "report_sent"],
        ),
        (
            "left_voluntarily",
            "2026-12-01",
            {"reason": None, "office": "", "report": None},
            ["reason_given", "next_holder_named", "report_sent"],
        ),
        ("discharged_rules", "2026-12-01", {"by": None}, ["person_decided"]),
        ("resumed", "2026-12-01", {}, []),
        ("closed", "2026-12-01", {}, []),
        ("aftercare", "2026-12-01", {}, []),
    ],
)
def test_a_step_is_refused_with_all_that_speaks_against_it(
    event: str, on: str, said: dict[str, Any], against: list[str]
) -> None:
    inside = request_stay(WAITS, house(), XX, request("admitted"))
    assert refused(inside.case, inside.unit, request(event, on, **said)) == against


def test_a_refusal_tells_what_would_be_possible() -> None:
    with pytest.raises(RequestRefused) as caught:
        request_stay(WAITS, house(), XX, request("graduated"))
    assert {one.arrow.event for one in caught.value.possible} == {
        *("ineligible", "waitlisted", "admitted")
    }


# --- requests that do not fit -------------------------------------------------------------------


def test_every_problem_of_a_request_is_told_at_once() -> None:
    other = evolve(house(), unit_id="community-2")
    no_reference = evolve(WAITS, residencies=(residency("rd-1", "2026-11-01"),))
    asked = request("admitted", "2026-11-01", record_id="rd-1a")
    assert problems_of(lambda: request_stay(no_reference, other, XX, asked)) == [
        ("duplicate_id", "request.record_id"),
        ("dangling_id", "unit.unit_id"),
        ("missing_key", "request.residency"),
        ("ends_before_start", "request.on"),
    ]


Ask = Callable[[], object]


@pytest.mark.parametrize(
    ("ask_for", "problem"),
    [
        (
            lambda: request_stay(WAITS, house(), XX, request("admitted", residency="rd-9")),
            ("dangling_id", "request.residency"),
        ),
        (
            lambda: request_stay(
                without(WAITS, "residency_acts"), house(), XX, request("screened", "2026-10-01")
            ),
            ("ends_before_start", "request.on"),
        ),
        (
            lambda: request_stay(WAITS, house(phases=(), roles=()), XX, request("admitted")),
            ("contradicts_itself", "unit.phases"),
        ),
        (
            lambda: request_stay(WAITS, house(profile="x"), XX, request("admitted")),
            ("dangling_id", "profile_id"),
        ),
        (lambda: request("admitted", record_id=""), ("out_of_range", "record_id")),
    ],
)
def test_a_request_that_does_not_fit_is_refused(ask_for: Ask, problem: tuple[str, str]) -> None:
    assert problems_of(ask_for) == [problem]


def test_a_stay_may_be_named_by_what_was_corrected_and_what_was_taken_back_does_not_count() -> None:
    """The reference is often known only later; an act filed by mistake stops nobody."""
    unnamed = evolve(WAITS, residencies=(residency("rd-1", "2026-11-01"),))
    named = residency("rd-2", "2026-11-01", reference="s-1", corrects="rd-1")
    wrong = residency_act("wrong", "rd-1", "waitlisted", "2027-01-01")
    case = unnamed.with_record(named).with_record(wrong).with_record(retraction("back", "wrong"))
    after = request_stay(case, house(), XX, request("admitted"))
    [stay] = ask(after.case, XX, on=day(ADMITTED_ON), units=(after.unit,)).stays
    assert (stay.standing.residency, stay.standing.state) == ("rd-2", "resident")


def test_nothing_is_requested_of_the_dead() -> None:
    admitted = request_stay(WAITS, house(), XX, request("admitted"))
    case = admitted.case.with_record(death("d", "2026-12-01", recorded_on="2026-12-02"))
    for asked in (request("left_voluntarily", "2026-12-01"), request("suspended", "2026-12-20")):
        assert problems_of(partial(request_stay, case, admitted.unit, XX, asked)) == [
            ("after_death", "request.on")
        ]
    assert request_stay(case, admitted.unit, XX, request("left_voluntarily", "2026-11-30"))


def test_a_request_that_the_book_contradicts_changes_nothing() -> None:
    book = house(unit_act("s-1", "admitted", "2026-11-10"))
    asked = request("admitted")
    assert problems_of(lambda: request_stay(WAITS, book, XX, asked)) == [
        ("contradicts_itself", "acts[1].event")
    ]


@pytest.mark.parametrize("event", ["withdrawn", "ineligible"])
def test_whoever_no_longer_waits_is_off_the_list(event: str) -> None:
    waits = request_stay(WAITS, house(), XX, request("waitlisted", "2026-11-03"))
    after = request_stay(waits.case, waits.unit, XX, request(event, "2026-11-03"))
    assert [(act.event.value, act.number) for act in after.unit.acts] == [
        ("waitlisted", 1),
        ("withdrawn", 2),
    ]


def test_whoever_never_waited_is_in_no_book() -> None:
    assert request_stay(WAITS, house(), XX, request("ineligible")).unit == house()


def test_law_c11_opioid_treatment_alone_excludes_nobody() -> None:
    treated = WAITS.with_record(
        ContinuityItem(filed=filed("oat"), kind="opioid_agonist", span=span("2026-01-01"))
    )
    assert ask(treated, XX, on=day(ADMITTED_ON), units=(house(),)).stays == (
        ask(WAITS, XX, on=day(ADMITTED_ON), units=(house(),)).stays
    )
    assert request_stay(treated, house(), XX, request("admitted")).unit.acts

"""Stays in a community: where they stand on a day, their phases and days, and what does not fit."""

from collections.abc import Iterable
from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care.community.outlooks import outlook
from rehabcore.care.community.profiles import CommunityPhase
from rehabcore.care.community.stay_clocks import PhaseVisit
from rehabcore.care.community.stays import PhasesOf, stays_on
from rehabcore.casework.stay_results import StaySeen
from rehabcore.casework.staying import residency as ask
from rehabcore.records import CaseFile, Death, Residency, ResidencyAct
from rehabcore.rules.sources import Text
from rehabcore.strict.vocabulary import ResidencyEvent, Setting
from tests.kit.builders import case, day, filed, person, some_day
from tests.kit.record_makers import (
    placement,
    residency,
    residency_act,
    sentence,
    transition,
    transition_act,
)
from tests.kit.refusals import problems_of
from tests.kit.units import unit

XX = rc.load("xx")
BOOK = unit(profile="open-house")
INTO_CUSTODY = next(m.move_id for m in XX.moves if m.setting_to is not Setting.COMMUNITY)


def acts(of: str, *told: tuple[str, str]) -> tuple[ResidencyAct, ...]:
    """The acts of a stay; whatever lacks a reason, an office or a report has them."""
    return tuple(
        residency_act(
            f"{of}-{number}",
            of,
            event,
            on,
            by="staff-1",
            reason="own_wish",
            office="prison-1",
            report=True,
        )
        for number, (event, on) in enumerate(told)
    )


def stays_in(*residencies: Residency, told: Iterable[ResidencyAct] = (), **lists: Any) -> CaseFile:
    return case(
        beneficiary=(person("p", "1990-01-01"),),
        residencies=residencies,
        residency_acts=tuple(told),
        **lists,
    )


def seen(file: CaseFile, on: str) -> StaySeen:
    [stay] = ask(file, XX, on=day(on), units=(BOOK,)).stays
    return stay


# --- golden: a resident with a suspension and a step back, days counted by hand ----------------

GOLDEN = stays_in(
    residency("rd", "2026-01-05", reference="s-1"),
    told=acts(
        "rd",
        ("screened", "2026-01-10"),
        ("admitted", "2026-01-15"),
        ("suspended", "2026-02-01"),
        ("resumed", "2026-02-08"),
        ("advanced", "2026-02-21"),
        ("regressed", "2026-04-01"),
        ("advanced", "2026-05-01"),
        ("advanced", "2026-10-01"),
        ("graduated", "2026-11-01"),
        ("aftercare", "2026-11-02"),
        ("closed", "2027-02-01"),
    ),
    sentences=(sentence("se", "2025-01-01", "2026-12-01"),),
)


@pytest.mark.parametrize(
    ("on", "state", "days", "ahead"),
    [
        ("2026-01-05", "referred", (None, None, 0), (None, "2026-10-05")),
        ("2026-01-15", "resident", ("induction", 0, 0), ("2026-02-14", "2026-10-15")),
        ("2026-01-31", "resident", ("induction", 16, 16), ("2026-02-14", "2026-10-15")),
        ("2026-02-01", "suspended", ("induction", 17, 17), ("2026-02-14", "2026-10-15")),
        ("2026-02-07", "suspended", ("induction", 17, 17), ("2026-02-20", "2026-10-21")),
        ("2026-02-08", "resident", ("induction", 17, 17), ("2026-02-21", "2026-10-22")),
        ("2026-02-20", "resident", ("induction", 29, 29), ("2026-02-21", "2026-10-22")),
        ("2026-02-21", "resident", ("primary", 0, 30), ("2026-07-21", "2026-10-22")),
        ("2026-03-31", "resident", ("primary", 38, 68), ("2026-07-21", "2026-10-22")),
        ("2026-04-01", "resident", ("induction", 0, 69), ("2026-05-01", "2026-11-01")),
        ("2026-05-01", "resident", ("primary", 0, 99), ("2026-10-01", "2026-11-01")),
        ("2026-10-01", "resident", ("reentry", 0, 252), ("2026-11-01", "2026-11-01")),
        ("2026-11-01", "graduated", ("reentry", 31, 283), (None, None)),
        ("2026-11-02", "aftercare", ("reentry", 31, 283), (None, None)),
        ("2027-02-01", "closed", ("reentry", 31, 283), (None, None)),
    ],
)
def test_golden_a_resident_with_a_suspension(
    on: str,
    state: str,
    days: tuple[str | None, int | None, int],
    ahead: tuple[str | None, str | None],
) -> None:
    """``days`` are the phase, the days in it and those of the stay; ``ahead`` the next and end."""
    stay = seen(GOLDEN, on)
    assert stay.standing.state == state
    assert (stay.phase and stay.phase.phase_id, stay.days_in_phase, stay.days) == days
    found = (stay.outlook.earliest_next, stay.outlook.completion)
    assert found == tuple(one and day(one) for one in ahead)
    assert stay.standing.misplaced == ()
    assert stay.standing.has_place is (state in ("resident", "suspended"))


def test_before_the_referral_there_is_no_stay_and_a_stay_says_why_it_ended() -> None:
    assert ask(GOLDEN, XX, on=day("2026-01-04")).stays == ()
    assert seen(GOLDEN, "2026-11-01").standing.reason == "own_wish"
    assert seen(GOLDEN, "2026-10-01").standing.reason is None


@pytest.mark.parametrize(
    ("on", "event", "lacks"),
    [
        ("2026-01-05", "screened", ()),
        ("2026-02-01", "resumed", ("person_decided",)),
        ("2026-02-20", "advanced", ("minimum_passed", "person_decided", "community_reviewed")),
        ("2026-03-01", "advanced", ("minimum_passed", "person_decided", "community_reviewed")),
        ("2026-07-01", "advanced", ("minimum_passed", "person_decided", "community_reviewed")),
        (
            "2026-10-01",
            "graduated",
            ("minimum_passed", "stay_passed", "person_decided", "next_holder_named", "report_sent"),
        ),
        ("2026-11-01", "aftercare", ()),
        ("2026-11-02", "closed", ()),
        ("2027-02-01", None, ()),
    ],
)
def test_what_lacks_for_the_next_step(on: str, event: str | None, lacks: tuple[str, ...]) -> None:
    stay = seen(GOLDEN, on)
    assert (stay.next_event, stay.lacks) == (event and ResidencyEvent(event), lacks)


def test_before_admission_it_is_told_what_the_community_and_its_rules_lack() -> None:
    file = stays_in(residency("rd", "2026-01-05"), told=acts("rd", ("screened", "2026-01-06")))
    full = ("consent_given", "health_cleared", "program_open", "person_decided")
    assert seen(file, "2026-01-06").lacks == full
    [unknown] = ask(file, XX, on=day("2026-01-06")).stays
    assert unknown.lacks == ("unit_admits", "place_free", "houses_person", *full)


# --- law C6: completion and release -------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "in_time"),
    [("2026-10-23", True), ("2026-10-22", True), ("2026-10-21", False)],
)
def test_completion_is_in_time_up_to_the_day_of_release(end: str, in_time: bool) -> None:
    told = acts("rd", ("screened", "2026-01-10"), ("admitted", "2026-01-15"))
    held = (
        residency_act("x", "rd", "suspended", "2026-02-01", by="a", reason="own_wish"),
        residency_act("y", "rd", "resumed", "2026-02-08", by="a"),
    )
    file = stays_in(
        residency("rd", "2026-01-05"),
        told=(*told, *held),
        sentences=(sentence("se", "2025-01-01", end),),
    )
    assert seen(file, "2026-02-10").outlook.in_time is in_time


def _released(planned_for: Any, *done: str) -> CaseFile:
    """A resident with a sentence until 2030, and a transition to the outside."""
    return stays_in(
        residency("rd", "2026-01-05"),
        told=acts("rd", ("screened", "2026-01-10"), ("admitted", "2026-01-15")),
        sentences=(sentence("se", "2025-01-01", "2030-01-01"),),
        transitions=(
            rc.records.Transition(
                filed=filed("tr"),
                move="release",
                identified_on=day("2026-01-20"),
                planned_for=some_day(planned_for) if planned_for else None,
            ),
        ),
        transition_acts=tuple(
            transition_act(f"tr-{number}", "tr", event, "2026-01-21")
            for number, event in enumerate(done)
        ),
    )


def test_a_planned_release_counts_before_the_end_of_the_sentence() -> None:
    assert seen(_released("2026-06-01"), "2026-02-01").outlook.in_time is False
    assert seen(_released("2026-06-01"), "2026-01-19").outlook.release == day("2030-01-01")
    assert seen(_released(None), "2026-02-01").outlook.in_time is True
    moved = _released("2026-06-01", "moved")
    assert seen(moved, "2026-02-01").outlook.release == day("2026-01-21")


def test_a_plan_for_the_exit_is_told() -> None:
    planned = seen(_released("2026-06-01", "planned"), "2026-02-01").outlook
    assert (planned.in_time, planned.exit_plan) == (False, "tr")
    assert seen(_released("2026-06-01", "planned"), "2026-01-20").outlook.exit_plan is None
    assert seen(_released("2026-06-01", "planned", "moved"), "2026-02-01").outlook.exit_plan is None


def test_a_release_that_is_known_in_part_may_leave_it_open() -> None:
    for plain, in_time in (("2026-10", None), ("2026-09", False), ("2026-11", True)):
        file = _released(plain)
        assert seen(file, "2026-02-01").outlook.in_time is in_time


@pytest.mark.parametrize("ends", [("open",), ("unknown",), ("2026-12-01", "open"), ()])
def test_without_a_known_end_no_release_is_told(ends: tuple[str, ...]) -> None:
    told = {"open": rc.OPEN, "unknown": rc.UNSURE}
    sentences = tuple(
        sentence(f"se-{n}", "2025-01-01", told.get(end, end)) for n, end in enumerate(ends)
    )
    file = stays_in(residency("rd", "2026-01-05"), sentences=sentences)
    assert seen(file, "2026-02-01").outlook.release is None
    assert seen(file, "2026-02-01").outlook.in_time is None


def test_nothing_is_projected_where_no_minimum_was_published() -> None:
    file = stays_in(
        residency("rd", "2026-01-05"),
        told=acts("rd", ("screened", "2026-01-10"), ("admitted", "2026-01-15")),
    )
    [stay] = ask(file, XX, on=day("2026-02-01"), units=(unit(),)).stays
    assert stay.phase is not None
    assert (stay.phase.phase_id, stay.outlook.earliest_next, stay.outlook.completion) == (
        "induction",
        None,
        None,
    )
    assert "minimum_passed" not in stay.lacks
    [nowhere] = ask(file, XX, on=day("2026-02-01")).stays
    assert (nowhere.phase, nowhere.days_in_phase) == (None, 17)
    assert nowhere.lacks == ("phase_follows", "person_decided", "community_reviewed")


# --- what does not fit ----------------------------------------------------------------------------


def misplaced(*told: ResidencyAct, book: bool = True, **lists: Any) -> list[tuple[str, str]]:
    file = stays_in(residency("rd", "2026-01-01"), told=told, **lists)
    units = (BOOK,) if book else ()
    [stay] = ask(file, XX, on=day("2030-01-01"), units=units).stays
    return [(one.event.value, one.why.value) for one in stay.standing.misplaced]


IN = (("screened", "2026-01-02"), ("admitted", "2026-01-03"))
HELD, OUT = ("suspended", "2026-01-04"), ("left_voluntarily", "2026-02-01")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("admitted", "2026-01-03")], [("admitted", "not_from_here")]),
        ([("suspended", "2026-01-03")], [("suspended", "not_from_here")]),
        ([*IN, ("advanced", "2026-02-01")], [("advanced", "too_early")]),
        ([*IN, ("advanced", "2026-02-02")], []),
        ([*IN, ("regressed", "2026-02-02")], [("regressed", "no_such_phase")]),
        (
            [*IN, *[("advanced", f"2027-0{n}-01") for n in (1, 6, 8)]],
            [("advanced", "no_such_phase")],
        ),
        (
            [*IN, ("graduated", "2026-02-01")],
            [("graduated", "not_last_phase"), ("graduated", "too_early")],
        ),
        (
            [*IN, ("left_voluntarily", "2026-02-01"), ("advanced", "2026-02-02")],
            [("advanced", "not_from_here")],
        ),
        (
            [*IN, ("left_voluntarily", "2026-02-01"), ("admitted", "2026-02-02")],
            [("admitted", "not_from_here")],
        ),
        (
            [*IN, ("suspended", "2026-01-04"), ("suspended", "2026-01-05")],
            [("suspended", "not_from_here")],
        ),
        (
            [*IN, ("suspended", "2026-01-04"), ("advanced", "2026-03-05")],
            [("advanced", "not_from_here")],
        ),
        ([*IN, ("closed", "2026-03-05")], [("closed", "not_from_here")]),
        ([*IN, ("medical_exit", "2026-03-05"), ("closed", "2026-03-06")], []),
        ([("screened", "2026-01-02"), ("ineligible", "2026-01-03")], []),
        (
            [("screened", "2026-01-02"), ("waitlisted", "2026-01-03"), ("withdrawn", "2026-01-04")],
            [],
        ),
    ],
)
def test_what_happened_is_told_even_where_it_was_not_allowed(
    told: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> None:
    assert misplaced(*acts("rd", *told)) == expected


def test_whoever_left_has_no_place_again_by_the_same_stay() -> None:
    told = acts("rd", *IN, ("left_voluntarily", "2026-02-01"), ("admitted", "2026-02-02"))
    stay = seen(stays_in(residency("rd", "2026-01-01"), told=told), "2026-03-01")
    assert (stay.standing.state, stay.days) == ("left_voluntarily", 29)


def test_without_the_book_nobody_knows_how_many_phases_there_are() -> None:
    told = acts("rd", *IN, *[("advanced", f"2027-0{n}-01") for n in (1, 6, 8)])
    assert misplaced(*told, book=False) == []
    assert misplaced(*acts("rd", *IN, ("regressed", "2026-02-02")), book=False) == [
        ("regressed", "no_such_phase")
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"reason": "own_wish", "office": "prison-1", "report": True}, []),
        ({"office": "prison-1", "report": True}, ["no_reason"]),
        ({"reason": "own_wish", "report": False}, ["no_office", "no_report"]),
        ({"reason": "own_wish", "office": "prison-1"}, ["no_report"]),
    ],
)
def test_an_exit_lacks_its_reason_office_or_report(
    said: dict[str, Any], expected: list[str]
) -> None:
    exit_act = residency_act("x", "rd", "left_voluntarily", "2026-02-01", **said)
    assert misplaced(*acts("rd", *IN), exit_act) == [("left_voluntarily", why) for why in expected]


def test_a_suspension_without_a_reason_is_told() -> None:
    held = residency_act("x", "rd", "suspended", "2026-02-01")
    assert misplaced(*acts("rd", *IN), held) == [("suspended", "no_reason")]


def test_law_c12_a_readmission_is_a_new_stay_and_the_old_history_is_unchanged() -> None:
    first = acts("rd", *IN, ("left_voluntarily", "2026-02-01"))
    alone = stays_in(residency("rd", "2026-01-01"), told=first)
    again = stays_in(
        residency("rd", "2026-01-01"),
        residency("again", "2026-02-01"),
        told=(*first, *acts("again", ("screened", "2026-02-01"), ("admitted", "2026-02-01"))),
    )
    [before] = ask(alone, XX, on=day("2026-03-01"), units=(BOOK,)).stays
    old, new = ask(again, XX, on=day("2026-03-01"), units=(BOOK,)).stays
    assert old == before
    assert (new.standing.state, new.standing.misplaced, new.days) == ("resident", (), 28)


def test_a_second_place_at_one_time_is_told() -> None:
    file = stays_in(
        residency("rd", "2026-01-01"),
        residency("again", "2026-01-01"),
        residency("waits", "2026-01-01"),
        told=(
            *acts("rd", *IN),
            *acts("again", ("screened", "2026-02-01"), ("admitted", "2026-02-01")),
        ),
    )
    stays = ask(file, XX, on=day("2026-03-01"), units=(BOOK,)).stays
    told = {s.standing.residency: [m.why.value for m in s.standing.misplaced] for s in stays}
    assert told == {"rd": [], "again": ["second_place"], "waits": []}


HOME = placement("pl-1", "custody", "2025-01-01", "2026-02-10")


@pytest.mark.parametrize(
    ("placements", "told"),
    [
        ((HOME, placement("pl-2", "community", "2026-02-10")), ["moved_away"]),
        ((HOME, placement("pl-2", "hospital", "2026-02-10")), []),
        ((HOME, placement("pl-2", "residential", "2026-02-10")), []),
        ((HOME, placement("pl-2", "custody", "2026-02-10", holder="prison-3")), []),
        ((HOME, placement("pl-2", "community", "2026-03-02")), []),  # not yet
        (
            (
                *(HOME, placement("pl-2", "residential", "2026-02-10", "2026-02-20")),
                placement("pl-3", "custody", "2026-02-20"),
            ),
            ["moved_away"],
        ),
        ((), []),
    ],
)
def test_a_stay_that_nobody_ended_is_told_when_the_person_lives_elsewhere(
    placements: tuple[Any, ...], told: list[str]
) -> None:
    stay = residency("rd", "2026-01-01")
    file = evolve(stays_in(stay, told=acts("rd", *IN)), placements=placements)
    [found] = ask(file, XX, on=day("2026-03-01"), units=(BOOK,)).stays
    assert [one.why.value for one in found.standing.misplaced] == told
    left = acts("rd", *IN, ("left_voluntarily", "2026-02-09"))
    gone = evolve(file, residency_acts=left)
    [found] = ask(gone, XX, on=day("2026-03-01"), units=(BOOK,)).stays
    assert "moved_away" not in [one.why.value for one in found.standing.misplaced]


def test_a_second_place_is_told_also_when_the_person_lives_elsewhere() -> None:
    file = stays_in(
        residency("rd", "2026-01-01"),
        residency("again", "2026-01-01"),
        told=(
            *acts("rd", *IN),
            *acts("again", ("screened", "2026-02-01"), ("admitted", "2026-02-01")),
        ),
    )
    file = evolve(file, placements=(HOME, placement("pl-2", "community", "2026-02-10")))
    stays = ask(file, XX, on=day("2026-03-01"), units=(BOOK,)).stays
    told = {s.standing.residency: [m.why.value for m in s.standing.misplaced] for s in stays}
    assert told == {"rd": ["moved_away"], "again": ["second_place", "moved_away"]}


def test_a_death_stops_every_clock_and_frees_the_place() -> None:
    file = stays_in(
        residency("rd", "2026-01-01"),
        told=acts("rd", *IN),
        deaths=(Death(filed=filed("d"), died_on=day("2026-01-13")),),
    )
    assert seen(file, "2026-01-12").standing.has_place
    stay = seen(file, "2026-02-01")
    assert (stay.standing.died, stay.standing.has_place, stay.days) == (True, False, 10)
    assert (stay.next_event, stay.outlook.completion) == (None, None)


def test_of_two_days_of_death_the_later_one_is_certain() -> None:
    file = stays_in(
        residency("rd", "2026-01-01"),
        told=acts("rd", *IN),
        deaths=(
            Death(filed=filed("d"), died_on=day("2026-01-13")),
            Death(filed=filed("e", source="b"), died_on=day("2026-01-14")),
        ),
    )
    assert seen(file, "2026-01-13").standing.has_place
    assert not seen(file, "2026-01-14").standing.has_place


def test_a_death_after_the_exit_or_before_the_admission_changes_nothing() -> None:
    died = (Death(filed=filed("d"), died_on=day("2026-03-13")),)
    for told in ((), acts("rd", *IN, OUT)):
        file = stays_in(residency("rd", "2026-01-01"), told=told, deaths=died)
        assert not seen(file, "2026-04-01").standing.died


def test_nothing_is_projected_in_a_last_phase_without_a_minimum() -> None:
    open_end = PhasesOf(phases=(CommunityPhase(phase_id="only", title=Text.of(en="Only")),))
    told = acts("rd", *IN)
    file = stays_in(residency("rd", "2026-01-01"), told=told)
    [stay] = stays_on(file, day("2026-02-01"), {"community-1": open_end})
    assert (
        outlook(stay, open_end, day("2026-02-01"), release=None, exit_plan=None).completion is None
    )


def test_of_acts_of_one_day_the_sequence_counts_and_then_the_order_of_events() -> None:
    told = [
        residency_act("b", "rd", "admitted", "2026-01-02"),
        residency_act("a", "rd", "screened", "2026-01-02"),
    ]
    assert misplaced(*told) == []
    assert misplaced(*reversed(told)) == []
    told = [
        residency_act("b", "rd", "admitted", "2026-01-02", sequence=1),
        residency_act("a", "rd", "screened", "2026-01-02", sequence=2),
    ]
    assert [event for event, _ in misplaced(*told)] == ["admitted", "screened"]


def test_a_visit_cannot_end_before_it_begins() -> None:
    assert problems_of(
        lambda: PhaseVisit(phase=0, since=day("2026-01-02"), until=day("2026-01-01"))
    ) == [("ends_before_start", "until")]


def test_phases_that_nobody_named_have_no_minimum() -> None:
    assert PhasesOf().minimum(0) is None
    assert stays_on(case(), day("2026-01-01"), {}) == ()


def test_a_transition_that_is_no_release_is_no_plan_for_the_exit() -> None:
    file = stays_in(
        residency("rd", "2026-01-05"),
        transitions=(transition("tr", "2026-01-05", move=INTO_CUSTODY),),
        transition_acts=(transition_act("tr-1", "tr", "planned", "2026-01-05"),),
    )
    assert seen(file, "2026-02-01").outlook.exit_plan is None

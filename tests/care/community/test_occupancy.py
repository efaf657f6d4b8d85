"""A community on a day and over time: places, the waiting list, counsellors, and what is amiss."""

from decimal import Decimal
from typing import Any

import pytest

from rehabcore.care import (
    Capacity,
    CommunityUnit,
    Established,
    Occupancy,
    PlaceHeld,
    Staffing,
    occupancy,
    standing_on,
)
from rehabcore.care.community.occupancy import CommunityAlert
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.strict.vocabulary import PreparationItem, UnitStage
from tests.kit.builders import day, some_day
from tests.kit.units import ALL_DONE, established, norm, unit, unit_act

# Two places, three residents one after another; s-2 comes on the day on which s-1 leaves.
HOUSE = unit(
    unit_act("s-3", "waitlisted", "2026-01-05"),
    unit_act("s-2", "waitlisted", "2026-01-02"),
    unit_act("s-1", "admitted", "2026-01-01"),
    unit_act("s-1", "left", "2026-02-01"),
    unit_act("s-2", "admitted", "2026-02-01"),
    unit_act("s-2", "advanced", "2026-03-01"),
    unit_act("s-2", "appointed", "2026-03-02", "crew"),
    unit_act("s-2", "suspended", "2026-03-10"),
    unit_act("s-3", "admitted", "2026-03-15"),
    norms=(norm("peace", "2026-01-20"),),
)


@pytest.mark.parametrize(
    ("on", "occupied", "free", "waiting"),
    [
        ("2025-12-31", 0, 2, []),
        ("2026-01-01", 1, 1, []),
        ("2026-01-04", 1, 1, ["s-2"]),
        ("2026-01-31", 1, 1, ["s-2", "s-3"]),
        ("2026-02-01", 1, 1, ["s-3"]),
        ("2026-03-14", 1, 1, ["s-3"]),
        ("2026-03-15", 2, 0, []),
    ],
)
def test_places_and_the_waiting_list_on_a_day(
    on: str, occupied: int, free: int, waiting: list[str]
) -> None:
    told = standing_on(HOUSE, day(on))
    assert (told.occupied, told.free) == (occupied, free)
    assert [one.stay for one in told.waiting] == waiting
    assert told.admits is (free > 0)


def test_a_suspended_resident_keeps_the_place_and_the_role() -> None:
    [resident] = standing_on(HOUSE, day("2026-03-14")).residents
    assert (resident.stay, resident.phase, resident.roles) == ("s-2", "primary", ("crew",))
    assert (resident.since, resident.suspended_since) == (day("2026-02-01"), day("2026-03-10"))


def test_norms_hold_from_their_vote_on() -> None:
    assert standing_on(HOUSE, day("2026-01-19")).norms == ()
    assert standing_on(HOUSE, day("2026-01-20")).norms == HOUSE.norms


def test_places_taken_over_time() -> None:
    assert occupancy(HOUSE) == (
        Occupancy(within=Span(day("2026-01-01"), day("2026-02-01")), occupied=1, capacity=2),
        Occupancy(within=Span(day("2026-02-01"), day("2026-03-15")), occupied=1, capacity=2),
        Occupancy(within=Span(day("2026-03-15"), OPEN), occupied=2, capacity=2),
    )
    assert occupancy(unit()) == ()


def test_fewer_places_make_a_community_too_full_from_that_day_on() -> None:
    fewer = unit(
        unit_act("s-1", "admitted", "2026-01-01"),
        capacities=(Capacity(places=0, since=day("2026-02-01")),),
        erased=(PlaceHeld(since=day("2026-01-15"), until=day("2026-03-01")),),
    )
    pieces = occupancy(fewer)
    assert [(one.occupied, one.capacity, one.is_over) for one in pieces] == [
        (1, None, False),
        (2, None, False),
        (2, 0, True),
        (1, 0, True),
    ]
    assert standing_on(fewer, day("2026-02-28")).occupied == 2
    assert standing_on(fewer, day("2026-03-01")).occupied == 1


# --- stages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        ("2025-12-31", None),
        ("2026-01-01", UnitStage.PLANNED),
        ("2026-06-30", UnitStage.PLANNED),
        ("2026-07-31", UnitStage.PREPARING),
        ("2027-01-01", UnitStage.RUNNING),
    ],
)
def test_a_stage_is_reached_when_that_is_certain(on: str, stage: UnitStage | None) -> None:
    steps = (
        established("running", "2027-01-01"),
        established("pilot", "2027-01-01"),
        established("planned", "2026-01-01"),
        Established(stage=UnitStage.PREPARING, on=some_day("2026-07")),
    )
    told = standing_on(unit(establishing=steps), day(on))
    assert told.stage is stage
    assert told.admits is (stage is UnitStage.RUNNING)


@pytest.mark.parametrize(
    ("stages", "skipped"),
    [
        (["idea", "planned", "preparing", "pilot", "running", "closed"], []),
        (["preparing", "pilot"], []),
        (["planned", "running"], ["running"]),
        (["running", "pilot"], ["pilot"]),
        (["running", "closed", "pilot"], ["pilot"]),
    ],
)
def test_a_stage_that_was_skipped_is_told(stages: list[str], skipped: list[str]) -> None:
    steps = tuple(established(stage, f"2026-0{n}-01") for n, stage in enumerate(stages, start=1))
    told = standing_on(unit(establishing=steps), day("2026-12-01"))
    assert [stage.value for stage in told.skipped_to] == skipped
    assert (CommunityAlert.STAGE_SKIPPED in told.alerts) is bool(skipped)
    assert told.stage == stages[-1]


def test_the_items_of_the_preparation_that_lack() -> None:
    told = standing_on(unit(preparation=ALL_DONE[2:]), day("2026-01-01"))
    assert told.missing == (PreparationItem.AGREEMENT_SIGNED, PreparationItem.STAFF_TRAINED)
    assert standing_on(unit(), day("2019-12-31")).missing == tuple(PreparationItem)


# --- counsellors and alerts -------------------------------------------------------------------


def residents(number: int, **said: Any) -> CommunityUnit:
    acts = (unit_act(f"s-{n}", "admitted", "2026-01-01") for n in range(number))
    return unit(*acts, places=100, **said)


@pytest.mark.parametrize(
    ("number", "alert", "ratio"),
    [(0, False, "0.0"), (15, False, "15.0"), (16, True, "16.0")],
)
def test_more_residents_for_a_counsellor_than_the_profile_allows_are_told(
    number: int, alert: bool, ratio: str
) -> None:
    told = standing_on(residents(number), day("2026-01-01"), most=15)
    assert (CommunityAlert.TOO_FEW_COUNSELLORS in told.alerts) is alert
    assert told.ratio == Decimal(ratio)


def test_without_a_limit_or_without_staff_on_file_nothing_is_said_of_counsellors() -> None:
    none = (Staffing(staff=2, counsellors=0, since=day("2020-01-01")),)
    assert standing_on(residents(16), day("2026-01-01")).alerts == ()
    assert standing_on(residents(16, staffing=()), day("2026-01-01"), most=15).alerts == ()
    told = standing_on(residents(1, staffing=none), day("2026-01-01"), most=15)
    assert (told.alerts, told.ratio) == ((CommunityAlert.TOO_FEW_COUNSELLORS,), None)


@pytest.mark.parametrize(
    ("book", "alerts"),
    [
        (residents(1, establishing=(established("planned", "2020-01-01"),)), ["not_open"]),
        (residents(1, capacities=()), ["unknown_capacity"]),
        (residents(1, apart=False), ["not_apart"]),
        (residents(1, apart=True), []),
        (residents(1, preparation=()), ["not_prepared"]),
        (
            unit(*(unit_act(f"s-{n}", "admitted", "2026-01-01") for n in range(3))),
            ["over_capacity"],
        ),
        (
            unit(
                unit_act("s-1", "admitted", "2026-01-01"),
                unit_act("s-1", "appointed", "2026-01-01", "crew"),
            ),
            ["role_too_early"],
        ),
    ],
)
def test_what_a_person_has_to_look_at(book: CommunityUnit, alerts: list[str]) -> None:
    assert list(standing_on(book, day("2026-01-01")).alerts) == alerts


@pytest.mark.parametrize(
    ("published", "stage", "alert"),
    [
        ("planned", "running", True),
        ("preparing", "pilot", True),
        ("closed", "running", True),
        ("planned", "planned", False),
        ("running", "planned", False),
        ("pilot", "running", False),
        (None, "running", False),
    ],
)
def test_a_book_that_is_further_than_every_source_is_told(
    published: str | None, stage: str, alert: bool
) -> None:
    book = unit(establishing=(established(stage, "2020-01-01"),))
    said = None if published is None else UnitStage(published)
    told = standing_on(book, day("2026-01-01"), published=said)
    assert (CommunityAlert.NOT_PUBLISHED_AS_OPEN in told.alerts) is alert


def test_of_a_unit_without_phases_nobody_moves_on() -> None:
    book = unit(unit_act("s-1", "admitted", "2026-01-01"), phases=(), roles=())
    assert [one.phase for one in standing_on(book, day("2026-01-01")).residents] == [""]

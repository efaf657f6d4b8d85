"""The book of a therapeutic community: what it may say, how it is kept, and who is taken out."""

import json
from typing import Any

import pytest

from rehabcore import exchange
from rehabcore.care import (
    Capacity,
    CommunityNorm,
    CommunityUnit,
    PlaceHeld,
    Staffing,
    UnitAct,
    occupancy,
)
from rehabcore.care.community import units
from rehabcore.care.community.units import without_stay
from rehabcore.rules.sources import Text
from rehabcore.strict.problems import InputError
from tests.kit.builders import day
from tests.kit.units import norm, role, unit, unit_act

BOOK = unit(
    unit_act("s-1", "waitlisted", "2026-01-01"),
    unit_act("s-1", "admitted", "2026-01-10"),
    unit_act("s-1", "advanced", "2026-02-10"),
    unit_act("s-1", "appointed", "2026-02-11", "crew"),
    unit_act("s-1", "suspended", "2026-03-01"),
    unit_act("s-1", "resumed", "2026-03-08"),
    unit_act("s-1", "stood_down", "2026-03-09", "crew"),
    unit_act("s-1", "regressed", "2026-03-10"),
    unit_act("s-1", "left", "2026-04-01"),
    unit_act("s-2", "waitlisted", "2026-01-02"),
    unit_act("s-2", "withdrawn", "2026-01-03"),
    unit_act("s-3", "admitted", "2026-03-01"),
    norms=(norm("peace", "2026-01-20"),),
)


def told(make: Any) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        make()
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_a_book_is_written_and_read_back_equal() -> None:
    text = exchange.write(BOOK)
    assert json.loads(text)["schema"] == "unit/1"
    assert "sha256" not in json.loads(text)
    assert exchange.read(text) == exchange.read(text, CommunityUnit) == BOOK
    assert exchange.content_hash(BOOK) != exchange.content_hash(unit())
    assert repr(BOOK) == "<CommunityUnit of 1 capacities and 12 acts>"


def test_a_book_is_not_signed_and_of_its_own_kind() -> None:
    assert told(lambda: exchange.write(BOOK, sign=str)) == [("out_of_range", "sign")]
    text = exchange.write(BOOK).replace("unit/1", "case/2")
    assert told(lambda: exchange.read(text, CommunityUnit)) == [("unknown_schema", "schema")]


# Each row: acts that do not fit, and the places at which that is told.
@pytest.mark.parametrize(
    ("acts", "places"),
    [
        ([("s-1", "left", "2026-01-01")], [0]),
        ([("s-1", "advanced", "2026-01-01")], [0]),
        ([("s-1", "appointed", "2026-01-01", "crew")], [0]),
        ([("s-1", "withdrawn", "2026-01-01")], [0]),
        ([("s-1", "admitted", "2026-01-01"), ("s-1", "admitted", "2026-02-01")], [1]),
        ([("s-1", "admitted", "2026-02-01"), ("s-1", "admitted", "2026-01-01")], [0]),
        ([("s-1", "waitlisted", "2026-01-01"), ("s-1", "waitlisted", "2026-01-02")], [1]),
        ([("s-1", "admitted", "2026-01-01"), ("s-1", "waitlisted", "2026-01-02")], [1]),
        ([("s-1", "admitted", "2026-01-01"), ("s-1", "regressed", "2026-01-02")], [1]),
        ([("s-1", "admitted", "2026-01-01"), ("s-1", "resumed", "2026-01-02")], [1]),
        ([("s-1", "admitted", "2026-01-01"), ("s-1", "stood_down", "2026-01-02", "crew")], [1]),
        (
            [
                ("s-1", "admitted", "2026-01-01"),
                *[("s-1", "advanced", f"2026-0{n}-01") for n in (2, 3, 4)],
            ],
            [3],
        ),
        (
            [
                ("s-1", "admitted", "2026-01-01"),
                ("s-1", "left", "2026-02-01"),
                ("s-1", "admitted", "2026-03-01"),
                ("s-2", "suspended", "2026-03-01"),
            ],
            [2, 3],
        ),
    ],
)
def test_acts_of_no_resident_and_acts_that_do_not_fit_are_all_told(
    acts: list[Any], places: list[int]
) -> None:
    expected = [("contradicts_itself", f"acts[{place}].event") for place in places]
    assert told(lambda: unit(*(unit_act(*one) for one in acts))) == expected


def test_acts_of_one_day_are_in_the_order_of_their_numbers_and_then_of_their_events() -> None:
    leaves_and_comes = (
        unit_act("s-1", "left", "2026-01-01"),
        unit_act("s-1", "admitted", "2026-01-01"),
    )
    assert occupancy(unit(*leaves_and_comes)) == ()
    back_and_on = (
        unit_act("s-1", "admitted", "2026-01-01"),
        unit_act("s-1", "suspended", "2026-01-02", number=2),
        unit_act("s-1", "resumed", "2026-01-02", number=3),
        unit_act("s-1", "advanced", "2026-01-02"),
    )
    assert unit(*back_and_on).acts == back_and_on


@pytest.mark.parametrize(
    ("make", "problems"),
    [
        (lambda: unit(phases=("a", "b", "a"), roles=()), [("repeated_item", "phases[2]")]),
        (
            lambda: unit(norms=(norm("n", "2026-01-01"),) * 2),
            [("repeated_item", "norms[1].norm_id")],
        ),
        (lambda: unit(roles=(role(), role())), [("repeated_item", "roles[1].role_id")]),
        (
            lambda: unit(roles=(role(minimum_phase="late"),)),
            [("unknown_value", "roles[0].minimum_phase")],
        ),
        (
            lambda: unit(capacities=(Capacity(places=1, since=day("2026-01-01")),) * 2),
            [("repeated_item", "capacities[1].since")],
        ),
        (
            lambda: unit(
                unit_act("s-1", "admitted", "2026-01-01"),
                unit_act("s-1", "appointed", "2026-01-01", "chief"),
            ),
            [("unknown_value", "acts[1].role")],
        ),
        (lambda: CommunityUnit(unit_id="", title=Text.of(en="x")), [("out_of_range", "unit_id")]),
        (lambda: Capacity(places=-1, since=day("2026-01-01")), [("out_of_range", "places")]),
        (
            lambda: Staffing(staff=1, counsellors=2, since=day("2026-01-01")),
            [("out_of_range", "counsellors")],
        ),
        (lambda: norm("n", "2026-01-01", in_favour=3, against=3), [("out_of_range", "in_favour")]),
        (
            lambda: CommunityNorm(
                norm_id="n",
                text=Text.of(en="x"),
                adopted_on=day("2026-01-02"),
                in_favour=1,
                dropped_on=day("2026-01-02"),
            ),
            [("ends_before_start", "dropped_on")],
        ),
        (
            lambda: PlaceHeld(since=day("2026-01-02"), until=day("2026-01-02")),
            [("ends_before_start", "until")],
        ),
        (lambda: unit_act("s-1", "appointed", "2026-01-01"), [("contradicts_itself", "role")]),
        (
            lambda: unit_act("", "left", "2026-01-01", "crew"),
            [("out_of_range", "stay"), ("contradicts_itself", "role")],
        ),
    ],
)
def test_what_a_book_cannot_say(make: Any, problems: list[tuple[str, str]]) -> None:
    assert told(make) == problems


def test_a_book_has_a_bounded_number_of_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "MOST_ACTS", 11)
    assert told(lambda: unit(*BOOK.acts)) == [("too_large", "acts")]


def test_a_book_has_a_bounded_number_of_phases_and_of_roles() -> None:
    phases = tuple(f"p-{n}" for n in range(101))
    roles = tuple(role(f"r-{n}", "p-0") for n in range(101))
    assert told(lambda: unit(phases=phases, roles=roles)) == [
        ("too_large", "phases"),
        ("too_large", "roles"),
    ]
    assert unit(phases=phases[1:], roles=tuple(role(f"r-{n}", "p-1") for n in range(100)))


def test_of_many_roles_that_the_unit_does_not_have_all_are_counted() -> None:
    on = "2026-01-01"
    unknown = [unit_act("s-1", "appointed", on, f"r-{n}", n + 2) for n in range(300)]
    gone = unit_act("s-1", "left", on)
    assert {code for code, _ in told(lambda: unit(gone, *unknown))} == {"unknown_value"}
    assert ("contradicts_itself", "acts[0].event") in told(lambda: unit(gone, *unknown[:50]))


# --- who is taken out -----------------------------------------------------------------------


@pytest.mark.parametrize("stay", ["s-1", "s-2", "s-3"])
def test_a_stay_that_is_taken_out_leaves_the_places_taken_as_they_were(stay: str) -> None:
    without = without_stay(BOOK, stay)
    assert stay not in exchange.write(without)
    assert occupancy(without) == occupancy(BOOK)
    assert exchange.read(exchange.write(without)) == without


def test_of_a_stay_only_the_days_of_its_place_are_kept() -> None:
    both = without_stay(without_stay(BOOK, "s-3"), "s-1")
    assert [(held.since, held.until) for held in both.erased] == [
        (day("2026-01-10"), day("2026-04-01")),
        (day("2026-03-01"), None),
    ]
    came_and_went: tuple[UnitAct, ...] = (
        unit_act("s-9", "admitted", "2026-01-01"),
        unit_act("s-9", "left", "2026-01-01"),
    )
    assert without_stay(unit(*came_and_went), "s-9") == unit()
    assert occupancy(unit(*came_and_went)) == ()
    assert told(lambda: without_stay(BOOK, "s-9")) == [("dangling_id", "stay")]

"""Communities, stays and diversions in words."""

from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care import Staffing
from rehabcore.records import Death
from tests.care.community.test_stays import BOOK, GOLDEN, IN, acts, stays_in
from tests.care.test_diversion import GOLDEN as DIVERTED
from tests.care.test_diversion import STARTED
from tests.kit.builders import case, day, filed
from tests.kit.record_makers import diversion, residency, residency_act, sentence
from tests.kit.stays import XX, house
from tests.kit.units import established, norm, unit, unit_act

GE = rc.load("ge")
FULL = house(
    unit_act("s-1", "admitted", "2026-01-01"),
    unit_act("s-2", "admitted", "2026-01-02"),
    unit_act("s-2", "suspended", "2026-01-03"),
    unit_act("s-3", "waitlisted", "2026-01-04"),
    places=1,
    preparation=(),
    norms=(norm("peace", "2026-01-05"),),
)
LAITURI = evolve(
    unit(phases=(), roles=(), staffing=(), capacities=()),
    profile="laituri",
    establishing=(established("planned", "2024-01-01"),),
)


def lines(what: Any, **how: Any) -> list[str]:
    return [line.strip() for line in rc.explain(what, **how).splitlines()]


@pytest.mark.parametrize(
    "line",
    [
        "The open house, on 2026-01-10",
        "Stage: running. Nobody can be admitted.",
        "! There are more residents than places.",
        "! It opened before everything was prepared.",
        "- 2 of 1 places taken, 0 free",
        "- of them suspended, and keep their place: 1",
        "- in the phase induction: 2",
        "- on the waiting list: 1",
        "- s-3, since 2026-01-04",
        "- staff: 3, of them counsellors: 1 (residents for each counsellor: 2.0; at most 15)",
        "? ward refurbished",
        "- No violence, no threats, no drugs. (adopted on 2026-01-05, 12 in favour, 3 against)",
        "- The Open House, in the prison of Northfield",
        "- places that sources name: 20",
    ],
)
def test_a_community_in_words(line: str) -> None:
    assert line in lines(rc.community(FULL, XX, on=day("2026-01-10")))


@pytest.mark.parametrize(
    "line",
    [
        "Stage: planned. Nobody can be admitted.",
        "? 0 places taken; nobody has said how many there are",
        "? nobody has said how many staff there are",
        "? its phases are not published",
        "- The first therapeutic community of Georgia was expected in July 2024. "
        "(source: coe-laituri)",
    ],
)
def test_a_planned_community_in_words(line: str) -> None:
    assert line in lines(rc.community(LAITURI, GE, on=day("2026-01-10")))


def test_a_community_of_which_little_is_known_in_words() -> None:
    no_counsellors = (Staffing(staff=1, counsellors=0, since=day("2026-01-01")),)
    book = unit(establishing=(), staffing=no_counsellors)
    told = lines(rc.community(book, XX, on=day("2026-01-10")))
    assert "Nobody has said how far it is established." in told
    assert "- staff: 1, of them counsellors: 0" in told
    assert "None adopted." in told
    assert "The country says nothing of it." in told
    planned = evolve(book, profile="second-house", phases=(), roles=())
    assert "- A second house, for women (draft)" in lines(
        rc.community(planned, XX, on=day("2026-01-10"))
    )


def test_a_community_that_only_its_own_book_calls_open_is_told() -> None:
    open_book = evolve(LAITURI, establishing=(established("running", "2025-01-01"),))
    alert = "! The book says that it is open. The sources of the country say that it is not."
    assert alert in lines(rc.community(open_book, GE, on=day("2026-01-10")))
    assert alert not in lines(rc.community(LAITURI, GE, on=day("2026-01-10")))
    assert alert not in lines(rc.community(FULL, XX, on=day("2026-01-10")))


def test_a_criterion_about_medicines_is_quoted_for_a_professional() -> None:
    result = rc.community(FULL, XX, on=day("2026-01-10"))
    [quote] = result.quoted
    asked = evolve(result, quoted=(evolve(quote, answered_by="health_professional", cite=()),))
    words = "The community adopts its own norms, by the vote of its residents."
    assert f"- {words} (can be answered by: health professional)" in lines(asked)


def test_a_community_in_georgian_and_in_html() -> None:
    result = rc.community(FULL, XX, on=day("2026-01-10"))
    told = lines(result, language="ka")
    assert "- მომლოდინეთა სიაში: 1" in told
    assert not [line for line in told if line.startswith("! [en]")]
    assert "<h1>The open house, on 2026-01-10</h1>" in rc.explain(result, form=rc.Format.HTML)


# --- stays --------------------------------------------------------------------------------


def stay_lines(file: Any, on: str, *units: Any) -> list[str]:
    return lines(rc.residency(file, XX, on=day(on), units=units))


@pytest.mark.parametrize(
    "line",
    [
        "Stay 1, in community-1",
        "- resident, since 2026-02-08",
        "- Primary treatment: 38 days; 68 days in all, suspensions left out",
        "- next step not before 2026-07-21",
        "- could be completed on 2026-10-22",
        "- release on 2026-12-01",
        "- next: going on to the next phase",
        "? a review by the community",
    ],
)
def test_a_stay_in_words(line: str) -> None:
    assert line in stay_lines(GOLDEN, "2026-03-31", BOOK)


def test_a_stay_that_ended_and_misplaced_in_words() -> None:
    left = residency_act("x", "rd", "left_voluntarily", "2026-02-01", reason="own_wish")
    file = stays_in(residency("rd", "2026-01-01"), told=(*acts("rd", *IN), left))
    told = stay_lines(file, "2026-03-01")
    assert "- left voluntarily, since 2026-02-01" in told
    assert "- why: own wish" in told
    assert "- a phase that nobody has named: 29 days; 29 days in all, suspensions left out" in told
    assert "! leaving voluntarily: nobody says to which office the person went" in told


def test_a_stay_that_cannot_be_completed_in_words() -> None:
    short = evolve(GOLDEN, sentences=(sentence("se", "2025-01-01", "2026-08-01"),))
    alert = "! it cannot be completed before the release: there is no plan for the exit"
    assert alert in stay_lines(short, "2026-03-31", BOOK)


def test_a_stay_before_admission_and_a_resident_without_phases_in_words() -> None:
    told = stay_lines(stays_in(residency("rd", "2026-01-05")), "2026-01-06", BOOK)
    assert "- referred, since 2026-01-05" in told
    assert "- next: screening" in told
    assert not [line for line in told if "suspensions left out" in line]
    book = unit(unit_act("s-1", "admitted", "2026-01-01"), phases=(), roles=())
    told = lines(rc.community(book, XX, on=day("2026-01-10")))
    assert not [line for line in told if "in the phase" in line]


def test_a_death_and_no_stay_in_words() -> None:
    file = stays_in(
        residency("rd", "2026-01-01"),
        told=acts("rd", *IN),
        deaths=(Death(filed=filed("d"), died_on=day("2026-01-13")),),
    )
    assert "- died in the community, since 2026-01-03" in stay_lines(file, "2026-02-01")
    assert "No stay is on file." in stay_lines(case(), "2026-02-01")


# --- diversions ---------------------------------------------------------------------------


def diversion_lines(file: Any, on: str) -> list[str]:
    return lines(rc.diversion(file, XX, on=day(on)))


@pytest.mark.parametrize(
    "line",
    [
        "Diversion 1, decided by court-1",
        "- running, since 2026-05-20",
        "- it ends on 2027-01-10",
        "- accepted by: clinic-1",
        "- conditions: 1 running, 1 over",
        "- reports to the court or prosecutor: 2",
        "- 2026-07-20",
    ],
)
def test_a_diversion_in_words(line: str) -> None:
    assert line in diversion_lines(DIVERTED, "2026-07-20")


def test_a_diversion_that_lacks_something_and_none_in_words() -> None:
    told = diversion_lines(
        case(diversions=(diversion("di", "2026-01-10"),), diversion_acts=(STARTED,)), "2026-06-01"
    )
    assert "- it ends on no day that is fixed" in told
    assert "- no provider has accepted" in told
    assert "! No transition leads to a provider." in told
    assert "No diversion is on file." in diversion_lines(case(), "2026-06-01")


def test_no_reference_of_a_stay_is_told() -> None:
    assert "s-1" not in rc.explain(rc.community(FULL, XX, on=day("2026-01-10")), detail=True)

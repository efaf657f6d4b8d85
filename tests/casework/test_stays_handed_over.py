"""Stays in communities, diversions and entries in registers cross while they are open."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.machines import machine
from rehabcore.care.moves.open_records import OPEN_STATES, HandedKind, HandedReason
from rehabcore.care.moves.packages import HandOverPackage
from rehabcore.care.moves.recipients import Recipient, RecipientRole
from rehabcore.casework.care_results import HandOverResult
from rehabcore.casework.coherence_of_care import incoherences_of_care
from rehabcore.records import CaseFile
from rehabcore.reports import Format, explain
from rehabcore.rules.time.days import UNSURE
from tests.kit.builders import case, day, person, some_day
from tests.kit.record_makers import (
    death,
    diversion,
    diversion_act,
    placement,
    registration,
    residency,
    residency_act,
)

XX = jurisdictions.load("xx")
ON = day("2026-11-21")
CASE_STAFF, HEALTH_STAFF, PROGRAM_STAFF = RecipientRole
PROBATION = Recipient(office="probation-2", role=CASE_STAFF)
CLINIC = Recipient(office="clinic-1", role=HEALTH_STAFF)
COURSE = Recipient(office="ngo-1", role=PROGRAM_STAFF)
PARTLY: Any = {"from": "2026-11-01", "to": "2026-12-01"}
ADMITTED = (("screened", "2026-03-02"), ("admitted", "2026-03-03"))


def _stay(*told: tuple[str, str], referred_on: str = "2026-03-01", **lists: Any) -> CaseFile:
    """A stay with what happened in it, in this order."""
    acts = tuple(
        residency_act(f"ra-{n}", "rs", event, on, reason="own_wish", office="o", report=True)
        for n, (event, on) in enumerate(told)
    )
    return case(residencies=(residency("rs", referred_on),), residency_acts=acts, **lists)


def _diverted(*told: tuple[str, str], **lists: Any) -> CaseFile:
    """A diversion with what happened in it."""
    acts = tuple(
        diversion_act(f"da-{n}", "di", event, on, reason="court_order")
        for n, (event, on) in enumerate(told)
    )
    return case(**{"diversions": (diversion("di", "2026-03-01"),), "diversion_acts": acts, **lists})


def _handed(file: CaseFile, to: Recipient = PROBATION) -> HandOverResult:
    return casework.hand_over(file, XX, on=ON, to=to)


def _told(file: CaseFile, to: Recipient = PROBATION) -> list[tuple[str, str, str]]:
    """The record, the state and the reason of everything that crosses."""
    return [(one.record_id, one.state, one.reason.value) for one in _package(file, to).records]


def _package(file: CaseFile, to: Recipient = PROBATION) -> HandOverPackage:
    return _handed(file, to).package


@pytest.mark.parametrize(
    ("told", "state", "reason"),
    [
        ((), "referred", "unanswered"),
        ((("screened", "2026-03-02"),), "screening", "stands"),
        ((("screened", "2026-03-02"), ("waitlisted", "2026-03-03")), "waitlisted", "stands"),
        (ADMITTED, "resident", "stands"),
        ((*ADMITTED, ("suspended", "2026-11-21")), "suspended", "stands"),
        ((*ADMITTED, ("suspended", "2026-11-22")), "resident", "stands"),
        ((*ADMITTED, ("graduated", "2026-11-20")), "graduated", "unanswered"),
        (
            (*ADMITTED, ("released_before_completion", "2026-11-21")),
            "released_before_completion",
            "unanswered",
        ),
        (
            (*ADMITTED, ("graduated", "2026-10-01"), ("aftercare", "2026-10-02")),
            "aftercare",
            "stands",
        ),
    ],
)
def test_a_stay_crosses_once_in_each_state_from_the_referral_to_aftercare(
    told: tuple[tuple[str, str], ...], state: str, reason: str
) -> None:
    (one,) = _package(_stay(*told)).records
    assert (one.record_id, one.kind, one.about) == ("rs", HandedKind.RESIDENCY, "community-1")
    assert (one.state, one.reason, one.since) == (state, HandedReason(reason), day("2026-03-01"))


@pytest.mark.parametrize(
    "told",
    [
        (("screened", "2026-03-02"), ("ineligible", "2026-03-03")),
        (("screened", "2026-03-02"), ("waitlisted", "2026-03-03"), ("withdrawn", "2026-11-21")),
        (*ADMITTED, ("medical_exit", "2026-11-20")),
        (*ADMITTED, ("left_voluntarily", "2026-11-20")),
        (*ADMITTED, ("graduated", "2026-10-01"), ("closed", "2026-11-21")),
    ],
)
def test_a_stay_after_which_nothing_can_follow_does_not_cross(
    told: tuple[tuple[str, str], ...],
) -> None:
    assert _told(_stay(*told)) == []


def test_nobody_can_tell_of_a_stay_whose_days_are_known_in_part_or_who_lives_elsewhere() -> None:
    perhaps = evolve(residency("rs", "2026-11-01"), referred_on=some_day(PARTLY))
    assert _told(case(residencies=(perhaps,))) == [("rs", "referred", "perhaps")]
    left = residency_act("ra-9", "rs", "left_voluntarily", "2026-11-01")
    resident = _stay(*ADMITTED)
    acts = (*resident.residency_acts, evolve(left, on=some_day(PARTLY)))
    assert _told(evolve(resident, residency_acts=acts)) == [("rs", "resident", "perhaps")]
    home = (
        placement("pl-1", "residential", "2026-03-03", "2026-06-01"),
        placement("pl-2", "community", "2026-06-01"),
    )
    assert _told(_stay(*ADMITTED, placements=home)) == [("rs", "resident", "perhaps")]
    assert _told(_stay(referred_on="2026-12-01")) == []


@pytest.mark.parametrize(
    ("told", "state", "reason"),
    [
        ((), "decided", "unanswered"),
        ((("started", "2026-03-02"),), "running", "stands"),
        ((("started", "2026-03-02"), ("breached", "2026-11-21")), "breached", "stands"),
    ],
)
def test_a_diversion_crosses_once_until_it_is_completed_or_returned(
    told: tuple[tuple[str, str], ...], state: str, reason: str
) -> None:
    (one,) = _package(_diverted(*told)).records
    assert (one.record_id, one.kind, one.about) == ("di", HandedKind.DIVERSION, "court-1")
    assert (one.state, one.reason, one.since) == (state, HandedReason(reason), day("2026-03-01"))
    assert _told(_diverted(*told, ("returned", "2026-11-21"))) == []


def test_nobody_can_tell_of_a_diversion_whose_time_is_over_or_whose_days_are_known_in_part() -> (
    None
):
    lapsed = diversion("di", "2026-03-01", "2026-11-21")
    assert _told(_diverted(diversions=(lapsed,))) == [("di", "decided", "perhaps")]
    partly = evolve(lapsed, decided_on=some_day(PARTLY), until=day("2027-01-01"))
    assert _told(_diverted(diversions=(partly,))) == [("di", "decided", "perhaps")]
    ended = evolve(diversion_act("da", "di", "completed", "2026-11-20"), on=some_day(PARTLY))
    running = _diverted(("started", "2026-03-02"))
    acts = (*running.diversion_acts, ended)
    assert _told(evolve(running, diversion_acts=acts)) == [("di", "running", "perhaps")]


def test_no_stay_and_no_diversion_outlives_anybody() -> None:
    both: dict[str, Any] = {"diversions": (diversion("di", "2026-03-01"),)}
    assert _told(_stay(**both, deaths=(death("d", "2026-11-21"),))) == []
    assert len(_told(_stay(**both, deaths=(death("d", "2026-11-22"),)))) == 2


def test_entries_in_registers_cross_while_they_are_in_force() -> None:
    file = case(
        registrations=(
            registration("w-1", "2026-03-01", register="no_contact_orders"),
            registration("w-2", "2026-03-01", "2026-11-21"),
            registration("w-3", "2026-03-01", UNSURE),
        )
    )
    assert _told(file) == [("w-1", "", "stands"), ("w-3", "", "perhaps")]


# --- who is told --------------------------------------------------------------------------


def test_staff_of_programmes_are_told_neither_of_stays_nor_of_diversions() -> None:
    told = _stay(
        *ADMITTED,
        beneficiary=(person("p", "1990-01-01"),),
        diversions=(diversion("di", "2026-03-01"),),
        diversion_acts=(diversion_act("da", "di", "started", "2026-03-02"),),
    )
    lists: Any = dict.fromkeys(
        ("residencies", "residency_acts", "diversions", "diversion_acts"), ()
    )
    without = evolve(told, **lists)
    assert exchange.write(_handed(told, COURSE)) == exchange.write(_handed(without, COURSE))
    for to in (PROBATION, CLINIC):
        assert [one for one, _, _ in _told(told, to)] == ["rs", "di"]


BOTH = _stay(
    *ADMITTED,
    diversions=(diversion("di", "2026-03-01", "2027-03-01"),),
    registrations=(registration("w-1", "2026-03-01"),),
)


@pytest.mark.parametrize(
    "line",
    [
        "- stay in a community: community-1 (resident; stands; on 2026-03-01; on record rs)",
        "- diversion, decided by court-1 (decided; nothing has followed from it yet; on "
        "2026-03-01; until the day before: on 2027-03-01; on record di)",
        "- entry in the register of warrants (stands; on 2026-03-01; on record w-1)",
    ],
)
def test_stays_diversions_and_entries_are_told(line: str) -> None:
    assert line in explain(_handed(BOTH)).splitlines()


@pytest.mark.parametrize("form", [Format.MARKDOWN, Format.HTML])
def test_they_are_told_in_georgian_and_on_pages_too(form: Format) -> None:
    told = explain(_handed(BOTH), language="ka", form=form)
    assert "community-1" in told
    assert "court-1" in told


# --- stored packages ----------------------------------------------------------------------


def test_the_states_are_those_in_which_something_can_follow() -> None:
    for kind, states in OPEN_STATES.items():
        table = machine(kind.value)
        onward = {
            leaves
            for arrow in table.arrows
            for leaves in arrow.leaves
            if kind is HandedKind.DIVERSION or arrow.to != "closed"
        }
        assert {*states} == onward | ({"aftercare"} & {state.code for state in table.states})


def test_a_package_with_stays_that_contradicts_itself_is_found() -> None:
    result = _handed(BOTH)
    entry, stay, diverted = result.package.records

    def altered(*records: Any, **changes: Any) -> list[str]:
        package = evolve(result.package, records=records, **changes)
        found = incoherences_of_care(evolve(result, package=package))
        return [problem.path for problem in found]

    assert exchange.read(exchange.write(result), HandOverResult) == result
    assert altered(entry, stay, diverted) == []
    assert altered(evolve(entry, state="resident"))[0] == "package.records[0].state"
    assert altered(evolve(stay, state=""))[0] == "package.records[0].state"
    for wrong in ("closed", "medical_exit", "running", "referred"):
        assert altered(evolve(stay, state=wrong)) == ["package.records[0].reason"]
    assert altered(evolve(diverted, reason=HandedReason.STANDS)) == ["package.records[0].reason"]
    assert altered(evolve(diverted, reason=HandedReason.PERHAPS)) == []
    assert altered(stay, to=COURSE) == ["package.records"]

"""Diversions: conditions, the way to the provider, reports, completion or return, on any day."""

from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care.diversion import DiversionStanding
from rehabcore.care.diversion_requests import DiversionRequest
from rehabcore.casework.diverting import diversion as ask
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Compare
from rehabcore.rules.time.days import OPEN
from tests.kit.builders import case, day, person, some_day, some_days
from tests.kit.record_makers import (
    death,
    diversion,
    diversion_act,
    requirement,
    transition,
    transition_act,
)
from tests.kit.refusals import problems_of
from tests.kit.stays import ADMITTED_ON, DIVERTED, asked_of_diversion

XX = rc.load("xx")
MOVE = XX.moves[0].move_id

# --- golden: a juvenile of 16 is treated instead of imprisoned, days told by hand ----------------

GOLDEN = case(
    beneficiary=(person("p", birth_date=day("2009-05-01")),),
    transitions=(transition("tr", "2026-01-10", move=MOVE),),
    transition_acts=(
        transition_act("ta-1", "tr", "referred", "2026-01-11", "clinic-1"),
        transition_act("ta-2", "tr", "accepted", "2026-01-16", "clinic-1", source="clinic-1"),
    ),
    requirements=(
        requirement("re-1", "2026-01-10", "2026-07-10"),
        requirement("re-2", "2026-01-10", "2026-10-10"),
        evolve(requirement("re-3", "2026-01-10", "2026-12-10"), imposed_by="court-2"),
        requirement("re-4", "2025-01-10", "2026-01-10"),
    ),
    diversions=(diversion("di", "2026-01-10", "2027-01-10", of="tr"),),
    diversion_acts=(
        diversion_act("da-1", "di", "started", "2026-01-20", "clinic-1"),
        diversion_act("da-2", "di", "reported", "2026-04-20", "clinic-1"),
        diversion_act("da-3", "di", "breached", "2026-05-02", "clinic-1", reason="no_capacity"),
        diversion_act("da-4", "di", "started", "2026-05-20", "clinic-1"),
        diversion_act("da-5", "di", "reported", "2026-07-20", "clinic-1"),
        diversion_act("da-6", "di", "completed", "2026-10-12"),
    ),
)


def told(file: CaseFile, on: str) -> DiversionStanding:
    [found] = ask(file, XX, on=day(on)).diversions
    return found


@pytest.mark.parametrize(
    ("on", "state", "since", "running", "reports"),
    [
        ("2026-01-10", "decided", "2026-01-10", ["re-1", "re-2"], 0),
        ("2026-01-19", "decided", "2026-01-10", ["re-1", "re-2"], 0),
        ("2026-01-20", "running", "2026-01-20", ["re-1", "re-2"], 0),
        ("2026-04-20", "running", "2026-01-20", ["re-1", "re-2"], 1),
        ("2026-05-02", "breached", "2026-05-02", ["re-1", "re-2"], 1),
        ("2026-05-20", "running", "2026-05-20", ["re-1", "re-2"], 1),
        ("2026-07-09", "running", "2026-05-20", ["re-1", "re-2"], 1),
        ("2026-07-10", "running", "2026-05-20", ["re-2"], 1),
        ("2026-10-11", "running", "2026-05-20", [], 2),
        ("2026-10-12", "completed", "2026-10-12", [], 2),
        ("2028-01-01", "completed", "2026-10-12", [], 2),
    ],
)
def test_golden_a_juvenile_diverted(
    on: str, state: str, since: str, running: list[str], reports: int
) -> None:
    found = told(GOLDEN, on)
    assert (found.state, found.since) == (state, day(since))
    assert list(found.running) == running
    assert len(found.reports) == reports
    assert found.remarks == ()
    assert found.is_over is (state == "completed")
    age = XX.facts_of(GOLDEN).on(day(on))
    assert age(rc.rules.ask(XX.facts["age"])).value == day("2009-05-01")  # type: ignore[union-attr]


def test_before_the_decision_there_is_no_diversion() -> None:
    assert ask(GOLDEN, XX, on=day("2026-01-09")).diversions == ()


@pytest.mark.parametrize(("on", "office"), [("2026-01-15", ""), ("2026-01-16", "clinic-1")])
def test_the_provider_that_accepted_is_told(on: str, office: str) -> None:
    assert told(GOLDEN, on).accepted_by == office


# --- what a person has to look at ----------------------------------------------------------------


def remarks(*acts: Any, on: str = "2026-06-01", **said: Any) -> list[str]:
    usual: dict[str, Any] = {
        "transitions": GOLDEN.transitions,
        "transition_acts": GOLDEN.transition_acts,
        "diversions": GOLDEN.diversions,
    }
    return list(told(case(diversion_acts=acts, **{**usual, **said}), on).remarks)


STARTED = diversion_act("a", "di", "started", "2026-02-01")


def test_what_was_as_it_should_be_has_no_remark() -> None:
    assert remarks(STARTED) == []


def test_a_diversion_without_a_referral_or_an_acceptance_is_told() -> None:
    alone = (diversion("di", "2026-01-10"),)
    assert remarks(STARTED, diversions=alone) == ["no_referral", "not_accepted"]
    assert remarks(STARTED, transition_acts=()) == ["not_accepted"]


@pytest.mark.parametrize(("office", "expected"), [("clinic-1", ["not_accepted"]), ("clinic-2", [])])
def test_an_acceptance_lapses_when_the_same_office_declines(
    office: str, expected: list[str]
) -> None:
    said = {"reason": "no_capacity", "source": office}
    later = transition_act("ta-3", "tr", "declined", "2026-01-18", office, **said)
    acts = (*GOLDEN.transition_acts, later)
    assert remarks(STARTED, transition_acts=acts) == expected


def test_only_the_provider_itself_can_say_that_it_accepted() -> None:
    hearsay = transition_act("ta-2", "tr", "accepted", "2026-01-16", "clinic-1", source="court-1")
    assert remarks(STARTED, transition_acts=(hearsay,)) == ["not_accepted"]


def test_an_act_that_the_table_does_not_allow_is_told() -> None:
    done = diversion_act("a", "di", "completed", "2026-02-01")
    assert remarks(done) == ["not_from_here"]
    assert remarks(done, diversion_act("b", "di", "started", "2026-03-01")) == ["not_from_here"]


def test_conditions_that_run_when_it_is_completed_are_told() -> None:
    done = diversion_act("b", "di", "completed", "2026-02-02")
    runs = (requirement("re", "2026-01-10", OPEN),)
    assert remarks(STARTED, done, requirements=runs) == ["conditions_open"]
    partly = (requirement("re", "2026-01-10", "2026-02-01"),)
    assert remarks(STARTED, done, requirements=partly) == []


def test_a_breach_without_a_reason_is_told() -> None:
    assert remarks(STARTED, diversion_act("b", "di", "breached", "2026-03-01")) == ["no_reason"]


@pytest.mark.parametrize(
    ("until", "on", "expected"),
    [
        (day("2026-06-02"), "2026-06-01", []),
        (day("2026-06-01"), "2026-06-01", ["lapsed"]),
        (some_day("2026-06"), "2026-06-29", []),
        (some_day("2026-06"), "2026-06-30", ["lapsed"]),
    ],
)
def test_one_whose_time_is_over_has_lapsed(until: Any, on: str, expected: list[str]) -> None:
    lasts = (diversion("di", "2026-01-10", until, of="tr"),)
    assert remarks(STARTED, diversions=lasts, on=on) == expected


@pytest.mark.parametrize(
    ("died", "expected"), [("2026-05-31", []), ("2026-06-01", []), ("2026-06-02", ["lapsed"])]
)
def test_after_a_death_nothing_lapses(died: str, expected: list[str]) -> None:
    lasts = (diversion("di", "2026-01-10", "2026-06-01", of="tr"),)
    deaths = (death("d", died),)
    assert remarks(STARTED, diversions=lasts, deaths=deaths, on="2026-07-01") == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-01-10", "2026-05-01", ["conditions_open"]),
        ("2026-01-10", "2026-04-01", []),
        ("2026-04-02", OPEN, []),  # imposed by the same court, after it was completed
        ({"from": "2026-04-01", "to": "2026-04-10"}, OPEN, ["conditions_open"]),
    ],
)
def test_conditions_are_those_of_the_day_of_completion(
    start: object, end: Any, expected: list[str]
) -> None:
    own = (evolve(requirement("re", "2026-01-10"), span=some_days(start, end)),)
    completed = diversion_act("c", "di", "completed", "2026-04-01")
    assert remarks(STARTED, completed, requirements=own, on="2026-07-01") == expected


def test_a_diversion_may_be_named_by_what_was_corrected() -> None:
    corrected = diversion("di-2", "2026-01-10", "2027-02-10", of="tr", corrects="di")
    file = UNTIL_REPORT.with_record(corrected)
    after = rc.request_diversion(file, XX, asked_of_diversion("returned", "2026-05-01"))
    assert told(after, "2026-05-01").state == "returned"


def test_nothing_is_requested_of_the_dead() -> None:
    file = UNTIL_REPORT.with_record(death("d", "2026-05-01"))
    asked = asked_of_diversion("returned", "2026-05-01")
    assert problems_of(lambda: rc.request_diversion(file, XX, asked)) == [
        ("after_death", "request.on")
    ]
    assert rc.request_diversion(file, XX, asked_of_diversion("returned", "2026-04-30"))


def test_the_days_of_a_condition_may_be_known_in_part() -> None:
    partly = (requirement("re", "2026-01-10", "2026-05"),)
    file = case(diversions=GOLDEN.diversions, transitions=GOLDEN.transitions, requirements=partly)
    assert list(told(file, "2026-05-30").running) == ["re"]
    assert list(told(file, "2026-05-31").over) == ["re"]


# --- requests -----------------------------------------------------------------------------------


def refused(file: CaseFile, asked: DiversionRequest) -> list[str]:
    """The facts that speak against a request, all at once; nothing is changed."""
    with pytest.raises(rc.rules.RequestRefused) as caught:
        rc.request_diversion(file, XX, asked)
    leaves = [leaf for one in caught.value.verdicts for leaf in one.reasons()]
    return [
        leaf.criterion.asked.fact.name for leaf in leaves if isinstance(leaf.criterion, Compare)
    ]


UNTIL_REPORT = evolve(GOLDEN, diversion_acts=GOLDEN.diversion_acts[:2])


def test_a_diversion_is_done_step_by_step() -> None:
    file = evolve(GOLDEN, diversion_acts=())
    for event, on in (
        ("started", "2026-01-20"),
        ("reported", "2026-04-20"),
        ("breached", "2026-05-02"),
        ("reported", "2026-05-10"),
        ("started", "2026-05-20"),
        ("completed", "2026-10-12"),
    ):
        file = rc.request_diversion(file, XX, asked_of_diversion(event, on))
    assert (told(file, "2026-10-12").state, told(file, "2026-10-12").remarks) == ("completed", ())


@pytest.mark.parametrize(
    ("file", "asked", "against"),
    [
        (DIVERTED, asked_of_diversion("started", office=""), ["provider_accepted", "office_named"]),
        (
            UNTIL_REPORT,
            asked_of_diversion("completed", "2026-05-01", office=""),
            ["conditions_settled", "office_named"],
        ),
        (UNTIL_REPORT, asked_of_diversion("breached", reason=None), ["reason_given"]),
        (UNTIL_REPORT, asked_of_diversion("returned", reason=None), ["reason_given"]),
        (UNTIL_REPORT, asked_of_diversion("returned", reason=" "), ["reason_given"]),
        (GOLDEN, asked_of_diversion("returned", "2026-11-16"), []),
    ],
)
def test_a_request_is_refused_with_all_that_speaks_against_it(
    file: CaseFile, asked: DiversionRequest, against: list[str]
) -> None:
    assert refused(file, asked) == against


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (asked_of_diversion(diversion="x"), ("dangling_id", "request.diversion")),
        (asked_of_diversion(on="2026-01-09"), ("dangling_id", "request.diversion")),
        (asked_of_diversion(on="2026-04-19"), ("ends_before_start", "request.on")),
    ],
)
def test_a_request_that_does_not_fit_is_refused(
    asked: DiversionRequest, problem: tuple[str, str]
) -> None:
    assert problems_of(lambda: rc.request_diversion(UNTIL_REPORT, XX, asked)) == [problem]


SET_ASIDE = DIVERTED.with_record(
    diversion_act("odd", "di", "breached", ADMITTED_ON, "court-1", reason="x", sequence=1)
).with_record(diversion_act("later", "di", "breached", ADMITTED_ON, "court-1", reason="died"))
"""A file with an act that is set aside, as nobody knows its reason, and one of the same day."""


def test_what_was_set_aside_before_stops_nobody_and_keeps_its_number() -> None:
    asked = asked_of_diversion("reported")
    file = rc.request_diversion(SET_ASIDE, XX, asked)
    assert file.diversion_acts[-1].filed.sequence == 2
    assert problems_of(lambda: rc.request_diversion(SET_ASIDE, XX, asked, strict=True)) == [
        ("unknown_value", "diversion_acts[0].reason")
    ]


def test_an_act_that_would_be_set_aside_itself_is_refused() -> None:
    asked = asked_of_diversion(reason="nobody_knows")
    assert problems_of(lambda: rc.request_diversion(UNTIL_REPORT, XX, asked)) == [
        ("unknown_value", "diversion_acts.reason")
    ]


def test_a_request_says_who_files_it() -> None:
    assert problems_of(lambda: asked_of_diversion(record_id="")) == [("out_of_range", "record_id")]

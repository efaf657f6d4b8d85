"""The plan of a release: its day, every item with its days, what is late, and the first contact."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.release import (
    ContactCounts,
    ItemMark,
    ReleaseMark,
    ReleasePlan,
    ReleasePolicy,
)
from rehabcore.care.release_days import ReleaseBasis
from rehabcore.casework.care_results import ReleasePlanResult
from rehabcore.casework.coherence_of_care import incoherences_of_care
from rehabcore.records import CaseFile, Placement
from rehabcore.reports import explain
from rehabcore.rules.machines.deadlines import DueState, WorkingCalendar
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.time.partial import PartialDay, between
from rehabcore.strict.vocabulary import RecordId, Setting
from tests.kit.builders import case, day, some_day
from tests.kit.record_makers import (
    checklist_entry,
    death,
    entitlement,
    entitlement_act,
    milestone,
    placement,
    sentence,
    transition,
    transition_act,
)
from tests.kit.through_care import FRIDAY, methadone

XX = jurisdictions.load("xx")
WEEK = WorkingCalendar(weekend=frozenset({5, 6}), holidays=frozenset({day("2026-05-01")}))


def _plan(on: str, calendar: WorkingCalendar | None = None, **records: Any) -> ReleasePlan:
    return casework.release_plan(case(**records), XX, on=day(on), calendar=calendar).plan


def _days(plan: ReleasePlan) -> dict[str, Any]:
    return {item.code: item.due for item in plan.items}


def _states(plan: ReleasePlan) -> dict[str, str]:
    return {item.code: item.state.value for item in plan.items}


def _planned(day_of_release: str, **filing: Any) -> dict[str, Any]:
    return {"transitions": (transition("tr", "2026-01-05", "release", day_of_release, **filing),)}


# --- the day of release -------------------------------------------------------------------


def test_the_day_is_that_of_the_move_then_of_the_plan_then_projected_then_of_the_sentence() -> None:
    records: dict[str, Any] = {"sentences": (sentence("s", "2025-01-01", "2026-12-31"),)}
    statements = [
        (ReleaseBasis.SENTENCE_END, "2026-12-31", {}),
        (
            ReleaseBasis.MILESTONE,
            "2026-11-30",
            {"milestones": (milestone("m", "2026-11-30"),)},
        ),
        (ReleaseBasis.PLANNED, "2026-10-31", _planned("2026-10-31")),
        (
            ReleaseBasis.MOVED,
            "2026-10-15",
            {"transition_acts": (transition_act("ta", "tr", "moved", "2026-10-15"),)},
        ),
    ]
    for basis, told, more in statements:
        records |= more
        found = _plan("2026-10-20", **records).release
        assert found is not None
        assert (found.basis, found.day) == (basis, day(told))


@pytest.mark.parametrize(("on", "certain"), [("2026-02-27", False), ("2026-02-28", True)])
def test_what_was_done_on_a_day_known_in_part_counts_when_it_is_certain(
    on: str, certain: bool
) -> None:
    opened = transition("tr", "2026-02-28", "release", "2026-10-31")
    done = evolve(checklist_entry("c", "tr", "naloxone", "2026-02-28"), on=some_day("2026-02"))
    in_part = evolve(opened, identified_on=some_day("2026-02"))
    assert (_plan(on, transitions=(in_part,)).release is not None) is certain
    known = evolve(opened, identified_on=day("2026-02-01"))
    states = _states(_plan(on, transitions=(known,), checklist_entries=(done,)))
    assert (states["naloxone"] == "done_in_time") is certain


@pytest.mark.parametrize(
    ("identified", "acts", "told"),
    [
        ("2026-02-01", (), "2026-12-01"),
        ("2026-02-01", (transition_act("ta", "tr", "moved", "2026-03-01"),), "2026-03-01"),
        ("2026-04-01", (transition_act("ta", "tr", "moved", "2026-03-01"),), None),
        ("2026-02-01", (transition_act("ta", "tr-2", "closed", "2026-03-01"),), "2026-12-01"),
    ],
)
def test_a_transition_without_a_day_hides_none_but_that_of_an_earlier_stay(
    identified: str, acts: tuple[Any, ...], told: str | None
) -> None:
    """Another one was opened, perhaps by another office, and nobody has planned its day."""
    transitions = (*_planned("2026-12-01")["transitions"], transition("tr-2", identified))
    found = _plan("2026-10-20", transitions=transitions, transition_acts=acts).release
    assert (None if found is None else str(found.day)) == told


@pytest.mark.parametrize(
    "records",
    [
        {},
        {"transitions": (transition("tr", "2026-01-05"),)},
        {"transitions": (transition("tr", "2026-01-05", "admission", "2026-10-01"),)},
        {"transitions": (transition("tr", "2026-11-05", "release", "2026-12-01"),)},
        {
            **_planned("2026-12-01"),
            "transition_acts": (transition_act("ta", "tr", "closed", "2026-02-01"),),
        },
        {"sentences": (sentence("s", "2025-01-01", OPEN),)},
        {"milestones": (milestone("m", "2026-11-30", "parole_eligibility"),)},
        {"milestones": (milestone("m", None),)},
    ],
)
def test_a_day_that_nothing_on_file_tells_stays_unknown(records: dict[str, Any]) -> None:
    plan = _plan("2026-10-20", **records)
    assert plan.release is None
    assert {item.due for item in plan.items} == {None}
    assert {item.state for item in plan.items} == {DueState.UNKNOWN}
    assert (plan.contact, plan.late, plan.marks) == (None, (), ())


@pytest.mark.parametrize(
    ("placements", "basis"),
    [
        ((placement("pl", "custody", "2026-01-05"),), ReleaseBasis.MILESTONE),
        ((placement("pl", "residential", "2026-01-05"),), ReleaseBasis.MILESTONE),
        ((placement("pl", "community", "2026-01-05"),), None),
        ((placement("pl", "community", "2026-03-01"),), ReleaseBasis.MILESTONE),  # not yet
        (
            (
                placement("pl", "custody", "2026-01-05", "2026-02-10"),
                placement("pl-2", "community", "2026-02-10", "2026-02-15"),
                placement("pl-3", "hospital", "2026-02-15"),
            ),
            ReleaseBasis.MOVED,
        ),
        (
            (
                placement("pl", "custody", "2026-01-05", "2026-02-10"),
                placement("pl-2", "community", "unknown", recorded_on="2026-02-10"),
            ),
            None,
        ),
    ],
)
def test_who_lives_in_the_community_is_not_released_any_more(
    placements: tuple[Any, ...], basis: ReleaseBasis | None
) -> None:
    """What is due before a release is overdue for nobody on probation."""
    told: dict[str, Any] = {
        "placements": placements,
        "milestones": (milestone("m", "2026-06-01"),),
        "sentences": (sentence("s", "2026-01-05", "2026-08-01"),),
    }
    plan = _plan("2026-02-20", **told)
    assert (None if plan.release is None else plan.release.basis) is basis
    assert (plan.late == ()) or basis is not None
    if basis is ReleaseBasis.MOVED:
        planned = _plan("2026-02-20", **_planned("2026-02-28"), **told).release
        for one in (plan.release, planned):
            assert one is not None
            assert (one.day, one.basis) == (day("2026-02-10"), ReleaseBasis.MOVED)


def test_a_sentence_that_was_over_when_the_person_came_back_tells_no_release() -> None:
    plan = _plan(
        "2026-12-05",
        placements=(
            placement("pl", "custody", "2026-01-05", "2026-06-01"),
            placement("pl-2", "community", "2026-06-01", "2026-12-01"),
            placement("pl-3", "custody", "2026-12-01"),
        ),
        sentences=(sentence("s", "2026-01-05", "2026-09-01"),),
    )
    assert (plan.release, plan.late) == (None, ())


def test_days_of_several_offices_are_known_in_part() -> None:
    told = (
        milestone("m-1", "2026-11-30"),
        milestone("m-2", "2026-12-10", source="b"),
    )
    plan = _plan("2026-10-20", milestones=told)
    assert plan.release is not None
    assert plan.release.day == PartialDay(day("2026-11-30"), day("2026-12-10"))
    assert _days(plan)["accommodation"] == PartialDay(day("2026-11-16"), day("2026-11-26"))


# --- items --------------------------------------------------------------------------------


def test_every_item_is_laid_from_the_day_of_release_in_the_unit_of_its_source() -> None:
    assert _days(_plan("2026-01-10", **_planned("2026-05-31"))) == {
        "identity_card": day("2026-02-28"),
        "benefits": day("2026-05-03"),
        "accommodation": day("2026-05-17"),
        "medication_supply": day("2026-05-31"),
        "naloxone": day("2026-05-31"),
        "aftercare_plan": day("2026-06-30"),
        "club": day("2028-05-31"),
    }


def _moved_twice() -> dict[str, Any]:
    """A release planned for 30 June, then for 15 May, then for 15 July."""
    first = transition("tr", "2026-01-05", "release", "2026-06-30")
    second = transition(
        "tr-2", "2026-01-05", "release", "2026-05-15", recorded_on="2026-03-02", corrects="tr"
    )
    third = transition(
        "tr-3", "2026-01-05", "release", "2026-07-15", recorded_on="2026-04-20", corrects="tr-2"
    )
    return {"transitions": (first, second, third)}


@pytest.mark.parametrize(
    ("on", "identity_card", "accommodation", "late"),
    [
        ("2026-03-01", "2026-03-30", "2026-06-16", []),
        ("2026-03-02", "2026-02-15", "2026-05-01", ["identity_card"]),
        ("2026-04-19", "2026-02-15", "2026-05-01", ["identity_card", "benefits"]),
        ("2026-04-20", "2026-04-15", "2026-07-01", ["identity_card"]),
    ],
)
def test_a_day_that_moves_twice_lays_everything_anew(
    on: str, identity_card: str, accommodation: str, late: list[str]
) -> None:
    result = casework.release_plan(case(**_moved_twice()), XX, on=day(on), known_at=day(on))
    told = _days(result.plan)
    assert (told["identity_card"], told["accommodation"]) == (
        day(identity_card),
        day(accommodation),
    )
    assert [item.code for item in result.plan.late] == late


def test_an_item_is_done_by_the_checklist_or_by_the_paper_of_its_name() -> None:
    plan = _plan(
        "2026-05-20",
        **_planned("2026-05-31"),
        checklist_entries=(
            checklist_entry("ce-1", "tr", "benefits", "2026-05-10"),
            checklist_entry("ce-2", "tr", "accommodation", "2026-05-10", "offered"),
            checklist_entry(
                "ce-3", "tr", "medication_supply", "2026-05-10", "waived", by="x", reason="died"
            ),
            checklist_entry("ce-4", "tr", "naloxone", "2026-05-10", "declined"),
        ),
        entitlements=(
            entitlement("e", "2026-01-01"),
            entitlement("e-2", "2026-01-01", "transport_card"),
        ),
        entitlement_acts=(entitlement_act("ea", "e", "issued", "2026-02-01"),),
    )
    assert _states(plan) == {
        "identity_card": "done_in_time",
        "benefits": "done_late",
        "accommodation": "overdue",
        "medication_supply": "not_needed",
        "naloxone": "done_in_time",
        "aftercare_plan": "open",
        "club": "not_open",
    }
    done = {item.code: item.record_id for item in plan.items if item.record_id is not None}
    assert done == {"identity_card": "e", "benefits": "ce-1", "naloxone": "ce-4"}
    assert [(item.code, item.marks) for item in plan.late] == [
        ("benefits", (ItemMark.LATE,)),
        ("accommodation", (ItemMark.LATE,)),
    ]


def test_of_a_sudden_release_what_was_done_in_time_or_is_not_needed_is_not_late() -> None:
    plan = _plan(
        "2026-05-31",
        transitions=(transition("tr", "2026-05-31", "release", "2026-05-31"),),
        checklist_entries=(
            checklist_entry("ce", "tr", "benefits", "2026-05-31", "waived", by="x", reason="died"),
        ),
        entitlements=(entitlement("e", "2026-01-01"),),
        entitlement_acts=(entitlement_act("ea", "e", "issued", "2026-02-01"),),
    )
    assert _states(plan)["identity_card"] == "done_in_time"
    assert [item.code for item in plan.late] == ["accommodation"]


def test_what_was_done_for_a_release_stays_done_over_another_way() -> None:
    records: dict[str, Any] = {
        "transitions": (
            transition("tr", "2026-01-05", "release", "2026-05-31"),
            transition("tr-2", "2026-03-01", "to_hospital"),
        ),
        "transition_acts": (transition_act("ta", "tr", "moved", "2026-05-31"),),
        "checklist_entries": (checklist_entry("ce", "tr", "benefits", "2026-02-10"),),
        "placements": (
            placement("pl-1", "custody", "2025-12-01", "2026-05-31"),
            placement("pl-2", "community", "2026-05-31", "2026-06-20"),
            placement("pl-3", "hospital", "2026-06-20"),
        ),
    }
    for on in ("2026-05-20", "2026-06-10", "2026-06-30"):
        assert _states(_plan(on, **records))["benefits"] == "done_in_time"


def test_a_paper_that_was_lost_is_to_be_had_again() -> None:
    records: dict[str, Any] = {"entitlements": (entitlement("e", "2026-01-01"),)}
    acts = (
        entitlement_act("ea", "e", "issued", "2026-02-01"),
        entitlement_act("ea-2", "e", "lost", "2026-02-20"),
    )
    plan = _plan("2026-05-20", **_planned("2026-05-31"), **records, entitlement_acts=acts)
    assert _states(plan)["identity_card"] == "overdue"


@pytest.mark.parametrize(
    ("on", "expires", "lost", "entry", "state"),
    [
        ("2026-05-20", "2026-06-01", None, None, "done_in_time"),
        ("2026-05-20", "2026-05-31", None, None, "overdue"),  # no longer counts on the day itself
        ("2026-02-20", "2026-05-31", None, None, "open"),
        ("2026-02-20", {"from": "2026-05-20", "to": "2026-06-10"}, None, None, "open"),
        ("2026-07-01", "2026-06-20", None, None, "done_in_time"),  # it did when it was needed
        ("2026-07-01", OPEN, "2026-06-20", None, "done_in_time"),
        ("2026-05-20", OPEN, "2026-02-20", "2026-02-10", "overdue"),
        ("2026-05-20", OPEN, "2026-02-20", "2026-02-21", "done_in_time"),
        ("2026-05-20", "2026-03-01", None, "2026-02-10", "overdue"),
    ],
)
def test_a_paper_has_to_count_on_the_day_of_release(
    on: str, expires: Any, lost: str | None, entry: str | None, state: str
) -> None:
    issued = entitlement_act("ea", "e", "issued", "2026-01-10")
    acts = [evolve(issued, expires=expires if expires is OPEN else some_day(expires))]
    acts += [entitlement_act("ea-2", "e", "lost", lost)] if lost else []
    entries = (checklist_entry("ce", "tr", "identity_card", entry),) if entry else ()
    plan = _plan(
        on,
        **_planned("2026-05-31"),
        entitlements=(entitlement("e", "2026-01-06"),),
        entitlement_acts=tuple(acts),
        checklist_entries=entries,
    )
    assert _states(plan)["identity_card"] == state


def test_what_is_offered_is_never_late() -> None:
    plan = _plan("2029-01-01", **_planned("2026-05-31"))
    assert [item.code for item in plan.items if item.offered] == ["club"]
    assert "club" not in {item.code for item in plan.late}


def test_after_a_death_nothing_is_due() -> None:
    plan = _plan("2026-05-20", **_planned("2026-05-31"), deaths=(death("d", "2026-05-01"),))
    assert {item.state for item in plan.items} == {DueState.NOT_NEEDED}


# --- marks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day_of_release", "marks"),
    [
        ("2026-03-12", ()),
        ("2026-03-13", (ReleaseMark.BEFORE_FREE_DAY,)),
        ("2026-03-14", (ReleaseMark.FREE_DAY, ReleaseMark.BEFORE_FREE_DAY)),
        ("2026-03-15", (ReleaseMark.FREE_DAY,)),
        ("2026-04-30", (ReleaseMark.BEFORE_FREE_DAY,)),
        ("2026-01-05", (ReleaseMark.WITHOUT_NOTICE,)),
    ],
)
def test_a_day_of_release_is_marked(day_of_release: str, marks: tuple[ReleaseMark, ...]) -> None:
    assert _plan("2026-02-01", WEEK, **_planned(day_of_release)).marks == marks
    without = tuple(mark for mark in marks if mark is ReleaseMark.WITHOUT_NOTICE)
    assert _plan("2026-02-01", **_planned(day_of_release)).marks == without


def test_of_a_day_known_in_part_nobody_can_tell_whether_it_is_free() -> None:
    planned = transition("tr", "2026-01-05", "release", "2026-03-14")
    partly = evolve(planned, planned_for=some_day({"from": "2026-03-14", "to": "2026-03-15"}))
    assert _plan("2026-02-01", WEEK, transitions=(partly,)).marks == ()


def test_law_t14_a_release_without_notice_has_the_same_items_with_marks() -> None:
    planned, sudden = _plan("2026-02-01", **_planned(FRIDAY)), _plan(FRIDAY, WEEK, **methadone())
    assert [item.code for item in sudden.items] == [item.code for item in planned.items]
    assert sudden.marks == (ReleaseMark.WITHOUT_NOTICE, ReleaseMark.BEFORE_FREE_DAY)
    too_late = (ItemMark.LATE, ItemMark.KNOWN_TOO_LATE)
    assert [(item.code, item.marks) for item in sudden.late] == [
        ("identity_card", too_late),
        ("benefits", too_late),
        ("accommodation", too_late),
    ]


# --- the first contact --------------------------------------------------------------------


def _contact(on: str, made: str | None, event: str = "first_contact") -> ContactCounts:
    """Whether a contact counts, after a release on 1 March; the window ends on 22 March."""
    acts = [transition_act("ta-1", "tr", "moved", "2026-03-01")]
    if made is not None:
        acts.append(transition_act("ta-2", "tr", event, made, "office"))
    seen = _plan(on, **_planned("2026-03-01"), transition_acts=tuple(acts)).contact
    assert seen is not None
    assert seen.until == day("2026-03-22")
    return seen.counts


@pytest.mark.parametrize(
    ("on", "made", "counts"),
    [
        ("2026-03-22", None, ContactCounts.NOT_YET_KNOWN),
        ("2026-03-23", None, ContactCounts.NOT_COUNTED),
        ("2026-03-22", "2026-03-22", ContactCounts.COUNTED),
        ("2026-04-30", "2026-03-22", ContactCounts.COUNTED),
        ("2026-04-30", "2026-03-23", ContactCounts.NOT_COUNTED),
        ("2026-03-10", "2026-03-12", ContactCounts.NOT_YET_KNOWN),
        ("2026-03-01", "2026-03-01", ContactCounts.COUNTED),
        ("2026-04-30", "2026-02-28", ContactCounts.NOT_COUNTED),
    ],
)
def test_law_t9_a_contact_counts_within_the_window(
    on: str, made: str | None, counts: ContactCounts
) -> None:
    assert _contact(on, made) is counts
    assert _contact(on, made, "engaged") is counts


def test_a_contact_that_was_missed_is_none() -> None:
    assert _contact("2026-04-30", "2026-03-10", "contact_missed") is ContactCounts.NOT_COUNTED


@pytest.mark.parametrize(
    ("released", "contacts", "counts"),
    [
        ("2026-03-01", [("2026-03-10", "2026-03-30")], ContactCounts.NOT_YET_KNOWN),
        ("2026-03-01", [("2026-03-10", "2026-05-30")], ContactCounts.NOT_YET_KNOWN),
        ("2026-03-01", [("2026-02-20", "2026-03-10")], ContactCounts.NOT_YET_KNOWN),
        ("2026-03-01", [("2026-03-23", "2026-03-30")], ContactCounts.NOT_COUNTED),
        (
            "2026-03-01",
            [("2026-03-25", "2026-03-25"), ("2026-03-10", "2026-03-30")],
            ContactCounts.NOT_YET_KNOWN,
        ),
        (
            {"from": "2026-03-01", "to": "2026-03-08"},
            [("2026-03-05", "2026-03-05")],
            ContactCounts.NOT_YET_KNOWN,
        ),
    ],
)
def test_of_days_known_in_part_it_counts_only_what_is_so_on_all_of_them(
    released: object, contacts: list[tuple[str, str]], counts: ContactCounts
) -> None:
    acts = [evolve(transition_act("ta", "tr", "moved", "2026-03-01"), on=some_day(released))]
    for number, (first, last) in enumerate(contacts):
        made = transition_act(f"ta-{number}", "tr", "first_contact", first, "office")
        acts.append(evolve(made, on=between(day(first), day(last))))
    seen = _plan("2026-04-30", **_planned("2026-03-01"), transition_acts=tuple(acts)).contact
    assert seen is not None
    assert seen.counts is counts


def test_a_release_that_is_not_yet_made_is_known_by_its_day() -> None:
    seen = _plan("2026-02-01", **_planned("2026-03-01")).contact
    assert seen is not None
    assert (seen.until, seen.counts) == (day("2026-03-22"), ContactCounts.NOT_YET_KNOWN)


# --- agreements, told and stored ----------------------------------------------------------


def test_an_agreement_tells_every_element_that_it_has_to_settle() -> None:
    entries = (checklist_entry("ce", "tr", "benefits", "2026-05-10"),)
    (agreement,) = _plan(
        "2026-05-20", **_planned("2026-05-31"), checklist_entries=entries
    ).agreements
    told = [(one.item, one.outcome and one.outcome.value) for one in agreement.elements]
    assert told == [("accommodation", None), ("benefits", "done"), ("appointment", None)]


def _result(on: str = FRIDAY) -> ReleasePlanResult:
    file: CaseFile = case(**methadone())
    entry = checklist_entry("ce", "tr", "benefits", FRIDAY, recorded_on=FRIDAY)
    more = evolve(file, checklist_entries=(entry,))
    return casework.release_plan(more, XX, on=day(on), calendar=WEEK)


@pytest.mark.parametrize(
    "line",
    [
        "Released on 2026-03-13.",
        "Nobody prepared it before the day itself.",
        "Offices are closed on the day after.",
        "x Benefits applied for (done late; at the latest on 2026-02-13; done on 2026-03-13; LATE; "
        "its last day had passed when the release was first prepared)",
        "- Supply of medication (due on this day; at the latest on 2026-03-13)",
        "- Plan of the help after release (can be done; at the latest on 2026-04-12; draft)",
        "- The club of former prisoners (can be done; at the latest on 2028-03-13; at the earliest "
        "on 2026-03-13; the person may take it up)",
        "- not yet known (at the latest on 2026-04-03)",
        "? appointment at the receiving office: nobody has said",
        "- benefits applied for: done",
    ],
)
def test_a_plan_is_told(line: str) -> None:
    assert line in explain(_result()).splitlines()


def test_what_is_not_known_is_told_too() -> None:
    told = explain(casework.release_plan(case(), XX, on=day("2026-05-20")))
    assert "The day of release is not known." in told
    bare = evolve(XX, release_policy=ReleasePolicy())
    told = explain(casework.release_plan(case(), bare, on=day("2026-05-20")))
    assert "No source in hand states items for this country." in told
    contact = (transition_act("ta-4", "tr", "first_contact", "2026-03-20", "clinic-1"),)
    records = methadone()
    records["transition_acts"] += contact
    counted = casework.release_plan(case(**records), XX, on=day("2026-03-21"))
    words = "it counts (at the latest on 2026-04-03; done on 2026-03-20)"
    assert f"- made within the window: {words}" in explain(counted)


def test_a_stored_plan_is_read_back_equal() -> None:
    for result in (
        _result(),
        _result("2026-03-20"),
        casework.release_plan(case(), XX, on=day(FRIDAY)),
    ):
        assert exchange.read(exchange.write(result), ReleasePlanResult) == result
    assert repr(_result()) == "<ReleasePlanResult xx@2026.2 on 2026-03-13: 7 items, 3 of them late>"


def test_a_plan_that_contradicts_itself_is_found() -> None:
    result = _result()
    plan, item = result.plan, result.plan.items[0]

    def found(**changes: Any) -> list[str]:
        altered = evolve(result, plan=evolve(plan, **changes))
        return [problem.path for problem in incoherences_of_care(altered)]

    def first(**changes: Any) -> list[str]:
        return found(items=(evolve(item, **changes), *plan.items[1:]))

    assert found() == []
    assert found(items=(*plan.items, item)) == ["plan.items"]
    assert first(marks=()) == ["plan.items[0].state"]
    assert first(due=day("2026-04-01")) == ["plan.items[0].state"]
    assert "plan.items[0].due" in found(release=None)
    assert plan.contact is not None
    assert first(state=DueState.DONE_LATE) == ["plan.items[0].state"]
    assert first(marks=(ItemMark.LATE,)) == ["plan.items[0].state"]
    assert first(due=None, opens=None)[0] == "plan.items[0].state"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"counts": ContactCounts.COUNTED}, "counts"),
        ({"counts": ContactCounts.NOT_COUNTED}, "counts"),
        ({"counts": ContactCounts.COUNTED, "made": day("2026-04-04")}, "made"),
        ({"made": day("2026-03-12")}, "made"),
        ({"until": None}, "until"),
        ({"until": day("2026-03-12")}, "until"),
    ],
)
def test_a_contact_that_contradicts_its_days_is_found(changes: Any, path: str) -> None:
    result = _result()
    assert result.plan.contact is not None
    altered = evolve(result.plan, contact=evolve(result.plan.contact, **changes))
    told = [one.path for one in incoherences_of_care(evolve(result, plan=altered))]
    assert told == [f"plan.contact.{path}"]


@pytest.mark.parametrize(
    ("release", "marks", "path"),
    [
        ({"basis": ReleaseBasis.SENTENCE_END}, None, "release.basis"),
        ({"transition": None}, None, "release.basis"),
        ({}, (ReleaseMark.BEFORE_FREE_DAY,), "marks"),
        ({}, (ReleaseMark.WITHOUT_NOTICE,) * 2, "marks"),
    ],
)
def test_a_day_of_release_that_contradicts_itself_is_found(
    release: Any, marks: Any, path: str
) -> None:
    result = _result()
    plan = result.plan
    assert plan.release is not None
    altered = evolve(plan, release=evolve(plan.release, **release), marks=marks or plan.marks)
    told = [one.path for one in incoherences_of_care(evolve(result, plan=altered))]
    assert f"plan.{path}" in told


# --- after a return into custody ------------------------------------------------------------


def _released_and_back(**more: Any) -> dict[str, Any]:
    """Released on 2 March, recalled on the eighth day; the sentence ends with the year."""
    return {
        "sentences": (sentence("s", "2025-01-01", "2026-12-31"),),
        "placements": (
            placement("p1", "custody", "2025-01-01", "2026-03-02"),
            placement("p2", "community", "2026-03-02", "2026-03-10"),
            placement("p3", "custody", "2026-03-10"),
        ),
        "transitions": (transition("tr", "2026-01-05", "release", "2026-03-02"),),
        "transition_acts": (transition_act("a", "tr", "moved", "2026-03-02"),),
        **more,
    }


def test_a_release_is_over_once_the_person_is_back_in_custody() -> None:
    for on, basis, told in (
        ("2026-03-09", ReleaseBasis.MOVED, "2026-03-02"),
        ("2026-03-10", ReleaseBasis.SENTENCE_END, "2026-12-31"),
    ):
        found = _plan(on, **_released_and_back()).release
        assert found is not None
        assert (found.basis, found.day) == (basis, day(told))


def test_a_day_projected_before_the_return_is_none_of_the_next_release() -> None:
    for projected, basis in (
        ("2026-03-02", ReleaseBasis.SENTENCE_END),
        ("2026-09-01", ReleaseBasis.MILESTONE),
    ):
        found = _plan("2026-04-01", **_released_and_back(milestones=(milestone("m", projected),)))
        assert found.release is not None
        assert found.release.basis is basis


def test_a_second_release_after_the_return_counts() -> None:
    transitions = (
        transition("tr", "2026-01-05", "release", "2026-03-02"),
        transition("tr2", "2026-04-01", "release", "2026-08-03"),
    )
    found = _plan("2026-04-01", **_released_and_back(transitions=transitions)).release
    assert found is not None
    assert (found.basis, found.day) == (ReleaseBasis.PLANNED, day("2026-08-03"))


def test_a_return_on_the_day_of_the_release_is_told_by_their_sequence() -> None:
    placements = (
        placement("p1", "custody", "2025-01-01", "2026-03-02"),
        placement("p2", "community", "2026-03-02", "2026-03-02", sequence=1),
        placement("p3", "custody", "2026-03-02", sequence=2),
    )
    acts = (transition_act("a", "tr", "moved", "2026-03-02", sequence=1),)
    found = _plan("2026-03-02", **_released_and_back(placements=placements, transition_acts=acts))
    assert found.release is not None
    assert found.release.basis is ReleaseBasis.SENTENCE_END


def test_a_transfer_between_prisons_or_out_of_hospital_is_no_return() -> None:
    placements = (
        placement("p1", "custody", "2025-01-01", "2026-03-05", holder="first"),
        placement("p2", "hospital", "2026-03-05", "2026-03-20", holder="first"),
        placement("p3", "custody", "2026-03-20", "2026-03-25", holder="first"),
        placement("p4", "custody", "2026-03-25", holder="second"),
    )
    found = _plan(
        "2026-04-01", **_released_and_back(placements=placements, transition_acts=())
    ).release
    assert found is not None
    assert (found.basis, found.day) == (ReleaseBasis.PLANNED, day("2026-03-02"))


def _changed(before: Placement, record_id: str, since: str, setting: Setting) -> Placement:
    filing = evolve(
        before.filed,
        record_id=RecordId(record_id),
        changes=before.filed.record_id,
        since=day(since),
    )
    return evolve(before, filed=filing, setting=setting)


def test_a_placement_that_changes_over_time_brings_the_person_back_and_out_again() -> None:
    """One placement: in custody from 2025, outside from 2 March, in custody again from 10 March."""
    inside = placement("p1", "custody", "2025-01-01")
    outside = _changed(inside, "p2", "2026-03-02", Setting.COMMUNITY)
    placements = (inside, outside, _changed(outside, "p3", "2026-03-10", Setting.CUSTODY))
    records = _released_and_back(placements=placements, transitions=(), transition_acts=())
    for on, basis, told in (
        ("2026-03-09", ReleaseBasis.MOVED, "2026-03-02"),
        ("2026-03-10", ReleaseBasis.SENTENCE_END, "2026-12-31"),
    ):
        found = _plan(on, **records).release
        assert found is not None
        assert (found.basis, found.day) == (basis, day(told))

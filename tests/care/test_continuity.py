"""Care that must not lapse: interruptions, who goes on with it, what has to be asked."""

from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore import jurisdictions
from rehabcore.care.continuity.interruptions import Interruption, InterruptionState
from rehabcore.care.continuity.items import (
    CareItemSeen,
    ContinuitySeen,
    PrecautionState,
    continuity_seen,
)
from rehabcore.records import ChecklistEntry
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.rules.time.partial import PartialDay
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import ChecklistOutcome, RecordId, Setting
from tests.kit.builders import case, day, some_day
from tests.kit.record_makers import (
    appointment,
    attendance,
    checklist_entry,
    continuity_item,
    death,
    placement,
    session,
    supply,
    transition,
    transition_act,
)
from tests.kit.through_care import FRIDAY, TUESDAY, methadone

XX = jurisdictions.load("xx")
CLOSED, OPEN, PROJECTED = InterruptionState


def _seen(on: str, died: str | None = None, **records: Any) -> ContinuitySeen:
    view = case(**records)
    kinds = XX.glossary.continuity_kinds
    return continuity_seen(
        view, kinds, XX.moves, on=day(on), died=None if died is None else day(died)
    )


def _item(on: str, died: str | None = None, **records: Any) -> CareItemSeen:
    (item,) = _seen(on, died, **records).items
    return item


def _told(one: Interruption) -> tuple[object, ...]:
    return one.state, one.since, one.until, (one.least, one.most), one.within


def _methadone(on: str, known_by: str | None = None) -> CareItemSeen:
    return _item(on, **methadone(known_by=known_by or on))


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2026-03-12", ()),
        (FRIDAY, ((PROJECTED, day("2026-03-16"), None, (1, None), Answer.NOT_MET),)),
        ("2026-03-15", ((PROJECTED, day("2026-03-16"), None, (1, None), Answer.NOT_MET),)),
        ("2026-03-16", ((OPEN, day("2026-03-16"), None, (1, None), Answer.NOT_MET),)),
        (TUESDAY, ((CLOSED, day("2026-03-16"), day(TUESDAY), (1, 1), Answer.NOT_MET),)),
        ("2026-04-01", ((CLOSED, day("2026-03-16"), day(TUESDAY), (1, 1), Answer.NOT_MET),)),
    ],
)
def test_methadone_over_a_release_without_notice(on: str, told: tuple[object, ...]) -> None:
    assert tuple(map(_told, _methadone(on).interruptions)) == told


def test_who_goes_on_is_known_from_the_day_of_acceptance() -> None:
    received = {on: _methadone(on) for on in (FRIDAY, "2026-03-16", TUESDAY)}
    assert [one.unreceived for one in received.values()] == [True, True, False]
    assert [one.receiving for one in received.values()] == ["", "", "clinic-1"]


def test_before_anybody_knows_of_a_release_nobody_has_to_go_on() -> None:
    item = _methadone("2026-03-12")
    assert (item.receiving, item.unreceived, item.interruptions) == ("", False, ())
    assert item.last is not None
    assert (item.last.office, item.last.setting, item.last.day) == (
        "prison-1",
        Setting.CUSTODY,
        None,
    )


@pytest.mark.parametrize(("on", "unreceived"), [("2026-02-27", True), ("2026-02-28", False)])
def test_a_transition_that_was_closed_on_a_day_known_in_part_is_open_until_that_is_certain(
    on: str, unreceived: bool
) -> None:
    """Until then somebody may have to go on with the care."""
    closed = transition_act("ta", "tr", "closed", "2026-02-28")
    item = _item(
        on,
        transitions=(transition("tr", "2026-01-05"),),
        transition_acts=(evolve(closed, on=some_day("2026-02")),),
        continuity_items=(continuity_item("ci", "opioid_agonist", "2026-01-01"),),
    )
    assert item.unreceived is unreceived


def test_a_person_may_live_on_where_nobody_recorded_the_end_of_a_stay() -> None:
    item = _item(
        "2026-03-01",
        placements=(placement("in", "custody", "2026-01-01", "unknown"),),
        continuity_items=(continuity_item("ci", "opioid_agonist", "2026-01-01"),),
        supplies=(supply("su", "ci", "2026-02-01"),),
    )
    assert item.last is not None
    assert item.last.setting is Setting.CUSTODY


def test_the_last_provision_and_the_next() -> None:
    item = _methadone("2026-03-16", known_by=TUESDAY)
    last, following = item.last, item.following
    assert last is not None
    assert following is not None
    assert (last.record_id, last.day) == ("su-2", day("2026-03-15"))
    assert (following.record_id, following.day) == ("ap", day(TUESDAY))
    assert [(one.before, one.after) for one in item.interruptions] == [("su-2", "su-3")]


# --- supplies and appointments ------------------------------------------------------------


def _supplied(
    on: str, kind: str = "opioid_agonist", died: str | None = None, **records: Any
) -> CareItemSeen:
    """An item that was supplied in custody from the start, and then as the records say."""
    items = (continuity_item("ci", kind, "2026-01-01"),)
    return _item(on, died, continuity_items=items, **records)


def _planned(on: str = "2026-02-10") -> dict[str, Any]:
    """Custody, with a release that is planned for a day."""
    return {
        "placements": (placement("pl", "custody", "2026-01-01", holder="prison-1"),),
        "transitions": (transition("tr", "2026-01-05", planned_for=on),),
    }


@pytest.mark.parametrize(
    ("appointed", "told"),
    [
        ("2026-02-12", ()),
        ("2026-02-13", ()),
        (
            "2026-02-14",
            ((PROJECTED, day("2026-02-13"), day("2026-02-14"), (1, 1), Answer.NOT_MET),),
        ),
        (
            "2026-02-16",
            ((PROJECTED, day("2026-02-13"), day("2026-02-16"), (3, 3), Answer.NOT_MET),),
        ),
    ],
)
def test_law_t4_a_supply_lasts_until_the_first_appointment(
    appointed: str, told: tuple[object, ...]
) -> None:
    item = _supplied(
        "2026-02-01",
        supplies=(supply("su", "ci", "2026-01-01", "2026-02-13"),),
        appointments=(appointment("ap", "ci", appointed, "clinic-1"),),
        **_planned(),
    )
    assert tuple(map(_told, item.interruptions)) == told
    assert item.receiving == "clinic-1"


def test_a_supply_without_an_end_lasts_until_the_person_leaves() -> None:
    item = _supplied("2026-02-01", supplies=(supply("su", "ci", "2026-01-01"),), **_planned())
    (told,) = map(_told, item.interruptions)
    assert told == (PROJECTED, day("2026-02-10"), None, (1, None), Answer.NOT_MET)
    assert item.unreceived


def test_a_supply_whose_end_nobody_recorded_provides_its_first_day_for_certain() -> None:
    item = _supplied(
        "2026-02-01", supplies=(supply("su", "ci", "2026-01-01", "unknown"),), **_planned()
    )
    (one,) = item.interruptions
    assert one.since == PartialDay(day("2026-01-02"), day("2026-02-10"))
    assert (one.state, one.least, one.most, one.within) == (OPEN, 1, None, Answer.NOT_MET)
    assert item.last is not None
    assert item.last.day == PartialDay(day("2026-01-01"), day("2026-02-09"))


def test_an_appointment_before_the_person_leaves_is_none_of_the_receiving_service() -> None:
    item = _supplied(
        "2026-02-01",
        "counselling",
        supplies=(supply("su", "ci", "2026-01-01", "2026-01-31"),),
        appointments=(
            appointment("ap-1", "ci", "2026-02-03", "prison-1"),
            appointment("ap-2", "ci", "2026-02-20", "ngo-1"),
        ),
        **_planned(),
    )
    assert [_told(one) for one in item.interruptions] == [
        (OPEN, day("2026-01-31"), day("2026-02-03"), (3, 3), Answer.MET),
        (PROJECTED, day("2026-02-04"), day("2026-02-20"), (16, 16), Answer.NOT_MET),
    ]
    assert item.receiving == "ngo-1"


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (True, [(CLOSED, (1, 1)), (OPEN, (7, None))]),
        (None, [(OPEN, (7, None))]),
        (False, [(OPEN, (9, None))]),
    ],
)
def test_an_appointment_provides_its_day_if_it_was_kept(
    kept: bool | None, told: list[object]
) -> None:
    item = _supplied(
        "2026-02-09",
        supplies=(supply("su", "ci", "2026-01-01", "2026-02-01"),),
        appointments=(appointment("ap", "ci", "2026-02-02", "clinic-1", kept),),
    )
    assert [(one.state, (one.least, one.most)) for one in item.interruptions] == told


def test_somebody_is_expected_on_the_day_asked_about() -> None:
    item = _supplied(
        "2026-02-02",
        supplies=(supply("su", "ci", "2026-01-01", "2026-02-01"),),
        appointments=(appointment("ap", "ci", "2026-02-02", "clinic-1"),),
    )
    assert [_told(one) for one in item.interruptions] == [
        (OPEN, day("2026-02-01"), day("2026-02-02"), (1, 1), Answer.NOT_MET)
    ]


def test_without_a_figure_nobody_can_tell_whether_a_gap_is_allowed() -> None:
    item = _supplied(
        "2026-02-09", "work", supplies=(supply("su", "ci", "2026-01-01", "2026-02-01"),)
    )
    assert item.allowed is None
    assert [one.within for one in item.interruptions] == [Answer.UNKNOWN]


def test_of_days_known_in_part_the_fewest_and_the_most_are_told() -> None:
    item = _supplied(
        "2026-02-09",
        "counselling",
        supplies=(
            supply("su-1", "ci", "2026-01-01", {"from": "2026-01-10", "to": "2026-01-15"}),
            supply("su-2", "ci", "2026-01-28", "2026-02-20"),
        ),
    )
    (closed, projected) = item.interruptions
    assert (closed.since, closed.until) == (
        PartialDay(day("2026-01-10"), day("2026-01-15")),
        day("2026-01-28"),
    )
    assert (closed.least, closed.most, closed.within) == (13, 18, Answer.UNKNOWN)
    assert (projected.least, projected.most, projected.within) == (1, None, Answer.UNKNOWN)


def test_a_programme_goes_on_with_each_session_that_the_person_attended() -> None:
    items = (continuity_item("ci", "counselling", "2026-01-01", program="thinking_skills"),)
    sessions = tuple(
        session(f"s-{number}", on)
        for number, on in enumerate(("2026-01-05", "2026-01-12", "2026-01-19", "2026-02-16"), 1)
    )
    item = _item(
        "2026-02-09",
        continuity_items=items,
        sessions=(*sessions, session("s-5", "2026-01-13", "counselling")),
        attendances=(
            attendance("a-1", "s-1"),
            attendance("a-2", "s-2", "absent_acceptable"),
        ),
    )
    since = PartialDay(day("2026-01-06"), day("2026-01-20"))  # nobody said who came on the 19th
    assert [_told(one) for one in item.interruptions] == [
        (OPEN, since, day("2026-02-16"), (27, 41), Answer.NOT_MET)
    ]
    assert item.receiving == ""


# --- when an item is needed ---------------------------------------------------------------


def test_what_nothing_on_file_ever_provided_is_interrupted_since_nobody_knows_when() -> None:
    item = _supplied("2026-02-09")
    assert [_told(one) for one in item.interruptions] == [
        (OPEN, day("2026-01-01"), None, (0, None), Answer.UNKNOWN)
    ]
    assert (item.last, item.following) == (None, None)
    released = _supplied(
        "2026-02-09",
        placements=(
            placement("pl-1", "custody", "2025-01-01", "2026-02-01"),
            placement("pl-2", "community", "2026-02-01"),
        ),
    )
    (one,) = released.interruptions
    assert (one.since, one.least) == (PartialDay(day("2026-01-01"), day("2026-02-01")), 9)
    assert released.unreceived


@pytest.mark.parametrize(
    ("on", "needed"),
    [
        ("2026-01-31", Answer.NOT_MET),
        ("2026-02-05", Answer.UNKNOWN),
        ("2026-02-10", Answer.MET),
        ("2026-03-01", Answer.NOT_MET),
    ],
)
def test_an_item_is_needed_on_its_days(on: str, needed: Answer) -> None:
    start: Any = {"from": "2026-02-01", "to": "2026-02-10"}
    items = (continuity_item("ci", "work", start, "2026-03-01"),)
    assert _item(on, continuity_items=items).needed is needed


@pytest.mark.parametrize("died", ["2026-02-05", "2026-01-01"])
def test_after_a_death_nothing_is_needed_and_nothing_is_asked(died: str) -> None:
    records: dict[str, Any] = {
        "continuity_items": (continuity_item("ci", "opioid_agonist", "2026-01-01"),)
    }
    seen = _seen("2026-02-09", died, **records)
    assert (seen.precautions, seen.unspoken) == ((), ())
    assert seen.items[0].needed is Answer.NOT_MET
    assert not [one for one in seen.items[0].interruptions if one.until is None]
    assert _seen("2026-02-01", "2026-02-05", **records).unspoken


def test_of_a_death_that_is_disputed_nobody_knows_how_long_care_was_needed() -> None:
    deaths = (death("d", "2026-03-01"), death("d-2", "2026-04-01", source="b"))
    supplies = (supply("su", "ci", "2026-01-01", "2026-02-20"),)
    item = _supplied("2026-03-15", died="2026-04-01", supplies=supplies, deaths=deaths)
    (gap,) = item.interruptions
    assert (item.needed, gap.least, gap.most) == (Answer.UNKNOWN, 9, 40)
    assert gap.until == PartialDay(day("2026-03-01"), day("2026-04-01"))
    alive = _supplied("2026-02-28", died="2026-04-01", supplies=supplies, deaths=deaths)
    assert alive.needed is Answer.MET


def test_a_service_goes_on_that_gave_it_before_a_stay_in_hospital() -> None:
    item = _supplied(
        "2026-02-10",
        supplies=(
            supply("su", "ci", "2026-01-01", office="clinic-1"),
            supply("su-2", "ci", "2026-02-01", "2026-02-05", office="hospital-1"),
            supply("su-3", "ci", "2026-02-05", office="clinic-1"),
        ),
        placements=(
            placement("pl-1", "community", "2025-12-01", "2026-02-01"),
            placement("pl-2", "hospital", "2026-02-01", "2026-02-05"),
            placement("pl-3", "community", "2026-02-05"),
        ),
    )
    assert (item.receiving, item.unreceived, item.interruptions) == ("clinic-1", False, ())


def test_a_kind_that_the_country_does_not_know_is_left_out() -> None:
    items = (continuity_item("ci", "acupuncture", "2026-01-01"),)
    assert _seen("2026-02-09", continuity_items=items).items == ()


# --- what has to be asked -----------------------------------------------------------------


def _asked(outcome: str | None, kind: str | None, on: str = "2026-02-09") -> ContinuitySeen:
    """What is asked after an answer about naloxone, of somebody with an item of a kind."""
    items = () if kind is None else (continuity_item("ci", kind, "2026-01-01"),)
    entries: tuple[ChecklistEntry, ...] = ()
    if outcome is not None:
        stated = {"by": "head", "reason": "court_order"} if outcome == "waived" else {}
        entries = (
            checklist_entry(
                "ce-1", "tr", "naloxone", "2026-01-06", "waived", by="x", reason="died"
            ),
            checklist_entry("ce-2", "tr", "naloxone", "2026-01-07", outcome, **stated),
        )
    return _seen(on, continuity_items=items, checklist_entries=entries, **_planned())


@pytest.mark.parametrize(
    ("outcome", "known", "not_known"),
    [
        (None, "due", "asked"),
        ("done", "recorded", "recorded"),
        ("offered", "recorded", "recorded"),
        ("declined", "recorded", "recorded"),
        ("contraindicated", "recorded", "recorded"),
        ("not_needed", "due", "recorded"),
        ("waived", "due", "asked"),
    ],
)
def test_law_t6_naloxone_is_recorded_where_opioids_are_known_and_asked_elsewhere(
    outcome: str | None, known: str, not_known: str
) -> None:
    for kind, state in (("opioid_agonist", known), ("work", not_known), (None, not_known)):
        (one,) = _asked(outcome, kind).precautions
        assert (one.item, one.state) == ("naloxone", PrecautionState(state))
        assert one.outcome == (None if outcome is None else ChecklistOutcome(outcome))
        assert one.record_id == (None if outcome is None else RecordId("ce-2"))


def test_an_answer_of_an_earlier_release_is_none_for_this_one() -> None:
    records: dict[str, Any] = {
        "transitions": (transition("tr", "2020-01-05"), transition("tr-2", "2026-01-05")),
        "checklist_entries": (checklist_entry("ce", "tr", "naloxone", "2020-01-06"),),
    }
    assert _seen("2020-01-06", **records).precautions[0].state is PrecautionState.RECORDED
    assert _seen("2026-01-06", **records).precautions[0].state is PrecautionState.ASKED
    assert _seen("2019-01-06", **records).precautions[0].state is PrecautionState.ASKED


_CUSTODY = placement("pl-1", "custody", "2025-12-01", "2026-03-13")
_LEFT_IN_MARCH = placement("pl-1", "custody", "2025-12-01", "2026-03")
_MOVES = (
    transition_act("ta-1", "tr", "moved", "2026-03-13"),
    transition_act("ta-2", "tr-2", "moved", "2026-04-01"),
)


@pytest.mark.parametrize(
    ("second", "records", "state"),
    [
        # A way to a hospital and back does not take back what was done for the release.
        (transition("tr-2", "2026-02-01", "to_hospital"), {}, "recorded"),
        (
            transition("tr-2", "2026-03-20", "change_of_office"),
            {
                "placements": (_CUSTODY, placement("pl-2", "community", "2026-03-13")),
                "transition_acts": _MOVES,
            },
            "asked",  # by a move of which nobody says where the person went
        ),
        (
            transition("tr-2", "2026-03-20", "change_of_office"),
            {
                "placements": (
                    *(_CUSTODY, placement("pl-2", "community", "2026-03-13", "2026-04-01")),
                    placement("pl-3", "community", "2026-04-01", holder="ngo-9"),
                ),
                "transition_acts": _MOVES,
            },
            "recorded",
        ),
        (
            transition("tr-2", "2026-03-20", "return_to_custody"),
            {
                "placements": (
                    *(_CUSTODY, placement("pl-2", "community", "2026-03-13", "2026-04-01")),
                    placement("pl-3", "custody", "2026-04-01"),
                ),
                "transition_acts": _MOVES,
            },
            "asked",
        ),
    ],
)
def test_an_answer_counts_in_all_passages_here_and_from_here(
    second: Any, records: dict[str, Any], state: str
) -> None:
    found = _seen(
        "2026-05-01",
        transitions=(transition("tr", "2026-01-05"), second),
        checklist_entries=(checklist_entry("ce", "tr", "naloxone", "2026-01-06"),),
        **records,
    )
    assert found.precautions[0].state == PrecautionState(state)


def test_law_t5_a_treatment_has_an_item_or_is_asked_about() -> None:
    health = ["opioid_agonist", "antiretroviral", "tuberculosis", "psychotropic"]
    assert [*_seen("2026-02-09").unspoken] == health
    assert [*_asked(None, "opioid_agonist").unspoken] == health[1:]
    denied = checklist_entry("ce", "tr", "medication_supply", "2026-01-07", "not_needed")
    given = checklist_entry("ce", "tr", "medication_supply", "2026-01-07")
    assert _seen("2026-02-09", checklist_entries=(denied,), **_planned()).unspoken == ()
    assert [*_seen("2026-02-09", checklist_entries=(given,), **_planned()).unspoken] == health


# --- crossings ----------------------------------------------------------------------------


def test_a_transition_that_was_closed_needs_nobody_to_go_on() -> None:
    records = {"supplies": (supply("su", "ci", "2026-01-01"),), **_planned()}
    closed = transition_act("ta", "tr", "closed", "2026-01-20")
    assert _supplied("2026-02-01", **records).unreceived
    item = _supplied("2026-02-01", transition_acts=(closed,), **records)
    assert (item.unreceived, item.interruptions) == (False, ())


def test_where_two_offices_tell_of_two_settings_none_is_known() -> None:
    item = _supplied(
        "2026-02-01",
        supplies=(supply("su", "ci", "2026-01-01", "2026-03-01"),),
        placements=(
            placement("pl-1", "custody", "2026-01-01"),
            placement("pl-2", "hospital", {"from": "2026-01-01", "to": "2026-01-20"}),
        ),
    )
    assert item.last is not None
    assert item.last.setting is None


@pytest.mark.parametrize(
    ("placements", "interrupted"),
    [
        ((_CUSTODY,), (day("2026-03-13"), 50)),
        ((_CUSTODY, placement("pl-2", "custody", "2026-03-13")), None),
        ((_CUSTODY, placement("pl-2", "custody", "2026-03-20")), (day("2026-03-13"), 50)),
        ((_CUSTODY, placement("pl-2", "custody", "2026-05-20")), (day("2026-03-13"), 50)),
        ((_CUSTODY, placement("pl-2", "custody", "2026-01-05", source="b")), None),
        ((placement("pl-1", "custody", "2025-12-01", "2026-06-01"),), None),
        (
            (
                placement(
                    "pl-1", "custody", "2025-12-01", {"from": "2026-03-13", "to": "2026-03-20"}
                ),
            ),
            (PartialDay(day("2026-03-13"), day("2026-03-20")), 43),
        ),
    ],
)
def test_a_person_who_left_nobody_says_where_to_is_supplied_by_nobody(
    placements: tuple[Any, ...], interrupted: tuple[Any, int] | None
) -> None:
    supplies = (supply("su", "ci", "2026-01-01"),)
    item = _supplied("2026-05-01", supplies=supplies, placements=placements)
    told = next(((one.since, one.least) for one in item.interruptions), None)
    assert told == interrupted
    assert item.unreceived == (interrupted is not None)


def test_placements_of_one_day_are_in_the_order_of_their_numbers_and_not_of_the_file() -> None:
    placed = [
        placement("pl-1", "community", "2025-12-01", "2026-03-13"),
        placement("pl-4", "custody", "2026-03-13", "2026-03-14", sequence=1),
        placement("pl-3", "community", "2026-03-13", "2026-03-20", sequence=2),
        placement("pl-2", "community", "2026-03-20"),
    ]
    records: dict[str, Any] = {
        "transitions": (transition("tr", "2026-01-05", "release"),),
        "transition_acts": (transition_act("ta", "tr", "moved", "2026-03-13"),),
        "checklist_entries": (checklist_entry("ce", "tr", "naloxone", "2026-01-06"),),
    }
    told = [
        _seen("2026-04-01", placements=tuple(some), **records) for some in (placed, placed[::-1])
    ]
    assert told[0] == told[1]
    assert told[0].precautions[0].state is PrecautionState.RECORDED


def test_a_move_that_is_told_of_two_days_counts_alike_in_any_order_of_the_file() -> None:
    acts = (
        transition_act("ta", "tr", "moved", "2026-03-01"),
        transition_act("ta-2", "tr", "moved", "2026-03-13", source="b"),
    )
    told = [
        _seen(
            "2026-04-01",
            placements=(_CUSTODY, placement("pl-2", "community", "2026-03-13")),
            transitions=(transition("tr", "2026-01-05", "release"),),
            checklist_entries=(checklist_entry("ce", "tr", "naloxone", "2026-01-06"),),
            transition_acts=some,
        )
        for some in (acts, acts[::-1])
    ]
    assert [one.precautions[0].state for one in told] == [PrecautionState.RECORDED] * 2


def test_care_that_two_offices_tell_is_one() -> None:
    file = case(
        continuity_items=(
            continuity_item("ci", "opioid_agonist", "2026-01-01", source="prison-1"),
            continuity_item("ci-2", "opioid_agonist", "2026-03-13", source="b", same_as="ci"),
        ),
        supplies=(
            supply("su", "ci", "2026-01-01", "2026-03-13", office="prison-1"),
            supply("su-2", "ci-2", "2026-03-13", office="clinic-1"),
        ),
        placements=(_CUSTODY, placement("pl-2", "community", "2026-03-13")),
    )
    (item,) = rc.continuity(file, XX, on=day("2026-04-01")).seen.items
    assert (item.record_id, item.receiving, item.interruptions) == ("ci", "clinic-1", ())


def test_a_plan_whose_day_is_over_may_not_have_come_true() -> None:
    records = {"supplies": (supply("su", "ci", "2026-01-01"),), **_planned()}
    planned = records["transitions"][0].planned_for
    before = _supplied((planned - ONE_DAY).isoformat(), **records)
    assert [(one.least, one.within) for one in before.interruptions] == [(1, Answer.NOT_MET)]
    after = _supplied("2026-12-01", **records)
    (gap,) = after.interruptions
    assert (gap.state, gap.since) == (OPEN, planned)
    assert (gap.least, gap.most, gap.within) == (0, None, Answer.UNKNOWN)
    assert after.unreceived


def test_a_placement_told_again_by_the_same_office_is_no_crossing() -> None:
    item = _supplied(
        "2026-02-01",
        supplies=(supply("su", "ci", "2026-01-01"),),
        placements=(
            placement("pl-1", "custody", "2025-12-01", "2026-01-15"),
            placement("pl-2", "custody", "2026-01-15"),
        ),
    )
    assert (item.interruptions, item.unreceived) == ((), False)

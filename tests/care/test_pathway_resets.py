"""Resets of pathways, filed or following from a return: nothing is lost, nothing shown as done."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework
from rehabcore.care.moves.requests import MoveRequest
from rehabcore.care.resettlement.standings import PathwaysSeen
from rehabcore.strict.vocabulary import PathwayStatus, RecordId, ResetReason, Setting
from tests.kit.builders import day
from tests.kit.record_makers import (
    XX,
    pathway_act,
    pathway_assessment,
    pathway_reset,
    placement,
    transition,
    transition_act,
)
from tests.kit.resettlement import (
    ALL,
    BACK,
    DONE,
    ENTRY,
    ON,
    WORK,
    history_of,
    pathway_in,
    recalled,
    released,
    seen_on,
)


def test_a_reset_begins_everything_anew_and_keeps_every_value() -> None:
    reset = pathway_reset("r", "2026-03-09", "return_on_new_sentence")
    seen = seen_on(**WORK, pathway_resets=(reset,))
    one = pathway_in(seen)
    assert history_of(one) == [
        ("support_required", "2026-01-05", "assessment", True),
        ("done", "2026-02-27", "act", True),
        ("not_started", "2026-03-09", "reset", True),
    ]
    assert history_of(one.needs[0]) == [
        ("in_progress", "2026-02-09", "act", True),
        ("met", "2026-02-20", "act", True),
        ("not_started", "2026-03-09", "reset", True),
    ]
    assert {one.status for one in seen.pathways} == {PathwayStatus.NOT_STARTED}
    assert pathway_in(seen, "health").none_identified_on is None
    assert [form.earlier for form in seen.assessments] == [("e",), ("i",)]
    assert [(form.begun, form.submitted_on) for form in seen.assessments] == [(False, None)] * 2
    assert (seen.assessment_required, seen.reset_to_file) == (True, None)
    assert [(one.on, one.reason, one.filed) for one in seen.resets] == [
        (day("2026-03-09"), ResetReason.RETURN_ON_NEW_SENTENCE, True)
    ]


def test_a_return_that_is_on_file_resets_although_nobody_filed_it() -> None:
    assert pathway_in(seen_on("2026-03-08", **WORK, placements=BACK)).status == "done"
    seen = seen_on("2026-03-09", **WORK, placements=BACK[::-1])
    assert pathway_in(seen).status == "not_started"
    reset = seen.reset_to_file
    assert reset is not None
    assert (reset.on, reset.record_id, reset.reason) == (day("2026-03-09"), "pl-3", None)


def test_to_file_a_reset_changes_nothing_else() -> None:
    derived = seen_on(**WORK, placements=BACK)
    filed = seen_on(**WORK, placements=BACK, pathway_resets=(pathway_reset("r", "2026-03-09"),))
    assert [one.status for one in filed.pathways] == [one.status for one in derived.pathways]
    assert history_of(pathway_in(filed)) == history_of(pathway_in(derived))
    assert (len(filed.resets), filed.reset_to_file) == (1, None)
    later = seen_on(**WORK, placements=BACK, pathway_resets=(pathway_reset("r", "2026-03-12"),))
    assert [(one.on, one.filed) for one in later.resets] == [
        (day("2026-03-09"), False),
        (day("2026-03-12"), True),
    ]
    assert later.reset_to_file is None


@pytest.mark.parametrize(
    "settings",
    [
        ["custody", "hospital", "custody"],
        ["custody", "residential", "custody"],
        ["custody", "custody"],
        ["custody", "community"],
        ["community", "residential"],
    ],
)
def test_whoever_did_not_come_from_the_community_into_custody_did_not_return(
    settings: list[str],
) -> None:
    months = ["2026-01-05", "2026-03-01", "2026-04-01", "2026-05-01"]
    stays = tuple(
        placement(f"pl-{n}", setting, months[n], months[n + 1])
        for n, setting in enumerate(settings)
    )
    assert seen_on(**WORK, placements=stays).resets == ()


def test_a_return_by_way_of_a_hospital_is_one() -> None:
    stays = (
        placement("pl-1", "community", "2026-01-05", "2026-03-01"),
        placement("pl-2", "hospital", "2026-03-01", "2026-03-09"),
        placement("pl-3", "custody", "2026-03-09"),
    )
    assert [one.on for one in seen_on(**WORK, placements=stays).resets] == [day("2026-03-09")]


def test_a_return_before_anything_was_done_resets_nothing() -> None:
    assert seen_on(placements=BACK).resets == ()
    reset = pathway_reset("r", "2026-03-09")
    assert [one.filed for one in seen_on(pathway_resets=(reset,)).resets] == [True]


RECALL = transition("tr", "2026-03-08", move="return_to_custody")
RECALLED = transition_act("ta", "tr", "moved", "2026-03-09", "prison-1")


def test_a_move_that_returns_says_why_and_a_placement_of_the_same_return_is_no_other() -> None:
    moved: dict[str, Any] = {"transitions": (RECALL,), "transition_acts": (RECALLED,)}
    out = placement("pl-2", "community", "2026-03-02", "2026-03-08", holder="probation-2")
    early = (BACK[0], out, placement("pl-3", "custody", "2026-03-08"))
    for stays, on, record in (
        ((), "2026-03-09", "ta"),
        (BACK, "2026-03-09", "ta"),
        (early, "2026-03-08", "pl-3"),
    ):
        (reset,) = seen_on(**WORK, **moved, placements=stays).resets
        assert (reset.on, reset.record_id, reset.reason) == (
            day(on),
            record,
            ResetReason.RECALL_TO_PRISON,
        )


def test_a_second_return_resets_again() -> None:
    stays = (
        *BACK[:2],
        placement("pl-3", "custody", "2026-03-09", "2026-04-01", holder="prison-1"),
        placement("pl-4", "community", "2026-04-01", "2026-05-04", holder="probation-2"),
        placement("pl-5", "custody", "2026-05-04", holder="prison-1"),
    )
    between = pathway_act("b", "in_progress", "2026-03-20")
    work = WORK | {"pathway_acts": (DONE, between)}
    seen = seen_on(**work, placements=stays)
    assert [one.on for one in seen.resets] == [day("2026-03-09"), day("2026-05-04")]
    assert [status for status, *_ in history_of(pathway_in(seen))] == [
        "support_required",
        "done",
        "not_started",
        "in_progress",
        "not_started",
    ]


def test_what_is_done_on_the_day_of_a_return_counts_as_done_after_it() -> None:
    on_the_day = pathway_assessment("x", "2026-03-09", ALL, submitted=True)
    work = WORK | {"pathway_assessments": (ENTRY, on_the_day)}
    seen = seen_on(**work, placements=BACK)
    assert pathway_in(seen).status == "support_required"
    assert seen.assessments[0].submitted_on == day("2026-03-09")


# --- recall on day 8 ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "known_at", "status", "need", "required"),
    [
        ("2026-02-26", None, "support_required", "met", False),
        ("2026-02-27", None, "done", "met", False),
        ("2026-03-08", None, "done", "met", False),
        ("2026-03-09", None, "not_started", "not_started", True),
        ("2026-03-09", "2026-03-11", "done", "met", False),
        ("2026-03-09", "2026-03-12", "not_started", "not_started", True),
    ],
)
def test_a_recall_on_day_8_resets_the_pathways_when_it_is_recorded(
    on: str, known_at: str | None, status: str, need: str, required: bool
) -> None:
    known = None if known_at is None else day(known_at)
    seen = casework.pathways(recalled(), XX, on=day(on), known_at=known).seen
    one = pathway_in(seen)
    assert (one.status, one.needs[0].status, seen.assessment_required) == (status, need, required)


def test_the_recording_of_a_recall_files_the_reset_with_its_reason() -> None:
    (reset,) = recalled().pathway_resets
    assert (reset.filed.record_id, reset.filed.recorded_on) == ("m-reset", day("2026-03-12"))
    assert (reset.on, reset.reason) == (day("2026-03-09"), ResetReason.RECALL_TO_PRISON)


def test_any_other_return_is_filed_with_another_reason_and_nothing_where_nothing_began() -> None:
    (reset,) = recalled("admission").pathway_resets
    assert reset.reason is ResetReason.OTHER
    nothing: dict[str, Any] = dict.fromkeys(WORK, ())
    bare = evolve(released(), **nothing)
    assert recalled(file=bare).pathway_resets == ()
    country = evolve(XX, glossary=evolve(XX.glossary, pathways=()))
    assert casework.pathways(bare, country, on=day(ON)).seen == PathwaysSeen()


def test_two_moves_of_one_day_reset_between_them() -> None:
    """Released and back on one day: what was done in between has its own place."""
    again = MoveRequest(
        move_id="conditional_release",
        on=day("2026-03-09"),
        to_holder="probation-2",
        source="prison-1",
        recorded_on=day("2026-03-12"),
        record_prefix="o",
    )
    out_again = casework.record_move(recalled(), XX, again).case
    back = evolve(again, move_id="return_to_custody", record_prefix="q", to_holder="prison-1")
    number = out_again.transition_acts[-1].filed.sequence
    between = pathway_act("b", "in_progress", "2026-03-09", sequence=number)
    busy = evolve(out_again, pathway_acts=(between,))
    file = casework.record_move(busy, XX, back).case
    assert [one.filed.record_id for one in file.pathway_resets] == ["m-reset", "q-reset"]
    history = history_of(pathway_in(casework.pathways(file, XX, on=day(ON)).seen))
    assert [status for status, *_ in history][-3:] == ["not_started", "in_progress", "not_started"]


def test_a_placement_that_changes_over_time_is_a_return_too() -> None:
    outside = placement("p1", "community", "2026-01-01")
    filing = evolve(
        outside.filed,
        record_id=RecordId("p2"),
        changes=outside.filed.record_id,
        since=day("2026-06-01"),
    )
    placements = (outside, evolve(outside, filed=filing, setting=Setting.CUSTODY))
    seen = seen_on("2026-07-01", **{**WORK, "placements": placements})
    assert [(str(one.on), one.filed) for one in seen.resets] == [("2026-06-01", False)]


def test_a_return_before_any_work_on_pathways_resets_nothing() -> None:
    seen = seen_on(placements=BACK, pathway_acts=(pathway_act("a", "done", "2026-04-01"),))
    assert seen.resets == ()
    assert pathway_in(seen).status == "done"


def test_in_a_country_without_pathways_a_recall_files_no_reset() -> None:
    country = evolve(XX, glossary=evolve(XX.glossary, pathways=(), support_needs=()))
    request = MoveRequest(
        move_id="return_to_custody",
        on=day("2026-03-09"),
        to_holder="prison-1",
        source="prison-1",
        recorded_on=day("2026-03-09"),
        record_prefix="b",
    )
    bare = evolve(
        released(),
        pathway_acts=(),
        pathway_assessments=(),
        support_needs=(),
        support_need_acts=(),
    )
    assert casework.record_move(bare, country, request).case.pathway_resets == ()

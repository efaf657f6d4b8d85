"""Pathways of resettlement: where each stands, what resets them, what is to be assessed."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.care.machines import machine
from rehabcore.strict.vocabulary import PathwayStatus, ResetReason, SupportNeedStatus
from tests.kit.builders import day, some_day
from tests.kit.record_makers import (
    death,
    pathway_act,
    pathway_assessment,
    support_need,
    support_need_act,
)
from tests.kit.resettlement import (
    ALL,
    BEGUN,
    ENTRY,
    ON,
    SEVEN,
    history_of,
    pathway_in,
    seen_on,
)

# --- statuses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "fits"),
    [
        (["in_progress", "support_required", "in_progress", "done"], [True] * 4),
        (["support_required", "done"], [True] * 2),
        (["support_not_required", "in_progress"], [True] * 2),
        (["support_declined", "support_required"], [True] * 2),
        (["done"], [True]),
        (["done", "done"], [True] * 2),
        (["done", "in_progress", "done"], [True, False, True]),
        (["in_progress", "support_declined"], [True, False]),
        (["support_declined", "done"], [True, False]),
    ],
)
def test_a_pathway_stands_where_its_last_act_put_it(statuses: list[str], fits: list[bool]) -> None:
    acts = tuple(
        pathway_act(f"a-{n}", status, f"2026-01-{n:02}") for n, status in enumerate(statuses, 1)
    )
    for order in (acts, acts[::-1]):
        one = pathway_in(seen_on(pathway_acts=order))
        assert one.status == statuses[-1]
        assert [(change.status, change.fits) for change in one.history] == list(
            zip(statuses, fits, strict=True)
        )


def test_a_pathway_that_nobody_touched_has_not_started_and_is_open() -> None:
    seen = seen_on()
    assert tuple(one.pathway for one in seen.pathways) == SEVEN
    assert {(one.status, one.is_open, one.history) for one in seen.pathways} == {
        (PathwayStatus.NOT_STARTED, True, ())
    }


def test_a_day_known_in_part_counts_when_it_has_certainly_come() -> None:
    act = evolve(pathway_act("a", "done", "2026-01-01"), on=some_day("2026-01"))
    for on, status in (("2026-01-30", "not_started"), ("2026-01-31", "done")):
        assert pathway_in(seen_on(on, pathway_acts=(act,))).status == status


def test_acts_of_one_day_follow_their_sequence_or_else_the_order_of_the_statuses() -> None:
    both = pathway_act("a", "done", ON), pathway_act("b", "in_progress", ON)
    assert pathway_in(seen_on(pathway_acts=both)).status == "done"
    numbered = (
        pathway_act("a", "done", ON, sequence=1),
        pathway_act("b", "in_progress", ON, sequence=2),
    )
    for order in (numbered, numbered[::-1]):
        assert pathway_in(seen_on(pathway_acts=order)).status == "in_progress"


def test_the_reasons_of_the_tables_are_those_of_resets_and_their_states_the_statuses() -> None:
    for name, statuses in (("pathway", PathwayStatus), ("support_need", SupportNeedStatus)):
        table = machine(name)
        assert [reason.code for reason in table.reasons[0].reasons] == list(ResetReason)
        assert [state.code for state in table.states] == list(statuses)
        resets = [arrow for arrow in table.arrows if arrow.event == "reset"]
        assert {code for arrow in resets for code in arrow.leaves} == {*statuses} - {"not_started"}


# --- needs for support --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "fits", "is_open"),
    [
        ([], [], True),
        (["in_progress"], [True], True),
        (["in_progress", "met"], [True] * 2, False),
        (["declined"], [True], False),
        (["in_progress", "declined"], [True] * 2, False),
        (["met"], [False], False),
        (["declined", "in_progress"], [True, False], True),
    ],
)
def test_a_need_stands_where_its_last_act_put_it(
    statuses: list[str], fits: list[bool], is_open: bool
) -> None:
    acts = tuple(
        support_need_act(f"n-{n}", "s", status, f"2026-01-{n:02}")
        for n, status in enumerate(statuses, 2)
    )
    seen = seen_on(support_needs=(support_need("s", "2026-01-01"),), support_need_acts=acts[::-1])
    (need,) = pathway_in(seen).needs
    assert (need.status, need.is_open) == ((statuses or ["not_started"])[-1], is_open)
    assert [change.fits for change in need.history] == fits


def test_that_none_was_found_is_no_need_and_goes_when_one_is_found() -> None:
    none, later = support_need("s", "2026-01-01", None), support_need("t", "2026-02-01")
    act = support_need_act("n", "s", "met", "2026-01-15")
    seen = seen_on("2026-01-31", support_needs=(none, later), support_need_acts=(act,))
    assert (pathway_in(seen).needs, pathway_in(seen).none_identified_on) == ((), day("2026-01-01"))
    assert seen.misplaced == ("n",)
    found = pathway_in(seen_on("2026-02-01", support_needs=(later, none)))
    assert ([need.need for need in found.needs], found.none_identified_on) == (["own_home"], None)


def test_a_need_of_which_two_offices_tell_is_one() -> None:
    first = support_need("s", "2026-01-01")
    again = support_need("t", "2026-01-03", same_as="s", source="probation-2")
    acts = (
        support_need_act("n", "s", "in_progress", "2026-01-04"),
        support_need_act("m", "t", "met", "2026-01-05", source="probation-2"),
    )
    (need,) = pathway_in(seen_on(support_needs=(again, first), support_need_acts=acts)).needs
    assert (need.record_id, need.status) == ("s", SupportNeedStatus.MET)


# --- assessments --------------------------------------------------------------------------

THREE = pathway_assessment("f", "2026-01-05", dict.fromkeys(SEVEN[:3], "done"), submitted=True)
REST = pathway_assessment("g", "2026-01-06", dict.fromkeys(SEVEN[3:], "done"), submitted=True)
SKIPPED = pathway_assessment("h", "2026-01-04", skipped="transfer")
PLAN = pathway_assessment("j", "2026-02-02", ALL, "pre_release", submitted=True)


@pytest.mark.parametrize(
    ("forms", "required", "available"),
    [
        ((), True, False),
        ((THREE,), True, False),
        ((THREE, REST), False, True),
        ((ENTRY,), False, True),
        ((SKIPPED,), False, True),
        ((BEGUN,), False, True),
        ((ENTRY, BEGUN), False, True),
        ((ENTRY, PLAN), False, False),
        ((PLAN,), False, False),
    ],
    ids=["none", "three", "all", "at-once", "skipped", "begun", "both-begun", "both", "plan-only"],
)
def test_an_assessment_is_required_until_one_is_submitted_and_then_the_next_is_available(
    forms: tuple[Any, ...], required: bool, available: bool
) -> None:
    seen = seen_on(pathway_assessments=forms[::-1])
    assert (seen.assessment_required, seen.review_available) == (required, available)


def test_three_of_seven_are_not_submitted() -> None:
    seen = seen_on(pathway_assessments=(THREE,))
    entry, _ = seen.assessments
    assert (entry.submitted_on, entry.misplaced, entry.begun) == (None, ("f",), True)
    assert [answer.complete for answer in entry.answers] == [True] * 3 + [False] * 4
    assert {one.status for one in seen.pathways} == {PathwayStatus.NOT_STARTED}


def test_what_is_submitted_becomes_the_status_of_every_pathway() -> None:
    declined = pathway_act("a", "support_declined", "2026-01-01")
    seen = seen_on(pathway_acts=(declined,), pathway_assessments=(ENTRY,))
    assert {one.status for one in seen.pathways} == {PathwayStatus.SUPPORT_REQUIRED}
    assert history_of(pathway_in(seen)) == [
        ("support_declined", "2026-01-01", "act", True),
        ("support_required", "2026-01-05", "assessment", True),
    ]
    assert seen.assessments[0].submitted_on == day("2026-01-05")


def test_what_is_changed_after_it_was_submitted_leaves_the_status_alone() -> None:
    saved = pathway_assessment("k", "2026-01-09", {"health": "done"})
    for submitted in (False, True):
        later = evolve(saved, submitted=submitted)
        seen = seen_on(pathway_assessments=(later, ENTRY))
        assert pathway_in(seen, "health").status is PathwayStatus.SUPPORT_REQUIRED
        assert seen.assessments[0].answers[-1].status is PathwayStatus.DONE
        assert seen.assessments[0].submitted_on == day("2026-01-05")


def test_what_was_saved_before_is_submitted_without_answers_of_its_own() -> None:
    saved = evolve(ENTRY, submitted=False)
    sent = pathway_assessment("z", "2026-01-09", submitted=True)
    for on, submitted in (("2026-01-08", None), ("2026-01-09", day("2026-01-09"))):
        seen = seen_on(on, pathway_assessments=(sent, saved))
        assert seen.assessments[0].submitted_on == submitted
    assert history_of(pathway_in(seen)) == [("support_required", "2026-01-09", "assessment", True)]


def test_the_assessment_before_release_is_prefilled_from_the_one_on_entry() -> None:
    _, before_release = seen_on(pathway_assessments=(THREE, BEGUN)).assessments
    assert [
        (one.status and one.status.value, one.record_id, one.prefilled)
        for one in before_release.answers
    ] == [("done", "f", True)] * 3 + [(None, None, False)] * 3 + [("done", "i", False)]


def test_an_assessment_is_skipped_only_before_it_is_begun() -> None:
    late = evolve(SKIPPED, on=day("2026-01-07"))
    (entry, _) = seen_on(pathway_assessments=(late, THREE)).assessments
    assert (entry.skipped, entry.misplaced) == (None, ("f", "h"))
    (entry, _) = seen_on(pathway_assessments=(SKIPPED, THREE)).assessments  # done after all
    assert (entry.skipped, entry.misplaced) == (None, ("f",))


def test_after_a_death_nothing_is_to_be_assessed() -> None:
    for forms in ((), (ENTRY,)):
        seen = seen_on(pathway_assessments=forms, deaths=(death("d", "2026-05-31"),))
        assert (seen.assessment_required, seen.review_available) == (False, False)

"""The day of a release that is told without a transition, or by two offices; several papers."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange
from rehabcore.care.release import ContactCounts, ReleasePlan
from rehabcore.care.release_days import ReleaseBasis
from rehabcore.casework.care_results import ReleasePlanResult
from rehabcore.casework.coherence_of_care import incoherences_of_care
from rehabcore.records import CaseFile
from rehabcore.reports import explain
from rehabcore.rules.time.partial import PartialDay
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import case, day, some_day
from tests.kit.record_makers import (
    XX,
    entitlement,
    entitlement_act,
    milestone,
    placement,
    transition,
    transition_act,
)

OUT = (
    placement("pl-1", "custody", "2026-01-05", "2026-03-02", holder="prison-1"),
    placement("pl-2", "community", "2026-03-02", holder="prison-1"),
)
ON = day("2026-03-20")


def _plan(file: CaseFile) -> ReleasePlan:
    return casework.release_plan(file, XX, on=ON).plan


def test_a_release_that_only_a_placement_tells_is_written_and_read() -> None:
    result = casework.release_plan(case(placements=OUT), XX, on=ON)
    release = result.plan.release
    assert release is not None
    assert (release.day, release.basis) == (day("2026-03-02"), ReleaseBasis.MOVED)
    assert (release.transition, release.identified_on) == (None, None)
    assert exchange.read(exchange.write(result), ReleasePlanResult) == result


@pytest.mark.parametrize(
    ("basis", "transition_id", "identified"),
    [
        (ReleaseBasis.MOVED, None, "2026-03-01"),
        (ReleaseBasis.PLANNED, None, None),
        (ReleaseBasis.SENTENCE_END, "tr", "2026-03-01"),
    ],
)
def test_a_day_of_release_that_nothing_tells_is_at_odds(
    basis: ReleaseBasis, transition_id: str | None, identified: str | None
) -> None:
    result = casework.release_plan(case(placements=OUT), XX, on=ON)
    assert result.plan.release is not None
    release = evolve(
        result.plan.release,
        basis=basis,
        transition=None if transition_id is None else RecordId(transition_id),
        identified_on=None if identified is None else day(identified),
    )
    altered = evolve(result, plan=evolve(result.plan, release=release))
    assert "plan.release.basis" in [one.path for one in incoherences_of_care(altered)]


@pytest.mark.parametrize("same_as", ["a", None])
def test_of_two_days_that_are_told_of_one_release_nobody_knows_which(same_as: str | None) -> None:
    acts = (
        transition_act("a", "tr", "moved", "2026-03-02", source="prison-1"),
        transition_act("b", "tr", "moved", "2026-03-04", source="ngo-3", same_as=same_as),
    )
    file = case(placements=OUT, transitions=(transition("tr", "2026-02-02"),), transition_acts=acts)
    plan = _plan(file)
    between = PartialDay(day("2026-03-02"), day("2026-03-04"))
    assert plan.release is not None
    assert plan.release.day == between
    assert {item.code: item.due for item in plan.items}["naloxone"] == between


@pytest.mark.parametrize("turned", [False, True])
def test_the_first_contact_does_not_depend_on_the_order_of_the_file(*, turned: bool) -> None:
    partly = transition_act("c", "tr", "first_contact", "2026-03-06", "ngo-3")
    partly = evolve(partly, on=some_day({"from": "2026-03-03", "to": "2026-03-06"}))
    acts = [
        transition_act("a", "tr", "moved", "2026-03-02"),
        transition_act("b", "tr", "first_contact", "2026-03-06", "ngo-3"),
        partly,
    ]
    listed = tuple(acts[::-1] if turned else acts)
    file = case(
        placements=OUT, transitions=(transition("tr", "2026-02-02"),), transition_acts=listed
    )
    contact = _plan(file).contact
    assert contact is not None
    assert (contact.made, contact.counts) == (partly.on, ContactCounts.COUNTED)


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_papers_the_first_that_still_counts_was_in_time(*, turned: bool) -> None:
    papers = tuple(entitlement(own, "2025-10-06") for own in ("e-1", "e-2", "e-3"))
    acts = (
        entitlement_act("a-1", "e-1", "issued", "2025-11-03", "2026-02-01"),
        entitlement_act("a-2", "e-2", "issued", "2025-11-10"),
        entitlement_act("a-3", "e-3", "issued", "2026-01-12"),
    )
    file = case(
        placements=OUT,
        entitlements=papers[::-1] if turned else papers,
        entitlement_acts=acts,
    )
    (card,) = [item for item in _plan(file).items if item.code == "identity_card"]
    assert (card.state.value, card.done) == ("done_in_time", day("2025-11-10"))
    assert card.record_id == "e-2"


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2028-03-02", "- The club of former prisoners (due on this day; "),
        ("2028-03-03", "- The club of former prisoners (no longer offered; "),
    ],
)
def test_what_is_offered_is_not_overdue_when_its_time_is_over(on: str, told: str) -> None:
    text = explain(casework.release_plan(case(placements=OUT), XX, on=day(on)))
    (line,) = [one for one in text.splitlines() if "club" in one]
    assert line.startswith(told)
    assert ("may take it up" in line) is (on == "2028-03-02")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"milestones": (milestone("m", "2025-06-02", kind="projected_release"),)}, None),
        ({"transitions": (transition("tr", "2025-06-02", planned_for="2025-09-01"),)}, None),
        (
            {
                "transitions": (transition("tr", "2025-06-02"),),
                "transition_acts": (transition_act("a", "tr", "moved", "2025-09-01"),),
            },
            None,
        ),
        ({"milestones": (milestone("m", "2026-01-05", kind="projected_release"),)}, "2026-01-05"),
    ],
    ids=["milestone", "plan", "move", "on-the-day"],
)
def test_a_day_before_the_first_custody_on_file_is_no_release_from_it(
    said: dict[str, Any], found: str | None
) -> None:
    inside = placement("pl", "custody", "2026-01-05", holder="prison-1")
    release = _plan(case(placements=(inside,), **said)).release
    assert (None if release is None else release.day) == (None if found is None else day(found))


def test_of_a_custody_of_which_nobody_knows_the_first_day_any_day_may_be_the_release() -> None:
    inside = placement("pl", "custody", "unknown", holder="prison-1", recorded_on="2026-01-05")
    told = milestone("m", "2025-06-02", kind="projected_release")
    release = _plan(case(placements=(inside,), milestones=(told,))).release
    assert release is not None
    assert release.day == day("2025-06-02")

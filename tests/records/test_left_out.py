"""What was filed under a version of a thing that is left out belongs to the version before it."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework
from rehabcore.records import CaseFile
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import case, day
from tests.kit.record_makers import XX, pathway_act, placement, transition, transition_act

ON = day("2026-04-01")
FIRST = transition("t", "2026-01-05", "court_release", "2026-03-02")


def _version(record_id: str, source: str, since: str | None, **stated: Any) -> Any:
    """Another version of the transition: a change from a day on, or else a correction."""
    one = evolve(FIRST, **stated)
    if since is None:
        named: dict[str, Any] = {"corrects": FIRST.filed.record_id}
    else:
        named = {"changes": FIRST.filed.record_id, "since": day(since)}
    return evolve(
        one, filed=evolve(one.filed, record_id=RecordId(record_id), source=source, **named)
    )


def _file(named: str, *versions: Any) -> CaseFile:
    """A release whose acts were filed under one version of its transition."""
    return case(
        placements=(placement("pl", "custody", "2026-01-05", holder="prison-1"),),
        transitions=(FIRST, *versions),
        transition_acts=(
            transition_act("r", named, "referred", "2026-02-02", "ngo-3", source="prison-1"),
            transition_act("a", named, "accepted", "2026-02-09", "ngo-3", source="ngo-3"),
            transition_act("m", named, "moved", "2026-03-02", "ngo-3", source="prison-1"),
        ),
        pathway_acts=(pathway_act("pa", "done", "2026-01-12"),),
    )


@pytest.mark.parametrize("named", ["t", "by-prison", "by-court"])
@pytest.mark.parametrize("since", [None, "2026-01-12"])
def test_of_a_version_that_two_offices_dispute_no_act_is_lost(
    since: str | None, named: str
) -> None:
    versions = (
        _version("by-prison", "prison-1", since, planned_for=day("2026-03-03")),
        _version("by-court", "court-1", since, planned_for=day("2026-03-04")),
    )
    result = casework.possible_moves(_file(named, *versions), XX, on=ON)
    assert len(result.grounds.set_aside) == 2
    (seen,) = result.transitions
    assert (seen.moved_on, seen.taken_by) == (day("2026-03-02"), "ngo-3")
    assert [tenure.office for tenure in result.tenures] == ["prison-1", "ngo-3"]


def test_of_a_change_to_a_kind_that_nobody_knows_no_act_is_lost() -> None:
    changed = _version("later", "prison-1", "2026-01-12", move="old_kind")
    (seen,) = casework.possible_moves(_file("later", changed), XX, on=ON).transitions
    assert (seen.move, seen.moved_on) == ("court_release", day("2026-03-02"))


def test_a_move_of_a_kind_that_nobody_knows_is_no_return() -> None:
    file = _file("t")
    file = evolve(file, transitions=(evolve(FIRST, move="old_kind"),))
    result = casework.pathways(file, XX, on=ON)
    assert [one.code for one in result.grounds.set_aside] == ["unknown_value"]
    assert result.seen.resets == ()

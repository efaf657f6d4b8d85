"""The verb on care that must not lapse: its result, told and stored."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.continuity.items import PrecautionState
from rehabcore.casework.care_results import ContinuityResult
from rehabcore.casework.coherence_of_care import incoherences_of_care
from rehabcore.reports import explain
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import ChecklistOutcome, ProgramId
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    appointment,
    checklist_entry,
    continuity_item,
    death,
    supply,
    transition,
)
from tests.kit.through_care import FRIDAY, methadone

XX = jurisdictions.load("xx")


def _asked(on: str, **records: Any) -> ContinuityResult:
    return casework.continuity(case(**records), XX, on=day(on))


def _several() -> ContinuityResult:
    """Items of several kinds, each of which stands otherwise."""
    perhaps: Any = {"from": "2026-02-01", "to": "2026-02-20"}
    return _asked(
        "2026-02-09",
        continuity_items=(
            continuity_item("ci-1", "counselling", "2026-01-01", program="drop_in"),
            continuity_item("ci-2", "work", "2026-01-01", "2026-02-01"),
            continuity_item("ci-3", "housing", perhaps),
            continuity_item("ci-4", "counselling", "2026-01-01"),
        ),
        supplies=(
            supply("su-1", "ci-1", "2026-01-01", "2026-02-15", office="ngo-1"),
            supply("su-2", "ci-2", "2026-01-01", "2026-01-20", office="shop"),
            supply("su-4", "ci-4", "2026-01-01", perhaps, office="ngo-2"),
        ),
        appointments=(appointment("ap", "ci-1", "2026-02-20", "ngo-1"),),
        transitions=(transition("tr", "2026-01-05", planned_for="2026-02-18"),),
        checklist_entries=(
            checklist_entry("ce-1", "tr", "naloxone", "2026-01-06", "declined"),
            checklist_entry("ce-2", "tr", "medication_supply", "2026-01-06", "not_needed"),
        ),
    )


@pytest.mark.parametrize(
    "line",
    [
        "This page has health data. It is for those who are entitled to it.",
        "- opioid agonist treatment (provided by prison-1, for the last time on 2026-03-15 in the "
        "community)",
        "  ! IS INTERRUPTED; it began on 2026-03-16; days so far: 1 or more (allowed: 0)",
        "  ! NOBODY is known to go on with it after the move",
        "! naloxone kit and training: due, and no answer is on file",
        "? treatment of tuberculosis: nobody has said whether the person has it",
        "- xx-act: Rehabilitation Act of Exland. Parliament of Exland (fictional), 2019-06-01. "
        "(reviewed)",
    ],
)
def test_a_release_without_notice_is_told(line: str) -> None:
    result = _asked("2026-03-16", **methadone(known_by="2026-03-16"))
    assert line in explain(result).splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "- counselling: Drop-in counselling (provided by ngo-1, for the last time on 2026-02-14; "
        "then by ngo-1, on 2026-02-20; goes on with it after the move: ngo-1)",
        "  + WILL BE INTERRUPTED, on 2026-02-15; days: 5 (allowed: 14)",
        "- work (not needed on this day; provided by shop, for the last time on 2026-01-19)",
        "  - was interrupted, on 2026-01-20; days: 12 (no source states how many days are allowed)",
        "- a place to live (nobody can tell whether it is needed on this day; nothing on file "
        "provides it)",
        "  ? IS INTERRUPTED; it began on 2026-02-01; days so far: 0 or more (allowed: 0)",
        "- naloxone kit and training: declined by the person",
    ],
)
def test_each_item_is_told_as_it_stands(line: str) -> None:
    assert line in explain(_several()).splitlines()


def test_nothing_on_file_is_told_too() -> None:
    told = explain(_asked("2026-02-09"))
    assert "Nothing is on file that must not be interrupted." in told
    assert "? naloxone kit and training: ask whether it is needed; nobody has said" in told
    died = explain(_asked("2026-02-09", deaths=(death("d", "2026-02-01"),)))
    assert "naloxone" not in died


def test_an_item_of_an_unknown_kind_is_not_told_as_nothing() -> None:
    told = explain(
        _asked("2026-02-09", continuity_items=(continuity_item("ci", "methadon", "2026-01-01"),))
    )
    assert "Nothing is on file that must not be interrupted." not in told
    assert "Have them corrected, and look at them now." in told


def test_a_stored_result_is_read_back_equal() -> None:
    for result in (_several(), _asked("2026-02-09"), _asked("2026-03-17", **methadone())):
        assert exchange.read(exchange.write(result), ContinuityResult) == result


def test_the_result_names_its_programmes_and_counts_its_items() -> None:
    result = _several()
    assert [program.program_id for program in result.grounds.programs] == [ProgramId("drop_in")]
    assert repr(result) == "<ContinuityResult xx@2026.2 on 2026-02-09: 4 items>"


def test_only_what_was_known_counts() -> None:
    known = casework.continuity(
        case(**methadone()), XX, on=day("2026-03-16"), known_at=day("2026-03-12")
    )
    (gap,) = known.seen.items[0].interruptions  # that she leaves on the Friday, and no more
    assert (gap.since, gap.until, gap.before) == (day(FRIDAY), None, "su-1")


def test_programmes_of_the_grounds_are_those_of_the_items() -> None:
    result = _several()
    (own,) = result.grounds.programs
    assert list(incoherences_of_care(result)) == []
    for programs in ((own, own), (own, XX.programs[0])):
        altered = evolve(result, grounds=evolve(result.grounds, programs=programs))
        assert [problem.path for problem in incoherences_of_care(altered)] == ["grounds.programs"]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("declined", "due"), ("done", "asked"), ("not_needed", "asked"), ("waived", "recorded")],
)
def test_a_precaution_that_does_not_follow_from_its_outcome_is_found(
    outcome: str, state: str
) -> None:
    result = _several()
    (one,) = result.seen.precautions
    wrong = evolve(one, outcome=ChecklistOutcome(outcome), state=PrecautionState(state))
    altered = evolve(result, seen=evolve(result.seen, precautions=(wrong,)))
    assert [one.path for one in incoherences_of_care(altered)] == ["seen.precautions[0]"]


def test_what_is_not_needed_is_not_interrupted() -> None:
    result = _asked("2026-03-16", **methadone(known_by="2026-03-16"))
    (item,) = result.seen.items
    wrong = evolve(item, needed=Answer.NOT_MET, unreceived=False)
    altered = evolve(result, seen=evolve(result.seen, items=(wrong,)))
    assert "seen.items[0].interruptions[0]" in [one.path for one in incoherences_of_care(altered)]


def test_what_goes_on_is_told_and_how_many_days_a_gap_may_have_had() -> None:
    going_on = explain(_asked("2026-03-12", **methadone(known_by="2026-03-12")))
    assert "- opioid agonist treatment (provided by prison-1, and going on)" in going_on
    partly: Any = {"from": "2026-01-10", "to": "2026-01-15"}
    told = explain(
        _asked(
            "2026-02-09",
            continuity_items=(continuity_item("ci", "counselling", "2026-01-01"),),
            supplies=(
                supply("su-1", "ci", "2026-01-01", partly),
                supply("su-2", "ci", "2026-01-20"),
            ),
        )
    )
    assert "days: 5 to 10 (allowed: 14)" in told

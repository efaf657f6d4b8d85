"""Groups that a person may not join: only the caller knows who is in them."""

import pytest
from attrs import evolve

from rehabcore.care.plans.separations import groups_to_keep_from, kept_apart_from
from rehabcore.records.changes import held_on
from rehabcore.rules.time.days import UNSURE
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import ProgramId, RecordId
from tests.kit.builders import case, day, some_days
from tests.kit.plan_records import separation
from tests.kit.record_makers import XX

THINKING, TALKS = ProgramId("thinking_skills"), ProgramId("drop_in")
"""A programme for groups, and one for one person at a time."""
PROGRAMS = [one for one in XX.programs if one.program_id in (THINKING, TALKS)]
WING = separation("s", "wing-3", "2030-01-01", "2030-02-01")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2029-12-31", set()),
        ("2030-01-01", {"wing-3"}),
        ("2030-01-31", {"wing-3"}),
        ("2030-02-01", {"gang"}),
        ("2030-06-01", {"gang", "old"}),
    ],
)
def test_whoever_may_have_to_be_kept_apart_is_kept_apart(on: str, expected: set[str]) -> None:
    file = case(
        separations=(
            WING,
            evolve(separation("t", "gang", "2030-02-01"), span=some_days("2030-02", "unknown")),
            separation("u", "old", "2030-06-01", UNSURE),
        )
    )
    assert kept_apart_from(file, day(on)) == expected


def test_a_separation_that_changes_is_read_as_it_holds_on_the_day() -> None:
    other = separation("t", "wing-4", "2030-01-01", "2030-02-01")
    changing = evolve(other.filed, changes=RecordId("s"), since=day("2030-01-10"))
    file = case(separations=(WING, evolve(other, filed=changing)))
    for on, code in (("2030-01-09", "wing-3"), ("2030-01-10", "wing-4")):
        assert kept_apart_from(held_on(file, day(on)), day(on)) == {code}


def test_nobody_is_asked_if_nobody_is_kept_apart() -> None:
    assert groups_to_keep_from(PROGRAMS, frozenset(), None) == {}


def test_without_an_answer_of_the_caller_no_group_is_known_to_be_right() -> None:
    unknown = {THINKING: Answer.UNKNOWN}
    assert groups_to_keep_from(PROGRAMS, frozenset({"wing-3"}), None) == unknown


@pytest.mark.parametrize("answer", list(Answer))
def test_the_caller_answers_for_each_group_and_learns_only_the_codes(answer: Answer) -> None:
    asked: list[tuple[str, frozenset[str]]] = []

    def may_share(program_id: ProgramId, codes: frozenset[str]) -> Answer:
        asked.append((program_id, codes))
        return answer

    kept = groups_to_keep_from(PROGRAMS, frozenset({"wing-3"}), may_share)
    assert kept == ({} if answer is Answer.MET else {THINKING: answer})
    assert asked == [(THINKING, frozenset({"wing-3"}))]

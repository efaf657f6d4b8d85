"""A record that changes another follows it from a day on; each of the two holds on its days."""

from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve

from rehabcore.records import CaseFile, Record, consistency
from rehabcore.records.changes import held_on, held_over_time, standing_for, told_once
from rehabcore.records.examination import MOST_CHANGES
from rehabcore.strict.vocabulary import RecordId, Sex
from tests.kit.builders import case, day, filed, person, some_day
from tests.kit.record_makers import (
    XX,
    Found,
    event,
    found,
    milestone,
    offence,
    placement,
    sentence,
    standing,
    state,
    transition,
    transition_act,
)
from tests.kit.refusals import problems_of


def since(record: Any, on: str, of: str) -> Any:
    """The record, as one that changes another from a day on."""
    return evolve(record, filed=evolve(record.filed, changes=RecordId(of), since=day(on)))


def _held(file: CaseFile) -> list[tuple[str, list[str]]]:
    """The ids of the records that hold from each day on, besides the person's."""

    def ids(view: CaseFile) -> list[str]:
        records = (record for _, record in view.entries())
        return [r.filed.record_id for r in records if r.filed.record_id != "p-1"]

    return [(start.isoformat(), ids(view)) for start, _, view in held_over_time(file).pieces()]


FIRST, SECOND, THIRD = (event(own, "2020-01-01") for own in ("a", "b", "c"))
BEFORE = "0001-01-01"


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ((FIRST,), [(BEFORE, ["a"])]),
        ((FIRST, since(SECOND, "2021-01-01", "a")), [(BEFORE, ["a"]), ("2021-01-01", ["b"])]),
        (
            (FIRST, since(SECOND, "2021-01-01", "a"), since(THIRD, "2022-01-01", "b")),
            [(BEFORE, ["a"]), ("2021-01-01", ["b"]), ("2022-01-01", ["c"])],
        ),
        (
            (FIRST, since(SECOND, "2022-01-01", "a"), since(THIRD, "2021-01-01", "a")),
            [(BEFORE, ["a"]), ("2021-01-01", ["c"]), ("2022-01-01", ["b"])],
        ),
        ((since(FIRST, "2021-01-01", "gone"),), [(BEFORE, []), ("2021-01-01", ["a"])]),
    ],
    ids=["none", "one", "a-change-of-a-change", "two-changes", "of-what-does-not-stand"],
)
def test_one_record_of_a_chain_holds_on_each_day(
    records: tuple[Record, ...], expected: list[tuple[str, list[str]]]
) -> None:
    assert _held(case(events=records)) == expected
    assert _held(case(events=records[::-1])) == expected


def test_what_names_a_record_of_a_chain_names_the_one_that_holds() -> None:
    file = case(
        sentences=(
            sentence("s", "2020-01-01", "2022-01-01"),
            since(sentence("t", "2020-01-01", "2023-01-01"), "2021-06-01", "s"),
        ),
        offences=(offence("of", of="t"), offence("of-2", of="s")),
    )
    for on, sentence_id in (("2021-05-31", "s"), ("2021-06-01", "t")):
        held = held_on(file, day(on))
        assert [one.sentence for one in held.offences] == [sentence_id, sentence_id]
        assert [one.filed.record_id for one in held.sentences] == [sentence_id]


def test_a_change_follows_the_correction_of_what_it_changes() -> None:
    mended = event("m", "2020-02-01", corrects="a", recorded_on="2020-03-01")
    file = case(events=(FIRST, mended, since(SECOND, "2021-01-01", "a")))
    assert _held(file.as_known(day("2020-03-01"))) == [(BEFORE, ["m"]), ("2021-01-01", ["b"])]
    assert found(file) == []


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"changes": RecordId("e")}, [("missing_key", "since")]),
        ({"since": day("2021-01-01")}, [("missing_key", "changes")]),
        ({"changes": RecordId(""), "since": day("2021-01-01")}, [("out_of_range", "changes")]),
        ({"changes": RecordId("own"), "since": day("2021-01-01")}, [("circle", "changes")]),
        ({"sequence": 0}, [("out_of_range", "sequence")]),
    ],
)
def test_a_filing_states_the_whole_of_a_change(stated: dict[str, Any], expected: Found) -> None:
    assert problems_of(lambda: evolve(filed("own"), **stated)) == expected


# --- what a change has to satisfy ---------------------------------------------------------


def _twice_on(first: str, second: str, source: str = "a") -> dict[str, Any]:
    later = event("c", "2020-01-01", source=source)
    return {"events": (FIRST, since(SECOND, first, "a"), since(later, second, "a"))}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (
            {"events": (since(FIRST, "2021-01-01", "gone"),)},
            [("dangling_id", "events[0].filed.changes")],
        ),
        (
            {
                "events": (FIRST,),
                "states": (since(state("s", "employed", "2020-01-01"), "2021-01-01", "a"),),
            },
            [("wrong_kind", "states[0].filed.changes")],
        ),
        (
            {"events": (since(FIRST, "2021-01-01", "b"), since(SECOND, "2021-01-01", "a"))},
            [("circle", "events[0].filed.changes"), ("circle", "events[1].filed.changes")],
        ),
        (
            {"events": (FIRST, since(event("b", "2020-01-01", corrects="a"), "2021-01-01", "a"))},
            [("contradicts_itself", "events[1].filed.changes")],
        ),
        (_twice_on("2021-01-01", "2021-01-01"), [("two_at_once", "events[2].filed.since")]),
        (_twice_on("2021-01-01", "2021-01-02"), []),
        (
            _twice_on("2021-01-01", "2021-01-01", "b"),
            [("changed_twice", "events[2].filed.changes")],
        ),
    ],
    ids=[
        *("nothing", "another-kind", "circle", "what-it-corrects"),
        *("twice-from-one-day", "twice", "by-two-offices"),
    ],
)
def test_changes_must_make_sense(records: dict[str, Any], expected: Found) -> None:
    assert found(case(**records)) == expected


def test_a_file_holds_so_many_changes_and_no_more() -> None:
    names = [f"e-{number}" for number in range(MOST_CHANGES + 2)]
    events = [since(event(b, "2020-01-01"), "2021-01-01", a) for a, b in pairwise(names)]
    first = event(names[0], "2020-01-01")
    assert found(case(events=(first, *events[:-1]))) == []
    assert found(case(events=(first, *events))) == [("too_large", "")]


CHANGED: dict[str, tuple[Any, Any]] = {
    "beneficiary": (
        person("p-1", sex=Sex.MALE),
        person("p-2", sex=Sex.FEMALE),
    ),
    "legal_standings": (
        standing("x", "probation", "2020-01-01"),
        standing("y", "diverted", "2020-01-01"),
    ),
    "placements": (
        placement("x", "custody", "2020-01-01"),
        placement("y", "community", "2020-01-01"),
    ),
    "states": (state("x", "employed", "2020-01-01"), state("y", "unemployed", "2020-01-01")),
    "milestones": (milestone("x", "2025-01-01"), milestone("y", "2026-01-01")),
}


@pytest.mark.parametrize("name", CHANGED)
def test_one_source_may_say_another_thing_of_other_days(name: str) -> None:
    one, other = CHANGED[name]
    records: dict[str, Any] = {name: (one, other)}
    assert found(case(**records)) != []
    records = {name: (one, since(other, "2021-01-01", one.filed.record_id))}
    assert found(case(**records)) == []


@pytest.mark.parametrize(
    ("before", "after", "source", "expected"),
    [
        ("1990-01-01", "1991-01-01", "a", [("contradicts_itself", "beneficiary[1].birth_date")]),
        ("1990-01-01", "1991-01-01", "b", [("contradicts_itself", "beneficiary[1].birth_date")]),
        ("1990-01-01", "1990-01-01", "a", []),
        ("1990", "1990-05-01", "a", []),
        (None, "1990-01-01", "a", []),
        ("1990-01-01", None, "a", []),
    ],
)
def test_a_birth_date_is_corrected_and_never_changes(
    before: str | None, after: str | None, source: str, expected: Found
) -> None:
    """Of one office that is an error; of two, nobody knows who is right."""
    first, later = (
        person(own, birth_date=None if on is None else some_day(on), source=by)
        for own, on, by in (("p-1", before, "a"), ("p-2", after, source))
    )
    file = case(beneficiary=(first, since(later, "2021-01-01", "p-1")))
    assert found(file) == expected
    errors = consistency.examine(file, XX.words).errors
    assert len(errors) == (len(expected) if source == "a" else 0)


@pytest.mark.parametrize(
    ("on", "expected"),
    [("1989-12-31", [("before_birth", "beneficiary[1].filed.since")]), ("1990-01-01", [])],
)
def test_nothing_changes_before_birth(on: str, expected: Found) -> None:
    first, later = person("p-1", birth_date=day("1990-01-01")), person("p-2", sex=Sex.MALE)
    assert found(case(beneficiary=(first, since(later, on, "p-1")))) == expected


# --- things that two offices tell ---------------------------------------------------------


def _told_again(own: str, of: str, identified_on: str, planned_for: str | None) -> Any:
    return transition(own, identified_on, "release", planned_for, source=own, same_as=of)


@pytest.mark.parametrize(
    ("first", "again", "planned_for"),
    [
        (None, None, None),
        ("2026-03-01", None, "2026-03-01"),
        (None, "2026-03-01", "2026-03-01"),
        ("2026-03-05", "2026-03-01", {"from": "2026-03-01", "to": "2026-03-05"}),
    ],
)
def test_a_transition_that_two_offices_tell_is_one(
    first: str | None, again: str | None, planned_for: object
) -> None:
    file = case(
        transitions=(
            _told_again("c", "b", "2026-01-03", None),
            transition("a", "2026-01-02", "release", first),
            _told_again("b", "a", "2026-01-01", again),
            transition("other", "2026-01-09"),
        ),
        transition_acts=(transition_act("ta", "c", "assessed", "2026-01-04"),),
    )
    for view in (told_once(file), held_on(file, day("2026-02-01"))):
        one, other = view.transitions
        assert (one.filed.record_id, other.filed.record_id) == ("a", "other")
        assert one.identified_on == day("2026-01-01")
        assert one.planned_for == (None if planned_for is None else some_day(planned_for))
        assert [act.transition for act in view.transition_acts] == ["a"]
    assert standing_for(file, RecordId("c"), day("2026-02-01")) == "a"


def test_what_tells_of_something_that_does_not_stand_or_of_itself_is_told_alone() -> None:
    alone = case(transitions=(_told_again("b", "gone", "2026-01-01", None),))
    assert told_once(alone) is alone
    circle = case(
        transitions=(
            _told_again("a", "b", "2026-01-01", None),
            _told_again("b", "a", "2026-01-01", None),
        )
    )
    assert told_once(circle) is circle


def test_a_record_stands_for_those_that_it_corrects_and_changes() -> None:
    file = case(
        transitions=(
            transition("a", "2026-01-02"),
            transition("b", "2026-01-02", corrects="a"),
            since(transition("c", "2026-01-02"), "2026-03-01", "b"),
        )
    )
    told = {on: standing_for(file, RecordId("a"), day(on)) for on in ("2026-02-01", "2026-03-01")}
    assert told == {"2026-02-01": "b", "2026-03-01": "c"}
    assert standing_for(file, RecordId("gone"), day("2026-02-01")) == "gone"

"""A placement that is changed over time: which stays it ends, and which answers with them."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.moves.responsibility import accountable, tenures
from rehabcore.records import CaseFile, Placement, TransitionAct
from rehabcore.records.changes import days_held
from rehabcore.strict.vocabulary import RecordId, Setting
from tests.kit.builders import case, day, span
from tests.kit.record_makers import (
    XX,
    placement,
    retraction,
    sentence,
    standing,
    transition,
    transition_act,
)

IN, ASKED, ACCEPTED, CHANGED = "2025-03-01", "2026-09-01", "2026-10-01", "2026-10-15"
OUT, LATER = "2026-11-16", "2026-12-31"
OFFICE = "probation-2"


def act(event: str, on: str, of: str = "t") -> TransitionAct:
    """An act for the office outside; it files its own answer."""
    source = OFFICE if event == "accepted" else "prison-1"
    return transition_act(f"{of}-{event}", of, event, on, OFFICE, source=source)


def changed(record: Any, since: str, **then: Any) -> Any:
    """What follows from a record from a day on."""
    named = {"record_id": RecordId(f"{record.filed.record_id}-2"), "since": day(since)}
    said = {"changes": record.filed.record_id, **named, **then.pop("filing", {})}
    return evolve(record, filed=evolve(record.filed, **said), **then)


FIRST = evolve(placement("in", "custody", IN, source="prison-1"), holder="prison-1")
HOSPITAL = changed(FIRST, CHANGED, setting=Setting.HOSPITAL)


def accepted(*placements: Placement, **records: Any) -> CaseFile:
    """A release that an office accepted, of a person in prison."""
    records = {"transitions": (transition("t", ASKED),), **records}
    acts = (act("referred", "2026-09-10"), act("accepted", ACCEPTED), *records.pop("more", ()))
    return case(placements=(FIRST, *placements), transition_acts=acts, **records)


def lapsed(file: CaseFile, on: str = LATER) -> str | None:
    """The day on which the acceptance lapsed, as a day tells; whoever has it did not lapse."""
    (seen,) = transitions_on(file.as_known(date.max), XX.moves, day(on))
    assert (seen.lapsed_on is None) is (seen.taken_by == OFFICE)
    return None if seen.lapsed_on is None else str(seen.lapsed_on)


def holder(file: CaseFile) -> str:
    """The office that is accountable after the person came out."""
    moved = file
    for record in (act("moved", OUT), placement("out", "community", OUT, holder=OFFICE)):
        moved = moved.with_record(record)
    tenure = accountable(tenures(moved.as_known(date.max)), day(LATER))
    assert tenure is not None
    return tenure.office


def test_a_setting_that_changes_over_time_ends_the_stay() -> None:
    file = accepted(HOSPITAL)
    assert (lapsed(file), holder(file)) == (CHANGED, "prison-1")
    assert lapsed(file, "2026-10-14") is None
    assert [
        rc.possible_moves(file, XX, on=day(on)).transitions[0].taken_by
        for on in ("2026-10-14", CHANGED)
    ] == [OFFICE, ""]


@pytest.mark.parametrize(
    "then",
    [
        {"holder": "prison-3"},
        {"institution": "wing-2"},
        {"setting": Setting.HOSPITAL, "span": span(IN, "2026-10-10")},
    ],
    ids=["holder", "wing", "had-ended"],
)
def test_a_change_that_leads_nowhere_else_ends_no_stay(then: dict[str, Any]) -> None:
    file = accepted(changed(FIRST, CHANGED, **then))
    assert (lapsed(file), holder(file)) == (None, OFFICE)


def test_a_change_that_was_taken_back_ends_no_stay() -> None:
    file = accepted(HOSPITAL, retractions=(retraction("r", "in-2", LATER),))
    assert (lapsed(file), holder(file)) == (None, OFFICE)


def test_a_change_that_was_corrected_ends_the_stay_on_its_new_day() -> None:
    said = {"record_id": RecordId("in-3"), "corrects": RecordId("in-2"), "since": day("2026-10-20")}
    file = accepted(HOSPITAL, evolve(HOSPITAL, filed=evolve(HOSPITAL.filed, **said)))
    assert lapsed(file) == "2026-10-20"


def test_a_change_ends_the_stay_once_it_is_known() -> None:
    file = accepted(
        changed(FIRST, CHANGED, setting=Setting.HOSPITAL, filing={"recorded_on": day(OUT)})
    )
    on = day("2026-11-01")
    assert [
        rc.possible_moves(file, XX, on=on, known_at=day(known)).transitions[0].taken_by
        for known in ("2026-11-15", OUT)
    ] == [OFFICE, ""]


def test_what_an_office_accepted_under_its_own_record_lapses_too() -> None:
    again = transition("u", ASKED, source=OFFICE, same_as="t")
    both = (transition("t", ASKED, source="prison-1"), again)
    file = case(
        placements=(FIRST, HOSPITAL),
        transitions=both,
        transition_acts=(act("referred", "2026-09-10"), act("accepted", ACCEPTED, "u")),
    )
    assert (lapsed(file), holder(file)) == (CHANGED, "prison-1")
    assert lapsed(evolve(file, placements=(FIRST,))) is None


def test_a_transition_ends_with_the_stay_to_which_it_led() -> None:
    out = placement("out", "community", OUT, holder=OFFICE)
    ward = changed(out, "2026-12-10", setting=Setting.HOSPITAL)
    file = accepted(out, ward, more=(act("moved", OUT),))
    for on, closed in (("2026-12-09", None), (LATER, "overtaken")):
        (seen,) = transitions_on(file, XX.moves, day(on))
        assert seen.closed_why == closed


def test_a_placement_that_was_changed_before_it_began_places_nobody() -> None:
    """It was planned for a day, and put off before that day came."""
    planned = evolve(placement("p", "community", "2026-10-20", source=OFFICE), holder=OFFICE)
    file = accepted(planned, changed(planned, CHANGED, span=span(LATER)))
    assert lapsed(file, "2026-12-30") is None
    (first, then) = tenures(file)
    assert (first.office, then.office, str(then.span.start)) == ("prison-1", OFFICE, LATER)


@pytest.mark.parametrize("put_off", [False, True])
def test_a_sentence_that_was_changed_before_it_began_is_not_over(*, put_off: bool) -> None:
    planned = sentence("s", "2026-10-20", "2026-11-20")
    late = changed(planned, CHANGED, start=day("2026-10-25"), end=day("2030-01-01"))
    acts = (act("moved", OUT), act("closed", "2026-12-01"))
    file = accepted(more=acts, sentences=(planned, late) if put_off else (planned,))
    assert (tenures(file)[-1].closed_by is None) is put_off


@pytest.mark.parametrize("put_off", [False, True])
def test_a_status_that_was_changed_before_it_began_is_not_held(*, put_off: bool) -> None:
    planned = standing("l", "former_prisoner", OUT)
    late = changed(planned, CHANGED, span=span("2030-01-01"))
    acts = (act("moved", OUT), act("closed", "2026-12-01"))
    file = accepted(more=acts, legal_standings=(planned, late) if put_off else (planned,))
    assert (tenures(file)[-1].closed_by is None) is put_off


def test_a_change_of_a_change_holds_only_where_that_one_does() -> None:
    """The ward was filed of a day before the hospital; what changes the first ends both."""
    ward = changed(HOSPITAL, "2026-10-01", institution="ward-2")
    again = changed(FIRST, OUT, institution="wing-2", filing={"record_id": RecordId("in-9")})
    records = (ward, again, HOSPITAL, FIRST)
    assert {own: tuple(map(str, days)) for own, days in days_held(records).items()} == {
        "in": (str(date.min), CHANGED),
        "in-2": (CHANGED, CHANGED),
        "in-2-2": (CHANGED, OUT),
        "in-9": (OUT, str(date.max)),
    }
    assert days_held((FIRST,)) == {}
    assert lapsed(case(**{**_lists(accepted()), "placements": records})) == CHANGED


def _lists(file: CaseFile) -> dict[str, Any]:
    return {"transitions": file.transitions, "transition_acts": file.transition_acts}

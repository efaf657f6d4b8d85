"""Where a transition stands: both axes, what is derived, what does not fit, and what is due."""

from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.moves.stages import (
    Arrival,
    Closing,
    Misplacement,
    Preparation,
    TransitionSeen,
)
from rehabcore.care.release_days import ReleaseBasis
from rehabcore.records import CaseFile, TransitionAct
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import ChecklistOutcome, RecordId
from tests.kit.builders import case, day, filed, release
from tests.kit.record_makers import (
    checklist_entry,
    completion,
    death,
    enrolment,
    placement,
    transition,
    transition_act,
)

XX = rc.load("xx")
RULES = {rule.move_id: rule for rule in XX.moves}
WHOLE = rc.read(rc.examples()["xx/therapeutic-community"], CaseFile)
OFFICE, LATER = "probation-2", "2027-06-01"
ITEMS = RULES["release"].checklist


def act(event: str, on: str, office: str = "", **said: Any) -> TransitionAct:
    """An act of the transition, which the office files that it names."""
    reason = "no_capacity" if event in ("declined", "waived") else None
    said = {"source": office or "prison-1", "reason": reason, **said}
    name = said.pop("name", f"{event}-{on}-{office}")
    return transition_act(name, "t", event, on, office, **said)


ASKED = (
    *(act("assessed", "2026-01-02"), act("planned", "2026-01-03")),
    act("referred", "2026-01-04", OFFICE),
)
ACCEPTED = (*ASKED, act("accepted", "2026-01-10", OFFICE, appointment="2026-03-03"))
MOVED = act("moved", "2026-03-02", OFFICE, source="prison-1")
CHECKED = tuple(
    checklist_entry(f"c-{item}", "t", item, "2026-02-01", "not_needed") for item in ITEMS
)
UNDONE = [("finish_the_checklist", "None")]


def seen(
    *acts: TransitionAct, on: str = LATER, move: str = "release", **records: Any
) -> TransitionSeen:
    """Where a release stands, of a person who is in custody."""
    opened = transition("t", "2026-01-01", move, records.pop("planned_for", None))
    placed = records.pop("placements", (placement("in", "custody", "2025-01-01"),))
    file = case(transitions=(opened,), transition_acts=acts[::-1], placements=placed, **records)
    (found,) = transitions_on(file, XX.moves, day(on))
    return found


def told(found: TransitionSeen) -> list[tuple[str, str]]:
    """What does not fit, and why."""
    return [(one.event.value, one.why.value) for one in found.misplaced]


def due(found: TransitionSeen) -> list[tuple[str, str]]:
    """What is due, and when; of the checklist once."""
    return list(dict.fromkeys((task.kind.value, str(task.due)) for task in found.tasks))


@pytest.mark.parametrize(
    ("acts", "on", "preparation"),
    [
        ((), "2026-01-01", "identified"),
        (ASKED[:1], LATER, "assessed"),
        (ASKED[:2], LATER, "planned"),
        (ASKED, "2026-01-03", "planned"),
        (ASKED, "2026-01-18", "referred"),
        (ASKED, "2026-01-19", "no_response"),
        (
            (*ASKED[:2], act("referred", "2026-01-04", OFFICE, answer_by="2026-01-05")),
            "2026-01-06",
            "no_response",
        ),
        (ACCEPTED, LATER, "accepted"),
        ((*ASKED, act("accepted", "2026-01-30", OFFICE)), LATER, "accepted"),
        ((*ASKED, act("declined", "2026-01-05", OFFICE)), LATER, "declined"),
        ((*ACCEPTED, act("declined", "2026-01-12", OFFICE)), LATER, "declined"),
        ((*ASKED, act("escalated", "2026-01-19")), LATER, "escalated"),
        (
            (*ASKED, act("escalated", "2026-01-19"), act("waived", "2026-01-20", by="head")),
            LATER,
            "escalated",
        ),
        ((*ASKED, act("referred", "2026-01-19", "ngo-9")), "2026-02-02", "referred"),
        ((*ACCEPTED, act("ready", "2026-02-10")), LATER, "ready"),
        ((*ACCEPTED, act("closed", "2026-02-10")), LATER, "closed"),
    ],
)
def test_how_far_a_transition_is_prepared(
    acts: tuple[TransitionAct, ...], on: str, preparation: str
) -> None:
    found = seen(*acts, on=on, checklist_entries=CHECKED)
    assert found.preparation is Preparation(preparation)
    assert told(found) == []


@pytest.mark.parametrize(
    ("acts", "arrival"),
    [
        ((), "moved"),
        ((act("first_contact", "2026-03-03", OFFICE),), "first_contact"),
        ((act("contact_missed", "2026-03-03"),), "contact_missed"),
        ((act("contact_missed", "2026-03-03"), act("lost", "2026-03-09")), "lost"),
        ((act("first_contact", "2026-03-03", OFFICE), act("engaged", "2026-03-09")), "engaged"),
        ((act("closed", "2026-03-09", reason="aftercare_refused"),), "closed"),
    ],
)
def test_how_far_the_person_has_arrived(acts: tuple[TransitionAct, ...], arrival: str) -> None:
    found = seen(*ACCEPTED, MOVED, *acts, checklist_entries=CHECKED)
    assert found.arrival is Arrival(arrival)
    assert (told(found), found.unplanned) == ([], False)


@pytest.mark.parametrize(
    ("acts", "misplaced", "arrival"),
    [
        ((act("accepted", "2026-01-10", OFFICE),), [("accepted", "not_from_here")], "here"),
        (
            (*ASKED, act("accepted", "2026-01-10", OFFICE, source="prison-1")),
            [("accepted", "not_by_the_office")],
            "here",
        ),
        (
            (*ACCEPTED, act("accepted", "2026-01-11", "ngo-9")),
            [("accepted", "accepted_already")],
            "here",
        ),
        ((*ACCEPTED, act("ready", "2026-01-11")), [("ready", "not_ready")], "here"),
        ((*ASKED, act("engaged", "2026-01-11")), [("engaged", "not_from_here")], "engaged"),
        (
            (*ACCEPTED, act("closed", "2026-01-11"), act("ready", "2026-01-12")),
            [("ready", "not_from_here")],
            "closed",
        ),
        (
            (
                act("moved", "2026-03-02"),
                *(act("assessed", "2026-03-30"), act("planned", "2026-03-30")),
                act("referred", "2026-03-31", OFFICE),
            ),
            [("referred", "too_late")],
            "moved",
        ),
        (
            (
                act("moved", "2026-03-02"),
                *(act("assessed", "2026-03-30"), act("planned", "2026-03-30")),
                act("referred", "2026-03-30", OFFICE),
            ),
            [],
            "moved",
        ),
    ],
    ids=[
        "unasked",
        "hearsay",
        "second",
        "not-ready",
        "not-met",
        "after-the-end",
        "late",
        "in-time",
    ],
)
def test_what_does_not_fit_is_told_and_happened_all_the_same(
    acts: tuple[TransitionAct, ...], misplaced: list[tuple[str, str]], arrival: str
) -> None:
    found = seen(*acts)
    assert told(found) == misplaced
    assert found.arrival is Arrival(arrival)
    assert all(one.allowed for one in found.misplaced if one.event == "engaged")


@pytest.mark.parametrize("prepared", [(), ("assessed",)])
def test_a_referral_may_follow_a_move_that_nobody_prepared(prepared: tuple[str, ...]) -> None:
    before = [act(event, "2026-12-01") for event in prepared]
    moved, referred = act("moved", "2026-12-04", OFFICE), act("referred", "2026-12-05", OFFICE)
    found = seen(*before, moved, referred, on="2026-12-06")
    assert (found.preparation, found.unplanned, found.misplaced) == (
        Preparation.REFERRED,
        True,
        (),
    )
    early = seen(*before, referred)
    assert [one.why for one in early.misplaced] == [Misplacement.NOT_FROM_HERE]


def test_what_two_offices_tell_is_told_once() -> None:
    again = act("referred", "2026-01-04", OFFICE, name="again", same_as=ASKED[2].filed.record_id)
    closed = act("closed", "2026-02-10")
    once_more = act("closed", "2026-02-10", name="x", same_as=closed.filed.record_id)
    found = seen(*ACCEPTED, again, closed, once_more)
    assert told(found) == []
    assert (found.closed_on, found.closed_why) == (day("2026-02-10"), Closing.FILED)
    moved = act("moved", "2026-03-02", name="m", source="b", same_as=MOVED.filed.record_id)
    assert told(seen(*ACCEPTED, MOVED, moved, checklist_entries=CHECKED)) == []


def test_of_acts_of_one_day_the_table_tells_the_order_and_then_the_number() -> None:
    one_day = (act("declined", "2026-01-10", OFFICE), act("accepted", "2026-01-10", OFFICE))
    assert seen(*ASKED, *one_day).preparation is Preparation.DECLINED
    first = act("declined", "2026-01-10", OFFICE, sequence=1)
    then = (
        act("referred", "2026-01-10", OFFICE, sequence=2),
        act("accepted", "2026-01-10", OFFICE, sequence=3),
    )
    assert seen(*ASKED, first, *then).preparation is Preparation.ACCEPTED


def test_who_declines_beside_an_office_that_took_over_changes_nothing() -> None:
    named = act("escalated", "2026-01-19", "ngo-9", source="prison-1")
    found = seen(*ASKED, named, act("declined", "2026-01-20", OFFICE))
    assert (found.preparation, found.taken_by) == (Preparation.ESCALATED, "ngo-9")
    assert [asked.answer for asked in found.referrals] == ["declined"]


def test_an_acceptance_lapses_when_the_person_comes_into_another_setting() -> None:
    placed = (
        placement("in", "custody", "2025-01-01", "2026-02-01"),
        placement("ward", "hospital", "2026-02-01"),
    )
    found = seen(*ACCEPTED, placements=placed)
    assert (found.preparation, found.taken_by) == (Preparation.PLANNED, "")
    assert found.lapsed_on == day("2026-02-01")
    assert due(found)[0] == ("find_an_office", "2026-02-01")
    assert found.appointment is None
    assert seen(*ACCEPTED, placements=placed, on="2026-01-31").taken_by == OFFICE
    again = act("referred", "2026-02-05", OFFICE, answer_by="2026-02-10")
    asked = seen(*ACCEPTED, again, placements=placed, on="2026-02-10")
    assert (asked.preparation, due(asked)) == (Preparation.REFERRED, UNDONE)


def test_an_acceptance_holds_for_the_stay_with_the_office_where_nobody_filed_the_move() -> None:
    placed = (
        placement("in", "custody", "2025-01-01", "2026-02-01"),
        placement("out", "community", "2026-02-01", "2026-06-01", holder=OFFICE),
        placement("back", "custody", "2026-06-01"),
    )
    assert seen(*ACCEPTED, placements=placed, on="2026-05-31").taken_by == OFFICE
    again = seen(*ACCEPTED, placements=placed)
    assert (again.taken_by, again.lapsed_on) == ("", day("2026-06-01"))


def test_the_first_placement_on_file_ends_no_stay() -> None:
    placed = (placement("in", "custody", "2026-02-01"),)
    assert seen(*ACCEPTED, placements=placed).taken_by == OFFICE


def test_an_appointment_with_an_office_that_let_go_is_none_with_the_next() -> None:
    declined = act("declined", "2026-01-12", OFFICE)
    other = (act("referred", "2026-01-13", "ngo-9"), act("accepted", "2026-01-14", "ngo-9"))
    found = seen(*ACCEPTED, declined, *other, checklist_entries=CHECKED)
    assert (found.taken_by, found.appointment, found.appointment_act) == ("ngo-9", None, None)
    moved = act("moved", "2026-03-02", "ngo-9", source="prison-1")
    gone = seen(*ACCEPTED, declined, *other, moved, checklist_entries=CHECKED)
    assert gone.unplanned
    assert due(gone)[0] == ("set_an_appointment", "2026-03-02")
    named = act("escalated", "2026-01-19", "ngo-9", source="prison-1")
    assert seen(*ACCEPTED, named).appointment is None
    expected = evolve(moved, office="ngo-3", appointment=day("2026-03-05"))
    assert seen(*ACCEPTED, expected).appointment == day("2026-03-05")


def test_a_death_closes_what_is_open_and_leaves_what_was_closed() -> None:
    died = (death("d", "2026-02-01"),)
    found = seen(*ACCEPTED, deaths=died)
    assert (found.closed_on, found.closed_why) == (day("2026-02-01"), Closing.DIED)
    assert found.tasks == ()
    closed = seen(*ACCEPTED, act("closed", "2026-01-20"), deaths=died)
    assert (closed.closed_on, closed.closed_why) == (day("2026-01-20"), Closing.FILED)


def test_who_died_on_the_day_of_the_move_had_moved() -> None:
    found = seen(*ACCEPTED, MOVED, checklist_entries=CHECKED, deaths=(death("d", "2026-03-02"),))
    assert (found.moved_on, found.unplanned, told(found)) == (day("2026-03-02"), False, [])
    assert (found.closed_on, found.closed_why) == (day("2026-03-02"), Closing.DIED)


@pytest.mark.parametrize(
    ("acts", "records", "tasks"),
    [
        ((), {}, [("finish_the_checklist", "None")]),
        (
            (),
            {"planned_for": "2026-03-02"},
            [("set_an_appointment", "2026-03-02"), ("finish_the_checklist", "2026-03-02")],
        ),
        (
            (*ASKED, act("declined", "2026-01-05", OFFICE)),
            {"checklist_entries": CHECKED},
            [("find_an_office", "2026-01-05")],
        ),
        (ASKED, {"checklist_entries": CHECKED}, [("find_an_office", "2026-01-19")]),
        ((*ACCEPTED, MOVED), {"checklist_entries": CHECKED}, [("make_contact", "2026-03-23")]),
        (
            (MOVED,),
            {"checklist_entries": CHECKED},
            [
                ("find_an_office", "2026-03-02"),
                ("set_an_appointment", "2026-03-02"),
                ("make_contact", "2026-03-23"),
            ],
        ),
    ],
)
def test_what_is_due(
    acts: tuple[TransitionAct, ...], records: dict[str, Any], tasks: list[tuple[str, str]]
) -> None:
    assert due(seen(*acts, **records)) == tasks


def test_an_item_that_was_only_offered_is_still_open() -> None:
    offered = evolve(
        CHECKED[0], filed=filed("o"), outcome=ChecklistOutcome.OFFERED, on=day("2026-02-03")
    )
    items = {one.item: one.entry for one in seen(checklist_entries=(*CHECKED, offered)).checklist}
    assert items[ITEMS[0]] is None
    assert items[ITEMS[1]] == f"c-{ITEMS[1]}"


def test_a_person_may_go_without_an_acceptance_where_that_was_waived() -> None:
    acts = (
        *(*ASKED, act("escalated", "2026-01-19"), act("waived", "2026-01-20", by="head")),
        act("ready", "2026-02-10", appointment="2026-03-03"),
    )
    found = seen(*acts, MOVED, checklist_entries=CHECKED)
    assert (found.unplanned, found.waived_by) == (False, "waived-2026-01-20-")
    assert told(found) == []
    kept = [a for a in WHOLE.transition_acts if a.event in ("assessed", "planned", "referred")]
    waived = [evolve(a, transition=RecordId("t-1")) for a in acts[3:]]
    file = evolve(WHOLE, transition_acts=(*kept, *waived))
    verdict = rc.request_move(file, XX, release(day("2026-11-16"))).verdict
    assert "waived-2026-01-20-" in verdict.evidence()


def test_a_move_to_another_office_than_the_one_that_took_over_is_unplanned() -> None:
    elsewhere = act("moved", "2026-03-02", "ngo-9", source="prison-1")
    found = seen(*ACCEPTED, elsewhere, checklist_entries=CHECKED)
    assert (found.unplanned, found.taken_by) == (True, "")
    assert due(found)[:2] == [
        ("find_an_office", "2026-03-02"),
        ("set_an_appointment", "2026-03-02"),
    ]


@pytest.mark.parametrize(
    ("holder", "source", "found"),
    [
        ("ngo-9", "ngo-9", ["make_contact"]),
        ("ngo-9", "registry", ["find_an_office", "set_an_appointment", "make_contact"]),
        ("prison-1", "prison-1", ["find_an_office", "set_an_appointment", "make_contact"]),
    ],
)
def test_an_office_that_says_itself_that_it_has_the_person_need_not_be_found(
    holder: str, source: str, found: list[str]
) -> None:
    inside = placement("in", "custody", "2025-01-01", "2026-03-02", holder="prison-1")
    outside = placement("out", "community", "2026-03-05", holder=holder, source=source)
    said: dict[str, Any] = {"checklist_entries": CHECKED, "placements": (inside, outside)}
    assert [kind for kind, _ in due(seen(MOVED, **said))] == found
    before = due(seen(MOVED, on="2026-03-04", **said))
    assert [kind for kind, _ in before] == ["find_an_office", "set_an_appointment", "make_contact"]


def test_an_office_that_accepts_beside_another_has_answered() -> None:
    second = (
        act("referred", "2026-01-05", "ngo-9", source="prison-1"),
        act("accepted", "2026-01-12", "ngo-9"),
    )
    found = seen(*ACCEPTED, *second)
    assert found.taken_by == OFFICE
    assert told(found)[-1] == ("accepted", "accepted_already")
    answers = [(asked.office, asked.answer, asked.silent_from) for asked in found.referrals]
    assert answers == [(OFFICE, "accepted", None), ("ngo-9", "accepted", None)]


def test_of_several_answers_of_an_office_the_last_is_told() -> None:
    again = (
        act("declined", "2026-01-13", OFFICE),
        act("accepted", "2026-01-15", OFFICE),
    )
    answers = [seen(*ACCEPTED, *again[:number]).referrals[0].answer for number in range(3)]
    assert answers == ["accepted", "declined", "accepted"]


def test_hearsay_of_an_acceptance_leaves_it_to_a_person() -> None:
    said = [
        evolve(a, filed=evolve(a.filed, source="prison-1")) if a.event == "accepted" else a
        for a in WHOLE.transition_acts
    ]
    with pytest.raises(rc.RequestRefused) as caught:
        rc.request_move(evolve(WHOLE, transition_acts=tuple(said)), XX, release(day("2026-11-16")))
    parts = {part.criterion.about.id: part for part in caught.value.verdicts[0].children}
    assert parts["taken_over"].answer is Answer.UNKNOWN
    assert parts["taken_over"].evidence() == ("ta-4",)
    assert parts["appointment_set"].answer is Answer.NOT_MET


# --- ways whose days were counted by hand -------------------------------------------------------


def test_a_transfer_between_prisons_in_the_middle_of_a_group() -> None:
    """Moved on 4 May: the group goes on, and the new prison is accountable from that day."""
    kept = evolve(WHOLE, transitions=(), transition_acts=(), checklist_entries=())
    acts = tuple(
        transition_act(f"tr-{event}", "tr", event, on, office, source=office or "prison-1", **said)
        for event, on, office, said in (
            ("assessed", "2026-04-20", "", {}),
            ("planned", "2026-04-20", "", {}),
            ("referred", "2026-04-21", "prison-3", {}),
            ("accepted", "2026-04-27", "prison-3", {"appointment": "2026-05-05"}),
        )
    )
    group = enrolment("en", "2026-03-02", program="thinking_skills", source="prison-1")
    over = enrolment("old", "2025-04-01", program="therapeutic_community", source="prison-1")
    file = evolve(
        kept,
        transitions=(transition("tr", "2026-04-20", "transfer"),),
        transition_acts=acts,
        enrolments=(group, over),
        completions=(completion("done", "old", "2025-12-01"),),
    )
    request = release(
        day("2026-05-04"), move_id="transfer", to_holder="prison-3", institution="prison-3"
    )
    result = rc.request_move(file, XX, request)
    assert result.case.completions == file.completions
    assert result.transition is not None
    assert [(t.kind.value, str(t.due)) for t in result.transition.tasks] == [
        ("make_contact", "2026-05-07")
    ]
    moves = rc.possible_moves(result.case, XX, on=day("2026-05-04"))
    assert [(t.office, str(t.span.start)) for t in moves.tenures] == [
        ("prison-1", "2025-03-01"),
        ("prison-3", "2026-05-04"),
    ]
    (place,) = [
        p for p in result.case.as_known(day("2026-05-04")).placements if p.holder == "prison-3"
    ]
    assert place.institution == "prison-3"


def test_a_recall_on_the_eighth_day_and_a_second_release() -> None:
    """Released on 16 November, back on the 24th; asked on 1 April, silent from the 16th."""
    out = rc.request_move(WHOLE, XX, release(day("2026-11-16"))).case
    back = release(
        day("2026-11-24"), move_id="return_to_custody", to_holder="prison-1", record_prefix="b"
    )
    recalled = rc.record_move(out, XX, back).case
    second = transition("t-2", "2027-01-05", "conditional_release", follows="b-transition")
    acts = tuple(
        transition_act(f"s-{event}", "t-2", event, on, office, source="prison-1")
        for event, on, office in (
            ("assessed", "2027-02-01", ""),
            ("planned", "2027-02-02", ""),
            ("referred", "2027-04-01", OFFICE),
        )
    )
    entries = tuple(checklist_entry(f"s-{item}", "t-2", item, "2027-04-30") for item in ITEMS)
    file = evolve(
        recalled,
        transitions=(*recalled.transitions, second),
        transition_acts=(*recalled.transition_acts, *acts),
        checklist_entries=(*recalled.checklist_entries, *entries),
    )
    again = release(day("2027-05-05"), record_prefix="c")
    with pytest.raises(rc.RequestRefused) as caught:
        rc.request_move(file, XX, again)
    failing = [part.criterion.about.id for part in caught.value.verdicts[0].reasons()]
    assert failing == ["taken_over", "appointment_set"]
    filing = filed("s-accepted", "2027-04-20", source=OFFICE)
    accepted = rc.accept(
        file,
        XX,
        RecordId("t-2"),
        office=OFFICE,
        on=day("2027-04-20"),
        filed=filing,
        appointment=day("2027-05-07"),
    )
    moved = rc.request_move(accepted, XX, again)
    moves = rc.possible_moves(moved.case, XX, on=day("2027-05-05"))
    assert [(t.office, str(t.span.start), t.why.value) for t in moves.tenures] == [
        ("prison-1", "2025-03-01", "admitted"),
        (OFFICE, "2026-11-16", "accepted"),
        ("prison-1", "2026-11-24", "has_the_person"),
        (OFFICE, "2027-05-05", "accepted"),
    ]
    first, recall, later = moves.transitions
    assert (first.closed_on, first.closed_why) == (day("2026-11-24"), Closing.OVERTAKEN)
    assert (recall.closed_on, recall.closed_why) == (day("2027-05-05"), Closing.OVERTAKEN)
    assert [asked.silent_from for asked in later.referrals] == [day("2027-04-16")]
    assert later.unplanned is False
    assert Misplacement.NOT_READY not in {one.why for one in later.misplaced}


def test_a_release_by_another_law_overtakes_the_one_that_was_prepared() -> None:
    """Conditional release is accepted; a court orders the release, and the person is recalled."""
    ordered = release(day("2026-11-16"), move_id="court_release", record_prefix="c")
    out = rc.record_move(WHOLE, XX, ordered).case
    prepared, by_court = rc.possible_moves(out, XX, on=day("2026-11-17")).transitions
    assert (prepared.closed_on, prepared.closed_why) == (day("2026-11-16"), Closing.OVERTAKEN)
    assert (by_court.moved_on, by_court.closed_on) == (day("2026-11-16"), None)
    with pytest.raises(rc.RequestRefused):
        rc.accept(
            out,
            XX,
            prepared.transition,
            office=OFFICE,
            on=day("2026-11-20"),
            filed=filed("late", "2026-11-20", source=OFFICE),
        )
    back = release(
        day("2026-11-24"), move_id="return_to_custody", to_holder="prison-1", record_prefix="b"
    )
    recalled = rc.record_move(out, XX, back).case
    planned = rc.release_plan(recalled, XX, on=day("2026-11-25")).plan.release
    assert planned is not None
    assert planned.basis is ReleaseBasis.SENTENCE_END


def test_a_release_that_was_prepared_is_not_overtaken_by_a_stay_in_hospital() -> None:
    there = release(day("2026-03-05"), move_id="to_hospital", to_holder="ward", record_prefix="h")
    back = release(
        day("2026-03-20"), move_id="from_hospital", to_holder="prison-1", record_prefix="p"
    )
    opened = transition("t", "2026-01-01", "release")
    file = case(transitions=(opened,), placements=(placement("in", "custody", "2025-01-01"),))
    for move in (there, back):
        file = rc.record_move(file, XX, move).case
    found = {
        one.transition: one for one in rc.possible_moves(file, XX, on=day("2026-03-21")).transitions
    }
    assert found[RecordId("t")].closed_on is None

"""Responsibility: which office is accountable on a day, reconstructed from what happened."""

from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.moves.responsibility import accountable, tenures
from rehabcore.care.moves.stages import Closing
from rehabcore.records import CaseFile, Placement, TransitionAct
from rehabcore.rules.time.days import OPEN
from rehabcore.strict.vocabulary import RecordId, Setting
from tests.kit.builders import case, day, filed, some_days, span
from tests.kit.record_makers import XX, death, sentence, standing, transition, transition_act

IN, OUT = "2025-03-01", "2026-11-16"


def held(
    record_id: str,
    holder: str,
    start: object,
    end: object = "open",
    *,
    source: str = "prison-1",
    setting: Setting = Setting.CUSTODY,
    **filing: Any,
) -> Placement:
    """A placement, filed by the prison unless said otherwise."""
    return Placement(
        filed=filed(record_id, source=source, **filing),
        setting=setting,
        span=some_days(start, end),
        holder=holder,
    )


def outside(
    record_id: str, holder: str, start: str, end: object = "open", **said: Any
) -> Placement:
    """A placement in the community."""
    return held(record_id, holder, start, end, setting=Setting.COMMUNITY, **said)


def act(event: str, on: str, office: str = "", of: str = "t", **said: Any) -> TransitionAct:
    """An act filed by the office that it names, or else by the prison."""
    reason = "no_capacity" if event == "declined" else None
    said = {"source": office or "prison-1", "reason": reason, **said}
    return transition_act(f"{of}-{event}-{on}-{office}", of, event, on, office, **said)


def moved(*acts: TransitionAct, to: str = "probation-2", **records: Any) -> CaseFile:
    """A release from prison to an office, which the prison files, with these acts."""
    records = {"transitions": (transition("t", "2026-09-01"),), **records}
    placements = records.pop("later", ())
    return case(
        placements=(held("in", "prison-1", IN, OUT), outside("out", to, OUT), *placements),
        transition_acts=(act("moved", OUT, to, source="prison-1"), *acts),
        **records,
    )


Told = list[tuple[str, str, str]]


def told(file: CaseFile) -> Told:
    """Office, first day and reason of each tenure."""
    return [(one.office, str(one.span.start), one.why.value) for one in tenures(file)]


ADMITTED = ("prison-1", IN, "admitted")


def test_nobody_is_accountable_before_the_first_placement() -> None:
    assert tenures(case()) == ()
    found = tenures(case(placements=(held("in", "prison-1", IN),)))
    assert accountable(found, day("2025-02-28")) is None
    assert accountable(found, day(IN)) == found[0]
    assert accountable((), day(IN)) is None


@pytest.mark.parametrize(
    ("acts", "then"),
    [
        ((), []),
        ((act("accepted", "2026-11-10", "probation-2"),), [(OUT, "accepted")]),
        ((act("accepted", OUT, "probation-2"),), [(OUT, "accepted")]),
        ((act("accepted", "2026-11-20", "probation-2"),), [("2026-11-20", "accepted")]),
        ((act("accepted", "2026-11-10", "probation-2", source="prison-1"),), []),
        ((act("waived", "2026-11-10", by="head", reason="court_order"),), []),
        ((act("escalated", "2026-11-10"),), []),
        ((act("escalated", "2026-11-10", "probation-2"),), [(OUT, "named")]),
        ((act("escalated", "2026-11-20", "probation-2"),), [("2026-11-20", "named")]),
        (
            (
                act("escalated", "2026-11-10", "probation-2"),
                act("declined", "2026-11-12", "probation-2"),
            ),
            [],
        ),
        (
            (
                act("accepted", "2026-11-10", "probation-2"),
                act("declined", "2026-11-12", "probation-2", source="prison-1"),
            ),
            [(OUT, "accepted")],
        ),
        ((act("accepted", "2026-11-10", "probation-2", of="other"),), []),
        (
            (
                act("accepted", "2026-11-10", "probation-2"),
                act("declined", "2026-11-12", "probation-2"),
            ),
            [],
        ),
        (
            (act("accepted", "2026-11-10", "probation-2"), act("declined", "2026-11-12", "ngo-9")),
            [(OUT, "accepted")],
        ),
        (
            (act("accepted", "2026-11-10", "probation-2"), act("accepted", "2026-11-12", "ngo-9")),
            [(OUT, "accepted")],
        ),
    ],
)
def test_who_takes_over_at_the_gate(
    acts: tuple[TransitionAct, ...], then: list[tuple[str, str]]
) -> None:
    transitions = (transition("t", "2026-09-01"), transition("other", "2026-09-01"))
    file = moved(*acts, transitions=transitions)
    assert told(file) == [ADMITTED, *(("probation-2", on, why) for on, why in then)]


RECALLED = "2026-11-24"


def _back(*acts: TransitionAct, own: bool = True) -> CaseFile:
    """The release was accepted; on the eighth day the person is recalled; then more happens."""
    source = "prison-1" if own else "probation-2"
    return moved(
        act("accepted", "2026-11-10", "probation-2"),
        act("moved", RECALLED, "prison-1", of="back"),
        *acts,
        transitions=(
            transition("t", "2026-09-01"),
            transition("back", RECALLED, "return_to_custody", follows="t"),
            transition("again", "2027-01-05", follows="back"),
        ),
        later=(
            held("back-in", "prison-1", RECALLED, "2027-05-05", source=source),
            outside("out-again", "probation-2", "2027-05-05"),
        ),
    )


RELEASED = [ADMITTED, ("probation-2", OUT, "accepted")]
RETURNED = [*RELEASED, ("prison-1", RECALLED, "has_the_person")]
AGAIN = act("moved", "2027-05-05", "probation-2", of="again", source="prison-1")


def test_an_acceptance_of_the_first_release_does_not_hold_for_the_second() -> None:
    assert told(_back(AGAIN)) == RETURNED


def test_a_second_release_needs_an_acceptance_of_its_own() -> None:
    accepted = act("accepted", "2027-04-01", "probation-2", of="again")
    assert told(_back(AGAIN, accepted)) == [*RETURNED, ("probation-2", "2027-05-05", "accepted")]


def test_an_acceptance_of_the_next_release_lapses_when_the_stay_ends() -> None:
    early = act("accepted", "2026-11-20", "probation-2", of="again")
    assert told(_back(AGAIN, early)) == RETURNED


def test_a_prison_takes_over_when_it_says_itself_that_it_has_the_person() -> None:
    assert told(_back(own=False)) == RELEASED
    taken = act("accepted", "2026-11-26", "prison-1", of="back")
    assert told(_back(taken, own=False)) == [*RELEASED, ("prison-1", "2026-11-26", "accepted")]


def test_of_two_moves_on_one_day_the_later_one_counts() -> None:
    """Released and arrested again on one day: their sequence tells which came last."""
    again = "2026-11-16"
    file = case(
        transitions=(
            transition("a", "2026-09-01"),
            transition("b", again, "return_to_custody", follows="a"),
        ),
        placements=(
            held("in", "prison-1", IN, OUT),
            outside("out", "probation-2", OUT, OUT, sequence=1),
            held("in-2", "prison-3", again, sequence=2, source="prison-3"),
        ),
        transition_acts=(
            act("accepted", "2026-11-10", "probation-2", of="a"),
            act("moved", OUT, "probation-2", of="a", source="prison-1", sequence=1),
            act("moved", again, "prison-3", of="b", sequence=2),
        ),
    )
    assert told(file) == [ADMITTED, ("prison-3", OUT, "has_the_person")]


def test_an_office_that_accepts_after_a_recall_takes_nobody_over() -> None:
    """The prison files the placement alone; the release is over all the same."""
    back = held("back", "prison-1", RECALLED)
    late = act("accepted", "2026-12-01", "probation-2")
    assert told(moved(late, later=(back,))) == [ADMITTED]
    [seen] = transitions_on(moved(late, later=(back,)), XX.moves, day("2027-01-01"))
    assert (seen.closed_why, [one.act for one in seen.misplaced][-1]) == (
        Closing.OVERTAKEN,
        late.filed.record_id,
    )


@pytest.mark.parametrize("over", ["moved", "closed"])
def test_a_move_by_a_transition_that_is_over_ends_no_other(over: str) -> None:
    """Another office files the first release once more, after the person has moved on."""
    acts = (act("closed", "2026-11-10"),) if over == "closed" else ()
    once_more = act("moved", "2027-05-06", "probation-2", source="probation-2")
    accepted = act("accepted", "2027-04-01", "probation-2", of="again")
    file = _back(*acts, accepted, AGAIN, once_more)
    assert told(file)[-1] == ("probation-2", "2027-05-05", "accepted")
    again = transitions_on(file, XX.moves, day("2027-06-01"))[-1]
    assert (again.transition, again.closed_on) == ("again", None)


def test_an_acceptance_before_the_first_placement_holds() -> None:
    early = act("accepted", "2025-01-10", "probation-2")
    assert told(moved(early)) == [ADMITTED, ("probation-2", OUT, "accepted")]


def test_an_office_that_accepted_takes_over_where_nobody_filed_the_move_itself() -> None:
    file = moved(act("accepted", "2026-11-10", "probation-2"))
    without = case(
        placements=file.placements,
        transitions=file.transitions,
        transition_acts=file.transition_acts[1:],
    )
    assert told(without) == [ADMITTED, ("probation-2", OUT, "accepted")]


def test_the_office_that_accepted_is_not_accountable_for_a_person_who_went_elsewhere() -> None:
    acts = act("accepted", "2026-11-10", "ngo-9"), act("accepted", "2026-11-20", "probation-2")
    assert told(moved(*acts[:1])) == [ADMITTED]
    assert told(moved(*acts)) == [ADMITTED, ("probation-2", "2026-11-20", "accepted")]


def test_a_move_that_two_offices_file_is_one() -> None:
    twice = act("moved", OUT), act("accepted", "2026-11-10", "probation-2")
    assert told(moved(*twice)) == RELEASED


def test_a_transition_that_is_changed_stays_the_same_passage() -> None:
    first = transition("t", "2026-09-01")
    changes = evolve(filed("t-2"), changes=RecordId("t"), since=day("2026-10-01"))
    later = evolve(first, filed=changes, planned_for=day(OUT))
    accepted = act("accepted", "2026-11-10", "probation-2", of="t-2")
    transitions = (first, later)
    assert told(moved(accepted, transitions=transitions)) == RELEASED


def test_a_day_known_in_part_counts_when_it_is_certain() -> None:
    file = case(
        placements=(
            held("in", "prison-1", "2025"),
            held("x", "prison-3", "2026-03", source="prison-3"),
        )
    )
    assert told(file) == [
        ("prison-1", "2025-12-31", "admitted"),
        ("prison-3", "2026-03-31", "has_the_person"),
    ]


def test_a_transfer_within_one_setting_ends_no_stay() -> None:
    """A transfer to another prison does not undo that the probation office accepted."""
    file = case(
        transitions=(transition("t", "2026-01-01"), transition("u", "2026-02-01", "transfer")),
        placements=(
            held("in", "prison-1", IN, "2026-03-01"),
            held("in-3", "prison-3", "2026-03-01", OUT, source="prison-3"),
            outside("out", "probation-2", OUT),
        ),
        transition_acts=(
            act("accepted", "2026-01-10", "probation-2"),
            act("moved", "2026-03-01", "prison-3", of="u"),
            act("moved", OUT, "probation-2", source="prison-3"),
        ),
    )
    assert [office for office, _, _ in told(file)] == ["prison-1", "prison-3", "probation-2"]


def test_death_closes_the_case() -> None:
    later = (held("x", "prison-3", "2027-02-01", source="prison-3"),)
    file = moved(later=later, deaths=(death("d", "2027-01-02"), death("d-2", "2027-01-01")))
    [only] = tenures(file)
    assert (only.span, only.closed_by) == (span(IN, "2027-01-02"), "d")
    assert tenures(case(deaths=(death("d", "2027-01-02"),))) == ()


@pytest.mark.parametrize(
    ("sentences", "standings", "closed"),
    [
        ((("2025-03-01", "2026-11-16"),), (), True),
        ((("2025-03-01", "2027-03-01"),), (), True),
        ((("2025-03-01", "2027-03-02"),), (), False),
        ((("2025-03-01", OPEN),), (), False),
        ((("2025-03-01", "2026-11-16"), ("2027-02-01", "2028-01-01")), (), False),
        ((("2025-03-01", "2026-11-16"), ("2027-03-02", "2028-01-01")), (), True),
        ((), (), False),
        ((), (("former_prisoner", "2026-11-16"),), True),
        ((), (("former_prisoner", "2027-03-02"),), False),
        ((), (("probation", "2026-11-16"),), False),
    ],
)
def test_when_a_closed_transition_closes_the_case(
    sentences: tuple[Any, ...], standings: tuple[Any, ...], closed: bool
) -> None:
    """The sentence has to be over: else somebody stays accountable."""
    file = moved(
        act("accepted", "2026-11-10", "probation-2"),
        act("closed", "2027-03-01"),
        sentences=tuple(sentence(f"s-{n}", start, end) for n, (start, end) in enumerate(sentences)),
        legal_standings=tuple(
            standing(f"l-{n}", status, start) for n, (status, start) in enumerate(standings)
        ),
    )
    last = tenures(file)[-1]
    assert (last.closed_by == "t-closed-2027-03-01-") is closed
    assert (accountable(tenures(file), day("2027-03-01")) is None) is closed
    assert accountable(tenures(file), day("2027-02-28")) == last


def test_a_transition_closed_in_the_sentence_is_closed_again_after_it_to_close_the_case() -> None:
    over = (sentence("s", "2025-03-01", "2026-12-31"),)
    early = act("accepted", "2026-11-10", "probation-2"), act("closed", "2026-12-01")
    assert tenures(moved(*early, sentences=over))[-1].span.end is OPEN
    last = tenures(moved(*early, act("closed", "2027-01-10"), sentences=over))[-1]
    assert (last.office, last.closed_by) == ("probation-2", "t-closed-2027-01-10-")


def test_who_accepts_on_the_day_on_which_the_case_is_closed_is_accountable_on_no_day() -> None:
    over = (sentence("s", "2025-03-01", "2026-11-16"),)
    acts = act("accepted", "2026-11-20", "probation-2"), act("closed", "2026-11-20")
    file = moved(*acts, sentences=over, later=(held("new", "prison-3", "2030-01-01"),))
    first, second = tenures(file)
    assert (first.span, first.closed_by) == (span(IN, "2026-11-20"), acts[1].filed.record_id)
    assert second.why.value == "admitted"


def test_a_transition_that_was_not_used_closes_nothing_and_a_new_placement_opens_anew() -> None:
    over = (sentence("s", "2025-03-01", "2026-11-16"),)
    unused = transition("t", "2026-09-01"), transition("u", "2026-09-01")
    acts = act("accepted", "2026-11-10", "probation-2"), act("closed", "2027-03-01", of="u")
    assert told(moved(*acts, sentences=over, transitions=unused)) == RELEASED
    later = (held("new", "prison-3", "2030-01-01"),)
    closed = act("closed", "2027-03-01")
    file = moved(acts[0], closed, sentences=over, later=later)
    assert told(file) == [*RELEASED, ("prison-3", "2030-01-01", "admitted")]
    assert accountable(tenures(file), day("2029-12-31")) is None


def test_a_beginning_that_nobody_recorded_counts_from_the_day_of_filing() -> None:
    placed = held("in", "prison-1", "unknown", recorded_on="2025-03-03")
    assert told(case(placements=(placed,))) == [("prison-1", "2025-03-03", "admitted")]


def test_an_acceptance_of_a_transition_that_is_over_makes_nobody_accountable() -> None:
    late = act("accepted", "2026-12-01", "ngo-9")
    assert told(_back(late)) == RETURNED
    closed = act("closed", "2026-11-20"), act("accepted", "2026-12-01", "ngo-9")
    assert told(moved(*closed)) == [ADMITTED]


def test_an_acceptance_before_the_first_placement_makes_nobody_accountable() -> None:
    early = act("moved", "2026-11-16", "probation-2"), act("accepted", "2026-11-17", "probation-2")
    assert told(case(transitions=(transition("t", "2026-09-01"),), transition_acts=early)) == []


def _changed(record: Any, since: str, **then: Any) -> Any:
    """What follows from a record from a day on."""
    own = record.filed
    named = {"record_id": RecordId(f"{own.record_id}-2"), "changes": own.record_id}
    return evolve(record, filed=evolve(own, since=day(since), **named), **then)


def test_a_placement_that_changes_over_time_began_when_it_began() -> None:
    """Another wing makes nobody accountable anew, and a holder that is only told takes over not."""
    first = held("in", "prison-1", IN)
    file = case(placements=(first, _changed(first, "2025-06-01", holder="prison-3")))
    assert told(file) == [ADMITTED]
    for on in ("2025-05-01", "2025-07-01"):
        found = rc.possible_moves(file, XX, on=day(on))
        assert [str(one.span.start) for one in found.tenures] == [IN]
        assert rc.plan(file, XX, on=day(on)).content.holder == "prison-1"


def test_an_office_may_accept_under_its_own_record_of_a_transition() -> None:
    told_by_both = (
        transition("t", "2026-09-01", source="prison-1"),
        transition("t-2", "2026-09-03", source="probation-2", same_as="t"),
    )
    file = moved(act("accepted", "2026-10-01", "probation-2", of="t-2"), transitions=told_by_both)
    assert told(file) == [ADMITTED, ("probation-2", OUT, "accepted")]


@pytest.mark.parametrize("end", [OUT, "2026-11"])
def test_a_change_that_tells_late_that_a_stay_had_ended_takes_nobody_back(end: str) -> None:
    first = held("in", "prison-1", IN)
    ended = _changed(first, "2026-12-05", span=some_days(IN, end))
    later = outside("out", "probation-2", OUT, source="probation-2")
    file = case(placements=(first, ended, later))
    assert told(file) == [ADMITTED, ("probation-2", OUT, "has_the_person")]
    released = rc.release_plan(file, XX, on=day("2026-12-31")).plan.release
    assert released is not None
    assert released.day == day(OUT)
    goes_on = _changed(first, "2026-12-05", span=some_days(IN, "2027-01-01"))
    assert told(case(placements=(first, goes_on, later)))[-1] == (
        "prison-1",
        "2026-12-05",
        "has_the_person",
    )


@pytest.mark.parametrize(
    ("before", "after", "closed"),
    [
        ("2028-01-01", "2026-11-16", True),
        (OPEN, "2026-11-16", True),
        ("2026-11-16", "2028-01-01", False),
    ],
)
def test_the_sentence_that_was_changed_no_longer_counts(
    before: Any, after: Any, closed: bool
) -> None:
    first = sentence("s", "2025-03-01", before)
    changed = _changed(first, "2026-10-01", end=sentence("x", "2025-03-01", after).end)
    acts = act("accepted", "2026-11-10", "probation-2"), act("closed", "2027-03-01")
    file = moved(*acts, sentences=(first, changed))
    assert (accountable(tenures(file), day("2027-03-01")) is None) is closed
    late = evolve(changed, filed=evolve(changed.filed, since=day("2027-04-01")))
    file = moved(*acts, sentences=(first, late))
    assert (accountable(tenures(file), day("2027-03-01")) is None) is not closed

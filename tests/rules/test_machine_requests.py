"""Requests: allowed, or refused with what speaks against them; nothing is changed by asking."""

import pickle

import pytest

from rehabcore.rules.facts import Known
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.machines.requests import RequestRefused, possible, step
from rehabcore.rules.machines.walking import HistoryEntry, Misfit, Position, walk
from rehabcore.rules.time.partial import PartialDay
from rehabcore.rules.truth import Answer
from tests.kit.builders import day
from tests.kit.machine_makers import job, read
from tests.kit.refusals import problems_of

MACHINE, ON = read(job()), day("2026-03-02")
RUNNING = Position(state="running")


def _left(parts: int) -> Cells:
    """So many parts are left, whatever is asked."""
    return lambda _: Known(parts)


def _refusal(position: Position | None, **said: str) -> RequestRefused:
    with pytest.raises(RequestRefused) as caught:
        step(MACHINE, position, HistoryEntry(on=ON, **said))
    return caught.value


def test_arrows_are_listed_by_priority_with_the_verdict_on_their_guard() -> None:
    listed = possible(MACHINE, RUNNING, on=ON)
    assert [(one.arrow.event, one.to, one.answer) for one in listed] == [
        ("drop", "dropped", Answer.MET),
        ("pause", "paused", Answer.MET),
        ("done", "done", Answer.UNKNOWN),
        ("put_back", "planned", Answer.MET),
    ]
    assert [one.verdict is None for one in listed] == [True, True, False, True]
    done = [possible(MACHINE, RUNNING, on=ON, cells=_left(n))[2].answer for n in (0, 1)]
    assert done == [Answer.MET, Answer.NOT_MET]


def test_a_role_is_shown_what_it_may_use() -> None:
    planned = Position(state="planned")
    events = {
        role: [one.arrow.event for one in possible(MACHINE, planned, on=ON, role=role)]
        for role in ("team", "owner", "guest", None)
    }
    assert events == {
        "team": ["drop", "pause", "begin"],
        "owner": ["drop", "pause"],
        "guest": ["pause"],
        None: ["drop", "pause", "begin"],
    }


def test_one_returns_from_a_hold_to_where_one_came_from() -> None:
    listed = possible(MACHINE, Position(state="paused", origin="running"), on=ON)
    assert [(one.arrow.event, one.to) for one in listed] == [
        ("drop", "dropped"),
        ("resume", "running"),
    ]
    assert possible(MACHINE, Position(state="paused"), on=ON)[1].to == ""
    assert possible(MACHINE, Position(state="done"), on=ON) == ()
    assert problems_of(lambda: possible(MACHINE, Position(state="x"), on=ON)) == [
        ("unknown_state", "state")
    ]


def test_a_request_that_is_allowed_gives_the_entry_and_where_it_leads() -> None:
    request = HistoryEntry(event="begin", on=ON, role="team")
    passed = step(MACHINE, Position(state="planned"), request)
    assert passed.after == RUNNING
    assert passed.entry == request
    assert (passed,) == walk(MACHINE, [request], after=Position(state="planned"))
    done = step(MACHINE, RUNNING, HistoryEntry(event="done", on=ON), cells=_left(0))
    assert done.after == Position(state="done")
    assert done.arrow is not None
    assert done.arrow.effects == ("count_it",)


def test_an_object_begins_in_a_state_that_is_entered_from_outside() -> None:
    assert step(MACHINE, None, HistoryEntry(event="planned", on=ON)).after == Position(
        state="planned"
    )
    refused = _refusal(None, event="begin")
    assert (refused.state, refused.misfits) == ("", (Misfit.NOT_FROM_HERE,))
    assert str(refused) == "begin is refused in no state: not_from_here; possible: nothing"


@pytest.mark.parametrize(
    ("position", "said", "misfits"),
    [
        (Position(state="planned"), {"event": "resume"}, (Misfit.NOT_FROM_HERE,)),
        (Position(state="planned"), {"event": "begin"}, (Misfit.WRONG_ROLE,)),
        (Position(state="planned"), {"event": "begin", "role": "owner"}, (Misfit.WRONG_ROLE,)),
        (
            Position(state="planned"),
            {"event": "drop", "role": "guest"},
            (Misfit.WRONG_ROLE, Misfit.REASON_MISSING),
        ),
        (RUNNING, {"event": "put_back", "reason": "fire"}, (Misfit.WRONG_REASON,)),
        (Position(state="paused"), {"event": "resume"}, (Misfit.UNCLEAR,)),
        (Position(state="done"), {"event": "lent"}, (Misfit.NOT_FROM_HERE,)),
    ],
)
def test_a_request_that_does_not_fit_is_refused(
    position: Position, said: dict[str, str], misfits: tuple[Misfit, ...]
) -> None:
    refused = _refusal(position, **said)
    assert (refused.misfits, refused.verdicts) == (misfits, ())


def test_a_guard_must_certainly_be_met_and_the_refusal_tells_what_is_possible() -> None:
    refused = _refusal(RUNNING, event="done", role="owner")
    assert [verdict.answer for verdict in refused.verdicts] == [Answer.UNKNOWN]
    assert [verdict.missing() for verdict in refused.verdicts] == [refused.verdicts]
    assert str(refused) == (
        "done is refused in running: unknown (parts_left); possible: drop, pause, done"
    )
    again = pickle.loads(pickle.dumps(refused))
    assert (again.event, again.verdicts) == ("done", refused.verdicts)


def test_of_two_arrows_the_one_is_used_whose_guard_is_met() -> None:
    table = job()
    table["arrows"].append(
        {
            "leaves": ["running"],
            "to": "dropped",
            "event": "done",
            "guard": {"fact": "parts_left", "over": 0},
        }
    )
    machine, request = read(table), HistoryEntry(event="done", on=ON)
    ends = [step(machine, RUNNING, request, cells=_left(n)).after for n in (0, 1)]
    assert ends == [Position(state="done"), Position(state="dropped")]
    with pytest.raises(RequestRefused) as caught:
        step(machine, RUNNING, request)
    assert len(caught.value.verdicts) == 2


def test_what_is_asked_for_has_a_position_and_a_day() -> None:
    march = PartialDay(day("2026-03-01"), day("2026-03-31"))
    asked = HistoryEntry(event="pause", on=march)
    assert problems_of(lambda: step(MACHINE, RUNNING, asked)) == [("wrong_type", "request.on")]
    asked = HistoryEntry(event="pause", on=ON)
    assert problems_of(lambda: step(MACHINE, Position(state="x"), asked)) == [
        ("unknown_state", "state")
    ]

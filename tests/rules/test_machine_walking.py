"""The way of an object through its machine: what fits, what does not, and how it goes on."""

from functools import partial

import pytest

from rehabcore.rules.machines.walking import HistoryEntry, Misfit, Position, walk
from rehabcore.rules.time.partial import PartialDay
from tests.kit.builders import day
from tests.kit.machine_makers import happened, job, read
from tests.kit.refusals import problems_of
from tests.kit.steps import steps_of

MACHINE = read(job())

WAYS: list[tuple[str, list[str]]] = [
    ("planned", ["planned"]),
    ("planned begin", ["planned", "running"]),
    ("planned begin done", ["planned", "running", "done"]),
    ("planned pause resume begin", ["planned", "paused/planned", "planned", "running"]),
    ("planned begin pause resume", ["planned", "running", "paused/running", "running"]),
    ("lent fetch", ["lent", "running"]),
    ("planned lent fetch", ["planned", "lent", "running"]),
    ("planned pause drop:fire", ["planned", "paused/planned", "dropped"]),
    ("planned drop:other", ["planned", "dropped"]),
    ("planned begin put_back:weather", ["planned", "running", "planned"]),
    ("planned begin>running", ["planned", "running"]),
]


def _told(history: str) -> list[str]:
    """Where the object was after each entry, and why the entry does not fit, if it does not."""
    told = []
    for passed in walk(MACHINE, happened(*history.split())):
        at = passed.after
        where = "" if at is None else f"{at.state}/{at.origin}" if at.origin else at.state
        told.append(" ".join([where, *(misfit.value for misfit in passed.misfits)]))
    return told


@pytest.mark.parametrize(("history", "expected"), WAYS)
def test_a_history_that_fits(history: str, expected: list[str]) -> None:
    assert _told(history) == expected


MISFITS: list[tuple[str, list[str]]] = [
    ("begin", ["running not_from_here"]),
    ("pause", ["paused not_from_here"]),
    ("pause resume", ["paused not_from_here", "paused unclear"]),
    ("pause resume>running", ["paused not_from_here", "running"]),
    ("pause resume>nowhere", ["paused not_from_here", "paused not_from_here"]),
    ("resume", [" not_from_here"]),
    ("danced", [" not_from_here"]),
    ("planned danced", ["planned", "planned not_from_here"]),
    ("planned planned", ["planned", "planned not_from_here"]),
    ("planned done", ["planned", "done not_from_here"]),
    ("planned danced>running", ["planned", "running not_from_here"]),
    ("planned begin>done", ["planned", "done not_from_here"]),
    ("planned begin>gone", ["planned", "running not_from_here"]),
    (
        "planned begin pause pause resume",
        ["planned", "running", "paused/running", "paused/running not_from_here", "running"],
    ),
    ("planned begin>paused", ["planned", "paused/planned not_from_here"]),
    ("planned drop:other begin", ["planned", "dropped", "dropped not_from_here"]),
    ("planned drop:other lent", ["planned", "dropped", "dropped not_from_here"]),
    ("planned drop", ["planned", "dropped reason_missing"]),
    ("planned drop:rain", ["planned", "dropped wrong_reason"]),
    ("planned begin put_back:fire", ["planned", "running", "planned wrong_reason"]),
    ("planned begin:fire", ["planned", "running wrong_reason"]),
]


@pytest.mark.parametrize(("history", "expected"), MISFITS)
def test_what_happened_is_never_refused_but_told(history: str, expected: list[str]) -> None:
    assert _told(history) == expected


def test_a_misfit_tells_where_the_object_was_and_which_arrows_leave_from_there() -> None:
    _, passed = walk(MACHINE, happened("planned", "done"))
    assert passed.before == Position(state="planned")
    assert passed.arrow is None
    assert [arrow.event for arrow in passed.allowed] == ["drop", "pause", "begin"]
    fits, without_reason = walk(MACHINE, happened("planned", "drop"))
    assert fits.allowed == ()
    assert [arrow.event for arrow in without_reason.allowed] == ["drop", "pause", "begin"]
    assert walk(MACHINE, happened("planned", "drop:other"))[1].allowed == ()


def test_the_history_records_the_state_on_the_way_and_the_one_after_it() -> None:
    told = [p.entered for p in walk(MACHINE, happened("planned", "begin", "put_back", "danced"))]
    assert told == [("planned",), ("running",), ("dropped", "planned"), ()]
    assert walk(MACHINE, happened("danced"))[0].entered == ()


def _by(role: str | None) -> tuple[Misfit, ...]:
    entry = HistoryEntry(event="begin", on=day("2026-03-02"), role=role)
    [passed] = walk(MACHINE, [entry], after=Position(state="planned"))
    assert passed.after == Position(state="running")
    return passed.misfits


def test_an_arrow_of_other_roles_does_not_fit_but_a_role_that_nobody_tells_does() -> None:
    assert (_by("team"), _by("owner"), _by(None)) == ((), (Misfit.WRONG_ROLE,), ())


def test_an_event_of_several_arrows_goes_by_the_role_or_by_the_state_that_is_told() -> None:
    table = job()
    table["arrows"].append(
        {"leaves": ["planned"], "to": "lent", "event": "begin", "roles": ["owner"]}
    )
    machine, planned, on = read(table), Position(state="planned"), day("2026-03-02")
    told = [
        (passed.after and passed.after.state, passed.misfits)
        for said in ({"role": "owner"}, {"role": "team"}, {}, {"to": "lent"}, {"role": "nobody"})
        for passed in walk(machine, [HistoryEntry(event="begin", on=on, **said)], after=planned)
    ]
    assert told == [
        ("lent", ()),
        ("running", ()),
        ("planned", (Misfit.UNCLEAR,)),
        ("lent", ()),
        ("planned", (Misfit.UNCLEAR,)),
    ]


def test_a_walk_goes_on_from_a_position() -> None:
    whole = walk(MACHINE, happened("planned", "begin", "pause", "resume"))
    assert walk(MACHINE, happened("pause", "resume"), after=whole[1].after) == whole[2:]
    assert problems_of(lambda: walk(MACHINE, (), after=Position(state="x"))) == [
        ("unknown_state", "state")
    ]


def test_a_history_is_told_in_its_order() -> None:
    march = PartialDay(day("2026-03-01"), day("2026-03-31"))
    first, second = (HistoryEntry(event="begin", on=on) for on in (day("2026-03-05"), march))
    assert len(walk(MACHINE, [first, second])) == 2
    for earlier in ("2026-02-28", "2026-03-04"):
        told = [first, second, HistoryEntry(event="pause", on=day(earlier))]
        assert problems_of(partial(walk, MACHINE, told)) == [("wrong_order", "entries[2].on")]


@pytest.mark.no_cover
def test_a_walk_takes_as_many_steps_as_the_history_is_long() -> None:
    often = happened("begin", "pause", "resume", "put_back:weather", "danced") * 1_000
    few, many = (steps_of(partial(walk, MACHINE, told)) for told in (often[:500], often))
    assert many <= 10 * few
    assert many <= 50 * len(often)

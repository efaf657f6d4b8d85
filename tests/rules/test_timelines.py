"""Timelines: a value for every day, in one form only."""

from concurrent.futures import ThreadPoolExecutor
from copy import copy
from datetime import date
from threading import Event

import pytest

from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.problems import InputError
from tests.kit.builders import day

FEBRUARY, MARCH, APRIL = day("2026-02-01"), day("2026-03-01"), day("2026-04-01")


def _month(on: date) -> str:
    if on < FEBRUARY:
        return "before"
    return "february" if on < MARCH else "after"


def test_constant_has_one_piece_that_holds_every_day() -> None:
    always = Timeline.constant("x")
    assert list(always.pieces()) == [(date.min, None, "x")]
    assert always.changes() == ()
    assert always.at(date.min) == always.at(date.max) == "x"


def test_changes_become_half_open_pieces() -> None:
    months = Timeline.of_changes([MARCH, FEBRUARY], _month)
    assert list(months.pieces()) == [
        (date.min, FEBRUARY, "before"),
        (FEBRUARY, MARCH, "february"),
        (MARCH, None, "after"),
    ]
    assert months.changes() == (FEBRUARY, MARCH)


@pytest.mark.parametrize(
    ("on", "value"),
    [
        pytest.param("0001-01-01", "before", id="first-day-of-the-calendar"),
        pytest.param("2026-01-31", "before", id="day-before-a-change"),
        pytest.param("2026-02-01", "february", id="day-of-a-change"),
        pytest.param("2026-02-02", "february", id="day-after-a-change"),
        pytest.param("2026-02-28", "february", id="last-day-of-a-piece"),
        pytest.param("2026-03-01", "after", id="first-day-of-the-last-piece"),
        pytest.param("9999-12-31", "after", id="last-day-of-the-calendar"),
    ],
)
def test_value_on_a_day(on: str, value: str) -> None:
    assert Timeline.of_changes([FEBRUARY, MARCH], _month).at(day(on)) == value


def test_possible_change_that_changes_nothing_leaves_no_piece() -> None:
    assert Timeline.of_changes([FEBRUARY, MARCH, APRIL, APRIL], _month) == Timeline.of_changes(
        [FEBRUARY, MARCH], _month
    )


def test_no_change_at_all_is_constant() -> None:
    assert Timeline.of_changes([], lambda _: 7) == Timeline.constant(7)
    assert Timeline.of_changes([FEBRUARY], lambda _: 7) == Timeline.constant(7)


def test_value_is_asked_once_for_each_possible_change() -> None:
    asked: list[date] = []

    def note(on: date) -> str:
        asked.append(on)
        return _month(on)

    Timeline.of_changes([MARCH, FEBRUARY, MARCH], note)
    assert asked == [date.min, FEBRUARY, MARCH]


def test_map_changes_values_and_merges_what_became_equal() -> None:
    months = Timeline.of_changes([FEBRUARY, MARCH], _month)
    lengths = months.map(len)
    assert list(lengths.pieces()) == [
        (date.min, FEBRUARY, 6),
        (FEBRUARY, MARCH, 8),
        (MARCH, None, 5),
    ]
    known = months.map(lambda value: value != "after")
    assert list(known.pieces()) == [(date.min, MARCH, True), (MARCH, None, False)]


# --- made on demand -----------------------------------------------------------------------


class _Counting:
    """Makes a timeline on demand, and counts how often either reader is asked."""

    def __init__(self) -> None:
        self.whole, self.days = 0, list[date]()

    def timeline(self) -> Timeline[str]:
        """A timeline that changes on two days."""
        return Timeline.on_demand(self._make, self._on)

    def _make(self) -> Timeline[str]:
        self.whole += 1
        return Timeline.of_changes([FEBRUARY, MARCH], _month)

    def _on(self, on: date) -> str:
        self.days.append(on)
        return _month(on)


def test_one_day_is_read_alone_and_the_second_one_makes_the_whole() -> None:
    counting = _Counting()
    timeline = counting.timeline()
    assert [timeline.at(FEBRUARY), timeline.at(FEBRUARY)] == ["february", "february"]
    assert (counting.whole, counting.days) == (0, [FEBRUARY])
    assert [timeline.at(APRIL), timeline.at(FEBRUARY)] == ["after", "february"]
    assert (counting.whole, counting.days) == (1, [FEBRUARY])


class _SlowDay(date):
    """A day that takes its time to be compared: another thread finds its own day meanwhile."""

    compared, found = Event(), Event()

    def __eq__(self, other: object) -> bool:
        self.compared.set()
        self.found.wait(5)
        return date.__eq__(self, other)

    __hash__ = date.__hash__


def test_threads_that_ask_for_two_days_at_once_get_each_its_own() -> None:
    slow, begun = _SlowDay(2026, 2, 1), Event()

    def on_day(on: date) -> str:
        if on is MARCH:
            begun.set()
            slow.compared.wait(5)
        return _month(on)

    timeline = Timeline.on_demand(_Counting()._make, on_day)
    with ThreadPoolExecutor(1) as threads:
        other = threads.submit(timeline.at, MARCH)
        begun.wait(5)
        other.add_done_callback(lambda _: slow.found.set())
        assert timeline.at(slow) == "february"
        assert other.result() == "after"


def test_a_timeline_on_demand_is_the_timeline_that_it_makes() -> None:
    made = Timeline.of_changes([FEBRUARY, MARCH], _month)
    assert _Counting().timeline() == made
    assert hash(_Counting().timeline()) == hash(made)
    assert repr(_Counting().timeline()) == repr(made)
    assert copy(_Counting().timeline()) == made
    assert made != "a timeline"


def test_a_day_that_is_none_is_refused_however_the_timeline_is_read() -> None:
    for timeline in (_Counting().timeline(), _Counting()._make()):
        with pytest.raises(InputError, match="wrong_type"):
            timeline.at("2026-02-01")  # type: ignore[arg-type]

"""Deadlines: the days that are laid, what is not known of them, and where they stand on a day."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import pytest

from rehabcore.rules.facts import NEVER
from rehabcore.rules.machines.deadlines import (
    AnchorDay,
    Deadline,
    Due,
    DueState,
    Offset,
    WorkingCalendar,
    due_state,
    laid,
)
from rehabcore.rules.machines.pauses import Pause, PauseKind, after_pauses
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import Day, PartialDay
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import day
from tests.kit.refusals import problems_of

TITLE = Text.of(en="Something")
WEEKEND = WorkingCalendar(holidays=frozenset({day("2026-05-01")}), weekend=frozenset({5, 6}))


def _day(text: str) -> Day:
    """A day ``2026-03-01``, or one known in part ``2026-03-01..2026-03-31``."""
    first, _, last = text.partition("..")
    return PartialDay(day(first), day(last)) if last else day(first)


def _offset(**said: Any) -> Offset:
    if "term" in said:
        said["term"] = Term.parse(said["term"])
    return Offset(**said)


def _laid(anchors: Mapping[str, AnchorDay], opens: Offset | None = None, **said: Any) -> Due:
    floor = said.pop("not_before", ())
    deadline = Deadline(code="it", title=TITLE, due=_offset(**said), opens=opens, not_before=floor)
    [due] = laid([deadline], anchors, calendar=WEEKEND)
    return due


R = ("release",)

DAYS: list[tuple[str, dict[str, Any], str]] = [
    ("2026-05-31", {"before": R, "term": "3 months"}, "2026-02-28"),
    ("2026-05-31", {"before": R, "term": "90 days"}, "2026-03-02"),
    ("2026-01-31", {"after": R, "term": "1 month"}, "2026-02-28"),
    ("2026-01-31", {"after": R, "term": "12 weeks"}, "2026-04-25"),
    ("2026-01-31", {"after": R}, "2026-01-31"),
    ("2026-01-31", {"before": R}, "2026-01-31"),
    ("2026-04-30", {"after": R, "working_days": 1}, "2026-05-04"),
    ("2026-05-10..2026-05-31", {"before": R, "term": "1 month"}, "2026-04-10..2026-04-30"),
    ("2026-05-30..2026-05-31", {"before": R, "term": "1 month"}, "2026-04-30"),
    ("2199-12-01", {"after": R, "term": "1 year"}, "2199-12-31"),
    ("2199-12-30", {"after": R, "working_days": 9}, "2199-12-31"),
    ("2026-04-30..2199-12-31", {"after": R, "working_days": 1}, "2026-05-04..2199-12-31"),
    ("1850-02-01", {"before": R, "term": "1 year"}, "1850-01-01"),
]


@pytest.mark.parametrize(("release", "said", "expected"), DAYS)
def test_a_day_is_laid_from_its_anchor_at_once(
    release: str, said: dict[str, Any], expected: str
) -> None:
    due = _laid({"release": _day(release)}, **said)
    assert (due.due, due.missing, due.why) == (_day(expected), (), None)


TWO: dict[str, Any] = {"after": ("admission", "asked"), "term": "20 days"}

SEVERAL: list[tuple[str, str, str]] = [
    ("2025-01-10", "2025-01-15", "2025-02-04"),
    ("2025-01-20", "2025-01-15", "2025-02-09"),
    ("2025-01-10..2025-01-20", "2025-01-15", "2025-02-04..2025-02-09"),
    ("2025-01-01..2025-01-10", "2025-01-15", "2025-02-04"),
]


@pytest.mark.parametrize(("admission", "asked", "expected"), SEVERAL)
def test_of_several_anchors_the_latest_counts(admission: str, asked: str, expected: str) -> None:
    anchors = {"admission": _day(admission), "asked": _day(asked)}
    assert _laid(anchors, **TWO).due == _day(expected)


def test_nothing_is_due_before_its_floor() -> None:
    said: dict[str, Any] = {"before": R, "term": "90 days", "not_before": ("told",)}
    release = day("2026-05-31")
    due = [
        _laid({"release": release, "told": day(told)}, **said).due
        for told in ("2026-03-01", "2026-05-01")
    ]
    assert due == [day("2026-03-02"), day("2026-05-01")]
    unknown = _laid({"release": release}, **said)
    assert (unknown.due, unknown.missing, unknown.why) == (None, ("told",), UnknownKind.MISSING)


def test_an_anchor_that_nobody_knows_gives_a_deadline_that_nobody_knows() -> None:
    due = _laid({"asked": UnknownKind.DISPUTED}, opens=_offset(before=R), **TWO)
    assert due == Due(
        deadline=due.deadline,
        due=None,
        missing=("admission", "asked", "release"),
        why=UnknownKind.MISSING,
    )
    half = _laid({"asked": UnknownKind.DISPUTED, "admission": day("2026-01-01")}, **TWO)
    assert (half.due, half.missing, half.why) == (None, ("asked",), UnknownKind.DISPUTED)


def test_an_anchor_that_never_comes_gives_a_day_that_never_comes() -> None:
    assert _laid({"release": NEVER}, before=R, term="90 days").due is NEVER
    assert _laid({"admission": NEVER, "asked": day("2026-01-01")}, **TWO).due is NEVER


def test_an_offset_says_one_thing() -> None:
    assert problems_of(Offset) == [("one_of_two", "")]
    assert problems_of(lambda: Offset(after=R, before=R)) == [("one_of_two", "")]
    assert problems_of(lambda: Offset(before=R, working_days=1)) == [("one_of_two", "working_days")]
    assert problems_of(lambda: Offset(after=R, term=Term(1), working_days=1)) == [
        ("one_of_two", "working_days")
    ]
    for number in (-1, 10_001):
        made = partial(Offset, after=R, working_days=number)
        assert problems_of(made) == [("out_of_range", "working_days")]


def test_a_week_has_a_working_day() -> None:
    for weekend in ({7}, set(range(7))):
        made = partial(WorkingCalendar, weekend=frozenset(weekend))
        assert problems_of(made) == [("out_of_range", "weekend")]


def test_working_days_need_a_calendar() -> None:
    deadline = Deadline(code="it", title=TITLE, due=Offset(after=R, working_days=1))
    assert problems_of(lambda: laid([deadline], {"release": day("2026-05-31")})) == [
        ("no_calendar", "calendar")
    ]
    [due] = laid([deadline], {})
    assert due.due is None


OPENS = _offset(before=R, term="1 month")
STATES: list[tuple[str, Offset | None, str, str | None, DueState]] = [
    ("2026-05-31", None, "2026-05-30", None, DueState.OPEN),
    ("2026-05-31", None, "2026-05-31", None, DueState.DUE),
    ("2026-05-31", None, "2026-06-01", None, DueState.OVERDUE),
    ("2026-05-31", OPENS, "2026-04-29", None, DueState.NOT_OPEN),
    ("2026-05-31", OPENS, "2026-04-30", None, DueState.OPEN),
    ("2026-05-31", None, "2026-06-09", "2026-05-31", DueState.DONE_IN_TIME),
    ("2026-05-31", None, "2026-06-09", "2026-06-01", DueState.DONE_LATE),
    ("2026-05-31", None, "2026-06-01", "2026-06-02", DueState.OVERDUE),
    ("2026-05-31", None, "2026-06-02", "2026-06-01..2026-06-03", DueState.UNKNOWN),
    ("2026-05-31", None, "2026-06-09", "2026-05-31..2026-06-01", DueState.DONE),
    ("2026-05-01..2026-05-31", None, "2026-04-30", None, DueState.OPEN),
    ("2026-05-01..2026-05-31", None, "2026-05-01", None, DueState.UNKNOWN),
    ("2026-05-01..2026-05-31", None, "2026-05-31", None, DueState.UNKNOWN),
    ("2026-05-01..2026-05-31", None, "2026-06-01", None, DueState.OVERDUE),
    ("2026-05-01..2026-05-31", OPENS, "2026-03-31", None, DueState.NOT_OPEN),
    ("2026-05-01..2026-05-31", OPENS, "2026-04-01", None, DueState.UNKNOWN),
    ("2026-05-01..2026-05-31", OPENS, "2026-04-30", None, DueState.OPEN),
    ("2026-05-01..2026-05-31", None, "2026-06-09", "2026-05-01", DueState.DONE_IN_TIME),
    ("2026-05-01..2026-05-31", None, "2026-06-09", "2026-05-02", DueState.DONE),
    ("2026-05-01..2026-05-31", None, "2026-06-09", "2026-06-01", DueState.DONE_LATE),
]


@pytest.mark.parametrize(("release", "opens", "on", "done", "expected"), STATES)
def test_where_a_deadline_stands_on_a_day(
    release: str, opens: Offset | None, on: str, done: str | None, expected: DueState
) -> None:
    due = _laid({"release": _day(release)}, opens=opens, after=R)
    assert due_state(due, on=day(on), done=_day(done) if done else None) is expected


def test_where_a_deadline_stands_that_is_not_needed_or_not_known() -> None:
    on = day("2026-05-01")
    told = _laid({"release": day("2026-05-31")}, after=R)
    assert due_state(told, on=on, needed=False) is DueState.NOT_NEEDED
    never = _laid({"release": NEVER}, after=R)
    assert due_state(never, on=on) is DueState.NOT_NEEDED
    assert due_state(never, on=on, done=on) is DueState.DONE_IN_TIME
    unknown = _laid({}, after=R)
    assert due_state(unknown, on=on) is DueState.UNKNOWN
    assert due_state(unknown, on=on, done=on) is DueState.DONE


def test_it_may_be_too_early_for_something_of_which_nobody_knows_when_it_is_due() -> None:
    opens = _offset(after=("admission",), term="1 month")
    for admission, expected in (
        (day("2026-04-02"), DueState.NOT_OPEN),
        (day("2026-04-01"), DueState.UNKNOWN),
        (NEVER, DueState.NOT_OPEN),
        (UnknownKind.STALE, DueState.UNKNOWN),
    ):
        due = _laid({"admission": admission}, opens=opens, after=R)
        assert due_state(due, on=day("2026-05-01")) is expected


def _pause(began: str, ended: str | None, extension: str = "10 days", **said: Any) -> Pause:
    kind = PauseKind(code="ill", title=TITLE, extension=Term.parse(extension), **said)
    return Pause(kind=kind, began=day(began), ended=day(ended) if ended else None)


PAUSES: list[tuple[str, list[Pause], str]] = [
    ("2026-05-10", [], "2026-05-10"),
    ("2026-05-10", [_pause("2026-05-01", "2026-05-02")], "2026-05-12"),
    ("2026-05-20", [_pause("2026-05-01", "2026-05-02")], "2026-05-20"),
    ("2026-05-10", [_pause("2026-05-10", "2026-05-12")], "2026-05-22"),
    ("2026-05-10", [_pause("2026-05-11", "2026-05-12")], "2026-05-10"),
    ("2026-05-10", [_pause("2026-05-11", "2026-05-12", cures_lateness=True)], "2026-05-22"),
    ("2026-05-20", [_pause("2026-05-01", "2026-05-02", anew=True)], "2026-05-12"),
    ("2026-05-10", [_pause("2026-05-01", "2026-05-02")] * 2, "2026-05-12"),
    (
        "2026-05-10",
        [_pause("2026-05-01", "2026-05-02"), _pause("2026-05-04", "2026-05-05")],
        "2026-05-15",
    ),
    ("2026-05-10..2026-05-20", [_pause("2026-05-05", "2026-05-06")], "2026-05-16..2026-05-20"),
    ("2026-05-10..2026-05-20", [_pause("2026-05-15", "2026-05-16")], "2026-05-10..2026-05-26"),
    ("2026-05-10", [_pause("2026-06-02", None)], "2026-05-10"),
    ("2026-06-10", [_pause("2026-05-20", None, "0 days")], "2026-06-10..2199-12-31"),
    ("2026-06-05", [_pause("2026-05-20", None)], "2026-06-11..2199-12-31"),
    ("2026-06-05", [_pause("2026-05-20", "2026-06-02")], "2026-06-11..2199-12-31"),
]


@pytest.mark.parametrize(("due", "pauses", "expected"), PAUSES)
def test_a_pause_moves_a_deadline_and_never_cures_that_it_is_late(
    due: str, pauses: Iterable[Pause], expected: str
) -> None:
    assert after_pauses(_day(due), pauses, on=day("2026-06-01")) == _day(expected)


def test_a_pause_ends_not_before_it_began() -> None:
    assert problems_of(lambda: _pause("2026-05-02", "2026-05-01")) == [
        ("ends_before_start", "ended")
    ]
    assert _pause("2026-05-02", "2026-05-02").ended == day("2026-05-02")

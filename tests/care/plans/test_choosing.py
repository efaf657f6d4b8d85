"""The search by the order of merit: before a day, how an option is laid, when it is cut short."""

import random

import pytest

from rehabcore.care.plans.drafting import choosing
from rehabcore.care.plans.drafting.choosing import best
from rehabcore.care.plans.drafting.merit import NO_DAY, later, standing, weights_of
from rehabcore.care.plans.drafting.options import ChoiceTask, Laid, Option, lay
from tests.kit.drafting import MONDAY, possible, random_task


def test_what_is_found_before_a_day_is_the_best_of_what_is_finished_by_then() -> None:
    draw = random.Random(7)
    for _ in range(15):
        task = random_task(draw, most=7)
        all_of_them = [standing(task, chosen) for chosen in possible(task)]
        before = -sorted(all_of_them)[-1].finish
        wanted = [one for one in all_of_them if -one.finish < before or not one.programs]
        assert best(task, before=before).standing == max(wanted)


def test_a_search_that_is_cut_short_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "MOST_BRANCHES", 3)
    draw = random.Random(5)
    found = [best(random_task(draw)) for _ in range(20)]
    assert {one.complete for one in found} == {True, False}


# --- how one option is laid ---------------------------------------------------------------


def _task(*options: Option, week: int | None = None, running: tuple[Laid, ...] = ()) -> ChoiceTask:
    return ChoiceTask(options=options, weights=weights_of([0, 0]), week=week, running=running)


WEEKS = Option(place=0, covers=1, minutes=240, weekly=60, days=28, opens=MONDAY)


def test_an_option_takes_the_first_days_in_which_there_are_hours_enough() -> None:
    task = _task(WEEKS, WEEKS, week=100)
    first = lay(task, 0, ())
    assert first == Laid(0, MONDAY, MONDAY + 28, 60, 240)
    assert first is not None
    assert lay(task, 1, (first,)) == Laid(1, MONDAY + 28, MONDAY + 56, 60, 240)
    wide = task._replace(week=120)
    assert lay(wide, 1, (first,)) == Laid(1, MONDAY, MONDAY + 28, 60, 240)


def test_a_week_that_another_only_begins_is_taken_as_well() -> None:
    first = Laid(0, MONDAY, MONDAY + 30, 60, 240)  # until a Wednesday
    second = lay(_task(WEEKS, WEEKS, week=100), 1, (first,))
    assert second is not None
    assert second.start == MONDAY + 35


def test_what_runs_without_an_end_leaves_no_room_at_all() -> None:
    running = (Laid(None, MONDAY - 7, None, 60),)
    assert lay(_task(WEEKS, week=100, running=running), 0, ()) is None


@pytest.mark.parametrize(
    ("closes", "may_be_cut", "expected"),
    [
        (MONDAY + 28, False, Laid(0, MONDAY, MONDAY + 28, 60, 240)),
        (MONDAY + 27, False, None),
        (MONDAY + 27, True, Laid(0, MONDAY, MONDAY + 27, 60, 180)),
        (MONDAY + 6, True, None),
    ],
)
def test_an_option_ends_by_its_day_or_is_cut_to_whole_weeks(
    closes: int, may_be_cut: bool, expected: Laid | None
) -> None:
    option = WEEKS._replace(closes=closes, may_be_cut=may_be_cut)
    assert lay(_task(option), 0, ()) == expected


def test_an_option_of_no_stated_length_goes_on_until_it_closes() -> None:
    option = WEEKS._replace(days=None, weekly=0)
    assert lay(_task(option), 0, ()) == Laid(0, MONDAY, None, 0, 240)
    for days, end in ((7, MONDAY + 7), (6, None)):
        found = lay(_task(option._replace(closes=MONDAY + days)), 0, ())
        assert (None if found is None else found.end) == end


def test_an_option_starts_after_those_it_waits_for() -> None:
    required = WEEKS._replace(covers=2)
    for waiting in (WEEKS._replace(after=1), WEEKS._replace(held_by=2)):
        task = _task(required, waiting)
        first = lay(task, 0, ())
        assert first is not None
        assert lay(task, 1, ()) is None
        assert lay(task, 1, (first._replace(end=None),)) is None
        second = lay(task, 1, (first,))
        assert second is not None
        assert second.start == MONDAY + 28


def test_no_stated_length_is_later_than_every_day() -> None:
    assert later(later(0, MONDAY), MONDAY - 1) == MONDAY
    assert later(later(0, None), MONDAY) == NO_DAY + MONDAY
    assert later(0, None) > later(0, MONDAY + 100_000)

"""Tasks of drafting to choose from, the best answer by weighing everything, and a naive answer."""

import random

from rehabcore.care.plans.drafting.merit import RankOfDraft, standing, weights_of
from rehabcore.care.plans.drafting.options import ChoiceTask, Laid, Option, lay

MONDAY = 739_572
"""The ordinal of some Monday, on which all tasks begin."""
LENGTHS = (28, 56, 84, 91, 120, 182)
DOSES = (0, 600, 1200, 2400, 3000, 6000)
WEEK = 7


def random_task(draw: random.Random, most: int = 8) -> ChoiceTask:
    """A task with up to so many options, of which some exclude, await or hold up each other."""
    count, needs = draw.randrange(4, most + 1), draw.randrange(2, 6)
    week = draw.choice([None, 300, 600, 900])
    places = draw.sample(range(count), count)
    options = [_option(draw, number, places[number], needs, week) for number in range(count)]
    for _ in range(count // 3):
        one, other = draw.sample(range(count), 2)
        options[one] = options[one]._replace(bars=options[one].bars | 1 << other)
        options[other] = options[other]._replace(bars=options[other].bars | 1 << one)
    running = (Laid(None, MONDAY - 30, draw.choice([None, MONDAY + 60]), 240),)
    return ChoiceTask(
        options=tuple(options),
        weights=weights_of(draw.choice([0, 1, 2]) for _ in range(needs)),
        to_reach=draw.choice([0, 6000, 12000]),
        running=running if draw.random() < 0.2 else (),
        week=week,
    )


def _option(draw: random.Random, number: int, place: int, needs: int, week: int | None) -> Option:
    covers = 0
    for _ in range(draw.choice([0, 1, 1, 1, 2, 2, 3])):
        covers |= 1 << draw.randrange(needs)
    days = None if draw.random() < 0.1 else draw.choice(LENGTHS)
    minutes = draw.choice(DOSES)
    weekly = 0 if days is None else -(-minutes * WEEK // days)
    return Option(
        place=place,
        covers=covers,
        minutes=minutes,
        weekly=weekly if week is None else min(weekly, week),
        days=days,
        opens=MONDAY + (draw.choice([30, 90]) if draw.random() < 0.1 else 0),
        closes=MONDAY + draw.choice([4, 40, 100, 200]) if draw.random() < 0.25 else None,
        may_be_cut=draw.random() < 0.5,
        after=1 << draw.randrange(number) if number and draw.random() < 0.12 else 0,
        held_by=1 << draw.randrange(needs) if number and draw.random() < 0.06 else 0,
    )


def possible(task: ChoiceTask) -> list[tuple[Laid, ...]]:
    """Every combination that is possible."""
    found: list[tuple[Laid, ...]] = []
    for taken in range(1 << len(task.options)):
        chosen = _together(task, taken)
        if chosen is not None:
            found.append(chosen)
    return found


def _together(task: ChoiceTask, taken: int) -> tuple[Laid, ...] | None:
    chosen: tuple[Laid, ...] = ()
    for number, option in enumerate(task.options):
        if taken >> number & 1:
            one = lay(task, number, chosen)
            if one is None or option.bars & taken:
                return None
            chosen = (*chosen, one)
    return chosen


def best_of_all(task: ChoiceTask) -> RankOfDraft:
    """The standing of the best combination, found by weighing every one."""
    return max(standing(task, chosen) for chosen in possible(task))


def naive(task: ChoiceTask) -> RankOfDraft:
    """The standing of what somebody takes who goes through the list and takes what is of use."""
    chosen: tuple[Laid, ...] = ()
    covered = barred = minutes = 0
    for number, option in enumerate(task.options):
        of_use = option.covers & ~covered or (option.minutes and minutes < task.to_reach)
        one = lay(task, number, chosen) if of_use and not barred >> number & 1 else None
        if one is not None:
            chosen = (*chosen, one)
            covered |= option.covers
            barred |= option.bars
            minutes += one.minutes
    return standing(task, chosen)

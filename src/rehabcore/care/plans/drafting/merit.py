"""The order of merit: which of two drafts is better. It stands here, and nowhere else.

1. More duties are covered: what a court or a licence obliges the person to.
2. More needs are covered: first acute ones, then those of the highest level, and so on down.
3. More of the hours that are called for are planned; hours beyond them count for nothing.
4. It is finished earlier. A programme of which no length is stated is later than any other.
5. It takes fewer programmes; then those that stand first in the catalogue.
"""

from collections.abc import Iterable
from typing import NamedTuple

from rehabcore.care.plans.drafting.options import ChoiceTask, Laid

NO_DAY = 1 << 22
"""Later than every day: what a programme without a stated length adds to the day of the finish."""
_MOST_OF_A_RANK = 1 << 8


class RankOfDraft(NamedTuple):
    """How good a draft is. Standings compare as tuples; the greater is the better.

    ``covered`` is the sum of the weights of what is covered, ``minutes`` those towards the target.
    The rest counts the less the better, and so is negative: the last day, the number of programmes,
    and their places in the catalogue.
    """

    covered: int
    minutes: int
    finish: int
    programs: int
    places: tuple[int, ...]


def weights_of(ranks: Iterable[int]) -> tuple[int, ...]:
    """The weight of each duty and need, by its rank; one of a higher rank outweighs all below it.

    Args:
        ranks: the rank of each, from 0 for the least severe.
    """
    return tuple(_MOST_OF_A_RANK**rank for rank in ranks)


def weight(task: ChoiceTask, covered: int) -> int:
    """The sum of the weights of some bits."""
    weights, found = task.weights, 0
    while covered:
        place = covered.bit_length() - 1
        found += weights[place]
        covered ^= 1 << place
    return found


def later(finish: int, end: int | None) -> int:
    """The day of the finish with one programme more."""
    if end is None:
        return finish + NO_DAY
    day = finish % NO_DAY
    return finish if end <= day else finish - day + end


def standing(task: ChoiceTask, chosen: Iterable[Laid]) -> RankOfDraft:
    """The standing of a draft.

    Args:
        task: what was chosen from.
        chosen: what was chosen, without what runs already.
    """
    covered, minutes, finish, places = task.covered, 0, 0, list[int]()
    for one in chosen:
        option = task.options[one.option or 0]
        covered |= option.covers
        minutes += one.minutes
        finish = later(finish, one.end)
        places.append(option.place)
    return RankOfDraft(
        covered=weight(task, covered),
        minutes=min(minutes, task.to_reach),
        finish=-finish,
        programs=-len(places),
        places=tuple([-place for place in sorted(places)]),
    )

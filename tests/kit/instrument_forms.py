"""Filled-in forms: answers that add up to a total, and what a result says by name."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rehabcore import instruments
from rehabcore.instruments import Respondent, ScoreResult
from rehabcore.strict.vocabulary import Sex

ON = date(2026, 1, 31)
PSA_YES_NO = (
    "current_violent_offense",
    "pending_charge",
    "prior_misdemeanor",
    "prior_felony",
    "fta_older",
    "prior_incarceration",
)
PSA_OF_NOTHING = {
    "age_at_arrest": 40,
    **dict.fromkeys((*PSA_YES_NO, "prior_violent_convictions", "fta_past_2y"), 0),
}
"""The factors of somebody of 40 of whom nothing is known that has points."""
ASI_OF_NO_ALCOHOL = {
    **dict.fromkeys(("alcohol_days", "intoxication_days", "problem_days"), 0),
    **dict.fromkeys(("bothered", "importance", "money_usd"), 0),
}
"""The answers of somebody who drank nothing, and is not bothered."""

Answers = dict[str, Any]

Points = Mapping[str, Iterable[int]]
"""The points that each item can have, as the published form gives them."""


def scored(
    name: str, answers: Mapping[str, Any], sex: str | None = None, **how: Any
) -> ScoreResult:
    """The result of a form of the library."""
    respondent = Respondent(sex=Sex(sex) if sex else None)
    return instruments.score(instruments.find(name), answers, on=ON, respondent=respondent, **how)


def numbered(points: Iterable[int], first: int, last: int) -> dict[str, tuple[int, ...]]:
    """Items with numbers from ``first`` to ``last`` that all have the same points."""
    return {str(number): tuple(points) for number in range(first, last + 1)}


def adding_up(points: Points, total: int) -> dict[str, int]:
    """One way to answer every item so that the points add up to a total."""
    ways: dict[int, dict[str, int]] = {0: {}}
    for item, values in points.items():
        ways = {
            reached + value: {**way, item: value}
            for reached, way in ways.items()
            for value in values
        }
    return ways[total]


def alike(last: int, answer: object) -> Answers:
    """The same answer to the items from 1 to the last."""
    return {str(number): answer for number in range(1, last + 1)}


def listed(*answers: object) -> Answers:
    """Answers in the order of the items."""
    return {str(number): answer for number, answer in enumerate(answers, 1)}


def summing(total: int, items: Iterable[int], least: int, most: int) -> Answers:
    """Answers to some items that add up to a total, the first ones the highest."""
    answers, left = {}, total - least * len(list(items))
    for item in items:
        more = min(left, most - least)
        answers[str(item)] = least + more
        left -= more
    assert left == 0
    return answers


def values(result: ScoreResult) -> dict[str, Any]:
    """The value of every scale."""
    return {score.name: score.value for score in result.scores}

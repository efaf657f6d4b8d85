"""Filled-in forms for tests: answers by item, and what they score."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rehabcore import instruments
from rehabcore.instruments import ScoreResult

ON = date(2026, 1, 31)

Answers = dict[str, Any]


def numbered(last: int, answer: object) -> Answers:
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


def scored(name: str, answers: Mapping[str, Any], **how: Any) -> ScoreResult:
    """What an instrument of the library says of a form."""
    return instruments.score(instruments.find(name), answers, on=ON, **how)


def values(result: ScoreResult) -> dict[str, Any]:
    """The value of every scale."""
    return {score.name: score.value for score in result.scores}

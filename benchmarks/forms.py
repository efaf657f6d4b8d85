"""Scoring forms: the library beside a hand-written function that does the same work."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from benchmarks.timing import Subject
from rehabcore.instruments import ScoreResult, find, quick_score, score
from rehabcore.instruments.model.requests import Given

ON = date(2026, 11, 16)
FORMS = 2_000
HAND_WRITTEN = "hand-written AUDIT: checks and total"

Form = Mapping[str, Given]
AUDIT: Mapping[str, Sequence[int]] = {
    str(item): (0, 2, 4) if item in (9, 10) else (0, 1, 2, 3, 4) for item in range(1, 11)
}
_ZONES = ((7, "I"), (15, "II"), (19, "III"), (40, "IV"))


def forms(values: Mapping[str, Sequence[int]], seed: int = 4) -> list[Form]:
    """Complete answers, drawn from a fixed seed."""
    random = Random(seed)  # nothing is kept secret
    return [{item: random.choice(held) for item, held in values.items()} for _ in range(FORMS)]


def total(form: Form) -> int:
    """The total of an AUDIT whose answers are all checked, as an agency would write it."""
    points = 0
    for item, values in AUDIT.items():
        answer = form[item]
        if type(answer) is not int or answer not in values:
            raise ValueError(item)
        points += answer
    return points


def zone(form: Form) -> tuple[int, int, int, int, str, bool]:
    """Total, subscales, zone and escalation of an AUDIT whose answers are all checked."""
    points = total(form)
    answers = {item: int(answer) for item, answer in form.items() if isinstance(answer, int)}
    subscales = (
        sum(answers[item] for item in ("1", "2", "3")),
        sum(answers[item] for item in ("4", "5", "6")),
        sum(answers[item] for item in ("7", "8", "9", "10")),
    )
    up = any(answers[item] >= 2 for item in ("4", "5", "6")) or 4 in (answers["9"], answers["10"])
    return points, *subscales, next(name for most, name in _ZONES if points <= most), up


def audits() -> dict[str, Subject]:
    """AUDIT forms, hand-written first."""
    audit, given = find("audit"), forms(AUDIT)
    quick = quick_score(audit, "total", on=ON)
    for form in given:
        result = score(audit, form, on=ON)
        assert quick(form) == total(form) == result.score("total").value
        assert zone(form)[4:] == (result.band("zone").label, _up(result))
    return {
        HAND_WRITTEN: Subject(call=total, given=given, cost=2),
        "hand-written AUDIT: also subscales, zone, escalation": Subject(
            call=zone, given=given, cost=6
        ),
        "AUDIT score without detail": Subject(call=quick, given=given, cost=2),
        "AUDIT full result": Subject(
            call=lambda form: score(audit, form, on=ON), given=given, cost=25
        ),
        "AUDIT full result, one answer missing": Subject(
            call=lambda form: score(audit, {**form, "5": None}, on=ON), given=given, cost=60
        ),
    }


def _up(result: ScoreResult) -> bool:
    return result.flag("escalate").answer.value == "met"

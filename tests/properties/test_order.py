"""Acts of one day in a known order or in none, and of days known in part, over every family.

A family is a few ways to make an act on a day, and the facts that such acts answer.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.records import CaseFile, Filed
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Known, place
from rehabcore.rules.time.partial import Day, PartialDay
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    consent,
    enrolment,
    event,
    factor,
    facts_of,
    measurement,
    needs,
    observation,
    override,
    question,
    referral,
    resolution,
    risk,
    ruling,
    standing,
)

FIRST = day("2020-03-02")
BASE, ON, SOON = "2020-01-01", "2020-03-02", "2020-03-30"
PROGRAM = "thinking_skills"


@frozen
class Way:
    """A way to make an act: its list in the case file, a record, and the fields with its day."""

    name: str
    record: Any
    fields: tuple[str, ...]

    def made(self, filed: Filed, on: Day) -> tuple[str, Any]:
        """The record of the act on a day, with its list."""
        return self.name, evolve(self.record, filed=filed, **dict.fromkeys(self.fields, on))


@frozen
class Family:
    """Ways to make an act, what is on file besides, and what is asked."""

    ways: tuple[Way, ...]
    asked: tuple[Asked, ...]
    base: tuple[tuple[str, Any], ...] = ()


def _ways(name: str, fields: str, *records: Any) -> tuple[Way, ...]:
    return tuple(Way(name, record, tuple(fields.split())) for record in records)


_TIME_AT = {"need_level": "none, some", "domain": "work"}
FAMILIES = {
    "consents": Family(
        ways=(
            *_ways("consents", "given", consent("w", ON), consent("w", ON, SOON)),
            *_ways("consents", "refused", consent("w", refused=ON)),
            *_ways("consents", "withdrawn", consent("w", "2020-02-01", withdrawn=ON)),
            *_ways("consents", "given withdrawn", consent("w", ON, withdrawn=ON)),
        ),
        asked=(question("consent", purpose="programme"),),
    ),
    "referrals": Family(
        ways=(
            *_ways("referrals", "referred_on", referral("w", ON)),
            *_ways("enrolments", "started_on", enrolment("w", ON)),
            *_ways("rulings", "decided_on", ruling("w", "refused", ON)),
            *_ways("rulings", "decided_on", ruling("w", "deferred", ON)),
        ),
        asked=(
            question("referred", program=PROGRAM),
            question("awaiting_decision", program=PROGRAM),
        ),
        base=(("referrals", referral("base", BASE)),),
    ),
    "rulings": Family(
        ways=_ways(
            "rulings",
            "decided_on",
            *(ruling("w", outcome, ON) for outcome in ("granted", "refused")),
            ruling("w", "granted", ON, SOON),
        ),
        asked=(question("ruling_in_force", subject=PROGRAM, outcome="granted"),),
    ),
    "observations": Family(
        ways=_ways(
            "observations",
            "observed_on",
            *(observation("w", value, ON) for value in ("negative", "positive")),
            observation("w", "negative", ON, SOON),
        ),
        asked=(
            question("observed_drug_test"),
            question("streak_of_drug_test", value="negative", lapse="3 months"),
        ),
        base=(("observations", observation("base", "negative", BASE)),),
    ),
    "measurements": Family(
        ways=_ways(
            "measurements",
            "measured_on",
            *(measurement("w", amount, ON) for amount in ("1", "2")),
            measurement("w", "1", ON, SOON),
        ),
        asked=(question("measured_restitution_owed"),),
    ),
    "factors": Family(
        ways=_ways(
            "responsivity_factors",
            "found_on",
            *(factor("w", ON, present=present) for present in (True, False)),
            factor("w", ON, SOON),
        ),
        asked=(question("responsivity_factor", responsivity_kind="literacy"),),
    ),
    "needs": Family(
        ways=_ways(
            "needs_assessments",
            "assessed_on",
            *(needs("w", ON, findings={"work": level}) for level in ("none", "some", "high")),
            needs("w", ON, SOON, findings={"work": "none"}),
            needs("w", ON, findings={"work": "high"}, confirmed=False),
        ),
        asked=(question("need_level", domain="work"), question("time_at_need_level", **_TIME_AT)),
        base=(("needs_assessments", needs("base", BASE, findings={"work": "none"})),),
    ),
    "risks": Family(
        ways=_ways(
            "risk_assessments",
            "assessed_on",
            *(
                evolve(risk("w", level, ON), score=Decimal(score))
                for level, score in (("low", 10), ("high", 40), (None, 20))
            ),
            risk("w", "low", ON, SOON),
        ),
        asked=(
            question("risk_level"),
            question("risk_score"),
            question("risk_score_fall", within="1 month"),
            question("time_at_risk_level", risk_level="low"),
            question("time_to_reassessment"),
        ),
        base=(("risk_assessments", risk("base", "low", BASE)),),
    ),
    "decisions": Family(
        ways=(
            *_ways(
                "level_overrides",
                "decided_on",
                override("w", "base", "high", ON),
                override("w", "base", "medium", ON, SOON),
            ),
            *_ways(
                "resolutions",
                "decided_on",
                *(resolution("w", ["base", "other"], level, ON) for level in ("low", "high")),
            ),
        ),
        asked=(
            question("risk_level"),
            question("time_at_risk_level", risk_level="low, medium"),
            question("time_to_reassessment"),
        ),
        base=(
            ("risk_assessments", risk("base", "low", BASE)),
            ("risk_assessments", risk("other", "high", "2020-01-10", instrument="other")),
        ),
    ),
    "duties": Family(
        ways=(
            *_ways("events", "happened_on", event("w", ON, "office_visit")),
            *_ways("risk_assessments", "assessed_on", risk("w", "low", ON)),
        ),
        asked=(
            question(
                "time_to_duty",
                kind=["office_visit", "risk_assessment"],
                first="14 days",
                every="1 month",
            ),
        ),
        base=(("legal_standings", standing("base", "probation", BASE)),),
    ),
}


def _file(family: Family, *made: tuple[str, Any]) -> CaseFile:
    """A case file with what is on file besides, and with these records."""
    lists: dict[str, list[Any]] = {}
    for name, record in (*family.base, *made):
        lists.setdefault(name, []).append(record)
    records: dict[str, Any] = {name: tuple(listed) for name, listed in lists.items()}
    return case(**records)


def _filed(number: int, sequence: int | None = None) -> Filed:
    return Filed(
        record_id=RecordId(f"r-{number}"), recorded_on=FIRST, source="a", sequence=sequence
    )


def _from(family: Family, file: CaseFile, on: date) -> Iterator[list[tuple[date, Cell]]]:
    """What every fact says from a day on: the cells with the days on which they begin."""
    facts = facts_of(file)
    for asked in family.asked:
        timeline = facts.timeline(asked)
        later = [(start, cell) for start, _, cell in timeline.pieces() if on < start]
        yield [(on, timeline.at(on)), *later]


def _said(cells: list[tuple[date, Cell]], shift: dict[Any, date]) -> list[tuple[date, object]]:
    """What cells say, without evidence and why nothing is known; some days stand for others."""
    told: list[tuple[date, object]] = []
    for start, cell in cells:
        low_high = (cell.value,) * 2 if isinstance(cell, Known) else cell.between
        says = None if low_high is None else tuple(shift.get(v, v) for v in low_high)
        if not told or told[-1][1] != says:
            told.append((start, says))
    return told


_way = st.integers(0, 4)
_acts = st.lists(st.tuples(_way, st.integers(0, 6)), max_size=3)


def _earlier_and_later(family: Family, acts: list[tuple[int, int]]) -> Iterator[tuple[str, Any]]:
    """Acts on other days, some weeks before or after, each on a day of its own."""
    for number, (way, week) in enumerate(acts):
        on = FIRST + timedelta(7 * week - 18 + number)
        yield family.ways[way % len(family.ways)].made(_filed(10 + number), on)


@pytest.mark.parametrize("name", FAMILIES)
@given(_acts, _way, _way)
def test_no_act_of_a_day_is_swallowed(
    name: str, others: list[tuple[int, int]], one: int, other: int
) -> None:
    family = FAMILIES[name]
    ways = [family.ways[number % len(family.ways)] for number in (one, other)]
    besides = list(_earlier_and_later(family, others))
    before, on = FIRST, FIRST + timedelta(1)
    told = []
    for days in ((on, on), (before, on)):
        made = [way.made(_filed(n, n), d) for n, way, d in zip((1, 2), ways, days, strict=True)]
        file = _file(family, *besides, *made)
        told.append([_said(cells, _ALIKE) for cells in _from(family, file, on)])
    if name == "decisions":
        # An override that was replaced on its own day leaves open whether it ended a level's time.
        assert all(_leaves_open(*pair) for pair in zip(*told, strict=True))
    else:
        assert told[0] == told[1]


def _leaves_open(doubt: list[tuple[date, Any]], said: list[tuple[date, Any]]) -> bool:
    """Whether what is said on each day lies within what is left open on it."""

    def at(told: list[tuple[date, Any]], since: date) -> Any:
        return [says for start, says in told if start <= since][-1]

    def allows(wide: Any, narrow: Any) -> bool:
        if wide is None or wide == narrow:
            return True
        low, high = map(place, wide)
        return narrow is not None and low <= place(narrow[0]) <= place(narrow[1]) <= high

    return all(allows(at(doubt, start), at(said, start)) for start, _ in (*doubt, *said))


_ALIKE = {FIRST: FIRST + timedelta(1)}
"""What runs since the earlier act runs since the day of the later one, if both are on that day."""


def _cells(family: Family, file: CaseFile) -> Iterator[tuple[Asked, date, Cell]]:
    facts = facts_of(file)
    for asked in family.asked:
        for number in range(-3, 60):
            on = FIRST + timedelta(number)
            yield asked, on, facts.on(on)(asked)


def _contradicts(doubt: Cell, answer: Cell) -> bool:
    """Whether a cell is certain of something that another cell does not say, or not allow."""
    if isinstance(doubt, Known):
        return not isinstance(answer, Known) or doubt.value != answer.value
    if doubt.between is None or not isinstance(answer, Known):
        return False
    low, high = map(place, doubt.between)
    return not low <= place(answer.value) <= high


@pytest.mark.parametrize("name", FAMILIES)
@given(_acts, _way, _way)
def test_unordered_acts_of_a_day_give_no_certain_answer_that_one_of_the_orders_contradicts(
    name: str, others: list[tuple[int, int]], one: int, other: int
) -> None:
    family = FAMILIES[name]
    ways = [family.ways[number % len(family.ways)] for number in (one, other)]
    besides = list(_earlier_and_later(family, others))

    def file(*sequences: int | None) -> CaseFile:
        made = [
            w.made(_filed(n, s), FIRST)
            for n, (w, s) in enumerate(zip(ways, sequences, strict=True))
        ]
        return _file(family, *besides, *made)

    doubts = list(_cells(family, file(None, None)))
    for sequences in ((1, 2), (2, 1)):
        for doubt, answer in zip(doubts, _cells(family, file(*sequences)), strict=True):
            assert not _contradicts(doubt[2], answer[2]), (doubt, answer)


_partial = st.tuples(_way, st.integers(-6, 6), st.integers(0, 5))


@pytest.mark.parametrize("name", FAMILIES)
@given(st.lists(_partial, min_size=1, max_size=3), st.data())
def test_no_completion_of_days_known_in_part_reverses_a_decided_answer(
    name: str, acts: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    family = FAMILIES[name]

    def file(days: list[Day]) -> CaseFile:
        ways = (family.ways[way % len(family.ways)] for way, _, _ in acts)
        made = [w.made(_filed(n), d) for n, (w, d) in enumerate(zip(ways, days, strict=True))]
        return _file(family, *made)

    firsts = [FIRST + timedelta(start) for _, start, _ in acts]
    lasts = [first + timedelta(length) for first, (_, _, length) in zip(firsts, acts, strict=True)]
    partial: list[Day] = [
        first if first == last else PartialDay(first, last)
        for first, last in zip(firsts, lasts, strict=True)
    ]
    known: list[Day] = [
        first + timedelta(data.draw(st.integers(0, (last - first).days)))
        for first, last in zip(firsts, lasts, strict=True)
    ]
    doubts = _cells(family, file(partial))
    for doubt, answer in zip(doubts, _cells(family, file(known)), strict=True):
        assert not _contradicts(doubt[2], answer[2]), (doubt, answer)


@pytest.mark.parametrize("name", FAMILIES)
@given(st.lists(_partial, max_size=4), st.randoms(use_true_random=False))
def test_the_place_of_acts_in_the_file_says_nothing(
    name: str, acts: list[tuple[int, int, int]], chance: Random
) -> None:
    family = FAMILIES[name]
    made = []
    for number, (way, start, length) in enumerate(acts):
        first = FIRST + timedelta(start // 3)
        on: Day = PartialDay(first, first + timedelta(length)) if length > 3 else first
        filed = _filed(number, None if start % 3 else number + 1)
        made.append(family.ways[way % len(family.ways)].made(filed, on))
    shuffled = chance.sample(made, len(made))
    assert list(_cells(family, _file(family, *made))) == list(
        _cells(family, _file(family, *shuffled))
    )

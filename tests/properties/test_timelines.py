"""Laws of timelines, and of the claims that are settled into them."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, cast

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.rules.facts import Assumption, Cell, Known, Unknown
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.days import OPEN, UNSURE, Span
from rehabcore.rules.time.partial import Days
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.testing.strategies.time import days
from tests.kit.sheets import claims

ONE_DAY = timedelta(days=1)

# --- timelines ----------------------------------------------------------------------------


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=12), days())
def test_timeline_agrees_with_its_function_on_every_day_and_has_no_equal_neighbours(
    levels: list[int], first: date
) -> None:
    starts = [first + timedelta(days=3 * index) for index in range(len(levels))]

    def level(on: date) -> int:
        begun = [value for start, value in zip(starts, levels, strict=True) if start <= on]
        return begun[-1] if begun else 0

    timeline = Timeline.of_changes(reversed(starts), level)
    for shift in range(-3, 3 * len(levels) + 3):
        on = first + timedelta(days=shift)
        assert timeline.at(on) == level(on)
    pieces = list(timeline.pieces())
    assert pieces[0][0] == date.min
    assert pieces[-1][1] is None
    assert all(left[1] == right[0] for left, right in pairwise(pieces))
    assert all(left[2] != right[2] for left, right in pairwise(pieces))
    assert timeline.changes() == tuple(start for start, _, _ in pieces[1:])
    for start, end, value in pieces:
        assert timeline.at(start) == value
        assert end is None or timeline.at(end - ONE_DAY) == value
    assert timeline.map(abs) == Timeline.of_changes(starts, lambda on: abs(level(on)))


# --- claims -------------------------------------------------------------------------------

ABSENT: Cell = Known("low", assumption=Assumption.NONE_ON_FILE)


def _certainly(claim: Claim, on: date) -> bool:
    return claim.span is None or (isinstance(claim.span, Span) and on in claim.span)


def _unsure_since(days: Days | None, on: date) -> bool:
    return isinstance(days, Span) and days.end is UNSURE and days.start <= on


def _read_by_hand(said: list[Claim], on: date) -> tuple[object, set[str]]:
    """The value, the kind of not knowing, or None; and the records it rests on."""
    certain = [claim for claim in said if _certainly(claim, on)]
    sure = [claim for claim in certain if not isinstance(claim.says, UnknownKind)]
    words = {claim.says for claim in sure}
    if words:
        word = words.pop() if len(words) == 1 else UnknownKind.DISPUTED
        return word, {claim.record_id for claim in sure}
    for kind in UnknownKind:
        if ids := {claim.record_id for claim in certain if claim.says is kind}:
            return kind, ids
    begun = [c for c in said if _unsure_since(c.span, on)]
    return (UnknownKind.MISSING if begun else None), {claim.record_id for claim in begun}


@given(claims())
def test_settled_cells_are_those_read_by_hand_on_every_day(said: list[Claim]) -> None:
    timeline = settle(said, ABSENT)
    for shift in range(100):
        on = date(2019, 12, 30) + timedelta(days=shift)
        cell = timeline.at(on)
        word, ids = _read_by_hand(said, on)
        if word is None:
            assert cell == ABSENT
        else:
            assert (cell.kind if isinstance(cell, Unknown) else cell.value) == word
            assert isinstance(cell, Unknown) == isinstance(word, UnknownKind)
            assert set(cell.evidence) == ids
            assert len(cell.evidence) == len(ids)


@given(claims(), st.randoms())
def test_order_of_claims_changes_nothing_and_neither_do_doubled_ones(
    said: list[Claim], random: Any
) -> None:
    shuffled = [*said, *said]
    random.shuffle(shuffled)
    assert settle(shuffled, ABSENT) == settle(said, ABSENT)


@given(claims(), st.integers(1, 30))
def test_splitting_a_claim_into_touching_ones_changes_nothing(
    said: list[Claim], length: int
) -> None:
    split: list[Claim] = []
    for claim in said:
        span = cast("Span | None", claim.span)
        middle = span.start + timedelta(days=length) if span else date.min
        splits = span and (span.end is OPEN or (isinstance(span.end, date) and middle < span.end))
        if span and splits:
            split.append(evolve(claim, span=Span(span.start, middle)))
            split.append(evolve(claim, span=Span(middle, span.end)))
        else:
            split.append(claim)
    assert settle(split, ABSENT) == settle(said, ABSENT)

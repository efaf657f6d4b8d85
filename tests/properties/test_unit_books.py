"""Books of communities: places on every day, and what is left when a resident is taken out.

Places are counted from outside: whoever was admitted by a day and did not leave by it has one.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import rehabcore as rc
from rehabcore.care import CommunityUnit, PlaceHeld, occupancy, standing_on
from rehabcore.care.community import unit_stays, units
from rehabcore.care.community.occupancy import CommunityAlert
from rehabcore.care.community.units import without_stay
from rehabcore.strict.vocabulary import UnitEvent
from tests.kit.units import unit, unit_act

START = date(2026, 1, 1)
Stays = list[tuple[int, int | None, bool]]
"""For each stay the day of admission, how many days later it ended, and whether it waited."""
STAYS = st.lists(
    st.tuples(st.integers(0, 20), st.none() | st.integers(0, 9), st.booleans()), max_size=8
)


def _on(number: int) -> str:
    return (START + timedelta(number)).isoformat()


def _book(stays: Stays, places: int = 2) -> CommunityUnit:
    acts = []
    for n, (since, days, waited) in enumerate(stays):
        acts += [unit_act(f"stay-{n}", "waitlisted", _on(since - 1))] if waited else []
        acts += [unit_act(f"stay-{n}", "admitted", _on(since))]
        acts += [unit_act(f"stay-{n}", "advanced", _on(since))]
        acts += [unit_act(f"stay-{n}", "appointed", _on(since), "crew")]
        acts += [] if days is None else [unit_act(f"stay-{n}", "left", _on(since + days))]
    return unit(*acts, places=places)


def _days() -> Iterator[date]:
    return (START + timedelta(number) for number in range(-1, 32))


def _taken(stays: Stays, on: date) -> int:
    """How many have a place at the end of a day. Whoever leaves on it has none any more."""
    number = (on - START).days
    return sum(
        since <= number and (days is None or number < since + days) for since, days, _ in stays
    )


def places_are_counted(stays: Stays) -> None:
    """Every day has as many places taken as people, told by day and over time alike."""
    book = _book(stays)
    over_time = occupancy(book)
    for on in _days():
        standing = standing_on(book, on)
        assert standing.occupied == _taken(stays, on)
        assert standing.occupied == len(standing.residents)
        assert (CommunityAlert.OVER_CAPACITY in standing.alerts) is (standing.occupied > 2)
        [told] = [piece.occupied for piece in over_time if on in piece.within] or [0]
        assert told == standing.occupied


@settings(max_examples=8)
@given(STAYS)
def test_every_day_has_as_many_places_taken_as_people(stays: Stays) -> None:
    places_are_counted(stays)


@settings(max_examples=8)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=6))
def test_in_one_place_one_follows_another_on_the_day_on_which_that_one_leaves(
    lengths: list[int],
) -> None:
    stays: Stays = []
    for days in lengths:
        since = sum(length for _, length, _ in stays if length)
        stays.append((since, days, True))
    book = _book(stays, places=1)
    last = sum(lengths)
    for on in _days():
        standing = standing_on(book, on)
        assert standing.occupied == (0 <= (on - START).days < last)
        assert CommunityAlert.OVER_CAPACITY not in standing.alerts
        assert standing.admits is not bool(standing.occupied)


def taken_out(stays: Stays, numbers: list[int]) -> None:
    """Without some stays every day has as many places taken; of the others nothing changes."""
    book, gone = _book(stays), {f"stay-{number}" for number in numbers if number < len(stays)}
    left = book
    for stay in sorted(gone):
        left = without_stay(left, stay)
    assert occupancy(left) == occupancy(book)
    for on in _days():
        one, other = standing_on(book, on), standing_on(left, on)
        kept = evolve(
            one,
            residents=tuple(r for r in one.residents if r.stay not in gone),
            waiting=tuple(w for w in one.waiting if w.stay not in gone),
            too_early=tuple(stay for stay in one.too_early if stay not in gone),
        )
        assert other == kept
        assert (other.free, other.admits, other.ratio) == (one.free, one.admits, one.ratio)
    text = rc.write(left)
    assert not [stay for stay in gone if f'"{stay}"' in text]
    assert rc.read(text, CommunityUnit) == left


@settings(max_examples=8)
@given(STAYS, st.lists(st.integers(0, 7), max_size=8))
def test_whoever_is_taken_out_leaves_the_rest_sound(stays: Stays, numbers: list[int]) -> None:
    taken_out(stays, numbers)


@settings(max_examples=8)
@given(STAYS)
def test_the_order_in_which_people_are_taken_out_tells_nothing(stays: Stays) -> None:
    names = [f"stay-{number}" for number in range(len(stays))]
    one, other = _book(stays), _book(stays)
    for stay, last in zip(names, names[::-1], strict=True):
        one, other = without_stay(one, stay), without_stay(other, last)
    assert one == other
    assert one.acts == ()


def _a_day_more(held: PlaceHeld) -> PlaceHeld:
    return evolve(held, until=held.until and held.until + timedelta(1))


def _since_ever(**_: object) -> PlaceHeld:
    return PlaceHeld(since=START)


def test_a_place_that_is_kept_too_long_or_not_at_all_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stays: Stays = [(1, 3, False), (2, None, False)]
    taken_out(stays, [0, 1])
    for broken in (
        lambda **said: _a_day_more(PlaceHeld(**said)),
        lambda **_: PlaceHeld(since=START),
    ):
        monkeypatch.setattr(units, "PlaceHeld", broken)
        with pytest.raises(AssertionError):
            taken_out(stays, [0])


def test_whoever_leaves_at_the_end_of_the_day_after_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stays: Stays = [(1, 3, False)]
    places_are_counted(stays)
    left = unit_stays._EFFECTS[UnitEvent.LEFT]
    monkeypatch.setitem(
        unit_stays._EFFECTS,
        UnitEvent.LEFT,
        lambda stay, act: left(stay, evolve(act, on=act.on + timedelta(1))),
    )
    with pytest.raises(AssertionError):
        places_are_counted(stays)

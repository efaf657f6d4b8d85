"""What several offices tell, counted a second time: in every way in which it may have been."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from rehabcore.questions.counting.tellings import Telling, counted_things, each_record
from rehabcore.questions.counting.things import clusters
from rehabcore.records import Event
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.time.partial import Day, PartialDay, first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from tests.kit.builders import filed

FIRST = date(2020, 1, 1)
OFFICES = "abc"


@st.composite
def _days(draw: st.DrawFn) -> Day:
    """One of a few days, or between two of them."""
    first = FIRST + timedelta(draw(st.integers(0, 6)))
    last = first + timedelta(draw(st.sampled_from((0, 0, 0, 1, 3))))
    return first if first == last else PartialDay(first, last)


@st.composite
def _told(draw: st.DrawFn) -> list[Event]:
    """Up to five events, grave or not, some of which are told again."""
    events: list[Event] = []
    for number in range(draw(st.integers(0, 5))):
        office = draw(st.sampled_from(OFFICES))
        again = [e.filed.record_id for e in events if _may_tell_again(office, e, events)]
        filing = filed(
            f"e-{number}", source=office, same_as=draw(st.sampled_from((None, None, *again)))
        )
        severity = draw(st.sampled_from(("grave", "grave", "minor")))
        events.append(Event(filed=filing, kind="any", happened_on=draw(_days()), severity=severity))
    return events


def _may_tell_again(office: str, event: Event, events: list[Event]) -> bool:
    """Whether no record of the office tells an event so far."""
    told = next(block for block in _told_again(events) if event in block)
    return office not in {one.filed.source for one in told}


def _told_again(events: list[Event]) -> list[list[Event]]:
    """The events, those together that certainly are the same."""
    blocks: list[list[Event]] = []
    for event in events:
        named = next(
            (b for b in blocks if event.filed.same_as in {e.filed.record_id for e in b}), None
        )
        if named is None:
            blocks.append([event])
        else:
            named.append(event)
    return blocks


def _ways(blocks: list[list[Event]], within: int) -> Iterator[list[list[Event]]]:
    """Every way in which events of different offices may be the same."""
    for way in _partitions(blocks):
        if all(len(parts) == 1 or _may_be_one(parts, within) for parts in way):
            yield [[event for part in parts for event in part] for parts in way]


def _partitions(blocks: list[list[Event]]) -> Iterator[list[list[list[Event]]]]:
    if not blocks:
        yield []
        return
    first, *rest = blocks
    for way in _partitions(rest):
        yield [[first], *way]
        for place, parts in enumerate(way):
            yield [*way[:place], [first, *parts], *way[place + 1 :]]


def _may_be_one(parts: list[list[Event]], within: int) -> bool:
    """Whether offices may tell one thing, each on a day that is near to one of another's."""
    offices = [event.filed.source for part in parts for event in part]
    if len(set(offices)) < len(offices):
        return False
    return any(_hang_together(list(days), within) for days in product(*map(_span, parts)))


def _span(part: list[Event]) -> list[date]:
    """The days to which those date a thing who certainly tell the same."""
    days = {day for event in part for day in _possible(event, part)}
    return [min(days) + timedelta(more) for more in range((max(days) - min(days)).days + 1)]


def _hang_together(days: list[date], within: int) -> bool:
    days = sorted(days)
    return all((later - earlier).days <= within for earlier, later in pairwise(days))


def _numbers(events: list[Event], within: int, length: int, on: date) -> set[int]:
    """Every number that may be right on a day."""
    numbers: set[int] = set()
    for way in _ways(_told_again(events), within):
        least = most = 0
        for block in way:
            counts = {
                event.severity == "grave" and day <= on < day + timedelta(length)
                for event in block
                for day in _possible(event, block)
            }
            least, most = least + min(counts), most + max(counts)
        numbers |= set(range(least, most + 1))
    return numbers


def _possible(event: Event, block: list[Event]) -> set[date]:
    """The days on which an event may have happened; who knows better is right."""
    said = [_days_in(e.happened_on) for e in block]
    common = set.intersection(*said)
    if common:
        return common
    own = _days_in(event.happened_on)
    known = [days for days in said if not any(other < days for other in said)]
    return set().union(*(days for days in known if days <= own))


def _days_in(day: Day) -> set[date]:
    first, last = first_of(day), last_of(day)
    return {first + timedelta(more) for more in range((last - first).days + 1)}


def _counted(events: list[Event], within: int, length: int) -> Timeline[Cell]:
    def tell(event: Event) -> Telling:
        return Telling(day=event.happened_on, passes=((date.min, event.severity == "grave"),))

    return counted_things(
        clusters(events, lambda event: event.happened_on, within=within),
        each_record(tell),
        lambda day: day + timedelta(length),
        by_own_day=True,
        apart=False,
    )


@given(_told(), st.integers(0, 3), st.integers(1, 9), st.integers(-1, 18))
def test_one_real_thing_told_twice_is_never_counted_twice_for_certain(
    events: list[Event], within: int, length: int, after: int
) -> None:
    """Nor is it ever counted once for certain if it may be two."""
    on = FIRST + timedelta(after)
    cell = _counted(events, within, length).at(on)
    numbers = _numbers(events, within, length, on)
    if isinstance(cell, Known):
        assert numbers == {cell.value}
    else:
        assert isinstance(cell, Unknown)
        assert cell.between is not None
        least, most = cell.between
        assert isinstance(least, int)
        assert isinstance(most, int)
        assert least <= min(numbers) <= max(numbers) <= most


@given(_told(), st.integers(0, 3), st.integers(1, 9), st.integers(-1, 18))
def test_two_records_of_one_office_are_always_two(
    events: list[Event], within: int, length: int, after: int
) -> None:
    """What one office tells alone is counted as if the country stated nothing."""
    on = FIRST + timedelta(after)
    alone = [event for event in events if event.filed.source == "a"]
    cell, numbers = _counted(alone, within, length).at(on), _numbers(alone, 0, length, on)
    if len(numbers) == 1:
        assert isinstance(cell, Known)
        assert {cell.value} == numbers
    else:
        assert isinstance(cell, Unknown)
        assert cell.between == (min(numbers), max(numbers))

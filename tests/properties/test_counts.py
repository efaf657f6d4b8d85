"""What several sources tell, counted a second time: anew on every day, thing by thing."""

from collections import defaultdict
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rehabcore.questions.counting.counts import Counted, by_day_and_source, count
from rehabcore.records import Event
from rehabcore.rules.facts import Known, Unknown
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import filed

FIRST = date(2020, 1, 1)
ALL, SOURCES = timedelta(12), "abc"


@st.composite
def _told(draw: st.DrawFn) -> tuple[list[Event], list[Counted]]:
    """Up to seven events, and those of them that count, each over days of its own."""
    events, counted = [], []
    for number in range(draw(st.integers(0, 7))):
        day = FIRST + timedelta(draw(st.integers(0, 2)))
        filing = filed(f"e-{number}", source=draw(st.sampled_from(SOURCES)))
        events.append(Event(filed=filing, kind="any", happened_on=day))
        start = day + timedelta(draw(st.integers(0, 2)))
        days = draw(st.none() | st.integers(0, 4))
        end = None if days is None else start + timedelta(days)
        unsure = draw(st.none() | st.sampled_from(UnknownKind))
        if draw(st.integers(0, 3)):
            dated = draw(st.sampled_from((day, day, day, None)))
            counted.append(Counted.of(events[-1], dated, start, end, unsure))
    return events, counted


def _bounds(events: list[Event], counted: list[Counted], day: date) -> tuple[int, int]:
    """The fewest and the most on a day, as they are defined."""
    told: dict[object, dict[str, int]] = defaultdict(lambda: dict.fromkeys(SOURCES, 0))
    for event in events:
        told[event.happened_on][event.filed.source] += 1
    here = [one for one in counted if one.start <= day and (one.end is None or day < one.end)]
    least = most = 0
    for what in {one.what for one in here}:
        of_it = [one for one in here if one.what == what]
        may = {s: sum(one.source == s for one in of_it) for s in SOURCES}
        sure = {s: sum(one.source == s and one.unsure is None for one in of_it) for s in SOURCES}
        against = {s: told[what][s] - may[s] for s in SOURCES} if what in told else {}
        most += max(may.values())
        least += max(
            0, *(sure[s] - max(against.get(o, 0) for o in SOURCES if o != s) for s in SOURCES)
        )
    return least, most


@given(_told(), st.booleans())
def test_the_number_of_every_day_lies_where_its_definition_says(
    told: tuple[list[Event], list[Counted]], disputes: bool
) -> None:
    """What several sources tell of one thing is one, and what some do not count is disputed."""
    events, counted = told
    by_source = by_day_and_source((e.happened_on, e) for e in events) if disputes else None
    cells = count(counted, by_source)
    for after in range(-1, ALL.days):
        day = FIRST + timedelta(after)
        least, most = _bounds(events if disputes else [], counted, day)
        cell = cells.at(day)
        if least == most:
            assert isinstance(cell, Known)
            assert cell.value == most
        else:
            assert isinstance(cell, Unknown)
            assert cell.between == (least, most)

"""What is followed from day to day is what would be found if each day were looked at by itself."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rehabcore.questions.counting.possible_days import PossibleDays
from rehabcore.questions.counting.seen import Seen
from rehabcore.questions.counting.sentencing import Fewest, ToldSentence, of_one_office
from rehabcore.questions.counting.within_bounds import WithinBounds
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.rules.evidence import Evidence, Index
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.judging.during import During
from rehabcore.rules.truth import UnknownKind, foremost
from tests.kit.record_makers import sentence

FIRST = date(2020, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(12)]
ANY_DAY = st.sampled_from(DAYS)
SPANS = st.lists(st.tuples(ANY_DAY, ANY_DAY), max_size=8)
NAMES = Index(str(number) for number in range(8))


def test_what_holds_on_no_day_is_passed_over() -> None:
    during = During([(DAYS[3], DAYS[3]), (DAYS[1], DAYS[2])], lambda span: span)
    assert during.reach(DAYS[0]).number == 0
    assert during.reach(DAYS[5]).number == 0
    assert during.lowest(DAYS[5]) == date.max
    assert during.highest(DAYS[5]) == date.min


@given(SPANS, st.lists(ANY_DAY))
def test_things_hold_from_their_first_day_until_their_end(
    spans: list[tuple[date, date]], days: list[date]
) -> None:
    things = list(enumerate(spans))
    during = During(
        things,
        lambda thing: thing[1],
        bits=lambda thing: NAMES.bit(str(thing[0])),
        unclear=lambda thing: thing[0] % 2 == 0,
        low=lambda thing: DAYS[thing[0]],
        high=lambda thing: DAYS[-thing[0] - 1],
    )
    for day in sorted(days):
        holds = [number for number, (start, end) in things if start <= day < end]
        during.reach(day)
        assert during.number == len(holds)
        assert during.number_unclear == sum(number % 2 == 0 for number in holds)
        assert Evidence((NAMES, during.records.bits())) == tuple(map(str, holds))
        assert during.lowest(day) == min([DAYS[n] for n in holds], default=date.max)
        assert during.highest(day) == max([DAYS[-n - 1] for n in holds], default=date.min)


@given(SPANS, st.lists(st.tuples(ANY_DAY, ANY_DAY)))
def test_what_lies_within_bounds_is_told_as_they_move(
    spans: list[tuple[date, date]], bounds: list[tuple[date, date]]
) -> None:
    things = list(enumerate(spans))
    among = WithinBounds(things, lambda thing: thing[1][0], lambda thing: thing[1][1])
    within = Counter[int]()
    for since, until in bounds:
        for (number, _), sign in among.move(since, until):
            within[number] += sign
        assert {number for number in within if within[number]} == {
            number for number, (first, last) in things if first <= until and since <= last
        }


@given(
    st.lists(st.tuples(ANY_DAY, ANY_DAY).map(sorted), max_size=8),
    st.lists(st.tuples(st.tuples(ANY_DAY, ANY_DAY).map(sorted), st.integers(0, 7))),
)
def test_possible_days_are_taken_once_unless_they_do_not_pass(
    bounds: list[list[date]], asked: list[tuple[list[date], int]]
) -> None:
    days = PossibleDays([(first, last) for first, last in bounds])
    left = set(range(len(bounds)))
    for (low, high), refused in asked:
        expected = {
            place
            for place in left - {refused}
            if bounds[place][0] <= high and low <= bounds[place][1]
        }
        assert set(days.take(low, high, lambda place: place != refused)) == expected  # noqa: B023
        left -= expected


CELLS = st.one_of(
    st.builds(Known, st.booleans(), evidence=st.sampled_from([(), ("a",), ("a", "b")])),
    st.builds(Unknown, st.sampled_from(UnknownKind), evidence=st.sampled_from([(), ("c",)])),
)


def _either(cells: list[Cell]) -> Cell:
    """The Kleene "or" of flags, with the records of those that decide it."""

    def ids(some: list[Cell]) -> tuple[str, ...]:
        return tuple(sorted({own for cell in some for own in cell.evidence}))

    true = [cell for cell in cells if isinstance(cell, Known) and cell.value]
    unknown = [cell for cell in cells if isinstance(cell, Unknown)]
    if true:
        return Known(True, evidence=ids([*true]))
    if unknown:
        return Unknown(foremost(cell.kind for cell in unknown), evidence=ids([*unknown]))
    return Known(False, evidence=ids(cells))


@given(st.lists(CELLS, max_size=8), st.lists(st.integers(0, 8)), st.lists(st.integers(0, 8)))
def test_a_window_sees_the_or_of_its_flags(
    cells: list[Cell], firsts: list[int], ends: list[int]
) -> None:
    seen = Seen(cells)
    for first, end in zip(sorted(firsts), sorted(ends), strict=False):
        seen.move(min(first, end), end)
        assert seen.either() == _either(cells[min(first, end) : end])


@st.composite
def _clusters(draw: st.DrawFn) -> list[list[ToldSentence]]:
    """Sentences of some offices that begin on some days, those that may be one together."""

    def told(number: int) -> ToldSentence:
        start, office = draw(ANY_DAY), draw(st.sampled_from("abc"))
        record = sentence(f"s-{number}", start.isoformat(), "2031-01-01", source=office)
        return ToldSentence.by([record])

    sizes = draw(st.lists(st.integers(1, 3), max_size=3))
    return [[told(10 * at + number) for number in range(size)] for at, size in enumerate(sizes)]


def _fewest(parts: list[ToldSentence], day: date) -> int:
    """How many of the parts have begun by a day at least, whichever of them are one sentence."""

    def offices(some: list[ToldSentence]) -> Counter[str]:
        return Counter(record.filed.source for part in some for record in part.records)

    begun = offices([part for part in parts if part.start.high <= day])
    later = offices([part for part in parts if part.start.high > day])
    kept = (number - later.total() + later[office] for office, number in begun.items())
    return max((0, *kept))


@given(_clusters())
def test_the_fewest_sentences_are_those_of_each_cluster(clusters: list[list[ToldSentence]]) -> None:
    policy = RecordsPolicy()
    told = [one for parts in clusters for one in parts]
    fewest, of_one = Fewest(clusters, policy), of_one_office(told, policy)
    for day in DAYS:
        assert fewest.reach(day) == sum(_fewest(parts, day) for parts in clusters)
        begun = Counter(one.records[0].filed.source for one in told if one.start.low <= day)
        assert of_one.reach(day) == max(begun.values(), default=0)

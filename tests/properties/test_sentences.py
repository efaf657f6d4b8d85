"""Laws of several sentences: joined ones, those of two courts, days known in part."""

from datetime import date, timedelta
from itertools import accumulate, groupby, pairwise, permutations
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions import CaseFacts
from rehabcore.questions.counting.connected import connected
from rehabcore.questions.counting.sentencing import ToldSentence, sentencing
from rehabcore.questions.policy import InARow, RecordsPolicy, SentencePolicy, ToldTwice
from rehabcore.records import Sentence
from rehabcore.rules.criteria import Asked, Compare, ask
from rehabcore.rules.facts import RUNNING, Known, Operator
from rehabcore.rules.judging.meaning import pair
from rehabcore.rules.time.days import OPEN, UNSURE, Term
from rehabcore.rules.time.partial import Day, PartialDay, PartialEnd
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import case, filed
from tests.kit.record_makers import XX

FIRST = date(2026, 1, 1)
ASKED: list[Asked] = [
    ask(XX.facts["sentence_remaining"]),
    ask(XX.facts["time_to_earliest_release"]),
    ask(XX.facts["time_to_share_served"], share="1/2", term="full"),
    ask(XX.facts["time_to_share_served"], share="2/3", term="minimum"),
    ask(XX.facts["time_served"]),
    ask(XX.facts["sentences"]),
    ask(XX.facts["life_sentence"]),
    ask(XX.facts["sentence_within"], length="2 months"),
    ask(XX.facts["sentence_under"], length="90 days"),
    ask(XX.facts["offence_of"], offence_kind="violent", scope="current"),
    ask(XX.facts["time_since_offence"]),
]
"""Every question that reads sentences."""


def _country(in_a_row: InARow | None) -> Jurisdiction:
    stated = SentencePolicy(in_a_row=in_a_row, courts=("court",))
    policy = RecordsPolicy(told_twice=ToldTwice(within_days=3), sentences=stated)
    return evolve(XX, records_policy=policy)


COUNTRIES = {in_a_row: _country(in_a_row) for in_a_row in (*InARow, None)}
ANY_COUNTRY = st.sampled_from(list(COUNTRIES.values()))


def _days(first: date, last: date) -> st.SearchStrategy[date]:
    return st.dates(first, last)


@st.composite
def rows(draw: st.DrawFn) -> tuple[Sentence, ...]:
    """Up to four sentences of one court, each of which begins when the one before it ends."""
    lengths = draw(st.lists(st.integers(1, 120), min_size=2, max_size=4))
    ends = list(accumulate(map(timedelta, lengths), initial=timedelta()))
    return tuple(
        Sentence(
            filed=filed(f"s-{place}", source="court-1"),
            start=FIRST + start,
            end=FIRST + end,
            consecutive_to=RecordId(f"s-{place - 1}") if place else None,
        )
        for place, (start, end) in enumerate(pairwise(ends))
    )


def _unjoined(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    return tuple(evolve(one, consecutive_to=None) for one in sentences)


def _facts(country: Jurisdiction, sentences: Any) -> CaseFacts:
    return CaseFacts(case(sentences=tuple(sentences)), country.questions)


SOURCES = ("court-1", "court-2", "registry-1", "prison-1")


@st.composite
def days(draw: st.DrawFn, first: date, last: date) -> Day:
    """A day between two, known or known in part."""
    one, other = sorted(draw(st.lists(_days(first, last), min_size=2, max_size=2)))
    if one == other or draw(st.booleans()):
        return one
    return PartialDay(one, other)


@st.composite
def told_sentences(draw: st.DrawFn) -> tuple[Sentence, ...]:
    """Up to four sentences of several offices, whose days touch, coincide and are vague."""
    told: list[Sentence] = []
    for place in range(draw(st.integers(1, 4))):
        touching = [s.end for s in told if isinstance(s.end, date)]
        start: Day = draw(
            st.one_of(st.just(FIRST), days(FIRST, FIRST + timedelta(60)), *map(st.just, touching))
        )
        after = (start.last if isinstance(start, PartialDay) else start) + timedelta(1)
        ends: st.SearchStrategy[PartialEnd] = st.one_of(
            days(after, after + timedelta(90)), st.sampled_from((OPEN, UNSURE))
        )
        joined = [s for s in told if s.end == start and isinstance(start, date)]
        told.append(
            Sentence(
                filed=evolve(
                    filed(f"s-{place}", source=draw(st.sampled_from(SOURCES))),
                    same_as=draw(st.sampled_from([None, *(s.filed.record_id for s in told)])),
                ),
                start=start,
                end=draw(ends),
                consecutive_to=draw(st.sampled_from([None, *(s.filed.record_id for s in joined)])),
            )
        )
    return tuple(told)


@given(rows())
def test_joining_touching_sentences_changes_nothing_but_where_law_adds_them_up(
    row: tuple[Sentence, ...],
) -> None:
    for in_a_row, country in COUNTRIES.items():
        joined, unjoined = _facts(country, row), _facts(country, _unjoined(row))
        for asked in ASKED:
            before, after = unjoined.timeline(asked), joined.timeline(asked)
            if in_a_row is not InARow.ADDED:
                assert before == after
            for start, _, cell in after.pieces():
                assert _holds(before.at(start), cell)


def _holds(wider: Any, narrower: Any) -> bool:
    """Whether every value that one cell allows is allowed by another."""
    if isinstance(wider, Known):
        return isinstance(narrower, Known) and wider.value == narrower.value
    if wider.between is None:
        return True
    low, high = (narrower.value,) * 2 if isinstance(narrower, Known) else narrower.between
    least, most = wider.between
    return bool(_place(least) <= _place(low) and _place(high) <= _place(most))


def _place(value: Any) -> Any:
    return value if isinstance(value, date | int) else date.max


@given(rows())
def test_a_row_that_is_added_up_is_one_long_sentence(row: tuple[Sentence, ...]) -> None:
    one = Sentence(filed=filed("s-0", source="court-1"), start=FIRST, end=row[-1].end)
    country = COUNTRIES[InARow.ADDED]
    joined, long = _facts(country, row), _facts(country, [one])
    for asked in ASKED:
        if asked.fact.name not in ("sentences", "time_since_offence"):  # of these there are several
            assert _values(joined, asked) == _values(long, asked)


def _values(facts: CaseFacts, asked: Asked) -> list[object]:
    """The values of a fact, or their bounds, in the order in which they begin to hold."""
    cells = facts.timeline(asked).values
    values = (cell.value if isinstance(cell, Known) else cell.between for cell in cells)
    return [value for value, _ in groupby(values)]


@given(told_sentences())
def test_two_courts_sentences_stay_two(sentences: tuple[Sentence, ...]) -> None:
    courts = [
        evolve(one, filed=evolve(one.filed, source=f"court-{place}", same_as=None))
        for place, one in enumerate(sentences)
    ]
    for country in COUNTRIES.values():
        last = _facts(country, courts).timeline(ASKED[5]).values[-1]
        assert isinstance(last, Known)
        assert last.value == len(courts)


@given(told_sentences(), ANY_COUNTRY, st.randoms())
def test_the_order_of_sentences_on_file_changes_nothing(
    sentences: tuple[Sentence, ...], country: Jurisdiction, chance: Any
) -> None:
    shuffled = list(sentences)
    chance.shuffle(shuffled)
    one, other = _facts(country, sentences), _facts(country, shuffled)
    assert [one.timeline(asked) for asked in ASKED] == [other.timeline(asked) for asked in ASKED]


@given(told_sentences(), ANY_COUNTRY, st.data())
def test_no_completion_of_what_is_open_reverses_a_decided_answer(
    sentences: tuple[Sentence, ...], country: Jurisdiction, data: st.DataObject
) -> None:
    """Days become known, a registry says of what it tells again, and a court how it joined."""
    known = tuple(_known(one, data) for one in sentences)
    vague, exact = _facts(country, sentences), _facts(country, known)
    on = data.draw(_days(FIRST - timedelta(5), FIRST + timedelta(300)))
    for asked in ASKED:
        for compare in _compared(asked):
            before = pair(compare, vague.timeline(asked).at(on), on)
            after = pair(compare, exact.timeline(asked).at(on), on)
            assert not (before[0] and after[1]), (asked, on)
            assert not (before[1] and after[0]), (asked, on)


def _known(sentence: Sentence, data: st.DataObject) -> Sentence:
    """The sentence, with exact days wherever they were known in part."""
    start, end = sentence.start, sentence.end
    if isinstance(start, PartialDay):
        start = data.draw(_days(start.first, start.last))
    if isinstance(end, PartialDay):
        end = data.draw(_days(end.first, end.last))
    elif end is UNSURE:
        end = start + timedelta(data.draw(st.integers(1, 200)))
    return evolve(sentence, start=start, end=end)


def _compared(asked: Asked) -> list[Compare]:
    if asked.fact.shape in RUNNING:
        return [
            Compare(asked, operator, Term(days=number))
            for operator in (Operator.AT_LEAST, Operator.UNDER)
            for number in (0, 30, 80)
        ]
    if asked.fact.name == "sentences":
        return [Compare(asked, Operator.AT_LEAST, number) for number in (1, 2, 3)]
    return [Compare(asked, Operator.IS, True)]


@given(st.lists(told_sentences(), min_size=1, max_size=2))
def test_sentences_stand_together_where_pairs_join_them(
    several: list[tuple[Sentence, ...]],
) -> None:
    """Groups are joined one by one; they are those that looking at all pairs would find."""
    policy = COUNTRIES[InARow.EACH].records_policy
    listed = [
        evolve(one, filed=evolve(one.filed, record_id=RecordId(f"{n}-{one.filed.record_id}")))
        for n, sentences in enumerate(several)
        for one in (evolve(s, filed=evolve(s.filed, same_as=None)) for s in sentences)
    ]
    found = sentencing(listed, policy)
    pairs = [
        (one, other)
        for (one, early), (other, late) in permutations(enumerate(found.apart), 2)
        if early.start.low <= late.start.low <= early.start.high + timedelta(3)
        and not early.joined(late)
        and _offices(early).isdisjoint(_offices(late))
    ]
    groups = connected(len(found.apart), pairs)
    assert [{*part} for part in found.parts] == [{found.apart[n] for n in g} for g in groups]


def _offices(told: ToldSentence) -> set[str]:
    """The offices that tell a sentence, all courts as one."""
    sources = (record.filed.source for record in told.records)
    return {"court" if source.startswith("court") else source for source in sources}

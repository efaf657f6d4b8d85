"""Which records tell one sentence, and which sentences stand in a row; bounds where nobody knows.

Two records tell one sentence for certain if one is ``same_as`` the other. They may if one office at
least is no court and their first days are near to each other. Two records of one office are two
sentences, and so are those of two courts.

Sentences stand in a row for certain if a court said so. They may if one begins when another ends
and no court said how. Whether a row is measured as one is the country's to say.
"""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise, takewhile

from attrs import evolve

from rehabcore.questions.counting.connected import connected, telling_the_same
from rehabcore.questions.counting.counts import OfOneOffice
from rehabcore.questions.counting.possible_days import PossibleDays
from rehabcore.questions.counting.sentence_days import Between
from rehabcore.questions.policy import InARow, RecordsPolicy
from rehabcore.records import Sentence
from rehabcore.rules.evidence import Evidence, Index
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId

_Pair = tuple[int, int]
"""The places of two sentences in a list."""


@frozen(kw_only=True, slots=False)  # without slots, so that what follows is worked out once
class ToldSentence:
    """One sentence as some records tell it, with the bounds of its days.

    ``since`` is the first day, and ``until`` the end, of the row in which it is measured.
    """

    records: tuple[Sentence, ...]
    start: Between
    end: Between
    since: Between
    until: Between

    @classmethod
    def by(cls, records: Iterable[Sentence]) -> "ToldSentence":
        """The sentence that records tell together, measured for itself."""
        told = tuple(records)
        start = Between.agreed(Between.start_of(record) for record in told)
        end = Between.agreed(Between.end_of(record) for record in told)
        return cls(records=told, start=start, end=end, since=start, until=end)

    @cached_property
    def release(self) -> Between:
        """The earliest release; if nobody states it, a day from the first one to the end."""
        stated = [Between.of_day(r.earliest_release) for r in self.records if r.earliest_release]
        return Between.agreed(stated or [Between(self.since.low, self.end.high)])

    @cached_property
    def stated(self) -> bool:
        """Whether every record states the first day and the end exactly."""
        return all(
            isinstance(r.start, date) and (isinstance(r.end, date) or r.end is OPEN)
            for r in self.records
        )

    @cached_property
    def release_stated(self) -> bool:
        """Whether every record states the first day and the earliest release exactly."""
        return all(
            isinstance(r.start, date) and isinstance(r.earliest_release, date) for r in self.records
        )

    @cached_property
    def unending(self) -> bool:
        """Whether no record knows the end, so that the sentence is taken to go on."""
        return self.end.high == date.max and any(r.end is UNSURE for r in self.records)

    @cached_property
    def _named(self) -> frozenset[RecordId | None]:
        """The ids of the sentences to which a record says that this one is joined."""
        return frozenset(
            named for r in self.records for named in (r.consecutive_to, *r.concurrent_with)
        ) - {None}

    def names(self, other: "ToldSentence") -> bool:
        """Whether a record says how this sentence is joined with the other."""
        return bool(self._named) and any(r.filed.record_id in self._named for r in other.records)

    def joined(self, other: "ToldSentence") -> bool:
        """Whether a record says how the two sentences are joined."""
        return self.names(other) or other.names(self)

    @cached_property
    def follows(self) -> bool:
        """Whether a record says that the sentence follows another."""
        return any(record.consecutive_to for record in self.records)


@frozen(kw_only=True, slots=False)
class Sentencing:
    """The sentences of a person.

    ``apart`` are all that records may tell; ``together`` are those that are left if all that may be
    one are one, and ``parts`` the sentences that each of them may be. ``in_a_row`` is how the
    country measures rows.
    """

    apart: tuple[ToldSentence, ...]
    together: tuple[ToldSentence, ...]
    parts: tuple[tuple[ToldSentence, ...], ...]
    in_a_row: InARow | None

    def doubt(self, *, stated: bool) -> UnknownKind:
        """The reason why something is not certain; ``stated`` if all records state their days."""
        if not stated:
            return UnknownKind.MISSING
        return UnknownKind.DISPUTED if self._told_twice else self._doubt_of_rows

    @cached_property
    def _told_twice(self) -> bool:
        several = any(
            len({(r.start, r.end, r.earliest_release) for r in told.records}) > 1
            for told in self.apart
        )
        return several or len(self.together) < len(self.apart)

    @property
    def _doubt_of_rows(self) -> UnknownKind:
        """The reason why it is not certain that sentences stand in a row, and are added up."""
        return UnknownKind.MISSING if self.in_a_row is InARow.ADDED else UnknownKind.NEEDS_PERSON

    @cached_property
    def _by_id(self) -> dict[RecordId, ToldSentence]:
        return {record.filed.record_id: told for told in self.apart for record in told.records}

    def told_by(self, record_id: RecordId | None) -> ToldSentence | None:
        """The sentence that a record tells; None if no record of this id is on file."""
        return self._by_id.get(record_id) if record_id else None

    @cached_property
    def _index(self) -> Index:
        return Index(record.filed.record_id for told in self.apart for record in told.records)

    def bits(self, told: ToldSentence) -> int:
        """The number that stands for the records of a sentence."""
        return self._index.bits(tuple(record.filed.record_id for record in told.records))

    def evidence(self, bits: int) -> Evidence:
        """The records for which a number stands."""
        return Evidence((self._index, bits))

    def days(self) -> set[date]:
        """The days on which a sentence or a row may begin or end."""
        edges = [
            edge
            for told in (*self.apart, *self.together)
            for edge in (told.start, told.end, told.since, told.until)
        ]
        return {day for edge in edges for day in (edge.low, edge.high)} - {date.max}


def sentencing(sentences: Sequence[Sentence], policy: RecordsPolicy) -> Sentencing:
    """The sentences that records tell, measured as the country measures them."""
    in_a_row = policy.sentences.in_a_row
    if len(sentences) == 1 and not sentences[0].consecutive_to:  # told once, and in no row
        told = (ToldSentence.by(sentences),)
        return Sentencing(apart=told, together=told, parts=(told,), in_a_row=in_a_row)
    same = telling_the_same(sentence.filed for sentence in sentences)
    groups = connected(len(sentences), same)
    apart = [ToldSentence.by(sentences[place] for place in group) for group in groups]
    clusters = connected(len(apart), _near(apart, policy))
    together = [
        ToldSentence.by(r for i in cluster for r in apart[i].records) for cluster in clusters
    ]
    if in_a_row is not InARow.EACH:
        apart = _in_rows(apart, clusters, together, certain=in_a_row is InARow.ADDED)
    parts = tuple(tuple(apart[place] for place in cluster) for cluster in clusters)
    whole = tuple(_of_parts(*pair) for pair in zip(together, parts, strict=True))
    return Sentencing(apart=tuple(apart), together=whole, parts=parts, in_a_row=in_a_row)


# --- what may be told twice ---------------------------------------------------------------


def _near(told: Sequence[ToldSentence], policy: RecordsPolicy) -> Iterator[_Pair]:
    """Pairs that may be one sentence: of two offices, no two courts, begun at about one day.

    Not all such pairs, but enough of them to join all that any of them joins.
    """
    # Of those that are joined already it is enough to find one that a further sentence may be.
    # Those that none may be wait by their offices; as soon as another office tells one, they go.
    alone: dict[frozenset[str], list[_Begun]] = defaultdict(list)
    groups: list[_Group] = []
    for place in sorted(range(len(told)), key=lambda place: told[place].start.low):
        one = _Begun.of(place, told[place], policy)
        own, apart = _Group(one), list[_Group]()
        for offices in [others for others in alone if others.isdisjoint(one.offices)]:
            for other in alone.pop(offices):
                if one.may_be(other):
                    yield other.place, place
                    own = own.joined(_Group(other))
                elif other.until >= one.told.start.low:
                    alone[offices].append(other)
        for group in groups:
            found = group.one_that_may_be(one)
            if found is not None:
                yield found.place, place
                own = own.joined(group)
            elif group.by_offices:
                apart.append(group)
        groups = apart
        if own.number > 1:
            groups.append(own)
        else:
            alone[one.offices].append(one)


@frozen(kw_only=True)
class _Begun:
    """A sentence, the offices that tell it, and the last day on which one that it is may begin."""

    place: int
    told: ToldSentence
    offices: frozenset[str]
    until: date

    @classmethod
    def of(cls, place: int, told: ToldSentence, policy: RecordsPolicy) -> "_Begun":
        """The sentence at a place."""
        last = told.start.high
        until = last + timedelta(days=min(policy.one_thing_within, (date.max - last).days))
        return cls(place=place, told=told, offices=frozenset(_offices(told, policy)), until=until)

    def may_be(self, earlier: "_Begun") -> bool:
        """Whether it may be one that began no later; the offices are known to differ."""
        near = self.told.start.low <= earlier.until
        return near and not earlier.told.joined(self.told)


class _Group:
    """Sentences that pairs join, by the offices that tell them; near ones the longest first."""

    def __init__(self, one: _Begun) -> None:
        self.by_offices = {one.offices: [one]}
        self.number = 1

    def joined(self, other: "_Group") -> "_Group":
        """Both groups as one."""
        less, more = sorted((self, other), key=lambda group: group.number)
        for offices, begun in less.by_offices.items():
            for one in begun:
                listed = more.by_offices.setdefault(offices, [])
                insort(listed, one, key=lambda each: -each.until.toordinal())
        more.number += less.number
        return more

    def one_that_may_be(self, later: _Begun) -> _Begun | None:
        """One that a later sentence may be. Offices whose sentences are all past are forgotten."""
        past: list[frozenset[str]] = []
        found: _Begun | None = None
        for offices, begun in self.by_offices.items():
            near = takewhile(lambda one: later.told.start.low <= one.until, begun)
            if begun[0].until < later.told.start.low:
                past.append(offices)
            elif offices.isdisjoint(later.offices):
                found = next((one for one in near if later.may_be(one)), None)
                if found is not None:
                    break
        for offices in past:
            del self.by_offices[offices]
        return found


def _offices(told: ToldSentence, policy: RecordsPolicy) -> set[str]:
    """The offices that tell a sentence. All courts are one: none tells a sentence of another."""
    sources = {record.filed.source for record in told.records}
    return {"" if policy.sentences.is_court(source) else source for source in sources}


class Fewest:
    """How many sentences have begun at least, whichever may be one, followed from day to day.

    Args:
        clusters: the sentences that records tell, those that may be one standing together.
        policy: which offices are courts.
    """

    # What one office tells as begun may be what another, perhaps rightly, lets begin only later. So
    # of a cluster at least as many have begun as the office tells that tells most, of those with
    # one that has begun, but for as many as all offices together let begin later.

    def __init__(self, clusters: Sequence[Sequence[ToldSentence]], policy: RecordsPolicy) -> None:
        told = [(at, one, _offices(one, policy)) for at, of in enumerate(clusters) for one in of]
        sure = ((one.start.high, at, offices) for at, one, offices in told)
        self._sure = sorted(sure, key=lambda one: one[0], reverse=True)
        self._by_office = [Counter[str]() for _ in clusters]
        for at, _, offices in told:
            self._by_office[at].update(offices)
        self._later = [by_office.total() for by_office in self._by_office]
        self._most, self._fewest = [0] * len(clusters), [0] * len(clusters)
        self._number = 0

    def reach(self, day: date) -> int:
        """How many have begun at least by a day, which is not before the last one."""
        while self._sure and self._sure[-1][0] <= day:
            _, at, offices = self._sure.pop()
            self._later[at] -= len(offices)
            self._most[at] = max(self._most[at], *(self._by_office[at][o] for o in offices))
            fewest = max(0, self._most[at] - self._later[at])
            self._number += fewest - self._fewest[at]
            self._fewest[at] = fewest
        return self._number


def of_one_office(told: Iterable[ToldSentence], policy: RecordsPolicy) -> OfOneOffice:
    """The most sentences that one office tells, of those that may have begun by a day."""
    return OfOneOffice((one.start.low, _offices(one, policy), 1) for one in told)


# --- what stands in a row -----------------------------------------------------------------


def _in_rows(
    apart: Sequence[ToldSentence],
    clusters: Sequence[Sequence[int]],
    together: Sequence[ToldSentence],
    *,
    certain: bool,
) -> list[ToldSentence]:
    """The sentences with the bounds of the rows in which they are measured.

    ``certain`` says that the rows which courts stated are measured as one for certain.
    """
    stated = [*_stated(apart)]
    may = [*stated]
    for cluster in clusters:  # what leads to one of them may lead on from another
        may += [pair for one, other in pairwise(cluster) for pair in ((one, other), (other, one))]
    sure = stated if certain else []
    # The days of which nobody doubts that they are within the sentence: whichever it is of those
    # that may be one, and if it is none of them.
    merged = {
        place: one for one, cluster in zip(together, clusters, strict=True) for place in cluster
    }
    begun = [max(one.start.high, merged[place].start.high) for place, one in enumerate(apart)]
    ended = [min(one.end.low, merged[place].end.low) for place, one in enumerate(apart)]
    since = (
        _farthest([one.start.low for one in apart], may, _starting(apart), latest=False),
        _farthest(begun, sure, latest=False),
    )
    until = (
        _farthest(ended, _back(sure), latest=True),
        _farthest([one.end.high for one in apart], _back(may), _ending(apart), latest=True),
    )
    return [
        evolve(one, since=Between(*first), until=Between(*last))
        for one, first, last in zip(
            apart, zip(*since, strict=True), zip(*until, strict=True), strict=True
        )
    ]


def _stated(apart: Sequence[ToldSentence]) -> Iterator[_Pair]:
    """The pairs of which a court said that the second follows the first."""
    places = {r.filed.record_id: place for place, one in enumerate(apart) for r in one.records}
    for place, one in enumerate(apart):
        for record in one.records:
            if record.consecutive_to in places:
                yield places[record.consecutive_to], place


def _back(pairs: Iterable[_Pair]) -> list[_Pair]:
    return [(later, earlier) for earlier, later in pairs]


_Further = Callable[[int], Iterable[int]]
"""A function that gives the places to which a place leads, besides those that it gave before."""


def _starting(apart: Sequence[ToldSentence]) -> _Further:
    """The sentences that may begin when one ends, though no court said so; each is given once."""
    starts = PossibleDays([(one.start.low, one.start.high) for one in apart])

    def begin_when(place: int) -> Iterator[int]:
        earlier = apart[place]

        def may_follow(other: int) -> bool:
            later = apart[other]
            return other != place and not later.follows and not later.joined(earlier)

        return starts.take(earlier.end.low, earlier.end.high, may_follow)

    return begin_when


def _ending(apart: Sequence[ToldSentence]) -> _Further:
    """The sentences that may end when one begins, though no court said so; each is given once."""
    ends = PossibleDays([(one.end.low, one.end.high) for one in apart])

    def end_when(place: int) -> Iterable[int]:
        later = apart[place]
        if later.follows:
            return ()
        return ends.take(
            later.start.low,
            later.start.high,
            lambda other: other != place and not later.joined(apart[other]),
        )

    return end_when


def _farthest(
    days: Sequence[date],
    leads: Iterable[_Pair],
    further: _Further = lambda _: (),
    *,
    latest: bool,
) -> list[date]:
    """For each place the earliest day, or the latest, of all that lead to it, its own included.

    A place leads to another by ``leads`` or ``further``, which may give each place only once.
    """
    follow: dict[int, list[int]] = defaultdict(list)
    for one, other in leads:
        follow[one].append(other)
    # Whoever is reached first is reached from the farthest, so each place is looked at once.
    found: dict[int, date] = {}
    for root in sorted(range(len(days)), key=days.__getitem__, reverse=latest):
        reached = [root]
        while reached:
            place = reached.pop()
            if place not in found:
                found[place] = days[root]
                reached += follow[place]
                reached += further(place)
    return [found[place] for place in range(len(days))]


def _of_parts(merged: ToldSentence, parts: Sequence[ToldSentence]) -> ToldSentence:
    """The only sentence that its parts may be, with what is certain of the row of any of them.

    It is certain only of days of which it would be certain if they were several sentences after
    all. One part that states both days as they are taken to be is enough for that.
    """
    if not any(part.start == merged.start and part.end == merged.end for part in parts):
        start = Between(merged.start.low, max(part.start.high for part in parts))
        end = Between(min(part.end.low for part in parts), merged.end.high)
        merged = evolve(merged, start=start, end=end)
    since = Between(min(p.since.low for p in parts), min(p.since.high for p in parts))
    until = Between(max(p.until.low for p in parts), max(p.until.high for p in parts))
    return evolve(merged, since=since, until=until)

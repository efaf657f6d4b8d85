"""The day by which risk is to be assessed anew, as known on every day."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import pairwise
from operator import or_

from rehabcore.levels.policy import RiskPolicy
from rehabcore.levels.standing import Standing
from rehabcore.levels.validity import assessed
from rehabcore.rules.evidence import Evidence, Index
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.judging.during import During
from rehabcore.rules.time.acts import Acts
from rehabcore.rules.time.days import UNSURE
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.vocabulary import RecordId


@checked_arguments
def reassessment_due(
    standings: Iterable[Standing],
    policy: RiskPolicy,
    *,
    decided: Collection[RecordId] = (),
    undated: Collection[RecordId] = (),
) -> Timeline[Cell]:
    """The last day by which risk has to be assessed anew, as known on every day.

    The term runs from the latest confirmed assessment of any instrument. Its length follows from
    the level that counts on the day, or else from the last one that did. If levels are disputed,
    the day lies between the earliest and the latest that they call for. If no level is known, or no
    term is published for it, a person is needed. Assessment is overdue from the day after, until
    somebody assesses and confirms; an assessment that expires does not change the day.

    Args:
        standings: those of the assessments of risk overall, or of one domain.
        policy: the country's policy, which states the terms.
        decided: the ids of assessments that overrides or resolutions on file are about. Once such
            an assessment may have expired, on a day that nobody recorded, it is not known which
            decision counted last, nor then the day.
        undated: those of them about which something was decided on a day that is known only in
            part. Once such an assessment has expired, the same is not known.
    """
    confirmed = [s for s in standings if s.assessment.confirmed_by is not None]
    counting = [s for s in confirmed if _perhaps_made(s) or not _past(s.applies)]
    unclear = {
        s.assessment.filed.record_id for s in counting if s.assessment.expires is UNSURE
    }.intersection(decided)
    made = Acts(assessed(s.assessment) for s in confirmed)
    said = _Said(counting, made, frozenset(unclear.union(undated)))
    days = {day for s in counting for day in (s.span.start, s.span.certain_end) if day is not None}
    return Timeline.of_changes(days, lambda day: said.due(policy, day))


def _perhaps_made(standing: Standing) -> bool:
    """Whether the assessment may have been made by then, but nobody knows on which day."""
    return standing.span.start < last_of(standing.assessment.assessed_on)


def _past(applies: str | UnknownKind) -> bool:
    """Whether the assessment has expired, or may have."""
    return applies in (UnknownKind.MISSING, UnknownKind.STALE)


_Counts = tuple[date, date, Standing]
"""The first day on which a standing counts, the first day after these, and the standing."""


class _Said:
    """The standings that hold on a day, and those of the assessments that were made last."""

    # When the last assessments have expired, the next day still follows from the levels they had:
    # a person whose assessment lapsed needs one, too. So `latest` keeps how they last counted.

    def __init__(
        self, counting: Sequence[Standing], made: Acts, unclear: frozenset[RecordId]
    ) -> None:
        self._index = Index(own for standing in counting for own in standing.evidence)
        self._unclear = unclear
        ends = [(s.span.certain_end or date.max, s) for s in counting]
        latest = list(_latest(counting, made))
        self.holds = self._by_level((s.span.start, end, s) for end, s in ends)
        self.may_hold = self._by_level((e, date.max, s) for e, s in ends if s.span.end is UNSURE)
        self.latest = self._by_level(latest)
        self.made = [self._made(latest, edge) for edge in (first_of, last_of)]

    def _by_level(self, counts: Iterable[_Counts]) -> dict[str | UnknownKind, During[_Counts]]:
        """Standings by the level that applies; unclear where another decision may count."""
        of: dict[str | UnknownKind, list[_Counts]] = defaultdict(list)
        for one in counts:
            of[one[2].applies].append(one)
        return {level: self._during(listed) for level, listed in of.items()}

    def _during(self, counts: list[_Counts]) -> During[_Counts]:
        def unclear(one: _Counts) -> bool:  # another decision about it may have counted last
            return one[2].assessment.filed.record_id in self._unclear

        def bits(one: _Counts) -> int:
            return self._index.bits(one[2].evidence)

        return During(counts, lambda one: one[:2], bits=bits, unclear=unclear)

    def _made(self, latest: Iterable[_Counts], edge: Callable[[Day], date]) -> During[_Counts]:
        def bits(one: _Counts) -> int:
            return self._index.bit(one[2].assessment.filed.record_id)

        def high(one: _Counts) -> date:
            return edge(one[2].assessment.assessed_on)

        return During(latest, lambda one: one[:2], bits=bits, high=high)

    def due(self, policy: RiskPolicy, on: date) -> Cell:
        """The day by which the next assessment is due."""
        for during in (*self.holds.values(), *self.may_hold.values(), *self.latest.values()):
            during.reach(on)
        holds = any(during.number for during in self.holds.values())
        may_hold = any(during.number for during in self.may_hold.values())
        counting = (self.holds if holds else self.latest, self.may_hold)
        counts = [(level, d) for of in counting for level, d in of.items() if d.number]
        made = [during.reach(on) for during in self.made]
        bits = reduce(or_, (during.records.bits() for _, during in counts), made[0].records.bits())
        evidence, levels = Evidence((self._index, bits)), {level for level, _ in counts}
        unclear = not holds and any(during.number_unclear for _, during in counts)
        if not made[0].number or unclear or levels & {UnknownKind.MISSING, UnknownKind.DISPUTED}:
            return Unknown(UnknownKind.MISSING, evidence=evidence)
        terms = [policy.reassess_after(one) for one in levels if not isinstance(one, UnknownKind)]
        last = {during.highest(on) for during in made}
        due = sorted(term.after(day) for term in terms if term is not None for day in last)
        if not due or None in terms:
            return Unknown(UnknownKind.NEEDS_PERSON, evidence=evidence)
        if due[0] == due[-1]:
            return Known(due[0], evidence=evidence)
        kind = UnknownKind.MISSING if may_hold else UnknownKind.DISPUTED
        return Unknown(kind, evidence=evidence, between=(due[0], due[-1]))


def _latest(counting: Sequence[Standing], made: Acts) -> Iterator[_Counts]:
    """The standings of each assessment, each until its next ones or the next assessment."""
    of: dict[RecordId, dict[date, list[Standing]]] = defaultdict(lambda: defaultdict(list))
    for standing in counting:
        of[standing.assessment.filed.record_id][standing.span.start].append(standing)
    for starts in of.values():
        (one, *_), *_ = starts.values()
        following = made.next_after(assessed(one.assessment))
        until = date.max if following is None else last_of(following)
        for start, end in pairwise([*sorted(starts), date.max]):
            yield from ((start, min(end, until), standing) for standing in starts[start])

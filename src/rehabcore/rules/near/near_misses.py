"""The ways in which a rule that is not met could be met: the smallest changes, and their days.

A way is a day and the facts that have to change. Without changes, time alone makes the rule met on
that day. If the day is the one asked about, nothing has to be waited for. Every comparison that
fails is covered by the day or by a change; otherwise there is no way.

A way does not say that a change will come about. It says that with the change, and with everything
else as it is on file, the rule would be met. Consequences of an act are not followed into the
future, and facts are not weighed against each other. No way waits for a known bad value to expire
and become unknown.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from rehabcore.rules.criteria import Asked, Compare, Criterion, same_comparison
from rehabcore.rules.judging.cells import Histories
from rehabcore.rules.judging.meaning import pair
from rehabcore.rules.judging.over_time import Piece, RulesOverTime
from rehabcore.rules.judging.proving import MOST_PROVERS, judge_all
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.coverage import covered_until
from rehabcore.rules.law.versions import NOT_ON_FILE
from rehabcore.rules.near.corrections import Change, answer_after, corrections
from rehabcore.rules.near.cures import NearKind
from rehabcore.rules.time.days import OPEN, End, Term
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.same import Same


@frozen(kw_only=True)
class NearMiss:
    """One way to MET: from a day on, after these changes.

    ``on`` is the day asked about. ``verdict`` is that of the first day of the way, without the
    changes. ``until`` is the first day on which the changes no longer suffice; None if there is no
    such day.
    """

    on: date
    verdict: Verdict
    until: date | None
    changes: tuple[Change, ...]

    def __repr__(self) -> str:
        day = self.day.isoformat()
        return f"<NearMiss from {day}: {', '.join(self.kinds)}>"

    @property
    def day(self) -> date:
        """The first day on which the changes make the rule MET."""
        return self.verdict.on

    @property
    def kinds(self) -> tuple[NearKind, ...]:
        """The kinds of things that this way waits for, each once."""
        waits = {NearKind.APPROACHING} if self.day > self.on else set()
        found = waits | {change.kind for change in self.changes}
        return tuple(kind for kind in NearKind if kind in found)


@frozen(kw_only=True)
class NearMisses:
    """A verdict and its ways to MET, the smallest first.

    A way is left out if an earlier day needs no more changes. ``complete`` is false if there were
    too many ways to weigh them all.
    """

    verdict: Verdict
    ways: tuple[NearMiss, ...]
    complete: bool = True

    def __repr__(self) -> str:
        return f"<NearMisses to {self.verdict!r}; ways: {len(self.ways)}>"


@checked_arguments
def near_misses(
    criterion: Criterion, facts: Histories, *, on: date, lead: Term | None = None
) -> NearMisses:
    """The ways to MET of a criterion that is NOT_MET or UNKNOWN on a day; none if it is MET.

    They are ordered by the number of changes, then by day, then by how many of the changes concern
    something unknown, then by the order of the rule.

    Args:
        criterion: the rule.
        facts: gives the cells of each fact on every day.
        on: the day asked about.
        lead: how far to look ahead: a way must begin within this term. None looks ahead as far as
            the data knows the law. No way waits for the day on which the data of a law ends.

    Raises:
        NotInForceError: the data of some law does not cover the day.
    """
    return near_misses_of_all((criterion,), facts, on=on, lead=lead)[0]


def near_misses_of_all(
    criteria: Iterable[Criterion], facts: Histories, *, on: date, lead: Term | None = None
) -> tuple[NearMisses, ...]:
    """The ways to MET of several criteria, of each as ``near_misses`` finds them.

    Raises:
        NotInForceError: the data of some law does not cover the day.
    """
    over_time = RulesOverTime(facts)
    verdicts = judge_all(criteria, over_time.on(on), on=on)
    return tuple([_from(verdict, over_time, facts, lead) for verdict in verdicts])


def _from(
    verdict: Verdict, over_time: RulesOverTime, facts: Histories, lead: Term | None
) -> NearMisses:
    """The ways from a verdict to MET."""
    on = verdict.on
    if verdict.answer is Answer.MET:
        return NearMisses(verdict=verdict, ways=())
    pieces = [*over_time.pieces(verdict, _end_of_law(Same((verdict.criterion,)), on))]
    ways: list[NearMiss] = []
    asked_for: list[frozenset[object]] = []
    complete = True
    for number, piece in enumerate(pieces, start=1):
        if lead is not None and lead.before(piece.span.start) > on:
            break
        corrected = corrections(piece.verdict)
        complete = complete and corrected.complete
        for changes in corrected.sets:
            # Pieces come in the order of time, so a way that asks no less than an earlier one is
            # only a later and no smaller way: it is dropped.
            asks = _asks(changes)
            lapses = _outlives_law(changes, verdict) or _forgets(changes, facts, on)
            if not lapses and not any(less <= asks for less in asked_for):
                asked_for.append(asks)
                until = _until(changes, pieces[number:])
                ways.append(NearMiss(on=on, verdict=piece.verdict, until=until, changes=changes))
    return NearMisses(verdict=verdict, ways=tuple(sorted(ways, key=rank)), complete=complete)


@lru_cache(maxsize=MOST_PROVERS)
def _end_of_law(judged: Same, on: date) -> End:
    """The first day after a day on which the law of a criterion is not known."""
    return covered_until(judged.objects[0], on) or OPEN


def rank(way: NearMiss) -> tuple[int, date, int]:
    """A key to sort ways: by number of changes, then by day, then by changes of unknown facts."""
    unknown = sum(change.kind is not NearKind.ONE_STEP for change in way.changes)
    return len(way.changes), way.day, unknown


def turned(before: Verdict, after: Verdict) -> tuple[Verdict, ...]:
    """The nodes of the later verdict that answer otherwise, or begin or cease to be law."""
    if before.in_force != after.in_force:
        return (after,)
    if before.cell is not None:
        return () if before.answer is after.answer else (after,)
    pairs = zip(before.children, after.children, strict=True)
    return tuple(node for pair in pairs for node in turned(*pair))


def _outlives_law(changes: Iterable[Change], today: Verdict) -> bool:
    """Whether changes count on law that is on file today and no longer is by then."""
    # The end of the data is no change of the law: nobody is nearer to a door because of it.
    asked = {change.asked for change in changes if change.asked.fact == NOT_ON_FILE}
    return bool(asked) and not asked <= set(_asked_in_force(today))


def _asked_in_force(verdict: Verdict) -> Iterator[Asked]:
    """The facts that the parts of a rule ask which are law on the day."""
    if isinstance(verdict.criterion, Compare):
        yield verdict.criterion.asked
    for child in verdict.children:
        if child.in_force:
            yield from _asked_in_force(child)


def _forgets(changes: Iterable[Change], facts: Histories, on: date) -> bool:
    """Whether changes count on an answer to a question that is answered today, unfavourably."""
    # On a later day an assessment may have expired, so that the fact is unknown and could turn out
    # well. To offer that as a way would reward letting records lapse: a missing value must never be
    # more favourable than a bad one.
    for change in changes:
        cell = facts(change.asked).at(on)
        for demand in change.demands:
            true, false = pair(demand.compare, cell, on)
            decided = false if demand.wanted is Answer.MET else true
            if decided and demand.found is Answer.UNKNOWN:
                return True
    return False


def _asks(changes: Iterable[Change]) -> frozenset[object]:
    """The answers that changes have to bring about or to keep."""
    return frozenset(
        (same_comparison(demand.compare), demand.wanted)
        for change in changes
        for demand in change.demands
    )


def _until(changes: tuple[Change, ...], later: Iterable[Piece]) -> date | None:
    """The first later day on which the changes would not suffice; None if there is none."""
    lapsed = (p.span.start for p in later if answer_after(p.verdict, changes) is not Answer.MET)
    return next(lapsed, None)

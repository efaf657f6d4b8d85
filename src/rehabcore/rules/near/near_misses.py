"""What would open a door that is closed: the smallest changes, and the days from which they would.

A way is a day and the facts that have to change: with none, time alone opens the door on that day;
if the day is the one asked about, nothing has to be waited for. Every comparison that fails is
covered by the day or by a change, or there is no way. Nothing here says that a change will come
about: only that with it, and with everything else as it is on file, the rule would be met. What an
act would start is not followed into the future, nor is one fact weighed against another. And no way
waits for a known bad value to be forgotten.
"""

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from rehabcore.rules.criteria import Criterion
from rehabcore.rules.judging.cells import Histories
from rehabcore.rules.judging.meaning import pair
from rehabcore.rules.judging.over_time import Piece, verdicts_over
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.coverage import covered_days
from rehabcore.rules.near.corrections import Change, answer_after, corrections, same_comparison
from rehabcore.rules.near.cures import NearKind
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked_arguments


@frozen(kw_only=True)
class NearMiss:
    """One way to MET: from a day, after these changes.

    ``verdict`` is that of the first such day, as it is without the changes. ``until`` is the first
    day on which these changes no longer do; None if they go on doing for ever.
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
        """Everything that this way waits for."""
        waits = {NearKind.APPROACHING} if self.day > self.on else set()
        found = waits | {change.kind for change in self.changes}
        return tuple(kind for kind in NearKind if kind in found)


@frozen(kw_only=True)
class NearMisses:
    """A verdict, and every way to MET that no other one makes needless, the smallest first."""

    verdict: Verdict
    ways: tuple[NearMiss, ...]
    complete: bool = True

    def __repr__(self) -> str:
        return f"<NearMisses to {self.verdict!r}; ways: {len(self.ways)}>"


@checked_arguments
def near_misses(
    criterion: Criterion, facts: Histories, *, on: date, lead: Term | None = None
) -> NearMisses:
    """The ways to MET of a criterion that is NOT_MET or UNKNOWN on a day; none of one that is MET.

    They are ordered by the number of changes, then by their day, then by how many of the changes
    are of something unknown, then by the rule.

    Args:
        criterion: what is judged.
        facts: what is known of each fact on every day.
        on: the day asked about.
        lead: how far ahead is looked: no more than this term is left until the day of a way. None
            looks ahead for ever, as far as the data covers law.

    Raises:
        NotInForceError: the data of some law does not cover the day.
    """
    pieces = verdicts_over(criterion, facts, covered_days(criterion, on, since=on)).pieces
    verdict = pieces[0].verdict
    if verdict.answer is Answer.MET:
        return NearMisses(verdict=verdict, ways=())
    ways: list[NearMiss] = []
    asked_for: list[frozenset[object]] = []
    complete = True
    for number, piece in enumerate(pieces, start=1):
        if lead is not None and lead.before(piece.span.start) > on:
            break
        corrected = corrections(piece.verdict)
        complete = complete and corrected.complete
        for changes in corrected.sets:
            asks = _asks(changes)
            if not any(less <= asks for less in asked_for) and not _forgets(changes, facts, on):
                asked_for.append(asks)
                until = _until(changes, pieces[number:])
                ways.append(NearMiss(on=on, verdict=piece.verdict, until=until, changes=changes))
    return NearMisses(verdict=verdict, ways=tuple(sorted(ways, key=rank)), complete=complete)


def rank(way: NearMiss) -> tuple[int, date, int]:
    """Fewer changes come first, then earlier days, then fewer changes of what is unknown."""
    unknown = sum(change.kind is not NearKind.ONE_STEP for change in way.changes)
    return len(way.changes), way.day, unknown


def turned(before: Verdict, after: Verdict) -> tuple[Verdict, ...]:
    """What answers otherwise later, or then begins or ceases to be law, as it is later."""
    if before.in_force != after.in_force:
        return (after,)
    if before.cell is not None:
        return () if before.answer is after.answer else (after,)
    pairs = zip(before.children, after.children, strict=True)
    return tuple(node for pair in pairs for node in turned(*pair))


def _forgets(changes: Iterable[Change], facts: Histories, on: date) -> bool:
    """Whether something is to be found out that is known, on the day asked about, not to be so.

    A missing value is never more favourable than a bad one.
    """
    for change in changes:
        cell = facts(change.asked).at(on)
        for demand in change.demands:
            true, false = pair(demand.compare, cell, on)
            decided = false if demand.wanted is Answer.MET else true
            if decided and demand.found is Answer.UNKNOWN:
                return True
    return False


def _asks(changes: Iterable[Change]) -> frozenset[object]:
    """What changes have to bring about, or to let be."""
    return frozenset(
        (same_comparison(demand.compare), demand.wanted)
        for change in changes
        for demand in change.demands
    )


def _until(changes: tuple[Change, ...], later: Iterable[Piece]) -> date | None:
    """The first later day on which the changes would not do."""
    lapsed = (p.span.start for p in later if answer_after(p.verdict, changes) is not Answer.MET)
    return next(lapsed, None)

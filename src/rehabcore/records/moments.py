"""The moment of a record in the history of one thing, such as a transition, a stay or a paper.

Acts are in the order of their days; of one day, in that of their sequences, and without these in
that of the table of their events. Where a day is known in part, the last one counts that is
possible: what has certainly happened. The place of a record in the file never matters.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache

from rehabcore.records.continuity import EntitlementAct
from rehabcore.records.filing import Filed
from rehabcore.records.residency import DiversionAct, ResidencyAct
from rehabcore.records.through_care import TransitionAct
from rehabcore.rules.time.partial import Day, last_of
from rehabcore.strict.vocabulary import RecordId

Moment = tuple[date, int, int, date, RecordId]
"""The place of an act among all others: its day, its sequence, its rank, and then its filing."""


def moment(filed: Filed, on: Day, rank: int = 0) -> Moment:
    """The place in time of something that was filed, by its day.

    Args:
        filed: the filing.
        on: the day.
        rank: the place among what has the same day and sequence.
    """
    return last_of(on), filed.sequence or 0, rank, filed.recorded_on, filed.record_id


def moment_of(act: TransitionAct | ResidencyAct | DiversionAct | EntitlementAct) -> Moment:
    """The place in time of an act."""
    return moment(act.filed, act.on, _ranks(type(act.event))[act.event])


def number_after(
    acts: Iterable[ResidencyAct | DiversionAct], event: StrEnum, on: date
) -> int | None:
    """The sequence of one more act of a day, by which it comes after all others of that day.

    Args:
        acts: the acts on file, of any day.
        event: that of the further act.
        on: the day.

    Returns:
        None if the table of events puts it there already.
    """
    others, ranks = [act for act in acts if last_of(act.on) == on], _ranks(type(event))
    if all(not act.filed.sequence and ranks[act.event] < ranks[event] for act in others):
        return None
    return max(act.filed.sequence or 0 for act in others) + 1


@cache
def _ranks(events: type[StrEnum]) -> Mapping[StrEnum, int]:
    return {event: rank for rank, event in enumerate(events)}

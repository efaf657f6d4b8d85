"""The moment of a record in the history of one thing, such as a transition, a stay or a paper.

Acts are in the order of their days; of one day, in that of their sequences, and without these in
that of the table of their events. Where a day is known in part, the last one counts that is
possible: what has certainly happened. It is so for acts of every kind. The place of a record in the
file never matters.
"""

from collections.abc import Mapping
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


AnyAct = TransitionAct | ResidencyAct | DiversionAct | EntitlementAct
"""Something that happened in the history of one thing."""


def moment_of(act: AnyAct) -> Moment:
    """The place in time of an act."""
    return moment(act.filed, act.on, rank_of(act.event))


def rank_of(event: StrEnum) -> int:
    """The place of an event in the table of its kind."""
    return _ranks(type(event))[event]


@cache
def _ranks(events: type[StrEnum]) -> Mapping[StrEnum, int]:
    return {event: rank for rank, event in enumerate(events)}

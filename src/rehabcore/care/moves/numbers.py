"""The number of one more act of a day, by which it comes after all that is on file of that day."""

from datetime import date
from enum import StrEnum

from rehabcore.care.moves.whereabouts import moment_of_placement
from rehabcore.records import CaseFile
from rehabcore.records.moments import AnyAct, moment_of, rank_of
from rehabcore.strict.vocabulary import TransitionEvent


def number_after(case: CaseFile, event: StrEnum, on: date) -> int | None:
    """The sequence of one more act of a day.

    One number runs over acts of every kind and placements: an acceptance may be weighed against a
    move, and no two acts of an office have the same number on a day.

    Args:
        case: the case file, with all that was corrected since: a number is given once.
        event: that of the act.
        on: the day.

    Returns:
        None if the table of events puts it there already. So what is filed later without a number,
        such as a contact on the day of the release, is still placed by that table.
    """
    acts: tuple[AnyAct, ...] = (
        *case.transition_acts,
        *case.residency_acts,
        *case.diversion_acts,
        *case.entitlement_acts,
    )
    of_events = [(type(act.event), moment_of(act)) for act in acts]
    of_places = [(TransitionEvent, moment_of_placement(held)) for held in case.placements]
    places = [
        (number, rank if kind is type(event) else -1)
        for kind, (day, number, rank, *_) in (*of_events, *of_places)
        if day == on
    ]
    if all(place < (0, rank_of(event)) for place in places):
        return None
    return max(number for number, _ in places) + 1

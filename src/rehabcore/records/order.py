"""Which of two acts came first, if anybody can tell.

Acts on different days follow their days. Acts of one office on one day follow the sequence in
their filings, or the days on which they were recorded. Of all others nobody knows the order, and
the place of a record in the file never tells it.
"""

from rehabcore.records.filing import Filed
from rehabcore.rules.time.partial import Day, PartialDay, first_of, last_of


def precedes(one: Filed, on: Day, other: Filed, other_on: Day) -> bool:
    """Whether one act certainly came before another; each is a filing and the day of the act.

    If neither precedes the other, their order is not known.
    """
    if last_of(on) < first_of(other_on):
        return True
    same_day = on == other_on and not isinstance(on, PartialDay)
    return same_day and one.source == other.source and _filed_before(one, other)


def _filed_before(one: Filed, other: Filed) -> bool:
    # A numbered act and one without a number are not compared: mixing the two ways could lead in
    # a circle.
    if one.sequence is not None and other.sequence is not None:
        return one.sequence < other.sequence
    unnumbered = one.sequence is None and other.sequence is None
    return unnumbered and one.recorded_on < other.recorded_on

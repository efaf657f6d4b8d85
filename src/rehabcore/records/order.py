"""The order of the acts that one office dates to one day.

It is the sequence in their filings, or else that of the days on which they were recorded. The place
of a record in the file never tells it.
"""

from rehabcore.records.filing import Filed
from rehabcore.rules.time.acts import DatedAct
from rehabcore.rules.time.partial import Day


def dated_act(filed: Filed, on: Day) -> DatedAct:
    """The place in time of an act, by the filing of its record and the day of the act."""
    # A numbered act and one without a number are not compared: mixing the two ways could lead in
    # a circle.
    numbered = filed.sequence is not None
    place = filed.sequence if filed.sequence is not None else filed.recorded_on.toordinal()
    return DatedAct(on, (filed.source, numbered), place)

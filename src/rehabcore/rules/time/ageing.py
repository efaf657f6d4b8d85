"""When something that happened leaves a window that looks back: three conventions, no default."""

from datetime import date
from enum import StrEnum

from rehabcore.rules.time.days import ONE_DAY, Term


class Ageing(StrEnum):
    """The day on which an event leaves a window that looks back. A rule must name one of these.

    For an event on 2030-04-15 and a window of 3 months, the first day without the event is given
    for each.
    """

    EXCLUSIVE = "exclusive"
    """2030-07-15, the anniversary itself."""
    INCLUSIVE = "inclusive"
    """2030-07-16, the day after the anniversary."""
    MONTH_TRUNCATED = "month_truncated"
    """2030-07-01, the first day of the anniversary's month; for windows of whole months only."""

    def fits(self, within: Term) -> bool:
        """Whether a window of this length can age so, holding each event for at least one day."""
        if self is Ageing.MONTH_TRUNCATED:
            return within != Term() and not (within.days or within.weeks)
        return self is Ageing.INCLUSIVE or within != Term()

    def leaves(self, happened_on: date, within: Term) -> date:
        """The first day on which an event is no longer in the window.

        >>> Ageing.INCLUSIVE.leaves(date(2030, 4, 15), Term(months=3))
        datetime.date(2030, 7, 16)
        """
        anniversary = within.after(happened_on)
        if self is Ageing.INCLUSIVE:
            return anniversary + ONE_DAY
        return anniversary.replace(day=1) if self is Ageing.MONTH_TRUNCATED else anniversary

"""Terms of working days.

The library knows no holidays: whoever asks hands them in, and says which days of the week are free.
"""

from collections.abc import Container
from datetime import date

from rehabcore.rules.time.days import ONE_DAY
from rehabcore.rules.time.partial import LATEST_DAY
from rehabcore.strict.checked import checked_arguments, require_day
from rehabcore.strict.problems import refuse

MOST_WORKING_DAYS = 10_000
_WEEK = frozenset(range(7))


@checked_arguments
def after_working_days(
    anchor: date, number: int, *, holidays: Container[date], weekend: frozenset[int]
) -> date:
    """The day on which so many working days have run since ``anchor``.

    The anchor itself does not count, whether it is a working day or not: one working day after a
    Friday is the next Monday that is no holiday. No working days have run on the anchor itself.

    >>> after_working_days(
    ...     date(2026, 4, 30), 2, holidays={date(2026, 5, 1)}, weekend=frozenset({5, 6})
    ... )
    datetime.date(2026, 5, 5)

    Args:
        anchor: the day from which the term runs.
        number: how many working days, 0 to 10,000.
        holidays: the days that are free besides the weekend. They are asked day by day, up to the
            last working day.
        weekend: the days of the week that are free, as ``date.weekday`` counts them: Monday is 0.

    Raises:
        InputError: a wrong argument, a week without a working day, or a term that does not end
            within the years that the library knows.
    """
    require_day(anchor, "anchor")
    if not 0 <= number <= MOST_WORKING_DAYS:
        refuse(number, "out_of_range", f"0 to {MOST_WORKING_DAYS} working days", path="number")
    if not weekend < _WEEK:
        expected = "days of the week, 0 for Monday to 6 for Sunday, but not all of them"
        refuse(sorted(weekend), "out_of_range", expected, path="weekend")
    day = anchor
    while number:
        if day >= LATEST_DAY:
            expected = "holidays that leave enough working days"
            refuse(anchor, "date_out_of_range", expected, path="anchor", secret=True)
        day += ONE_DAY
        if day.weekday() not in weekend and day not in holidays:
            number -= 1
    return day

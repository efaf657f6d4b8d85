"""A country's policy on how records are read, as its ``records.toml`` states it.

What a country does not state is None; what is then assumed is listed with each answer that rests
on it.
"""

from collections.abc import Iterable

from attrs import frozen

from rehabcore.rules.sources import Citation, Status
from rehabcore.strict.checked import checked
from rehabcore.strict.problems import Problem


@frozen(kw_only=True)
@checked
class ToldTwice:
    """Within how many days the records of different offices may be about one real thing.

    ``within_days`` counts from one day to the other: with 3, a record of the 1st and one of the 4th
    may tell one thing. With 0, only records of the same day may.

    Raises:
        InputError: the number of days is negative.
    """

    within_days: int
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        if self.within_days < 0:
            expected = "a number of days from 0"
            yield Problem.of(self.within_days, "out_of_range", expected, path="within_days")


@frozen(kw_only=True)
@checked
class RecordsPolicy:
    """A country's policy on how records are read together; None where the country states nothing.

    ``told_twice`` says when records of different offices may tell one thing twice.
    """

    told_twice: ToldTwice | None = None

"""A country's policy on how records are read, as its ``records.toml`` states it.

What a country does not state is None; what is then assumed is listed with each answer that rests
on it.
"""

from collections.abc import Iterable
from enum import StrEnum

from rehabcore.rules.sources import Citation, Status
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, is_code
from rehabcore.strict.vocabulary import LegalStatus


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


class InARow(StrEnum):
    """How a country measures sentences that a court ordered to follow each other."""

    ADDED = "added"
    """As one, from the first day of the first to the end of the last."""
    EACH = "each"
    """Each for itself."""


@frozen(kw_only=True)
@checked
class SentencePolicy:
    """The statements of a country on several sentences of one person.

    ``in_a_row`` is how sentences are measured that follow each other; None where no text says.
    ``courts`` are the kinds of offices that are courts: ``court`` stands for the office of this
    code and for all whose codes begin with it, such as ``court-2``. ``statuses_that_end`` are legal
    statuses that end with the sentence, besides conditional release, which always does.
    """

    in_a_row: InARow | None = None
    courts: tuple[str, ...] = ()
    statuses_that_end: tuple[LegalStatus, ...] = ()
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        for index, code in enumerate(self.courts):
            if not is_code(code):
                expected = "a code: lower-case letters, digits, underscores and hyphens"
                yield Problem.of(code, "not_a_code", expected, path=f"courts[{index}]")

    def is_court(self, source: str) -> bool:
        """Whether an office is a court."""
        return any(source == code or source.startswith(f"{code}-") for code in self.courts)


@frozen(kw_only=True)
@checked
class RecordsPolicy:
    """A country's policy on how records are read together; None where the country states nothing.

    ``told_twice`` says when records of different offices may tell one thing twice. ``sentences``
    says how several sentences are read together.
    """

    told_twice: ToldTwice | None = None
    sentences: SentencePolicy = SentencePolicy()

    @property
    def one_thing_within(self) -> int:
        """Within how many days records of different offices may tell one thing."""
        return 0 if self.told_twice is None else self.told_twice.within_days

    @property
    def told_apart(self) -> bool:
        """Whether records of different offices on different days are assumed to tell two things."""
        return self.told_twice is None

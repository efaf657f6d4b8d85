"""Records about the person: particulars, death, legal status, setting, sentences."""

from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import by_person, first_day, refers_to, word
from rehabcore.records.filing import Filed, expires_after, in_order
from rehabcore.rules.time.days import Ending
from rehabcore.rules.time.partial import Day, Days, PartialEnd
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import BeneficiaryId, LegalStatus, RecordId, Setting, Sex

MOST_JOINED = 100
"""The most sentences that follow each other, or that one sentence names."""


@frozen(kw_only=True)
@checked
class Beneficiary:
    """The particulars that rules may use. There is no name, address or identity document.

    ``beneficiary_id`` is an opaque id of the caller. ``languages`` are the codes of languages in
    which the person can take part; None means that nobody asked.
    """

    filed: Filed
    beneficiary_id: BeneficiaryId = field(repr=False, metadata=SECRET)
    birth_date: Day | None = field(default=None, repr=False, metadata=SECRET)
    sex: Sex | None = field(default=None, repr=False, metadata=SECRET)
    languages: frozenset[str] | None = field(
        default=None, repr=False, metadata=SECRET | word("languages")
    )


@frozen(kw_only=True)
@checked
class Death:
    """The person died. From ``died_on`` on, nothing is open to the person and nothing falls due."""

    filed: Filed
    died_on: Day = field(repr=False, metadata=SECRET | first_day())


@frozen(kw_only=True)
@checked
class LegalStanding:
    """A legal status over a span of days."""

    filed: Filed
    status: LegalStatus
    span: Days = field(metadata=first_day())


@frozen(kw_only=True)
@checked
class Placement:
    """A setting over a span of days, and the office that is accountable for care in it.

    ``holder`` is the code of that office; there is one at a time. ``institution`` is the code of
    the prison, hospital or house, if there is one.
    """

    filed: Filed
    setting: Setting
    span: Days = field(metadata=first_day() | by_person())
    holder: str = field(metadata=SECRET)
    institution: str = field(default="", metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "holder")


@frozen(kw_only=True)
@checked
class Sentence:
    """A sentence: its first day, the first day after it, and the earliest day of release.

    ``end`` open is a life term; unknown means that nobody recorded it. ``consecutive_to`` names the
    sentence at whose end this one begins, as a court ordered; its earliest release may then be that
    of all of them, and come before its own first day. ``concurrent_with`` names others that run at
    the same time.
    """

    filed: Filed
    start: Day = field(metadata=first_day())
    end: PartialEnd
    earliest_release: Day | None = None
    consecutive_to: RecordId | None = field(default=None, metadata=SECRET | refers_to("sentences"))
    concurrent_with: tuple[RecordId, ...] = field(
        default=(), metadata=SECRET | refers_to("sentences")
    )

    def _problems(self) -> Iterable[Problem]:
        yield from expires_after(self.start, self.end, "end")
        if self.consecutive_to is None:
            yield from in_order(self.start, self.earliest_release, "earliest_release")
        if not isinstance(self.end, Ending):
            yield from in_order(self.earliest_release, self.end, "end")
        if len(self.concurrent_with) > MOST_JOINED:
            found, expected = f"{len(self.concurrent_with)} sentences", f"at most {MOST_JOINED}"
            yield Problem(code="too_large", path="concurrent_with", found=found, expected=expected)

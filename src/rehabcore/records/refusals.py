"""Offers that are not taken up for now: the person says no, or an office puts them off.

Neither is a breach of any duty, and neither withdraws a consent.
"""

from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import PROGRAMS, by_person, first_day, word
from rehabcore.records.filing import Filed, expires_after
from rehabcore.rules.time.partial import Day, Days
from rehabcore.strict.checked import SECRET, checked, codes_only
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import ProgramId, StaffId


@frozen(kw_only=True)
@checked
class OfferRefusal:
    """The person wants no part in a programme, or no help with a need, over a span of days.

    It begins when the person says so, and ends only when the person says otherwise. It is about the
    programme or the need that it names, and about no other. ``reason`` is what the person says.
    """

    filed: Filed
    span: Days = field(metadata=first_day() | by_person())
    program_id: ProgramId | None = field(default=None, metadata=SECRET | word(PROGRAMS))
    domain: str | None = field(default=None, metadata=word("need_domains"))
    reason: str = field(default="", repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        return _of_one_offer(self)


@frozen(kw_only=True)
@checked
class OfferDeferral:
    """An office puts a programme, or work on a need, off until a day.

    On the day ``until`` it is looked at again. ``reason`` is a code of the agency, so that
    deferrals can be counted.
    """

    filed: Filed
    deferred_on: Day = field(metadata=first_day())
    until: Day
    reason: str = field(metadata=SECRET)
    program_id: ProgramId | None = field(default=None, metadata=SECRET | word(PROGRAMS))
    domain: str | None = field(default=None, metadata=word("need_domains"))
    decided_by: StaffId | None = field(default=None, repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        yield from _of_one_offer(self)
        yield from codes_only(self, "reason")
        yield from expires_after(self.deferred_on, self.until, "until")


def _of_one_offer(record: OfferRefusal | OfferDeferral) -> Iterable[Problem]:
    if (record.program_id is None) == (record.domain is None):
        yield Problem(
            code="one_of_two",
            path="program_id",
            found="both or neither of program_id and domain",
            expected="exactly one of the two",
        )

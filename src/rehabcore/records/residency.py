"""Stays in a therapeutic community, and measures instead of prison."""

from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import by_person, first_day, refers_to, word
from rehabcore.records.filing import Filed, expires_after
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.time.partial import Day, PartialEnd
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import DiversionEvent, RecordId, ResidencyEvent, StaffId


@frozen(kw_only=True)
@checked
class Residency:
    """A stay in a therapeutic community, from the referral on. A readmission is another one.

    ``unit`` is the id of the community's own book, ``reference`` the one under which that book
    tells of the stay. It says nothing of the person; empty as long as the book has none.
    """

    filed: Filed
    unit: str = field(metadata=SECRET)
    referred_on: Day = field(metadata=first_day())
    reference: str = field(default="", metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "unit")


@frozen(kw_only=True)
@checked
class ResidencyAct:
    """Something that happened in one stay, on one day.

    ``reason`` is a code of the country, ``by`` who decided it, ``office`` the office to which the
    person goes, where the stay ends. ``report`` tells whether that office was sent the report of
    the stay, ``reviewed`` whether the community reviewed the act; None means that nobody has said.
    """

    filed: Filed
    residency: RecordId = field(metadata=SECRET | refers_to("residencies"))
    event: ResidencyEvent
    on: Day = field(metadata=first_day() | by_person())
    by: StaffId | None = field(default=None, repr=False, metadata=SECRET)
    reason: str | None = field(default=None, metadata=SECRET | word("residency_reasons"))
    office: str = field(default="", metadata=SECRET)
    report: bool | None = None
    reviewed: bool | None = None


@frozen(kw_only=True)
@checked
class Diversion:
    """A decision that the person is treated or supervised instead of imprisoned.

    ``decided_by`` is the code of the court or prosecutor. It lasts up to, and not including,
    ``until``. Its conditions are requirements, the way to the provider is ``transition``.
    """

    filed: Filed
    decided_on: Day = field(metadata=first_day())
    decided_by: str = field(metadata=SECRET)
    until: PartialEnd = OPEN
    transition: RecordId | None = field(default=None, metadata=SECRET | refers_to("transitions"))

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "decided_by")
        yield from expires_after(self.decided_on, self.until, "until")


@frozen(kw_only=True)
@checked
class DiversionAct:
    """Something that happened in a diversion, on one day. ``office`` did it."""

    filed: Filed
    diversion: RecordId = field(metadata=SECRET | refers_to("diversions"))
    event: DiversionEvent
    on: Day = field(metadata=first_day())
    office: str = field(default="", metadata=SECRET)
    reason: str | None = field(default=None, metadata=SECRET | word("transition_reasons"))

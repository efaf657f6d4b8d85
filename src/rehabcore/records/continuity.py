"""Care and papers that must not lapse: treatment, support, entitlements.

Much of it is health data. No fact that a programme's rule can ask reads it: a rule sees only the
clearance that a professional gives.
"""

from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import PROGRAMS, by_person, first_day, refers_to, word
from rehabcore.records.filing import Filed, expires_after
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.time.partial import Day, Days, PartialEnd
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import EntitlementEvent, ProgramId, RecordId


@frozen(kw_only=True)
@checked
class ContinuityItem:
    """Something that the person has over a span of days and that must not be interrupted.

    ``kind`` is a code of the country, such as opioid agonist treatment or a place to live.
    ``program_id`` names the programme or service, if it is one.
    """

    filed: Filed
    kind: str = field(repr=False, metadata=SECRET | word("continuity_kinds"))
    span: Days = field(metadata=first_day() | by_person())
    program_id: ProgramId | None = field(default=None, metadata=SECRET | word(PROGRAMS))


@frozen(kw_only=True)
@checked
class Supply:
    """The days over which one item was provided: doses, sessions, nights.

    ``covers`` runs from the first day that is provided for up to, and not including, the first that
    is not. ``office`` provides it.
    """

    filed: Filed
    item: RecordId = field(metadata=SECRET | refers_to("continuity_items"))
    covers: Days = field(metadata=first_day() | by_person())
    office: str = field(metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "office")


@frozen(kw_only=True)
@checked
class Appointment:
    """The day on which an office is to go on with one item.

    ``kept`` tells whether the person came; None means that nobody has said.
    """

    filed: Filed
    item: RecordId = field(metadata=SECRET | refers_to("continuity_items"))
    on: Day = field(metadata=first_day())
    office: str = field(metadata=SECRET)
    kept: bool | None = None

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "office")


@frozen(kw_only=True)
@checked
class Entitlement:
    """A paper or benefit that was requested for the person: an identity card, a transport card."""

    filed: Filed
    kind: str = field(metadata=SECRET | word("entitlement_kinds"))
    requested_on: Day = field(metadata=first_day())


@frozen(kw_only=True)
@checked
class EntitlementAct:
    """Something that happened to an entitlement, on one day.

    ``expires`` is the first day on which what was issued no longer counts. ``office`` did it.
    """

    filed: Filed
    entitlement: RecordId = field(metadata=SECRET | refers_to("entitlements"))
    event: EntitlementEvent
    on: Day = field(metadata=first_day())
    office: str = field(default="", metadata=SECRET)
    expires: PartialEnd = OPEN

    def _problems(self) -> Iterable[Problem]:
        if self.event not in _GIVING and self.expires is not OPEN:
            expected = "nothing here, unless the event is issued or replaced"
            yield Problem.of(self.expires, "contradicts_itself", expected, path="expires")
        yield from expires_after(self.on, self.expires)


_GIVING = frozenset({EntitlementEvent.ISSUED, EntitlementEvent.REPLACED})

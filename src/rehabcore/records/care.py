"""Consent, and the way through a programme: referral, enrolment, completion."""

from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import PROGRAMS, by_person, first_day, refers_to, word
from rehabcore.records.filing import Filed, expires_after, in_order
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.time.partial import Day, PartialEnd
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import Outcome, ProgramId, RecordId


@frozen(kw_only=True)
@checked
class Consent:
    """A person's answer to a request for consent, for one purpose.

    ``given`` or ``refused`` is the day of the answer. Consent is live from ``given`` up to, and
    not including, the day it was withdrawn or expires. Withdrawal does not act backwards.
    ``scope`` describes in free text what the consent covers.

    With a ``program_id`` it covers that programme only, with ``recipients``, the codes of offices,
    only what goes to them. Without, it covers all.
    """

    filed: Filed
    purpose: str = field(metadata=word("consent_purposes"))
    program_id: ProgramId | None = field(default=None, metadata=SECRET | word(PROGRAMS))
    recipients: frozenset[str] | None = field(default=None, metadata=SECRET)
    scope: str = field(default="", repr=False, metadata=SECRET)
    given: Day | None = field(default=None, metadata=first_day() | by_person())
    refused: Day | None = field(default=None, metadata=first_day() | by_person())
    withdrawn: Day | None = field(default=None, metadata=by_person())
    expires: PartialEnd = OPEN

    def _problems(self) -> Iterable[Problem]:
        if (self.given is None) == (self.refused is None):
            yield Problem(
                code="one_of_two",
                path="given",
                found="both or neither of given and refused",
                expected="exactly one of the two days",
            )
        for name, unset in (("withdrawn", None), ("expires", OPEN)):
            if self.given is None and getattr(self, name) is not unset:
                yield Problem.of(
                    getattr(self, name),
                    "never_given",
                    "nothing here where the consent was not given",
                    path=name,
                )
        if self.recipients is not None and not self.recipients:
            expected = "at least one office, or no key for all"
            yield Problem.of([], "empty_group", expected, path="recipients")
        yield from in_order(self.given, self.withdrawn, "withdrawn")
        yield from expires_after(self.given, self.expires)


@frozen(kw_only=True)
@checked
class Referral:
    """A person is proposed for a programme or service."""

    filed: Filed
    program_id: ProgramId = field(metadata=SECRET | word(PROGRAMS))
    referred_on: Day = field(metadata=first_day())


@frozen(kw_only=True)
@checked
class Enrolment:
    """A person takes part in a programme or service from a day on."""

    filed: Filed
    program_id: ProgramId = field(metadata=SECRET | word(PROGRAMS))
    started_on: Day = field(metadata=first_day() | by_person())
    referral: RecordId | None = field(default=None, metadata=SECRET | refers_to("referrals"))


@frozen(kw_only=True)
@checked
class Completion:
    """An enrolment ended; ``ended_on`` is the first day on which the person takes no part."""

    filed: Filed
    enrolment: RecordId = field(metadata=SECRET | refers_to("enrolments"))
    ended_on: Day
    outcome: Outcome

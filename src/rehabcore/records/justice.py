"""Statements of courts and authorities: offences, legal days, rulings, registers."""

from collections.abc import Iterable

from attrs import field

from rehabcore.records.fields import PROGRAMS, by_person, first_day, refers_to, word
from rehabcore.records.filing import Filed, expires_after, in_order
from rehabcore.rules.facts import Forever
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.time.partial import Day, Days, PartialEnd
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import DecisionOutcome, RecordId, RequirementKind, StaffId


@frozen(kw_only=True)
@checked
class Offence:
    """An offence of which the person was convicted.

    ``kind`` is a code of the country's glossary; None means that nobody has coded the offence
    yet, so that it may be of any kind. ``sentence`` is the record of the sentence for it.
    """

    filed: Filed
    kind: str | None = field(default=None, metadata=word("offence_kinds"))
    committed_on: Day | None = field(default=None, metadata=first_day() | by_person())
    convicted_on: Day | None = field(default=None, metadata=first_day())
    sentence: RecordId | None = field(default=None, metadata=SECRET | refers_to("sentences"))

    def _problems(self) -> Iterable[Problem]:
        return in_order(self.committed_on, self.convicted_on, "convicted_on")


@frozen(kw_only=True)
@checked
class Milestone:
    """A calculated day of a legal or administrative kind, such as the projected release.

    ``day`` is ``NEVER`` if it certainly does not come. A new calculation by the same source
    corrects the old one.
    """

    filed: Filed
    kind: str = field(metadata=word("milestone_kinds"))
    day: Day | Forever = field(metadata=first_day())


@frozen(kw_only=True)
@checked
class Ruling:
    """A ruling of a person or a court about a programme or another subject.

    ``subject`` is the id of a programme or a code of the country, ``reason`` a code of the
    country; None means that none is recorded. It is in force from ``decided_on`` up to, and not
    including, ``until``.
    """

    filed: Filed
    subject: str = field(metadata=SECRET | word(PROGRAMS, "ruling_subjects"))
    outcome: DecisionOutcome
    decided_on: Day = field(metadata=first_day())
    decided_by: StaffId = field(repr=False, metadata=SECRET)
    reason: str | None = field(default=None, metadata=word("ruling_reasons"))
    until: PartialEnd = OPEN

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "decided_by")
        yield from expires_after(self.decided_on, self.until, "until")


@frozen(kw_only=True)
@checked
class Requirement:
    """Something that a court or a licence obliges the person to do: the basis of mandatory work.

    ``subject`` is the id of a programme or a code of the country, ``imposed_by`` the code of the
    office that imposed it, ``sentence`` the record of the sentence to which it belongs.
    """

    filed: Filed
    kind: RequirementKind
    subject: str = field(metadata=SECRET | word(PROGRAMS, "requirement_subjects"))
    imposed_by: str = field(metadata=SECRET)
    span: Days = field(metadata=first_day())
    sentence: RecordId | None = field(default=None, metadata=SECRET | refers_to("sentences"))

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "imposed_by")


@frozen(kw_only=True)
@checked
class Registration:
    """An entry in a register over a span of days: a warrant, a hold, a no-contact order.

    The registers of a country are complete by law: none on file means none.
    """

    filed: Filed
    register: str = field(metadata=word("registers"))
    span: Days = field(metadata=first_day())

"""The policy of a country on attendance: what counts as dose, in a share, and as a breach.

What the words themselves say needs no law: whoever attended was there, and a session that was not
held is nobody's absence. All else is unknown until a country states it.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from rehabcore.records.sessions import PRESENT
from rehabcore.rules.sources import Citation, Status
from rehabcore.rules.time.days import Term
from rehabcore.strict.checked import checked, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import AttendanceOutcome


class InShare(StrEnum):
    """The part of a session in the share that was attended."""

    ATTENDED = "attended"
    MISSED = "missed"
    NOT_COUNTED = "not_counted"


@frozen(kw_only=True)
@checked
class AttendanceCounts:
    """How one attendance counts: as dose, in the share, and towards a breach."""

    dose: bool
    share: InShare
    breach: bool


@frozen(kw_only=True)
@checked
class AttendanceRow:
    """How an outcome of attendance counts in a country.

    Raises:
        InputError: dose for somebody who was not there, a breach by somebody who took part, or any
            of it for a session that was not held.
    """

    outcome: AttendanceOutcome
    dose: bool
    share: InShare
    breach: bool

    def _problems(self) -> Iterable[Problem]:
        if self.dose and self.outcome not in PRESENT:
            yield Problem.of(True, "contradicts_itself", "no dose: nobody was there", path="dose")
        if self.breach and self.outcome in _NEVER_A_BREACH:
            expected = "no breach: the person took part, or could not"
            yield Problem.of(True, "contradicts_itself", expected, path="breach")
        cancelled = self.outcome is AttendanceOutcome.CANCELLED_BY_PROVIDER
        if cancelled and self.share is not InShare.NOT_COUNTED:
            expected = "not_counted: the session was not held"
            yield Problem.of(self.share.value, "contradicts_itself", expected, path="share")

    @property
    def counts(self) -> AttendanceCounts:
        """How the outcome counts."""
        return AttendanceCounts(dose=self.dose, share=self.share, breach=self.breach)


_NEVER_A_BREACH = frozenset(
    {AttendanceOutcome.ATTENDED, AttendanceOutcome.LATE, AttendanceOutcome.CANCELLED_BY_PROVIDER}
)


@frozen(kw_only=True)
@checked
class AttendancePolicy:
    """A country's policy on attendance; what it does not state is unknown.

    ``breach_after`` absences that count within a term, ``within``, are a breach of what is
    mandatory; without a term, all of them count. None where no text says how many.

    Raises:
        InputError: an outcome stands twice, or no absence is needed for a breach.
    """

    outcomes: tuple[AttendanceRow, ...] = ()
    breach_after: int | None = None
    within: Term | None = None
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        seen = set[AttendanceOutcome]()
        for index, row in enumerate(self.outcomes):
            if row.outcome in seen:
                path = f"outcomes[{index}].outcome"
                yield Problem.of(row.outcome.value, "repeated_item", "each outcome once", path=path)
            seen.add(row.outcome)
        if self.breach_after is not None and self.breach_after < 1:
            yield Problem.of(self.breach_after, "out_of_range", "1 or more", path="breach_after")
        if self.within == Term():
            expected = "a term of at least a day, or nothing"
            yield Problem.of("0 days", "out_of_range", expected, path="within")

    @checked_arguments
    def ways_of(self, outcome: AttendanceOutcome) -> frozenset[AttendanceCounts]:
        """The ways in which an outcome may count; one if the country or the word itself says so."""
        stated = [row.counts for row in self.outcomes if row.outcome is outcome]
        return frozenset(stated) if stated else _BY_MEANING[outcome]


def _ways(
    *, dose: Iterable[bool], share: Iterable[InShare], breach: bool
) -> frozenset[AttendanceCounts]:
    may_breach = (True, False) if breach else (False,)
    return frozenset(
        AttendanceCounts(dose=given, share=part, breach=counts)
        for given in dose
        for part in share
        for counts in may_breach
    )


_TOOK_PART = _ways(dose=(True,), share=(InShare.ATTENDED,), breach=False)
_BY_MEANING: Mapping[AttendanceOutcome, frozenset[AttendanceCounts]] = {
    AttendanceOutcome.ATTENDED: _TOOK_PART,
    AttendanceOutcome.LATE: _TOOK_PART,
    AttendanceOutcome.ABSENT_UNACCEPTABLE: _ways(
        dose=(False,), share=(InShare.MISSED,), breach=True
    ),
    AttendanceOutcome.ABSENT_ACCEPTABLE: _ways(dose=(False,), share=InShare, breach=False),
    AttendanceOutcome.DID_NOT_ENGAGE: _ways(
        dose=(True, False), share=(InShare.ATTENDED, InShare.MISSED), breach=True
    ),
    AttendanceOutcome.CANCELLED_BY_PROVIDER: _ways(
        dose=(False,), share=(InShare.NOT_COUNTED,), breach=False
    ),
}

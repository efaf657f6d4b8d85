"""Law that changes from day to day: each version of a value, and the days on which it is law.

Versions follow each other without a gap. Where no version is known for some days, the gap must be
declared. Outside of the days that they cover there is no value, and none is made up.
"""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

from rehabcore.rules.facts import Absence, Fact, Shape
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import UNSURE, Span
from rehabcore.rules.well_formed import unsure_law
from rehabcore.strict.checked import checked, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import NotInForceError, Problem

T = TypeVar("T")

DECISION = "decision"
"""The clock of law whose version is selected by the day asked about."""

UNSETTLED = Fact(
    name="unsettled_law_met",
    shape=Shape.FLAG,
    about="Whether law is met of which no version is known for the day. No record can say it.",
    absence=Absence.NEEDS_PERSON,
    answered_by=("responsible_agency",),
)
"""The fact that is asked instead, on days for which no version is known."""

NOT_ON_FILE = Fact(
    name="law_not_on_file_met",
    shape=Shape.FLAG,
    about="Whether law is met of which nothing is on file for the day. No record can say it.",
    absence=Absence.NEEDS_PERSON,
    answered_by=("responsible_agency",),
)
"""The fact that is asked instead, on days before the first version and after the last one."""


@frozen(kw_only=True)
@checked
class Version(Generic[T]):
    """A value, and the days on which it is law. None declares that no value is known for them.

    Raises:
        InputError: the days have an unknown end.
    """

    in_force: Span
    value: T | None = None
    cite: tuple[Citation, ...] = ()
    status: Status | None = None

    def _problems(self) -> Iterable[Problem]:
        if self.in_force.end is UNSURE:
            yield unsure_law("in_force")


@frozen(kw_only=True)
@checked
class Versions(Generic[T]):
    """Every version of a value, in the order of time. ``clock`` names the day that selects one.

    Raises:
        InputError: two versions overlap, there is an undeclared gap between two of them, or no
            version has a value.
    """

    name: str
    versions: tuple[Version[T], ...]
    title: Text | None = None
    clock: str = DECISION

    def _problems(self) -> Iterable[Problem]:
        if all(version.value is None for version in self.versions):
            expected = "at least one version that is known"
            yield Problem.of(self.versions, "empty_group", expected, path="versions")
        for index, (before, after) in enumerate(pairwise(self.versions), start=1):
            end, start = before.in_force.end, after.in_force.start
            if end == start:
                continue
            overlap = not isinstance(end, date) or start < end
            yield Problem.of(
                start,
                "overlap" if overlap else "undeclared_gap",
                f"{end}, where the version before it ends"
                if isinstance(end, date)
                else "nothing after a version that goes on",
                path=f"versions[{index}].in_force.start",
            )

    @property
    def covered(self) -> Span:
        """The days from the first version to the last one, including declared gaps."""
        return Span(self.versions[0].in_force.start, self.versions[-1].in_force.end)

    @checked_arguments
    def at(self, day: date) -> Version[T]:
        """The version that is law on a day; its value is None in a declared gap.

        Raises:
            NotInForceError: the versions do not cover the day.
        """
        if day not in self.covered:
            raise NotInForceError([not_covered(self.name, day, self.covered)])
        return next(version for version in self.versions if day in version.in_force)


def not_covered(name: str, day: date, covered: Span) -> Problem:
    """The problem of a day that the versions of some law do not cover."""
    end = covered.end
    until = f"until the day before {end.isoformat()}" if isinstance(end, date) else "on"
    expected = f"a day that the data of {name} covers: from {covered.start.isoformat()} {until}"
    return Problem.of(day, "not_in_force", expected, path="on")

"""The clock of one stay: its phases with their days, and the suspensions in which it stands still.

A day counts when it is over: on the day of admission no day has passed. The clock of a phase starts
anew whenever somebody enters it, also by going back. That of the whole stay goes on.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from attrs import evolve

from rehabcore.rules.time.days import Term
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem


@frozen(kw_only=True)
@checked
class PhaseVisit:
    """The days in one phase, from ``since`` to before ``until``; None while it goes on.

    ``phase`` counts from 0. ``stopped`` is how many of the days were suspended, up to the last
    resumption; ``stopped_since`` is the day of a suspension that goes on.
    """

    phase: int
    since: date
    until: date | None = None
    stopped: int = 0
    stopped_since: date | None = None

    def _problems(self) -> Iterable[Problem]:
        if self.until is not None and self.until < self.since:
            expected = "a day not before the first"
            yield Problem.of(self.until, "ends_before_start", expected, path="until")

    def suspended_by(self, on: date) -> int:
        """How many days of it were suspended by a day."""
        until = on if self.until is None else min(on, self.until)
        now = 0 if self.stopped_since is None else max(0, (until - self.stopped_since).days)
        return self.stopped + now

    def days_by(self, on: date) -> int:
        """How many days of it count by a day, suspensions left out."""
        until = on if self.until is None else min(on, self.until)
        return max(0, (until - self.since).days) - self.suspended_by(on)

    def earliest_end(self, minimum: Term, on: date) -> date:
        """The first day on which its minimum has passed, if it is not suspended from a day on."""
        return minimum.after(self.since) + timedelta(self.suspended_by(on))


def left(visit: PhaseVisit, on: date) -> PhaseVisit:
    """A visit that ended on a day."""
    return evolve(visit, until=on)


def stopped(visit: PhaseVisit, on: date) -> PhaseVisit:
    """A visit whose clock was stopped on a day."""
    return evolve(visit, stopped_since=on)


def resumed(visit: PhaseVisit, on: date) -> PhaseVisit:
    """A visit whose clock went on again on a day."""
    return evolve(visit, stopped=visit.suspended_by(on), stopped_since=None)


def days_of(visits: Sequence[PhaseVisit], on: date) -> int:
    """How many days of a stay count by a day: those of its phases, suspensions left out."""
    return sum(visit.days_by(on) for visit in visits)

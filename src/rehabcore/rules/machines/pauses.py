"""Pauses of a deadline: by how much it moves when one ends.

A pause does not make a deadline earlier, and several pauses do not add up. One that began when the
deadline was overdue leaves it overdue. What differs from this is said of the kind of pause.
"""

from collections.abc import Iterable
from datetime import date

from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import LATEST_DAY, Day, between, first_of, last_of
from rehabcore.strict.checked import checked, checked_arguments, codes_only
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem


@frozen(kw_only=True)
@checked
class PauseKind:
    """A kind of pause, and the time that it leaves from its end on.

    One that lays the deadline ``anew`` does so from its end, whatever it was before. One that
    ``cures_lateness`` gives new time even if the deadline was overdue when it began.
    """

    code: str
    title: Text
    extension: Term = Term()
    anew: bool = False
    cures_lateness: bool = False
    cite: tuple[Citation, ...] = ()
    status: Status | None = None

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "code")


@frozen(kw_only=True)
@checked
class Pause:
    """A pause from ``began`` to ``ended``; None if it has not ended.

    Raises:
        InputError: it ends before it began.
    """

    kind: PauseKind
    began: date
    ended: date | None = None

    def _problems(self) -> Iterable[Problem]:
        if self.ended is not None and self.ended < self.began:
            expected = "a day not before the one on which it began"
            yield Problem.of(self.ended, "ends_before_start", expected, path="ended")


@checked_arguments
def after_pauses(due: Day, pauses: Iterable[Pause], *, on: date) -> Day:
    """The day on which something is due, after its pauses.

    While a pause lasts, nobody knows when it ends: then it is only known since when it can be due.

    Args:
        due: the day without any pause.
        pauses: in the order in which they began.
        on: the day asked about; a pause that began later does not count yet.
    """
    for pause in pauses:
        if pause.began <= on:
            ended = pause.ended if pause.ended is not None and pause.ended <= on else None
            first, last = (on, LATEST_DAY) if ended is None else (ended, ended)
            due = between(_after(first_of(due), pause, first), _after(last_of(due), pause, last))
    return due


def _after(due: date, pause: Pause, ended: date) -> date:
    """A day on which something is due, after a pause that ended on some day."""
    if due < pause.began and not pause.kind.cures_lateness:
        return due
    extended = min(pause.kind.extension.after(ended), LATEST_DAY)
    return extended if pause.kind.anew else max(due, extended)

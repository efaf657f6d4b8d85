"""Spells: days over which something held, all of them known, no two of them on one day."""

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable
from datetime import date
from itertools import pairwise
from operator import itemgetter

from rehabcore.questions.counting.runs import NO_GAP, gap_of
from rehabcore.questions.counting.stays import Stay
from rehabcore.questions.plain.gathered import Gathered
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import NEVER, Cell, Known, Value
from rehabcore.rules.time.days import OPEN, UNSURE, Span, Term
from rehabcore.strict.frozen import frozen


@frozen
class Spells:
    """Spells in the order of their days, half-open; ``date.max`` ends one that goes on.

    ``told`` holds the value of each, and the record that tells it.
    """

    starts: tuple[date, ...]
    ends: tuple[date, ...]
    told: tuple[tuple[Value, str], ...]

    def place(self, day: date) -> int | None:
        """The place of the spell of a day; None if there is none."""
        place = bisect_right(self.starts, day) - 1
        return place if place >= 0 and day < self.ends[place] else None

    def value(self, day: date, absent: Cell) -> Cell:
        """The value that holds on a day."""
        place = self.place(day)
        if place is None:
            return absent
        value, own = self.told[place]
        return Known(value, evidence=(own,))

    def since(self, day: date, wanted: Container[object], gap: Term, absent: Cell) -> Cell:
        """The day since which a wanted value has held, but for gaps; NEVER while another does."""
        place = self.place(day)
        if place is None:
            return absent
        value, own = self.told[place]
        if value not in wanted:
            return Known(NEVER, evidence=(own,))
        first, ids = self.starts[place], [own]
        for earlier in range(place - 1, -1, -1):
            value, own = self.told[earlier]
            if value in wanted:
                end = self.ends[earlier]
                if end < first and gap.after(end) < first:
                    break
                first = self.starts[earlier]
                ids.append(own)
            elif gap is NO_GAP:
                break
        return Known(first, evidence=tuple(sorted(ids)))


ToldSpells = Callable[[CaseFile], Spells | None]
"""A function that gathers the spells of one thing; None if the records leave something to weigh."""


def spells(told: Callable[[CaseFile], Iterable[Stay]], view: CaseFile) -> Spells | None:
    """The spells that stays tell; None if two of them meet, or not all their days are known."""
    found: list[tuple[date, date, tuple[Value, str]]] = []
    for filed, days, value in told(view):
        if not isinstance(days, Span) or days.end is UNSURE:
            return None
        end = date.max if days.end is OPEN else days.end
        found.append((days.start, end, (value, filed.record_id)))
    found.sort(key=itemgetter(0))
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        return None
    starts, ends, values = zip(*found, strict=True) if found else ((), (), ())
    return Spells(starts, ends, values)


def value_of_spell(told: ToldSpells, asked: Asked, gathered: Gathered, day: date) -> Cell | None:
    """The value of the day's spell."""
    found = gathered.of(told)
    return None if found is None else found.value(day, asked.fact.absent())


def time_in_spells(
    told: ToldSpells, parameter: str, asked: Asked, gathered: Gathered, day: date
) -> Cell | None:
    """The day since which one of the codes of a parameter has held."""
    found = gathered.of(told)
    if found is None:
        return None
    return found.since(day, asked.codes(parameter), gap_of(asked), asked.fact.absent())

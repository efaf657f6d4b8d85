"""Happenings on known days, as one office tells them, counted while a window sees them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from operator import itemgetter

from rehabcore.questions.counting.tellings import Leaves
from rehabcore.records import Filed
from rehabcore.rules.facts import Assumption, Cell, Known
from rehabcore.rules.time.partial import Day
from rehabcore.strict.frozen import frozen


@frozen
class Happened:
    """The happenings of one kind, by their days: of each the record and a code that it states.

    One ``office`` tells all of them, so none is told twice.
    """

    office: str
    days: tuple[date, ...]
    told: tuple[tuple[str, str], ...]


HappenedByKind = Mapping[str, Happened | None]
"""Happenings by their kind; None where a day is not known, or two offices tell of the kind."""


def by_kind(told: Iterable[tuple[str, Filed, Day, str]]) -> HappenedByKind:
    """Happenings by their kind.

    Args:
        told: the kind of each, its filing, its day, and a code that it states.
    """
    listed: dict[str, list[tuple[Day, Filed, str]]] = defaultdict(list)
    for kind, filed, day, code in told:
        listed[kind].append((day, filed, code))
    return {kind: _of_one_office(of_kind) for kind, of_kind in listed.items()}


def _of_one_office(told: list[tuple[Day, Filed, str]]) -> Happened | None:
    office = told[0][1].source
    found: list[tuple[date, tuple[str, str]]] = []
    for day, filed, code in told:
        if not isinstance(day, date) or filed.source != office or filed.same_as is not None:
            return None
        found.append((day, (filed.record_id, code)))
    found.sort(key=itemgetter(0))
    days, own = zip(*found, strict=True)
    return Happened(office, days, own)


def number_seen(
    happened: HappenedByKind,
    kinds: Iterable[str],
    day: date,
    leaves: Leaves,
    codes: Collection[str] | None = None,
) -> Cell | None:
    """How many of some kinds, with one of some codes or any, a window sees on a day.

    None if it has to be weighed whether some of them were told twice.
    """
    ids: list[str] = []
    offices: set[str] = set()
    for kind in kinds:
        of_kind = happened.get(kind, _NOTHING)
        if of_kind is None:
            return None
        offices.add(of_kind.office)
        by_now = bisect_right(of_kind.days, day)
        gone = bisect_right(of_kind.days, day, hi=by_now, key=leaves)
        seen = of_kind.told[gone:by_now]
        ids += [own for own, code in seen if codes is None or code in codes]
    if len(offices - {""}) > 1:
        return None
    ids.sort()
    return Known(len(ids), evidence=tuple(ids), assumption=Assumption.NONE_ON_FILE)


_NOTHING = Happened("", (), ())

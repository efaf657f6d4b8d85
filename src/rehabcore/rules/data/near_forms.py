"""Near misses as plain data: the verdict, and each way with its verdict and its changes.

A way on the day of the verdict has no verdict of its own. A change names its comparisons by their
place in the rule, from 0. Reading judges every verdict and works out its corrections again, so
changes that do not follow are refused. Two things cannot be checked, because later cells are not
stored: that no earlier day would do, and until when a way lasts.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from attrs import field

from rehabcore.rules.criteria import Compare, Criterion, comparisons, same_comparison
from rehabcore.rules.data.verdict_forms import VerdictReader, VerdictWriter
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.near.corrections import Change, corrections
from rehabcore.rules.near.cures import NearKind
from rehabcore.rules.near.near_misses import NearMiss, NearMisses, rank
from rehabcore.rules.truth import Answer
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problems, refuse
from rehabcore.strict.structure import Codec


@frozen(kw_only=True)
class _Demand:
    comparison: int
    found: Answer
    wanted: Answer


@frozen(kw_only=True)
class _Change:
    kind: NearKind
    demands: tuple[_Demand, ...]


@frozen(kw_only=True)
class _Way:
    verdict: Any = field(default=None, repr=False)
    until: date | None = None
    changes: tuple[_Change, ...]


@frozen(kw_only=True)
class _Near:
    verdict: Any = field(repr=False)
    ways: tuple[_Way, ...]
    complete: bool = True


_CODEC = Codec()


def write_near(near: NearMisses, verdicts: VerdictWriter) -> dict[str, Any]:
    """The table of near misses.

    Args:
        near: the near misses.
        verdicts: writes their verdicts.
    """
    now, places = verdicts.refer(near.verdict), _places(near.verdict.criterion)
    ways = []
    for way in near.ways:
        changes = _stored(way.changes, places)
        table: dict[str, Any] = _CODEC.write(_Way(until=way.until, changes=changes))
        if way.day > way.on:
            table["verdict"] = verdicts.refer(way.verdict, beside=now)
        ways.append(table)
    complete = {} if near.complete else {"complete": False}
    return {"verdict": now, "ways": ways, **complete}


def _places(rule: Criterion) -> dict[Compare, int]:
    """The place of each comparison in a rule; of equal ones, that of the first."""
    places: dict[Compare, int] = {}
    for place, compare in enumerate(comparisons(rule)):
        places.setdefault(compare, place)
    return places


def _stored(changes: tuple[Change, ...], places: dict[Compare, int]) -> tuple[_Change, ...]:
    return tuple(
        _Change(
            kind=change.kind,
            demands=tuple(
                _Demand(comparison=places[demand.compare], found=demand.found, wanted=demand.wanted)
                for demand in change.demands
            ),
        )
        for change in changes
    )


_Following = dict[tuple[_Change, ...], tuple[Change, ...]]
"""The changes that follow from a verdict, as they are stored and as they are."""


def read_near(plain: object, verdicts: VerdictReader) -> NearMisses:
    """Read near misses.

    Args:
        plain: their table.
        verdicts: reads their verdicts.

    Raises:
        InputError: names every problem, with paths relative to the table.
    """
    stored, problems = _CODEC.read(plain, _Near), Problems()
    verdict = problems.at("verdict", verdicts.read, stored.verdict)
    problems.done()
    following = {id(verdict): _following(verdict)}
    later = partial(verdicts.read, rule=stored.verdict["rule"])
    ways = [
        problems.at(f"ways[{index}]", _way, way, verdict, later, following)
        for index, way in enumerate(stored.ways)
    ]
    problems.done()
    if ways != sorted(ways, key=rank) or (ways and verdict.answer is Answer.MET):
        refuse(ways, "does_not_follow", "ways in order, and none to what is met", path="ways")
    told = [(way.day, _asks(way.changes)) for way in ways]
    today = {asks for day, asks in told if day == verdict.on}
    if len({*told}) < len(told) or not _covered(verdict, following[id(verdict)].values(), today):
        refuse(ways, "does_not_follow", "each way once, and all of the day", path="ways")
    return NearMisses(verdict=verdict, ways=tuple(ways), complete=stored.complete)


_Asks = frozenset[tuple[object, Answer]]


def _asks(changes: Iterable[Change]) -> _Asks:
    """The answers that changes have to bring about or to keep."""
    return frozenset(
        (same_comparison(demand.compare), demand.wanted)
        for change in changes
        for demand in change.demands
    )


def _covered(verdict: Verdict, following: Iterable[tuple[Change, ...]], today: set[_Asks]) -> bool:
    """Whether everything that would open a door on the day is told, or asks more than a way."""
    if verdict.answer is Answer.MET:
        return True
    return all(any(less <= _asks(changes) for less in today) for changes in following)


def _following(verdict: Verdict) -> _Following:
    places = _places(verdict.criterion)
    return {_stored(changes, places): changes for changes in corrections(verdict).sets}


def _way(
    stored: _Way,
    now: Verdict,
    later: Callable[[object], Verdict],
    following: dict[int, _Following],
) -> NearMiss:
    problems, verdict = Problems(), now
    if stored.verdict is not None:
        verdict = problems.at("verdict", later, stored.verdict)
        problems.done()
        if verdict.on <= now.on:
            expected = "a verdict of a later day than that of the near misses"
            refuse(verdict.on, "does_not_follow", expected, path="verdict")
    if stored.until is not None and stored.until <= verdict.on:
        refuse(stored.until, "ends_before_start", "a day after the first one", path="until")
    if id(verdict) not in following:  # one object for each verdict, which its reader keeps
        following[id(verdict)] = _following(verdict)
    changes = following[id(verdict)].get(stored.changes)
    if changes is None:
        expected = "changes that follow from the proof"
        refuse(stored.changes, "does_not_follow", expected, path="changes")
    return NearMiss(on=now.on, verdict=verdict, until=stored.until, changes=changes)

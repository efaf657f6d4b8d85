"""Near misses as plain data: the verdict, and each way with its day, its proof and its changes.

A way on the day of the verdict has no proof of its own. Reading judges every proof and works out
its corrections again, so changes that do not follow are refused. Two things cannot be checked,
because later cells are not stored: that no earlier day would do, and until when a way lasts.
"""

from datetime import date
from typing import Any

from attrs import field

from rehabcore.rules.criteria import Criterion
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.plain import criterion_forms, plain_forms
from rehabcore.rules.data.verdict_forms import verdict_form
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.near.corrections import Change, corrections
from rehabcore.rules.near.cures import NearKind
from rehabcore.rules.near.near_misses import NearMiss, NearMisses, rank
from rehabcore.rules.truth import Answer
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problems, refuse
from rehabcore.strict.structure import Codec, Form


@frozen(kw_only=True)
class _Demand:
    comparison: Criterion
    found: Answer
    wanted: Answer


@frozen(kw_only=True)
class _Change:
    kind: NearKind
    demands: tuple[_Demand, ...]


@frozen(kw_only=True)
class _Way:
    day: date
    until: date | None = None
    proof: Any = field(default=None, repr=False)
    changes: tuple[_Change, ...]


@frozen(kw_only=True)
class _Near:
    verdict: Verdict
    ways: tuple[_Way, ...]
    complete: bool = True


def near_form(reader: CriterionReader) -> Form:
    """The form of near misses."""
    verdicts = verdict_form(reader)
    codec = Codec((*plain_forms(), *criterion_forms(reader), verdicts))

    def write(near: NearMisses) -> object:
        ways = tuple(_stored(way, verdicts) for way in near.ways)
        return codec.write(_Near(verdict=near.verdict, ways=ways, complete=near.complete))

    def read(plain: object) -> NearMisses:
        stored, problems = codec.read(plain, _Near), Problems()
        ways = [
            problems.at(f"ways[{index}]", _way, way, stored.verdict, verdicts)
            for index, way in enumerate(stored.ways)
        ]
        problems.done()
        if ways != sorted(ways, key=rank) or (ways and stored.verdict.answer is Answer.MET):
            refuse(ways, "does_not_follow", "ways in order, and none to what is met", path="ways")
        return NearMisses(verdict=stored.verdict, ways=tuple(ways), complete=stored.complete)

    return Form(type=NearMisses, read=read, write=write)


def _stored(way: NearMiss, verdicts: Form) -> _Way:
    written: Any = verdicts.write(way.verdict)
    proof = written["proof"] if way.day > way.on else None
    return _Way(day=way.day, until=way.until, proof=proof, changes=_changes(way.changes))


def _changes(changes: tuple[Change, ...]) -> tuple[_Change, ...]:
    return tuple(
        _Change(
            kind=change.kind,
            demands=tuple(
                _Demand(comparison=demand.compare, found=demand.found, wanted=demand.wanted)
                for demand in change.demands
            ),
        )
        for change in changes
    )


def _way(stored: _Way, verdict: Verdict, verdicts: Form) -> NearMiss:
    on, day, until = verdict.on, stored.day, stored.until
    if day < on or (day == on) != (stored.proof is None):
        expected = "the day of the verdict, or a later one with its proof"
        refuse(day, "does_not_follow", expected, path="day")
    if until is not None and until <= day:
        refuse(until, "ends_before_start", "a day after the first one", path="until")
    if stored.proof is not None:
        written: Any = verdicts.write(verdict)
        verdict = verdicts.read({**written, "on": day.isoformat(), "proof": stored.proof})
    following = {_changes(changes): changes for changes in corrections(verdict).sets}
    if stored.changes not in following:
        expected = "changes that follow from the proof"
        refuse(stored.changes, "does_not_follow", expected, path="changes")
    return NearMiss(on=on, verdict=verdict, until=until, changes=following[stored.changes])

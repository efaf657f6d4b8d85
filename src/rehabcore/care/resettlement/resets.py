"""Resets: the days on which all pathways of a person begin anew, and why.

A reset is filed, or follows from a return: the person came from the community back into custody.
So nobody is shown as done what was done for a life before prison. A gap between two stays in
custody is no return, if no stay in the community is on file: then a reset may be missed.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve, field

from rehabcore.care.moves.acts import first_acts
from rehabcore.care.moves.requests import MoveRequest
from rehabcore.care.moves.rules import MoveRule
from rehabcore.care.moves.whereabouts import arrivals, with_returns
from rehabcore.records import CaseFile, Filed, PathwayReset
from rehabcore.records.changes import held_on
from rehabcore.records.moments import Moment, moment, moment_of
from rehabcore.rules.time.partial import Day, last_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId, ResetReason, Setting, TransitionEvent

RESET_RANK = 0
"""The rank of a reset: of its day, without sequences, it comes before everything on a pathway."""


@frozen(kw_only=True)
@checked
class ResetSeen:
    """A day on which all pathways begin anew.

    ``record_id`` is the reset that was ``filed``, else the record that tells of the return.
    ``reason`` is None if nobody said why.
    """

    on: Day
    record_id: RecordId = field(metadata=SECRET)
    filed: bool
    reason: ResetReason | None = None


def resets_by(
    history: CaseFile, moves: Iterable[MoveRule], on: date
) -> Iterator[tuple[Moment, ResetSeen]]:
    """The resets that had certainly come by a day, in no order; one that was filed comes once.

    Args:
        history: the records that stand, each thing once, with those that others changed over time.
        moves: the kinds of moves of the country.
        on: the day.
    """
    told, view = set[tuple[date, int]](), held_on(history, on)
    for one in view.pathway_resets:
        if last_of(one.on) <= on:
            own, at = one.filed.record_id, moment(one.filed, one.on, RESET_RANK)
            told.add(at[:2])
            yield at, ResetSeen(on=one.on, record_id=own, filed=True, reason=one.reason)
    begun = view.pathway_acts or view.pathway_assessments or view.support_needs
    for at, reason in _returns(history, moves) if begun else ():  # else there is nothing to reset
        if at[0] <= on and at[:2] not in told:
            yield at, ResetSeen(on=at[0], record_id=at[-1], filed=False, reason=reason)


_Return = tuple[Moment, ResetReason | None]


def _returns(history: CaseFile, moves: Iterable[MoveRule]) -> list[_Return]:
    """The returns into custody, each once, with the reason that a move gives."""
    found = list[_Return]()
    way = sorted(_steps(history, moves), key=lambda one: one[0][0])
    for ((on, *_), filed, reason), returned in with_returns(way):
        if returned or (reason is not None and (not found or found[-1][1] is not None)):
            found.append((moment(filed, on, RESET_RANK), reason))
        elif reason is not None:
            found[-1] = found[-1][0], reason  # the placement was told of an earlier day
    return found


_Step = tuple[Moment, Filed, ResetReason | None]


def _steps(history: CaseFile, moves: Iterable[MoveRule]) -> Iterator[tuple[_Step, Setting]]:
    """The placements, and the moves by which people return, each with where it led."""
    why = {rule.move_id: rule.resets for rule in moves}
    kinds = {one.filed.record_id: one.move for one in history.transitions}
    for act in first_acts(history):
        reason = why.get(kinds.get(act.transition, ""))  # the transition may be left aside
        if act.event is TransitionEvent.MOVED and reason is not None:
            yield (moment_of(act), act.filed, reason), Setting.CUSTODY
    for at, held in arrivals(history):
        yield (at, held.filed, None), held.setting


def with_reset(case: CaseFile, due: ResetSeen | None, request: MoveRequest) -> CaseFile:
    """The case file after a move, with the reset that follows from the move, if one does.

    Args:
        case: the case file with the move.
        due: the reset that nobody has filed; None if there is none.
        request: the move.
    """
    if due is None or due.on != request.on:
        return case
    moved = next(one for one in case.records() if one.filed.record_id == due.record_id)
    filed = Filed(
        record_id=RecordId(f"{request.record_prefix}-reset"),
        recorded_on=request.recorded_on,
        source=request.source,
        sequence=moved.filed.sequence,
    )
    reset = PathwayReset(filed=filed, on=request.on, reason=due.reason or ResetReason.OTHER)
    return evolve(case, pathway_resets=(*case.pathway_resets, reset))

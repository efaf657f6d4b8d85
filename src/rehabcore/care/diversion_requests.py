"""Requests about a diversion: whether each is allowed, and the act that it files."""

from collections.abc import Iterable
from datetime import date

from attrs import field

from rehabcore.care.diversion import diversions_on
from rehabcore.care.machines import machine
from rehabcore.care.moves.numbers import number_after
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.records import CaseFile, DiversionAct, Filed
from rehabcore.rules.facts import Known
from rehabcore.rules.machines.requests import step
from rehabcore.rules.machines.walking import HistoryEntry, Position
from rehabcore.rules.time.partial import last_of
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, refuse
from rehabcore.strict.vocabulary import DiversionEvent, RecordId


@frozen(kw_only=True)
@checked
class DiversionRequest:
    """A request to do something in a diversion on a day.

    ``office`` does it, ``reason`` is a code of the country. ``source`` is the office that files the
    act, ``recorded_on`` the day of filing, ``record_id`` its id.
    """

    diversion: RecordId = field(metadata=SECRET)
    event: DiversionEvent
    on: date
    source: str
    recorded_on: date
    record_id: RecordId = field(metadata=SECRET)
    office: str = field(default="", metadata=SECRET)
    reason: str | None = field(default=None, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "source", "record_id")


def require_allowed_in_diversion(
    view: CaseFile, transitions: Iterable[TransitionSeen], request: DiversionRequest
) -> None:
    """Refuse a request that the table of diversions does not allow on its day.

    Args:
        view: the records that hold on the day of the request.
        transitions: its transitions, as they stand on that day.
        request: what is to be done.

    Raises:
        InputError: there is no such diversion on that day, or it has later acts.
        RequestRefused: carries every guard that is not met, and what would be possible.
    """
    told = {one.diversion: one for one in diversions_on(view, transitions, request.on)}.get(
        request.diversion
    )
    if told is None:
        expected = "the id of a diversion that was decided by the day of the request"
        refuse(request.diversion, "dangling_id", expected, path="request.diversion", secret=True)
    days = [last_of(a.on) for a in view.diversion_acts if a.diversion == request.diversion]
    if max(days, default=request.on) > request.on:
        expected = "a day not before the last act of the diversion"
        refuse(request.on, "ends_before_start", expected, path="request.on")
    holds = {
        "provider_accepted": bool(told.accepted_by),
        "conditions_settled": not told.running,
        "reason_given": bool(request.reason and request.reason.strip()),
        "office_named": bool(request.office),
    }
    entry = HistoryEntry(event=request.event.value, on=request.on)
    cells = {name: Known(value) for name, value in holds.items()}
    before = Position(state=told.state)
    step(machine("diversion"), before, entry, cells=lambda asked: cells[asked.fact.name])


def diversion_act_of(case: CaseFile, request: DiversionRequest) -> DiversionAct:
    """The act that a request files in a case file, after all others of its day."""
    return DiversionAct(
        filed=Filed(
            record_id=request.record_id,
            recorded_on=request.recorded_on,
            source=request.source,
            sequence=number_after(case, request.event, request.on),
        ),
        diversion=request.diversion,
        event=request.event,
        on=request.on,
        office=request.office,
        reason=request.reason,
    )

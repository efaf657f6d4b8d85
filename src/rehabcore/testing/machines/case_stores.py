"""A store of case files: consents, placements and corrections, and the way through the gate."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar

from attrs import evolve

from rehabcore.records import (
    Beneficiary,
    CaseFile,
    Consent,
    Event,
    Filed,
    Placement,
    Record,
    Transition,
    TransitionAct,
)
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.strict.vocabulary import (
    BeneficiaryId,
    CaseId,
    RecordId,
    Setting,
    StaffId,
    TransitionEvent,
)
from rehabcore.testing.machines.stores import (
    STORY_BEGINS,
    StoreFault,
    StoreMachine,
    places_that_differ,
)

CASE = "case-1"
"""The id of the case that is told."""


class CaseworkMachine(StoreMachine[CaseFile]):
    """Drives a store of case files. Say how yours is made, and by which errors it refuses."""

    acts: ClassVar[tuple[str, ...]] = ("happen", "place", "consent", "withdraw", "correct")

    def first(self) -> CaseFile:
        """A person in a prison, who has consented."""
        person, place, consent, move = (_first(name) for name in ("p", "pl", "c", "t"))
        return CaseFile(
            case_id=CaseId(CASE),
            beneficiary=(Beneficiary(filed=person, beneficiary_id=BeneficiaryId("person-1")),),
            placements=(_placed(place, STORY_BEGINS, Setting.CUSTODY),),
            consents=(Consent(filed=consent, purpose="programme", given=STORY_BEGINS),),
            transitions=(Transition(filed=move, move="release", identified_on=STORY_BEGINS),),
        )

    def name(self) -> str:
        """The id of the case."""
        return CASE

    def after(
        self, told: CaseFile, act: str, *, on: date, by: StaffId, wrongly: bool = False
    ) -> CaseFile:
        """The case file with one record more; wrongly told, its id is that of another record."""
        record_id = RecordId("p-1" if wrongly else f"told-{len(_listed(told))}")
        filed = Filed(record_id=record_id, recorded_on=self.day, source=f"office-of-{by}")
        return told.with_record(_ACTS[act](told, filed, on))

    def fault(self, read: CaseFile) -> tuple[StoreFault, str]:
        """The fault by which the records differ, and which the first is that shows it."""
        return next(_faults(self.told, read))


class ThroughcareMachine(CaseworkMachine):
    """Drives a store of case files on the way through the gate: asked, accepted, moved, met."""

    acts = ("refer", "accept", "decline", "move", "place", "contact", "consent", "correct")


_Record = Event | Placement | Consent | TransitionAct


def _first(name: str) -> Filed:
    return Filed(record_id=RecordId(f"{name}-1"), recorded_on=STORY_BEGINS, source="prison-1")


def _placed(filed: Filed, on: date, setting: Setting = Setting.COMMUNITY) -> Placement:
    return Placement(filed=filed, setting=setting, span=Span(on, OPEN), holder="office-1")


def _withdrawn(case: CaseFile, filed: Filed, on: date) -> Consent:
    last = case.consents[-1]
    return evolve(last, filed=evolve(filed, corrects=last.filed.record_id), withdrawn=on)


def _corrected(case: CaseFile, filed: Filed, on: date) -> Placement:
    last = case.placements[-1]
    return evolve(last, filed=evolve(filed, corrects=last.filed.record_id), span=Span(on, OPEN))


def _step(event: TransitionEvent) -> Callable[[CaseFile, Filed, date], _Record]:
    def made(case: CaseFile, filed: Filed, on: date) -> TransitionAct:
        transition = case.transitions[0].filed.record_id
        # Only what an office says of itself counts: who files it takes over, or does not.
        return TransitionAct(
            filed=filed,
            transition=transition,
            event=event,
            on=on,
            office=filed.source,
            reason="no_place" if event is TransitionEvent.DECLINED else None,
        )

    return made


_ACTS: dict[str, Callable[[CaseFile, Filed, date], _Record]] = {
    "happen": lambda _, filed, on: Event(filed=filed, kind="sanction", happened_on=on),
    "place": lambda _, filed, on: _placed(filed, on),
    "consent": lambda _, filed, on: Consent(filed=filed, purpose="programme", given=on),
    "withdraw": _withdrawn,
    "correct": _corrected,
    "refer": _step(TransitionEvent.REFERRED),
    "accept": _step(TransitionEvent.ACCEPTED),
    "decline": _step(TransitionEvent.DECLINED),
    "move": _step(TransitionEvent.MOVED),
    "contact": _step(TransitionEvent.FIRST_CONTACT),
}


def _listed(case: CaseFile) -> dict[RecordId, Record]:
    """All records by their ids."""
    return {one.filed.record_id: one for _, one in case.entries()}


def _faults(told: CaseFile, read: CaseFile) -> Iterator[tuple[StoreFault, str]]:
    """The faults, the most telling first."""
    before, now = _listed(told), _listed(read)
    corrected = {one.filed.corrects for one in before.values()}
    for record_id, record in before.items():
        if record_id not in now:
            kind = StoreFault.LOST_UPDATE
            if record_id in corrected:
                kind = StoreFault.OVERWRITTEN
            elif isinstance(record, Consent):
                kind = StoreFault.LOST_CONSENT
            yield kind, f"the {type(record).__name__} {record_id} is gone"
    for record_id in now.keys() - before.keys():
        yield StoreFault.INVENTED, f"{record_id} was read"
    if before == now:
        yield StoreFault.REORDERED_HISTORY, f"the records are read as {', '.join(now)}"
    yield StoreFault.CHANGED, next(places_that_differ(told, read))

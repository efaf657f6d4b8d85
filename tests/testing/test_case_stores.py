"""A store of case files with a fault is found out in a few steps; a sound one never is."""

from collections.abc import Callable

import pytest
from attrs import evolve
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import rehabcore as rc
from rehabcore.records import CaseFile
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.testing import CaseworkMachine, ThroughcareMachine
from rehabcore.testing.machines.stores import ActKind, Store, StoreFault

Saved = Callable[[CaseFile], CaseFile]
SEARCH = settings(
    max_examples=100,
    stateful_step_count=6,
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
)


class Stale(Exception):
    """Somebody else has saved since."""


class Kept:
    """A store that keeps text, and is sound as long as ``saved`` gives what it was told."""

    def __init__(self, saved: Saved, *, looks: bool) -> None:
        self.text, self.saved, self.looks = "", saved, looks

    def load(self, name: str) -> CaseFile:
        """The case file."""
        case: CaseFile = rc.read(self.text, CaseFile)
        return case

    def save(self, told: CaseFile, *, before: CaseFile | None) -> None:
        """Keep it, if nobody else has saved since."""
        if self.looks and before is not None and self.load("") != before:
            raise Stale
        self.text = rc.write(self.saved(told))


def overwritten(told: CaseFile) -> CaseFile:
    """A correction takes the place of what it corrects."""
    gone = {one.filed.corrects for one in told.placements}
    kept = tuple(one for one in told.placements if one.filed.record_id not in gone)
    return evolve(told, placements=kept)


def unsure(told: CaseFile) -> CaseFile:
    """An open end of what was told after the first is read back as unknown."""
    first, *others = told.placements
    ended = (evolve(one, span=evolve(one.span, end=UNSURE)) for one in others)
    return evolve(told, placements=(first, *ended))


FAULTS: dict[str, tuple[Saved, StoreFault, str]] = {
    "an update is dropped": (
        lambda told: evolve(told, placements=told.placements[:1]),
        StoreFault.LOST_UPDATE,
        "place",
    ),
    "a consent is forgotten": (
        lambda told: evolve(told, consents=told.consents[:1]),
        StoreFault.LOST_CONSENT,
        "consent",
    ),
    "a correction overwrites": (overwritten, StoreFault.OVERWRITTEN, "correct"),
    "history is reordered": (
        lambda told: evolve(told, placements=told.placements[::-1]),
        StoreFault.REORDERED_HISTORY,
        "place",
    ),
    "an open end is read back as unknown": (unsure, StoreFault.CHANGED, "place"),
}


def machine_of(
    of: type[CaseworkMachine], saved: Saved, looks: bool = True
) -> type[CaseworkMachine]:
    """The machine of a user whose store this is."""

    class Mine(of):  # type: ignore[valid-type, misc]
        refusals = (Stale,)

        def make_store(self) -> Store[CaseFile]:
            return Kept(saved, looks=looks)

    return Mine


def as_told(told: CaseFile) -> CaseFile:
    """The case file that a sound store keeps."""
    return told


@pytest.mark.no_cover
@pytest.mark.parametrize("of", [CaseworkMachine, ThroughcareMachine])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_in_at_most_six_steps(fault: str, of: type[CaseworkMachine]) -> None:
    saved, _, _ = FAULTS[fault]
    with pytest.raises(AssertionError, match=r"^[a-z ]+: "):
        run_state_machine_as_test(machine_of(of, saved), settings=SEARCH)


@pytest.mark.no_cover
@pytest.mark.parametrize("of", [CaseworkMachine, ThroughcareMachine])
def test_a_sound_store_has_no_finding(of: type[CaseworkMachine]) -> None:
    run_state_machine_as_test(machine_of(of, as_told), settings=settings(SEARCH, max_examples=10))


@pytest.mark.parametrize("fault", FAULTS)
def test_the_kind_of_a_fault_is_told(fault: str) -> None:
    saved, kind, act = FAULTS[fault]
    machine = machine_of(CaseworkMachine, saved)()
    machine.tell(act=act)
    with pytest.raises(AssertionError, match=kind):
        machine.reads_what_was_told()


@pytest.mark.parametrize("of", [CaseworkMachine, ThroughcareMachine])
def test_every_act_is_told_and_wrongly_told_is_refused(of: type[CaseworkMachine]) -> None:
    for act in of.acts:
        machine = machine_of(of, as_told)()
        machine.tell_wrongly(act=act)
        machine.tell_late(act=act)
        machine.tell_together(one=act, other="place")
        machine.reads_what_was_told()
        assert machine.kinds == {ActKind.REFUSED: 1, ActKind.LATE: 1, ActKind.TOGETHER: 1}, act


def test_the_last_write_does_not_win() -> None:
    with pytest.raises(AssertionError, match="'place' was saved over 'consent'"):
        machine_of(CaseworkMachine, as_told, looks=False)().tell_together(
            one="consent", other="place"
        )


def test_a_record_that_nobody_told_is_found() -> None:
    machine = machine_of(CaseworkMachine, as_told)()
    before = machine.told
    machine.tell(act="place")
    read, machine.told = machine.told, before
    assert machine.fault(read)[0] is StoreFault.INVENTED
    assert read.placements[-1].span.end is OPEN

"""A store of plans with a fault is found out in a few readable steps; a sound one never is."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import rehabcore as rc
from rehabcore.care.plans.book import PlanBook
from rehabcore.testing import PlanStoreMachine
from rehabcore.testing.machines.plan_stores import fault_of_book
from rehabcore.testing.machines.stores import ActKind, Store, StoreFault

Saved = Callable[[PlanBook, PlanBook], PlanBook]
SEARCH = settings(
    max_examples=200,
    stateful_step_count=6,
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate, Phase.shrink],
)


class Stale(Exception):
    """Somebody else has saved since."""


class Kept:
    """A store that keeps text, and is sound as long as ``saved`` gives what it was told."""

    def __init__(self, saved: Saved, *, looks: bool = True) -> None:
        self.text, self.saved, self.looks = "", saved, looks

    def load(self, name: str) -> PlanBook:
        """The book."""
        book: PlanBook = rc.read(self.text, PlanBook)
        return book

    def save(self, told: PlanBook, *, before: PlanBook | None) -> None:
        """Keep it, if nobody else has saved since."""
        if before is None:
            self.text = rc.write(told)
            return
        stands = self.load("")
        if self.looks and stands != before:
            raise Stale
        self.text = rc.write(self.saved(stands, told))


def as_told(_: PlanBook, told: PlanBook) -> PlanBook:
    """What a sound store keeps."""
    return told


def without_copies(_: PlanBook, told: PlanBook) -> PlanBook:
    """Copies are forgotten."""
    return numbered(evolve(told, copies=()), [e for e in told.entries if e not in told.copies])


def without_answers(_: PlanBook, told: PlanBook) -> PlanBook:
    """Answers are forgotten."""
    return numbered(told, [e for e in told.entries if e not in told.answers])


def numbered(told: PlanBook, entries: list[Any]) -> PlanBook:
    """A book of some entries, in this order."""
    placed = [evolve(e, noted=evolve(e.noted, place=n)) for n, e in enumerate(entries, 1)]
    lists: dict[str, Any] = {
        a.name: () for a in PlanBook.__attrs_attrs__ if isinstance(getattr(told, a.name), tuple)
    }
    kinds = {type(e): name for name in lists for e in getattr(told, name)}
    for entry in placed:
        lists[kinds[type(entry)]] += (entry,)
    return evolve(told, **lists)


def by_day(_: PlanBook, told: PlanBook) -> PlanBook:
    """The history is put in the order of the days."""
    return numbered(told, sorted(told.entries, key=lambda entry: entry.noted.on))


def over_signed(_: PlanBook, told: PlanBook) -> PlanBook:
    """The content of a version that is opened is written over the version before it."""
    if len(told.versions) == 1:
        return told
    last = told.versions[-1].content
    return evolve(told, versions=tuple(evolve(one, content=last) for one in told.versions))


def with_gap(_: PlanBook, told: PlanBook) -> PlanBook:
    """Versions are counted by twos."""
    return evolve(
        told, versions=tuple(evolve(one, version=one.version * 2 - 1) for one in told.versions)
    )


def with_items(told: PlanBook, **changes: Any) -> PlanBook:
    """Every edit keeps its items otherwise than they were told."""
    edits = []
    for one in told.edits:
        items = tuple(evolve(item, **changes) for item in one.content.items)
        edits.append(evolve(one, content=evolve(one.content, items=items)))
    return evolve(told, edits=tuple(edits))


def without_consents(_: PlanBook, told: PlanBook) -> PlanBook:
    """An edit loses the consent of every item."""
    return with_items(told, consent=None)


def ended(_: PlanBook, told: PlanBook) -> PlanBook:
    """An item without an end gets one when it is edited."""
    return with_items(told, ends=date(2027, 1, 1))


FAULTS: dict[str, tuple[Saved, bool, StoreFault]] = {
    "an update is dropped": (without_copies, True, StoreFault.LOST_UPDATE),
    "the last write wins": (as_told, False, StoreFault.LOST_UPDATE),
    "a signed version is overwritten": (over_signed, True, StoreFault.CHANGED_SIGNED_VERSION),
    "an answer is forgotten": (without_answers, True, StoreFault.LOST_CONSENT),
    "the consent of an item is forgotten": (without_consents, True, StoreFault.LOST_CONSENT),
    "history is put in order of days": (by_day, True, StoreFault.REORDERED_HISTORY),
    "versions have a gap": (with_gap, True, StoreFault.GAP),
    "an open end is read back as a day": (ended, True, StoreFault.CHANGED),
}


def machine_of(saved: Saved, looks: bool = True) -> type[PlanStoreMachine]:
    """The machine of a user whose store this is."""

    class Mine(PlanStoreMachine):
        refusals = (Stale,)

        def make_store(self) -> Store[PlanBook]:
            return Kept(saved, looks=looks)

    return Mine


@pytest.mark.no_cover
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_in_at_most_six_steps(
    fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    saved, looks, kind = FAULTS[fault]
    with pytest.raises(AssertionError, match=kind) as found:
        run_state_machine_as_test(machine_of(saved, looks), settings=SEARCH)
    shown = "\n".join((*found.value.__notes__, capsys.readouterr().out))
    steps = [line for line in shown.splitlines() if line.startswith("state.tell")]
    assert 1 <= len(steps) <= 6


@pytest.mark.no_cover
def test_a_sound_store_has_no_finding_and_most_acts_are_not_easy() -> None:
    kinds = Counter[ActKind]()

    class Counted(machine_of(as_told)):  # type: ignore[misc]
        def teardown(self) -> None:
            kinds.update(self.kinds)

    run_state_machine_as_test(Counted, settings=settings(SEARCH, max_examples=15))
    assert kinds.total() - kinds[ActKind.PLAIN] >= 0.3 * kinds.total()
    assert {*kinds} == {*ActKind}


@pytest.mark.parametrize("act", PlanStoreMachine.acts)
def test_every_act_is_told_and_wrongly_told_is_refused(act: str) -> None:
    machine = machine_of(as_told)()
    machine.tell_wrongly(act=act)
    assert machine.kinds == {ActKind.REFUSED: 1}
    for before in ("disagree", "note") if act == "sign" else ("settle",) * (act == "activate"):
        machine.tell(act=before)
    if act == "activate":
        machine.tell(act="give_copy")
    told = machine.told
    machine.tell(act=act)
    assert machine.told != told
    machine.reads_what_was_told()


def test_two_at_once_are_told_apart_from_one_who_saved_over_the_other() -> None:
    machine = machine_of(as_told)()
    machine.tell_late(act="note")
    machine.tell_together(one="note", other="amend")
    machine.tell_together(one="activate", other="note")
    machine.reads_what_was_told()
    assert machine.kinds == {ActKind.LATE: 1, ActKind.TOGETHER: 1, ActKind.REFUSED: 1}
    with pytest.raises(AssertionError, match="'amend' was saved over 'note'"):
        machine_of(as_told, looks=False)().tell_together(one="note", other="amend")


WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "an update is dropped": (("tell", "give_copy"),),
    "a signed version is overwritten": (("tell", "settle"), ("tell", "amend")),
    "an answer is forgotten": (("tell", "settle"),),
    "the consent of an item is forgotten": (("tell", "amend"),),
    "history is put in order of days": (("tell", "give_copy"), ("tell_late", "note")),
    "versions have a gap": (("tell", "settle"), ("tell", "amend")),
    "an open end is read back as a day": (("tell", "amend"),),
}


@pytest.mark.parametrize("fault", WAYS)
def test_the_kind_of_a_fault_is_told(fault: str) -> None:
    saved, looks, kind = FAULTS[fault]
    machine = machine_of(saved, looks)()
    for how, act in WAYS[fault]:
        getattr(machine, how)(act=act)
    with pytest.raises(AssertionError, match=kind):
        machine.reads_what_was_told()


def test_what_nobody_told_is_found() -> None:
    machine = machine_of(as_told)()
    before = machine.told
    machine.tell(act="note")
    kind, where = fault_of_book(before, machine.told)
    assert (kind, where) == (StoreFault.INVENTED, "GoalNoted of version 1, on 2026-03-02 was read")


def test_a_machine_says_what_it_lacks() -> None:
    with pytest.raises(TypeError, match="say how your store is made"):
        PlanStoreMachine()


def test_an_entry_after_a_signature_is_missed_and_a_refused_act_changes_nothing() -> None:
    machine = machine_of(as_told)()
    before = machine.told
    machine.tell(act="activate")
    assert (machine.told, machine.kinds) == (before, {ActKind.REFUSED: 1})
    machine.tell(act="settle")
    before = machine.told
    machine.tell(act="give_copy")
    kind, where = fault_of_book(machine.told, before)
    assert (kind, where) == (
        StoreFault.LOST_UPDATE,
        "CopyGiven of version 1, on 2026-03-03 is gone",
    )

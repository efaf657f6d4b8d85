"""A store, driven by several members of staff, beside everything that it was told.

The machine keeps what was told, and holds what the store reads back against it after every act.
"""

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Generic, NoReturn, Protocol, TypeVar

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from rehabcore.strict.problems import RehabcoreError
from rehabcore.strict.vocabulary import StaffId
from rehabcore.testing.code import as_code

Told = TypeVar("Told")

STORY_BEGINS = date(2026, 2, 2)
"""The day on which every story begins."""
TOLD_FROM = date(2026, 3, 2)
"""The first day on which something is told, long enough after for what is told late."""
LATE = timedelta(days=3)
"""The time after which late things are told."""


class Store(Protocol[Told]):
    """The part of the software under test that keeps things."""

    def load(self, name: str) -> Told:
        """Read what stands under a name: the id of a plan, or of a case."""

    def save(self, told: Told, *, before: Told | None) -> None:
        """Keep something in the place of what was read ``before``; None where there was nothing.

        If somebody else has saved since, it must raise one of the machine's ``refusals``.
        """


class StoreFault(StrEnum):
    """The kinds of faults that a machine finds in a store."""

    LOST_UPDATE = "lost update"
    LOST_CONSENT = "lost consent"
    CHANGED_SIGNED_VERSION = "changed signed version"
    REORDERED_HISTORY = "reordered history"
    GAP = "gap"
    OVERWRITTEN = "overwritten by a correction"
    INVENTED = "never told"
    CHANGED = "read back otherwise"


class ActKind(StrEnum):
    """The ways in which something is told; only the first is the easy one."""

    PLAIN = "plain"
    LATE = "late"
    TOGETHER = "together"
    REFUSED = "refused"


class StoreMachine(RuleBasedStateMachine, Generic[Told]):
    """Acts upon one document in a store. A machine of one kind of document says which acts.

    A day passes after everything that is told, so that what is told late happened before it.

    ``refusals`` are the errors by which the store refuses a save; any other error is a finding.
    """

    refusals: ClassVar[tuple[type[Exception], ...]] = ()
    acts: ClassVar[tuple[str, ...]] = ()
    """The names of the acts, the simplest first."""

    def __init__(self) -> None:
        super().__init__()
        self.day = TOLD_FROM
        self.kinds = Counter[ActKind]()
        self.told = self.first()
        self.store = self.make_store()
        self.store.save(self.told, before=None)

    def make_store(self) -> Store[Told]:
        """A new, empty store."""
        raise TypeError(f"{type(self).__name__}.make_store: say how your store is made")

    @abstractmethod
    def first(self) -> Told:
        """The document that stands in the store at the beginning."""

    @abstractmethod
    def name(self) -> str:
        """The name under which it stands."""

    @abstractmethod
    def after(self, told: Told, act: str, *, on: date, by: StaffId, wrongly: bool = False) -> Told:
        """The document after an act; ``wrongly`` asks for what the library refuses."""

    @abstractmethod
    def fault(self, read: Told) -> tuple[StoreFault, str]:
        """The kind of fault by which the store reads ``read``, and where it shows."""

    # --- the acts ---------------------------------------------------------------------------------

    @rule(act=st.runner().flatmap(lambda machine: st.sampled_from(machine.acts)))
    def tell(self, act: str) -> None:
        """Something is told on the day on which it happened."""
        self._tell(ActKind.PLAIN, act, self.day)

    @rule(act=st.runner().flatmap(lambda machine: st.sampled_from(machine.acts)))
    def tell_late(self, act: str) -> None:
        """Something is told three days after it happened."""
        self._tell(ActKind.LATE, act, self.day - LATE)

    @rule(act=st.runner().flatmap(lambda machine: st.sampled_from(machine.acts)))
    def tell_wrongly(self, act: str) -> None:
        """Something is told that the library refuses; nothing may change."""
        self._after(self._load(), act, wrongly=True)

    @rule(
        one=st.runner().flatmap(lambda machine: st.sampled_from(machine.acts)),
        other=st.runner().flatmap(lambda machine: st.sampled_from(machine.acts)),
    )
    def tell_together(self, one: str, other: str) -> None:
        """Two members of staff read the same and save in turn; the store must refuse the second."""
        read_by_one, read_by_other = self._load(), self._load()
        first = self._after(read_by_one, one)
        second = self._after(read_by_other, other, by=StaffId("officer-2"))
        if first is None or second is None:
            return
        self.kinds[ActKind.TOGETHER] += 1
        self.store.save(first, before=read_by_one)
        self._told(first)
        self.reads_what_was_told()
        try:
            self.store.save(second, before=read_by_other)
        except self.refusals:
            return
        where = f"{other!r} was saved over {one!r}, by somebody who had not read it"
        _found(StoreFault.LOST_UPDATE, where)

    @invariant()
    def reads_what_was_told(self) -> None:
        """The store gives back what was told, and nothing else."""
        read = self._load()
        if read != self.told:
            _found(*self.fault(read))

    # --- how they are done ------------------------------------------------------------------------

    def _load(self) -> Told:
        return self.store.load(self.name())

    def _tell(self, kind: ActKind, act: str, on: date) -> None:
        read = self._load()
        told = self._after(read, act, on=on)
        if told is not None:
            self.kinds[kind] += 1
            self.store.save(told, before=read)
            self._told(told)

    def _told(self, told: Told) -> None:
        self.told = told
        self.day += timedelta(days=1)

    def _after(self, read: Told, act: str, **asked: Any) -> Told | None:
        """The document after an act; None if the library refuses it."""
        told: dict[str, Any] = {"on": self.day, "by": StaffId("officer-1")} | asked
        try:
            return self.after(read, act, **told)
        except RehabcoreError:
            self.kinds[ActKind.REFUSED] += 1
            return None


def _found(fault: StoreFault, where: str) -> NoReturn:
    """Tell a fault; always from here, so that Hypothesis looks for the shortest way to any."""
    raise AssertionError(f"{fault}: {where}")


def places_that_differ(told: object, read: object, path: str = "") -> Iterator[str]:
    """Where two records differ, place by place, with what was told and what is read."""
    if type(told) is type(read) and attrs.has(type(told)):
        for field in attrs.fields(type(told)):  # type: ignore[arg-type]
            inner = f"{path}.{field.name}".removeprefix(".")
            yield from places_that_differ(
                getattr(told, field.name), getattr(read, field.name), inner
            )
    elif isinstance(told, tuple) and isinstance(read, tuple) and len(told) == len(read):
        for place, (one, other) in enumerate(zip(told, read, strict=True)):
            yield from places_that_differ(one, other, f"{path}[{place}]")
    elif told != read:
        yield f"{path}: told {as_code(told)}, read {as_code(read)}"

"""The rows of a machine's table: its states, its arrows, and the reasons that may be given.

An *arrow* is one allowed change from a state to another. (The word *transition* is left to the
rooms above, where it means something else.)
"""

from collections.abc import Iterable
from enum import StrEnum

from attrs import Factory, field

from rehabcore.rules.criteria import Criterion
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.strict.checked import checked, codes_only
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem

ORIGIN = "origin"
"""The target of an arrow that leads from a hold back to the state from which it was entered."""


class Entrance(StrEnum):
    """How an object comes into a state without an arrow that leads there."""

    START = "start"
    """An object begins in it."""
    OUTSIDE = "outside"
    """An act that the table does not know leads there: at the beginning, or from any state that is
    not final."""


@frozen(kw_only=True)
@checked
class MachineState:
    """A state in which an object can be.

    ``entrance`` says how it is entered without an arrow; the event of that is the state's own code.
    A ``final`` state is never left. From a ``hold`` one returns only to the state from which it was
    entered; it may also have exits, from which there is no way back. An ``inactive`` state is only
    kept because old histories name it. ``marks`` are codes that the caller interprets.
    """

    code: str
    title: Text
    entrance: Entrance | None = None
    final: bool = False
    hold: bool = False
    inactive: bool = False
    marks: tuple[str, ...] = ()

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "code")
        if self.code == ORIGIN:
            expected = "another code: this one stands for the state before a hold"
            yield Problem.of(self.code, "out_of_range", expected, path="code")
        if self.final + self.hold + self.inactive > 1:
            found, expected = "several of them", "one of final, hold and inactive, or none"
            yield Problem(code="out_of_range", path="", found=found, expected=expected)
        if self.entrance is not None and (self.hold or self.inactive):
            expected = "nothing here: a hold is entered by an arrow, an inactive state not at all"
            yield Problem.of(self.entrance.value, "out_of_range", expected, path="entrance")


@frozen(kw_only=True)
@checked
class Arrow:
    """An allowed change: it leaves any of the states ``leaves``, and leads to the state ``to``.

    Without an ``event`` of its own, the event is the code of the state to which it leads. Anybody
    may use it if no ``roles`` are named. ``guard`` must be met on the day of a request. A reason of
    the groups ``reasons`` may be given, or must be if ``reason_required``. ``via`` is a state that
    the history records on the way, with the reason: the object is not left in it. ``effects`` are
    codes that the caller interprets.

    Of several arrows that are possible, the lowest ``priority`` comes first, those without one
    last. One that is ``suggested`` is proposed by a system; one that is not ``visible`` is not
    offered in a list; one that is ``continuing`` keeps things moving.
    """

    leaves: tuple[str, ...]
    to: str
    event: str = field(default=Factory(lambda self: self.to, takes_self=True))
    roles: tuple[str, ...] = ()
    guard: Criterion | None = None
    reasons: tuple[str, ...] = ()
    reason_required: bool = False
    via: str = ""
    effects: tuple[str, ...] = ()
    priority: int | None = None
    suggested: bool = False
    visible: bool = True
    continuing: bool = False
    cite: tuple[Citation, ...] = ()
    status: Status | None = None

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "event")
        if self.event == ORIGIN:
            expected = "an event of its own: to return is none"
            yield Problem.of(self.event, "out_of_range", expected, path="event")
        if not self.leaves:
            yield Problem.of([], "empty_group", "at least one state", path="leaves")
        for path in ("leaves", "roles", "reasons", "effects"):
            if len(set(getattr(self, path))) < len(getattr(self, path)):
                yield Problem.of(getattr(self, path), "repeated_item", "each once", path=path)
        if self.reason_required and not self.reasons:
            expected = "the groups of which a reason is required"
            yield Problem.of([], "empty_group", expected, path="reasons")
        if self.priority is not None and self.priority < 1:
            yield Problem.of(self.priority, "out_of_range", "1 or more", path="priority")

    def may_be_used_by(self, role: str | None) -> bool:
        """Whether a role may use the arrow. If nobody says the role, nothing stands against it."""
        return role is None or not self.roles or role in self.roles


@frozen(kw_only=True)
@checked
class Reason:
    """A reason for using an arrow. One that is ``closing`` is given only on the way to the end."""

    code: str
    title: Text
    closing: bool = False

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "code")


@frozen(kw_only=True)
@checked
class ReasonGroup:
    """Reasons of one kind. Of a group without reasons its own code is given, with a note."""

    code: str
    title: Text
    reasons: tuple[Reason, ...] = ()

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "code")

    def fitting(self, *, closes: bool) -> tuple[str, ...]:
        """The codes that may be given, on the way to a final state or to another one."""
        if not self.reasons:
            return (self.code,)
        return tuple(reason.code for reason in self.reasons if closes or not reason.closing)


@frozen(kw_only=True)
@checked
class Effect:
    """Something that the use of an arrow brings about. The caller does it; the table names it."""

    code: str
    title: Text

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "code")

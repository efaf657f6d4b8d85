"""The order of programmes: acute needs first, then motivation, criminogenic needs, maintenance.

The classes, their members, and which class waits for which are data of a country. If it states
none, nothing is put in order and a person has to decide.
"""

from collections.abc import Iterable
from functools import lru_cache

from rehabcore.care.needs.profile import NeedSeen, NeedsProfile
from rehabcore.programs import Program
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked, checked_arguments, codes_only
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, missing_key, one_of, refuse
from rehabcore.strict.same import Same
from rehabcore.strict.vocabulary import Modality, ProgramId, Stability

MOST_ORDERS = 64
"""For how many policies and catalogues the order is kept."""


@frozen(kw_only=True)
@checked
class SequenceClass:
    """A class of needs and programmes, and the classes to settle before its groups may start.

    A programme belongs to the class that names it, else to the class of its area, else to the first
    class with a domain that it serves. ``takes_acute`` adds every acute need, whatever its domain.
    No group of the class may start while a need is open in a class that it ``waits_for``. A need is
    open if its level is ``open_from`` of its class or higher.
    """

    id: str
    title: Text
    domains: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    programs: frozenset[ProgramId] = frozenset()
    takes_acute: bool = False
    open_from: str | None = None
    waits_for: tuple[str, ...] = ()
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "id")

    def holds(self, need: NeedSeen) -> bool:
        """Whether a need belongs to the class."""
        acute = self.takes_acute and need.stability is Stability.ACUTE
        return acute or need.domain in self.domains


@frozen(kw_only=True)
@checked
class SequencePolicy:
    """The classes in their order.

    Raises:
        InputError: a class or a member of one stands twice; or a class waits for one that does not
            come before it, or that does not state ``open_from``.
    """

    classes: tuple[SequenceClass, ...] = ()

    def _problems(self) -> Iterable[Problem]:
        seen: set[tuple[str, str]] = set()
        for index, one in enumerate(self.classes):
            members = [("id", one.id)]
            for name in ("domains", "areas", "programs"):
                members += [(name, member) for member in sorted(getattr(one, name))]
            for name, member in members:
                if (name, member) in seen:
                    path, expected = f"classes[{index}].{name}", "each in one class"
                    yield Problem.of(member, "repeated_item", expected, path=path)
                seen.add((name, member))
            yield from self._waiting(index, one)

    def _waiting(self, index: int, one: SequenceClass) -> Iterable[Problem]:
        """The problems of the classes that a class waits for."""
        earlier = [before.id for before in self.classes[:index]]
        for other in one.waits_for:
            if other not in earlier:
                path = f"classes[{index}].waits_for"
                expected = f"the id of a class before it: {one_of(earlier, other)}"
                yield Problem.of(other, "dangling_id", expected, path=path)
            elif self.classes[earlier.index(other)].open_from is None:
                path = f"classes[{earlier.index(other)}].open_from"
                yield missing_key(path, "a level, since others wait for the class")

    @checked_arguments
    def place(self, program: Program) -> int | None:
        """The place of the class of a programme; None if it belongs to none."""
        for belongs in (
            lambda one: program.program_id in one.programs,
            lambda one: program.area in one.areas,
            lambda one: program.serves & one.domains,
        ):
            for index, one in enumerate(self.classes):
                if belongs(one):
                    return index
        return None


@frozen(kw_only=True)
@checked
class Turn:
    """The place of a programme in the order, and whether a group of it may start.

    ``sequence_class`` is None if no class is stated for it; the answer is then UNKNOWN.
    ``held_up_by`` lists the domains of open needs that it waits for, ``unclear`` those of needs
    that may be open. A programme that is only given individually waits for nothing.
    """

    program_id: ProgramId
    sequence_class: str | None
    answer: Answer
    held_up_by: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


@checked_arguments
def sequence(
    policy: SequencePolicy, programs: Iterable[Program], profile: NeedsProfile
) -> tuple[Turn, ...]:
    """Put programmes in order, and say of each whether a group of it may start.

    They are ordered by class, then as in ``programs``; programmes without a class come last. A
    prerequisite among them always comes before the programme that requires it.

    If no assessment says whether a need is acute, only its domain counts. So an acute need may be
    overlooked if its domain holds up nothing: let assessments say whether needs are acute.

    Raises:
        InputError: prerequisites form a circle.
    """
    order = InOrder(policy, programs, profile)
    return tuple([order.turn(program) for program in order.programs])


class InOrder:
    """Programmes in their order, each of which can be asked whether a group of it may start.

    Args:
        policy: the classes in their order.
        programs: the programmes, in the order of the catalogue.
        profile: the needs of the person.

    Raises:
        InputError: prerequisites form a circle.
    """

    def __init__(
        self, policy: SequencePolicy, programs: Iterable[Program], profile: NeedsProfile
    ) -> None:
        in_order = _in_order(Same((policy, *programs)))
        self.programs = tuple([program for program, _ in in_order])
        self._places = {program.program_id: place for program, place in in_order}
        self._classes = policy.classes
        self._profile = profile
        self._holding: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._turns: dict[ProgramId, Turn] = {}

    def turn(self, program: Program) -> Turn:
        """Whether a group of a programme may start, and for which needs it waits; told once."""
        found = self._turns.get(program.program_id)
        if found is None:
            found = self._turns[program.program_id] = self._turn(program)
        return found

    def _turn(self, program: Program) -> Turn:
        place = self._places[program.program_id]
        if place is None:
            return Turn(program_id=program.program_id, sequence_class=None, answer=Answer.UNKNOWN)
        held_up, unclear = self.waits(program)
        return Turn(
            program_id=program.program_id,
            sequence_class=self._classes[place].id,
            answer=Answer.NOT_MET if held_up else Answer.UNKNOWN if unclear else Answer.MET,
            held_up_by=held_up,
            unclear=unclear,
        )

    def waits(self, program: Program) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The domains of open needs that a programme waits for, and of needs that may be open."""
        place = self._places[program.program_id]
        if place is None or program.modality == {Modality.INDIVIDUAL}:
            return (), ()
        return self._held_up(place)

    def _held_up(self, place: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The open needs for which a class waits, and those that may be open; looked up once."""
        found = self._holding.get(place)
        if found is None:
            own, profile = self._classes[place], self._profile
            before = [one for one in self._classes if one.id in own.waits_for]
            may_hold = [n for n in profile.needs if any(one.holds(n) for one in before)]
            held_up = tuple(n.domain for n in may_hold if _is_open(n, before, profile))
            unclear = tuple(n.domain for n in may_hold if n.level is None)
            found = self._holding[place] = held_up, unclear
        return found


@lru_cache(maxsize=MOST_ORDERS)
def _in_order(asked: Same) -> tuple[tuple[Program, int | None], ...]:
    """Programmes in order, each with the place of its class; the policy stands before them."""
    policy, *programs = asked.objects
    left = sorted(((p, policy.place(p)) for p in programs), key=lambda pair: _late(pair[1]))
    found: list[tuple[Program, int | None]] = []
    while left:
        waiting = {program.program_id for program, _ in left}
        ready = next((one for one in left if not waiting.intersection(one[0].prerequisites)), None)
        if ready is None:
            expected = "prerequisites that do not lead back to the programme"
            refuse(left[0][0].program_id, "circle", expected, path="programs")
        left.remove(ready)
        found.append(ready)
    return tuple(found)


def _late(place: int | None) -> tuple[bool, int]:
    return place is None, place or 0


def _is_open(need: NeedSeen, before: Iterable[SequenceClass], profile: NeedsProfile) -> bool:
    """Whether a need has the level from which one of its classes holds up others."""
    return any(
        one.holds(need) and need in profile.from_level(one.open_from)
        for one in before
        if one.open_from is not None
    )

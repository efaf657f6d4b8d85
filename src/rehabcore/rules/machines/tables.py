"""The table of a machine: everything that is allowed, as data, checked as a whole."""

from collections.abc import Iterable

from rehabcore.rules.facts import Fact
from rehabcore.rules.machines.graphs import graph_problems
from rehabcore.rules.machines.rows import (
    ORIGIN,
    Arrow,
    Effect,
    Entrance,
    MachineState,
    ReasonGroup,
)
from rehabcore.rules.sources import Citation, Source, Status, Text
from rehabcore.strict.checked import checked, checked_arguments, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, one_of, refuse


@frozen(kw_only=True)
@checked
class Machine:
    """The states of one kind of object, and the arrows between them.

    ``population`` says of whom the table speaks, if not of everybody. ``facts`` are those that its
    guards ask and that nobody else declares; ``sources`` those that it cites and nobody else has.
    An ``endless`` machine has no end on purpose: from some of its states no final one is reached.

    Raises:
        InputError: names every problem of the table.
    """

    id: str
    title: Text
    states: tuple[MachineState, ...]
    arrows: tuple[Arrow, ...]
    reasons: tuple[ReasonGroup, ...] = ()
    effects: tuple[Effect, ...] = ()
    population: Text | None = None
    endless: bool = False
    facts: tuple[Fact, ...] = ()
    sources: tuple[Source, ...] = ()
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        problems = [*not_empty(self, "id"), *self._repeated(), *self._dangling()]
        if not problems:  # else the graph is not known
            problems += graph_problems(self.states, self.arrows, endless=self.endless)
        return problems

    def _repeated(self) -> Iterable[Problem]:
        """The problem of each code that stands for two things."""
        given = [
            (f"reasons[{index}].reasons[{place}].code", reason.code)
            for index, group in enumerate(self.reasons)
            for place, reason in enumerate(group.reasons)
        ]
        groups = [(f"reasons[{i}].code", group.code) for i, group in enumerate(self.reasons)]
        bare = {group.code: "reasons" for group in self.reasons if not group.reasons}
        for codes in (
            ((f"states[{i}].code", state.code) for i, state in enumerate(self.states)),
            groups,
            [*((path, code) for code, path in bare.items()), *given],
            ((f"effects[{i}].code", effect.code) for i, effect in enumerate(self.effects)),
            ((f"facts[{i}].name", fact.name) for i, fact in enumerate(self.facts)),
        ):
            yield from _repetitions(codes)

    def _dangling(self) -> Iterable[Problem]:
        """The problem of each code that stands for nothing."""
        states = [state.code for state in self.states]
        groups = [group.code for group in self.reasons]
        effects = [effect.code for effect in self.effects]
        for index, arrow in enumerate(self.arrows):
            for path, codes, known in (
                ("leaves", arrow.leaves, states),
                ("to", (arrow.to,), [*states, ORIGIN]),
                ("via", (arrow.via,), [*states, ""]),
                ("reasons", arrow.reasons, groups),
                ("effects", arrow.effects, effects),
            ):
                for code in codes:
                    if code not in known:
                        expected = one_of(filter(None, known), code)
                        at = f"arrows[{index}].{path}"
                        yield Problem.of(code, "dangling_id", expected, path=at)

    @checked_arguments
    def state(self, code: str) -> MachineState:
        """The state of a code.

        Raises:
            InputError: the machine has none.
        """
        for state in self.states:
            if state.code == code:
                return state
        return refuse(
            code, "unknown_state", one_of((s.code for s in self.states), code), path="state"
        )

    @checked_arguments
    def leaving(self, state: str) -> tuple[Arrow, ...]:
        """The arrows that leave a state, in the order of priority, then in that of the table."""
        leaving = [arrow for arrow in self.arrows if state in arrow.leaves]
        return tuple(sorted(leaving, key=lambda arrow: (not arrow.priority, arrow.priority or 0)))

    @checked_arguments
    def entered_from_outside(self, *, at: Entrance) -> tuple[str, ...]:
        """The codes of the states that are entered in this way."""
        return tuple(state.code for state in self.states if state.entrance is at)

    @checked_arguments
    def fitting_reasons(self, arrow: Arrow) -> tuple[str, ...]:
        """The codes of reasons that may be given with an arrow."""
        closes = arrow.to != ORIGIN and self.state(arrow.to).final
        return tuple(
            code
            for group in self.reasons
            if group.code in arrow.reasons
            for code in group.fitting(closes=closes)
        )


def _repetitions(codes: Iterable[tuple[str, str]]) -> Iterable[Problem]:
    seen = set[str]()
    for path, code in codes:
        if code in seen:
            yield Problem.of(code, "duplicate_id", "a code that stands once", path=path)
        seen.add(code)

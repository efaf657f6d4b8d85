"""Whether the states and arrows of a machine make sense together.

Every state can be reached, an end can be reached from every state, nothing leaves a final state,
one returns from a hold only to where one came from, and one event leads to one state.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from rehabcore.rules.criteria import AllOf, Compare, Criterion, Not, parts_of
from rehabcore.rules.facts import Operator
from rehabcore.rules.machines.rows import ORIGIN, Arrow, MachineState
from rehabcore.strict.problems import Problem

_Targets = Mapping[str, set[str]]
"""Of each state, the states to which its arrows lead."""


def graph_problems(
    states: tuple[MachineState, ...], arrows: tuple[Arrow, ...], *, endless: bool
) -> Iterator[Problem]:
    """The problems of a table all of whose codes are known.

    Args:
        states: the states, each with a code of its own.
        arrows: the arrows between them.
        endless: whether it is meant that there are states from which no end is reached.
    """
    kinds = {state.code: state for state in states}
    yield from _wrong_arrows(kinds, arrows)
    targets = _targets(arrows)
    if all(state.entrance is None for state in states):
        found, expected = "none", "at least one state in which an object begins"
        yield Problem(code="no_start", path="states", found=found, expected=expected)
    else:
        yield from _unreached(states, targets)
    if not endless:
        yield from _trapped(states, targets)
    yield from _holds_that_lose_their_origin(states, arrows, targets)
    yield from _unclear(arrows)


def _targets(arrows: Iterable[Arrow]) -> _Targets:
    """The targets of each state; from a hold also every state from which it can be entered."""
    targets: dict[str, set[str]] = defaultdict(set)
    for arrow in arrows:
        for state in arrow.leaves:
            targets[state].add(arrow.to)
    back = {hold: _entered_from(hold, targets) for hold in targets if ORIGIN in targets[hold]}
    for hold, origins in back.items():
        targets[hold] = (targets[hold] - {ORIGIN}) | origins
    return targets


def _entered_from(state: str, targets: _Targets) -> set[str]:
    """The states from which an arrow leads to a state."""
    return {origin for origin, reached in targets.items() if state in reached}


def _reached(starts: Iterable[str], targets: _Targets) -> set[str]:
    """The states that are reached from some states, and these themselves."""
    reached, ahead = set[str](), list(starts)
    while ahead:
        state = ahead.pop()
        if state not in reached:
            reached.add(state)
            ahead += targets.get(state, ())
    return reached


def _wrong_arrows(
    kinds: Mapping[str, MachineState], arrows: tuple[Arrow, ...]
) -> Iterator[Problem]:
    """The arrows that leave or lead to a state which has no such arrows."""
    for index, arrow in enumerate(arrows):
        path = f"arrows[{index}]"
        for state in arrow.leaves:
            if kinds[state].final:
                expected = "a state that is not final"
                yield Problem.of(state, "leaves_a_final_state", expected, path=f"{path}.leaves")
            if arrow.to == ORIGIN and not kinds[state].hold:
                expected = "a hold: only from there one returns"
                yield Problem.of(state, "not_a_hold", expected, path=f"{path}.leaves")
        ends = [("leaves", state) for state in arrow.leaves] + [("to", arrow.to)]
        for end, state in ends:
            if state != ORIGIN and kinds[state].inactive:
                expected = "a state that is not inactive"
                yield Problem.of(state, "inactive_state", expected, path=f"{path}.{end}")


def _unreached(states: tuple[MachineState, ...], targets: _Targets) -> Iterator[Problem]:
    reached = _reached((s.code for s in states if s.entrance is not None), targets)
    for index, state in enumerate(states):
        if state.code not in reached and not state.inactive:
            expected = "an arrow that leads there, or that it is entered from outside or inactive"
            yield Problem.of(state.code, "unreachable", expected, path=f"states[{index}]")


def _trapped(states: tuple[MachineState, ...], targets: _Targets) -> Iterator[Problem]:
    backwards: dict[str, set[str]] = defaultdict(set)
    for origin, reached in targets.items():
        for target in reached:
            backwards[target].add(origin)
    ending = _reached((state.code for state in states if state.final), backwards)
    for index, state in enumerate(states):
        if state.code not in ending and not state.inactive:
            expected = "a way to a final state, or a machine that is endless on purpose"
            yield Problem.of(state.code, "trap", expected, path=f"states[{index}]")


def _holds_that_lose_their_origin(
    states: tuple[MachineState, ...], arrows: tuple[Arrow, ...], targets: _Targets
) -> Iterator[Problem]:
    """Holds without a way back, and arrows that leave one for a state that is no exit.

    An exit leads to where no way goes back to the hold or to any of its origins.
    """
    for index, state in enumerate(states):
        if not state.hold:
            continue
        origins = _entered_from(state.code, targets)
        returns = [arrow for arrow in arrows if state.code in arrow.leaves]
        for arrow in returns:
            straight_back = arrow.to == ORIGIN or origins == {arrow.to}
            if not straight_back and _reached({arrow.to}, targets) & {state.code, *origins}:
                path = f"arrows[{arrows.index(arrow)}].to"
                expected = f'"{ORIGIN}", or an exit without a way back'
                yield Problem.of(arrow.to, "hold_loses_its_origin", expected, path=path)
        if not any(arrow.to in {ORIGIN, *origins} for arrow in returns):
            expected = f'an arrow that leads back to "{ORIGIN}"'
            yield Problem.of(state.code, "no_way_back", expected, path=f"states[{index}]")


def _unclear(arrows: tuple[Arrow, ...]) -> Iterator[Problem]:
    """Arrows of one event that one role could use in one state, so that nobody knows which."""
    for (one, arrow), (index, other) in combinations(enumerate(arrows), 2):
        shared = [state for state in arrow.leaves if state in other.leaves]
        roles = not arrow.roles or not other.roles or {*arrow.roles} & {*other.roles}
        at_once = arrow.event == other.event and shared and roles
        if at_once and not _exclude_each_other(arrow.guard, other.guard):
            expected = f"another event than arrows[{one}], other roles, or opposite guards"
            path = f"arrows[{index}].event"
            yield Problem.of(other.event, "unclear_event", expected, path=path)


def _exclude_each_other(one: Criterion | None, other: Criterion | None) -> bool:
    """Whether two guards certainly are never met at once."""
    if one is None or other is None:
        return False
    return any(
        _opposed(part, counter) or _opposed(counter, part)
        for part in _conjuncts(one)
        for counter in _conjuncts(other)
    )


def _conjuncts(criterion: Criterion) -> tuple[Criterion, ...]:
    """Criteria all of which are met if this one is."""
    return (criterion, *(parts_of(criterion) if isinstance(criterion, AllOf) else ()))


_OPPOSITES = {
    (Operator.AT_LEAST, Operator.UNDER),
    (Operator.OVER, Operator.AT_MOST),
    (Operator.SINCE, Operator.BEFORE),
}


def _opposed(part: Criterion, counter: Criterion) -> bool:
    if isinstance(counter, Not) and counter.part == part:
        return True
    if not isinstance(part, Compare) or not isinstance(counter, Compare):
        return False
    if part.asked != counter.asked or part.leap_day is not counter.leap_day:
        return False
    if (part.operator, counter.operator) in _OPPOSITES:
        return part.operand == counter.operand
    stated, others = _values(part), _values(counter)
    return bool(stated and others) and not stated & others


def _values(compare: Compare) -> frozenset[object]:
    """The values of which the fact must be one; none if the comparison does not list them."""
    if compare.operator is Operator.IS:
        return frozenset({compare.operand})
    if compare.operator is Operator.IN and isinstance(compare.operand, frozenset):
        return frozenset(compare.operand)
    return frozenset()

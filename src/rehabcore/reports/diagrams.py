"""Machines drawn as Mermaid text, which many editors and pages show as a picture.

An arrow is labelled as in UML: ``event (roles) [guard] / what it brings about``. The event is left
out where it is the code of the state to which the arrow leads. A guard without a name is told by
the facts that it compares.
"""

import re
from collections.abc import Iterable, Iterator

from rehabcore.reports.wording import Wording
from rehabcore.rules.criteria import AllOf, Compare, Criterion
from rehabcore.rules.machines.rows import ORIGIN, Arrow, Entrance, MachineState
from rehabcore.rules.machines.tables import Machine
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.problems import one_line

_STYLES = {"final": "stroke-width:3px", "hold": "stroke-dasharray:5", "inactive": "opacity:0.5"}
_READ_AS_MARKS = re.compile(r"[^\w ,.()/\[\]'?!+-]")
"""Characters that Mermaid could take for its own; those of words in any script are none."""


@checked_arguments
def draw(machine: Machine, *, language: str = "en") -> str:
    """Draw a machine as a Mermaid state diagram.

    A hold has a dashed line, a final state a thick one and a way to the end; an inactive state is
    faint. From a hold an arrow is drawn to every state from which it can be entered.

    Args:
        machine: the table.
        language: one of ``LANGUAGES``. A missing wording is given in English and marked.

    Raises:
        InputError: there is no such language.
    """
    wording = Wording(language)
    lines = [
        *(f'state "{_plain(wording.title(s.title))}" as {_name(s.code)}' for s in machine.states),
        *_entrances(machine.states),
        *(line for arrow in machine.arrows for line in _drawn(arrow, machine, wording)),
        *(f"{_name(state.code)} --> [*]" for state in machine.states if state.final),
        *_styled(machine.states),
    ]
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in lines)]) + "\n"


def _plain(text: str) -> str:
    """Text with every character spelled out that Mermaid could take for a mark of its own."""
    return _READ_AS_MARKS.sub(lambda found: f"#{ord(found[0])};", one_line(text))


def _name(code: str) -> str:
    """The name of a state in the drawing: no word of Mermaid's own, and without a hyphen."""
    return f"s_{code.replace('-', '__')}"


def _entrances(states: Iterable[MachineState]) -> Iterator[str]:
    for state in states:
        if state.entrance is not None:
            outside = f": {state.entrance}" if state.entrance is Entrance.OUTSIDE else ""
            yield f"[*] --> {_name(state.code)}{outside}"


def _drawn(arrow: Arrow, machine: Machine, wording: Wording) -> Iterator[str]:
    """An arrow from each state that it leaves; back to each origin where it leads back."""
    label = " ".join(_label(arrow, wording))
    told = f": {label}" if label else ""
    for state in arrow.leaves:
        targets = _origins(state, machine) if arrow.to == ORIGIN else [arrow.to]
        yield from (f"{_name(state)} --> {_name(target)}{told}" for target in targets)


def _origins(hold: str, machine: Machine) -> list[str]:
    """The states from which a hold can be entered, in the order of the table."""
    entered = {state for arrow in machine.arrows if arrow.to == hold for state in arrow.leaves}
    return [state.code for state in machine.states if state.code in entered]


def _label(arrow: Arrow, wording: Wording) -> Iterator[str]:
    if arrow.event != arrow.to:
        yield arrow.event
    if arrow.roles:
        yield f"({_plain(', '.join(arrow.roles))})"
    if arrow.guard is not None:
        about = arrow.guard.about
        title = about.id if about.title is None else wording.title(about.title)
        yield f"[{_plain(title or _compared(arrow.guard))}]"
    brought_about = (*((arrow.via,) if arrow.via else ()), *arrow.effects)
    if brought_about:
        yield f"/ {', '.join(brought_about)}"


def _compared(guard: Criterion) -> str:
    """The comparisons of a guard that has no name, if all of them must hold; else a mark for it."""
    parts = guard.parts if isinstance(guard, AllOf) else (guard,)
    told = [_comparison(part) for part in parts if isinstance(part, Compare)]
    return ", ".join(told) if len(told) == len(parts) else "?"


def _comparison(part: Compare) -> str:
    """A comparison in the words of its table; of a flag its name says enough."""
    if not isinstance(part.operand, bool):
        return str(part)
    return part.asked.fact.name if part.operand else f"not {part.asked.fact.name}"


def _styled(states: tuple[MachineState, ...]) -> Iterator[str]:
    for style, look in _STYLES.items():
        named = [_name(state.code) for state in states if getattr(state, style)]
        if named:
            yield f"classDef {style} {look}"
            yield f"class {','.join(named)} {style}"

"""The house as its imports show it: rooms, floors, and which room rests on which."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from attrs import field, frozen

SRC = Path(__file__).parents[2] / "src" / "rehabcore"

FLOORS = (
    ("strict",),
    ("rules",),
    ("records", "instruments"),
    ("levels",),
    ("questions",),
    ("care",),
    ("jurisdictions",),
    ("casework",),
    ("exchange", "reports"),
    ("caseload",),
    ("commands",),
    ("__main__", "testing"),
)
"""From the lowest up. A module imports only from floors below its own, or from its own room."""

FACES = {"risk": "levels", "programs": "care", "plans": "care"}
"""Modules whose paths are fixed, with the room of which each is the face."""

FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def room_of(name: str) -> str:
    """The room to which a module or package at the top belongs."""
    return FACES.get(name, name)


@frozen
class Module:
    """A module: its path below ``src/rehabcore``, its text, and all nodes of its syntax tree."""

    path: str
    text: str
    nodes: tuple[ast.AST, ...] = field(repr=False)

    @classmethod
    def of(cls, path: str, text: str) -> "Module":
        """A module of this text."""
        return cls(path, text, tuple(ast.walk(ast.parse(text))))

    @property
    def room(self) -> str:
        """The room in which the module stands."""
        return room_of(self.path.split("/")[0].removesuffix(".py"))

    def imports(self) -> Iterator[str]:
        """The dotted names of all that the module imports from."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                name = node.module or ""
                if name in ("rehabcore", "os"):
                    yield from (f"{name}.{alias.name}" for alias in node.names)
                else:
                    yield name


@cache
def modules() -> tuple[Module, ...]:
    """Every module of ``src``, read once, and not before a test asks for it."""
    paths = sorted(SRC.rglob("*.py"))
    return tuple(Module.of(p.relative_to(SRC).as_posix(), p.read_text("utf-8")) for p in paths)


def arrows() -> dict[str, set[str]]:
    """For each room the rooms that it imports from; the door, which names all, is left out."""
    found: dict[str, set[str]] = {name: set() for name in FLOOR_OF}
    for module in modules():
        if module.path != "__init__.py":
            names = (name for name in module.imports() if name.startswith("rehabcore."))
            others = {room_of(name.split(".")[1]) for name in names}
            found[module.room] |= (others & set(found)) - {module.room}
    return found


def picture() -> str:
    """The floors from the top down, each room with the rooms that it rests on."""
    below, lines = arrows(), list[str]()
    for number in range(len(FLOORS), 0, -1):
        for name in FLOORS[number - 1]:
            rests_on = sorted(below[name], key=lambda other: (-FLOOR_OF[other], other))
            lines.append(f"{number:>2}  {name:<14} -> {' '.join(rests_on) or '(nothing)'}")
    return "\n".join(lines)

"""The house as its imports show it: rooms, floors, and which room rests on which."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SRC = Path(__file__).parents[2] / "src" / "rehabcore"
MODULES = sorted(SRC.rglob("*.py"))

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
    ("commands",),
    ("__main__",),
)
"""From the lowest up. A module imports only from floors below its own, or from its own room."""

FACES = {"risk": "levels", "programs": "care", "plans": "care"}
"""Modules whose paths are fixed, with the room of which each is the face."""

FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def room_of(name: str) -> str:
    """The room to which a module or package at the top belongs."""
    return FACES.get(name, name)


def room(path: Path) -> str:
    """The room in which a module stands."""
    return room_of(path.relative_to(SRC).parts[0].removesuffix(".py"))


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text("utf-8"))


def imports(module: ast.Module) -> Iterator[str]:
    """The dotted names of all that a module imports from."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            name = node.module or ""
            if name == "rehabcore":
                yield from (f"rehabcore.{alias.name}" for alias in node.names)
            else:
                yield name


def arrows() -> dict[str, set[str]]:
    """For each room the rooms that it imports from; the door, which names all, is left out."""
    found: dict[str, set[str]] = {name: set() for name in FLOOR_OF}
    for path in MODULES:
        if path != SRC / "__init__.py":
            names = (name for name in imports(tree(path)) if name.startswith("rehabcore."))
            others = {room_of(name.split(".")[1]) for name in names}
            found[room(path)] |= (others & set(found)) - {room(path)}
    return found


def picture() -> str:
    """The floors from the top down, each room with the rooms that it rests on."""
    below, lines = arrows(), list[str]()
    for number in range(len(FLOORS), 0, -1):
        for name in FLOORS[number - 1]:
            rests_on = sorted(below[name], key=lambda other: (-FLOOR_OF[other], other))
            lines.append(f"{number:>2}  {name:<14} -> {' '.join(rests_on) or '(nothing)'}")
    return "\n".join(lines)

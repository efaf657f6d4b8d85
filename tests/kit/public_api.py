"""Every public name of the library with its signature, as ``tests/public_api.txt`` lists them.

``make api`` writes the list anew; the difference is reviewed like any other change.
"""

import inspect
import re
import sys
from collections.abc import Iterator
from enum import Enum
from functools import cache
from importlib import import_module
from types import ModuleType, UnionType
from typing import Any, NewType, get_overloads

import rehabcore as rc

WINGS = tuple(name for name in dir(rc) if name not in rc.__all__)
"""The packages and modules below the door that are public."""
PLACES = ("rehabcore", *WINGS, "testing")
"""All that offers public names: the door, the wings, and the testing kit beside them."""


def module(name: str) -> ModuleType:
    """The door, by the name ``rehabcore``, or a wing by its own."""
    return import_module(name if name == "rehabcore" else f"rehabcore.{name}")


def public_names() -> dict[str, object]:
    """Every public object by its dotted name: those of the door, then wing by wing."""
    return {
        f"{'' if place == 'rehabcore' else 'rehabcore.'}{place}.{name}": getattr(
            module(place), name
        )
        for place in PLACES
        for name in sorted(module(place).__all__)
    }


def listing() -> str:
    """One line a name, and below a class one a method or property of its own."""
    lines: list[str] = []
    told: dict[int, str] = {}
    for name, found in public_names().items():
        if id(found) in told and not isinstance(found, PLAIN):
            lines.append(f"{name} is {told[id(found)]}")
        else:
            told[id(found)] = name
            lines += _told(name, found)
    return "\n".join(lines) + "\n"


PLAIN = (str, int, tuple, dict)
"""What may be equal by chance: a constant of one of these types is told wherever it stands."""


def _told(name: str, found: Any) -> Iterator[str]:
    if isinstance(found, NewType):
        yield f"{name} = NewType({found.__supertype__.__name__})"
    elif isinstance(found, PLAIN):
        yield f"{name}: {type(found).__name__}"
    elif inspect.isclass(found) and issubclass(found, Enum):
        yield f"{name}: {', '.join(str(member.value) for member in found)}"
    elif inspect.isclass(found):
        yield f"{name}{_call_of(found)}"
        yield from (f"    .{line}" for line in _members(found))
    elif callable(found):
        for one in get_overloads(found) or [found]:
            yield f"{name}{_call_of(one)}"
    else:
        yield f"{name}: {_plain(str(found))}"


def _members(cls: type) -> Iterator[str]:
    """The public methods and properties that a class itself defines; its fields are arguments."""
    for name, member in sorted(vars(cls).items()):
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            told = inspect.signature(member.fget).return_annotation  # type: ignore[arg-type]
            said = told if isinstance(told, str) else inspect.formatannotation(told)
            yield f"{name} -> {_short(_plain(said))}"
        elif isinstance(member, classmethod | staticmethod):
            yield f"{name}{_call_of(member.__func__)}"
        elif inspect.isfunction(member):
            yield f"{name}{_call_of(member)}"


def _call_of(found: Any) -> str:
    """How something is called; three dots where Python cannot tell."""
    try:
        return _short(_plain(str(inspect.signature(found))))
    except ValueError:
        return "(...)"


def _plain(text: str) -> str:
    """A signature without modules, without quotes, and without what differs from run to run."""
    text = re.sub(r"<(\w+\.\w+): [^>]*>", r"\1", text)  # a member of an enumeration
    text = re.sub(r"<[^<>]* at 0x[0-9a-f]+>", "...", text)
    text = re.sub(r"(?<=[:>] )'([^']+)'", r"\1", text)
    return re.sub(r"\b(?:[a-z_]\w*\.)+(?=[A-Za-z_])", "", text)


def _short(text: str) -> str:
    """The text with the names of unions in the place of their members."""
    for members, name in _unions():
        text = text.replace(members, name)
    return text


@cache
def _unions() -> tuple[tuple[str, str], ...]:
    """Public unions, the longest first: their members, and the name that stands for them."""
    unions = {
        _plain(str(found)): name.rpartition(".")[2]
        for name, found in public_names().items()
        if isinstance(found, UnionType)
    }
    return tuple(sorted(unions.items(), key=lambda union: -len(union[0])))


if __name__ == "__main__":
    sys.stdout.write(listing())

"""The form of a document as data: every object with its keys, every vocabulary with its codes."""

from collections.abc import Iterator
from enum import Enum
from types import EllipsisType
from typing import Any, get_args, get_origin, get_type_hints

import attrs


def form_of(top: type) -> dict[str, Any]:
    """Each object and vocabulary that may stand in a document of this class, by its name."""
    form: dict[str, Any] = {}
    to_tell = [top]
    while to_tell:
        kind = to_tell.pop()
        if kind.__name__ not in form:
            form[kind.__name__] = _told(kind)
            to_tell += list(_within(kind))
    return dict(sorted(form.items()))


def _told(kind: Any) -> list[str] | dict[str, str]:
    if issubclass(kind, Enum):
        return sorted(member.value for member in kind)
    types = get_type_hints(kind)
    return {
        each.name: _name(types[each.name])
        + ("" if each.default is attrs.NOTHING else ", may be left out")
        for each in attrs.fields(kind)
    }


def _within(kind: type) -> Iterator[type]:
    if attrs.has(kind):
        for annotation in get_type_hints(kind).values():
            yield from _of_ours(annotation)


def _of_ours(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and (attrs.has(annotation) or issubclass(annotation, Enum)):
        yield annotation
    for part in get_args(annotation):
        yield from _of_ours(part)


def _name(annotation: Any) -> str:
    """A declared type, told alike by every release of Python and wherever its module stands."""
    parts = [_name(part) for part in get_args(annotation) if not isinstance(part, EllipsisType)]
    if not parts:
        return str(annotation.__name__)
    origin = get_origin(annotation)
    return f"{origin.__name__} of {parts[0]}" if origin in {tuple, frozenset} else " | ".join(parts)

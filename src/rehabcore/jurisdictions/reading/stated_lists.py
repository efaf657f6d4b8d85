"""The lists of which the files of a pack consist, and the stamp that their items get."""

from collections.abc import Mapping
from typing import Any, TypeVar

from rehabcore.care.community.profiles import UnitProfile
from rehabcore.care.moves.rules import MoveRule
from rehabcore.jurisdictions.pack_laws.waivers import Waiver
from rehabcore.programs import Program
from rehabcore.strict.problems import Problems, unknown_keys
from rehabcore.strict.structure import Codec

T = TypeVar("T")
Stamped = TypeVar("Stamped", Program, MoveRule, UnitProfile, Waiver)


def list_of(table: Mapping[str, Any], key: str, codec: Codec, item: type[T]) -> tuple[T, ...]:
    """The list that a file consists of; a missing file is an empty list.

    Raises:
        InputError: names every problem, with its path in the file.
    """
    only_keys(table, {key})
    wanted: Any = tuple[item, ...]  # type: ignore[valid-type]
    read: tuple[T, ...] = codec.read(table.get(key, []), wanted, path=key)
    return read


def stamped_list(
    table: Mapping[str, Any], key: str, codec: Codec, item: type[Stamped], stamp: str
) -> tuple[Stamped, ...]:
    """The list that a file consists of, each item with the stamp of the pack, which none states.

    Raises:
        InputError: names every problem, with its path in the file.
    """
    problems, listed = Problems(), table.get(key, [])
    for index, plain in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(plain, dict) and "origin" in plain:
            expected, path = "no such key: it is filled in", f"{key}[{index}].origin"
            problems.note(plain["origin"], "unknown_key", expected, path=path)
    if isinstance(listed, list):
        stamped = [{**one, "origin": stamp} if isinstance(one, dict) else one for one in listed]
        table = {**table, key: stamped}
    own = problems.at("", list_of, table, key, codec, item)
    problems.done()
    return own


def only_keys(table: Mapping[str, Any], allowed: set[str]) -> None:
    """Refuse a file with other keys than these.

    Raises:
        InputError: names each key that is not allowed.
    """
    Problems(*unknown_keys(table, allowed)).done()

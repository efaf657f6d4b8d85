"""Where packs are found: among those that come with the library, or in a folder of the caller's."""

from collections.abc import Callable, Iterable
from os import PathLike
from pathlib import Path
from typing import NoReturn, ParamSpec, TypeVar

from attrs import evolve

from rehabcore.jurisdictions.reading.files import PackTables, read_tables
from rehabcore.strict.problems import JurisdictionError, Problem, one_of

P = ParamSpec("P")
T = TypeVar("T")

_HERE = Path(__file__).parents[1] / "packs"

EXPECTED = ".expected.json"
"""The end of the name of a file that holds the answers expected for a case file beside it."""


def bundled() -> tuple[str, ...]:
    """The ids of the packs that come with the library, in order."""
    return tuple(
        sorted(folder.name for folder in _HERE.iterdir() if folder.joinpath("pack.toml").is_file())
    )


def examples() -> dict[str, str]:
    """The case files that come with the library, as JSON text, by ``jurisdiction/name``."""
    return {
        f"{folder}/{file.name.removesuffix('.json')}": file.read_text("utf-8")
        for folder in bundled()
        if _HERE.joinpath(folder, "cases").is_dir()
        for file in sorted(_HERE.joinpath(folder, "cases").iterdir(), key=lambda file: file.name)
        if not file.name.endswith(EXPECTED)
    }


def pack_folder(which: str | PathLike[str]) -> Path:
    """The folder of a pack, by the id of a bundled one or by its path.

    Raises:
        JurisdictionError: no bundled pack has this id.
    """
    return bundled_folder(which, "") if isinstance(which, str) else Path(which)


def bundled_folder(which: str, path: str) -> Path:
    """The folder of a bundled pack; ``path`` is the place at which its id was given.

    Raises:
        JurisdictionError: no bundled pack has this id.
    """
    if which not in bundled():
        cure = (
            'the id of a bundled country; a folder is given as a path, as in load(Path("packs/xx"))'
            if set(which) & _OF_PATHS
            else f"the id of a bundled country: {one_of(bundled(), which)}"
        )
        problem = Problem.of(which, "unknown_jurisdiction", cure, path=path)
        raise JurisdictionError([problem.in_file("pack.toml" if path else "")])
    return _HERE.joinpath(which)


_OF_PATHS = {"/", "\\", ".", "~"}
"""Characters that are in paths but in no id."""
_MOST_PACKS = 8
"""The most packs that may stand on each other."""


def pack_tables(folder: Path) -> tuple[PackTables, ...]:
    """The tables of a pack after those of all that it extends.

    Raises:
        JurisdictionError: the files are faulty, or there are too many packs on each other.
    """
    found = [read_tables(folder)]
    while isinstance(base := found[0].files["pack.toml"].get("extends"), str):
        if len(found) == _MOST_PACKS:
            expected = f"at most {_MOST_PACKS} packs on each other, and no pack on itself"
            _refuse("too_deep", base, expected)
        folder = from_below(found[1:], _extended, folder, base)
        found.insert(0, from_below(found, read_tables, folder))
    return tuple(found)


def _extended(folder: Path, base: str) -> Path:
    """The folder of the pack that the one in a folder extends."""
    if not set(base) & _OF_PATHS:
        return bundled_folder(base, "extends")
    if not folder.joinpath(base).joinpath("pack.toml").is_file():
        expected = "the id of a bundled country, or the path from here to a folder of one"
        _refuse("unknown_jurisdiction", base, expected)
    return folder.joinpath(base)


def _refuse(code: str, extends: str, expected: str) -> NoReturn:
    problem = Problem(code=code, path="extends", found=repr(extends), expected=expected)
    raise JurisdictionError([problem.in_file("pack.toml")])


def from_below(
    packs: Iterable[PackTables], read: Callable[P, T], *args: P.args, **named: P.kwargs
) -> T:
    """Read a pack on which others stand; a problem names its file as seen from the last of them.

    Args:
        packs: the packs that stand on it, the lowest first.
        read: reads it.
        args: what ``read`` takes.
        named: what ``read`` takes by name.

    Raises:
        JurisdictionError: ``read`` raises it.
    """
    try:
        return read(*args, **named)
    except JurisdictionError as error:
        problems, more = error.problems, error.more
    for tables in packs:
        extends = tables.files["pack.toml"]["extends"]
        problems = tuple(evolve(problem, file=f"{extends}/{problem.file}") for problem in problems)
    raise JurisdictionError(problems, more)

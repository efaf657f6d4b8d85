"""The files of a country pack, and the problems of a stage of reading, each with its file."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from rehabcore.strict.documents import LARGEST_INPUT, parse_toml
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import InputError, JurisdictionError, Problem, Problems

FILES = (
    "pack.toml",
    "sources.toml",
    "glossary.toml",
    "parameters.toml",
    "derived.toml",
    "rules.toml",
    "programs.toml",
    "entry.toml",
    "plan.toml",
    "rnr.toml",
    "moves.toml",
    "units.toml",
    "release.toml",
    "risk.toml",
    "records.toml",
    "waivers.toml",
)


MOST_PACKS_KEPT = 16
"""How many packs are kept as tables, by the content of their files."""


@frozen
class _PackFiles:
    """The content of the files of a pack, by name, and the problems of reading them."""

    contents: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...]


@frozen(eq=False)
class PackTables:
    """The files of a pack as tables, by the name of the file; a missing file is an empty table.

    ``as_published`` is false if something was changed after they were read.
    """

    files: Mapping[str, Mapping[str, Any]]
    as_published: bool = True

    def names(self, section: str) -> tuple[str, ...]:
        """The names that ``parameters``, ``rules`` or ``programs`` states, in order."""
        stated = self.files[f"{section}.toml"].get(section, ())
        return tuple(p["program_id"] for p in stated) if section == "programs" else tuple(stated)

    def changed_in(self, section: str, name: str, said: Any) -> "PackTables":
        """The files with another table or value under one of the ``names`` of a section."""
        file, said = f"{section}.toml", _kept(said)
        stated = self.files[file][section]
        if section == "programs":
            changed: Any = [_restated(p, said) if p["program_id"] == name else p for p in stated]
        elif section == "parameters" and not isinstance(said, Mapping):
            changed = {**stated, name: _revalued(stated[name], said)}
        else:
            changed = {**stated, name: said}
        files = {**self.files, file: {**self.files[file], section: changed}}
        return PackTables(files, as_published=False)


def _kept(said: Any) -> Any:
    """A copy of what is said: its caller may change the tables and lists later."""
    if isinstance(said, dict):
        return {key: _kept(one) for key, one in said.items()}
    return [_kept(one) for one in said] if isinstance(said, list) else said


def _restated(program: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """A programme with other fields; no source is cited for these."""
    draft = sorted({*program.get("draft", ()), *said})
    return {**program, **said, "draft": draft}


def _revalued(parameter: Mapping[str, Any], value: object) -> dict[str, Any]:
    """A parameter with another value in all its versions; declared gaps stay gaps."""
    versions = [
        {"value": value, "in_force": version["in_force"]} if "value" in version else version
        for version in parameter["versions"]
    ]
    return {**parameter, "versions": versions}


def read_tables(folder: Path) -> PackTables:
    """Every file of a pack as TOML; the very same tables as long as no file changes.

    Raises:
        JurisdictionError: there is no ``pack.toml``, a TOML file has an unknown name, or a file is
            not TOML.
    """
    return _tables_of(_files_in(folder))


def _files_in(folder: Path) -> _PackFiles:
    problems, contents = Problems(), list[tuple[str, bytes]]()
    present = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    if "pack.toml" not in present:
        found = f"no such file in {folder}"
        problem = _problem("missing_file", found, "a folder with a pack.toml")
        problems.add(problem.in_file("pack.toml"))
    for name in sorted(present - set(FILES)):
        if name.endswith(".toml"):
            expected = f"only the files {', '.join(FILES)}"
            problems.add(_problem("unknown_file", "a file of this name", expected).in_file(name))
    for name in FILES:
        if name in present:
            content = problems.in_file(name, _content, folder.joinpath(name))
            contents.append((name, content or b""))
    return _PackFiles(tuple(contents), tuple(problems.found))


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_INPUT + 1)  # one more, so that too much is noticed
    except OSError:
        raise InputError([_problem("unreadable", "no file", "a file that can be read")]) from None


@lru_cache(maxsize=MOST_PACKS_KEPT)
def _tables_of(files: _PackFiles) -> PackTables:
    """The tables of files. They are read by many, and nobody changes them."""
    stage = Problems(*files.problems, error=JurisdictionError)
    read = {name: stage.in_file(name, _table_of, content) for name, content in files.contents}
    stage.done()
    return PackTables({name: read.get(name, {}) for name in FILES})


@lru_cache(maxsize=MOST_PACKS_KEPT * len(FILES))
def _table_of(content: bytes) -> dict[str, Any]:
    """The table of one file, kept as well: of a pack that is edited, one file changes at a time."""
    return parse_toml(content)


def _problem(code: str, found: str, expected: str) -> Problem:
    return Problem(code=code, path="", found=found, expected=expected)

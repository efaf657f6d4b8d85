"""The files of a country pack, and the problems of a stage of reading, each with its file."""

from collections.abc import Callable, Iterable
from importlib.resources.abc import Traversable
from typing import Any, ParamSpec, TypeVar, cast

from attrs import evolve

from rehabcore.strict.documents import parse_toml
from rehabcore.strict.problems import InputError, JurisdictionError, Problem, is_code

P = ParamSpec("P")
T = TypeVar("T")

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
    "risk.toml",
)


class Faults:
    """Collects the problems of one stage, each with its file, and raises them together."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def of(self, file: str, make: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """What ``make`` gives. If it goes wrong, ``done`` must be called before it is used."""
        try:
            return make(*args, **named)
        except InputError as error:
            self.add(file, error.problems)
            return cast("T", None)

    def add(self, file: str, problems: Iterable[Problem]) -> None:
        """Note problems of a file; nothing in it is personal, so a key is shown if it is a code."""
        for problem in problems:
            known = is_code(problem.key)
            found = f'the key "{problem.key}"' if known else problem.found
            self._problems.append(evolve(problem, file=file, found=found))

    def done(self) -> None:
        """End the stage.

        Raises:
            JurisdictionError: anything went wrong in it.
        """
        if self._problems:
            raise JurisdictionError(self._problems)


def read_tables(folder: Traversable) -> dict[str, dict[str, Any]]:
    """Every file of a pack as TOML; one that is not there is empty.

    Raises:
        JurisdictionError: no ``pack.toml``, a TOML file of another name, or a file that is no TOML.
    """
    faults = Faults()
    present = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    if "pack.toml" not in present:
        found = f"no such file in {folder}"
        faults.add("pack.toml", [_problem("missing_file", found, "a folder with a pack.toml")])
    for name in sorted(present - set(FILES)):
        if name.endswith(".toml"):
            expected = f"only the files {', '.join(FILES)}"
            faults.add(name, [_problem("unknown_file", "a file of this name", expected)])
    tables = {
        name: faults.of(name, parse_toml, folder.joinpath(name).read_bytes())
        if name in present
        else {}
        for name in FILES
    }
    faults.done()
    return tables


def _problem(code: str, found: str, expected: str) -> Problem:
    return Problem(code=code, path="", found=found, expected=expected)

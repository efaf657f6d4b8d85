"""The command ``caseload``: the answers to many people, as a line of JSON each."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rehabcore.caseload import match_all
from rehabcore.commands.files import country
from rehabcore.commands.options import add_country, add_known_at, add_on
from rehabcore.strict.documents import LARGEST_INPUT
from rehabcore.strict.problems import InputError


def add(command: argparse.ArgumentParser, _: str) -> None:
    """Add the options of the command."""
    command.add_argument(
        "cases", metavar="CASES", help="a folder of JSON files, or a file with a case on each line"
    )
    add_country(command)
    add_on(command)
    add_known_at(command)
    command.add_argument("--processes", type=int, default=1, metavar="N", help="share the work")
    command.add_argument("--progress", action="store_true", help="show how far it is")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    """Write each answer when it is known, and tell of all refused files in the end."""
    sources, name_of = _sources(options.cases)
    caseload = match_all(
        sources,
        country(options.jurisdiction),
        on=options.on,
        known_at=options.known_at,
        strict=options.strict,
        processes=options.processes,
        progress=options.progress,
    )
    for person in caseload:
        answers = {program: answer.value for program, answer in person.answers.items()}
        told = {"case": name_of(person.place), "case_id": person.case_id, "answers": answers}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    if caseload.refused:
        problems = (
            problem.in_file(name_of(refused.place))
            for refused in caseload.refused
            for problem in refused.problems
        )
        raise InputError(problems, more=sum(refused.more for refused in caseload.refused))


_Sources = Iterable[Path] | Iterable[bytes]


def _sources(name: str) -> tuple[_Sources, Callable[[int], str]]:
    """The case files of a folder or of a file of lines, and a name for the place of each.

    Raises:
        OSError: there is no such file.
    """
    path = Path(name)
    if path.is_dir():
        paths = sorted(path.glob("*.json"))
        return paths, lambda place: str(paths[place])
    path.stat()  # so that a wrong name is told before anything is loaded
    return _lines(path), lambda place: f"{name}:{place + 1}"


def _lines(path: Path) -> Iterator[bytes]:
    """Every line; of one that is too long to be a case file, its beginning, which is refused."""
    with path.open("rb") as file:
        while line := file.readline(_LONGEST_LINE):
            yield line.removesuffix(b"\n")
            while len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
                line = file.readline(_LONGEST_LINE)


_LONGEST_LINE = LARGEST_INPUT + 2
"""One byte more than the largest case file, and the end of the line."""

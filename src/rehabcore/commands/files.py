"""What commands read and write: case files, results, countries; from files or standard input.

Files are written whole or not at all.
"""

import argparse
import errno
import os
import sys
import tempfile
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.decisions import Comparison, Decision
from rehabcore.casework.results import PlanResult
from rehabcore.instruments import Instrument
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.reports import Explained, Format, explain
from rehabcore.strict.documents import LARGEST_INPUT
from rehabcore.strict.problems import InputError

BUNDLED = "bundled:"
"""Begins the name of a case that comes along."""
T = TypeVar("T", CaseFile, PlanResult, Decision)


def country(which: str) -> Jurisdiction:
    """A bundled country by its id, or a folder by its path, which has a slash.

    Raises:
        JurisdictionError: there is none, or its data is bad.
    """
    return jurisdictions.load(Path(which) if os.sep in which else which)


def case_of(options: argparse.Namespace, jurisdiction: Jurisdiction) -> CaseFile:
    """The case file, read and checked; its problems have the paths of the document.

    Raises:
        InputError: it cannot be read, or is inconsistent.
        OSError: there is no such file.
    """
    name: str = options.case
    if not name.startswith(BUNDLED):
        case = read(name, CaseFile)
    else:
        examples = jurisdictions.examples()
        if name.removeprefix(BUNDLED) not in examples:
            raise FileNotFoundError(2, f"no such case; there are {', '.join(examples)}", name)
        case = exchange.read(examples[name.removeprefix(BUNDLED)], CaseFile)
    try:
        casework.check(case, jurisdiction, known_at=getattr(options, "known_at", None))
    except InputError as error:
        raise InputError([evolve(p.below("data"), file=name) for p in error.problems]) from None
    return case


def read(name: str, kind: type[T]) -> T:
    """A document of a known kind; its problems name the file.

    Raises:
        InputError: it is none.
        OSError: it cannot be read.
    """
    try:
        return exchange.read(bytes_of(name), kind)
    except InputError as error:
        raise InputError([evolve(problem, file=name) for problem in error.problems]) from None


def bytes_of(name: str) -> bytes:
    """What a file holds, or standard input, for the name ``-``; no more than may be a document.

    Raises:
        OSError: it cannot be read.
    """
    if name == "-":
        return sys.stdin.buffer.read(LARGEST_INPUT + 1)
    with Path(name).open("rb") as file:
        return file.read(LARGEST_INPUT + 1)


def put(result: Explained, options: argparse.Namespace, also: dict[str, str] | None = None) -> None:
    """Write a result in the form that was asked for, and what else belongs to it.

    Raises:
        OSError: a file cannot be written; then none is.
    """
    if options.format == "json" and not isinstance(result, Comparison | Instrument):
        text = exchange.write(result)
    else:
        text = explain(
            result,
            language=options.language,
            form=Format(options.format),
            brief=options.brief,
            detail=getattr(options, "detail", False),
        )
    put_text(text, options, also)


def put_text(text: str, options: argparse.Namespace, also: dict[str, str] | None = None) -> None:
    """Write a text where it was asked for, and what else belongs to it.

    Raises:
        OSError: a file cannot be written; then none is.
    """
    files = dict(also or {})
    if options.output is not None:
        files[options.output] = text
    write_files(files)
    if options.output is None:
        sys.stdout.write(text)


def write_files(files: dict[str, str]) -> None:
    """Write all files or none: each is complete beside its place before any takes it.

    Raises:
        OSError: one of them cannot be written.
    """
    written: dict[Path, str] = {}
    try:
        for name, text in files.items():
            try:
                written[Path(name).resolve()] = _beside(Path(name).resolve(), text)
            except OSError as error:
                raise OSError(error.errno, error.strerror, name) from None
        for path, beside in written.items():
            Path(beside).replace(path)
    finally:
        for beside in written.values():
            Path(beside).unlink(missing_ok=True)


def _beside(path: Path, text: str) -> str:
    """A complete file in the folder of another, with the rights that the other has or would."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a file that can be replaced")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".rehabcore-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(beside).chmod(path.stat().st_mode if path.exists() else _USUAL_RIGHTS)
    return beside


_USUAL_RIGHTS = 0o644

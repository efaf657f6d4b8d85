"""The reading and writing of commands: case files, results, countries; files or standard input.

Files are written whole or not at all.
"""

import argparse
import errno
import os
import stat
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from rehabcore import exchange, jurisdictions
from rehabcore.commands.options import BUNDLED
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.reports import Format, explain
from rehabcore.strict.documents import LARGEST_INPUT
from rehabcore.strict.problems import InputError, refuse

if TYPE_CHECKING:
    from rehabcore.care.community.units import CommunityUnit
    from rehabcore.care.plans.book import PlanBook
    from rehabcore.casework.decisions import Decision
    from rehabcore.exchange import Document
    from rehabcore.plans import PlanContent
    from rehabcore.reports import Explained

T = TypeVar("T", CaseFile, "Decision", "CommunityUnit", "PlanBook", "PlanContent")


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
        case = document_of(name, CaseFile)
    else:
        examples = jurisdictions.examples()
        if name.removeprefix(BUNDLED) not in examples:
            raise FileNotFoundError(2, f"no such case; there are {', '.join(examples)}", name)
        case = exchange.read(examples[name.removeprefix(BUNDLED)], CaseFile)
    try:
        known_at = getattr(options, "known_at", None)
        jurisdiction.facts_of(case, known_at=known_at, strict=options.strict)
    except InputError as error:
        raise error.each(lambda p: p.below("data").in_file(name)) from None
    return case


def document_of(name: str, kind: type[T]) -> T:
    """A document of a known kind; its problems name the file.

    Raises:
        InputError: it is not such a document.
        OSError: it cannot be read.
    """
    try:
        return exchange.read(bytes_of(name), kind)
    except InputError as error:
        raise error.each(lambda problem: problem.in_file(name)) from None


def plan_of(options: argparse.Namespace, case: CaseFile) -> "PlanContent | PlanBook | None":
    """The plan that was given as JSON: a book, a content or a draft; None if none was.

    Raises:
        InputError: it is no plan, or a draft for another case.
        OSError: it cannot be read.
    """
    if options.plan is None:
        return None
    from rehabcore.care.plans.book import PlanBook  # most commands take no plan
    from rehabcore.casework.plan_results import PlanResult
    from rehabcore.plans import PlanContent

    try:
        found = exchange.read(bytes_of(options.plan))
        if isinstance(found, PlanBook | PlanContent):
            return found
        if not isinstance(found, PlanResult):
            kind = type(found).__name__
            refuse(
                kind, "unknown_schema", "the book, a content or a draft of a plan", path="schema"
            )
        if found.case_id != case.case_id:
            expected = "a draft for the case of the case file"
            refuse(found.case_id, "dangling_id", expected, path="data.case_id", secret=True)
        return found.content
    except InputError as error:
        raise error.each(lambda problem: problem.in_file(options.plan)) from None


def bytes_of(name: str) -> bytes:
    """The content of a file (``-`` is standard input), up to the size of the largest document.

    Raises:
        OSError: it cannot be read.
    """
    if name == "-":
        return _standard_input()
    with Path(name).open("rb") as file:
        return file.read(LARGEST_INPUT + 1)


def _standard_input() -> bytes:
    if sys.stdin is None:  # the shell closed it
        raise OSError(errno.EBADF, "closed", "standard input")
    try:
        return sys.stdin.buffer.read(LARGEST_INPUT + 1)
    except OSError as error:
        why = error.strerror or "not readable"
        raise OSError(errno.EBADF, why, "standard input") from None


def put(
    result: "Explained", options: argparse.Namespace, also: dict[str, str] | None = None
) -> None:
    """Write a result in the form that was asked for, and other files that belong to it.

    Raises:
        OSError: a file cannot be written; then none is.
    """
    if options.format == "json":  # which is no choice for what is not a document
        text = exchange.write(cast("Document", result))
    else:
        text = explain(
            result,
            language=options.language,
            form=Format(options.format),
            detail=options.detail,
        )
    put_text(text, options, also)


def put_text(text: str, options: argparse.Namespace, also: dict[str, str] | None = None) -> None:
    """Write a text where it was asked for, and other files that belong to it.

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
    """Write all files or none: each is written completely beside its place, before any is moved.

    A new file has the rights that the process gives to new files; a file that replaces another has
    the rights of that one. Temporary files are removed, even if the disk is full.

    Raises:
        OSError: one of them cannot be written.
    """
    # Moving a file within one file system cannot fail half-way, unlike writing it. So everything
    # that may fail (no rights, a full disk) happens before the first move.
    with ExitStack() as made:
        complete = []
        for name, text in files.items():
            try:
                complete.append(_beside(Path(os.path.realpath(name)), text, made))
            except OSError as error:
                raise OSError(error.errno, error.strerror, name) from None
        for beside, path in complete:
            beside.replace(path)


def _beside(path: Path, text: str, made: ExitStack) -> tuple[Path, Path]:
    """Write a file into a temporary folder beside its place; return its path and the place."""
    from tempfile import TemporaryDirectory  # a command that prints needs none

    rights = _rights_of(path)
    for folder in reversed([folder for folder in path.parents if not folder.exists()]):
        folder.mkdir()
        made.callback(_remove_if_empty, folder)
    folder_beside = TemporaryDirectory(dir=path.parent, prefix=".rehabcore-")
    beside = Path(made.enter_context(folder_beside), "complete")
    with beside.open("x", encoding="utf-8") as file:
        file.write(text)
    if rights is not None:
        beside.chmod(rights)
    return beside, path


def _rights_of(path: Path) -> int | None:
    """The rights of a file that may be replaced; None if there is no file yet.

    Raises:
        OSError: it is not a file, or may not be written.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode) or not os.access(path, os.W_OK):
        raise OSError(errno.EINVAL, "not a file that can be replaced")
    return stat.S_IMODE(mode)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def are_one_file(one: str, other: str) -> bool:
    """Whether two names lead to one file, which need not exist yet."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)

"""The command line: JSON in; text, Markdown, HTML or JSON out, in UTF-8 whatever the terminal's is.

Exit codes: 0 done; 2 the command was called wrongly; 3 the input is bad; 4 the country data is
bad; 5 the request is not allowed; 6 a file cannot be read or written. Nothing is partly written.
"""

import argparse
import gc
import os
import sys
from contextlib import suppress
from io import StringIO, TextIOBase, TextIOWrapper

from rehabcore.commands.chosen import add_commands
from rehabcore.strict.version import __version__

TYPE_CHECKING = False  # type checkers read it as true; the module `typing` is slow to import

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Never, TextIO

DONE, MISUSED, BAD_INPUT, BAD_COUNTRY, NOT_ALLOWED, NO_FILE = 0, 2, 3, 4, 5, 6


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run one command and return its exit code; what goes wrong is told on standard error."""
    _open_streams()
    try:
        try:
            return _run(_parser().parse_args(arguments))
        finally:
            sys.stdout.flush()
    except OSError as error:
        if error.filename is None:
            _give_up(sys.stdout)
        return _tell(f"{_place_of(error)}: {error.strerror or 'closed'}", NO_FILE)


def process() -> "Never":
    """Run the command of this process, and end it.

    A command needs nearly all that it makes until its end, and then none of it. To look through
    that for garbage, again and again and once more at the end, would take a third of its time.
    """
    gc.set_threshold(_MANY_OBJECTS)
    try:
        sys.exit(main())
    finally:
        gc.freeze()


_MANY_OBJECTS = 100_000
"""How many objects are made before garbage is looked for; most commands make fewer."""


def _open_streams() -> None:
    """Let every stream take UTF-8, and names of files that are not; closed ones are None before."""
    refusing: TextIO = TextIOBase()  # type: ignore[assignment]  # it refuses whatever is written
    sys.stdout = sys.stdout or refusing
    sys.stderr = sys.stderr or StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _run(options: argparse.Namespace) -> int:
    # Imported here, because no list of commands needs the rooms that answer.
    from rehabcore.commands.files import are_one_file, country
    from rehabcore.reports import explain
    from rehabcore.strict.problems import InputError, JurisdictionError, RehabcoreError

    for name in ("new_case", "new_unit", "new_content"):
        new = getattr(options, name, None)
        if new and options.output and are_one_file(new, options.output):
            return _tell(f"--{name.replace('_', '-')} and --output name the same file", MISUSED)
    try:
        options.run(options)
    except InputError as error:
        return _tell(str(error), BAD_INPUT)
    except JurisdictionError as error:
        return _tell(f"country data: {error}", BAD_COUNTRY)
    except RehabcoreError as error:
        # A RequestRefused or ContentChanged, the only two left. Most commands load neither.
        refusal: Any = error
        words = country(options.jurisdiction)
        return _tell(explain(refusal, country=words, language=options.language), NOT_ALLOWED)
    return DONE


def _place_of(error: OSError) -> str:
    """The file that cannot be read or written, on one line."""
    from rehabcore.strict.problems import one_line

    named = error.filename2 or error.filename
    return "standard output" if named is None else one_line(os.fsdecode(named) or '""')


def _tell(words: str, code: int) -> int:
    try:
        sys.stderr.write(f"rehabcore: {words.rstrip()}\n")
        sys.stderr.flush()
    except OSError:
        _give_up(sys.stderr)
    return code


def _give_up(stream: "TextIO") -> None:
    """Close a stream that cannot be written; Python would try again when it ends."""
    with suppress(OSError):
        stream.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rehabcore", description="Rules of rehabilitation: decided, explained and proved."
    )
    parser.add_argument("--version", action="version", version=__version__)
    add_commands(parser)
    return parser


if __name__ == "__main__":
    process()

"""The command line: JSON in; text, Markdown, HTML or JSON out, in UTF-8 whatever the terminal's is.

Exit codes: 0 done; 2 the command was called wrongly; 3 the input is bad; 4 the country data is
bad; 5 the move is not allowed; 6 a file cannot be read or written. Nothing is partly written.
"""

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from rehabcore.care.moves import TransitionNotAllowed
from rehabcore.commands import asking, countries, decisions, instruments, scores, touring
from rehabcore.reports import explain_refusal
from rehabcore.strict.problems import InputError, JurisdictionError
from rehabcore.strict.version import __version__

DONE, MISUSED, BAD_INPUT, BAD_COUNTRY, NOT_ALLOWED, NO_FILE = 0, 2, 3, 4, 5, 6


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what goes wrong is told on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    if getattr(options, "new_case", None) and options.new_case == options.output:
        return _tell("--new-case and --output name the same file", MISUSED)
    try:
        options.run(options)
    except InputError as error:
        return _tell(str(error), BAD_INPUT)
    except JurisdictionError as error:
        return _tell(f"country data: {error}", BAD_COUNTRY)
    except TransitionNotAllowed as refusal:
        return _tell(explain_refusal(refusal, language=options.language), NOT_ALLOWED)
    except OSError as error:
        return _tell(f"{error.filename or 'standard output'}: {error.strerror}", NO_FILE)
    return DONE


def _tell(words: str, code: int) -> int:
    sys.stderr.write(f"rehabcore: {words.rstrip()}\n")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rehabcore", description="Rules of rehabilitation: decided, explained and proved."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for room in (touring, asking, decisions, scores, countries, instruments):
        room.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""Options that several commands share."""

import argparse
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from rehabcore.reports import LANGUAGES, Format
from rehabcore.rules.time.days import Term
from rehabcore.strict.problems import InputError
from rehabcore.strict.structure import Codec

T = TypeVar("T")
BUNDLED = "bundled:"
"""The beginning of the name of a bundled case."""

COUNTRY = "the id of a bundled country, or the path of a folder (with a slash)"


def day(text: str) -> date:
    """Read a day, written as everywhere: ``2026-03-02``.

    Raises:
        argparse.ArgumentTypeError: it is not a day.
    """
    return _given(lambda: Codec().read(text, date))


def term(text: str) -> Term:
    """Read a calendar length, written as everywhere: ``6 months``.

    Raises:
        argparse.ArgumentTypeError: it is not a calendar length.
    """
    return _given(lambda: Term.parse(text))


def _given(read: Callable[[], T]) -> T:
    """The value of an option; a problem is raised as the error that ``argparse`` expects."""
    try:
        return read()
    except InputError as error:
        raise argparse.ArgumentTypeError(error.problems[0].expected) from None


def add_asked(parser: argparse.ArgumentParser) -> None:
    """Add the options for the case, the country, the day, and the form of the result."""
    add_case(parser)
    add_on(parser)
    add_form(parser, [*Format, "json"])


def add_on(parser: argparse.ArgumentParser) -> None:
    """Add the option for the day asked about."""
    parser.add_argument("--on", required=True, type=day, metavar="DAY", help="the day asked about")


def add_case(parser: argparse.ArgumentParser) -> None:
    """Add the options for the case, how it is read, and the country."""
    parser.add_argument(
        "case", metavar="CASE", help=f"a JSON file, - for standard input, or {BUNDLED}NAME"
    )
    add_country(parser)


def add_country(parser: argparse.ArgumentParser) -> None:
    """Add the options for the country, and for how case files are read under it."""
    parser.add_argument("--jurisdiction", required=True, metavar="COUNTRY", help=COUNTRY)
    parser.add_argument(
        "--strict", action="store_true", help="refuse the case for a fault of a single record, too"
    )


def add_form(parser: argparse.ArgumentParser, forms: Iterable[str]) -> None:
    """Add the options for the result: its form, detail, place and language."""
    parser.add_argument("--format", choices=[str(form) for form in forms], default="text")
    parser.add_argument(
        "--detail", action="store_true", help="with every proof, down to records and sources"
    )
    add_output(parser)
    add_language(parser)


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the option for the file that is written."""
    parser.add_argument("--output", metavar="FILE", help="instead of standard output")


def add_known_at(parser: argparse.ArgumentParser) -> None:
    """Add the option for the day up to which records count."""
    parser.add_argument(
        "--known-at", type=day, metavar="DAY", help="count only what was on file by this day"
    )


def add_filing(parser: argparse.ArgumentParser) -> None:
    """Add the options for the filing of new records."""
    parser.add_argument("--source", required=True, metavar="OFFICE", help="the office that files")
    parser.add_argument(
        "--recorded-on", required=True, type=day, metavar="DAY", help="when it files this"
    )


def add_record(parser: argparse.ArgumentParser) -> None:
    """Add the options of a command that files one record, and writes the case file that has it."""
    add_filing(parser)
    parser.add_argument("--record-id", required=True, metavar="ID", help="the id of the new record")
    add_output(parser)
    add_language(parser)


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add the option for the language of an explanation."""
    parser.add_argument("--language", choices=LANGUAGES, default="en")


def add_below(
    parser: argparse.ArgumentParser,
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    """Let a command have commands of its own, and give what they are added to."""
    return parser.add_subparsers(
        required=True, metavar="COMMAND", parser_class=argparse.ArgumentParser
    )

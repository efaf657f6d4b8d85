"""Options that several commands share."""

import argparse
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeAlias, TypeVar

from rehabcore.commands.files import BUNDLED
from rehabcore.reports import LANGUAGES, Format
from rehabcore.rules.time.days import Term
from rehabcore.strict.problems import InputError
from rehabcore.strict.structure import Codec

T = TypeVar("T")
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""To which a command is added."""

COUNTRY = "the id of a bundled country, or the path of a folder (with a slash)"


def day(text: str) -> date:
    """A day as it is written everywhere.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    return _given(lambda: Codec().read(text, date))


def term(text: str) -> Term:
    """A calendar length as it is written everywhere.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    return _given(lambda: Term.parse(text))


def _given(read: Callable[[], T]) -> T:
    """What an option gives; what is wrong with it, as the parser of arguments wants to hear it."""
    try:
        return read()
    except InputError as error:
        raise argparse.ArgumentTypeError(error.problems[0].expected) from None


def add_asked(parser: argparse.ArgumentParser) -> None:
    """The case asked about, under whose rules, on which day; and how the result is given."""
    add_case(parser)
    parser.add_argument("--on", required=True, type=day, metavar="DAY", help="the day asked about")
    add_form(parser, [*Format, "json"])


def add_case(parser: argparse.ArgumentParser) -> None:
    """The case asked about, and under whose rules."""
    parser.add_argument(
        "case", metavar="CASE", help=f"a JSON file, - for standard input, or {BUNDLED}NAME"
    )
    parser.add_argument("--jurisdiction", required=True, metavar="COUNTRY", help=COUNTRY)


def add_form(parser: argparse.ArgumentParser, forms: Iterable[str]) -> None:
    """How the result is given: in which form, how fully, where, in which language."""
    parser.add_argument("--format", choices=[str(form) for form in forms], default="text")
    parser.add_argument(
        "--detail", action="store_true", help="with every proof, down to records and sources"
    )
    parser.add_argument("--output", metavar="FILE", help="instead of standard output")
    add_language(parser)


def add_known_at(parser: argparse.ArgumentParser) -> None:
    """The second clock."""
    parser.add_argument(
        "--known-at", type=day, metavar="DAY", help="count only what was on file by this day"
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    """The language in which a result is explained."""
    parser.add_argument("--language", choices=LANGUAGES, default="en")

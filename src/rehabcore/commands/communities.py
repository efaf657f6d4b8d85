"""The commands ``community`` and ``residency``: a book on a day, and the stays of a person."""

import argparse

from rehabcore import casework
from rehabcore.care.community.units import CommunityUnit
from rehabcore.commands.files import case_of, country, document_of, put
from rehabcore.commands.options import COUNTRY, add_asked, add_form, add_known_at, add_on
from rehabcore.reports import Format


def add(command: argparse.ArgumentParser, name: str) -> None:
    """Add the options of a command."""
    if name == "residency":
        _add_residency(command)
        return
    command.add_argument(
        "unit",
        metavar="UNIT",
        help="the book of the community, a JSON file or - for standard input",
    )
    command.add_argument("--jurisdiction", required=True, metavar="COUNTRY", help=COUNTRY)
    add_on(command)
    add_form(command, [*Format, "json"])
    command.set_defaults(run=_community)


def _add_residency(command: argparse.ArgumentParser) -> None:
    add_asked(command)
    add_known_at(command)
    command.add_argument(
        "--unit",
        action="append",
        default=[],
        metavar="FILE",
        help="the book of a community, which says its phases; may be given more than once",
    )
    command.set_defaults(run=_residency)


def _residency(options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    case = case_of(options, under)
    units = tuple(document_of(name, CommunityUnit) for name in options.unit)
    result = casework.residency(case, under, on=options.on, units=units, known_at=options.known_at)
    put(result, options)


def _community(options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    unit = document_of(options.unit, CommunityUnit)
    put(casework.community(unit, under, on=options.on), options)

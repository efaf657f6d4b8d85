"""The command ``community``: a therapeutic community on a day, from its book."""

import argparse

from rehabcore import casework
from rehabcore.care.community.units import CommunityUnit
from rehabcore.commands.files import country, document_of, put
from rehabcore.commands.options import COUNTRY, add_form, add_on
from rehabcore.reports import Format


def add(command: argparse.ArgumentParser, _name: str) -> None:
    """Add the options of the command."""
    command.add_argument(
        "unit",
        metavar="UNIT",
        help="the book of the community, a JSON file or - for standard input",
    )
    command.add_argument("--jurisdiction", required=True, metavar="COUNTRY", help=COUNTRY)
    add_on(command)
    add_form(command, [*Format, "json"])
    command.set_defaults(run=_community)


def _community(options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    unit = document_of(options.unit, CommunityUnit)
    put(casework.community(unit, under, on=options.on), options)

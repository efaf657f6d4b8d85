"""The command ``rules diff``: who is answered otherwise by another rule, or another version."""

import argparse

from rehabcore import casework
from rehabcore.commands.files import country, put
from rehabcore.commands.options import COUNTRY, add_below, add_form, add_on, day
from rehabcore.reports import Format


def add(parser: argparse.ArgumentParser, _: str) -> None:
    """Add the command below ``rules``."""
    what = "who is answered otherwise by another rule, or by another version of one"
    command = add_below(parser).add_parser("diff", help=what, description=what)
    command.add_argument("before", metavar="RULE", help=_RULE)
    command.add_argument("after", metavar="OTHER", nargs="?", help="the same if left out")
    command.add_argument("--jurisdiction", required=True, metavar="COUNTRY", help=COUNTRY)
    command.add_argument(
        "--earlier", metavar="COUNTRY", help="the country, or its version, that has the first rule"
    )
    add_on(command)
    command.add_argument(
        "--until",
        type=day,
        metavar="DAY",
        help="look for the first day before this one on which somebody is",
    )
    add_form(command, [*Format, "json"])
    command.set_defaults(run=_diff)


_RULE = "the id of a programme or service, or the name of a rule of the country"


def _diff(options: argparse.Namespace) -> None:
    result = casework.explain_difference(
        options.before,
        options.after or options.before,
        country=country(options.jurisdiction),
        on=options.on,
        until=options.until,
        earlier=None if options.earlier is None else country(options.earlier),
    )
    put(result, options)

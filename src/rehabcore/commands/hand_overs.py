"""The command ``hand-over``: everything that crosses to a recipient on a day."""

import argparse

from rehabcore import casework
from rehabcore.care.moves.recipients import Recipient, RecipientRole
from rehabcore.commands.files import case_of, country, plan_of, put
from rehabcore.commands.options import add_asked, add_known_at


def add(command: argparse.ArgumentParser, _: str) -> None:
    """Add the options of the command."""
    add_asked(command)
    add_known_at(command)
    command.add_argument("--to", required=True, metavar="OFFICE", help="who receives it")
    command.add_argument(
        "--role",
        required=True,
        choices=[role.value for role in RecipientRole],
        help="the work that it does with the person",
    )
    command.add_argument("--plan", metavar="FILE", help="a plan as JSON, whose open goals cross")
    command.set_defaults(run=_hand_over)


def _hand_over(options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    case = case_of(options, under)
    to = Recipient(office=options.to, role=RecipientRole(options.role))
    result = casework.hand_over(
        case, under, on=options.on, to=to, plan=plan_of(options, case), known_at=options.known_at
    )
    put(result, options)

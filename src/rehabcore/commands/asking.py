"""The commands that ask: ``match``, ``near``, ``timeline``, ``needs``, ``plan``, ``move``."""

import argparse
from collections.abc import Callable
from functools import partial

from rehabcore import casework, exchange
from rehabcore.care.moves import MoveRequest
from rehabcore.casework.results import PlanResult, Result
from rehabcore.commands.files import case_of, country, document_of, put
from rehabcore.commands.options import Commands, add_asked, add_known_at, day, term
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.strict.vocabulary import ProgramId

_Run = Callable[[argparse.Namespace], None]


def add(commands: Commands) -> None:
    """Add the commands."""
    _add(
        commands, "match", "what every programme answers to a person", partial(_ask, casework.match)
    )
    command = _add(commands, "near", "what would open each door that is closed", _near)
    command.add_argument(
        "--lead", type=term, metavar="TERM", help='how far ahead to look, such as "6 months"'
    )
    command = _add(commands, "timeline", "what a programme answers from day to day", _timeline)
    command.add_argument("--program", required=True, metavar="ID", help="a programme or service")
    command.add_argument("--until", type=day, metavar="DAY", help="the first day not asked about")
    _add(
        commands, "needs", "needs and risks, and what they call for", partial(_ask, casework.needs)
    )
    _add(commands, "plan", "draft an individual plan", partial(_ask, casework.plan))
    _add_move(commands)


def _add(commands: Commands, name: str, what: str, run: _Run) -> argparse.ArgumentParser:
    """Add a command that asks about a day, from what was on file by some day."""
    command = commands.add_parser(name, help=what)
    add_asked(command)
    add_known_at(command)
    command.set_defaults(run=run)
    return command


def _add_move(commands: Commands) -> None:
    command = commands.add_parser("move", help="move a person between settings, with a hand-over")
    add_asked(command)
    command.add_argument("--move", required=True, metavar="ID", help="the id of the move")
    command.add_argument("--to", required=True, metavar="OFFICE", help="who becomes accountable")
    command.add_argument("--source", required=True, metavar="OFFICE", help="who records the move")
    command.add_argument("--recorded-on", required=True, type=day, metavar="DAY")
    command.add_argument(
        "--record-prefix", required=True, metavar="TEXT", help="begins the ids of new records"
    )
    command.add_argument("--institution", default="", metavar="CODE")
    command.add_argument("--plan", metavar="FILE", help="a plan as JSON, whose steps go along")
    command.add_argument("--new-case", metavar="FILE", help="also write the new case file")
    command.set_defaults(run=_move)


def _ask(verb: Callable[..., Result], options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    case = case_of(options, under)
    put(verb(case, under, on=options.on, known_at=options.known_at), options)


def _near(options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    case = case_of(options, under)
    result = casework.near(case, under, on=options.on, known_at=options.known_at, lead=options.lead)
    put(result, options)


def _timeline(options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    within = Span(options.on, options.until or OPEN)
    case, program = case_of(options, under), ProgramId(options.program)
    put(casework.timeline(case, under, program, within=within, known_at=options.known_at), options)


def _move(options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    plan = None
    if options.plan is not None:
        plan = document_of(options.plan, PlanResult).plan
    request = MoveRequest(
        move_id=options.move,
        on=options.on,
        to_holder=options.to,
        source=options.source,
        recorded_on=options.recorded_on,
        record_prefix=options.record_prefix,
        institution=options.institution,
    )
    result = casework.move(case_of(options, under), plan, under, request)
    also = {options.new_case: exchange.write(result.case)} if options.new_case is not None else {}
    put(result, options, also)

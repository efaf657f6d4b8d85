"""The commands that ask about a person: from ``match`` to ``move``."""

import argparse
from collections.abc import Callable
from functools import partial

from rehabcore import casework, exchange
from rehabcore.care.moves.requests import MoveRequest
from rehabcore.casework.any_result import Result
from rehabcore.commands.files import case_of, country, plan_of, put
from rehabcore.commands.options import add_asked, add_filing, add_known_at, day, term
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.strict.vocabulary import ProgramId


def add(command: argparse.ArgumentParser, name: str) -> None:
    """Add the options of a command: those of a question about a day, and its own."""
    add_asked(command)
    if name != "move":
        add_known_at(command)
    command.set_defaults(run=_RUNS.get(name, partial(_ask, name)))
    if name == "near":
        command.add_argument(
            "--lead", type=term, metavar="TERM", help='how far ahead to look, such as "6 months"'
        )
    elif name == "timeline":
        command.add_argument(
            "--program", required=True, metavar="ID", help="a programme or service"
        )
        command.add_argument(
            "--until", type=day, metavar="DAY", help="the first day not asked about"
        )
    elif name == "move":
        _add_move(command)


def _add_move(command: argparse.ArgumentParser) -> None:
    command.add_argument("--move", required=True, metavar="ID", help="the id of the move")
    command.add_argument(
        "--to", required=True, metavar="OFFICE", help="the office to which the person goes"
    )
    add_filing(command)
    command.add_argument(
        "--record-prefix",
        required=True,
        metavar="TEXT",
        help="begins the ids of new records; another one for each move",
    )
    command.add_argument(
        "--happened", action="store_true", help="the person has moved: record it, allowed or not"
    )
    command.add_argument(
        "--reason", metavar="CODE", help="why the person moved, a code of the country"
    )
    command.add_argument(
        "--transition",
        metavar="ID",
        help="the record id of the transition by which the person moves",
    )
    command.add_argument(
        "--institution", default="", metavar="CODE", help="the house that the person enters"
    )
    command.add_argument("--plan", metavar="FILE", help="a plan as JSON, whose open goals go along")
    command.add_argument("--new-case", metavar="FILE", help="also write the new case file")


def _ask(verb: str, options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    case = case_of(options, under)
    ask: Callable[..., Result] = getattr(casework, verb)
    put(ask(case, under, on=options.on, known_at=options.known_at), options)


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
    case = case_of(options, under)
    request = MoveRequest(
        move_id=options.move,
        on=options.on,
        to_holder=options.to,
        source=options.source,
        recorded_on=options.recorded_on,
        record_prefix=options.record_prefix,
        institution=options.institution,
        transition=options.transition,
        reason=options.reason,
    )
    move = casework.record_move if options.happened else casework.request_move
    result = move(case, under, request, plan=plan_of(options, case))
    also = {options.new_case: exchange.write(result.case)} if options.new_case is not None else {}
    put(result, options, also)


_RUNS = {
    "near": _near,
    "timeline": _timeline,
    "move": _move,
    "moves": partial(_ask, "possible_moves"),
    "release-plan": partial(_ask, "release_plan"),
}
"""The commands that pass on more than the case, the country and the days, or have another name."""

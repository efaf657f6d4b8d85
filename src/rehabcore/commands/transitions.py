"""The commands ``transition …``: each files one record, and writes the case file that has it."""

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

from rehabcore import casework, exchange
from rehabcore.casework.transitions import STEPS
from rehabcore.commands.files import case_of, country, put_text
from rehabcore.commands.options import add_below, add_case, add_on, add_record, day
from rehabcore.records import CaseFile, Filed
from rehabcore.strict.vocabulary import TransitionEvent

_COMMANDS = {
    "identify": ("open a transition: the person will move", "move!", "planned-for"),
    "refer": ("ask an office to take over", "transition!", "office!", "answer-by", "by"),
    "accept": ("the office takes over", "transition!", "office!", "appointment", "by"),
    "decline": ("the office does not take over", "transition!", "office!", "reason!", "by"),
    "escalate": ("tell somebody above", "transition!", "office", "reason", "by"),
    "advance": (
        "a step that no office answers",
        *("transition!", "event!", "office", "appointment", "reason", "by"),
    ),
}
"""The purpose of each command, and its options; those with an exclamation mark are required."""

_OPTIONS: dict[str, dict[str, Any]] = {
    "move": {"metavar": "ID", "help": "the id of the move"},
    "planned-for": {"type": day, "metavar": "DAY", "help": "when the person is to move"},
    "transition": {"metavar": "ID", "help": "the record id of the transition"},
    "event": {"choices": [event.value for event in STEPS], "help": "the step"},
    "office": {"metavar": "OFFICE", "help": "the office that is asked, answers or is named"},
    "answer-by": {"type": day, "metavar": "DAY", "help": "the last day for an answer"},
    "appointment": {"type": day, "metavar": "DAY", "help": "when the office expects the person"},
    "reason": {"metavar": "CODE", "help": "why, a code of the country"},
    "by": {"metavar": "STAFF", "help": "who did it"},
}


def add(parser: argparse.ArgumentParser, _: str) -> None:
    """Add the commands below ``transition``."""
    below = add_below(parser)
    for name, (what, *names) in _COMMANDS.items():
        command = below.add_parser(name, help=what, description=what)
        add_case(command)
        add_on(command)
        for option in names:
            plain = option.removesuffix("!")
            command.add_argument(f"--{plain}", required=plain != option, **_OPTIONS[plain])
        add_record(command)
        taken = [option.removesuffix("!").replace("-", "_") for option in names]
        command.set_defaults(run=partial(_file, getattr(casework, name), taken))


def _file(verb: Callable[..., CaseFile], taken: list[str], options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    case = case_of(options, under)
    said = {name: value for name in taken if (value := getattr(options, name)) is not None}
    if "event" in said:
        said["event"] = TransitionEvent(said["event"])
    filed = Filed(
        record_id=options.record_id, recorded_on=options.recorded_on, source=options.source
    )
    after = verb(case, under, on=options.on, filed=filed, strict=options.strict, **said)
    put_text(exchange.write(after), options)

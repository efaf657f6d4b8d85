"""Commands by name, each of which is made ready when it is chosen.

The rooms that answer take longer to import than most answers take, so nothing is imported for a
list of commands, and for a command only what it needs.
"""

import argparse
from importlib import import_module

TYPE_CHECKING = False  # type checkers read it as true; the module `typing` is slow to import

if TYPE_CHECKING:
    from typing import Any

COMMANDS = {
    "a first look": {
        "tour": ("tour", "the main job on a bundled case"),
    },
    "programmes and needs of a person": {
        "match": ("asking", "what every programme answers to a person"),
        "near": ("asking", "what would open each door that is closed"),
        "timeline": ("asking", "what a programme answers from day to day"),
        "needs": ("asking", "needs and risks, and what they call for"),
        "plan": ("plans", "draft an individual plan; show, check, answer, sign its book"),
    },
    "from one office to another": {
        "moves": ("asking", "where transitions stand, who is accountable, what may follow"),
        "move": ("asking", "move a person between settings, with what goes along"),
        "transition": ("transitions", "open one, ask an office, file its answer, carry it on"),
        "hand-over": ("hand_overs", "everything that is open, as its recipient may see it"),
        "continuity": ("asking", "where care is interrupted, and who goes on with it"),
        "pathways": ("asking", "where each pathway of resettlement stands, and what came before"),
        "release-plan": ("asking", "what is to be done around a release, and by when"),
    },
    "communities and measures instead of prison": {
        "community": ("communities", "who has a place in a community, and what is amiss"),
        "residency": ("communities", "where the stays of a person stand, and what is next"),
        "request-stay": ("requests", "do something in a stay, if the community allows it"),
        "diversion": ("asking", "where measures instead of prison stand"),
        "request-diversion": ("requests", "do something in a diversion, if it is allowed"),
    },
    "many people": {
        "caseload": ("caseloads", "what every programme answers to many people"),
    },
    "decisions": {
        "decide": ("decisions", "keep what a person decided about an entry"),
        "replay": ("decisions", "judge again what was decided on"),
        "compare": ("decisions", "what differs between a decision and today"),
    },
    "instruments and countries": {
        "score": ("scores", "score a form with an instrument"),
        "instruments": ("instruments", "list, show or check instruments"),
        "jurisdictions": ("countries", "list, show or check countries"),
        "rules": ("rules", "who is answered otherwise by another rule or version"),
    },
}
"""Each command by what it is about, with the module that knows its options, and what it does."""


class Command(argparse.ArgumentParser):
    """The parser of a command, whose options are added when it is chosen."""

    def __init__(self, *, named: str, module: str, **rest: "Any") -> None:
        """Make it without options; ``named`` is the command, and ``module`` adds its options."""
        super().__init__(**rest)
        self._missing = [(named, module)]
        self.below: dict[str, argparse.ArgumentParser] = {}

    def complete(self) -> "Command":
        """The parser with all its options."""
        while self._missing:
            name, module = self._missing.pop()
            import_module(f"rehabcore.commands.{module}").add(self, name)
        return self

    def parse_known_args(
        self, args: "Any" = None, namespace: "Any" = None
    ) -> "tuple[Any, list[str]]":
        """Parse what follows the command; a word of ``below`` leads to a command of its own."""
        self.complete()
        if args and args[0] in self.below:
            return self.below[args[0]].parse_known_args(args[1:], namespace)
        return super().parse_known_args(args, namespace)


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add every command, and list them by what they are about."""
    below = parser.add_subparsers(
        required=True, metavar="COMMAND", parser_class=Command, help=argparse.SUPPRESS
    )
    for commands in COMMANDS.values():
        for name, (module, what) in commands.items():
            below.add_parser(name, description=what, named=name, module=module)
    listed = ("\n".join(_listed(about)) for about in COMMANDS)
    parser.description = "\n\n".join([str(parser.description), *listed])
    parser.usage = "%(prog)s [-h] [--version] COMMAND ..."
    parser.formatter_class = argparse.RawDescriptionHelpFormatter


def _listed(about: str) -> list[str]:
    """The commands about something, a line each, below it."""
    width = max(len(name) for commands in COMMANDS.values() for name in commands)
    lines = (f"  {name:<{width}}  {what}" for name, (_, what) in COMMANDS[about].items())
    return [f"{about}:", *lines]

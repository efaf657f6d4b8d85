"""The reference of the command line tells every command, option and exit code."""

import argparse
from collections import defaultdict
from collections.abc import Iterator

from rehabcore import __main__ as command_line
from rehabcore.commands.chosen import Command
from tests.kit.pages import page, rows

PAGE = page("reference/command-line.md")


Parser = argparse.ArgumentParser


def _commands(parser: Parser, name: str = "") -> Iterator[tuple[str, Parser]]:
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not below:
        yield name, parser
    if isinstance(parser, Command):
        yield from ((f"{name} {word}", one) for word, one in parser.below.items())
    for action in below:
        for word, one in action.choices.items():
            yield from _commands(_complete(one), f"{name} {word}".strip())


def _complete(parser: Parser) -> Parser:
    """The options of a command are added when it is chosen."""
    return parser.complete() if isinstance(parser, Command) else parser


COMMANDS = dict(_commands(command_line._parser()))


def test_every_command_is_told_in_its_order() -> None:
    assert [name for (name,) in rows(r"^\| `([a-z][a-z -]*)` \|", PAGE)] == list(COMMANDS)


def test_every_option_is_told_with_its_commands_and_whether_it_is_required() -> None:
    taking: dict[str, list[str]] = defaultdict(list)
    needed: dict[str, set[bool]] = defaultdict(set)
    for name, parser in COMMANDS.items():
        for action in parser._actions:
            if action.option_strings and "--help" not in action.option_strings:
                taking[action.option_strings[0]].append(name)
                needed[action.option_strings[0]].add(action.required)
    told = dict(rows(r"^\| `(--[a-z-]+).*?` \| (.*?) \|", PAGE))
    assert {option: names.split(", ") for option, names in told.items()} == taking
    required = {option for (option,) in rows(r"^\| `(--[a-z-]+).*?` \| .*? \| required", PAGE)}
    assert required == {option for option, ways in needed.items() if ways == {True}}


def test_every_exit_code_is_told() -> None:
    assert [int(code) for (code,) in rows(r"^\| (\d) \|", PAGE)] == [
        command_line.DONE,
        command_line.MISUSED,
        command_line.BAD_INPUT,
        command_line.BAD_COUNTRY,
        command_line.NOT_ALLOWED,
        command_line.NO_FILE,
    ]

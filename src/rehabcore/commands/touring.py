"""The command ``tour``: the main job on a bundled case, told on the terminal and as a page."""

import argparse
import sys

from rehabcore.commands.files import write_files
from rehabcore.commands.options import Commands, add_language
from rehabcore.commands.tour import tour
from rehabcore.reports import Format, explain_all
from rehabcore.reports.wording import Wording
from rehabcore.strict.problems import one_line


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("tour", help="the main job on a bundled case")
    command.add_argument("--html", metavar="FILE", help="also write a page to open")
    add_language(command)
    command.set_defaults(run=_tour)


def _tour(options: argparse.Namespace) -> None:
    results = list(tour().values())
    wording = Wording(options.language)
    captions = [wording.say(f"tour.{name}") for name in tour()]
    if options.html is not None:
        page = explain_all(results, language=options.language, form=Format.HTML, captions=captions)
        write_files({options.html: page})
    told = explain_all(results, language=options.language, brief=True, captions=captions)
    sys.stdout.write(told)
    if options.html is not None:
        sys.stdout.write(
            f"\nThe same with every proof, as a page to open: {one_line(options.html)}\n"
        )

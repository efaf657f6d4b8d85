"""The command ``tour``: the main job on a bundled case, told on the terminal and as a page."""

import argparse
import sys

import attrs

from rehabcore.commands.files import write_files
from rehabcore.commands.options import Commands, add_language
from rehabcore.commands.tour import Tour, tour
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
    story, language = tour(), options.language
    names = [field.name for field in attrs.fields(Tour)]
    captions = [Wording(language).say(f"tour.{name}") for name in names]

    def told(form: Format) -> str:
        return explain_all(
            [getattr(story, name) for name in names],
            country=story.offers.grounds,
            language=language,
            form=form,
            captions=captions,
        )

    if options.html is not None:
        write_files({options.html: told(Format.HTML)})
    sys.stdout.write(told(Format.TEXT))
    if options.html is not None:
        sys.stdout.write(
            f"\nThe same with every proof, as a page to open: {one_line(options.html)}\n"
        )

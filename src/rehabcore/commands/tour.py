"""The command ``tour``: the main job on a bundled case, as one story, on the terminal or as a page.

What is open, what a rule asks, what would open. The person, the country and its law are invented.
"""

import argparse
import sys
from datetime import date

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.results import Grounds
from rehabcore.commands.files import write_files
from rehabcore.commands.options import add_language
from rehabcore.records import CaseFile
from rehabcore.reports import Explained, Format, explain_all
from rehabcore.reports.wording import Wording
from rehabcore.strict.problems import one_line

_ON = date(2026, 2, 16)


def add(command: argparse.ArgumentParser, _: str) -> None:
    """Add the options of the command."""
    command.add_argument("--html", metavar="FILE", help="also write a page to open")
    add_language(command)
    command.set_defaults(run=_tour)


def _tour(options: argparse.Namespace) -> None:
    (grounds, story), language = _story(), options.language
    captions = [Wording(language).say(f"tour.{name}") for name in story]

    def told(form: Format) -> str:
        return explain_all(
            [*story.values()],
            country=grounds,
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


def _story() -> tuple[Grounds, dict[str, Explained]]:
    """The parts by the names of their captions, and what they all stand on.

    What all programmes answer; the first that cannot answer yet; one that is closed, with the way
    to it; and the plan that follows.
    """
    country = jurisdictions.load("xx")
    case = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
    offers = casework.match(case, country, on=_ON, known_at=_ON)
    near = casework.near(case, country, on=_ON, known_at=_ON)
    return offers.grounds, {
        "offers": offers,
        "program": offers.grounds.program(offers.unknown[0].program_id),
        "near": near.reachable[-1],
        "plan": casework.plan(case, country, on=_ON, known_at=_ON),
    }

"""The commands ``decide``, ``replay`` and ``compare``: decisions kept, judged again, compared."""

import argparse

from rehabcore import casework
from rehabcore.casework.decisions import Decision, Override
from rehabcore.commands.files import case_of, country, document_of, put
from rehabcore.commands.options import add_asked, add_case, add_form, add_known_at, day
from rehabcore.reports import Format
from rehabcore.rules.data.plain import plain_forms
from rehabcore.strict.structure import Codec
from rehabcore.strict.vocabulary import DecisionOutcome

_OVERRIDE = ("reason", "authority", "expires")


def add(command: argparse.ArgumentParser, name: str) -> None:
    """Add the options of a command."""
    if name == "decide":
        _add_decide(command)
        return
    command.add_argument("decision", metavar="DECISION", help=_DECISION)
    if name == "replay":
        add_form(command, [*Format, "json"])
        command.set_defaults(run=_replay)
    else:
        add_case(command)
        add_known_at(command)
        add_form(command, Format)
        command.set_defaults(run=_compare)


def _add_decide(command: argparse.ArgumentParser) -> None:
    add_asked(command)
    add_known_at(command)
    command.add_argument("--program", required=True, metavar="ID", help="what would be entered")
    command.add_argument("--decided-by", required=True, metavar="STAFF", help="who decided")
    command.add_argument(
        "--decided-on", required=True, type=day, metavar="DAY", help="when they decided"
    )
    command.add_argument(
        "--outcome", required=True, choices=[outcome.value for outcome in DecisionOutcome]
    )
    command.add_argument("--why", default="", metavar="TEXT", help="in their own words")
    command.add_argument("--review-on", type=day, metavar="DAY", help="when it is looked at again")
    command.add_argument("--override-reason", metavar="CODE", help="why it contradicts the answer")
    command.add_argument("--override-authority", metavar="ROLE", help="or a citation")
    command.add_argument("--override-expires", metavar="DAY", help="or open")
    command.set_defaults(run=_decide, format="json")


_DECISION = "a decision as JSON, or - for standard input"


def _decide(options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    if options.known_at is None:
        options.known_at = options.decided_on
    decision = casework.decide(
        case_of(options, under),
        under,
        options.program,
        on=options.on,
        known_at=options.known_at,
        decided_by=options.decided_by,
        decided_on=options.decided_on,
        outcome=DecisionOutcome(options.outcome),
        why=options.why,
        review_on=options.review_on,
        override=_override(options),
    )
    put(decision, options)


def _override(options: argparse.Namespace) -> Override | None:
    """The override, if any of its options is given; then all are needed."""
    given = {name: getattr(options, f"override_{name}") for name in _OVERRIDE}
    said = {name: value for name, value in given.items() if value is not None}
    return Codec(plain_forms()).read(said, Override, path="override") if said else None


def _replay(options: argparse.Namespace) -> None:
    put(document_of(options.decision, Decision), options)


def _compare(options: argparse.Namespace) -> None:
    under, decision = country(options.jurisdiction), document_of(options.decision, Decision)
    case = case_of(options, under)
    put(casework.compare(decision, case, under, known_at=options.known_at), options)

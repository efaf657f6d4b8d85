"""The command ``plan``: it drafts a plan of a case, or works with the book of one.

``plan CASE`` drafts. Before another word it shows, checks or reviews a book, or does something in
it and writes the book that has one entry more.
"""

import argparse
import json
from collections.abc import Callable

from attrs import asdict

from rehabcore import casework, exchange
from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.differences import difference_to_plain
from rehabcore.care.plans.versions import PlanHistory, PlanVersion, plan_history
from rehabcore.commands.asking import add as add_question
from rehabcore.commands.chosen import Command
from rehabcore.commands.files import bytes_of, case_of, country, document_of, put_text
from rehabcore.commands.options import add_case, add_on, add_output
from rehabcore.commands.plan_acts import ACTS, add_act, add_book, add_book_only, newest_version
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.reports import Format, explain, explain_all
from rehabcore.reports.plan_pages import PageReader, first_language, plan_page
from rehabcore.rules.time.partial import LATEST_DAY
from rehabcore.strict.problems import InputError, one_of, refuse


def add(parser: argparse.ArgumentParser, name: str) -> None:
    """Add the options of ``plan CASE``, and the commands that may stand in the place of a case."""
    add_question(parser, name)
    words = (f"  {word:<9}  {what}" for word, (what, _) in _COMMANDS.items())
    parser.epilog = "\n".join(["in the place of CASE, with options of its own (--help):", *words])
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    below = parser.below if isinstance(parser, Command) else {}
    for word, (what, prepare) in _COMMANDS.items():
        below[word] = command = argparse.ArgumentParser(
            prog=f"{parser.prog} {word}", description=what
        )
        prepare(command)


def _add_open(command: argparse.ArgumentParser) -> None:
    add_case(command)
    add_on(command)
    command.add_argument("--plan-id", required=True, metavar="ID", help="the id of the new plan")
    add_act(command)
    command.set_defaults(run=_open)


def _add_show(command: argparse.ArgumentParser) -> None:
    add_book(command)
    add_on(command)
    command.add_argument(
        "--reader",
        choices=[reader.value for reader in PageReader],
        default=PageReader.OFFICER.value,
        help="for whom the page is",
    )
    command.add_argument("--format", choices=[*Format, "json"], default="text")
    _add_own_language(command)
    add_output(command)
    command.set_defaults(run=_show)


def _add_checked(command: argparse.ArgumentParser, run: Callable[..., None]) -> None:
    add_book_only(command)
    add_case(command)
    add_on(command)
    _add_told(command)
    command.set_defaults(run=run)


def _add_review(command: argparse.ArgumentParser) -> None:
    _add_checked(command, _review)
    command.add_argument(
        "--new-content", metavar="FILE", help="also write what is proposed (plan_content/1)"
    )


def _add_diff(command: argparse.ArgumentParser) -> None:
    add_book(command)
    for name, which in (("before", "the earlier version"), ("after", "the later version")):
        command.add_argument(f"--{name}", type=int, required=True, metavar="NUMBER", help=which)
    _add_told(command)
    command.set_defaults(run=_diff)


def _add_told(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=["text", "json"], default="text")
    add_output(command)
    _add_own_language(command)


def _add_own_language(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--language", metavar="CODE", help="left out, the first language of the country"
    )


_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "open": ("draft a plan, and open its book", _add_open),
    "show": ("the page of a plan for the person, or for the officer", _add_show),
    "check": ("hold a plan against the laws of plans", lambda c: _add_checked(c, _check)),
    "review": ("what a plan drafted today would change", _add_review),
    "diff": ("what differs between two versions", _add_diff),
    **ACTS,
}
"""Each command below ``plan``: what it does, and what adds its options."""


def _open(options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    case = case_of(options, under)
    content = casework.plan(case, under, on=options.on, strict=options.strict).content
    book = casework.open_plan(options.plan_id, case.case_id, content, on=options.on, by=options.by)
    put_text(exchange.write(book), options)


def _show(options: argparse.Namespace) -> None:
    book = document_of(options.book, PlanBook)
    version = newest_version(plan_history(book, on=options.on))
    if options.format == "json":
        put_text(exchange.write(version.content), options)
        return
    page = plan_page(
        version,
        country=country(options.jurisdiction),
        reader=PageReader(options.reader),
        on=options.on,
        language=options.language,
        form=Format(options.format),
    )
    put_text(page, options)


def _check(options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    try:
        told = exchange.read_plan(bytes_of(options.book))
    except InputError as error:
        raise error.each(lambda problem: problem.in_file(options.book)) from None
    case = case_of(options, under)
    found = (*told.findings, *casework.check_plan(told.plan, case, under, on=options.on))
    if options.format == "json":
        put_text(_json([asdict(one) for one in found]), options)
        return
    words = explain_all(found, country=under, language=_language(under, options))
    put_text(words if found else "No law is broken.\n", options)


def _review(options: argparse.Namespace) -> None:
    under, book = country(options.jurisdiction), document_of(options.book, PlanBook)
    case = case_of(options, under)
    found = casework.review_plan(book, case, under, on=options.on, strict=options.strict)
    new = options.new_content
    also = {} if new is None else {new: exchange.write(found.content)}
    if options.format == "json":
        lowered = [{"kind": one.kind.value, "id": one.id} for one in found.lowered]
        told = {"version": found.version, "expects": found.expects, "lowered": lowered}
        put_text(_json(told | difference_to_plain(found.difference)), options, also)
        return
    put_text(explain(found, country=under, language=_language(under, options)), options, also)


def _diff(options: argparse.Namespace) -> None:
    under, book = country(options.jurisdiction), document_of(options.book, PlanBook)
    history = plan_history(book, on=LATEST_DAY)
    a, b = (_numbered(history, getattr(options, name), name) for name in ("before", "after"))
    found = casework.diff(a.content, b.content)
    if options.format == "json":
        put_text(_json(difference_to_plain(found)), options)
        return
    put_text(explain(found, country=under, language=_language(under, options)), options)


def _language(under: Jurisdiction, options: argparse.Namespace) -> str:
    return options.language or first_language(under)


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _numbered(history: PlanHistory, number: int, path: str) -> PlanVersion:
    found = history.version(number)
    if found is None:
        known = [str(version.number) for version in history.versions]
        refuse(number, "dangling_id", one_of(known, str(number)), path=path)
    return found

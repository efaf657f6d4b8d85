"""The commands ``plan …`` that do something in the book of a plan, and write the book that has it.

What is refused changes nothing. With ``--output``, standard output tells where the plan stands
then; else it has the book alone.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from rehabcore import casework, exchange
from rehabcore.care.plans.book import PlanAnswer, PlanBook, PlanLifeEvent, PlanType, SignatureEvent
from rehabcore.care.plans.edits import DeferPart, PlanEdit, RemovePart, ReopenPart
from rehabcore.care.plans.hashes import CONTENT_CODEC, hash_of_content
from rehabcore.care.plans.requests import contents_told
from rehabcore.care.plans.schedules.courses import CourseTimes, ScheduledPlan
from rehabcore.care.plans.versions import PlanHistory, PlanVersion, plan_history
from rehabcore.commands.files import bytes_of, case_of, country, document_of, put_text
from rehabcore.commands.options import COUNTRY, add_case, add_language, add_on, add_output, day
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import PlanContent
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.plan_versions import told_session, told_version
from rehabcore.reports.wording import Wording
from rehabcore.rules.time.partial import LATEST_DAY
from rehabcore.strict.documents import parse_json
from rehabcore.strict.problems import InputError, one_of, refuse
from rehabcore.strict.structure import Codec
from rehabcore.strict.vocabulary import StaffId

SHORTEST_HASH = 8
"""The fewest digits of a hash that name a content."""


def add_book(command: argparse.ArgumentParser) -> None:
    """Add the options for the book of a plan, and for the country."""
    add_book_only(command)
    command.add_argument("--jurisdiction", required=True, metavar="COUNTRY", help=COUNTRY)


def add_book_only(command: argparse.ArgumentParser) -> None:
    """Add the option for the book of a plan."""
    command.add_argument(
        "book", metavar="BOOK", help="the book of a plan, a JSON file or - for standard input"
    )


def add_act(command: argparse.ArgumentParser) -> None:
    """Add the options for who does it, the book that is written, and the language."""
    command.add_argument("--by", required=True, type=StaffId, metavar="STAFF", help="who does it")
    add_output(command)
    add_language(command)


def newest_version(history: PlanHistory) -> PlanVersion:
    """The newest version.

    Raises:
        InputError: there was none yet.
    """
    if history.newest is None:
        refuse(history.on, "out_of_range", "a day on which the plan was there", path="on")
    return history.newest


def _add_answer(command: argparse.ArgumentParser) -> None:
    add_book(command)
    add_on(command)
    command.add_argument(
        "--answer", required=True, choices=[one.value for one in PlanAnswer], help="what they say"
    )
    _add_reason(command)
    _do(command, _answered)


def _add_sign(command: argparse.ArgumentParser) -> None:
    add_book(command)
    add_on(command)
    command.add_argument(
        "--event",
        required=True,
        choices=[one.value for one in SignatureEvent],
        help="what was done, such as signed",
    )
    command.add_argument("--role", required=True, metavar="ROLE", help="the role of who signs")
    _add_reason(command)
    _add_hash(command)
    _do(command, _signed)


def _add_copy(command: argparse.ArgumentParser) -> None:
    add_book(command)
    add_on(command)
    command.add_argument(
        "--copy-language",
        required=True,
        metavar="CODE",
        help="the language of the copy, one that the country knows",
    )
    _add_hash(command)
    _do(command, _copied)


def _add_turn(command: argparse.ArgumentParser) -> None:
    add_book(command)
    add_on(command)
    events = [one.value for one in PlanLifeEvent]
    command.add_argument("--event", required=True, choices=events, help="the turn in its life")
    command.add_argument("--to-office", default="", metavar="OFFICE", help="who takes it over")
    _add_reason(command)
    _do(command, _turned)


def _add_amend(command: argparse.ArgumentParser) -> None:
    add_book(command)
    add_on(command)
    _add_hash(command, required=True)
    command.add_argument(
        "--content", metavar="FILE", help="all that the plan says after it (plan_content/1)"
    )
    for option, kind, what in (
        ("--remove", RemovePart, "take a goal, step or item away"),
        ("--reopen", ReopenPart, "open again what was taken away"),
        ("--defer", DeferPart, "leave a goal, step or item for a later day; --reason says why"),
    ):
        words = ("PART", "ID", "DAY") if kind is DeferPart else ("PART", "ID")
        command.add_argument(
            option, action=_Edit, const=kind, nargs=len(words), metavar=words, help=what
        )
    occasions = [one.value for one in PlanType]
    command.add_argument(
        "--occasion",
        choices=occasions,
        default=PlanType.REVIEW.value,
        help="the occasion, if it opens a version",
    )
    _add_reason(command)
    command.set_defaults(edits=())
    _do(command, _amended)


class _Edit(argparse.Action):
    """An option for an edit: all of them are kept, in the order in which they are given."""

    def __call__(
        self, _: argparse.ArgumentParser, options: argparse.Namespace, told: Any, *__: Any
    ) -> None:
        options.edits = (*options.edits, (self.const, tuple(told)))


def _add_schedule(command: argparse.ArgumentParser) -> None:
    add_book_only(command)
    add_case(command)
    add_on(command)
    command.add_argument(
        "--courses", metavar="FILE", help="a JSON list of what is wanted of each item"
    )
    command.add_argument(
        "--holiday",
        action="append",
        default=[],
        type=day,
        metavar="DAY",
        help="a day on which no provider is there; may be given more than once",
    )
    _add_reason(command)
    add_act(command)
    command.set_defaults(run=_schedule)


def _add_withdraw(command: argparse.ArgumentParser) -> None:
    add_book_only(command)
    add_case(command)
    add_on(command)
    _do(command, _withdrawn)


def _add_take_over(command: argparse.ArgumentParser) -> None:
    add_book(command)
    add_on(command)
    _do(command, _taken_over)


def _add_reason(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reason", default="", metavar="TEXT", help="why")


def _add_hash(command: argparse.ArgumentParser, *, required: bool = False) -> None:
    command.add_argument(
        "--hash",
        required=required,
        metavar="HASH",
        help=f"the hash of the content that was read, or its first {SHORTEST_HASH} digits or more",
    )


_Deed = Callable[[PlanBook, Jurisdiction, argparse.Namespace, dict[str, Any]], PlanBook]
"""A deed in a book: the book, the country, the options, and when it is done and by whom."""


def _do(command: argparse.ArgumentParser, act: _Deed) -> None:
    add_act(command)
    command.set_defaults(run=partial(_run, act))


ACTS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "amend": ("edit the newest version, or open the next where that one stands", _add_amend),
    "schedule": ("give the sessions their days, and tell what has none", _add_schedule),
    "answer": ("file what the person says of the plan", _add_answer),
    "sign": ("file a signature, or a refusal to sign", _add_sign),
    "copy": ("file that the person got a copy", _add_copy),
    "turn": ("propose, activate, complete, transfer or end a version", _add_turn),
    "withdraw": ("take out what rests on a consent that was withdrawn", _add_withdraw),
    "take-over": ("open the version of the office to which it was transferred", _add_take_over),
}
"""Each command that does something in a book: what it does, and what adds its options."""


def _run(act: _Deed, options: argparse.Namespace) -> None:
    under, book = country(options.jurisdiction), document_of(options.book, PlanBook)
    _put(act(book, under, options, _noted(options)), under, options)


def _noted(options: argparse.Namespace) -> dict[str, Any]:
    return {"on": options.on, "by": options.by}


def _put(book: PlanBook, under: Jurisdiction, options: argparse.Namespace, *more: str) -> None:
    """Write the book; if it goes into a file, tell where the plan stands, and more."""
    put_text(exchange.write(book), options)
    if options.output is not None:
        phrasing = Phrasing(Wording(options.language), under)
        stands = told_version(newest_version(plan_history(book, on=LATEST_DAY)), phrasing)
        sys.stdout.writelines(f"{line}\n" for line in (stands, *more))


def _answered(
    book: PlanBook, under: Jurisdiction, options: argparse.Namespace, noted: dict[str, Any]
) -> PlanBook:
    said = PlanAnswer(options.answer)
    return casework.answer(book, under, said, reason=options.reason, **noted)


def _signed(
    book: PlanBook, under: Jurisdiction, options: argparse.Namespace, noted: dict[str, Any]
) -> PlanBook:
    event, expects = SignatureEvent(options.event), _read_hash(book, options)
    return casework.sign(
        book, under, event, expects=expects, role=options.role, reason=options.reason, **noted
    )


def _copied(
    book: PlanBook, under: Jurisdiction, options: argparse.Namespace, noted: dict[str, Any]
) -> PlanBook:
    expects, language = _read_hash(book, options), options.copy_language
    return casework.copy_given(book, under, expects=expects, language=language, **noted)


def _turned(
    book: PlanBook, under: Jurisdiction, options: argparse.Namespace, noted: dict[str, Any]
) -> PlanBook:
    event = PlanLifeEvent(options.event)
    return casework.turn_plan(
        book, under, event, reason=options.reason, to_office=options.to_office, **noted
    )


def _amended(
    book: PlanBook, under: Jurisdiction, options: argparse.Namespace, noted: dict[str, Any]
) -> PlanBook:
    edits = tuple(_edits(options))
    if (options.content is None) is not bool(edits):
        refuse(None, "one_of_two", "--content, or edits with --remove, --reopen and --defer")
    change = edits or document_of(options.content, PlanContent)
    return casework.amend(
        book,
        under,
        change,
        expects=_read_hash(book, options),
        why=options.reason,
        occasion=PlanType(options.occasion),
        **noted,
    )


def _edits(options: argparse.Namespace) -> Iterator[PlanEdit]:
    """The edits that the options name, in their order."""
    for kind, (part, part_id, *until) in options.edits:
        if part not in _PARTS:
            refuse(part, "unknown_value", one_of(_PARTS, part), path="PART")
        told: dict[str, Any] = {part: part_id}
        if kind is DeferPart:
            told |= {"until": Codec().read(until[0], date, path="DAY"), "reason": options.reason}
        yield kind(**told)


_PARTS = ("goal", "step", "item")


def _withdrawn(
    book: PlanBook, under: Jurisdiction, options: argparse.Namespace, noted: dict[str, Any]
) -> PlanBook:
    return casework.withdraw(book, case_of(options, under), under, **noted)


def _taken_over(
    book: PlanBook, _: Jurisdiction, __: argparse.Namespace, noted: dict[str, Any]
) -> PlanBook:
    return casework.take_over(book, **noted)


def _schedule(options: argparse.Namespace) -> None:
    """Schedule the newest version, and amend the plan with it."""
    under, book = country(options.jurisdiction), document_of(options.book, PlanBook)
    case, courses = case_of(options, under), _courses(options)
    holidays = frozenset(options.holiday)
    found: ScheduledPlan = casework.schedule(
        book, case, under, courses, holidays=holidays, on=options.on
    )
    before = newest_version(plan_history(book, on=LATEST_DAY))
    if found.content != before.content:
        expects, why = before.content_hash, options.reason
        book = casework.amend(
            book, under, found.content, expects=expects, why=why, **_noted(options)
        )
    phrasing = Phrasing(Wording(options.language), under)
    told = (told_session(one, found.content, phrasing) for one in found.fallen_out)
    _put(book, under, options, *told)


def _courses(options: argparse.Namespace) -> tuple[CourseTimes, ...]:
    """The wishes for the times of items; nothing if no file says them."""
    if options.courses is None:
        return ()
    try:
        plain = parse_json(bytes_of(options.courses))
        return CONTENT_CODEC.read(plain, tuple[CourseTimes, ...], path="courses")
    except InputError as error:
        raise error.each(lambda problem: problem.in_file(options.courses)) from None


def _read_hash(book: PlanBook, options: argparse.Namespace) -> str:
    """The hash of the content that was read: that of the newest version, unless one is named."""
    if options.hash is None:
        return newest_version(plan_history(book, on=LATEST_DAY)).content_hash
    known = {hash_of_content(content) for content in contents_told(book)}
    meant = [one for one in known if one.startswith(options.hash)]
    if len(options.hash) < SHORTEST_HASH or len(meant) != 1:
        expected = f"the hash of one content of the plan, or its first {SHORTEST_HASH} digits"
        refuse(options.hash, "dangling_id", expected, path="hash")
    return meant[0]

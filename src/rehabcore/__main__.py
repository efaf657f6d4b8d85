"""The command line: JSON in; text, Markdown, HTML or JSON out.

Exit codes: 0 done; 2 the command was called wrongly; 3 the input is bad; 4 the country data is
bad; 5 the move is not allowed; 6 a file cannot be read or written. Nothing is partly written.
"""

import argparse
import errno
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import attrs
from attrs import evolve

from rehabcore import casework, codec, jurisdictions
from rehabcore.documents import LARGEST_INPUT
from rehabcore.errors import InputError, JurisdictionError
from rehabcore.explain import LANGUAGES, Format, explain, explain_all, explain_refusal
from rehabcore.explain.wording import Wording
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile, Glossary
from rehabcore.records.glossary import codes
from rehabcore.results import PlanResult, Result
from rehabcore.structure import Codec
from rehabcore.throughcare import MoveRequest, TransitionNotAllowed
from rehabcore.tour import tour
from rehabcore.version import __version__

DONE, MISUSED, BAD_INPUT, BAD_COUNTRY, NOT_ALLOWED, NO_FILE = 0, 2, 3, 4, 5, 6
_BUNDLED = "bundled:"
T = TypeVar("T", CaseFile, PlanResult)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what goes wrong is told on standard error."""
    options = _parser().parse_args(arguments)
    if getattr(options, "new_case", None) and options.new_case == options.output:
        return _tell("--new-case and --output name the same file", MISUSED)
    try:
        options.run(options)
    except InputError as error:
        return _tell(str(error), BAD_INPUT)
    except JurisdictionError as error:
        return _tell(f"country data: {error}", BAD_COUNTRY)
    except TransitionNotAllowed as refusal:
        return _tell(explain_refusal(refusal, language=options.language), NOT_ALLOWED)
    except OSError as error:
        return _tell(f"{error.filename or 'standard output'}: {error.strerror}", NO_FILE)
    return DONE


def _tell(words: str, code: int) -> int:
    sys.stderr.write(f"rehabcore: {words.rstrip()}\n")
    return code


# --- commands -----------------------------------------------------------------------------


def _tour(options: argparse.Namespace) -> None:
    results = list(tour().values())
    wording = Wording(options.language)
    captions = [wording.say(f"tour.{name}") for name in tour()]
    if options.html is not None:
        page = explain_all(results, language=options.language, form=Format.HTML, captions=captions)
        _write_files({options.html: page})
    told = explain_all(results, language=options.language, brief=True, captions=captions)
    sys.stdout.write(told)
    if options.html is not None:
        sys.stdout.write(f"\nThe same with every proof, as a page to open: {options.html}\n")


def _match(options: argparse.Namespace) -> None:
    country = _country(options.jurisdiction)
    result = casework.match(
        _case(options, country), country, on=options.on, known_at=options.known_at
    )
    _put(result, options)


def _plan(options: argparse.Namespace) -> None:
    country = _country(options.jurisdiction)
    result = casework.draft_plan(
        _case(options, country), country, on=options.on, known_at=options.known_at
    )
    _put(result, options)


def _move(options: argparse.Namespace) -> None:
    country = _country(options.jurisdiction)
    plan = None
    if options.plan is not None:
        plan = _read(options.plan, PlanResult).plan
    request = MoveRequest(
        move_id=options.move,
        on=options.on,
        to_holder=options.to,
        source=options.source,
        recorded_on=options.recorded_on,
        record_prefix=options.record_prefix,
        institution=options.institution,
    )
    result = casework.move(_case(options, country), plan, country, request)
    also = {options.new_case: codec.write(result.case)} if options.new_case is not None else {}
    _put(result, options, also)


def _list(_: argparse.Namespace) -> None:
    for name in jurisdictions.bundled():
        country = jurisdictions.load(name)
        about, _language = country.about.in_language("en")
        sys.stdout.write(f"{country.packs[-1]}: {about}\n")
    for name in jurisdictions.examples():
        sys.stdout.write(f"{_BUNDLED}{name}: an invented case file\n")


def _show(options: argparse.Namespace) -> None:
    country = _country(options.jurisdiction)
    title, _language = country.title.in_language(options.language)
    sys.stdout.write(f"{title} ({', '.join(country.packs)})\n")
    for program in country.programs:
        title, _language = program.title.in_language(options.language)
        rules = "entry rules stated" if program.entry is not None else "entry rules not published"
        sys.stdout.write(
            f"{program.program_id}: {title} [{program.kind}, {program.area}, {program.status}; "
            f"{rules}; {', '.join(map(str, program.cite))}]\n"
        )

    glossary = country.glossary
    for name in (field.name for field in attrs.fields(Glossary)):
        words = ", ".join(codes(getattr(glossary, name)))
        if words:
            sys.stdout.write(f"{name}: {words}\n")
    for kind in (*glossary.observation_kinds, *glossary.state_kinds):
        sys.stdout.write(f"values of {kind.id}: {', '.join(codes(kind.values))}\n")
    sys.stdout.write(f"moves: {', '.join(move.move_id for move in country.moves)}\n")


def _check(options: argparse.Namespace) -> None:
    country = jurisdictions.load(Path(options.path))
    sys.stdout.write(
        f"{country.packs[-1]}: sound, {len(country.programs)} programmes and services\n"
    )


# --- input and output ---------------------------------------------------------------------


def _country(which: str) -> Jurisdiction:
    return jurisdictions.load(Path(which) if os.sep in which else which)


def _case(options: argparse.Namespace, country: Jurisdiction) -> CaseFile:
    """The case file, read and checked; its problems have the paths of the document."""
    name: str = options.case
    if not name.startswith(_BUNDLED):
        case = _read(name, CaseFile)
    else:
        examples = jurisdictions.examples()
        if name.removeprefix(_BUNDLED) not in examples:
            raise FileNotFoundError(2, f"no such case; there are {', '.join(examples)}", name)
        case = codec.read(examples[name.removeprefix(_BUNDLED)], CaseFile)
    try:
        casework.check(case, country, known_at=getattr(options, "known_at", None))
    except InputError as error:
        raise InputError([evolve(p.below("data"), file=name) for p in error.problems]) from None
    return case


def _read(name: str, kind: type[T]) -> T:
    try:
        return codec.read(_bytes(name), kind)
    except InputError as error:
        raise InputError([evolve(problem, file=name) for problem in error.problems]) from None


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(LARGEST_INPUT + 1)
    with Path(name).open("rb") as file:
        return file.read(LARGEST_INPUT + 1)


def _put(result: Result, options: argparse.Namespace, also: dict[str, str] | None = None) -> None:
    if options.format == "json":
        text = codec.write(result)
    else:
        form = Format(options.format)
        text = explain(result, language=options.language, form=form, brief=options.brief)
    files = dict(also or {})
    if options.output is not None:
        files[options.output] = text
    _write_files(files)
    if options.output is None:
        sys.stdout.write(text)


def _write_files(files: dict[str, str]) -> None:
    """Write all files or none: each is complete beside its place before any takes it."""
    written: dict[Path, str] = {}
    try:
        for name, text in files.items():
            try:
                written[Path(name).resolve()] = _beside(Path(name).resolve(), text)
            except OSError as error:
                raise OSError(error.errno, error.strerror, name) from None
        for path, beside in written.items():
            Path(beside).replace(path)
    finally:
        for beside in written.values():
            Path(beside).unlink(missing_ok=True)


def _beside(path: Path, text: str) -> str:
    """A complete file in the folder of another, with the rights that the other has or would."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a file that can be replaced")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".rehabcore-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(beside).chmod(path.stat().st_mode if path.exists() else _USUAL_RIGHTS)
    return beside


_USUAL_RIGHTS = 0o644


# --- the command line ---------------------------------------------------------------------


def _day(text: str) -> date:
    try:
        return Codec().read(text, date)
    except InputError as error:
        raise argparse.ArgumentTypeError(error.problems[0].expected) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rehabcore", description="Rules of rehabilitation: decided, explained and proved."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("tour", help="the main job on a bundled case")
    command.add_argument("--html", metavar="FILE", help="also write a page to open")
    _add_language(command)
    command.set_defaults(run=_tour)

    command = commands.add_parser("match", help="what every programme answers to a person")
    _add_case(command)
    _add_known_at(command)
    command.set_defaults(run=_match)

    command = commands.add_parser("plan", help="draft an individual plan")
    _add_case(command)
    _add_known_at(command)
    command.set_defaults(run=_plan)

    command = commands.add_parser("move", help="move a person between settings, with a hand-over")
    _add_case(command)
    command.add_argument("--move", required=True, metavar="ID", help="the id of the move")
    command.add_argument("--to", required=True, metavar="OFFICE", help="who becomes accountable")
    command.add_argument("--source", required=True, metavar="OFFICE", help="who records the move")
    command.add_argument("--recorded-on", required=True, type=_day, metavar="DAY")
    command.add_argument(
        "--record-prefix", required=True, metavar="TEXT", help="begins the ids of new records"
    )
    command.add_argument("--institution", default="", metavar="CODE")
    command.add_argument("--plan", metavar="FILE", help="a plan as JSON, whose steps go along")
    command.add_argument("--new-case", metavar="FILE", help="also write the new case file")
    command.set_defaults(run=_move)

    _add_jurisdictions(commands.add_parser("jurisdictions", help="list, show or check countries"))
    return parser


def _add_jurisdictions(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("list", help="the countries and cases that come along")
    command.set_defaults(run=_list)
    command = commands.add_parser("show", help="the programmes, words and moves of a country")
    command.add_argument("jurisdiction", metavar="COUNTRY", help=_COUNTRY)
    _add_language(command)
    command.set_defaults(run=_show)
    command = commands.add_parser("check", help="read a folder of country data")
    command.add_argument("path", metavar="FOLDER")
    command.set_defaults(run=_check)


_COUNTRY = "the id of a bundled country, or the path of a folder (with a slash)"


def _add_case(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "case", metavar="CASE", help=f"a JSON file, - for standard input, or {_BUNDLED}NAME"
    )
    parser.add_argument("--jurisdiction", required=True, metavar="COUNTRY", help=_COUNTRY)
    parser.add_argument("--on", required=True, type=_day, metavar="DAY", help="the day asked about")
    parser.add_argument(
        "--format", choices=[*(form.value for form in Format), "json"], default="text"
    )
    parser.add_argument("--brief", action="store_true", help="without records and sources")
    parser.add_argument("--output", metavar="FILE", help="instead of standard output")
    _add_language(parser)


def _add_known_at(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--known-at", type=_day, metavar="DAY", help="count only what was on file by this day"
    )


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=LANGUAGES, default="en")


if __name__ == "__main__":
    sys.exit(main())

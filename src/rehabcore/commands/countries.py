"""The commands ``jurisdictions list``, ``show`` and ``check``."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs

from rehabcore import jurisdictions
from rehabcore.commands.files import country
from rehabcore.commands.options import BUNDLED, COUNTRY, add_below, add_language, day, term
from rehabcore.exchange import read
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.jurisdictions.golden_cases import GoldenCase, golden_cases, unexpected_answers
from rehabcore.jurisdictions.pack_laws.checking import pack_findings
from rehabcore.jurisdictions.pack_laws.findings import PackStanding
from rehabcore.records import CaseFile, Glossary
from rehabcore.records.glossary import codes
from rehabcore.rules.time.days import Term
from rehabcore.strict.problems import (
    InputError,
    JurisdictionError,
    Problem,
    Problems,
    missing_key,
    one_line,
)


def add(parser: argparse.ArgumentParser, _: str) -> None:
    """Add the commands below ``jurisdictions``."""
    below = add_below(parser)
    command = below.add_parser("list", help="the countries and cases that come along")
    command.set_defaults(run=_list)
    command = below.add_parser(
        "show", help="the programmes, communities, words and moves of a country"
    )
    command.add_argument("jurisdiction", metavar="COUNTRY", help=COUNTRY)
    add_language(command)
    command.set_defaults(run=_show)
    command = below.add_parser("check", help="read a folder of country data")
    command.add_argument("path", metavar="FOLDER", help="its path, or the id of a bundled country")
    command.add_argument(
        "--on", type=day, metavar="DAY", help="also tell law that ends soon after this day"
    )
    command.add_argument(
        "--within", type=term, metavar="TERM", help="how soon after --on: 90 days if left out"
    )
    command.set_defaults(run=_check)


def _list(_: argparse.Namespace) -> None:
    for name in jurisdictions.bundled():
        loaded = jurisdictions.load(name)
        about, _language = loaded.about.in_language("en")
        _say(f"{loaded.packs[-1]}: {about}")
    for name in jurisdictions.examples():
        _say(f"{BUNDLED}{name}: an invented case file")


def _show(options: argparse.Namespace) -> None:
    shown = country(options.jurisdiction)
    title, _language = shown.title.in_language(options.language)
    _say(f"{title} ({', '.join(shown.packs)})")
    for program in shown.programs:
        title, _language = program.title.in_language(options.language)
        rules = "entry rules stated" if program.entry is not None else "entry rules not published"
        _say(
            f"{program.program_id}: {title} [{program.kind}, {program.area}, {program.status}; "
            f"{rules}; {', '.join(map(str, program.cite))}]"
        )
    for unit in shown.unit_profiles:
        title, _language = unit.title.in_language(options.language)
        stage = "stage not stated" if unit.stage is None else unit.stage.value
        places = "places not stated" if unit.places is None else f"{unit.places} places"
        phases = f"{len(unit.phases)} phases" if unit.phases else "phases not published"
        _say(
            f"{unit.profile_id}: {title} [therapeutic community, {stage}, {unit.status}; {places}; "
            f"{phases}; {', '.join(map(str, unit.cite))}]"
        )
    glossary = shown.glossary
    for name in (field.name for field in attrs.fields(Glossary)):
        words = ", ".join(codes(getattr(glossary, name)))
        if words:
            _say(f"{name}: {words}")
    for kind in (*glossary.observation_kinds, *glossary.state_kinds):
        _say(f"values of {kind.id}: {', '.join(codes(kind.values))}")
    for event in glossary.event_kinds:
        for name, some in (("severities", event.severities), ("outcomes", event.outcomes)):
            if some:
                _say(f"{name} of {event.id}: {', '.join(codes(some))}")
    for measured in glossary.measurement_kinds:
        _say(f"unit of {measured.id}: {measured.unit}")
    _say(f"moves: {', '.join(move.move_id for move in shown.moves)}")


def _check(options: argparse.Namespace) -> None:
    if options.within is not None and options.on is None:
        raise InputError([missing_key("--on", "a day; --within says how soon after it law ends")])
    folder = Path(options.path)
    by_id = options.path in jurisdictions.bundled() and not folder.exists()
    checked = jurisdictions.load(options.path if by_id else folder)
    golden = golden_cases(options.path if by_id else folder)
    Problems(*_unexpected(golden, checked), error=JurisdictionError).done()
    _say(f"{checked.packs[-1]}: sound, {len(checked.programs)} programmes and services")
    if golden:
        answers = sum(len(one.expected) for one in golden)
        _say(f"golden cases: {len(golden)}, answers as expected: {answers}")
    for found in pack_findings(checked):
        if found.standing is PackStanding.BROKEN:
            _say(f"warning: {found}")
    if options.on is not None:
        _tell_ends(checked, options.on, options.within or Term(days=90))


def _unexpected(golden: tuple[GoldenCase, ...], checked: Jurisdiction) -> Iterator[Problem]:
    """A problem for each answer to a golden case that is not the expected one."""
    for one in golden:
        problems = Problems()
        case = problems.at(f"{one.name}.json", read, one.case, CaseFile)
        wrong = case and problems.at("", unexpected_answers, one, case, checked)
        for answer in wrong or ():
            wanted = answer.expected
            path = f"{wanted.program_id} on {wanted.on.isoformat()}"
            expected = f"{wanted.answer.value}, or another expectation"
            problems.note(answer.answer.value, "unexpected_answer", expected, path=path)
        yield from (problem.in_file(one.file) for problem in problems.found)


def _tell_ends(checked: Jurisdiction, on: date, within: Term) -> None:
    """Warn of law that ends; this is no fault of the data, so it changes no exit status."""
    ending = jurisdictions.ending_law(checked, on=on, within=within)
    for law in ending:
        when = "has had no version since" if law.ends <= on else "has no version from"
        when = "is no longer in force from" if law.lapses else when
        rests = ", ".join(law.stops) or "no programme, move or score"
        _say(f"warning: {law.law} {when} {law.ends.isoformat()}; on it rests: {rests}")
    if not ending:
        _say(f"no law ends by {within.after(on).isoformat()}")


def _say(words: str) -> None:
    """Write one line. No name in a country's data can break it."""
    sys.stdout.write(f"{one_line(words)}\n")

"""The command ``score``: the answers of a form, with an instrument, on a day."""

import argparse
from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import evolve

from rehabcore import instruments
from rehabcore.commands.files import bytes_of, put
from rehabcore.commands.instruments import add_instrument, instrument_of
from rehabcore.commands.options import add_form, day
from rehabcore.instruments import Instrument, Respondent, ScoreResult
from rehabcore.instruments.score_data import answers_from_plain
from rehabcore.reports import Format
from rehabcore.strict.documents import parse_json
from rehabcore.strict.problems import (
    InputError,
    Problem,
    Problems,
    missing_key,
    refuse,
    unknown_keys,
)
from rehabcore.strict.structure import Codec, refuse_repeated_keys

_ANSWERS, _POINTS = "answers", "keyed_answers"
_NOT_WITH_POINTS = {
    _ANSWERS: f"{_ANSWERS}, which are raw, or {_POINTS}, but not both",
    "keyed": f"{_POINTS} without it, since they are always points",
}
_PERSON = ("sex", "birth_date", "age", "jurisdiction")


def add(command: argparse.ArgumentParser, _: str) -> None:
    """Add the options of the command."""
    add_instrument(command)
    command.add_argument("answers", metavar="ANSWERS", help="a JSON file, or - for standard input")
    command.add_argument(
        "--on", type=day, metavar="DAY", help="the day of the assessment, unless the file says it"
    )
    command.add_argument(
        "--table",
        action="append",
        default=[],
        metavar="ID",
        help="also use bands or a flag that are used only on request",
    )
    command.add_argument(
        "--unread", action="store_true", help="also use tables that nobody has read in a source"
    )
    add_form(command, [*Format, "json"])
    command.set_defaults(run=_score)


def _score(options: argparse.Namespace) -> None:
    instrument = instrument_of(options)
    try:
        result = _scored(parse_json(bytes_of(options.answers)), instrument, options)
    except InputError as error:
        raise error.each(lambda p: p.in_file(options.answers)) from None
    put(result, options)


def _scored(document: object, instrument: Instrument, options: argparse.Namespace) -> ScoreResult:
    """The score of a document with answers, and with facts about the respondent, day and choices.

    Answers are in ``answers`` or ``keyed_answers``, or are keys of the document itself. In the last
    case, a key that is both an item and another key of the document is an answer.

    Raises:
        InputError: names every problem of the document, or of its answers, with its path there.
    """
    if not isinstance(document, dict):
        refuse(document, "wrong_type", "an object", secret=True)
    refuse_repeated_keys(document)
    problems, codec = Problems(), Codec()
    said, answers, place = _parts(document, instrument, problems)
    person = {key: said[key] for key in _PERSON if key in said}
    respondent = problems.at("", codec.read, person, Respondent)
    keyed = problems.at("keyed", codec.read, said.get("keyed", place == _POINTS), bool)
    on = _day(said.get("on"), options.on, problems)
    if on is None:  # without a day nothing can be scored
        raise InputError(problems.found)
    result = problems.at(
        "",
        _score_of,
        instrument,
        answers,
        {"": place, **{i: i if i in document else f"{place}.{i}" for i in answers}},
        on=on,
        respondent=respondent or Respondent(),
        choices={c.id: said[c.id] for c in instrument.choices if c.id in said},
        keyed=bool(keyed),
        tables=tuple(options.table),
        unread=options.unread,
    )
    problems.done()
    return result


def _score_of(
    instrument: Instrument, answers: dict[str, Any], places: Mapping[str, str], **how: Any
) -> ScoreResult:
    """The score of answers; its problems have their paths in the document."""
    try:
        return instruments.score(instrument, answers_from_plain(instrument, answers), **how)
    except InputError as error:
        raise error.each(lambda problem: _as_in_file(problem, places)) from None


def _parts(
    document: dict[str, Any], instrument: Instrument, problems: Problems
) -> tuple[Mapping[str, Any], dict[str, Any], str]:
    """The other keys of a document, its answers, and the key under which the answers are."""
    place = next((key for key in (_ANSWERS, _POINTS) if key in document), "")
    for other, expected in _NOT_WITH_POINTS.items() if _POINTS in document else ():
        if other in document:
            problems.add(_given_twice(other, expected))
    known = {*_PERSON, "on", "keyed", *(choice.id for choice in instrument.choices)}
    items = {item for group in instrument.items for item in group.numbers}
    items -= known if place else set()
    inside = problems.at(place, _object, document[place]) if place else {}
    beside = {key: value for key, value in document.items() if key in items}
    expected = f"one answer, here or in {place}"
    problems.found += [_given_twice(item, expected) for item in beside if item in (inside or {})]
    rest = {key: document[key] for key in document if key not in (*beside, _ANSWERS, _POINTS)}
    problems.add(*unknown_keys(rest, {*known, _ANSWERS, _POINTS}))
    said = {key: value for key, value in rest.items() if value is not None}
    return said, {**(inside or {}), **beside}, place


def _given_twice(path: str, expected: str) -> Problem:
    """The problem of something that a document states twice."""
    return Problem(code="given_twice", path=path, found="both", expected=expected)


def _object(plain: object) -> dict[str, Any]:
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", "an object of answers by item", secret=True)
    refuse_repeated_keys(plain)
    return plain


def _day(plain: object, given: date | None, problems: Problems) -> date | None:
    """The day of the assessment, from the document or the command line; both must agree."""
    if plain is None:
        if given is None:
            expected = "the day of the assessment, here or as --on"
            problems.add(missing_key("on", expected))
        return given
    said: date | None = problems.at("on", Codec().read, plain, date)
    if said is not None and given not in (None, said):
        problems.note(plain, "given_twice", "the same day as --on", path="on")
    return said


def _as_in_file(problem: Problem, places: Mapping[str, str]) -> Problem:
    """A problem of a request, with its path in the document."""
    head, _, rest = problem.path.partition(".")
    if head == _ANSWERS:
        return evolve(problem, path=places.get(rest, problem.path))
    return evolve(problem, path=rest) if head in ("choices", "respondent") else problem

"""Stored scores: what was asked and what it gave, as plain data for JSON.

    instrument   the text of its TOML file
    request      answers by item, on, respondent, choices, keyed, tables, unread
    scores, placings, flags, figures, skipped, not_asked, missing,
    objections, warnings, assumptions, policies

The instrument is its own text, because the order of its tables counts and JSON objects have none.
Lists of thousands of codes that it names stay in the library.
A stored result is not trusted: the answers are scored again when it is read, so that no number in
it can be changed, and no warning can be lost.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from math import isclose
from typing import Any

from attrs import evolve, fields

from rehabcore.instruments.library import beside
from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.model.expressions import Bound
from rehabcore.instruments.model.requests import Given, Request
from rehabcore.instruments.model.score_results import ScoreResult
from rehabcore.instruments.reading import from_plain, to_plain
from rehabcore.instruments.scoring import score_again
from rehabcore.strict.documents import parse_toml, write_toml
from rehabcore.strict.problems import InputError, Problem, Problems, refuse, shown_key
from rehabcore.strict.structure import Codec, Form

MOST_TEXTS_KEPT = 32
"""How many texts of instruments, and how many instruments of texts, are kept."""


@lru_cache(maxsize=MOST_TEXTS_KEPT)
def _text(instrument: Instrument) -> str:
    return write_toml(to_plain(instrument))


@lru_cache(maxsize=MOST_TEXTS_KEPT)
def _instrument(text: str) -> Instrument:
    """The instrument of a text; the lists that it names are those of the library."""
    tables = parse_toml(text)
    about = tables.get("instrument")
    return from_plain(tables, beside(str(about.get("id")) if isinstance(about, dict) else ""))


def _read_instrument(plain: object) -> Instrument:
    if not isinstance(plain, str):
        refuse(plain, "wrong_type", "the text of an instrument's file", secret=True)
    return _instrument(plain)


def _read_pairs(plain: object) -> tuple[tuple[str, Any], ...]:
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", "an object", secret=True)
    return tuple(plain.items())


def _write_pairs(pairs: Iterable[tuple[str, Given]]) -> dict[str, object]:
    return {name: _scalar(value) for name, value in pairs}


def _scalar(value: object) -> object:
    """A day as text, and a whole number without a point, so that equal values are written alike."""
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _read_bound(plain: object) -> Bound:
    if isinstance(plain, bool) or not isinstance(plain, int | float | None):
        refuse(plain, "wrong_type", "a number, or null")
    return plain


_CODEC = Codec(
    (
        Form(type=Instrument, read=_read_instrument, write=_text),
        Form(type=tuple[tuple[str, Given], ...], read=_read_pairs, write=_write_pairs),
        Form(type=tuple[tuple[str, str | int], ...], read=_read_pairs, write=_write_pairs),
        Form(type=Bound, read=_read_bound, write=_scalar),
    )
)


def answers_from_plain(instrument: Instrument, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as they stand in JSON, where a day is a text, as ``score`` takes them.

    Raises:
        InputError: every text that is not a date, although its item asks for one.
    """
    days = {item for group in instrument.items if group.day for item in group.numbers}
    problems = Problems()
    answers = {
        item: problems.at(f"answers.{shown_key(item)}", _read_day, answer)
        if item in days and isinstance(answer, str)
        else answer
        for item, answer in plain.items()
    }
    problems.done()
    return answers


_DAYS = Codec()


def _read_day(plain: object) -> date:
    try:
        return _DAYS.read(plain, date)
    except InputError as error:
        [problem] = error.problems
        refuse(plain, problem.code, problem.expected, secret=True)


def _read_result(plain: object) -> ScoreResult:
    """Read a stored result, by scoring its request again.

    Raises:
        InputError: the request cannot be scored, or the stored result does not follow from it.
    """
    stored = _CODEC.read(plain, ScoreResult)
    again = _again(stored.instrument, stored.request)
    problems = Problems()
    for name in (field.name for field in fields(ScoreResult)):
        if name not in ("instrument", "request"):
            problems.add(*_differences(name, getattr(stored, name), getattr(again, name)))
    problems.done()
    return again


def _again(instrument: Instrument, request: Request) -> ScoreResult:
    try:
        answers = answers_from_plain(instrument, dict(request.answers))
        return score_again(instrument, evolve(request, answers=tuple(answers.items())))
    except InputError as error:
        raise error.each(lambda problem: problem.below("request")) from None


_CLOSE = 1e-9
"""The relative difference that is tolerated: last digits of logarithms differ by machine."""


def _differences(path: str, stored: Any, again: Any) -> Iterable[Problem]:
    """A problem for each part of a stored result that scoring again does not give."""
    if isinstance(again, tuple) and len(stored) == len(again):
        for index, (one, other) in enumerate(zip(stored, again, strict=True)):
            yield from _differences(f"{path}[{index}]", one, other)
    elif type(stored) is type(again) and hasattr(again, "__attrs_attrs__"):
        for field in fields(type(again)):
            one, other = getattr(stored, field.name), getattr(again, field.name)
            yield from _differences(f"{path}.{field.name}", one, other)
    elif not _same(stored, again):
        expected = "what scoring the answers again gives"
        yield Problem.of(stored, "does_not_follow", expected, path=path, secret=True)


def _same(stored: object, again: object) -> bool:
    if isinstance(stored, int | float) and isinstance(again, int | float):
        return isclose(stored, again, rel_tol=_CLOSE)
    return stored == again


def _write_result(result: ScoreResult) -> object:
    """A result as plain data. Yes is always written ``true``, also where it was given as 1."""
    plain = _CODEC.write(result)
    answers = plain["request"]["answers"]
    kind = int if result.request.keyed else bool
    yes_no = [item for group in result.instrument.items if group.yes_no for item in group.numbers]
    answers.update({item: kind(answers[item]) for item in yes_no if answers.get(item) in (0, 1)})
    return plain


SCORE_FORM = Form(type=ScoreResult, read=_read_result, write=_write_result)
"""How a score is written as plain data; reading scores again."""

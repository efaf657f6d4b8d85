"""A programme's answers from day to day: as a result, as JSON, in words, on the command line."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.__main__ import main
from rehabcore.casework.results import TimelineResult
from rehabcore.records import CaseFile
from rehabcore.reports import Format, explain
from rehabcore.rules.criteria import ask
from rehabcore.rules.judging.over_time import VerdictTimeline
from rehabcore.rules.time.days import OPEN, UNSURE, End, Span
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import day
from tests.kit.refusals import problems_of
from tests.kit.sealing import sealed

COUNTRY = jurisdictions.load("xx")
CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
START = day("2026-01-01")


def _timeline(program: str = "therapeutic_community", end: End = OPEN) -> TimelineResult:
    return casework.timeline(CASE, COUNTRY, ProgramId(program), within=Span(START, end))


def test_answers_of_a_programme_over_the_years() -> None:
    answers = _timeline(end=day("2029-01-01")).verdicts.answers()
    assert answers == (
        (Span(START, day("2026-03-01")), Answer.NOT_MET),
        (Span(day("2026-03-01"), day("2027-06-02")), Answer.UNKNOWN),
        (Span(day("2027-06-02"), day("2029-01-01")), Answer.NOT_MET),
    )


@pytest.mark.parametrize("on", ["2026-01-01", "2026-11-16", "2027-06-01", "2027-06-02"])
def test_every_day_has_the_verdict_that_matching_gives(on: str) -> None:
    offers = casework.match(CASE, COUNTRY, on=day(on)).offers
    [verdict] = [o.verdict for o in offers if o.program_id == "therapeutic_community"]
    assert _timeline().verdicts.at(day(on)) == verdict


def test_what_was_known_on_a_day_counts_and_nothing_later() -> None:
    first = CASE.beneficiary[0].filed.recorded_on
    window = Span(START, OPEN)
    known = casework.timeline(CASE, COUNTRY, ProgramId("drop_in"), within=window, known_at=first)
    assert known.verdicts.answers() == ((window, Answer.UNKNOWN),)
    assert len(_timeline("drop_in").verdicts.answers()) > 1


def test_a_rule_that_asks_a_derived_fact_is_answered_over_time() -> None:
    asked = ask(COUNTRY.facts["compared_parole_and_release"])
    [program] = [p for p in COUNTRY.programs if p.program_id == "drop_in"]
    country = evolve(COUNTRY, programs=(evolve(program, entry=asked.is_("earlier")),))
    result = casework.timeline(CASE, country, program.program_id, within=Span(START, OPEN))
    [offer] = casework.match(CASE, country, on=START).offers
    assert result.verdicts.at(START) == offer.verdict


def test_unknown_programme_and_unknown_end_are_refused() -> None:
    with pytest.raises(InputError, match="program_id: dangling_id"):
        _timeline("no_such_thing")
    with pytest.raises(InputError, match="within: out_of_range"):
        _timeline(end=UNSURE)


def test_written_and_read_back_it_is_the_same() -> None:
    result = _timeline()
    text = exchange.write(result)
    again = exchange.read(text, TimelineResult)
    assert again == result
    assert exchange.write(again) == text


def _swapped(pieces: list[Any]) -> None:
    pieces[1], pieces[2] = pieces[2], pieces[1]


def _twice(pieces: list[Any]) -> None:
    pieces.append(pieces[-1])


def _none(pieces: list[Any]) -> None:
    pieces.clear()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        pytest.param(_swapped, "pieces[1].answers: does_not_follow", id="in-another-order"),
        pytest.param(_twice, "pieces[9].known: dangling_id", id="one-twice"),
        pytest.param(_none, "pieces: empty_group", id="no-pieces"),
    ],
)
def test_stored_timeline_that_does_not_hang_together_is_refused(
    spoil: Callable[[list[Any]], None], told: str
) -> None:
    document = json.loads(exchange.write(_timeline()))
    spoil(document["data"]["verdicts"]["pieces"])
    with pytest.raises(InputError) as caught:
        exchange.read(sealed(document), TimelineResult)
    assert f"data.verdicts.{told}" in str(caught.value)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"pieces": {}}, [("wrong_type", "data.verdicts.pieces")]),
        ({"pieces": ["?"]}, [("does_not_follow", "data.verdicts.pieces[0].answers")]),
        ({"rule": None}, [("dangling_id", "data.verdicts.rule")]),
        ({"rule": "r99"}, [("dangling_id", "data.verdicts.rule")]),
        ({"end": "soon"}, [("bad_date", "data.verdicts.end")]),
        ({"more": 1}, [("unknown_key", "data.verdicts")]),
    ],
)
def test_stored_timeline_of_another_form_is_refused(
    changed: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    document = json.loads(exchange.write(_timeline("drop_in", end=day("2026-02-01"))))
    document["data"]["verdicts"] |= changed
    assert problems_of(lambda: exchange.read(sealed(document), TimelineResult)) == expected
    document["data"]["verdicts"] = []
    found = problems_of(lambda: exchange.read(sealed(document), TimelineResult))
    assert found == [("wrong_type", "data.verdicts")]


def test_a_piece_on_a_day_without_law_is_refused() -> None:
    document = json.loads(exchange.write(_timeline("drop_in", end=day("2026-02-01"))))
    rule = document["data"]["rules"][document["data"]["verdicts"]["rule"]]
    rule["covered"] = {"start": "2030-01-01", "end": "open"}
    found = problems_of(lambda: exchange.read(sealed(document), TimelineResult))
    assert [path for _, path in found] == ["data.verdicts.pieces[0].on"]


def test_neighbours_that_say_the_same_are_refused() -> None:
    document = json.loads(exchange.write(_timeline("drop_in", end=day("2026-02-01"))))
    [only] = document["data"]["verdicts"]["pieces"]
    document["data"]["verdicts"]["pieces"] = [only, only]
    document["data"]["known"]["days"].append({"on": "2026-01-15", "cells": {}})
    with pytest.raises(InputError, match=r"pieces\[1\].span.start: does_not_follow"):
        exchange.read(sealed(document), TimelineResult)


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("language", ["en", "ka"])
def test_it_is_told_in_every_form_and_language(form: Format, language: str) -> None:
    told = explain(_timeline(), form=form, language=language)
    assert "2027-06-02" in told


def test_in_short_it_is_one_line_for_each_answer() -> None:
    lines = explain(_timeline(end=day("2029-01-01"))).splitlines()
    assert [line for line in lines if line[:2] in ("+ ", "x ", "? ")] == [
        "x from 2026-01-01 until the day before 2026-03-01: NOT MET",
        "? from 2026-03-01 until the day before 2027-06-02: UNKNOWN",
        "x from 2027-06-02 until the day before 2029-01-01: NOT MET",
    ]


def test_programme_that_is_not_yet_law_says_from_when() -> None:
    program, *_ = (p for p in COUNTRY.programs if p.in_force is not None)
    told = explain(_timeline(program.program_id))
    assert program.in_force is not None
    assert program.in_force.start.isoformat() in told


def test_command(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["bundled:xx/therapeutic-community", "--jurisdiction", "xx", "--on", "2026-01-01"]
    window = ["--until", "2029-01-01", "--program", "therapeutic_community"]
    assert main(["timeline", *asked, *window]) == 0
    told = capsys.readouterr().out
    assert told == explain(_timeline(end=day("2029-01-01")))
    assert main(["timeline", *asked, *window, "--format", "json"]) == 0
    result = exchange.read(capsys.readouterr().out, TimelineResult)
    assert result == _timeline(end=day("2029-01-01"))


def test_command_refuses_a_window_that_ends_before_it_begins(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["bundled:xx/therapeutic-community", "--jurisdiction", "xx", "--on", "2026-01-01"]
    assert main(["timeline", *asked, "--until", "2025-01-01", "--program", "drop_in"]) == 3
    assert "ends_before_start" in capsys.readouterr().err


def test_no_timeline_without_a_piece() -> None:
    with pytest.raises(InputError, match="pieces: empty_group"):
        VerdictTimeline(pieces=())

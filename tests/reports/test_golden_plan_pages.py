"""Both pages of the plans of eight people in two countries: what each says, and how."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from rehabcore import casework, jurisdictions
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import PlanContent
from rehabcore.reports import Format
from rehabcore.reports.plan_pages import PageReader, plan_page
from tests.kit.golden_plans import CASES, ON

ALL = [(country, name) for country, cases in CASES.items() for name in cases]
LANGUAGES = (None, "en")
"""The first of the country, and English."""
A_LINE, TWO_PAGES = 85, 70
"""The letters of a printed line, and the lines that surely fit on two pages.

Printed on A4 as HTML, every page of these plans was on one sheet.
"""
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@cache
def _country(name: str) -> Jurisdiction:
    return jurisdictions.load(name)


@cache
def _content(country: str, name: str) -> PlanContent:
    draft = casework.plan(CASES[country][name], _country(country), on=ON).draft
    assert draft is not None
    return draft.content


def _page(country: str, name: str, reader: PageReader, language: str | None = None) -> str:
    content = _content(country, name)
    return plan_page(content, country=_country(country), reader=reader, on=ON, language=language)


def _told(page: str) -> list[str]:
    """The lines that say something."""
    return [line for line in page.splitlines() if line.strip("-= ")]


def _sentences(page: str) -> Iterator[list[str]]:
    for line in _told(page):
        for sentence in re.split(r"(?<=[.?!]) ", line.strip("- ")):
            yield sentence.split()


def _words_of(page: str) -> set[str]:
    return set(re.findall(r"[\w-]+", page))


def _codes(country: str) -> set[str]:
    """The codes of a country that are no words, and those of the library."""
    known = _country(country)
    programs = {program.program_id for program in known.programs}
    needs = {one.id for one in known.glossary.need_domains}
    facts = {fact for fact in known.facts if "_" in fact}
    library = {"responsible_agency", "health_professional", "no_time", "nothing_offered", "asked"}
    coded = {code for code in programs | needs if "_" in code}
    return coded | facts | library | {"MET", "UNKNOWN", "NOT_MET", country}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("country", "name"), ALL)
def test_the_person_reads_short_sentences_without_codes(
    country: str, name: str, language: str | None
) -> None:
    page = _page(country, name, PageReader.PERSON, language)
    lengths = [len(sentence) for sentence in _sentences(page)]
    assert max(lengths) <= 25
    assert sum(lengths) / len(lengths) <= 15
    words = _words_of(page)
    records = {item.requirement for item in _content(country, name).items}
    records |= {item.consent for item in _content(country, name).items}
    evidence = {one for goal in _content(country, name).goals for one in goal.evidence}
    assert not words & {*_codes(country), *evidence, *filter(None, records)}
    assert not words & {"prison-1", "probation-2"}


@pytest.mark.parametrize("reader", PageReader)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("country", "name"), ALL)
def test_a_page_is_two_sheets_at_most(
    country: str, name: str, reader: PageReader, language: str | None
) -> None:
    page = _page(country, name, reader, language)
    lines = [-(-len(line) // A_LINE) for line in _told(page)]
    assert sum(lines) <= TWO_PAGES


def _lines(country: str, name: str, reader: PageReader) -> int:
    return sum(-(-len(line) // A_LINE) for line in _told(_page(country, name, reader)))


@pytest.mark.no_cover
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium, which prints the page")
def test_the_fullest_page_is_printed_on_two_sheets_at_most(tmp_path: Path) -> None:
    every = [(country, name, reader) for country, name in ALL for reader in PageReader]
    country, name, reader = max(every, key=lambda one: _lines(*one))
    page = plan_page(
        _content(country, name),
        country=_country(country),
        reader=reader,
        on=ON,
        form=Format.HTML,
    )
    source, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    source.write_text(page, "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/user"]
    told = [str(CHROMIUM), *options, f"--print-to-pdf={printed}", source.as_uri()]
    subprocess.run(told, check=True, capture_output=True, timeout=60)
    sheets = re.findall(rb"/Count (\d+)", printed.read_bytes())
    assert sheets
    assert max(map(int, sheets)) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("country", "name"), ALL)
def test_the_person_is_told_of_a_no_of_objecting_and_of_every_programme(
    country: str, name: str, language: str | None
) -> None:
    page = _page(country, name, PageReader.PERSON, language)
    content = _content(country, name)
    headings = page.count("\n---")
    assert headings >= 3 + bool(content.goals) + bool(content.questions)
    if language == "en":
        assert "What if I say no?" in page
        assert "What if I do not agree?" in page
        assert page.count("You have to take part.") == len(
            [item for item in content.items if item.requirement]
        )
        ahead = [item for item in content.items if not item.sessions and item.enrolment is None]
        assert page.count("We still tell you the days, the times and the place.") == len(ahead)
        duties = [item for item in content.items if item.requirement and not item.breach_after]
        assert ("Ask what follows if you do not take part." in page) is bool(duties)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("country", "name"), ALL)
def test_the_officer_has_a_line_for_each_programme_and_whom_to_ask_by_when(
    country: str, name: str, language: str | None
) -> None:
    page = _page(country, name, PageReader.OFFICER, language)
    content = _content(country, name)
    days = [item.starts.isoformat() for item in content.items]
    days += [one.due.isoformat() for one in content.questions if one.due]
    days += [step.due.isoformat() for goal in content.goals for step in goal.steps if step.due]
    for day in days:
        assert day in page
    titles = {program.program_id: program.title for program in _country(country).programs}
    told = [line.strip(" -") for line in _told(page)]
    for question in content.questions:
        for own in question.program_ids:
            wording, spoken = titles[own].in_language(language or _country(country).languages[0])
            wanted = language or _country(country).languages[0]
            assert (wording if spoken == wanted else f"[{spoken}] {wording}") in told
    assert not _words_of(page) & (_codes(country) | {"needs-1", "consent-1", "duty-1"})


def test_the_georgian_prisoner_is_no_wall_of_text() -> None:
    page = _page("ge", "drugs_before_the_gate", PageReader.OFFICER)
    assert len(_told(page)) <= 40


def test_what_the_first_language_lacks_is_marked() -> None:
    page = _page("ge", "nothing_published", PageReader.PERSON)
    assert "[en] Drug rehabilitation programme" in page
    assert not re.search(r"^\[en\]", page, re.MULTILINE)

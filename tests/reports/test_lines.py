"""No id and no free text passes for a line of its own, in whatever form an answer is told."""

import json
import unicodedata
from collections.abc import Callable
from html import escape

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.results import MatchResult
from rehabcore.records import CaseFile
from rehabcore.reports import Format, explain, explain_all
from rehabcore.reports.pages import (
    FOLDING,
    Block,
    Folded,
    Heading,
    Item,
    Listing,
    Paragraph,
    render,
)
from rehabcore.reports.wording import Wording
from rehabcore.strict.problems import InputError, Problem, one_line
from tests.kit.builders import day, release

XX = jurisdictions.load("xx")
STORED = jurisdictions.examples()["xx/therapeutic-community"]
ON = day("2026-11-21")

# Every character that a terminal or a page obeys, from the Unicode Character Database.
OBEYED = [
    mark
    for mark in map(chr, range(0x110000))
    if (kind := unicodedata.category(mark)) in ("Cc", "Zl", "Zp")
    or (kind == "Cs" and mark in "\ud800\udbff\udc00\udfff")  # what cannot be written, at its ends
    or (
        kind == "Cf"
        and (
            unicodedata.bidirectional(mark)
            in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI")
            or unicodedata.name(mark, "") in ("POP DIRECTIONAL ISOLATE", "ARABIC LETTER MARK")
            or unicodedata.name(mark, "") in ("LEFT-TO-RIGHT MARK", "RIGHT-TO-LEFT MARK")
        )
    )
]
FORGED = "drop_in\r\n+ Drop-in centre\n\x1b[2K\x85- open\u2028# open\u2029\u202eti\u2069\x00"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ხელი – שלום", "plain ხელი – שלום"),
        ("two\nlines", "two↵lines"),
        ("two\r\nlines", "two↵lines"),
        ("over\rwritten", r"over\rwritten"),
        ("a\ttab", r"a\ttab"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b2J", r"\x9b2J"),
        ("a\u2028b\u2029c\x85d", r"a\u2028b\u2029c\x85d"),
        ("\u202eneppo", r"\u202eneppo"),
        ("half \udc80", r"half \udc80"),
        ("zero-width\u200djoiner", "zero-width\u200djoiner"),
    ],
)
def test_what_a_reader_could_not_see_is_spelled_out(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_every_character_that_is_obeyed_is_spelled_out_and_no_other() -> None:
    for mark in OBEYED:
        spelled = one_line(f"a{mark}b")
        assert len(spelled.splitlines()) == 1
        assert mark not in spelled
    others = "".join(sorted(set(map(chr, range(0x3000))) - set(OBEYED)))
    assert one_line(others) == others


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize(
    "make",
    [
        lambda words: Heading(1, words),
        lambda words: Heading(2, words),
        Paragraph,
        lambda words: Listing((Item(words, (Item(words, tone="met"),)),)),
        lambda words: Folded(words, (Item(words, (Item(words, tone="alert"),)),)),
    ],
    ids=["title", "heading", "paragraph", "list", "folded"],
)
def test_words_stay_on_their_line(form: Format, make: Callable[[str], Block]) -> None:
    wording = Wording("en")
    for mark in OBEYED:
        told = render([make(f"a{mark}b")], wording, form).splitlines()
        assert len(told) == len(render([make("ab")], wording, form).splitlines())
        assert not any(mark in line for line in told)


MARKDOWN = [
    ("# open", r"\# open"),
    ("- open", r"\- open"),
    ("+ open", r"\+ open"),
    ("= open", r"\= open"),
    ("    - open", r"\- open"),
    ("12. open", r"12\. open"),
    ("1) open", r"1\) open"),
    ("~~~", r"\~\~\~"),
    ("not ~~open~~", r"not \~\~open\~\~"),
    ("&#10;open", r"\&\#10;open"),
    ("this & that", "this & that"),
    ("half-open + 1. a", "half-open + 1. a"),
]


@pytest.mark.parametrize(("words", "shown"), MARKDOWN)
def test_words_begin_nothing_in_markdown(words: str, shown: str) -> None:
    wording, tree = Wording("en"), Listing((Item(words),))
    assert render([Paragraph(words)], wording, Format.MARKDOWN) == f"{shown}\n"
    assert render([Heading(2, words)], wording, Format.MARKDOWN) == f"## {shown}\n"
    assert render([tree], wording, Format.MARKDOWN) == f"- {shown}\n"


def _assert_told_alike(tell: Callable[[str], str], form: Format) -> None:
    """What is told of a forged text is what is told of an innocent one, but for that text."""
    innocent, forged = tell("innocent").splitlines(), tell(FORGED).splitlines()
    told = one_line(FORGED)
    if form in FOLDING:
        told = escape(told)
    if form is Format.MARKDOWN:
        told = render([Paragraph(f"x{FORGED}")], Wording("en"), form)[1:-1]
    assert forged == [line.replace("innocent", told) for line in innocent]
    assert any("innocent" in line for line in innocent)


@pytest.mark.parametrize("form", Format)
def test_an_id_of_a_record_forges_no_line_of_an_answer(form: Format) -> None:
    def tell(record_id: str) -> str:
        stored = STORED.replace('"o-1"', json.dumps(record_id))
        result = casework.match(exchange.read(stored, CaseFile), XX, on=ON)
        return explain(exchange.read(exchange.write(result), MatchResult), form=form, detail=True)

    _assert_told_alike(tell, form)


@pytest.mark.parametrize("form", Format)
def test_the_name_of_an_office_forges_no_line_of_a_move(form: Format) -> None:
    def tell(office: str) -> str:
        request = release(ON, to_holder=office)
        return explain(
            casework.record_move(exchange.read(STORED, CaseFile), XX, request), form=form
        )

    _assert_told_alike(tell, form)


@pytest.mark.parametrize("form", Format)
def test_a_caption_forges_no_line(form: Format) -> None:
    result = casework.match(exchange.read(STORED, CaseFile), XX, on=ON)
    said = explain_all([result], captions=[FORGED], form=form)
    plain = explain_all([result], captions=["plain"], form=form)
    assert len(said.splitlines()) == len(plain.splitlines())


def test_a_problem_is_one_line_of_an_error() -> None:
    problem = Problem(code="c", path=FORGED, found=FORGED, expected=FORGED, file=FORGED)
    assert len(str(problem).splitlines()) == 1
    error = InputError([problem, problem])
    assert len(str(error).splitlines()) == 3
    assert len(repr(error).splitlines()) == 1
    assert len(repr(problem).splitlines()) == 1
    assert not set(repr(problem)) & set(OBEYED)

"""Sources, citations and wordings, and how ends, terms, texts and citations are written."""

from datetime import date
from typing import Any

import pytest

from rehabcore.rules.data.plain import plain_forms
from rehabcore.rules.sources import (
    Citation,
    Source,
    Status,
    Text,
    citing_problems,
    read_text,
    write_text,
)
from rehabcore.rules.time.days import OPEN, UNSURE, End, Span, Term
from rehabcore.strict.problems import InputError
from rehabcore.strict.structure import Codec

JSON = Codec(plain_forms())
TOML = Codec(plain_forms(dates_are_objects=True), dates_are_objects=True)


def _codes_and_paths(error: InputError) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in error.problems]


# --- sources and citations ----------------------------------------------------------------


def test_source_is_reviewed_unless_it_says_that_it_is_a_draft() -> None:
    source = Source(source_id="xx-act", title="Act", publisher="Parliament", dated="2019")
    assert source.status is Status.REVIEWED


def test_source_of_wrong_types_is_refused_with_every_field() -> None:
    with pytest.raises(InputError) as caught:
        Source(source_id=1, title="Act", publisher=None, dated=2019)  # type: ignore[arg-type]
    assert _codes_and_paths(caught.value) == [
        ("wrong_type", "source_id"),
        ("wrong_type", "publisher"),
        ("wrong_type", "dated"),
    ]


@pytest.mark.parametrize(
    ("text", "citation", "written"),
    [
        pytest.param("xx-act", Citation("xx-act"), "xx-act", id="whole-source"),
        pytest.param("xx-act#art-3", Citation("xx-act", "art-3"), "xx-act#art-3", id="place"),
        pytest.param("xx-act#", Citation("xx-act"), "xx-act", id="empty-place"),
        pytest.param("a#b#c", Citation("a", "b#c"), "a#b#c", id="place-with-a-hash"),
    ],
)
def test_citation_is_read_and_written(text: str, citation: Citation, written: str) -> None:
    assert Citation.parse(text) == citation
    assert str(citation) == written
    assert Citation.parse(written) == citation


@pytest.mark.parametrize("text", ["", "#", "#art-3", None, 3, ["xx-act"], "\ud800#x", "x#\ud800"])
def test_citation_without_a_source_is_refused(text: object) -> None:
    with pytest.raises(InputError) as caught:
        Citation.parse(text)
    assert _codes_and_paths(caught.value) == [("bad_citation", "")]


@pytest.mark.parametrize(
    ("source_id", "code"),
    [
        pytest.param("", "bad_citation", id="empty"),
        pytest.param("a#b", "bad_citation", id="would-be-read-back-as-another"),
        pytest.param(3, "wrong_type", id="number"),
    ],
)
def test_citation_that_could_not_be_read_back_cannot_be_made(source_id: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        Citation(source_id)
    assert _codes_and_paths(caught.value) == [(code, "source_id")]


@pytest.mark.parametrize(
    ("cited", "codes"),
    [
        pytest.param((), ["uncited"], id="nothing"),
        pytest.param(("act",), [], id="reviewed"),
        pytest.param(("bill",), ["draft_source"], id="draft"),
        pytest.param(("act", "bill"), ["draft_source"], id="a-draft-after-a-reviewed-one"),
        pytest.param(("act", "none", "bill"), ["dangling_id", "draft_source"], id="every-one"),
    ],
)
def test_what_claims_a_review_is_told_of_every_source_that_does_not_bear_it(
    cited: tuple[str, ...], codes: list[str]
) -> None:
    sources = {"act": Status.REVIEWED, "bill": Status.DRAFT}
    citations = tuple(map(Citation, cited))
    problems = citing_problems(Status.REVIEWED, citations, sources)
    assert [problem.code for problem in problems] == codes


# --- texts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param("ka", ("ბიბლიოთერაპია", "ka"), id="asked-for"),
        pytest.param("en", ("Bibliotherapy", "en"), id="english"),
        pytest.param("ro", ("Bibliotherapy", "en"), id="english-instead"),
    ],
)
def test_wording_is_the_one_asked_for_or_visibly_another(
    language: str, expected: tuple[str, str]
) -> None:
    text = Text.of(ka="ბიბლიოთერაპია", en="Bibliotherapy")
    assert text.in_language(language) == expected


def test_english_comes_before_other_languages() -> None:
    assert Text.of(de="Arbeit", en="Work").in_language("ka") == ("Work", "en")


def test_without_english_any_wording_serves() -> None:
    assert Text.of(ro="Biblioterapie", ka="ბიბლიოთერაპია").in_language("uk") == (
        "ბიბლიოთერაპია",
        "ka",
    )


def test_text_without_a_wording_is_empty_in_the_language_asked_for() -> None:
    assert Text(()).in_language("ka") == ("", "ka")


def test_wordings_stand_in_order_of_their_language() -> None:
    assert Text.of(ro="b", en="a") == Text.of(en="a", ro="b")
    assert Text.of(ro="b", en="a").languages() == ("en", "ro")


@pytest.mark.parametrize(
    ("plain", "text"),
    [
        pytest.param({"en": "Work"}, Text((("en", "Work"),)), id="english"),
        pytest.param(
            {"ka": "შრომა", "en": "Work", "draft": ["ka"]},
            Text((("en", "Work"), ("ka", "შრომა")), frozenset({"ka"})),
            id="with-a-draft",
        ),
    ],
)
def test_text_is_read_and_written(plain: dict[str, object], text: Text) -> None:
    assert read_text(plain) == text
    assert write_text(text) == plain


def test_drafts_are_written_in_order() -> None:
    text = Text((("en", "a"), ("ka", "b"), ("ro", "c")), frozenset({"ro", "en", "ka"}))
    assert write_text(text)["draft"] == ["en", "ka", "ro"]


@pytest.mark.parametrize(
    ("plain", "problems"),
    [
        pytest.param("Work", [("wrong_type", "")], id="text"),
        pytest.param(None, [("wrong_type", "")], id="null"),
        pytest.param({}, [("missing_key", "en")], id="nothing"),
        pytest.param({"ka": "შრომა"}, [("missing_key", "en")], id="no-english"),
        pytest.param({"en": 3}, [("wrong_type", "en")], id="number"),
        pytest.param({"en": " "}, [("wrong_type", "en")], id="blank"),
        pytest.param({"en": "a", "draft": "ka"}, [("unknown_value", "draft")], id="draft-no-list"),
        pytest.param({"en": "a", "draft": ""}, [("unknown_value", "draft")], id="draft-empty-text"),
        pytest.param(
            {"en": "a", "draft": {"en": 1}}, [("unknown_value", "draft")], id="draft-as-table"
        ),
        pytest.param(
            {"en": "a", "draft": ["ka"]}, [("unknown_value", "draft")], id="draft-of-no-wording"
        ),
        pytest.param(
            {"en": "a", "draft": ["draft"]}, [("unknown_value", "draft")], id="draft-of-itself"
        ),
        pytest.param({"en": "a", "draft": [["en"]]}, [("unknown_value", "draft")], id="draft-list"),
        pytest.param({"en": "a", "draft": [1]}, [("unknown_value", "draft")], id="draft-number"),
        pytest.param(
            {"en": "", "ka": 4, "draft": "x"},
            [("wrong_type", "en"), ("wrong_type", "ka"), ("unknown_value", "draft")],
            id="all-at-once",
        ),
    ],
)
def test_text_that_is_no_table_of_wordings_is_refused(
    plain: object, problems: list[tuple[str, str]]
) -> None:
    with pytest.raises(InputError) as caught:
        read_text(plain)
    assert _codes_and_paths(caught.value) == problems


def test_key_of_a_wording_is_shown_only_if_it_looks_like_a_code() -> None:
    with pytest.raises(InputError) as caught:
        read_text({"en": "a", "Nino Beridze": 3})
    assert "Nino" not in str(caught.value)


@pytest.mark.parametrize(
    ("wordings", "code"),
    [
        pytest.param("Work", "wrong_type", id="text"),
        pytest.param({"en": "Work"}, "wrong_type", id="table"),
        pytest.param((("en", "Work", "more"),), "wrong_type", id="triple"),
        pytest.param((("en", "\ud800"),), "not_utf8", id="lone-surrogate"),
    ],
)
def test_text_made_in_python_is_checked(wordings: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        Text(wordings)
    assert _codes_and_paths(caught.value) == [(code, "wordings")]


def test_wire_values_of_status() -> None:
    assert list(Status) == ["reviewed", "draft"]


def test_wording_that_cannot_be_written_as_utf_8_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_text({"en": "\ud800"})
    assert [problem.path for problem in caught.value.problems] == ["en"]


# --- plain forms --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plain", "end"),
    [
        pytest.param("2026-01-31", date(2026, 1, 31), id="day"),
        pytest.param("open", OPEN, id="open"),
        pytest.param("unknown", UNSURE, id="unknown"),
    ],
)
def test_the_three_ends_are_distinct_in_json(plain: str, end: End) -> None:
    span = Span(date(2020, 1, 1), end)
    assert JSON.read({"start": "2020-01-01", "end": plain}, Span) == span
    assert JSON.write(span) == {"start": "2020-01-01", "end": plain}


@pytest.mark.parametrize(
    ("plain", "end"),
    [
        pytest.param(date(2026, 1, 31), date(2026, 1, 31), id="day"),
        pytest.param("open", OPEN, id="open"),
        pytest.param("unknown", UNSURE, id="unknown"),
    ],
)
def test_the_three_ends_are_distinct_in_toml(plain: object, end: End) -> None:
    table = {"start": date(2020, 1, 1), "end": plain}
    span = Span(date(2020, 1, 1), end)
    assert TOML.read(table, Span) == span
    assert TOML.write(span) == table


@pytest.mark.parametrize(
    ("codec", "start", "end", "code"),
    [
        pytest.param(JSON, "2020-01-01", "", "bad_date", id="empty"),
        pytest.param(JSON, "2020-01-01", "ongoing", "bad_date", id="another-word"),
        pytest.param(JSON, "2020-01-01", "OPEN", "bad_date", id="capitals"),
        pytest.param(JSON, "2020-01-01", "2020-13-01", "bad_date", id="no-such-month"),
        pytest.param(JSON, "2020-01-01", "2020-1-31", "bad_date", id="another-format"),
        pytest.param(JSON, "2020-01-01", None, "wrong_type", id="null"),
        pytest.param(JSON, "2020-01-01", [], "wrong_type", id="list"),
        pytest.param(JSON, "2020-01-01", 20260131, "wrong_type", id="number"),
        pytest.param(JSON, "2020-01-01", "9999-12-31", "date_out_of_range", id="magic-date"),
        pytest.param(JSON, "2020-01-01", "2020-01-01", "ends_before_start", id="zero-days"),
        pytest.param(TOML, date(2020, 1, 1), "2026-01-31", "wrong_type", id="text-in-toml"),
    ],
)
def test_end_that_is_none_of_the_three_is_refused(
    codec: Codec, start: object, end: object, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        codec.read({"start": start, "end": end}, Span)
    assert _codes_and_paths(caught.value) == [(code, "end")]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        pytest.param(Term(1, 6), "1 year 6 months", id="term"),
        pytest.param(Citation("xx-act", "art-3"), "xx-act#art-3", id="citation"),
        pytest.param(Text.of(en="Work"), {"en": "Work"}, id="text"),
    ],
)
@pytest.mark.parametrize("codec", [JSON, TOML], ids=["json", "toml"])
def test_small_types_have_one_form(codec: Codec, value: object, plain: object) -> None:
    assert codec.write(value) == plain
    assert codec.read(plain, type(value)) == value

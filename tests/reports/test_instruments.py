"""Instruments in words: what is asked, what is passed over, when a flag is up."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import instruments
from rehabcore.instruments.files.expression_data import read_expression
from rehabcore.reports import explain
from rehabcore.reports.terms import Terms
from rehabcore.reports.wording import Wording
from rehabcore.rules.sources import Status
from tests.kit.score_makers import AUDIT, INVENTED, MOOD

QUALITY = instruments.find("whoqol-bref")
OGRS = instruments.find("uk-ew/ogrs3")


def _lines(instrument: Any, **how: Any) -> list[str]:
    return explain(instrument, **how).splitlines()


@pytest.mark.parametrize(
    ("instrument", "line"),
    [
        (MOOD, "XX-MOOD: Invented <moods> & more"),
        (
            MOOD,
            "Made on: invented adults. Made in: xx. Administered by: anyone. Asks about the last "
            "14 days. Again after 6 months.",
        ),
        (
            AUDIT,
            f"Made on: {AUDIT.validity.population}. Where it was made is not known, so every "
            "result is marked as outside its population. Administered by: anyone; self-report or "
            "interview. Asks about the last 12 months. When to assess again is not published.",
        ),
        (MOOD, "- form: one of long, short; unless said otherwise long"),
        (
            instruments.read_instrument(INVENTED.replace('default = "long"\n', "")),
            "- form: one of long, short",
        ),
        (MOOD, "- 1, 2, 3: one of 0, 1, 2, 3 (or not applicable)"),
        (MOOD, "- gate: yes or no"),
        (MOOD, "- behind: a whole number from 0 to 10 (times a week)"),
        (MOOD, "- money: a number from 0 to no limit"),
        (MOOD, "- day: a day"),
        (MOOD, "- code: one of none, some, much"),
        (MOOD, "- Reversed: 3"),
        (MOOD, "- mood (range 0 to 9; from 1, 2, 3)"),
        (MOOD, "- wealth (from money)"),
        (MOOD, "  - 0 to below 3: low; 3 to below 6: middle; 6 to 9: high (paper)"),
        (MOOD, "  - 0 to below 1.5: less; 1.5 to below no limit: more (paper)"),
        (
            MOOD,
            "  - 0 to below 5: sex_not_stated; 5 to 9: up (for sex=female from=2026-01-01 "
            "until=2027-01-01; paper)",
        ),
        (MOOD, "- rare (of mood; only on request)"),
        (MOOD, "- alarm: item 3 is at least 3 (critical; paper)"),
        (MOOD, "- high: mood is at least cut (paper)"),
        (instruments.find("audit-c"), "- positive_5: total is at least 5 (only on request; cuts)"),
        (MOOD, "  - 3 (for sex=female; the lower one; paper)"),
        (MOOD, "  - 4.5 (for sex=male age=18-99 from=2020-01-01; paper)"),
        (MOOD, "- behind: not asked if item gate is 0; 2 points each"),
        (AUDIT, "- 4, 5, 6, 7, 8: may be left out if the sum of items 2, 3 is 0; 0 points each "
            "(skips)"),
        (MOOD, "- up to 1 unanswered items of a sum or mean count as the mean of the others, else "
            "there is no score; items that are not applicable count as the mean of the others"),
        (AUDIT, "- a scale that needs an unanswered item has no score"),
        (QUALITY, "- social: up to 1 unanswered items of a sum or mean count as the mean of the "
            "others, else there is no score"),
        (QUALITY, "- up to 2 unanswered items of a sum or mean count as the mean of the others, "
            "else there is no score; no scale has a score if more than 20 % of the items have no "
            "answer"),
        (MOOD, "- extra: a whole number from 0 to 1 (for form=long)"),
        (instruments.find("rses"), "- Reversed: 2, 5, 6, 8, 9 (for form=order_b)"),
        (OGRS, "- current_offence_code: a text of 5 characters that home_office_offence_codes.csv "
            "lists; it tells offence_category"),
        (OGRS, "- total_sanctions: a whole number"),
        (
            instruments.read_instrument(INVENTED.replace("[0, \"open\"]", "[\"open\", \"open\"]")),
            "- money: a number",
        ),
        (MOOD, "- hearsay: said to be so (O)"),
        (
            evolve(MOOD, reference_model=True, status=Status.REVIEWED, flags=(), profile="one"),
            "Name here: xx-mood@one. Edition: 8 items. A high score means: more of it. A reference "
            "model: made elsewhere, to be compared with, and never taken as valid here.",
        ),
    ],
)  # fmt: skip
def test_an_instrument_says(instrument: Any, line: str) -> None:
    assert line in _lines(instrument, detail=True)


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ({"of": "mood", "at_least": "cut"}, "mood is at least cut"),
        ({"of": "1", "equals": 2}, "item 1 is 2"),
        ({"of": "mood", "at_most": 2.5}, "mood is at most 2.5"),
        ({"of": "mood", "over": 2}, "mood is over 2"),
        ({"of": "mood", "under": 2}, "mood is under 2"),
        ({"of": "code", "is": "much"}, "item code is one of: much"),
        ({"of": "form", "in": ["long", "short"]}, "form is one of: long, short"),
        ({"not": {"of": "1", "equals": 2}}, "not (item 1 is 2)"),
        (
            {"any": [{"of": "1", "equals": 2}, {"all": [{"of": "2", "over": 0}]}]},
            "at least one of (item 1 is 2; all of (item 2 is over 0))",
        ),
        ({"items": ["1", "2"], "over": 1}, "the largest of item 1, item 2 is over 1"),
        ({"largest": ["mood", 3], "over": 1}, "the largest of mood, 3 is over 1"),
        ({"smallest": ["mood", "mean"], "over": 1}, "the smallest of mood, mean is over 1"),
        (
            {"count": ["1", "2"], "reaching": 2, "at_least": 1},
            "the number of items 1, 2 that reach 2 is at least 1",
        ),
        ({"blanks": ["1", "2"], "over": 0}, "the number of items 1, 2 without an answer is over 0"),
        ({"sum": ["1", "2"], "over": 2}, "the sum of items 1, 2 is over 2"),
        ({"mean": ["1", "2"], "over": 2}, "the mean of items 1, 2 is over 2"),
        ({"sum": ["1"], "over": 2}, "item 1 is over 2"),
        ({"plus": ["mood", "1"], "over": 2}, "what is worked out from mood, 1 is over 2"),
        ({"of": "1", "if_missing": 1, "equals": 1}, "item 1, 1 if unanswered, is 1"),
    ],
)
def test_a_condition_is_told_in_words(plain: dict[str, Any], words: str) -> None:
    assert Terms(MOOD, Wording("en")).told(read_expression(plain)) == words


def test_every_instrument_of_the_library_is_told_in_words() -> None:
    tools = [instruments.find(name) for name in instruments.names()]
    told = [line for tool in tools for line in _lines(tool)]
    assert not [line for line in told if "instrument." in line or "expression." in line]


def test_an_instrument_told_in_short_has_no_rows_of_tables() -> None:
    short = _lines(MOOD)
    assert "- level (of mood)" in short
    assert not any("middle" in line for line in short)


def test_a_keying_without_reversal_is_not_told() -> None:
    text = INVENTED.replace('reverse = ["3"]', "value_map = { 3 = { 0 = 0, 1 = 0, 2 = 1, 3 = 1 } }")
    assert not any("Reversed" in line for line in _lines(instruments.read_instrument(text)))

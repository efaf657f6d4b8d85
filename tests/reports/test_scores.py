"""Scores and instruments in words: what must not be overlooked first, answers only on request."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve

from rehabcore import exchange, instruments
from rehabcore.instruments import Instrument, Respondent, ScoreResult
from rehabcore.reports import LANGUAGES, Format, explain
from rehabcore.rules.sources import Status
from rehabcore.strict.vocabulary import Sex
from tests.kit.score_makers import ANSWERS, AUDIT, INVENTED, MOOD, ON, UNREAD, WOMAN, audit, mood
from tests.kit.sealing import sealed

OUTSIDE = "! OUTSIDE THE POPULATION it was made on, or nobody said that it is not. Made on: "
FULL = audit(2, 3, 1, 2, 0, 0, 1, 0, 2, 2)
GAPS = mood(_1=None, _2=None)
TIER = instruments.score(instruments.find("uk-ew/tier"), {}, on=ON)
ASSUMED = instruments.score(
    instruments.read_instrument(
        INVENTED.replace('of = "money"', 'of = { of = "money", if_missing = 0 }')
    ),
    {},
    on=ON,
)


def _lines(result: Any, **how: Any) -> list[str]:
    return explain(result, **how).splitlines()


def _alerts(result: ScoreResult) -> list[str]:
    return [line for line in _lines(result) if line.startswith("!")]


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (FULL, "AUDIT: scored on 2026-03-01"),
        (FULL, f"{OUTSIDE}{AUDIT.validity.population}."),
        (FULL, "A score informs a person who decides. It is no decision."),
        (FULL, "- total: 13 (range 0 to 40)"),
        (FULL, "- zone: II (of total; source: zones, tier A)"),
        (FULL, "  - I: lower by 6"),
        (FULL, "  - III: higher by 3"),
        (FULL, "- escalate: yes (source: zones, tier A)"),
        (audit(*[0] * 10), "- escalate: no (source: zones, tier A)"),
        (FULL, "- answered: 10 of 10"),
        (FULL, "- zones: comorbidityguidelines.org.au, AUDIT (WHO zones) (A)"),
        (
            FULL,
            f"Holder of the form: World Health Organization. {AUDIT.licence.notice}",
        ),
        (
            audit(0, *[None] * 7, 0, None),
            "? problems: no score (range 0 to 16; answers are missing; no answer to: 10; "
            "between 0 and 4)",
        ),
        (audit(0, *[None] * 7, 0, None), "- left out, as the form allows: 2, 3, 4, 5, 6, 7, 8"),
        (audit(0, *[None] * 7, 0, None), "- no answer: 10"),
        (
            audit(0, *[None] * 7, 0, None),
            "? zone: no band (the scale has no score; one of: I; of total; source: zones, tier A)",
        ),
        (
            audit(0, *[None] * 7, 0, None),
            "- A required item without an answer gives no score; it never counts as 0.",
        ),
        (mood(gate=False), "- not asked: behind"),
        (mood(gate=False), "! answered though not asked, and not counted: behind"),
        (mood(_1=None), "- mood: 3 (range 0 to 9; filled in for: 1; could be 2 to 5)"),
        (mood(_1=None), "- answered: 8 of 9"),
        (mood(_1="na"), "- mood: 3 (range 0 to 9; filled in for: 1)"),
        (ASSUMED, "- wealth: 0 (could be 0 to no limit)"),
        (mood(_1="na"), "- answered: 8 of 9"),
        (mood(_1="na"), "- not applicable: 1"),
        (mood(choices={"form": "short"}, extra=None), "- not asked: extra"),
        (mood(_1=9), "! answered with a code that stands for a reason: refused: 1"),
        (mood(money=None), "? wealth: no score (answers are missing; no answer to: money; "
            "between 0 and no limit)"),
        (mood(), "- cut: 3 (the lower one; for sex=female; source: paper, tier A)"),
        (
            mood(),
            "? by_sex: no band (sex is not stated; of mood; for sex=female from=2026-01-01 "
            "until=2027-01-01; source: paper, tier A)",
        ),
        (mood(_3=0), "  - no label: lower by 1"),
        (mood(Respondent()), "- cut: none that covers the respondent"),
        (
            mood(Respondent()),
            "? by_sex: no band (no table covers the respondent or the day; of mood)",
        ),
        (
            mood(Respondent()),
            "? high: UNKNOWN (no table covers the respondent or the day; source: paper, tier A)",
        ),
        (
            mood(_1=3, _2=0),
            "! NOT SCORED, or not wholly: odd: the first without the second: 1, 2",
        ),
        (mood(_1=3, _2=0), "? mean: no score (range 0 to 3; there is an objection to the answers)"),
    ],
)  # fmt: skip
def test_a_score_says(result: ScoreResult, line: str) -> None:
    assert line in _lines(result)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (mood(), []),
        (mood(Respondent()), [OUTSIDE + "invented adults."]),
        (mood(_3=0), ["! NEEDS A PERSON'S ATTENTION, whatever the scores: alarm"]),
        (mood(_3=None), ["! NOT KNOWN WHETHER A PERSON'S ATTENTION IS NEEDED: alarm"]),
    ],
    ids=["nothing", "population", "critical", "critical-unknown"],
)
def test_what_must_not_be_overlooked_comes_first(result: ScoreResult, expected: list[str]) -> None:
    lines = _lines(result)
    assert lines[2 : 2 + len(expected)] == expected
    assert lines[2 + len(expected)].startswith("A score informs a person")


def test_a_critical_flag_stands_before_everything_else_and_is_told_again_in_its_place() -> None:
    result = mood(Respondent(sex=Sex.OTHER), unread=True, _3=0, _1=3, _2=0)
    assert [line.split(",")[0].split(" that")[0] for line in _alerts(result)] == [
        "! NEEDS A PERSON'S ATTENTION",
        "! OUTSIDE THE POPULATION it was made on",
        "! NOT SCORED",
        "! RESTS ON FIGURES",
        "! alarm: yes (source: paper",
    ]


def test_figures_that_nobody_has_read_are_named_where_they_were_used() -> None:
    rests = "! RESTS ON FIGURES that nobody has read in a source yet (tier O): {}."
    assert rests.format("by_sex, cut") in _alerts(mood(Respondent(sex=Sex.OTHER), unread=True))
    assert not any("RESTS" in line for line in _alerts(mood(Respondent(sex=Sex.OTHER))))
    scored = instruments.score(instruments.read_instrument(UNREAD), {}, on=ON, unread=True)
    assert rests.format("mood, mean, mixed, wealth, days, coded") in _alerts(scored)


def test_what_was_scored_is_said_with_what_it_is() -> None:
    text = INVENTED.replace(
        'higher_means = "more of it"',
        'higher_means = "more of it"\nprofile = "one"\nreference_model = true\nstatus = "reviewed"',
    ).replace('tier = "O"', 'tier = "T"')
    model = instruments.read_instrument(text)
    result = instruments.score(model, {"3": 1}, on=ON, keyed=True, respondent=_within())
    [about] = [line for line in _lines(result) if line.startswith("Invented")]
    assert about == (
        "Invented <moods> & more. Edition: 8 items. Figures of the profile one. A reference model: "
        "made elsewhere, to be compared with, and never taken as valid here. Chosen: form = long. "
        "The answers were given as points. A high score means: more of it. "
        "Made on: invented adults."
    )
    assert model.status is Status.REVIEWED


def _within() -> Respondent:
    return Respondent(jurisdiction="xx")


# --- answers ------------------------------------------------------------------------------


@pytest.mark.parametrize("form", Format)
def test_answers_are_told_only_where_detail_is_asked_for(form: Format) -> None:
    result = mood(money=1234.5)
    assert "1234.5" not in explain(result, form=form)
    assert "1234.5" in explain(result, form=form, detail=True)


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (mood(), "What each item adds to mood"),
        (mood(), "- 1: 1 (adds 1)"),
        (mood(), "- 3: 3 (points: 0; adds 0)"),
        (mood(), "- 1: 1 (adds 0.3333)"),
        (mood(), "- behind: 5 (adds 2.5)"),
        (mood(), "- day: 2025-03-02"),
        (mood(), "- code: some"),
        (mood(gate=False), "- behind: 5 (not asked; points: 2; adds 1)"),
        (mood(gate=False, behind=None), "- behind: not asked (points: 2; adds 1)"),
        (mood(_1=None), "- 1: no answer"),
        (mood(_1="na"), "- 1: na (not applicable)"),
        (mood(), "What alone would put mood into another band of level"),
        (mood(), "- item 2 answered 0, 1: low"),
        (audit(*[0] * 10), "No answer that can be listed would, alone."),
    ],
)
def test_detail_says_what_each_item_adds_and_what_would_change_a_band(
    result: ScoreResult, line: str
) -> None:
    assert line in _lines(result, detail=True)
    assert line not in _lines(result)


def test_yes_and_no_are_said_as_such() -> None:
    tool = instruments.read_instrument(
        INVENTED.replace('minus = ["extra"]', 'minus = ["extra", "gate"]')
    )
    told = _lines(instruments.score(tool, {"gate": True}, on=ON), detail=True)
    assert "- gate: yes (adds -1)" in told


def test_only_sources_are_listed_that_a_figure_a_band_or_a_flag_cites() -> None:
    told = _lines(mood())
    assert "- paper: an invented <paper> (A)" in told
    bare = _lines(evolve(mood(), figures=(), placings=(), flags=()))
    assert bare[-1] == "Holder of the form: nobody. Invented."


# --- forms and languages ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "line"),
    [
        pytest.param(
            mood(gate=False), "! answered though not asked, and not counted: behind", id="gate"
        ),
        pytest.param(
            mood(_1=9), "! answered with a code that stands for a reason: refused: 1", id="code"
        ),
        pytest.param(
            TIER,
            "! no_level_of_risk: a tier is a level of supervision resources, not a level of risk",
            id="reference-model",
        ),
        pytest.param(ASSUMED, "- no answer; the published model takes it as 0: money", id="taken"),
        pytest.param(
            audit(0, *[None] * 7, 0, None),
            "- A required item without an answer gives no score; it never counts as 0.",
            id="policy",
        ),
    ],
)
def test_every_warning_assumption_and_policy_is_told(result: ScoreResult, line: str) -> None:
    assert line in _lines(result)


@pytest.mark.parametrize("result", [GAPS, MOOD], ids=["score", "instrument"])
def test_data_is_never_taken_for_markup(result: Any) -> None:
    page = explain(result, form=Format.HTML, detail=True)
    assert "<moods>" not in page
    assert "<paper>" not in page
    assert "Invented &lt;moods&gt; &amp; more" in page
    assert "Invented \\<moods\\> & more" in explain(result, form=Format.MARKDOWN)
    tags: list[str] = []
    _Tags(tags).feed(page)
    assert not set(tags) & {"script", "moods", "paper", "link", "img"}


class _Tags(HTMLParser):
    """Collects the tags of a page."""

    def __init__(self, tags: list[str]) -> None:
        super().__init__()
        self.tags = tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take one."""
        self.tags.append(tag)


def test_an_alert_stands_out_on_a_page() -> None:
    page = explain(mood(_3=0), form=Format.HTML)
    assert '<span class="rc-alert">! NEEDS' in page
    assert ".rc-alert {" in page


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (mood(_3=0), "- **!** NEEDS A PERSON'S ATTENTION, whatever the scores: alarm"),
        (mood(_3=0), "- **!** alarm: yes (source: paper, tier A)"),
        (mood(money=None), "- **?** wealth: no score (answers are missing; no answer to: money; "
            "between 0 and no limit)"),
        (mood(), "- answered: 9 of 9"),
    ],
)  # fmt: skip
def test_an_alert_and_what_is_unknown_stand_out_in_markdown(result: ScoreResult, line: str) -> None:
    assert line in _lines(result, form=Format.MARKDOWN)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", Format)
def test_a_score_that_was_read_back_is_told_in_the_same_words(form: Format, language: str) -> None:
    stored = exchange.read(exchange.write(FULL), ScoreResult)
    for detail in (False, True):
        told = explain(FULL, form=form, language=language, detail=detail)
        assert explain(stored, form=form, language=language, detail=detail) == told


def test_georgian_is_spoken_and_what_lacks_is_marked() -> None:
    told = explain(mood(Respondent(), _3=0), language="ka")
    assert told.startswith("XX-MOOD: შეფასება, 2026-03-01")
    assert "საჭიროა ადამიანის ყურადღება" in told
    assert "[en] Holder of the form: nobody. Invented." in told


# --- the instrument of a score -------------------------------------------------------------


@pytest.mark.parametrize(
    ("instrument", "told"),
    [
        pytest.param(AUDIT, False, id="library"),
        pytest.param(MOOD, False, id="own"),
        pytest.param(evolve(AUDIT, id="xx-audit"), False, id="own-name"),
        pytest.param(evolve(AUDIT, edition="ours"), True, id="altered"),
    ],
)
def test_instrument_that_only_has_a_name_of_the_library_is_told(
    instrument: Instrument, told: bool
) -> None:
    alerts = _alerts(instruments.score(instrument, {}, on=ON))
    told_by = "! NOT AS THE LIBRARY HAS IT: its instrument audit is declared otherwise. "
    assert [line.startswith(told_by) for line in alerts].count(True) == told


def test_population_that_was_altered_in_a_store_is_told() -> None:
    stored = exchange.write(instruments.score(instruments.find("uk-ew/tier"), {}, on=ON))
    here = stored.replace('made_in = [\\"uk-ew\\"]', 'made_in = [\\"xx\\"]')
    altered = exchange.read(sealed(json.loads(here)), ScoreResult)
    assert instruments.differs_from_library(altered.instrument)
    assert any("uk-ew/tier@hmpps-tier-v3 is declared otherwise" in a for a in _alerts(altered))


def test_every_policy_is_told_in_words() -> None:
    result = instruments.score(instruments.find("audit-c"), {}, on=ON)
    assert "figure_for_not_stated" in result.policies
    told = _lines(result)
    assert "- A figure was used that is for people of whom something is not stated." in told
    assert not any("score_remark" in line for line in told)


# --- steps on the way, and answers that are missing ---------------------------------------

STEPPED = instruments.read_instrument(
    INVENTED.replace("[scales.coded]\n", "[scales.coded]\nstep = true\n")
)
STEPS = "- steps on the way, told in detail only: 1"
COUNTS = instruments.read_instrument(
    INVENTED
    + """
[[checks]]
code = "few"
when = { blanks = ["3"], equals = 1 }
about = "without it there is no mean"
voids = ["mean"]
"""
)
MODELS = [name for name in instruments.names() if instruments.find(name).reference_model]


def test_steps_on_the_way_are_counted_and_told_in_detail_only() -> None:
    result = instruments.score(STEPPED, ANSWERS, on=ON, respondent=WOMAN)
    assert STEPS in _lines(result)
    assert "- coded: 2" not in _lines(result)
    assert "- coded: 2" in _lines(result, detail=True)
    assert STEPS not in _lines(result, detail=True)
    assert not any("steps on the way" in line for line in _lines(mood()))
    assert any(line.startswith("- coded (a step on the way; ") for line in _lines(STEPPED))


@pytest.mark.parametrize("name", MODELS)
def test_reference_models_tell_what_they_are_for_and_not_their_steps(name: str) -> None:
    model = instruments.find(name)
    told = [scale.name for scale in model.scales if not scale.step]
    assert 0 < len(told) <= 12
    assert {bands.of for bands in model.bands} - set(told) <= {"dynamic"}


def test_an_objection_to_missing_answers_is_told_as_such() -> None:
    model = instruments.find("uk-ew/ogrs3")
    result = instruments.score(model, {"gender": "FEMALE"}, on=ON)
    alerts = [line for line in _alerts(result) if "MISSING_MANDATORY_INPUT" in line]
    assert len(alerts) == 1
    assert alerts[0].startswith("! ANSWERS ARE MISSING, so it is not scored, or not wholly: ")
    (score,) = (line for line in _lines(result) if line.startswith("? two_year_pct"))
    assert "(range 0 to 100; answers are missing; no answer to: date_of_birth" in score


def test_an_objection_to_answers_that_were_given_is_told_as_one() -> None:
    result = instruments.score(COUNTS, {"1": 3, "2": 0}, on=ON, respondent=WOMAN)
    assert [
        line.partition(":")[0] for line in _alerts(result) if "odd" in line or "few" in line
    ] == [
        "! NOT SCORED, or not wholly",
        "! ANSWERS ARE MISSING, so it is not scored, or not wholly",
    ]
    (mean,) = (line for line in _lines(result) if line.startswith("? mean"))
    assert "there is an objection to the answers; no answer to: 3" in mean

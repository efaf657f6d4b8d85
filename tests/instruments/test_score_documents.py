"""Stored scores: read back equal, scored again, and refused where they do not follow."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore import exchange, instruments
from rehabcore.instruments import Respondent, ScoreResult
from rehabcore.reports import explain
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Sex
from tests.kit.score_makers import ANSWERS, INVENTED, MOOD, ON, audit, mood
from tests.kit.sealing import sealed

STORED = mood(tables=("rare",))


def _read(text: str) -> ScoreResult:
    return exchange.read(text, ScoreResult)


def _refused(text: str) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        _read(text)
    assert "12.5" not in str(caught.value)
    return [(problem.code, problem.path) for problem in caught.value.problems]


def _changed(change: Callable[[Any], object], result: ScoreResult = STORED) -> str:
    document = json.loads(exchange.write(result))
    change(document["data"])
    return sealed(document)


@pytest.mark.parametrize(
    "result",
    [
        pytest.param(STORED, id="everything"),
        pytest.param(mood(_1=None, _2="na", gate=False, money=None), id="gaps"),
        pytest.param(mood(_1=9, _2=None), id="sentinel"),
        pytest.param(mood(_1=3, _2=0), id="objection"),
        pytest.param(mood(choices={"form": "short"}, extra=None), id="choice"),
        pytest.param(mood(_3=0, keyed=True), id="keyed"),
        pytest.param(mood(Respondent(sex=Sex.OTHER, age=40), unread=True), id="unread"),
        pytest.param(mood(Respondent(sex=Sex.MALE, age=40)), id="dated-norm"),
        pytest.param(audit(0), id="skips"),
        pytest.param(audit(*[1] * 8, 2, 2), id="audit"),
    ],
)
def test_a_score_is_read_back_equal_and_written_alike(result: ScoreResult) -> None:
    assert _read(exchange.write(result)) == result
    assert exchange.write(_read(exchange.write(result))) == exchange.write(result)


@given(
    st.dictionaries(
        st.sampled_from(["1", "2", "3"]), st.sampled_from([0, 1, 2, 3, 9, "na", None]), min_size=1
    ),
    st.one_of(st.none(), st.floats(0, 1e12), st.integers(0, 10**12)),
    st.one_of(st.none(), st.dates(date(1990, 1, 1), ON)),
)
def test_whatever_was_answered_is_read_back_equal(
    answers: dict[str, Any], money: float | None, held: date | None
) -> None:
    result = instruments.score(MOOD, {**answers, "money": money, "day": held}, on=ON)
    assert _read(exchange.write(result)) == result


def test_the_order_of_keys_in_a_store_does_not_matter() -> None:
    document = json.loads(exchange.write(STORED))
    assert _read(json.dumps(document, sort_keys=True)) == STORED
    assert _read(json.dumps(document, indent=3)) == STORED


def test_equal_scores_have_one_canonical_text() -> None:
    again = instruments.read_instrument(INVENTED.replace("value = 3,", "value = 3.0,"))
    answers = dict(reversed(ANSWERS.items()))
    one, other = (
        instruments.score(tool, {**given, "money": money}, on=ON)
        for tool, given, money in ((MOOD, ANSWERS, 12), (again, answers, 12.0))
    )
    assert one == other
    assert exchange.canonical(one) == exchange.canonical(other)
    assert exchange.write(one) == exchange.write(other)


@pytest.mark.parametrize("keyed", [False, True], ids=["raw", "keyed"])
def test_yes_is_written_one_way(keyed: bool) -> None:
    one, other = (mood(gate=yes, keyed=keyed, _3=0) for yes in (True, 1))
    assert exchange.canonical(one) == exchange.canonical(other)
    assert _read(exchange.write(other)) == one


@pytest.mark.parametrize("name", instruments.names())
def test_every_instrument_of_the_library_is_stored_and_told(name: str) -> None:
    tool = instruments.find(name)
    chosen = {choice.id: choice.values[0] for choice in tool.choices}
    result = instruments.score(tool, {}, on=ON, choices=chosen, unread=True)
    stored = _read(exchange.write(result))
    assert stored == result
    assert tool.licence.notice in explain(stored)
    assert tool.title in explain(tool)


def test_days_are_text_and_the_instrument_is_its_file() -> None:
    data = json.loads(exchange.write(STORED))["data"]
    assert data["request"]["answers"]["day"] == "2025-03-02"
    assert data["request"]["respondent"]["birth_date"] == "1990-05-05"
    assert instruments.read_instrument(data["instrument"]) == MOOD


def test_logarithms_may_differ_in_their_last_digits() -> None:
    def nudge(data: Any) -> None:
        for key in ("value", "low", "high"):
            data["scores"][3][key] *= 1 + 1e-12

    assert _read(_changed(nudge)) == STORED


def _reconviction(**answers: Any) -> ScoreResult:
    person: dict[str, Any] = {
        "gender": "FEMALE",
        "date_of_birth": date(1990, 1, 1),
        "total_sanctions": 3,
    }
    tool = instruments.find("uk-ew/ogrs3@rsr-calculator")
    return instruments.score(tool, {**person, **answers}, on=ON)


def test_lists_of_codes_stay_in_the_library_and_are_found_there_again() -> None:
    result = _reconviction(current_offence_code="00101")
    stored = exchange.write(result)
    assert "00101" in stored
    assert "00102" not in stored
    assert _read(stored) == result


@pytest.mark.parametrize("name", ["ogrs3", "../library/uk-ew/ogrs3", "xx/ogrs3"])
def test_an_instrument_elsewhere_does_not_find_lists_of_the_library(name: str) -> None:
    def elsewhere(data: Any) -> None:
        data["instrument"] = data["instrument"].replace("uk-ew/ogrs3", name)

    text = _changed(elsewhere, _reconviction())
    assert {code for code, _ in _refused(text)} == {"unreadable"}


# --- what does not follow -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        (lambda data: data.update(policies=["never_clamped"]), ["policies"]),
        (lambda data: data["scores"][0].update(value=4), ["scores[0].value"]),
        (
            lambda data: data["placings"][0].update(label="low", possible=["low"]),
            ["placings[0].label", "placings[0].possible[0]"],
        ),
        (lambda data: data["flags"][1].update(answer="met"), ["flags[1].answer"]),
        (lambda data: data["figures"][0].update(value=None), ["figures[0].value"]),
        (lambda data: data.update(skipped=["1"]), ["skipped"]),
        (lambda data: data["request"]["answers"].update({"1": 2}), None),
        (lambda data: data["request"].update(on="2025-12-31"), None),
        (
            lambda data: data["request"]["respondent"].update(jurisdiction="yy"),
            ["warnings"],
        ),
    ],
    ids=[
        "policies", "value", "band", "flag", "figure", "skipped", "answer", "day",
        "population",
    ],
)  # fmt: skip
def test_a_result_that_does_not_follow_is_refused_naming_what_differs(
    change: Callable[[Any], object], paths: list[str] | None
) -> None:
    found = _refused(_changed(change))
    assert {code for code, _ in found} == {"does_not_follow"}
    assert paths is None or [path for _, path in found] == [f"data.{path}" for path in paths]


def test_the_warning_of_a_population_cannot_be_taken_away() -> None:
    outside = audit(*[1] * 8, 2, 2)
    assert [remark.code for remark in outside.warnings] == ["outside_population"]
    taken = _changed(lambda data: data.pop("warnings"), outside)
    assert _refused(taken) == [("does_not_follow", "data.warnings")]
    softened = _changed(lambda data: data["warnings"][0].update(about="everybody"), outside)
    assert _refused(softened) == [("does_not_follow", "data.warnings[0].about")]


# --- what cannot be read ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda data: data["request"]["answers"].update({"1": 7, "nina": 1}),
            [("unknown_value", "request.answers.1"), ("unknown_item", "request.answers")],
        ),
        (
            lambda data: data["request"]["answers"].update(day="12.5"),
            [("bad_date", "request.answers.day")],
        ),
        (lambda data: data["request"].update(answers=[]), [("wrong_type", "request.answers")]),
        (
            lambda data: data["request"].update(choices={"form": "other"}),
            [("unknown_value", "request.choices.form")],
        ),
        (
            lambda data: data["request"].update(tables=["x"]),
            [("unknown_value", "request.tables[0]")],
        ),
        (lambda data: data["request"].pop("on"), [("missing_key", "request.on")]),
        (
            lambda data: data["request"]["respondent"].update(age=30),
            [("given_twice", "request.respondent.age")],
        ),
        (lambda data: data.update(instrument={}), [("wrong_type", "instrument")]),
        (lambda data: data.update(instrument="a ="), [("not_toml", "instrument")]),
        (
            lambda data: data.update(instrument=data["instrument"].replace("[validity]", "[[x]]")),
            [("unknown_key", "instrument"), ("missing_key", "instrument.validity")],
        ),
        (
            lambda data: data.update(
                instrument=data["instrument"].replace("[instrument]", "[[instrument]]")
            ),
            [
                ("missing_key", f"instrument.instrument.{key}")
                for key in ("id", "tool", "title", "edition", "higher_means")
            ],
        ),
        (lambda data: data["scores"][0].update(value="3"), [("wrong_type", "scores[0].value")]),
        (lambda data: data.update(extra=1), [("unknown_key", "")]),
    ],
    ids=[
        "answers", "day", "no-answers", "choice", "table", "no-day", "respondent", "instrument",
        "toml", "tables", "list-of-instruments", "value", "key",
    ],
)  # fmt: skip
def test_what_cannot_be_scored_again_is_refused_with_every_path(
    change: Callable[[Any], object], expected: list[tuple[str, str]]
) -> None:
    below = [(code, f"data.{path}".removesuffix(".")) for code, path in expected]
    assert _refused(_changed(change)) == below


def test_figures_that_nobody_has_read_are_not_let_in_by_a_file() -> None:
    unread = instruments.read_instrument(
        INVENTED.replace('of = "money"\n', 'of = "money"\nsource = "hearsay"\n')
    )
    stored = instruments.score(unread, {}, on=ON, unread=True)
    assert _read(exchange.write(stored)) == stored
    quiet = _changed(lambda data: data["request"].pop("unread"), stored)
    assert _refused(quiet) == [("unread_table", "data.request.instrument")]


def test_an_answer_that_is_given_twice_is_refused() -> None:
    text = exchange.write(audit(1)).replace('"1":1', '"1":2,"1":1')
    assert _refused(text) == [("repeated_key", "data.request.answers")]


def test_no_answer_is_shown_in_a_repr() -> None:
    assert "12.5" not in repr(mood(money=12.5))
    assert "1990" not in repr(mood())

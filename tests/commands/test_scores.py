"""The commands of instruments: a form is scored from a file, whatever is wrong is listed."""

import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from rehabcore import exchange, instruments
from rehabcore.__main__ import main
from rehabcore.instruments import ScoreResult
from tests.kit.score_makers import ANSWERS, INVENTED, MOOD, UNREAD, audit, mood

Capture = pytest.CaptureFixture[str]

AUDIT_ANSWERS = {str(item): 1 for item in range(1, 9)} | {"9": 2, "10": 0}
MOOD_ANSWERS = {**ANSWERS, "day": "2025-03-02"}
PERSON = {"sex": "female", "birth_date": "1990-05-05", "jurisdiction": "xx"}
ON = ["--on", "2026-03-01"]


@pytest.fixture
def own(tmp_path: Path) -> str:
    """An instrument of one's own, in a file."""
    path = tmp_path / "mood.toml"
    path.write_text(INVENTED, "utf-8")
    return str(path)


def _file(folder: Path, document: Any) -> str:
    path = folder / "answers.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return str(path)


def _result(arguments: list[str], capsys: Capture) -> ScoreResult:
    assert main([*arguments, "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return exchange.read(out, ScoreResult)


def _problems(arguments: list[str], capsys: Capture, code: int = 3) -> list[str]:
    """What is wrong, as code and path; nothing is printed or shown that somebody answered."""
    assert main(arguments) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert "Maria" not in err
    listed = [line.strip().partition(": found")[0] for line in err.splitlines()[1:]]
    return [" ".join(reversed(line.split(": ")[-2:])) for line in listed]


# --- score --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["audit", "AUDIT"])
def test_a_form_is_scored_by_the_name_of_its_instrument(
    name: str, tmp_path: Path, capsys: Capture
) -> None:
    answers = _file(tmp_path, {"answers": AUDIT_ANSWERS})
    assert _result(["score", name, answers, *ON], capsys) == audit(*[1] * 8, 2, 0)


@pytest.mark.parametrize(
    ("form", "begins"),
    [("text", "AUDIT: scored on 2026-03-01"), ("markdown", "# AUDIT"), ("html", "<!doctype html>")],
)
def test_a_score_is_told_in_every_form(
    form: str, begins: str, tmp_path: Path, capsys: Capture
) -> None:
    answers = _file(tmp_path, {"answers": AUDIT_ANSWERS})
    assert main(["score", "audit", answers, *ON, "--format", form]) == 0
    out = capsys.readouterr().out
    assert out.startswith(begins)
    assert "What each item adds" not in out
    assert main(["score", "audit", answers, *ON, "--format", form, "--detail"]) == 0
    assert "What each item adds" in capsys.readouterr().out


@pytest.mark.parametrize(
    "document",
    [
        {"answers": MOOD_ANSWERS, "on": "2026-03-01", **PERSON},
        {**MOOD_ANSWERS, "on": "2026-03-01", **PERSON, "age": None},
        {"answers": {"1": 1}, **{k: v for k, v in MOOD_ANSWERS.items() if k != "1"}, **PERSON},
        {"answers": MOOD_ANSWERS, "form": "long", "keyed": False, **PERSON, "on": "2026-03-01"},
    ],
    ids=["wrapped", "flat", "both", "with-choices"],
)
def test_a_file_says_of_whom_when_and_how(
    document: Any, own: str, tmp_path: Path, capsys: Capture
) -> None:
    answers = _file(tmp_path, document)
    assert _result(["score", own, answers, *ON], capsys) == mood()


def test_an_item_called_as_a_fact_of_the_person_is_an_answer_unless_answers_stand_apart(
    tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "own.toml"
    text = INVENTED.replace('"behind"', '"age"')
    path.write_text(text, "utf-8")
    score = ["score", str(path), "", *ON]
    score[2] = _file(tmp_path, {"age": 4, "gate": True})
    flat = _result(score, capsys)
    assert (dict(flat.request.answers)["age"], flat.request.respondent.age) == (4, None)
    score[2] = _file(tmp_path, {"answers": {"age": 4, "gate": True}, "age": 30})
    apart = _result(score, capsys)
    assert (dict(apart.request.answers)["age"], apart.request.respondent.age) == (4, 30)


@pytest.mark.parametrize(
    "document",
    [
        {"keyed_answers": {**MOOD_ANSWERS, "3": 0}},
        {"answers": {**MOOD_ANSWERS, "3": 0}, "keyed": True},
        {**MOOD_ANSWERS, "3": 0, "keyed": True},
    ],
    ids=["keyed-answers", "keyed", "flat"],
)
def test_points_are_taken_as_they_are(
    document: Any, own: str, tmp_path: Path, capsys: Capture
) -> None:
    result = _result(["score", own, _file(tmp_path, {**document, **PERSON}), *ON], capsys)
    assert result.request.keyed
    assert result.score("mood") == mood().score("mood")


def test_a_choice_is_a_key_of_the_file(own: str, tmp_path: Path, capsys: Capture) -> None:
    asked = {item: answer for item, answer in MOOD_ANSWERS.items() if item != "extra"}
    short = _file(tmp_path, {"answers": asked, "form": "short"})
    assert _result(["score", own, short, *ON], capsys).request.choices == (("form", "short"),)


def test_tables_on_request_and_of_hearsay_are_asked_for(
    own: str, tmp_path: Path, capsys: Capture
) -> None:
    answers = _file(tmp_path, {"answers": MOOD_ANSWERS, "sex": "other"})
    plain = _result(["score", own, answers, *ON], capsys)
    assert plain.band("by_sex").why == "unread_table"
    assert "rare" not in [placing.name for placing in plain.placings]
    more = _result(["score", own, answers, *ON, "--unread", "--table", "rare"], capsys)
    assert more.band("by_sex").label == "any"
    assert more.band("rare").label == "there"


def test_answers_may_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture
) -> None:
    given = json.dumps(AUDIT_ANSWERS).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    output = tmp_path / "score.json"
    arguments = ["score", "audit", "-", *ON, "--format", "json", "--output", str(output)]
    assert main(arguments) == 0
    assert capsys.readouterr().out == ""
    assert exchange.read(output.read_bytes(), ScoreResult) == audit(*[1] * 8, 2, 0)


def test_a_profile_says_whose_figures(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "own.toml"
    path.write_text(INVENTED.replace("[validity]", 'profile = "one"\n\n[validity]', 1), "utf-8")
    answers = _file(tmp_path, MOOD_ANSWERS)
    score = ["score", str(path), answers, *ON]
    assert _result([*score, "--profile", "one"], capsys).instrument.name == "xx-mood@one"
    assert _problems([*score, "--profile", "two"], capsys) == ["unknown_value profile"]
    unknown = ["score", "audit", answers, *ON, "--profile", "one"]
    assert _problems(unknown, capsys) == ["unknown_instrument name"]


def test_a_file_without_profiles_has_none_to_choose(
    own: str, tmp_path: Path, capsys: Capture
) -> None:
    score = ["score", own, _file(tmp_path, MOOD_ANSWERS), *ON, "--profile", "one"]
    assert _problems(score, capsys) == ["unknown_value profile"]


# --- what goes wrong ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([], ["wrong_type (top)"]),
        ("nonsense", ["not_json (top)"]),
        ('{"1": 1, "1": 2}', ["repeated_key (top)"]),
        ('{"answers": {"1": 1, "1": 2}}', ["repeated_key answers"]),
        ({"answers": [1, 2]}, ["wrong_type answers"]),
        ({"answers": {}, "Maria": 1}, ["unknown_key (top)"]),
        ({"Maria": 1}, ["unknown_key (top)"]),
        ({"answers": {"1": 1}, "1": 1}, ["given_twice 1"]),
        ({"answers": {"1": 7}, "2": 7}, ["unknown_value answers.1", "unknown_value 2"]),
        ({"answers": [], "1": 7}, ["wrong_type answers", "unknown_value 1"]),
        ({"answers": {}, "keyed_answers": {}}, ["given_twice answers"]),
        ({"keyed": False, "keyed_answers": {}}, ["given_twice keyed"]),
        ({"answers": {}, "keyed": 1}, ["wrong_type keyed"]),
        ({"on": "2026-03-02"}, ["given_twice on"]),
        ({"on": "Maria"}, ["bad_date on"]),
        ({"sex": "x", "age": 1.5}, ["unknown_value sex", "wrong_type age"]),
        ({"age": 30, "birth_date": "1990-01-01"}, ["given_twice age"]),
        ({"birth_date": "2026-03-02"}, ["after_assessment birth_date"]),
        ({"form": "other"}, ["unknown_value form"]),
        ({"1": 7, "gate": "yes"}, ["unknown_value 1", "wrong_type gate"]),
        (
            {"answers": {"1": 7, "Maria": 1}, "sex": "x"},
            ["unknown_value sex", "unknown_value answers.1", "unknown_item answers"],
        ),
        ({"keyed_answers": {"Maria": 1}}, ["unknown_item keyed_answers"]),
        ({"keyed_answers": {"1": "Maria"}}, ["wrong_type keyed_answers.1"]),
        ({"day": "Maria"}, ["bad_date day"]),
        ({"answers": {"day": "2026-03-02"}}, ["after_assessment answers.day"]),
        ({"answers": {"day": 5}}, ["wrong_type answers.day"]),
    ],
)
def test_whatever_is_wrong_with_a_file_is_listed_with_its_path(
    document: Any, expected: list[str], own: str, tmp_path: Path, capsys: Capture
) -> None:
    assert _problems(["score", own, _file(tmp_path, document), *ON], capsys) == expected


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"anwsers": {"1": 1}}, "expected only the keys age, answers, birth_date, form, jurisd"),
        ({"anwsers": {"1": 1}}, "keyed, keyed_answers, on, sex"),
        (
            {"answers": {"1": 1}, "1": 2},
            "1: given_twice: found both; expected one answer, here or in answers",
        ),
        (
            {"answers": {"1": 1}, "keyed_answers": {"1": 1}},
            "found both; expected answers, which are raw, or keyed_answers, but not both",
        ),
        (
            {"keyed": True, "keyed_answers": {"1": 1}},
            "keyed: given_twice: found both; expected keyed_answers without it, since they are "
            "always points",
        ),
    ],
)
def test_it_is_said_what_would_mend_a_file(
    document: Any, told: str, own: str, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["score", own, _file(tmp_path, document), *ON]) == 3
    assert told in capsys.readouterr().err


def test_answers_that_stand_twice_are_listed_in_their_order(
    own: str, tmp_path: Path, capsys: Capture
) -> None:
    document = {"answers": {"1": 1, "2": 1, "3": 1}, "3": 1, "1": 1, "2": 1}
    score = ["score", own, _file(tmp_path, document), *ON]
    assert _problems(score, capsys) == ["given_twice 3", "given_twice 1", "given_twice 2"]


def test_without_a_day_nothing_is_scored_and_it_is_said_with_all_else_that_is_wrong(
    own: str, tmp_path: Path, capsys: Capture
) -> None:
    score = ["score", own, _file(tmp_path, {"sex": "x", "1": 1})]
    assert _problems(score, capsys) == ["unknown_value sex", "missing_key on"]
    bad = ["score", own, _file(tmp_path, {"on": "soon"})]
    assert _problems(bad, capsys) == ["bad_date on"]


def test_problems_name_the_file(own: str, tmp_path: Path, capsys: Capture) -> None:
    answers = _file(tmp_path, {"1": 7})
    assert main(["score", own, answers, *ON]) == 3
    assert f"{answers}: 1: unknown_value" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--table", "rarest"], "tables[0]"),
        (["--table", "level"], "tables[0]"),
    ],
)
def test_a_table_that_is_not_there_on_request_is_refused(
    arguments: list[str], expected: str, own: str, tmp_path: Path, capsys: Capture
) -> None:
    score = ["score", own, _file(tmp_path, MOOD_ANSWERS), *ON, *arguments]
    assert _problems(score, capsys) == [f"unknown_value {expected}"]


def test_an_instrument_of_unread_figures_is_used_only_on_request(
    tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "unread.toml"
    path.write_text(UNREAD, "utf-8")
    score = ["score", str(path), _file(tmp_path, MOOD_ANSWERS), *ON]
    assert _problems(score, capsys) == ["unread_table instrument"]
    assert _result([*score, "--unread"], capsys).request.unread


def test_a_name_that_is_unknown_and_a_file_that_is_not_there_are_told_apart(
    tmp_path: Path, capsys: Capture
) -> None:
    answers = _file(tmp_path, MOOD_ANSWERS)
    assert _problems(["score", "nothing", answers, *ON], capsys) == ["unknown_instrument name"]
    assert main(["score", "nothing.toml", answers, *ON]) == 6
    assert main(["score", "audit", "nothing.json", *ON]) == 6
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "arguments",
    [["score"], ["score", "audit"], ["score", "audit", "a.json", "--on", "soon"], ["instruments"]],
    ids=["nothing", "no-answers", "day", "no-command"],
)
def test_a_wrong_call_ends_with_code_2(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().out == ""


# --- instruments --------------------------------------------------------------------------


def test_the_list_has_every_instrument_and_reference_models_apart(capsys: Capture) -> None:
    assert main(["instruments", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    apart = lines.index("Reference models, used only when asked for by name:")
    assert (
        "audit: Alcohol Use Disorders Identification Test "
        f"[{instruments.find('audit').validity.population}; free_noncommercial; tier A, T; draft]"
    ) in lines[:apart]
    models = {name for name in instruments.names() if instruments.find(name).reference_model}
    assert {line.split(":")[0] for line in lines[apart + 1 :]} == models
    assert {line.split(":")[0] for line in lines[:apart]} == set(instruments.names()) - models


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("text", "XX-MOOD: Invented <moods> & more\n==="),
        ("markdown", "# XX-MOOD"),
        ("html", "<!doctype html>"),
    ],
)
def test_an_instrument_is_shown_in_every_form(
    form: str, begins: str, own: str, capsys: Capture
) -> None:
    assert main(["instruments", "show", own, "--format", form]) == 0
    assert capsys.readouterr().out.startswith(begins)


def test_an_instrument_is_shown_as_a_file_from_which_an_agency_can_start(
    own: str, tmp_path: Path, capsys: Capture
) -> None:
    copy = tmp_path / "copy.toml"
    assert main(["instruments", "show", own, "--format", "toml", "--output", str(copy)]) == 0
    assert instruments.load_instrument(copy) == MOOD
    assert main(["instruments", "show", str(copy), "--format", "toml"]) == 0
    assert capsys.readouterr().out == copy.read_text("utf-8")


def test_the_tables_of_an_instrument_are_shown_as_json_with_days_as_text(
    own: str, capsys: Capture
) -> None:
    assert main(["instruments", "show", own, "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["bands"]["by_sex"]["tables"][0]["from"] == "2026-01-01"
    assert plain["instrument"]["title"] == "Invented <moods> & more"


def test_every_instrument_of_the_library_is_written_as_the_same_instrument(
    tmp_path: Path,
) -> None:
    copy = str(tmp_path / "copy.toml")
    for listed in Path(instruments.__file__).parent.rglob("*.csv"):  # they stand beside it
        shutil.copy(listed, tmp_path)
    for name in instruments.names():
        assert main(["instruments", "show", name, "--format", "toml", "--output", copy]) == 0
        assert instruments.load_instrument(Path(copy)) == instruments.find(name)


def test_a_file_and_a_folder_of_instruments_are_checked(own: str, capsys: Capture) -> None:
    sound = "xx-mood: sound, 9 items, 6 scales\n"
    assert main(["instruments", "check", own]) == 0
    assert capsys.readouterr().out == sound
    below = Path(own).parent / "below"
    below.mkdir()
    (below / "again.toml").write_text(INVENTED, "utf-8")
    assert main(["instruments", "check", str(Path(own).parent)]) == 0
    assert capsys.readouterr().out == sound * 2


def test_every_problem_of_every_instrument_is_listed_with_its_file(
    own: str, capsys: Capture
) -> None:
    folder = Path(own).parent
    (folder / "a.toml").write_text("a =", "utf-8")
    text = INVENTED.replace('tier = "A"', 'tier = "B"').replace('policy = "prorate"', "policy = 1")
    (folder / "b.toml").write_text(text, "utf-8")
    assert main(["instruments", "check", str(folder)]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "3 problems" in err
    for told in ("a.toml: (top): not_toml", "b.toml: source[0].tier", "b.toml: missing.policy"):
        assert told in err


def test_what_is_not_there_cannot_be_checked(tmp_path: Path, capsys: Capture) -> None:
    assert _problems(["instruments", "check", str(tmp_path)], capsys) == [
        f"missing_file {tmp_path.name}"
    ]
    assert main(["instruments", "check", str(tmp_path / "nothing.toml")]) == 6

"""The reference models of England and Wales: published vectors, and what the models say of people.

A file of ``cases`` is a list of rows: what a tool of a profile is given, and what it answers.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rehabcore import instruments
from rehabcore.instruments import LicenceClass, Respondent, ScoreResult
from rehabcore.rules.sources import Status
from rehabcore.strict.problems import InputError

CASES = Path(__file__).parents[1] / "cases"
LIBRARY = Path(instruments.__file__).parent / "library"
TODAY = date(2030, 1, 1)
IN_PLACE = Respondent(jurisdiction="uk-ew")
MODELS = (
    "uk-ew/arp@hmpps-arns-gen2",
    "uk-ew/ogrs3@hmpps-arns-gen1",
    "uk-ew/ogrs3@rsr-calculator",
    "uk-ew/ovp@hmpps-arns-gen1",
    "uk-ew/vrp@hmpps-arns-gen2",
)

LEVELS = ("NO_PROBLEMS", "SOME_PROBLEMS", "SIGNIFICANT_PROBLEMS")
PARTS: dict[str, tuple[str, dict[str, str]]] = {
    "ogrs3.age_gender_weight": ("age_gender", {"age": "followup_age"}),
    "ogrs3.band": ("band", {}),
    "ogrs3.copas": ("copas", {"age_at_conviction": "conviction_age"}),
    "ogrs3.probability": ("p", {"linear_predictor_without_intercept": "z"}),
    "ovp.age_points": ("age_points", {"age_at_followup": "followup_age"}),
    "ovp.alcohol_points": (
        "alcohol_points",
        {"current_use": "current_alcohol_use_problems", "binge": "excessive_alcohol_use"},
    ),
    "ovp.band": ("band", {}),
    "ovp.non_violent_sanctions_points": ("non_violent_sanctions_points", {}),
    "ovp.probability": ("", {}),
    "ovp.violent_sanctions_points": ("violent_sanctions_points", {}),
}
"""The part of a model that a tool of the vectors tries, and what its inputs are called there."""


def rows() -> list[Any]:
    """Every row of the vectors, as a parameter with its id."""
    files = [CASES / f"{model}.json" for model in ("ogrs3", "ovp", "arp", "vrp")]
    return [
        pytest.param(row, id=row["id"])
        for file in files
        for row in json.loads(file.read_text("utf-8"))
    ]


def scored(row: dict[str, Any]) -> ScoreResult:
    """The result of the inputs of a row."""
    model = instruments.find(f"uk-ew/{row['tool']}@{row['profile']}")
    given = {key: value for key, value in row["inputs"].items() if key != "mode"}
    on = date.fromisoformat(given.pop("assessment_date", TODAY.isoformat()))
    days = {key: date.fromisoformat(given[key]) for key in given if key.startswith("date_")}
    return instruments.score(model, {**given, **days}, on=on, respondent=IN_PLACE)


def part_of(row: dict[str, Any], expected: str) -> object:
    """What the part of a model that a row tries says of its inputs."""
    name, called = PARTS[row["tool"]]
    model = instruments.find(f"uk-ew/{row['tool'].partition('.')[0]}@{row['profile']}")
    given = {called.get(key, key): value for key, value in row["inputs"].items()}
    if row["tool"] == "ovp.alcohol_points":
        given = {key: LEVELS[level] for key, level in given.items()}
    if name == "p":
        name = {1: "p_one_year", 2: "p_two_year"}[given.pop("year")]
    return instruments.part(model, name or expected, given, on=TODAY)


@pytest.mark.no_cover
@pytest.mark.parametrize("row", rows())
def test_published_vector(row: dict[str, Any]) -> None:
    expected = dict(row["expected"])
    errors, tolerance = expected.pop("errors", None), expected.pop("tolerance", 1e-8)
    if errors == ["REJECTED"]:
        assert refused(row)
        return
    for key, value in expected.items():
        found = part_of(row, key) if row["tool"] in PARTS else said(scored(row), key)
        exact = not isinstance(value, float | dict) or key.endswith(("pct", "5dp"))
        assert found == (value if exact else near(value, tolerance, row["tool"]))
    if row["tool"] not in PARTS:
        result = scored(row)
        assert errors is None or [remark.code for remark in result.objections] == errors
        if mode := row["inputs"].get("mode"):
            assert result.band("mode").label == mode


def near(value: Any, tolerance: float, tool: str) -> Any:
    """A number within the tolerance of its row, which for golden probabilities is relative."""
    golden = tool == "ogrs3" and tolerance < 1e-8
    return pytest.approx(value, rel=tolerance if golden else 0, abs=0 if golden else tolerance)


def refused(row: dict[str, Any]) -> bool:
    """Whether a row is refused, or there is an objection to it."""
    try:
        if row["tool"] in PARTS:
            part_of(row, "two_year_pct")
            return False
        return bool(scored(row).objections)
    except InputError:
        return True


def said(result: ScoreResult, key: str) -> object:
    """What a result says of a key of the vectors."""
    if key == "band":
        return result.band("band").label
    if key == "components":
        names = ("age_gender", "sanction_status", "copas", "offence")
        return {name: result.score(name).value for name in names}
    return result.score({"linear_predictor_without_intercept": "z"}.get(key, key)).value


@pytest.mark.parametrize("name", MODELS)
def test_model_is_labelled_as_one_that_holds_nowhere_else(name: str) -> None:
    model = instruments.find(name)
    assert model.name == name
    assert model.reference_model
    assert model.status is Status.DRAFT
    assert model.validity.made_in == ("uk-ew",)
    assert not model.validity.validated_elsewhere
    assert model.validity.population.startswith("England and Wales")
    assert model.licence.licence_class is LicenceClass.OPEN_SOURCE
    assert "NOTICES.md" in model.licence.notice


def test_name_without_profile_is_the_default_profile() -> None:
    wanted = {"ogrs3": "rsr-calculator", "ovp": "hmpps-arns-gen1", "vrp": "hmpps-arns-gen2"}
    found = {name: instruments.find(f"uk-ew/{name}").profile for name in wanted}
    assert found == wanted


@pytest.mark.parametrize("name", ["ogrs3", "ovp", "arp", "vrp"])
def test_model_is_not_found_by_its_bare_name(name: str) -> None:
    with pytest.raises(InputError, match="uk-ew"):
        instruments.find(name)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("jurisdiction", ["", "xx", "ge"])
def test_anybody_elsewhere_is_outside_of_the_population(name: str, jurisdiction: str) -> None:
    model = instruments.find(name)
    where = Respondent(jurisdiction=jurisdiction)
    codes = [one.code for one in instruments.score(model, {}, on=TODAY, respondent=where).warnings]
    assert codes == ["outside_population", "age_and_sex_count"]
    at_home = instruments.score(model, {}, on=TODAY, respondent=IN_PLACE)
    assert [one.code for one in at_home.warnings] == ["age_and_sex_count"]


@pytest.mark.no_cover
@pytest.mark.parametrize("name", MODELS)
def test_model_is_the_same_after_it_was_written(name: str) -> None:
    model = instruments.find(name)
    plain = instruments.to_plain(model)
    again = instruments.from_plain(plain, lambda file: (LIBRARY / "uk-ew" / file).read_bytes())
    assert again == model
    assert hash(again) == hash(model)
    assert instruments.to_plain(again) == plain
    assert "entries" not in repr(plain)


@pytest.mark.parametrize("name", MODELS)
def test_nothing_answered_is_no_score_and_no_refusal(name: str) -> None:
    result = instruments.score(instruments.find(name), {}, on=TODAY)
    assert {score.value for score in result.scores} == {None}
    assert result.assumptions == ()
    assert result.objections[0].code == "MISSING_MANDATORY_INPUT"
    assert result.band("band").label is None


@pytest.mark.parametrize("name", MODELS)
def test_model_cites_the_published_notices(name: str) -> None:
    model = instruments.find(name)
    notices = (LIBRARY / "uk-ew" / "NOTICES.md").read_text("utf-8")
    for holder in model.licence.holder.split("; "):
        assert holder in notices
    assert "MIT licence" in notices

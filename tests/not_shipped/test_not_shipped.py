"""Instruments that are not shipped, declared here to exercise the model with published vectors.

Their rights, or their figures, are not ours to publish: this folder is in no release.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rehabcore.instruments import (
    Instrument,
    Respondent,
    ScoreResult,
    load_instrument,
    names,
    read_instrument,
    score,
)
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Sex

HERE = Path(__file__).parent
CASES = json.loads(HERE.parent.joinpath("cases", "instruments.json").read_text("utf-8"))
ON = date(2026, 11, 16)

Inputs = Mapping[str, Any]
Results = dict[str, object]


def instrument(name: str) -> Instrument:
    return load_instrument(HERE / "instruments" / f"{name}.toml")


def scored(name: str, answers: Inputs, inputs: Inputs, on: date = ON) -> ScoreResult:
    sex = inputs.get("sex")
    respondent = Respondent(sex=Sex(sex) if sex else None, age=inputs.get("age"))
    keyed = inputs.get("keyed", False)
    return score(instrument(name), answers, on=on, respondent=respondent, keyed=keyed, unread=True)


def everything(result: ScoreResult) -> Results:
    """Every score and band, by name; levels that are numbers as numbers."""
    labels = {placing.name: placing.label for placing in result.placings}
    told = {n: int(label) if label and label.isdigit() else label for n, label in labels.items()}
    return {**{one.name: one.value for one in result.scores}, **told}


def form(name: str) -> Callable[[Inputs], Results]:
    return lambda inputs: everything(scored(name, inputs["answers"], inputs))


def ready(name: str, item: str) -> Callable[[Inputs], Results]:
    """An instrument that takes a score from elsewhere."""
    given = "total" if name == "bpaq-29" else item.replace("ready", "score")
    return lambda inputs: everything(scored(name, {item: inputs[given]}, inputs))


def oras(inputs: Inputs) -> Results:
    return ready(f"oras-{inputs['form'].lower()}", "score")(inputs)


def lsi_r(inputs: Inputs) -> Results:
    """The band of a ready LSI-R score, by the table of a jurisdiction on a day."""
    given = inputs.get("date", inputs.get("table_from"))
    if given is None and inputs["jurisdiction"] != "default":
        return {"band": "unknown", "interval": None}
    name = f"lsi-r-{inputs['jurisdiction'].lower().replace('_', '-')}"
    on = ON if given is None else date.fromisoformat(given)
    try:
        answers = {"score": min(inputs["score"], 54) if inputs["score"] == 55 else inputs["score"]}
        result = scored(name, answers, inputs, on)
    except InputError:
        return {"band": "unknown", "interval": None}
    placed = result.band("band")
    label = "unknown" if placed.why == "no_score" else placed.label
    return {"band": label, "interval": interval(instrument(name), placed.table, placed.label)}


def interval(
    declared: Instrument, table: str, label: str | None
) -> list[int | float | None] | None:
    """The range of a label in the table whose description ends as told; open ends are None."""
    highest = declared.scales[0].range
    assert highest is not None
    for one in declared.bands[0].tables:
        for band in one.bands:
            day = f"from={one.start}" if one.start else ""
            sex = str(one.when.chosen[0][1][0]) if one.when else ""
            if label == band.label and day in table and sex in table:
                return [band.low, None if band.high == highest[1] else band.high]
    return None


def pattern(inputs: Inputs) -> Results:
    answers = {item: given for item, given in inputs["answers"].items() if item != "age"}
    person = {"sex": "male", "age": inputs["answers"]["age"]}
    return everything(scored("pattern-1.3", answers, person))


def pattern_age(inputs: Inputs) -> Results:
    result = scored("pattern-1.3", {}, inputs)
    return {name: result.figure(f"{name}_age").value for name in ("general", "violent")}


TEMPLATE = """
[instrument]
id = "{id}"
tool = "{id}"
title = "As an agency would declare its own edition"
edition = "declared in a test"
higher_means = "more"
[validity]
population = "not stated"
administered_by = "anyone"
[licence]
class = "permission"
holder = "the publisher"
notice = "Not part of any release."
[[source]]
id = "agency"
cite = "The agency's own edition"
tier = "O"
[[items]]
numbers = {numbers}
values = [1, 2, 3, 4, 5]
"""


def tcu_scale(inputs: Inputs) -> Results:
    """Ten times the mean; the list of items is that of the agency's edition."""
    numbers = json.dumps(list(inputs["answers"]))
    keying = f"[[keying]]\nreverse = {json.dumps(inputs['reversed'])}\n"
    document = TEMPLATE.format(id="tcu-cest-scale", numbers=numbers) + (
        keying if inputs["reversed"] else ""
    )
    made = read_instrument(f"{document}[scales]\nscore = {{ mean = {numbers}, times = 10 }}\n")
    return everything(score(made, inputs["answers"], on=ON, unread=True))


def bpaq_sf(inputs: Inputs) -> Results:
    """Four subscales; which items they hold is not settled, and so is given."""
    assert inputs["scale"] == "1-5"
    scales = [f"{name} = {{ sum = {json.dumps(of)} }}" for name, of in inputs["groups"].items()]
    total = f"total = {{ sum_of_scales = {json.dumps(list(inputs['groups']))} }}"
    document = TEMPLATE.format(id="bpaq-sf", numbers=json.dumps(list(inputs["answers"])))
    made = read_instrument("\n".join((document, "[scales]", *scales, total)))
    return everything(score(made, inputs["answers"], on=ON, unread=True))


TOOLS: dict[str, Callable[[Inputs], Results]] = {
    "NYC_SUPERVISED_RELEASE": form("nyc-supervised-release"),
    "VPRAI-R": form("vprai-r"),
    "VPRAI_ORIGINAL_BANDS": ready("vprai-original", "score"),
    "STATIC-99R": form("static-99r"),
    "STATIC-99R_BANDS": ready("static-99r-bands", "ready"),
    "STATIC-99": form("static-99"),
    "SFS-98": form("sfs-98"),
    "ORAS_BANDS": oras,
    "LSI-R_BANDS": lsi_r,
    "COMPAS_DECILE": ready("compas-decile", "decile"),
    "PATTERN_AGE_POINTS": pattern_age,
    "PATTERN_MALE_1.3": pattern,
    "PTRA": form("ptra"),
    "BPAQ-SF": bpaq_sf,
    "BPAQ-29_NORMS": ready("bpaq-29", "ready"),
    "TCU-CEST_SCALE": tcu_scale,
}
VECTORS = [case for case in CASES if case["tool"] in TOOLS]


@pytest.mark.no_cover
@pytest.mark.parametrize("case", VECTORS, ids=[case["id"] for case in VECTORS])
def test_the_vector_is_reproduced(case: dict[str, Any]) -> None:
    found = TOOLS[case["tool"]](case["inputs"])
    for name, expected in case["expected"].items():
        if isinstance(expected, float):
            assert found[name] == pytest.approx(expected, abs=1e-6)
        else:
            assert found[name] == expected, name


def test_every_tool_here_has_vectors_and_is_not_shipped() -> None:
    assert {case["tool"] for case in VECTORS} == set(TOOLS)
    shipped = {name.replace("-", "").lower() for name in names()}
    declared = {path.stem.replace("-", "") for path in HERE.glob("instruments/*.toml")}
    assert declared
    assert not declared & shipped


def test_figures_that_nobody_read_are_refused_unless_asked_for() -> None:
    with pytest.raises(InputError, match=r"instrument: unread_table"):
        score(instrument("vprai-r"), {}, on=ON)
    moderate = score(
        instrument("oras-pit"), {"score": 16}, on=ON, respondent=Respondent(sex=Sex.MALE)
    )
    assert moderate.band("band").label is None
    assert moderate.band("band").why == "unread_table"


# --- what public scorers got wrong ------------------------------------------------------------


def test_a_score_of_zero_has_a_band() -> None:
    assert lsi_r({"jurisdiction": "US_ID", "date": "2021-01-01", "sex": "male", "score": 0}) == {
        "band": "low",
        "interval": [0, 20],
    }


@pytest.mark.parametrize(
    ("sex", "why"), [(Sex.MALE, ""), (Sex.FEMALE, ""), (Sex.OTHER, "no_table"), (None, "no_table")]
)
def test_one_policy_for_a_sex_that_no_table_covers(sex: Sex | None, why: str) -> None:
    for name in ("oras-cst3", "lsi-r-us-id"):
        person = Respondent(sex=sex)
        placed = score(instrument(name), {"score": 10}, on=ON, respondent=person).band("band")
        assert (placed.label is None) == bool(why)
        assert placed.why == why


@pytest.mark.parametrize(
    ("felony", "total"), [(0, -1), (1, 1)], ids=["without a felony", "with a felony"]
)
def test_a_felony_weighs_one_point_either_way(felony: int, total: int) -> None:
    answers = dict.fromkeys(("pending", "first_arrest", "warrant_4y", "misdemeanor_1y"), 0)
    answers |= {"drug_9y": 0, "full_time_activity": 0, "age": 20, "felony_9y": felony}
    assert form("nyc-supervised-release")({"answers": answers})["score"] == total


@pytest.mark.parametrize(
    ("answers", "total"),
    [({"age": 40, "first_arrest": 1, "full_time_activity": 1}, -16), ({"age": 16}, 18)],
    ids=["lowest", "highest"],
)
def test_the_stated_range_of_supervised_release_closes(answers: dict[str, int], total: int) -> None:
    high = total == 18
    yes = ("pending", "warrant_4y", "felony_9y", "misdemeanor_1y", "drug_9y")
    given = {**dict.fromkeys(yes, int(high)), "first_arrest": 0, "full_time_activity": 0, **answers}
    assert form("nyc-supervised-release")({"answers": given})["score"] == total


@pytest.mark.parametrize(("score_of", "level"), [(5, "IVa"), (6, "IVb"), (7, "IVb")])
def test_bands_come_from_the_file(score_of: int, level: str) -> None:
    assert ready("static-99r-bands", "ready")({"score": score_of})["level_2016"] == level


@pytest.mark.parametrize(
    ("day", "label"),
    [("2020-07-20", "level_2"), ("2020-07-21", "low"), ("2020-07-22", "low")],
    ids=["day before", "day of", "day after"],
)
def test_a_table_is_in_force_from_its_first_day(day: str, label: str) -> None:
    given = {"jurisdiction": "US_ID", "date": day, "sex": "male", "score": 20}
    assert lsi_r(given)["band"] == label


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("2008-12-31", "low"),
        ("2009-01-01", "medium"),
        ("2014-12-03", "medium"),
        ("2014-12-04", "low"),
    ],
)
def test_every_dated_table_ends_where_the_next_begins(day: str, label: str) -> None:
    assert lsi_r({"jurisdiction": "US_PA", "date": day, "score": 18})["band"] == label


@pytest.mark.parametrize(("sentinel", "reason"), [(60, "incomplete"), (70, "refused")])
def test_a_sentinel_is_never_a_number_of_the_result(sentinel: int, reason: str) -> None:
    result = score(instrument("lsi-r-us-pa"), {"score": sentinel}, on=ON)
    assert result.score("total").value is None
    assert result.band("band").label is None
    assert [(w.items, w.about) for w in result.warnings if w.code == "sentinel"] == [
        (("score",), reason)
    ]

"""The ASI composites and the NODS: sums with a logarithm, and gates over two periods."""

from math import log

import pytest

from rehabcore.strict.problems import InputError
from tests.kit.instrument_forms import ASI_OF_NO_ALCOHOL, scored

MEDICAL = {"days": 0, "bothered": 0, "importance": 0}
DRUGS = (
    "heroin",
    "methadone",
    "other_opiate",
    "barbiturate",
    "sedative",
    "cocaine",
    "amphetamine",
    "cannabis",
    "hallucinogen",
    "multi_substance",
)
DRUG = {**dict.fromkeys((*(f"{d}_days" for d in DRUGS), "problem_days"), 0)} | {
    "bothered": 0,
    "importance": 0,
}
NOTHING = {"asi-medical": MEDICAL, "asi-alcohol": ASI_OF_NO_ALCOHOL, "asi-drug": DRUG}


@pytest.mark.parametrize(
    ("name", "answers", "expected"),
    [
        *((name, {}, 0) for name in NOTHING),
        ("asi-medical", {"days": 30}, 1 / 3),
        ("asi-medical", {"bothered": 4}, 1 / 3),
        ("asi-medical", {"importance": 4}, 1 / 3),
        ("asi-medical", {"days": 30, "bothered": 4, "importance": 4}, 1),
        *(
            ("asi-alcohol", {f"{k}_days": 30}, 1 / 6)
            for k in ("alcohol", "intoxication", "problem")
        ),
        ("asi-alcohol", {"bothered": 4}, 1 / 6),
        ("asi-alcohol", {"importance": 4}, 1 / 6),
        ("asi-alcohol", {"money_usd": 0.5}, log(1.5) / 44),
        ("asi-alcohol", {"money_usd": 100}, log(101) / 44),
        *(("asi-drug", {f"{drug}_days": 30}, 1 / 13) for drug in DRUGS),
        ("asi-drug", {"problem_days": 30}, 1 / 13),
        ("asi-drug", {"bothered": 4}, 1 / 13),
        ("asi-drug", {"importance": 4}, 1 / 13),
    ],
)
def test_asi_item_has_its_share_of_the_composite(
    name: str, answers: dict[str, float], expected: float
) -> None:
    value = scored(name, {**NOTHING[name], **answers}).score("score").value
    assert value == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "item"), [(name, item) for name, items in NOTHING.items() for item in items]
)
def test_asi_item_without_an_answer_leaves_no_composite(name: str, item: str) -> None:
    score = scored(name, {**NOTHING[name], item: None}).score("score")
    assert (score.value, score.why, score.missing) == (None, "missing", (item,))


@pytest.mark.parametrize(
    ("name", "item", "answer"),
    [
        ("asi-medical", "days", 31),
        ("asi-medical", "days", -1),
        ("asi-medical", "bothered", 5),
        ("asi-alcohol", "money_usd", -0.01),
        ("asi-drug", "inhalant_days", 1),
    ],
)
def test_asi_answer_that_the_form_does_not_have_is_refused(
    name: str, item: str, answer: float
) -> None:
    with pytest.raises(InputError, match=rf"{item}|unknown_item"):
        scored(name, {**NOTHING[name], item: answer})


LIFETIME = {str(number): 0 for number in range(1, 18)}
CRITERIA = (("1", "2"), ("3",), ("4", "5"), ("6", "7"), ("8", "9"), ("10",), ("11", "12"), ("13",))
SCORING = (*CRITERIA, ("14", "15", "16"), ("17",))
"""The items of the ten criteria, with the gates of those that have one."""


def _nods(yes: tuple[str, ...], past_year: bool = False) -> int | float | None:
    """The total if only some items are answered with yes, and those behind them with no."""
    answers: dict[str, int | None] = {**LIFETIME, **dict.fromkeys(yes, 1)}
    if past_year:
        behind = [str(int(item) + 17) for item in LIFETIME if answers[item]]
        answers = {**dict.fromkeys(behind, 0), **answers}
    period = "past_year" if past_year else "lifetime"
    return scored("nods", answers, choices={"period": period}).score("total").value


def _year(items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(int(item) + 17) for item in items)


@pytest.mark.parametrize("items", SCORING)
def test_nods_criterion_counts_once_in_each_period(items: tuple[str, ...]) -> None:
    assert _nods(items) == 1
    assert _nods((*items, *_year(items)), past_year=True) == 1
    assert _nods(items, past_year=True) == 0


@pytest.mark.parametrize("item", ["1", "2", "8", "9", "14", "15", "16"])
def test_nods_criterion_of_several_items_is_met_by_any(item: str) -> None:
    assert _nods((item,)) == 1
    assert _nods((item, *_year((item,))), past_year=True) == 1


@pytest.mark.parametrize("gate", ["4", "6", "11"])
def test_nods_gate_never_scores(gate: str) -> None:
    assert _nods((gate,)) == 0
    assert _nods((gate, *_year((gate,))), past_year=True) == 0


@pytest.mark.parametrize(("gate", "item"), [("4", "5"), ("6", "7"), ("11", "12")])
def test_nods_item_behind_a_closed_gate_is_not_asked(gate: str, item: str) -> None:
    left_out = {name: answer for name, answer in LIFETIME.items() if name != item}
    result = scored("nods", left_out, choices={"period": "lifetime"})
    assert (result.score("total").value, result.not_asked, result.missing) == (
        0,
        ("5", "7", "12"),
        (),
    )
    opened = scored("nods", {**left_out, gate: 1}, choices={"period": "lifetime"})
    assert (opened.score("total").value, opened.missing) == (None, (item,))


@pytest.mark.parametrize(
    ("criteria", "label"),
    [
        (0, "low_risk"),
        (1, "at_risk"),
        (2, "at_risk"),
        (3, "problem"),
        (4, "problem"),
        (5, "pathological"),
        (10, "pathological"),
    ],
)
@pytest.mark.parametrize("period", ["lifetime", "past_year"])
def test_nods_band_is_that_of_the_number_of_criteria(
    criteria: int, label: str, period: str
) -> None:
    yes = {item: 1 for items in SCORING[:criteria] for item in items}
    answers = {**LIFETIME, **yes}
    if period == "past_year":
        answers |= dict.fromkeys(_year(tuple(yes)), 1)
    result = scored("nods", answers, choices={"period": period})
    assert (result.score("total").value, result.band("band").label) == (criteria, label)


def test_nods_of_the_past_year_also_tells_the_lifetime_score() -> None:
    answers = {**LIFETIME, "3": 1, "20": 0}
    result = scored("nods", answers, choices={"period": "past_year"})
    assert (result.score("lifetime").value, result.score("total").value) == (1, 0)


def test_nods_question_of_the_past_year_is_missing_where_the_lifetime_answer_was_yes() -> None:
    result = scored("nods", {**LIFETIME, "3": 1}, choices={"period": "past_year"})
    assert result.score("total").missing == ("20",)
    assert (result.score("total").low, result.score("total").high) == (0, 1)


def test_nods_period_must_be_said() -> None:
    with pytest.raises(InputError, match=r"choices\.period"):
        scored("nods", LIFETIME)

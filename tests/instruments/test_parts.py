"""One part of an instrument alone: which values of scales are taken, and what is told if not."""

from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest

from rehabcore import instruments
from rehabcore.instruments import Instrument, Respondent, find, names, part
from rehabcore.instruments.checks.naming import NameKind, names_of
from rehabcore.instruments.checks.steps import grid_steps
from rehabcore.instruments.engine.numbers import ends_of
from rehabcore.instruments.engine.scorer import reported
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Sex
from tests.kit.builders import day

ON = day("2026-03-01")
OGRS3 = [f"uk-ew/ogrs3@{profile}" for profile in ("rsr-calculator", "hmpps-arns-gen1")]


def problems_of(instrument: Instrument, name: str, known: Any, **how: Any) -> list[Any]:
    """What is refused of a part: code, path, and what would be right."""
    with pytest.raises(InputError) as caught:
        part(instrument, name, known, on=ON, **how)
    return [(one.code, one.path, one.expected) for one in caught.value.problems]


@pytest.mark.parametrize("model", OGRS3)
@pytest.mark.parametrize("share", [49.4, 49.5, 49.6, 49.999, 74.5, 89.9])
def test_a_percentage_between_two_whole_ones_has_no_band(model: str, share: float) -> None:
    expected = "a whole number, as the scale has; or, in its place, what it is computed from"
    assert problems_of(find(model), "band", {"two_year_pct": share}) == [
        ("unknown_value", "known.two_year_pct", expected)
    ]


@pytest.mark.parametrize("model", OGRS3)
@pytest.mark.parametrize(
    ("probability", "percent", "band"),
    [(0.494, 49, "LOW"), (0.496, 50, "MEDIUM"), (0.746, 75, "HIGH"), (0.896, 90, "VERY_HIGH")],
)
def test_the_model_itself_rounds_what_a_percentage_comes_from(
    model: str, probability: float, percent: int, band: str
) -> None:
    told = [
        part(find(model), name, {"p_two_year": probability}, on=ON)
        for name in ("two_year_pct", "band")
    ]
    assert told == [percent, band]


@pytest.mark.parametrize(
    ("model", "scale", "value", "kind"),
    [
        ("uk-ew/arp@hmpps-arns-gen2", "score_pct", 49.996, "a multiple of 1/100"),
        ("uk-ew/ovp@hmpps-arns-gen1", "two_year_pct", 29.5, "a whole number"),
        ("uk-ew/ovp@hmpps-arns-gen1", "temper_points", 4, "a multiple of 3"),
        ("urica", "PC", 1.5, "a multiple of 1/7"),
        ("audit", "total", 7.5, "a whole number"),
    ],
)
def test_a_value_that_the_scale_cannot_have_is_refused(
    model: str, scale: str, value: float, kind: str
) -> None:
    [(code, path, expected)] = problems_of(find(model), scale, {scale: value})
    assert (code, path) == ("unknown_value", f"known.{scale}")
    assert expected.startswith(f"{kind}, as the scale has")


@pytest.mark.parametrize("value", [1.1429, 8 / 7])
def test_a_mean_is_taken_as_it_is_reported_and_as_a_float(value: float) -> None:
    """It is then the exact mean, so that no band is missed by a rounding."""
    assert part(find("urica"), "PC", {"PC": value}, on=ON) == 1.1429


@pytest.mark.no_cover
@pytest.mark.parametrize("name", names())
def test_every_scale_takes_what_it_can_report_and_nothing_between(name: str) -> None:
    instrument, steps, kinds = find(name), grid_steps(find(name)), names_of(find(name)).kinds
    how: Any = {"choices": {choice.id: choice.values[0] for choice in instrument.choices}}
    numbers = [scale for scale in instrument.scales if kinds[scale.name] is not NameKind.DAY]
    bands = {table.name for table in instrument.bands}  # a band may be called as a scale is
    for scale in numbers:
        step, (low, high) = steps[scale.name], ends_of(scale.range)
        least = Fraction(max(low, 0))
        if step is None or least > high:
            continue
        value: Any = reported(least, scale)
        told = part(instrument, scale.name, {scale.name: value}, on=ON, **how)
        assert told == value or scale.name in bands
        if step and step.denominator <= 100:
            between = {scale.name: float(least + step * Fraction(2, 5))}
            [(_, path, _)] = problems_of(instrument, scale.name, between, **how)
            assert path == f"known.{scale.name}"


MOMENT = datetime(2026, 1, 1, 12)


@pytest.mark.parametrize("value", [0, 739676, "2026-01-01", MOMENT, None], ids=str)
def test_a_scale_that_is_a_day_takes_days_only(value: Any) -> None:
    model = find("uk-ew/arp@hmpps-arns-gen2")
    [(code, path, _)] = problems_of(model, "followup_day", {"followup_day": value})
    assert (code, path) == ("wrong_type", "known.followup_day")


def test_choices_are_named_by_texts() -> None:
    choices: Any = {5: "x"}
    [(code, path, _)] = problems_of(find("audit"), "total", {"total": 8}, choices=choices)
    assert (code, path) == ("wrong_type", "choices")


FORM = """
instrument = { id = "made", tool = "M", title = "Made", edition = "1", higher_means = "more" }
validity = { population = "nobody", administered_by = "anyone" }
licence = { class = "public_domain", holder = "none", notice = "Made for a test." }
source = [{ id = "s", cite = "this test", tier = "A" }]
items = [
  { numbers = ["x", "y"], values = [0, 1, 2, 3, 4] },
  { numbers = ["kind"], codes = ["a", "b"] },
  { numbers = ["money"], amount = [0, "open"] },
]
norms.mean = [
  { when = { sex = "female", ages = [18, 64] }, value = 2.5, source = "s" },
  { when = { sex = "male" }, value = 3, source = "s" },
]
norms.pace = [{ value = 2, source = "s" }]
scales.raw = { sum = ["x", "y"], range = [0, 8] }
scales.above = { plus = ["raw"], minus = ["mean"] }
scales.faster = { product = ["raw", "pace"] }
scales.paid = { of = "money", fn = "ln1p" }
scales.log = { of = "raw", fn = "ln" }
[bands.level]
of = "raw"
[[bands.level.tables]]
when = { sex = ["female", "male"] }
from = 2020-01-01
source = "s"
table = [{ from = 0, to = 4, label = "low" }, { from = 5, to = 8, label = "high" }]
[bands.plain]
of = "raw"
[[bands.plain.tables]]
to = 2020-01-01
source = "s"
table = [{ from = 0, to = 8, label = "any" }]
"""
UNUSED = FORM.replace('"more" }', '"more", unused = ["kind"] }')
MADE = instruments.read_instrument(UNUSED)
WOMAN = Respondent(sex=Sex.FEMALE, age=30)


@pytest.mark.parametrize(
    ("name", "known", "told"),
    [
        ("above", {"raw": 5}, "; not known: the norm mean, which asks for age and sex"),
        ("above", {"x": 5}, None),
        ("above", {"x": 4}, "; not known: y, the norm mean, which asks for age and sex"),
        ("raw", {}, "; not known: x, y"),
        ("faster", {"y": 1}, "; not known: x"),
        ("log", {"raw": 0}, ""),
        ("paid", {}, "; not known: money"),
    ],
)
def test_what_a_part_lacks_is_named(name: str, known: Any, told: str | None) -> None:
    [(code, path, expected)] = problems_of(MADE, name, known)
    if told is None:
        assert (code, path) == ("unknown_value", "answers.x")
    else:
        assert (code, path) == ("undefined", "name")
        assert expected == f"a part that is decided by what is known{told}"


def test_a_respondent_gives_the_norm_its_figure() -> None:
    assert part(MADE, "above", {"raw": 5}, on=ON, respondent=WOMAN) == 2.5
    assert part(MADE, "level", {"raw": 5}, on=ON, respondent=WOMAN) == "high"


@pytest.mark.parametrize(
    ("band", "told"), [("level", ", which asks for sex"), ("plain", "")], ids=["sex", "day"]
)
def test_a_band_without_a_table_for_the_respondent_or_the_day_is_refused(
    band: str, told: str
) -> None:
    expected = f"a respondent and a day for whom there is a table{told}"
    assert problems_of(MADE, band, {"raw": 5}) == [("undefined", "name", expected)]


def test_every_value_that_is_wrong_is_told_once() -> None:
    known = {"raw": "much", "above": float("nan"), "faster": True, "log": 1.5}
    found = problems_of(MADE, "raw", known)
    assert [(code, path) for code, path, _ in found] == [
        ("wrong_type", "known.raw"),
        ("wrong_type", "known.above"),
        ("wrong_type", "known.faster"),
    ]


@pytest.mark.parametrize(("born", "months"), [("2000-01-01", 312), ("2000-01-02", 311)])
def test_a_scale_that_is_a_day_counts_from_it(born: str, months: int) -> None:
    dated = UNUSED.replace("[bands.level]", DAYS, 1).replace(
        "items = [", 'items = [\n  { numbers = ["born", "seen"], day = true },', 1
    )
    made = instruments.read_instrument(dated)
    known = {"first": day(born), "seen": day("2026-01-01")}
    assert part(made, "months", known, on=ON) == months


DAYS = """
scales.first = { smallest = ["born", "seen"] }
scales.months = { months_between = ["first", "seen"] }
[bands.level]"""

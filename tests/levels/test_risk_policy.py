"""How a country goes about levels of risk: its limits, and what bands mean there."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore import instruments, jurisdictions
from rehabcore.instruments import ScoreResult
from rehabcore.levels.policy import (
    BandLevel,
    CommonLevel,
    CommonScale,
    InstrumentLevels,
    LevelSet,
    LevelsOf,
    OverrideLimits,
    RiskPolicy,
)
from rehabcore.records import RiskAssessment
from rehabcore.risk import assessment_of
from rehabcore.rules.sources import Status, Text
from rehabcore.rules.time.days import OPEN, Term
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import StaffId
from tests.kit.builders import day, filed
from tests.kit.record_makers import XX
from tests.kit.refusals import problems_of

GE = jurisdictions.load("ge")
POLICY = XX.risk_policy


def _set(*levels: str) -> LevelSet:
    return LevelSet(id="x", title=Text.of(en="x"), of=LevelsOf.RISK, levels=levels)


def _bands(*labels: str, instrument: str = "audit") -> InstrumentLevels:
    bands = tuple(BandLevel(label=label, level="low") for label in labels)
    return InstrumentLevels(instrument=instrument, table="zone", bands=bands)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (
            lambda: OverrideLimits(most_up=-1, most_down=-2, most_share="half"),
            [
                ("out_of_range", "most_up"),
                ("out_of_range", "most_down"),
                ("bad_share", "most_share"),
            ],
        ),
        (lambda: OverrideLimits(most_share="3/2"), [("out_of_range", "most_share")]),
        (_set, [("empty_group", "levels")]),
        (lambda: _set("low", "low"), [("repeated_item", "levels")]),
        (
            lambda: CommonScale(level_set="x", common=(CommonLevel.II, CommonLevel.I)),
            [("out_of_range", "common[1]")],
        ),
        (_bands, [("empty_group", "bands")]),
        (lambda: _bands("I", "I"), [("repeated_item", "bands")]),
        (lambda: _bands("I", instrument=""), [("out_of_range", "instrument")]),
        (lambda: BandLevel(label="", level="low"), [("out_of_range", "label")]),
    ],
    ids=[
        "limits-below-nothing",
        "more-than-all",
        "no-level",
        "a-level-twice",
        "common-levels-that-fall",
        "no-band",
        "a-band-twice",
        "instrument-without-a-name",
        "band-without-a-label",
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(
    make: Callable[[], object], expected: list[tuple[str, str]]
) -> None:
    assert problems_of(make) == expected


def test_levels_of_two_steps_may_share_a_common_level() -> None:
    assert CommonScale(level_set="x", common=(CommonLevel.I, CommonLevel.I)).common


@pytest.mark.parametrize(
    ("original", "level", "steps"),
    [("low", "high", 2), ("high", "low", -2), ("low", "low", 0), (None, "high", 0)],
)
def test_an_override_is_counted_in_levels(original: str | None, level: str, steps: int) -> None:
    assert POLICY.steps(original, level) == steps


def test_nothing_limits_where_nothing_is_published() -> None:
    assert RiskPolicy().allows("low", "high")
    assert RiskPolicy().reassess_after("high") is None


def test_country_xx_says_when_risk_is_assessed_anew() -> None:
    found = [POLICY.reassess_after(level) for level in ("low", "medium", "high")]
    assert found == [Term(years=1), Term(months=6), Term(months=3)]


def test_georgia_has_two_sets_of_levels_and_publishes_nothing_else() -> None:
    """Rule R10: four levels of prisons; how many levels of need there are is a draft."""
    policy = GE.risk_policy
    assert {s.id: (s.levels, s.status) for s in policy.level_sets} == {
        "prison_risk": (("low", "medium", "increased", "high"), Status.REVIEWED),
        "need": (("low", "medium", "high"), Status.DRAFT),
    }
    assert [s.of for s in policy.level_sets] == [LevelsOf.RISK, LevelsOf.NEED]
    assert policy.overrides == OverrideLimits()
    assert (policy.reassessments, policy.common_scales, policy.instrument_levels) == ((), (), ())


def test_georgia_assesses_probationers_in_nine_domains() -> None:
    """Rule R11."""
    assert [domain.id for domain in GE.glossary.need_domains] == [
        "criminal_career",
        "living_conditions",
        "education_and_work",
        "economic_status",
        "relations_and_lifestyle",
        "dependences",
        "health_and_emotional_state",
        "mentality_and_behaviour",
        "values_and_attitudes",
    ]
    assert {domain.status for domain in GE.glossary.need_domains} == {Status.REVIEWED}


# --- from a band to a level ---------------------------------------------------------------


AUDIT = instruments.find("audit")
ITEMS = [str(number) for number in range(1, 11)]


def _scored(total: int | None) -> ScoreResult:
    """A form of AUDIT with so many points, or one that cannot be scored."""
    points = {item: min(4, max(0, (total or 0) - 4 * index)) for index, item in enumerate(ITEMS)}
    answers = points if total is not None else {"1": 4}
    return instruments.score(AUDIT, answers, on=day("2020-01-01"))


def _assessed(
    result: ScoreResult, table: str = "zone", policy: RiskPolicy = POLICY
) -> RiskAssessment:
    return assessment_of(
        result,
        table,
        policy,
        filed=filed("r"),
        expires=OPEN,
        confirmed_by=StaffId("staff"),
        result_id="result-7",
    )


def _explained(**changed: Any) -> RiskPolicy:
    """Country ``xx``, which says something else of AUDIT."""
    return evolve(POLICY, instrument_levels=(evolve(POLICY.instrument_levels[0], **changed),))


@pytest.mark.parametrize(
    ("total", "band", "level"),
    [
        (0, "I", "low"),
        (7, "I", "low"),
        (8, "II", "medium"),
        (15, "II", "medium"),
        (16, "III", "high"),
        (20, "IV", "high"),
    ],
)
def test_a_band_becomes_the_level_that_the_country_makes_of_it(
    total: int, band: str, level: str
) -> None:
    made = _assessed(_scored(total))
    assert (made.level, made.band, made.score, made.domain) == (
        level,
        band,
        Decimal(total),
        "substance_use",
    )
    assert (made.instrument, made.edition, made.result) == ("audit", AUDIT.edition, "result-7")
    assert made.assessed_on == day("2020-01-01")


def test_a_band_that_the_instrument_does_not_give_is_no_level() -> None:
    result = _scored(17)
    silent = evolve(
        result, placings=tuple(evolve(p, label=None, why="no_table") for p in result.placings)
    )
    made = _assessed(silent)
    assert (made.level, made.band, made.score) == (None, "", Decimal(17))


def test_a_score_is_kept_to_six_places() -> None:
    result = _scored(17)
    exact = evolve(result, scores=tuple(evolve(s, value=2 / 3) for s in result.scores))
    assert _assessed(exact).score == Decimal("0.666667")


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (
            lambda: _assessed(
                _scored(17), policy=_explained(bands=(BandLevel(label="I", level="low"),))
            ),
            [("unknown_value", "band")],
        ),
        (lambda: _assessed(_scored(17), "alternative"), [("unknown_value", "instrument")]),
        (
            lambda: _assessed(_scored(17), "moon", _explained(table="moon")),
            [("unknown_value", "table")],
        ),
        (
            lambda: _assessed(_scored(17), policy=_explained(instrument="dudit")),
            [("unknown_value", "instrument")],
        ),
        (lambda: _assessed(_scored(None)), [("missing_key", "level")]),
    ],
    ids=["unknown-band", "unknown-table", "no-such-table", "unknown-instrument", "not-scored"],
)
def test_what_nobody_explains_is_never_a_level(
    make: Callable[[], object], expected: list[tuple[str, str]]
) -> None:
    assert problems_of(make) == expected


def test_a_country_that_explains_nothing_says_so() -> None:
    with pytest.raises(InputError, match="whose bands the country explains: none"):
        RiskPolicy().meaning("audit", "zone")

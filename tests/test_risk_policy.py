"""How a country goes about levels of risk: its limits, and what bands mean there."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rehabcore import jurisdictions
from rehabcore.errors import InputError
from rehabcore.records import RiskAssessment
from rehabcore.risk import assessment_of_band
from rehabcore.risk_policy import (
    BandLevel,
    CommonLevel,
    CommonScale,
    InstrumentLevels,
    LevelSet,
    LevelsOf,
    OverrideLimits,
    RiskPolicy,
)
from rehabcore.rules.days import OPEN, Term
from rehabcore.rules.sources import Status, Text
from rehabcore.vocabulary import StaffId
from tests.builders import filed
from tests.record_makers import XX

GE = jurisdictions.load("ge")
POLICY = XX.risk_policy


def _problems(make: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as raised:
        make()
    return [(problem.code, problem.path) for problem in raised.value.problems]


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
        (lambda: _bands("I", instrument="AUDIT 10"), [("not_a_code", "instrument")]),
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
        "instrument-is-no-code",
        "band-without-a-label",
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(
    make: Callable[[], object], expected: list[tuple[str, str]]
) -> None:
    assert _problems(make) == expected


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


def _assessed(band: str | None, score: Decimal | None = None, **changed: Any) -> RiskAssessment:
    return assessment_of_band(
        POLICY,
        **{
            "filed": filed("r"),
            "instrument": "audit",
            "table": "zone",
            "band": band,
            "score": score,
            "assessed_on": date(2020, 1, 1),
            "expires": OPEN,
            "confirmed_by": StaffId("staff"),
            "edition": "2nd",
            "result": "result-7",
            **changed,
        },
    )


@pytest.mark.parametrize(
    ("band", "level"), [("I", "low"), ("II", "medium"), ("III", "high"), ("IV", "high")]
)
def test_a_band_becomes_the_level_that_the_country_makes_of_it(band: str, level: str) -> None:
    made = _assessed(band, Decimal(17))
    assert (made.level, made.band, made.score, made.domain) == (
        level,
        band,
        Decimal(17),
        "substance_use",
    )
    assert (made.instrument, made.edition, made.result) == ("audit", "2nd", "result-7")


def test_a_band_that_the_instrument_does_not_give_is_no_level() -> None:
    made = _assessed(None, Decimal(17))
    assert (made.level, made.band, made.score) == (None, "", Decimal(17))


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: _assessed("V"), [("unknown_value", "band")]),
        (lambda: _assessed(""), [("unknown_value", "band")]),
        (lambda: _assessed("I", table="alternative"), [("unknown_value", "instrument")]),
        (lambda: _assessed("I", instrument="dudit"), [("unknown_value", "instrument")]),
        (lambda: _assessed(None), [("missing_key", "level")]),
    ],
    ids=["unknown-band", "empty-band", "unknown-table", "unknown-instrument", "nothing-was-found"],
)
def test_what_the_country_does_not_explain_is_never_a_level(
    make: Callable[[], object], expected: list[tuple[str, str]]
) -> None:
    assert _problems(make) == expected


def test_a_country_that_explains_nothing_says_so() -> None:
    with pytest.raises(InputError, match="whose bands the country explains: none"):
        RiskPolicy().meaning("audit", "zone")

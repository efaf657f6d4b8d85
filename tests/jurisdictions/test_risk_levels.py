"""``risk.toml``: what a country, or an agency's overlay, may state of levels of risk."""

import shutil
from pathlib import Path

import pytest

from rehabcore import jurisdictions
from rehabcore.levels.policy import OverrideLimits, RiskPolicy
from rehabcore.rules.time.days import Term
from rehabcore.strict.problems import JurisdictionError
from tests.kit.overlays import overlay
from tests.kit.record_makers import XX

FOLDER = Path(jurisdictions.__file__).parent / "packs" / "xx"
LEVEL_SET = '[[level_sets]]\nid = "x"\ntitle = { en = "X" }\nof = "risk_levels"\n'
INSTRUMENT = '[[instrument_levels]]\ninstrument = "own-tool"\ntable = "risk"\n'

GAD = '[[instrument_levels]]\ninstrument = "gad-7"\ntable = "band"\n'


def _country(folder: Path, risk: str | None) -> jurisdictions.Jurisdiction:
    """Country ``xx`` with another ``risk.toml``, or without one."""
    shutil.copytree(FOLDER, folder / "xx")
    file = folder / "xx" / "risk.toml"
    if risk is None:
        file.unlink()
    else:
        file.write_text(risk, "utf-8")
    return jurisdictions.load(folder / "xx")


def test_a_country_need_not_state_anything(tmp_path: Path) -> None:
    assert _country(tmp_path, None).risk_policy == RiskPolicy(levels=("low", "medium", "high"))


BAD = [
    ("unknown-key", 'levels = ["low"]', [("unknown_key", "")]),
    ("wrong-type", "[overrides]\nmost_up = true", [("wrong_type", "overrides.most_up")]),
    (
        "limits",
        '[overrides]\nmost_up = -1\nmost_share = "most"',
        [("out_of_range", "overrides.most_up"), ("bad_share", "overrides.most_share")],
    ),
    (
        "uncited",
        '[overrides]\nmost_up = 1\nstatus = "reviewed"',
        [("uncited", "overrides")],
    ),
    (
        "uncited-item",
        '[[reassessments]]\nlevel = "low"\nevery = "1 year"\nstatus = "reviewed"',
        [("uncited", "reassessments[0]")],
    ),
    (
        "interval",
        '[[reassessments]]\nlevel = "low"\nevery = "yearly"',
        [("bad_term", "reassessments[0].every")],
    ),
    (
        "interval-of-no-level",
        '[[reassessments]]\nlevel = "grave"\nevery = "1 year"',
        [("unknown_value", "reassessments[0].level")],
    ),
    (
        "interval-twice",
        '[[reassessments]]\nlevel = "low"\nevery = "1 year"\n' * 2,
        [("duplicate_id", f"reassessments[{n}].level") for n in (0, 1)],
    ),
    (
        "level-set-of-no-level",
        f'{LEVEL_SET}levels = ["low", "grave"]',
        [("unknown_value", "level_sets[0].levels[1]"), ("out_of_range", "level_sets[0].levels")],
    ),
    (
        "level-set-in-another-order",
        f'{LEVEL_SET}levels = ["high", "low"]',
        [("out_of_range", "level_sets[0].levels")],
    ),
    (
        "level-set-of-nothing",
        LEVEL_SET.replace("risk_levels", "moods") + 'levels = ["low"]',
        [("unknown_value", "level_sets[0].of")],
    ),
    (
        "scale-of-no-set",
        '[[common_scales]]\nlevel_set = "y"\ncommon = ["level_1"]',
        [("unknown_value", "common_scales[0].level_set")],
    ),
    (
        "scale-of-another-length",
        f'{LEVEL_SET}levels = ["low", "high"]\n'
        '[[common_scales]]\nlevel_set = "x"\ncommon = ["level_1"]',
        [("out_of_range", "common_scales[0].common")],
    ),
    (
        "scale-that-falls",
        '[[common_scales]]\nlevel_set = "x"\ncommon = ["level_2", "level_1"]',
        [("out_of_range", "common_scales[0].common[1]")],
    ),
    (
        "scale-of-a-sixth-level",
        '[[common_scales]]\nlevel_set = "x"\ncommon = ["level_6"]',
        [("unknown_value", "common_scales[0].common[0]")],
    ),
    (
        "bands-of-no-level-in-no-domain",
        f'{INSTRUMENT}domain = "sleep"\nbands = [{{ label = "low", level = "grave" }}]',
        [
            ("unknown_value", "instrument_levels[0].domain"),
            ("unknown_value", "instrument_levels[0].bands[0].level"),
        ],
    ),
    (
        "table-that-the-instrument-has-not",
        GAD.replace('"band"', '"bands"') + 'bands = [{ label = "mild", level = "low" }]',
        [("unknown_value", "instrument_levels[0].table")],
    ),
    (
        "bands-that-the-instrument-has-not-and-bands-left-out",
        GAD + 'bands = [{ label = "mild", level = "low" }, { label = "grave", level = "high" }]',
        [
            ("unknown_value", "instrument_levels[0].bands[1].label"),
            ("missing_key", "instrument_levels[0].bands"),
        ],
    ),
    (
        "instrument-without-a-name",
        INSTRUMENT.replace("own-tool", "") + 'bands = [{ label = "low", level = "low" }]',
        [("out_of_range", "instrument_levels[0].instrument")],
    ),
    (
        "table-twice",
        f'{INSTRUMENT}bands = [{{ label = "low", level = "low" }}]\n' * 2,
        [("duplicate_id", f"instrument_levels[{n}].table") for n in (0, 1)],
    ),
]


@pytest.mark.parametrize(("risk", "expected"), [row[1:] for row in BAD], ids=[b[0] for b in BAD])
def test_what_cannot_be_is_told(risk: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    with pytest.raises(JurisdictionError) as caught:
        _country(tmp_path, risk)
    found = [(problem.code, problem.path) for problem in caught.value.problems]
    assert found == expected
    assert {problem.file for problem in caught.value.problems} == {"risk.toml"}


def test_an_overlay_adds_to_the_base_and_keeps_its_limits(tmp_path: Path) -> None:
    local = overlay(tmp_path, risk=f'{INSTRUMENT}bands = [{{ label = "low", level = "low" }}]')
    before, after = XX.risk_policy, local.risk_policy
    assert after.overrides == before.overrides
    assert after.reassessments == before.reassessments
    assert [m.instrument for m in after.instrument_levels] == ["audit", "own-tool"]


def test_an_overlay_may_set_limits_of_its_own(tmp_path: Path) -> None:
    local = overlay(tmp_path, risk="[overrides]\nmost_down = 0")
    assert local.risk_policy.overrides == OverrideLimits(most_down=0)
    assert local.risk_policy.reassess_after("high") == Term(months=3)


def test_an_overlay_states_nothing_again(tmp_path: Path) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, risk='[[reassessments]]\nlevel = "low"\nevery = "1 month"')
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [
        ("duplicate_id", "reassessments[0].level")
    ]


def test_an_overlay_without_the_file_has_what_the_base_has() -> None:
    base, overlay = jurisdictions.load("ge"), jurisdictions.load("ge-example")
    assert overlay.risk_policy == base.risk_policy


def test_an_instrument_whose_name_is_no_code_may_mean_levels(tmp_path: Path) -> None:
    words = {"low": "low", "moderate": "medium", "high": "high"}
    bands = ", ".join(f'{{ label = "{band}", level = "{level}" }}' for band, level in words.items())
    table = '[[instrument_levels]]\ninstrument = "assist-3.1"\ntable = "band"\n'
    policy = _country(tmp_path, f"{table}bands = [{bands}]").risk_policy
    assert [levels.instrument for levels in policy.instrument_levels] == ["assist-3.1"]

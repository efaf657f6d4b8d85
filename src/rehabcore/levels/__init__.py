"""Levels of need and risk, as assessments and persons state them, and the policy of a country."""

from rehabcore.levels.overrides import OverrideReport, override_report
from rehabcore.levels.policy import (
    BandLevel,
    CommonLevel,
    CommonScale,
    InstrumentLevels,
    LevelSet,
    OverrideLimits,
    Reassessment,
    RiskPolicy,
)

__all__ = [
    "BandLevel",
    "CommonLevel",
    "CommonScale",
    "InstrumentLevels",
    "LevelSet",
    "OverrideLimits",
    "OverrideReport",
    "Reassessment",
    "RiskPolicy",
    "override_report",
]


def __dir__() -> list[str]:
    return __all__

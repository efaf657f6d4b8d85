"""Levels of need and risk, as assessments and persons state them, and the policy of a country."""

from rehabcore.strict.on_demand import names_from, names_on_demand

TYPE_CHECKING = False  # type checkers read it as true; the module `typing` is slow to import

_HOMES = {
    "rehabcore.levels.overrides": "OverrideReport override_report",
    "rehabcore.levels.policy": (
        "BandLevel CommonLevel CommonScale InstrumentLevels LevelSet OverrideLimits "
        "Reassessment RiskPolicy"
    ),
}
"""The names that the package offers, by the modules that define them."""

__all__ = list(names_from(_HOMES))

if TYPE_CHECKING:
    from rehabcore.levels.overrides import OverrideReport as OverrideReport
    from rehabcore.levels.overrides import override_report as override_report
    from rehabcore.levels.policy import BandLevel as BandLevel
    from rehabcore.levels.policy import CommonLevel as CommonLevel
    from rehabcore.levels.policy import CommonScale as CommonScale
    from rehabcore.levels.policy import InstrumentLevels as InstrumentLevels
    from rehabcore.levels.policy import LevelSet as LevelSet
    from rehabcore.levels.policy import OverrideLimits as OverrideLimits
    from rehabcore.levels.policy import Reassessment as Reassessment
    from rehabcore.levels.policy import RiskPolicy as RiskPolicy
else:
    __getattr__ = names_on_demand(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__

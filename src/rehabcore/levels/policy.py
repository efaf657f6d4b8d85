"""How a country goes about levels of risk, as its ``risk.toml`` states it; code knows no figure.

Which sets of levels it has, what the bands of an instrument mean there, how far and how often a
person may override a level, and when risk is assessed anew. Whatever is not published is None or
empty, and limits nothing.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from attrs import field, frozen

from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import Term
from rehabcore.rules.well_formed import share
from rehabcore.strict.checked import checked, checked_arguments, codes_only, not_empty
from rehabcore.strict.problems import Problem, Problems, refuse


class CommonLevel(StrEnum):
    """One of five levels in which the levels of different places can be told, lowest first.

    Only their number and order are meant: no percentage goes with them.
    """

    I = "level_1"  # noqa: E741
    II = "level_2"
    III = "level_3"
    IV = "level_4"
    V = "level_5"


class LevelsOf(StrEnum):
    """Which levels of the glossary a set of levels takes."""

    RISK = "risk_levels"
    NEED = "need_levels"


@frozen(kw_only=True)
@checked
class OverrideLimits:
    """How far and how often a level may be overridden; None where nothing limits it.

    ``most_up`` and ``most_down`` count levels from that of the assessment. ``most_share`` is a part
    of all assessments, ``"1/10"``; beyond it nothing is refused, the report of overrides tells it.
    """

    most_up: int | None = None
    most_down: int | None = None
    most_share: str | None = None
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        for name in ("most_up", "most_down"):
            steps = getattr(self, name)
            if steps is not None and steps < 0:
                yield Problem.of(steps, "out_of_range", "a number of levels from 0", path=name)
        if self.most_share is not None:
            problems = Problems()
            problems.at("most_share", share, self.most_share)
            yield from problems.found


@frozen(kw_only=True)
@checked
class Reassessment:
    """How long after an assessment that gave a level the next one is due."""

    level: str
    every: Term
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT


@frozen(kw_only=True)
@checked
class LevelSet:
    """Levels that are used together, lowest first: codes of a list of the glossary."""

    id: str
    title: Text
    of: LevelsOf
    levels: tuple[str, ...]
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "id")
        yield from _each_once("levels", self.levels)


@frozen(kw_only=True)
@checked
class CommonScale:
    """Where each level of a set stands among the five common ones, in the order of the set."""

    level_set: str
    common: tuple[CommonLevel, ...]
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        for index, (lower, higher) in enumerate(pairwise(self.common)):
            if higher < lower:
                expected = f"{lower.value} or a higher one: levels run from lowest to highest"
                yield Problem.of(
                    higher.value, "out_of_range", expected, path=f"common[{index + 1}]"
                )


@frozen(kw_only=True)
@checked
class BandLevel:
    """Which level of risk the country makes of a band, by the band's label."""

    label: str
    level: str

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "label")


@frozen(kw_only=True)
@checked
class InstrumentLevels:
    """What the bands of one table of an instrument mean in a country.

    ``domain`` is the domain of need in which the instrument finds a risk; None for risk overall.
    """

    instrument: str
    table: str
    bands: tuple[BandLevel, ...]
    domain: str | None = None
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "instrument")  # its name: assist-3.1 is no code
        yield from codes_only(self, "table")
        yield from _each_once("bands", tuple(band.label for band in self.bands))


@frozen(kw_only=True)
@checked
class RiskPolicy:
    """How a country goes about levels of risk. ``levels`` are those of its glossary, in order."""

    levels: tuple[str, ...] = ()
    overrides: OverrideLimits = field(factory=OverrideLimits)
    reassessments: tuple[Reassessment, ...] = ()
    level_sets: tuple[LevelSet, ...] = ()
    common_scales: tuple[CommonScale, ...] = ()
    instrument_levels: tuple[InstrumentLevels, ...] = ()

    def steps(self, original: str | None, level: str) -> int:
        """By how many levels an override goes up, or below 0 down; 0 where nothing was given."""
        if original not in self.levels or level not in self.levels:
            return 0
        return self.levels.index(level) - self.levels.index(original)

    def allows(self, original: str | None, level: str) -> bool:
        """Whether an override goes no further than the limits."""
        steps = self.steps(original, level)
        most = self.overrides.most_up if steps > 0 else self.overrides.most_down
        return most is None or abs(steps) <= most

    def reassess_after(self, level: str) -> Term | None:
        """How long after an assessment of this level the next is due; None if nothing says."""
        return next((r.every for r in self.reassessments if r.level == level), None)

    @checked_arguments
    def meaning(self, instrument: str, table: str) -> InstrumentLevels:
        """What the bands of a table mean.

        Raises:
            InputError: the country does not say.
        """
        known = {(m.instrument, m.table): m for m in self.instrument_levels}
        if (instrument, table) not in known:
            listed = ", ".join(f"{one} {other}" for one, other in known) or "none"
            expected = f"an instrument and a table whose bands the country explains: {listed}"
            refuse(instrument, "unknown_value", expected, path="instrument")
        return known[instrument, table]


def _each_once(path: str, items: tuple[str, ...]) -> Iterable[Problem]:
    if not items:
        found, expected = "an empty list", "at least one"
        yield Problem(code="empty_group", path=path, found=found, expected=expected)
    if len(set(items)) < len(items):
        yield Problem.of(items, "repeated_item", "each once", path=path)

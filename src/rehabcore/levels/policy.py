"""A country's policy on levels of risk, as its ``risk.toml`` states it. No figure is in the code.

It states the sets of levels, the meaning of instruments' bands, how far and how often a person may
override a level, and when risk is assessed anew. What a country does not publish is None or empty,
and limits nothing.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from attrs import Factory

from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import Term
from rehabcore.rules.well_formed import share
from rehabcore.strict.checked import checked, checked_arguments, codes_only, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, Problems, listed, refuse


class CommonLevel(StrEnum):
    """One of five common levels, lowest first, to which the levels of different places are mapped.

    They stand for an order only, not for percentages of reoffending.
    """

    I = "level_1"  # noqa: E741
    II = "level_2"
    III = "level_3"
    IV = "level_4"
    V = "level_5"


class LevelsOf(StrEnum):
    """The list of the country's glossary from which a set takes its levels."""

    RISK = "risk_levels"
    NEED = "need_levels"


@frozen(kw_only=True)
@checked
class OverrideLimits:
    """How far and how often a level may be overridden; None means no limit.

    ``most_up`` and ``most_down`` are numbers of levels above and below that of the assessment.
    ``most_share`` is a share of all assessments, such as ``"1/10"``. An override beyond the share
    is not refused, but the report of overrides tells of it.

    Raises:
        InputError: a number of levels is negative, or the share is not a share.
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
    """The term after which the next assessment is due, if the last one gave this level."""

    level: str
    every: Term
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        if self.every == Term():
            expected = "a term of at least a day"
            yield Problem.of("0 days", "out_of_range", expected, path="every")


@frozen(kw_only=True)
@checked
class LevelSet:
    """Levels that are used together, lowest first: codes from one list of the glossary.

    Raises:
        InputError: there is no level, or one stands twice.
    """

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
    """The common level of each level of a set, in the order of the set.

    Raises:
        InputError: a common level is lower than the one before it.
    """

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
    """The level that a country gives to a band of an instrument, by the band's label."""

    label: str
    level: str

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "label")


@frozen(kw_only=True)
@checked
class InstrumentLevels:
    """The levels that a country gives to the bands of one table of an instrument.

    ``domain`` is the need domain in which the instrument finds a risk; None for risk overall.

    Raises:
        InputError: there is no band, or one stands twice.
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
    """A country's policy on levels of risk. ``levels`` are those of its glossary, lowest first."""

    levels: tuple[str, ...] = ()
    overrides: OverrideLimits = Factory(OverrideLimits)
    reassessments: tuple[Reassessment, ...] = ()
    level_sets: tuple[LevelSet, ...] = ()
    common_scales: tuple[CommonScale, ...] = ()
    instrument_levels: tuple[InstrumentLevels, ...] = ()

    def steps(self, original: str | None, level: str) -> int:
        """How many levels an override goes up; negative for down, 0 if there was no level."""
        if original not in self.levels or level not in self.levels:
            return 0
        return self.levels.index(level) - self.levels.index(original)

    def allows(self, original: str | None, level: str) -> bool:
        """Whether an override from one level to another stays within the limits."""
        steps = self.steps(original, level)
        most = self.overrides.most_up if steps > 0 else self.overrides.most_down
        return most is None or abs(steps) <= most

    def reassess_after(self, level: str) -> Term | None:
        """The term until the next assessment, after one of this level; None if none is stated."""
        return next((r.every for r in self.reassessments if r.level == level), None)

    @checked_arguments
    def meaning(self, instrument: str, table: str) -> InstrumentLevels:
        """The levels that the country gives to the bands of a table of an instrument.

        Raises:
            InputError: the country does not state any.
        """
        known = {(m.instrument, m.table): m for m in self.instrument_levels}
        if (instrument, table) not in known:
            stated = listed(f"{one} {other}" for one, other in known) or "none"
            expected = f"an instrument and a table whose bands the country explains: {stated}"
            refuse(instrument, "unknown_value", expected, path="instrument")
        return known[instrument, table]


def _each_once(path: str, items: tuple[str, ...]) -> Iterable[Problem]:
    if not items:
        found, expected = "an empty list", "at least one"
        yield Problem(code="empty_group", path=path, found=found, expected=expected)
    if len(set(items)) < len(items):
        yield Problem.of(items, "repeated_item", "each once", path=path)

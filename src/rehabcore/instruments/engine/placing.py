"""Which norms and tables apply to a respondent on a day, and which band a score falls in."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import NamedTuple

from attrs import evolve, frozen

from rehabcore.instruments.engine.numbers import Exact, Pair, exact
from rehabcore.instruments.model.declaration import Bands, Figure, Instrument, Nearest, Table
from rehabcore.instruments.model.items import NOT_STATED, When
from rehabcore.instruments.model.provenance import Tier
from rehabcore.instruments.results import FigureUsed, Placing
from rehabcore.strict.vocabulary import Sex


class Occasion(NamedTuple):
    """All that selects norms and tables: choices, the person, the day, what was asked for."""

    chosen: tuple[tuple[str, str | int], ...]
    sex: Sex | None
    age: int | None
    jurisdiction: str
    on: date
    tables: tuple[str, ...]
    unread: bool


@frozen
class Audience:
    """Of whom, when and how a form is scored, as norms and tables ask for it."""

    stated: Mapping[str, str | int]
    age: int | None
    on: date
    unread: bool
    tiers: Mapping[str, Tier]

    @classmethod
    def of(cls, instrument: Instrument, occasion: Occasion) -> "Audience":
        """The audience of an occasion."""
        stated = {
            "sex": occasion.sex.value if occasion.sex else NOT_STATED,
            "jurisdiction": occasion.jurisdiction or NOT_STATED,
            **dict(occasion.chosen),
        }
        tiers = {origin.id: origin.tier for origin in instrument.origins}
        return cls(stated, occasion.age, occasion.on, occasion.unread, tiers)

    def fits(self, row: Figure | Table) -> bool:
        """Whether a figure or table is for this audience, and in force on the day."""
        if row.start is not None and self.on < row.start:
            return False
        if isinstance(row.end, date) and self.on >= row.end:
            return False
        return row.when is None or self._is(row.when)

    def _is(self, when: When) -> bool:
        if when.ages is not None:
            low, high = when.ages
            if self.age is None or not (low or 0) <= self.age <= (inf if high is None else high):
                return False
        return all(self.stated.get(name) in values for name, values in when.chosen)

    def may_use(self, source: str) -> bool:
        """Whether a source may be used: one that nobody has read only on request."""
        return self.unread or self.tiers[source] is not Tier.UNREAD


def described(row: Figure | Table) -> str:
    """For whom and for when a figure or table is, in stable words; empty if for everybody."""
    words = [audience_of(row.when)] if row.when is not None else []
    if row.start is not None:
        words.append(f"from={row.start}")
    if isinstance(row.end, date):
        words.append(f"until={row.end}")
    return " ".join(words)


def audience_of(when: When) -> str:
    """For whom, and under which choices, something applies, in stable words."""
    words = [f"{name}={'|'.join(map(str, values))}" for name, values in when.chosen]
    if when.ages is not None:
        low, high = when.ages
        words.append(f"age={'' if low is None else low}-{'' if high is None else high}")
    return " ".join(words)


def figures_used(
    instrument: Instrument, audience: Audience
) -> tuple[tuple[FigureUsed, ...], dict[str, Pair]]:
    """The figure of every norm, and its number: no number if the norm does not cover the person."""
    used: list[FigureUsed] = []
    numbers: dict[str, Pair] = {}
    for norm in instrument.norms:
        row = next((figure for figure in norm.figures if audience.fits(figure)), None)
        if row is None or not audience.may_use(row.source):
            used.append(FigureUsed(name=norm.name, value=None))
            numbers[norm.name] = (-inf, inf)
            continue
        told = described(row)
        used.append(
            FigureUsed(
                name=norm.name, value=row.value, source=row.source, table=told, note=row.note
            )
        )
        numbers[norm.name] = (exact(row.value), exact(row.value))
    return tuple(used), numbers


@frozen
class Placer:
    """Puts the scores of one scale into the bands of the table that applies.

    ``starts`` are where the bands begin, but for the first, below which nothing lies; ``known`` the
    placings of known scores, one a band.
    Without a table there are none, and ``none`` tells why.
    """

    of: str
    starts: tuple[Exact, ...]
    known: tuple[Placing, ...]
    none: Placing

    @classmethod
    def of_bands(cls, bands: Bands, audience: Audience) -> "Placer":
        """What places scores for an audience."""
        name, of = bands.name, bands.of
        table = next((table for table in bands.tables if audience.fits(table)), None)
        if table is None:
            none = Placing(name=name, of=of, label=None, why="no_table")
            return cls(of, (), (), none)
        told = Placing(
            name=name,
            of=of,
            label=None,
            table=described(table),
            source=table.source,
            why="no_score",
        )
        if not audience.may_use(table.source):
            return cls(of, (), (), evolve(told, why="unread_table"))
        starts = (-inf, *(-inf if b.low is None else exact(b.low) for b in table.bands[1:]))
        known = tuple(
            evolve(told, label=b.label or None, possible=(b.label,) if b.label else (), why=b.why)
            for b in table.bands
        )
        return cls(of, starts, known, told)

    def place(self, value: Exact | None, bounds: Pair) -> Placing:
        """The band of a score, or, without one, those that it may fall in."""
        if not self.starts:
            return self.none
        if value is not None:
            return self.known[bisect_right(self.starts, value) - 1]
        low, high = bounds
        first, last = bisect_right(self.starts, low) - 1, bisect_right(self.starts, high)
        found = self.known[first:last]
        labels = tuple(dict.fromkeys(placing.label or "" for placing in found))
        return evolve(self.none, possible=labels if all(labels) else ())


@frozen
class Means:
    """Labels scores by the nearest of some published group means.

    ``borders`` lie halfway between the means, ``known`` are the placings of known scores, one a
    group.
    """

    of: str
    borders: tuple[Exact, ...]
    known: tuple[Placing, ...]
    none: Placing

    @classmethod
    def of_groups(cls, nearest: Nearest, audience: Audience) -> "Means":
        """What labels scores for an audience."""
        told = Placing(
            name=nearest.name, of=nearest.of, label=None, source=nearest.source, why="no_score"
        )
        if not audience.may_use(nearest.source):
            return cls(nearest.of, (), (), evolve(told, why="unread_table"))
        groups = sorted((exact(mean), label) for label, mean in nearest.means)
        means = [Fraction(mean) for mean, _ in groups]
        borders = tuple((low + high) / 2 for low, high in pairwise(means))
        known = tuple(evolve(told, label=label, possible=(label,), why="") for _, label in groups)
        return cls(nearest.of, borders, known, told)

    def place(self, value: Exact | None, bounds: Pair) -> Placing:
        """The label of a score, or, without one, those that it may have.

        On a border it is that of the lower mean.
        """
        if not self.known:
            return self.none
        if value is not None:
            return self.known[bisect_left(self.borders, value)]
        low, high = (bisect_left(self.borders, bound) for bound in bounds)
        found = self.known[low : high + 1]
        return evolve(self.none, possible=tuple(label for p in found for label in p.possible))

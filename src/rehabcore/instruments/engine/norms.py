"""Which norms, tables and flags apply to a respondent on a day, and which band a score falls in."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import inf
from typing import NamedTuple

from attrs import evolve

from rehabcore.instruments.engine.numbers import Exact, Pair, completed_months, exact
from rehabcore.instruments.model.declaration import Bands, Figure, Instrument, Nearest, Table
from rehabcore.instruments.model.items import NOT_STATED, When
from rehabcore.instruments.model.provenance import Tier
from rehabcore.instruments.model.requests import Respondent
from rehabcore.instruments.model.score_results import FigureUsed, Flagged, Placing, Remark
from rehabcore.rules.truth import Answer
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import refuse
from rehabcore.strict.vocabulary import Sex


class Occasion(NamedTuple):
    """Everything that selects norms and tables: choices, the person, the day, the request."""

    chosen: tuple[tuple[str, str | int], ...]
    sex: Sex | None
    age: int | None
    jurisdiction: str
    on: date
    tables: tuple[str, ...]
    unread: bool


@frozen
class Audience:
    """The person, day and choices of a scoring, in the form in which norms and tables ask."""

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
    """The people and days that a figure or table is for, in stable words; empty for everybody."""
    words = [audience_of(row.when)] if row.when is not None else []
    if row.start is not None:
        words.append(f"from={row.start}")
    if isinstance(row.end, date):
        words.append(f"until={row.end}")
    return " ".join(words)


def audience_of(when: When) -> str:
    """The people and choices that a condition names, in stable words."""
    words = [f"{name}={'|'.join(map(str, values))}" for name, values in when.chosen]
    if when.ages is not None:
        low, high = when.ages
        words.append(f"age={'' if low is None else low}-{'' if high is None else high}")
    return " ".join(words)


def figures_used(
    instrument: Instrument, audience: Audience
) -> tuple[tuple[FigureUsed, ...], dict[str, Pair]]:
    """The figure of every norm, and its number, which can be any if the norm does not apply."""
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
        """The placer of the table that applies to an audience."""
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
        # the first band also takes what lies below it: scores are never cut to their range
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
        """The labels of group means that apply to an audience."""
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


MOST_TABLES_KEPT = 1024
"""How many sets of norms and tables are kept."""
_MONTHS_OF_A_YEAR = 12


@frozen
class KnownFlag:
    """The results of a flag that is up, and that is down.

    ``unread`` means that neither may be given: the flag rests on a source that nobody has read.
    """

    up: Flagged
    down: Flagged
    unread: bool


@frozen
class TablesInForce:
    """The norms, tables and flags that apply on an occasion. Answers do not matter to them.

    ``numbers`` are those of the norms. A flag that is not asked for is None.
    """

    numbers: Mapping[str, Pair]
    figures: tuple[FigureUsed, ...]
    placers: tuple[Placer | Means, ...]
    flags: tuple[KnownFlag | None, ...]
    warnings: tuple[Remark, ...]
    policies: tuple[str, ...]


@lru_cache(maxsize=MOST_TABLES_KEPT)
def tables_in_force(instrument: Instrument, occasion: Occasion) -> TablesInForce:
    """The norms, tables and flags that apply on an occasion; kept, as many occasions are alike."""
    audience = Audience.of(instrument, occasion)
    figures, numbers = figures_used(instrument, audience)
    within = tuple(f"{made_in}-" for made_in in instrument.validity.made_in)
    foreign = not f"{occasion.jurisdiction}-".startswith(within)
    outside = Remark(code="outside_population", about=instrument.validity.population)
    return TablesInForce(
        numbers=numbers,
        figures=figures,
        placers=(
            *(
                Placer.of_bands(bands, audience)
                for bands in instrument.bands
                if not bands.on_request or bands.name in occasion.tables
            ),
            *(Means.of_groups(nearest, audience) for nearest in instrument.nearest),
        ),
        flags=tuple(_known_flags(instrument, audience, occasion.tables)),
        warnings=(outside,) if foreign else (),
        policies=("figure_for_not_stated",) if any(map(_for_not_stated, figures)) else (),
    )


def _for_not_stated(figure: FigureUsed) -> bool:
    """Whether the figure used is meant for people about whom some fact is not stated."""
    return f"={NOT_STATED}" in figure.table


def _known_flags(
    instrument: Instrument, audience: Audience, tables: tuple[str, ...]
) -> Iterable[KnownFlag | None]:
    for flag in instrument.flags:
        if flag.on_request and flag.name not in tables:
            yield None
            continue
        up, down = (
            Flagged(name=flag.name, answer=answer, critical=flag.critical, source=flag.source)
            for answer in (Answer.MET, Answer.NOT_MET)
        )
        yield KnownFlag(up, down, not audience.may_use(flag.source))


def age_of(person: Respondent, on: date) -> int | None:
    """Completed years on a day; None if neither the age nor the day of birth is stated.

    Raises:
        InputError: the day of birth lies after the day.
    """
    if person.birth_date is None:
        return person.age
    if person.birth_date > on:
        expected = "a day not after the day of the assessment"
        refuse(
            person.birth_date,
            "after_assessment",
            expected,
            path="respondent.birth_date",
            secret=True,
        )
    return completed_months(person.birth_date, on) // _MONTHS_OF_A_YEAR


def figures_and_tables(instrument: Instrument) -> Iterable[Figure | Table]:
    """Every figure and table, each of which may hold only for some people or days."""
    yield from (figure for norm in instrument.norms for figure in norm.figures)
    yield from (table for bands in instrument.bands for table in bands.tables)


def asked_of_respondent(rows: Iterable[Figure | Table]) -> tuple[str, ...]:
    """The facts of the respondent that decide which of some figures or tables applies, in order."""
    asked = {fact for row in rows if row.when for fact in row.when.asked_of_respondent}
    return tuple(sorted(asked))

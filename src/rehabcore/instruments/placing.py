"""Which norms and tables apply to a respondent on a day, and which band a score falls in."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from math import inf

from attrs import frozen

from rehabcore.errors import fault
from rehabcore.instruments.declaration import Bands, Figure, Instrument, Nearest, Table
from rehabcore.instruments.items import NOT_STATED, When
from rehabcore.instruments.numbers import Exact, Pair, completed_months, exact
from rehabcore.instruments.provenance import Tier
from rehabcore.instruments.results import FigureUsed, Placing, Request

_MONTHS_OF_A_YEAR = 12


@frozen
class Audience:
    """Of whom, when and how a form is scored, as norms and tables ask for it."""

    stated: Mapping[str, str | int]
    age: int | None
    on: date
    unread: bool
    requested: tuple[str, ...]
    tiers: Mapping[str, Tier]

    @classmethod
    def of(cls, instrument: Instrument, request: Request) -> "Audience":
        """The audience of a request.

        Raises:
            InputError: the day of birth lies after the day of the assessment.
        """
        person, on = request.respondent, request.on
        age = person.age
        if person.birth_date is not None:
            age = completed_months(person.birth_date, on) // _MONTHS_OF_A_YEAR
            if person.birth_date > on:
                expected = "a day not after the day of the assessment"
                fault("a day", "after_assessment", expected, path="respondent.birth_date")
        stated = {
            "sex": person.sex.value if person.sex else NOT_STATED,
            "jurisdiction": person.jurisdiction or NOT_STATED,
            **dict(request.choices),
        }
        tiers = {origin.id: origin.tier for origin in instrument.origins}
        return cls(stated, age, on, request.unread, request.tables, tiers)

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
    words: list[str] = []
    if row.when is not None:
        words += [f"{name}={'|'.join(map(str, v))}" for name, v in row.when.chosen]
        if row.when.ages is not None:
            low, high = row.when.ages
            words.append(f"age={'' if low is None else low}-{'' if high is None else high}")
    if row.start is not None:
        words.append(f"from={row.start}")
    if isinstance(row.end, date):
        words.append(f"until={row.end}")
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
class _Ready:
    """A table that is ready to be searched: where each band starts."""

    table: Table
    told: str
    starts: tuple[Exact, ...]


@frozen
class Placer:
    """Puts the scores of one scale into the bands of one name."""

    bands: Bands
    ready: tuple[_Ready, ...]

    @classmethod
    def of(cls, bands: Bands) -> "Placer":
        """The placer of some bands."""
        return cls(
            bands,
            tuple(
                _Ready(
                    table,
                    described(table),
                    tuple(-inf if b.low is None else exact(b.low) for b in table.bands),
                )
                for table in bands.tables
            ),
        )

    def place(self, value: Exact | None, bounds: Pair, audience: Audience) -> Placing:
        """The band of a score, or, without one, those that it may fall in."""
        name, of = self.bands.name, self.bands.of
        ready = next((ready for ready in self.ready if audience.fits(ready.table)), None)
        if ready is None:
            return Placing(name=name, of=of, label=None, why="no_table")
        table = ready.table
        if not audience.may_use(table.source):
            return Placing(
                name=name,
                of=of,
                label=None,
                table=ready.told,
                source=table.source,
                why="unread_table",
            )
        if value is None:
            low, high = bounds
            found = table.bands[_at(ready.starts, low) : _at(ready.starts, high) + 1]
            labels = tuple(dict.fromkeys(band.label for band in found))
            return Placing(
                name=name,
                of=of,
                label=None,
                possible=labels if all(labels) else (),
                table=ready.told,
                source=table.source,
                why="no_score",
            )
        band = table.bands[_at(ready.starts, value)]
        return Placing(
            name=name,
            of=of,
            label=band.label or None,
            possible=(band.label,) if band.label else (),
            table=ready.told,
            source=table.source,
            why=band.why,
        )


def _at(starts: tuple[Exact, ...], number: Exact) -> int:
    return max(bisect_right(starts, number) - 1, 0)


def nearest(nearest: Nearest, value: Exact | None, audience: Audience) -> Placing:
    """The group whose published mean is nearest to a score."""
    label, why = None, ""
    if not audience.may_use(nearest.source):
        why = "unread_table"
    elif value is None:
        why = "no_score"
    else:
        label = min(nearest.means, key=lambda mean: (abs(exact(mean[1]) - value), mean[1]))[0]
    return Placing(
        name=nearest.name,
        of=nearest.of,
        label=label,
        possible=(label,) if label else (),
        source=nearest.source,
        why=why,
    )

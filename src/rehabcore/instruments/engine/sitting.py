"""What scoring needs besides the answers, worked out once for people and days that are alike."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from attrs import frozen

from rehabcore.instruments.engine.numbers import Pair, completed_months
from rehabcore.instruments.engine.placing import Audience, Means, Occasion, Placer, figures_used
from rehabcore.instruments.model.declaration import Figure, Instrument, Table
from rehabcore.instruments.model.items import NOT_STATED
from rehabcore.instruments.results import FigureUsed, Flagged, Remark, Respondent
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import fault

MOST_SITTINGS = 1024
"""Sittings that are kept."""
_MONTHS_OF_A_YEAR = 12


@frozen
class KnownFlag:
    """What a flag says when it is up, and when it is down; ``unread`` says that it may not."""

    up: Flagged
    down: Flagged
    unread: bool


@frozen
class Sitting:
    """What scoring needs besides the answers.

    ``numbers`` are those of the norms. A flag that is not asked for is None.
    """

    numbers: Mapping[str, Pair]
    figures: tuple[FigureUsed, ...]
    placers: tuple[Placer | Means, ...]
    flags: tuple[KnownFlag | None, ...]
    warnings: tuple[Remark, ...]
    policies: tuple[str, ...]


@lru_cache(maxsize=MOST_SITTINGS)
def sitting_of(instrument: Instrument, occasion: Occasion) -> Sitting:
    """The sitting on such an occasion."""
    audience = Audience.of(instrument, occasion)
    figures, numbers = figures_used(instrument, audience)
    within = tuple(f"{made_in}-" for made_in in instrument.validity.made_in)
    foreign = not f"{occasion.jurisdiction}-".startswith(within)
    outside = Remark(code="outside_population", about=instrument.validity.population)
    return Sitting(
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
    """Whether a figure was used that is for people of whom something is not stated."""
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
        fault(
            person.birth_date,
            "after_assessment",
            expected,
            path="respondent.birth_date",
            secret=True,
        )
    return completed_months(person.birth_date, on) // _MONTHS_OF_A_YEAR


def rows_of(instrument: Instrument) -> Iterable[Figure | Table]:
    """Everything that may hold for some people only, or on some days."""
    yield from (figure for norm in instrument.norms for figure in norm.figures)
    yield from (table for bands in instrument.bands for table in bands.tables)

"""Invented people: the cells of every fact for the library, plain values for the other engines.

One in ten has gaps in the records; of such a person every fact is missing with probability one
fifth. Plain values are what other engines like best: days as ordinal numbers, None for unknown.
"""

import random
from collections.abc import Mapping
from datetime import date, timedelta

from attrs import evolve, frozen

from benchmarks import facts
from benchmarks.facts import FACTS
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import NEVER, Cell, Forever, Known, Unknown, Value
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind

ON = date(2026, 3, 16)
"""The day on which everything is asked."""
SEED = 20260102
WITH_GAPS, MISSING = 0.1, 0.2
LIFE_TERMS = 0.01

_COMPLETED = "completed_within_year"
_MISSING, _STALE = Unknown(UnknownKind.MISSING), Unknown(UnknownKind.STALE)

Plain = bool | int | str | frozenset[str] | None


@frozen
class Person:
    """What is known of a person: on the day, on every day, and on the day in plain values."""

    cells: Mapping[Asked, Cell]
    histories: Mapping[Asked, Timeline[Cell]]
    plain: Mapping[str, Plain]


def people(count: int) -> tuple[Person, ...]:
    """So many people; the first of a longer list are those of a shorter one."""
    draw = random.Random(SEED)
    return tuple(_person(draw) for _ in range(count))


def _person(draw: random.Random) -> Person:
    gaps = draw.random() < WITH_GAPS
    cells: dict[Asked, Cell] = {}
    for number, (name, value) in enumerate(_values(draw).items()):
        record = (f"r-{number}",)
        if gaps and draw.random() < MISSING:
            cells[FACTS[name]] = Unknown(draw.choice(list(UnknownKind)))
        else:
            cells[FACTS[name]] = Known(value, evidence=record)
    return Person(
        cells=cells,
        histories={asked: _history(draw, asked, cell) for asked, cell in cells.items()},
        plain={name: _plain(cells[asked]) for name, asked in FACTS.items()},
    )


def _history(draw: random.Random, asked: Asked, cell: Cell) -> Timeline[Cell]:
    """Assessments and consents begin and expire, completions are forgotten; the rest stays."""
    name = asked.fact.name
    if not isinstance(cell, Known) or name not in ("risk", "need", "score", "consent", _COMPLETED):
        return Timeline.constant(cell)
    if isinstance(cell.value, frozenset):
        lapses = {code: ON + timedelta(days=draw.randrange(1, 365)) for code in sorted(cell.value)}
        return Timeline.of_changes(
            lapses.values(),
            lambda day: evolve(cell, value=frozenset(c for c in lapses if day < lapses[c])),
        )
    begins = ON - timedelta(days=draw.randrange(365))
    ends = ON + timedelta(days=draw.randrange(1, 365))
    stale = evolve(_STALE, evidence=cell.evidence)
    cells: dict[date, Cell] = {date.min: _MISSING, begins: cell, ends: stale}
    return Timeline.of_changes(cells, cells.__getitem__)


def _plain(cell: Cell) -> Plain:
    value = cell.value if isinstance(cell, Known) else None
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, Forever):
        return date.max.toordinal()
    assert value is None or isinstance(value, bool | int | str | frozenset)
    return value


def _values(draw: random.Random) -> dict[str, Value]:
    """One value of every fact, in the order in which they are declared."""
    some = draw.choice

    def chosen(codes: tuple[str, ...], chance: float) -> frozenset[str]:
        return frozenset(code for code in codes if draw.random() < chance)

    def perhaps(chance: float) -> bool:
        return draw.random() < chance

    end = NEVER if perhaps(LIFE_TERMS) else ON + timedelta(days=draw.randrange(30, 1100))
    return {
        "age": ON - timedelta(days=draw.randrange(15 * 365, 70 * 365)),
        "supervised": ON - timedelta(days=draw.randrange(5, 1500)),
        "remaining": end,
        "sex": some(("male", "male", "male", "female")),
        "setting": some((*facts.SETTINGS, "custody", "community", "custody", "community")),
        "region": some(facts.REGIONS),
        "risk": some(facts.RISKS),
        "schooling": some(facts.SCHOOLING),
        "need_thinking": some(facts.LEVELS),
        "need_work": some(facts.LEVELS),
        "need_family": some(facts.LEVELS),
        "score_drugs": draw.randrange(31),
        "score_alcohol": draw.randrange(31),
        "score_violence": draw.randrange(31),
        "breaches": some((0, 0, 0, 1, 2, 3, 5)),
        "children": some((0, 0, 1, 2, 3)),
        "languages": chosen(facts.LANGUAGES, 0.6),
        "offences": chosen(facts.OFFENCES, 0.3),
        "enrolled": chosen(facts.PROGRAMS, 0.08),
        "completed_within_year": chosen(facts.PROGRAMS, 0.08),
        "consent_treatment": perhaps(0.6),
        "consent_group": perhaps(0.6),
        "consent_sharing": perhaps(0.6),
        "employed": perhaps(0.4),
        "housed": perhaps(0.5),
        "fit": perhaps(0.85),
    }

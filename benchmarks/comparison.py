"""All engines side by side: which of them load, how fast they are, and how often they are wrong."""

from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from benchmarks.engines import Catalogue, Engine, Masks
from benchmarks.hand_written import JUDGE
from benchmarks.people import Person
from benchmarks.timing import Measured, Subject, side_by_side

A_CHECK = 500_000
"""Microseconds that the answers of one engine may take to be checked, if it is not too slow."""
FEWEST = 4


@frozen(kw_only=True)
class Row:
    """One engine: its speed, its wrong answers among those asked, or why it could not be used."""

    engine: str
    packages: tuple[str, ...]
    asked: int = 0
    wrong: int = 0
    people: int = 0
    people_wrong: int = 0
    measured: Measured | None = None
    failure: str = ""


def compare(
    engines: Iterable[Engine], catalogue: Catalogue, people: Sequence[Person], rounds: int
) -> tuple[Row, ...]:
    """Check every engine against ``judge``, then time all of them together.

    The first engine is what the others are compared with.
    """
    scale = len(catalogue.sides) / 25
    judge = JUDGE.load(catalogue)
    right = [judge.read(judge.answer(judge.prepare(person))) for person in people]
    rows: dict[str, Row] = {}
    subjects: dict[str, Subject] = {}
    for engine in engines:
        some = people[: max(FEWEST, round(A_CHECK / engine.cost / scale))]
        try:
            loaded = engine.load(catalogue)
            prepared = [loaded.prepare(person) for person in some]
            found = [loaded.read(loaded.answer(given)) for given in prepared]
        except Exception as failure:  # whatever a peer raises is reported
            text = f"{type(failure).__name__}: {failure}".splitlines()[0][:100]
            rows[engine.name] = Row(engine=engine.name, packages=engine.packages, failure=text)
            continue
        rows[engine.name] = _checked(engine, found, right, len(catalogue.sides))
        subjects[engine.name] = Subject(
            call=loaded.answer, given=prepared, cost=engine.cost * scale
        )
    times = side_by_side(subjects, rounds)
    return tuple(evolve(row, measured=times.get(name)) for name, row in rows.items())


def _checked(engine: Engine, found: list[Masks], right: list[Masks], rules: int) -> Row:
    pairs = list(zip(found, right, strict=False))
    wrong = [((a ^ c) | (b ^ d)).bit_count() for (a, b), (c, d) in pairs]
    return Row(
        engine=engine.name,
        packages=engine.packages,
        asked=len(pairs) * rules,
        wrong=sum(wrong),
        people=len(pairs),
        people_wrong=sum(map(bool, wrong)),
    )

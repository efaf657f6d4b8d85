"""All engines side by side: which of them load, how fast they are, and how often they are wrong."""

from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from benchmarks.engines import Catalogue, Engine, Masks, as_it_is
from benchmarks.hand_written import JUDGE
from benchmarks.people import Person
from benchmarks.timing import Measured, Subject, side_by_side

A_CHECK = 500_000
"""Microseconds that the answers of one engine may take to be checked, if it is not too slow."""
FEWEST = 4
A_PREPARATION = 20
"""About how many microseconds preparing a person takes any engine."""


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
    preparing: Measured | None = None
    failure: str = ""


def compare(
    engines: Iterable[Engine], catalogue: Catalogue, people: Sequence[Person], rounds: int
) -> tuple[Row, ...]:
    """Check every engine against ``judge``, then time all of them together.

    The first engine is what the others are compared with.
    """
    scale = len(catalogue.sides) / 25
    judge = JUDGE.load(catalogue)
    right = [judge.read(judge.answer(judge.data(person))) for person in people]
    rows: dict[str, Row] = {}
    subjects: dict[str, Subject] = {}
    preparing: dict[str, Subject] = {}
    for engine in engines:
        some = people[: max(FEWEST, round(A_CHECK / engine.cost / scale))]
        try:
            loaded = engine.load(catalogue)
            data = [loaded.data(person) for person in some]
            prepared = [loaded.prepare(given) for given in data]
            found = [loaded.read(loaded.answer(given)) for given in prepared]
        except Exception as failure:  # whatever a peer raises is reported
            text = f"{type(failure).__name__}: {failure}".splitlines()[0][:100]
            rows[engine.name] = Row(engine=engine.name, packages=engine.packages, failure=text)
            continue
        rows[engine.name] = _checked(engine, found, right, len(catalogue.sides))
        subjects[engine.name] = Subject(
            call=loaded.answer, given=prepared, cost=engine.cost * scale
        )
        if loaded.prepare is not as_it_is:
            preparing[engine.name] = Subject(call=loaded.prepare, given=data, cost=A_PREPARATION)
    times, before = side_by_side(subjects, rounds), side_by_side(preparing, rounds)
    return tuple(
        evolve(row, measured=times.get(name), preparing=before.get(name))
        for name, row in rows.items()
    )


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

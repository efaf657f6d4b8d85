"""How fast everyday work is today, against an older revision: ``-m benchmarks.against REVISION``.

Both are copied into a folder of their own, bytecode compiled. Every piece of work is done in turn
in a process of either; the time is that of the processor. A ratio is taken within each round.
"""

import argparse
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from attrs import frozen

from benchmarks.machine import described
from benchmarks.markdown import lines, number, renewed, table
from benchmarks.revisions import HERE, Revision, Worker, copied
from benchmarks.rows import ROWS, How, Relation, Row

OLDER, TODAY = "older", "today"
FEWER = 3
"""What takes a process of its own, or many people, is done in so many times fewer rounds."""


@frozen
class Times:
    """What was measured of a row, a figure for each round, in seconds or bytes."""

    older: tuple[float, ...]
    today: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times as fast today is: the median over rounds."""
        return median(a / b for a, b in zip(self.older, self.today, strict=True))

    @property
    def of_the_best(self) -> float:
        """The same, of the best round of each."""
        return min(self.older) / min(self.today)


class Bench:
    """Both revisions, and the workers in them."""

    def __init__(self, trees: dict[str, Revision], people: int, stack: ExitStack) -> None:
        self._trees, self._people = trees, people
        self._workers = {
            name: stack.enter_context(Worker(tree, people)) for name, tree in trees.items()
        }

    def measure(self, row: Row, rounds: int) -> Times:
        """A row, in turn in both revisions, now one of them first and now the other."""
        if row.how is How.FIRST:
            for worker in self._workers.values():
                worker.ask("size")  # leaves a stored result for those that only read it
        count = rounds if row.how is How.AGAIN else -(-rounds // FEWER)
        found: dict[str, list[float]] = {OLDER: [], TODAY: []}
        for turn in range(1 if row.how is How.SIZE else count):
            for name in sorted(found, reverse=bool(turn % 2)):
                found[name].append(self._once(name, row))
        return Times(tuple(found[OLDER]), tuple(found[TODAY]))

    def _once(self, name: str, row: Row) -> float:
        tree = self._trees[name]
        match row.how:
            case How.FIRST:
                return tree.first(row.name, self._people)
            case How.PROCESS:
                return tree.process(row.name)
            case How.IMPORT:
                return tree.importing()
            case _:
                return self._workers[name].ask(row.name)


def main() -> int:
    """Measure, and print a table; 1 if a goal is missed."""
    given = _arguments()
    wanted = [row for row in ROWS if row.name in _with_those_they_need(given.rows)]
    with TemporaryDirectory() as folder, ExitStack() as stack:
        trees = {
            OLDER: copied(given.revision, Path(folder) / OLDER),
            TODAY: copied(str(HERE), Path(folder) / TODAY),
        }
        bench = Bench(trees, given.people, stack)
        found = {}
        for row in wanted:
            if isinstance(row, Row):
                found[row.name] = bench.measure(row, given.rounds)
                sys.stderr.write(f"{row.name} {found[row.name].ratio:.2f}\n")
    told = [_told(row, found, given.people) for row in wanted]
    about = f"{described()}; today against {given.revision}; {given.rounds} rounds."
    text = "\n".join([*lines(about), "", *table(_HEAD, told)]) + "\n"
    sys.stdout.write(text)
    if given.page is not None:
        page = renewed(given.page.read_text("utf-8"), "everyday work", text)
        given.page.write_text(page, "utf-8")
    return 1 if any(_MISSED in line for line in told) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.against", description=__doc__)
    parser.add_argument("revision", help="an older revision, or a folder with its src")
    names = [row.name for row in ROWS]
    parser.add_argument(
        "--rows", nargs="+", metavar="ROW", choices=names, default=names, help="only these (all)"
    )
    parser.add_argument("--rounds", type=int, default=31, help="rounds of both (31)")
    parser.add_argument("--people", type=int, default=200, help="how many people are many (200)")
    parser.add_argument("--page", type=Path, help="put the table into this page of the docs")
    return parser.parse_args()


_HEAD = ("work", OLDER, TODAY, "older / today", "of the best rounds", "goal", "")
_MISSED = "**missed**"


def _with_those_they_need(names: Iterable[str]) -> set[str]:
    """The names of rows, with those of the rows to which some of them are related."""
    related = [row for row in ROWS if isinstance(row, Relation) and row.name in names]
    return {*names, *(name for row in related for name in (row.row, row.to))}


def _told(row: Row | Relation, found: dict[str, Times], people: int) -> tuple[str, ...]:
    if isinstance(row, Relation):
        return _related(row, found[row.row], found[row.to])
    times = found[row.name]
    reached = "" if row.goal is None else "reached" if times.ratio >= row.goal else _MISSED
    return (
        row.about.format(people=f"{people:,}"),
        *(_figure(median(own), row.how) for own in (times.older, times.today)),
        number(times.ratio),
        number(times.of_the_best),
        "" if row.goal is None else f"≥ {row.goal:.3g}",
        reached,
    )


def _related(row: Relation, over: Times, under: Times) -> tuple[str, ...]:
    older, today, best = (
        middle(one) / middle(other)
        for middle, one, other in (
            (median, over.older, under.older),
            (median, over.today, under.today),
            (min, over.today, under.today),
        )
    )
    reached = "reached" if today <= row.goal else _MISSED
    figures = (f"{number(older)} x", f"{number(today)} x", "", f"{number(best)} x")
    return row.about, *figures, f"≤ {row.goal:g} x", reached


def _figure(value: float, how: How) -> str:
    if how is How.SIZE:
        return f"{value:,.0f} bytes"
    for unit, factor in (("s", 1), ("ms", 1e3)):
        if value * factor >= 1:
            return f"{number(value * factor)} {unit}"
    return f"{number(value * 1e6)} µs"


if __name__ == "__main__":
    sys.exit(main())

"""How large catalogues may grow: ``-m benchmarks.catalogues`` prints a table.

Every size is prepared anew and asked about the same people. Times are of the processor.
"""

import argparse
import sys
from collections.abc import Callable
from time import process_time
from typing import TypeVar

from benchmarks.markdown import number, table
from benchmarks.people import ON, people
from benchmarks.rules import criteria, rules
from rehabcore.rules.quick.compilation import compile_rules

SIZES = (1_000, 2_000, 5_000, 10_000, 20_000)
PEOPLE = 50

R = TypeVar("R")


def main() -> int:
    """Measure every size, plain and with two programmes in five nested."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.catalogues", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="numbers of programmes")
    given = parser.parse_args()
    header = (
        "programmes",
        "prepare a day, s",
        "answers, µs",
        "first open clauses, s",
        "next, ms",
    )
    rows = [
        (f"{size:,}{', nested' if nested else ''}", *map(number, _figures(size, nested=nested)))
        for nested in (False, True)
        for size in given.sizes
    ]
    print("\n".join(table(header, rows)))
    return 0


def _figures(size: int, *, nested: bool) -> tuple[float, float, float, float]:
    rule_set = compile_rules(criteria(rules(size, nested=nested)))
    prepared, of_day = _seconds(lambda: rule_set.on(ON))
    sheets = [of_day.sheet(person.cells) for person in people(PEOPLE)]
    for sheet in sheets:
        of_day.masks(sheet)
    answered, _ = _seconds(lambda: [of_day.masks(sheet) for sheet in sheets])
    opened, _ = _seconds(lambda: of_day.open_clauses(sheets[0]))
    explained, _ = _seconds(lambda: [of_day.open_clauses(sheet) for sheet in sheets])
    return prepared, answered / PEOPLE * 1e6, opened, explained / PEOPLE * 1e3


def _seconds(call: Callable[[], R]) -> tuple[float, R]:
    start = process_time()
    result = call()
    return process_time() - start, result


if __name__ == "__main__":
    sys.exit(main())

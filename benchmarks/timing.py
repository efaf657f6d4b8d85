"""Timing side by side: all that is compared runs in turn in every round of one process.

The time is that of the processor for this process, which other work on the machine disturbs least.
A ratio is taken within each round, and the median over rounds is shown; so is that of the times.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from statistics import median
from time import process_time
from typing import Any

from attrs import frozen

A_ROUND = 3_000
"""Microseconds that one thing should run in a round."""


@frozen(kw_only=True)
class Subject:
    """Something to time: a call with one argument, and the arguments it is given in turn.

    ``cost`` is about how many microseconds a call takes.
    """

    call: Callable[[Any], object]
    given: Sequence[Any]
    cost: float


@frozen(kw_only=True)
class Measured:
    """Medians over all rounds: microseconds a call, and the ratio to the first subject."""

    microseconds: float
    ratio: float
    best: float


def side_by_side(subjects: Mapping[str, Subject], rounds: int) -> dict[str, Measured]:
    """Time every subject in every round; the first is what the others are compared with."""
    batches = {name: _batches(subject) for name, subject in subjects.items()}
    times: dict[str, list[float]] = {name: [] for name in subjects}
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, subject in subjects.items():
                times[name].append(_once(subject.call, next(batches[name])))
    finally:
        gc.enable()
    first = times[next(iter(subjects))]
    return {
        name: Measured(
            microseconds=median(own),
            ratio=median(a / b for a, b in zip(own, first, strict=True)),
            best=min(own),
        )
        for name, own in times.items()
    }


def _batches(subject: Subject) -> Iterator[list[Any]]:
    """The arguments of each round; they go on where the round before stopped."""
    given, size = cycle(subject.given), max(1, round(A_ROUND / subject.cost))
    while True:
        yield list(islice(given, size))


def _once(call: Callable[[Any], object], batch: list[Any]) -> float:
    start = process_time()
    for given in batch:
        call(given)
    return (process_time() - start) / len(batch) * 1e6

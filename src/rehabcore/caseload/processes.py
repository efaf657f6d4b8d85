"""Desks in several processes, and a bar that shows how far a caseload is: both are an extra.

The pool is that of ``loky`` and the bar that of ``tqdm``. Only this module knows them.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from operator import length_hint
from typing import Any, TypeVar

from rehabcore.caseload.desks import CaseOutcome, CaseSource, Desk
from rehabcore.strict.problems import refuse

T = TypeVar("T")

A_CHUNK, CHUNKS_AHEAD = 16, 3
"""How many case files a process is given at once, and how many times each may be ahead of the one
whose answers are asked for: enough that no process waits, and few enough to be held in memory."""


def answered_in_processes(
    desk: Desk, sources: Iterable[CaseSource], processes: int
) -> Iterator[tuple[CaseSource, CaseOutcome]]:
    """Each source with what was found, in order.

    Raises:
        InputError: the extra is not installed.
    """
    pool = _extra("loky", "processes").ProcessPoolExecutor(
        processes, initializer=open_desk, initargs=(desk,)
    )
    return _in_order(pool, iter(sources), processes * CHUNKS_AHEAD)


def _in_order(
    pool: Any, sources: Iterator[CaseSource], ahead: int
) -> Iterator[tuple[CaseSource, CaseOutcome]]:
    waiting: deque[tuple[list[CaseSource], Any]] = deque()
    try:
        while True:
            while len(waiting) < ahead and (chunk := [*islice(sources, A_CHUNK)]):
                waiting.append((chunk, pool.submit(answer_chunk, chunk)))
            if not waiting:
                return
            chunk, answers = waiting.popleft()
            yield from zip(chunk, answers.result(), strict=True)
    finally:  # also if nobody asks for the rest
        pool.shutdown(kill_workers=True)


_DESKS: list[Desk] = []
"""The desk of a process that works for one caseload only. It is the one thing that a module keeps:
to send a country with every chunk would take longer than to answer the chunk."""


def open_desk(desk: Desk) -> None:
    """Take the desk at which this process will work."""
    _DESKS.append(desk)


def answer_chunk(sources: list[CaseSource]) -> list[CaseOutcome]:
    """The outcome of each case."""
    return [_DESKS[-1].answer(source) for source in sources]


def with_bar(items: Iterator[T], of: object) -> Iterator[T]:
    """The same items, with a bar on standard error.

    Args:
        items: what is counted.
        of: tells how many there will be, if it knows.

    Raises:
        InputError: the extra is not installed.
    """
    bar: Iterator[T] = iter(
        _extra("tqdm", "progress").tqdm(items, total=length_hint(of) or None, unit=" cases")
    )
    return bar


def _extra(package: str, argument: str) -> Any:
    """A package of the extra.

    Raises:
        InputError: it is not installed.
    """
    if find_spec(package) is None:
        expected = 'the extra for caseloads: pip install "rehabcore[caseload]"'
        refuse(package, "missing_extra", expected, path=argument)
    return import_module(package)

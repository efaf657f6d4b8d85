"""One revision at work: ``benchmarks.against`` starts it with that revision on the path.

It takes the name of a piece of work a line, and answers a line: seconds of processor time. With a
name among its arguments it does that one piece once, for the first time in this process.
"""

import argparse
import gc
import json
import sys
from itertools import islice
from pathlib import Path
from time import process_time

from benchmarks.everyday import WORK, Setting, Work, size
from benchmarks.interfaces import interface

A_ROUND, MOST_CALLS = 0.01, 500
"""Seconds that a piece of work should take in a round, and how often it is done at most. Many short
rounds tell more than a few long ones where other work on the machine comes and goes."""
SIZE = "size"


def main() -> None:
    """Answer what is asked, until nothing more is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--stored", type=Path, required=True)
    parser.add_argument("--once")
    given = parser.parse_args()
    at = Setting(interface(), given.people, given.stored)
    if given.once is not None:
        _answer(_seconds(WORK[given.once](at), 1))
        return
    ready: dict[str, tuple[Work, int]] = {}
    for line in sys.stdin:
        name = line.strip()
        if name == SIZE:
            _answer(size(at))
            continue
        if name not in ready:
            ready[name] = _prepared(WORK[name](at))
        _answer(_seconds(*ready[name]))


def _answer(number: float) -> None:
    sys.stdout.write(json.dumps(number) + "\n")
    sys.stdout.flush()


def _prepared(work: Work) -> tuple[Work, int]:
    """Work that was done for a round, with how often it fits into one."""
    _seconds(work, 1)
    tried = _calls(_seconds(work, 1))
    return work, _calls(_seconds(work, tried))


def _calls(seconds: float) -> int:
    """How often work of so many seconds fits into a round."""
    return max(1, min(MOST_CALLS, round(A_ROUND / max(seconds, 1e-6))))


def _seconds(work: Work, calls: int) -> float:
    """The processor time of a call, on average."""
    batch = list(islice(work.given, calls))
    gc.collect()
    gc.disable()
    start = process_time()
    for given in batch:
        work.call(given)
    taken = process_time() - start
    gc.enable()
    return taken / len(batch)


if __name__ == "__main__":
    main()

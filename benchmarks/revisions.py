"""How long ``match`` takes today, against an older revision: ``-m benchmarks.revisions FOLDER``.

The folder is a checkout of the older revision. Each round starts a process of either revision, in
turn first and second; a ratio is taken within each round, and its median is shown.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
AT_MOST = 1.15
"""The most that today may take of the time of the older revision."""


def main() -> int:
    """Measure both in turn, and print a table; 1 if a case takes too long."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.revisions", description=__doc__)
    parser.add_argument("older", type=Path, help="a checkout of the older revision")
    parser.add_argument("--rounds", type=int, default=11, help="rounds of both (11)")
    given = parser.parse_args()
    trees = {"older": given.older, "today": HERE.parent}
    rounds = [_round(trees, backwards=bool(number % 2)) for number in range(given.rounds)]
    print("| bundled case | older, µs | today, µs | today / older |")
    print("| --- | ---: | ---: | ---: |")
    slow = 0
    for name in rounds[0]["older"]:
        older, today = ([one[tree][name] for one in rounds] for tree in trees)
        ratio = median(b / a for a, b in zip(older, today, strict=True))
        slow += ratio > AT_MOST
        print(f"| {name} | {median(older):.0f} | {median(today):.0f} | {ratio:.2f} |")
    return 1 if slow else 0


def _round(trees: dict[str, Path], *, backwards: bool) -> dict[str, dict[str, float]]:
    """The microseconds of each case in each tree."""
    order = sorted(trees, reverse=backwards)
    return {name: _times(trees[name]) for name in order}


def _times(tree: Path) -> dict[str, float]:
    """The microseconds of each case, measured in a process that imports from a tree."""
    script, path = str(HERE / "matching.py"), str(tree / "src")
    done = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())

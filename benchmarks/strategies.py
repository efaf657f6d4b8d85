"""How many case files a strategy draws in a second: ``-m benchmarks.strategies 7f4d0aa``.

The default case files of the testing kit are drawn in turn with those that the suite of an older
revision drew for itself. Every round is a process of its own; the time is that of the processor.
"""

import argparse
import os
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent.parent
OLDER = "from tests.record_strategies import case_files as files"
TODAY = "from rehabcore.testing import cases as files"
DRAWING = """
from time import process_time
from hypothesis import given, settings
{found}
@settings(max_examples={files}, database=None, deadline=None)
@given(files())
def draw(case): pass
begun = process_time()
draw()
print({files} / (process_time() - begun))
"""


def drawn(folder: Path, statement: str, files: int) -> float:
    """The case files a second that a strategy draws in a process of its own."""
    code = DRAWING.format(found=statement, files=files)
    paths = os.pathsep.join((str(folder), str(folder / "src")))
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(run.stdout)


def main() -> None:
    """Print what both draw in a second, and the median of the ratios of the rounds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.strategies", description=__doc__)
    parser.add_argument("revision", help="the older revision")
    parser.add_argument("--rounds", type=int, default=7, help="rounds in turn (7)")
    parser.add_argument("--files", type=int, default=200, help="files of a round (200)")
    given = parser.parse_args()
    archive = ["git", "-C", str(HERE), "archive", given.revision, "src", "tests"]
    with TemporaryDirectory() as folder:
        before = Path(folder)
        packed = subprocess.run(archive, capture_output=True, check=True).stdout
        with tarfile.open(fileobj=BytesIO(packed)) as files:
            files.extractall(before, filter="data")
        rounds = [
            (
                drawn(before, OLDER, given.files),
                drawn(HERE, TODAY, given.files),
            )
            for _ in range(given.rounds)
        ]
    older, today = zip(*rounds, strict=True)
    ratio = median(new / old for old, new in rounds)
    told = (
        f"{median(older):.0f} files a second before, {median(today):.0f} today: {ratio:.1f} times"
    )
    sys.stdout.write(f"{told} (best of each: {max(older):.0f}, {max(today):.0f})\n")


if __name__ == "__main__":
    main()

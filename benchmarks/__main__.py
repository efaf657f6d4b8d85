"""Run everything once and print the tables; see README.md."""

import argparse
import json
import sys
from pathlib import Path

from attrs import asdict

from benchmarks import report
from benchmarks.markdown import renewed
from benchmarks.measuring import measure


def main() -> int:
    """Measure, print Markdown, and write JSON and a page where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=41, help="rounds of each comparison (41)")
    parser.add_argument(
        "--people", type=int, default=1000, help="people who are asked about (1000)"
    )
    parser.add_argument("--json", type=Path, help="write all figures to this file as well")
    parser.add_argument("--page", type=Path, help="put the tables into this page of the docs")
    given = parser.parse_args()
    figures = measure(rounds=given.rounds, count=given.people)
    text = report.markdown(figures)
    sys.stdout.write(text)
    if given.page is not None:
        page = renewed(given.page.read_text("utf-8"), "figures of a run", text)
        given.page.write_text(page, "utf-8")
    if given.json is not None:
        given.json.write_text(json.dumps(asdict(figures), indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

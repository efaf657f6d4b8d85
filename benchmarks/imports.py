"""How long an import takes in a fresh interpreter, beyond what the interpreter itself takes."""

import subprocess
import sys
from statistics import median
from time import perf_counter

STATEMENTS = (
    "import rehabcore",
    "from rehabcore import casework, exchange, jurisdictions, reports",
)


def net_milliseconds(runs: int) -> dict[str, float]:
    """The median over runs of each statement less that of no statement, in turn."""
    statements = ("pass", *STATEMENTS)
    times: dict[str, list[float]] = {statement: [] for statement in statements}
    for _ in range(runs + 1):
        for statement in statements:
            times[statement].append(_run(statement))
    medians = {statement: median(own[1:]) for statement, own in times.items()}
    return {statement: medians[statement] - medians["pass"] for statement in STATEMENTS}


def _run(statement: str) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return (perf_counter() - start) * 1e3

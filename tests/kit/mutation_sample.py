"""Keeps a sample of the changes that a session of ``make mutate`` would try.

``python -m tests.kit.mutation_sample SESSION NUMBER`` takes out all others. The sample is drawn by
a fixed seed from the changes in the order of the code, so that it can be drawn again.
"""

import sqlite3
import sys
from random import Random

SEED = 10
TABLES = ("mutation_specs", "work_results", "work_items")
"""The tables of a session, of which the last is named by the others."""


def keep(session: str, number: int) -> int:
    """Leave so many changes in a session, or all if it has fewer; the number of those left."""
    with sqlite3.connect(session) as db:
        waiting = [
            job
            for (job,) in db.execute(
                "SELECT job_id FROM mutation_specs"
                " WHERE job_id NOT IN (SELECT job_id FROM work_results)"
                " ORDER BY module_path, start_pos_row, start_pos_col, operator_name, occurrence,"
                " operator_args"
            )
        ]
        kept = Random(SEED).sample(waiting, min(number, len(waiting)))
        db.execute("CREATE TEMPORARY TABLE kept (job_id VARCHAR)")
        db.executemany("INSERT INTO kept VALUES (?)", [(job,) for job in kept])
        for table in TABLES:
            db.execute(f"DELETE FROM {table} WHERE job_id NOT IN (SELECT job_id FROM kept)")
    return len(kept)


if __name__ == "__main__":
    print(keep(sys.argv[1], int(sys.argv[2])), "changes are tried")

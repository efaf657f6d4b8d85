"""How long a hand-over takes, against a match of the same case with all its proofs read.

``python -m benchmarks.hand_overs`` prints both in milliseconds of the processor, for a case of
``RECORDS`` records, and the ratio; and how long it takes to find who was accountable after
``EVENTS`` placements. It fails beyond ``MOST_TIMES`` or ``LONGEST``. Nothing here is part of the
package.
"""

import sys
from collections.abc import Callable
from datetime import date, timedelta

from attrs import evolve

import rehabcore as rc
from benchmarks.made import long_file
from benchmarks.units import seconds
from rehabcore.care.moves.responsibility import tenures
from rehabcore.records import ContinuityItem, Filed, Placement, Supply
from rehabcore.strict import Setting

RECORDS, MOST_TIMES = 500, 3.0
"""The records of the case, and the most times as long as a match."""
EVENTS, LONGEST = 10_000, 1.0
ON = date(2026, 11, 16)
FIRST = date(1990, 1, 1)
TREATED = 10
"""How many things that must not be interrupted, each with a supply, the case has besides."""


def open_case() -> rc.CaseFile:
    """A long case with care that must not be interrupted."""
    case = rc.read(long_file(RECORDS - 2 * TREATED), rc.CaseFile)
    since = rc.Span(date(2026, 1, 1), rc.OPEN)
    items = [
        ContinuityItem(filed=_filed(f"item-{n}"), kind="counselling", span=since)
        for n in range(TREATED)
    ]
    supplies = [
        Supply(filed=_filed(f"supply-{n}"), item=one.filed.record_id, covers=since, office="office")
        for n, one in enumerate(items)
    ]
    return evolve(case, continuity_items=tuple(items), supplies=tuple(supplies))


def moved_often() -> rc.CaseFile:
    """A case whose person was placed anew again and again, by the office that has them."""
    case = evolve(rc.read(long_file(100), rc.CaseFile), placements=())
    placed = (
        Placement(
            filed=_filed(f"at-{n}", FIRST + timedelta(n), f"o-{n % 7}"),
            setting=Setting.CUSTODY if n % 2 else Setting.COMMUNITY,
            span=rc.Span(FIRST + timedelta(n), FIRST + timedelta(n + 1)),
            holder=f"o-{n % 7}",
        )
        for n in range(EVENTS)
    )
    return evolve(case, placements=tuple(placed))


def _filed(name: str, on: date = date(2026, 1, 2), source: str = "office") -> Filed:
    return Filed(record_id=rc.RecordId(name), recorded_on=on, source=source)


def _anew(work: Callable[[rc.CaseFile], object], case: rc.CaseFile) -> Callable[[], object]:
    """Work on a case that keeps nothing of what it was asked before."""
    return lambda: work(evolve(case))


def main() -> int:
    """Print the figures, and say whether they are within their limits."""
    country, case = rc.load("xx"), open_case()
    to = rc.Recipient(office="probation-2", role=rc.RecipientRole.CASE_STAFF)

    def matched(file: rc.CaseFile) -> object:
        return [one.verdict.reasons() for one in rc.match(file, country, on=ON).offers]

    def handed(file: rc.CaseFile) -> object:
        return rc.hand_over(file, country, on=ON, to=to)

    match, hand_over = seconds(_anew(matched, case)), seconds(_anew(handed, case))
    held = seconds(_anew(tenures, moved_often()))
    print(
        f"match {1e3 * match:.2f} ms, hand-over {1e3 * hand_over:.2f} ms: {hand_over / match:.2f}x"
    )
    print(f"accountable after {EVENTS:,} placements: {held:.3f} s")
    return 0 if hand_over <= MOST_TIMES * match and held <= LONGEST else 1


if __name__ == "__main__":
    sys.exit(main())

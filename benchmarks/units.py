"""How long the book of a therapeutic community takes, and how that grows with its acts.

``python -m benchmarks.units`` prints the seconds of the processor for 1,000 and for 10,000 acts,
and how many times as long the second takes. It fails beyond ``LONGEST`` or ``MOST_TIMES``. Nothing
here is part of the package.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from time import process_time

import rehabcore as rc
from rehabcore.care import Capacity, CommunityUnit, PeerRole, UnitAct, occupancy, standing_on
from rehabcore.rules.sources import Text
from rehabcore.strict.vocabulary import UnitEvent

START, ON = date(2000, 1, 1), date(2004, 1, 1)
FEW, MANY, ROUNDS = 1_000, 10_000, 5
LONGEST, MOST_TIMES = 1.0, 12.0
"""The most seconds for ``MANY`` acts, and the most times as long as for ``FEW``."""
_STAY = (
    *("waitlisted", "admitted", "advanced", "appointed", "suspended"),
    *("resumed", "stood_down", "regressed", "advanced", "left"),
)


def book(acts: int) -> CommunityUnit:
    """The book of a unit with so many acts, ten for each stay."""
    return CommunityUnit(
        unit_id="unit",
        title=Text.of(en="A unit"),
        phases=("induction", "primary", "reentry"),
        roles=(PeerRole(role_id="crew", title=Text.of(en="crew"), minimum_phase="primary"),),
        capacities=(Capacity(places=40, since=START),),
        acts=tuple(_act(stay, n) for stay in range(acts // len(_STAY)) for n in range(len(_STAY))),
    )


def _act(stay: int, number: int) -> UnitAct:
    event = UnitEvent(_STAY[number])
    of_role = event in (UnitEvent.APPOINTED, UnitEvent.STOOD_DOWN)
    on = START + timedelta(3 * stay + 10 * number)
    return UnitAct(stay=f"stay-{stay}", event=event, on=on, role="crew" if of_role else "")


def work(unit: CommunityUnit) -> Mapping[str, Callable[[], object]]:
    """What is measured, by name. Reading replays all acts, to find what cannot be."""
    text = rc.write(unit)
    return {
        "read and replay": lambda: rc.read(text, rc.CommunityUnit),
        "places over time": lambda: occupancy(unit),
        "one day": lambda: standing_on(unit, ON, most=15),
    }


def seconds(call: Callable[[], object]) -> float:
    """The fewest seconds of the processor in some rounds."""
    found = []
    for _ in range(ROUNDS):
        begun = process_time()
        call()
        found.append(process_time() - begun)
    return min(found)


def main() -> int:
    """Print each piece of work, and say whether all of it is within its limits."""
    few, many = work(book(FEW)), work(book(MANY))
    good = True
    for name in few:
        short, long = seconds(few[name]), seconds(many[name])
        good &= long <= LONGEST and long <= MOST_TIMES * short
        print(f"{name:<18} {FEW:>6,}: {short:.4f} s  {MANY:,}: {long:.4f} s  {long / short:.1f}x")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

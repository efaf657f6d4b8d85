"""The lanes of tables: where the comparisons of each rule stand, and how groups are put together.

In a lane every rule has a bit, on either side of it. The first lane holds the comparisons that a
rule asks by themselves. Each further one holds a group of comparisons, of which all must hold or
one. Larger groups are formulas of lanes, which all rules of the same form share.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import count

from rehabcore.rules.quick.lowering import (
    Every,
    Formula,
    Leaf,
    Lowered,
    Some,
    leaves_of,
    parts_of_every,
)

MOST_LANES = 8
"""How many lanes the groups of one rule may take; what needs more is asked rule by rule."""


class Lanes:
    """The bits that each comparison may lose, and how the lanes of a rule are put together.

    ``holds`` and ``fails`` give by leaf the bits that are lost if it fails, and if it holds.
    ``circuits`` gives by form the rules that have it. The form of a group is a formula of lanes:
    leaf 2n stands for lane n, leaf 2n + 1 for its opposite. ``rest`` are the groups of rules that
    would need too many lanes.
    """

    def __init__(self, pairs: Mapping[int, Lowered], width: int) -> None:
        self.holds: dict[int, int] = defaultdict(int)
        self.fails: dict[int, int] = defaultdict(int)
        self.circuits: dict[Formula, int] = defaultdict(int)
        self.rest: dict[int, Formula] = {}
        self.lanes = 1
        self._width = width
        for number, pair in pairs.items():
            self._plan(number, pair.met)

    def _plan(self, number: int, met: Formula) -> None:
        groups = []
        for part in parts_of_every(met):
            if isinstance(part, Leaf):
                self.holds[part.index] |= 1 << number
            else:
                groups.append(part)
        groups.sort(key=_form)  # so that equal groups are of one form, whatever their order
        if sum(map(_lanes_of, groups)) > MOST_LANES:
            self.rest[number] = Every(tuple(groups))
            return
        lanes = count(1)
        for group in groups:
            form = self._laid(group, number, lanes)
            self.circuits[form] |= 1 << number
        self.lanes = max(self.lanes, next(lanes))

    def _laid(self, group: Formula, number: int, lanes: Iterator[int]) -> Formula:
        """The form of a group, once its comparisons are laid on lanes."""
        if not _fits_one_lane(group):
            in_order = sorted(_parts(group), key=_form)
            parts = tuple(self._laid(part, number, lanes) for part in in_order)
            return Some(group.count, parts) if isinstance(group, Some) else Every(parts)
        # One of several must hold: an "or". But rows are intersected, an "and". That none holds is
        # an "and" again, so such a lane stands for the opposite of its group.
        opposite, lane = isinstance(group, Some), next(lanes)
        lost = self.fails if opposite else self.holds
        for leaf in leaves_of(group):
            lost[leaf] |= 1 << 2 * self._width * lane + number
        return Leaf(2 * lane + opposite)


def _parts(group: Formula) -> tuple[Formula, ...]:
    return () if isinstance(group, Leaf) else group.parts


def _fits_one_lane(group: Formula) -> bool:
    """Whether a group is only comparisons, which must all hold or of which one must."""
    several = isinstance(group, Some) and group.count > 1
    return not several and all(isinstance(part, Leaf) for part in _parts(group))


def _lanes_of(group: Formula) -> int:
    return 1 if _fits_one_lane(group) else sum(map(_lanes_of, _parts(group)))


def _form(group: Formula) -> str:
    """A text that is equal for groups of one form."""
    kind = f"{type(group).__name__}{group.count if isinstance(group, Some) else ''}"
    return kind if _fits_one_lane(group) else f"{kind}({sorted(map(_form, _parts(group)))})"


def held(form: Formula, lines: list[str]) -> str:
    """An expression for the bits for which a form holds; lines that it needs are added."""
    if isinstance(form, Leaf):
        return f"{'~' if form.index % 2 else ''}x{form.index // 2}"
    parts = [held(part, lines) for part in form.parts]
    if isinstance(form, Every) or form.count == 1:
        return f"({(' & ' if isinstance(form, Every) else ' | ').join(parts)})"
    # Bit-sliced counters: n0_3 holds the bits for which at least 3 of the parts seen so far hold.
    # Counting down, no part is counted twice. Counts from which the goal is out of reach are left
    # out.
    counter = f"n{len(lines)}_"
    for seen, part in enumerate(parts, start=1):
        lines.append(f"{counter}0 = {part}")
        for number in range(min(form.count, seen), max(0, form.count - len(parts) + seen - 1), -1):
            one_more = f"{counter}{number - 1} & {counter}0" if number > 1 else f"{counter}0"
            lines.append(f"{counter}{number} {'=' if number == seen else '|='} {one_more}")
    return f"{counter}{form.count}"

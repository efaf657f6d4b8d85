"""The clauses of many rules that are open on a day: those that fail, and those that are unknown."""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import getitem
from struct import Struct

from rehabcore.rules.criteria import AllOf, Criterion, parts_of
from rehabcore.rules.quick.lowering import Lowered
from rehabcore.rules.quick.numbering import Numbering
from rehabcore.rules.quick.sheets import Layout, PlainRow
from rehabcore.rules.quick.tables import Tables
from rehabcore.strict.frozen import frozen

MOST_WAYS_TO_FAIL, MOST_IN_ALL = 4096, 2**19
"""How many ways to fail are kept for one rule, and for all rules of a set together."""
RULES_IN_BLOCK = 128
"""So many rules have their clauses in tables of their own; see ``tables.BLOCK``."""


@frozen
class OpenClauses:
    """The clauses of one rule that are not met, and those that are unknown, in its order."""

    not_met: tuple[Criterion, ...]
    unknown: tuple[Criterion, ...]


class Clauses:
    """The clauses of all rules that are law on a day."""

    def __init__(self, rules: Sequence[Criterion], layout: Layout, on: date) -> None:
        most = min(MOST_WAYS_TO_FAIL, MOST_IN_ALL // max(1, len(rules)))
        self._blocks = [
            _Block(rules[start : start + RULES_IN_BLOCK], layout, on, most)
            for start in range(0, len(rules), RULES_IN_BLOCK)
        ]

    def open(self, row: PlainRow) -> tuple[OpenClauses, ...]:
        """The open clauses of each rule."""
        found: list[OpenClauses] = []
        for block in self._blocks:
            found += block.open(row)
        return tuple(found)


class _Block:
    """The clauses of some rules in one mask: whole bytes for each rule, two bits for a clause."""

    # The two bits of a clause stand beside each other, so one unpack cuts the mask into rules. What
    # it gives for a rule is then a key: rules fail in few ways, so the tuples of open clauses are
    # made once for each way and looked up after.

    def __init__(self, rules: Sequence[Criterion], layout: Layout, on: date, most: int) -> None:
        part, self._pick = layout.part(rules)
        numbering = Numbering(part, on)
        clauses = [_clauses_of(rule, numbering) for rule in rules]
        sizes = [(2 * len(of_rule) + 7) // 8 for of_rule in clauses]
        pairs: dict[int, Lowered] = {}
        first = 0
        for of_rule, size in zip(clauses, sizes, strict=True):
            pairs |= {first + 2 * place: pair for place, pair in enumerate(of_rule.values())}
            first += 8 * size
        self._masks = Tables(numbering, pairs, first).masks
        self._kept = [_Kept(tuple(of_rule), most) for of_rule in clauses]
        self._bytes = Struct("".join(f"{size}s" for size in sizes))

    def open(self, row: PlainRow) -> Iterator[OpenClauses]:
        """The open clauses of each rule of the block."""
        met, not_met = self._masks(*self._pick(row))
        # The bits beside those of the clauses ask nothing, and so count as met. Each turns to 0 if
        # its clause is not met.
        ways = (met ^ not_met << 1).to_bytes(self._bytes.size, "little")
        return map(getitem, self._kept, self._bytes.unpack(ways))


def _clauses_of(rule: Criterion, numbering: Numbering) -> dict[Criterion, Lowered]:
    """The clauses of a rule that are law on the day, each once, with their pairs."""
    law = rule.about.in_force
    if law is not None and numbering.on not in law:
        return {}
    clauses = parts_of(rule) if isinstance(rule, AllOf) else (rule,)
    lowered = {clause: numbering.pair(clause) for clause in clauses}
    return {clause: pair for clause, pair in lowered.items() if pair is not None}


class _Kept(dict[bytes, OpenClauses]):
    """The open clauses of one rule by the way in which it fails, made when first asked for."""

    def __init__(self, clauses: tuple[Criterion, ...], most: int) -> None:
        super().__init__()
        self._clauses, self._most = clauses, most

    def __missing__(self, way: bytes) -> OpenClauses:
        bits = int.from_bytes(way, "little")
        not_met: list[Criterion] = []
        unknown: list[Criterion] = []
        for clause in self._clauses:
            # The lower bit of a clause is 0 unless it is met, the upper one only if it is not met.
            if not bits & 0b01:
                (unknown if bits & 0b10 else not_met).append(clause)
            bits >>= 2
        open_clauses = OpenClauses(tuple(not_met), tuple(unknown))
        if len(self) < self._most:
            self[way] = open_clauses
        return open_clauses

"""Rules that are answered together, quickly and without proofs; a proof is made on demand.

A rule set is prepared once. For each day, the law of the day is selected and relative dates are
folded into cut-off days. This leaves one function of a fact sheet: generated code for few rules,
tables for many. It reads the same pair of every comparison as ``judge``, and so gives the same
answers.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from operator import getitem
from struct import Struct

from attrs import field

from rehabcore.rules.criteria import AllOf, Asked, Criterion, comparisons, law_changes, parts_of
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.judging.proving import Prover, prover_of
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.coverage import require_covered
from rehabcore.rules.quick.generated import Masks, Writer
from rehabcore.rules.quick.lowering import NEVER_LAW, Every, Lowered, Some, lower
from rehabcore.rules.quick.sheets import FactSheet, Layout
from rehabcore.rules.quick.tables import Tables
from rehabcore.rules.truth import ANSWERS, Answer
from rehabcore.strict.checked import checked_arguments, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import refuse

MOST_RULE_SETS, MOST_DAYS, MOST_OPEN = 64, 256, 4096
"""How many rule sets, days of rule sets, and combinations of open clauses are kept."""
FEW = 64
"""Up to so many rules, generated code answers; for more, tables are quicker."""


@frozen(eq=False)
class RuleSet:
    """Rules that are answered together. Made by ``compile_rules``.

    ``layout`` lists the facts that they ask. ``law_changes`` lists, in order, the days on which
    some part of them begins or ceases to be law.
    """

    rules: tuple[Criterion, ...] = field(repr=False)
    layout: Layout = field(repr=False)
    law_changes: tuple[date, ...] = ()

    def __reduce__(self) -> tuple[Callable[..., "RuleSet"], tuple[tuple[Criterion, ...]]]:
        """A copy, and what comes to a worker process, is the one that its rules give there."""
        return compile_rules, (self.rules,)

    def on(self, day: date) -> "RulesOfDay":
        """The rules as they are on a day.

        Raises:
            InputError: ``day`` is not a date, or has a time of day.
            NotInForceError: the data of some law in a rule does not cover the day.
        """
        require_day(day, "day")
        return _of_day(self, day)


@checked_arguments
@lru_cache(maxsize=MOST_RULE_SETS)
def compile_rules(rules: tuple[Criterion, ...]) -> RuleSet:
    """Prepare rules to be answered together. Equal rules give the same rule set."""
    asked = dict.fromkeys(compare.asked for rule in rules for compare in comparisons(rule))
    changes = sorted({day for rule in rules for day in law_changes(rule)})
    return RuleSet(rules, Layout(tuple(asked)), tuple(changes))


@frozen
class OpenClauses:
    """The clauses of one rule that are not met, and those that are unknown, in its order."""

    not_met: tuple[Criterion, ...]
    unknown: tuple[Criterion, ...]


class RulesOfDay:
    """A rule set on one day. Made by ``RuleSet.on``.

    Attributes:
        on: the day.
        rules: the rules, in order.
        layout: the facts that they ask, in the order of a sheet.
    """

    @checked_arguments
    def __init__(self, rule_set: RuleSet, on: date) -> None:
        for rule in rule_set.rules:
            require_covered(rule, on)
        self.on, self.rules, self.layout = on, rule_set.rules, rule_set.layout
        self._writer = Writer(self.layout, on)
        number = self._writer.number
        self._pairs = [lower(rule, number, on) or NEVER_LAW for rule in self.rules]
        self._masks = _function(self._writer, self._pairs)
        self._clauses: _Clauses | None = None
        self._proofs: dict[int, tuple[Prover, list[int]]] = {}

    def __reduce__(self) -> tuple[Callable[..., "RulesOfDay"], tuple[RuleSet, date]]:
        """A copy, and what comes to a worker process, is generated anew from the rules."""
        return _of_day, (compile_rules(self.rules), self.on)

    @checked_arguments
    def sheet(self, cells: Cells | Mapping[Asked, Cell]) -> FactSheet:
        """The fact sheet that these rules ask for; see ``Layout.sheet``."""
        return self.layout.sheet(cells, self.on)

    def masks(self, sheet: FactSheet) -> Masks:
        """The rules that are met and those that are not met, as two masks; others are unknown.

        Raises:
            InputError: the sheet is of another day or layout.
        """
        # A type and two identities are all that a usual call pays for; equal layouts are compared
        # only when they fail.
        made_here = isinstance(sheet, FactSheet) and sheet.layout is self.layout
        if not made_here or sheet.on is not self.on:
            self._check(sheet)
        return self._masks(*sheet.row)

    def masks_without_time(self, sheet: FactSheet) -> Masks:
        """The rules that are met or not met on any day: ``masks`` with all running time unknown.

        Raises:
            InputError: the sheet is of another day or layout.
        """
        self._check(sheet)
        return self._masks(*self.layout.without_time(sheet.row))

    def answers(self, sheet: FactSheet) -> tuple[Answer, ...]:
        """The answer of each rule, in order; always the answer of ``judge``.

        Raises:
            InputError: the sheet is of another day or layout.
        """
        return _answers(self.masks(sheet), len(self.rules))

    def open_clauses(self, sheet: FactSheet) -> tuple[OpenClauses, ...]:
        """The clauses of each rule that fail, and those that are unknown.

        The clauses of an ``AllOf`` are its parts; any other rule is its own single clause. Clauses
        that are not law on the day are left out.

        Raises:
            InputError: the sheet is of another day or layout.
        """
        self._check(sheet)
        if self._clauses is None:
            self._clauses = _Clauses(self.rules, self._writer, self.on)
        return self._clauses.open(sheet)

    def proof(self, number: int, sheet: FactSheet) -> Verdict:
        """The full proof of one rule, equal to that of ``judge``.

        Raises:
            InputError: the sheet is of another day or layout, or there is no such rule.
        """
        self._check(sheet)
        if type(number) is not int or number not in range(len(self.rules)):
            expected = f"the number of a rule, from 0 to {len(self.rules) - 1}"
            refuse(number, "out_of_range", expected, path="number")
        if number not in self._proofs:
            prover = prover_of(self.rules[number], self.on)
            self._proofs[number] = prover, [self.layout.asked.index(a) for a in prover.asked]
        prover, places = self._proofs[number]
        return prover.verdict([sheet.cells[place] for place in places])

    def source(self) -> str:
        """The Python code that answers these rules, below a legend of its variables."""
        return self._writer.legend() + self._writer.source_of(self._pairs)

    def _check(self, sheet: FactSheet) -> None:
        if not isinstance(sheet, FactSheet):
            refuse(sheet, "wrong_type", "a sheet that these rules made", path="sheet")
        if sheet.layout is self.layout and sheet.on is self.on:
            return
        if sheet.layout != self.layout or sheet.on != self.on:
            expected = f"a sheet of {self.on.isoformat()} with the layout of these rules"
            refuse(f"a sheet of {sheet.on.isoformat()}", "out_of_range", expected, path="sheet")


@lru_cache(maxsize=MOST_DAYS)
def _of_day(rule_set: RuleSet, on: date) -> RulesOfDay:
    return RulesOfDay(rule_set, on)


def _function(writer: Writer, pairs: list[Lowered]) -> Callable[..., Masks]:
    """A function for the masks of a row: generated code for few rules, tables for many."""
    return writer.function(pairs) if len(pairs) <= FEW else Tables(writer, pairs).masks


@lru_cache(maxsize=MOST_OPEN)
def _answers(masks: Masks, number: int) -> tuple[Answer, ...]:
    met, not_met = masks
    return tuple([ANSWERS[met >> bit & 1, not_met >> bit & 1] for bit in range(number)])


class _Clauses:
    """The clauses of all rules in one mask: a lane of bytes for each rule, a bit for a clause."""

    # Lanes of whole bytes let one unpack cut the mask into rules. A lane is then a key: rules fail
    # in few ways, so the tuples of open clauses are made once for each way and looked up after.
    # Unused bits are filled with clauses that are always met, so that they are never open.

    def __init__(self, rules: tuple[Criterion, ...], writer: Writer, on: date) -> None:
        clauses = [_clauses_of(rule, writer, on) for rule in rules]
        lane = 1 + max(map(len, clauses)) // 8
        fillers = ([_ALWAYS_MET] * (8 * lane - len(pairs)) for pairs in clauses)
        pairs = (
            pair
            for of_rule, filler in zip(clauses, fillers, strict=True)
            for pair in (*of_rule.values(), *filler)
        )
        self._masks = Tables(writer, list(pairs)).masks
        self._kept = [_Kept(tuple(of_rule)) for of_rule in clauses]
        self._every = (1 << 8 * lane * len(rules)) - 1
        self._lanes = Struct(f"{lane}s" * len(rules))

    def open(self, sheet: FactSheet) -> tuple[OpenClauses, ...]:
        """The open clauses of each rule."""
        met, not_met = self._masks(*sheet.row)
        failed, unknown = self._by_rule(not_met), self._by_rule(self._every ^ met ^ not_met)
        return tuple(map(getitem, self._kept, zip(failed, unknown, strict=True)))

    def _by_rule(self, mask: int) -> tuple[bytes, ...]:
        return self._lanes.unpack(mask.to_bytes(self._lanes.size, "little"))


def _clauses_of(rule: Criterion, writer: Writer, on: date) -> dict[Criterion, Lowered]:
    """The clauses of a rule that are law on the day, each once, with their pairs."""
    if lower(rule, writer.number, on) is None:
        return {}
    clauses = parts_of(rule) if isinstance(rule, AllOf) else (rule,)
    lowered = {clause: lower(clause, writer.number, on) for clause in clauses}
    return {clause: pair for clause, pair in lowered.items() if pair is not None}


_ALWAYS_MET = Lowered(met=Every(()), not_met=Some(1, ()))


class _Kept(dict[tuple[bytes, bytes], OpenClauses]):
    """The open clauses of one rule by its two lanes, made when first asked for."""

    def __init__(self, clauses: tuple[Criterion, ...]) -> None:
        super().__init__()
        self._clauses = clauses

    def __missing__(self, lanes: tuple[bytes, bytes]) -> OpenClauses:
        open_clauses = OpenClauses(*(self._in(lane) for lane in lanes))
        if len(self) < MOST_OPEN:
            self[lanes] = open_clauses
        return open_clauses

    def _in(self, lane: bytes) -> tuple[Criterion, ...]:
        bits = int.from_bytes(lane, "little")
        return tuple(clause for number, clause in enumerate(self._clauses) if bits >> number & 1)

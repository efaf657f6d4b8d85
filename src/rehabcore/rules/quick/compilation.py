"""Rules that are answered together, quickly and without proofs; a proof is made on demand.

A rule set is prepared once. For each day, the law of the day is selected and relative dates are
folded into cut-off days. This leaves one function of a fact sheet: generated code for few rules,
tables for many. It reads the same pair of every comparison as ``judge``, and so gives the same
answers.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeVar

from attrs import field

from rehabcore.rules.criteria import Asked, Criterion, law_changes, written_alike
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.judging.proving import Prover, prover_of
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.coverage import require_covered
from rehabcore.rules.quick.clauses import Clauses, OpenClauses
from rehabcore.rules.quick.generated import Masks, SourceCode
from rehabcore.rules.quick.numbering import Numbering
from rehabcore.rules.quick.sheets import FactSheet, Layout, layout_of
from rehabcore.rules.quick.tables import PairOf, blocks_of
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked_arguments, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import refuse

T = TypeVar("T")

MOST_RULE_SETS, MOST_DAYS, MOST_DAYS_OF_MANY, MOST_ANSWERS = 64, 256, 4, 4096
"""How many rule sets, days of rule sets, and combinations of answers are kept."""
FEW, MANY = 64, 2048
"""Up to few rules, generated code answers; for more, tables are quicker. Of more than many, the
tables are large: only some days are kept."""


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
def compile_rules(rules: tuple[Criterion, ...]) -> RuleSet:
    """Prepare rules to be answered together. Equal rules, written alike, give the same rule set."""
    kept = _compiled(rules)
    return kept if all(map(written_alike, kept.rules, rules)) else _made(rules)


def _made(rules: tuple[Criterion, ...]) -> RuleSet:
    changes = sorted({day for rule in rules for day in law_changes(rule)})
    return RuleSet(rules, layout_of(rules), tuple(changes))


_compiled = lru_cache(maxsize=MOST_RULE_SETS)(_made)


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
        self._masks, self._listing = answering(self.rules, self.layout, on, Numbering.whole)
        self._clauses: Clauses | None = None
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

    def answers(self, sheet: FactSheet) -> tuple[Answer, ...]:
        """The answer of each rule, in order; always the answer of ``judge``.

        Raises:
            InputError: the sheet is of another day or layout.
        """
        answers = _answers_of_few if len(self.rules) <= FEW else _answers
        return answers(self.masks(sheet), len(self.rules))

    def open_clauses(self, sheet: FactSheet) -> tuple[OpenClauses, ...]:
        """The clauses of each rule that fail, and those that are unknown.

        The clauses of an ``AllOf`` are its parts; any other rule is its own single clause. Clauses
        that are not law on the day are left out.

        Raises:
            InputError: the sheet is of another day or layout.
        """
        self._check(sheet)
        if self._clauses is None:
            self._clauses = Clauses(self.rules, self.layout, self.on)
        return self._clauses.open(sheet.row)

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
            self._proofs[number] = prover, [self.layout.place(asked) for asked in prover.asked]
        prover, places = self._proofs[number]
        return prover.verdicts([sheet.cells[place] for place in places])[0]

    def source(self) -> str:
        """The Python code that answers these rules, below a legend of its variables."""
        return self._listing()

    def _check(self, sheet: FactSheet) -> None:
        if not isinstance(sheet, FactSheet):
            refuse(sheet, "wrong_type", "a sheet that these rules made", path="sheet")
        if sheet.layout is self.layout and sheet.on is self.on:
            return
        if sheet.layout != self.layout or sheet.on != self.on:
            expected = f"a sheet of {self.on.isoformat()} with the layout of these rules"
            refuse(f"a sheet of {sheet.on.isoformat()}", "out_of_range", expected, path="sheet")


def kept_by_day(make: Callable[[RuleSet, date], T]) -> Callable[[RuleSet, date], T]:
    """A function that keeps what another made of a rule set on a day; of many rules, some days."""
    of_few = lru_cache(maxsize=MOST_DAYS)(make)
    of_many = lru_cache(maxsize=MOST_DAYS_OF_MANY)(make)
    return lambda rules, on: (of_few if len(rules.rules) <= MANY else of_many)(rules, on)


_kept = kept_by_day(RulesOfDay)


def _of_day(rule_set: RuleSet, on: date) -> RulesOfDay:
    return _kept(rule_set, on)


def answering(
    rules: Sequence[Criterion], layout: Layout, on: date, pair_of: PairOf
) -> tuple[Callable[..., Masks], Callable[[], str]]:
    """A function for the masks of a row, and one for its listing; tables are for many rules."""
    if len(rules) <= FEW:
        numbering = Numbering(layout, on)
        source = SourceCode(numbering, [pair_of(numbering, rule) for rule in rules])
        return source.function(), source.listing
    blocks = blocks_of(rules, layout, on, pair_of)
    return blocks.masks, blocks.listing


def _answers(masks: Masks, number: int) -> tuple[Answer, ...]:
    sides = (f"{mask:0{number}b}"[::-1] for mask in masks)
    return tuple(map(_ANSWERS.__getitem__, zip(*sides, strict=True)))


_ANSWERS = {("0", "0"): Answer.UNKNOWN, ("1", "0"): Answer.MET, ("0", "1"): Answer.NOT_MET}
_answers_of_few = lru_cache(maxsize=MOST_ANSWERS)(_answers)

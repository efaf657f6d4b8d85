"""Judging: from a criterion, what is known and a day to a verdict that carries its proof.

A clause that is not in force on the day stays visible in the proof and counts for nothing; a group
none of whose parts is in force is itself not in force. Where the whole rule is not in force the
answer is NOT_MET and ``in_force`` is false.
"""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from rehabcore.rules.criteria import Asked, Compare, Criterion, Not, comparisons, needed, parts_of
from rehabcore.rules.facts import Assumption, Cell, Known, Unknown
from rehabcore.rules.judging.cells import Cells, require_same_day
from rehabcore.rules.judging.meaning import pair
from rehabcore.rules.law.coverage import require_covered
from rehabcore.rules.sources import Status
from rehabcore.rules.truth import Answer, UnknownKind, at_least, opposite
from rehabcore.strict.checked import checked_arguments


@frozen(slots=False)  # without slots it is made in half the time, and many are made
class Verdict:
    """The answer to one criterion on one day, with the proof below it.

    ``cell`` is what a comparison found; ``children`` are the verdicts of a group's parts in their
    order. Where ``in_force`` is false the node was no law on that day and its answer, NOT_MET,
    means no more than that it grants nothing.
    """

    answer: Answer
    criterion: Criterion
    on: date
    in_force: bool = True
    cell: Cell | None = None
    children: "tuple[Verdict, ...]" = ()

    def __repr__(self) -> str:
        about = self.criterion.about
        named = about.id or type(self.criterion).__name__
        return f"<Verdict {named} on {self.on.isoformat()}: {self.answer.value}>"

    def reasons(self) -> "tuple[Verdict, ...]":
        """The comparisons that the answer rests on, in the order of the rule.

        Of what is met, the parts that are met; of what is not met, every part that is not;
        of what is unknown, all parts, since those that are known kept it from being decided.
        What is not in force rests on its dates alone.
        """
        return tuple(self._reasons())

    def _reasons(self) -> "Iterator[Verdict]":
        if not self.in_force:
            return
        if self.cell is not None:
            yield self
        for child in self.children:
            if self.counts(child):
                yield from child._reasons()

    @checked_arguments
    def counts(self, child: "Verdict") -> bool:
        """Whether the answer rests on this part."""
        if self.answer is Answer.UNKNOWN or isinstance(self.criterion, Not):
            return child.in_force
        return child.in_force and child.answer is self.answer

    def missing(self) -> "tuple[Verdict, ...]":
        """The comparisons that must be known before this one is decided."""
        return tuple(leaf for leaf in self.reasons() if leaf.answer is Answer.UNKNOWN)

    def unknown_kinds(self) -> frozenset[UnknownKind]:
        """Why the answer is unknown; empty if it is known."""
        return frozenset(
            leaf.cell.kind for leaf in self.missing() if isinstance(leaf.cell, Unknown)
        )

    def evidence(self) -> tuple[str, ...]:
        """The ids of the records that the answer rests on, each once, in order of first use."""
        cells = [leaf.cell for leaf in self.reasons() if leaf.cell is not None]
        return tuple(dict.fromkeys(record for cell in cells for record in cell.evidence))

    def assumptions(self) -> "tuple[tuple[Asked, Assumption], ...]":
        """What the answer takes for granted where no record says so, each once."""
        assumed = [
            (leaf.criterion.asked, leaf.cell.assumption)
            for leaf in self.reasons()
            if isinstance(leaf.cell, Known)
            and isinstance(leaf.criterion, Compare)
            and leaf.cell.assumption is not None
        ]
        return tuple(dict.fromkeys(assumed))

    def drafts(self) -> "tuple[Verdict, ...]":
        """The nodes on the way to the reasons whose law is only a draft.

        A clause that a draft says is out of force is among them: the answer rests on its dates.
        """
        return tuple(self._drafts())

    def _drafts(self) -> "Iterator[Verdict]":
        if is_draft(self.criterion):
            yield self
        for child in self.children:
            if self.in_force and (self.counts(child) or not child.in_force):
                yield from child._drafts()


@frozen(kw_only=True)
class Missing:
    """Something that has to be known before a rule can answer.

    ``what`` is the fact with its parameters, as the rule asks it; ``who`` are the codes of the
    roles that can answer, none where the fact names nobody; ``why`` says how it comes that it is
    not known.
    """

    what: Asked
    who: tuple[str, ...]
    why: UnknownKind

    def __repr__(self) -> str:
        return f"<Missing {self.what}: {self.why.value}>"


def missing_facts(verdict: Verdict) -> tuple[Missing, ...]:
    """What has to be known before a verdict is decided, each fact once, in the order of the rule.

    Empty unless the answer is UNKNOWN.
    """
    found = {
        leaf.criterion.asked: leaf.cell.kind
        for leaf in verdict.missing()
        if isinstance(leaf.criterion, Compare) and isinstance(leaf.cell, Unknown)
    }
    return tuple(
        Missing(what=asked, who=asked.fact.answered_by, why=why) for asked, why in found.items()
    )


def is_draft(criterion: Criterion) -> bool:
    """Whether a node states something that no reviewed source is cited for.

    A comparison without a citation is a draft; a group is one only if it says so.
    """
    about = criterion.about
    if about.status is not None:
        return about.status is Status.DRAFT
    return isinstance(criterion, Compare) and not about.cite


@checked_arguments
def judge(criterion: Criterion, cells: Cells, *, on: date) -> Verdict:
    """Judge a criterion on a day, with the full proof. Never raises because of a person.

    Raises:
        InputError: ``on`` is not a date, or the cells are those of another day.
        NotInForceError: the data of some law in the criterion does not cover the day.
    """
    require_covered(criterion, on)
    require_same_day(cells, on)

    def found(compare: Compare) -> tuple[Answer, Cell]:
        cell = cells(compare.asked)
        return _answer(*pair(compare, cell, on)), cell

    return prove(criterion, map(found, comparisons(criterion)), on)


def prove(criterion: Criterion, found: Iterator[tuple[Answer, Cell]], on: date) -> Verdict:
    """The proof of a criterion on a day from what its comparisons answer.

    Args:
        criterion: the rule.
        found: the answer and the cell of each comparison, in order, whether or not it is law.
        on: the day, which decides what is law.
    """
    law = criterion.about.in_force
    in_force = law is None or on in law
    if isinstance(criterion, Compare):
        answer, cell = next(found)
        return Verdict(answer if in_force else Answer.NOT_MET, criterion, on, in_force, cell)
    children = tuple([prove(part, found, on) for part in parts_of(criterion)])
    counted = [child.answer for child in children if child.in_force]
    if not in_force or not counted:
        return Verdict(Answer.NOT_MET, criterion, on, False, None, children)
    if isinstance(criterion, Not):
        answer = opposite(counted[0])
    else:
        answer = at_least(needed(criterion, len(counted)), counted)
    return Verdict(answer, criterion, on, True, None, children)


def _answer(certainly_true: bool, certainly_false: bool) -> Answer:
    if certainly_true:
        return Answer.MET
    return Answer.NOT_MET if certainly_false else Answer.UNKNOWN

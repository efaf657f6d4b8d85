"""Verdicts: the answer to a criterion on a day, with its proof, and what can be read from it.

A clause that is not in force on the day stays visible in the proof and counts for nothing. A group
is not in force if none of its parts is. If the whole rule is not in force, the answer is NOT_MET
and ``in_force`` is false.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from attrs import field

from rehabcore.rules.criteria import Asked, Compare, Criterion, Not, parts_of
from rehabcore.rules.facts import Assumption, Cell, Known, Unknown
from rehabcore.rules.sources import Status
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import one_line


@frozen(slots=False)  # without slots it is made in half the time, and many are made
class Verdict:
    """The answer to one criterion on one day, with the proof below it.

    ``cell`` is the cell that a comparison read; ``children`` are the verdicts of the parts of a
    group, in their order. If ``in_force`` is false, the node was not law on that day. Its answer is
    then NOT_MET, which only means that it grants nothing.
    """

    answer: Answer
    criterion: Criterion
    on: date
    in_force: bool = True
    cell: Cell | None = None
    children: "tuple[Verdict, ...]" = ()
    _prove: "Callable[[date], Verdict] | None" = field(
        default=None, init=False, eq=False, repr=False
    )
    """Gives the proof of a group that nobody has read yet.

    All have the field: where the first verdicts of a process lack it, Python makes a table of names
    for each that has it.
    """

    @classmethod
    def proved_when_read(
        cls,
        answer: Answer,
        criterion: Criterion,
        on: date,
        in_force: bool,
        prove: "Callable[[date], Verdict]",
    ) -> "Verdict":
        """A verdict on a group, the proof of which is made when its children are first read.

        Args:
            answer: the answer, which the proof has to give.
            criterion: the group.
            on: the day.
            in_force: whether the group is law on the day.
            prove: gives the same verdict for the day, with its proof.
        """
        verdict = object.__new__(cls)
        for name, value in (("answer", answer), ("criterion", criterion), ("on", on)):
            object.__setattr__(verdict, name, value)
        object.__setattr__(verdict, "in_force", in_force)
        object.__setattr__(verdict, "cell", None)
        object.__setattr__(verdict, "_prove", prove)
        return verdict

    def __getattr__(self, name: str) -> Any:
        # Python asks this only for what is not there, such as children that nobody has read.
        prove = vars(self).get("_prove")
        if name != "children" or prove is None:
            raise AttributeError(f"a verdict has no {name}")
        children = prove(self.on).children
        object.__setattr__(self, name, children)
        return children

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies, and verdicts from worker processes, have their proof with them."""
        values = self.answer, self.criterion, self.on, self.in_force, self.cell, self.children
        return Verdict, values

    def __repr__(self) -> str:
        about = self.criterion.about
        named = about.id or type(self.criterion).__name__
        return one_line(f"<Verdict {named} on {self.on.isoformat()}: {self.answer.value}>")

    def reasons(self) -> "tuple[Verdict, ...]":
        """The comparisons that the answer rests on, in the order of the rule.

        A group that is met rests on its parts that are met; one that is not met, on its parts that
        are not met. One that is unknown rests on all parts: those that are known failed to decide
        it. A node that is not in force rests only on its dates.
        """
        kept = vars(self)
        if "_reasons" not in kept:  # an explanation asks this three times
            kept["_reasons"] = self._found_reasons()
        reasons: tuple[Verdict, ...] = kept["_reasons"]
        return reasons

    def _found_reasons(self) -> "tuple[Verdict, ...]":
        if not self.in_force:
            return ()
        if self.cell is not None:
            return (self,)
        found: list[Verdict] = []
        for part in self.counting:
            if part.cell is not None:
                found.append(part)
            else:  # several rules, and the clauses of each, share what a part found
                found += part.reasons()
        return tuple(found)

    @property
    def counting(self) -> "tuple[Verdict, ...]":
        """The children that the answer rests on, in their order."""
        decisive = self.decisive
        return tuple(
            [
                child
                for child in self.children
                if child.in_force and (decisive is None or child.answer is decisive)
            ]
        )

    @property
    def decisive(self) -> Answer | None:
        """The answer of the parts that decide; None if every part does."""
        every = self.answer is Answer.UNKNOWN or isinstance(self.criterion, Not)
        return None if every else self.answer

    def missing(self) -> "tuple[Verdict, ...]":
        """The comparisons that must be known before this one is decided."""
        return tuple([leaf for leaf in self.reasons() if leaf.answer is Answer.UNKNOWN])

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
        """The assumptions that the answer rests on, each once, with the fact they are about."""
        assumed = [
            (leaf.criterion.asked, leaf.cell.assumption)
            for leaf in self.reasons()
            if isinstance(leaf.cell, Known)
            and isinstance(leaf.criterion, Compare)
            and leaf.cell.assumption is not None
        ]
        return tuple(dict.fromkeys(assumed))

    def drafts(self) -> "tuple[Verdict, ...]":
        """The nodes that the answer rests on and that are only drafts of law.

        A draft clause that is out of force is among them, because the answer rests on its dates.
        """
        found, ahead = [], [self]
        while ahead:
            node = ahead.pop()
            if is_draft(node.criterion):
                found.append(node)
            if node.in_force and node.children:
                decisive = node.decisive
                ahead += [
                    child
                    for child in reversed(node.children)
                    if decisive is None or child.answer is decisive or not child.in_force
                ]
        return tuple(found)


@frozen(kw_only=True)
class Missing:
    """Something that has to be known before a rule can answer.

    ``what`` is the fact with its parameters, as the rule asks it. ``who`` holds the codes of the
    roles that can answer it; it is empty if the fact names nobody. ``why`` is the reason why it is
    not known.
    """

    what: Asked
    who: tuple[str, ...]
    why: UnknownKind

    def __repr__(self) -> str:
        return one_line(f"<Missing {self.what}: {self.why.value}>")


def missing_facts(verdict: Verdict) -> tuple[Missing, ...]:
    """The facts that have to be known before a verdict is decided, each once, in rule order.

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
    """Whether a node is only a draft of law.

    A comparison without a citation is a draft; a group is one only if it says so.
    """
    about = criterion.about
    if about.status is not None:
        return about.status is Status.DRAFT
    return isinstance(criterion, Compare) and not about.cite


def holds_drafts(criterion: Criterion) -> bool:
    """Whether a node or any part of it is only a draft of law."""
    return is_draft(criterion) or any(map(holds_drafts, parts_of(criterion)))

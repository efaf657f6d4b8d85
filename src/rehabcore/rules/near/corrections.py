"""The smallest changes of facts that would make a verdict MET.

The search works from the leaves up. Each node gets the sets of comparisons that would make it met,
or not met below a negation. A group joins the sets of as many parts as it needs, in any choice. A
set is given up at once if it wants answers of one fact that no value of the fact can give. Nodes
that are not law on the day are left out, as ``judge`` leaves them out.
"""

from collections.abc import Iterable
from itertools import islice, product
from typing import cast

from rehabcore.rules.criteria import Asked, Compare, Not, SameComparison, needed, same_comparison
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.near.cures import NearKind, Wanted, cure
from rehabcore.rules.truth import Answer, at_least, opposite
from rehabcore.strict.frozen import frozen

MOST_WAYS = 2_000
"""How many joined sets are weighed for one verdict, besides the first of every node.

The number of sets can grow exponentially with the size of a rule."""


@frozen(kw_only=True)
class Demand:
    """A comparison of a fact that changes: its answer now (``found``) and the one it must give.

    If both are the same, the comparison already holds, and the change must keep it so.
    """

    compare: Compare
    found: Answer
    wanted: Answer


@frozen(kw_only=True)
class Change:
    """A fact that has to change, and the answers that its comparisons must then give.

    ``kind`` says how it can change: by one of the acts ``asked.fact.changed_by``, or by an answer
    or a decision of one of ``asked.fact.answered_by``. ``cell`` is what is known of it now.
    """

    asked: Asked
    cell: Cell
    kind: NearKind
    demands: tuple[Demand, ...]

    def __repr__(self) -> str:
        return f"<Change {self.kind}: {self.asked}>"


@frozen(kw_only=True)
class Corrections:
    """The smallest sets of changes that make a verdict MET. All changes of a set are needed.

    No set changes all facts of another set and more besides. A verdict that is MET needs only the
    empty set. ``complete`` is false if there were too many sets to weigh. Then each set given still
    suffices, but it may not be the smallest, and others may be missing.
    """

    sets: tuple[tuple[Change, ...], ...]
    complete: bool = True


def corrections(verdict: Verdict) -> Corrections:
    """The changes that would make a verdict MET on its day, the fewest facts first.

    There is no set if no change of facts can help: a failing fact cannot change, or the whole rule
    is not law on the day. Sets with equally many facts are in the order of the rule.
    """
    if not verdict.in_force or _out_of_reach(verdict, True):
        return Corrections(sets=())
    search = _Search(verdict)
    found = {search.changing(literals) for literals in search.sets(verdict, True)}
    of_facts = [(_facts(one), one) for one in found]
    smallest: list[tuple[set[int], _Literals]] = []
    for facts, one in sorted(of_facts, key=lambda it: (len(it[0]), len(it[1]), sorted(it[1]))):
        if not any(less < facts or (less == facts and fewer < one) for less, fewer in smallest):
            smallest.append((facts, one))
    sets = tuple(search.changes(one) for _, one in smallest)
    return Corrections(sets=sets, complete=search.complete)


def answer_after(verdict: Verdict, changes: Iterable[Change]) -> Answer:
    """The answer that a verdict would have after some changes. It may be a verdict of another day.

    The answers that the changes demand are taken as given. Other comparisons of a changed fact
    count as unknown, for its new value is not known.
    """
    demands = {
        same_comparison(demand.compare): demand.wanted
        for change in changes
        for demand in change.demands
    }
    return _after(verdict, demands, {change.asked for change in changes})


def _after(node: Verdict, demands: dict[SameComparison, Answer], changed: set[Asked]) -> Answer:
    if not node.in_force:
        return Answer.NOT_MET
    if node.cell is not None:
        compare = _compare(node)
        as_it_is = Answer.UNKNOWN if compare.asked in changed else node.answer
        return demands.get(same_comparison(compare), as_it_is)
    answers = [_after(child, demands, changed) for child in node.children if child.in_force]
    if isinstance(node.criterion, Not):
        return opposite(answers[0])
    return at_least(needed(node.criterion, len(answers)), answers)


_Literal = tuple[int, int, bool]
"""The number of a fact, the number of a comparison of it, and whether that has to be met.

Facts and comparisons are numbered in the order of the rule, so that sorting literals sorts them as
the rule does, and sets of small tuples are quick to join and compare."""
_Literals = frozenset[_Literal]


class _Search:
    """The search for the sets of comparisons that suffice to make one verdict MET.

    A comparison that already holds is part of a set only if its fact may have to change for the
    sake of another comparison. If nothing touches the fact, the comparison goes on holding.
    """

    def __init__(self, verdict: Verdict) -> None:
        leaves = _leaves(verdict, True)
        asked = dict.fromkeys(_compare(leaf).asked for leaf, _ in leaves)
        facts = {one: number for number, one in enumerate(asked)}
        self._leaves: list[Verdict] = []
        self._number: dict[int, tuple[int, int]] = {}
        told: dict[SameComparison, tuple[int, int]] = {}
        for leaf, _ in leaves:
            compare = _compare(leaf)
            at = facts[compare.asked], len(self._leaves)
            number = told.setdefault(same_comparison(compare), at)
            if number is at:
                self._leaves.append(leaf)
            self._number[id(leaf)] = number  # by what it is: to compare what it says takes longer
        self._touched = {
            facts[_compare(leaf).asked] for leaf, met in leaves if leaf.answer is not _answer(met)
        }
        self._cured: dict[_Literals, NearKind | None] = {}
        self._left = MOST_WAYS
        self.complete = True

    def sets(self, node: Verdict, met: bool) -> list[_Literals]:
        """The sets that make a node met, or not met if ``met`` is false; none contains another."""
        if node.cell is not None:
            return self._of_leaf(node, met)
        parts = [child for child in node.children if child.in_force]
        if isinstance(node.criterion, Not):
            return self.sets(parts[0], not met)
        count = _parts_to_settle(node, len(parts), met)
        return self._choices([self.sets(part, met) for part in parts], count)

    def _of_leaf(self, leaf: Verdict, met: bool) -> list[_Literals]:
        fact, number = self._number[id(leaf)]
        if fact not in self._touched:
            return [frozenset()]
        literal = (fact, number, met)
        literals = frozenset({literal})
        possible = self._holds(literal) or self._kind(literals) is not None
        return [literals] if possible else []

    def _choices(self, options: list[list[_Literals]], count: int) -> list[_Literals]:
        """The sets that settle ``count`` of the parts as wanted, given the sets of each part.

        Once there are too many sets to weigh, only the first parts that suffice are tried.
        """
        # by_number[n] holds the sets that settle n of the parts seen so far. Counting down, a part
        # is not joined with itself. Counts from which the remaining parts could no longer reach
        # the goal are skipped.
        by_number: list[list[_Literals]] = [[frozenset()], *([] for _ in range(count))]
        for seen, option in enumerate(options, start=1):
            if by_number[count] and not self.complete:
                break
            most = min(count, seen)
            fewest = max(1, count - (len(options) - seen)) if self.complete else most
            for number in range(most, fewest - 1, -1):
                for joined in self._joined(by_number[number - 1], option):
                    by_number[number] = _with(by_number[number], joined)
        return by_number[count]

    def _joined(self, ones: list[_Literals], others: list[_Literals]) -> list[_Literals]:
        """Each set of one list joined with each of the other, without those that contradict."""
        if len(ones) == len(others) == 1 and not (ones[0] and others[0]):  # as most are
            return [ones[0] | others[0]]
        # The first pair costs nothing of the allowance, so that even when it is used up, every
        # group still finds one set if its parts have one.
        pairs = product(ones, others)
        taken = list(islice(pairs, self._left + 1))
        self._left -= max(0, len(taken) - 1)
        self.complete = self.complete and next(pairs, None) is None
        joined = [one | other for one, other in taken if self._agree(one, other)]
        return sorted(joined, key=lambda one: (len(one), sorted(one)))

    def _agree(self, one: _Literals, other: _Literals) -> bool:
        """Whether every fact can give the answers that both sets want of it."""
        return _facts(one).isdisjoint(_facts(other)) or self._possible(one | other)

    def _possible(self, literals: _Literals) -> bool:
        return all(self._kind(group) is not None for group in self._changing(literals))

    def changing(self, literals: _Literals) -> _Literals:
        """The literals of facts that have to change; a fact that already fits is left out."""
        return frozenset().union(*self._changing(literals))

    def _changing(self, literals: _Literals) -> list[_Literals]:
        """The same, in groups of one fact each, in the order of the rule."""
        groups: dict[int, list[_Literal]] = {}
        for literal in sorted(literals):
            groups.setdefault(literal[0], []).append(literal)
        return [frozenset(group) for group in groups.values() if not all(map(self._holds, group))]

    def _holds(self, literal: _Literal) -> bool:
        _, number, met = literal
        return self._leaves[number].answer is _answer(met)

    def _kind(self, group: _Literals) -> NearKind | None:
        if group not in self._cured:
            leaves = [(self._leaves[number], met) for _, number, met in sorted(group)]
            wanted: list[Wanted] = [(_compare(leaf), met) for leaf, met in leaves]
            self._cured[group] = cure(wanted, _cell(leaves[0][0]), leaves[0][0].on)
        return self._cured[group]

    def changes(self, literals: _Literals) -> tuple[Change, ...]:
        """The changes that literals call for, one for each fact, in the order of the rule."""
        return tuple(self._change(group) for group in self._changing(literals))

    def _change(self, group: _Literals) -> Change:
        leaves = [(self._leaves[number], met) for _, number, met in sorted(group)]
        return Change(
            asked=_compare(leaves[0][0]).asked,
            cell=_cell(leaves[0][0]),
            kind=cast("NearKind", self._kind(group)),
            demands=tuple(
                Demand(compare=_compare(leaf), found=leaf.answer, wanted=_answer(met))
                for leaf, met in leaves
            ),
        )


def _out_of_reach(node: Verdict, met: bool) -> bool:
    """Whether some comparisons that no change can turn keep a node from being met, or not met."""
    # Most rules are out of reach, and seeing that takes far less than a search.
    if node.cell is not None:
        turned = node.answer is not _answer(met)
        return turned and cure([(_compare(node), met)], node.cell, node.on) is None
    parts = [child for child in node.children if child.in_force]
    if isinstance(node.criterion, Not):
        return _out_of_reach(parts[0], not met)
    spare = len(parts) - _parts_to_settle(node, len(parts), met)
    stuck = (part for part in parts if _out_of_reach(part, met))
    return next(islice(stuck, spare, None), None) is not None


def _parts_to_settle(node: Verdict, available: int, met: bool) -> int:
    """The number of parts of a group that have to be met, or not met for the group not to be."""
    # "At least k of n" fails when at most k - 1 are met: n - k + 1 parts have to fail.
    count = needed(node.criterion, available)
    return count if met else available - count + 1


def _facts(literals: _Literals) -> set[int]:
    return {fact for fact, _, _ in literals}


def _leaves(verdict: Verdict, wanted: bool) -> list[tuple[Verdict, bool]]:
    """The comparisons that are law, each with whether it should be met for a verdict to be met."""
    found, ahead = [], [(verdict, wanted)]
    while ahead:
        node, met = ahead.pop()
        if node.cell is not None:
            found.append((node, met))
            continue
        met = met != isinstance(node.criterion, Not)
        ahead += [(child, met) for child in reversed(node.children) if child.in_force]
    return found


def _with(sets: list[_Literals], one: _Literals) -> list[_Literals]:
    """The sets with one more, leaving out every set that contains another."""
    if any(other <= one for other in sets):
        return sets
    return [*(other for other in sets if not one <= other), one]


def _compare(leaf: Verdict) -> Compare:
    return cast("Compare", leaf.criterion)


def _cell(leaf: Verdict) -> Cell:
    return cast("Cell", leaf.cell)


def _answer(met: bool) -> Answer:
    return Answer.MET if met else Answer.NOT_MET

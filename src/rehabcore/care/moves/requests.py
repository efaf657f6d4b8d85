"""Requests to move a person, and whether they are allowed.

A request that is not allowed changes nothing. What happened all the same is recorded as it
happened (``recording``): a fact is never refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import field

from rehabcore.care.moves.readiness import with_transition
from rehabcore.care.moves.rules import MoveRule
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.rules.criteria import Criterion
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.sources import Text
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, refuse
from rehabcore.strict.vocabulary import RecordId


@frozen(kw_only=True)
@checked
class MoveRequest:
    """A request to move a person, or the report of a move: which one, when, to which office.

    ``record_prefix`` begins the ids of the records that the move files. ``source`` is the office
    that files them, ``recorded_on`` the day of filing. ``transition`` is the one that is under way;
    None stands for the one of this kind of move that was opened last, or for a new one.
    ``reason`` is why the person moved, a code of the country.
    """

    move_id: str
    on: date
    to_holder: str
    source: str
    recorded_on: date
    record_prefix: str
    institution: str = ""
    transition: RecordId | None = field(default=None, metadata=SECRET)
    reason: str | None = None

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "to_holder", "source", "record_prefix")


@frozen(kw_only=True)
@checked
class PossibleMove:
    """A move that can begin where the person is, and whether it is allowed.

    ``transition`` is the one that is under way for it, and ``office`` the one that takes over.
    """

    move_id: str
    title: Text
    verdict: Verdict
    transition: RecordId | None = field(default=None, metadata=SECRET)
    office: str = field(default="", metadata=SECRET)


def under_way(
    seen: Sequence[TransitionSeen], move_id: str, named: RecordId | None = None
) -> TransitionSeen | None:
    """The transition of a move: the one that is named, or that was opened last and is not over.

    Raises:
        InputError: the one that is named is not on file, is of another move, or was used already.
    """
    usable = [
        one
        for one in seen
        if one.move == move_id and one.moved_on is None and one.closed_on is None
    ]
    if named is None:
        return usable[-1] if usable else None
    for one in usable:
        if one.transition == named:
            return one
    expected = "the id of a transition of this move by which the person has not moved yet"
    return refuse(named, "dangling_id", expected, path="transition", secret=True)


def judged(
    needed: Criterion, cells: Cells, seen: TransitionSeen | None, to_holder: str | None, on: date
) -> Verdict:
    """Whether a move is allowed on a day, by the transition that is under way for it.

    Args:
        needed: the rule of the move (``permission``).
        cells: gives the cells of the person on the day.
        seen: the transition, if one is under way.
        to_holder: the office to which the person goes; None for the one that took over.
        on: the day.
    """
    return judge(needed, with_transition(cells, seen, to_holder), on=on)


def possible_now(
    rules: Iterable[MoveRule],
    needed: Mapping[str, Criterion],
    cells: Cells,
    seen: Sequence[TransitionSeen],
    on: date,
) -> tuple[PossibleMove, ...]:
    """The moves that can begin where the person is, each with its verdict, in their order."""
    return tuple(
        one
        for one in (_possible(rule, needed[rule.move_id], cells, seen, on) for rule in rules)
        if _first_part(one.verdict) is not Answer.NOT_MET
    )


def _possible(
    rule: MoveRule, needed: Criterion, cells: Cells, seen: Sequence[TransitionSeen], on: date
) -> PossibleMove:
    own = under_way(seen, rule.move_id)
    return PossibleMove(
        move_id=rule.move_id,
        title=rule.title,
        verdict=judged(needed, cells, own, None, on),
        transition=None if own is None else own.transition,
        office="" if own is None else own.taken_by,
    )


def _first_part(verdict: Verdict) -> Answer:
    """The answer of the first part of a move's rule: whether the person is where it begins."""
    return verdict.children[0].answer

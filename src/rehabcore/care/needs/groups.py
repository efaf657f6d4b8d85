"""Mixing of groups: people of low and of high risk are kept apart.

Members are known only by their place in a list; this module never learns who they are.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import field

from rehabcore.rules.sources import Citation, Status
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import SECRET, checked, checked_arguments, codes_only, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, Problems, one_of
from rehabcore.strict.vocabulary import StaffId


@frozen(kw_only=True)
@checked
class Apart:
    """Which levels of risk are kept apart: the ``low`` ones from the ``high`` ones."""

    levels: tuple[str, ...]
    low: frozenset[str]
    high: frozenset[str]
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        for name in ("low", "high"):
            side = getattr(self, name)
            if not side:
                expected = "at least one level"
                yield Problem(code="empty_group", path=name, found="none", expected=expected)
            for level in sorted(side - set(self.levels)):
                yield Problem.of(level, "unknown_value", one_of(self.levels, level), path=name)
        for level in sorted(self.low & self.high):
            expected = "a level that is low or high, not both"
            yield Problem.of(level, "repeated_item", expected, path="high")


@frozen(kw_only=True)
@checked
class MixingOverride:
    """A named person lets people share a group who are, or may have to be, kept apart.

    ``reason`` is a code of the agency, so that overrides can be counted.
    """

    decided_by: StaffId = field(repr=False, metadata=SECRET)
    decided_on: date
    reason: str = field(metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "decided_by")
        yield from codes_only(self, "reason")


@frozen(kw_only=True)
@checked
class GroupAnswer:
    """Whether people may share a group: MET, NOT_MET, or UNKNOWN if an unknown level matters.

    ``low``, ``high`` and ``unknown`` are the places of members in the list that was asked about,
    from 0. An override does not change the answer, but makes the group ``allowed``.
    """

    answer: Answer
    low: tuple[int, ...] = ()
    high: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    override: MixingOverride | None = None
    cite: tuple[Citation, ...] = ()
    status: Status | None = None

    def _problems(self) -> Iterable[Problem]:
        if self.override is not None and self.answer is Answer.MET:
            expected = "none where nobody has to be kept apart"
            yield Problem(
                code="out_of_range", path="override", found="an override", expected=expected
            )

    @property
    def allowed(self) -> bool:
        """Whether the group may meet, because of the answer or of the override."""
        return self.answer is Answer.MET or self.override is not None


@checked_arguments
def may_share_group(
    apart: Apart | None, members: Sequence[str | None], *, override: MixingOverride | None = None
) -> GroupAnswer:
    """Whether people may share a group, by their levels of risk.

    Args:
        apart: which levels are kept apart; None if the country does not say: then it is UNKNOWN.
        members: the level of each member; None if it is not known.
        override: the decision to let them share the group all the same.

    Raises:
        InputError: the country has no such level, or the override is not needed.
    """
    if apart is None:
        return GroupAnswer(answer=Answer.UNKNOWN, override=override)
    problems = Problems()
    for index, level in enumerate(members):
        if level is not None and level not in apart.levels:
            expected = f"{one_of(apart.levels, level)}, or None"
            problems.note(level, "unknown_value", expected, path=f"members[{index}]")
    problems.done()
    low = tuple(index for index, level in enumerate(members) if level in apart.low)
    high = tuple(index for index, level in enumerate(members) if level in apart.high)
    unknown = tuple(index for index, level in enumerate(members) if level is None)
    return GroupAnswer(
        answer=_answer(sides_missing=(not low) + (not high), unknown=len(unknown)),
        low=low,
        high=high,
        unknown=unknown,
        override=override,
        cite=apart.cite,
        status=apart.status,
    )


def _answer(*, sides_missing: int, unknown: int) -> Answer:
    """The answer, by how many sides (low, high) have no member and how many are unknown."""
    if sides_missing == 0:
        return Answer.NOT_MET
    return Answer.UNKNOWN if sides_missing <= unknown else Answer.MET

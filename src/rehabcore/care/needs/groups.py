"""Who is kept apart: people of low and of high risk do not sit in one group.

Members are told by their place in the list alone: who they are is no business of this module.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import field, frozen

from rehabcore.rules.sources import Citation, Status
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import SECRET, checked, checked_arguments, codes_only, not_empty
from rehabcore.strict.problems import Problem, Problems, one_of
from rehabcore.strict.vocabulary import StaffId


@frozen(kw_only=True)
@checked
class Apart:
    """The levels of risk, of which the ``low`` ones are kept apart from the ``high`` ones."""

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
    """A named person lets people share a group although they are, or may have to be, kept apart.

    ``reason`` is a code of the agency's, so that overrides can be counted.
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
    """Whether people may share a group: MET, NOT_MET, or UNKNOWN where an unknown level matters.

    ``low``, ``high`` and ``unknown`` are the places of members in the list that was asked about,
    from 0. An override changes nothing of the answer; with it the group is ``allowed``.
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
        """Whether the group may meet, by the answer or by the override."""
        return self.answer is Answer.MET or self.override is not None


@checked_arguments
def may_share_group(
    apart: Apart | None, members: Sequence[str | None], *, override: MixingOverride | None = None
) -> GroupAnswer:
    """Whether people may share a group, by their levels of risk.

    Args:
        apart: who is kept apart; None where the country does not say it: then nobody knows.
        members: the level of each, None where it is not known.
        override: who decided otherwise, and why.

    Raises:
        InputError: a level that the country does not have, or an override where none is needed.
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
    """Low and high meet if both are there, and may if the unknown ones can fill what is missing."""
    if sides_missing == 0:
        return Answer.NOT_MET
    return Answer.UNKNOWN if sides_missing <= unknown else Answer.MET

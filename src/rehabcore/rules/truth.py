"""Three answers and how they combine (Kleene's strong logic), and the kinds of not knowing.

Source:
    S. C. Kleene, Introduction to Metamathematics (1952), section 64.
"""

from collections.abc import Iterable
from enum import Enum, StrEnum

from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.problems import InputError, Problem


class Answer(StrEnum):
    """The answer of a rule about one person on one day.

    It is neither true nor false: ``if answer:`` raises an ``InputError``, because it would let
    NOT_MET and UNKNOWN pass. Say which of the three is meant: ``if answer is Answer.MET:``.
    """

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        expected = "a comparison, such as: answer is Answer.MET"
        raise InputError([Problem.of(self, "wrong_type", expected, path="answer")])


ANSWERS = {(0, 0): Answer.UNKNOWN, (1, 0): Answer.MET, (0, 1): Answer.NOT_MET}
"""The answer for a pair of bits: certainly true, certainly false."""


class UnknownKind(Enum):
    """Why something is not known.

    It is no text: a country may have a code of the same name, and the two never equal each other.
    """

    MISSING = "missing"
    """No record says it."""
    STALE = "stale"
    """The record that says it is past its validity."""
    DISPUTED = "disputed"
    """Records contradict each other."""
    NEEDS_PERSON = "needs_person"
    """Only a human may answer."""

    def __str__(self) -> str:
        return str(self.value)


_ORDER = {kind: place for place, kind in enumerate(UnknownKind)}


def foremost(kinds: Iterable[UnknownKind]) -> UnknownKind:
    """The reason that is told where several apply: the first, in the order of ``UnknownKind``.

    So it does not depend on the order of the records.
    """
    return min(kinds, key=_ORDER.__getitem__)


@checked_arguments
def at_least(count: int, answers: Iterable[Answer]) -> Answer:
    """Whether at least ``count`` of the answers are met.

    MET if so many are met, NOT_MET if so many can no longer be met, else UNKNOWN.
    """
    answers = tuple(answers)
    if answers.count(Answer.MET) >= count:
        return Answer.MET
    within_reach = len(answers) - answers.count(Answer.NOT_MET) >= count
    return Answer.UNKNOWN if within_reach else Answer.NOT_MET


def opposite(answer: Answer) -> Answer:
    """NOT_MET for MET and the reverse; UNKNOWN stays UNKNOWN."""
    return {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET}.get(answer, answer)

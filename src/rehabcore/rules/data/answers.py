"""The answers of every node of a rule, a letter each, a group before its parts: ``umm-u``.

``m`` is met, ``n`` not met, ``u`` unknown, ``-`` not in force.
"""

from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.truth import Answer

_MET, _NOT_MET, _UNKNOWN = "m", "n", "u"
NOT_LAW = "-"
"""The letter of a node that is not in force."""
ANSWER_OF_LETTER = {
    _MET: Answer.MET,
    _NOT_MET: Answer.NOT_MET,
    _UNKNOWN: Answer.UNKNOWN,
    NOT_LAW: Answer.NOT_MET,
}
"""The answer of each letter."""
LETTER_OF_ANSWER = {Answer.MET: _MET, Answer.NOT_MET: _NOT_MET, Answer.UNKNOWN: _UNKNOWN}
"""The letter of each answer of a node that is in force."""


def answers_of(verdict: Verdict) -> str:
    """The answer of every node of a verdict."""
    letters, ahead = [], [verdict]
    while ahead:
        node = ahead.pop()
        letters.append(LETTER_OF_ANSWER[node.answer] if node.in_force else NOT_LAW)
        if node.children:
            ahead += node.children[::-1]
    return "".join(letters)

"""The facts that rules may ask of a case file: the only seam between records and rules.

A ``Question`` is a fact together with the function that reads it from a case file. Each family of
questions has a module; ``questions`` makes all of them in the words of a country. ``Derived`` facts
are made of other facts, and ``CaseFacts`` answers all of them for one case file.
"""

from rehabcore.questions.case_facts import CaseFacts
from rehabcore.questions.catalogue import facts_of_kinds, questions
from rehabcore.questions.clocks import CLOCKS
from rehabcore.questions.derived.comparisons import FactComparison
from rehabcore.questions.derived.derivation import Derived
from rehabcore.questions.derived.scores import Score, ScorePart
from rehabcore.questions.question import CountryWords, Question

__all__ = [
    "CLOCKS",
    "CaseFacts",
    "CountryWords",
    "Derived",
    "FactComparison",
    "Question",
    "Score",
    "ScorePart",
    "facts_of_kinds",
    "questions",
]


def __dir__() -> list[str]:
    return __all__

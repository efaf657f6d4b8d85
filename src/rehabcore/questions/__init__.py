"""The facts that rules may ask of a case file: the only seam between records and rules.

Each family of facts has a module, which declares them and reads them from records. ``declare``
says which there are in a country, ``Derived`` facts are made of others, and ``CaseFacts`` answers
all of them for one case file.
"""

from rehabcore.questions.case_facts import CaseFacts
from rehabcore.questions.catalogue import declare
from rehabcore.questions.clocks import CLOCKS
from rehabcore.questions.derived.comparisons import FactComparison
from rehabcore.questions.derived.derivation import Derived
from rehabcore.questions.derived.scores import Part, Score

__all__ = ["CLOCKS", "CaseFacts", "Derived", "FactComparison", "Part", "Score", "declare"]

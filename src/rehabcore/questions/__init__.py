"""The facts that rules may ask of a case file: the only seam between records and rules.

``catalogue.declare`` says which facts there are in a country, ``reading`` says how each is read
from records, and ``CaseFacts`` answers for one case file.
"""

from rehabcore.questions.case_facts import CaseFacts
from rehabcore.questions.catalogue import declare

__all__ = ["CaseFacts", "declare"]

"""The facts that rules may ask of a case file: the only seam between records and rules.

Each family of facts has a module, which declares them and reads them from records. ``declare``
says which there are in a country, and ``CaseFacts`` answers them for one case file.
"""

from rehabcore.questions.case_facts import CaseFacts
from rehabcore.questions.catalogue import declare

__all__ = ["CaseFacts", "declare"]

"""Many people at once: the answers of the whole catalogue, and for whom a proof is wanted, that."""

from rehabcore.caseload.asking_all import match_all
from rehabcore.caseload.caseloads import CaseAnswers, Caseload, RefusedCase

__all__ = ["CaseAnswers", "Caseload", "RefusedCase", "match_all"]


def __dir__() -> list[str]:
    return __all__

"""Recipients of what is handed over, and which health data each of them may see.

Health data reaches nobody but those with a live consent that covers them, and health staff where
the law of the country lets it pass. Staff of programmes never get it: they see a clearance.
"""

from collections.abc import Iterable
from enum import StrEnum

from attrs import evolve, field

from rehabcore.care.continuity.items import ContinuitySeen
from rehabcore.records.glossary import ContinuityKind, PathwayKind
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem


class RecipientRole(StrEnum):
    """The work that a recipient does with the person."""

    CASE_STAFF = "case_staff"
    """The office that is accountable for the case, or becomes so."""
    HEALTH_STAFF = "health_staff"
    PROGRAM_STAFF = "program_staff"


@frozen(kw_only=True)
@checked
class Recipient:
    """An office to which something is handed over, and the work that it does with the person."""

    office: str = field(metadata=SECRET)
    role: RecipientRole

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "office")


HEALTH_DATA = "health_data"
"""The purpose of consents to the use of health data."""


def works_on_case(to: Recipient) -> bool:
    """Whether a recipient works on the case, and sees what may tell of care.

    That is to which offices the person was referred, whether they may have health data, and the
    stays in communities and diversions.
    """
    return to.role is not RecipientRole.PROGRAM_STAFF


def may_see(kind: ContinuityKind | PathwayKind, to: Recipient, *, consented: bool) -> bool:
    """Whether a recipient may see that the person has something of a kind, or is on a pathway.

    Args:
        kind: the kind of care, or the pathway.
        to: the recipient.
        consented: whether a consent to the use of health data is live that covers the office.
    """
    if not kind.health:
        return True
    if to.role is RecipientRole.PROGRAM_STAFF:
        return False
    return consented or (to.role is RecipientRole.HEALTH_STAFF and bool(kind.by_law))


def seen_by(
    seen: ContinuitySeen, kinds: Iterable[ContinuityKind], visible: frozenset[str]
) -> ContinuitySeen:
    """The part that a recipient may see. It does not tell whether anything was left out.

    Args:
        seen: how everything stands.
        kinds: the kinds of the country.
        visible: the codes of those that the recipient may see.
    """
    hidden = {code for kind in kinds if kind.id not in visible for code in kind.precautions}
    return evolve(
        seen,
        items=tuple(item for item in seen.items if item.kind in visible),
        precautions=tuple(one for one in seen.precautions if one.item not in hidden),
        unspoken=tuple(code for code in seen.unspoken if code in visible),
    )

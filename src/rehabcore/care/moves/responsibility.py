"""Responsibility for a person: which office is accountable on a day."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from rehabcore.questions.counting.stays import stays
from rehabcore.records import CaseFile, LegalStanding, Placement
from rehabcore.rules.facts import Unknown
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import refuse

T = TypeVar("T", Placement, LegalStanding)


def holders(view: CaseFile, on: date) -> tuple[str, ...]:
    """The offices that are certainly accountable on a day, in order; there should be one."""
    return tuple(sorted({held.holder for held in placements_on(view, on)}))


def placements_on(view: CaseFile, on: date) -> list[Placement]:
    """The placements that certainly hold on a day."""
    claims = stays((held.filed, held.span, held.holder) for held in view.placements)
    return speaking(view.placements, claims, on)


def speaking(records: Iterable[T], claims: Iterable[Claim], on: date) -> list[T]:
    """The records that say what certainly holds on a day; those that disagree, if they do."""
    cell = settle(claims, Unknown(UnknownKind.MISSING)).at(on)
    if isinstance(cell, Unknown) and cell.kind is UnknownKind.MISSING:
        return []
    return [record for record in records if record.filed.record_id in cell.evidence]


def accountable(view: CaseFile, on: date) -> str:
    """The one office that is certainly accountable on a day.

    Raises:
        InputError: there is not exactly one.
    """
    found = holders(view, on)
    if len(found) != 1:
        expected = "one accountable office on the day of the move"
        refuse(None, "two_at_once", expected, path="placements")
    return found[0]

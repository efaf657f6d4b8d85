"""Whether a person can go: the office that takes over, the appointment, the checklist.

These are facts of one transition, so only the rule of a move asks them; no programme can. The
record that says so is their evidence.
"""

from rehabcore.care.moves.rules import APPOINTMENT_SET, ITEM_SETTLED, TAKEN_OVER
from rehabcore.care.moves.stages import Misplacement, TransitionSeen
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import TransitionEvent


def with_transition(cells: Cells, seen: TransitionSeen | None, to_holder: str | None) -> Cells:
    """The cells of a day, with what one transition says of a move to an office.

    Args:
        cells: what is known of the person on the day.
        seen: the transition as it stands on the day; None if none was opened.
        to_holder: the office to which the person is to go; None for whichever took over.
    """
    entries = {item.item: item.entry for item in seen.checklist} if seen is not None else {}

    def cell(asked: Asked) -> Cell:
        name = asked.fact.name
        if name == TAKEN_OVER:
            return _taken_over(asked, seen, to_holder)
        if name == APPOINTMENT_SET:
            return _told(asked, None if seen is None else seen.appointment_act)
        if name == ITEM_SETTLED:
            (item,) = asked.codes("item")
            return _told(asked, entries.get(item))
        return cells(asked)

    return cell


def _told(asked: Asked, record: str | None) -> Cell:
    return asked.fact.absent() if record is None else Known(True, evidence=(record,))


def _taken_over(asked: Asked, seen: TransitionSeen | None, to_holder: str | None) -> Cell:
    if seen is None:
        return asked.fact.absent()
    if seen.waived_by is not None:
        return Known(True, evidence=(seen.waived_by,))
    if seen.taken_by_act is not None:
        goes_there = to_holder in (None, seen.taken_by)
        return Known(goes_there, evidence=(seen.taken_by_act,))
    hearsay = [
        told.act
        for told in seen.misplaced
        if told.event is TransitionEvent.ACCEPTED and told.why is Misplacement.NOT_BY_THE_OFFICE
    ]
    if hearsay:
        return Unknown(UnknownKind.NEEDS_PERSON, evidence=(hearsay[-1],))
    return asked.fact.absent()

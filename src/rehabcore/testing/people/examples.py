"""An example of the people to whom two rules give different answers, as a case file."""

from collections.abc import Iterator
from datetime import date

from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.differences.kinds import Parting, Trait
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked_arguments
from rehabcore.testing.people.reaching import values_at_ends
from rehabcore.testing.people.records_for import may_be, person


@checked_arguments
def person_of(parting: Parting, *, on: date) -> CaseFile | None:
    """The case file of one of the people to whom two rules give different answers.

    Facts are weighed apart from each other, so there may be nobody like that. None then, and where
    no record is known here that says what has to be known.

    Args:
        parting: the people, as ``rc.explain_difference`` tells of them.
        on: the day of the difference.
    """
    known: dict[Asked, Cell] = {}
    for trait in parting.traits:
        possible = (cell for cell in _cells(trait) if may_be(trait.asked, cell, known, on))
        found = next(possible, None)
        if found is None:
            return None
        known[trait.asked] = found
    return person(known, on)


def _cells(trait: Trait) -> Iterator[Cell]:
    """All cells that are examples of it, the plainest first."""
    absent = trait.asked.fact.absent()
    unknown = all(reply.answer is Answer.UNKNOWN for reply in trait.replies)
    if unknown and isinstance(absent, Unknown):
        yield absent
    yield trait.cell
    yield from map(Known, values_at_ends(trait.values))

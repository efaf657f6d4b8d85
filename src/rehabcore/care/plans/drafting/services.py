"""Services that no need domain is about and that somebody asked for, such as an ID card."""

from collections.abc import Iterable, Iterator

from rehabcore.care.plans.drafting.candidates import Candidates
from rehabcore.care.plans.drafting.given import DraftGiven
from rehabcore.care.plans.drafting.options import Laid
from rehabcore.care.plans.drafting.timing import by_id, gate_ahead, window
from rehabcore.programs import Program
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import Basis, Kind, Modality, ProgramId


def services_wanted(
    given: DraftGiven, found: Candidates, chosen: Iterable[Laid]
) -> tuple[Program, ...]:
    """The services that go along with what was chosen, in the order of the catalogue.

    Somebody asked for them, or they were in the plan before; they are open, and what rules out a
    programme rules them out as well. Of two that exclude each other the first is taken.
    """
    before = () if given.previous is None else given.previous.items
    wanted = {*given.wanted, *(item.program_id for item in before)}
    wanted -= {*found.duties, *_left_aside(given)}
    if not wanted:
        return ()
    catalogue, gate = by_id(given), gate_ahead(given)
    planned = [catalogue[one.program_id] for one in found.going_on]
    planned += [found.programs[laid.option or 0] for laid in chosen]
    services = list[Program]()
    for offer in sorted(given.offers, key=lambda one: found.places[one.program_id]):
        program = catalogue[offer.program_id]
        if (
            offer.answer is Answer.MET
            and program.program_id in wanted
            and program.kind is Kind.SERVICE
            and not program.serves
            and program.basis != {Basis.MANDATORY}
        ):
            closes = window(given, program, gate, duty=False).closes
            in_time = closes is None or closes > given.on
            if in_time and not any(_not_beside(program, one) for one in (*planned, *services)):
                services.append(program)
    return tuple(services)


def _left_aside(given: DraftGiven) -> Iterator[ProgramId | None]:
    """The programmes that no wish brings into a plan, whatever else is in it."""
    yield from (one.program_id for one in given.underway)
    yield from {*given.completed} - {one.program_id for one in given.again}
    yield from (one.program_id for one in given.declined)
    for put_off in given.put_off:
        if put_off.until is None or put_off.until > given.on:
            yield put_off.program_id
    for program in given.programs:
        if program.program_id in given.kept_from and Modality.INDIVIDUAL not in program.modality:
            yield program.program_id


def _not_beside(one: Program, other: Program) -> bool:
    """Whether two programmes exclude each other, or are the same."""
    own, its = one.program_id, other.program_id
    return own == its or own in other.exclusions or its in one.exclusions

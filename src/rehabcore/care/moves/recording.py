"""The records that a move files: that it happened, and where the person is from that day on.

What happened is recorded always, whatever was missing. What was missing follows from the records.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve

from rehabcore.care.moves.acts import first_versions
from rehabcore.care.moves.numbers import number_after
from rehabcore.care.moves.requests import MoveRequest, under_way
from rehabcore.care.moves.responsibility import placements_on, speaking
from rehabcore.care.moves.rules import MoveRule
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.care.moves.whereabouts import Held, begun
from rehabcore.programs import Program
from rehabcore.questions.counting.stays import stays
from rehabcore.records import (
    CaseFile,
    Completion,
    Enrolment,
    Filed,
    LegalStanding,
    Placement,
    Record,
    Transition,
    TransitionAct,
)
from rehabcore.records.changes import held_on
from rehabcore.rules.time.days import OPEN, Ending
from rehabcore.rules.time.partial import (
    EARLIEST_DAY,
    PartialEnd,
    Period,
    between,
    days_between,
    first_of,
    last_of,
)
from rehabcore.strict.problems import refuse
from rehabcore.strict.vocabulary import LegalStatus, Outcome, RecordId, TransitionEvent


def recorded(
    case: CaseFile,
    request: MoveRequest,
    rule: MoveRule,
    seen: Sequence[TransitionSeen],
    programs: Iterable[Program],
) -> CaseFile:
    """The case file with a move that happened; the given case file is not changed.

    The move comes after all that is on file of its day. An enrolment ends with the move if
    its programme is not held where the person goes.

    Args:
        case: the case file.
        request: the move.
        rule: the kind of move.
        seen: all transitions, as they stand on the day.
        programs: the programmes of the country, which say where each is held.

    Raises:
        InputError: the file already has one of the record ids, or the transition that is named is
            not under way for this move.
    """
    on = request.on
    own = under_way(seen, rule.move_id, request.transition)
    known = case.as_known(date.max)
    view = held_on(known, on)
    number = number_after(case, TransitionEvent.MOVED, on)
    opened = _opened(request, seen)
    moved = TransitionAct(
        filed=_filed(request, "moved", number),
        transition=opened.filed.record_id if own is None else own.transition,
        event=TransitionEvent.MOVED,
        on=on,
        office=request.to_holder,
        reason=request.reason,
    )
    transitions = (opened,) if own is None else ()
    placements = tuple(_placements(known, view, rule, request, number))
    standings = tuple(_standings(known, view, rule, request))
    completions = tuple(_left_behind(view, rule, request, programs))
    _require_new(case, request, (*transitions, moved, *placements, *standings, *completions))
    return evolve(
        case,
        transitions=(*case.transitions, *transitions),
        transition_acts=(*case.transition_acts, moved),
        placements=(*case.placements, *placements),
        legal_standings=(*case.legal_standings, *standings),
        completions=(*case.completions, *completions),
    )


def _require_new(case: CaseFile, request: MoveRequest, made: Iterable[Record]) -> None:
    """Refuse a beginning of ids under which the file has a record already, as of a move before."""
    taken = {record.filed.record_id for record in case.records()}
    if any(record.filed.record_id in taken for record in made):
        expected = "another beginning: the file has a record of one of these ids"
        refuse(request.record_prefix, "duplicate_id", expected, path="record_prefix", secret=True)


def _left_behind(
    view: CaseFile, rule: MoveRule, request: MoveRequest, programs: Iterable[Program]
) -> Iterator[Completion]:
    """The end of each running enrolment in a programme that is not held where the person goes."""
    held = {one.program_id: one.settings for one in programs if one.settings}
    ended = {completion.enrolment for completion in view.completions}
    for enrolment in view.enrolments:
        settings = held.get(enrolment.program_id, {rule.setting_to})
        running = enrolment.filed.record_id not in ended
        if running and rule.setting_to not in settings and _began(enrolment, request.on):
            yield Completion(
                filed=_filed(request, f"left-{enrolment.filed.record_id}"),
                enrolment=enrolment.filed.record_id,
                ended_on=request.on,
                outcome=Outcome.RELEASED,
            )


def _began(enrolment: Enrolment, by: date) -> bool:
    return last_of(enrolment.started_on) <= by


def _perhaps(records: Iterable[Held], on: date) -> list[Held]:
    """The records that may hold on a day."""
    return [one for one in records if isinstance(one.span, Period) and on in one.span.possible]


def _next(records: Iterable[Placement | LegalStanding], on: date) -> PartialEnd:
    """The day on which the next one begins that is on file already; open if there is none."""
    starts = [one.span.start for one in records]
    later = [day for day in starts if not isinstance(day, Ending) and first_of(day) > on]
    return min(later, key=first_of, default=OPEN)


def _opened(request: MoveRequest, seen: Sequence[TransitionSeen]) -> Transition:
    """The transition of a move that nobody had prepared; it follows the one that it ends."""
    return Transition(
        filed=_filed(request, "transition"),
        move=request.move_id,
        identified_on=request.on,
        follows=followed(seen),
    )


def followed(seen: Iterable[TransitionSeen]) -> RecordId | None:
    """The transition that a new one follows: by which the person moved last, and still arrives."""
    before = [one for one in seen if one.moved_on is not None and one.closed_on is None]
    return before[-1].transition if before else None


def _placements(
    known: CaseFile, view: CaseFile, rule: MoveRule, request: MoveRequest, number: int | None
) -> Iterator[Placement]:
    on = request.on
    here = placements_on(view, on) or _perhaps(view.placements, on)
    yield from _ended(here, known.placements, request, "placement")
    yield Placement(
        filed=_filed(request, "placement", number),
        setting=rule.setting_to,
        span=days_between(on, _next(view.placements, on)),
        holder=request.to_holder,
        institution=request.institution,
    )


def _standings(
    known: CaseFile, view: CaseFile, rule: MoveRule, request: MoveRequest
) -> Iterator[LegalStanding]:
    status: LegalStatus | None = rule.status_to
    claims = stays((held.filed, held.span, held.status.value) for held in view.legal_standings)
    standing = speaking(view.legal_standings, claims, request.on)
    standing = standing or _perhaps(view.legal_standings, request.on)
    if status is None or (standing and all(held.status is status for held in standing)):
        return
    yield from _ended(standing, known.legal_standings, request, "standing")
    span = days_between(request.on, _next(view.legal_standings, request.on))
    yield LegalStanding(filed=_filed(request, "standing"), status=status, span=span)


def _ended(
    held: Iterable[Held], records: Sequence[Held], request: MoveRequest, name: str
) -> Iterator[Held]:
    """The records that held until the move, with their end.

    Of one that was changed over time all versions end: the earlier ones are on file as well.
    """
    first, on = first_versions(records), request.on
    ending = {first[one.filed.record_id] for one in held}
    versions = [one for one in records if first[one.filed.record_id] in ending]
    for place, one in enumerate(versions, start=1):
        start = one.span.start
        if isinstance(start, Ending) or first_of(start) <= on:
            filed = _corrected(request, f"{name}-{place}-ended", one.filed)
            yield evolve(one, filed=filed, span=days_between(_start(one), on))


def _start(held: Placement | LegalStanding) -> PartialEnd:
    """The first day of a record, known at least by its filing: its end is filed much later."""
    start, by = held.span.start, begun(held)
    first = EARLIEST_DAY if isinstance(start, Ending) else first_of(start)
    return between(first, by) if first <= by else start


def _filed(request: MoveRequest, name: str, sequence: int | None = None) -> Filed:
    return Filed(
        record_id=RecordId(f"{request.record_prefix}-{name}"),
        recorded_on=request.recorded_on,
        source=request.source,
        sequence=sequence,
    )


def _corrected(request: MoveRequest, name: str, before: Filed) -> Filed:
    """The filing of a record that only gets its end: else it stays what the office stated."""
    own = _filed(request, name)
    return evolve(
        before, record_id=own.record_id, recorded_on=own.recorded_on, corrects=before.record_id
    )

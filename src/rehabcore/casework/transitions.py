"""The way of a transition: opened, carried on, offices asked, and what they answer.

Each verb gives the case file with one more record, after all others of its day. What is refused
changes nothing; so is an act for an earlier day after which one of a later day would no longer fit.
What happened all the same is filed as a record, as any other.
"""

from datetime import date
from operator import attrgetter

from attrs import evolve

from rehabcore.care.machines import machine
from rehabcore.care.moves.numbers import number_after
from rehabcore.care.moves.progress import ARRIVING, event_on_table, transitions_on
from rehabcore.care.moves.recording import followed
from rehabcore.care.moves.stages import Closing, Misplacement, TransitionSeen
from rehabcore.care.moves.whereabouts import comes_later
from rehabcore.casework.arguments import WORDS
from rehabcore.casework.filing import filed_in
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile, Filed, Transition, TransitionAct
from rehabcore.records.changes import standing_for
from rehabcore.rules.machines.requests import step
from rehabcore.rules.machines.walking import HistoryEntry, Position
from rehabcore.rules.time.partial import LATEST_DAY, last_of
from rehabcore.strict.checked import checked_with
from rehabcore.strict.problems import Problem, Problems, one_of, refuse
from rehabcore.strict.vocabulary import RecordId, StaffId, TransitionEvent

_files = checked_with(
    WORDS
    | {
        RecordId: "the id of a transition, as text",
        Filed: "a Filed: by whom, and when",
        TransitionEvent: "an event, such as TransitionEvent.ASSESSED",
    }
)


@_files
def identify(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    move: str,
    *,
    on: date,
    filed: Filed,
    planned_for: date | None = None,
    strict: bool = False,
) -> CaseFile:
    """The case file with a new transition: somebody saw that the person will move.

    It follows the one by which the person moved last, if that is still under way.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        move: the id of the kind of move.
        on: the day on which it was identified.
        filed: the filing of the transition; its ``record_id`` names the transition from now on.
        planned_for: the day for which the move is planned.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the country has no such move, the person has died, another transition of this
            move is under way, ``planned_for`` comes before ``on`` or while the person does not yet
            live where the move begins, or the file would be inconsistent.
    """
    rule = jurisdiction.move(move)
    history = jurisdiction.facts_of(case, strict=strict).view
    opened = Transition(
        filed=filed,
        move=rule.move_id,
        identified_on=on,
        planned_for=planned_for,
        follows=followed(transitions_on(history, jurisdiction.moves, on)),
    )
    after, facts = filed_in(case, jurisdiction, opened, strict=strict)
    seen = _standing(facts, jurisdiction, filed.record_id, on)
    problems = Problems()
    if seen is not None and seen.closed_why is Closing.DIED:
        problems.note(on, "after_death", "a day before the death of the person", path="on")
    if seen is not None and _others_under_way(facts, jurisdiction, seen, on):
        expected = "a move of which no transition is under way; go on with that one, or close it"
        problems.note(move, "two_at_once", expected, path="move")
    if planned_for is not None and planned_for < on:
        expected = f"a day not before {on.isoformat()}"
        problems.note(planned_for, "ends_before_start", expected, path="planned_for")
    elif planned_for is not None and comes_later(facts.view, rule.setting_from, planned_for):
        expected = "a day on which the person lives where the move begins"
        problems.note(planned_for, "out_of_range", expected, path="planned_for")
    problems.done()
    return after


def _others_under_way(
    facts: CaseFacts, jurisdiction: Jurisdiction, own: TransitionSeen, on: date
) -> bool:
    """Whether another transition of a move is under way on a day, or is opened later and stays so.

    Of one move only one can be: nobody could say which of two an answer or a move belongs to.
    """
    seen = (
        one
        for day in (on, date.max)
        for one in transitions_on(facts.view, jurisdiction.moves, day)
        if one.move == own.move and one.transition != own.transition
    )
    return any(one.moved_on is None and one.closed_on is None for one in seen)


@_files
def refer(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    transition: RecordId,
    *,
    office: str,
    on: date,
    filed: Filed,
    answer_by: date | None = None,
    by: StaffId | None = None,
    strict: bool = False,
) -> CaseFile:
    """The case file after an office was asked to take over.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        transition: the id of the transition, on file in this case.
        office: the office that is asked.
        on: the day on which it is asked.
        filed: the filing of the act.
        answer_by: the last day for an answer; None for the time that the country gives.
        by: who asked.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the transition is not on file here, the country lets nobody be asked so long
            after the move, or the file would be inconsistent.
        RequestRefused: the transition is not planned yet, or an office has taken over.
    """
    act = TransitionAct(
        filed=filed,
        transition=transition,
        event=TransitionEvent.REFERRED,
        on=on,
        office=office,
        answer_by=answer_by,
        by=by,
    )
    return _with(case, jurisdiction, act, on, strict=strict)


@_files
def accept(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    transition: RecordId,
    *,
    office: str,
    on: date,
    filed: Filed,
    appointment: date | None = None,
    by: StaffId | None = None,
    strict: bool = False,
) -> CaseFile:
    """The case file with the acceptance of an office, which takes over when the person moves.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        transition: the id of the transition, on file in this case.
        office: the office that accepts. It files this itself.
        on: the day on which it accepts.
        filed: the filing of the act.
        appointment: the day on which the office expects the person.
        by: who accepted.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the transition is not on file here; another office's acceptance holds; another
            office than the one that accepts files it; or the file would be inconsistent.
        RequestRefused: the transition does not stand where it can be accepted.
    """
    act = TransitionAct(
        filed=filed,
        transition=transition,
        event=TransitionEvent.ACCEPTED,
        on=on,
        office=office,
        appointment=appointment,
        by=by,
    )
    return _with(case, jurisdiction, act, on, strict=strict)


@_files
def decline(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    transition: RecordId,
    *,
    office: str,
    on: date,
    filed: Filed,
    reason: str,
    by: StaffId | None = None,
    strict: bool = False,
) -> CaseFile:
    """The case file with the refusal of an office, also of one that had accepted before.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        transition: the id of the transition, on file in this case.
        office: the office that was asked or named, and declines. It files this itself.
        on: the day on which it declines.
        filed: the filing of the act.
        reason: why, a code of the country.
        by: who declined.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the transition is not on file here; nobody asked or named the office; another
            one files it; or the file would be inconsistent.
        RequestRefused: the transition does not stand where it can be declined.
    """
    act = TransitionAct(
        filed=filed,
        transition=transition,
        event=TransitionEvent.DECLINED,
        on=on,
        office=office,
        reason=reason,
        by=by,
    )
    return _with(case, jurisdiction, act, on, strict=strict)


@_files
def escalate(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    transition: RecordId,
    *,
    office: str = "",
    on: date,
    filed: Filed,
    reason: str | None = None,
    by: StaffId | None = None,
    strict: bool = False,
) -> CaseFile:
    """The case file after somebody above was told that no office takes over.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        transition: the id of the transition, on file in this case.
        office: the office that somebody above named to take over; empty if none is named.
        on: the day on which it was told.
        filed: the filing of the act.
        reason: why, a code of the country.
        by: who was told.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the transition is not on file here, or the file would be inconsistent.
        RequestRefused: an office may still answer, or has accepted.
    """
    act = TransitionAct(
        filed=filed,
        transition=transition,
        event=TransitionEvent.ESCALATED,
        on=on,
        office=office,
        reason=reason,
        by=by,
    )
    return _with(case, jurisdiction, act, on, strict=strict)


@_files
def advance(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    transition: RecordId,
    event: TransitionEvent,
    *,
    on: date,
    filed: Filed,
    office: str = "",
    appointment: date | None = None,
    reason: str | None = None,
    by: StaffId | None = None,
    strict: bool = False,
) -> CaseFile:
    """The case file after a step that no other office answers: from ``assessed`` to ``closed``.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        transition: the id of the transition, on file in this case.
        event: the step. Referrals, answers and moves have verbs of their own.
        on: the day.
        filed: the filing of the act.
        office: the office where it happened; needed for a first contact.
        appointment: with ``ready``, the day on which the receiving office expects the person.
        reason: why, a code of the country; needed for a waiver.
        by: who did it; needed for a waiver.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the event has a verb of its own; the transition is not on file here; something
            lacks that has to be ready; or the file would be inconsistent.
        RequestRefused: the transition does not stand where this can happen.
    """
    if event in _OWN_VERBS:
        expected = f"rc.{_OWN_VERBS[event]} for this, or {one_of(STEPS, event.value)}"
        refuse(event.value, "out_of_range", expected, path="event")
    act = TransitionAct(
        filed=filed,
        transition=transition,
        event=event,
        on=on,
        office=office,
        appointment=appointment,
        reason=reason,
        by=by,
    )
    return _with(case, jurisdiction, act, on, strict=strict)


_OWN_VERBS = {
    TransitionEvent.REFERRED: "refer",
    TransitionEvent.ACCEPTED: "accept",
    TransitionEvent.DECLINED: "decline",
    TransitionEvent.ESCALATED: "escalate",
    TransitionEvent.MOVED: "record_move",
}
STEPS = tuple(event for event in TransitionEvent if event not in _OWN_VERBS)
"""The steps that no other office answers."""


def _with(
    case: CaseFile, jurisdiction: Jurisdiction, act: TransitionAct, on: date, *, strict: bool
) -> CaseFile:
    """The case file with an act, if it is allowed from where the transition stands on its day."""
    facts, of = jurisdiction.facts_of(case, strict=strict), standing_for(case, act.transition, on)
    before = _standing(facts, jurisdiction, of, on)
    if before is None:
        expected = "the id of a transition of this case that was identified by then"
        refuse(act.transition, "dangling_id", expected, path="transition", secret=True)
    number = number_after(case, act.event, on)
    act = act if act.filed.sequence else evolve(act, filed=evolve(act.filed, sequence=number))
    fitted = facts
    after, facts = filed_in(case, jurisdiction, act, strict=strict)
    then = _standing(facts, jurisdiction, of, on)
    amiss = () if then is None else then.misplaced
    why = [one.why for one in amiss if one.act == act.filed.record_id]
    problems = Problems(*(_problem(act, one) for one in why if one in _PROBLEMS))
    if (act.filed.sequence or 0) < (number or 0):
        expected = f"{number} or more, or none: it comes after all others of its day"
        problems.note(act.filed.sequence, "out_of_range", expected, path="filed.sequence")
    if _unsettled(fitted, facts, jurisdiction, act):
        expected = "a day on which all acts of later days still fit after it"
        problems.note(on, "out_of_range", expected, path="on")
    problems.done()
    if why:
        on_arrival = act.event in ARRIVING or act.event is TransitionEvent.CLOSED
        table = machine("arrival" if on_arrival else "transition")
        position = Position(state=before.arrival if on_arrival else before.preparation)
        event = event_on_table(act.event, before.preparation, moved=before.moved_on is not None)
        step(table, position, HistoryEntry(event=event, on=on))
    return after


def _unsettled(
    before: CaseFacts, after: CaseFacts, jurisdiction: Jurisdiction, act: TransitionAct
) -> bool:
    """Whether an act of a later day no longer fits once an act is filed for an earlier one.

    So no office that has taken over is passed over by what somebody files about the days before.
    """
    if all(last_of(one.on) <= last_of(act.on) for one in before.view.transition_acts):
        return False
    fitted, now = (
        {
            one.act
            for seen in transitions_on(facts.view, jurisdiction.moves, LATEST_DAY)
            for one in seen.misplaced
        }
        for facts in (before, after)
    )
    return bool(now - fitted - {act.filed.record_id})


def _standing(
    facts: CaseFacts, jurisdiction: Jurisdiction, transition: RecordId, on: date
) -> TransitionSeen | None:
    """Where a transition stands at the end of a day; None if there is none by then."""
    seen = transitions_on(facts.view, jurisdiction.moves, on)
    return next((one for one in seen if one.transition == transition), None)


def _problem(act: TransitionAct, why: Misplacement) -> Problem:
    """The problem of an act to which something besides the table stands against."""
    path, code, expected = _PROBLEMS[why]
    value = attrgetter(path)(act)
    return Problem.of(value, code, expected, path=path, secret=path != "on")


_PROBLEMS = {
    Misplacement.NOT_BY_THE_OFFICE: (
        *("filed.source", "contradicts_itself"),
        "the office that answers: it states this itself",
    ),
    Misplacement.NOT_ASKED: (
        *("office", "dangling_id"),
        "an office that was asked, or that somebody above named",
    ),
    Misplacement.ACCEPTED_ALREADY: (
        *("office", "two_at_once"),
        "no office while another one's acceptance holds",
    ),
    Misplacement.NOT_READY: (
        *("event", "out_of_range"),
        "first an office that took over, or a waiver; an appointment; and a settled checklist",
    ),
    Misplacement.TOO_LATE: (
        *("on", "out_of_range"),
        "a day on which the country still lets an office be asked after the move",
    ),
}
"""The problem of each misplacement: where, which one, and what would be right."""

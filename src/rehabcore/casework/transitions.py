"""The answers of offices in a transition: accepted, declined, and escalated to somebody above.

Each gives the case file with one more act, and changes nothing if the act is refused. What happened
elsewhere and cannot be refused is filed as a record, as any other.
"""

from datetime import date

from rehabcore.care.machines import machine
from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.casework.arguments import WORDS
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile, Filed, TransitionAct
from rehabcore.rules.machines.requests import step
from rehabcore.rules.machines.walking import HistoryEntry, Position
from rehabcore.rules.time.partial import first_of
from rehabcore.strict.checked import checked_with
from rehabcore.strict.problems import Problem, Problems, refuse
from rehabcore.strict.vocabulary import RecordId, StaffId, TransitionEvent

_answers = checked_with(
    WORDS | {RecordId: "the id of a transition, as text", Filed: "a Filed: by whom, and when"}
)


@_answers
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

    Raises:
        InputError: the transition is not on file here; another office's acceptance holds; another
            office than the one that accepts files it; or the file would be inconsistent.
        RequestRefused: the transition does not stand where it can be accepted.
    """
    act = _act(TransitionEvent.ACCEPTED, transition, office, on, filed, by=by, day=appointment)
    return _with(case, jurisdiction, act)


@_answers
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
) -> CaseFile:
    """The case file with the refusal of an office, also of one that had accepted before.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        transition: the id of the transition, on file in this case.
        office: the office that declines.
        on: the day on which it declines.
        filed: the filing of the act.
        reason: why, a code of the country.
        by: who declined.

    Raises:
        InputError: the transition is not on file here, or the file would be inconsistent.
        RequestRefused: the transition does not stand where it can be declined.
    """
    act = _act(TransitionEvent.DECLINED, transition, office, on, filed, by=by, reason=reason)
    return _with(case, jurisdiction, act)


@_answers
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

    Raises:
        InputError: the transition is not on file here, or the file would be inconsistent.
        RequestRefused: an office may still answer, or has accepted.
    """
    act = _act(TransitionEvent.ESCALATED, transition, office, on, filed, by=by, reason=reason)
    return _with(case, jurisdiction, act)


def _act(
    event: TransitionEvent,
    transition: RecordId,
    office: str,
    on: date,
    filed: Filed,
    *,
    by: StaffId | None,
    day: date | None = None,
    reason: str | None = None,
) -> TransitionAct:
    return TransitionAct(
        filed=filed,
        transition=transition,
        event=event,
        on=on,
        office=office,
        appointment=day,
        by=by,
        reason=reason,
    )


def _with(case: CaseFile, jurisdiction: Jurisdiction, act: TransitionAct) -> CaseFile:
    """The case file with an act, if it is allowed from where the transition stands on its day."""
    on = first_of(act.on)
    (view,) = jurisdiction.facts_of(case).views(on=on)
    seen = {one.transition: one for one in transitions_on(view, jurisdiction.moves, on)}
    if act.transition not in seen:
        expected = "the id of a transition of this case that was identified by then"
        refuse(act.transition, "dangling_id", expected, path="transition", secret=True)
    _require_free(act, seen[act.transition])
    standing = Position(state=seen[act.transition].preparation)
    step(machine("transition"), standing, HistoryEntry(event=act.event, on=on))
    after = case.with_record(act)
    jurisdiction.check(after)
    return after


def _require_free(act: TransitionAct, seen: TransitionSeen) -> None:
    """Refuse a second acceptance, and one that the office does not state itself."""
    problems = Problems()
    if act.event is TransitionEvent.ACCEPTED:
        if not act.is_acceptance:
            expected = "the office that accepts: it states this itself"
            source = act.filed.source
            problems.add(
                Problem.of(source, "contradicts_itself", expected, path="filed.source", secret=True)
            )
        if seen.taken_by not in ("", act.office):
            expected = "no office while another one's acceptance holds"
            problems.add(
                Problem.of(act.office, "two_at_once", expected, path="office", secret=True)
            )
    problems.done()

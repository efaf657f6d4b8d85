"""Whether a stored result on care that must not lapse hangs together."""

from collections.abc import Iterator, Mapping
from datetime import date

from rehabcore.care.continuity.interruptions import (
    Interruption,
    InterruptionState,
    within_allowed,
)
from rehabcore.care.continuity.items import (
    OFFERED,
    CareItemSeen,
    ContinuitySeen,
    Precaution,
    PrecautionState,
)
from rehabcore.care.moves.open_records import (
    OPEN_STATES,
    HandedKind,
    HandedReason,
    HandedRecord,
)
from rehabcore.care.moves.packages import (
    DutyKind,
    HandedNeedReason,
    HandOverPackage,
)
from rehabcore.care.moves.recipients import RecipientRole
from rehabcore.care.release import (
    RELEASE,
    ContactCounts,
    ContactSeen,
    PlannedItem,
    ReleaseMark,
    lateness,
    release_marks,
)
from rehabcore.care.release_days import ReleaseBasis, ReleaseDay
from rehabcore.care.resettlement.standings import due_assessments
from rehabcore.casework.care_results import (
    CareResult,
    ContinuityResult,
    HandOverResult,
    PathwaysResult,
    ReleasePlanResult,
)
from rehabcore.casework.coherence import each_once, incoherences_of_goals, of_answers
from rehabcore.casework.coherence_of_transitions import at_odds
from rehabcore.casework.results import Grounds
from rehabcore.records.glossary import ContinuityKind, codes
from rehabcore.rules.machines.deadlines import Deadline, Due, DueState, Offset, due_state
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import ChecklistOutcome, PathwayAssessmentKind


def incoherences_of_care(result: CareResult) -> Iterator[Problem]:
    """A problem for each part of a result that contradicts another part of it."""
    match result:
        case ContinuityResult():
            yield from _of_continuity(result)
        case HandOverResult():
            after, tomorrow = result.package.after, result.grounds.stamp.on + ONE_DAY
            yield from of_answers(result.grounds, after, "package.after", on=tomorrow)
            yield from (problem.below("package") for problem in _of_package(result))
        case PathwaysResult():
            yield from _of_pathways(result)
        case _:
            yield from _of_release(result)


def _of_continuity(result: ContinuityResult) -> Iterator[Problem]:
    """The problems of how everything that must not lapse stands."""
    seen, grounds = result.seen, result.grounds
    held = [program.program_id for program in grounds.programs]
    yield from each_once(held, "grounds.programs")
    if not {item.program_id for item in seen.items}.issuperset(held):
        yield at_odds(held, "programmes of the items", "grounds.programs")
    stated = dict.fromkeys(p for k in grounds.glossary.continuity_kinds for p in k.precautions)
    if seen.precautions and [one.item for one in seen.precautions] != [*stated]:
        yield at_odds("other items", "every precaution of the country", "seen.precautions")
    for problem in _of_care(seen, grounds):
        yield problem.below("seen")


def _of_package(result: HandOverResult) -> Iterator[Problem]:
    """The problems of everything that crosses to a recipient."""
    package, words = result.package, result.grounds.glossary
    for problem in _of_care(package.care, result.grounds):
        yield problem.below("care")
    if [one.need.domain for one in package.needs] != [*codes(words.need_domains)]:
        yield at_odds("other domains", "every need domain once, in the order", "needs")
    yield from each_once([one.record_id for one in package.records], "records")
    yield from _of_goals(package)
    for index, one in enumerate(package.records):
        if bool(one.state) != (one.kind in OPEN_STATES):
            expected = "a state, if and only if it is a stay or a diversion"
            yield at_odds(one.state, expected, f"records[{index}].state")
        later = first_of(one.since) > result.grounds.stamp.on
        if later != (one.reason is HandedReason.BEGINS_LATER) or not _is_reason_of(one):
            expected = "a reason that follows from the days"
            yield at_odds(one.reason.value, expected, f"records[{index}].reason")
    for index, duty in enumerate(package.duties):
        if duty.due >= result.grounds.stamp.on:
            expected = "a day before that of the stamp"
            yield at_odds(duty.due, expected, f"duties[{index}].due")
        if (duty.kind in _OF_NO_RECORD) != (duty.record_id is None):
            expected = "a kind that follows from a record, if and only if there is one"
            yield at_odds(duty.kind.value, expected, f"duties[{index}].kind")
    for index, work in enumerate(package.work):
        coming = None if work.next_on is None else last_of(work.next_on)
        if (coming is None) != (work.next_session is None) or (
            coming is not None and coming < result.grounds.stamp.on
        ):
            expected = "the day of a session that is to come"
            yield at_odds(work.next_on, expected, f"work[{index}].next_on")
    named = [one.pathway for one in package.pathways]
    if named != [code for code in codes(words.pathways) if code in named]:
        yield at_odds("other pathways", "those of the country, each once", "pathways")
    health = {kind.id for kind in words.continuity_kinds if kind.health}
    told = {item.kind for item in package.care.items} & health
    staff = package.to.role is RecipientRole.PROGRAM_STAFF
    if staff and (told or package.care.precautions or package.care.unspoken):
        yield at_odds("health data", "nothing of it for staff of programmes", "care")
    if staff and any(one.kind in _ON_CASE for one in package.records):
        expected = "transitions, stays and diversions only for who works on the case"
        yield at_odds("other records", expected, "records")


def _of_pathways(result: PathwaysResult) -> Iterator[Problem]:
    """The problems of how the pathways of resettlement stand."""
    seen, listed = result.seen, codes(result.grounds.glossary.pathways)
    told = [("pathways", [one.pathway for one in seen.pathways])]
    for index, form in enumerate(seen.assessments):
        told.append((f"assessments[{index}].answers", [one.pathway for one in form.answers]))
    for path, named in told:
        if named != [*listed]:
            yield at_odds("other pathways", "those of the country, in its order", f"seen.{path}")
    kinds = [form.kind for form in seen.assessments]
    if kinds != [*(PathwayAssessmentKind if listed else ())]:
        expected = "both of them, where there are pathways"
        yield at_odds("other assessments", expected, "seen.assessments")
    elif listed:
        required, available = due_assessments(*seen.assessments)
        if seen.assessment_required > required or seen.review_available > available:
            yield at_odds(True, "what follows from the assessments", "seen.assessment_required")


_ON_CASE = (HandedKind.TRANSITION, *OPEN_STATES)
_OF_NO_RECORD = (DutyKind.REASSESS_RISK, DutyKind.REVIEW_PLAN)


def _is_reason_of(one: HandedRecord) -> bool:
    """Whether something of this kind can be handed over for this reason."""
    if one.state:
        reason = OPEN_STATES.get(one.kind, {}).get(one.state)
        return reason is not None and one.reason in (reason, HandedReason.PERHAPS)
    match one.reason:
        case HandedReason.UNANSWERED:
            return one.kind is HandedKind.REFERRAL
        case HandedReason.REFUSED:
            return one.kind is HandedKind.CONSENT
    return one.kind is not HandedKind.REFERRAL


def _of_goals(package: HandOverPackage) -> Iterator[Problem]:
    """The problems of goals, and of needs that are handed over in one or without one."""
    planned = {domain for goal in package.goals or () for domain in goal.needs}
    yield from incoherences_of_goals(package.goals or ())
    for index, one in enumerate(package.needs):
        in_a_goal = one.need.level is not None and one.need.domain in planned
        for reason, holds in (
            (HandedNeedReason.NOT_KNOWN, one.need.level is None),
            (HandedNeedReason.IN_A_GOAL, in_a_goal),
        ):
            if (one.reason is reason) != holds:
                expected = "the reason that follows from the need and the goals"
                yield at_odds(one.reason.value, expected, f"needs[{index}].reason")


def _of_release(result: ReleasePlanResult) -> Iterator[Problem]:
    """The problems of the plan of a release."""
    plan, on = result.plan, result.grounds.stamp.on
    yield from each_once([item.code for item in plan.items], "plan.items")
    identified = None if plan.release is None else plan.release.identified_on
    for index, item in enumerate(plan.items):
        marks = () if item.offered else tuple(lateness(item.state, item.due, identified))
        if item.state not in _states(item, on) or item.marks != marks:
            expected = "a state that follows from the days, and its marks"
            yield at_odds(item.state.value, expected, f"plan.items[{index}].state")
        if plan.release is None and item.due is not None:
            expected = "none where the day of release is not known"
            yield at_odds(item.due, expected, f"plan.items[{index}].due")
    if plan.release is not None:
        yield from _of_release_day(plan.release, plan.marks)
    if plan.contact is not None and plan.release is not None:
        yield from _of_contact(plan.contact, plan.release.day, on)


def _states(item: PlannedItem, on: date) -> frozenset[DueState]:
    """The states that follow from the days of an item."""
    if item.due is None:
        return frozenset(DueState) - {DueState.OVERDUE, DueState.DONE_LATE, DueState.DUE}
    opens = None if item.opens is None else _AT_RELEASE
    deadline = Deadline(code=item.code, title=item.title, due=_AT_RELEASE, opens=opens)
    due = Due(deadline=deadline, due=item.due, opens=item.opens)
    needed = item.state is not DueState.NOT_NEEDED
    return frozenset({due_state(due, on=on, done=item.done, needed=needed)})


_AT_RELEASE = Offset(before=(RELEASE,))


def _of_release_day(release: ReleaseDay, marks: tuple[ReleaseMark, ...]) -> Iterator[Problem]:
    """The problems of the day of release and of what it is known by."""
    told = release.transition is not None
    may_be_told = {ReleaseBasis.MOVED: (told,), ReleaseBasis.PLANNED: (True,)}
    fits = told in may_be_told.get(release.basis, (False,))  # a placement tells of a move as well
    if not fits or told != (release.identified_on is not None):
        expected = "what the day is known by, with a transition where one tells it"
        yield at_odds(release.basis.value, expected, "plan.release.basis")
    without_notice = ReleaseMark.WITHOUT_NOTICE in release_marks(release, None)
    if without_notice != (ReleaseMark.WITHOUT_NOTICE in marks) or len({*marks}) < len(marks):
        yield at_odds([*marks], "marks that follow from the days, each once", "plan.marks")


def _of_contact(contact: ContactSeen, release: Day, on: date) -> Iterator[Problem]:
    """The problems of the first contact after a release."""
    made, until = contact.made, contact.until
    if until is None or first_of(until) < first_of(release):
        yield at_odds(until, "a day not before the release", "plan.contact.until")
    elif made is not None and not (first_of(release) <= first_of(made) and last_of(made) <= on):
        yield at_odds(made, "a day from the release up to that of the stamp", "plan.contact.made")
    else:
        in_time = made is not None and last_of(made) <= first_of(until)
        perhaps = made is not None and first_of(made) <= last_of(until)
        counted = contact.counts is ContactCounts.COUNTED and not in_time
        missed = contact.counts is ContactCounts.NOT_COUNTED
        if counted or (missed and (perhaps or on <= last_of(until))):
            expected = "what follows from the days"
            yield at_odds(contact.counts.value, expected, "plan.contact.counts")


def _of_care(seen: ContinuitySeen, grounds: Grounds) -> Iterator[Problem]:
    kinds = {kind.id: kind for kind in grounds.glossary.continuity_kinds}
    yield from each_once([item.record_id for item in seen.items], "items")
    for index, item in enumerate(seen.items):
        for problem in _of_item(item, kinds.get(item.kind), grounds.stamp.on):
            yield problem.below(f"items[{index}]")
    yield from _of_precautions(seen.precautions)
    needed = {item.kind for item in seen.items if item.needed is not Answer.NOT_MET}
    health = [code for code, kind in kinds.items() if kind.health and code not in needed]
    if [*seen.unspoken] != [code for code in health if code in seen.unspoken]:
        expected = "kinds of health care of the country that no item has"
        yield at_odds("other kinds", expected, "unspoken")


def _of_item(item: CareItemSeen, kind: ContinuityKind | None, on: date) -> Iterator[Problem]:
    if kind is None or kind.allowed_gap != item.allowed:
        expected = "a kind of the country, with the gap that it allows"
        yield at_odds(item.allowed, expected, "allowed")
    if item.unreceived and (item.receiving or item.needed is Answer.NOT_MET):
        yield at_odds(True, "true only of what is needed and nobody receives", "unreceived")
    for index, one in enumerate(item.interruptions):
        unneeded = item.needed is Answer.NOT_MET and one.state is InterruptionState.OPEN
        if unneeded or not _hangs_together(one, item.allowed, on):
            expected = "days, a state and an answer that follow from each other"
            yield at_odds(one.state.value, expected, f"interruptions[{index}]")


def _hangs_together(one: Interruption, allowed: int | None, on: date) -> bool:
    states = {InterruptionState.OPEN if first_of(one.since) <= on else InterruptionState.PROJECTED}
    if one.until is not None and last_of(one.until) <= on:
        states = {InterruptionState.CLOSED}
        if last_of(one.until) == on:  # somebody is expected on the day, and has not come yet
            states.add(InterruptionState.OPEN)
    longest = None if one.until is None else (last_of(one.until) - first_of(one.since)).days
    in_order = longest is None or 0 <= one.least <= longest
    answer = within_allowed(one, allowed)
    return one.state in states and (one.most, one.within) == (longest, answer) and in_order


def _of_precautions(told: tuple[Precaution, ...]) -> Iterator[Problem]:
    for index, one in enumerate(told):
        fits = one.state in _STATES.get(one.outcome, _UNANSWERED)
        if not fits or (one.outcome is None) != (one.record_id is None):
            expected = "a state that follows from the outcome, and its record"
            yield at_odds(one.state.value, expected, f"precautions[{index}]")


_UNANSWERED = (PrecautionState.DUE, PrecautionState.ASKED)
_STATES: Mapping[ChecklistOutcome | None, tuple[PrecautionState, ...]] = {
    **dict.fromkeys(OFFERED, (PrecautionState.RECORDED,)),
    ChecklistOutcome.NOT_NEEDED: (PrecautionState.RECORDED, PrecautionState.DUE),
}
"""The states that may follow from an outcome; from any other, and from none, ``_UNANSWERED``."""

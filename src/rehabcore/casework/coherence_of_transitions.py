"""Whether what a stored result says of a transition hangs together, and fits the file beside it."""

from collections.abc import Iterator

from rehabcore.care.moves.stages import Arrival, Preparation, TaskKind, TransitionSeen
from rehabcore.records import CaseFile
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import TransitionEvent


def at_odds(value: object, expected: str, path: str, *, secret: bool = False) -> Problem:
    """The problem that a part of a result does not follow from the others."""
    return Problem.of(value, "does_not_follow", expected, path=path, secret=secret)


_ANSWERS = (None, TransitionEvent.ACCEPTED, TransitionEvent.DECLINED)


def incoherences_of_transition(seen: TransitionSeen) -> Iterator[Problem]:
    """A problem for each part of where a transition stands that contradicts another part."""
    moved, closed = seen.moved_on is not None, seen.closed_on is not None
    if (seen.unplanned is not None) != moved:
        yield at_odds(seen.unplanned, "whether a move was planned, if there was one", "unplanned")
    unmoved = {Arrival.HERE: False, Arrival.MOVED: True}
    if unmoved.get(seen.arrival, moved) != moved:
        yield at_odds(seen.arrival.value, "moved, if and only if somebody moved", "arrival")
    for path, told in (
        ("closed_why", seen.closed_why is not None),
        ("arrival", seen.arrival is Arrival.CLOSED),
        ("preparation", seen.preparation is Preparation.CLOSED),
    ):
        if told != closed:
            yield at_odds(told, "closed, if and only if there is a day of closing", path)
    for path, value, act in (
        ("taken_by", seen.taken_by or None, seen.taken_by_act),
        ("appointment", seen.appointment, seen.appointment_act),
    ):
        if (value is None) != (act is None):
            yield at_odds(None, "a record that says so, if and only if it is said", path)
    for index, asked in enumerate(seen.referrals):
        silent, due = asked.silent_from, asked.due
        if asked.answer not in _ANSWERS:
            expected = "accepted, declined or none"
            yield at_odds(asked.answer, expected, f"referrals[{index}].answer")
        if silent is not None and (due is None or silent != due + ONE_DAY):
            expected = "the day after the last day for an answer"
            yield at_odds(silent, expected, f"referrals[{index}].silent_from")
    yield from _of_tasks(seen)


def _of_tasks(seen: TransitionSeen) -> Iterator[Problem]:
    """A problem if the tasks are not those that follow from what is missing."""
    told = [task.kind for task in seen.tasks]
    under_way = seen.closed_on is None
    to_do = [one.item for one in seen.checklist if one.entry is None and under_way]
    away = seen.arrival in (Arrival.MOVED, Arrival.CONTACT_MISSED) and seen.moved_on is not None
    may_be = {
        TaskKind.FIND_AN_OFFICE: under_way and not (seen.taken_by or seen.waived_by),
        TaskKind.SET_AN_APPOINTMENT: under_way and seen.appointment is None,
    }
    excess = any(told.count(kind) > may for kind, may in may_be.items())
    listed = [task.item for task in seen.tasks if task.kind is TaskKind.FINISH_THE_CHECKLIST]
    if excess or listed != to_do or told.count(TaskKind.MAKE_CONTACT) != away:
        yield at_odds(told, "the tasks that follow from what is missing", "tasks")


def incoherences_with_file(seen: TransitionSeen, case: CaseFile) -> Iterator[Problem]:
    """A problem for each part of where a transition stands that no record of the file says."""
    acts = {act.filed.record_id: act for act in case.transition_acts}
    said = {(act.office, act.event, act.on) for act in acts.values()}
    answered = {(act.office, act.event) for act in acts.values()}
    taken, appointed = (
        None if own is None else acts.get(own) for own in (seen.taken_by_act, seen.appointment_act)
    )
    if (None if taken is None else taken.office) != (seen.taken_by or None):
        yield at_odds(None, "the office of the act that says so", "taken_by")
    if (None if appointed is None else appointed.appointment) != seen.appointment:
        yield at_odds(seen.appointment, "the day that the act says", "appointment")
    if seen.planned_for not in {one.planned_for for one in case.transitions}:
        yield at_odds(seen.planned_for, "the day that a transition of the file says", "planned_for")
    for index, asked in enumerate(seen.referrals):
        place = f"referrals[{index}]"
        if (asked.office, TransitionEvent.REFERRED, asked.referred_on) not in said:
            yield at_odds(asked.referred_on, "the day of a referral of the file", place)
        if asked.answer is not None and (asked.office, asked.answer) not in answered:
            yield at_odds(asked.answer, "an answer of the file", f"{place}.answer")
    entries = {entry.filed.record_id: entry.item for entry in case.checklist_entries}
    for index, one in enumerate(seen.checklist):
        if one.entry is not None and entries.get(one.entry) != one.item:
            yield at_odds(None, "an entry of the file for this item", f"checklist[{index}]")

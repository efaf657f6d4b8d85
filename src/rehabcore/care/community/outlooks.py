"""The outlook of a stay: when the next phase can begin, and whether it is completed before release.

A projection takes the shortest way: every phase ends when its minimum has passed, and nobody is
suspended again. Where a minimum that is needed was not published, nothing is projected.
"""

from collections.abc import Container
from datetime import date

from attrs import field

from rehabcore.care.community.stay_clocks import PhaseVisit
from rehabcore.care.community.stays import PhasesOf, StayStanding, earliest_graduation
from rehabcore.care.moves.acts import Passage, passages
from rehabcore.records import CaseFile, Sentence
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId, TransitionEvent


@frozen(kw_only=True)
@checked
class StayOutlook:
    """The outlook of a stay, seen from one day.

    ``earliest_next`` is the first day on which the person could go on, ``completion`` that on which
    the stay could be completed; None where it cannot be told. ``release`` is the day on which the
    person leaves custody, as far as it is known, and ``exit_plan`` the transition for which there
    is a plan.
    """

    earliest_next: date | None = None
    completion: date | None = None
    release: Day | None = field(default=None, repr=False)
    exit_plan: RecordId | None = field(default=None, metadata=SECRET)

    @property
    def in_time(self) -> bool | None:
        """Whether it is completed by the day of release; None where either day is not known."""
        if self.completion is None or self.release is None:
            return None
        if self.completion <= first_of(self.release):
            return True
        return None if self.completion <= last_of(self.release) else False


def outlook(
    view: CaseFile, stay: StayStanding, phases: PhasesOf, releases: Container[str], on: date
) -> StayOutlook:
    """The outlook of a stay, seen from a day.

    Args:
        view: the records that hold on the day.
        stay: where it stands on the day.
        phases: the phases of its community.
        releases: the ids of the moves by which people are released.
        on: the day.
    """
    passed = tuple(
        passage
        for passage in passages(view)
        if passage.transition.move in releases and _is_open(passage, on)
    )
    return StayOutlook(
        earliest_next=_earliest_next(stay, phases, on),
        completion=_completion(stay, phases, on),
        release=_release(view, passed),
        exit_plan=_exit_plan(passed, on),
    )


def _earliest_next(stay: StayStanding, phases: PhasesOf, on: date) -> date | None:
    """The first day from ``on`` at which the minimum of the phase has passed."""
    visit = stay.visit
    if visit is None or not stay.has_place:
        return None
    return _end_of(visit, phases, on)


def _end_of(visit: PhaseVisit, phases: PhasesOf, on: date) -> date | None:
    minimum = phases.minimum(visit.phase)
    return None if minimum is None else max(on, visit.earliest_end(minimum, on))


def _completion(stay: StayStanding, phases: PhasesOf, on: date) -> date | None:
    """The first day on which every phase and the whole stay can be over."""
    if not phases.known or (stay.visits and not stay.has_place):
        return None
    visit = stay.visit or PhaseVisit(phase=0, since=on)
    day, reached = _end_of(visit, phases, on), visit.phase
    for phase in phases.phases[reached + 1 :]:
        if day is None or phase.minimum is None:
            return None
        day = phase.minimum.after(day)
    if day is None:
        return None
    whole = earliest_graduation(stay.visits, phases, on)
    if stay.admitted_on is None and phases.minimum_stay is not None:
        whole = phases.minimum_stay.after(on)
    return max(day, whole or day)


def _release(view: CaseFile, passed: tuple[Passage, ...]) -> Day | None:
    """The day for which the last release is planned; else the last end of a sentence."""
    planned = [p.transition.planned_for for p in passed if p.transition.planned_for is not None]
    if planned:
        return planned[-1]
    ends = [_end(sentence) for sentence in view.sentences]
    known = [end for end in ends if end is not None]
    return max(known, key=last_of) if known and len(known) == len(ends) else None


def _end(sentence: Sentence) -> Day | None:
    return sentence.end if isinstance(sentence.end, Day) else None


def _is_open(passage: Passage, on: date) -> bool:
    """Whether a transition was identified by a day, and nobody has moved by it."""
    ended = (TransitionEvent.MOVED, TransitionEvent.CLOSED)
    done = any(act.event in ended and last_of(act.on) <= on for act in passage.acts)
    return last_of(passage.transition.identified_on) <= on and not done


def _exit_plan(passed: tuple[Passage, ...], on: date) -> RecordId | None:
    """The open release for which there is a plan."""
    for passage in passed:
        planned = any(
            act.event is TransitionEvent.PLANNED and last_of(act.on) <= on for act in passage.acts
        )
        if planned:
            return passage.transition.filed.record_id
    return None

"""The day of a release: whether it happened, is planned, or follows from the sentence."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from attrs import field

from rehabcore.care.moves.acts import Passage, passages
from rehabcore.care.moves.whereabouts import arrivals, with_returns
from rehabcore.records import CaseFile, Placement
from rehabcore.records.changes import held_on, told_once
from rehabcore.rules.facts import Forever
from rehabcore.rules.time.partial import Day, Period, between, first_of, last_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId, Setting, TransitionEvent


class ReleaseBasis(StrEnum):
    """The statement from which the day of release is known."""

    MOVED = "moved"
    """The person was released."""
    PLANNED = "planned"
    MILESTONE = "milestone"
    SENTENCE_END = "sentence_end"


@frozen(kw_only=True)
@checked
class ReleaseDay:
    """The day of release with its basis, and the day on which it was known to be prepared.

    ``identified_on`` is None if no transition is on file.
    """

    day: Day
    basis: ReleaseBasis
    identified_on: Day | None = None
    transition: RecordId | None = field(default=None, metadata=SECRET)


def release_day(
    history: CaseFile,
    milestone: str | None,
    moves: Collection[str],
    *,
    on: date,
    sentence_end: Day | None,
) -> ReleaseDay | None:
    """The day of release as it stands on a day; None if nothing on file tells it.

    The last transition by a release that tells a day counts first, unless it was in an earlier
    stay or the person has come back into custody since; then the milestone, then the end of the
    sentence. A day before the person came into custody is none of this stay. Whoever lives in the
    community was released when they came there, whatever was planned; or is not released at all.

    Args:
        history: the records that stand, with those that others changed over time.
        milestone: the kind of milestone that tells the day; None if the country names none.
        moves: the kinds of moves that are releases.
        on: the day.
        sentence_end: the end of the sentence, where it is known.
    """
    history = told_once(history)
    view = held_on(history, on)
    known = [
        passage
        for passage in passages(history, view)
        if passage.transition.move in moves and last_of(passage.transition.identified_on) <= on
    ]
    back, begun, outside, came_out = _in_and_out(history, on)
    since = begun
    for passage in reversed(known):
        found, transition = _of_passage(passage, back), passage.transition
        if found is not None and last_of(found[0]) >= since:  # else it was in an earlier stay
            day, basis = found
            if came_out is not None and basis is ReleaseBasis.PLANNED:
                day, basis = came_out, ReleaseBasis.MOVED
            return ReleaseDay(
                day=day,
                basis=basis,
                identified_on=transition.identified_on,
                transition=transition.filed.record_id,
            )
        since = max(since, first_of(transition.identified_on))
    if outside:
        return None if came_out is None else ReleaseDay(day=came_out, basis=ReleaseBasis.MOVED)
    told = [one.day for one in view.milestones if one.kind == milestone]
    days = [day for day in told if not isinstance(day, Forever) and last_of(day) >= begun]
    if days:
        first, last = min(map(first_of, days)), max(map(last_of, days))
        return ReleaseDay(day=between(first, last), basis=ReleaseBasis.MILESTONE)
    if sentence_end is not None and last_of(sentence_end) >= begun:
        return ReleaseDay(day=sentence_end, basis=ReleaseBasis.SENTENCE_END)
    return None


_Place = tuple[date, int]
"""A day, and the place in the sequence of what happened on it; 0 where nobody said."""


def _in_and_out(history: CaseFile, on: date) -> tuple[_Place, date, bool, Day | None]:
    """When the person last came back into custody, by a day; a release before is over.

    Then the first day on which this stay in custody may have begun, also where nothing tells where
    the person lived before. And whether the person lives in the community, and since when, if they
    came from elsewhere.
    """
    arrived = [(at, held) for at, held in arrivals(history) if at[0] <= on]
    way = with_returns((at[:2], held.setting) for at, held in arrived)
    back = max((place for place, returned in way if returned), default=(date.min, 0))
    begun, came_out, lived = back[0], None, None
    for at, held in arrived:
        if held.setting is Setting.HOSPITAL:  # which ends no custody
            continue
        if lived is None and held.setting is Setting.CUSTODY:
            begun = max(begun, _possible_start(held))
        if lived not in (None, held.setting):
            outside = held.setting is Setting.COMMUNITY
            came_out = _came(held, at[0]) if outside else None
        lived = held.setting
    return back, begun, lived is Setting.COMMUNITY, came_out


def _possible_start(held: Placement) -> date:
    return held.span.possible.start if isinstance(held.span, Period) else held.span.start


def _came(held: Placement, certainly: date) -> Day | None:
    """The day on which the person came to a placement, as far as it is told; None if it is not."""
    start = held.span.start
    if not isinstance(start, Day):
        return None
    return start if certainly <= last_of(start) else certainly


def _of_passage(passage: Passage, back: _Place) -> tuple[Day, ReleaseBasis] | None:
    moved = [act for act in passage.acts if act.event is TransitionEvent.MOVED]
    if moved:
        last = moved[-1]
        if (last_of(last.on), last.filed.sequence or 0) < back:  # the person returned
            return None
        days = [act.on for act in moved]  # of two days that are told nobody knows which it was
        told = between(min(map(first_of, days)), max(map(last_of, days)))
        return told, ReleaseBasis.MOVED
    closed = any(act.event is TransitionEvent.CLOSED for act in passage.acts)
    planned, identified = passage.transition.planned_for, passage.transition.identified_on
    if closed or planned is None or last_of(identified) < back[0]:  # planned in an earlier stay
        return None
    return planned, ReleaseBasis.PLANNED

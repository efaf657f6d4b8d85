"""Where each pathway of a person stands on a day, derived from what was filed.

Acts are in the order of their days; of one day, in that of their sequences, and without these a
reset comes first, then assessments, then statuses. Days that are known in part count when they have
certainly come.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, partial

from rehabcore.care.machines import machine
from rehabcore.care.moves.rules import MoveRule
from rehabcore.care.resettlement.resets import RESET_RANK, ResetSeen, resets_by
from rehabcore.care.resettlement.standings import (
    AssessmentSeen,
    ChangedBy,
    PathwayAnswerSeen,
    PathwaySeen,
    PathwaysSeen,
    StatusChange,
    SupportNeedSeen,
    due_assessments,
)
from rehabcore.records import CaseFile, PathwayAct, PathwayAssessment, SupportNeed, SupportNeedAct
from rehabcore.records.chains import Chains
from rehabcore.records.changes import held_on, told_once
from rehabcore.records.moments import Moment, moment
from rehabcore.rules.time.partial import Day, last_of
from rehabcore.strict.vocabulary import (
    PathwayAssessmentKind,
    PathwayStatus,
    RecordId,
    SkipReason,
    SupportNeedStatus,
)


def pathways_seen(
    history: CaseFile,
    pathways: tuple[str, ...],
    moves: Iterable[MoveRule],
    *,
    on: date,
    died: date | None,
) -> PathwaysSeen:
    """All pathways as they stand on a day, in time that grows with the records.

    Args:
        history: the records that stand, with those that others changed over time.
        pathways: the codes of the country, in its order.
        moves: the kinds of moves of the country.
        on: the day.
        died: the day by which the person has certainly died; from then on nothing is to be done.
    """
    if not pathways:
        return PathwaysSeen()
    history = told_once(history)
    view = held_on(history, on)
    work = _Work(view, pathways)
    happened = [*_filed(view, work, on), *_reset(history, moves, work, on)]
    for _, happen in sorted(happened, key=lambda one: one[0]):
        happen()
    entry, before_release = work.assessments.values()
    forms = entry.seen(pathways, {}), before_release.seen(pathways, entry.own)
    lives, (required, available) = died is None or on < died, due_assessments(*forms)
    return PathwaysSeen(
        pathways=tuple(work.seen(pathway) for pathway in pathways),
        assessments=forms,
        resets=tuple(work.resets),
        assessment_required=lives and required,
        review_available=lives and available,
        misplaced=tuple(work.misplaced),
    )


_Happened = tuple[Moment, Callable[[], None]]
_KINDS = tuple(PathwayAssessmentKind)
_STATUSES = (*PathwayStatus, *SupportNeedStatus)


def _reset(
    history: CaseFile, moves: Iterable[MoveRule], work: "_Work", on: date
) -> Iterator[_Happened]:
    for at, reset in resets_by(history, moves, on):
        yield at, partial(work.reset, reset)


def _filed(view: CaseFile, work: "_Work", on: date) -> Iterator[_Happened]:
    """All that was certainly done by a day, each with its place in time."""
    rank = RESET_RANK + 1
    for form in view.pathway_assessments:
        if last_of(form.on) <= on:
            at = moment(form.filed, form.on, rank + _KINDS.index(form.kind))
            yield at, partial(work.assess, form)
    rank += len(_KINDS)
    for need in view.support_needs:
        if last_of(need.identified_on) <= on:
            yield moment(need.filed, need.identified_on, rank), partial(work.identify, need)
    rank += 1
    acts: Iterable[PathwayAct | SupportNeedAct] = (*view.pathway_acts, *view.support_need_acts)
    for act in acts:
        if last_of(act.on) <= on:
            at = moment(act.filed, act.on, rank + _STATUSES.index(act.status))
            yield at, partial(work.set_status, act)


class _Track:
    """The statuses of one pathway or one need, as they follow each other."""

    def __init__(self, table: str) -> None:
        self._allowed = _allowed(table)
        self.history: list[StatusChange] = []
        self.status: str = PathwayStatus.NOT_STARTED.value

    def set_status(self, status: str, on: Day, record_id: RecordId) -> None:
        """Go on to the status that somebody gave. To say again what stands changes nothing."""
        fits = status == self.status or (self.status, status) in self._allowed
        self.put(status, on, ChangedBy.ACT, record_id, fits=fits)

    def put(
        self, status: str, on: Day, by: ChangedBy, record_id: RecordId, *, fits: bool = True
    ) -> None:
        """Come to a status, wherever it stood."""
        self.status = status
        change = StatusChange(status=status, on=on, by=by, record_id=record_id, fits=fits)
        self.history.append(change)

    def reset(self, reset: ResetSeen) -> None:
        """Begin anew, if it had begun."""
        if self.status != PathwayStatus.NOT_STARTED:
            self.put(PathwayStatus.NOT_STARTED.value, reset.on, ChangedBy.RESET, reset.record_id)


class _Form:
    """One assessment, as it is filled in since the last reset."""

    def __init__(self, kind: PathwayAssessmentKind, earlier: list[RecordId]) -> None:
        self._kind, self._earlier = kind, earlier
        self.own: dict[str, tuple[PathwayStatus, RecordId]] = {}
        self.submitted_on: Day | None = None
        self.skipped: SkipReason | None = None
        self._misplaced: list[RecordId] = []
        self._filed: list[RecordId] = []

    def save(self, form: PathwayAssessment, pathways: tuple[str, ...]) -> bool:
        """Save answers; whether they were submitted by this, for the first time and as a whole."""
        own = form.filed.record_id
        self._filed.append(own)
        if form.skipped is not None:
            if self.own:
                self._misplaced.append(own)
            else:
                self.skipped = form.skipped
            return False
        if form.answers:
            self.skipped = None  # what was left out is done after all
        self.own |= {answer.pathway: (answer.status, own) for answer in form.answers}
        if not form.submitted or self.submitted_on is not None:
            return False
        if any(pathway not in self.own for pathway in pathways):
            self._misplaced.append(own)
            return False
        self.submitted_on = form.on
        return True

    def anew(self) -> "_Form":
        """The same assessment, not begun."""
        self._earlier += self._filed
        return _Form(self._kind, self._earlier)

    def seen(
        self, pathways: tuple[str, ...], entry: dict[str, tuple[PathwayStatus, RecordId]]
    ) -> AssessmentSeen:
        """The assessment as it is told, filled in beforehand with the answers on entry."""
        answers = {**entry, **self.own}
        return AssessmentSeen(
            kind=self._kind,
            answers=tuple(
                PathwayAnswerSeen(
                    pathway=pathway,
                    status=answers[pathway][0],
                    record_id=answers[pathway][1],
                    prefilled=pathway not in self.own,
                )
                if pathway in answers
                else PathwayAnswerSeen(pathway=pathway)
                for pathway in pathways
            ),
            submitted_on=self.submitted_on,
            skipped=self.skipped,
            misplaced=tuple(self._misplaced),
            earlier=tuple(self._earlier),
        )


class _Work:
    """All the work on pathways, while the records are read in their order."""

    def __init__(self, view: CaseFile, pathways: tuple[str, ...]) -> None:
        self._tracks = {pathway: _Track("pathway") for pathway in pathways}
        self._same = _told_of_each(view.support_needs)
        self._needs = {
            self._same.end_of(one.filed.record_id): _Track("support_need")
            for one in view.support_needs
            if one.need is not None
        }
        self._identified: dict[RecordId, SupportNeed] = {}
        self._none: dict[str, Day] = {}
        self.assessments = {kind: _Form(kind, []) for kind in _KINDS}
        self.resets: list[ResetSeen] = []
        self.misplaced: list[RecordId] = []
        self._begun = False
        self._moved_on: list[_Track] = []  # all that stand elsewhere than at the beginning

    def reset(self, reset: ResetSeen) -> None:
        """Begin anew with everything; a return before anything had begun resets nothing."""
        if not (reset.filed or self._begun):
            return
        self.resets.append(reset)
        for one in self._moved_on:
            one.reset(reset)
        self._moved_on.clear()
        self.assessments = {kind: form.anew() for kind, form in self.assessments.items()}
        self._none.clear()
        self._begun = False

    def assess(self, form: PathwayAssessment) -> None:
        """Save an assessment; if it is submitted, each pathway comes to the status it found."""
        self._begun = True
        saved = self.assessments[form.kind]
        if saved.save(form, tuple(self._tracks)):
            for pathway, track in self._tracks.items():
                status, own = saved.own[pathway][0].value, form.filed.record_id
                track.put(status, form.on, ChangedBy.ASSESSMENT, own)
                self._moved_on.append(track)

    def identify(self, need: SupportNeed) -> None:
        """Take in a need, or that somebody found none."""
        self._begun = True
        if need.need is None:
            self._none[need.pathway] = need.identified_on
        else:
            self._identified.setdefault(self._same.end_of(need.filed.record_id), need)

    def set_status(self, act: PathwayAct | SupportNeedAct) -> None:
        """Go on to the status of an act."""
        self._begun = True
        own, track = act.filed.record_id, self._track_of(act)
        if track is None:
            self.misplaced.append(own)
        else:
            track.set_status(act.status.value, act.on, own)
            self._moved_on.append(track)

    def _track_of(self, act: PathwayAct | SupportNeedAct) -> _Track | None:
        """The statuses that an act goes on with; None of a need of which somebody found none."""
        if isinstance(act, PathwayAct):
            return self._tracks[act.pathway]
        return self._needs.get(self._same.end_of(act.support_need))

    def seen(self, pathway: str) -> PathwaySeen:
        """One pathway as it is told."""
        track = self._tracks[pathway]
        needs = tuple(
            self._need_seen(thing, need)
            for thing, need in self._identified.items()
            if need.pathway == pathway
        )
        return PathwaySeen(
            pathway=pathway,
            status=PathwayStatus(track.status),
            history=tuple(track.history),
            needs=needs,
            none_identified_on=None if needs else self._none.get(pathway),
        )

    def _need_seen(self, thing: RecordId, need: SupportNeed) -> SupportNeedSeen:
        track = self._needs[thing]
        return SupportNeedSeen(
            record_id=need.filed.record_id,
            need=need.need or "",
            identified_on=need.identified_on,
            status=SupportNeedStatus(track.status),
            history=tuple(track.history),
        )


def _told_of_each(needs: Iterable[SupportNeed]) -> Chains:
    """For each need the record that tells of it first, if another office tells of the same."""
    named = {one.filed.record_id: one.filed.same_as for one in needs}
    return Chains({own: to for own, to in named.items() if to is not None})


@cache
def _allowed(table: str) -> frozenset[tuple[str, str]]:
    """The changes that an act may bring about: from a status, to one that is named as the event."""
    arrows = machine(table).arrows
    return frozenset((code, one.to) for one in arrows if one.event == one.to for code in one.leaves)

"""Reading who the person is and where the person stands: status, setting, sentences."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve

from rehabcore.questions.evidence import Reading, ids
from rehabcore.records import CaseFile, LegalStanding, Placement
from rehabcore.rules.claims import Claim, settle
from rehabcore.rules.criteria import Asked
from rehabcore.rules.days import OPEN, UNSURE, End
from rehabcore.rules.facts import NEVER, Cell, Known, Unknown
from rehabcore.rules.timelines import Timeline
from rehabcore.rules.truth import UnknownKind


def particulars(field: str) -> Reading:
    """A fact that holds for life, as each source states it."""

    def reading(asked: Asked, view: CaseFile) -> Timeline[Cell]:
        said = [(person.filed.record_id, getattr(person, field)) for person in view.beneficiary]
        claims = [Claim(record_id, None, value) for record_id, value in said if value is not None]
        return settle(claims, asked.fact.absent())

    return reading


def legal_status(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The legal status, over time."""
    return settle(_standings(view.legal_standings), asked.fact.absent())


def setting(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The setting, over time."""
    return settle(_settings(view.placements), asked.fact.absent())


def _standings(standings: Iterable[LegalStanding]) -> Iterator[Claim]:
    for standing in standings:
        yield Claim(standing.filed.record_id, standing.span, standing.status.value)


def _settings(placements: Iterable[Placement]) -> Iterator[Claim]:
    for placement in placements:
        yield Claim(placement.filed.record_id, placement.span, placement.setting.value)


def time_in_legal_status(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Since when the person has been in a legal status without a break."""
    return _time_in(asked["legal_status"], list(_standings(view.legal_standings)), asked)


def time_in_setting(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Since when the person has been in a setting without a break."""
    return _time_in(asked["setting"], list(_settings(view.placements)), asked)


def _time_in(wanted: str, claims: list[Claim], asked: Asked) -> Timeline[Cell]:
    """Anchors: the first day of the unbroken run that a day belongs to, while it is in one.

    A run that begins straight after days on which the status may have held already has no known
    first day: what made those days unknown makes the anchor unknown.
    """
    may_mean = {claim.record_id for claim in claims if claim.says == wanted}
    anchors: dict[date, Cell] = {}
    run: Cell | None = None
    before: Cell | None = None
    for start, _, cell in settle(claims, asked.fact.absent()).pieces():
        if isinstance(cell, Known) and cell.value == wanted:
            run = _run(run, before, start, cell, may_mean)
            anchors[start] = run
        else:
            run = None
            never = Known(NEVER, evidence=cell.evidence)
            anchors[start] = never if isinstance(cell, Known) else cell
        before = cell
    return Timeline.of_changes(anchors, lambda day: anchors[day])


def _run(
    run: Cell | None, before: Cell | None, start: date, cell: Known, may_mean: set[str]
) -> Cell:
    """The anchor of a piece of a run: that of the run so far, or a new one."""
    if run is not None:
        return evolve(run, evidence=tuple(sorted({*run.evidence, *cell.evidence})))
    if isinstance(before, Unknown) and may_mean & set(before.evidence):
        return evolve(before, evidence=tuple(sorted({*before.evidence, *cell.evidence})))
    return Known(start, evidence=cell.evidence)


def sentence_remaining(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest end of all sentences; endless if one is open, unknown if one is unsure."""
    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    evidence = ids(view.sentences)
    ends = {(s.start, s.filed.source, s.end) for s in view.sentences}
    known = [(start, source, _day(end)) for start, source, end in ends if end is not UNSURE]
    latest = _latest(known, evidence)
    if len(known) < len(ends) and latest != Known(NEVER, evidence=evidence):
        latest = Unknown(UnknownKind.MISSING, evidence=evidence)
    return Timeline.constant(latest)


def time_to_earliest_release(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest of the earliest release days; unknown unless every running sentence has one."""

    def cell(day: date) -> Cell:
        running = [s for s in view.sentences if s.end is OPEN or s.end is UNSURE or day < s.end]
        known = [
            (s.start, s.filed.source, s.earliest_release)
            for s in running
            if s.earliest_release is not None
        ]
        if not known or len(known) < len(running):
            return Unknown(UnknownKind.MISSING, evidence=ids(running))
        return _latest(known, ids(running))

    ends = (sentence.end for sentence in view.sentences)
    return Timeline.of_changes((end for end in ends if isinstance(end, date)), cell)


def _day(end: End) -> date:
    return end if isinstance(end, date) else date.max


def _latest(stated: list[tuple[date, str, date]], evidence: tuple[str, ...]) -> Cell:
    """The latest of the days that sources state for sentences, told apart by their first day.

    Where sources state different days of one sentence, the latest of all is disputed unless it is
    the same whichever of them is right.
    """
    by_sentence: dict[date, dict[str, date]] = defaultdict(dict)
    for start, source, day in stated:
        by_sentence[start][source] = max(day, by_sentence[start].get(source, day))
    earliest = max((min(days.values()) for days in by_sentence.values()), default=date.min)
    latest = max((max(days.values()) for days in by_sentence.values()), default=date.min)
    if earliest != latest:
        return Unknown(UnknownKind.DISPUTED, evidence=evidence)
    return Known(NEVER if latest == date.max else latest, evidence=evidence)

"""Reading who the person is and where the person stands: status, setting, sentences."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import combinations

from attrs import evolve

from rehabcore.questions.evidence import Reading, ids
from rehabcore.records import CaseFile, LegalStanding, Placement, Sentence
from rehabcore.rules.claims import Claim, settle
from rehabcore.rules.criteria import Asked
from rehabcore.rules.days import OPEN, UNSURE
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
    ends = [sentence.end for sentence in view.sentences]
    evidence = ids(view.sentences)
    if not ends:
        return Timeline.constant(asked.fact.absent())
    if _disputed(view.sentences, lambda sentence: sentence.end):
        return Timeline.constant(Unknown(UnknownKind.DISPUTED, evidence=evidence))
    if OPEN in ends:
        return Timeline.constant(Known(NEVER, evidence=evidence))
    if UNSURE in ends:
        return Timeline.constant(Unknown(UnknownKind.MISSING, evidence=evidence))
    latest = max(end for end in ends if isinstance(end, date))
    return Timeline.constant(Known(latest, evidence=evidence))


def time_to_earliest_release(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest of the earliest release days; unknown unless every running sentence has one."""

    def cell(day: date) -> Cell:
        running = [s for s in view.sentences if not isinstance(s.end, date) or day < s.end]
        if _disputed(running, lambda sentence: sentence.earliest_release):
            return Unknown(UnknownKind.DISPUTED, evidence=ids(running))
        days = [s.earliest_release for s in running if s.earliest_release is not None]
        if not days or len(days) < len(running):
            return Unknown(UnknownKind.MISSING, evidence=ids(running))
        return Known(max(days), evidence=ids(running))

    ends = (sentence.end for sentence in view.sentences)
    return Timeline.of_changes((end for end in ends if isinstance(end, date)), cell)


def _disputed(sentences: Iterable[Sentence], stated: Callable[[Sentence], object]) -> bool:
    """Whether sources say different things of sentences that begin on the same day."""
    said: dict[date, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for sentence in sentences:
        if stated(sentence) not in (None, UNSURE):
            said[sentence.start][sentence.filed.source].append(stated(sentence))
    return any(
        any(set(one) != set(other) for one, other in combinations(by_source.values(), 2))
        for by_source in said.values()
    )

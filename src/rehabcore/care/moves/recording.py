"""The records that a move files: where the person is from that day on, and with which status."""

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from rehabcore.care.moves.requests import MoveRequest
from rehabcore.care.moves.responsibility import placements_on, speaking
from rehabcore.care.moves.rules import MoveRule
from rehabcore.questions.counting.stays import stays
from rehabcore.records import CaseFile, Filed, LegalStanding, Placement
from rehabcore.records.changes import held_on
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.time.partial import Days, days_between
from rehabcore.strict.problems import refuse
from rehabcore.strict.vocabulary import RecordId


def advance(case: CaseFile, request: MoveRequest, rule: MoveRule) -> CaseFile:
    """The case file after a move; the given case file is not changed.

    Raises:
        InputError: there are two moves on one day, or the file already has one of the record ids.
    """
    view = held_on(case.as_known(date.max), request.on)
    here = placements_on(view, request.on)
    claims = stays((held.filed, held.span, held.status.value) for held in view.legal_standings)
    standing = speaking(view.legal_standings, claims, request.on)
    return evolve(
        case,
        placements=(*case.placements, *_placements(here, rule, request)),
        legal_standings=(*case.legal_standings, *_standings(standing, rule, request)),
    )


def _placements(here: list[Placement], rule: MoveRule, request: MoveRequest) -> Iterator[Placement]:
    for number, placement in enumerate(here, start=1):
        yield evolve(
            placement,
            filed=_filed(request, f"placement-{number}-ended", placement.filed.record_id),
            span=_ended(placement.span, request.on, "placements"),
        )
    yield Placement(
        filed=_filed(request, "placement"),
        setting=rule.setting_to,
        span=Span(request.on, OPEN),
        holder=request.to_holder,
        institution=request.institution,
    )


def _standings(
    standing: list[LegalStanding], rule: MoveRule, request: MoveRequest
) -> Iterator[LegalStanding]:
    if all(held.status is rule.status_to for held in standing):
        return
    for number, held in enumerate(standing, start=1):
        yield evolve(
            held,
            filed=_filed(request, f"standing-{number}-ended", held.filed.record_id),
            span=_ended(held.span, request.on, "legal_standings"),
        )
    yield LegalStanding(
        filed=_filed(request, "standing"), status=rule.status_to, span=Span(request.on, OPEN)
    )


def _filed(request: MoveRequest, name: str, corrects: RecordId | None = None) -> Filed:
    return Filed(
        record_id=RecordId(f"{request.record_prefix}-{name}"),
        recorded_on=request.recorded_on,
        source=request.source,
        corrects=corrects,
    )


def _ended(span: Days, on: date, path: str) -> Days:
    if span.start == on:
        refuse(on, "two_at_once", "a day after the one on which this began", path=path)
    return days_between(span.start, on)

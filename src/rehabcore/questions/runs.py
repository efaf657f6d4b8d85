"""How long something has held without a break."""

from datetime import date

from attrs import evolve

from rehabcore.rules.claims import Claim, settle
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import NEVER, Cell, Known, Unknown
from rehabcore.rules.timelines import Timeline


def time_in(wanted: str, claims: list[Claim], asked: Asked) -> Timeline[Cell]:
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

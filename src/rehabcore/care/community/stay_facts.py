"""The facts that the guards of a stay ask: of the stay, its community, its rules and the request.

They are asked when somebody wants to do something. What happened is never judged by them.
"""

from collections.abc import Mapping
from datetime import date

from rehabcore.care.community.occupancy import OPEN_STAGES, free_from, standing_on
from rehabcore.care.community.outlooks import StayOutlook
from rehabcore.care.community.requests import StayRequest
from rehabcore.care.community.stays import (
    PhasesOf,
    StayStanding,
    minimum_passed,
    stay_passed,
)
from rehabcore.care.community.units import CommunityUnit
from rehabcore.records import Beneficiary
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Assumption, Cell, Known, Unknown
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.truth import Answer, UnknownKind

CellsByName = Mapping[str, Cell]
"""The cells that are known, by the names of facts."""

UNSAID = Unknown(UnknownKind.MISSING)
NO_LIMIT = Known(True, assumption=Assumption.NONE_ON_FILE)
"""Nobody stated a limit, so none holds; told as an assumption."""


def cells(*known: CellsByName) -> Cells:
    """The cells of facts by their names; of those that nobody says, what a silent file means."""
    joined = {name: cell for some in known for name, cell in some.items()}

    def cell(asked: Asked) -> Cell:
        return joined.get(asked.fact.name, asked.fact.absent())

    return cell


def of_stay(
    stay: StayStanding, phases: PhasesOf, ahead: StayOutlook, on: date, others: bool
) -> CellsByName:
    """The cells of a stay.

    Args:
        stay: where it stands on the day.
        phases: the phases of its community.
        ahead: its outlook.
        on: the day.
        others: whether the person has a place by another stay.
    """
    known: dict[str, Cell] = {"no_other_stay": Known(not others), "time_fits": _time_fits(ahead)}
    if stay.visit is not None:
        phase, stated = stay.visit.phase, phases.minimum(stay.visit.phase) is not None
        known["phase_precedes"] = Known(phase > 0)
        known["phase_follows"] = Known(phase + 1 < len(phases.phases)) if phases.known else UNSAID
        passed = minimum_passed(stay.visit, phases, on)
        known["minimum_passed"] = Known(passed) if stated else NO_LIMIT
        whole = stay_passed(stay.visits, phases, on)
        known["stay_passed"] = NO_LIMIT if phases.minimum_stay is None else Known(whole)
    return known


def _time_fits(ahead: StayOutlook) -> Cell:
    """Whether the stay is completed before release, or a plan for the exit exists.

    Where no minimum was published, or no release is known, nothing says that it does not fit.
    """
    if ahead.exit_plan is not None:
        return Known(True, evidence=(ahead.exit_plan,))
    return NO_LIMIT if ahead.in_time is None else Known(ahead.in_time)


def of_unit(unit: CommunityUnit, on: date, people: tuple[Beneficiary, ...]) -> CellsByName:
    """The cells of a community that somebody wants to enter on a day."""
    stage, free = standing_on(unit, on).stage, free_from(unit, on)
    sexes = {person.sex for person in people}
    said = len(sexes) == 1 and None not in sexes
    fits: Cell = Known(unit.houses in sexes) if said else UNSAID
    return {
        "unit_admits": UNSAID if stage is None else Known(stage in OPEN_STAGES),
        "place_free": UNSAID if free is None else Known(free > 0),
        "houses_person": NO_LIMIT if unit.houses is None else fits,
    }


def of_rules(verdicts: Mapping[str, Verdict | None]) -> CellsByName:
    """The answers of the country's rules, by the facts that they stand for; None: no rule.

    Without a rule for consent or clearance, nobody knows; without a programme, none has to admit.
    """
    known: dict[str, Cell] = {}
    for name, verdict in verdicts.items():
        if verdict is None:
            known[name] = NO_LIMIT if name == "program_open" else UNSAID
        else:
            answer = verdict.answer
            known[name] = UNSAID if answer is Answer.UNKNOWN else Known(answer is Answer.MET)
    return known


def of_request(request: StayRequest, unit: CommunityUnit) -> CellsByName:
    """The cells of a request. A resident decides nothing: no role gives the power of staff."""
    residents = {act.stay for act in unit.acts}
    return {
        "person_decided": Known(bool(request.by) and request.by not in residents),
        "community_reviewed": Known(request.reviewed is True),
        "reason_given": Known(bool(request.reason and request.reason.strip())),
        "next_holder_named": Known(bool(request.office)),
        "report_sent": Known(request.report is True),
    }

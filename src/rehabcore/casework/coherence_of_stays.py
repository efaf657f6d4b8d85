"""Whether stored results about communities, stays and diversions hang together."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from rehabcore.care.community.occupancy import CommunityStanding
from rehabcore.care.community.stay_clocks import PhaseVisit
from rehabcore.care.community.stays import (
    WITH_PLACE,
    StayMisplacement,
    StayStanding,
    second_places,
)
from rehabcore.care.diversion import DiversionRemark, DiversionStanding
from rehabcore.care.machines import machine
from rehabcore.casework.coherence import each_once
from rehabcore.casework.coherence_of_transitions import at_odds
from rehabcore.rules.time.days import Ending
from rehabcore.rules.time.partial import last_of
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import PreparationItem

# --- communities --------------------------------------------------------------------------


def incoherences_of_community(told: CommunityStanding, on: date) -> Iterator[Problem]:
    """A problem for each figure of a community that does not follow from the others."""
    if len(told.residents) > told.occupied:
        found, expected = len(told.residents), "at most the number of places taken"
        yield at_odds(found, expected, "residents")
    named = [one.stay for one in told.residents] + [one.stay for one in told.waiting]
    yield from each_once(named, "residents")
    since = {
        "residents": [(one.since, one.stay) for one in told.residents],
        "waiting": [(one.since, one.stay) for one in told.waiting],
    }
    for path, days in since.items():
        yield from not_later([day for day, _ in days], on, path)
        if days != sorted(days):
            yield at_odds(len(days), "those who came first, first", path)
    yield from not_later([one.adopted_on for one in told.norms], on, "norms")
    for index, norm in enumerate(told.norms):
        if norm.dropped_on is not None and norm.dropped_on <= on:
            yield at_odds(norm.dropped_on, "a norm that holds on the day", f"norms[{index}]")
    for index, resident in enumerate(told.residents):
        held = resident.suspended_since
        if held is not None and not resident.since <= held <= on:
            expected = "a day from the admission to that of the stamp"
            yield at_odds(held, expected, f"residents[{index}].suspended_since")
    if len({bool(one.phase) for one in told.residents}) > 1:
        yield at_odds(None, "a phase for every resident, or for none", "residents")
    yield from _figures(told)


def _figures(told: CommunityStanding) -> Iterator[Problem]:
    for name in ("capacity", "occupied", "staff", "counsellors", "most"):
        number = getattr(told, name)
        if number is not None and number < 0:
            yield at_odds(number, "a number from 0 on", name)
    if (told.staff is None) != (told.counsellors is None):
        yield at_odds(told.counsellors, "known, if and only if the number of staff is", "staff")
    elif told.staff is not None and (told.counsellors or 0) > told.staff:
        yield at_odds(told.counsellors, "at most the number of staff", "counsellors")
    if not is_part(told.missing, tuple(PreparationItem)):
        yield at_odds(len(told.missing), "items of the preparation, in their order", "missing")
    with_role = [one.stay for one in told.residents if one.roles]
    if not is_part(told.too_early, with_role):
        yield at_odds(len(told.too_early), "residents who have a role", "too_early")
    if told.skipped_to and told.stage is None:
        yield at_odds(len(told.skipped_to), "none, as no stage was reached", "skipped_to")


# --- stays --------------------------------------------------------------------------------


def incoherences_of_stays(stays: Sequence[StayStanding]) -> Iterator[Problem]:
    """A problem if stays are told twice, or which of them began in the time of another is not."""
    yield from each_once([one.residency for one in stays], "stays")
    second = {*second_places(stays)}
    for index, stay in enumerate(stays):
        told = any(one.why is StayMisplacement.SECOND_PLACE for one in stay.misplaced)
        if told != (stay.residency in second):
            expected = "told of a stay that began while the person had another place"
            yield at_odds(told, expected, f"stays[{index}].standing.misplaced")


def incoherences_of_stay(told: StayStanding) -> Iterator[Problem]:
    """A problem for each part of where a stay stands that contradicts another part."""
    table, visits = machine("residency"), told.visits
    if told.state not in {state.code for state in table.states}:
        yield at_odds(told.state, "a state of the table of stays", "state")
        return
    goes_on = bool(visits) and visits[-1].until is None
    if goes_on != (told.state in WITH_PLACE and not told.died) or (told.died and not visits):
        yield at_odds(told.state, "a place, as long as the last phase goes on", "state")
    suspended = told.state == "suspended"
    stopped = visits[-1].stopped_since if visits else None
    if suspended != bool(told.origin):
        yield at_odds(told.origin, "the state before, of a suspended stay only", "origin")
    if stopped != (told.since if suspended else None):
        yield at_odds(stopped, "the day of the suspension that goes on", "visits")
    if told.reason is not None and (goes_on or told.died or not visits):
        yield at_odds(None, "a reason only of a stay that ended", "reason")
    if visits and not goes_on and not told.died and told.since < (visits[-1].until or date.max):
        yield at_odds(told.since, "a day not before the last phase ended", "since")
    if goes_on and told.since < visits[0].since:
        yield at_odds(told.since, "a day not before the admission", "since")
    yield from _of_visits(visits)


def _of_visits(visits: Sequence[PhaseVisit]) -> Iterator[Problem]:
    phases = [visit.phase for visit in visits]
    if phases[:1] not in ([], [0]) or any(abs(b - a) != 1 for a, b in pairwise(phases)):
        yield at_odds(phases, "the first phase, and then one before or after it", "visits")
    if any(phase < 0 for phase in phases):
        yield at_odds(phases, "numbers from 0 on", "visits")
    for index, (before, after) in enumerate(pairwise(visits)):
        if before.until != after.since or before.stopped_since is not None:
            yield at_odds(before.until, "the day on which the next one begins", f"visits[{index}]")
    for index, visit in enumerate(visits):
        whole = None if visit.until is None else (visit.until - visit.since).days
        first = visit.stopped_since
        if visit.stopped < 0 or (whole is not None and visit.stopped > whole):
            yield at_odds(visit.stopped, "at most the days of the phase", f"visits[{index}]")
        if first is not None and first < visit.since:
            yield at_odds(first, "a day of the phase", f"visits[{index}].stopped_since")


# --- diversions ---------------------------------------------------------------------------


def incoherences_of_diversion(told: DiversionStanding, on: date) -> Iterator[Problem]:
    """A problem for each part of where a diversion stands that contradicts another part."""
    if told.state not in {state.code for state in machine("diversion").states}:
        yield at_odds(told.state, "a state of the table of diversions", "state")
        return
    yield from not_later([told.since, *told.reports], on, "since")
    yield from each_once([*told.running, *told.over], "running")
    if list(told.reports) != sorted(told.reports):
        yield at_odds(len(told.reports), "the days of reports in their order", "reports")
    if not is_part(told.remarks, tuple(DiversionRemark)):
        yield at_odds(len(told.remarks), "remarks in their order, each once", "remarks")
    passed = not isinstance(told.until, Ending) and last_of(told.until) <= on
    may_be = {
        DiversionRemark.NO_REFERRAL: not told.accepted_by,
        DiversionRemark.NOT_ACCEPTED: not told.accepted_by,
        DiversionRemark.CONDITIONS_OPEN: told.state == "completed",
        DiversionRemark.LAPSED: passed and not told.is_over,
    }
    for remark in told.remarks:
        if not may_be.get(remark, True):
            yield at_odds(remark.value, "a remark that fits the rest", "remarks")


def not_later(days: Sequence[date], on: date, path: str) -> Iterator[Problem]:
    """The problem of days after that of the stamp."""
    if max(days, default=on) > on:
        yield at_odds(max(days), "days up to that of the stamp", path)


def is_part(some: Iterable[object], whole: Iterable[object]) -> bool:
    """Whether some things are among others, in their order and each once."""
    rest = iter(whole)
    return all(one in rest for one in some)

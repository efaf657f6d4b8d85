"""Numbers and days in results about communities, stays and diversions, altered one at a time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care.diversion import DiversionRemark
from rehabcore.rules.time.days import ONE_DAY
from rehabcore.rules.time.partial import last_of
from rehabcore.strict.vocabulary import PreparationItem, ResidencyEvent, UnitStage
from tests.care.community.test_stays import BOOK, stays_in
from tests.casework.test_stay_results import COMMUNITY, DIVERSION, ON, RESIDENCY
from tests.kit.builders import day
from tests.kit.record_makers import death, residency, residency_act
from tests.kit.refusals import problems_of
from tests.kit.stays import XX


def _altered(*rows: tuple[Callable[[], Any], str]) -> pytest.MarkDecorator:
    """Alterations, each with the path at which it is found."""
    ids = [f"{number}-{path}" for number, (_, path) in enumerate(rows)]
    return pytest.mark.parametrize(("alter", "path"), rows, ids=ids)


def _stay(*acts: tuple[str, str], died: str | None = None) -> Any:
    """The result of one stay with these acts, after a referral on New Year."""
    told = tuple(
        residency_act(f"ra-{n}", "rd", event, on, reason="own_wish", office="o", report=True)
        for n, (event, on) in enumerate(acts)
    )
    deaths = () if died is None else (death("d", died),)
    file = stays_in(residency("rd", "2026-01-01"), told=told, deaths=deaths)
    return rc.residency(file, XX, on=ON, units=(BOOK,))


IN = (("screened", "2026-01-02"), ("admitted", "2026-01-03"))
HELD = _stay(*IN, ("suspended", "2026-03-01"))
GONE = _stay(*IN, ("left_voluntarily", "2026-03-01"))
REFERRED, DEAD = _stay(), _stay(*IN, died="2026-02-01")


def _community(**said: Any) -> Any:
    return lambda: evolve(COMMUNITY, standing=evolve(COMMUNITY.standing, **said))


(FIRST,) = COMMUNITY.standing.residents
EARLIER = evolve(FIRST, stay="s-9", since=day("2026-01-20"))
NO_PHASE = evolve(FIRST, phase="")


def _resident(**said: Any) -> Any:
    return _community(residents=(evolve(FIRST, **said),))


@_altered(
    (_community(occupied=0), "standing.residents"),
    (_community(residents=COMMUNITY.standing.residents * 2, occupied=9), "standing.residents"),
    (_community(residents=(FIRST, EARLIER), occupied=2), "standing.residents"),
    (
        _community(residents=(EARLIER, evolve(FIRST, phase="")), occupied=2),
        "standing.residents",
    ),
    (_resident(suspended_since=day("2000-01-01")), "standing.residents[0].suspended_since"),
    (_community(capacity=-1), "standing.capacity"),
    (_community(most=-1), "standing.most"),
    (_community(counsellors=None), "standing.staff"),
    (_community(counsellors=99), "standing.counsellors"),
    (_community(missing=tuple(PreparationItem)[::-1]), "standing.missing"),
    (_community(too_early=("nobody",)), "standing.too_early"),
    (_community(stage=None, skipped_to=(UnitStage.RUNNING,)), "standing.skipped_to"),
    (
        _community(
            norms=tuple(evolve(n, dropped_on=day("2026-03-14")) for n in COMMUNITY.standing.norms)
        ),
        "standing.norms[0]",
    ),
    (lambda: evolve(COMMUNITY, status=None), "status"),
)
def test_an_altered_figure_of_a_community_is_found(alter: Callable[[], Any], path: str) -> None:
    assert path in [place for _, place in problems_of(alter)]


def test_without_a_profile_nothing_is_told_of_one() -> None:
    alone = evolve(COMMUNITY, standing=evolve(COMMUNITY.standing, most=None, published=None))
    found = problems_of(lambda: evolve(alone, profile_title=None))
    assert {path for _, path in found} >= {"planned_places", "phases_published", "status"}


def _standing(result: Any, **said: Any) -> Any:
    (seen,) = result.stays
    return lambda: evolve(result, stays=(evolve(seen, standing=evolve(seen.standing, **said)),))


def _seen(result: Any, **said: Any) -> Any:
    (seen,) = result.stays
    return lambda: evolve(result, stays=(evolve(seen, **said),))


def _ahead(result: Any, **said: Any) -> Any:
    (seen,) = result.stays
    return _seen(result, outlook=evolve(seen.outlook, **said))


def _visits(result: Any, place: int = -1, **said: Any) -> Any:
    visits = list(result.stays[0].standing.visits)
    visits[place] = evolve(visits[place], **said)
    return _standing(result, visits=tuple(visits))


@_altered(
    (_standing(RESIDENCY, state="elsewhere"), "standing.state"),
    (_standing(GONE, state="resident"), "standing.state"),
    (_standing(REFERRED, died=True), "standing.state"),
    (_standing(HELD, origin=""), "standing.origin"),
    (_standing(HELD, since=day("2026-03-02")), "standing.visits"),
    (_visits(HELD, stopped_since=day("2026-02-01")), "standing.visits"),
    (_standing(REFERRED, reason="own_wish"), "standing.reason"),
    (_standing(GONE, since=day("2026-02-01")), "standing.since"),
    (_standing(RESIDENCY, since=day("2000-01-01")), "standing.since"),
    (_visits(RESIDENCY, phase=7), "standing.visits"),
    (_visits(RESIDENCY, 0, phase=-1), "standing.visits"),
    (_visits(RESIDENCY, 0, until=day("2026-09-30")), "standing.visits[0]"),
    (
        _visits(RESIDENCY, stopped=-1),
        "standing.visits[4]",
    ),
    (_visits(GONE, stopped=999), "standing.visits[0]"),
    (_visits(HELD, since=day("2026-03-02")), "standing.visits[0].stopped_since"),
    (_seen(REFERRED, phase=RESIDENCY.stays[0].phase), "phase"),
    (_seen(RESIDENCY, days_in_phase=1), "days"),
    (_ahead(RESIDENCY, earliest_next=None), "outlook.earliest_next"),
    (_ahead(GONE, completion=day("2030-01-01")), "outlook.completion"),
    (_ahead(REFERRED, completion=ON - ONE_DAY), "outlook.completion"),
    (_seen(GONE, next_event=ResidencyEvent.ADVANCED), "next_event"),
    (_seen(DEAD, next_event=ResidencyEvent.ADVANCED), "next_event"),
    (_seen(RESIDENCY, lacks=("place_free",)), "lacks"),
    (_seen(GONE, lacks=("place_free",)), "lacks"),
)
def test_an_altered_day_or_number_of_a_stay_is_found(alter: Callable[[], Any], path: str) -> None:
    assert ("does_not_follow", f"stays[0].{path}") in problems_of(alter)


def test_a_stay_in_the_time_of_another_is_told_so() -> None:
    (seen,) = GONE.stays
    again = evolve(seen, standing=evolve(seen.standing, residency="rd-2"))
    found = problems_of(lambda: evolve(GONE, stays=(seen, again)))
    assert found == [("does_not_follow", "stays[1].standing.misplaced")]
    assert problems_of(lambda: evolve(GONE, stays=(seen, seen)))[0] == ("repeated_item", "stays")


def _diversion(**said: Any) -> Any:
    (one,) = DIVERSION.diversions
    return lambda: evolve(DIVERSION, diversions=(evolve(one, **said),))


ONE = DIVERSION.diversions[0]


@_altered(
    (_diversion(state="elsewhere"), "state"),
    (_diversion(reports=(*ONE.reports, last_of(ONE.reports[0]) - timedelta(9))), "reports"),
    (_diversion(remarks=(DiversionRemark.NO_REFERRAL,)), "remarks"),
    (_diversion(remarks=(DiversionRemark.NOT_ACCEPTED,)), "remarks"),
    (_diversion(remarks=(DiversionRemark.CONDITIONS_OPEN,)), "remarks"),
    (_diversion(remarks=(DiversionRemark.LAPSED,)), "remarks"),
    (_diversion(remarks=(DiversionRemark.NO_REASON,) * 2), "remarks"),
    (_diversion(since=day("2030-01-01")), "since"),
)
def test_an_altered_part_of_a_diversion_is_found(alter: Callable[[], Any], path: str) -> None:
    assert ("does_not_follow", f"diversions[0].{path}") in problems_of(alter)


def test_a_condition_is_running_or_over_and_a_diversion_is_told_once() -> None:
    both = problems_of(_diversion(running=ONE.over, over=ONE.over))
    twice = problems_of(lambda: evolve(DIVERSION, diversions=DIVERSION.diversions * 2))
    assert both == [("repeated_item", "diversions[0].running")]
    assert twice == [("repeated_item", "diversions")]

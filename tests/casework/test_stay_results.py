"""Results about communities, stays and diversions: complete, stored, read back, checked."""

import json
from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore import exchange
from rehabcore.care.community.occupancy import Resident
from tests.care.community.test_occupancy import HOUSE
from tests.care.community.test_stays import BOOK, GOLDEN, stays_in
from tests.care.test_diversion import GOLDEN as DIVERTED
from tests.kit.builders import day
from tests.kit.record_makers import residency
from tests.kit.refusals import problems_of
from tests.kit.stays import XX
from tests.kit.units import unit

ON = day("2026-10-01")
COMMUNITY = rc.community(evolve(HOUSE, profile="open-house"), XX, on=day("2026-03-14"))
RESIDENCY = rc.residency(GOLDEN, XX, on=ON, units=(BOOK,))
DIVERSION = rc.diversion(DIVERTED, XX, on=ON)
RESULTS = (COMMUNITY, RESIDENCY, DIVERSION)


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_a_result_is_stored_with_a_hash_and_read_back_equal(result: Any) -> None:
    text = exchange.write(result, sign=lambda digest: digest[:8])
    assert exchange.read(text) == exchange.read(text, type(result)) == result
    altered = json.loads(text)
    altered["data"]["grounds"]["stamp"]["library"] = "9"
    assert problems_of(lambda: exchange.read(altered)) == [("altered", "sha256")]


def test_a_result_says_in_short_what_it_is() -> None:
    assert [repr(result) for result in RESULTS] == [
        "<CommunityResult xx@2026.2 on 2026-03-14: 1 of 2 places>",
        "<ResidencyResult xx@2026.2 on 2026-10-01: resident>",
        "<DiversionResult xx@2026.2 on 2026-10-01: running>",
    ]
    empty = stays_in()
    assert repr(rc.residency(empty, XX, on=ON)).endswith("no stay>")
    assert repr(rc.diversion(empty, XX, on=ON)).endswith("no diversion>")


def test_a_community_of_no_profile_has_none() -> None:
    told = rc.community(unit(), XX, on=ON)
    assert (told.profile_title, told.phases_published, told.status) == (None, False, None)


def _more_residents() -> Any:
    standing = COMMUNITY.standing
    more = tuple(Resident(stay=f"s-{n}", since=day("2026-01-01")) for n in range(3))
    return evolve(COMMUNITY, standing=evolve(standing, residents=more))


def _later(result: Any) -> Any:
    stamp = evolve(result.grounds.stamp, on=day("2020-01-01"))
    return evolve(result, grounds=evolve(result.grounds, stamp=stamp))


def _other_days() -> Any:
    [seen] = RESIDENCY.stays
    return evolve(RESIDENCY, stays=(evolve(seen, days=5),))


@pytest.mark.parametrize(
    ("make", "paths"),
    [
        (_more_residents, ["standing.residents"]),
        (
            lambda: _later(COMMUNITY),
            [
                "standing.residents",
                "standing.waiting",
                "standing.norms",
                "standing.residents[0].suspended_since",
            ],
        ),
        (lambda: _later(RESIDENCY), ["stays[0].standing", "stays[0].days"]),
        (_other_days, ["stays[0].days"]),
        (lambda: _later(DIVERSION), ["diversions[0].since"]),
    ],
)
def test_a_result_that_contradicts_itself_is_refused(make: Any, paths: list[str]) -> None:
    assert problems_of(make) == [("does_not_follow", path) for path in paths]


def test_known_at_counts_only_what_was_on_file() -> None:
    late = residency("late", "2026-01-01", recorded_on="2026-06-01")
    file = stays_in(residency("rd", "2026-01-01"), late)
    for known_at, number in (("2026-05-31", 1), ("2026-06-01", 2)):
        told = rc.residency(file, XX, on=ON, known_at=day(known_at))
        assert (len(told.stays), told.grounds.stamp.known_at) == (number, day(known_at))

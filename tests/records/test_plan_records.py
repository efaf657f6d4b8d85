"""Records on which a plan rests: what each refuses, and what it never shows."""

from collections.abc import Callable
from functools import partial
from typing import Any

import attrs
import pytest
from attrs import evolve

from rehabcore.records import Supporter
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import ProgramId, StaffId
from tests.kit.builders import case, day, some_day, some_days
from tests.kit.plan_records import (
    availability,
    offer_deferral,
    offer_refusal,
    own_goal,
    separation,
    strength,
    supporter,
    unavailability,
)
from tests.kit.record_makers import death, found, of_every_kind
from tests.kit.refusals import problems_of

DAY, LATER = "2026-03-02", "2026-04-02"
COMES = availability("a", "monday", DAY, times=("09:00", "12:30"))
REFUSED = offer_refusal("r", DAY, program="drop_in", reason="Nino said no")
DEFERRED = evolve(offer_deferral("d", DAY, LATER, domain="work"), decided_by=StaffId("staff-1"))


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (("", ""), []),
        (("09:00", ""), []),
        (("", "09:00"), []),
        (("09:00", "09:01"), []),
        (("09:00", "09:00"), [("ends_before_start", "ends_at")]),
        (("09:00", "08:59"), [("ends_before_start", "ends_at")]),
        (("", "00:00"), []),
        (("9:00", "24:00"), [("bad_time", "starts_at"), ("bad_time", "ends_at")]),
        (("10:00", "9:00"), [("bad_time", "ends_at")]),
    ],
)
def test_a_time_of_a_weekday_ends_after_it_starts(
    times: tuple[str, str], expected: list[tuple[str, str]]
) -> None:
    starts_at, ends_at = times
    make = partial(evolve, COMES, starts_at=starts_at, ends_at=ends_at)
    if expected:
        assert problems_of(make) == expected
    else:
        assert make().ends_at == ends_at


@pytest.mark.parametrize("record", [REFUSED, DEFERRED], ids=["refusal", "deferral"])
def test_an_offer_is_a_programme_or_a_need_and_not_both(record: Any) -> None:
    for program_id, domain in ((None, None), (ProgramId("drop_in"), "work")):
        changed = partial(evolve, record, program_id=program_id, domain=domain)
        assert problems_of(changed) == [("one_of_two", "program_id")]


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: evolve(DEFERRED, reason="Call Nino"), ("not_a_code", "reason")),
        (lambda: evolve(DEFERRED, until=day(DAY)), ("ends_before_start", "until")),
        (lambda: separation("s", "", DAY), ("out_of_range", "apart_from")),
        (lambda: strength("s", DAY, ""), ("out_of_range", "said")),
        (lambda: own_goal("o", DAY, said=""), ("out_of_range", "said")),
    ],
    ids=["no-code", "until-the-same-day", "of-nobody", "no-strength", "no-goal"],
)
def test_what_says_nothing_is_refused(
    make: Callable[[], object], expected: tuple[str, str]
) -> None:
    assert problems_of(make) == [expected]


def test_a_supporter_is_a_role_and_nobody_by_name() -> None:
    assert [field.name for field in attrs.fields(Supporter)] == ["filed", "role", "span", "agrees"]
    unknown = case(supporters=(supporter("s", DAY, role="neighbour"), supporter("t", DAY)))
    assert found(unknown) == [("unknown_value", "supporters[0].role")]


def test_the_office_says_why_it_puts_off_but_the_person_need_not_say_why_not() -> None:
    assert evolve(REFUSED, reason="").reason == ""
    assert DEFERRED.reason == "no_place"


def test_days_may_be_known_in_part() -> None:
    assert evolve(REFUSED, span=some_days("2026-03", "open")).span != REFUSED.span
    assert evolve(DEFERRED, until=some_day("2026-05")).until != DEFERRED.until


@pytest.mark.parametrize(
    "record",
    [
        REFUSED,
        DEFERRED,
        separation("s", "Nino", DAY),
        strength("s", DAY, "Nino"),
        own_goal("o", DAY, said="Nino"),
        unavailability("u", DAY, reason="Nino"),
    ],
    ids=lambda record: type(record).__name__,
)
def test_what_was_said_is_never_shown(record: object) -> None:
    for said in ("Nino", "staff-1"):
        assert said not in repr(record)


def test_a_file_is_checked_for_codes_and_days() -> None:
    file = case(
        strengths=(strength("s", DAY, domain="gone"),),
        own_goals=(own_goal("o", DAY, domain="gone"),),
        offer_refusals=(offer_refusal("r", DAY, program="gone"),),
        offer_deferrals=(offer_deferral("d", DAY, LATER, domain="gone"),),
    )
    assert sorted(found(file)) == [
        ("unknown_value", "offer_deferrals[0].domain"),
        ("unknown_value", "offer_refusals[0].program_id"),
        ("unknown_value", "own_goals[0].domain"),
        ("unknown_value", "strengths[0].domain"),
    ]


def test_nobody_says_or_does_anything_after_death() -> None:
    file = evolve(of_every_kind(), deaths=(death("x", "2019-12-30"),))
    told = {path.partition("[")[0] for code, path in found(file) if code == "after_death"}
    by_person = {"availabilities", "unavailabilities", "strengths", "own_goals", "offer_refusals"}
    assert by_person <= told
    assert not told & {"separations", "offer_deferrals"}


def test_a_text_that_is_no_text_is_refused_without_showing_it() -> None:
    with pytest.raises(InputError) as raised:
        offer_refusal("r", DAY, program="drop_in", reason="\ud800Nino")
    assert "Nino" not in str(raised.value)

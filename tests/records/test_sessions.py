"""Sessions and attendances: what each refuses, and what one source may not say of both."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.records import Requirement, Session, consistency
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import case
from tests.kit.record_makers import XX, attendance, found, requirement, session
from tests.kit.refusals import problems_of

HELD = session("s", "2019-12-18")
TO_COME = session("s", "2027-01-02")
CANCELLED = session("s", "2019-12-18", minutes=None, held=False, reason="lockdown")


def _refused(record: Any, **changed: Any) -> list[tuple[str, str]]:
    return problems_of(lambda: evolve(record, **changed))


@pytest.mark.parametrize("time", ["00:00", "09:05", "14:30", "23:59"])
@pytest.mark.parametrize("zone", ["", "Asia/Tbilisi", "America/Argentina/Ushuaia", "Etc/GMT+4"])
def test_a_time_on_the_wall_and_its_zone_are_kept_as_written(time: str, zone: str) -> None:
    made = evolve(HELD, starts_at=time, zone=zone)
    assert (made.starts_at, made.zone) == (time, zone)


@pytest.mark.parametrize("time", ["24:00", "9:05", "14:60", "14.30", "14:30:00", "٠٩:٠٥", " "])
def test_what_is_no_time_on_the_wall_is_refused(time: str) -> None:
    assert _refused(HELD, starts_at=time) == [("bad_time", "starts_at")]


def test_an_error_does_not_show_what_was_written_for_a_time() -> None:
    """It may be a remark about a person."""
    with pytest.raises(InputError) as caught:
        evolve(HELD, starts_at="with Nino")
    assert "Nino" not in str(caught.value)


@pytest.mark.parametrize("zone", ["Asia/", "Asia Tbilisi", "/Tbilisi", "+04:00", "A" * 40])
def test_what_is_no_zone_is_refused(zone: str) -> None:
    assert _refused(HELD, starts_at="14:30", zone=zone) == [("bad_time", "zone")]


def test_a_zone_without_a_time_says_nothing() -> None:
    assert _refused(HELD, zone="Asia/Tbilisi") == [("missing_key", "starts_at")]


def test_times_are_not_shown() -> None:
    with pytest.raises(InputError) as caught:
        evolve(HELD, starts_at="at noon")
    assert "noon" not in str(caught.value)


@pytest.mark.parametrize("minutes", [0, -1, 1441])
def test_a_session_lasts_from_a_minute_to_a_day(minutes: int) -> None:
    assert _refused(HELD, minutes=minutes) == [("out_of_range", "minutes")]
    assert evolve(HELD, minutes=1440).minutes == 1440


def test_only_a_session_that_was_not_held_has_a_reason() -> None:
    assert _refused(CANCELLED, held=True) == [("contradicts_itself", "reason")]
    assert evolve(CANCELLED, reason=None).held is False
    assert isinstance(CANCELLED, Session)


@pytest.mark.parametrize(
    "outcome", ["absent_acceptable", "absent_unacceptable", "cancelled_by_provider"]
)
def test_who_was_not_there_was_there_for_no_minute(outcome: str) -> None:
    absent = attendance("a", "s", outcome, minutes=0)
    assert _refused(absent, minutes=1) == [("contradicts_itself", "minutes")]


@pytest.mark.parametrize("outcome", ["attended", "late", "did_not_engage"])
def test_who_was_there_may_have_minutes(outcome: str) -> None:
    assert attendance("a", "s", outcome, minutes=45).minutes == 45
    assert _refused(attendance("a", "s", outcome), minutes=-1) == [("out_of_range", "minutes")]


@pytest.mark.parametrize(
    ("of", "told", "expected"),
    [
        (HELD, attendance("a", "s"), []),
        (HELD, attendance("a", "s", minutes=90), []),
        (HELD, attendance("a", "s", minutes=91), [("out_of_range", "attendances[0].minutes")]),
        (HELD, attendance("a", "s", minutes=91, source="b"), []),
        (evolve(HELD, minutes=None), attendance("a", "s", minutes=91), []),
        (
            HELD,
            attendance("a", "s", "cancelled_by_provider"),
            [("contradicts_itself", "attendances[0].outcome")],
        ),
        (CANCELLED, attendance("a", "s", "cancelled_by_provider"), []),
        (CANCELLED, attendance("a", "s"), [("contradicts_itself", "attendances[0].outcome")]),
        (CANCELLED, attendance("a", "s", source="b"), []),
        (HELD, attendance("a", "gone"), [("dangling_id", "attendances[0].session")]),
        (TO_COME, attendance("a", "s"), [("wrong_order", "attendances[0].filed.recorded_on")]),
        (TO_COME, attendance("a", "s", recorded_on="2027-01-02"), []),
        (TO_COME, attendance("a", "s", source="b"), []),
        (
            evolve(TO_COME, held=False),
            attendance("a", "s", "cancelled_by_provider"),
            [],
        ),
    ],
)
def test_one_source_tells_a_session_and_its_attendance_in_one_way(
    of: Session, told: Any, expected: list[tuple[str, str]]
) -> None:
    assert found(case(sessions=(of,), attendances=(told,))) == expected


@pytest.mark.parametrize(
    ("of", "outcome", "expected"),
    [
        (HELD, "cancelled_by_provider", "another outcome: the session was held"),
        (CANCELLED, "attended", "cancelled_by_provider: the session was not held"),
    ],
)
def test_what_does_not_fit_the_session_is_told_with_what_would(
    of: Session, outcome: str, expected: str
) -> None:
    file = case(sessions=(of,), attendances=(attendance("a", "s", outcome),))
    (problem,) = consistency.check(file, XX.glossary, [ProgramId("thinking_skills")])
    assert problem.expected == expected


def test_one_source_tells_one_attendance_of_a_session() -> None:
    told = (attendance("a", "s"), attendance("b", "s", source="b"), attendance("c", "s", "late"))
    file = case(sessions=(HELD,), attendances=told)
    assert found(file) == [("two_at_once", "attendances[2].session")]


def test_words_of_sessions_and_requirements_are_those_of_the_country() -> None:
    imposed = requirement("r", "2026-01-01", subject="x")
    file = case(sessions=(evolve(CANCELLED, reason="rain"),), requirements=(imposed,))
    assert found(file) == [
        ("unknown_value", "sessions[0].reason"),
        ("unknown_value", "requirements[0].subject"),
    ]


def test_a_requirement_names_who_imposed_it() -> None:
    made: Requirement = requirement("r", "2026-01-01")
    assert _refused(made, imposed_by="") == [("out_of_range", "imposed_by")]


def test_a_session_was_held_unless_its_record_says_otherwise() -> None:
    assert Session(filed=HELD.filed, program_id=HELD.program_id, day=HELD.day).held

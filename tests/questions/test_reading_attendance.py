"""The share of held sessions that were attended: what counts, and what is left open."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore.questions.policy import RecordsPolicy
from rehabcore.records import Attendance, CaseFile, Session
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Assumption, Known, Unknown
from rehabcore.rules.time.partial import PartialDay
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import ProgramId, RecordId
from tests.kit.builders import case, day, filed
from tests.kit.record_makers import XX, Piece, attendance, cell, facts_of, session, told

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
ON = "2026-03-31"
ASKED: dict[str, Any] = {
    "program": "thinking_skills",
    "excused": "not_counted",
    "within": "30 days",
    "ageing": "exclusive",
}
Held = tuple[tuple[Session, ...], tuple[Attendance, ...]]


def _held(*outcomes: str) -> Held:
    """A session a day from 2 March on, each attended so; an empty text: nobody told how."""
    sessions = tuple(session(f"s-{n}", f"2026-03-{n + 2:02}") for n in range(len(outcomes)))
    attendances = (attendance(f"a-{n}", f"s-{n}", o) for n, o in enumerate(outcomes) if o)
    return sessions, tuple(attendances)


def _share(
    held: Held, sessions: tuple[Session, ...] = (), more: tuple[Attendance, ...] = (), **asked: Any
) -> object:
    """The share; or its bounds and why; or why it is unknown."""
    file = case(sessions=(*held[0], *sessions), attendances=(*held[1], *more))
    found = cell(file, "attendance_share", ON, **{**ASKED, **asked})
    if isinstance(found, Known):
        return str(found.value)
    return (*map(str, found.between), found.kind) if found.between else found.kind


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], MISSING),
        (["attended"], "100"),
        (["absent_unacceptable"], "0"),
        (["attended", "late"], "100"),
        (["attended", "did_not_engage"], "50"),
        (["attended", "attended", "absent_unacceptable"], "66.666666"),
        (["attended"] * 4 + ["absent_unacceptable"], "80"),
        (["attended", ""], ("50", "100", MISSING)),
        (["", ""], MISSING),
    ],
)
def test_the_share_of_held_sessions_that_were_attended(outcomes: list[str], expected: Any) -> None:
    assert _share(_held(*outcomes)) == expected


@pytest.mark.parametrize(
    ("excused", "expected", "untold"),
    [
        ("attended", "75", ("66.666666", "100", MISSING)),
        ("not_counted", "66.666666", ("66.666666", "100", MISSING)),
        ("missed", "50", ("66.666666", "100", MISSING)),
    ],
)
def test_the_rule_says_what_an_excused_absence_is(
    excused: str, expected: str, untold: object
) -> None:
    held = _held("attended", "attended", "absent_acceptable", "absent_unacceptable")
    assert _share(held, excused=excused) == expected
    assert _share(_held("attended", "attended", ""), excused=excused) == untold


def test_where_an_untold_absence_may_be_excused_there_may_be_no_share() -> None:
    assert _share(_held("")) is MISSING
    assert _share(_held(""), excused="missed") == ("0", "100", MISSING)
    assert _share(_held("absent_acceptable")) is MISSING


def test_a_session_that_was_not_held_does_not_count() -> None:
    cancelled = session("c", "2026-03-20", minutes=None, held=False)
    told_so = attendance("ca", "c", "cancelled_by_provider")
    assert _share(_held("attended"), (cancelled,), (told_so,)) == "100"
    assert _share(_held("attended"), (cancelled,)) == "100"


def test_sources_that_differ_leave_the_share_between_two() -> None:
    held = _held("attended", "attended")
    other = attendance("b", "s-1", "absent_unacceptable", source="b")
    assert _share(held, more=(other,)) == ("50", "100", DISPUTED)
    again = attendance("b", "s-1", "late", source="b")
    assert _share(held, more=(again,)) == "100"


def test_whether_a_session_was_held_may_be_disputed() -> None:
    held = _held("attended", "")
    not_held = attendance("b", "s-1", "cancelled_by_provider", source="b")
    assert _share(held, more=(not_held,)) == ("50", "100", DISPUTED)
    cancelled = session("c", "2026-03-20", minutes=None, held=False)
    there = attendance("b", "c", "absent_unacceptable", source="b")
    assert _share(_held("attended"), (cancelled,), (there,)) == ("50", "100", DISPUTED)


def _of_office_b(same_as: str | None = None, on: str = "2026-03-03") -> Session:
    told_again = session("b", on, source="b")
    return evolve(
        told_again, filed=evolve(told_again.filed, same_as=RecordId(same_as) if same_as else None)
    )


MISSED_AT_B = attendance("ba", "b", "absent_unacceptable", source="b")


def test_a_session_that_two_offices_tell_may_be_one() -> None:
    held = _held(*["attended"] * 9)
    assert _share(held, (_of_office_b(),), (MISSED_AT_B,)) == ("80", "100", DISPUTED)
    assert _share(_held("attended"), (_of_office_b(),), (MISSED_AT_B,)) is DISPUTED
    far = _of_office_b(on="2026-03-20")
    assert _share(held, (far,), (MISSED_AT_B,)) == "90"
    other = evolve(_of_office_b(), program_id=ProgramId("drop_in"))
    assert _share(held, (other,), (MISSED_AT_B,)) == "100"


def test_where_the_country_states_nothing_sessions_of_other_days_are_taken_for_two() -> None:
    """The share then rests on an assumption, unless one office tells all of it."""
    silent = evolve(XX, records_policy=RecordsPolicy())
    held, theirs = _held("attended"), (_of_office_b(),)
    file = case(sessions=(*held[0], *theirs), attendances=(*held[1], MISSED_AT_B))
    found = facts_of(file, country=silent).on(day(ON))(
        ask(silent.facts["attendance_share"], **ASKED)
    )
    assert isinstance(found, Known)
    assert (str(found.value), found.assumption) == ("50", Assumption.TOLD_APART)
    alone = facts_of(case(sessions=held[0], attendances=held[1]), country=silent)
    cells = alone.on(day(ON))(ask(silent.facts["attendance_share"], **ASKED))
    assert cells == Known(Decimal(100), evidence=("a-0", "s-0"))


def test_a_session_that_is_said_to_be_the_same_counts_once() -> None:
    held = _held("attended", "attended")
    again = attendance("ba", "b", "attended", source="b")
    assert _share(_held("attended", "attended", "absent_unacceptable")) == "66.666666"
    assert _share(held, (_of_office_b("s-1"),), (again,)) == "100"
    assert _share(held, (_of_office_b("s-1"),), (MISSED_AT_B,)) == ("50", "100", DISPUTED)
    both_ways = (evolve(held[0][1], filed=evolve(held[0][1].filed, same_as=RecordId("b"))),)
    sessions = (held[0][0], *both_ways)
    assert _share((sessions, held[1]), (_of_office_b("s-1"),), (again,)) == "100"


def test_a_session_of_which_the_day_is_not_known_may_lie_outside_the_window() -> None:
    partial = Session(
        filed=filed("p"),
        program_id=session("x", ON).program_id,
        day=PartialDay(day("2026-02-01"), day("2026-03-20")),
    )
    missed = attendance("pa", "p", "absent_unacceptable")
    assert _share(_held("attended"), (partial,), (missed,)) == ("50", "100", MISSING)


def test_a_session_of_an_unknown_day_counts_once_if_the_window_is_shorter() -> None:
    """There is no day on which it certainly lies in the window, and none on which it does twice."""
    (attended,), told_so = _held("attended")
    days = PartialDay(day("2026-02-01"), day("2026-03-20"))
    partial = evolve(session("p", ON), day=days)
    missed = attendance("pa", "p", "absent_unacceptable")
    file = case(sessions=(attended, partial), attendances=(*told_so, missed))
    found = cell(file, "attendance_share", "2026-03-10", **ASKED)
    assert isinstance(found, Unknown)
    assert found.between == (Decimal(50), Decimal(100))


def test_sessions_enter_and_leave_the_window_on_their_days() -> None:
    held = _held("attended", "absent_unacceptable")
    file: CaseFile = case(sessions=held[0], attendances=held[1])
    pieces: list[Piece] = told(file, "attendance_share", **ASKED)
    assert pieces == [
        ("", MISSING, ""),
        ("2026-03-02", Decimal(100), "a-0 s-0"),
        ("2026-03-03", Decimal(50), "a-0 a-1 s-0 s-1"),
        ("2026-04-01", Decimal(0), "a-1 s-1"),
        ("2026-04-02", MISSING, ""),
    ]

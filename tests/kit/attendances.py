"""Files of one course with its attendances, and a policy that counts them."""

from datetime import date
from typing import Any

from attrs import evolve

from rehabcore.care.plans.schedules.attendance import (
    AttendancePolicy,
    AttendanceRow,
    InShare,
)
from rehabcore.plans import PlanItem
from rehabcore.records import CaseFile
from rehabcore.rules.time.days import Term
from rehabcore.strict.vocabulary import AttendanceOutcome, Basis, RecordId
from tests.kit.builders import case
from tests.kit.record_makers import attendance, requirement, session
from tests.kit.schedules import course

FIRST, ON = "2026-03-02", date(2026, 3, 31)


def item(basis: str = "mandatory", **changes: Any) -> PlanItem:
    """A course that rests on the requirement ``rq``."""
    made = evolve(course().item, basis=Basis(basis), requirement=RecordId("rq"), sessions=())
    return evolve(made, **changes)


def file_of(*outcomes: str | None, **lists: Any) -> CaseFile:
    """A file with a session of 90 minutes on each day from 2 March, attended as it says."""
    days = [f"2026-03-{number:02d}" for number in range(2, 2 + len(outcomes))]
    cancelled = [outcome == "cancelled_by_provider" for outcome in outcomes]
    sessions = tuple(
        session(f"s-{day}", day, "skills", held=not off)
        for day, off in zip(days, cancelled, strict=True)
    )
    told = tuple(
        attendance(f"a-{day}", f"s-{day}", outcome)
        for day, outcome in zip(days, outcomes, strict=True)
        if outcome is not None
    )
    lists = {"requirements": (requirement("rq", FIRST, subject="skills"),), **lists}
    return case(sessions=sessions, attendances=told, **lists)


def row(outcome: str, *, dose: bool, share: str, breach: bool) -> AttendanceRow:
    """A row of a policy."""
    return AttendanceRow(
        outcome=AttendanceOutcome(outcome), dose=dose, share=InShare(share), breach=breach
    )


POLICY = AttendancePolicy(
    outcomes=(
        row("absent_acceptable", dose=False, share="not_counted", breach=False),
        row("absent_unacceptable", dose=False, share="missed", breach=True),
        row("did_not_engage", dose=False, share="missed", breach=True),
    ),
    breach_after=2,
    within=Term(weeks=1),
)

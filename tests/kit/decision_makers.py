"""A decision of country ``xx``, with everything that a test does not care about filled in."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.decisions import Decision, Override
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import DecisionOutcome, ProgramId, StaffId
from tests.kit.builders import day

XX = jurisdictions.load("xx")
CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
ON, DECIDED = day("2026-11-16"), day("2026-11-10")
MET, UNKNOWN = ProgramId("thinking_skills"), ProgramId("therapeutic_community")
NOT_MET, NOT_LAW = ProgramId("thinking_skills_juvenile"), ProgramId("work_start")
GRANTED, REFUSED, DEFERRED = DecisionOutcome
WHY = "Maria Example asked for it"
STAFF = StaffId("officer-17")


def without(program_id: ProgramId) -> Jurisdiction:
    """Country ``xx``, were a programme no longer offered, and no other required or excluded."""
    kept = (p for p in XX.programs if p.program_id != program_id)
    return evolve(XX, programs=tuple(evolve(p, prerequisites=(), exclusions=()) for p in kept))


def override(**changed: Any) -> Override:
    """An override by the head of the office, until the end of the year."""
    said: dict[str, Any] = {
        "reason": "professional_judgement",
        "authority": "head_of_office",
        "expires": day("2027-01-01"),
    }
    return Override(**{**said, **changed})


def decide(
    program: ProgramId = MET,
    outcome: DecisionOutcome = GRANTED,
    *,
    case: CaseFile = CASE,
    country: Jurisdiction = XX,
    on: date = ON,
    known_at: date = DECIDED,
    **said: Any,
) -> Decision:
    """A decision on an entry: by default, that what is met is granted."""
    by: dict[str, Any] = {"decided_by": STAFF, "decided_on": DECIDED, **said}
    return casework.decide(case, country, program, on=on, known_at=known_at, outcome=outcome, **by)


def deferred(program: ProgramId, case: CaseFile, *, on: date, known_at: date) -> Decision:
    """What can be decided whatever the answer is: to look at it again, the day after."""
    review_on = known_at + timedelta(1)
    said: dict[str, Any] = {"decided_on": known_at, "why": WHY, "review_on": review_on}
    return decide(program, DEFERRED, case=case, on=on, known_at=known_at, **said)


def refusals(make: Callable[[], object]) -> list[tuple[str, str]]:
    """The code and the path of every problem for which something is refused; none if it is made."""
    try:
        make()
    except InputError as error:
        return [(problem.code, problem.path) for problem in error.problems]
    return []

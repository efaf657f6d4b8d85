"""Makers of the records on which a plan rests besides assessments and programmes."""

from typing import Any

from rehabcore.records import (
    Availability,
    NeedsContest,
    OfferDeferral,
    OfferRefusal,
    OwnGoal,
    RiskContest,
    Separation,
    Strength,
    Supporter,
    Unavailability,
)
from rehabcore.rules.time.days import OPEN, End
from rehabcore.strict.vocabulary import (
    ContestOutcome,
    ProgramId,
    RecordId,
    StaffId,
    Weekday,
)
from tests.kit.builders import day, filed, span


def availability(
    record_id: str,
    weekday: str,
    start: str,
    end: str | End = OPEN,
    *,
    times: tuple[str, str] = ("", ""),
    **filing: Any,
) -> Availability:
    """A time of a weekday at which the person can come: all of the day, unless said otherwise."""
    starts_at, ends_at = times
    return Availability(
        filed=filed(record_id, **filing),
        span=span(start, end),
        weekday=Weekday(weekday),
        starts_at=starts_at,
        ends_at=ends_at,
    )


def unavailability(
    record_id: str, start: str, end: str | End = OPEN, reason: str = "", **filing: Any
) -> Unavailability:
    """Days on which the person cannot come."""
    return Unavailability(filed=filed(record_id, **filing), span=span(start, end), reason=reason)


def separation(
    record_id: str, apart_from: str, start: str, end: str | End = OPEN, **filing: Any
) -> Separation:
    """Somebody whom the person must not meet in a group, by a code."""
    return Separation(
        filed=filed(record_id, **filing), apart_from=apart_from, span=span(start, end)
    )


def supporter(
    record_id: str,
    start: str,
    end: str | End = OPEN,
    *,
    role: str = "mentor",
    agrees: bool | None = None,
    **filing: Any,
) -> Supporter:
    """Somebody who stands by the person: a mentor, unless said otherwise."""
    return Supporter(
        filed=filed(record_id, **filing), role=role, span=span(start, end), agrees=agrees
    )


def strength(
    record_id: str, said_on: str, said: str = "I can cook", domain: str | None = None, **filing: Any
) -> Strength:
    """Something that the person can or has."""
    return Strength(
        filed=filed(record_id, **filing), said=said, said_on=day(said_on), domain=domain
    )


def own_goal(
    record_id: str,
    start: str,
    end: str | End = OPEN,
    *,
    said: str = "see my daughter",
    domain: str | None = None,
    **filing: Any,
) -> OwnGoal:
    """Something that the person wants to reach."""
    return OwnGoal(
        filed=filed(record_id, **filing), said=said, span=span(start, end), domain=domain
    )


def offer_refusal(
    record_id: str,
    start: str,
    end: str | End = OPEN,
    *,
    program: str | None = None,
    domain: str | None = None,
    reason: str = "",
    **filing: Any,
) -> OfferRefusal:
    """A refusal of a programme or of help with a need."""
    return OfferRefusal(
        filed=filed(record_id, **filing),
        span=span(start, end),
        program_id=None if program is None else ProgramId(program),
        domain=domain,
        reason=reason,
    )


def offer_deferral(
    record_id: str,
    deferred_on: str,
    until: str,
    *,
    program: str | None = None,
    domain: str | None = None,
    reason: str = "no_place",
    **filing: Any,
) -> OfferDeferral:
    """A programme, or work on a need, that an office puts off."""
    return OfferDeferral(
        filed=filed(record_id, **filing),
        deferred_on=day(deferred_on),
        until=day(until),
        program_id=None if program is None else ProgramId(program),
        domain=domain,
        reason=reason,
    )


def needs_contest(
    record_id: str,
    of: str,
    contested_on: str,
    outcome: str | None = None,
    decided_on: str | None = None,
    **filing: Any,
) -> NeedsContest:
    """A contest of an assessment of needs, still open unless said otherwise."""
    return NeedsContest(
        filed=filed(record_id, **filing), **_contested(of, contested_on, outcome, decided_on)
    )


def risk_contest(
    record_id: str,
    of: str,
    contested_on: str,
    outcome: str | None = None,
    decided_on: str | None = None,
    **filing: Any,
) -> RiskContest:
    """A contest of an assessment of risk, still open unless said otherwise."""
    return RiskContest(
        filed=filed(record_id, **filing), **_contested(of, contested_on, outcome, decided_on)
    )


def _contested(
    of: str, contested_on: str, outcome: str | None, decided_on: str | None
) -> dict[str, Any]:
    return {
        "assessment": RecordId(of),
        "contested_on": day(contested_on),
        "outcome": None if outcome is None else ContestOutcome(outcome),
        "decided_on": None if decided_on is None else day(decided_on),
        "decided_by": None if outcome is None else StaffId("head-1"),
    }

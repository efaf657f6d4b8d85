"""Eight people in each of two countries, of whom a plan is drafted; what matters of it, by hand.

They are invented. Every draft is made on one day, ``ON``.
"""

from datetime import date
from typing import Any

from rehabcore.records import CaseFile
from tests.kit.builders import case, day, person
from tests.kit.plan_records import offer_refusal
from tests.kit.record_makers import (
    consent,
    milestone,
    needs,
    observation,
    placement,
    requirement,
    risk,
    sentence,
    standing,
    state,
    transition,
    transition_act,
)

ON = date(2026, 3, 2)
ASSESSED = ("2026-01-15", "2027-01-15")
XX_NEEDS = {"substance_use": "none", "attitudes": "some", "work": "none", "housing": "none"}
GE_NEEDS = {
    "criminal_career": "low",
    "living_conditions": "low",
    "education_and_work": "low",
    "economic_status": "low",
    "relations_and_lifestyle": "low",
    "dependences": "low",
    "health_and_emotional_state": "low",
    "mentality_and_behaviour": "low",
    "values_and_attitudes": "medium",
}


def _on_probation(born: str, language: str, end: str, **more: Any) -> dict[str, Any]:
    return {
        "beneficiary": (person(birth_date=day(born), languages=frozenset({language})),),
        "legal_standings": (standing("standing-1", "probation", "2025-06-01", end),),
        "placements": (placement("placement-1", "community", "2025-06-01", holder="probation-2"),),
        "sentences": (sentence("sentence-1", "2025-06-01", end),),
        "consents": (consent("consent-1", "2026-02-01"),),
        **more,
    }


def _in_prison(born: str, language: str, end: str, **more: Any) -> dict[str, Any]:
    return {
        "beneficiary": (person(birth_date=day(born), languages=frozenset({language})),),
        "legal_standings": (standing("standing-1", "sentenced_custody", "2024-06-01", end),),
        "placements": (placement("placement-1", "custody", "2024-06-01", holder="prison-1"),),
        "sentences": (sentence("sentence-1", "2024-06-01", end),),
        "consents": (consent("consent-1", "2026-02-01"),),
        **more,
    }


def _xx(risk_level: str = "medium", **levels: str) -> dict[str, Any]:
    """What was assessed in Exland; no need but the ones that are said."""
    return {
        "needs_assessments": (needs("needs-1", *ASSESSED, findings=XX_NEEDS | levels),),
        "risk_assessments": (risk("risk-1", risk_level, *ASSESSED),),
    }


def _ge(**levels: str) -> dict[str, Any]:
    """What was assessed in Georgia; low needs but the ones that are said."""
    return {
        "needs_assessments": (needs("needs-1", *ASSESSED, findings=GE_NEEDS | levels),),
        "risk_assessments": (risk("risk-1", "medium", *ASSESSED),),
    }


def _gate(planned_for: str, office: str = "") -> dict[str, Any]:
    """A release that was granted; accepted by an office, if one is said."""
    events = [("assessed", "2026-01-12", ""), ("planned", "2026-01-19", "")]
    if office:
        events += [("referred", "2026-02-02", office), ("accepted", "2026-02-09", office)]
    return {
        "observations": (
            observation("decision-1", "granted", "2026-01-10", kind="release_decision"),
        ),
        "transitions": (transition("move-1", "2026-01-10", "conditional_release", planned_for),),
        "transition_acts": tuple(
            transition_act(f"act-{number}", "move-1", event, on, to)
            for number, (event, on, to) in enumerate(events, start=1)
        ),
    }


UNEMPLOYED = {"states": (state("state-1", "unemployed", "2025-11-01"),)}
XX: dict[str, CaseFile] = {
    "adult_on_probation": case(
        **_on_probation("1990-05-01", "en", "2027-06-01", **_xx(work="high"), **UNEMPLOYED),
        requirements=(requirement("duty-1", "2025-06-01", "2027-06-01"),),
    ),
    "days_before_18": case(**_on_probation("2008-03-06", "en", "2027-06-01", **_xx())),
    "days_before_the_gate": case(
        **_in_prison("1990-05-01", "en", "2027-06-01", **_xx(housing="high")),
        **_gate("2026-03-04"),
    ),
    "drugs_before_the_gate": case(
        **_in_prison("1990-05-01", "en", "2027-06-01", **_xx(substance_use="high")),
        milestones=(milestone("milestone-1", "2026-09-02"),),
    ),
    "refuses_everything": case(
        **_on_probation("1990-05-01", "en", "2027-06-01", **_xx(work="high"), **UNEMPLOYED),
        requirements=(requirement("duty-1", "2025-06-01", "2027-06-01"),),
        offer_refusals=(
            offer_refusal("no-1", "2026-02-20", domain="attitudes"),
            offer_refusal("no-2", "2026-02-20", domain="work"),
        ),
    ),
    "nothing_assessed": case(**_on_probation("1990-05-01", "en", "2027-06-01")),
    "two_weeks_left": case(
        **_on_probation("1990-05-01", "en", "2026-03-16", **_xx(housing="some"))
    ),
    "nothing_published": case(
        **_in_prison("1990-05-01", "en", "2028-06-01", **_xx(attitudes="none", work="high"))
    ),
}
GE: dict[str, CaseFile] = {
    "adult_on_probation": case(
        **_on_probation("1990-05-01", "ka", "2027-06-01", **_ge()),
        requirements=(
            requirement("duty-1", "2025-06-01", "2027-06-01", "changing_violent_attitudes"),
        ),
    ),
    "days_before_18": case(
        **_on_probation("2008-03-06", "ka", "2027-06-01", **_ge(criminal_career="high"))
    ),
    "days_before_the_gate": case(
        **_in_prison("1990-05-01", "ka", "2027-06-01", **_ge(education_and_work="medium")),
        **_gate("2026-03-04", "probation-2"),
    ),
    "drugs_before_the_gate": case(
        **_in_prison(
            "1990-05-01", "ka", "2027-06-01", **_ge(dependences="high", living_conditions="medium")
        ),
        **_gate("2026-09-02"),
    ),
    "refuses_everything": case(
        **_on_probation("1990-05-01", "ka", "2027-06-01", **_ge(dependences="high")),
        offer_refusals=(
            offer_refusal("no-1", "2026-02-20", domain="dependences"),
            offer_refusal("no-2", "2026-02-20", domain="values_and_attitudes"),
        ),
    ),
    "nothing_assessed": case(**_on_probation("1990-05-01", "ka", "2027-06-01")),
    "two_weeks_left": case(**_on_probation("1990-05-01", "ka", "2026-03-16", **_ge())),
    "nothing_published": case(
        **_on_probation(
            "1990-05-01", "ka", "2027-06-01", **_ge(dependences="high", economic_status="medium")
        )
    ),
}
CASES = {"ge": GE, "xx": XX}

"""Every list of a case file: in which part of a package its records cross, or why they do not.

Whoever adds a list has to say here which of both it is.
"""

from typing import Any

import pytest
from attrs import asdict, evolve

from rehabcore import casework, jurisdictions
from rehabcore.care.moves.open_records import HandedKind
from rehabcore.care.moves.packages import HandOverPackage
from rehabcore.care.moves.recipients import Recipient, RecipientRole
from rehabcore.records import CaseFile
from rehabcore.records.case_file import RECORD_LISTS
from rehabcore.records.glossary import codes
from tests.kit.builders import day
from tests.kit.record_makers import (
    checklist_entry,
    consent,
    continuity_item,
    of_every_kind,
    override,
    pathway_act,
    pathway_assessment,
    pathway_reset,
    referral,
    resolution,
    risk,
)

XX = jurisdictions.load("xx")
ON = day("2020-01-15")
CLINIC = Recipient(office="clinic-1", role=RecipientRole.HEALTH_STAFF)

CROSSES = {
    "deaths": "care",
    "placements": "holder",
    "needs_assessments": "needs",
    "risk_assessments": "duties",
    "level_overrides": "duties",
    "resolutions": "duties",
    "consents": "records",
    "referrals": "records",
    "enrolments": "records",
    "completions": "records",
    "rulings": "records",
    "registrations": "records",
    "sessions": "work",
    "attendances": "work",
    "requirements": "records",
    "transitions": "records",
    "transition_acts": "duties",
    "checklist_entries": "care",
    "continuity_items": "care",
    "supplies": "care",
    "appointments": "care",
    "entitlements": "entitlements",
    "entitlement_acts": "entitlements",
    "residencies": "records",
    "residency_acts": "records",
    "diversions": "records",
    "diversion_acts": "records",
    "needs_contests": "needs",
    "pathway_acts": "pathways",
    "pathway_assessments": "pathways",
    "pathway_resets": "pathways",
    "support_needs": "pathways",
    "support_need_acts": "pathways",
}
"""The part of the package in which the records of a list are told."""

STAYS = {
    "beneficiary": "who the person is, which no open work tells",
    "legal_standings": "a fact, which programmes read",
    "sentences": "a fact, which programmes read; its end lays the release plan",
    "events": "what happened; it may be a drug test, and no country says which tell of health",
    "observations": "a fact, which programmes read; it may tell of health, as an event",
    "states": "a fact, which programmes read",
    "measurements": "a fact, which programmes read; it may tell of health, as an event",
    "offences": "facts of the past",
    "milestones": "days that were calculated: `release_plan` has the release, and no duty follows",
    "responsivity_factors": "it may be a diagnosis, and no country says which are",
    "availabilities": "times for sessions, which the plan has; the receiving office asks anew",
    "unavailabilities": "days for sessions, as those on which the person can come",
    "separations": "its codes mean something only to those who gave them",
    "strengths": "the person's own words, which the person tells anew or leaves out",
    "own_goals": "the person's own words; the plan has them, as far as they were agreed",
    "offer_refusals": "a fact, which programmes read; what was refused is open again elsewhere",
    "offer_deferrals": "it is that office's own reason, and opens no duty of another one",
    "supporters": "whoever stands by the person is asked anew by the office that receives",
    "risk_contests": "the level is not told; who decides of it tells the new office",
    "retractions": "it opens nothing: what it takes back is not on file any more",
}
"""Why the records of a list do not cross."""


def _file() -> CaseFile:
    """A file in which something is open of every kind that crosses."""
    full, paths = of_every_kind(), codes(XX.glossary.pathways)
    answers = dict.fromkeys(paths, "support_required")
    more: dict[str, tuple[Any, ...]] = {
        "consents": (consent("c-9", "2020-01-01", purpose="health_data"),),
        "referrals": (referral("rf-9", "2020-01-02", "drop_in"),),
        "continuity_items": (continuity_item("ci-9", "opioid_agonist", "2020-01-01"),),
        "checklist_entries": (checklist_entry("ce-9", "tr", "naloxone", "2020-01-04"),),
        "pathway_acts": (pathway_act("pa-9", "in_progress", "2019-12-01", paths[-1]),),
    }
    before: Any = {
        "risk_assessments": (
            risk("ra", "low", "2018-01-01"),
            risk("ra-2", "high", "2018-01-01", instrument="other"),
            risk("ra-3", "low", "2019-06-01", domain="work"),
        ),
        "level_overrides": (override("lo", "ra-3", "high", "2019-06-01"),),
        "resolutions": (resolution("rs", ["ra", "ra-2"], "high", "2018-01-01"),),
        "pathway_resets": (pathway_reset("pr", "2020-01-01", "other"),),
        "pathway_assessments": (pathway_assessment("ps", "2020-01-02", answers, submitted=True),),
    }
    grown: Any = {name: (*getattr(full, name), *some) for name, some in more.items()}
    return evolve(full, **grown, **before)


FILE = _file()


def _package(file: CaseFile) -> dict[str, Any]:
    package: HandOverPackage = casework.hand_over(file, XX, on=ON, to=CLINIC).package
    return asdict(package, recurse=False)


WHOLE = _package(FILE)


def _changed_without(name: str) -> set[str]:
    lists: Any = {name: ()}
    told = _package(evolve(FILE, **lists))
    return {part for part in told if told[part] != WHOLE[part]}


def test_of_every_list_it_is_said_whether_it_crosses() -> None:
    assert sorted((*CROSSES, *STAYS)) == sorted(RECORD_LISTS)
    assert all(getattr(FILE, name) for name in RECORD_LISTS)


@pytest.mark.parametrize("name", CROSSES)
def test_what_crosses_is_told_in_its_part(name: str) -> None:
    assert CROSSES[name] in _changed_without(name)


@pytest.mark.parametrize("name", [name for name in STAYS if name != "beneficiary"])
def test_what_does_not_cross_changes_nothing_but_the_answers_of_programmes(name: str) -> None:
    assert _changed_without(name) <= {"after"}


def test_every_kind_of_open_record_is_told_once() -> None:
    told = [one.record_id for one in WHOLE["records"]]
    assert len(told) == len(set(told))
    assert {one.kind for one in WHOLE["records"]} == {*HandedKind}

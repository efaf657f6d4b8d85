"""Pathways in the package that crosses: what is open, each once, without hidden health data."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange
from rehabcore.care.moves.packages import HandOverPackage
from rehabcore.care.moves.recipients import Recipient, RecipientRole
from rehabcore.casework.care_results import HandOverResult
from rehabcore.casework.coherence_of_care import incoherences_of_care
from rehabcore.records import CaseFile
from rehabcore.reports import explain
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    XX,
    consent,
    death,
    pathway_act,
    pathway_assessment,
    support_need,
    support_need_act,
)
from tests.kit.resettlement import BACK, SEVEN, recalled, released

ON = day("2026-03-10")
CASE_STAFF, HEALTH_STAFF, PROGRAM_STAFF = (
    Recipient(office="probation-2", role=role) for role in RecipientRole
)
OPENLY = tuple(one.id for one in XX.glossary.pathways if not one.health)
BY_LAW = evolve(
    XX,
    glossary=evolve(
        XX.glossary,
        pathways=tuple(evolve(one, by_law=one.cite) for one in XX.glossary.pathways),
    ),
)
AGREED = consent("c", "2026-01-05", purpose="health_data", recipients=("probation-2",))


def _result(file: CaseFile, to: Recipient = CASE_STAFF, country: object = XX) -> HandOverResult:
    return casework.hand_over(file, country, on=ON, to=to)  # type: ignore[arg-type]


def _package(file: CaseFile, to: Recipient = CASE_STAFF) -> HandOverPackage:
    return _result(file, to).package


def _codes(package: HandOverPackage) -> tuple[str, ...]:
    return tuple(one.pathway for one in package.pathways)


def _settled() -> CaseFile:
    """Work is done but for one need, a home is declined; all else is required."""
    file = released()
    return evolve(
        file,
        pathway_acts=(
            pathway_act("w", "done", "2026-03-03", "education_skills_and_work"),
            pathway_act("v", "support_declined", "2026-03-03"),
        ),
        support_needs=(
            *file.support_needs,
            support_need("j", "2026-02-03", "job", "education_skills_and_work"),
            support_need("k", "2026-02-03", "debts", "finance_and_id"),
        ),
        support_need_acts=(
            *file.support_need_acts,
            support_need_act("l", "k", "declined", "2026-02-05"),
        ),
    )


def test_what_is_open_crosses_once_and_what_is_settled_does_not() -> None:
    package = _package(_settled())
    assert _codes(package) == tuple(code for code in OPENLY if code != "accommodation")
    assert [(one.pathway, [need.record_id for need in one.needs]) for one in package.pathways] == [
        ("attitudes_thinking_and_behaviour", []),
        ("children_families_and_community", []),
        ("education_skills_and_work", ["j"]),
        ("finance_and_id", []),
    ]


@pytest.mark.parametrize(
    ("to", "file", "country", "seen"),
    [
        (CASE_STAFF, recalled(), XX, OPENLY),
        (CASE_STAFF, evolve(recalled(), consents=(AGREED,)), XX, SEVEN),
        (HEALTH_STAFF, recalled(), XX, OPENLY),
        (HEALTH_STAFF, recalled(), BY_LAW, SEVEN),
        (CASE_STAFF, recalled(), BY_LAW, OPENLY),
        (PROGRAM_STAFF, evolve(recalled(), consents=(AGREED,)), BY_LAW, OPENLY),
    ],
    ids=["case", "consent", "health", "by-law", "law-is-for-health", "programme"],
)
def test_pathways_that_are_health_data_reach_only_who_is_entitled(
    to: Recipient, file: CaseFile, country: object, seen: tuple[str, ...]
) -> None:
    assert _codes(_result(file, to, country).package) == seen


def test_what_was_reset_crosses_with_its_history_and_no_duty() -> None:
    package = _package(recalled())
    home = package.pathways[0]
    assert [change.status for change in home.history][-2:] == ["done", "not_started"]
    assert [need.status.value for need in home.needs] == ["not_started"]
    assert package.duties == ()


@pytest.mark.parametrize(
    ("to", "on", "due"),
    [
        (CASE_STAFF, "2026-03-10", ["reset_pathways"]),
        (CASE_STAFF, "2026-03-09", []),
        (PROGRAM_STAFF, "2026-03-10", []),
    ],
    ids=["day-after", "on-the-day", "programme"],
)
def test_a_reset_that_nobody_filed_is_overdue_from_the_day_after(
    to: Recipient, on: str, due: list[str]
) -> None:
    file = evolve(released(), placements=BACK)
    package = casework.hand_over(file, XX, on=day(on), to=to).package
    assert [duty.kind.value for duty in package.duties] == due
    assert package.pathways[0].status == "not_started"


def test_a_person_with_and_one_without_work_on_health_have_the_same_package() -> None:
    hidden = (support_need("x", "2026-02-03", "treatment", "health"),)
    file = released()
    more = evolve(
        file,
        pathway_acts=(*file.pathway_acts, pathway_act("y", "in_progress", "2026-02-05", "health")),
        support_needs=(*file.support_needs, *hidden),
        support_need_acts=(
            *file.support_need_acts,
            support_need_act("z", "x", "in_progress", "2026-02-06"),
        ),
    )
    for to in (CASE_STAFF, HEALTH_STAFF, PROGRAM_STAFF):
        assert exchange.write(_result(more, to)) == exchange.write(_result(file, to))


def test_a_fault_of_what_is_hidden_is_not_told() -> None:
    file = released()
    broken = support_need("y", "2026-02-05", "gone", "health")
    faulty = evolve(file, support_needs=(*file.support_needs, broken))
    assert _result(faulty).grounds.set_aside == ()
    (told,) = casework.pathways(faulty, XX, on=ON).grounds.set_aside
    assert told.place == "support_needs.need"


def test_a_stored_package_with_a_pathway_twice_is_refused() -> None:
    result = _result(recalled())
    twice = evolve(result.package, pathways=result.package.pathways[:1] * 2)
    problems = [*incoherences_of_care(evolve(result, package=twice))]
    assert [(one.code, one.path) for one in problems] == [("does_not_follow", "package.pathways")]


def test_after_a_death_no_pathway_is_open() -> None:
    package = _package(evolve(recalled(), deaths=(death("d", "2026-03-09"),)))
    assert (package.pathways, package.duties) == ((), ())


def test_the_page_tells_open_pathways_and_the_reset_that_is_overdue() -> None:
    file = evolve(released(), placements=BACK)
    told = explain(_result(file))
    assert "! file that the pathways of resettlement begin anew (was due by 2026-03-09)" in told
    assert "- a place to live: not started (on 2026-03-09; begun anew; on record pl-3)" in told
    stored = exchange.write(_result(file))
    assert exchange.read(stored, HandOverResult) == _result(file)


@pytest.mark.parametrize(
    "hidden",
    [
        {"pathway_acts": (pathway_act("a", "done", "2026-02-27", "health"),)},
        {"support_needs": (support_need("s", "2026-02-02", "treatment", "drugs_and_alcohol"),)},
        {"pathway_assessments": (pathway_assessment("f", "2026-02-02", {"health": "done"}),)},
    ],
)
def test_a_reset_of_hidden_pathways_alone_is_no_duty_that_is_told(hidden: dict[str, Any]) -> None:
    nothing = case(placements=BACK, consents=(AGREED,))
    treated = evolve(nothing, **hidden)
    assert [one.kind.value for one in _package(treated).duties] == ["reset_pathways"]
    nothing, treated = (evolve(file, consents=()) for file in (nothing, treated))
    assert _package(treated) == _package(nothing)


def test_a_reset_is_a_duty_for_an_answer_on_a_visible_pathway() -> None:
    answers = {"health": "done", "accommodation": "support_required"}
    form = pathway_assessment("f", "2026-02-02", answers)
    package = _package(case(placements=BACK, pathway_assessments=(form,)))
    assert [one.kind.value for one in package.duties] == ["reset_pathways"]

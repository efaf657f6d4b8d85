"""The profile of needs: every domain with its level, or why it has none."""

from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

from rehabcore.care.needs.profile import NeedCount, NeedSeen, profile
from rehabcore.records import NeedFinding, NeedsAssessment
from rehabcore.records.glossary import codes
from rehabcore.rules.time.days import UNSURE
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Stability
from tests.kit.builders import day
from tests.kit.record_makers import XX, needs, profiled
from tests.kit.refusals import problems_of

MISSING, STALE = UnknownKind.MISSING, UnknownKind.STALE
DISPUTED, NEEDS_PERSON = UnknownKind.DISPUTED, UnknownKind.NEEDS_PERSON
STABLE, ACUTE = Stability.STABLE, Stability.ACUTE
DOMAINS = codes(XX.glossary.need_domains)


def housing(*assessments: NeedsAssessment, on: str = "2030-06-01") -> NeedSeen:
    """What is seen of the need of housing."""
    (seen,) = (n for n in profiled(*assessments, on=on).needs if n.domain == "housing")
    return seen


def assessed(record_id: str, level: str, on: str, said: Stability | None = None, **how: Any) -> Any:
    """An assessment of housing, with or without a word on its stability."""
    made = needs(record_id, on, findings={"housing": level, "work": "none"}, **how)
    finding = NeedFinding(domain="housing", level=level, stability=said)
    return evolve(made, findings=(finding, made.findings[1]))


def test_a_profile_lists_every_domain_in_the_order_of_the_glossary() -> None:
    seen = profiled(needs("n", "2030-01-01", findings={"housing": "high", "substance_use": "none"}))
    assert tuple(need.domain for need in seen.needs) == DOMAINS
    assert (seen.on, seen.levels) == (day("2030-06-01"), ("none", "some", "high"))


@pytest.mark.parametrize(
    ("assessments", "expected"),
    [
        ([], {"unknown": MISSING}),
        (
            [assessed("n", "high", "2030-01-01")],
            {"level": "high", "assessed_on": day("2030-01-01"), "evidence": ("n",)},
        ),
        ([assessed("n", "high", "2030-06-02")], {"unknown": MISSING}),
        (
            [assessed("n", "high", "2030-06-01", ACUTE)],
            {
                "level": "high",
                "stability": ACUTE,
                "assessed_on": day("2030-06-01"),
                "evidence": ("n",),
            },
        ),
        (
            [assessed("n", "high", "2030-01-01", expires="2030-06-02")],
            {"level": "high", "assessed_on": day("2030-01-01"), "evidence": ("n",)},
        ),
        (
            [assessed("n", "high", "2030-01-01", ACUTE, expires="2030-06-01")],
            {
                "unknown": STALE,
                "stability": ACUTE,
                "assessed_on": day("2030-01-01"),
                "evidence": ("n",),
            },
        ),
        (
            [assessed("n", "high", "2030-01-01", expires=UNSURE)],
            {"unknown": MISSING, "assessed_on": day("2030-01-01"), "evidence": ("n",)},
        ),
        (
            [assessed("n", "high", "2030-01-01", confirmed=False)],
            {"unknown": NEEDS_PERSON, "assessed_on": day("2030-01-01"), "evidence": ("n",)},
        ),
        (
            [
                assessed("n", "high", "2030-01-01"),
                assessed("m", "none", "2030-02-01", instrument="judgement"),
            ],
            {"unknown": DISPUTED, "assessed_on": day("2030-02-01"), "evidence": ("m", "n")},
        ),
        (
            [
                assessed("n", "high", "2030-01-01", STABLE),
                assessed("m", "high", "2030-02-01", instrument="judgement"),
            ],
            {
                "level": "high",
                "stability": STABLE,
                "assessed_on": day("2030-02-01"),
                "evidence": ("m", "n"),
            },
        ),
        (
            [
                assessed("n", "high", "2030-01-01", STABLE),
                assessed("m", "high", "2030-02-01", ACUTE, instrument="judgement"),
            ],
            {
                "level": "high",
                "stability": ACUTE,
                "assessed_on": day("2030-02-01"),
                "evidence": ("m", "n"),
            },
        ),
        (
            [
                assessed("n", "high", "2030-01-01", ACUTE),
                assessed("m", "some", "2030-02-01", STABLE),
            ],
            {
                "level": "some",
                "stability": STABLE,
                "assessed_on": day("2030-02-01"),
                "evidence": ("m",),
            },
        ),
    ],
    ids=[
        "not-assessed",
        "known",
        "the-day-before-the-assessment",
        "the-day-of-the-assessment",
        "its-last-day",
        "the-day-on-which-it-expired",
        "nobody-recorded-until-when",
        "not-confirmed",
        "instrument-and-judgement-differ",
        "instrument-and-judgement-agree",
        "acute-by-one-of-them",
        "a-newer-one-of-the-same-instrument",
    ],
)
def test_a_domain_has_a_level_or_says_why_not(
    assessments: list[NeedsAssessment], expected: dict[str, Any]
) -> None:
    for order in permutations(assessments):
        assert housing(*order) == NeedSeen(domain="housing", **expected)


def test_what_was_not_assessed_is_told_apart_from_what_is_no_longer_known() -> None:
    seen = profiled(needs("n", "2030-01-01", "2030-02-01", findings={"work": "high"}))
    assert seen.not_assessed == ("substance_use", "attitudes", "housing")
    assert [need.domain for need in seen.unknown] == list(DOMAINS)


def test_a_domain_that_an_assessment_does_not_list_was_not_assessed_by_it() -> None:
    assert housing(needs("n", "2030-01-01", findings={"work": "high"})).evidence == ()


@pytest.mark.parametrize(
    ("level", "domains"),
    [
        ("none", ["substance_use", "attitudes", "work"]),
        ("some", ["attitudes", "work"]),
        ("high", ["work"]),
    ],
)
def test_needs_from_a_level_are_those_that_are_known_to_reach_it(
    level: str, domains: list[str]
) -> None:
    found = {"work": "high", "attitudes": "some", "substance_use": "none"}
    seen = profiled(needs("n", "2030-01-01", findings=found))
    assert [need.domain for need in seen.from_level(level)] == domains


def test_a_level_that_the_country_does_not_have_is_refused() -> None:
    assert problems_of(lambda: profiled().count(DOMAINS, "extreme")) == [("unknown_value", "level")]


@pytest.mark.parametrize(
    ("domains", "level", "expected"),
    [
        (DOMAINS, "some", NeedCount(2, 3)),
        (DOMAINS, "high", NeedCount(1, 2)),
        (["work", "attitudes"], "some", NeedCount(2, 2)),
        (["housing"], "some", NeedCount(0, 1)),
        ([], "none", NeedCount(0, 0)),
    ],
)
def test_a_need_that_is_not_known_may_or_may_not_count(
    domains: list[str], level: str, expected: NeedCount
) -> None:
    found = {"work": "high", "attitudes": "some", "substance_use": "none"}
    seen = profiled(needs("n", "2030-01-01", findings=found))
    assert seen.count(domains, level) == expected


@pytest.mark.parametrize(
    ("least", "most", "paths"),
    [(-1, 0, ["least"]), (2, 1, ["most"]), (-2, -3, ["least", "most"]), ("1", 2, ["least"])],
)
def test_a_count_is_from_a_number_to_no_smaller_one(
    least: Any, most: int, paths: list[str]
) -> None:
    with pytest.raises(InputError) as raised:
        NeedCount(least, most)
    assert [problem.path for problem in raised.value.problems] == paths


def test_a_profile_is_made_of_the_levels_of_need_alone() -> None:
    with pytest.raises(InputError) as caught:
        profile(XX.facts["age"], lambda asked: asked.fact.absent(), (), on=day("2026-06-01"))
    assert [problem.path for problem in caught.value.problems] == ["need_level"]

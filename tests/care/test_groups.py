"""Who may share a group, by levels of risk: three answers, and an override that a person signs."""

from typing import Any

import pytest

from rehabcore import jurisdictions
from rehabcore.care.needs.groups import Apart, GroupAnswer, MixingOverride, may_share_group
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import StaffId
from tests.kit.builders import day
from tests.kit.record_makers import XX
from tests.kit.refusals import problems_of

APART = XX.rnr_policy.apart
MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
SIGNED = MixingOverride(
    decided_by=StaffId("psychologist-7"), decided_on=day("2030-01-01"), reason="no_other_group"
)


@pytest.mark.parametrize(
    ("members", "answer", "low", "high", "unknown"),
    [
        ([], MET, (), (), ()),
        (["low"], MET, (0,), (), ()),
        (["low", "low", "medium"], MET, (0, 1), (), ()),
        (["high", "medium"], MET, (), (0,), ()),
        (["medium", "medium"], MET, (), (), ()),
        (["low", "high"], NOT_MET, (0,), (1,), ()),
        (["high", "medium", "low", None], NOT_MET, (2,), (0,), (3,)),
        ([None], MET, (), (), (0,)),
        ([None, None], UNKNOWN, (), (), (0, 1)),
        (["medium", None], MET, (), (), (1,)),
        (["low", None], UNKNOWN, (0,), (), (1,)),
        ([None, "high"], UNKNOWN, (), (1,), (0,)),
    ],
    ids=[
        *("nobody", "one", "low-and-medium", "high-and-medium", "all-medium", "low-and-high"),
        *("unknown-changes-nothing", "alone-and-unknown", "two-unknown", "medium-and-unknown"),
        *("low-and-unknown", "high-and-unknown"),
    ],
)
def test_low_and_high_risk_do_not_share_a_group(
    members: list[str | None], answer: Answer, low: Any, high: Any, unknown: Any
) -> None:
    found = may_share_group(APART, members)
    assert (found.answer, found.low, found.high, found.unknown) == (answer, low, high, unknown)
    assert found.allowed == (answer is MET)
    assert [citation.source_id for citation in found.cite] == ["lowenkamp-2006"]


@pytest.mark.parametrize("members", [["low", "high"], ["low", None]])
def test_a_named_person_may_override_and_the_answer_stays(members: list[str | None]) -> None:
    before, after = (
        may_share_group(APART, members),
        may_share_group(APART, members, override=SIGNED),
    )
    assert (before.allowed, after.allowed) == (False, True)
    assert after.answer is before.answer
    assert after.override == SIGNED


def test_an_override_of_nothing_is_refused() -> None:
    with pytest.raises(InputError) as raised:
        may_share_group(APART, ["low", "medium"], override=SIGNED)
    assert [(p.code, p.path) for p in raised.value.problems] == [("out_of_range", "override")]


def test_an_override_has_a_person_who_is_not_shown_and_a_reason_that_can_be_counted() -> None:
    with pytest.raises(InputError) as raised:
        MixingOverride(decided_by=StaffId(""), decided_on=day("2030-01-01"), reason="Why not.")
    assert [(problem.code, problem.path) for problem in raised.value.problems] == [
        ("out_of_range", "decided_by"),
        ("not_a_code", "reason"),
    ]
    assert "psychologist" not in repr(SIGNED)


def test_a_level_that_the_country_does_not_have_is_refused_by_its_place() -> None:
    assert problems_of(lambda: may_share_group(APART, ["low", "extreme", None, "higher"])) == [
        ("unknown_value", "members[1]"),
        ("unknown_value", "members[3]"),
    ]


@pytest.mark.parametrize("country", ["ge", "ge-example"])
def test_georgia_does_not_say_who_is_kept_apart(country: str) -> None:
    apart = jurisdictions.load(country).rnr_policy.apart
    assert may_share_group(apart, ["low"]) == GroupAnswer(answer=UNKNOWN)
    assert may_share_group(apart, ["low", "high"], override=SIGNED).allowed


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (["low"], ["medium", "high"], []),
        ([], ["high"], [("empty_group", "low")]),
        (["low"], [], [("empty_group", "high")]),
        (["x"], ["y"], [("unknown_value", "low"), ("unknown_value", "high")]),
        (["low", "high"], ["high"], [("repeated_item", "high")]),
    ],
    ids=["plain", "nobody-low", "nobody-high", "no-such-levels", "both"],
)
def test_the_two_sides_are_levels_of_the_country(
    low: list[str], high: list[str], expected: list[tuple[str, str]]
) -> None:
    found: list[tuple[str, str]] = []
    try:
        Apart(levels=("low", "medium", "high"), low=frozenset(low), high=frozenset(high))
    except InputError as error:
        found = [(problem.code, problem.path) for problem in error.problems]
    assert found == expected

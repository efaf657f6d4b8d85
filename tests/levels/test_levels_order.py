"""Assessments and decisions of one day in order or in none, and of days known in part."""

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

from rehabcore.care.needs.profile import NeedSeen
from rehabcore.levels import RiskPolicy, override_report
from rehabcore.records import CaseFile, LevelOverride, Resolution, RiskAssessment
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, day, some_day, span
from tests.kit.record_makers import Piece, needs, override, profiled, resolution, risk, told

MISSING, DISPUTED, STALE = UnknownKind.MISSING, UnknownKind.DISPUTED, UnknownKind.STALE
NEEDS_PERSON = UnknownKind.NEEDS_PERSON
MARCH = some_day("2020-03")
ON = "2020-03-01"
BEFORE: Piece = ("", MISSING, "")
LOW = risk("a", "low", "2020-01-01")
PERHAPS_WITHIN = {"from": "2019-02-20", "to": "2019-03-10"}
IN_MARCH = evolve(risk("b", "high", ON), assessed_on=MARCH)


def _case(*records: Any) -> CaseFile:
    return case(
        risk_assessments=tuple(r for r in records if isinstance(r, RiskAssessment)),
        level_overrides=tuple(r for r in records if isinstance(r, LevelOverride)),
        resolutions=tuple(r for r in records if isinstance(r, Resolution)),
    )


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (
            [risk("a", "low", ON, sequence=1), risk("b", "high", ON, sequence=2)],
            [(ON, "high", "b")],
        ),
        ([risk("a", "low", ON), risk("b", "high", ON)], [(ON, DISPUTED, "a b")]),
        (
            [
                risk("a", "low", ON, sequence=1, confirmed=False),
                risk("b", "high", ON, sequence=2),
            ],
            [(ON, "high", "b")],
        ),
        (
            [
                risk("a", "low", ON, sequence=1),
                risk("b", "high", ON, sequence=2, instrument="other"),
            ],
            [(ON, DISPUTED, "a b")],
        ),
        (
            [LOW, IN_MARCH],
            [("2020-01-01", "low", "a"), (ON, MISSING, "b"), ("2020-03-31", "high", "b")],
        ),
        (
            [LOW, evolve(IN_MARCH, level="low")],
            [("2020-01-01", "low", "a"), ("2020-03-31", "low", "b")],
        ),
        (
            [
                LOW,
                override("o", "a", "high", ON, sequence=1),
                override("p", "a", "medium", ON, sequence=2),
            ],
            [("2020-01-01", "low", "a"), (ON, "medium", "a p")],
        ),
        (
            [
                LOW,
                override("o", "a", "high", ON, sequence=1),
                override("p", "a", "medium", ON, "2020-05-01", sequence=2),
            ],
            [
                ("2020-01-01", "low", "a"),
                (ON, "medium", "a p"),
                ("2020-05-01", "high", "a o"),
            ],
        ),
        (
            [LOW, evolve(override("o", "a", "high", ON), decided_on=MARCH)],
            [("2020-01-01", "low", "a"), (ON, DISPUTED, "a o"), ("2020-03-31", "high", "a o")],
        ),
        (
            [LOW, evolve(override("o", "a", "high", "2020-02-01"), until=MARCH)],
            [
                ("2020-01-01", "low", "a"),
                ("2020-02-01", "high", "a o"),
                (ON, DISPUTED, "a o"),
                ("2020-03-31", "low", "a"),
            ],
        ),
        (
            [
                LOW,
                override("o", "a", "high", "2020-02-01"),
                evolve(override("p", "a", "high", ON), decided_on=MARCH),
            ],
            [
                ("2020-01-01", "low", "a"),
                ("2020-02-01", "high", "a o"),
                (ON, "high", "a o p"),
                ("2020-03-31", "high", "a p"),
            ],
        ),
        (
            [
                LOW,
                override("o", "a", "high", "2020-03-15"),
                evolve(override("p", "a", "medium", ON), decided_on=MARCH),
            ],
            [
                ("2020-01-01", "low", "a"),
                (ON, DISPUTED, "a p"),
                ("2020-03-15", DISPUTED, "a o p"),
            ],
        ),
    ],
    ids=[
        "assessed-anew",
        "in-no-order",
        "unconfirmed-then-confirmed",
        "of-two-instruments",
        "assessed-in-march",
        "the-same-in-march",
        "overridden-twice",
        "the-first-override-comes-to-light",
        "overridden-in-march",
        "until-march",
        "overridden-alike-in-march",
        "perhaps-overridden-before",
    ],
)
def test_the_last_word_on_a_level_counts(records: list[Any], expected: list[Piece]) -> None:
    for order in permutations(records):
        assert told(_case(*order), "risk_level") == [BEFORE, *expected]


HIGH = risk("b", "high", "2020-02-01", instrument="other")


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (
            [
                resolution("r", ["a", "b"], "low", ON, sequence=1),
                risk("n", "high", ON, instrument="new", sequence=2),
            ],
            [(ON, DISPUTED, "a b n")],
        ),
        (
            [
                resolution("r", ["a", "b"], "low", ON, sequence=2),
                risk("n", "low", ON, instrument="new", sequence=1),
            ],
            [(ON, "low", "a b n r")],
        ),
        (
            [
                resolution("r", ["a", "b"], "low", ON, sequence=1),
                resolution("s", ["a", "b"], "high", ON, sequence=2),
            ],
            [(ON, "high", "a b s")],
        ),
        (
            [evolve(resolution("r", ["a", "b"], "low", ON), decided_on=MARCH)],
            [(ON, DISPUTED, "a b r"), ("2020-03-31", "low", "a b r")],
        ),
        (
            [
                resolution("r", ["a", "b"], "low", "2020-02-15"),
                evolve(risk("n", "high", ON, instrument="new"), assessed_on=MARCH),
            ],
            [
                ("2020-02-15", "low", "a b r"),
                (ON, DISPUTED, "a b r"),
                ("2020-03-31", DISPUTED, "a b n"),
            ],
        ),
    ],
    ids=[
        "resolved-then-assessed",
        "assessed-then-resolved",
        "resolved-twice",
        "in-march",
        "until-march",
    ],
)
def test_a_resolution_follows_the_order_of_its_day(
    records: list[Any], expected: list[Piece]
) -> None:
    start = [BEFORE, ("2020-01-01", "low", "a"), ("2020-02-01", DISPUTED, "a b")]
    pieces = told(_case(LOW, HIGH, *records), "risk_level")
    assert [piece for piece in pieces if piece not in start and "r o" not in piece[2]] == expected


def test_a_resolution_comes_after_what_it_names_whenever_that_was_recorded() -> None:
    late = evolve(
        HIGH, assessed_on=day(ON), filed=evolve(HIGH.filed, recorded_on=day("2020-06-01"))
    )
    assert told(_case(LOW, late, resolution("r", ["a", "b"], "low", ON)), "risk_level") == [
        BEFORE,
        ("2020-01-01", "low", "a"),
        (ON, "low", "a b r"),
    ]


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (
            [LOW, IN_MARCH],
            [
                ("2020-01-01", "2021-01-01", "a"),
                (ON, MISSING, "a b"),
                ("2020-03-31", "disputed 2020-06-01..2020-06-30", "b"),
            ],
        ),
        (
            [LOW, evolve(override("o", "a", "high", ON), decided_on=MARCH)],
            [
                ("2020-01-01", "2021-01-01", "a"),
                (ON, "disputed 2020-04-01..2021-01-01", "a o"),
                ("2020-03-31", "2020-04-01", "a o"),
            ],
        ),
        (
            [
                risk("a", "high", ON, "2020-04-01", sequence=1),
                risk("b", "low", ON, "2020-04-01", instrument="other", sequence=2),
            ],
            [(ON, "disputed 2020-06-01..2021-03-01", "a b"), ("2020-04-01", "2021-03-01", "b")],
        ),
        (
            [
                evolve(risk("a", "high", ON), assessed_on=MARCH, expires=day("2020-03-10")),
            ],
            [(ON, MISSING, "a"), ("2020-03-10", NEEDS_PERSON, "a")],
        ),
    ],
    ids=["assessed-in-march", "overridden-in-march", "the-later-of-a-day", "expired-by-then"],
)
def test_the_next_assessment_is_due_after_the_last(
    records: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(records):
        assert told(_case(*order), "time_to_reassessment") == [BEFORE, *expected]


def _scored(record_id: str, score: int, on: object, **filing: Any) -> RiskAssessment:
    made = risk(record_id, "low", ON, **filing)
    return evolve(made, score=Decimal(score), assessed_on=some_day(on))


@pytest.mark.parametrize(
    ("earlier", "fall"),
    [
        ([_scored("a", 50, ON, sequence=1)], Decimal(40)),
        ([_scored("a", 50, ON, sequence=3)], None),
        ([_scored("a", 60, "2020-02"), _scored("b", 50, ON, sequence=1)], Decimal(50)),
        (
            [
                _scored("a", 60, "2020-02-01", sequence=1),
                _scored("b", 50, "2020-02-01", sequence=2),
            ],
            Decimal(50),
        ),
        ([_scored("a", 60, "2020-02-01"), _scored("b", 50, "2020-02-01")], DISPUTED),
        ([_scored("a", 60, "2020-02"), _scored("b", 50, "2020-02-15")], DISPUTED),
        (
            [
                _scored("a", 60, PERHAPS_WITHIN),
                _scored("b", 50, "2020-02-01"),
            ],
            DISPUTED,
        ),
        ([_scored("a", 60, PERHAPS_WITHIN)], MISSING),
        ([_scored("a", 60, "2019-02"), _scored("b", 50, "2020-02-01")], Decimal(40)),
    ],
    ids=[
        "earlier-on-the-day",
        "later-on-the-day",
        "in-the-month-before",
        "the-first-of-a-day",
        "in-no-order",
        "perhaps-the-first",
        "perhaps-within-the-term",
        "alone-perhaps-within-the-term",
        "not-within-the-term",
    ],
)
def test_a_score_falls_from_the_first_of_the_term(earlier: list[Any], fall: object) -> None:
    last = _scored("z", 30, ON, sequence=2)
    for order in permutations([last, *earlier]):
        pieces = told(_case(*order), "risk_score_fall", within="1 year")
        said = [value for _, value, source in pieces if source.split()[-1:] == ["z"]]
        assert said[:1] == ([] if fall is None else [fall])


def test_needs_follow_the_order_of_their_day() -> None:
    seen = profiled(
        needs("n", ON, findings={"work": "high"}, sequence=1),
        needs("m", ON, findings={"work": "some"}, sequence=2),
        evolve(needs("o", ON, findings={"housing": "some"}), assessed_on=MARCH),
    )
    told_of = {need.domain: need for need in seen.needs}
    assert (told_of["work"].level, told_of["work"].evidence) == ("some", ("m",))
    assert told_of["housing"] == NeedSeen(
        domain="housing", level="some", assessed_on=MARCH, evidence=("o",)
    )


def test_only_overrides_of_assessments_certainly_made_within_some_days_are_counted() -> None:
    file = _case(LOW, IN_MARCH)
    counted = [
        override_report([file], RiskPolicy(), within=span(start, end)).assessments
        for start, end in (("2020-01-01", "2020-03-31"), ("2020-01-01", "2020-04-01"))
    ]
    assert counted == [1, 2]


# --- what held within a day ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "gap", "expected"),
    [
        (
            [risk("b", "high", ON, sequence=1), risk("c", "low", ON, sequence=2)],
            {},
            [(ON, ON, "c")],
        ),
        (
            [risk("b", "high", ON, sequence=1), risk("c", "low", ON, sequence=2)],
            {"gap": "1 day"},
            [(ON, "2020-01-01", "a c")],
        ),
        (
            [risk("b", "medium", ON, sequence=1), risk("c", "low", ON, sequence=2)],
            {},
            [(ON, "2020-01-01", "a c")],
        ),
        (
            [risk("b", None, ON, sequence=1), risk("c", "low", ON, sequence=2)],
            {},
            [(ON, "needs_person 2020-01-01..2020-03-01", "a b c")],
        ),
        (
            [
                risk("b", "high", ON, instrument="other", sequence=1),
                risk("c", "low", ON, instrument="other", sequence=2),
            ],
            {},
            [(ON, "needs_person 2020-01-01..2020-03-01", "a b c")],
        ),
        (
            [
                override("o", "a", "high", ON, sequence=1),
                override("p", "a", "medium", ON, sequence=2),
                override("q", "a", "high", "2019-12-01", "2019-12-20"),
            ],
            {},
            [(ON, ON, "a p")],
        ),
    ],
    ids=[
        "another-level",
        "another-level-that-a-gap-allows",
        "another-of-those-wanted",
        "no-level",
        "while-another-instrument-says-low",
        "overridden-twice",
    ],
)
def test_another_level_within_a_day_breaks_the_time_at_a_level(
    records: list[Any], gap: dict[str, str], expected: list[Piece]
) -> None:
    asked: dict[str, Any] = {"risk_level": "low, medium", **gap}
    for order in permutations([LOW, *records]):
        pieces = told(_case(*order), "time_at_risk_level", **asked)
        assert pieces == [BEFORE, ("2020-01-01", "2020-01-01", "a"), *expected]


def test_a_level_that_is_wanted_may_go_on_until_what_follows_within_the_day() -> None:
    decided = [
        resolution("r", ["a", "b"], "low", "2020-02-01"),
        override("o", "a", "high", ON, sequence=1),
        resolution("s", ["a", "b"], "low", ON, sequence=2),
    ]
    pieces = told(_case(LOW, HIGH, *decided), "time_at_risk_level", risk_level="low")
    assert pieces[-1] == (ON, "needs_person 2020-01-01..2020-03-01", "a b o r s")


def test_another_level_of_need_within_a_day_breaks_the_time_at_a_level() -> None:
    file = case(
        needs_assessments=(
            needs("a", "2020-01-01", findings={"work": "none"}),
            needs("b", ON, findings={"work": "high"}, sequence=1),
            needs("c", ON, findings={"work": "none"}, sequence=2),
            needs("d", ON, findings={"work": "high"}, sequence=3, confirmed=False),
        )
    )
    assert told(file, "time_at_need_level", domain="work", need_level="none") == [
        BEFORE,
        ("2020-01-01", "2020-01-01", "a"),
        (ON, ON, "c"),
    ]

"""Assessments that the person contests: a flag until it is decided, and no value once upheld."""

from decimal import Decimal
from functools import partial
from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework
from rehabcore.reports import explain
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Assumption, Known, Unknown
from rehabcore.rules.time.days import UNSURE
from rehabcore.rules.time.partial import LATEST_DAY, PartialDay
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, day, some_day
from tests.kit.plan_records import needs_contest, risk_contest
from tests.kit.record_makers import (
    XX,
    Piece,
    facts_of,
    found,
    in_words,
    needs,
    override,
    risk,
    told,
)
from tests.kit.refusals import problems_of

MISSING, STALE, DISPUTED = UnknownKind.MISSING, UnknownKind.STALE, UnknownKind.DISPUTED
WORK = {"work": "high"}
NEEDS = needs("n", "2030-01-01", "2031-01-01", findings=WORK)
RISK = risk("r", "high", "2030-01-01", "2031-01-01")


@pytest.mark.parametrize(
    ("contests", "expected"),
    [
        (
            [needs_contest("c", "n", "2030-02-01")],
            [
                ("2030-01-01", "high", "n"),
                ("2030-02-01", "high", "c n"),
                ("2031-01-01", STALE, "c n"),
            ],
        ),
        (
            [needs_contest("c", "n", "2030-02-01", "dismissed", "2030-03-01")],
            [
                ("2030-01-01", "high", "n"),
                ("2030-02-01", "high", "c n"),
                ("2030-03-01", "high", "n"),
                ("2031-01-01", STALE, "n"),
            ],
        ),
        (
            [needs_contest("c", "n", "2030-02-01", "upheld", "2030-03-01")],
            [
                ("2030-01-01", "high", "n"),
                ("2030-02-01", "high", "c n"),
                ("2030-03-01", STALE, "c n"),
            ],
        ),
        (
            [needs_contest("c", "n", "2030-01-01", "upheld", "2030-01-01")],
            [("2030-01-01", STALE, "c n")],
        ),
        (
            [
                needs_contest("c", "n", "2030-02-01", "dismissed", "2030-03-01"),
                needs_contest("d", "n", "2030-04-01", "upheld", "2030-05-01"),
            ],
            [
                ("2030-01-01", "high", "n"),
                ("2030-02-01", "high", "c n"),
                ("2030-03-01", "high", "n"),
                ("2030-04-01", "high", "d n"),
                ("2030-05-01", STALE, "d n"),
            ],
        ),
        (
            [needs_contest("c", "n", "2031-02-01", "upheld", "2031-03-01")],
            [
                ("2030-01-01", "high", "n"),
                ("2031-01-01", STALE, "n"),
                ("2031-02-01", STALE, "c n"),
            ],
        ),
    ],
    ids=["open", "dismissed", "upheld", "upheld-at-once", "contested-again", "after-expiry"],
)
def test_a_contest_is_a_flag_and_takes_the_level_away_once_it_is_upheld(
    contests: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(contests):
        file = case(needs_assessments=(NEEDS,), needs_contests=order)
        assert told(file, "need_level", domain="work") == [("", MISSING, ""), *expected]


def test_as_long_as_nobody_has_decided_the_value_tells_that_it_is_contested() -> None:
    file = case(
        needs_assessments=(NEEDS,),
        needs_contests=(needs_contest("c", "n", "2030-02-01", "dismissed", "2030-03-01"),),
    )
    asked = ask(XX.facts["need_level"], domain="work")
    said = [facts_of(file).on(day(on))(asked) for on in ("2030-01-31", "2030-02-01", "2030-03-01")]
    assumed = [cell.assumption for cell in said if isinstance(cell, Known)]
    assert assumed == [None, Assumption.CONTESTED, None]


def test_an_assessment_that_is_upheld_brings_no_older_one_back() -> None:
    older = needs("o", "2029-06-01", "2031-01-01", findings={"work": "none"})
    upheld = needs_contest("c", "n", "2030-02-01", "upheld", "2030-03-01")
    file = case(needs_assessments=(older, NEEDS), needs_contests=(upheld,))
    assert told(file, "need_level", domain="work")[-1] == ("2030-03-01", STALE, "c n")


def test_of_two_that_disagree_the_other_one_counts_once_a_contest_is_upheld() -> None:
    other = needs("o", "2030-01-01", "2031-01-01", findings={"work": "none"}, instrument="needs-2")
    file = case(
        needs_assessments=(NEEDS, other),
        needs_contests=(needs_contest("c", "n", "2030-02-01", "upheld", "2030-03-01"),),
    )
    assert told(file, "need_level", domain="work") == [
        ("", MISSING, ""),
        ("2030-01-01", DISPUTED, "n o"),
        ("2030-02-01", DISPUTED, "c n o"),
        ("2030-03-01", "none", "o"),
        ("2031-01-01", STALE, "c n o"),
    ]


@pytest.mark.parametrize(
    ("decided", "expires", "expected"),
    [
        ("2030-03", "2031-01-01", [("2030-03-01", STALE, "c n")]),
        ("2030-03-01", UNSURE, [("2030-03-01", STALE, "c n")]),
        ("2030-03-01", "open", [("2030-03-01", STALE, "c n")]),
    ],
    ids=["some-day-in-march", "perhaps-expired", "never-expires"],
)
def test_from_the_first_day_on_which_it_may_be_upheld_no_value_rests_on_it(
    decided: str, expires: Any, expected: list[Piece]
) -> None:
    upheld = needs_contest("c", "n", "2030-02-01", "upheld", "2030-06-01")
    upheld = evolve(upheld, decided_on=some_day(decided))
    assessed = (
        needs("n", "2030-01-01", expires, findings=WORK)
        if expires != "open"
        else needs("n", "2030-01-01", findings=WORK)
    )
    file = case(needs_assessments=(assessed,), needs_contests=(upheld,))
    later = [one for one in told(file, "need_level", domain="work") if one[0] >= "2030-03-01"]
    assert all(value is not None and value != "high" for _, value, _ in later)
    assert later[-1][1:] == expected[-1][1:]


@pytest.mark.parametrize("assessed_on", [PartialDay(), LATEST_DAY], ids=["any-day", "last-of-all"])
def test_an_assessment_of_a_day_that_nothing_follows_can_be_upheld_too(assessed_on: Any) -> None:
    upheld = evolve(
        needs_contest("c", "n", "2030-02-01", "upheld", "2030-03-01"),
        contested_on=LATEST_DAY,
        decided_on=LATEST_DAY,
    )
    assessed = evolve(needs("n", "2030-01-01", findings=WORK), assessed_on=assessed_on)
    file = case(needs_assessments=(assessed,), needs_contests=(upheld,))
    assert not isinstance(
        facts_of(file).on(LATEST_DAY)(ask(XX.facts["need_level"], domain="work")), Known
    )


def test_a_contest_that_changed_is_read_as_it_stands_on_the_day() -> None:
    filed_first = needs_contest("c", "n", "2030-02-01")
    decided = needs_contest("d", "n", "2030-02-01", "upheld", "2030-03-01")
    decided = evolve(
        decided,
        filed=evolve(decided.filed, changes=filed_first.filed.record_id, since=day("2030-03-01")),
    )
    file = case(needs_assessments=(NEEDS,), needs_contests=(filed_first, decided))
    assert told(file, "need_level", domain="work") == [
        ("", MISSING, ""),
        ("2030-01-01", "high", "n"),
        ("2030-02-01", "high", "c n"),
        ("2030-03-01", STALE, "d n"),
    ]


# --- other facts that rest on an assessment -------------------------------------------------


def test_time_at_a_level_that_rests_on_it_is_not_known_either() -> None:
    newer = needs("m", "2030-03-01", "2031-03-01", findings=WORK)
    upheld = needs_contest("c", "n", "2030-02-01", "upheld", "2030-04-01")
    file = case(needs_assessments=(NEEDS, newer), needs_contests=(upheld,))
    asked = ask(XX.facts["time_at_need_level"], domain="work", need_level="high")
    cells = facts_of(file)
    assert isinstance(cells.on(day("2030-03-15"))(asked), Known)
    assert isinstance(cells.on(day("2030-04-01"))(asked), Unknown)


def test_a_part_of_a_domain_is_contested_with_its_finding() -> None:
    found_in = {"substance_use": "drugs"}
    assessed = needs("n", "2030-01-01", findings={"substance_use": "high"}, found_in=found_in)
    upheld = needs_contest("c", "n", "2030-02-01", "upheld", "2030-03-01")
    file = case(needs_assessments=(assessed,), needs_contests=(upheld,))
    assert told(file, "need_found_in", subdomain="drugs")[1:] == [
        ("2030-01-01", True, "n"),
        ("2030-02-01", True, "c n"),
        ("2030-03-01", STALE, "c n"),
    ]


def test_a_contested_risk_keeps_its_level_until_it_is_upheld() -> None:
    upheld = risk_contest("c", "r", "2030-02-01", "upheld", "2030-03-01")
    file = case(risk_assessments=(RISK,), risk_contests=(upheld,))
    assert told(file, "risk_level") == [
        ("", MISSING, ""),
        ("2030-01-01", "high", "r"),
        ("2030-02-01", "high", "c r"),
        ("2030-03-01", STALE, "c r"),
    ]
    for name in ("risk_level", "risk_score", "time_to_reassessment"):
        last = facts_of(file).on(day("2030-06-01"))(ask(XX.facts[name]))
        assert isinstance(last, Unknown), name


def test_an_override_of_an_upheld_assessment_does_not_outlive_it() -> None:
    file = case(
        risk_assessments=(RISK,),
        level_overrides=(override("o", "r", "medium", "2030-01-15"),),
        risk_contests=(risk_contest("c", "r", "2030-02-01", "upheld", "2030-03-01"),),
    )
    pieces = told(file, "risk_level")
    assert ("2030-02-01", "medium", "c o r") in pieces
    assert pieces[-1][:2] == ("2030-03-01", STALE)


def test_a_fall_of_the_score_does_not_rest_on_what_was_upheld() -> None:
    high = evolve(RISK, score=Decimal("20"))
    low = evolve(risk("s", "low", "2030-04-01", "2031-01-01"), score=Decimal("10"))
    upheld = risk_contest("c", "r", "2030-02-01", "upheld", "2030-05-01")
    asked = ask(XX.facts["risk_score_fall"], within="1 year")
    file = case(risk_assessments=(high, low), risk_contests=(upheld,))
    cells = [facts_of(file).on(day(on))(asked) for on in ("2030-04-30", "2030-05-01")]
    assert [type(cell) for cell in cells] == [Known, Unknown]


def test_a_fall_of_the_score_rests_on_what_was_dismissed() -> None:
    high = evolve(RISK, score=Decimal("20"))
    low = evolve(risk("s", "low", "2030-04-01", "2031-01-01"), score=Decimal("10"))
    dismissed = risk_contest("c", "r", "2030-02-01", "dismissed", "2030-05-01")
    file = case(risk_assessments=(high, low), risk_contests=(dismissed,))
    assert told(file, "risk_score_fall", within="1 year")[-2][:2] == ("2030-04-01", Decimal(50))


# --- what is told, and what is refused -------------------------------------------------------


def test_pages_tell_that_a_level_is_contested() -> None:
    file = case(
        needs_assessments=(NEEDS,),
        risk_assessments=(RISK,),
        needs_contests=(needs_contest("c", "n", "2030-02-01"),),
        risk_contests=(risk_contest("d", "r", "2030-02-01"),),
    )
    for on, times in (("2030-01-15", 0), ("2030-02-15", 2)):
        page = explain(casework.needs(file, XX, on=day(on)))
        assert page.count("rests on an assessment that the person contests") == times
    verdicts = explain(casework.match(file, XX, on=day("2030-02-15")), detail=True)
    assert "rests on an assessment that the person contests" in verdicts


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"decided_on": None}, [("missing_key", "decided_on")]),
        ({"decided_by": None}, [("missing_key", "decided_by")]),
        ({"outcome": None}, [("missing_key", "outcome")]),
        ({"decided_on": day("2030-01-31")}, [("ends_before_start", "decided_on")]),
    ],
)
def test_an_outcome_has_its_day_and_its_person(
    changed: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    for made in (needs_contest, risk_contest):
        whole = made("c", "n", "2030-02-01", "upheld", "2030-02-01")
        assert problems_of(partial(evolve, whole, **changed)) == expected


def test_a_contest_names_an_assessment_of_its_kind_that_was_made_before() -> None:
    file = case(
        needs_assessments=(NEEDS,),
        risk_assessments=(RISK,),
        needs_contests=(
            needs_contest("c", "r", "2030-02-01"),
            needs_contest("d", "n", "2029-12-31"),
        ),
        risk_contests=(
            risk_contest("e", "r", "2029-12-31"),
            risk_contest("f", "gone", "2030-02-01"),
        ),
    )
    assert sorted(found(file)) == [
        ("dangling_id", "needs_contests[0].assessment"),
        ("dangling_id", "risk_contests[1].assessment"),
        ("ends_before_start", "needs_contests[1].contested_on"),
        ("ends_before_start", "risk_contests[0].contested_on"),
    ]


def test_what_another_office_says_too_early_is_left_to_a_person() -> None:
    early = needs_contest("c", "n", "2029-12-01", "upheld", "2029-12-31", source="b")
    file = case(needs_assessments=(NEEDS,), needs_contests=(early,))
    kinds = {value for _, value, _ in in_words(XX.facts_of(file), "need_level", domain="work")}
    assert "high" not in kinds
    assert UnknownKind.NEEDS_PERSON in kinds


def test_the_words_of_the_person_are_not_shown() -> None:
    contest = evolve(needs_contest("c", "n", "2030-02-01"), reason="Nino lied")
    assert "Nino" not in repr(contest)
    assert "head-1" not in repr(needs_contest("c", "n", "2030-02-01", "upheld", "2030-02-01"))

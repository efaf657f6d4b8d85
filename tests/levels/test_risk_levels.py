"""Overrides and resolutions: what persons decided of levels of risk, and for how long (law E8)."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.levels.policy import OverrideLimits, RiskPolicy
from rehabcore.records import CaseFile, LevelOverride, Resolution, RiskAssessment
from rehabcore.risk import Standing, standings
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import NEVER, Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.time.days import UNSURE, Term
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import case, day, some_day, span
from tests.kit.record_makers import (
    XX,
    Piece,
    facts_of,
    override,
    resolution,
    retraction,
    risk,
    told,
)

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
STALE, NEEDS_PERSON = UnknownKind.STALE, UnknownKind.NEEDS_PERSON
BEFORE: Piece = ("", MISSING, "")

LOW = risk("a", "low", "2020-01-01")
HIGH = risk("b", "high", "2020-02-01", instrument="other")
MEDIUM = risk("c", "medium", "2020-02-01", instrument="third")


def _case(*records: RiskAssessment | LevelOverride | Resolution) -> CaseFile:
    return case(
        risk_assessments=tuple(r for r in records if isinstance(r, RiskAssessment)),
        level_overrides=tuple(r for r in records if isinstance(r, LevelOverride)),
        resolutions=tuple(r for r in records if isinstance(r, Resolution)),
    )


def _told(*records: RiskAssessment | LevelOverride | Resolution) -> list[Piece]:
    """The level of risk on every day from the first assessment on, whatever the order on file."""
    pieces = told(_case(*records), "risk_level")
    assert told(_case(*reversed(records)), "risk_level") == pieces
    assert pieces[0] == BEFORE
    return pieces[1:]


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        (
            [override("o", "a", "high", "2020-03-01", "2020-06-01")],
            [
                ("2020-01-01", "low", "a"),
                ("2020-03-01", "high", "a o"),
                ("2020-06-01", "low", "a"),
            ],
        ),
        (
            [override("o", "a", "high", "2020-03-01", "2020-03-02")],
            [
                ("2020-01-01", "low", "a"),
                ("2020-03-01", "high", "a o"),
                ("2020-03-02", "low", "a"),
            ],
        ),
        ([override("o", "a", "high", "2020-01-01")], [("2020-01-01", "high", "a o")]),
        ([override("o", "a", "high", "2019-12-01")], [("2020-01-01", "high", "a o")]),
        (
            [override("o", "a", "high", "2019-12-01", "2020-01-01")],
            [("2020-01-01", "low", "a")],
        ),
        ([override("o", "nobody", "high", "2020-03-01")], [("2020-01-01", "low", "a")]),
        (
            [
                override("o", "a", "high", "2020-03-01"),
                override("n", "a", "medium", "2020-04-01", "2020-05-01"),
            ],
            [
                ("2020-01-01", "low", "a"),
                ("2020-03-01", "high", "a o"),
                ("2020-04-01", "medium", "a n"),
                ("2020-05-01", "high", "a o"),
            ],
        ),
        (
            [
                override("o", "a", "high", "2020-03-01"),
                override("n", "a", "medium", "2020-03-01", "2020-05-01", by="other"),
            ],
            [
                ("2020-01-01", "low", "a"),
                ("2020-03-01", DISPUTED, "a n o"),
                ("2020-05-01", "high", "a o"),
            ],
        ),
        (
            [
                override("o", "a", "high", "2020-03-01"),
                override("n", "a", "high", "2020-03-01", by="other"),
            ],
            [("2020-01-01", "low", "a"), ("2020-03-01", "high", "a n o")],
        ),
    ],
    ids=[
        "until-a-day",
        "for-one-day",
        "from-the-first-day",
        "decided-before",
        "over-before",
        "of-another",
        "the-newer-counts-while-it-holds",
        "two-of-one-day-that-differ",
        "two-of-one-day-that-agree",
    ],
)
def test_an_override_takes_the_place_of_a_level_for_its_own_days(
    overrides: list[LevelOverride], expected: list[Piece]
) -> None:
    assert _told(LOW, *overrides) == expected


@pytest.mark.parametrize(
    ("assessments", "expected"),
    [
        (
            [risk("a", "low", "2020-01-01", "2020-04-01")],
            [
                ("2020-01-01", "low", "a"),
                ("2020-03-01", "high", "a o"),
                ("2020-04-01", STALE, "a"),
            ],
        ),
        (
            [LOW, risk("n", "low", "2020-04-01")],
            [
                ("2020-01-01", "low", "a"),
                ("2020-03-01", "high", "a o"),
                ("2020-04-01", "low", "n"),
            ],
        ),
        (
            [risk("a", "low", "2020-01-01", UNSURE)],
            [("2020-01-01", "low", "a"), ("2020-01-02", MISSING, "a")],
        ),
        (
            [risk("a", "low", "2020-03-01", UNSURE)],
            [("2020-03-01", "high", "a o"), ("2020-03-02", MISSING, "a o")],
        ),
        (
            [risk("a", "low", "2020-01-01", confirmed=False)],
            [("2020-01-01", NEEDS_PERSON, "a")],
        ),
        (
            [risk("a", None, "2020-01-01")],
            [("2020-01-01", NEEDS_PERSON, "a"), ("2020-03-01", "high", "a o")],
        ),
        (
            [risk("a", None, "2020-01-01", confirmed=False)],
            [("2020-01-01", NEEDS_PERSON, "a")],
        ),
    ],
    ids=[
        "that-expires",
        "that-is-replaced",
        "of-unknown-expiry",
        "of-unknown-expiry-on-its-only-certain-day",
        "that-nobody-confirmed",
        "without-a-level",
        "without-a-level-that-nobody-confirmed",
    ],
)
def test_an_override_stands_and_falls_with_the_assessment(
    assessments: list[RiskAssessment], expected: list[Piece]
) -> None:
    assert _told(*assessments, override("o", "a", "high", "2020-03-01")) == expected


def test_an_assessment_without_a_level_takes_the_place_of_the_older_one() -> None:
    assert _told(LOW, risk("n", None, "2020-04-01")) == [
        ("2020-01-01", "low", "a"),
        ("2020-04-01", NEEDS_PERSON, "n"),
    ]


LIMITS: list[tuple[str, str, int | None, int | None, bool]] = [
    ("low", "medium", 1, 0, True),
    ("low", "high", 1, 0, False),
    ("low", "high", 2, 0, True),
    ("high", "medium", 2, 1, True),
    ("high", "low", 2, 1, False),
    ("high", "low", 0, None, True),
    ("low", "high", None, 0, True),
    ("medium", "high", 0, 1, False),
    ("medium", "low", 1, 0, False),
]


@pytest.mark.parametrize(("level", "instead", "up", "down", "counts"), LIMITS)
def test_an_override_that_goes_too_far_needs_a_person(
    level: str, instead: str, up: int | None, down: int | None, counts: bool
) -> None:
    limits = OverrideLimits(most_up=up, most_down=down)
    found = standings(
        [risk("a", level, "2020-01-01")],
        overrides=[override("o", "a", instead, "2020-03-01")],
        policy=RiskPolicy(levels=("low", "medium", "high"), overrides=limits),
        on=day("2020-03-01"),
    )
    assert [standing.applies for standing in found] == [instead if counts else NEEDS_PERSON]


def test_the_limits_of_the_country_reach_its_rules() -> None:
    """Country ``xx`` lets a level go down by one."""
    high = risk("a", "high", "2020-01-01")
    assert _told(high, override("o", "a", "low", "2020-03-01")) == [
        ("2020-01-01", "high", "a"),
        ("2020-03-01", NEEDS_PERSON, "a o"),
    ]
    assert _told(high, override("o", "a", "medium", "2020-03-01"))[1:] == [
        ("2020-03-01", "medium", "a o")
    ]


@pytest.mark.parametrize(("most_down", "answer"), [(1, Answer.NOT_MET), (0, Answer.UNKNOWN)])
def test_a_programme_answers_by_the_limits_of_the_country(most_down: int, answer: Answer) -> None:
    """The programme is for medium or high risk, and the assessment says medium."""
    limits = evolve(XX.risk_policy, overrides=OverrideLimits(most_down=most_down))
    file = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
    file = evolve(file, level_overrides=(override("o", "ra-1", "low", "2026-03-01"),))
    result = casework.match(file, evolve(XX, risk_policy=limits), on=day("2026-11-16"))
    answers = {offer.program_id: offer.answer for offer in result.offers}
    assert answers[ProgramId("thinking_skills")] is answer


def test_a_reassessment_upward_is_not_held_down_by_what_was_decided_before() -> None:
    """Law P28."""
    assert _told(
        risk("a", "medium", "2020-01-01"),
        override("o", "a", "low", "2020-02-01"),
        risk("n", "high", "2020-03-01"),
    ) == [
        ("2020-01-01", "medium", "a"),
        ("2020-02-01", "low", "a o"),
        ("2020-03-01", "high", "n"),
    ]


def test_what_was_decided_before_a_correction_needs_a_person() -> None:
    """Whoever put medium for low has not said that it may stand for high."""
    wrong = risk("w", "low", "2020-01-01")
    mended = risk("a", "high", "2020-01-01", recorded_on="2020-05-01", corrects="w")
    early = override("o", "w", "medium", "2020-03-01", recorded_on="2020-03-01")
    late = override("o", "a", "medium", "2020-03-01", recorded_on="2020-05-01")
    for decided, says in ((early, NEEDS_PERSON), (late, "medium")):
        file = _case(wrong, mended, decided)
        assert told(file, "risk_level")[1:] == [
            ("2020-01-01", "high", "a"),
            ("2020-03-01", says, "a o"),
        ]


def test_the_assessment_stays_visible_with_who_decided_what_and_until_when() -> None:
    decided = override("o", "a", "high", "2020-03-01", "2020-06-01")
    found = standings([LOW], overrides=[decided])
    assert [(s.applies, s.span, s.decided) for s in found] == [
        ("low", span("2020-01-01", "2020-03-01"), None),
        ("high", span("2020-03-01", "2020-06-01"), decided),
        ("low", span("2020-06-01"), None),
    ]
    assert {s.assessment for s in found} == {LOW}
    assert [s.evidence for s in found] == [("a",), ("a", "o"), ("a",)]


@pytest.mark.parametrize(
    ("on", "applies"),
    [
        ("2019-12-31", []),
        ("2020-02-29", ["low"]),
        ("2020-03-01", ["high"]),
        ("2020-06-01", ["low"]),
    ],
)
def test_what_stands_on_a_day_may_be_asked_alone(on: str, applies: list[str]) -> None:
    decided = override("o", "a", "high", "2020-03-01", "2020-06-01")
    found = standings([LOW], overrides=[decided], on=day(on))
    assert [standing.applies for standing in found] == applies


def test_a_standing_is_a_value_of_checked_types() -> None:
    (found,) = standings([LOW])
    assert found == Standing(assessment=LOW, span=span("2020-01-01"), applies="low")


# --- disputes -----------------------------------------------------------------------------

DISPUTE: list[Piece] = [("2020-01-01", "low", "a"), ("2020-02-01", DISPUTED, "a b")]


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], []),
        ([resolution("r", ["a", "b"], "high", "2020-03-01")], [("2020-03-01", "high", "a b r")]),
        ([resolution("r", ["a", "b"], "low", "2020-03-01")], [("2020-03-01", "low", "a b r")]),
        (
            [resolution("r", ["a", "b"], "medium", "2020-03-01")],
            [("2020-03-01", NEEDS_PERSON, "a b r")],
        ),
        (
            [
                resolution("r", ["a", "b"], "low", "2020-03-01"),
                risk("n", "low", "2020-04-01", instrument="new"),
            ],
            [("2020-03-01", "low", "a b r"), ("2020-04-01", DISPUTED, "a b n")],
        ),
        (
            [
                resolution("r", ["a", "b"], "low", "2020-03-01"),
                risk("n", "low", "2020-04-01", instrument="other"),
            ],
            [("2020-03-01", "low", "a b r"), ("2020-04-01", "low", "a n")],
        ),
        (
            [
                resolution("r", ["a", "b"], "low", "2020-03-01"),
                risk("n", "high", "2020-04-01", instrument="new", confirmed=False),
            ],
            [("2020-03-01", "low", "a b r")],
        ),
        (
            [
                resolution("r", ["a", "b"], "low", "2020-03-01"),
                risk("n", "high", "2020-04-01", domain="work"),
            ],
            [("2020-03-01", "low", "a b r")],
        ),
        (
            [
                resolution("r", ["a", "b"], "low", "2020-03-01"),
                resolution("s", ["a", "b"], "high", "2020-04-01"),
            ],
            [("2020-03-01", "low", "a b r"), ("2020-04-01", "high", "a b s")],
        ),
        (
            [
                resolution("r", ["a", "b"], "low", "2020-03-01"),
                override("o", "b", "medium", "2020-04-01", "2020-05-01"),
            ],
            [
                ("2020-03-01", "low", "a b r"),
                ("2020-04-01", DISPUTED, "a b o r"),
                ("2020-05-01", "low", "a b r"),
            ],
        ),
        (
            [
                override("o", "b", "medium", "2020-02-01"),
                resolution("r", ["a", "b"], "medium", "2020-03-01"),
            ],
            [("2020-02-01", DISPUTED, "a b o"), ("2020-03-01", "medium", "a b r")],
        ),
        (
            [
                override("o", "b", "medium", "2020-02-01", "2020-03-01"),
                resolution("r", ["a", "b"], "medium", "2020-03-01"),
            ],
            [("2020-02-01", DISPUTED, "a b o"), ("2020-03-01", NEEDS_PERSON, "a b r")],
        ),
        (
            [resolution("r", ["a", "gone"], "low", "2020-03-01")],
            [("2020-03-01", DISPUTED, "a b r")],
        ),
    ],
    ids=[
        "unresolved",
        "by-the-one",
        "by-the-other",
        "by-a-level-that-is-not-in-dispute",
        "until-a-newer-of-another-instrument",
        "until-a-newer-of-one-of-them",
        "not-until-an-unconfirmed-one",
        "not-until-one-of-a-single-domain",
        "resolved-again",
        "an-override-after-it",
        "by-a-level-that-an-override-gave",
        "by-a-level-that-an-override-gave-once",
        "that-names-one-of-them",
    ],
)
def test_a_dispute_lasts_until_a_person_resolves_it_and_no_longer_than_nothing_is_new(
    others: list[Any], expected: list[Piece]
) -> None:
    before = DISPUTE[:1] if any(piece[0] == "2020-02-01" for piece in expected) else DISPUTE
    assert _told(LOW, HIGH, *others) == [*before, *expected]


def test_a_resolution_says_nothing_of_an_assessment_that_it_does_not_name() -> None:
    assert _told(LOW, HIGH, MEDIUM, resolution("r", ["a", "b"], "low", "2020-03-01")) == [
        ("2020-01-01", "low", "a"),
        ("2020-02-01", DISPUTED, "a b c"),
        ("2020-03-01", DISPUTED, "a b c r"),
    ]


def test_a_resolution_outlasts_one_that_it_names_but_not_the_last() -> None:
    """The level that was chosen does not fall because the assessment that gave it expires."""
    high = evolve(HIGH, expires=day("2020-05-01"))
    low = evolve(LOW, expires=day("2020-06-01"))
    assert _told(low, high, resolution("r", ["a", "b"], "high", "2020-03-01"))[2:] == [
        ("2020-03-01", "high", "a b r"),
        ("2020-05-01", "high", "a r"),
        ("2020-06-01", STALE, "a b"),
    ]


def test_a_resolution_does_not_choose_what_nobody_confirmed() -> None:
    draft = evolve(LOW, confirmed_by=None)
    decided = resolution("r", ["a", "b"], "low", "2020-03-01")
    assert _told(draft, HIGH, decided)[-1] == ("2020-03-01", NEEDS_PERSON, "a b r")


def test_overrides_that_make_assessments_agree_end_the_dispute() -> None:
    assert _told(LOW, HIGH, override("o", "a", "high", "2020-03-01"))[1:] == [
        ("2020-02-01", DISPUTED, "a b"),
        ("2020-03-01", "high", "a b o"),
    ]


def test_a_resolution_follows_the_correction_of_an_assessment_that_it_names() -> None:
    mended = risk("n", "high", "2020-01-01", recorded_on="2020-05-01", corrects="a")
    decided = resolution("r", ["a", "b"], "low", "2020-03-01")
    file = _case(LOW, HIGH, mended, decided)
    assert file.as_known(day("2020-04-30")).resolutions[0].assessments == ("a", "b")
    assert file.as_known(day("2020-05-01")).resolutions[0].assessments == ("n", "b")
    assert told(file, "risk_level")[-1] == ("2020-03-01", NEEDS_PERSON, "b n r")


def test_a_retracted_override_never_was() -> None:
    file = evolve(
        _case(LOW, override("o", "a", "high", "2020-03-01")), retractions=(retraction("rt", "o"),)
    )
    assert told(file, "risk_level") == [BEFORE, ("2020-01-01", "low", "a")]


# --- domains ------------------------------------------------------------------------------


def test_risk_in_a_domain_is_not_risk_overall() -> None:
    file = _case(LOW, risk("w", "high", "2020-02-01", domain="work"))
    assert told(file, "risk_level") == [BEFORE, ("2020-01-01", "low", "a")]
    assert told(file, "risk_level", domain="work") == [BEFORE, ("2020-02-01", "high", "w")]
    assert told(file, "risk_level", domain="housing") == [BEFORE]


def test_one_instrument_is_followed_domain_by_domain() -> None:
    file = _case(
        risk("w", "high", "2020-01-01", domain="work"),
        risk("h", "low", "2020-02-01", domain="housing"),
        risk("w-2", "low", "2020-03-01", domain="work"),
    )
    assert told(file, "risk_level", domain="work")[1:] == [
        ("2020-01-01", "high", "w"),
        ("2020-03-01", "low", "w-2"),
    ]
    assert told(file, "risk_level", domain="housing")[1:] == [("2020-02-01", "low", "h")]


def test_scores_and_time_at_a_level_are_told_by_domain_too() -> None:
    scored = [
        evolve(risk("w", "high", "2020-01-01", domain="work"), score=Decimal(40)),
        evolve(risk("w-2", "low", "2020-03-01", domain="work"), score=Decimal(30)),
    ]
    file = _case(*scored)
    assert told(file, "risk_score") == told(file, "risk_score_fall", within="1 year") == [BEFORE]
    assert told(file, "risk_score", domain="work")[-1] == ("2020-03-01", Decimal(30), "w-2")
    assert told(file, "risk_score_fall", domain="work", within="1 year")[-1] == (
        "2020-03-01",
        Decimal(25),
        "w-2",
    )
    assert told(file, "time_at_risk_level", risk_level="low", domain="work")[1:] == [
        ("2020-01-01", NEVER, "w"),
        ("2020-03-01", "2020-03-01", "w-2"),
    ]


# --- when again ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], []),
        ([risk("a", "low", "2020-01-01", confirmed=False)], []),
        ([LOW], [("2020-01-01", "2021-01-01", "a")]),
        (
            [risk("a", "high", "2020-01-31", "2020-03-01")],
            [("2020-01-31", "2020-04-30", "a")],
        ),
        (
            [risk("a", "high", "2020-01-31", UNSURE)],
            [("2020-01-31", "2020-04-30", "a")],
        ),
        (
            [
                risk("a", "high", "2020-01-31", UNSURE),
                override("o", "a", "low", "2020-02-10", "2020-12-01"),
            ],
            [("2020-01-31", "2020-04-30", "a"), ("2020-02-01", MISSING, "a")],
        ),
        (
            [risk("a", "high", "2020-01-31"), risk("b", "medium", "2020-06-30")],
            [("2020-01-31", "2020-04-30", "a"), ("2020-06-30", "2020-12-30", "b")],
        ),
        (
            [LOW, override("o", "a", "high", "2020-03-01", "2020-06-01")],
            [
                ("2020-01-01", "2021-01-01", "a"),
                ("2020-03-01", "2020-04-01", "a o"),
                ("2020-06-01", "2021-01-01", "a"),
            ],
        ),
        (
            [LOW, HIGH],
            [
                ("2020-01-01", "2021-01-01", "a"),
                ("2020-02-01", "disputed 2020-05-01..2021-02-01", "a b"),
            ],
        ),
        (
            [LOW, risk("b", "low", "2020-02-01", instrument="other")],
            [("2020-01-01", "2021-01-01", "a"), ("2020-02-01", "2021-02-01", "a b")],
        ),
        (
            [
                evolve(LOW, expires=UNSURE),
                risk("b", "medium", "2020-02-01", UNSURE, instrument="other"),
            ],
            [
                ("2020-01-01", "2021-01-01", "a"),
                ("2020-02-01", "missing 2020-08-01..2021-02-01", "a b"),
            ],
        ),
        ([risk("a", None, "2020-01-01")], [("2020-01-01", NEEDS_PERSON, "a")]),
        (
            [LOW, risk("b", None, "2020-02-01", instrument="other")],
            [("2020-01-01", "2021-01-01", "a"), ("2020-02-01", "2021-02-01", "a b")],
        ),
        (
            [
                LOW,
                override("o", "a", "medium", "2020-02-01", "2020-03-01"),
                evolve(HIGH, expires=day("2020-03-01")),
                evolve(MEDIUM, domain="work"),
            ],
            [
                ("2020-01-01", "2021-01-01", "a"),
                ("2020-02-01", "disputed 2020-05-01..2020-08-01", "a b o"),
                ("2020-03-01", "2021-02-01", "a b"),
            ],
        ),
    ],
    ids=[
        "never-assessed",
        "unconfirmed",
        "by-the-level",
        "expired-before",
        "of-unknown-expiry",
        "overridden-after-it-may-have-expired",
        "assessed-anew-after-it-was-due",
        "while-overridden",
        "disputed",
        "of-two-instruments-that-agree",
        "of-two-instruments-that-may-go-on",
        "no-level",
        "no-level-beside-one",
        "the-latest-has-expired",
    ],
)
def test_the_next_assessment_is_due_by_the_level_that_counts(
    records: list[Any], expected: list[Piece]
) -> None:
    assert told(_case(*records), "time_to_reassessment") == [BEFORE, *expected]


@pytest.mark.parametrize(
    ("on", "overdue"), [("2020-12-31", False), ("2021-01-01", False), ("2021-01-02", True)]
)
def test_it_is_not_overdue_on_the_day_it_is_due(on: str, overdue: bool) -> None:
    """Law E30."""
    rule = ask(XX.facts["time_to_reassessment"]).under(Term())
    facts = facts_of(_case(LOW))
    answer = judge(rule, facts.on(day(on)), on=day(on)).answer
    assert answer is (Answer.MET if overdue else Answer.NOT_MET)


def test_where_no_interval_is_published_a_person_is_needed() -> None:
    asked, silent = ask(XX.facts["time_to_reassessment"]), evolve(XX, risk_policy=RiskPolicy())
    found = silent.facts_of(_case(LOW)).on(day("2020-01-01"))(asked)
    assert found == Unknown(NEEDS_PERSON, evidence=("a",))


@pytest.mark.parametrize(
    ("earlier", "fall"),
    [
        pytest.param(("2020-01-01", 40, True), Decimal(25), id="confirmed"),
        pytest.param(("2020-01-01", 40, False), MISSING, id="not-confirmed"),
        pytest.param(("2020-01-01", 0, True), MISSING, id="nothing-to-fall-from"),
        pytest.param(("2019-03-01", 40, True), Decimal(25), id="last-day-of-the-term"),
        pytest.param(("2019-02-28", 40, True), MISSING, id="before-the-term"),
        pytest.param(("2020-03-01", 40, True), MISSING, id="the-same-day"),
    ],
)
def test_a_score_falls_from_an_earlier_confirmed_one_above_zero(
    earlier: tuple[str, int, bool], fall: Decimal | UnknownKind
) -> None:
    when, score, confirmed = earlier
    first = evolve(risk("a", "high", when), score=Decimal(score))
    first = first if confirmed else evolve(first, confirmed_by=None)
    file = _case(first, evolve(risk("b", "low", "2020-03-01"), score=Decimal(30)))
    pieces = told(file, "risk_score_fall", within="1 year")
    assert [value for _, value, source in pieces if source.split()[-1:] == ["b"]] == [fall]


def test_a_word_that_may_leave_the_level_to_a_person_leaves_it_open() -> None:
    too_far = override("o", "a", "low", "2020-03-01")
    in_march = evolve(too_far, decided_on=some_day("2020-03"))
    assert _told(risk("a", "high", "2020-01-01"), in_march) == [
        ("2020-01-01", "high", "a"),
        ("2020-03-01", NEEDS_PERSON, "a o"),
    ]

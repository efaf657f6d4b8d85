"""Records of days known in part: only what is certainly wrong is a problem."""

from typing import Any

import pytest

from rehabcore.records import Completion, Enrolment, Event, Referral, Resolution, Sentence
from rehabcore.rules.time.days import OPEN
from rehabcore.strict.vocabulary import Outcome, ProgramId, RecordId, StaffId
from tests.kit.builders import case, filed, person, some_day
from tests.kit.record_makers import found, milestone, placement, risk, standing, state
from tests.kit.refusals import problems_of

Told = tuple[Any, Any]


def _spans(name: str, spans: list[Told]) -> Any:
    makers: dict[str, Any] = {
        "legal_standings": lambda i, s: standing(f"r-{i}", "probation", *s),
        "placements": lambda i, s: placement(f"r-{i}", "custody", *s),
        "states": lambda i, s: state(f"r-{i}", "employed", *s),
    }
    records = tuple(makers[name](index, span) for index, span in enumerate(spans))
    return case(**{name: records})


@pytest.mark.parametrize("name", ["legal_standings", "placements", "states"])
@pytest.mark.parametrize(
    ("spans", "overlapping"),
    [
        pytest.param([("2020-01-01", "2020-03"), ("2020-03", "open")], [], id="within-a-month"),
        pytest.param([("2020-01-01", "2020-03"), ("2020-02", "open")], [1], id="a-day-too-early"),
        pytest.param([("2020", "2020"), ("2020-02-01", "2020-03-01")], [], id="in-a-year"),
        pytest.param([("2020", "open"), ("2020-06-01", "open")], [0], id="open-both"),
        pytest.param([("unknown", "open"), ("2020-06-01", "open")], [0], id="start-unknown"),
        pytest.param(
            [
                ("2020-01-01", "2020-03-01"),
                ("2020-03-01", "2020-03-01"),
                ("2020-03-01", "open"),
            ],
            [],
            id="one-day-between-two",
        ),
        pytest.param(
            [
                ("2020-01-01", "2020-03-01"),
                ("2020-03-01", "2020-03-02"),
                ("2020-03-01", "open"),
            ],
            [],
            id="one-day-until-the-next",
        ),
        pytest.param(
            [("2020-03-01", "2020-03-01"), ("2020-03-01", "2020-03-01")], [], id="twice-on-a-day"
        ),
        pytest.param(
            [("2020-01-01", "open"), ("2020-03-01", "2020-03-01")],
            [1],
            id="one-day-of-an-open-span",
        ),
        pytest.param(
            [("2020-01-01", "2020-03-02"), ("2020-03-01", "2020-03")], [1], id="perhaps-one-day"
        ),
    ],
)
def test_one_source_says_two_things_at_once_only_where_it_is_certain(
    name: str, spans: list[Told], overlapping: list[int]
) -> None:
    expected = [("two_at_once", f"{name}[{index}].span") for index in overlapping]
    assert found(_spans(name, spans)) == expected


@pytest.mark.parametrize(
    ("born", "start", "end", "early"),
    [
        pytest.param("2000", "1999", "open", "span.start", id="year"),
        pytest.param("2000", "2000", "open", None, id="same-year"),
        pytest.param("2000-06-15", "2000", "open", None, id="year-of-the-day"),
        pytest.param("2000-06", "2000-05-31", "open", "span.start", id="day-before-the-month"),
        pytest.param("2000", "unknown", "1999", "span.start", id="over-before"),
        pytest.param("2000", "unknown", "2000", None, id="over-in-that-year"),
        pytest.param("2000", "unknown", "open", None, id="start-unknown"),
    ],
)
def test_what_began_before_birth_is_a_problem_only_where_it_is_certain(
    born: str, start: str, end: str, early: str | None
) -> None:
    file = case(
        beneficiary=(person(birth_date=some_day(born)),),
        placements=(placement("r", "custody", start, end),),
    )
    expected = [] if early is None else [("before_birth", f"placements[0].{early}")]
    assert found(file) == expected


@pytest.mark.parametrize(
    ("days", "contradicting"),
    [
        pytest.param(["1980", "1980-03-05"], [], id="year-and-day"),
        pytest.param(["1980-03-05", "1980"], [], id="day-and-year"),
        pytest.param(["1980", "1981"], [1], id="two-years"),
        pytest.param(["1980", "1980-03", "1980-04"], [2], id="two-months-of-a-year"),
        pytest.param(["1980", "1981", "1980-04"], [1], id="the-first-goes-on-counting"),
    ],
)
def test_one_source_contradicts_itself_only_if_no_day_is_right(
    days: list[str], contradicting: list[int]
) -> None:
    people = tuple(
        person(f"p-{index}", birth_date=some_day(plain)) for index, plain in enumerate(days)
    )
    legal = tuple(milestone(f"m-{index}", plain) for index, plain in enumerate(days))
    assert found(case(beneficiary=people, milestones=legal)) == [
        *(("contradicts_itself", f"beneficiary[{index}].birth_date") for index in contradicting),
        *(("contradicts_itself", f"milestones[{index}].day") for index in contradicting),
    ]


@pytest.mark.parametrize(
    ("referred", "started", "ended", "expected"),
    [
        ("2020", "2020", "2020", []),
        ("2020-05", "2020-05-01", "2020-05", []),
        ("2020-05", "2020-04", "2020-03", ["enrolments[0].started_on", "completions[0].ended_on"]),
    ],
    ids=["in-one-year", "in-one-month", "in-the-wrong-order"],
)
def test_a_way_through_a_programme_is_out_of_order_only_where_it_is_certain(
    referred: str, started: str, ended: str, expected: list[str]
) -> None:
    program = ProgramId("thinking_skills")
    file = case(
        referrals=(
            Referral(filed=filed("re"), program_id=program, referred_on=some_day(referred)),
        ),
        enrolments=(
            Enrolment(
                filed=filed("en"),
                program_id=program,
                started_on=some_day(started),
                referral=RecordId("re"),
            ),
        ),
        completions=(
            Completion(
                filed=filed("co"),
                enrolment=RecordId("en"),
                ended_on=some_day(ended),
                outcome=Outcome.COMPLETED,
            ),
        ),
    )
    assert found(file) == [("ends_before_start", path) for path in expected]


@pytest.mark.parametrize(("decided", "early"), [("2020", False), ("2019", True)])
def test_a_decision_comes_before_the_assessment_only_where_it_is_certain(
    decided: str, early: bool
) -> None:
    made = Resolution(
        filed=filed("r"),
        assessments=(RecordId("a"), RecordId("b")),
        level="low",
        reason="newer_facts",
        decided_by=StaffId("head"),
        decided_on=some_day(decided),
    )
    file = case(
        risk_assessments=(
            risk("a", "low", "2020-05-01"),
            risk("b", "high", "2020-05-01", source="b"),
        ),
        resolutions=(made,),
    )
    problems = [("ends_before_start", "resolutions[0].decided_on")] if early else []
    assert found(file) == problems


@pytest.mark.parametrize(
    ("start", "end", "release", "problems"),
    [
        pytest.param("2020", "2021", "2020", [], id="in-order"),
        pytest.param("2020", "2020", "2020", [], id="in-one-year"),
        pytest.param("2020-03", "2020-03-01", None, [("ends_before_start", "end")], id="no-time"),
        pytest.param(
            "2020-03", "2021", "2020-02", [("ends_before_start", "earliest_release")], id="release"
        ),
        pytest.param("2020-03", "2021", "2022", [("ends_before_start", "end")], id="too-late"),
        pytest.param("2020-03", "open", "2022", [], id="for-life"),
    ],
)
def test_a_sentence_ends_before_it_starts_only_where_it_is_certain(
    start: str, end: str, release: str | None, problems: list[tuple[str, str]]
) -> None:
    def make() -> object:
        return Sentence(
            filed=filed("s"),
            start=some_day(start),
            end=OPEN if end == "open" else some_day(end),
            earliest_release=None if release is None else some_day(release),
        )

    if problems:
        assert problems_of(make) == problems
    else:
        make()


def test_what_followed_an_event_came_before_it_only_where_it_is_certain() -> None:
    def made(reported: str) -> Event:
        return Event(
            filed=filed("e"),
            kind="sanction",
            happened_on=some_day("2020-03"),
            reported_on=some_day(reported),
        )

    assert made("2020").reported_on == some_day("2020")
    assert problems_of(lambda: made("2020-02")) == [("ends_before_start", "reported_on")]

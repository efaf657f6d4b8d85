"""Time without a break: several codes, forgiven gaps, open starts; and windows of days."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.criteria import Compare
from rehabcore.rules.facts import NEVER
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.time.days import OPEN, UNSURE, Term
from rehabcore.rules.time.partial import PartialDay, Period
from rehabcore.rules.truth import Answer, UnknownKind
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    Piece,
    facts_of,
    needs,
    placement,
    question,
    risk,
    standing,
    state,
    told,
)

MISSING = UnknownKind.MISSING
MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN


def _answer(file: Any, compare: Compare, on: str) -> Answer:
    return judge(compare, facts_of(file).on(day(on)), on=day(on)).answer


# --- several codes, and gaps --------------------------------------------------------------

TWO_STATUSES = (
    standing("a", "probation", "2020-01-01", "2020-03-01"),
    standing("b", "suspended", "2020-03-01", "2020-06-01"),
    standing("c", "diverted", "2020-06-01"),
)


def test_several_codes_are_one_run() -> None:
    file = case(legal_standings=TWO_STATUSES)
    assert told(file, "time_in_legal_status", legal_status=["suspended", "probation"]) == [
        ("", MISSING, ""),
        ("2020-01-01", "2020-01-01", "a"),
        ("2020-03-01", "2020-01-01", "a b"),
        ("2020-06-01", NEVER, "c"),
    ]


def test_sources_that_name_different_wanted_codes_do_not_contradict() -> None:
    file = case(
        legal_standings=(
            standing("a", "probation", "2020-01-01"),
            standing("b", "suspended", "2020-01-01", source="b"),
        )
    )
    assert told(file, "time_in_legal_status", legal_status="probation, suspended") == [
        ("", MISSING, ""),
        ("2020-01-01", "2020-01-01", "a b"),
    ]


@pytest.mark.parametrize(
    ("back", "gap", "since"),
    [
        ("2020-03-01", None, "2020-01-01"),
        ("2020-03-02", None, "2020-03-02"),
        ("2020-03-10", "10 days", "2020-01-01"),
        ("2020-03-11", "10 days", "2020-01-01"),
        ("2020-03-12", "10 days", "2020-03-12"),
        ("2020-03-31", "1 month", "2020-01-01"),
        ("2020-04-01", "1 month", "2020-01-01"),
        ("2020-04-02", "1 month", "2020-04-02"),
    ],
)
@pytest.mark.parametrize("between", ["hospital", None], ids=["elsewhere", "no-record"])
def test_an_interruption_no_longer_than_the_gap_ends_no_run(
    back: str, gap: str | None, since: str, between: str | None
) -> None:
    away = (placement("h", between, "2020-03-01", back),) if between and back > "2020-03-01" else ()
    file = case(
        placements=(
            placement("a", "custody", "2020-01-01", "2020-03-01"),
            *away,
            placement("b", "custody", back),
        )
    )
    given = {"setting": "custody"} | ({"gap": gap} if gap else {})
    pieces = told(file, "time_in_setting", **given)
    assert pieces[-1][:2] == (back, since)
    if away:
        assert ("2020-03-01", NEVER, "h") in pieces


def test_each_interruption_is_measured_by_itself() -> None:
    file = case(
        placements=(
            placement("a", "custody", "2020-01-01", "2020-02-01"),
            placement("b", "custody", "2020-02-08", "2020-02-09"),
            placement("c", "custody", "2020-02-16"),
        )
    )
    assert told(file, "time_in_setting", setting="custody", gap="7 days")[-1] == (
        "2020-02-16",
        "2020-01-01",
        "a b c",
    )


# --- an open start ------------------------------------------------------------------------

DISPUTE = case(
    legal_standings=(
        standing("a", "probation", "2020-01-01"),
        standing("b", "diverted", "2020-03-01", "2020-04-01", source="b"),
    )
)


@pytest.mark.parametrize(
    ("on", "at_least", "under"),
    [
        ("2020-02-29", NOT_MET, MET),
        ("2020-03-15", NOT_MET, MET),
        ("2020-06-30", NOT_MET, MET),
        ("2020-07-01", UNKNOWN, UNKNOWN),
        ("2020-09-30", UNKNOWN, UNKNOWN),
        ("2020-10-01", MET, NOT_MET),
    ],
)
def test_a_start_between_two_days_decides_as_soon_as_both_agree(
    on: str, at_least: Answer, under: Answer
) -> None:
    time = question("time_in_legal_status", legal_status="probation")
    assert _answer(DISPUTE, time.at_least(Term(months=6)), on) is at_least
    assert _answer(DISPUTE, time.under(Term(months=6)), on) is under


def test_doubt_that_lasts_no_longer_than_the_gap_is_none() -> None:
    assert told(DISPUTE, "time_in_legal_status", legal_status="probation", gap="31 days") == [
        ("", MISSING, ""),
        ("2020-01-01", "2020-01-01", "a"),
        ("2020-03-01", "disputed 2020-01-01..never", "a b"),
        ("2020-04-01", "2020-01-01", "a"),
    ]
    assert told(DISPUTE, "time_in_legal_status", legal_status="probation", gap="30 days")[-1] == (
        "2020-04-01",
        "disputed 2020-01-01..2020-04-01",
        "a b",
    )


# --- institutions -------------------------------------------------------------------------


def _in(record_id: str, institution: str, start: str, end: Any = OPEN, **filing: Any) -> Any:
    made = placement(record_id, "custody", start, end, **filing)
    return evolve(made, institution=institution)


@pytest.mark.parametrize(
    ("placements", "expected"),
    [
        ([], [("", MISSING, "")]),
        (
            [_in("a", "one", "2020-01-01", "2020-02-01"), _in("b", "one", "2020-02-01")],
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "a"),
                ("2020-02-01", "2020-01-01", "a b"),
            ],
        ),
        (
            [_in("a", "one", "2020-01-01", "2020-02-01"), _in("b", "two", "2020-02-01")],
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "a"),
                ("2020-02-01", "2020-02-01", "b"),
            ],
        ),
        (
            [_in("a", "one", "2020-01-01", "2020-02-01"), _in("b", "", "2020-02-01")],
            [("", MISSING, ""), ("2020-01-01", "2020-01-01", "a"), ("2020-02-01", NEVER, "b")],
        ),
        (
            [
                _in("a", "one", "2020-01-01", "2020-03-01"),
                _in("b", "two", "2020-02-01", "2020-03-01", source="b"),
                _in("c", "two", "2020-03-01"),
            ],
            [
                ("", MISSING, ""),
                ("2020-01-01", "2020-01-01", "a"),
                ("2020-02-01", UnknownKind.DISPUTED, "a b"),
                ("2020-03-01", "disputed 2020-02-01..2020-03-01", "a b c"),
            ],
        ),
    ],
    ids=["no-record", "touching", "moved", "none", "dispute"],
)
def test_time_in_the_present_institution(placements: list[Any], expected: list[Piece]) -> None:
    assert told(case(placements=tuple(placements)), "time_in_institution") == expected


def test_what_lasted_within_one_day_yields_to_what_may_have_held_on_it() -> None:
    """Two that contradict each other for a day do not end a run that may have begun before."""
    within = (
        _in("b", "two", "2020-02-01", "2020-02-01", source="b"),
        _in("c", "three", "2020-02-01", "2020-02-01", source="c"),
    )
    goes_on = _in("d", "one", "2020-02-02")
    may_have_begun = evolve(
        _in("a", "one", "2020-01-01", source="a"),
        span=Period(PartialDay(day("2020-01-20"), day("2020-02-10")), day("2020-03-01")),
    )
    assert told(case(placements=(may_have_begun, *within, goes_on)), "time_in_institution") == [
        ("", MISSING, ""),
        ("2020-01-20", MISSING, "a"),
        ("2020-02-01", UnknownKind.DISPUTED, "b c"),
        ("2020-02-02", "missing 2020-01-20..2020-02-02", "a b c d"),
    ]
    never_open = case(placements=(*within, goes_on))
    assert told(never_open, "time_in_institution")[-1] == ("2020-02-02", "2020-02-02", "d")


def test_a_day_within_a_stay_that_another_office_tells_otherwise_may_have_broken_it() -> None:
    placements = (
        _in("a", "one", "2020-01-01"),
        _in("b", "two", "2020-02-01", "2020-02-01", source="b"),
        _in("c", "one", "2020-03-01", "2020-03-01", source="c"),
    )
    assert told(case(placements=placements), "time_in_institution")[2:] == [
        ("2020-02-01", "needs_person 2020-01-01..2020-02-01", "a b"),
    ]


# --- windows of days ----------------------------------------------------------------------


def _had(*spans: tuple[str, str, Any], within: str = "3 days", ageing: str = "exclusive") -> Any:
    placements = tuple(
        placement(f"r-{index}", setting, start, end)
        for index, (setting, start, end) in enumerate(spans)
    )
    file = case(placements=placements)
    return told(file, "had_setting", setting="hospital", within=within, ageing=ageing)


HOSPITAL = (
    ("custody", "2020-01-01", "2020-02-01"),
    ("hospital", "2020-02-01", "2020-02-05"),
    ("custody", "2020-02-05", OPEN),
)


@pytest.mark.parametrize(
    ("within", "ageing", "clear"),
    [
        ("3 days", "exclusive", "2020-02-07"),
        ("3 days", "inclusive", "2020-02-08"),
        ("2 months", "exclusive", "2020-04-04"),
        ("2 months", "month_truncated", "2020-04-01"),
    ],
)
def test_a_setting_is_in_the_window_until_its_last_day_has_left_it(
    within: str, ageing: str, clear: str
) -> None:
    pieces = _had(*HOSPITAL, within=within, ageing=ageing)
    assert [(start, value) for start, value, _ in pieces if start >= "2020-02-01"] == [
        ("2020-02-01", True),
        (clear, False),
    ]


def test_a_day_without_a_record_leaves_the_window_open() -> None:
    assert _had(("custody", "2020-01-01", OPEN)) == [
        ("", MISSING, ""),
        ("2020-01-03", False, "r-0"),
    ]
    assert _had(("hospital", "2020-01-01", "2020-01-02")) == [
        ("", MISSING, ""),
        ("2020-01-01", True, "r-0"),
        ("2020-01-04", MISSING, ""),
    ]


def test_an_unknown_end_leaves_the_window_open() -> None:
    assert _had(("custody", "2020-01-01", "2020-02-01"), ("hospital", "2020-02-01", UNSURE))[
        2:
    ] == [("2020-02-01", True, "r-1"), ("2020-02-04", MISSING, "r-1")]


def test_a_legal_status_in_the_window() -> None:
    file = case(legal_standings=TWO_STATUSES)
    given = {"legal_status": "probation", "within": "1 month", "ageing": "inclusive"}
    assert told(file, "had_legal_status", **given) == [
        ("", MISSING, ""),
        ("2020-01-01", True, "a"),
        ("2020-03-30", False, "b"),
        ("2020-06-01", False, "b c"),
        ("2020-07-01", False, "c"),
    ]


# --- levels -------------------------------------------------------------------------------

RISKS = (
    risk("a", "low", "2020-01-01", "2020-03-01"),
    risk("b", "low", "2020-04-01", "2021-04-01"),
    risk("c", "medium", "2020-10-01", "2021-10-01"),
)


def test_time_at_a_level_of_risk_is_open_after_a_lapse() -> None:
    assert told(case(risk_assessments=RISKS), "time_at_risk_level", risk_level="low") == [
        ("", MISSING, ""),
        ("2020-01-01", "2020-01-01", "a"),
        ("2020-03-01", "stale 2020-01-01..never", "a"),
        ("2020-04-01", "stale 2020-01-01..2020-04-01", "a b"),
        ("2020-10-01", NEVER, "c"),
        ("2021-10-01", "stale 2021-10-01..never", "c"),
    ]


def test_a_lapse_no_longer_than_the_gap_does_no_harm() -> None:
    file = case(risk_assessments=RISKS)
    given: dict[str, Any] = {"risk_level": ["low", "medium"], "gap": "31 days"}
    assert ("2020-10-01", "2020-01-01", "a b c") in told(file, "time_at_risk_level", **given)
    given["gap"] = "30 days"
    assert ("2020-10-01", "stale 2020-01-01..2020-04-01", "a b c") in told(
        file, "time_at_risk_level", **given
    )


def test_an_assessment_that_nobody_confirmed_is_no_time_at_a_level() -> None:
    file = case(risk_assessments=(risk("a", "low", "2020-01-01", confirmed=False),))
    assert told(file, "time_at_risk_level", risk_level="low") == [
        ("", MISSING, ""),
        ("2020-01-01", "needs_person 2020-01-01..never", "a"),
    ]


def test_time_at_a_level_of_need_is_of_one_domain() -> None:
    file = case(
        needs_assessments=(
            needs("a", "2020-01-01", findings={"work": "high", "housing": "some"}),
            needs("b", "2020-06-01", findings={"work": "some"}),
        )
    )
    assert told(file, "time_at_need_level", domain="work", need_level="some") == [
        ("", MISSING, ""),
        ("2020-01-01", NEVER, "a"),
        ("2020-06-01", "2020-06-01", "b"),
    ]
    assert told(file, "time_at_need_level", domain="housing", need_level="some, high")[-1] == (
        "2020-01-01",
        "2020-01-01",
        "a",
    )


def test_a_level_that_another_took_the_place_of_within_its_day_ends_a_run() -> None:
    """It was low in the morning and some by noon: what was some before has certainly ended."""
    file = case(
        needs_assessments=(
            needs("a", "2020-01-01", findings={"work": "some"}),
            needs("b", "2020-03-01", findings={"work": "low"}, sequence=1),
            needs("c", "2020-03-01", findings={"work": "some"}, sequence=2),
        )
    )
    assert told(file, "time_at_need_level", domain="work", need_level="some")[-1] == (
        "2020-03-01",
        "2020-03-01",
        "c",
    )


def test_what_stated_no_level_within_its_day_may_have_ended_a_run() -> None:
    """Nobody knows which level held until noon, so the run began then or before."""
    file = case(
        risk_assessments=(
            risk("a", "low", "2020-01-01"),
            risk("b", None, "2020-03-01", sequence=1),
            risk("c", "low", "2020-03-01", sequence=2),
        )
    )
    assert told(file, "time_at_risk_level", risk_level="low")[-1] == (
        "2020-03-01",
        "needs_person 2020-01-01..2020-03-01",
        "a b c",
    )


# --- states of the country's own kinds ----------------------------------------------------


def _level(record_id: str, value: str, start: str, end: Any = OPEN, **filing: Any) -> Any:
    return state(record_id, value, start, end, kind="supervision_level", **filing)


LEVELS = (
    _level("a", "maximum", "2020-01-01", "2020-03-01"),
    _level("b", "medium", "2020-03-01", "2020-06-01"),
    _level("c", "maximum", "2020-06-01", "2020-09-01"),
    _level("d", "minimum", "2020-09-01"),
)


def test_an_ordered_kind_is_a_level() -> None:
    file = case(states=LEVELS)
    level = question("state_supervision_level")
    assert _answer(file, level.at_most("medium"), "2020-02-29") is NOT_MET
    assert _answer(file, level.at_most("medium"), "2020-03-01") is MET


def _changes(direction: str, *states: Any, within: str = "1 month", **given: str) -> list[Piece]:
    return told(
        case(states=states),
        "changes_of_state_supervision_level",
        direction=direction,
        within=within,
        ageing="exclusive",
        **given,
    )


@pytest.mark.parametrize(
    ("direction", "days"),
    [
        ("lowered", ["2020-03-01", "2020-09-01"]),
        ("raised", ["2020-06-01"]),
        ("any", ["2020-03-01", "2020-06-01", "2020-09-01"]),
    ],
)
def test_changes_of_a_level_by_their_direction(direction: str, days: list[str]) -> None:
    changed = [(start, value) for start, value, _ in _changes(direction, *LEVELS) if value == 1]
    assert [start for start, _ in changed] == days


def test_changes_to_named_states_only() -> None:
    to_minimum = _changes("any", *LEVELS, state="minimum")
    assert [start for start, value, _ in to_minimum if value == 1] == ["2020-09-01"]


def test_before_any_state_is_known_so_is_no_change() -> None:
    assert _changes("any") == [("", MISSING, "")]
    assert _changes("any", LEVELS[3]) == [("", MISSING, ""), ("2020-09-01", 0, "")]


def test_a_change_lies_anywhere_in_the_days_that_are_open() -> None:
    pieces = _changes(
        "lowered",
        _level("a", "maximum", "2020-01-01", "2020-03-20"),
        _level("b", "medium", "2020-03-10", "2020-06-01", source="b"),
    )
    assert pieces == [
        ("", MISSING, ""),
        ("2020-01-01", 0, ""),
        ("2020-03-10", "disputed 0..1", "a b"),
        ("2020-03-20", 1, "a b"),
        ("2020-04-10", "disputed 0..1", "a b"),
        ("2020-04-20", 0, ""),
    ]


def test_a_disputed_stretch_is_one_however_many_records_tell_it() -> None:
    other = _level("b", "medium", "2020-02-04", "2020-03-13", source="b")
    whole = (_level("a", "maximum", "2020-03-07"),)
    split = (
        _level("a", "maximum", "2020-03-07", "2020-03-09"),
        _level("c", "maximum", "2020-03-09"),
    )
    for direction in ("any", "lowered", "raised"):
        one, two = (_changes(direction, other, *told_in) for told_in in (whole, split))
        assert [piece[:2] for piece in one] == [piece[:2] for piece in two]
    assert ("2020-03-07", "disputed 0..1") in [piece[:2] for piece in one]


def test_days_without_a_record_are_no_change() -> None:
    pieces = _changes(
        "any",
        _level("a", "medium", "2020-01-01", "2020-02-01"),
        _level("b", "medium", "2020-03-01", "2020-04-01"),
        _level("c", "minimum", "2020-05-01"),
    )
    assert pieces == [
        ("", MISSING, ""),
        ("2020-01-01", 0, ""),
        ("2020-05-01", 1, "b c"),
        ("2020-06-01", 0, ""),
    ]


SPANS = ("2020-01-01", "2020-01-10"), ("2020-01-10", "2020-01-20"), ("2020-01-20", OPEN)


@pytest.mark.parametrize(
    ("direction", "levels", "between"),
    [
        ("any", ("medium", ["minimum", "medium"], "medium"), "0..2"),
        ("raised", ("medium", ["minimum", "medium"], "medium"), "0..1"),
        ("any", ("medium", ["minimum", "medium"], "minimum"), "1"),
        ("any", ("medium", ["minimum", "maximum"], "medium"), "2"),
        ("any", ("medium", ["minimum", "maximum"], "minimum"), "1..2"),
        ("lowered", ("medium", ["minimum", "maximum"], "minimum"), "1"),
        ("raised", ("medium", ["minimum", "maximum"], "minimum"), "0..1"),
    ],
)
def test_what_is_disputed_in_between_may_be_changes_to_and_fro(
    direction: str, levels: tuple[str, list[str], str], between: str
) -> None:
    before, disputed, after = levels
    pieces = _changes(
        direction,
        _level("a", before, *SPANS[0]),
        *(_level(f"b{n}", value, *SPANS[1], source=f"s{n}") for n, value in enumerate(disputed)),
        _level("c", after, *SPANS[2]),
        within="1 year",
    )
    said = [value for start, value, _ in pieces if start <= "2020-01-20"]
    assert str(said[-1]).removeprefix("disputed ") == between


def test_a_state_of_unknown_end_may_have_followed_the_last_that_is_known() -> None:
    pieces = _changes(
        "any",
        _level("a", "medium", "2020-01-01", "2020-01-10"),
        _level("b", "minimum", "2020-01-09", UNSURE, source="b"),
        within="1 year",
    )
    assert pieces == [
        ("", MISSING, ""),
        ("2020-01-01", 0, ""),
        ("2020-01-09", "disputed 0..1", "a b"),
    ]
    found_out = _level("b", "minimum", "2020-01-09", "2020-02-01", source="b")
    assert _changes("any", _level("a", "medium", *SPANS[0]), found_out, within="1 year")[2:4] == [
        ("2020-01-09", "disputed 0..1", "a b"),
        ("2020-01-10", 1, "a b"),
    ]


def test_a_state_of_unknown_end_may_outlast_one_that_began_later() -> None:
    pieces = _changes(
        "any",
        _level("a", "medium", "2020-01-01", UNSURE),
        _level("b", "minimum", "2020-01-10", "2020-01-20"),
        within="1 year",
    )
    assert pieces == [
        ("", MISSING, ""),
        ("2020-01-01", 0, ""),
        ("2020-01-02", "missing 0..1", "a b"),
        ("2020-01-10", 1, "a b"),
        ("2020-01-20", "missing 1..2", "a b"),
        ("2021-01-02", "missing 0..2", "a b"),
        ("2021-01-10", "missing 0..1", "a b"),
    ]


def test_an_open_end_of_the_same_state_is_no_change() -> None:
    states = (_level("a", "medium", "2020-01-01", UNSURE), _level("b", "medium", "2020-02-01"))
    assert _changes("any", *states) == [("", MISSING, ""), ("2020-01-01", 0, "")]

"""Days known in part, and stays of one day, in every family of facts that reads such days."""

from itertools import permutations
from typing import Any

import pytest

from rehabcore.rules.facts import NEVER, Assumption, Known, Unknown
from rehabcore.rules.time.days import OPEN, End
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, person, some_day
from tests.kit.record_makers import (
    Piece,
    cell,
    milestone,
    placement,
    registration,
    standing,
    state,
    told,
)

MISSING, DISPUTED = UnknownKind.MISSING, UnknownKind.DISPUTED
NOTHING: Piece = ("", MISSING, "")
BY_2017, SINCE_2015 = {"to": "2017"}, {"from": "2015"}


# --- one day that sources state -----------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        pytest.param(["1980"], "missing 1980-01-01..1980-12-31", id="year"),
        pytest.param([{"to": "1980"}], "missing 1850-01-01..1980-12-31", id="by"),
        pytest.param(["1980", "1980-03"], "missing 1980-03-01..1980-03-31", id="year-and-month"),
        pytest.param(["1980", "1980-03-05"], "1980-03-05", id="year-and-day"),
        pytest.param(
            [{"from": "1979-12-01", "to": "1980-01-01"}, "1980"],
            "1980-01-01",
            id="meeting-in-a-day",
        ),
        pytest.param(["1980", "1981"], "disputed 1980-01-01..1981-12-31", id="two-years"),
        pytest.param(
            ["1980", "1980-03", "1980-05-05"], "disputed 1980-01-01..1980-12-31", id="no-common-day"
        ),
    ],
)
def test_a_day_of_birth_is_one_on_which_all_sources_can_be_right(
    born: list[object], expected: str
) -> None:
    ids = " ".join(f"p-{number}" for number in range(len(born)))
    for order in permutations(enumerate(born)):
        people = tuple(
            person(f"p-{number}", source=f"s-{number}", birth_date=some_day(plain))
            for number, plain in order
        )
        assert told(case(beneficiary=people), "age") == [("", expected, ids)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(["2030-06"], "missing 2030-06-01..2030-06-30", id="month"),
        pytest.param(["2030", "2030-06-01"], "2030-06-01", id="year-and-day"),
        pytest.param(["2030", None], "disputed 2030-01-01..never", id="year-and-never"),
        pytest.param([{"from": "2030"}], "missing 2030-01-01..2199-12-31", id="not-before"),
    ],
)
def test_a_legal_day_may_be_known_in_part(days: list[Any], expected: str) -> None:
    ids = " ".join(f"m-{number}" for number in range(len(days)))
    stated = [milestone(f"m-{n}", plain, source=f"s-{n}") for n, plain in enumerate(days)]
    for order in permutations(stated):
        file = case(milestones=order)
        assert told(file, "time_to", milestone="projected_release") == [("", expected, ids)]


# --- what held over days known in part ----------------------------------------------------

FAMILIES: dict[str, tuple[str, Any, str, str, dict[str, str]]] = {
    "legal_status": ("legal_standings", standing, "probation", "diverted", {}),
    "setting": ("placements", placement, "custody", "community", {}),
    "state_employment": ("states", state, "employed", "unemployed", {}),
}
"""By the fact: the list, the maker of records, the values A and B."""
HAD = {
    "legal_status": ("had_legal_status", "legal_status"),
    "setting": ("had_setting", "setting"),
    "state_employment": ("had_state_employment", "state"),
}
TIMES = {
    "legal_status": ("time_in_legal_status", "legal_status"),
    "setting": ("time_in_setting", "setting"),
    "state_employment": ("time_in_state_employment", "state"),
}
Told = tuple[str, Any, str | End]
"""A value (A or B), its start and its end."""


def _file(fact: str, *spans: Told, sources: str = "aaaa", recorded: str = "2020-01-01") -> Any:
    name, maker, value, other, _ = FAMILIES[fact]
    records = tuple(
        maker(
            f"r-{index}",
            {"A": value, "B": other}[which],
            start,
            end,
            source=sources[index],
            recorded_on=recorded,
        )
        for index, (which, start, end) in enumerate(spans)
    )
    return case(**{name: records})


def _history(fact: str, file: Any) -> list[Piece]:
    _, _, value, other, _ = FAMILIES[fact]
    names = {value: "A", other: "B"}
    return [(start, names.get(str(says), says), ids) for start, says, ids in told(file, fact)]


@pytest.mark.no_cover
@pytest.mark.parametrize("fact", FAMILIES)
@pytest.mark.parametrize(
    ("spans", "sources", "expected"),
    [
        pytest.param(
            [("A", "2020-03", OPEN)],
            "a",
            [NOTHING, ("2020-03-01", MISSING, "r-0"), ("2020-03-31", "A", "r-0")],
            id="start-in-a-month",
        ),
        pytest.param(
            [("A", "2020-01-01", "2020-03"), ("B", "2020-03", OPEN)],
            "aa",
            [
                NOTHING,
                ("2020-01-01", "A", "r-0"),
                ("2020-03-01", MISSING, "r-0 r-1"),
                ("2020-03-31", "B", "r-1"),
            ],
            id="one-follows-another-in-a-month",
        ),
        pytest.param(
            [("A", "unknown", OPEN)],
            "a",
            [NOTHING, ("1850-01-01", MISSING, "r-0"), ("2020-01-01", "A", "r-0")],
            id="beginning-unknown-held-when-it-was-reported",
        ),
        pytest.param(
            [("A", "unknown", "2019-06-01")],
            "a",
            [NOTHING, ("1850-01-01", MISSING, "r-0"), ("2019-06-02", MISSING, "")],
            id="beginning-unknown-and-over-before-it-was-reported",
        ),
        pytest.param(
            [("A", "unknown", "2020-02")],
            "a",
            [
                NOTHING,
                ("1850-01-01", MISSING, "r-0"),
                ("2020-01-01", "A", "r-0"),
                ("2020-02-01", MISSING, "r-0"),
                ("2020-02-29", MISSING, ""),
            ],
            id="beginning-unknown-over-soon-after-it-was-reported",
        ),
        pytest.param(
            [("A", SINCE_2015, OPEN)],
            "a",
            [NOTHING, ("2015-01-01", MISSING, "r-0"), ("2020-01-01", "A", "r-0")],
            id="since-some-day-from-a-year-on",
        ),
        pytest.param(
            [("A", {"from": "2020-01-01"}, OPEN)],
            "a",
            [NOTHING, ("2020-01-01", "A", "r-0")],
            id="since-no-day-before-it-was-reported",
        ),
        pytest.param(
            [("A", {"from": "2020-01-02"}, OPEN)],
            "a",
            [NOTHING, ("2020-01-02", MISSING, "r-0"), ("2199-12-31", "A", "r-0")],
            id="from-some-day-after-it-was-reported",
        ),
        pytest.param(
            [("A", BY_2017, OPEN)],
            "a",
            [NOTHING, ("1850-01-01", MISSING, "r-0"), ("2017-12-31", "A", "r-0")],
            id="by-a-year",
        ),
        pytest.param(
            [("A", "2020", OPEN), ("A", "2020-03-05", OPEN)],
            "ab",
            [
                NOTHING,
                ("2020-01-01", MISSING, "r-0"),
                ("2020-03-05", "A", "r-1"),
                ("2020-12-31", "A", "r-0 r-1"),
            ],
            id="another-office-states-a-day",
        ),
        pytest.param(
            [("A", "2020", OPEN), ("A", "2020-03", OPEN), ("A", "2020-03-05", OPEN)],
            "abc",
            [
                NOTHING,
                ("2020-01-01", MISSING, "r-0"),
                ("2020-03-01", MISSING, "r-0 r-1"),
                ("2020-03-05", "A", "r-2"),
                ("2020-03-31", "A", "r-1 r-2"),
                ("2020-12-31", "A", "r-0 r-1 r-2"),
            ],
            id="one-states-the-month-one-the-day",
        ),
        pytest.param(
            [("A", "2020", "2020"), ("A", "2020-03-05", "2020-04-01")],
            "ab",
            [
                NOTHING,
                ("2020-01-01", MISSING, "r-0"),
                ("2020-03-05", "A", "r-1"),
                ("2020-04-01", MISSING, "r-0"),
                ("2021-01-01", MISSING, ""),
            ],
            id="another-office-states-both-days",
        ),
        pytest.param(
            [("A", "2020", "unknown"), ("A", "2020-03-05", "2020-04-01")],
            "ab",
            [
                NOTHING,
                ("2020-01-01", MISSING, "r-0"),
                ("2020-03-05", "A", "r-1"),
                ("2020-04-01", MISSING, "r-0"),
            ],
            id="nobody-knows-whether-the-end-is-of-the-same",
        ),
        pytest.param(
            [("A", "unknown", OPEN), ("A", "2019-03-05", OPEN)],
            "ab",
            [
                NOTHING,
                ("1850-01-01", MISSING, "r-0"),
                ("2019-03-05", "A", "r-1"),
                ("2020-01-01", "A", "r-0 r-1"),
            ],
            id="another-office-may-have-learnt-of-it-late",
        ),
        pytest.param(
            [("A", "2020", "2020"), ("A", "2020-03-05", "2020-04-01")],
            "aa",
            [
                NOTHING,
                ("2020-01-01", MISSING, "r-0"),
                ("2020-03-05", "A", "r-1"),
                ("2020-04-01", MISSING, "r-0"),
                ("2021-01-01", MISSING, ""),
            ],
            id="one-office-tells-of-two",
        ),
        pytest.param(
            [("A", "2020", OPEN), ("A", "2020-03-05", OPEN), ("A", "2020-04-05", OPEN)],
            "abc",
            [
                NOTHING,
                ("2020-01-01", MISSING, "r-0"),
                ("2020-03-05", "A", "r-1"),
                ("2020-04-05", "A", "r-1 r-2"),
                ("2020-12-31", "A", "r-0 r-1 r-2"),
            ],
            id="two-offices-know-two-days",
        ),
        pytest.param(
            [("A", "2020", OPEN), ("B", "2020-03-05", OPEN)],
            "ab",
            [
                NOTHING,
                ("2020-01-01", MISSING, "r-0"),
                ("2020-03-05", "B", "r-1"),
                ("2020-12-31", DISPUTED, "r-0 r-1"),
            ],
            id="another-office-says-otherwise",
        ),
        pytest.param(
            [("B", "2020-01-01", "2020-03-01"), ("A", "2020-03-01", "2020-03-01")],
            "aa",
            [
                NOTHING,
                ("2020-01-01", "B", "r-0"),
                ("2020-03-01", "A", "r-1"),
                ("2020-03-02", MISSING, ""),
            ],
            id="one-day-alone",
        ),
        pytest.param(
            [
                ("B", "2020-01-01", "2020-03-01"),
                ("A", "2020-03-01", "2020-03-02"),
                ("B", "2020-03-01", OPEN),
            ],
            "aaa",
            [NOTHING, ("2020-01-01", "B", "r-0"), ("2020-03-01", "B", "r-2")],
            id="one-day-before-what-goes-on",
        ),
    ],
)
def test_what_may_hold_is_missing_and_what_certainly_holds_is_known(
    fact: str, spans: list[Told], sources: str, expected: list[Piece]
) -> None:
    assert _history(fact, _file(fact, *spans, sources=sources)) == expected


@pytest.mark.parametrize("fact", FAMILIES)
@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param(
            [("2020", OPEN), ("2020-03-05", OPEN)], [("2020-03-05", "A", "r-0 r-1")], id="a-day"
        ),
        pytest.param(
            [("2020", OPEN), ("2020-03", OPEN), ("2020-03-05", OPEN)],
            [("2020-03-05", "A", "r-0 r-1 r-2")],
            id="a-month-and-a-day",
        ),
        pytest.param(
            [("2020", "2020"), ("2020-03-05", "2020-04-01")],
            [("2020-03-05", "A", "r-0 r-1"), ("2020-04-01", MISSING, "")],
            id="both-days",
        ),
    ],
)
def test_the_days_of_an_office_that_tells_the_same_and_knows_them_better_count_for_both(
    fact: str, spans: list[tuple[Any, Any]], expected: list[Piece]
) -> None:
    name, maker, value, _, _ = FAMILIES[fact]
    records = tuple(
        maker(f"r-{n}", value, *days, source="abc"[n], same_as=f"r-{n - 1}" if n else None)
        for n, days in enumerate(spans)
    )
    for order in permutations(records):
        assert _history(fact, case(**{name: order})) == [NOTHING, *expected]


def test_a_stay_of_which_another_office_knows_little_may_be_another_stay() -> None:
    brief = placement("r-1", "custody", "2020-03-09", "2020-03-09", source="prison")
    some_time = placement("r-2", "custody", "2020-03", "2020-03", source="court")
    file = case(placements=(brief, some_time))
    assert ("2020-03-10", MISSING, "r-2") in told(file, "setting")
    assert isinstance(cell(file, "former_prisoner", "2020-03-20"), Unknown)


def test_an_entry_in_a_register_may_begin_on_a_day_known_in_part() -> None:
    none = Known(False, assumption=Assumption.NONE_ON_FILE)
    file = case(registrations=(registration("r-1", "2020-03", "2020-05-01"),))
    assert told(file, "registered", register="warrants") == [
        ("", False, ""),
        ("2020-03-01", MISSING, "r-1"),
        ("2020-03-31", True, "r-1"),
        ("2020-05-01", False, ""),
    ]
    assert cell(file, "registered", "2020-05-01", register="warrants") == none


# --- since when ---------------------------------------------------------------------------


@pytest.mark.parametrize("fact", TIMES)
@pytest.mark.parametrize(
    ("spans", "gap", "expected"),
    [
        pytest.param(
            [("A", "2020-03", OPEN)],
            None,
            [
                ("2020-03-01", "missing 2020-03-01..never", "r-0"),
                ("2020-03-31", "missing 2020-03-01..2020-03-31", "r-0"),
            ],
            id="start-in-a-month",
        ),
        pytest.param(
            [("A", "unknown", OPEN)],
            None,
            [
                ("1850-01-01", "missing 1850-01-01..never", "r-0"),
                ("2020-01-01", "missing 1850-01-01..2020-01-01", "r-0"),
            ],
            id="beginning-unknown",
        ),
        pytest.param(
            [("A", "2020-03-05", "2020-03-05")],
            None,
            [("2020-03-05", "2020-03-05", "r-0"), ("2020-03-06", MISSING, "")],
            id="one-day",
        ),
        pytest.param(
            [
                ("A", "2020-01-01", "2020-03-01"),
                ("B", "2020-03-01", "2020-03-01"),
                ("A", "2020-03-01", OPEN),
            ],
            None,
            [
                ("2020-01-01", "2020-01-01", "r-0"),
                ("2020-03-01", "needs_person 2020-01-01..2020-03-01", "r-0 r-1 r-2"),
            ],
            id="broken-within-a-day",
        ),
        pytest.param(
            [
                ("A", "2020-01-01", "2020-03-01"),
                ("B", "2020-03-01", "2020-03-02"),
                ("A", "2020-03-01", OPEN),
            ],
            "1 day",
            [("2020-01-01", "2020-01-01", "r-0"), ("2020-03-01", "2020-01-01", "r-0 r-2")],
            id="broken-within-a-day-that-a-gap-allows",
        ),
        pytest.param(
            [("B", "2020-03-01", "2020-03-01"), ("A", "2020-03-01", OPEN)],
            None,
            [("2020-03-01", "2020-03-01", "r-1")],
            id="another-day-before-it-began",
        ),
        pytest.param(
            [
                ("A", "2020-01-01", "2020-03-01"),
                ("A", "2020-03-01", "2020-03-01"),
                ("A", "2020-03-01", OPEN),
            ],
            None,
            [("2020-01-01", "2020-01-01", "r-0"), ("2020-03-01", "2020-01-01", "r-0 r-2")],
            id="the-same-within-a-day",
        ),
    ],
)
def test_time_runs_from_between_the_days_on_which_it_may_have_begun(
    fact: str, spans: list[Told], gap: str | None, expected: list[Piece]
) -> None:
    name, parameter = TIMES[fact]
    given = {parameter: FAMILIES[fact][2], **({} if gap is None else {"gap": gap})}
    assert told(_file(fact, *spans), name, **given) == [NOTHING, *expected]


def test_time_in_an_institution_runs_from_between_two_days() -> None:
    file = case(placements=(placement("r-1", "custody", "2020-03"),))
    assert told(file, "time_in_institution")[1:] == [
        ("2020-03-01", MISSING, "r-1"),
        ("2020-03-31", NEVER, "r-1"),
    ]


# --- looking back -------------------------------------------------------------------------


def _had(fact: str, file: Any) -> list[Piece]:
    name, parameter = HAD[fact]
    given = {parameter: FAMILIES[fact][2], "within": "60 days", "ageing": "exclusive"}
    return told(file, name, **given)


@pytest.mark.parametrize("fact", HAD)
@pytest.mark.parametrize(
    ("spans", "sources", "expected"),
    [
        pytest.param(
            [
                ("B", "2020-01-01", "2020-03-01"),
                ("A", "2020-03-01", "2020-03-01"),
                ("B", "2020-03-01", OPEN),
            ],
            "aaa",
            [("2020-03-01", True, "r-1"), ("2020-04-30", False, "r-2")],
            id="one-day",
        ),
        pytest.param(
            [
                ("B", "2020-01-01", "2020-03-01"),
                ("A", "2020-03-01", "2020-03-02"),
                ("B", "2020-03-01", OPEN),
            ],
            "aaa",
            [("2020-03-01", True, "r-1"), ("2020-04-30", False, "r-2")],
            id="one-day-that-ends-on-the-next",
        ),
        pytest.param(
            [("B", "2020-01-01", OPEN), ("A", "2020-03-01", "2020-03-01")],
            "ab",
            [("2020-03-01", True, "r-1"), ("2020-04-30", False, "r-0")],
            id="one-day-of-another-office",
        ),
        pytest.param(
            [
                ("B", "2020-01-01", "2020-03"),
                ("A", "2020-03", "2020-03"),
                ("B", "2020-03", OPEN),
            ],
            "aaa",
            [
                ("2020-03-01", MISSING, "r-0 r-1 r-2"),
                ("2020-03-31", True, "r-1"),
                ("2020-04-30", MISSING, "r-0 r-1 r-2"),
                ("2020-05-29", MISSING, "r-1"),
                ("2020-05-30", False, "r-2"),
            ],
            id="some-days-of-a-month",
        ),
        pytest.param(
            [("B", "2020-01-01", OPEN), ("A", "2020-03", "2020-03")],
            "ab",
            [("2020-03-01", DISPUTED, "r-1"), ("2020-05-30", False, "r-0")],
            id="some-days-of-a-month-that-another-office-denies",
        ),
    ],
)
def test_what_held_on_some_day_of_the_window_was_had(
    fact: str, spans: list[Told], sources: str, expected: list[Piece]
) -> None:
    pieces = _had(fact, _file(fact, *spans, sources=sources))
    assert [piece for piece in pieces if piece[0] >= "2020-03-01"] == expected


def test_what_was_had_for_long_is_had_while_it_goes_on() -> None:
    file = _file("setting", ("A", "2020-03", OPEN))
    assert _had("setting", file)[1:] == [
        ("2020-03-01", MISSING, "r-0"),
        ("2020-03-31", True, "r-0"),
    ]


def test_what_ended_on_a_day_known_in_part_leaves_the_window_between_two_days() -> None:
    file = _file("setting", ("A", "2020-01-01", "2020-03"), ("B", "2020-03-31", OPEN))
    seen = [piece for piece in _had("setting", file) if piece[0] >= "2020-01-01"]
    assert seen == [
        ("2020-01-01", True, "r-0"),
        ("2020-04-29", MISSING, "r-0"),
        ("2020-05-29", False, "r-1"),
    ]


# --- days added up ------------------------------------------------------------------------


@pytest.mark.parametrize("fact", HAD)
@pytest.mark.parametrize(
    ("spans", "sources", "on", "expected"),
    [
        pytest.param([("A", "2020-03", OPEN)], "a", "2020-04-10", "missing 10..60", id="start"),
        pytest.param(
            [
                ("B", "2020-01-01", "2020-03-01"),
                ("A", "2020-03-01", "2020-03-01"),
                ("B", "2020-03-01", OPEN),
            ],
            "aaa",
            "2020-03-02",
            1,
            id="one-day",
        ),
        pytest.param(
            [("B", "2020-01-01", OPEN), ("A", "2020-03", "2020-03")],
            "ab",
            "2020-04-01",
            "missing 0..31",
            id="some-days-of-a-month-that-another-office-denies",
        ),
    ],
)
def test_a_day_counts_if_something_held_on_a_part_of_it(
    fact: str, spans: list[Told], sources: str, on: str, expected: object
) -> None:
    parameter = HAD[fact][1]
    given = {parameter: FAMILIES[fact][2], "within": "60 days"}
    name = f"days_in_{'state_employment' if parameter == 'state' else fact}"
    pieces = told(_file(fact, *spans, sources=sources), name, **given)
    assert [says for start, says, _ in pieces if start <= on][-1] == expected


# --- changes of state ---------------------------------------------------------------------


def _changes(*spans: Told, sources: str = "aaaa", direction: str = "any") -> list[Piece]:
    file = _file("state_employment", *spans, sources=sources)
    given = {"direction": direction, "within": "1 year", "ageing": "exclusive"}
    return told(file, "changes_of_state_employment", **given)


@pytest.mark.parametrize(
    ("spans", "sources", "expected"),
    [
        pytest.param(
            [("A", "2020-01-01", "2020-03"), ("B", "2020-03", OPEN)],
            "aa",
            [
                ("2020-01-01", 0, ""),
                ("2020-03-01", "missing 0..1", "r-0 r-1"),
                ("2020-03-31", 1, "r-0 r-1"),
                ("2021-03-01", "missing 0..1", "r-0 r-1"),
                ("2021-03-31", 0, ""),
            ],
            id="in-a-month",
        ),
        pytest.param(
            [
                ("A", "2020-01-01", "2020-03-01"),
                ("B", "2020-03-01", "2020-03-01"),
                ("A", "2020-03-01", OPEN),
            ],
            "aaa",
            [("2020-01-01", 0, ""), ("2020-03-01", 2, "r-0 r-1 r-2"), ("2021-03-01", 0, "")],
            id="there-and-back-within-a-day",
        ),
        pytest.param(
            [("A", "2020-01-01", OPEN), ("B", "2020-03-01", "2020-03-01")],
            "ab",
            [("2020-01-01", 0, ""), ("2020-03-01", 2, "r-0 r-1"), ("2021-03-01", 0, "")],
            id="there-and-back-as-another-office-says",
        ),
        pytest.param(
            [("A", "2020-01-01", OPEN), ("B", "2020-03", "2020-03")],
            "ab",
            [
                ("2020-01-01", 0, ""),
                ("2020-03-01", "missing 0..2", "r-1"),
                ("2021-03-31", 0, ""),
            ],
            id="perhaps-there-and-back-within-a-month",
        ),
        pytest.param(
            [("A", "2020-01-01", OPEN), ("B", "2020-03", "unknown")],
            "ab",
            [("2020-01-01", 0, ""), ("2020-03-01", "missing 0..2", "r-1")],
            id="perhaps-there-and-back-nobody-knows-when",
        ),
        pytest.param(
            [("A", "2020-01-01", "2020-02-01"), ("A", "2020-03", "2020-03")],
            "aa",
            [("2020-01-01", 0, "")],
            id="the-same-within-a-month",
        ),
    ],
)
def test_states_change_on_days_that_may_be_known_in_part(
    spans: list[Told], sources: str, expected: list[Piece]
) -> None:
    assert _changes(*spans, sources=sources) == [NOTHING, *expected]

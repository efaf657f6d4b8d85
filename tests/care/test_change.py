"""How far a score moved, and whether the error of measurement explains it."""

from decimal import Decimal, localcontext
from typing import Any

import pytest
from attrs import evolve

from rehabcore import instruments
from rehabcore.care.needs.change import (
    Direction,
    PublishedError,
    ScoreChange,
    Scored,
    change_of_results,
    score_change,
)
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from tests.kit.builders import day
from tests.kit.refusals import problems_of

CITE = "Manual of a fictional instrument, table 3"


def scored(score: str | None, on: str = "2030-01-01", **changed: Any) -> Scored:
    """A score of one scale of a fictional instrument."""
    usual = {"instrument": "mood", "edition": "2", "scale": "total", "assessed_on": day(on)}
    return Scored(**{**usual, **changed}, score=None if score is None else Decimal(score))


def change(
    before: str | None,
    after: str | None,
    error: str | None = None,
    *,
    high_is_worse: bool | None = True,
) -> ScoreChange:
    """What lies between two scores, a year apart."""
    published = None if error is None else PublishedError(points=Decimal(error), cite=CITE)
    return score_change(
        scored(before), scored(after, "2031-01-01"), high_is_worse=high_is_worse, error=published
    )


@pytest.mark.parametrize(
    ("before", "after", "error", "index", "reliable"),
    [
        ("47.5", "32.5", "3.5", "-3.030458", Answer.MET),
        ("20", "10", "3.607", "-1.960374", Answer.MET),
        ("20", "10", "3.608", "-1.959830", Answer.NOT_MET),
        ("10", "20", "3.607", "1.960374", Answer.MET),
        ("10", "10", "1", "0.000000", Answer.NOT_MET),
        ("10", "11", "0.000001", "707106.781187", Answer.MET),
    ],
    ids=["plain", "just-beyond", "just-within", "upwards", "no-change", "hardly-an-error"],
)
def test_a_change_is_reliable_beyond_what_its_error_explains(
    before: str, after: str, error: str, index: str, reliable: Answer
) -> None:
    found = change(before, after, error)
    assert (str(found.index), found.reliable) == (index, reliable)
    assert found.error is not None
    assert found.error.cite == CITE


def test_without_a_published_error_nothing_is_claimed_to_be_reliable() -> None:
    assert change("20", "4") == ScoreChange(
        difference=Decimal(-16),
        direction=Direction.BETTER,
        reliable=Answer.UNKNOWN,
        index=None,
        error=None,
    )


@pytest.mark.parametrize(
    ("before", "after", "high_is_worse", "direction"),
    [
        ("4", "5", True, Direction.WORSE),
        ("5", "4", True, Direction.BETTER),
        ("4", "5", False, Direction.BETTER),
        ("5", "4", False, Direction.WORSE),
        ("4", "4.0", True, Direction.SAME),
        ("4", "4", False, Direction.SAME),
        ("-1", "0", True, Direction.WORSE),
        ("4", "5", None, None),
        ("4", "4", None, None),
    ],
)
def test_the_scale_says_which_way_is_better(
    before: str, after: str, high_is_worse: bool | None, direction: Direction | None
) -> None:
    assert change(before, after, high_is_worse=high_is_worse).direction is direction


@pytest.mark.parametrize(("before", "after"), [(None, "3"), ("3", None), (None, None)])
@pytest.mark.parametrize("error", [None, "2"])
def test_a_missing_score_is_unknown_and_never_nought(
    before: str | None, after: str | None, error: str | None
) -> None:
    found = change(before, after, error)
    assert (found.difference, found.direction, found.index) == (None, None, None)
    assert found.reliable is Answer.UNKNOWN


def test_a_score_of_nought_is_a_score() -> None:
    assert change("0", "3").difference == 3


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"instrument": "anger"}, [("cannot_compare", "after.instrument")]),
        ({"edition": "3"}, [("cannot_compare", "after.edition")]),
        ({"scale": "worry"}, [("cannot_compare", "after.scale")]),
        ({"assessed_on": day("2030-01-01")}, [("ends_before_start", "after.assessed_on")]),
        ({"assessed_on": day("2030-01-02")}, []),
        (
            {"instrument": "a", "edition": "", "scale": "b", "assessed_on": day("2029-12-31")},
            [
                ("cannot_compare", "after.instrument"),
                ("cannot_compare", "after.edition"),
                ("cannot_compare", "after.scale"),
                ("ends_before_start", "after.assessed_on"),
            ],
        ),
    ],
    ids=["instrument", "edition", "scale", "same-day", "next-day", "everything"],
)
def test_only_scores_of_one_scale_on_later_days_are_compared(
    changed: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    after = evolve(scored("3", "2031-01-01"), **changed)
    found: list[tuple[str, str]] = []
    try:
        score_change(scored("4"), after, high_is_worse=True, error=None)
    except InputError as error:
        found = [(problem.code, problem.path) for problem in error.problems]
    assert found == expected


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: scored("1000000"), []),
        (lambda: scored("-1000000.000001"), [("out_of_range", "score")]),
        (
            lambda: scored("1000001", instrument="", scale=""),
            [("out_of_range", "instrument"), ("out_of_range", "scale"), ("out_of_range", "score")],
        ),
        (lambda: PublishedError(points=Decimal(1), cite=CITE), []),
        (lambda: PublishedError(points=Decimal(0), cite=CITE), [("out_of_range", "points")]),
        (
            lambda: PublishedError(points=Decimal(-1), cite=""),
            [("out_of_range", "points"), ("uncited", "cite")],
        ),
    ],
    ids=["largest", "too-low", "too-high", "an-error", "no-error-at-all", "error-of-nobody"],
)
def test_a_score_and_its_error_are_within_limits(
    make: Any, expected: list[tuple[str, str]]
) -> None:
    found: list[tuple[str, str]] = []
    try:
        make()
    except InputError as error:
        found = [(problem.code, problem.path) for problem in error.problems]
    assert found == expected


def test_the_greatest_change_over_the_smallest_error_has_an_index() -> None:
    assert str(change("-1000000", "1000000", "0.000001").index) == "1414213562373.095049"


@pytest.mark.parametrize(
    ("before", "after", "difference", "index"),
    [
        ("-0", "0", "0", "0.000000"),
        ("0", "-0", "0", "0.000000"),
        ("-0.000000", "-0.000000", "0.000000", "0.000000"),
        ("0.000001", "0", "-0.000001", "0.000000"),
        ("0", "0.000001", "0.000001", "0.000000"),
    ],
)
def test_no_change_has_no_sign(before: str, after: str, difference: str, index: str) -> None:
    found = change(before, after, "100")
    assert (str(found.difference), str(found.index)) == (difference, index)


def test_the_precision_of_the_callers_program_changes_nothing() -> None:
    with localcontext(prec=2):
        found = change("47.55", "32.555", "3.5")
    assert (str(found.difference), found.index) == ("-14.995", Decimal("-3.029447"))


# --- two results of one instrument --------------------------------------------------------

FORM = """
[instrument]
id = "mood"
tool = "MOOD"
title = "A fictional scale of mood"
edition = "2"
higher_means = "worse mood"
worse = true

[validity]
population = "nobody"
administered_by = "anybody"

[licence]
class = "public_domain"
holder = "nobody"
notice = "Invented."

[[source]]
id = "manual"
cite = "Manual of mood, table 3"
tier = "A"

[[source]]
id = "hearsay"
cite = "General knowledge"
tier = "O"

[[items]]
numbers = ["1", "2"]
values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

[missing]
policy = "forbid"

[scales]
total = { sum = ["1", "2"], range = [0, 20] }
share = { sum = ["1"], range = [0, 10] }

[[errors_of_measurement]]
scale = "share"
value = 0.5
source = "hearsay"

[[errors_of_measurement]]
scale = "total"
value = 0.1
source = "manual"
when = { sex = "female" }

[[errors_of_measurement]]
scale = "total"
value = 2.5
source = "manual"
"""


def filled(one: int, two: int | None, on: str, form: str = FORM, **asked: Any) -> Any:
    """A scored form of the fictional instrument."""
    answers = {"1": one, "2": two}
    return instruments.score(instruments.read_instrument(form), answers, on=day(on), **asked)


def test_results_are_compared_by_the_error_that_their_instrument_publishes() -> None:
    found = change_of_results(filled(9, 9, "2030-01-01"), filled(4, 4, "2031-01-01"), "total")
    assert (found.difference, found.direction) == (Decimal(-10), Direction.BETTER)
    assert found.error == PublishedError(points=Decimal("2.5"), cite="Manual of mood, table 3")
    assert found.reliable is Answer.MET


@pytest.mark.parametrize(("unread", "reliable"), [(False, Answer.UNKNOWN), (True, Answer.MET)])
def test_an_error_that_nobody_has_read_is_used_only_on_request(
    unread: bool, reliable: Answer
) -> None:
    before, after = filled(9, 9, "2030-01-01"), filled(4, 4, "2031-01-01", unread=unread)
    assert change_of_results(before, after, "share").reliable is reliable


def test_a_form_without_an_answer_has_no_score_to_compare() -> None:
    found = change_of_results(filled(9, None, "2030-01-01"), filled(4, 4, "2031-01-01"), "total")
    assert (found.difference, found.reliable) == (None, Answer.UNKNOWN)


def test_results_of_other_editions_and_instruments_are_not_compared() -> None:
    other = FORM.replace('id = "mood"', 'id = "worry"').replace('edition = "2"', 'edition = "3"')
    other = other.replace("total", "sum_of_both")
    with pytest.raises(InputError) as raised:
        change_of_results(filled(9, 9, "2030-01-01", other), filled(4, 4, "2031-01-01"), "total")
    assert [(p.code, p.path) for p in raised.value.problems] == [
        ("cannot_compare", "after.instrument"),
        ("cannot_compare", "after.edition"),
    ]


def test_scores_for_other_substances_are_not_compared() -> None:
    tool, answers = instruments.find("sds"), dict.fromkeys("12345", 1)
    before, after, other = (
        instruments.score(tool, answers, on=day(on), choices={"substance": substance})
        for on, substance in (
            ("2030-01-01", "heroin"),
            ("2031-01-01", "heroin"),
            ("2031-01-01", "cocaine"),
        )
    )
    assert change_of_results(before, after, "total").difference == 0
    assert problems_of(lambda: change_of_results(before, other, "total")) == [
        ("cannot_compare", "after.choices")
    ]


def test_a_scale_that_the_instrument_does_not_have_is_refused() -> None:
    with pytest.raises(InputError) as raised:
        change_of_results(filled(9, 9, "2030-01-01"), filled(4, 4, "2031-01-01"), "anger")
    assert [(p.code, p.path) for p in raised.value.problems] == [("unknown_value", "scale")]


def test_a_score_with_decimals_is_taken_to_six_places() -> None:
    thirds = FORM.replace('{ sum = ["1", "2"], range', '{ mean = ["1", "2"], decimals = 4, range')
    found = change_of_results(
        filled(1, 2, "2030-01-01", thirds), filled(4, 4, "2031-01-01", thirds), "total"
    )
    assert found.difference == Decimal("2.5")


@pytest.mark.parametrize("nought", [-0.0, -0.0000001, 0.0])
def test_a_score_of_nought_has_no_sign(nought: float) -> None:
    first, later = filled(1, 1, "2030-01-01"), filled(1, 1, "2031-01-01")
    noughts = tuple(evolve(score, value=nought) for score in later.scores)
    none = evolve(first, scores=tuple(evolve(score, value=0) for score in first.scores))
    found = change_of_results(none, evolve(later, scores=noughts), "total")
    assert str(found.difference) == "0.000000"

"""Differences as data: read back equal, and refused where an example does not part the rules."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.criteria import About, AnyOf, Criterion, ask
from rehabcore.rules.data.difference_forms import read_difference, write_difference
from rehabcore.rules.differences.finding import difference
from rehabcore.rules.time.days import Span, Term
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import AGE, ALONE, DEBT, HOUSING, LEFT, NEEDS, SANCTIONS

ON = date(2026, 11, 16)
ADULT = ask(AGE).at_least(Term(years=18))
ALONE_IS = ask(ALONE).is_(True)
OLDER = ask(AGE).at_least(Term(years=18, days=1))
FOUND = difference(ADULT & ALONE_IS, OLDER & ALONE_IS, on=ON)


def stored(before: Criterion, after: Criterion) -> Any:
    return json.loads(json.dumps(write_difference(difference(before, after, on=ON))))


PLAIN = stored(FOUND.before, FOUND.after)


def test_comparisons_are_told_by_their_place_and_values_by_their_ends() -> None:
    (kind,) = PLAIN["kinds"]
    assert kind["asks"] == [0, 2]
    age, alone = kind["partings"][0]["traits"]
    assert age == {
        "replies": [
            {"comparison": 0, "answer": "met"},
            {"comparison": 2, "answer": "not_met"},
        ],
        "cell": {"value": "2008-11-16"},
        "values": [{"first": "2008-11-16", "last": "2008-11-16"}],
    }
    assert alone["replies"] == [{"comparison": 1, "answer": "met"}]


MORE = evolve(HOUSING, codes=(*HOUSING.codes, "very_high"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FOUND.before, FOUND.after),
        (ask(SANCTIONS).at_least(2), ask(SANCTIONS).over(3)),
        (ask(DEBT).over(Decimal("1.50")), ask(DEBT).over(Decimal(2))),
        (ask(LEFT).over(Term(years=1)), ask(LEFT).before(date(2030, 1, 1))),
        (ask(HOUSING).in_("low", "high"), ask(MORE).in_("low", "very_high")),
        (ask(NEEDS).has_any("low", "high"), ask(NEEDS).has_all("low", "high")),
        (ALONE_IS, ~~ALONE_IS),
    ],
)
def test_a_difference_is_read_back_equal(before: Criterion, after: Criterion) -> None:
    assert read_difference(stored(before, after)) == difference(before, after, on=ON)


def changed(change: Callable[[Any], object]) -> Callable[[], object]:
    plain = deepcopy(PLAIN)
    change(plain)
    return lambda: read_difference(plain)


def first(plain: Any) -> Any:
    return plain["kinds"][0]["partings"][0]


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        (lambda p: p.pop("on"), "missing_key", "on"),
        (lambda p: p["before"]["rule"].pop("all"), "not_a_criterion", "before"),
        (lambda p: p["after"]["facts"].clear(), "unknown_fact", "after.all[0].fact"),
        (lambda p: p["kinds"][0]["asks"].append(9), "out_of_range", "kinds[0].asks[2]"),
        (
            lambda p: first(p)["traits"][0]["replies"][0].update(comparison=-1),
            "out_of_range",
            "kinds[0].partings[0].traits[0].replies[0].comparison",
        ),
        (
            lambda p: first(p)["traits"][0]["replies"].clear(),
            "empty_group",
            "kinds[0].partings[0].traits[0].replies",
        ),
        (
            lambda p: first(p)["traits"][0].update(cell={"value": "soon"}),
            "bad_date",
            "kinds[0].partings[0].traits[0].cell.value",
        ),
        (
            lambda p: first(p)["traits"][0].update(values=["2008-11-16"]),
            "wrong_type",
            "kinds[0].partings[0].traits[0].values[0]",
        ),
        (
            lambda p: first(p)["traits"][0].update(values=[{}, {"middle": 1}]),
            "wrong_type",
            "kinds[0].partings[0].traits[0].values[1]",
        ),
        (
            lambda p: first(p)["traits"][0]["cell"].update(value="2000-01-01"),
            "does_not_follow",
            "kinds[0].partings[0].after",
        ),
        (
            lambda p: first(p).update(before="unknown"),
            "does_not_follow",
            "kinds[0].partings[0].before",
        ),
    ],
)
def test_a_bad_difference_is_refused(change: Callable[[Any], object], code: str, path: str) -> None:
    assert (code, path) in problems_of(changed(change))


def test_a_day_without_law_is_refused() -> None:
    plain = deepcopy(PLAIN)
    law = About(covered=Span(date(2020, 1, 1), date(2026, 1, 1)))
    covered = evolve(AnyOf((ADULT,)), about=law)
    found = difference(covered, ADULT, on=date(2025, 1, 1))
    plain = json.loads(json.dumps(write_difference(found)))
    assert read_difference(plain) == found
    plain["on"] = "2026-11-16"
    assert [code for code, _ in problems_of(lambda: read_difference(plain))] == ["not_in_force"]

"""What differs between two versions of a rule, node by node."""

import pytest
from attrs import evolve
from hypothesis import given

from rehabcore.rules.criteria import About, AllOf, AnyOf, AtLeast, Criterion, Not, ask
from rehabcore.rules.near.amendments import Amendment, AmendmentKind, amendments
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import LeapDay, Term
from rehabcore.testing.strategies.criteria import rules
from tests.kit.builders import span
from tests.kit.rule_makers import AGE, ALONE, REPORTS, RISK

ADULT = ask(AGE).at_least(Term(18))
OLDER = ask(AGE).at_least(Term(21))
LOW = ask(RISK).is_("low")
LIVES_ALONE = ask(ALONE).is_(True)
WARNED = ask(REPORTS, kind="warning", within="1 year").at_most(0)
WARNED_LATELY = ask(REPORTS, kind="warning", within="90 days").at_most(0)
Row = tuple[str, str, tuple[str, ...]]


def named(id_: str, criterion: Criterion, **said: object) -> Criterion:
    """The criterion with an id and more said about it."""
    return evolve(criterion, about=About(id=id_, **said))  # type: ignore[arg-type]


def rows(before: Criterion, after: Criterion) -> list[Row]:
    """Each amendment as what became of the node, its path and the keys that differ."""
    return [(a.kind.value, a.path, a.keys) for a in amendments(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (ADULT, OLDER, [("changed", "", ("at_least",))]),
        (ADULT, ask(AGE).over(Term(18)), [("changed", "", ("at_least", "over"))]),
        (ADULT, evolve(ADULT, leap_day=LeapDay.MARCH_1), [("changed", "", ("leap_day",))]),
        (WARNED, WARNED_LATELY, [("changed", "", ("within",))]),
        (ADULT, LOW, [("changed", "", ("at_least", "fact", "is"))]),
        (
            named("a", ADULT),
            named("a", ADULT, title=Text.of(en="Adult"), cite=(Citation("xx-act"),)),
            [("changed", "", ("cite", "title"))],
        ),
        (
            named("a", ADULT),
            named("a", ADULT, in_force=span("2026-01-01"), status=Status.DRAFT),
            [("changed", "", ("in_force", "status"))],
        ),
        (ADULT, named("a", ADULT), [("changed", "", ("id",))]),
    ],
    ids=[
        "operand",
        "operator",
        "leap day",
        "parameter",
        "fact",
        "title and source",
        "force and status",
        "id",
    ],
)
def test_a_changed_node_names_the_keys_that_differ(
    before: Criterion, after: Criterion, expected: list[Row]
) -> None:
    assert rows(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            ADULT & LOW,
            ADULT,
            [
                ("changed", "", ("all", "at_least", "fact", "leap_day")),
                ("removed", "all[0]", ()),
                ("removed", "all[1]", ()),
            ],
        ),
        (
            ADULT,
            ADULT & LOW,
            [
                ("changed", "", ("all", "at_least", "fact", "leap_day")),
                ("added", "all[0]", ()),
                ("added", "all[1]", ()),
            ],
        ),
        (
            AllOf((ADULT, LOW, LIVES_ALONE)),
            AllOf((LIVES_ALONE, ADULT)),
            [("removed", "all[1]", ())],
        ),
        (AllOf((LOW,)), AllOf((ADULT, LOW)), [("added", "all[0]", ())]),
        (AllOf((ADULT, LOW)), AllOf((LOW, OLDER)), [("changed", "all[0]", ("at_least",))]),
        (
            AllOf((LOW, AnyOf((ADULT, LIVES_ALONE)))),
            AllOf((AnyOf((OLDER, LIVES_ALONE)), LOW)),
            [("changed", "all[1].any[0]", ("at_least",))],
        ),
        (Not(AllOf((ADULT,))), Not(AllOf((OLDER,))), [("changed", "not.all[0]", ("at_least",))]),
        (
            AtLeast(1, (ADULT, LOW)),
            AtLeast(2, (ADULT, LOW)),
            [("changed", "", ("at_least",))],
        ),
        (
            AllOf((ADULT, LOW)),
            AtLeast(1, (ADULT, LOW)),
            [("changed", "", ("all", "at_least", "of"))],
        ),
        (
            AllOf((named("a", AllOf((ADULT,))),)),
            AllOf((named("b", AllOf((ADULT,))),)),
            [("removed", "all[0]", ()), ("added", "all[0]", ())],
        ),
        (
            AllOf((named("a", ADULT),)),
            AllOf((named("b", OLDER),)),
            [("changed", "all[0]", ("at_least", "id"))],
        ),
        (
            AllOf((named("a", ADULT), named("b", LOW))),
            AllOf((named("b", ADULT), named("a", LOW))),
            [
                ("changed", "all[0]", ("at_least", "fact", "is")),
                ("changed", "all[1]", ("at_least", "fact", "is")),
            ],
        ),
        (AllOf((ADULT, ADULT)), AllOf((ADULT,)), [("removed", "all[1]", ())]),
    ],
    ids=[
        "all to one",
        "one to all",
        "a part removed",
        "a part added before",
        "moved and changed",
        "deep",
        "below not",
        "count",
        "all to some",
        "groups with other ids",
        "comparisons with other ids",
        "ids exchanged",
        "said once less",
    ],
)
def test_parts_are_matched_by_id_then_by_what_they_say_then_by_what_they_ask(
    before: Criterion, after: Criterion, expected: list[Row]
) -> None:
    assert rows(before, after) == expected


def test_another_version_of_the_pack_is_no_difference_of_the_rule() -> None:
    later = evolve(ADULT, about=About(origin="xx@2027.1"))
    assert amendments(AllOf((ADULT,)), AllOf((later,))) == ()


def test_a_fact_declared_otherwise_changes_every_comparison_of_it() -> None:
    declared = evolve(RISK, codes=("none", *RISK.codes))
    before, after = AllOf((LOW, ADULT)), AllOf((ask(declared).is_("low"), ADULT))
    assert rows(before, after) == [("changed", "all[0]", ("fact",))]


def test_an_amendment_holds_both_nodes_and_the_id_of_either() -> None:
    old, new = named("risk", LOW), named("risk", ask(RISK).is_("high"))
    [change] = amendments(AllOf((old,)), AllOf((new,)))
    assert change == Amendment(
        kind=AmendmentKind.CHANGED, path="all[0]", before=old, after=new, keys=("is",)
    )
    assert change.id == "risk"
    assert [a.id for a in amendments(AllOf((ADULT, LOW)), AllOf((ADULT, old)))] == ["risk"]
    assert [a.id for a in amendments(AllOf((ADULT, LOW)), AllOf((ADULT,)))] == [""]


@given(rules())
def test_a_rule_does_not_differ_from_itself(rule: Criterion) -> None:
    assert amendments(rule, rule) == ()


@given(rules(), rules())
def test_what_is_removed_one_way_is_added_the_other_way(one: Criterion, other: Criterion) -> None:
    there, back = amendments(one, other), amendments(other, one)
    removed = [str(a.before) for a in there if a.kind is AmendmentKind.REMOVED]
    added = [str(a.after) for a in back if a.kind is AmendmentKind.ADDED]
    assert sorted(removed) == sorted(added)
    assert len(there) == len(back)

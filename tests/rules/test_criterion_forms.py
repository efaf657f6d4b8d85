"""Criteria as tables: every form read and written, named rules, and criteria as fields."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve, frozen

from rehabcore.rules.criteria import About, AllOf, AnyOf, AtLeast, Compare, Criterion, Not, ask
from rehabcore.rules.data.criterion_forms import CriterionReader, write_criterion
from rehabcore.rules.data.plain import criterion_forms, plain_forms
from rehabcore.rules.facts import Operator
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import LeapDay, Term
from rehabcore.strict.documents import parse_json, parse_toml
from rehabcore.strict.problems import InputError
from rehabcore.strict.structure import Codec
from tests.kit.builders import span
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import (
    ADULT,
    AGE,
    ALONE,
    DEBT,
    FACTS,
    HOUSING,
    JSON,
    LEFT,
    NEEDS,
    REPORTS,
    RISK,
    TIME_AT_RISK,
    TOML,
    reader_of,
)

ALONE_IS = {"fact": "alone", "is": True}
IS_ALONE = ask(ALONE).is_(True)

# --- forms --------------------------------------------------------------------------------

TABLES: Mapping[str, tuple[dict[str, Any], Criterion]] = {
    "flag": (ALONE_IS, IS_ALONE),
    "count-with-parameters": (
        {"fact": "reports", "kind": "warning", "within": "6 months", "at_most": 1},
        ask(REPORTS, kind="warning", within="6 months").at_most(1),
    ),
    "optional-parameter": (
        {
            "fact": "reports",
            "kind": "isolation",
            "source": "prison",
            "within": "1 year 6 months",
            "under": 3,
        },
        ask(REPORTS, kind="isolation", within="1 year 6 months", source="prison").under(3),
    ),
    "nothing": ({"fact": "debt", "at_most": "0"}, ask(DEBT).at_most(Decimal("-0"))),
    "amount": ({"fact": "debt", "at_most": "12.50"}, ask(DEBT).at_most(Decimal("12.50"))),
    "choice": ({"fact": "housing", "is": "low"}, ask(HOUSING).is_("low")),
    "choices": ({"fact": "housing", "in": ["high", "low"]}, ask(HOUSING).in_("low", "high")),
    "level": ({"fact": "risk", "at_least": "medium"}, ask(RISK).at_least("medium")),
    "levels": ({"fact": "risk", "in": ["low"]}, ask(RISK).in_("low")),
    "set-any": (
        {"fact": "needs", "has_any": ["high", "low"]},
        ask(NEEDS).has_any("low", "high"),
    ),
    "set-all": ({"fact": "needs", "has_all": ["low"]}, ask(NEEDS).has_all("low")),
    "elapsed": ({"fact": "age", "over": "18 years"}, ask(AGE).over(Term(18))),
    "elapsed-with-leap-day": (
        {"fact": "age", "at_least": "18 years", "leap_day": "march_1"},
        Compare(ask(AGE), Operator.AT_LEAST, Term(18), leap_day=LeapDay.MARCH_1),
    ),
    "several-codes": (
        {"fact": "time_at_risk", "levels": "low, high", "share": "85%", "over": "1 year"},
        ask(TIME_AT_RISK, levels=("high", "low"), share="85%").over(Term(1)),
    ),
    "remaining": ({"fact": "left", "at_most": "9 months"}, ask(LEFT).at_most(Term(0, 9))),
    "all": ({"all": [ALONE_IS]}, AllOf((IS_ALONE,))),
    "any": ({"any": [ALONE_IS, ALONE_IS]}, AnyOf((IS_ALONE, IS_ALONE))),
    "not": ({"not": ALONE_IS}, Not(IS_ALONE)),
    "at-least": ({"at_least": 1, "of": [ALONE_IS, ALONE_IS]}, AtLeast(1, (IS_ALONE, IS_ALONE))),
    "everything-said": (
        {
            "not": {**ALONE_IS, "id": "alone", "status": "draft"},
            "id": "not_alone",
            "title": {"en": "Not alone", "ka": "არა მარტო", "draft": ["ka"]},
            "cite": ["xx-act#art-3", "xx-order"],
            "in_force": {"start": "2020-01-01", "end": "2025-01-01"},
            "status": "reviewed",
            "origin": "xx@2026.2",
        },
        Not(
            evolve(IS_ALONE, about=About(id="alone", status=Status.DRAFT)),
            about=About(
                id="not_alone",
                title=Text((("en", "Not alone"), ("ka", "არა მარტო")), frozenset({"ka"})),
                cite=(Citation("xx-act", "art-3"), Citation("xx-order")),
                in_force=span("2020-01-01", "2025-01-01"),
                status=Status.REVIEWED,
                origin="xx@2026.2",
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_table_is_read_and_written(name: str) -> None:
    plain, criterion = TABLES[name]
    assert reader_of().read(plain) == criterion
    assert write_criterion(criterion, JSON) == plain


TOML_TEXT = """
id = "entry"
cite = "xx-act#art-3"
in_force = { start = 2020-01-01, end = "open" }
at_least = 2
of = [
  { fact = "age", at_least = "18 years", leap_day = "march_1" },
  { fact = "debt", under = "100", in_force = { start = 2020-01-01, end = 2025-01-01 } },
  { any = [{ fact = "needs", has_any = ["low"] }, { not = { fact = "alone", is = false } }] },
]
"""
JSON_TEXT = """
{"id": "entry", "cite": ["xx-act#art-3"], "in_force": {"start": "2020-01-01", "end": "open"},
 "at_least": 2, "of": [
  {"fact": "age", "at_least": "18 years", "leap_day": "march_1"},
  {"fact": "debt", "under": "100", "in_force": {"start": "2020-01-01", "end": "2025-01-01"}},
  {"any": [{"fact": "needs", "has_any": ["low"]}, {"not": {"fact": "alone", "is": false}}]}]}
"""


def test_toml_and_json_say_the_same() -> None:
    from_toml = reader_of(TOML).read(parse_toml(TOML_TEXT))
    from_json = reader_of().read(parse_json(JSON_TEXT))
    assert from_toml == from_json
    assert json.loads(json.dumps(write_criterion(from_toml, JSON))) == json.loads(JSON_TEXT)
    assert reader_of(TOML).read(write_criterion(from_json, TOML)) == from_toml


def test_single_citation_needs_no_list() -> None:
    alone = reader_of().read({**ALONE_IS, "cite": "xx-act#art-3"})
    assert alone == reader_of().read({**ALONE_IS, "cite": ["xx-act#art-3"]})


def test_term_is_written_in_its_usual_form() -> None:
    week = reader_of().read({"fact": "age", "at_least": "0 years 1 weeks"})
    assert write_criterion(week, JSON)["at_least"] == "1 week"


def test_several_codes_may_be_read_from_a_list() -> None:
    listed = {"fact": "time_at_risk", "levels": ["high", "low"], "over": "1 year"}
    written = {"fact": "time_at_risk", "levels": "low, high", "over": "1 year"}
    criterion = reader_of().read(listed)
    assert criterion == reader_of().read(written)
    assert write_criterion(criterion, JSON) == written


# --- named rules, sources, origin ---------------------------------------------------------


def test_named_rule_is_the_rule_itself() -> None:
    assert reader_of().read({"rule": "adult"}) == ADULT
    assert reader_of().read({"all": [{"rule": "adult"}, ALONE_IS]}) == AllOf((ADULT, IS_ALONE))


@pytest.mark.parametrize("name", ["juvenile", "Adult", 3, None, ["adult"]], ids=str)
def test_rule_that_is_not_there_is_refused(name: object) -> None:
    assert problems_of(lambda: reader_of().read({"rule": name})) == [("dangling_id", "rule")]


def test_named_rule_cannot_be_renamed_where_it_is_used() -> None:
    assert problems_of(lambda: reader_of().read({"rule": "adult", "id": "grown_up"})) == [
        ("unknown_key", "")
    ]


def test_reader_names_the_rules_that_there_are() -> None:
    for rules, expected in (
        ({"adult": ADULT, "alone": IS_ALONE}, "a named rule: one of adult, alone"),
        ({}, "a named rule: none, since there are none"),
    ):
        reader = CriterionReader(facts=FACTS, rules=rules, codec=JSON)
        with pytest.raises(InputError) as caught:
            reader.read({"rule": "juvenile"})
        assert caught.value.problems[0].expected == expected


def test_citation_must_be_of_a_source_where_sources_are_known() -> None:
    cited = {**ALONE_IS, "cite": ["xx-act#art-3", "xx-order", "yy-act#art-1"]}
    assert len(reader_of().read(cited).about.cite) == 3
    assert len(
        reader_of(sources=dict.fromkeys(("xx-act", "xx-order", "yy-act"), Status.REVIEWED))
        .read(cited)
        .about.cite
    )
    assert problems_of(lambda: reader_of(sources={"xx-act": Status.REVIEWED}).read(cited)) == [
        ("dangling_id", "cite[1]"),
        ("dangling_id", "cite[2]"),
    ]
    assert problems_of(lambda: reader_of(sources={}).read({**ALONE_IS, "cite": "xx-act"})) == [
        ("dangling_id", "cite")
    ]


def test_comparison_with_a_citation_claims_a_review_and_a_group_does_not() -> None:
    reader = reader_of(sources={"xx-bill": Status.DRAFT})
    cited = {**ALONE_IS, "cite": "xx-bill"}
    assert problems_of(lambda: reader.read(cited)) == [("draft_source", "cite[0]")]
    assert reader.read({**cited, "status": "draft"}).about.status is Status.DRAFT
    for group in ({"all": [ALONE_IS]}, {"any": [ALONE_IS]}, {"not": ALONE_IS}):
        assert reader.read({**group, "cite": "xx-bill"}).about.status is None


def test_every_node_without_an_origin_gets_the_reader_s() -> None:
    plain = {"all": [ALONE_IS, {"not": ALONE_IS, "origin": "yy@1"}, {"rule": "adult"}]}
    criterion = reader_of(origin="xx@2026.2").read(plain)
    assert criterion.about.origin == "xx@2026.2"
    assert isinstance(criterion, AllOf)
    own, other, named = criterion.parts
    assert own.about.origin == "xx@2026.2"
    assert other.about.origin == "yy@1"
    assert isinstance(other, Not)
    assert other.part.about.origin == "xx@2026.2"
    assert named == ADULT


# --- as a field of a record ---------------------------------------------------------------


@frozen(kw_only=True)
class Door:
    guard: Criterion
    exception: Criterion | None = None


DOORS = Codec([*plain_forms(), *criterion_forms(reader_of())])


@pytest.mark.parametrize(
    ("plain", "door"),
    [
        pytest.param({"guard": ALONE_IS}, Door(guard=IS_ALONE), id="left-out"),
        pytest.param(
            {"guard": {"all": [ALONE_IS]}, "exception": {"not": ALONE_IS}},
            Door(guard=AllOf((IS_ALONE,)), exception=Not(IS_ALONE)),
            id="given",
        ),
    ],
)
def test_criterion_is_a_field_of_a_record(plain: dict[str, Any], door: Door) -> None:
    assert DOORS.read(plain, Door) == door
    assert DOORS.write(door) == plain


def test_optional_criterion_may_be_null() -> None:
    assert DOORS.read({"guard": ALONE_IS, "exception": None}, Door) == Door(guard=IS_ALONE)
    assert DOORS.write(None, Criterion | None) is None


def test_problems_of_a_criterion_are_seen_from_the_record() -> None:
    with pytest.raises(InputError) as caught:
        DOORS.read({"guard": {"all": [{"rule": "juvenile"}]}, "exception": 3}, Door)
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [
        ("dangling_id", "guard.all[0].rule"),
        ("wrong_type", "exception"),
    ]

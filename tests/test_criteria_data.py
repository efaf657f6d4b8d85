"""Criteria as tables: every form read and written, every fault found at once with its path."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve, frozen

from rehabcore.documents import parse_json, parse_toml
from rehabcore.errors import InputError
from rehabcore.rules.criteria import (
    DEEPEST_CRITERION,
    About,
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Criterion,
    Not,
    ask,
)
from rehabcore.rules.criteria_data import CriterionReader, write_criterion
from rehabcore.rules.days import LeapDay, Term
from rehabcore.rules.facts import Fact, Operator, Parameter, Shape
from rehabcore.rules.plain import criterion_forms, plain_forms
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.structure import Codec
from tests.builders import flag, span

LEVELS = ("low", "medium", "high")
ALONE = flag("alone")
SANCTIONS = Fact(
    name="sanctions",
    shape=Shape.COUNT,
    about="Sanctions in a window.",
    parameters=(
        Parameter(name="kind", codes=("warning", "isolation")),
        Parameter(name="within"),
        Parameter(name="source", codes=("prison",), required=False),
    ),
)
DEBT = Fact(name="debt", shape=Shape.AMOUNT, about="Debt.")
HOUSING = Fact(name="housing", shape=Shape.CHOICE, about="Housing.", codes=("own", "none"))
RISK = Fact(name="risk", shape=Shape.LEVEL, about="Risk.", codes=LEVELS)
NEEDS = Fact(name="needs", shape=Shape.SET, about="Needs.", codes=("work", "health"))
AGE = Fact(name="age", shape=Shape.ELAPSED, about="Time since birth.")
LEFT = Fact(name="left", shape=Shape.REMAINING, about="Time to the end.")
FACTS = {fact.name: fact for fact in (ALONE, SANCTIONS, DEBT, HOUSING, RISK, NEEDS, AGE, LEFT)}
JSON = Codec(plain_forms())
TOML = Codec(plain_forms(dates_are_objects=True), dates_are_objects=True)
ADULT = evolve(
    ask(AGE).at_least(Term(18)), about=About(id="adult", cite=(Citation("xx-act", "art-3"),))
)


def _reader(codec: Codec = JSON, **given: Any) -> CriterionReader:
    return CriterionReader(facts=FACTS, rules={"adult": ADULT}, codec=codec, **given)


def _found(plain: object, **given: Any) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        _reader(**given).read(plain)
    return [(problem.code, problem.path) for problem in caught.value.problems]


ALONE_IS = {"fact": "alone", "is": True}
IS_ALONE = ask(ALONE).is_(True)

# --- forms --------------------------------------------------------------------------------

TABLES: Mapping[str, tuple[dict[str, Any], Criterion]] = {
    "flag": (ALONE_IS, IS_ALONE),
    "count-with-parameters": (
        {"fact": "sanctions", "kind": "warning", "within": "6 months", "at_most": 1},
        ask(SANCTIONS, kind="warning", within="6 months").at_most(1),
    ),
    "optional-parameter": (
        {
            "fact": "sanctions",
            "kind": "isolation",
            "source": "prison",
            "within": "1 year 6 months",
            "under": 3,
        },
        ask(SANCTIONS, kind="isolation", within="1 year 6 months", source="prison").under(3),
    ),
    "amount": ({"fact": "debt", "at_most": "12.50"}, ask(DEBT).at_most(Decimal("12.50"))),
    "choice": ({"fact": "housing", "is": "own"}, ask(HOUSING).is_("own")),
    "choices": ({"fact": "housing", "in": ["none", "own"]}, ask(HOUSING).in_("own", "none")),
    "level": ({"fact": "risk", "at_least": "medium"}, ask(RISK).at_least("medium")),
    "levels": ({"fact": "risk", "in": ["low"]}, ask(RISK).in_("low")),
    "set-any": (
        {"fact": "needs", "has_any": ["health", "work"]},
        ask(NEEDS).has_any("work", "health"),
    ),
    "set-all": ({"fact": "needs", "has_all": ["work"]}, ask(NEEDS).has_all("work")),
    "elapsed": ({"fact": "age", "over": "18 years"}, ask(AGE).over(Term(18))),
    "elapsed-with-leap-day": (
        {"fact": "age", "at_least": "18 years", "leap_day": "march_1"},
        Compare(ask(AGE), Operator.AT_LEAST, Term(18), leap_day=LeapDay.MARCH_1),
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
            "origin": "xx@2026.1",
        },
        Not(
            evolve(IS_ALONE, about=About(id="alone", status=Status.DRAFT)),
            about=About(
                id="not_alone",
                title=Text((("en", "Not alone"), ("ka", "არა მარტო")), frozenset({"ka"})),
                cite=(Citation("xx-act", "art-3"), Citation("xx-order")),
                in_force=span("2020-01-01", "2025-01-01"),
                status=Status.REVIEWED,
                origin="xx@2026.1",
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_table_is_read_and_written(name: str) -> None:
    plain, criterion = TABLES[name]
    assert _reader().read(plain) == criterion
    assert write_criterion(criterion, JSON) == plain


TOML_TEXT = """
id = "entry"
cite = "xx-act#art-3"
in_force = { start = 2020-01-01, end = "open" }
at_least = 2
of = [
  { fact = "age", at_least = "18 years", leap_day = "march_1" },
  { fact = "debt", under = "100", in_force = { start = 2020-01-01, end = 2025-01-01 } },
  { any = [{ fact = "needs", has_any = ["work"] }, { not = { fact = "alone", is = false } }] },
]
"""
JSON_TEXT = """
{"id": "entry", "cite": ["xx-act#art-3"], "in_force": {"start": "2020-01-01", "end": "open"},
 "at_least": 2, "of": [
  {"fact": "age", "at_least": "18 years", "leap_day": "march_1"},
  {"fact": "debt", "under": "100", "in_force": {"start": "2020-01-01", "end": "2025-01-01"}},
  {"any": [{"fact": "needs", "has_any": ["work"]}, {"not": {"fact": "alone", "is": false}}]}]}
"""


def test_toml_and_json_say_the_same() -> None:
    from_toml = _reader(TOML).read(parse_toml(TOML_TEXT))
    from_json = _reader().read(parse_json(JSON_TEXT))
    assert from_toml == from_json
    assert json.loads(json.dumps(write_criterion(from_toml, JSON))) == json.loads(JSON_TEXT)
    assert _reader(TOML).read(write_criterion(from_json, TOML)) == from_toml


def test_single_citation_needs_no_list() -> None:
    alone = _reader().read({**ALONE_IS, "cite": "xx-act#art-3"})
    assert alone == _reader().read({**ALONE_IS, "cite": ["xx-act#art-3"]})


def test_term_is_written_in_its_usual_form() -> None:
    weeks = _reader().read({"fact": "age", "at_least": "2 weeks"})
    assert write_criterion(weeks, JSON)["at_least"] == "14 days"


# --- named rules, sources, origin ---------------------------------------------------------


def test_named_rule_is_the_rule_itself() -> None:
    assert _reader().read({"rule": "adult"}) == ADULT
    assert _reader().read({"all": [{"rule": "adult"}, ALONE_IS]}) == AllOf((ADULT, IS_ALONE))


@pytest.mark.parametrize("name", ["juvenile", "Adult", 3, None, ["adult"]], ids=str)
def test_rule_that_is_not_there_is_refused(name: object) -> None:
    assert _found({"rule": name}) == [("dangling_id", "rule")]


def test_named_rule_cannot_be_renamed_where_it_is_used() -> None:
    assert _found({"rule": "adult", "id": "grown_up"}) == [("unknown_key", "")]


def test_reader_names_the_rules_that_there_are() -> None:
    for rules, expected in (
        ({"adult": ADULT, "alone": IS_ALONE}, "a named rule: adult, alone"),
        ({}, "a named rule: there is none"),
    ):
        reader = CriterionReader(facts=FACTS, rules=rules, codec=JSON)
        with pytest.raises(InputError) as caught:
            reader.read({"rule": "juvenile"})
        assert caught.value.problems[0].expected == expected


def test_citation_must_be_of_a_source_where_sources_are_known() -> None:
    cited = {**ALONE_IS, "cite": ["xx-act#art-3", "xx-order", "yy-act#art-1"]}
    assert len(_reader().read(cited).about.cite) == 3
    assert len(_reader(sources=frozenset({"xx-act", "xx-order", "yy-act"})).read(cited).about.cite)
    assert _found(cited, sources=frozenset({"xx-act"})) == [
        ("dangling_id", "cite[1]"),
        ("dangling_id", "cite[2]"),
    ]
    assert _found({**ALONE_IS, "cite": "xx-act"}, sources=frozenset()) == [("dangling_id", "cite")]


def test_every_node_without_an_origin_gets_the_reader_s() -> None:
    plain = {"all": [ALONE_IS, {"not": ALONE_IS, "origin": "yy@1"}, {"rule": "adult"}]}
    criterion = _reader(origin="xx@2026.1").read(plain)
    assert criterion.about.origin == "xx@2026.1"
    assert isinstance(criterion, AllOf)
    own, other, named = criterion.parts
    assert own.about.origin == "xx@2026.1"
    assert other.about.origin == "yy@1"
    assert isinstance(other, Not)
    assert other.part.about.origin == "xx@2026.1"
    assert named == ADULT


# --- what is refused ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plain", "problems"),
    [
        pytest.param(None, [("wrong_type", "")], id="null"),
        pytest.param("adult", [("wrong_type", "")], id="text"),
        pytest.param([ALONE_IS], [("wrong_type", "")], id="list"),
        pytest.param({}, [("not_a_criterion", "")], id="empty"),
        pytest.param({"id": "adult"}, [("not_a_criterion", "")], id="nothing-said"),
        pytest.param({"all": [ALONE_IS], "any": [ALONE_IS]}, [("not_a_criterion", "")], id="two"),
        pytest.param({**ALONE_IS, "rule": "adult"}, [("not_a_criterion", "")], id="fact-and-rule"),
        pytest.param({"at_least": 1}, [("not_a_criterion", "")], id="count-without-parts"),
        pytest.param({"all": []}, [("empty_group", "all")], id="empty-all"),
        pytest.param({"any": []}, [("empty_group", "any")], id="empty-any"),
        pytest.param({"of": [], "at_least": 1}, [("empty_group", "of")], id="empty-of"),
        pytest.param({"all": ALONE_IS}, [("empty_group", "all")], id="all-of-a-table"),
        pytest.param({"all": None}, [("empty_group", "all")], id="all-of-null"),
        pytest.param({"not": [ALONE_IS]}, [("wrong_type", "not")], id="not-of-a-list"),
        pytest.param({"not": {}}, [("not_a_criterion", "not")], id="not-of-nothing"),
        pytest.param({"of": [ALONE_IS]}, [("wrong_type", "at_least")], id="of-without-count"),
        pytest.param(
            {"of": [ALONE_IS], "at_least": "1"}, [("wrong_type", "at_least")], id="count-as-text"
        ),
        pytest.param(
            {"of": [ALONE_IS], "at_least": True}, [("wrong_type", "at_least")], id="count-as-flag"
        ),
        pytest.param(
            {"of": [ALONE_IS], "at_least": 1.0}, [("wrong_type", "at_least")], id="count-as-float"
        ),
        pytest.param(
            {"of": [ALONE_IS], "at_least": 0}, [("out_of_range", "at_least")], id="none-of"
        ),
        pytest.param(
            {"of": [ALONE_IS], "at_least": 2}, [("out_of_range", "at_least")], id="two-of-one"
        ),
        pytest.param(
            {"all": [ALONE_IS], "at_least": 1}, [("unknown_key", "")], id="count-in-an-all"
        ),
        pytest.param({"fact": "alone"}, [("not_a_criterion", "")], id="no-comparison"),
        pytest.param(
            {"fact": "risk", "at_least": "low", "under": "high"},
            [("not_a_criterion", "")],
            id="two-comparisons",
        ),
        pytest.param({"fact": "weight", "is": 1}, [("unknown_fact", "fact")], id="unknown-fact"),
        pytest.param({"fact": 3, "is": 1}, [("unknown_fact", "fact")], id="fact-as-number"),
        pytest.param({"fact": ["age"], "is": 1}, [("unknown_fact", "fact")], id="fact-as-list"),
        pytest.param({**ALONE_IS, "kind": "x"}, [("unknown_key", "")], id="no-such-parameter"),
        pytest.param({**ALONE_IS, "leap_day": "march_1"}, [("unknown_key", "")], id="no-leap-day"),
        pytest.param(
            {"fact": "alone", "at_least": True}, [("cannot_compare", "at_least")], id="operator"
        ),
        pytest.param(
            {"fact": "age", "is": "18 years"}, [("cannot_compare", "is")], id="age-is-not-equal"
        ),
    ],
)
def test_table_that_is_no_criterion_is_refused(
    plain: object, problems: list[tuple[str, str]]
) -> None:
    assert _found(plain) == problems


@pytest.mark.parametrize(
    ("fact", "operator", "operand", "code"),
    [
        pytest.param("alone", "is", "true", "wrong_type", id="text-for-a-flag"),
        pytest.param("alone", "is", 1, "wrong_type", id="number-for-a-flag"),
        pytest.param("alone", "is", None, "wrong_type", id="null-for-a-flag"),
        pytest.param("alone", "is", [], "wrong_type", id="list-for-a-flag"),
        pytest.param("debt", "at_most", 12.5, "wrong_type", id="float-for-an-amount"),
        pytest.param("debt", "at_most", 12, "wrong_type", id="number-for-an-amount"),
        pytest.param("debt", "at_most", "NaN", "wrong_type", id="nan"),
        pytest.param("debt", "at_most", "Infinity", "wrong_type", id="infinity"),
        pytest.param("debt", "at_most", "1E+3", "wrong_type", id="exponent"),
        pytest.param("debt", "at_most", "much", "wrong_type", id="word-for-an-amount"),
        pytest.param("housing", "is", "hostel", "unknown_value", id="no-such-code"),
        pytest.param("housing", "is", ["own"], "wrong_type", id="list-for-a-code"),
        pytest.param("housing", "is", 3, "wrong_type", id="number-for-a-code"),
        pytest.param("housing", "in", "own", "wrong_type", id="code-for-a-list"),
        pytest.param("housing", "in", [], "empty_group", id="empty-list"),
        pytest.param("housing", "in", [1], "wrong_type", id="list-of-numbers"),
        pytest.param("housing", "in", ["own", "hostel"], "unknown_value", id="one-wrong-code"),
        pytest.param("risk", "at_least", 2, "wrong_type", id="rank-for-a-level"),
        pytest.param("risk", "at_least", "huge", "unknown_value", id="no-such-level"),
        pytest.param("needs", "has_any", "work", "wrong_type", id="code-for-a-set"),
        pytest.param("needs", "has_all", [["work"]], "wrong_type", id="list-in-a-list"),
        pytest.param("needs", "has_all", {"work": 1}, "wrong_type", id="table-for-a-set"),
        pytest.param("age", "at_least", 18, "bad_term", id="number-for-a-term"),
        pytest.param("age", "at_least", "eighteen", "bad_term", id="word-for-a-term"),
        pytest.param("age", "at_least", None, "bad_term", id="null-for-a-term"),
        pytest.param("age", "at_least", "999 years", "out_of_range", id="too-long-a-term"),
    ],
)
def test_constant_that_does_not_fit_is_refused_at_its_operator(
    fact: str, operator: str, operand: object, code: str
) -> None:
    assert _found({"fact": fact, operator: operand}) == [(code, operator)]


@pytest.mark.parametrize(
    ("operand", "code"),
    [
        pytest.param("1", "wrong_type", id="text"),
        pytest.param(True, "wrong_type", id="flag"),
        pytest.param(1.5, "wrong_type", id="float"),
        pytest.param(None, "wrong_type", id="null"),
    ],
)
def test_count_is_compared_with_a_whole_number_only(operand: object, code: str) -> None:
    plain = {"fact": "sanctions", "kind": "warning", "within": "1 year", "at_most": operand}
    assert _found(plain) == [(code, "at_most")]


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        pytest.param({"id": 3}, [("wrong_type", "id")], id="id"),
        pytest.param({"id": "\ud800"}, [("not_utf8", "id")], id="id-that-cannot-be-written"),
        pytest.param({"title": "Alone"}, [("wrong_type", "title")], id="title-as-text"),
        pytest.param({"title": {"ka": "ა"}}, [("missing_key", "title.en")], id="no-english"),
        pytest.param({"cite": ""}, [("bad_citation", "cite")], id="empty-citation"),
        pytest.param({"cite": {"source": "x"}}, [("bad_citation", "cite")], id="table-citation"),
        pytest.param(
            {"cite": ["#", "xx-act", 3]},
            [("bad_citation", "cite[0]"), ("bad_citation", "cite[2]")],
            id="citations",
        ),
        pytest.param({"status": "final"}, [("unknown_value", "status")], id="status"),
        pytest.param({"origin": None}, [("wrong_type", "origin")], id="origin"),
        pytest.param({"in_force": "2020"}, [("wrong_type", "in_force")], id="validity-as-text"),
        pytest.param(
            {"in_force": {"start": "2020-01-01"}}, [("missing_key", "in_force.end")], id="no-end"
        ),
        pytest.param(
            {"in_force": {"start": "2020-01-01", "end": "2020-01-01"}},
            [("ends_before_start", "in_force.end")],
            id="zero-days",
        ),
        pytest.param(
            {"in_force": {"start": "2020-01-01", "end": "unknown"}},
            [("out_of_range", "in_force.end")],
            id="law-ends-nobody-knows-when",
        ),
        pytest.param(
            {"in_force": {"start": "2020-13-01", "end": "soon", "until": 1}},
            [
                ("bad_date", "in_force.start"),
                ("bad_date", "in_force.end"),
                ("unknown_key", "in_force"),
            ],
            id="validity-all-at-once",
        ),
        pytest.param({"note": "x"}, [("unknown_key", "")], id="unknown-key"),
    ],
)
@pytest.mark.parametrize("node", [ALONE_IS, {"all": [ALONE_IS]}], ids=["fact", "all"])
def test_what_is_said_about_a_node_is_checked(
    node: dict[str, Any], said: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    assert _found({**node, **said}) == problems


def test_every_problem_of_a_comparison_is_told_at_once() -> None:
    plain = {
        "fact": "sanctions",
        "kind": "beating",
        "source": 3,
        "at_most": "x",
        "id": 5,
        "cite": ["#"],
        "notes": 1,
    }
    assert sorted(_found(plain)) == [
        ("bad_citation", "cite[0]"),
        ("missing_key", "within"),
        ("unknown_key", ""),
        ("unknown_value", "kind"),
        ("wrong_type", "at_most"),
        ("wrong_type", "id"),
        ("wrong_type", "source"),
    ]


def test_parameters_and_constant_are_told_at_once() -> None:
    plain = {"fact": "sanctions", "kind": "beating", "at_most": "x", "under": 1, "notes": 1}
    assert sorted(_found(plain)) == [
        ("missing_key", "within"),
        ("not_a_criterion", ""),
        ("unknown_key", ""),
        ("unknown_value", "kind"),
        ("wrong_type", "at_most"),
    ]


def test_leap_day_and_term_are_told_at_once() -> None:
    plain = {"fact": "age", "at_least": "x", "leap_day": "never"}
    assert sorted(_found(plain)) == [("bad_term", "at_least"), ("unknown_value", "leap_day")]


def test_every_problem_of_a_tree_is_told_at_once_with_its_path() -> None:
    plain = {
        "all": [
            ALONE_IS,
            {"fact": "alone", "is": "yes"},
            {"any": [{"fact": "weight", "is": 1}, {"not": {"fact": "age", "under": 18}}]},
            {"of": [{"rule": "juvenile"}, ALONE_IS, 3], "at_least": "2", "notes": 1},
        ],
        "status": "final",
        "notes": 1,
    }
    assert sorted(_found(plain)) == sorted(
        [
            ("wrong_type", "all[1].is"),
            ("unknown_fact", "all[2].any[0].fact"),
            ("bad_term", "all[2].any[1].not.under"),
            ("dangling_id", "all[3].of[0].rule"),
            ("wrong_type", "all[3].of[2]"),
            ("wrong_type", "all[3].at_least"),
            ("unknown_key", "all[3]"),
            ("unknown_value", "status"),
            ("unknown_key", ""),
        ]
    )


def test_unknown_key_is_shown_by_length_and_the_known_ones_are_named() -> None:
    with pytest.raises(InputError) as caught:
        _reader().read({"not": ALONE_IS, "Nino Beridze": 1})
    (problem,) = caught.value.problems
    assert problem.found == "a key of 12 characters"
    assert problem.expected == "only the keys cite, id, in_force, not, origin, status, title"


# --- depth --------------------------------------------------------------------------------


def _nested(levels: int) -> dict[str, Any]:
    plain: dict[str, Any] = ALONE_IS
    for _ in range(levels - 1):
        plain = {"not": plain}
    return plain


def test_table_of_24_levels_is_the_deepest() -> None:
    assert _reader().read(_nested(DEEPEST_CRITERION)).extent.levels == 24
    assert _found(_nested(DEEPEST_CRITERION + 1)) == [
        ("too_deep", ".".join(["not"] * DEEPEST_CRITERION))
    ]


def test_table_of_very_many_levels_is_refused_without_a_crash() -> None:
    assert _found(_nested(5_000)) == [("too_deep", ".".join(["not"] * DEEPEST_CRITERION))]


def test_levels_below_a_named_rule_count() -> None:
    deep = _reader().read(_nested(DEEPEST_CRITERION))
    reader = CriterionReader(facts=FACTS, rules={"deep": deep}, codec=JSON)
    with pytest.raises(InputError) as caught:
        reader.read({"all": [{"any": [{"rule": "deep"}]}]})
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [
        ("too_deep", "all[0]")
    ]


# --- as a field of a record ---------------------------------------------------------------


@frozen(kw_only=True)
class Door:
    guard: Criterion
    exception: Criterion | None = None


DOORS = Codec([*plain_forms(), *criterion_forms(_reader())])


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

"""Tables that are no criterion: every fault found at once, with its exact path."""

from typing import Any

import pytest

from rehabcore.rules.criteria import DEEPEST_CRITERION
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.strict.documents import parse_json
from rehabcore.strict.problems import InputError
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import FACTS, JSON, reader_of

ALONE_IS = {"fact": "alone", "is": True}


def _found(plain: object) -> list[tuple[str, str]]:
    return problems_of(lambda: reader_of().read(plain))


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
        pytest.param({"all": ALONE_IS}, [("wrong_type", "all")], id="all-of-a-table"),
        pytest.param({"all": None}, [("wrong_type", "all")], id="all-of-null"),
        pytest.param({"not": [ALONE_IS]}, [("wrong_type", "not")], id="not-of-a-list"),
        pytest.param({"not": {}}, [("not_a_criterion", "not")], id="not-of-nothing"),
        pytest.param({"of": [ALONE_IS]}, [("missing_key", "at_least")], id="of-without-count"),
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
        pytest.param("housing", "is", ["low"], "wrong_type", id="list-for-a-code"),
        pytest.param("housing", "is", 3, "wrong_type", id="number-for-a-code"),
        pytest.param("housing", "in", "low", "wrong_type", id="code-for-a-list"),
        pytest.param("housing", "in", [], "empty_group", id="empty-list"),
        pytest.param("housing", "in", [1], "wrong_type", id="list-of-numbers"),
        pytest.param("housing", "in", ["low", "hostel"], "unknown_value", id="one-wrong-code"),
        pytest.param("risk", "at_least", 2, "wrong_type", id="rank-for-a-level"),
        pytest.param("risk", "at_least", "huge", "unknown_value", id="no-such-level"),
        pytest.param("needs", "has_any", "low", "wrong_type", id="code-for-a-set"),
        pytest.param("needs", "has_all", [["low"]], "wrong_type", id="list-in-a-list"),
        pytest.param("needs", "has_all", {"low": 1}, "wrong_type", id="table-for-a-set"),
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
    plain = {"fact": "reports", "kind": "warning", "within": "1 year", "at_most": operand}
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
        "fact": "reports",
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
    plain = {"fact": "reports", "kind": "beating", "at_most": "x", "under": 1, "notes": 1}
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
        reader_of().read({"not": ALONE_IS, "Nino Beridze": 1})
    (problem,) = caught.value.problems
    assert problem.found == "a key of 12 characters"
    assert (
        problem.expected == "only the keys cite, covered, id, in_force, not, origin, status, title"
    )


def test_repeated_key_is_refused_where_it_stands() -> None:
    text = """{"all": [{"fact": "alone", "is": true, "is": false},
        {"not": {"fact": "alone", "is": true, "title": {"en": "a", "en": "b"}}}]}"""
    assert _found(parse_json(text)) == [
        ("repeated_key", "all[0]"),
        ("repeated_key", "all[1].not.title"),
    ]


# --- depth --------------------------------------------------------------------------------


def _nested(levels: int) -> dict[str, Any]:
    plain: dict[str, Any] = ALONE_IS
    for _ in range(levels - 1):
        plain = {"not": plain}
    return plain


def test_table_of_24_levels_is_the_deepest() -> None:
    assert reader_of().read(_nested(DEEPEST_CRITERION)).extent.levels == 24
    assert _found(_nested(DEEPEST_CRITERION + 1)) == [
        ("too_deep", ".".join(["not"] * DEEPEST_CRITERION))
    ]


def test_table_of_very_many_levels_is_refused_without_a_crash() -> None:
    assert _found(_nested(5_000)) == [("too_deep", ".".join(["not"] * DEEPEST_CRITERION))]


def test_levels_of_groups_and_versions_count_as_well() -> None:
    for key in ("all", "any", "versions"):
        plain: dict[str, Any] = ALONE_IS
        for _ in range(5_000):
            plain = {key: [{**plain, "in_force": {"start": "2020-01-01", "end": "open"}}]}
        assert _found(plain) == [("too_deep", ".".join([f"{key}[0]"] * DEEPEST_CRITERION))]


def test_levels_below_a_named_rule_count() -> None:
    deep = reader_of().read(_nested(DEEPEST_CRITERION))
    reader = CriterionReader(facts=FACTS, rules={"deep": deep}, codec=JSON)
    with pytest.raises(InputError) as caught:
        reader.read({"all": [{"any": [{"rule": "deep"}]}]})
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [
        ("too_deep", "all[0]")
    ]

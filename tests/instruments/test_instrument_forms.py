"""What an item that is not asked makes of answers: gates, choices and answers that are null."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from rehabcore import instruments
from rehabcore.instruments import Remark, Respondent, ScoreResult, find, score
from rehabcore.strict.documents import LARGEST_INPUT
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Sex
from tests.kit.builders import day
from tests.kit.refusals import problems_of

FORM = """
instrument = { id = "gated", tool = "G", title = "Gated", edition = "1", higher_means = "more" }
validity = { population = "nobody", administered_by = "anyone", made_in = ["xx", "zz-s"] }
licence = { class = "public_domain", holder = "none", notice = "Made for a test." }
source = [{ id = "s", cite = "this test", tier = "A" }]
choices = [{ id = "form", values = ["short", "long"], default = "long" }]
items = [
  { numbers = ["first", "second", "behind"], yes_no = true },
  { numbers = ["how"], codes = ["well", "badly"] },
  { numbers = ["cost"], amount = [0, "open"] },
  { numbers = ["loss"], amount = ["open", 0.5] },
  { numbers = ["extra"], values = [0, 1], when = { form = "long" } },
]
gates = [
  { item = "first", closed_at = 0, items = ["second", "behind"] },
  { item = "second", closed_at = 0, items = ["behind", "extra"] },
]

[scales]
total = { sum = ["first", "second", "behind", "extra"] }
rest = { plus = ["how", "cost", "loss"] }
"""


def _scored(answers: dict[str, int | None], form: str = "long") -> ScoreResult:
    read = instruments.read_instrument(FORM)
    return instruments.score(read, answers, on=day("2026-01-01"), choices={"form": form})


@pytest.mark.parametrize("yes", [True, 1])
def test_yes_is_true_or_1(yes: int) -> None:
    assert (
        _scored({"first": yes, "second": yes, "behind": False, "extra": 0}).score("total").value
        == 2
    )


@pytest.mark.parametrize("answer", [2, -1, 1.0, "yes", "1"])
def test_what_is_neither_yes_nor_no_is_refused(answer: Any) -> None:
    with pytest.raises(InputError) as refused:
        _scored({"first": answer})
    assert [(p.path, p.code) for p in refused.value.problems] == [("answers.first", "wrong_type")]


def test_item_behind_two_closed_gates_is_not_asked_once() -> None:
    result = _scored({"first": 0})
    assert result.not_asked == ("second", "behind", "extra")
    assert result.score("total").value == 0
    assert "answers_behind_closed_gate" not in {warning.code for warning in result.warnings}


def test_answer_behind_a_closed_gate_does_not_count_and_is_told_once() -> None:
    result = _scored({"first": 0, "behind": 1})
    assert result.score("total").value == 0
    assert Remark(code="answers_behind_closed_gate", items=("behind",)) in result.warnings


def test_null_for_an_item_that_is_not_asked_is_no_answer() -> None:
    result = _scored({"first": 1, "second": 1, "behind": 1, "extra": None}, form="short")
    assert (result.score("total").value, "extra" in result.missing) == (3, False)


@pytest.mark.parametrize(
    ("name", "answer", "code"), [("extra", 0, "not_asked"), ("extras", None, "unknown_item")]
)
def test_answer_to_no_item_of_the_form_is_refused(name: str, answer: int | None, code: str) -> None:
    with pytest.raises(InputError) as refused:
        _scored({"first": 0, name: answer}, form="short")
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize("answer", ["Nino", date(1990, 5, 17), datetime(1990, 5, 17)])
@pytest.mark.parametrize("item", ["first", "how", "cost"])
def test_text_or_day_that_is_no_answer_is_refused_unseen(item: str, answer: Any) -> None:
    with pytest.raises(InputError) as refused:
        _scored({item: answer})
    assert "Nino" not in str(refused.value)
    assert "1990" not in str(refused.value)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("cost", "a number from 0 to 1000000000000000"),
        ("loss", "a number from -1000000000000000 to 0.5"),
    ],
)
def test_amount_with_an_open_end_says_how_far_it_reaches(item: str, expected: str) -> None:
    with pytest.raises(InputError) as refused:
        _scored({item: 10**16})
    assert [problem.expected for problem in refused.value.problems] == [expected]


@pytest.mark.parametrize(
    ("jurisdiction", "warned"),
    [("xx", False), ("xx-n", False), ("zz-s", False), ("", True), ("zz", True), ("xxa", True)],
)
def test_result_warns_of_whoever_is_not_of_a_place_where_the_form_was_made(
    jurisdiction: str, warned: bool
) -> None:
    result = instruments.score(
        instruments.read_instrument(FORM),
        {},
        on=day("2026-01-01"),
        respondent=instruments.Respondent(jurisdiction=jurisdiction),
    )
    assert ("outside_population" in {warning.code for warning in result.warnings}) is warned


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        ({"on": datetime(2026, 1, 1)}, ["on"]),
        ({"on": "2026-01-01"}, ["on"]),
        ({"answers": [1, 2], "on": None}, ["answers", "on"]),
        ({"keyed": "no", "unread": 1}, ["keyed", "unread"]),
        ({"tables": "currie", "choices": ["edition"]}, ["choices", "tables"]),
        (
            {"tables": [], "choices": [], "keyed": 0, "unread": None},
            ["choices", "tables", "keyed", "unread"],
        ),
        (
            {"tables": (1,), "choices": {5: 4}, "respondent": None},
            ["respondent", "choices", "tables"],
        ),
    ],
    ids=str,
)
def test_arguments_of_a_wrong_type_are_refused_together(
    given: dict[str, Any], paths: list[str]
) -> None:
    arguments: dict[str, Any] = {"answers": {}, "on": date(2026, 1, 1), **given}
    assert problems_of(lambda: score(find("audit"), arguments.pop("answers"), **arguments)) == [
        ("wrong_type", path) for path in paths
    ]


def test_a_choice_that_the_form_does_not_leave_is_refused() -> None:
    with pytest.raises(InputError, match=r"choices\.cut: unknown_key: .* nothing to choose"):
        score(find("audit"), {}, on=date(2026, 1, 1), choices={"cut": 8})


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({"answers": {1: 0}}, "unknown_item", "answers"),
        ({"choices": {"edition": "1"}}, "unknown_key", "choices.edition"),
        ({"choices": {"Nino, 34": "1"}}, "unknown_key", "choices.(a key of 8 characters)"),
        ({"tables": ("currie",)}, "unknown_value", "tables[0]"),
    ],
    ids=["item-that-is-no-text", "choice", "choice-that-is-no-code", "table"],
)
def test_what_the_instrument_does_not_have_is_refused(
    given: dict[str, Any], code: str, path: str
) -> None:
    arguments: dict[str, Any] = {"answers": {}, "on": date(2026, 1, 1), **given}
    with pytest.raises(InputError) as refused:
        score(find("audit"), arguments.pop("answers"), **arguments)
    assert [(problem.code, problem.path) for problem in refused.value.problems] == [(code, path)]


@pytest.mark.parametrize("age", [-1, 151])
def test_an_age_that_nobody_has_is_refused_unseen(age: int) -> None:
    with pytest.raises(InputError, match="age: out_of_range") as refused:
        Respondent(age=age)
    assert str(age) not in str(refused.value)


@pytest.mark.parametrize("age", [0, 150])
def test_the_least_and_the_most_age_are_taken(age: int) -> None:
    assert Respondent(age=age).age == age


def test_group_means_that_nobody_has_read_are_used_on_request_only() -> None:
    plain = instruments.to_plain(instruments.read_instrument(FORM))
    plain["source"].append({"id": "hearsay", "cite": "what people say", "tier": "O"})
    nearest = {"of": "total", "means": {"few": 1, "many": 3}, "source": "hearsay"}
    form = instruments.from_plain({**plain, "nearest": {"group": nearest}})
    answers = {"first": 1, "second": 1, "behind": 1, "extra": 0}
    unread, read = (
        score(form, answers, on=date(2026, 1, 1), unread=unread).band("group")
        for unread in (False, True)
    )
    assert (unread.label, unread.why) == (None, "unread_table")
    assert (read.label, read.why) == ("many", "")


@pytest.mark.parametrize(("sex", "used"), [(None, True), (Sex.FEMALE, False), (Sex.MALE, False)])
def test_a_figure_for_who_stated_no_sex_is_a_policy_of_the_result(
    sex: Sex | None, used: bool
) -> None:
    answers = dict.fromkeys(("1", "2", "3"), 1)
    result = score(find("audit-c"), answers, on=date(2026, 1, 1), respondent=Respondent(sex=sex))
    assert ("figure_for_not_stated" in result.policies) == used


FRACTIONS = """
instrument = { id = "parts", tool = "P", title = "Parts", edition = "1", higher_means = "more" }
validity = { population = "nobody", administered_by = "anyone" }
licence = { class = "public_domain", holder = "none", notice = "Made for a test." }
source = [{ id = "s", cite = "this test", tier = "A" }]
items = [{ numbers = ["asked", "behind"], yes_no = true }]
keying = [{ value_map = { asked = { false = 0.1, true = 1 }, behind = { false = 0, true = 0.7 } } }]
gates = [{ item = "asked", closed_at = 0.1, items = ["behind"], score = 0.2 }]

[scales]
total = { sum = ["asked", "behind"], unrounded = true }
"""


@pytest.mark.parametrize(
    ("keyed", "answers", "value"),
    [
        (False, {"asked": False}, 0.3),
        (True, {"asked": 0.1}, 0.3),
        (False, {"asked": True, "behind": True}, 1.7),
        (True, {"asked": 1, "behind": 0.7}, 1.7),
        (True, {"asked": 1.0, "behind": 0.0}, 1),
    ],
    ids=["closed", "closed-keyed", "open", "open-keyed", "whole-with-a-point"],
)
def test_points_and_gates_of_fractions_are_exact(
    keyed: bool, answers: dict[str, Any], value: float
) -> None:
    result = score(
        instruments.read_instrument(FRACTIONS), answers, on=date(2026, 1, 1), keyed=keyed
    )
    assert result.score("total").value == value
    assert result.not_asked == (() if "behind" in answers else ("behind",))


def test_a_gate_that_may_be_closed_bounds_what_is_behind_it_exactly() -> None:
    result = score(instruments.read_instrument(FRACTIONS), {"behind": True}, on=date(2026, 1, 1))
    assert (result.score("total").low, result.score("total").high) == (0.3, 1.7)


@pytest.mark.parametrize(
    ("answer", "code"),
    [(0.5, "unknown_value"), (0, "unknown_value"), (float("nan"), "unknown_value")]
    + [(answer, "wrong_type") for answer in (True, "0.1", date(2026, 1, 1))],
    ids=repr,
)
def test_points_that_no_answer_has_are_refused(answer: Any, code: str) -> None:
    with pytest.raises(InputError) as refused:
        score(
            instruments.read_instrument(FRACTIONS),
            {"asked": answer},
            on=date(2026, 1, 1),
            keyed=True,
        )
    [problem] = refused.value.problems
    assert (problem.code, problem.path) == (code, "answers.asked")
    assert problem.expected == "one of 0.1, 1"


def test_halves_are_rounded_up_only_where_something_is_rounded() -> None:
    cmr, on = find("cmr"), date(2026, 1, 1)
    answers: dict[str, Any] = {str(item): 3 for item in range(1, 19)}
    halves = score(cmr, answers | {"1": 4, "3": "na"}, on=on)
    assert (halves.score("circ1").value, "half_up" in halves.policies) == (10.5, False)
    thirds = score(cmr, answers | {"12": 4, "18": "na"}, on=on)
    assert (thirds.score("readiness").value, "half_up" in thirds.policies) == (19.8333, True)


def test_a_flag_is_not_decided_by_what_a_score_fills_in() -> None:
    plain = instruments.to_plain(find("gad-7"))
    flag = {"sum": [str(item) for item in range(1, 8)], "at_least": 10, "source": "published"}
    source = plain["source"][0]["id"]
    changed = instruments.from_plain(
        {
            **plain,
            "missing": {"policy": "prorate", "max_missing": 1},
            "flags": {"of_items": {**flag, "source": source}},
            "bands": {},
        }
    )
    answers: dict[str, Any] = {str(item): 2 for item in range(1, 7)}
    for fewest, answer in ((2, "met"), (1, "unknown")):
        given = answers | {"1": fewest, "2": fewest, "3": fewest}
        result = score(changed, given, on=date(2026, 1, 1))
        assert result.score("total").prorated == ("7",)
        assert result.flag("of_items").answer.value == answer


@pytest.mark.parametrize(
    ("name", "code"),
    [("nowhere.toml", "unreadable"), ("x\0y.toml", "unreadable"), ("long.toml", "too_large")],
)
def test_a_file_that_cannot_be_an_instrument_is_refused(
    tmp_path: Path, name: str, code: str
) -> None:
    tmp_path.joinpath("long.toml").write_bytes(b"#" * (LARGEST_INPUT + 100))
    with pytest.raises(InputError) as refused:
        instruments.load_instrument(tmp_path / name)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_name_that_is_no_text_is_refused() -> None:
    with pytest.raises(InputError, match=r"name: wrong_type"):
        find(cast("str", None))


def test_a_name_is_no_instrument() -> None:
    with pytest.raises(InputError, match=r"instrument: wrong_type"):
        score(cast("instruments.Instrument", "audit"), {}, on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("key", "told"),
    [("11", "11"), ("10a", "10a"), ("giorgi", "(a key of 6 characters)"), ("2026", "4 char")],
)
def test_a_key_that_may_be_a_name_is_not_shown(key: str, told: str) -> None:
    with pytest.raises(InputError) as refused:
        score(find("audit"), {key: 1}, on=date(2026, 1, 1))
    [problem] = refused.value.problems
    assert told in problem.found
    assert (key in str(problem)) == (told == key)


@pytest.mark.parametrize("jurisdiction", ["US", "Giorgi Beridze", "uk ew"])
def test_a_jurisdiction_is_a_code(jurisdiction: str) -> None:
    with pytest.raises(InputError, match=r"jurisdiction: not_a_code") as refused:
        Respondent(jurisdiction=jurisdiction)
    assert jurisdiction not in str(refused.value)


def test_what_a_result_does_not_have_is_told_with_what_it_has() -> None:
    result = score(find("gad-7"), {}, on=date(2026, 1, 1))
    with pytest.raises(InputError, match=r"total"):
        result.score("totall")
    with pytest.raises(InputError, match=r"none, since there are none"):
        result.figure("cut")


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("assist", ["assist-3.1"]),
        ("ogrs3", ["uk-ew/ogrs3@hmpps-arns-gen1", "uk-ew/ogrs3@rsr-calculator"]),
        ("uk-ew/tier@foo", ["uk-ew/tier@hmpps-tier-v3"]),
        ("audit@foo", ["audit"]),
    ],
)
def test_a_name_that_is_nearly_right_is_answered_with_those_that_are(
    name: str, names: list[str]
) -> None:
    with pytest.raises(InputError) as refused:
        find(name)
    [problem] = refused.value.problems
    assert problem.expected == f"one of {', '.join(names)}"


def test_a_name_that_is_like_none_is_answered_with_all() -> None:
    with pytest.raises(InputError) as refused:
        find("zzz")
    assert refused.value.problems[0].expected == f"one of {', '.join(instruments.names())}"

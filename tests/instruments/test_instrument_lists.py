"""Items that others tell: by a list in a file, by other items; and what stands in for an answer."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rehabcore import instruments
from rehabcore.instruments import Instrument, ScoreResult
from rehabcore.strict.problems import InputError

ON = date(2026, 6, 1)
FILE = """
[instrument]
id = "model"
tool = "MODEL"
title = "A model"
edition = "first"
higher_means = "more"

[validity]
population = "nobody"
administered_by = "anyone"

[licence]
class = "public_domain"
holder = "nobody"
notice = "none"

[[source]]
id = "made_up"
cite = "made up"
tier = "A"

[[items]]
numbers = ["code"]
told_by = ["kind"]
[items.listed]
file = "codes.csv"
column = "kind"
tells = "kind"
length = 3
digits = true
reasons = ["TOO_GENERAL"]

[[items]]
numbers = ["kind"]
codes = ["light", "grave"]

[[items]]
numbers = ["born", "came"]
day = true
told_by = ["age"]

[[items]]
numbers = ["age"]
whole = [0, 120]

[[items]]
numbers = ["sex"]
codes = ["female", "male"]
others = "no figures for others"

[[items]]
numbers = ["first", "second"]
whole = [0, 9]

[scales]
years = { first_known = [{ years_between = ["born", "came"] }, "age"] }
weight = { of = "kind", points = { light = 1, grave = 5 }, range = [1, 5] }
by_sex = { of = "sex", points = { female = 1, male = 2 } }
later = { of = "second", if_missing = "first" }
total = { sum_of_scales = ["years", "weight", "by_sex", "later"] }
grave = { of = "weight", at_least = 5 }
graver = { cases = [{ when = "grave", then = "total" }], otherwise = "years" }
cautious = { cases = [{ when = "graver_first", then = "total" }], otherwise = "years" }
graver_first = { of = "first", at_least = 5 }

[bands.level]
of = "total"
source = "made_up"
table = [
  { from = "open", to = 49, label = "low" },
  { from = 50, to = "open", why = "nobody_knows" },
]

[[checks]]
code = "unanswered"
when = { blanks = ["code", "born"], at_least = 1 }
about = "these are needed"

[[checks]]
code = "young"
when = { of = "years", under = 10 }
about = "too young"
items = ["age"]
stage = 2

[[checks]]
code = "malformed"
when = { of = "code", is = "malformed" }
about = "three digits"
items = ["code"]

[[checks]]
code = "first_is_high"
when = { of = "first", over = 5 }
about = "much"
voids = ["total"]
"""
CODES = "code,name,kind\n101,one,light\n102,two,grave\n103,three,\n104,four,TOO_GENERAL\n"
ANSWERS: dict[str, Any] = {"code": "102", "age": 30, "sex": "male", "first": 1, "second": 2}


@pytest.fixture
def model(tmp_path: Path) -> Instrument:
    """The model, with its list, in a folder of its own."""
    return loaded(tmp_path)


def loaded(folder: Path, codes: str | bytes = CODES, **replaced: str) -> Instrument:
    """The model in a folder, with some of its text replaced."""
    text = FILE
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "codes.csv").write_bytes(codes if isinstance(codes, bytes) else codes.encode())
    (folder / "model.toml").write_text(text, "utf-8")
    return instruments.load_instrument(folder / "model.toml")


def scored(model: Instrument, **more: Any) -> ScoreResult:
    """The result of some answers, with others in their place; None is no answer."""
    return instruments.score(model, {**ANSWERS, **more}, on=ON)


def test_list_tells_what_a_code_means(model: Instrument) -> None:
    assert scored(model).score("weight").value == 5
    assert scored(model, code="101").score("weight").value == 1


def test_what_a_list_tells_may_be_given_instead(model: Instrument) -> None:
    result = scored(model, code=None, kind="grave")
    assert (result.score("weight").value, result.missing, result.objections) == (5, (), ())


def test_both_given_must_agree(model: Instrument) -> None:
    assert scored(model, kind="grave").score("weight").value == 5
    with pytest.raises(InputError, match=r"answers.kind: given_twice"):
        scored(model, kind="light")


@pytest.mark.parametrize(
    ("code", "told"),
    [("103", []), ("999", []), ("104", []), ("10", ["malformed"]), ("10A", ["malformed"])],
)
def test_code_that_tells_nothing_gives_no_number(
    model: Instrument, code: str, told: list[str]
) -> None:
    result = scored(model, code=code)
    assert result.score("weight").value is None
    assert [remark.code for remark in result.objections] == told


@pytest.mark.parametrize("code", [102, True, ["102"]])
def test_answer_to_a_listed_item_is_a_text(model: Instrument, code: object) -> None:
    with pytest.raises(InputError, match=r"answers.code: wrong_type: .* a text of 3 characters"):
        scored(model, code=code)


def test_nothing_told_in_either_way_is_missing(model: Instrument) -> None:
    result = instruments.score(model, {}, on=ON)
    assert result.missing == ("code", "born", "came", "sex", "first", "second")
    assert result.objections[0].items == ("code", "born")


def test_first_of_several_ways_that_is_known_counts(model: Instrument) -> None:
    by_days = {"age": None, "born": date(2000, 1, 1), "came": date(2020, 1, 1)}
    assert scored(model, **by_days).score("years").value == 20
    assert scored(model, **{**by_days, "age": 30}).score("years").value == 20
    half = scored(model, age=None, born=date(2000, 1, 1)).score("years")
    assert (half.value, half.missing) == (None, ("came",))


def test_other_item_stands_in_for_one_that_has_no_answer(model: Instrument) -> None:
    result = scored(model, second=None)
    assert result.score("later").value == 1
    assert (result.score("later").low, result.score("later").high) == (0, 9)
    assert [(one.items, one.about) for one in result.assumptions] == [(("second",), "first")]
    assert scored(model).assumptions == ()


def test_other_code_is_unknown_for_its_reason(model: Instrument) -> None:
    result = scored(model, sex="neither")
    assert (result.score("by_sex").low, result.score("by_sex").high) == (1, 2)
    assert result.score("total").missing == ("sex",)
    assert result.score("years").value == 30
    assert [one.about for one in result.warnings if one.code == "sentinel"] == [
        "no figures for others"
    ]


def test_later_checks_wait_for_the_earlier_ones(model: Instrument) -> None:
    assert [one.code for one in scored(model, age=9).objections] == ["young"]
    assert [one.code for one in scored(model, age=9, code="1").objections] == ["malformed"]
    assert [one.code for one in scored(model, age=10).objections] == []


def test_score_stands_on_the_case_that_is_taken(model: Instrument) -> None:
    light = scored(model, first=6, code="101")
    assert light.score("total").why == "objection"
    assert light.score("graver").value == 30
    grave = scored(model, first=6)
    assert (grave.score("graver").value, grave.score("graver").why) == (None, "objection")
    unsure = scored(model, first=None, sex=None)
    assert unsure.score("cautious").missing == ("sex", "first")


def test_list_is_written_by_its_name_alone(model: Instrument, tmp_path: Path) -> None:
    plain = instruments.to_plain(model)
    assert plain["items"][0]["listed"] == {
        "file": "codes.csv",
        "column": "kind",
        "tells": "kind",
        "length": 3,
        "digits": True,
        "reasons": ["TOO_GENERAL"],
    }
    again = instruments.from_plain(plain, lambda name: (tmp_path / name).read_bytes())
    assert (again, hash(again)) == (model, hash(model))
    with pytest.raises(InputError, match=r"items\[0\].listed: unreadable"):
        instruments.from_plain(plain)


def test_a_byte_order_mark_is_no_part_of_a_list(tmp_path: Path) -> None:
    assert loaded(tmp_path, CODES.encode("utf-8-sig")) == loaded(tmp_path)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param(b"\xff\xfe", "file: not_csv", id="no-utf-8"),
        pytest.param('code,kind\n"101"x,light\n', "file: not_csv", id="no-csv"),
        pytest.param("", "column: unknown_column", id="empty"),
        pytest.param("code,name\n101,one\n", "column: unknown_column", id="no-such-column"),
        pytest.param("kind,code\nlight,101\n", "column: unknown_column", id="answers-not-first"),
        pytest.param("code,kind\n101\n", "column: unknown_column", id="short-line"),
        pytest.param("code,kind\n101,light\n101,grave\n", "file: repeated_item", id="code-twice"),
        pytest.param("code,kind\n1011,light\n", "file: unknown_value", id="too-long"),
        pytest.param("code,kind\n1o1,light\n", "file: unknown_value", id="no-digits"),
        pytest.param("code,kind\n101,odd\n", "column: unknown_value", id="unknown-kind"),
        pytest.param(b"c" * 1_000_001, "file: too_large", id="too-large"),
    ],
)
def test_list_that_is_not_right_is_refused(
    tmp_path: Path, codes: str | bytes, expected: str
) -> None:
    with pytest.raises(InputError, match=rf"items\[0\].listed.{expected}"):
        loaded(tmp_path, codes)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"codes.csv"', '"../codes.csv"', r"listed.file: wrong_type"),
        ('"codes.csv"', '"/etc/codes.csv"', r"listed.file: wrong_type"),
        ('"codes.csv"', '"codes.txt"', r"listed.file: wrong_type"),
        ('"codes.csv"', "7", r"listed.file: wrong_type"),
        ('"codes.csv"', '"none.csv"', r"listed: unreadable"),
        ('file = "codes.csv"', "", r"listed.file: missing_key"),
        ('tells = "kind"', 'tells = "nobody"', r"listed.tells: unknown_item"),
        ('tells = "kind"', 'tells = "age"', r"listed.tells: unknown_item"),
        ("length = 3", 'length = 3\nentries = [["101", "light"]]', r"listed.entries: unknown_key"),
        ("length = 3", "length = 3\nmore = 1", r"listed: unknown_key"),
        ('if_missing = "first"', "if_missing = true", "if_missing: wrong_type"),
        ('column = "kind"', "column = 1", r"listed.column: unknown_column"),
    ],
)
def test_table_that_is_not_right_is_refused(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    with pytest.raises(InputError, match=expected):
        loaded(tmp_path, **{old: new})


def test_items_that_are_no_list_are_refused(model: Instrument) -> None:
    plain = {**instruments.to_plain(model), "items": {"listed": {}}}
    with pytest.raises(InputError, match="items: wrong_type"):
        instruments.from_plain(plain)


def test_part_is_computed_of_what_is_known(model: Instrument) -> None:
    known = {"years": 20, "weight": 5, "by_sex": 1, "second": 2}
    assert instruments.part(model, "total", known, on=ON) == 28
    assert instruments.part(model, "level", known, on=ON) == "low"
    assert instruments.part(model, "level", {"total": 50}, on=ON) is None
    assert instruments.part(model, "weight", {"code": "102"}, on=ON) == 5


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("nothing", {}, "name: unknown_value"),
        ("total", {"years": 20}, "name: undefined"),
        ("level", {"years": 20}, "name: undefined"),
        ("weight", {"weight": 6}, "known.weight: out_of_range"),
        ("level", {"total": "many"}, "known.total: wrong_type"),
        ("weight", {"kind": "odd"}, "answers.kind: unknown_value"),
    ],
)
def test_part_that_is_not_decided_is_refused(
    model: Instrument, name: str, known: dict[str, Any], expected: str
) -> None:
    with pytest.raises(InputError, match=expected):
        instruments.part(model, name, known, on=ON)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unreadable"):
        instruments.load_instrument(tmp_path / "none.toml")

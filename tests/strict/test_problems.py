"""Error texts: every problem with its place, and nothing personal in any of them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from rehabcore.strict.problems import (
    LARGEST_NUMBER,
    InputError,
    JurisdictionError,
    Problem,
    Problems,
    RehabcoreError,
    is_code,
    join_path,
    missing_key,
    near_names,
    one_of,
    refuse,
    shown,
    shown_key,
    shown_openly,
    unknown_keys,
)


def _problem(path: str = "age", *, file: str = "") -> Problem:
    return Problem(code="wrong_type", path=path, found="null", expected="a number", file=file)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(None, "null", id="null"),
        pytest.param(True, "true", id="true"),
        pytest.param(False, "false", id="false"),
        pytest.param(17, "the number 17", id="whole-number"),
        pytest.param(1.5, "the number 1.5", id="float"),
        pytest.param(float("nan"), "the number nan", id="not-a-number"),
        pytest.param(Decimal("12.50"), "the number 12.50", id="decimal"),
        pytest.param(date(2026, 1, 31), "the date 2026-01-31", id="day"),
        pytest.param({}, "an object of 0 keys", id="empty-object"),
        pytest.param({"name": "Nino"}, "an object of 1 keys", id="object"),
        pytest.param([1, 2], "a list of 2 items", id="list"),
        pytest.param((1,), "a list of 1 items", id="tuple"),
        pytest.param({1}, "a list of 1 items", id="set"),
        pytest.param(frozenset(), "a list of 0 items", id="frozenset"),
        pytest.param(b"ab", "a value of type bytes", id="other-type"),
        pytest.param("medium", '"medium"', id="code"),
        pytest.param("sentenced_custody", '"sentenced_custody"', id="code-with-underscore"),
        pytest.param("xx-act-1", '"xx-act-1"', id="code-with-dashes"),
        pytest.param("2026-01-31", '"2026-01-31"', id="day-as-text"),
        pytest.param("2026-2-30", '"2026-2-30"', id="impossible-day"),
        pytest.param("case_file/1", '"case_file/1"', id="schema"),
        pytest.param("case_file/9999", '"case_file/9999"', id="newer-schema"),
    ],
)
def test_value_is_described(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("Nino", id="capital"),
        pytest.param("nino beridze", id="two-words"),
        pytest.param("01001012345", id="personal-number"),
        pytest.param("nino@example.org", id="address"),
        pytest.param("ნინო", id="georgian"),
        pytest.param("code\n", id="code-and-newline"),
        pytest.param("20260131", id="digits"),
        pytest.param("2026-01-31T12:00", id="moment"),
        pytest.param("12345-01-31", id="five-digits-of-a-year"),
        pytest.param("case_file/12345", id="five-digits-of-a-version"),
        pytest.param("Case/1", id="schema-with-a-capital"),
        pytest.param("a" * 21 + "/1", id="schema-of-21-letters"),
        pytest.param("_code", id="leading-underscore"),
        pytest.param("code_", id="trailing-underscore"),
        pytest.param("a__b", id="doubled-underscore"),
        pytest.param("a" * 41, id="longer-than-40"),
    ],
)
def test_string_that_is_no_code_is_shown_by_its_length_only(text: str) -> None:
    assert shown(text) == f"a string of {len(text)} characters"


def test_code_of_40_characters_is_still_shown() -> None:
    assert shown("a" * 40) == f'"{"a" * 40}"'


@pytest.mark.parametrize("number", [LARGEST_NUMBER, -LARGEST_NUMBER])
def test_number_of_usual_size_is_shown_and_a_larger_one_is_not(number: int) -> None:
    assert abs(number) == 1_000_000_000_000_000
    assert shown(number) == f"the number {number}"
    assert shown(number + (1 if number > 0 else -1)) == "a very large number"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("medium", "a string of 6 characters", id="code"),
        pytest.param(17, "a value of type int", id="number"),
        pytest.param(Decimal(17), "a value of type Decimal", id="decimal"),
        pytest.param(True, "a value of type bool", id="flag"),
        pytest.param(date(1990, 5, 1), "a value of type date", id="day"),
        pytest.param(datetime(1990, 5, 1), "a value of type datetime", id="moment"),
        pytest.param(["nino"], "a list of 1 items", id="list"),
        pytest.param({"nino": 1}, "an object of 1 keys", id="object"),
        pytest.param(None, "null", id="null"),
    ],
)
def test_secret_value_is_shown_by_type_and_length_only(value: object, text: str) -> None:
    assert shown(value, secret=True) == text


@pytest.mark.parametrize(
    ("key", "text"),
    [
        pytest.param("birth_date", "birth_date", id="code"),
        pytest.param("a" * 40, "a" * 40, id="40-characters"),
        pytest.param("a" * 41, "(a key of 41 characters)", id="41-characters"),
        pytest.param("Nino Beridze", "(a key of 12 characters)", id="name"),
        pytest.param("", "(a key of 0 characters)", id="empty"),
    ],
)
def test_key_is_shown_only_if_it_looks_like_a_code(key: str, text: str) -> None:
    assert shown_key(key) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("Education First", "'Education First'", id="text"),
        pytest.param("a" * 41, f"'{'a' * 40}'", id="cut-after-40"),
        pytest.param("\x1b[31m\u202e", r"'\x1b[31m\u202e'", id="made-printable"),
        pytest.param(3, "the number 3", id="number"),
        pytest.param(["a"], "a list of 1 items", id="list"),
    ],
)
def test_value_that_is_never_a_person_s_is_shown_openly(value: object, text: str) -> None:
    assert shown_openly(value) == text


@pytest.mark.parametrize(
    ("prefix", "path", "joined"),
    [
        pytest.param("data", "consents", "data.consents", id="key-below-key"),
        pytest.param("consents", "[0]", "consents[0]", id="index-below-key"),
        pytest.param("consents[0]", "given", "consents[0].given", id="key-below-index"),
        pytest.param("rows[0]", "[1]", "rows[0][1]", id="index-below-index"),
        pytest.param("", "given", "given", id="below-the-top"),
        pytest.param("given", "", "given", id="nothing-below"),
        pytest.param("", "", "", id="top"),
    ],
)
def test_paths_are_joined(prefix: str, path: str, joined: str) -> None:
    assert join_path(prefix, path) == joined
    assert _problem(path).below(prefix) == _problem(joined)


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        pytest.param(
            _problem(), "age: wrong_type: found null; expected a number", id="below-the-top"
        ),
        pytest.param(
            _problem(""), "(top): wrong_type: found null; expected a number", id="at-the-top"
        ),
        pytest.param(
            _problem(file="rules.toml"),
            "rules.toml: age: wrong_type: found null; expected a number",
            id="in-a-file",
        ),
        pytest.param(
            _problem("", file="rules.toml"),
            "rules.toml: (top): wrong_type: found null; expected a number",
            id="at-the-top-of-a-file",
        ),
    ],
)
def test_problem_says_where_what_and_what_would_be_right(problem: Problem, text: str) -> None:
    assert str(problem) == text


@pytest.mark.parametrize("kind", [InputError, JurisdictionError])
class TestErrorsListEveryProblem:
    def test_one_problem_is_counted_in_the_singular(
        self, kind: type[InputError] | type[JurisdictionError]
    ) -> None:
        assert str(kind([_problem()])) == f"1 problem\n  {_problem()}"

    def test_problems_stand_in_their_order(
        self, kind: type[InputError] | type[JurisdictionError]
    ) -> None:
        error = kind(iter([_problem("b"), _problem("a")]))
        assert error.problems == (_problem("b"), _problem("a"))
        assert str(error) == f"2 problems\n  {_problem('b')}\n  {_problem('a')}"

    def test_200_problems_are_written_out(
        self, kind: type[InputError] | type[JurisdictionError]
    ) -> None:
        text = str(kind(_problem(f"rows[{number}]") for number in range(200)))
        assert len(text.splitlines()) == 201
        assert "more" not in text

    def test_of_201_problems_200_are_told_and_one_is_counted(
        self, kind: type[InputError] | type[JurisdictionError]
    ) -> None:
        error = kind(_problem(f"rows[{number}]") for number in range(201))
        assert (len(error.problems), error.more) == (200, 1)
        assert str(error).splitlines()[0] == "201 problems"
        assert str(error).splitlines()[-2:] == [f"  {_problem('rows[199]')}", "  and 1 more"]

    def test_problems_that_were_only_counted_are_added_to_those_that_are_not_told(
        self, kind: type[InputError] | type[JurisdictionError]
    ) -> None:
        error = kind((_problem(f"rows[{number}]") for number in range(203)), 7)
        assert (len(error.problems), error.more) == (200, 10)

    def test_whoever_catches_the_library_s_errors_catches_it(
        self, kind: type[InputError] | type[JurisdictionError]
    ) -> None:
        assert issubclass(kind, RehabcoreError)


def test_refusal_raises_its_single_problem() -> None:
    with pytest.raises(InputError) as caught:
        refuse("Nino", "unknown_value", "a code", path="sex")
    assert caught.value.problems == (
        Problem(
            code="unknown_value", path="sex", found="a string of 4 characters", expected="a code"
        ),
    )


def test_refusal_keeps_a_secret() -> None:
    with pytest.raises(InputError) as caught:
        refuse("nino", "unknown_value", "a code", secret=True)
    assert caught.value.problems[0].found == "a string of 4 characters"


def test_missing_key_is_a_problem_at_its_path() -> None:
    assert missing_key("data.age") == Problem(
        code="missing_key", path="data.age", found="nothing", expected="this key"
    )


def test_each_unknown_key_is_a_problem_that_names_the_known_ones() -> None:
    found = unknown_keys({"Nino Beridze": 1, "age": 2, "sise": 3}, ["size", "age", "age"], "data")
    assert [(problem.code, problem.path, problem.found) for problem in found] == [
        ("unknown_key", "data", "a key of 12 characters"),
        ("unknown_key", "data", "a key of 4 characters"),
    ]
    assert {problem.expected for problem in found} == {"only the keys age, size"}
    assert [problem.expected for problem in unknown_keys(["age"], [])] == ["no key here"]


@pytest.mark.parametrize("text", ["a", "a1", "xx-act-1", "need_level", "a" * 40])
def test_code_looks_like_one(text: str) -> None:
    assert is_code(text)


@pytest.mark.parametrize("text", ["", "1a", "A", "a b", "a-", "-a", "a--b", "a_-b", "a" * 41])
def test_other_text_does_not_look_like_a_code(text: str) -> None:
    assert not is_code(text)


def test_refusal_is_at_the_top_and_no_secret_unless_it_is_said() -> None:
    with pytest.raises(InputError) as caught:
        refuse("nino", "wrong_type", "an object")
    assert caught.value.problems[0].path == ""
    assert caught.value.problems[0].found == '"nino"'


def _refuse(code: str, where: str) -> int:
    refuse(None, code, "something else", path=where)


def test_problems_of_several_places_are_raised_together() -> None:
    problems = Problems()
    assert problems.at("left", lambda: 3) == 3
    problems.at("right[0]", _refuse, "missing_key", "size")
    problems.at("", _refuse, code="wrong_type", where="")
    problems.note("Nino", "bad_date", "a day", path="from")
    with pytest.raises(InputError) as caught:
        problems.done()
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [
        ("missing_key", "right[0].size"),
        ("wrong_type", ""),
        ("bad_date", "from"),
    ]
    assert "Nino" not in str(caught.value)


def test_without_problems_work_goes_on() -> None:
    problems = Problems()
    made = problems.at("left", lambda: "made")
    problems.done()
    assert made == "made"


def test_only_refusals_are_collected() -> None:
    with pytest.raises(ZeroDivisionError):
        Problems().at("left", lambda: 1 // 0)


NAMES = ("age", "drop_in", "need_level", "need-levels", "risk_level", "time_in_setting")


@pytest.mark.parametrize(
    ("meant", "near"),
    [
        pytest.param("need_levl", ("need_level", "need-levels"), id="letter-left-out"),
        pytest.param("Drop-In", ("drop_in",), id="other-case-and-hyphen"),
        pytest.param("drop  in", ("drop_in",), id="spaces"),
        pytest.param("levle_risk", (), id="words-in-another-order"),
        pytest.param("", (), id="empty"),
        pytest.param("age" + "e" * 37, (), id="far-though-short-enough"),
        pytest.param("need_level" + " " * 31, (), id="longer-than-a-code"),
        pytest.param(None, (), id="nothing"),
        pytest.param(3, (), id="number"),
    ],
)
def test_near_names_are_the_nearest_first(meant: object, near: tuple[str, ...]) -> None:
    assert near_names(meant, NAMES) == near_names(meant, reversed(NAMES)) == near


def test_two_names_spelt_alike_are_both_near() -> None:
    assert near_names("AGES", ["ages", "Ages", "sex"]) == ("Ages", "ages")


def test_at_most_three_names_are_near() -> None:
    assert len(near_names("level", [f"level{number}" for number in range(9)])) == 3


@pytest.mark.parametrize(
    ("known", "meant", "text"),
    [
        pytest.param(["low", "high"], None, "one of low, high", id="not-said-what-was-meant"),
        pytest.param(["low", "high"], "severe", "one of low, high", id="nothing-near"),
        pytest.param(["low", "high"], "hgih", "high, or another one of low", id="near-one-first"),
        pytest.param(["high"], "hgih", "high", id="only-one"),
        pytest.param([], "hgih", "none, since there are none", id="there-are-none"),
        pytest.param(
            ["risk_levels", "low", "risk_level"],
            "risk-level",
            "risk_level or risk_levels, or another one of low",
            id="two-near",
        ),
    ],
)
def test_one_of_some_names_would_be_right(known: list[str], meant: object, text: str) -> None:
    assert one_of(iter(known), meant) == text


def test_problem_of_a_value_describes_it() -> None:
    assert Problem.of(3, "out_of_range", "0 to 2", path="size") == Problem(
        code="out_of_range", path="size", found="the number 3", expected="0 to 2"
    )
    assert Problem.of("ann", "unknown_value", "a code", secret=True) == Problem(
        code="unknown_value", path="", found="a string of 3 characters", expected="a code"
    )


@pytest.mark.parametrize(
    ("key", "keys", "found"),
    [
        pytest.param("nick_name", False, "a key", id="not-shown-unless-it-may-be"),
        pytest.param("nick_name", True, 'the key "nick_name"', id="shown-if-it-may-be"),
        pytest.param("Nino Beridze", True, "a key", id="no-code"),
        pytest.param("", True, "a key", id="no-key"),
    ],
)
def test_problem_in_a_file_shows_a_key_only_if_it_may(key: str, keys: bool, found: str) -> None:
    problem = Problem(code="unknown_key", path="a", found="a key", expected="no key", key=key)
    told = problem.in_file("pack.toml", keys=keys)
    assert (told.file, told.path, told.found) == ("pack.toml", "a", found)


def test_collector_raises_the_error_that_is_asked_for() -> None:
    problems = Problems(_problem("b"), error=JurisdictionError)
    problems.add(_problem("a"), _problem("c"))
    with pytest.raises(JurisdictionError) as caught:
        problems.done()
    assert [problem.path for problem in caught.value.problems] == ["b", "a", "c"]


def test_what_goes_wrong_in_a_file_is_collected_with_the_file_and_the_key() -> None:
    problems = Problems()
    assert problems.in_file("pack.toml", lambda: 3) == 3

    def refused() -> None:
        Problems(*unknown_keys(["sise"], ["size"], "box")).done()

    problems.in_file("rules.toml", refused)
    with pytest.raises(InputError) as caught:
        problems.done()
    assert str(caught.value) == (
        "1 problem\n"
        '  rules.toml: box: unknown_key: found the key "sise"; expected only the keys size'
    )


def test_an_error_lists_some_codes_of_a_large_country_and_counts_the_others() -> None:
    names = [f"programme_{number}" for number in range(20_000)]
    told = one_of(names, "programme_19999x")
    assert told.startswith("programme_19999 or ")
    assert told.endswith(", and 19957 more")
    assert len(told) < 2_000
    (problem,) = unknown_keys(["x"], names)
    assert problem.expected.endswith(", and 19960 more")


def test_as_many_codes_as_are_listed_are_all_told() -> None:
    names = [f"word_{number}" for number in range(40)]
    assert one_of(names) == f"one of {', '.join(names)}"
    assert one_of([*names, "last"]) == f"one of {', '.join(names)}, and 1 more"


def test_of_thousands_of_names_the_nearest_is_found_beside_the_wrong_one() -> None:
    names = [f"programme_{number}" for number in range(20_000)]
    assert near_names("programme_777x", names)[0] == "programme_777"

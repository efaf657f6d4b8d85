"""The day of the referral selects the version of a programme's law; others have to name one."""

from pathlib import Path

import pytest

from rehabcore import casework
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile, Referral
from rehabcore.rules.criteria import comparisons
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import JurisdictionError
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import case, day
from tests.kit.overlays import overlay
from tests.kit.record_makers import completion, consent, enrolment, referral

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
VERSIONS = """[
  { in_force = { start = 2000-01-01, end = 2026-07-01 }, rule = "consents" },
  { in_force = { start = 2026-07-01, end = "open" }, fact = "completed", program = "thinking_skills", is = true },
]"""  # noqa: E501
REFORM = f'clock = "referral"\nversions = {VERSIONS}\n'
TIMES = """
[parameters.times]
clock = "referral"
versions = [
  { value = 1, in_force = { start = 2000-01-01, end = 2026-07-01 } },
  { value = 0, in_force = { start = 2026-07-01, end = "open" } },
]
"""
EVENTS = 'fact = "events", kind = "sanction", within = "1 year", ageing = "exclusive"'
TABLE = EVENTS.replace(", ", "\n")
HELP = """
[[programs]]
program_id = "help"
kind = "service"
title = { en = "Help" }
area = "thinking"
"""
MOVE = """
[[moves]]
move_id = "out"
title = { en = "Out" }
setting_from = ["custody"]
setting_to = "hospital"
status_from = ["probation"]
status_to = "probation"
"""


def _case(*referrals: Referral) -> CaseFile:
    """Somebody who consents, and has completed the therapeutic community, not thinking skills."""
    return case(
        consents=(consent("c", "2026-05-01"),),
        enrolments=(enrolment("e", "2026-01-02", "therapeutic_community"),),
        completions=(completion("d", "e", "2026-04-01"),),
        referrals=referrals,
    )


def _answer(country: Jurisdiction, records: CaseFile, program: str, on: str) -> Answer:
    offers = casework.match(records, country, on=day(on)).offers
    return next(offer.answer for offer in offers if offer.program_id == program)


def _referred(*days: str, program: str = "help") -> CaseFile:
    return _case(*(referral(f"r-{on}", on, program) for on in days))


@pytest.mark.parametrize(
    ("referred", "on", "answer"),
    [
        pytest.param(["2026-06-30"], "2026-07-10", MET, id="day-before-the-reform"),
        pytest.param(["2026-07-01"], "2026-07-10", NOT_MET, id="day-of-the-reform"),
        pytest.param(["2026-06-20", "2026-07-02"], "2026-07-10", NOT_MET, id="the-latest-counts"),
        pytest.param(["2026-06-20", "2026-07-02"], "2026-07-01", MET, id="not-yet-the-latest"),
        pytest.param(["2026-07-12"], "2026-07-10", UNKNOWN, id="not-referred-yet"),
        pytest.param([], "2026-07-10", UNKNOWN, id="never-referred"),
        pytest.param(["1999-12-31"], "2026-07-10", UNKNOWN, id="before-the-law-on-file"),
    ],
)
def test_the_day_of_the_referral_selects_the_version(
    tmp_path: Path, referred: list[str], on: str, answer: Answer
) -> None:
    country = overlay(tmp_path, programs=f"{HELP}[programs.entry]\n{REFORM}")
    assert _answer(country, _referred(*referred), "help", on) is answer


def test_a_referral_to_another_programme_selects_nothing(tmp_path: Path) -> None:
    country = overlay(tmp_path, programs=f"{HELP}[programs.entry]\n{REFORM}")
    other = _referred("2026-06-20", program="drop_in")
    assert _answer(country, other, "help", "2026-07-10") is UNKNOWN


@pytest.mark.parametrize(
    ("files", "program"),
    [
        pytest.param({"programs": f"{HELP}[programs.audience]\n{REFORM}"}, "help", id="audience"),
        pytest.param({"entry": f"[entry.drop_in]\n{REFORM}"}, "drop_in", id="agency-s-own-entry"),
        pytest.param(
            {
                "parameters": TIMES,
                "programs": f'{HELP}entry = {{ {EVENTS}, at_most = {{ parameter = "times" }} }}',
            },
            "help",
            id="figure",
        ),
        pytest.param(
            {
                "rules": f'[rules.reform]\nprogram = "drop_in"\n{REFORM}',
                "programs": f'{HELP}entry = {{ rule = "reform" }}',
            },
            "drop_in",
            id="named-in-a-rule",
        ),
        pytest.param(
            {
                "parameters": TIMES,
                "rules": f"[rules.few]\n{TABLE}\n"
                'at_most = { parameter = "times", program = "drop_in" }\n',
                "programs": f'{HELP}entry = {{ rule = "few" }}',
            },
            "drop_in",
            id="figure-named-in-a-rule",
        ),
        pytest.param(
            {"programs": f'{HELP}[programs.entry]\nprogram = "drop_in"\n{REFORM}'},
            "drop_in",
            id="another-programme-is-named",
        ),
        pytest.param(
            {
                "programs": f'{HELP}clock = "referral"\n'
                'in_force = { start = 2000-01-01, end = 2026-07-01 }\nentry = { rule = "consents" }'
            },
            "help",
            id="for-whom-a-programme-is",
        ),
    ],
)
def test_the_clock_goes_by_the_programme_around_the_rule_or_the_one_that_is_named(
    tmp_path: Path, files: dict[str, str], program: str
) -> None:
    country = overlay(tmp_path, **files)
    asked = {
        leaf.asked["program"]
        for rule in country.admissions.values()
        for leaf in comparisons(rule)
        if leaf.asked.fact.name == "time_since_referral"
    }
    assert asked == {program}


def test_a_move_may_go_by_a_referral_that_it_names(tmp_path: Path) -> None:
    guard = f'[moves.guard]\nprogram = "drop_in"\n{REFORM}'
    country = overlay(tmp_path, moves=f"{MOVE}{guard}")
    assert "time_since_referral(program=drop_in) before" in str(country.permissions["out"])


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        pytest.param(
            {"rules": f"[rules.reform]\n{REFORM}"},
            ("rules.toml", "missing_key", "rules.reform.program"),
            id="rule",
        ),
        pytest.param(
            {"moves": f"{MOVE}[moves.guard]\n{REFORM}"},
            ("moves.toml", "missing_key", "moves[0].guard.program"),
            id="move",
        ),
        pytest.param(
            {
                "parameters": TIMES,
                "rules": f'[rules.few]\n{TABLE}\nat_most = {{ parameter = "times" }}\n',
            },
            ("rules.toml", "missing_key", "rules.few.at_most.program"),
            id="figure",
        ),
        pytest.param(
            {"rules": f'[rules.reform]\nprogram = "drop_inn"\n{REFORM}'},
            ("rules.toml", "unknown_value", "rules.reform.program"),
            id="programme-that-is-none",
        ),
        pytest.param(
            {"rules": f'[rules.reform]\nprogram = "drop_in"\nversions = {VERSIONS}'},
            ("rules.toml", "unknown_key", "rules.reform"),
            id="programme-without-the-clock",
        ),
        pytest.param(
            {
                "rules": f"[rules.few]\n{TABLE}\n"
                'at_most = { parameter = "adult_age", program = "drop_in" }\n'
            },
            ("rules.toml", "unknown_key", "rules.few.at_most"),
            id="programme-beside-a-figure-of-another-clock",
        ),
    ],
)
def test_a_rule_outside_of_a_programme_has_to_name_one(
    tmp_path: Path, files: dict[str, str], problem: tuple[str, str, str]
) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, **files)
    told = [(found.file, found.code, found.path) for found in caught.value.problems]
    assert told[0] == problem
    if problem[1] == "missing_key":
        (found,) = caught.value.problems
        assert found.expected.startswith("the program that the clock referral goes by; only the")


def test_a_rule_of_one_programme_says_so_in_the_proof(tmp_path: Path) -> None:
    country = overlay(tmp_path, programs=f"{HELP}[programs.entry]\n{REFORM}")
    offers = casework.match(_referred(), country, on=day("2026-07-10")).offers
    offer = next(one for one in offers if one.program_id == ProgramId("help"))
    assert str(offer.missing[0].what) == "time_since_referral(program=help)"

"""The guide to country packs tells every key of every file, and whether it is required."""

import re
from typing import Any

import attrs
import pytest

from rehabcore.care.community.profiles import CommunityPhase, Quoted, UnitProfile
from rehabcore.care.moves.rules import MoveRule
from rehabcore.care.plans.policy import PlanPolicy
from rehabcore.care.plans.schedules.attendance import AttendancePolicy
from rehabcore.care.release import AftercareAgreement, ReleasePolicy, StatedFigure
from rehabcore.jurisdictions.pack_laws.waivers import Waiver
from rehabcore.levels.policy import (
    CommonScale,
    InstrumentLevels,
    LevelSet,
    OverrideLimits,
    Reassessment,
)
from rehabcore.programs import Program
from rehabcore.questions import FactComparison, Score
from rehabcore.questions.policy import RecordsPolicy, SentencePolicy, ToldTwice
from rehabcore.records import Glossary
from tests.kit.pages import names_in, needs, page, rows, section

PAGE = page("how-to/country-packs.md")


def _of_file(name: str) -> str:
    return section(PAGE, f"\n## `{name}.toml`\n", "\n## ") + "\n"


def test_the_lists_of_the_glossary_are_told_in_its_order() -> None:
    lists = section(_of_file("glossary"), "| list |", "The first four")
    assert names_in(r"^\| (`.*?) \|", lists) == [field.name for field in attrs.fields(Glossary)]


@pytest.mark.parametrize(
    ("file", "record"), [("programs", Program), ("moves", MoveRule), ("waivers", Waiver)]
)
def test_the_keys_of_a_record_are_told(file: str, record: type[Any]) -> None:
    told = rows(r"^\| `(\w+)` \| (required|optional) ", _of_file(file))
    assert dict(told) == needs(record, "origin")


def test_the_keys_of_plans_are_told() -> None:
    parts = re.split(r"(?=^\| key of `attendance`)", _of_file("plan"), flags=re.MULTILINE)
    told = [dict(rows(r"^\| `(\w+)` \| (required|optional) ", part)) for part in parts]
    assert told == [needs(PlanPolicy), needs(AttendancePolicy)]


def test_the_keys_of_a_profile_of_a_community_are_told() -> None:
    whole, *parts = re.split(r"(?=^\| key of a )", _of_file("units"), flags=re.MULTILINE)
    told = [dict(rows(r"^\| `(\w+)` \| (required|optional) ", part)) for part in (whole, *parts)]
    assert told == [needs(UnitProfile, "origin"), needs(CommunityPhase), needs(Quoted)]


def test_the_keys_of_a_release_are_told() -> None:
    parts = re.split(r"(?=^\| key of an? )", _of_file("release"), flags=re.MULTILINE)
    told = [dict(rows(r"^\| `(\w+)` \| (required|optional) ", part)) for part in parts]
    assert told == [needs(ReleasePolicy), needs(AftercareAgreement), needs(StatedFigure)]


def test_the_tables_of_how_records_are_read_are_told() -> None:
    told = re.findall(r"^\| key of `(\w+)` ", _of_file("records"), re.MULTILINE)
    assert told == [field.name for field in attrs.fields(RecordsPolicy)]


@pytest.mark.parametrize(
    ("name", "record"), [("told_twice", ToldTwice), ("sentences", SentencePolicy)]
)
def test_the_keys_of_how_records_are_read_are_told(name: str, record: type[Any]) -> None:
    table = section(_of_file("records"), f"| key of `{name}` ", "\n\n")
    told = rows(r"^\| `(\w+)` \| (required|optional) ", table)
    assert dict(told) == needs(record)


@pytest.mark.parametrize(("name", "record"), [("comparison", FactComparison), ("score", Score)])
def test_the_keys_of_a_derived_fact_are_told(name: str, record: type[Any]) -> None:
    table = section(_of_file("derived"), f"| key of a {name} ", "\n\n")
    told = {
        key: need
        for keys, need in rows(r"^\| (`.*?`) \| (required|optional) ", table)
        for key in re.findall(r"`(\w+)`", keys)
    }
    assert told == needs(record)


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("`overrides`", OverrideLimits),
        ("a `reassessments`", Reassessment),
        ("a `level_sets`", LevelSet),
        ("a `common_scales`", CommonScale),
        ("an `instrument_levels`", InstrumentLevels),
    ],
)
def test_the_keys_of_what_is_published_about_levels_are_told(name: str, record: type[Any]) -> None:
    table = section(_of_file("risk"), f"| key of {name} ", "\n\n")
    told = rows(r"^\| `(\w+)` \| (required|optional) ", table)
    assert dict(told) == needs(record, "cite", "status")

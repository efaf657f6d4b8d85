"""Each kind of record says all of itself: its words, its days, and the records it names."""

from collections.abc import Iterator
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin

import attrs
import pytest
from attrs import evolve

from rehabcore.records import CaseFile, Filed, Glossary, NeedFinding, PathwayAnswer, consistency
from rehabcore.records.case_file import RECORD_LISTS
from rehabcore.records.fields import MOVES, OF_KIND, PARTS, PROGRAMS, REFERS_TO, WORD
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import case, day
from tests.kit.record_makers import XX, found, of_every_kind, referral

LISTS = {one.name: get_args(one.type)[0] for one in attrs.fields(CaseFile)[1:]}
PARTS_OF_RECORDS = {NeedFinding, PathwayAnswer}
KINDS = {kind.__name__: kind for kind in (*LISTS.values(), NeedFinding, PathwayAnswer)}
WORDS = {one.name for one in attrs.fields(Glossary)} | {PROGRAMS, MOVES}


def _within(wanted: Any) -> Iterator[Any]:
    """The types that a field may hold, also inside a tuple, a set or a choice."""
    if get_origin(wanted) in (tuple, frozenset, Union, UnionType):
        for inner in get_args(wanted):
            yield from _within(inner)
    else:
        yield wanted


def _fields() -> list[Any]:
    return [
        pytest.param(kind, one, id=f"{name}.{one.name}")
        for name, kind in KINDS.items()
        for one in attrs.fields(kind)
        if one.name != "filed"
    ]


def test_every_list_of_a_case_file_holds_records_that_are_filed() -> None:
    assert tuple(LISTS) == RECORD_LISTS
    assert all(attrs.fields_dict(kind)["filed"].type is Filed for kind in LISTS.values())


@pytest.mark.parametrize(("kind", "field"), _fields())
def test_field_of_a_record_says_what_its_type_leaves_open(kind: type, field: Any) -> None:
    """A text is a word of the country or secret; an id of a record names the list of the record."""
    held, said = set(_within(field.type)), field.metadata
    assert (RecordId in held) == (REFERS_TO in said)
    if str in held:
        assert {WORD, OF_KIND, "secret"} & said.keys(), "is it a word, or may it identify a person?"
    if REFERS_TO in said:
        assert said[REFERS_TO] in LISTS
    if WORD in said:
        assert WORDS.issuperset(said[WORD])
    if OF_KIND in said:
        assert attrs.fields_dict(kind)["kind"].metadata[WORD]
    assert (PARTS in said) == bool(PARTS_OF_RECORDS & held)


def _days() -> list[Any]:
    return [
        pytest.param(name, field.name, id=f"{name}.{field.name}")
        for name, kind in LISTS.items()
        for field in attrs.fields(kind)
        if {date, Span} & set(_within(field.type)) and field.name != "birth_date"
    ]


@pytest.mark.parametrize(("name", "field"), _days())
def test_no_day_that_a_record_states_may_come_before_birth(name: str, field: str) -> None:
    """It is refused as such, or since it comes before another day that may not."""
    file = of_every_kind()
    early = day("1989-12-31")
    codes = set[str]()
    for index, record in enumerate(getattr(file, name)):
        moved: Any = Span(early, OPEN) if field in ("span", "covers") else early
        records = list(getattr(file, name))
        try:
            records[index] = evolve(record, **{field: moved})
            changed: dict[str, Any] = {name: tuple(records)}
            told = [code for code, _ in found(evolve(file, **changed))]
        except InputError as error:
            told = [problem.code for problem in error.problems]
        codes.update(told)
    assert codes & {"before_birth", "ends_before_start"}


def test_a_country_without_programmes_knows_none_of_a_referral() -> None:
    file = case(referrals=(referral("rf", "2020-01-01"),))
    problems = consistency.check(file, XX.glossary, ())
    assert [(problem.path, problem.expected) for problem in problems] == [
        ("referrals[0].program_id", "no record of this kind")
    ]

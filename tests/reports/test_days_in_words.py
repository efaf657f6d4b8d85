"""Days that are known in part, in the words of reports."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework
from rehabcore.reports import explain
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import Wording
from rehabcore.rules.criteria import Compare, ask
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.time.days import Term
from tests.kit.builders import case, day, person, some_day
from tests.kit.record_makers import XX, death, event, facts_of, placement

ON = day("2026-06-15")


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ("2026-03-05", "on 2026-03-05"),
        ("2026-03", "in 2026-03"),
        ("2026", "in 2026"),
        ({"from": "2026-03-05", "to": "2026-03-09"}, "between 2026-03-05 and 2026-03-09"),
        ({"from": "2015"}, "on 2015-01-01 or later"),
        ({"to": "2017"}, "by 2017-12-31"),
    ],
)
def test_a_day_is_told_as_far_as_it_is_known(plain: object, words: str) -> None:
    assert Phrasing(Wording("en"), None).day(some_day(plain)) == words


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("2026-03", "found: between 2026-03-01 and 2026-03-31"),
        ("unknown", "found: 2026-05-01 at the latest"),
    ],
)
def test_a_beginning_is_told_as_far_as_it_is_known(start: str, words: str) -> None:
    stay = placement("pl", "community", start, recorded_on="2026-05-01")
    rule = ask(XX.facts["time_in_setting"], setting="community").at_least(Term(months=3))
    verdict = judge(rule, facts_of(case(placements=(stay,))).on(ON), on=ON)
    (item,) = Phrasing(Wording("en"), XX).reasons(verdict)
    assert words in item.words


def test_a_year_of_birth_is_never_told() -> None:
    file = case(beneficiary=(person(birth_date=some_day("2008")),))
    result = casework.match(file, XX, on=ON)
    for detail in (False, True):
        assert "2008" not in explain(result, detail=detail)


def _leaf(rule: Compare, **records: Any) -> str:
    (item,) = Phrasing(Wording("en"), XX).reasons(
        judge(rule, facts_of(case(**records)).on(ON), on=ON)
    )
    return item.words


def test_what_decides_though_known_in_part_asks_nobody() -> None:
    sanctions = ask(XX.facts["events"], kind="sanction", within="6 months", ageing="exclusive")
    open_one = evolve(event("e-2", "2025-12-31"), happened_on=some_day("2025-12"))
    decided = _leaf(sanctions.at_most(2), events=(event("e-1", "2026-03-01"), open_one))
    assert "at most 2 (known only in part; found: between 1 and 2; on record e-" in decided
    born = (person(birth_date=some_day("1984")),)
    adult = _leaf(ask(XX.facts["age"]).at_least(Term(years=18)), beneficiary=born)
    assert "18 years (known only in part; on record p-1;" in adult


def test_what_records_leave_open_is_not_told_as_if_there_were_none() -> None:
    rule = ask(XX.facts["died"]).is_(False)
    open_death = evolve(death("d-1", "2026-01-01"), died_on=some_day("2026"))
    words = _leaf(rule, deaths=(open_death,))
    assert "(no record says it for certain; can be answered by: " in words
    assert "on record d-1" in words

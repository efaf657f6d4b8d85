"""Days that are known in part, in the words of reports."""

import pytest

from rehabcore import casework
from rehabcore.reports import explain
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import Wording
from rehabcore.rules.criteria import ask
from rehabcore.rules.judging.verdicts import judge
from rehabcore.rules.time.days import Term
from tests.kit.builders import case, day, person, some_day
from tests.kit.record_makers import XX, facts_of, placement

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

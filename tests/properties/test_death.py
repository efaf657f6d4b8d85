"""Nothing is open after death: no programme, no move, no step, in any bundled country."""

from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore import casework, exchange, jurisdictions
from rehabcore.records import CaseFile
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import Outcome
from tests.kit.builders import release
from tests.kit.record_makers import XX, death
from tests.kit.record_strategies import case_files, days

CASES = {name: exchange.read(path, CaseFile) for name, path in jurisdictions.examples().items()}
NOT_MET = Answer.NOT_MET
AFTER = st.integers(0, 4000).map(timedelta)


def _dead(records: CaseFile, on: date) -> CaseFile:
    """The file with a death, told by an office that tells nothing else."""
    return evolve(records, deaths=(death("dead", on.isoformat(), source="registry"),))


@pytest.mark.parametrize("name", CASES)
@given(st.dates(date(2027, 1, 1), date(2027, 12, 31)), AFTER)
def test_nothing_is_open_after_the_death_of_a_bundled_person(
    name: str, died_on: date, later: timedelta
) -> None:
    country, on = jurisdictions.load(name.partition("/")[0]), died_on + later
    dead = _dead(CASES[name], died_on)
    cells = country.facts_of(dead).on(on)
    assert {judge(rule, cells, on=on).answer for rule in country.admissions.values()} <= {NOT_MET}
    moves = casework.possible_moves(dead, country, on=on).possible
    assert {one.verdict.answer for one in moves} <= {NOT_MET}


@given(case_files(), days(), AFTER)
def test_nothing_is_open_after_any_death(
    records: CaseFile, died_on: date, later: timedelta
) -> None:
    on, dead = died_on + later, _dead(records, died_on)
    assert {offer.answer for offer in casework.match(dead, XX, on=on).offers} == {NOT_MET}
    plan = casework.plan(dead, XX, on=on).plan
    assert (plan.open_steps(), plan.review_due) == ((), None)
    with pytest.raises(RequestRefused):
        casework.request_move(dead, XX, release(on))


@given(case_files(), days(), AFTER)
def test_before_the_day_of_death_everything_answers_as_if_nobody_had_died(
    records: CaseFile, died_on: date, earlier: timedelta
) -> None:
    # An end by death tells of a death, too: of another one than that on file, if it came before.
    # It is read as another end, and not left out, since it may correct one.
    ends = (
        evolve(end, outcome=Outcome.WITHDRAWN) if end.outcome is Outcome.DIED else end
        for end in records.completions
    )
    records = evolve(records, completions=tuple(ends))
    on = died_on - timedelta(days=1) - earlier / 50
    answers = [
        [offer.answer for offer in casework.match(file, XX, on=on).offers]
        for file in (evolve(records, deaths=()), _dead(records, died_on))
    ]
    assert answers[0] == answers[1]

"""Nothing is open after death: no programme, no move, no step, in any bundled country."""

from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rehabcore import casework, exchange, jurisdictions
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Known
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.time.partial import Day, between, first_of
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import Outcome
from tests.kit.builders import case, release
from tests.kit.record_makers import XX, completion, death, enrolment
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
    content = casework.plan(dead, XX, on=on).content
    assert (content.goals, content.items, content.review_due) == ((), (), None)
    with pytest.raises(RequestRefused):
        casework.request_move(dead, XX, release(on))


def _ended_by_somebody(records: CaseFile) -> CaseFile:
    """The file without ends by death."""
    # An end by death tells of a death, too: of another one than that on file, if it came before.
    # It is read as another end, and not left out, since it may correct one.
    ends = (
        evolve(end, outcome=Outcome.WITHDRAWN) if end.outcome is Outcome.DIED else end
        for end in records.completions
    )
    return evolve(records, completions=tuple(ends))


@given(case_files(), days(), AFTER)
def test_before_the_day_of_death_everything_answers_as_if_nobody_had_died(
    records: CaseFile, died_on: date, earlier: timedelta
) -> None:
    records = _ended_by_somebody(records)
    on = died_on - timedelta(days=1) - earlier / 50
    answers = [
        [offer.answer for offer in casework.match(file, XX, on=on).offers]
        for file in (evolve(records, deaths=()), _dead(records, died_on))
    ]
    assert answers[0] == answers[1]


THINKING = {"program": "thinking_skills"}
YEARS = {"within": "2 years", "ageing": "inclusive"}
FACTS = [
    *(ask(XX.facts[name], **THINKING) for name in ("enrolled", "completed", "time_enrolled")),
    ask(XX.facts["completed_within"], **THINKING, **YEARS),
    *(ask(XX.facts["program_outcomes"], outcome=one, **YEARS) for one in Outcome),
]


def _told(file: CaseFile, on: date) -> list[object]:
    """What is told of enrolments on a day, but for the evidence."""
    read = XX.facts_of(file).on(on)
    cells = [read(asked) for asked in FACTS]
    return [c.value if isinstance(c, Known) else (c.kind, c.between) for c in cells]


MARCH = st.integers(-60, 60).map(lambda number: date(2026, 3, 20) + timedelta(number))
SOME_DAYS = st.tuples(MARCH, MARCH).map(lambda two: between(min(two), max(two)))
OUTCOMES = st.sampled_from((Outcome.COMPLETED, Outcome.WITHDRAWN))
ENDS = st.lists(st.tuples(SOME_DAYS, OUTCOMES), min_size=1, max_size=3)


@settings(max_examples=12)
@example(
    [
        (between(date(2026, 2, 10), date(2026, 3, 22)), Outcome.WITHDRAWN),
        (date(2026, 3, 23), Outcome.WITHDRAWN),
    ],
    date(2026, 3, 20),
    33,
)
@given(ENDS, SOME_DAYS, st.integers(1, 60))
def test_until_a_death_ends_of_several_offices_say_what_they_say(
    ends: list[tuple[Day, Outcome]], died_on: Day, earlier: int
) -> None:
    told = (
        evolve(completion(f"c-{n}", "en", "2026-03-20", outcome, source=f"o-{n}"), ended_on=on)
        for n, (on, outcome) in enumerate(ends)
    )
    begun = case(enrolments=(enrolment("en", "2026-01-01"),), completions=tuple(told))
    living = _ended_by_somebody(begun)
    dead = evolve(death("d", "2026-03-20", source="registry"), died_on=died_on)
    on = first_of(died_on) - timedelta(earlier)
    assert _told(evolve(living, deaths=(dead,)), on) == _told(living, on)

"""Case files at the thresholds of a rule: who they are, that they fit, and that they are short."""

from datetime import date

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from rehabcore import jurisdictions
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Criterion, ask
from rehabcore.rules.differences.finding import difference
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.testing import cases_near, days_near
from rehabcore.testing.people.reaching import Reaching

XX = jurisdictions.load("xx")
ON = date(2026, 11, 16)
RULES = XX.admissions_on_any_day
SKILLS = RULES[XX.program("thinking_skills").program_id]


def answer_of(rule: Criterion, case: CaseFile, on: date = ON) -> Answer:
    return judge(rule, XX.facts_of(case, strict=True).on(on), on=on).answer


@pytest.mark.parametrize("program", RULES)
@pytest.mark.parametrize("answer", Answer)
@settings(max_examples=5)
@given(st.data())
def test_every_person_gets_the_answer_and_every_file_is_sound(
    program: str, answer: Answer, data: st.DataObject
) -> None:
    """On days at the edge as on others."""
    rule = RULES[XX.program(program).program_id]
    on = data.draw(days_near(rule, on=ON))
    try:
        people = cases_near(rule, answer=answer, country=XX, on=on)
    except InputError:
        assert answer not in Reaching(rule, on).answers  # such as a programme that is not yet law
        return
    assert answer_of(rule, data.draw(people), on) is answer


def test_the_simplest_person_has_few_records() -> None:
    people = cases_near(SKILLS, answer=Answer.MET, country=XX, on=ON)
    case = find(people, lambda _: True)
    assert answer_of(SKILLS, case) is Answer.MET
    assert len([*case.entries()]) == 5  # person, status, consent, need, risk: the rule asks each


def test_the_simplest_unknown_person_has_nothing_on_file_but_who_they_are() -> None:
    people = cases_near(SKILLS, answer=Answer.UNKNOWN, country=XX, on=ON)
    assert len([*find(people, lambda _: True).entries()]) == 1


def test_an_answer_that_nobody_gets_is_refused() -> None:
    rule = RULES[XX.program("release_course").program_id]
    with pytest.raises(InputError, match="an answer that is reached: not_met, unknown"):
        cases_near(rule, answer=Answer.MET, country=XX, on=ON)


SANCTIONS = ask(XX.facts["events"], kind="sanction", within="6 months", ageing="exclusive")
LEFT = ask(XX.facts["sentence_remaining"])
NINE = Term(months=9)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (LEFT.over(NINE), LEFT.at_least(NINE)),
        (LEFT.at_most(NINE), LEFT.under(NINE)),
        (
            SANCTIONS.at_most(1),
            SANCTIONS.under(1),
        ),
        (
            ask(XX.facts["age"]).at_least(Term(years=18)),
            ask(XX.facts["age"]).at_least(Term(years=18, days=1)),
        ),
    ],
    ids=str,
)
def test_a_wrong_limit_is_found_both_ways(right: Criterion, wrong: Criterion) -> None:
    """A limit that should be included, and is not, is told as a kind, and met by a person."""
    told = {
        (parting.before, parting.after) for parting in difference(right, wrong, on=ON).partings()
    }
    assert told & {(Answer.MET, Answer.NOT_MET), (Answer.NOT_MET, Answer.MET)}
    people = st.sampled_from((Answer.MET, Answer.NOT_MET)).flatmap(
        lambda answer: cases_near(right, answer=answer, country=XX, on=ON)
    )
    case = find(people, lambda case: answer_of(wrong, case) is not answer_of(right, case))
    assert len([*case.entries()]) <= 3


def test_the_day_itself_is_the_simplest() -> None:
    assert find(days_near(SKILLS, on=ON), lambda _: True) == ON

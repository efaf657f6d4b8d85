"""The verb that tells who is answered otherwise: by another rule, version, or country."""

from datetime import date

import pytest

import rehabcore as rc
from rehabcore.rules.criteria import ask
from rehabcore.strict.problems import InputError

XX, ON = rc.load("xx"), date(2026, 11, 16)
OLDER = XX.with_parameter("adult_age", "21 years")
AGE = ask(XX.facts["age"])


def asks(result: rc.DifferenceResult) -> list[str]:
    return [str(compare) for kind in result.difference.kinds for compare in kind.asks]


def test_two_versions_of_a_country_differ_for_whom_its_new_figure_concerns() -> None:
    skills = "thinking_skills"
    result = rc.explain_difference(skills, skills, country=OLDER, earlier=XX, on=ON)
    assert asks(result) == ["age at_least 18 years", "age at_least 21 years"]
    assert result.difference.proved
    assert result.earlier == XX.packs != result.grounds.stamp.packs == OLDER.packs
    first = next(result.difference.partings())
    assert (first.before, first.after) == (rc.Answer.MET, rc.Answer.NOT_MET)
    names = {trait.asked.fact.name for trait in first.traits}
    assert names <= {fact.name for fact in result.grounds.facts}


def test_the_programme_that_does_not_ask_the_figure_is_proved_to_stay_as_it_was() -> None:
    result = rc.explain_difference("drop_in", "drop_in", country=OLDER, earlier=XX, on=ON)
    assert result.difference.kinds == ()
    assert result.difference.proved
    assert repr(result) == "<DifferenceResult xx@2026.2+changed on 2026-11-16: 0, proved>"


def test_programmes_of_one_country_are_told_with_their_titles() -> None:
    result = rc.explain_difference("thinking_skills", "drop_in", country=XX, on=ON)
    told = {program.program_id for program in result.grounds.programs}
    assert told == {"thinking_skills", "drop_in"}
    assert result.earlier == XX.packs


def test_rules_may_be_named_or_given() -> None:
    adult = AGE.at_least(rc.Term(18))
    result = rc.explain_difference("adult", adult, country=XX, on=ON)
    assert result.difference.kinds == ()
    result = rc.explain_difference("adult", AGE.at_least(rc.Term(21)), country=XX, on=ON)
    assert asks(result) == ["age at_least 18 years", "age at_least 21 years"]


def test_a_day_without_law_is_one_on_which_a_person_has_to_judge() -> None:
    skills = "thinking_skills"
    result = rc.explain_difference(skills, skills, country=OLDER, earlier=XX, on=date(1901, 1, 1))
    assert result.difference.proved


@pytest.mark.parametrize(("before", "after"), [("adlt", "adult"), ("adult", "adlt")])
def test_an_unknown_name_is_refused_with_what_may_be_meant(before: str, after: str) -> None:
    with pytest.raises(InputError, match="adult, or another") as caught:
        rc.explain_difference(before, after, country=XX, on=ON)
    assert caught.value.problems[0].path == ("before" if before == "adlt" else "after")

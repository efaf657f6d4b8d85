"""Who differs, in words: each kind, its days and values, and how sure it is."""

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.rules.criteria import Criterion, ask
from rehabcore.rules.time.days import LeapDay

XX, ON = rc.load("xx"), date(2026, 11, 16)
FACTS = XX.facts
ADULT = ask(FACTS["age"]).at_least(rc.Term(18))


def said(before: Criterion | str, after: Criterion | str, on: date = ON) -> list[str]:
    return rc.explain(rc.explain_difference(before, after, country=XX, on=on)).splitlines()


def test_a_single_day_is_told() -> None:
    lines = said(ADULT, ask(FACTS["age"]).at_least(rc.Term(18, days=1)))
    assert lines[:4] == [
        "Who is answered otherwise, on 2026-11-16",
        "========================================",
        "From: age: at least 18 years. To: age: at least 18 years 1 day.",
        "These are all kinds of people: all 6 combinations of what can be known were weighed. "
        "Facts are weighed apart from each other, so there may be nobody of a kind.",
    ]
    assert lines[5] == "Kind 1: age: at least 18 years; age: at least 18 years 1 day"
    assert lines[7:13] == [
        "x from MET to NOT MET",
        "  - age: at least 18 years: MET; age: at least 18 years 1 day: NOT MET "
        "(known values: 2008-11-16)",
        "? from MET to UNKNOWN",
        "  - age: at least 18 years: MET; age: at least 18 years 1 day: UNKNOWN "
        "(known only in part: 2008-11-15 to 2008-11-16)",
        "x from UNKNOWN to NOT MET",
        "  - age: at least 18 years: UNKNOWN; age: at least 18 years 1 day: NOT MET "
        "(known only in part: 2008-11-16 to 2008-11-17)",
    ]


def test_many_values_are_told_by_their_ends_with_an_example() -> None:
    text = "\n".join(said(ADULT, ask(FACTS["age"]).at_least(rc.Term(21))))
    assert "(known values: 2005-11-17 to 2008-11-16; for example 2005-11-17)" in text
    text = "\n".join(said(ADULT, ~ADULT))
    assert "(known values: up to 2008-11-16; for example 2008-11-16)" in text
    assert "from 2008-11-17 on" in text


def test_a_leap_day_is_told_where_it_matters() -> None:
    later = evolve(ADULT, leap_day=LeapDay.MARCH_1)
    text = "\n".join(said(ADULT, later, on=date(2026, 2, 28)))
    assert "age: at least 18 years (29 February counts from 1 March in other years)" in text
    assert "(known values: 2008-02-29)" in text


def test_the_days_that_were_looked_at_are_told() -> None:
    later = evolve(ADULT, leap_day=LeapDay.MARCH_1)
    for until, line in (
        (
            date(2031, 1, 1),
            "Looked at each day from 2026-11-16 on: this is the first on which somebody is.",
        ),
        (
            date(2030, 1, 1),
            "Looked at each day from 2026-11-16 until the day before 2030-01-01.",
        ),
    ):
        result = rc.explain_difference(ADULT, later, country=XX, on=ON, until=until)
        assert rc.explain(result).splitlines()[3] == line


def test_flags_sets_and_what_is_not_known_are_told() -> None:
    consent = ask(FACTS["consent"], purpose="programme").is_(True)
    speaks = ask(FACTS["languages"]).has_any("en")
    text = "\n".join(said(consent, speaks))
    assert "  - consent to taking part in a programme: MET\n" in text
    assert "languages is English: NOT MET (known values: none)" in text
    assert "(nothing is known of it)" in text


def test_titles_come_with_their_meaning() -> None:
    lines = said("adult", ask(FACTS["age"]).at_least(rc.Term(21)))
    assert "Kind 1: Adult (age: at least 18 years); age: at least 21 years" in lines


def test_who_is_proved_to_be_answered_alike_is_nobody() -> None:
    assert said(ADULT, ~~ADULT)[3] == (
        "Nobody: all 3 combinations of what can be known were weighed."
    )


def test_it_is_said_where_there_may_be_more_kinds() -> None:
    result = rc.explain_difference("adult", "juvenile", country=XX, on=ON)
    unproved = evolve(result, difference=evolve(result.difference, proved=False))
    assert rc.explain(unproved).splitlines()[3] == (
        "There may be more kinds of people: 5 combinations were weighed, which are not all."
    )


def test_nobody_found_is_told_otherwise_than_nobody_proved() -> None:
    result = rc.explain_difference(ADULT, ~~ADULT, country=XX, on=ON)
    unproved = evolve(result, difference=evolve(result.difference, proved=False))
    assert rc.explain(unproved).splitlines()[3] == (
        "Nobody was found. 3 combinations were weighed, which are not all."
    )


def test_two_versions_are_told_with_their_packs() -> None:
    changed = XX.with_parameter("adult_age", "21 years")
    skills = "thinking_skills"
    result = rc.explain_difference(skills, skills, country=changed, earlier=XX, on=ON)
    lines = rc.explain(result).splitlines()
    assert lines[2:4] == [
        "From: Thinking skills. To: Thinking skills.",
        "The first is law of xx@2026.2, the second of xx@2026.2+changed.",
    ]
    assert any("xx-" in line for line in lines[lines.index("Sources") :])


def test_amounts_are_told_as_numbers() -> None:
    measured = next(fact for fact in FACTS.values() if fact.shape.value == "amount")
    given = {one.name: one.codes[0] for one in measured.parameters if one.required and one.codes}
    asked = ask(measured, **given)
    text = "\n".join(said(asked.at_least(Decimal(2)), asked.over(Decimal(2))))
    assert "(known values: 2)" in text


@pytest.mark.parametrize("form", ["markdown", "html", "json"])
def test_the_result_has_every_form(form: str) -> None:
    result = rc.explain_difference("adult", "juvenile", country=XX, on=ON)
    if form == "json":
        assert rc.read(rc.write(result), rc.DifferenceResult) == result
    else:
        assert "Kind 1" in rc.explain(result, form=rc.Format(form))

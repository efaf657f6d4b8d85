"""The laws of rules that a team's own software decides by."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from hypothesis import strategies as st

from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Criterion
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.testing.laws.law import Law, NotShown, holds_for, require
from rehabcore.testing.strategies.near import cases_near, days_near

Decide = Callable[[str, CaseFile, date], Answer]
"""The answer of a team's software: the name of the rule, the case file, the day."""

_STATEMENT = "Whoever gets an answer of the rule gets it of the software, at its thresholds too."


def for_criteria(
    rules: Mapping[str, Criterion],
    decide: Decide,
    *,
    country: Jurisdiction,
    on: date,
    examples: int = 100,
) -> tuple[Law, ...]:
    """The laws that some software answers as the rules do: for each rule, one for each answer.

    People lie at, just before and just after each threshold, on days such as 29 February.

    Args:
        rules: the rules, by name.
        decide: asks the software.
        country: the country, which reads the case files.
        on: the day around which is asked.
        examples: how many people are tried for each law.
    """

    def alike(name: str, rule: Criterion, answer: Answer) -> None:
        def check(asked: tuple[CaseFile, date]) -> None:
            case, day = asked
            right = judge(rule, country.facts_of(case).on(day), on=day).answer
            found = decide(name, case, day)
            told = f"{name} on {day.isoformat()}: expected {right.value}, found {found.value}"
            require(found is right, told)

        try:
            people = cases_near(rule, answer=answer, country=country, on=on)
        except InputError as reason:
            raise NotShown(str(reason)) from None
        holds_for(st.tuples(people, st.just(on) | days_near(rule, on=on)), check, examples)

    return tuple(
        Law(
            law_id=f"decided_alike-{name}-{answer.value}",
            statement=_STATEMENT,
            cite=", ".join(map(str, rule.about.cite)) or name,
            prove=partial(alike, name, rule, answer),
        )
        for name, rule in rules.items()
        for answer in Answer
    )

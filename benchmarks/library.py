"""What is measured of the library itself."""

from collections.abc import Sequence
from datetime import date

from benchmarks import case
from benchmarks.engines import Catalogue, Engine, Loaded, as_it_is
from benchmarks.people import Person
from benchmarks.timing import Subject
from rehabcore.questions import CaseFacts
from rehabcore.rules.judging.over_time import verdicts_over
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.quick.compilation import compile_rules
from rehabcore.rules.quick.outlook import answers_over, prospects
from rehabcore.rules.quick.sheets import FactSheet, Layout
from rehabcore.rules.time.days import Span

TEN_YEARS = Span(date(2021, 3, 16), date(2031, 3, 16))


def _load(catalogue: Catalogue) -> Loaded:
    rules = compile_rules(catalogue.criteria).on(catalogue.on)
    return Loaded(
        data=lambda person: person.cells, prepare=rules.sheet, answer=rules.masks, read=as_it_is
    )


LIBRARY = Engine(name="**rehabcore**, from a fact sheet", load=_load, cost=5)


def explanations(catalogue: Catalogue, people: Sequence[Person]) -> dict[str, Subject]:
    """Answers alone first, then what explains them."""
    rules = compile_rules(catalogue.criteria).on(catalogue.on)
    sheets = [rules.sheet(person.cells) for person in people]
    pairs = [(n, sheet) for sheet in sheets for n in range(len(rules.rules))]
    judged = [(rule, person.cells) for person in people for rule in catalogue.criteria]
    return {
        "answers of 25 programmes": Subject(call=rules.masks, given=sheets, cost=5),
        "failed and unknown criteria of 25": Subject(
            call=rules.open_clauses, given=sheets, cost=20
        ),
        "full proof of one programme": Subject(
            call=lambda pair: rules.proof(*pair), given=pairs, cost=12
        ),
        "the same by `judge`, without compiling": Subject(
            call=lambda pair: judge(pair[0], pair[1].__getitem__, on=catalogue.on),
            given=judged,
            cost=100,
        ),
        "fact sheet from 26 cells": Subject(
            call=lambda person: rules.sheet(person.cells), given=people, cost=20
        ),
    }


def sheets_of_a_case() -> dict[str, Subject]:
    """The fact sheet of thirty facts, when nothing and when every fact has been read."""
    file = case.case_file()
    read, layout = case.XX.facts_of(file), Layout(case.THIRTY)

    def sheet(facts: CaseFacts) -> FactSheet:
        return layout.sheet(facts.on(case.ON), case.ON)

    sheet(read)
    return {
        "fact sheet of 30 facts from a case file": Subject(
            call=lambda given: sheet(case.XX.facts_of(given)), given=[file], cost=500
        ),
        "the same, when the facts have been read": Subject(call=sheet, given=[read], cost=60),
    }


def over_time(catalogue: Catalogue, people: Sequence[Person]) -> dict[str, Subject]:
    """The days from which programmes are, or may be, open; and answers over ten years."""
    rules = compile_rules(catalogue.criteria)
    sheets = [rules.on(catalogue.on).sheet(person.cells) for person in people]
    alone = [compile_rules((rule,)) for rule in catalogue.criteria]
    pairs = [(rule, person) for person in people for rule in alone]
    judged = [(rule, person) for person in people for rule in catalogue.criteria]
    return {
        "eligible-from days of 25 programmes": Subject(
            call=lambda sheet: prospects(rules, sheet), given=sheets, cost=50
        ),
        "answers of 25 programmes over ten years": Subject(
            call=lambda person: answers_over(rules, person.histories.__getitem__, TEN_YEARS),
            given=people,
            cost=1500,
        ),
        "answers of one programme over ten years": Subject(
            call=lambda pair: answers_over(pair[0], pair[1].histories.__getitem__, TEN_YEARS),
            given=pairs,
            cost=100,
        ),
        "proofs of one programme over ten years": Subject(
            call=lambda pair: verdicts_over(pair[0], pair[1].histories.__getitem__, TEN_YEARS),
            given=judged,
            cost=1500,
        ),
    }

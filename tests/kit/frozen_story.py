"""The main job, for a process in which freezegun stops the clock at some point.

``python -m tests.kit.frozen_story WHEN`` prints the documents that were made: time is frozen
``after`` rehabcore was imported, or ``before``. Then the story is told again when time is thawed,
after rehabcore was imported and has filled its caches while time was frozen.
"""

import sys
from datetime import date
from typing import Any

from freezegun import freeze_time


def story() -> str:
    """Match, plan, decide, score and ask prepared rules; everything is read again from JSON."""
    from rehabcore import casework, exchange, jurisdictions
    from rehabcore.instruments import find, score
    from rehabcore.programs import admission
    from rehabcore.records import CaseFile
    from rehabcore.reports import explain
    from rehabcore.rules.quick.compilation import compile_rules
    from rehabcore.strict.vocabulary import DecisionOutcome, StaffId

    country = jurisdictions.load("xx")
    case = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
    on, today = date(2026, 11, 16), date.fromisoformat("2026-11-17")
    form: dict[str, Any] = {
        "gender": "MALE",
        "date_of_birth": date(1965, 12, 7),
        "date_of_current_conviction": date(2025, 5, 13),
        "date_at_start_of_followup": date(2026, 12, 6),
        "total_sanctions": 2,
        "age_at_first_sanction": 47,
        "offence_category": "soliciting_or_prostitution",
    }
    program_id = country.programs[0].program_id
    made: list[Any] = [
        case,
        casework.match(case, country, on=on),
        casework.near(case, country, on=on),
        casework.plan(case, country, on=on, known_at=today),
        casework.decide(
            case,
            country,
            program_id,
            on=on,
            known_at=today,
            decided_by=StaffId("s-1"),
            decided_on=today,
            outcome=DecisionOutcome.GRANTED,
        ),
        score(find("uk-ew/ogrs3@hmpps-arns-gen1"), form, on=today),
    ]
    documents = [exchange.write(one) for one in made]
    for one, document in zip(made, documents, strict=True):
        assert exchange.read(document, type(one)) == one
    rules = tuple(admission(program, country.facts) for program in country.programs)
    prepared = compile_rules(rules).on(on)
    facts = country.facts_of(case, known_at=today)
    sheet = prepared.layout.sheet(facts.on(on), on)
    answers = [answer.value for answer in prepared.answers(sheet)]
    return "\n".join([*documents, *answers, explain(made[1])])


def main(when: str) -> None:
    """Tell the story with time frozen at one of the points."""
    if when == "before":
        with freeze_time("2026-11-16"):
            print(story())
        print(story())
    else:
        from rehabcore import casework, jurisdictions, reports

        loaded = (casework, reports)  # with every date that these rooms keep by its real type
        assert all(loaded)
        jurisdictions.load("xx")
        with freeze_time("2026-11-16"):
            print(story())


if __name__ == "__main__":
    main(sys.argv[1])

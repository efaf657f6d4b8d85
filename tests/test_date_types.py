"""What is taken for a day: a date of any subclass, never a moment; also while time is frozen."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.instruments import find, score
from rehabcore.records import Filed
from rehabcore.risk import standings
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Fact, Shape
from rehabcore.rules.judging.verdicts import judge
from rehabcore.rules.quick.compilation import compile_rules
from rehabcore.rules.time.days import OPEN, Span, Term
from rehabcore.strict.checked import conforms
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import YES, case, flag, person
from tests.kit.frozen_story import story
from tests.kit.record_makers import XX
from tests.kit.refusals import problems_of

ROOT = Path(__file__).parent.parent


class Feast(date):
    """A true subclass, as the calendars of other libraries have them."""


class Timestamp(datetime):
    """As pandas has it: a moment, and a date by inheritance."""


DAY, FEAST = date(2026, 11, 16), Feast(2026, 11, 16)
NO_DAYS: dict[str, Any] = {
    "datetime": datetime(2026, 11, 16, tzinfo=UTC),
    "timestamp": Timestamp(2026, 11, 16, tzinfo=UTC),
    "text": "2026-11-16",
    "number": 20261116,
}
WILLING = ask(flag()).is_(True)
AGE = ask(Fact(name="age", shape=Shape.ELAPSED, about="An age."))
BY_DATES: dict[str, Any] = {
    "gender": "MALE",
    "total_sanctions": 2,
    "age_at_first_sanction": 47,
    "date_of_current_conviction": DAY,
    "date_at_start_of_followup": DAY,
    "offence_category": "robbery",
}

# Where a day comes in: what is asked with it, and the path that a problem with it has.
ENTRANCES: Mapping[str, tuple[Callable[[Any], object], str]] = {
    "field of a record": (
        lambda on: Filed(record_id=RecordId("r-1"), recorded_on=on, source="a"),
        "recorded_on",
    ),
    "start of a span": (lambda on: Span(on, OPEN), "start"),
    "end of a span": (lambda on: Span(date(2020, 1, 1), on), "end"),
    "term laid onwards": (lambda on: Term(months=1).after(on), "anchor"),
    "term laid back": (lambda on: Term(months=1).before(on), "anchor"),
    "case file as known": (lambda on: case().as_known(on), "on"),
    "facts of a case": (lambda on: XX.facts_of(case()).on(on), "day"),
    "judge": (lambda on: judge(WILLING, lambda _: YES, on=on), "on"),
    "compiled rules": (lambda on: compile_rules((WILLING,)).on(on), "day"),
    "levels": (lambda on: standings([], on=on), "on"),
    "match": (lambda on: casework.match(case(), jurisdictions.load("xx"), on=on), "on"),
    "day of a score": (lambda on: score(find("k6"), {}, on=on), "on"),
    "answer to a form": (
        lambda on: score(
            find("uk-ew/ogrs3@hmpps-arns-gen1"), {**BY_DATES, "date_of_birth": on}, on=DAY
        ),
        "answers.date_of_birth",
    ),
}


@pytest.mark.parametrize("entrance", ENTRANCES)
@pytest.mark.parametrize("kind", NO_DAYS)
def test_a_moment_or_anything_else_is_refused_where_a_day_comes_in(
    entrance: str, kind: str
) -> None:
    ask_with, path = ENTRANCES[entrance]
    assert problems_of(lambda: ask_with(NO_DAYS[kind])) == [("wrong_type", path)]


@pytest.mark.parametrize(
    "entrance", sorted(ENTRANCES.keys() - {"facts of a case", "answer to a form"})
)
def test_a_subclass_of_date_gives_what_the_day_gives(entrance: str) -> None:
    ask_with, _ = ENTRANCES[entrance]
    assert ask_with(FEAST) == ask_with(DAY)


def test_a_rule_compares_with_a_date_of_a_subclass_and_never_with_a_moment() -> None:
    assert AGE.before(FEAST) == AGE.before(DAY)
    assert problems_of(lambda: AGE.before(NO_DAYS["datetime"])) == [("wrong_type", "operand")]
    with pytest.raises(InputError, match=r"before: wrong_type: .*; expected a date"):
        AGE.before(NO_DAYS["text"])


def test_an_answer_of_a_subclass_of_date_scores_as_the_day_does() -> None:
    model, born = find("uk-ew/ogrs3@hmpps-arns-gen1"), (date(1965, 12, 7), Feast(1965, 12, 7))
    one, other = (score(model, {**BY_DATES, "date_of_birth": day}, on=DAY) for day in born)
    assert one == other
    assert one.missing == ()


def test_a_record_with_a_subclass_of_date_is_the_record_with_the_day() -> None:
    born = (date(1990, 2, 1), Feast(1990, 2, 1))
    one, other = (case(beneficiary=(person(birth_date=day),)) for day in born)
    assert one == other
    assert hash(one) == hash(other)
    assert exchange.write(one) == exchange.write(other)
    assert pickle.loads(pickle.dumps(other)) == one


@pytest.mark.parametrize("wanted", [date, Feast], ids=["date", "frozen name"])
def test_days_are_told_by_inheritance_whatever_name_date_had_on_import(wanted: type) -> None:
    assert all(conforms(day, wanted) for day in (DAY, FEAST))
    assert not any(conforms(value, wanted) for value in NO_DAYS.values())


def test_the_main_job_gives_the_same_while_time_is_frozen() -> None:
    path = os.pathsep.join([str(ROOT / "src"), *sys.path])
    environment = {**os.environ, "PYTHONPATH": path}
    telling = {
        when: subprocess.Popen(
            [sys.executable, "-m", "tests.kit.frozen_story", when],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for when in ("before", "after", "thawed")
    }
    never = story()
    for when, process in telling.items():
        told, _ = process.communicate()
        assert told == f"{never}\n", when

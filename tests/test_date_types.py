"""What is taken for a day: a date of any subclass, never a moment; also while time is frozen."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from inspect import isclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care import DosagePolicy, NeedCount, dosage_target
from rehabcore.instruments import find, score
from rehabcore.programs import offers_near, offers_on
from rehabcore.records import Filed
from rehabcore.risk import standings
from rehabcore.rules.criteria import Asked, ask
from rehabcore.rules.facts import Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.over_time import next_answer_change, next_change, verdicts_over
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.near.near_misses import near_misses
from rehabcore.rules.quick.compilation import RulesOfDay, compile_rules
from rehabcore.rules.time.days import OPEN, UNSURE, Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.checked import conforms
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import YES, case, flag, person
from tests.kit.frozen_story import story
from tests.kit.record_makers import XX
from tests.kit.refusals import problems_of
from tests.test_wrong_things import calls, exhausted

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
FOR_EVER = Span(date(2020, 1, 1), OPEN)
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


def _always(_: Asked) -> Timeline[Cell]:
    return Timeline.constant(YES)


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
    "day of compiled rules": (lambda on: RulesOfDay(compile_rules((WILLING,)), on), "on"),
    "day of a timeline": (lambda on: Timeline.constant(YES).at(on), "day"),
    "change of a timeline": (lambda on: Timeline.of_changes([DAY, on], str).starts, "changes"),
    "proof over time": (lambda on: verdicts_over(WILLING, _always, FOR_EVER).at(on), "day"),
    "next change": (lambda on: next_change(WILLING, _always, on), "on"),
    "next change of the answer": (lambda on: next_answer_change(WILLING, _always, on), "on"),
    "near misses": (lambda on: near_misses(WILLING, _always, on=on), "on"),
    "day in a span": (lambda on: on in Span(date(2020, 1, 1), date(2030, 1, 1)), "day"),
    "day in an open span": (lambda on: on in Span(date(2020, 1, 1), OPEN), "day"),
    "day in an unsure span": (lambda on: on in Span(date(2020, 1, 1), UNSURE), "day"),
    "figure of a day": (XX.parameters["adult_age"].at, "day"),
    "last anchor reached": (lambda on: Term(months=1).last_anchor_reached(on), "anchor"),
    "last anchor near": (lambda on: Term(months=1).last_anchor_near(on), "anchor"),
    "law that ends": (lambda on: jurisdictions.ending_law(XX, on=on), "on"),
    "offers": (lambda on: offers_on({}, lambda _: YES, on=on), "on"),
    "doors": (lambda on: offers_near({}, _always, on=on), "on"),
    "check of a case": (lambda on: XX.check(case(), known_at=on), "known_at"),
    "facts as known": (lambda on: XX.facts_of(case(), known_at=on).view, "known_at"),
    "dosage": (lambda on: dosage_target(DosagePolicy(), None, NeedCount(0, 0), on=on), "on"),
    "request of a score": (
        lambda on: evolve(score(find("k6"), {}, on=DAY).request, on=on),
        "on",
    ),
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
    "entrance",
    sorted(ENTRANCES.keys() - {"facts of a case", "answer to a form", "day of compiled rules"}),
)
def test_a_subclass_of_date_gives_what_the_day_gives(entrance: str) -> None:
    ask_with, _ = ENTRANCES[entrance]
    assert ask_with(FEAST) == ask_with(DAY)


VALUES: Mapping[str, Callable[[Any], object]] = {
    "value": Known,
    "between": lambda day: Unknown(UnknownKind.MISSING, between=(date(2020, 1, 1), day)),
    "operand": AGE.since,
    "said": lambda day: XX.with_parameter("adult_age", day),
}
"""Where a value may be a day or something else: the path of the problem, and what takes it."""


@pytest.mark.parametrize("path", VALUES)
@pytest.mark.parametrize("kind", ["datetime", "timestamp"])
def test_a_moment_is_refused_where_a_value_may_be_a_day(path: str, kind: str) -> None:
    assert problems_of(lambda: VALUES[path](NO_DAYS[kind])) == [("wrong_type", path)]


def test_a_moment_among_cells_is_refused_by_every_way_of_answering() -> None:
    rule = AGE.at_least(Term(years=18))

    def cells(_: Asked) -> Cell:
        return Known(NO_DAYS["datetime"])

    for answer in (
        lambda: judge(rule, cells, on=DAY),
        lambda: compile_rules((rule,)).on(DAY).sheet(cells),
        lambda: verdicts_over(rule, lambda asked: Timeline.constant(cells(asked)), FOR_EVER),
    ):
        assert problems_of(answer) == [("wrong_type", "value")]


RESULTS = {
    "rehabcore.Verdict.proved_when_read.on",
    "rehabcore.instruments.Contribution.answer",
    *("rehabcore.rules.FactSheet.on", "rehabcore.rules.RuleSet.law_changes"),
    *("rehabcore.rules.NearMiss.on", "rehabcore.rules.NearMiss.until"),
    *("rehabcore.rules.Prospect.certainly", "rehabcore.rules.Prospect.possibly"),
}
"""Made by the library alone, of days that it has checked."""


def test_no_public_name_takes_a_moment_for_a_day() -> None:
    taken = set()
    for place, call, fine in calls():
        try:
            types = get_type_hints(call.__init__ if isclass(call) else call)
        except NameError:  # of names that only type checkers see; these take no day by itself
            continue
        for name, wanted in types.items():
            if name != "return" and date in (wanted, *get_args(wanted)):
                try:
                    exhausted(call(**{**fine, name: NO_DAYS["datetime"]}))
                except InputError:
                    continue
                taken.add(f"{place}.{name}")
    assert taken == RESULTS


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


TELLINGS = {"before": 2, "after": 1}
"""How often the story is told where time is frozen at each point: once more when it is thawed."""


@pytest.mark.no_cover
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
        for when in TELLINGS
    }
    never = story()
    for when, process in telling.items():
        told, _ = process.communicate()
        assert told == f"{never}\n" * TELLINGS[when], when

"""Each law of plans is broken on purpose, and notices it.

A mutant takes the place of a function, of a set, or of the check itself, and the law is tried on
one plan or book that tells.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore import write
from rehabcore.care.machines import machine
from rehabcore.care.needs.dosage import DosageTable
from rehabcore.care.plans import versions
from rehabcore.care.plans.axes import AgreementState
from rehabcore.care.plans.book import PlanBook, PlanLifeEvent
from rehabcore.care.plans.laws import of_basis, of_histories, of_needs, of_time
from rehabcore.care.plans.laws.checking import BOOK_CHECKS, CONTENT_CHECKS
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.laws.law import Breach
from rehabcore.rules.machines.rows import Arrow
from rehabcore.rules.machines.walking import Position, Ways
from rehabcore.rules.truth import Answer
from tests.kit.plan_strategies import DOMAINS, first, made_book, made_plan
from tests.properties import test_plan_book_laws as books
from tests.properties import test_plan_laws as plans
from tests.properties import test_plan_table_laws as tables

WALK: Any = versions._BookWalk
TURN = WALK._turn


def _blind(*_: object, **__: object) -> Iterable[Breach]:
    """Finds nothing."""
    return ()


def _known(check: Any, change: Callable[[PlanGrounds], dict[str, Any]]) -> Any:
    """A check that takes something for known that is not so."""
    return lambda plan, grounds: check(plan, evolve(grounds, **change(grounds)))


def _first_goal(content: Any, grounds: PlanGrounds) -> Iterable[Breach]:
    """Looks at the first goal only."""
    one = evolve(content, goals=content.goals[:1], items=(), questions=())
    return of_needs.goals_serve_assessed_needs(one, grounds)


def _a_day_more(grounds: PlanGrounds) -> dict[str, Any]:
    def later(day: date) -> date | None:
        latest = grounds.review_by(day)
        return None if latest is None else latest + timedelta(1)

    return {"review_by": later}


def _of_any_age(*_: object) -> Answer:
    """Takes everybody for old enough, and young enough."""
    return Answer.MET


def _tomorrow(grounds: PlanGrounds) -> dict[str, Any]:
    return {"withdrawn": {one: day + timedelta(1) for one, day in grounds.withdrawn.items()}}


def _out_of_an_end(name: str) -> Ways:
    """The ways of a table with one out of an end, where it has this end."""
    table = machine(name)
    if name != "plan_life":
        return Ways(table)
    out = Arrow(leaves=("superseded",), to="active", event="activated")
    ends = [evolve(one, final=one.final and one.code != "superseded") for one in table.states]
    return Ways(evolve(table, states=tuple(ends), arrows=(*table.arrows, out)))


def _answering_by_signature(walk: Any, version: Any, axis: str, *more: Any) -> None:
    """A signature that is an answer as well."""
    TURN(walk, version, axis, *more)
    if axis == "signature":
        version.at["agreement"] = Position(state="could_not_answer")


def _without_origin(ways: Ways, position: Position | None, state: str) -> Position:
    return Position(state=state, origin="nowhere")


def _under_another_name(book: PlanBook) -> bytes | str:
    return write(evolve(book, plan_id="another"))


PLAN, BOOK = CONTENT_CHECKS, BOOK_CHECKS
Mutant = tuple[Callable[[Any], None], Any, str, Any]
MUTANTS: list[Mutant] = [
    (plans.law_p1, PLAN, "P1", _first_goal),
    (plans.law_p2, of_needs, "_calling", _blind),
    (plans.law_p7, of_needs, "first_of", lambda _: date.min),
    (plans.law_p8, PLAN, "P8", _known(PLAN["P8"], _a_day_more)),
    (plans.law_p9, of_time, "last_day", lambda item: item.starts),
    (plans.law_p9, of_time, "first_of", lambda _: date.max),
    (plans.law_p10, of_basis, "_holds", lambda _, __, named, ___: named is not None),
    (plans.law_p12, PLAN, "P12", _blind),
    (plans.law_p19, of_time, "settled_by", lambda _: dict.fromkeys(DOMAINS, date.min)),
    (plans.law_p20, PLAN, "P20", _known(PLAN["P20"], lambda _: {"programs": {}})),
    (plans.law_p21, of_time, "_overlaps", _blind),
    (plans.law_p21, of_time, "_minutes_of_weeks", _blind),
    (plans.law_p22, PLAN, "P22", _known(PLAN["P22"], lambda _: {"credited": Decimal(900)})),
    (plans.law_p24, PLAN, "P24", _known(PLAN["P24"], lambda _: {"risk": "medium"})),
    (plans.law_p25, PLAN, "P25", _known(PLAN["P25"], lambda _: {"of_age": _of_any_age})),
    (plans.law_p31, PLAN, "P31", _blind),
    (books.law_p3, of_histories, "SIGNING", frozenset()),
    (books.law_p4, of_histories, "_signed_since", lambda _: {}),
    (books.law_p5, BOOK, "P5", _blind),
    (books.law_p6, of_histories, "_LAST", frozenset(PlanLifeEvent)),
    (books.law_p11, BOOK, "P11", _known(BOOK["P11"], _tomorrow)),
    (books.law_p13, of_histories, "pairwise", _blind),
    (books.law_p15, BOOK, "P15", _blind),
    (books.law_p15, PlanBook, "entries", property(lambda book: tuple(book._listed()))),
    (books.law_p16, WALK, "_misfit", lambda *_: None),
    (books.law_p26, BOOK, "P26", _known(BOOK["P26"], lambda _: {"signed_by": ()})),
    (books.law_p27, of_histories, "_signed", lambda _: iter(())),
    (books.law_p28, of_histories, "_higher", lambda *_: False),
    (books.law_p29, of_histories, "AGREEING", frozenset(AgreementState)),
    (tables.law_p14, tables, "write", _under_another_name),
    (tables.law_p17, versions, "_ways", _out_of_an_end),
    (tables.law_p18, Ways, "after", _without_origin),
    (tables.law_p23, DosageTable, "_falls", _blind),
    (tables.law_p30, WALK, "_turn", _answering_by_signature),
]


def _example(law: Callable[[Any], None]) -> Any:
    """A plan or book on which a law tells."""
    if law is tables.law_p23:
        return [1] * 9
    return made_plan(first) if law.__module__ == plans.__name__ else made_book(first)


@pytest.mark.parametrize("made", MUTANTS, ids=lambda made: f"{made[0].__name__}: {made[2]}")
def test_a_broken_check_is_noticed_by_its_law(
    made: Mutant, monkeypatch: pytest.MonkeyPatch
) -> None:
    law, where, name, mutant = made
    example = _example(law)
    law(example)
    if isinstance(where, dict):
        monkeypatch.setitem(where, name, mutant)
    else:
        monkeypatch.setattr(where, name, mutant)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        law(example)

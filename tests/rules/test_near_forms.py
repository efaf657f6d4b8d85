"""Near misses as data: read back equal, and refused where they do not follow from their proofs."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.criteria import About, Criterion, ask
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.near_forms import near_form
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.near.near_misses import NearMisses, near_misses
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import NO, YES, day, span
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import JSON
from tests.kit.strategies import FACTS

FORM = near_form(CriterionReader(facts=FACTS, rules={}, codec=JSON))
AGE, ALONE, FIT = ask(FACTS["age"]), ask(FACTS["alone"]), ask(FACTS["fit"])
RULE: Criterion = evolve(
    (AGE.at_least(Term(18)) & ALONE.is_(True)) | FIT.is_(True),
    about=About(id="entry", in_force=span("2020-01-01", "2027-01-01")),
)


def _near(fit: Cell) -> NearMisses:
    known: dict[Any, Cell] = {AGE: Known(day("2008-02-29")), ALONE: NO, FIT: fit}
    return near_misses(RULE, lambda asked: Timeline.constant(known[asked]), on=day("2026-02-01"))


NEAR = _near(Unknown(UnknownKind.NEEDS_PERSON))


def _plain(near: NearMisses) -> Any:
    return json.loads(json.dumps(FORM.write(near)))


PLAIN = _plain(NEAR)


def test_a_way_is_written_with_its_day_and_a_later_one_with_its_proof() -> None:
    now, later = PLAIN["ways"]
    assert now == {
        "day": "2026-02-01",
        "until": "2027-01-01",
        "changes": [
            {
                "kind": "pending",
                "demands": [
                    {
                        "comparison": {"fact": "fit", "is": True},
                        "found": "unknown",
                        "wanted": "met",
                    }
                ],
            }
        ],
    }
    assert later["day"] == "2026-02-28"
    assert later["proof"]["parts"][0]["parts"][0]["answer"] == "met"
    assert [change["kind"] for change in later["changes"]] == ["one_step"]
    assert "complete" not in PLAIN


def test_near_misses_are_read_back_equal() -> None:
    assert FORM.read(deepcopy(PLAIN)) == NEAR
    incomplete = evolve(NEAR, complete=False)
    assert FORM.read(_plain(incomplete)) == incomplete


def _swap(plain: Any) -> None:
    plain["ways"].reverse()


def _grant(plain: Any) -> None:
    plain["verdict"] = _plain(_near(YES))["verdict"]
    plain["ways"] = [{"day": "2026-02-01", "changes": []}]


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        (lambda p: p["ways"][1]["changes"].clear(), [("does_not_follow", "ways[1].changes")]),
        (
            lambda p: p["ways"][0]["changes"][0].update(kind="one_step"),
            [("does_not_follow", "ways[0].changes")],
        ),
        (
            lambda p: p["ways"][0]["changes"][0]["demands"][0].update(wanted="not_met"),
            [("does_not_follow", "ways[0].changes")],
        ),
        (lambda p: p["ways"][0].update(day="2026-01-31"), [("does_not_follow", "ways[0].day")]),
        (lambda p: p["ways"][0].update(day="2026-02-02"), [("does_not_follow", "ways[0].day")]),
        (lambda p: p["ways"][1].update(day="2026-02-01"), [("does_not_follow", "ways[1].day")]),
        (lambda p: p["ways"][1].update(day="2026-01-31"), [("does_not_follow", "ways[1].day")]),
        (lambda p: p["ways"][1].pop("proof"), [("does_not_follow", "ways[1].day")]),
        (lambda p: p["ways"][1].update(day="2026-02-27"), [("does_not_follow", "ways[1].proof")]),
        (
            lambda p: p["ways"][0].update(until="2026-02-01"),
            [("ends_before_start", "ways[0].until")],
        ),
        (_swap, [("does_not_follow", "ways")]),
        (_grant, [("does_not_follow", "ways")]),
        (lambda p: p.pop("ways"), [("missing_key", "ways")]),
        (lambda p: p.update(ways={}), [("wrong_type", "ways")]),
        (lambda p: p.update(complete="no"), [("wrong_type", "complete")]),
        (lambda p: p["ways"][0].update(colour="red"), [("unknown_key", "ways[0]")]),
        (lambda p: p["verdict"].pop("proof"), [("wrong_type", "verdict")]),
        (
            lambda p: p["ways"][0]["changes"][0].update(kind="soon"),
            [("unknown_value", "ways[0].changes[0].kind")],
        ),
    ],
    ids=[
        "no changes",
        "another kind",
        "another answer",
        "a day before",
        "a later day without proof",
        "a proof of the same day",
        "a day before with a proof",
        "without proof",
        "a day on which it does not follow",
        "ends on its first day",
        "out of order",
        "ways to what is met",
        "no ways",
        "ways as an object",
        "complete as text",
        "unknown key",
        "verdict without proof",
        "unknown kind",
    ],
)
def test_what_does_not_follow_is_refused(
    change: Callable[[Any], object], problems: list[tuple[str, str]]
) -> None:
    plain = deepcopy(PLAIN)
    change(plain)
    assert problems_of(lambda: FORM.read(plain)) == problems

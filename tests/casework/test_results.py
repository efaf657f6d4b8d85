"""What results answer by themselves: titles, what is missing, offers by answer and by id."""

import json
from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.results import MatchResult, NearResult
from rehabcore.programs import Offer
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import ask, named
from rehabcore.rules.facts import Known
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import DecisionOutcome, ProgramId, StaffId
from tests.kit.builders import day, release, span
from tests.kit.sealing import sealed

XX = jurisdictions.load("xx")
CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
ON = day("2026-11-16")
MATCH = casework.match(CASE, XX, on=ON)
NEAR = casework.near(CASE, XX, on=ON)
PLAN = casework.plan(CASE, XX, on=ON)
REQUEST = release(ON)
MOVE = casework.request_move(CASE, XX, REQUEST, plan=PLAN.content)
DECISION = casework.decide(
    CASE,
    XX,
    ProgramId("drop_in"),
    on=ON,
    known_at=ON,
    decided_by=StaffId("officer-3"),
    decided_on=ON,
    outcome=DecisionOutcome.GRANTED,
)
ADULT = ask(XX.facts["age"]).at_least(Term(years=18))


def _missing(offer: Offer) -> list[tuple[str, tuple[str, ...], UnknownKind]]:
    return [(str(missing.what), missing.who, missing.why) for missing in offer.missing]


def test_offers_are_given_by_answer_in_the_order_of_the_catalogue() -> None:
    ids = [[str(offer.program_id) for offer in some] for some in (MATCH.met, MATCH.unknown)]
    assert ids == [
        ["thinking_skills", "drop_in"],
        ["therapeutic_community", "housing_advice", "release_course"],
    ]
    assert len(MATCH.not_met) == 3
    assert list(MATCH) == list(MATCH.offers)
    assert {*MATCH.met, *MATCH.unknown, *MATCH.not_met} == set(MATCH)


def test_a_programme_is_in_a_result_by_its_id_and_by_its_offer() -> None:
    asked = ("drop_in", MATCH["drop_in"], "work_start", NEAR["work_start"], "drop_inn", None)
    assert [one in MATCH for one in asked] == [True, True, True, False, False, False]
    assert [one in NEAR for one in asked] == [False, False, True, True, False, False]


def test_an_offer_says_what_it_is_called() -> None:
    assert MATCH["drop_in"].title("en") == "Drop-in counselling"
    assert MATCH["drop_in"].title("ka") == "Drop-in counselling"
    verdict = judge(ADULT, lambda _: Known(day("1990-01-01")), on=ON)
    assert Offer(program_id=ProgramId("course"), verdict=verdict).title("en") == "course"


def test_an_offer_says_what_is_missing_whom_to_ask_and_why() -> None:
    assert _missing(MATCH["housing_advice"]) == [
        ("need_level(domain=housing)", ("psychologist", "social_worker"), UnknownKind.MISSING)
    ]
    assert _missing(MATCH["therapeutic_community"]) == [
        ("observed_health_clearance", ("health_professional",), UnknownKind.NEEDS_PERSON)
    ]
    assert not [missing for offer in (*MATCH.met, *MATCH.not_met) for missing in offer.missing]


def test_a_fact_that_is_asked_twice_is_missing_once() -> None:
    thin = evolve(CASE, sentences=())
    missing = _missing(casework.match(thin, XX, on=ON)["therapeutic_community"])
    assert [what for what, _, _ in missing].count("sentence_remaining") == 1


def test_a_refused_move_says_what_is_missing() -> None:
    undecided = evolve(CASE, observations=CASE.observations[:1])
    with pytest.raises(RequestRefused) as caught:
        casework.request_move(undecided, XX, REQUEST)
    assert [str(missing.what) for missing in caught.value.missing] == ["observed_release_decision"]


@pytest.mark.parametrize("wanted", ["drop_inn", "", 0, None, ["drop_in"]])
@pytest.mark.parametrize("result", [MATCH, NEAR], ids=["match", "near"])
def test_a_programme_that_a_result_does_not_speak_of_is_refused(result: Any, wanted: Any) -> None:
    with pytest.raises(InputError) as caught:
        result[wanted]
    assert [(p.code, p.path) for p in caught.value.problems] == [("dangling_id", "program_id")]


@pytest.mark.parametrize(
    ("result", "wanted", "told"),
    [
        (MATCH, "drop_inn", "of the result: drop_in"),
        (MATCH, "zzz", "of the result: one of thinking_skills, thinking_skills_juvenile, therap"),
        (evolve(MATCH, offers=()), "drop_in", "of the result: none, since there are none"),
    ],
    ids=["near", "all", "empty"],
)
def test_near_names_are_told(result: MatchResult, wanted: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        result[wanted]


def test_a_door_has_its_ways_and_an_offer_of_a_match_none() -> None:
    assert [str(door.program_id) for door in NEAR.reachable] == [
        "therapeutic_community",
        "housing_advice",
        "release_course",
    ]
    door = NEAR["therapeutic_community"]
    assert (door.answer, door.missing) == (Answer.UNKNOWN, MATCH["therapeutic_community"].missing)
    assert [way.day for way in door.ways] == [ON]
    assert NEAR["relapse_prevention"].ways == MATCH["drop_in"].ways == ()
    assert list(NEAR) == list(NEAR.doors)
    assert NEAR.complete


def test_an_offer_answers_as_its_ways_do() -> None:
    door = NEAR["housing_advice"]
    assert Offer(program_id=door.program_id, near=door.near) == door
    with pytest.raises(InputError) as caught:
        evolve(door, verdict=MATCH["drop_in"].verdict)
    assert [(p.code, p.path) for p in caught.value.problems] == [("does_not_follow", "verdict")]


@pytest.mark.parametrize("near", [None, "near"])
def test_an_offer_without_an_answer_is_refused(near: Any) -> None:
    with pytest.raises(InputError) as caught:
        Offer(program_id=ProgramId("drop_in"), near=near)
    assert "verdict" in [p.path for p in caught.value.problems]


def test_a_door_without_its_ways_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        evolve(NEAR, doors=(NEAR.doors[0], MATCH["release_course"]))
    assert [(p.code, p.path) for p in caught.value.problems] == [("missing_key", "doors[1].near")]


def test_a_stored_offer_without_an_answer_is_refused() -> None:
    stored = json.loads(exchange.write(MATCH))
    del stored["data"]["offers"][2]["verdict"]
    with pytest.raises(InputError) as caught:
        exchange.read(sealed(stored), MatchResult)
    assert [p.path for p in caught.value.problems] == ["data.offers[2].verdict"]


@pytest.mark.parametrize("result", [MATCH, NEAR], ids=["match", "near"])
def test_an_offer_is_stored_with_its_verdict_or_its_ways(result: MatchResult | NearResult) -> None:
    stored = json.loads(exchange.write(result))["data"]
    key, other = ("offers", "verdict") if isinstance(result, MatchResult) else ("doors", "near")
    assert {frozenset(offer) for offer in stored[key]} == {frozenset({"program_id", other})}


SHOWN: list[tuple[object, str]] = [
    (MATCH, "<MatchResult xx@2026.2 on 2026-11-16: 2 met, 3 unknown, 3 not met>"),
    (MATCH.grounds, "<Grounds xx@2026.2 on 2026-11-16>"),
    (MATCH["drop_in"], "<Offer drop_in on 2026-11-16: met>"),
    (MATCH["drop_in"].verdict, "<Verdict drop_in on 2026-11-16: met>"),
    (MATCH["drop_in"].verdict.children[0], "<Verdict need on 2026-11-16: met>"),
    (
        judge(ADULT, lambda _: Known(day("1990-01-01")), on=ON),
        "<Verdict Compare on 2026-11-16: met>",
    ),
    (MATCH["housing_advice"].missing[0], "<Missing need_level(domain=housing): missing>"),
    (NEAR, "<NearResult xx@2026.2 on 2026-11-16: 6 not met, 3 can be reached>"),
    (NEAR.doors[0].near, f"<NearMisses to {NEAR.doors[0].verdict!r}; ways: 1>"),
    (NEAR.doors[0].ways[0], "<NearMiss from 2026-11-16: pending>"),
    (
        casework.timeline(CASE, XX, ProgramId("drop_in"), within=span("2026-11-16", "2027-12-01")),
        "<TimelineResult xx@2026.2 on 2026-11-16: drop_in met, unknown>",
    ),
    (
        casework.timeline(CASE, XX, ProgramId("drop_in"), within=span("2026-11-16")).verdicts,
        "<VerdictTimeline from 2026-11-16: 2 pieces>",
    ),
    (
        casework.needs(CASE, XX, on=ON),
        "<NeedsResult xx@2026.2 on 2026-11-16: 4 needs, 1 of them unknown>",
    ),
    (PLAN, "<PlanResult xx@2026.2 on 2026-11-16: 4 goals, 3 items>"),
    (
        MOVE,
        "<MoveResult xx@2026.2 on 2026-11-16: conditional_release, 5 steps go along>",
    ),
    (DECISION, "<Decision of 2026-11-16: drop_in on 2026-11-16 granted>"),
    (
        casework.compare(DECISION, CASE, XX),
        f"<Comparison of {DECISION!r}: nothing differs>",
    ),
    (XX, "<Jurisdiction xx@2026.2: 8 programmes>"),
    (XX.programs[4], "<Program drop_in, xx@2026.2>"),
    (evolve(XX.programs[4], origin=""), "<Program drop_in, of no country>"),
    (CASE, "<CaseFile of 19 records>"),
]


@pytest.mark.parametrize(("thing", "shown"), SHOWN, ids=[shown for _, shown in SHOWN])
def test_a_repr_is_one_line_that_says_what_it_is(thing: object, shown: str) -> None:
    assert repr(thing) == shown


@pytest.mark.parametrize(("result", "key"), [(MATCH, "offers"), (NEAR, "doors")])
def test_an_answer_stands_under_its_own_programme_and_day(result: Any, key: str) -> None:
    stored = json.loads(exchange.write(result))
    stored["data"]["grounds"]["stamp"]["on"] = "2020-01-01"
    with pytest.raises(InputError, match=r"\[0\].verdict.on: does_not_follow"):
        exchange.read(sealed(stored))
    stored = json.loads(exchange.write(result))
    one, other = stored["data"][key][:2]
    one["program_id"], other["program_id"] = other["program_id"], one["program_id"]
    with pytest.raises(InputError, match=r"\[1\].program_id: does_not_follow"):
        exchange.read(sealed(stored))


LINES = "a\n+ open" + chr(0x202E)
"""What would make two lines, and turn the second one round."""
STAMP = evolve(MATCH.grounds.stamp, packs=(LINES,))
OF_ELSEWHERE: list[Any] = [
    evolve(MATCH, grounds=evolve(MATCH.grounds, stamp=STAMP)),
    evolve(MATCH["drop_in"], program_id=ProgramId(LINES)),
    judge(named(LINES, ADULT), lambda _: Known(day("1990-01-01")), on=ON),
    evolve(MOVE, made=evolve(MOVE.made, move_id=LINES)),
    evolve(XX.programs[4], origin=LINES),
    evolve(XX, packs=(LINES,)),
]


@pytest.mark.parametrize("thing", OF_ELSEWHERE, ids=lambda thing: type(thing).__name__)
def test_a_repr_stays_on_its_line_whatever_a_document_says(thing: object) -> None:
    assert "a\u21b5+ open\\u202e" in repr(thing)


def _records() -> list[object]:
    return [PLAN.content.goals[1], PLAN.content.goals[1].steps[0], NEAR.doors, MOVE.made]


@pytest.mark.parametrize("thing", _records(), ids=lambda thing: type(thing).__name__)
def test_what_holds_offers_and_verdicts_is_shown_shortly(thing: object) -> None:
    assert len(repr(thing)) < 1_500

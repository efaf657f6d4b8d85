"""Stored results that were altered: found by their hash, or because they contradict themselves.

Each row alters one document a little, as an accident or a hand would. As it is, the hash finds it.
With the hash made anew it is found where the document contradicts itself, at the path that the row
names. The last rows contradict nothing, and the page of data formats says so.
"""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange
from rehabcore.casework.results import MatchResult, MoveResult
from rehabcore.rules.criteria import AllOf
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.time.days import Term
from tests.exchange.test_altered_documents import CASE, DOCUMENTS, ON, STORED
from tests.kit.builders import day
from tests.kit.decision_makers import XX
from tests.kit.refusals import problems_of
from tests.kit.sealing import sealed

Change = Callable[[Any], object]


def _put(*path: str | int, to: object) -> Change:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = to

    return change


def _ask_about_what_is_open(data: Any) -> None:
    """Take the last item out of a draft, and let it ask about that programme instead."""
    draft = data["draft"]
    own = draft["choices"].pop()["program_id"]
    items = draft["content"]["items"]
    draft["content"]["items"] = [item for item in items if item["program_id"] != own]
    draft["passed_over"].append({"program_id": own, "why": "asked"})


def _drop(*path: str | int) -> Change:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


def _double(*path: str | int) -> Change:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data.insert(path[-1], data[path[-1]])

    return change


def _swap(*path: str | int, one: int = 0, other: int = 1) -> Change:
    def change(data: Any) -> None:
        for step in path:
            data = data[step]
        data[one], data[other] = data[other], data[one]

    return change


def _all(*changes: Change) -> Change:
    def change(data: Any) -> None:
        for one in changes:
            one(data)

    return change


def _swap_answers(data: Any) -> None:
    one, other = data["offers"][:2]
    one["verdict"], other["verdict"] = other["verdict"], one["verdict"]


def _cell(fact: object, **cell: Any) -> Change:
    """Another cell of a fact on the first day."""

    def change(data: Any) -> None:
        known = data["known"]
        number = known["asked"].index(fact)
        old = known["days"][0]["cells"][str(number)]
        old.clear()
        old.update(cell)

    return change


def _program(name: str, column: str, to: object) -> Change:
    """Another value of a field of a programme."""

    def change(data: Any) -> None:
        table = data["grounds"]["programs"]
        if column not in table["columns"]:
            table["columns"].append(column)
        place = table["columns"].index(column)
        [row] = [row for row in table["rows"] if row[0] == name]
        row += [None] * (place + 1 - len(row))
        row[place] = to

    return change


def _rule(named: str, **changed: object) -> Change:
    """Another rule of this id."""

    def change(data: Any) -> None:
        for rule in data["rules"].values():
            if rule.get("id") == named:
                rule.update(changed)
                return
        raise AssertionError(named)

    return change


def _laxer(data: Any) -> None:
    """The rule of a programme without its last clause but one, with the answers that follow."""
    [offer] = [o for o in data["offers"] if o["program_id"] == "relapse_prevention"]
    del data["rules"][offer["verdict"]["rule"]]["all"][1]
    offer["verdict"]["answers"] = "nnmm"


def _open_all_at_once(data: Any) -> None:
    """A door that is open: the one of which a person had to say whether its rules are met."""
    _cell("unpublished_rules_met", value=True)(data)
    data["doors"][2]["near"] = {
        **data["doors"][2]["near"],
        "verdict": {**data["doors"][2]["near"]["verdict"], "answers": "mmmm"},
        "ways": [],
    }


def _otherwise_known(data: Any) -> None:
    """The same day with another reason for not knowing, on which one of two answers rests."""
    known, offers = data["known"], data["draft"]["offers"]
    number = known["asked"].index("unpublished_rules_met")
    known["days"].append({"on": "2026-11-21", "cells": {str(number): {"unknown": "stale"}}})
    (offer,) = [one for one in offers if one["program_id"] == "release_course"]
    offer["verdict"]["known"] = 1


ITEM, GAP = ("seen", "items", 0), ("interruptions", 0)
PRECAUTION = ("seen", "precautions", 0)
STEPS = ("draft", "content", "goals", 1, "steps")
NEEDS = ("draft", "content", "needs")
PROGRAMS = ("grounds", "programs", "rows")
FOUND: list[tuple[str, str, Change, str]] = [
    # Answers of programmes.
    ("match", "two answers swapped", _swap_answers, "offers[0].program_id"),
    ("match", "an offer dropped", _drop("offers", 3), "offers"),
    ("match", "an offer doubled", _double("offers", 3), "offers"),
    ("match", "another answer", _put("offers", 0, "verdict", "answers", to="n"), "answers"),
    (
        "match",
        "a programme that does not exist",
        _put("offers", 1, "program_id", to="gone"),
        "offers[1].program_id",
    ),
    (
        "match",
        "a programme under another name",
        _put("offers", 1, "program_id", to="drop_in"),
        "offers[1].program_id",
    ),
    ("match", "a programme of the grounds dropped", _drop(*PROGRAMS, 2), "offers[2].program_id"),
    ("match", "a programme doubled", _double(*PROGRAMS, 2), "grounds.programs"),
    ("match", "a clause of a rule dropped", _laxer, "offers[3].verdict.rule"),
    ("match", "another limit in a rule", _rule("risk", at_least="high"), "answers"),
    (
        "match",
        "another setting of a programme",
        _program("relapse_prevention", "settings", ["custody"]),
        "offers[3].verdict.rule",
    ),
    (
        "match",
        "another title of a programme",
        _program("drop_in", "title", "Jail"),
        "offers[4].verdict.rule",
    ),
    ("match", "another rule judged", _put("offers", 0, "verdict", "rule", to="r1"), "offers[0]"),
    ("match", "another day in the stamp", _put("grounds", "stamp", "on", to="2026-11-22"), ".on"),
    ("match", "another day of the cells", _put("known", "days", 0, "on", to="2026-11-22"), ".on"),
    ("match", "another level", _cell("risk_level", value="low"), "answers"),
    ("match", "a level of risk that is none", _cell("risk_level", value="huge"), ".value"),
    ("match", "a fact not known", _cell("risk_level", unknown="missing"), "answers"),
    ("match", "what was known dropped", _drop("known", "days", 0, "cells", "2"), "known"),
    ("match", "a fact not declared", _drop("grounds", "facts", "rows", 0), "fact"),
    (
        "match",
        "a day on which nothing rests",
        lambda data: data["known"]["days"].append({"on": "2026-11-21", "cells": {}}),
        "known.days[1]",
    ),
    # Near misses.
    ("near", "a door dropped", _drop("doors", 1), "doors"),
    ("near", "a door doubled", _double("doors", 1), "doors"),
    ("near", "doors in another order", _swap("doors", one=0, other=4), "doors"),
    ("near", "a way dropped", _drop("doors", 0, "near", "ways", 0), "doors[0].near.ways"),
    ("near", "a way doubled", _double("doors", 0, "near", "ways", 0), "doors[0].near.ways"),
    (
        "near",
        "another kind of change",
        _put("doors", 0, "near", "ways", 0, "changes", 0, "kind", to="one_step"),
        "ways[0].changes",
    ),
    ("near", "a change dropped", _drop("doors", 0, "near", "ways", 0, "changes", 0), ".changes"),
    ("near", "a door that is open", _open_all_at_once, "doors[2].program_id"),
    # Timelines and decisions.
    (
        "timeline",
        "another title of its programme",
        _program("therapeutic_community", "title", "Jail"),
        "verdicts.rule",
    ),
    (
        "decision",
        "a setting that nobody asked about",
        _program("thinking_skills", "settings", ["custody"]),
        "verdict.rule",
    ),
    (
        "match",
        "a prerequisite that does not exist",
        _program("drop_in", "prerequisites", ["gone"]),
        "offers[4].verdict.rule",
    ),
    ("timeline", "another programme", _put("program_id", to="drop_in"), "program_id"),
    ("timeline", "a piece dropped", _drop("verdicts", "pieces", 1), "pieces[1].answers"),
    ("timeline", "a piece doubled", _double("verdicts", "pieces", 1), "pieces[2].answers"),
    ("timeline", "pieces swapped", _swap("verdicts", "pieces", one=1, other=2), "verdicts.pieces"),
    (
        "timeline",
        "another day in the stamp",
        _put("grounds", "stamp", "on", to="2026-10-02"),
        "verdicts.pieces[0]",
    ),
    ("timeline", "the end before", _put("verdicts", "end", to="2026-10-01"), "pieces[3].end"),
    ("decision", "another programme", _put("program_id", to="drop_in"), "program_id"),
    ("decision", "another outcome", _put("outcome", to="granted"), "override"),
    ("decision", "another day", _put("grounds", "stamp", "on", to="2026-11-17"), "verdict.on"),
    # Care that must not lapse.
    ("continuity", "another gap allowed", _put(*ITEM, "allowed", to=3), "items[0].allowed"),
    ("continuity", "a kind of nowhere", _put(*ITEM, "kind", to="gone"), "items[0].allowed"),
    ("continuity", "somebody receives", _put(*ITEM, "receiving", to="x"), "items[0].unreceived"),
    ("continuity", "an item doubled", _double("seen", "items", 0), "seen.items"),
    ("continuity", "a gap that is allowed", _put(*ITEM, *GAP, "within", to="met"), "ruptions[0]"),
    ("continuity", "a gap of the past", _put(*ITEM, *GAP, "state", to="closed"), "ruptions[0]"),
    ("continuity", "a gap that ended", _put(*ITEM, *GAP, "until", to="2026-03-16"), "ruptions[0]"),
    ("continuity", "no such precaution", _put(*PRECAUTION, "item", to="cash"), "seen.precautions"),
    ("continuity", "no answer", _put(*PRECAUTION, "state", to="recorded"), "precautions[0]"),
    ("continuity", "no record of it", _put(*PRECAUTION, "outcome", to="done"), "precautions[0]"),
    ("continuity", "no health data", _put("seen", "unspoken", 0, to="work"), "seen.unspoken"),
    ("pathways", "no such status", _put("seen", "pathways", 0, "status", to="done"), "[0].status"),
    ("pathways", "a pathway dropped", _drop("seen", "pathways", 0), "seen.pathways"),
    ("pathways", "pathways swapped", _swap("seen", "pathways"), "seen.pathways"),
    ("pathways", "answers swapped", _swap("seen", "assessments", 0, "answers"), "[0].answers"),
    ("pathways", "no second form", _drop("seen", "assessments", 1), "seen.assessments"),
    ("pathways", "forms swapped", _swap("seen", "assessments"), "seen.assessments"),
    ("pathways", "not yet", _put("seen", "review_available", to=True), "assessment_required"),
    (
        "pathways",
        "not complete",
        _put("seen", "assessments", 0, "submitted_on", to="2026-03-09"),
        "submitted_on",
    ),
    # Needs.
    ("needs", "a level that is none", _put("profile", "needs", 0, "level", to="huge"), ".level"),
    ("needs", "a need dropped", _drop("profile", "needs", 1), "profile.needs"),
    ("needs", "a need doubled", _double("profile", "needs", 1), "profile.needs"),
    ("needs", "a need without why", _drop("profile", "needs", 3, "unknown"), "needs[3]"),
    ("needs", "a need without evidence", _drop("profile", "needs", 0, "evidence"), ".evidence"),
    (
        "needs",
        "a need assessed later",
        _put("profile", "needs", 0, "assessed_on", to="2026-11-22"),
        "needs[0].assessed_on",
    ),
    ("needs", "other levels", _swap("profile", "levels"), "profile.levels"),
    ("needs", "another day", _put("profile", "on", to="2026-11-20"), "profile.on"),
    ("needs", "a risk that is none", _put("risks", 0, "level", to="huge"), "risks[0].level"),
    ("needs", "a risk without evidence", _drop("risks", 0, "evidence"), "risks[0].evidence"),
    ("needs", "another risk", _put("risks", 0, "level", to="low"), "risks[0].level"),
    (
        "needs",
        "a risk of no domain",
        _all(
            _double("risks", 0),
            _put("risks", 1, to={**STORED["needs"]["data"]["risks"][0], "domain": "sleep"}),
        ),
        "risks[1].domain",
    ),
    (
        "needs",
        "an assessed level that is none",
        _put("risks", 0, "said", 0, "level", to="huge"),
        "said[0].level",
    ),
    ("needs", "an assessment without level", _drop("risks", 0, "said", 0, "applies"), "said[0]"),
    ("needs", "an assessment dropped", _drop("risks", 0, "said", 0), "risks[0].level"),
    ("needs", "more needs than there are", _put("count", to={"least": 3, "most": 5}), "count"),
    ("needs", "a target without hours", _drop("target", "hours"), "target"),
    ("needs", "a turn dropped", _drop("turns", 1), "turns"),
    ("needs", "a turn doubled", _double("turns", 1), "turns"),
    ("needs", "a turn that may come", _put("turns", 2, "answer", to="met"), "turns[2].answer"),
    ("needs", "a need that is known held up", _put("turns", 2, "unclear", to=["work"]), "unclear"),
    ("needs", "died, and turns", _put("died", to=True), "turns"),
    # Plans.
    ("plan", "a goal dropped", _drop("draft", "content", "goals", 1), "draft.content"),
    ("plan", "a goal doubled", _double("draft", "content", "goals", 1), "draft.content"),
    ("plan", "a step doubled", _double(*STEPS, 0), "draft.content"),
    ("plan", "goals of the dead", _put("died", to=True), "draft.content"),
    (
        "plan",
        "a draft of another day",
        _put("draft", "content", "starts", to="2026-11-15"),
        "draft.content.starts",
    ),
    ("plan", "a choice without reason", _drop("draft", "choices", 0), "draft.choices"),
    (
        "plan",
        "an item passed over",
        _put("draft", "passed_over", 0, "program_id", to="drop_in"),
        "draft.passed_over",
    ),
    ("plan", "an answer of the draft dropped", _drop("draft", "offers", 0), "draft.offers"),
    ("plan", "hours enough", _put("draft", "dosage", "enough", to="met"), "draft.dosage.enough"),
    (
        "plan",
        "an unknown chosen",
        _put("draft", "choices", 0, "program_id", to="therapeutic_community"),
        "draft.choices[0].program_id",
    ),
    (
        "plan",
        "an open one asked",
        _ask_about_what_is_open,
        "draft.passed_over",
    ),
    (
        "plan",
        "a question about another",
        _put("draft", "content", "questions", 0, "program_ids", to=["drop_in"]),
        "draft.content.questions[0].program_ids",
    ),
    (
        "plan",
        "a need as if covered",
        _put("draft", "merit", "needs", to=["housing"]),
        "draft.merit.needs[0]",
    ),
    ("plan", "a level that is none", _put(*NEEDS, 0, "level", to="huge"), ".level"),
    ("plan", "reviewed before", _put("draft", "content", "review_due", to="2026-11-21"), "due"),
    ("plan", "a turn doubled", _double("draft", "turns", 0), "draft.turns"),
    ("plan", "an item dropped", _drop("draft", "content", "items", 0), "draft"),
    (
        "plan",
        "another day of the cells",
        _put("known", "days", 0, "on", to="2026-11-22"),
        "verdict",
    ),
    # Moves.
    ("move", "a move that is refused", _cell("legal_status", value="pretrial"), "answers"),
    ("move", "another move", _put("made", "move_id", to="release"), "made.move_id"),
    ("move", "another title", _put("move_title", to="Release"), "move_title"),
    ("move", "another day", _put("made", "on", to="2026-11-20"), "made.on"),
    ("move", "a step dropped", _drop("made", "goals", 0, "steps"), "made.goals[0].reason"),
    ("move", "an offer dropped", _drop("made", "offers", 0), "made.offers"),
    ("move", "an offer doubled", _double("made", "offers", 0), "made.offers"),
    ("move", "a goal dropped", _drop("made", "goals", 1), "made.offers"),
    ("move", "a record of the answer dropped", _drop("case", "legal_standings", 0), "case"),
    ("move", "another case", _put("made", "case_id", to="case-2"), "made.case_id"),
    ("move", "another new office", _put("made", "to_holder", to="x"), "to_holder"),
    ("move", "another old office", _put("made", "from_holder", to="x"), "from_holder"),
    (
        "move",
        "a step as if done",
        _put("made", "goals", 1, "steps", 0, "status", to="completed"),
        "made.goals[1].steps",
    ),
    # Scores.
    ("score", "another value", _put("scores", 0, "value", to=4), "scores[0].value"),
    ("score", "another band", _put("placings", 0, "label", to="low"), "placings[0].label"),
    ("score", "a flag dropped", _drop("flags", 1), "flags"),
    ("score", "another answer", _put("request", "answers", "2", to=3), "scores[0].value"),
    ("score", "a missing answer kept quiet", _put("missing", to=[]), "missing"),
]
"""The document, the alteration, and the end of a path where it is found."""

NOT_FOUND: list[tuple[str, str, Change]] = [
    ("match", "another case", _put("case_id", to="case-2")),
    (
        "match",
        "another version of a pack",
        _put("grounds", "stamp", "packs", to=["xx@2026.2", "o@1"]),
    ),
    ("match", "another day of knowledge", _put("grounds", "stamp", "known_at", to="2026-11-20")),
    ("match", "a source dropped", _drop("grounds", "sources", "rows", 0)),
    ("match", "another record as evidence", _cell("risk_level", value="medium", evidence=["x"])),
    ("near", "a longer look ahead", _put("lead", to="2 years")),
    (
        "near",
        "a way that lasts longer",
        _put("doors", 0, "near", "ways", 0, "until", to="2030-01-01"),
    ),
    ("timeline", "a longer window", _put("verdicts", "end", to="2028-10-01")),
    ("continuity", "nobody to ask", _drop("seen", "unspoken", 0)),
    ("continuity", "another office", _put(*ITEM, "last", "office", to="prison-2")),
    ("needs", "another target", _put("target", "hours", to="100")),
    ("needs", "another evidence", _put("profile", "needs", 0, "evidence", to=["x"])),
    ("plan", "another office", _put("draft", "content", "holder", to="prison-2")),
    ("plan", "another review", _put("draft", "content", "review_due", to="2028-05-21")),
    ("plan", "no turns at all", _drop("draft", "turns")),
    ("plan", "one answer known otherwise", _otherwise_known),
    ("decision", "another limit that changes no answer", _rule("risk", at_least="low")),
    ("decision", "another person", _put("decided_by", to="officer-18")),
    ("decision", "another reason", _put("why", to="as it was")),
]
"""Alterations that contradict nothing else in their document."""

ALL = [(name, told, change) for name, told, change, _ in FOUND] + NOT_FOUND


def _altered(name: str, change: Change) -> dict[str, Any]:
    document: dict[str, Any] = copy.deepcopy(STORED[name])
    change(document["data"])
    assert document != STORED[name]
    return document


@pytest.mark.parametrize(("name", "told", "change"), ALL, ids=[f"{n}: {t}" for n, t, _ in ALL])
def test_the_hash_finds_every_alteration(name: str, told: str, change: Change) -> None:
    text = json.dumps(_altered(name, change))
    assert problems_of(lambda: exchange.read(text)) == [("altered", "sha256")]


@pytest.mark.parametrize(
    ("name", "told", "change", "path"), FOUND, ids=[f"{n}: {t}" for n, t, _, _ in FOUND]
)
def test_with_the_hash_made_anew_it_is_found_by_what_it_contradicts(
    name: str, told: str, change: Change, path: str
) -> None:
    text = sealed(_altered(name, change))
    places = [place for _, place in problems_of(lambda: exchange.read(text))]
    assert any(place.endswith(path) or place.startswith(f"data.{path}") for place in places), places


@pytest.mark.parametrize(
    ("name", "told", "change"), NOT_FOUND, ids=[f"{n}: {t}" for n, t, _ in NOT_FOUND]
)
def test_what_contradicts_nothing_is_not_found(name: str, told: str, change: Change) -> None:
    assert exchange.read(sealed(_altered(name, change)))


def test_a_way_beyond_the_look_ahead_is_not_written() -> None:
    result = casework.near(CASE, XX, on=day("2026-01-01"))
    assert any(way.day > way.on for door in result for way in door.ways)
    found = problems_of(lambda: exchange.write(evolve(result, lead=Term(days=1))))
    assert {code for code, _ in found} == {"does_not_follow"}
    assert {path.rpartition(".")[2] for _, path in found} == {"verdict"}


def test_a_move_that_was_not_allowed_is_not_written() -> None:
    moved = DOCUMENTS["move"]
    assert isinstance(moved, MoveResult)
    refused = judge(moved.verdict.criterion, lambda asked: asked.fact.absent(), on=ON)
    found = problems_of(lambda: exchange.write(evolve(moved, verdict=refused)))
    assert found == [("does_not_follow", "verdict")]


def test_an_answer_to_another_rule_than_its_programme_s_is_not_written() -> None:
    """It would be refused when it is read, and perhaps nobody has the case file any more then."""
    result = DOCUMENTS["match"]
    assert isinstance(result, MatchResult)
    offer, *others = result.offers
    rule = AllOf((offer.verdict.criterion,), about=offer.verdict.criterion.about)
    other = judge(rule, lambda asked: asked.fact.absent(), on=offer.verdict.on)
    made = evolve(result, offers=(evolve(offer, verdict=other), *others))
    found = problems_of(lambda: exchange.write(made))
    assert found == [("does_not_follow", "offers[0].verdict.rule")]

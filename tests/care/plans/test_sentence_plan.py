"""Published cases of a sentence plan: its agreement, signatures and goals.

Guards that only we have are met.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from rehabcore.care.community.stay_facts import cells
from rehabcore.care.machines import machine
from rehabcore.care.plans.edits import AddPart, edited_content
from rehabcore.plans import Actor, PlanStep
from rehabcore.rules.facts import Known
from rehabcore.rules.machines.requests import RequestRefused, step
from rehabcore.rules.machines.walking import HistoryEntry, Position
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import StepId
from tests.kit.plans import DAY, content, goal, words

CASES = json.loads((Path(__file__).parents[2] / "cases" / "sentence_plan.json").read_text("utf-8"))
CONFLICT, INVALID = {"errors": ["CONFLICT"]}, {"errors": ["VALIDATION"]}

STATES = {
    "DRAFT": "unanswered",
    "AGREED": "agreed",
    "DO_NOT_AGREE": "do_not_agree",
    "COULD_NOT_ANSWER": "could_not_answer",
    "UPDATED_AGREED": "updated_agreed",
    "UPDATED_DO_NOT_AGREE": "updated_do_not_agree",
}
"""The published statuses of agreement, and ours. What is called a draft there is not answered."""
ANSWERS = {
    "AGREED": "agrees",
    "DO_NOT_AGREE": "does_not_agree",
    "COULD_NOT_ANSWER": "could_not_answer",
}
SIGNING = {
    "SELF": "signed",
    "COUNTERSIGN": "sent_to_countersign",
    "COUNTERSIGNED": "countersigned",
    "AWAITING_DOUBLE_COUNTERSIGN": "sent_to_double_countersign",
    "DOUBLE_COUNTERSIGNED": "double_countersigned",
    "REJECTED": "rejected",
}
MET = ("in_hand", "not_begun", "unlocked", "reason_given", "role_is_new", "version_open")


def _stepped(table: str, state: str, event: str, **known: bool) -> str:
    """The state after an event, in the letters of the source."""
    told = cells({name: Known(value) for name, value in (dict.fromkeys(MET, True) | known).items()})
    passed = step(
        machine(table), Position(state=state), HistoryEntry(event=event, on=DAY), cells=told
    )
    assert passed.after is not None
    return passed.after.state.upper()


def _agreed(inputs: dict[str, Any]) -> dict[str, Any]:
    state = STATES[inputs["current_agreement_status"]]
    answer = ANSWERS[inputs.get("agreement_status", "AGREED")]
    _stepped("agreement", state, answer, agreed_before=False, disagreed_before=False)
    return {"accepted": True}


def _signed(inputs: dict[str, Any]) -> dict[str, Any]:
    answered = inputs["agreement_status"] != "DRAFT"
    event = SIGNING[inputs["sign_type"]]
    return {"new_status": _stepped("signature", "unsigned", event, answered=answered)}


def _countersigned(inputs: dict[str, Any]) -> dict[str, Any]:
    state, event = inputs["current_status"].lower(), SIGNING[inputs["sign_type"]]
    return {"new_status": _stepped("signature", state, event, answered=True)}


NOTES = {
    "update_steps": ("noted", "PROGRESS"),
    "achieve": ("achieved", "ACHIEVED"),
    "remove": ("removed", "REMOVED"),
    "readd": ("readded", "READDED"),
}


def _goal(inputs: dict[str, Any]) -> dict[str, Any]:
    """A goal that is active, unless it is added again; a step may stand for a note of progress."""
    action, note, steps = inputs["action"], inputs.get("note"), inputs.get("steps") or []
    before = inputs.get("status", "REMOVED" if action == "readd" else "ACTIVE").lower()
    for number, told in enumerate(steps):
        _step(number, told)
    if action == "achieve" and note is None:
        raise InputError([])
    event, kind = NOTES[action]
    given = bool(note) or (action == "update_steps" and bool(steps))
    target = inputs.get("target_date", "") is not None
    after = _stepped("goal", before, event, note_given=given, has_target=target)
    return {"status": after, "new_status": after, "note_type": kind}


def _step(number: int, told: dict[str, Any]) -> None:
    """A step of a goal; any actor that is named is one of ours."""
    actor = Actor.OFFICER if told["actor"] else told["actor"]
    made = PlanStep(step_id=StepId(f"s-{number}"), about=words(told["description"]), actor=actor)
    edited_content(content(), [AddPart(part=made, goal=goal().goal_id)], on=DAY)


TOOLS = {
    "sentence_plan.agree": _agreed,
    "sentence_plan.sign": _signed,
    "sentence_plan.countersign": _countersigned,
    "sentence_plan.goal": _goal,
}


def _answer(tool: str, inputs: dict[str, Any]) -> dict[str, Any]:
    try:
        return TOOLS[tool](inputs)
    except RequestRefused as refused:
        return CONFLICT if refused.misfits or refused.table != "goal" else INVALID
    except InputError:
        return INVALID


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_published_cases(case: dict[str, Any]) -> None:
    told = _answer(case["tool"], case["inputs"])
    assert {key: told.get(key) for key in case["expected"]} == case["expected"]


@pytest.mark.parametrize("state", STATES)
def test_an_answer_is_accepted_where_there_is_none_or_could_be_none(state: str) -> None:
    accepted = state in ("DRAFT", "COULD_NOT_ANSWER")
    told = _answer("sentence_plan.agree", {"current_agreement_status": state})
    assert told == ({"accepted": True} if accepted else CONFLICT)
    again = {"current_agreement_status": state, "agreement_status": "COULD_NOT_ANSWER"}
    assert (_answer("sentence_plan.agree", again) == CONFLICT) is (state != "DRAFT")


@pytest.mark.parametrize("agreement", STATES)
@pytest.mark.parametrize(
    ("kind", "after"), [("SELF", "SELF_SIGNED"), ("COUNTERSIGN", "AWAITING_COUNTERSIGN")]
)
def test_whatever_was_answered_is_signed(agreement: str, kind: str, after: str) -> None:
    told = _answer("sentence_plan.sign", {"agreement_status": agreement, "sign_type": kind})
    assert told == (CONFLICT if agreement == "DRAFT" else {"new_status": after})


COUNTERSIGNING = {
    ("AWAITING_COUNTERSIGN", "COUNTERSIGNED"),
    ("AWAITING_COUNTERSIGN", "REJECTED"),
    ("AWAITING_COUNTERSIGN", "AWAITING_DOUBLE_COUNTERSIGN"),
    ("AWAITING_DOUBLE_COUNTERSIGN", "DOUBLE_COUNTERSIGNED"),
    ("AWAITING_DOUBLE_COUNTERSIGN", "REJECTED"),
}


@pytest.mark.parametrize("kind", list(SIGNING)[2:])
def test_only_who_is_awaited_countersigns(kind: str) -> None:
    for state in machine("signature").states:
        before = state.code.upper()
        told = _answer("sentence_plan.countersign", {"current_status": before, "sign_type": kind})
        allowed = (before, kind) in COUNTERSIGNING
        assert told == ({"new_status": kind} if allowed else CONFLICT)


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"action": "update_steps", "steps": [], "note": ""}, INVALID),
        ({"action": "update_steps", "note": "well"}, "ACTIVE PROGRESS"),
        ({"action": "achieve", "note": ""}, "ACHIEVED ACHIEVED"),
        ({"action": "achieve", "note": None}, INVALID),
        ({"action": "remove", "note": "asked"}, "REMOVED REMOVED"),
        ({"action": "readd", "note": "asked"}, "ACTIVE READDED"),
        ({"action": "readd", "note": "asked", "target_date": None}, "FUTURE READDED"),
        ({"action": "achieve", "note": "", "status": "REMOVED"}, CONFLICT),
        ({"action": "readd", "note": "asked", "status": "ACTIVE"}, CONFLICT),
    ],
)
def test_a_goal_needs_its_note(inputs: dict[str, Any], told: str | dict[str, Any]) -> None:
    found = _answer("sentence_plan.goal", inputs)
    assert (found if "errors" in found else f"{found['status']} {found['note_type']}") == told


@pytest.mark.parametrize(("description", "actor"), [("", "x"), ("  ", "x"), ("write", "")])
def test_a_step_says_what_and_who(description: str, actor: str) -> None:
    steps = [{"description": description, "actor": actor, "status": "NOT_STARTED"}]
    assert _answer("sentence_plan.goal", {"action": "update_steps", "steps": steps}) == INVALID
    fine = [{"description": "write", "actor": "x", "status": "NOT_STARTED"}]
    found = _answer("sentence_plan.goal", {"action": "update_steps", "steps": fine})
    assert found["status"] == "ACTIVE"


def test_a_goal_has_a_title() -> None:
    with pytest.raises(InputError, match="title"):
        evolve(goal(), title=words(" "))

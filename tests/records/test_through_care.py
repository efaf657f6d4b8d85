"""Records of through-care: what each refuses."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.records import ChecklistEntry, EntitlementAct, TransitionAct
from rehabcore.strict.vocabulary import ChecklistOutcome, EntitlementEvent, TransitionEvent
from tests.kit.builders import day
from tests.kit.record_makers import checklist_entry, entitlement_act, transition_act
from tests.kit.refusals import problems_of

ACT = transition_act("a", "t", "assessed", "2026-03-02")
ENTRY = checklist_entry("e", "t", "identity_card", "2026-03-02")
ISSUED = entitlement_act("i", "p", "issued", "2026-03-02", "2036-03-02")


@pytest.mark.parametrize(
    ("event", "changed", "problems"),
    [
        ("referred", {}, [("out_of_range", "office")]),
        ("accepted", {}, [("out_of_range", "office")]),
        ("declined", {"office": "o"}, [("missing_key", "reason")]),
        ("waived", {}, [("missing_key", "reason"), ("missing_key", "by")]),
        ("assessed", {"answer_by": day("2026-03-09")}, [("contradicts_itself", "answer_by")]),
        ("assessed", {"appointment": day("2026-03-09")}, [("contradicts_itself", "appointment")]),
        (
            "referred",
            {"office": "o", "answer_by": day("2026-03-01")},
            [("ends_before_start", "answer_by")],
        ),
    ],
)
def test_an_act_of_a_transition_says_what_it_needs(
    event: str, changed: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    def made() -> TransitionAct:
        return evolve(ACT, event=TransitionEvent(event), **changed)

    assert problems_of(made) == problems


def test_who_waives_an_item_says_who_and_why() -> None:
    def waived() -> ChecklistEntry:
        return evolve(ENTRY, outcome=ChecklistOutcome.WAIVED)

    assert problems_of(waived) == [("missing_key", "by"), ("missing_key", "reason")]


def test_only_what_is_given_expires() -> None:
    def lost() -> EntitlementAct:
        return evolve(ISSUED, event=EntitlementEvent.LOST)

    assert problems_of(lost) == [("contradicts_itself", "expires")]

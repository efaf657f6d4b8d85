"""A plan from its draft to its end, with illegal acts among the others: the laws always hold."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.kit.plan_story import ACTS, PlanStory

TURN = {"proposed": 0, "rejected": 1, "activated": 2, "superseded": 3, "completed": 4}
TURN |= {"terminated": 5, "transferred": 6}
LONG_WAY = (
    *(("turn", 2), ("turn", 0), ("sign", 0), ("answer", 2), ("answer", 0), ("answer", 1)),
    *(("sign", 8), ("sign", 0), ("turn", 2), ("give_copy", 0), ("turn", 2), ("attend", 0)),
    *(
        ("wait", 1),
        ("attend", 1),
        ("attend", 1),
        ("note", 1),
        ("note", 6),
        ("amend", 0),
        ("amend", 12),
    ),
    *(("amend", 1), ("turn", 0), ("answer", 0), ("sign", 1), ("sign", 10), ("give_copy", 0)),
    *(("turn", 3), ("turn", 2), ("wait", 1), ("withdraw_consent", 1), ("wait", 0)),
    *(("take_out", 0), ("turn", 0), ("answer", 1), ("sign", 0), ("give_copy", 0), ("turn", 3)),
    *(("consent_anew", 0), ("review", 0), ("turn", 0), ("answer", 0), ("sign", 0)),
    *(("give_copy", 0), ("turn", 3), ("turn", 2), ("wait", 2), ("turn", 6), ("take_over", 0)),
    *(("take_over", 0), ("review", 0), ("turn", 0), ("die", 0), ("review", 0), ("turn", 5)),
    *(("amend", 1), ("turn", 0), ("answer", 0)),
)
"""Everything once, from a draft to the end of a life."""


def test_the_laws_hold_on_one_long_way() -> None:
    story = PlanStory()
    for act, which in LONG_WAY:
        story.do(act, which)
        story.require_laws()
    assert {*story.done} == {*ACTS}
    assert len(story.refused) >= 8
    assert [one.life for one in story.history.versions]


class PlanMachine(RuleBasedStateMachine):
    """Acts in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.story = PlanStory()

    @rule(act=st.sampled_from(sorted(ACTS)), which=st.integers(0, 15))
    def anything(self, act: str, which: int) -> None:
        """An act, allowed or not."""
        self.story.do(act, which)

    @rule()
    def agree(self) -> None:
        """The newest version becomes active, if it can."""
        for act, which in (("turn", 0), ("answer", 0), ("sign", 0), ("give_copy", 0), ("turn", 3)):
            self.story.do(act, which)
        self.story.do("turn", TURN["activated"])

    @invariant()
    def laws_hold(self) -> None:
        """What the verbs allowed breaks no law."""
        self.story.require_laws()


TestPlanMachine = PlanMachine.TestCase
TestPlanMachine.settings = settings(max_examples=5, stateful_step_count=24, deadline=None)

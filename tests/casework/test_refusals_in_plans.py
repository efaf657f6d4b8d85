"""What a draft tells of refusals, of what was put off, and of consents that end."""

from datetime import date
from itertools import permutations
from typing import Any

import rehabcore as rc
from rehabcore.care.plans.withdrawing import consents_ended
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import StepId
from tests.kit.builders import case
from tests.kit.golden_plans import ASSESSED, ON, XX, XX_NEEDS
from tests.kit.plan_records import offer_deferral, offer_refusal
from tests.kit.record_makers import consent, needs

COUNTRY = rc.load("xx")
BEFORE = XX["adult_on_probation"]
ON_FILE: dict[str, Any] = {
    "beneficiary": BEFORE.beneficiary,
    "legal_standings": BEFORE.legal_standings,
    "placements": BEFORE.placements,
    "sentences": BEFORE.sentences,
    "consents": BEFORE.consents,
    "risk_assessments": BEFORE.risk_assessments,
    "needs_assessments": (needs("needs-1", *ASSESSED, findings=XX_NEEDS),),
}


def test_who_refuses_a_need_twice_is_told_once_since_the_last_day() -> None:
    told = (
        offer_refusal("no-1", "2026-02-01", domain="attitudes", reason="tired"),
        offer_refusal("no-2", "2026-02-20", domain="attitudes", reason="busy"),
    )
    for order in permutations(told):
        file = case(**ON_FILE, offer_refusals=order)
        (refused,) = rc.plan(file, COUNTRY, on=ON).content.refusals
        assert (refused.since, refused.reason) == (date(2026, 2, 20), "busy")


def test_what_is_put_off_twice_is_told_once_up_to_the_last_day_and_so_are_its_hours() -> None:
    told = (
        offer_deferral("later-1", "2026-02-01", "2026-05-01", domain="attitudes"),
        offer_deferral("later-2", "2026-02-20", "2026-06-01", domain="attitudes"),
    )
    for order in permutations(told):
        file = case(**ON_FILE, offer_deferrals=order)
        content = rc.plan(file, COUNTRY, on=ON).content
        assert [one.until for one in content.deferrals] == [date(2026, 6, 1)]
        assert content.shortfall is not None
        assert content.shortfall.reason == "put_off"


def test_thousands_of_consents_are_gone_through_once() -> None:
    """One that nothing ends is not told; each of the others ends by the first no after it."""
    given = [consent(f"yes-{number}", "2026-02-10") for number in range(5_000)]
    early, late = (consent(f"no-{day}", refused=f"2026-02-{day}") for day in ("05", "15"))
    assert consents_ended([*given, early]) == {}
    ended = consents_ended([*given, late, early])
    assert len(ended) == 5_000
    assert {*ended.values()} == {date(2026, 2, 15)}


def test_a_consent_for_a_time_is_asked_for_again_on_its_last_day() -> None:
    """Of two consents the item rests on the one that holds longer."""
    told = (
        consent("yes-1", "2026-02-01", "2026-03-10"),
        consent("yes-2", "2026-02-01", "2026-03-20"),
    )
    file = case(**ON_FILE | {"consents": told})
    content = rc.plan(file, COUNTRY, on=ON).content
    (item,) = content.items
    assert (item.consent, item.ends) == ("yes-2", date(2026, 8, 2))
    steps = {step.step_id: step for goal in content.goals for step in goal.steps}
    asked = steps[StepId("attitudes/thinking_skills/consent")]
    assert asked.about.in_language("en")[0] == "Ask for consent: Thinking skills"
    assert asked.due == date(2026, 3, 19)
    (found,) = rc.check_plan(content, file, COUNTRY, on=ON)
    assert (found.law_id, found.place, found.answer) == (
        *("P10", "items[0].consent"),
        Answer.UNKNOWN,
    )
    lasting = case(**ON_FILE | {"consents": (consent("yes", "2026-02-01", "2027-01-01"),)})
    content = rc.plan(lasting, COUNTRY, on=ON).content
    assert [len(goal.steps) for goal in content.goals if goal.goal_id == "attitudes"] == [1]

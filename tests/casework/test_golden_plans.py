"""Drafts of plans of eight people in two countries, as they were reviewed line by line.

``MATTERS`` says what follows from the law of the country, worked out by hand. The files have each
draft but for the needs and the proofs. To renew them after a change that is meant, run this module:
``python -m tests.casework.test_golden_plans``.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import field, frozen

from rehabcore import casework, jurisdictions
from rehabcore.care.plans.drafting.drafts import Draft
from rehabcore.rules.data.plain import plain_forms
from rehabcore.strict.structure import Codec
from tests.kit.golden_plans import CASES, ON

FOLDER = Path(__file__).parents[1] / "cases" / "plans"
ALL = [(country, name) for country, cases in CASES.items() for name in cases]
_CODEC = Codec(plain_forms())


@frozen(kw_only=True)
class Matters:
    """What has to be in a draft, and what must not; days as texts.

    ``items`` are the programmes with basis, start and end, and no others. ``asked`` are those whom
    somebody is asked about, by a day. ``never`` are neither in it nor asked about.
    """

    review: str
    items: dict[str, tuple[str, str, str]] = field(factory=dict)
    steps: dict[str, str] = field(factory=dict)
    asked: tuple[str, str, set[str]] | None = None
    deferred: dict[str, tuple[str, str]] = field(factory=dict)
    refused: set[str] = field(factory=set)
    passed: dict[str, str] = field(factory=dict)
    never: set[str] = field(factory=set)


AGENCY = "responsible_agency"
VALUES = {"changing_violent_attitudes", "understanding_crime_adult", "equality"}
VALUES_OF_ADULTS = VALUES | {"life_values_adults"}
MATTERS = {
    # The court's course first; the course for the unemployed beside it. The risk is assessed anew
    # six months after it was last.
    ("xx", "adult_on_probation"): Matters(
        review="2026-09-02",
        items={
            "thinking_skills": ("mandatory", "2026-03-02", "2026-08-02"),
            "work_start": ("voluntary", "2026-03-02", ""),
        },
        steps={
            "assessment/risk": "2026-07-15",
            "attitudes/thinking_skills": "2026-04-02",
            "work/work_start": "2026-04-02",
        },
        never={"thinking_skills_juvenile", "drop_in", "housing_advice"},
    ),
    # Nothing for juveniles is begun four days before the birthday: the adults' course, from then.
    ("xx", "days_before_18"): Matters(
        review="2026-09-02",
        items={"thinking_skills": ("voluntary", "2026-03-06", "2026-08-06")},
        steps={"attitudes/thinking_skills": "2026-03-06"},
        passed={"thinking_skills_juvenile": "no_time"},
    ),
    # All goes across the gate: an office is to be found before it. No nine months in prison.
    ("xx", "days_before_the_gate"): Matters(
        review="2026-06-02",
        items={
            "housing_advice": ("voluntary", "2026-03-02", ""),
            "thinking_skills": ("voluntary", "2026-03-02", "2026-08-02"),
        },
        steps={
            "housing/housing_advice/office": "2026-03-04",
            "attitudes/thinking_skills/office": "2026-03-04",
            "housing/housing_advice": "2026-03-04",
        },
        asked=(AGENCY, "2026-03-04", {"release_course"}),
        never={"therapeutic_community", "work_start"},
    ),
    # Nine months do not go into six, so that nobody is asked for a drug test for them; counselling
    # goes on outside, and what requires the nine months waits.
    ("xx", "drugs_before_the_gate"): Matters(
        review="2026-06-02",
        items={
            "thinking_skills": ("voluntary", "2026-03-02", "2026-08-02"),
            "drop_in": ("voluntary", "2026-03-02", ""),
        },
        steps={"substance_use/drop_in/office": "2026-04-02"},
        passed={"therapeutic_community": "no_time", "relapse_prevention": "waits"},
        never={"therapeutic_community", "relapse_prevention"},
    ),
    # What a court ordered stays; of all else there is nothing, and no breach.
    ("xx", "refuses_everything"): Matters(
        review="2026-09-02",
        items={"thinking_skills": ("mandatory", "2026-03-02", "2026-08-02")},
        steps={"duty/duty-1/thinking_skills": "2026-04-02"},
        refused={"attitudes", "work"},
        never={"work_start", "thinking_skills_juvenile"},
    ),
    # Needs and risk are to be assessed, by a day; no programme before.
    ("xx", "nothing_assessed"): Matters(
        review="2026-09-02",
        steps={"assessment/assess": "2026-04-02", "assessment/risk": "2026-04-02"},
        never={"thinking_skills", "drop_in", "work_start", "housing_advice"},
    ),
    # Five months that the law binds to a sentence are not begun two weeks before its end.
    ("xx", "two_weeks_left"): Matters(
        review="2026-03-16",
        items={"housing_advice": ("voluntary", "2026-03-02", "")},
        steps={"housing/housing_advice": "2026-03-16"},
        deferred={"attitudes": ("no_time", "2026-03-16")},
        passed={"thinking_skills": "no_time"},
        never={"thinking_skills"},
    ),
    # The one course for the need has no published rules. What will be held outside in two years is
    # no plan, the less as its law ends before.
    ("xx", "nothing_published"): Matters(
        review="2026-09-02",
        steps={"assessment/risk": "2026-07-15"},
        asked=(AGENCY, "2026-04-02", {"release_course"}),
        deferred={"work": ("asked", "2026-04-02")},
        passed={"work_start": "closed"},
        never={"work_start"},
    ),
    # In Georgia no rules of entry are published: nothing is covered, and the agency is asked.
    ("ge", "adult_on_probation"): Matters(
        review="2027-01-15",
        steps={"duty/duty-1/do": "2026-04-02"},
        asked=(AGENCY, "2026-04-02", VALUES_OF_ADULTS),
        deferred={"values_and_attitudes": ("asked", "2026-04-02")},
        passed={"understanding_crime_juvenile": "closed"},
    ),
    # What is for juveniles is of use before the birthday only, what is for adults from then on.
    ("ge", "days_before_18"): Matters(
        review="2027-01-15",
        asked=(
            AGENCY,
            "2026-03-06",
            {*VALUES_OF_ADULTS, "understanding_crime_juvenile"},
        ),
        deferred={
            "criminal_career": ("asked", "2026-04-02"),
            "values_and_attitudes": ("asked", "2026-04-02"),
        },
    ),
    # All is for people outside: what opens with the release is asked about before it.
    ("ge", "days_before_the_gate"): Matters(
        review="2027-01-15",
        asked=(
            AGENCY,
            "2026-03-04",
            {
                *VALUES_OF_ADULTS,
                "professional_retraining",
                "informal_education",
                "language_and_subject_courses",
            },
        ),
        deferred={
            "education_and_work": ("asked", "2026-03-04"),
            "values_and_attitudes": ("asked", "2026-03-04"),
        },
        passed={"understanding_crime_juvenile": "closed"},
    ),
    ("ge", "drugs_before_the_gate"): Matters(
        review="2027-01-15",
        asked=(
            AGENCY,
            "2026-04-02",
            {
                *VALUES_OF_ADULTS,
                "drug_rehabilitation",
                "gambling_addiction_rehabilitation",
                "healthy_lifestyle",
                "relapse_prevention",
                "id_card",
            },
        ),
        deferred={
            "living_conditions": ("asked", "2026-04-02"),
            "dependences": ("asked", "2026-04-02"),
            "values_and_attitudes": ("asked", "2026-04-02"),
        },
    ),
    # Nobody is asked about what the person does not want.
    ("ge", "refuses_everything"): Matters(
        review="2027-01-15", refused={"dependences", "values_and_attitudes"}
    ),
    ("ge", "nothing_assessed"): Matters(
        review="2027-06-01",
        steps={"assessment/assess": "2026-04-02", "assessment/risk": "2026-04-02"},
    ),
    ("ge", "two_weeks_left"): Matters(
        review="2026-03-16",
        asked=(AGENCY, "2026-03-16", VALUES_OF_ADULTS),
        deferred={"values_and_attitudes": ("asked", "2026-03-16")},
    ),
    ("ge", "nothing_published"): Matters(
        review="2027-01-15",
        asked=(
            AGENCY,
            "2026-04-02",
            {
                *VALUES_OF_ADULTS,
                "drug_rehabilitation",
                "gambling_addiction_rehabilitation",
                "healthy_lifestyle",
                "relapse_prevention",
                "id_card",
                "transport_card",
            },
        ),
        deferred={
            "economic_status": ("asked", "2026-04-02"),
            "dependences": ("asked", "2026-04-02"),
            "values_and_attitudes": ("asked", "2026-04-02"),
        },
    ),
}


def draft_of(country: str, name: str) -> Draft:
    """The draft of one of the people."""
    result = casework.plan(CASES[country][name], jurisdictions.load(country), on=ON)
    assert result.draft is not None
    return result.draft


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


@pytest.mark.parametrize(("country", "name"), ALL)
def test_what_matters_is_as_it_was_worked_out_by_hand(country: str, name: str) -> None:
    draft, matters = draft_of(country, name), MATTERS[country, name]
    content = draft.content
    assert _day(content.review_due) == matters.review
    assert {
        item.program_id: (item.basis.value, _day(item.starts), _day(item.ends))
        for item in content.items
    } == matters.items
    steps = {step.step_id: _day(step.due) for goal in content.goals for step in goal.steps}
    assert matters.steps.items() <= steps.items()
    told = {(one.asks, _day(one.due), frozenset(one.program_ids)) for one in content.questions}
    wanted = () if matters.asked is None else [(*matters.asked[:2], frozenset(matters.asked[2]))]
    assert told == {*wanted}
    waiting = {one.need: (one.reason, _day(one.until)) for one in content.deferrals}
    assert waiting == matters.deferred
    assert {one.need for one in content.refusals} == matters.refused
    passed = {one.program_id: one.why.value for one in draft.passed_over}
    assert matters.passed.items() <= passed.items()
    spoken_of = {own for one in content.questions for own in one.program_ids}
    assert not matters.never & {*spoken_of, *(item.program_id for item in content.items)}


@pytest.mark.parametrize(("country", "name"), ALL)
def test_every_need_is_served_deferred_or_refused_and_every_question_has_a_day(
    country: str, name: str
) -> None:
    content = draft_of(country, name).content
    policy = jurisdictions.load(country).plan_policy
    levels = [one.id for one in jurisdictions.load(country).glossary.need_levels]
    from_level = levels[levels.index(policy.goal_from or levels[0]) :]
    served = {
        need
        for goal in content.goals
        if any(goal.goal_id in item.goals for item in content.items)
        for need in goal.needs
    }
    aside = {one.need for one in content.deferrals} | {one.need for one in content.refusals}
    assert {need.domain for need in content.needs if need.level in from_level} <= served | aside
    dates = [one.due for one in content.questions]
    dates += [step.due for goal in content.goals for step in goal.steps]
    assert all(day is not None and day > ON for day in dates)


def _plain(draft: Draft) -> Any:
    """All that a draft tells but for the proofs and the needs, without what is empty."""
    told = {
        "content": draft.content,
        "choices": draft.choices,
        "passed_over": draft.passed_over,
        "merit": draft.merit,
    }
    plain = {name: _written(one) for name, one in told.items()}
    del plain["content"]["needs"]
    return _full(plain)


def _written(part: Any) -> Any:
    if isinstance(part, tuple):
        return [_CODEC.write(one) for one in part]
    return _CODEC.write(part)


def _full(part: Any) -> Any:
    if isinstance(part, dict):
        full = {name: _full(one) for name, one in part.items()}
        return {name: one for name, one in full.items() if one not in (None, "", [], {})}
    return [_full(one) for one in part] if isinstance(part, list) else part


def _file(country: str, name: str) -> Path:
    return FOLDER / f"{country}-{name}.json"


def _text(country: str, name: str) -> str:
    plain = _plain(draft_of(country, name))
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize(("country", "name"), ALL)
def test_a_draft_is_the_one_that_was_reviewed(country: str, name: str) -> None:
    assert _text(country, name) == _file(country, name).read_text("utf-8")


def test_every_file_is_of_a_case() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {_file(*one).name for one in ALL}


if __name__ == "__main__":
    for one in ALL:
        _file(*one).write_text(_text(*one), "utf-8")

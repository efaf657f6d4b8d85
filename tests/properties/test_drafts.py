"""Laws of drafts, for random people, catalogues and days."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabcore.care.needs import RnrPolicy
from rehabcore.care.needs.dosage import Credit, called_for
from rehabcore.care.plans.drafting.drafts import Draft
from rehabcore.care.plans.drafting.given import (
    ClosingDay,
    Declined,
    DraftGiven,
    ImposedDuty,
    LiveConsent,
    PutOff,
    WorkUnderway,
)
from rehabcore.care.plans.drafting.making import alternatives, drafted
from rehabcore.care.plans.laws.checking import check_content
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.reviews import next_review
from rehabcore.care.release_days import ReleaseBasis, ReleaseDay
from rehabcore.plans import GoalKind
from rehabcore.programs import Program
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import Basis, Modality, ProgramId, RecordId, Setting
from tests.kit import drafts as kit
from tests.kit.drafts import HOURS, ON, ORDER, POLICY, dose, need, offer, program

DOMAINS = ("peers", "drugs", "housing", "work")
LONG_AGO = Span(date(2020, 1, 1), OPEN)
SEEDS = st.integers(0, 10**9)


def _program(draw: random.Random, own: str, earlier: tuple[str, ...]) -> Program:
    where = draw.choice([(), (), (Setting.CUSTODY,), (Setting.COMMUNITY,), tuple(Setting)])
    length = {draw.choice(["weeks", "months"]): draw.randrange(1, 12)}
    return program(
        own,
        *draw.sample(DOMAINS, draw.choice([0, 1, 1, 2])),
        settings=frozenset(where),
        modality=frozenset(draw.sample(list(Modality), draw.choice([1, 2]))),
        basis=frozenset(draw.sample(list(Basis), draw.choice([1, 2, 2]))),
        dose=dose(draw.choice([None, 10, 40, 80]), **(length if draw.random() < 0.8 else {})),
        exclusions=_some(draw, earlier, 0.1),
        prerequisites=_some(draw, earlier, 0.1),
    )


def _some(draw: random.Random, names: tuple[str, ...], share: float) -> tuple[ProgramId, ...]:
    return tuple(ProgramId(own) for own in names if draw.random() < share)


def _person(seed: int) -> DraftGiven:
    draw = random.Random(seed)
    names = tuple(f"p_{number}" for number in range(draw.randrange(9)))
    programs = tuple(_program(draw, own, names[:place]) for place, own in enumerate(names))
    needs = tuple(
        need(one, draw.choice([None, "none", "some", "high"]), acute=draw.random() < 0.2)
        for one in DOMAINS
    )
    answers: dict[str, Any] = {own: draw.choice([*Answer, Answer.MET, Answer.MET]) for own in names}
    for one in programs:
        if one.prerequisites:
            closed = offer(one.program_id, Answer.NOT_MET, closed_by="prerequisites")
            answers[one.program_id] = closed
    release = ReleaseDay(day=ON + timedelta(draw.randrange(400)), basis=ReleaseBasis.PLANNED)
    ids = _some(draw, names, 0.15)
    return kit.given(
        needs,
        programs,
        answers,
        rnr=RnrPolicy(dosage=HOURS, sequence=ORDER),
        risk=draw.choice([None, "low", "high"]),
        underway=tuple(_underway(own, draw.randrange(90)) for own in ids),
        completed=tuple(own for own in _some(draw, names, 0.15) if own not in ids),
        declined=tuple(Declined(program_id=own, since=ON) for own in _some(draw, names, 0.1)),
        put_off=tuple(
            PutOff(need=one, until=ON + timedelta(9), reason="ill")
            for one in DOMAINS
            if draw.random() < 0.1
        ),
        credit=draw.choice([None, Credit(minutes=draw.randrange(9_000), unsure_minutes=0)]),
        duties=tuple(
            ImposedDuty(record_id=RecordId(f"duty-{own}"), subject=own, title=Text.of(en="Ordered"))
            for own in _some(draw, names, 0.1)
        ),
        consents=(LiveConsent(record_id=RecordId("consent")),),
        setting=draw.choice([Setting.CUSTODY, Setting.COMMUNITY]),
        release=draw.choice([None, release]),
        sentence_end=draw.choice([None, ON + timedelta(draw.randrange(10, 500))]),
        closing=tuple(
            ClosingDay(program_id=own, day=ON + timedelta(100)) for own in _some(draw, names, 0.1)
        ),
        hours_a_week=draw.choice([None, Decimal(6), Decimal(12)]),
        kept_from=frozenset(_some(draw, names, 0.1)),
        assessed_until=draw.choice([None, ON + timedelta(draw.randrange(1, 200))]),
    )


def _underway(own: ProgramId, days: int) -> WorkUnderway:
    return WorkUnderway(
        program_id=own, since=ON - timedelta(days), enrolment=RecordId(f"enrolment-{own}")
    )


def _grounds(one: DraftGiven) -> PlanGrounds:
    closing = {each.program_id: each.day for each in one.closing}
    release = None if one.release is None else one.release.day
    assert not isinstance(release, str)
    return PlanGrounds(
        on=ON,
        profile=one.profile,
        programs={each.program_id: each for each in one.programs},
        sequence=one.rnr.sequence,
        goal_from=POLICY.goal_from,
        risk=one.risk,
        sentence_end=one.sentence_end,
        assessments={"assessment": LONG_AGO},
        consents={RecordId("consent"): LONG_AGO},
        withdrawn={},
        requirements={duty.record_id: LONG_AGO for duty in one.duties},
        enrolments={each.enrolment: each.program_id for each in one.underway},
        completed=frozenset(one.completed),
        called_for=called_for(HOURS, one.profile, one.risk),
        counting=frozenset(p.program_id for p in one.programs if p.serves & _criminogenic(one)),
        credited=Decimal(0 if one.credit is None else one.credit.minutes * 100 // 60) / 100,
        hours_a_week=one.hours_a_week,
        review_by=lambda on: next_review(
            POLICY, on, sentence_end=one.sentence_end, assessed_until=one.assessed_until
        ),
        of_age=lambda own, day: (
            Answer.NOT_MET if own in closing and day >= closing[own] else Answer.MET
        ),
    )


def _criminogenic(one: DraftGiven) -> frozenset[str]:
    """The needs of the person for which hours count."""
    assert HOURS.criminogenic is not None
    needs = one.profile.from_level(HOURS.criminogenic.count_from)
    return HOURS.criminogenic.domains.intersection(need.domain for need in needs)


@settings(max_examples=60)
@given(SEEDS)
def test_a_draft_breaks_no_law_of_a_version(seed: int) -> None:
    one = _person(seed)
    content, grounds = drafted(one, POLICY).content, _grounds(one)
    # What the person attends may take more hours than there are.
    runs = evolve(content, items=tuple(item for item in content.items if item.enrolment))
    told = {finding for finding in check_content(runs, grounds) if finding.law_id == "P21"}
    found = [
        (finding.law_id, finding.place)
        for finding in check_content(content, grounds)
        if finding.answer is Answer.NOT_MET and finding not in told
    ]
    assert found == []


@settings(max_examples=60)
@given(SEEDS)
def test_a_draft_proposes_nothing_that_is_done_unwanted_or_excluded(seed: int) -> None:
    one = _person(seed)
    draft = drafted(one, POLICY)
    runs = {each.program_id for each in one.underway}
    duties = {duty.subject for duty in one.duties}
    items = {item.program_id: item for item in draft.content.items}
    catalogue = {each.program_id: each for each in one.programs}
    assert not (items.keys() - runs) & {*one.completed}
    assert not (items.keys() - duties) & {each.program_id for each in one.declined}
    new = items.keys() - runs
    assert not any(other in new for own in new for other in catalogue[own].exclusions)
    unknown = {each.program_id for each in one.offers if each.answer is Answer.UNKNOWN}
    assert not new & unknown
    assert draft.complete


@settings(max_examples=60)
@given(SEEDS)
def test_every_need_is_served_put_off_or_refused(seed: int) -> None:
    one = _person(seed)
    content = drafted(one, POLICY).content
    called = {need.domain for need in one.profile.from_level("some")}
    served = {
        domain
        for goal in content.goals
        if goal.kind is GoalKind.NEED and any(goal.goal_id in item.goals for item in content.items)
        for domain in goal.needs
    }
    put_off = {each.need for each in content.deferrals} | {each.need for each in content.refusals}
    assert called <= served | put_off
    assert not served & put_off


@settings(max_examples=30)
@given(SEEDS)
def test_the_order_of_what_is_given_makes_no_difference(seed: int) -> None:
    one = _person(seed)
    draw = random.Random(seed)
    lists = (
        *("offers", "underway", "completed", "declined", "duties", "closing", "titles"),
        *("put_off", "consents", "again", "wanted", "opening", "outside"),
    )
    mixed: dict[str, Any] = {
        name: tuple(draw.sample(getattr(one, name), len(getattr(one, name)))) for name in lists
    }
    assert drafted(evolve(one, **mixed), POLICY) == drafted(one, POLICY)


def _worth(draft: Draft) -> tuple[int, tuple[str, ...], Decimal]:
    """The merit but for the days; needs of another weight are another merit."""
    merit = draft.merit
    return len(merit.duties), merit.needs, merit.hours


@settings(max_examples=30)
@given(SEEDS)
def test_other_drafts_differ_and_none_is_better_than_the_best(seed: int) -> None:
    one = _person(seed)
    best = drafted(one, POLICY)
    found = alternatives(one, POLICY, 5)
    plans = [frozenset(each.draft.programs) for each in found]
    assert len({frozenset(best.programs), *plans}) == len(plans) + 1
    for each in found:
        assert len(each.draft.merit.duties) <= len(best.merit.duties)
        assert set(each.adds) <= set(each.draft.programs)
        if _worth(each.draft) == _worth(best) and best.merit.finish and each.draft.merit.finish:
            assert each.draft.merit.finish >= best.merit.finish

"""The pages of a plan: one that the person reads and signs, one from which an officer works."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from rehabcore.care.needs.profile import NeedSeen
from rehabcore.care.plans.axes import PlanLife
from rehabcore.care.plans.drafting.wordings import OWN_GOAL
from rehabcore.care.plans.versions import version_on
from rehabcore.jurisdictions import load
from rehabcore.plans import (
    Actor,
    Deferral,
    GoalKind,
    HoursShort,
    NeedRefused,
    PlanContent,
    PlanGoal,
    PlannedSession,
    PlanQuestion,
)
from rehabcore.reports.officer_pages import describe_for_officer
from rehabcore.reports.pages import Format, render
from rehabcore.reports.person_pages import describe_for_person
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.plan_pages import PageReader, plan_page
from rehabcore.reports.wording import Wording
from rehabcore.rules.sources import Text
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import (
    Basis,
    Deliverer,
    GoalId,
    ItemId,
    ProgramId,
    RecordId,
    Setting,
    StepId,
)
from tests.kit.plans import DAY, book, content, goal, item, step, words

XX = load("xx")
TUESDAYS = tuple(
    PlannedSession(day=date(2026, 11, 17) + timedelta(weeks=week), starts_at="10:00", minutes=90)
    for week in range(8)
)


def full() -> PlanContent:
    """A plan with something in each of its parts."""
    own = PlanGoal(
        goal_id=GoalId("own"),
        kind=GoalKind.OWN,
        title=words("I want to see my son every week"),
        steps=(evolve(step(), step_id=StepId("own/call"), actor=Actor.PERSON, due=None),),
    )
    duty = evolve(
        item(),
        item_id=ItemId("duty"),
        program_id=ProgramId("work_start"),
        basis=Basis.MANDATORY,
        consent=None,
        requirement=RecordId("r-1"),
        delivered_by=Deliverer.TEACHER,
        setting=Setting.CUSTODY,
        breach_after=3,
        sessions=TUESDAYS,
    )
    few = evolve(
        item(),
        item_id=ItemId("few"),
        sessions=(PlannedSession(day=DAY), TUESDAYS[0]),
        enrolment=RecordId("e-1"),
    )
    later = evolve(item(), item_id=ItemId("later"), ends=None, hours=None, aftercare=True)
    return evolve(
        content(),
        holder="prison-1",
        goals=(own, evolve(goal(), target=None), evolve(goal(), goal_id=GoalId("two"), steps=())),
        items=(item(), duty, few, later),
        questions=(
            PlanQuestion(
                question_id="literacy",
                program_ids=(ProgramId("work_start"),),
                fact="literacy",
                asks="teacher",
                due=date(2026, 11, 1),
            ),
            PlanQuestion(
                question_id="own",
                program_ids=(ProgramId("thinking_skills"),),
                fact="x",
                asks="court",
            ),
        ),
        deferrals=(
            Deferral(need="attitudes", reason="acute_first", until=date(2027, 1, 4)),
            Deferral(need="work", reason="no_places"),
        ),
        refusals=(NeedRefused(need="housing", since=DAY),),
        shortfall=HoursShort(called_for=Decimal(100), planned=Decimal(80), reason="no_places"),
        needs=(NeedSeen(domain="attitudes", level="high", assessed_on=DAY, evidence=("a-1",)),),
    )


def person(plan: PlanContent, language: str = "en", **more: Any) -> str:
    """The page for the person, as text."""
    phrasing = Phrasing(Wording(language), XX)
    blocks = tuple(describe_for_person(plan, phrasing, **more))
    return render(blocks, phrasing.wording, Format.TEXT)


def officer(plan: PlanContent) -> str:
    """The page for the officer, as text."""
    phrasing = Phrasing(Wording("en"), XX)
    blocks = tuple(describe_for_officer(plan, phrasing, on=DAY))
    return render(blocks, phrasing.wording, Format.TEXT)


REVIEWED = Path(__file__).parent / "plan_pages"


@pytest.mark.parametrize(("name", "page"), [("person", person), ("officer", officer)])
def test_a_page_is_the_one_that_was_reviewed(name: str, page: Callable[[PlanContent], str]) -> None:
    assert page(full()) == (REVIEWED / f"{name}.txt").read_text("utf-8")


def test_a_plan_with_nothing_in_it_still_says_what_a_no_means() -> None:
    bare = PlanContent(starts=DAY, component_of=words("Sentence plan"))
    told = person(bare)
    assert "You may say no to everything that you choose." in told
    assert "What we work on" not in told
    assert officer(bare).count("None.") == 4
    assert "No office is certainly accountable" in officer(bare)


def test_who_has_only_duties_is_not_told_of_a_choice() -> None:
    duty = evolve(item(), basis=Basis.MANDATORY)
    told = person(evolve(content(), items=(duty,)))
    assert "You may say no" not in told
    assert "tell us before" in told
    assert told.count("Ask what follows if you do not take part.") == 1
    assert "We report it" not in told


@pytest.mark.parametrize("language", ["en", "ka"])
@pytest.mark.parametrize("life", PlanLife)
def test_the_person_is_told_in_a_sentence_whether_the_plan_holds(
    life: PlanLife, language: str
) -> None:
    version = version_on(book(), on=DAY)
    assert version is not None
    asked: Any = {"country": XX, "reader": PageReader.PERSON, "on": DAY, "language": language}
    page = plan_page(evolve(version, life=life), **asked)
    (told,) = set(page.splitlines()) - set(plan_page(version.content, **asked).splitlines())
    assert 3 <= len(told.split()) <= 15
    assert "[en]" not in told
    assert version.content_hash[:12] not in page


def test_the_person_reads_of_every_item_also_of_one_that_serves_no_goal_or_their_own() -> None:
    own = PlanGoal(goal_id=GoalId("mine"), kind=GoalKind.OWN, title=Text.of(en="See my daughter"))
    for goals, serves in (((), ()), ((own,), (own.goal_id,))):
        told = person(evolve(content(), goals=goals, items=(evolve(item(), goals=serves),)))
        assert told.count("You choose whether to take part.") == 1


@pytest.mark.parametrize("life", PlanLife)
def test_nobody_is_asked_to_read_or_sign_a_plan_that_is_over(life: PlanLife) -> None:
    version = version_on(book(), on=DAY)
    assert version is not None
    over = {PlanLife.SUPERSEDED, PlanLife.COMPLETED, PlanLife.TERMINATED, PlanLife.REJECTED}
    page = plan_page(
        evolve(version, life=life), country=XX, reader=PageReader.PERSON, on=DAY, language="en"
    )
    for sentence in ("Please read it", "We look at it together", "say no", "Your answer"):
        assert (sentence in page) is (life not in over), sentence
    assert "What if I do not agree?" in page


def test_the_law_says_how_to_object_where_a_source_does() -> None:
    told = person(content(), objecting=Text.of(en="You may write to the court within 10 days."))
    assert "You may write to the court within 10 days." in told
    assert "Ask a lawyer" not in told


@pytest.mark.parametrize("language", ["en", "ka"])
def test_sentences_for_the_person_are_short(language: str) -> None:
    lengths = [len(words) for words in _sentences(person(full(), language))]
    assert max(lengths) <= 25
    assert sum(lengths) / len(lengths) <= 15


def _sentences(page: str) -> Iterator[list[str]]:
    for line in page.splitlines():
        for sentence in re.split(r"(?<=[.?!]) ", line.strip("-= ")):
            if sentence:
                yield sentence.split()


def test_the_person_reads_no_codes_and_no_ids() -> None:
    told = person(full())
    for code in ("r-1", "e-1", "prison-1", "no_places", "xx", "MET", "UNKNOWN"):
        assert code not in told


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("need_level(domain=attitudes)", "need in Attitudes towards crime"),
        ("need_level(domain=, =)", "need_level(domain=, =)"),
        ("no_such_fact", "no_such_fact"),
    ],
)
def test_a_question_names_its_fact_in_words(fact: str, told: str) -> None:
    (question, _) = full().questions
    page = officer(evolve(full(), questions=(evolve(question, fact=fact),)))
    assert f"Ask: teacher. What: {told} (by 2026-11-01)" in page


def test_without_a_country_codes_stay_as_they_are() -> None:
    blocks = describe_for_officer(full(), Phrasing(Wording("en"), None), on=DAY)
    assert "What: literacy" in render(tuple(blocks), Wording("en"), Format.TEXT)


def test_a_need_without_a_level_says_why() -> None:
    (need,) = full().needs
    stale = evolve(need, level=None, unknown=UnknownKind.STALE)
    unsaid = evolve(stale, domain="work", unknown=None)
    page = officer(evolve(full(), needs=(stale, unsaid)))
    assert (
        "- Attitudes towards crime: the record is past its validity\n- Work and education:\n"
        in page
    )


def test_a_step_that_serves_two_goals_is_told_once() -> None:
    twice = (
        goal(),
        evolve(goal(), goal_id=GoalId("two"), steps=(evolve(step(), step_id=StepId("b")),)),
    )
    plan = evolve(content(), goals=twice, items=())
    about = step().about.in_language("en")[0]
    assert person(plan).count(about) == officer(plan).count(about) == 1


def test_what_goes_on_is_told_as_it_is() -> None:
    runs = evolve(item(), enrolment=RecordId("e-1"))
    endless = evolve(runs, item_id=ItemId("two"), ends=None)
    told = person(evolve(content(), items=(runs, endless)))
    assert "It runs from 16.11.2026 to 15.05.2027." in told
    assert "It begins on 16.11.2026." in told
    assert "We still tell you" not in told


def test_an_own_goal_of_a_draft_leads_to_the_words_on_file() -> None:
    plan = full()
    (own, *_) = plan.goals
    drafted = evolve(own, title=OWN_GOAL)
    told = person(evolve(plan, goals=(drafted,), items=(), questions=()))
    assert "- Your own goal. Your words are in your file." in told

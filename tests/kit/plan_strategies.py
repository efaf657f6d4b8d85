"""Sound plans and books by construction, and how to write on in a book.

All that is free is picked from a few options, of which many lie on the edge of what is allowed. So
the same plan can be drawn at random, or be made of the first options.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from attrs import evolve
from hypothesis import strategies as st

from rehabcore.care.needs.dosage import DosageTarget
from rehabcore.care.needs.groups import Apart, MixingOverride
from rehabcore.care.needs.profile import NeedSeen, NeedsProfile
from rehabcore.care.needs.sequence import SequenceClass, SequencePolicy
from rehabcore.care.plans.book import PlanBook, PlanType, VersionOpened
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.laws.of_time import last_day
from rehabcore.plans import (
    Actor,
    Deferral,
    GoalKind,
    HoursShort,
    NeedRefused,
    PlanContent,
    PlanGoal,
    PlanItem,
    PlannedSession,
    PlanQuestion,
    PlanStep,
)
from rehabcore.rules.facts import NEVER
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.vocabulary import (
    Basis,
    CaseId,
    GoalId,
    ItemId,
    Modality,
    ProgramId,
    RecordId,
    StaffId,
    StepId,
)
from tests.kit.plan_acts import edited, entry, opened, told
from tests.kit.plan_grounds import LEVELS, program
from tests.kit.plans import DAY, noted, words

DOMAINS = ("housing", "peers", "work")
PAPERS = GoalId("papers")
MOST_A_WEEK = Decimal(12)
"""The hours of a week; what is made takes fewer."""
Pick = Callable[[Sequence[Any]], Any]
"""Picks one of some options."""


class MadePlan(NamedTuple):
    """A content, and grounds on which it breaks no law."""

    content: PlanContent
    grounds: PlanGrounds


class MadeBook(NamedTuple):
    """A book, and grounds on which it breaks no law."""

    book: PlanBook
    grounds: PlanGrounds


def first(options: Sequence[Any]) -> Any:
    """The first of some options."""
    return options[0]


def some_step(goal: str, due: date | None = None) -> PlanStep:
    """A step of a goal, which an officer takes."""
    step_id = StepId(f"{goal}/begin")
    return PlanStep(step_id=step_id, about=words("Begin"), actor=Actor.OFFICER, due=due)


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)


# --- needs and what is done about them ------------------------------------------------------------


def _needs(pick: Pick) -> tuple[NeedSeen, ...]:
    """The needs; one whose level is not known is to be assessed."""
    found = []
    for domain in DOMAINS:
        level = pick(("high", "medium", "low", None))
        if level is None:
            found.append(NeedSeen(domain=domain, unknown=UnknownKind.MISSING))
        else:
            on = _after(DAY, -pick((0, 30)))
            found.append(NeedSeen(domain=domain, level=level, assessed_on=on, evidence=("a-1",)))
    return tuple(found)


def _about_needs(pick: Pick, needs: tuple[NeedSeen, ...], settled: date) -> dict[str, Any]:
    """Goals, deferrals and refusals: one for each need that calls for it."""
    goals, deferrals, refusals = [], [], []
    for need in needs:
        how = pick(("goal", "deferral", "refusal"))
        if need.level is None or (need.level != "low" and how == "goal"):
            kind = GoalKind.ASSESSMENT if need.level is None else GoalKind.NEED
            goals.append(
                PlanGoal(
                    goal_id=GoalId(need.domain),
                    kind=kind,
                    title=words(need.domain),
                    needs=(need.domain,),
                    # a need is assessed by the end of the day
                    target=settled if need.level else _after(settled, -1),
                    steps=(some_step(need.domain, pick((None, DAY))),),
                )
            )
        elif need.level != "low" and how == "deferral":
            deferrals.append(Deferral(need=need.domain, reason="later", until=settled))
        elif need.level != "low":
            refusals.append(NeedRefused(need=need.domain, since=DAY))
    steps = (some_step(PAPERS, DAY),)
    papers = PlanGoal(
        goal_id=PAPERS, kind=GoalKind.SERVICE, title=words("Papers"), target=settled, steps=steps
    )
    return {
        "goals": (papers, *goals),
        "deferrals": tuple(deferrals),
        "refusals": tuple(refusals),
    }


# --- items ----------------------------------------------------------------------------------------


def _items(pick: Pick, *, alone: bool, in_turn: bool, risk: str | None) -> list[PlanItem]:
    """A service for housing, then a course of basics and one about peers; some of each basis."""
    bases = pick(
        (
            (Basis.VOLUNTARY, Basis.MANDATORY, Basis.VOLUNTARY),
            (Basis.MANDATORY, Basis.VOLUNTARY, Basis.MANDATORY),
        )
    )
    items: list[PlanItem] = []
    starts = _after(DAY, pick((0, 3)))
    for name, basis in zip(("home", "basics", "course"), bases, strict=True):
        ends: date | None = _after(starts, pick((40, 1, 9)))
        timed = ends is not None and name != "basics" and pick((True, False))
        items.append(
            PlanItem(
                item_id=ItemId(name),
                program_id=ProgramId(name),
                goals=(PAPERS,),
                basis=basis,
                starts=starts,
                ends=ends,
                modality=Modality.INDIVIDUAL if alone and name != "home" else None,
                requirement=RecordId(f"r-{name}") if basis is Basis.MANDATORY else None,
                consent=RecordId(f"c-{name}") if basis is Basis.VOLUNTARY else None,
                hours=pick((Decimal(20), None, Decimal(0))),
                hours_a_week=pick((Decimal(3), None)),
                breach_after=pick((None, 2)) if basis is Basis.MANDATORY else None,
                sessions=_sessions(items, starts, ends) if timed and ends else (),
                **_group(pick, risk),
            )
        )
        # The course about peers begins after the basics if it requires them, else beside them.
        gap = pick((0, 5))
        if (name == "home" or in_turn) and ends is not None:
            starts = _after(ends, gap)
    return items


def _sessions(before: list[PlanItem], starts: date, ends: date) -> tuple[PlannedSession, ...]:
    """Two sessions a week, one right after the other; each course at its own time of the day."""
    hour = 8 + 4 * len(before)
    days = [_after(starts, 7 * week) for week in range(3)]
    return tuple(
        PlannedSession(day=day, starts_at=f"{at:02}:00", minutes=60)
        for day in days
        if day < ends
        for at in (hour, hour + 1)
    )


def _group(pick: Pick, risk: str | None) -> dict[str, Any]:
    level = pick((None, "low", "medium", "high"))
    if level != "high" or risk not in ("low", None):
        return {"group_level": level}
    decided = MixingOverride(decided_by=StaffId("chief-1"), decided_on=DAY, reason="alone")
    return {"group_level": level, "group_override": decided}


# --- the grounds ----------------------------------------------------------------------------------


def _covering(pick: Pick, item: PlanItem) -> Span:
    """A span that covers an item; it may begin and end with it."""
    last = last_day(item)
    end = OPEN if last is None else pick((OPEN, _after(max(last, item.starts), 1)))
    return Span(_after(item.starts, -pick((0, 5))), end)


def _sentence_end(pick: Pick, items: Sequence[PlanItem]) -> Any:
    last = max(last_day(item) or DAY for item in items if not item.aftercare)
    return pick((_after(last, 1), _after(last, 90), None, NEVER))


def _dosage(pick: Pick, items: Sequence[PlanItem]) -> tuple[dict[str, Any], HoursShort | None]:
    """The hours that are called for: at most those that are planned, or with a shortfall."""
    credited = pick((Decimal(0), Decimal(4)))
    counted = [item.hours or Decimal(0) for item in items if item.program_id != "home"]
    planned = credited + sum(counted, Decimal(0))
    target = pick((planned, planned + 10, None))
    known = {"called_for": DosageTarget(hours=target), "credited": credited}
    if target is None or target == planned:
        return known, None
    return known, HoursShort(called_for=target, planned=planned, reason="no_place")


def made_plan(pick: Pick) -> MadePlan:
    """A plan that is sound whatever is picked."""
    needs, risk = _needs(pick), pick(("low", "medium", "high", None))
    in_turn = pick((True, False))
    housing = needs[0]
    settles = housing.level in (None, "low") or pick((True, False))
    items = _items(pick, alone=not settles, in_turn=in_turn, risk=risk)
    parts = _about_needs(_goal_for_housing(pick) if settles else pick, needs, items[1].starts)
    aftercare = pick((False, True))
    items[2] = evolve(items[2], aftercare=aftercare)
    known, short = _dosage(pick, items)
    term = pick((30, 400, None))
    latest = None if term is None else _after(DAY, term)
    content = PlanContent(
        starts=DAY,
        component_of=words("Sentence plan"),
        review_due=latest if latest is None else pick((latest, _after(latest, -9))),
        risk=pick((risk, None)),
        needs=needs,
        items=tuple(items),
        questions=pick(((), (_question(),))),
        shortfall=short,
        **parts,
    )
    after = ("basics",) if in_turn else ()
    programs = (
        program("home", "housing"),
        program("basics", "work"),
        program("course", "peers", after=after),
    )
    grounds = PlanGrounds(
        on=DAY,
        profile=NeedsProfile(on=DAY, levels=LEVELS, needs=needs),
        programs={one.program_id: one for one in programs},
        sequence=_ORDER,
        goal_from=pick(("medium", "high", None)),
        risk=risk,
        risk_levels=LEVELS,
        apart=Apart(levels=LEVELS, low=frozenset({"low"}), high=frozenset({"high"})),
        sentence_end=_sentence_end(pick, items),
        assessments={"a-1": Span(_after(DAY, -30), pick((OPEN, _after(DAY, 1))))},
        consents={one.consent: _covering(pick, one) for one in items if one.consent},
        withdrawn={},
        requirements={one.requirement: _covering(pick, one) for one in items if one.requirement},
        counting=frozenset({ProgramId("basics"), ProgramId("course")}),
        hours_a_week=pick((MOST_A_WEEK, None)),
        review_by=lambda day: None if term is None else _after(day, term),
        of_age=_ages({item.program_id: last_day(item) for item in items}),
        signed_by=pick(((), ("officer",))),
        **known,
    )
    return MadePlan(content, grounds)


def _goal_for_housing(pick: Pick) -> Pick:
    """Picks a goal for the first need that is asked about, then as before."""
    asked = list[object]()

    def picking(options: Sequence[Any]) -> Any:
        if "goal" in options and not asked:
            asked.append(options)
            return "goal"
        return pick(options)

    return picking


def _question() -> PlanQuestion:
    return PlanQuestion(
        question_id="fit",
        program_ids=(ProgramId("course"),),
        fact="fit",
        asks="doctor",
        goals=(PAPERS,),
    )


def _ages(until: Mapping[ProgramId, date | None]) -> Callable[[ProgramId, date], Answer]:
    """The person is of the age for each programme up to its last day."""

    def of_age(program_id: ProgramId, day: date) -> Answer:
        last = until.get(program_id)
        return Answer.MET if last is None or day <= last else Answer.NOT_MET

    return of_age


_ORDER = SequencePolicy(
    classes=(
        SequenceClass(
            id="first", title=words("First"), domains=frozenset({"housing"}), open_from="medium"
        ),
        SequenceClass(
            id="then",
            title=words("Then"),
            domains=frozenset({"peers", "work"}),
            waits_for=("first",),
        ),
    )
)


# --- books ----------------------------------------------------------------------------------------

WELL = "life:proposed agrees signed given life:activated"
FATES = (
    WELL,
    "life:proposed could_not_answer agrees sent_to_countersign countersigned given life:activated",
    "life:proposed agrees signed given",
    "life:proposed does_not_agree signed given",
    "life:proposed does_not_agree life:rejected",
    "life:proposed",
    "",
    "life:terminated",
)
"""The ways that a version may go."""


def begun(content: PlanContent) -> PlanBook:
    """A book with one version."""
    at = noted(1)
    version = VersionOpened(noted=at, version=1, occasion=PlanType.INITIAL, content=content)
    return PlanBook(plan_id="plan-1", case_id=CaseId("case-1"), versions=(version,))


def newest(book: PlanBook) -> tuple[int, PlanContent]:
    """The number of the newest version, and what it says."""
    number = book.versions[-1].version
    edits = [edit.content for edit in book.edits if edit.version == number]
    return number, (book.versions[-1].content, *edits)[-1]


def then(book: PlanBook, acts: str, *, of: int | None = None, role: str = "officer") -> PlanBook:
    """The book with an entry for each word, about a version or the newest one."""
    number, content = newest(book)
    for word in acts.split():
        place = len(book.entries) + 1
        book = told(book, entry(word, place, of or number, told=content, role=role))
    return book


def next_version(book: PlanBook, content: PlanContent, skip: int = 0) -> PlanBook:
    """The book with another version."""
    number, _ = newest(book)
    return told(book, opened(len(book.entries) + 1, number + 1 + skip, content))


def after_edit(book: PlanBook, content: PlanContent) -> PlanBook:
    """The book with an edit of its newest version."""
    number, before = newest(book)
    edit = edited(len(book.entries) + 1, before, content)
    return told(book, evolve(edit, version=number))


def _changed(pick: Pick, content: PlanContent) -> PlanContent:
    """Another content that is as sound."""
    name = pick(("holder", "component_of", "goals"))
    if name == "holder":
        return evolve(content, holder=f"{content.holder}x")
    if name == "component_of":
        return evolve(content, component_of=words(f"{content.component_of.wordings[0][1]}!"))
    own = GoalId(f"own-{len(content.goals)}")
    more = PlanGoal(
        goal_id=own, kind=GoalKind.OWN, title=words("Mine"), steps=(some_step(own, None),)
    )
    return evolve(content, goals=(*content.goals, more))


def made_book(pick: Pick) -> MadeBook:
    """A book that is sound whatever is picked."""
    plan = made_plan(pick)
    book, active = begun(plan.content), 0
    for chapter in range(pick((2, 1, 3))):
        if chapter:
            book = next_version(book, _changed(pick, newest(book)[1]))
        for _ in range(pick((1, 0, 2))):
            book = after_edit(book, _changed(pick, newest(book)[1]))
        fate = pick(FATES)
        if fate.endswith("activated"):
            before, _, last = fate.rpartition(" ")
            book = then(book, before)
            book = then(book, "life:superseded", of=active) if active else book
            book, active = then(book, last), newest(book)[0]
        else:
            book = then(book, fate)
    return MadeBook(book, plan.grounds)


def sound_plans() -> st.SearchStrategy[MadePlan]:
    """Plans that break no law."""
    return st.composite(lambda draw: made_plan(lambda some: draw(st.sampled_from(some))))()


def sound_books() -> st.SearchStrategy[MadeBook]:
    """Books that break no law: versions that are edited, proposed, answered, signed, followed."""
    return st.composite(lambda draw: made_book(lambda some: draw(st.sampled_from(some))))()

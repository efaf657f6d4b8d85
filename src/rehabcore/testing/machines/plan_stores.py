"""A store of plans: opened, answered, signed, amended, by several at once and told late."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import evolve

from rehabcore.care.plans.book import (
    MOST_ENTRIES,
    AgreementAnswered,
    GoalEvent,
    PlanAnswer,
    PlanBook,
    PlanEntry,
    PlanLifeEvent,
    SignatureEvent,
)
from rehabcore.care.plans.edits import AddPart
from rehabcore.care.plans.hashes import hash_of_content
from rehabcore.care.plans.requests import contents_told
from rehabcore.casework.plan_acts import answer, copy_given, note_goal, sign, turn_plan
from rehabcore.casework.plan_books import amend, open_plan
from rehabcore.jurisdictions import Jurisdiction, load
from rehabcore.plans import Actor, GoalKind, PlanContent, PlanGoal, PlanItem, PlanStep
from rehabcore.rules.sources import Text
from rehabcore.strict.vocabulary import (
    Basis,
    CaseId,
    GoalId,
    ItemId,
    ProgramId,
    RecordId,
    StaffId,
    StepId,
)
from rehabcore.testing.machines.stores import (
    STORY_BEGINS,
    StoreFault,
    StoreMachine,
    places_that_differ,
)

PLAN = "plan-1"
"""The id of the plan that is told."""


class PlanStoreMachine(StoreMachine[PlanBook]):
    """Drives a store of plans. Say how yours is made, and by which errors it refuses.

    class MyPlans(PlanStoreMachine):
        refusals = (Conflict,)

        def make_store(self):
            return MyStore()

    TestMyPlans = MyPlans.TestCase
    """

    acts = ("note", "amend", "settle", "give_copy", "disagree", "sign", "activate")
    """To settle a version is to propose it, with the person's answer and signature."""

    def __init__(self) -> None:
        self._country = load("xx")
        super().__init__()

    def first(self) -> PlanBook:
        """A plan with one goal and one voluntary programme that has no end."""
        content, by = _content(), StaffId("officer-1")
        return open_plan(PLAN, CaseId("case-1"), content, on=STORY_BEGINS, by=by)

    def name(self) -> str:
        """The id of the plan."""
        return PLAN

    def after(
        self, told: PlanBook, act: str, *, on: date, by: StaffId, wrongly: bool = False
    ) -> PlanBook:
        """The book after an act; wrongly told, it is about a content that nobody ever wrote."""
        digest = "" if wrongly else hash_of_content(contents_told(told)[-1])
        noted: dict[str, Any] = {"on": on, "by": by, "recorded_on": self.day}
        return _acted(told, self._country, act, digest, noted)

    def fault(self, read: PlanBook) -> tuple[StoreFault, str]:
        """The fault by which the entries differ, and which the first is that shows it."""
        return fault_of_book(self.told, read)


def _content() -> PlanContent:
    item = PlanItem(
        item_id=ItemId("thinking_skills"),
        program_id=ProgramId("thinking_skills"),
        goals=(GoalId("own-1"),),
        basis=Basis.VOLUNTARY,
        starts=STORY_BEGINS,
        consent=RecordId("consent-1"),
    )
    title = Text.of(en="Plan")
    return PlanContent(starts=STORY_BEGINS, component_of=title, goals=(_goal(1),), items=(item,))


def _goal(number: int) -> PlanGoal:
    step = PlanStep(
        step_id=StepId(f"own-{number}/begin"), about=Text.of(en="Begin"), actor=Actor.OFFICER
    )
    goal_id, title = GoalId(f"own-{number}"), Text.of(en="A goal of my own")
    return PlanGoal(goal_id=goal_id, kind=GoalKind.OWN, title=title, steps=(step,))


def _acted(
    book: PlanBook,
    country: Jurisdiction,
    act: str,
    digest: str,
    noted: dict[str, Any],
) -> PlanBook:
    """The book after an act about the content of its newest version."""
    match act:
        case "settle":
            proposed = turn_plan(book, country, PlanLifeEvent.PROPOSED, **noted)
            agreed = answer(proposed, country, PlanAnswer.AGREES, **noted)
            return _acted(agreed, country, "sign", digest, noted)
        case "disagree":
            proposed = turn_plan(book, country, PlanLifeEvent.PROPOSED, **noted)
            # A person who does not agree says why; without it the library refuses the answer.
            why = "so" if digest else ""
            return answer(proposed, country, PlanAnswer.DOES_NOT_AGREE, reason=why, **noted)
        case "note":
            goal = GoalId("own-1" if digest else "none")
            return note_goal(book, country, goal, GoalEvent.NOTED, note="so", **noted)
        case "amend":
            more = (AddPart(part=_goal(len(contents_told(book)) + 1)),)
            return amend(book, country, more, expects=digest, why="so", **noted)
        case "give_copy":
            return copy_given(book, country, expects=digest, language="en", **noted)
        case "sign":
            role, event = "person", SignatureEvent.SIGNED
            return sign(book, country, event, expects=digest, role=role, **noted)
    # Nothing is lacking for whoever activates it, but a version of this number.
    number: dict[str, Any] = {} if digest else {"version": MOST_ENTRIES}
    return turn_plan(book, country, PlanLifeEvent.ACTIVATED, **number, **noted)


def fault_of_book(told: PlanBook, read: PlanBook) -> tuple[StoreFault, str]:
    """The kind of fault by which a book reads otherwise than it was told, and where it shows."""
    return next(_faults(told, read))


def _faults(told: PlanBook, read: PlanBook) -> Iterator[tuple[StoreFault, str]]:
    """The faults, the most telling first."""
    before, now = _without_places(told), _without_places(read)
    if Counter(before) == Counter(now) and before != now:
        place = next(place for place, one in enumerate(before) if one != now[place])
        yield StoreFault.REORDERED_HISTORY, f"entry {place + 1} was told as {_said(before[place])}"
    numbers = sorted(one.version for one in read.versions)
    if numbers != [*range(1, len(numbers) + 1)]:
        yield StoreFault.GAP, f"the versions read are {', '.join(map(str, numbers))}"
    for where in _consents_lost(told, read):
        yield StoreFault.LOST_CONSENT, where
    kept = {*map(hash_of_content, contents_told(read))}
    for signature in told.signatures:
        if signature.content_hash not in kept:
            where = f"version {signature.version} was signed, and no longer says what it said"
            yield StoreFault.CHANGED_SIGNED_VERSION, where
    lost = Counter(before) - Counter(now)
    invented = Counter(now) - Counter(before)
    if lost and not invented:
        yield StoreFault.LOST_UPDATE, f"{_said(next(iter(lost)))} is gone"
    if invented and not lost:
        yield StoreFault.INVENTED, f"{_said(next(iter(invented)))} was read"
    yield StoreFault.CHANGED, next(places_that_differ(told, read))


def _consents_lost(told: PlanBook, read: PlanBook) -> Iterator[str]:
    """The answers that are gone, and the items that no longer rest on their consents."""
    given, kept = _without_places(told), {*_without_places(read)}
    for entry in given:
        if isinstance(entry, AgreementAnswered) and entry not in kept:
            yield f"{_said(entry)} is gone"
    for before, now in zip(contents_told(told), contents_told(read), strict=False):
        left = {item.item_id: item.consent for item in now.items}
        for item in before.items:
            if item.consent is not None and left.get(item.item_id, item.consent) is None:
                yield f"the item {item.item_id} no longer rests on {item.consent}"


def _without_places(book: PlanBook) -> list[PlanEntry]:
    """The entries in the order of the book, without the numbers that a store may give anew."""
    return [evolve(entry, noted=evolve(entry.noted, place=1)) for entry in book.entries]


def _said(entry: PlanEntry) -> str:
    """An entry in a few words."""
    noted = entry.noted
    told = f"{type(entry).__name__} of version {entry.version}, on {noted.on}"
    return told if noted.on == noted.recorded_on else f"{told}, told on {noted.recorded_on}"

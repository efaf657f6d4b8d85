"""Laws of the tables and documents of plans: they hold of every book and every table drawn."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabcore import read, write
from rehabcore.care.machines import machine
from rehabcore.care.needs.dosage import DosageRow, DosageTable
from rehabcore.care.needs.sequence import SequencePolicy, sequence
from rehabcore.care.plans.book import PlanBook, StepNoted
from rehabcore.care.plans.policy import PlanPolicy, ReviewNearRelease
from rehabcore.care.plans.reviews import next_review
from rehabcore.care.plans.versions import PlanVersion, plan_history
from rehabcore.rules.machines.walking import HistoryEntry, Position, walk
from rehabcore.rules.time.days import Term
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import ProgramId, StepStatus
from tests.kit.plan_acts import told
from tests.kit.plan_grounds import LEVELS, PEERS, profile, program
from tests.kit.plan_strategies import MadeBook, first, made_book, sound_books, then
from tests.kit.plans import DAY, noted, words

TABLES = ("plan_life", "agreement", "signature", "goal", "step", "consent", "enrolment")
LIVES = ("proposed", "activated", "superseded", "completed", "terminated", "transferred")


def law_p14(made: MadeBook) -> None:
    """A book that is written and read again is the same book, and what was signed still is."""
    again = read(write(made.book), PlanBook)
    assert again == made.book
    assert [one.content_hash for one in _versions(again)] == [
        one.content_hash for one in _versions(made.book)
    ]


def _versions(book: PlanBook) -> tuple[PlanVersion, ...]:
    return plan_history(book, on=DAY).versions


def law_p17(made: MadeBook) -> None:
    """Nothing leads out of an end."""
    for table in map(machine, TABLES):
        ends = [state.code for state in table.states if state.final]
        assert [code for code in ends if table.leaving(code)] == []
    for number, version in enumerate(_versions(made.book), start=1):
        if machine("plan_life").state(version.life.value).final:
            for event in LIVES:
                after = then(made.book, f"life:{event}", of=number)
                assert _versions(after)[number - 1].life is version.life


def law_p18(made: MadeBook) -> None:
    """A course that is paused goes on where it was, and nothing else changes."""
    table = machine("enrolment")
    held = [state.code for state in table.states if state.hold]
    into = [arrow for arrow in table.arrows if arrow.to in held]
    assert into
    for arrow in into:
        for state in arrow.leaves:
            pause = HistoryEntry(event=arrow.event, on=DAY, to=arrow.to)
            here = Position(state=state)
            for back in table.leaving(arrow.to):
                entry = HistoryEntry(event=back.event, on=DAY, to=state)
                last = walk(table, [pause, entry], after=here)[-1]
                assert back.to != "origin" or last.after == here
    before, book = _versions(made.book)[-1], made.book
    for status in (StepStatus.CANNOT_BE_DONE_YET, StepStatus.NOT_STARTED):
        at, step_id = noted(len(book.entries) + 1), before.steps[0].step_id
        wait = StepNoted(noted=at, version=before.number, step_id=step_id, status=status)
        book = told(book, wait)
    after = _versions(book)[-1]
    assert evolve(after, steps=before.steps) == before
    assert [one.status for one in after.steps] == [one.status for one in before.steps]


def law_p30(made: MadeBook) -> None:
    """Without any answers the signatures are the same, and without signatures the answers."""
    unanswered = _without(made.book, "answers")
    unsigned = _without(made.book, "signatures")
    for whole, one, other in zip(*map(_versions, (made.book, unanswered, unsigned)), strict=True):
        assert (one.signature, one.life) == (whole.signature, whole.life)
        assert (other.agreement, other.life) == (whole.agreement, whole.life)


def _without(book: PlanBook, name: str) -> PlanBook:
    """The book without one of its lists."""
    left_out = getattr(book, name)
    entries = [one for one in book.entries if one not in left_out]
    empty = PlanBook(plan_id=book.plan_id, case_id=book.case_id)
    placed = (
        evolve(one, noted=evolve(one.noted, place=place)) for place, one in enumerate(entries, 1)
    )
    return told(empty, *placed)


LAWS: tuple[Callable[[MadeBook], None], ...] = (law_p14, law_p17, law_p18, law_p30)


@settings(max_examples=12)
@given(sound_books())
def test_the_laws_of_tables_hold_of_every_book(made: MadeBook) -> None:
    for law in LAWS:
        law(made)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_each_law_of_tables_holds_of_one_book(law: Callable[[MadeBook], None]) -> None:
    law(made_book(first))


# --- policies -------------------------------------------------------------------------------------

STEPS = st.lists(st.integers(0, 3), min_size=9, max_size=9)


def law_p23(steps: list[int]) -> None:
    """More risk or more needs never call for fewer hours; a table in which they do is refused."""
    hours = [[0] * 3 for _ in LEVELS]
    for place, step in enumerate(steps):
        level, count = divmod(place, 3)
        before = (hours[level - 1][count] if level else 0, hours[level][count - 1] if count else 0)
        hours[level][count] = step + max(before)
    rows = tuple(
        DosageRow(risk=risk, needs_from=2 * count, hours=Decimal(10 * hours[level][count]))
        for level, risk in enumerate(LEVELS)
        for count in range(3)
    )
    table = DosageTable(levels=LEVELS, rows=rows)
    told_ = [[table.hours(risk, needs) or Decimal(0) for needs in range(6)] for risk in LEVELS]
    assert all(line == sorted(line) for line in told_)
    assert all([*line] == sorted(line) for line in zip(*told_, strict=True))
    fallen = evolve(rows[-1], hours=max(Decimal(0), rows[-2].hours - 1))
    if rows[-2].hours:
        with pytest.raises(InputError, match="not fewer"):
            DosageTable(levels=LEVELS, rows=(*rows[:-1], fallen))


@given(STEPS)
def test_law_p23_the_hours_that_are_called_for_never_fall(steps: list[int]) -> None:
    law_p23(steps)


@given(st.lists(st.integers(1, 24), min_size=3, max_size=3), st.integers(1, 900))
def test_the_term_to_a_review_never_grows_as_release_nears(months: list[int], days: int) -> None:
    every, near, nearest = sorted(months, reverse=True)
    rows = (
        ReviewNearRelease(release_within=Term(months=18), review_every=Term(months=near)),
        ReviewNearRelease(release_within=Term(months=6), review_every=Term(months=nearest)),
    )
    policy = PlanPolicy(
        component_of=words("plan"), review_every=Term(months=every), near_release=rows
    )
    ahead = [date.fromordinal(DAY.toordinal() + more) for more in (days, days + 40, days + 400)]
    due = [next_review(policy, DAY, release=release) for release in ahead]
    assert due == sorted(due, key=lambda day: day or date.max)
    assert next_review(policy, DAY) == Term(months=every).after(DAY)


@given(st.permutations(("a", "b", "c", "d")), st.lists(st.booleans(), min_size=6, max_size=6))
def test_prerequisites_in_a_circle_are_refused_and_others_come_first(
    order: list[str], after: list[bool]
) -> None:
    pairs = [(one, other) for i, one in enumerate(order) for other in order[:i]]
    drawn = [pair for pair, kept in zip(pairs, after, strict=True) if kept]
    programs = {
        one: program(one, "peers", after=tuple(o for n, o in drawn if n == one)) for one in "abcd"
    }
    turns = [turn.program_id for turn in sequence(SequencePolicy(), programs.values(), profile())]
    assert all(turns.index(ProgramId(o)) < turns.index(ProgramId(n)) for n, o in drawn)
    if drawn:
        later, earlier = drawn[0]
        circle = programs | {earlier: program(earlier, "peers", after=(later,))}
        with pytest.raises(InputError, match="circle"):
            sequence(SequencePolicy(), circle.values(), profile(PEERS))

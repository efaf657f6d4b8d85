"""People and catalogues for whom every plan can be weighed, and the weights, told anew.

Nothing of the search is used here, and nothing of its order of merit: both are told a second time,
as plainly as can be. ``python -m tests.kit.best_drafts 2000`` prints how a naive way and the draft
compare with the best of all plans; without a number, the figures of the page on drafts.
"""

import random
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from rehabcore.care.needs import RnrPolicy
from rehabcore.care.plans.drafting.given import DraftGiven, ImposedDuty
from rehabcore.programs import Program
from rehabcore.rules.sources import Text
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import ProgramId, RecordId
from tests.kit import drafts as kit
from tests.kit.drafts import HOURS, LEVELS, ON, dose, need, program

DOMAINS = ("peers", "drugs", "housing", "work", "money")
COUNTED = {"peers", "drugs"}
TARGET = Decimal(100)
COUNT, SEED = 200, 20261116
Plan = tuple[Program, ...]
Merit = tuple[int, list[int], Decimal, int, int, int, list[int]]


class Compared(NamedTuple):
    """The numbers of the people for whom a naive way, and the draft, miss the best plan."""

    people: int
    naively: list[int]
    drafted: list[int]


def some_person(draw: random.Random) -> DraftGiven:
    """Somebody with up to eight programmes, of which some exclude each other and one is a duty."""
    names = [f"p_{number}" for number in range(draw.randrange(4, 9))]
    programs = tuple(_program(draw, own, names[:place]) for place, own in enumerate(names))
    needs = tuple(
        need(one, draw.choice(LEVELS), acute=draw.random() < 0.2)
        for one in draw.sample(DOMAINS, len(DOMAINS))
    )
    ordered = [own for own in names if draw.random() < 0.1]
    duties = tuple(
        ImposedDuty(record_id=RecordId(f"duty-{own}"), subject=own, title=Text.of(en="Ordered"))
        for own in ordered
    )
    closed = {own: Answer.NOT_MET for own in names if draw.random() < 0.1}
    rnr = RnrPolicy(dosage=HOURS)
    return kit.given(needs, programs, closed, rnr=rnr, risk="high", duties=duties)


def _program(draw: random.Random, own: str, earlier: list[str]) -> Program:
    served = draw.sample(DOMAINS, draw.choice([1, 1, 2, 2, 3]))
    length = {} if draw.random() < 0.15 else {"weeks": draw.choice([4, 8, 12, 26])}
    excluded = [ProgramId(one) for one in earlier if draw.random() < 0.3]
    hours = draw.choice([None, 20, 40, 60, 100])
    return program(own, *served, dose=dose(hours, **length), exclusions=tuple(excluded))


def merit(given: DraftGiven, plan: Plan) -> Merit:
    """The merit of some programmes together, the greater the better, as the page on drafts has it.

    Duties; the needs that are covered, by their rank; hours up to the target; how many are of no
    stated length; the last day; how many; their places in the catalogue.
    """
    names, served = {p.program_id for p in plan}, {one for p in plan for one in p.serves}
    covered = [n for n in given.profile.needs if n.domain in served and n.level != "none"]
    ranks = [LEVELS.index(n.level or "") + 10 * (n.stability is not None) for n in covered]
    of_this_person = COUNTED & {n.domain for n in given.profile.needs if n.level != "none"}
    hours = sum(p.dose.hours or Decimal(0) for p in plan if p.dose and p.serves & of_this_person)
    ends = [p.dose.length.after(ON) if p.dose and p.dose.length else None for p in plan]
    last = max((end for end in ends if end is not None), default=date.min)
    return (
        sum(duty.subject in names for duty in given.duties),
        [ranks.count(rank) for rank in (12, 11, 2, 1)],
        min(TARGET, Decimal(hours)),
        -ends.count(None),
        -last.toordinal(),
        -len(plan),
        [-place for place, p in enumerate(given.programs) if p.program_id in names],
    )


def possible(given: DraftGiven) -> Iterator[Plan]:
    """Every plan of programmes that are open, of use, and do not exclude each other."""
    open_ = {offer.program_id for offer in given.offers if offer.answer is Answer.MET}
    programs = [p for p in given.programs if p.program_id in open_ and _of_use(given, p)]
    for count in range(len(programs) + 1):
        for plan in combinations(programs, count):
            names = {p.program_id for p in plan}
            if all(names.isdisjoint(p.exclusions) for p in plan):
                yield plan


def _of_use(given: DraftGiven, one: Program) -> bool:
    needed = {n.domain for n in given.profile.needs if n.level != "none"}
    return bool(one.serves & needed) or one.program_id in {d.subject for d in given.duties}


def naive(given: DraftGiven) -> Plan:
    """The plan of somebody who goes through the catalogue and takes what adds something."""
    chosen: Plan = ()
    plans = {frozenset(p.program_id for p in plan) for plan in possible(given)}
    for one in given.programs:
        more = (*chosen, one)
        fits = frozenset(p.program_id for p in more) in plans
        if fits and merit(given, more)[:3] > merit(given, chosen)[:3]:
            chosen = more
    return chosen


def compared(draft: Callable[[DraftGiven], frozenset[str]], count: int = COUNT) -> Compared:
    """How many people get less than the best plan.

    Args:
        draft: the programmes of the draft of a person.
        count: the number of people.
    """
    draw = random.Random(SEED)
    naively, drafted = list[int](), list[int]()
    for number in range(count):
        given = some_person(draw)
        best = max(merit(given, plan) for plan in possible(given))
        names = draft(given)
        plan = tuple(p for p in given.programs if p.program_id in names)
        if merit(given, plan) != best:
            drafted.append(number)
        if merit(given, naive(given)) != best:
            naively.append(number)
    return Compared(count, naively, drafted)


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    found = compared(lambda given: frozenset(kit.draft_of(given).programs), count)
    print(f"{found.people} people: naively missed {len(found.naively)}, drafted {found.drafted}")


if __name__ == "__main__":
    main()

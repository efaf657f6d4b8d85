"""The answers of many rules over many days at once, without proofs.

All days between two changes are alike: they are one stretch, and one bit. Each comparison becomes
two masks, of the stretches on which it is certainly true and on which it is certainly false. A rule
combines the masks of its comparisons once, for all days together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from rehabcore.rules.criteria import Compare, SameComparison, same_comparison
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.cells import Histories
from rehabcore.rules.judging.meaning import Course, course
from rehabcore.rules.judging.over_time import known_window
from rehabcore.rules.law.coverage import covered_until, require_covered_throughout
from rehabcore.rules.quick.compilation import RuleSet, answering, kept_by_day
from rehabcore.rules.quick.generated import Masks
from rehabcore.rules.quick.lowering import EVERY, NEVER_LAW, Lowered, leaves_of, lower, split
from rehabcore.rules.quick.numbering import Numbering, runs
from rehabcore.rules.quick.sheets import FactSheet
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import ANSWERS, Answer
from rehabcore.strict.checked import LATEST_YEAR, checked_arguments
from rehabcore.strict.frozen import frozen

Answers = tuple[tuple[date, Answer], ...]
"""The answers of one rule, each with its first day; it holds until the next. Neighbours differ."""


@frozen
class Prospect:
    """The first days on which a rule is certainly met and possibly met, if only time changes.

    None means no day. The rule may cease to be met on a later day.
    """

    certainly: date | None
    possibly: date | None


_NEVER_OPEN = Prospect(None, None)
"""A rule that time alone will not open."""


@frozen(eq=False)
class _Law:
    """The rules of a set as they are law on a day.

    ``comparisons``, ``courses`` and ``places`` (in the layout) belong together by number. ``pairs``
    are the pairs of the rules.
    """

    comparisons: tuple[Compare, ...]
    courses: tuple[Callable[[Cell], Course], ...]
    places: tuple[int, ...]
    pairs: tuple[Lowered, ...]


@kept_by_day
def _law(rules: RuleSet, on: date) -> _Law:
    numbers: dict[SameComparison, int] = {}
    comparisons: list[Compare] = []

    def number(compare: Compare) -> int:
        found = numbers.setdefault(same_comparison(compare), len(comparisons))
        if found == len(comparisons):
            comparisons.append(compare)
        return found

    pairs = [lower(rule, number, on) or NEVER_LAW for rule in rules.rules]
    places = [rules.layout.place(compare.asked) for compare in comparisons]
    courses = map(course, comparisons)
    return _Law(tuple(comparisons), tuple(courses), tuple(places), tuple(pairs))


@frozen(eq=False)
class _Outlook:
    """The rules of a set on a day, each parted into what time changes and what it does not.

    ``steady`` gives the masks of a row for those parts in which no time runs, ``timed`` the pairs
    of the others, and ``reads`` the numbers of the comparisons that each of these reads.
    """

    law: _Law
    steady: Callable[..., Masks]
    timed: tuple[Lowered, ...]
    reads: tuple[frozenset[int], ...]

    def course(self, number: int, sheet: FactSheet) -> Course:
        """The course of a comparison, given a sheet whose cells stay as they are."""
        return self.law.courses[number](sheet.cells[self.law.places[number]])


@kept_by_day
def _outlook(rules: RuleSet, on: date) -> _Outlook:
    law = _law(rules, on)
    steady, _ = answering(rules.rules, rules.layout, on, Numbering.steady)
    timed = [split(pair, lambda leaf: runs(law.comparisons[leaf // 2]))[1] for pair in law.pairs]
    reads = [frozenset(leaf // 2 for leaf in leaves_of(pair.met)) for pair in timed]
    return _Outlook(law, steady, tuple(timed), tuple(reads))


@checked_arguments
def answers_over(rules: RuleSet, facts: Histories, within: Span) -> tuple[Answers, ...]:
    """The answers of every rule on every day of a window; always equal to those of ``timeline``.

    Args:
        rules: the rules.
        facts: gives the cells of each fact on every day.
        within: the window, half-open; its end may be open, but not unknown.

    Raises:
        InputError: the end of the window is unknown.
        NotInForceError: the data of some law does not cover every day of the window.
    """
    known_window(within)
    for rule in rules.rules:
        require_covered_throughout(rule, within)
    return _answers_over(rules, facts, within)


def _answers_over(rules: RuleSet, facts: Histories, within: Span) -> tuple[Answers, ...]:
    edges = [day for day in rules.law_changes if within.start < day and day in within]
    laws = [_law(rules, day) for day in (within.start, *edges)]
    asked = dict.fromkeys(compare for law in laws for compare in law.comparisons)
    courses = {compare: _course_over(compare, facts(compare.asked), within) for compare in asked}
    days = _stretches([*courses.values(), [(day, None) for day in (within.start, *edges)]])
    met, not_met = [0] * len(rules.rules), [0] * len(rules.rules)
    for law, start, end in zip(laws, (within.start, *edges), (*edges, None), strict=True):
        leaves = _masks({n: courses[compare] for n, compare in enumerate(law.comparisons)}, days)
        bits = _bits(days, start, end)
        for number, pair in enumerate(law.pairs):
            met[number] |= pair.met.mask(leaves) & bits
            not_met[number] |= pair.not_met.mask(leaves) & bits
    return tuple([_runs(masks, days) for masks in zip(met, not_met, strict=True)])


@checked_arguments
def prospects(rules: RuleSet, sheet: FactSheet) -> tuple[Prospect, ...]:
    """The days from which each rule is met and may be met, if only time changes from now on.

    Now is the day of the sheet; its cells are taken to stay as they are.

    Args:
        rules: the rules.
        sheet: a sheet of their layout.

    Raises:
        InputError: the sheet has another layout.
        NotInForceError: the data of some law does not cover the sheet's day. Of later days, only
            those that it covers are looked at.
    """
    on = sheet.on
    met, not_met = rules.on(on).masks(sheet)
    if rules.law_changes and rules.law_changes[-1] > on:
        return _prospects_under_changing_law(rules, sheet)
    outlook = _outlook(rules, on)
    fits, never = outlook.steady(*sheet.row)
    found, today = [_NEVER_OPEN] * len(rules.rules), Prospect(on, on)
    for number in _numbers(met):
        found[number] = today
    # Most rules are met today, or never whatever time brings. Only the others need a course.
    open_ = list(_numbers(((1 << len(found)) - 1) ^ (met | never)))
    if not open_:
        return tuple(found)
    read = {number for rule in open_ for number in outlook.reads[rule]}
    courses = {number: _from(outlook.course(number, sheet), on) for number in read}
    days = _stretches([*courses.values(), [(on, None)]])
    leaves, firsts, every = _masks(courses, days), list(days), (1 << len(days)) - 1
    for number in open_:
        timed, bit = outlook.timed[number], 1 << number
        certainly = timed.met.mask(leaves) & every if fits & bit else 0
        possibly = every & ~timed.not_met.mask(leaves) if not_met & bit else 1
        found[number] = Prospect(_first(certainly, firsts), _first(possibly, firsts))
    return tuple(found)


def _numbers(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, lowest first."""
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit


def _prospects_under_changing_law(rules: RuleSet, sheet: FactSheet) -> tuple[Prospect, ...]:
    cells = dict(zip(sheet.layout.asked, sheet.cells, strict=True))
    window = Span(sheet.on, OPEN)
    answers = _answers_over(rules, lambda asked: Timeline.constant(cells[asked]), window)
    return tuple(
        _first_days(of_rule, covered_until(rule, sheet.on))
        for rule, of_rule in zip(rules.rules, answers, strict=True)
    )


def _first_days(answers: Answers, end: date | None) -> Prospect:
    """The first days on which a rule is met and may be met, before the first day not covered."""
    covered = [(day, answer) for day, answer in answers if end is None or day < end]
    return Prospect(
        next((day for day, answer in covered if answer is Answer.MET), None),
        next((day for day, answer in covered if answer is not Answer.NOT_MET), None),
    )


# --- stretches of days --------------------------------------------------------------------


def _course_over(compare: Compare, cells: Timeline[Cell], within: Span) -> Course:
    """The course of a comparison over a window, in which its cell may change."""
    course_of = course(compare)
    stages: Course = []
    for start, end, cell in cells.pieces():
        if end is None or end > within.start:
            for day, certain in course_of(cell):
                if end is None or day < end:
                    stages.append((max(day, start), certain))
    return [stage for stage in _from(stages, within.start) if _inside(stage[0], within)]


def _inside(day: date, within: Span) -> bool:
    return day in within and day.year <= LATEST_YEAR


def _from(stages: Course, start: date) -> Course:
    """The stages from a day on: the one that holds on that day, and all later ones."""
    later = [stage for stage in stages if stage[0] > start]
    return [(start, stages[-len(later) - 1][1]), *later]


def _stretches(courses: Iterable[Course]) -> dict[date, int]:
    """The first days of stretches in which nothing changes, numbered in order."""
    days = sorted({day for stages in courses for day, _ in stages})
    return {day: number for number, day in enumerate(days)}


def _bits(days: Mapping[date, int], start: date, end: date | None) -> int:
    """The mask of the stretches from a day up to, and not including, another."""
    return (1 << (len(days) if end is None else days[end])) - (1 << days[start])


def _masks(courses: Mapping[int, Course], days: Mapping[date, int]) -> dict[int, int]:
    """The masks of each comparison n: certainly true (index 2n) and certainly false (2n + 1)."""
    # Each stage flips all bits from its first day on, off in the mask of the stage before and on in
    # its own. So the work grows with the number of stages, not with that of stretches.
    leaves: dict[int, int] = {}
    for number, stages in courses.items():
        if len(stages) == 1:  # of most comparisons, for only few are of time
            certain = stages[0][1]
            leaves[2 * number] = EVERY if certain is True else 0
            leaves[2 * number + 1] = EVERY if certain is False else 0
            continue
        masks, last = [0, 0], None
        for day, certain in stages:
            if certain is not last:
                from_here = EVERY << days[day]
                if last is not None:
                    masks[not last] ^= from_here
                if certain is not None:
                    masks[not certain] ^= from_here
                last = certain
        leaves[2 * number], leaves[2 * number + 1] = masks
    return leaves


def _first(bits: int, firsts: Sequence[date]) -> date | None:
    """The first day of the first stretch of a mask; None if the mask is empty."""
    return firsts[next(_numbers(bits))] if bits else None


def _runs(masks: Masks, days: Iterable[date]) -> Answers:
    """The answers of two masks, joining neighbouring stretches with the same answer."""
    met, not_met = masks
    runs: list[tuple[date, Answer]] = []
    last = None
    for day in days:
        answer = ANSWERS[met & 1, not_met & 1]
        if answer is not last:
            runs.append((day, answer))
            last = answer
        met >>= 1
        not_met >>= 1
    return tuple(runs)

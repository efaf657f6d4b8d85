"""Runs, windows and streaks, found a second time by a naive reader who walks back from the day."""

from collections.abc import Callable, Container
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from hypothesis import given

from rehabcore.questions.counting.runs import time_in, time_in_present
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import NEVER, Cell, Known, Unknown
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.ageing import Ageing
from rehabcore.rules.time.days import ONE_DAY, OPEN, UNSURE, Span, Term
from rehabcore.rules.time.partial import Days, PartialDay, Period
from rehabcore.rules.truth import UnknownKind
from tests.kit.record_makers import facts_of
from tests.kit.record_strategies import EVERY_QUESTION, SEEDS, days, plain_case_files

Maybe = bool | None
"""True, false, or open."""


def _said(spans: list[tuple[Span, bool]], day: date) -> tuple[Maybe, bool]:
    """What records say of a day, and whether any of them may make it true."""
    held = [(span, wanted) for span, wanted in spans if day in span]
    # What held on that day only yields to what goes on.
    going_on = [(span, wanted) for span, wanted in held if not _of_one_day(span)]
    sure = {wanted for _, wanted in going_on or held}
    may = {wanted for span, wanted in spans if span.end is UNSURE and span.start < day}
    if sure:
        return (sure.pop() if len(sure) == 1 else None), True in sure or len(sure) > 1
    return None, True in may


def _of_one_day(span: Span) -> bool:
    return span.end == span.start + ONE_DAY


def _first_day(
    spans: list[tuple[Span, bool]],
    is_in: Callable[[date], bool],
    on: date,
    gap: Term,
    breaks: Container[date] = (),
) -> date:
    """The first day of the run that a day belongs to, walking back over all days of change."""
    edges = {day for span, _ in spans for day in (span.start, span.certain_end) if day}
    first, after = on, on + ONE_DAY
    for day in sorted((edge for edge in edges if edge <= on), reverse=True):
        if is_in(day):
            if gap.after(after) < first:
                return first
            first = day
            if day in breaks:
                return first
        after = day
    return first


def _span(days: Days) -> Span:
    """A span, of a file of which all days are known."""
    assert isinstance(days, Span)
    return days


TIMES: dict[str, tuple[str, Callable[[CaseFile], list[tuple[Span, str]]]]] = {
    "time_in_legal_status": (
        "legal_status",
        lambda view: [(_span(r.span), r.status.value) for r in view.legal_standings],
    ),
    "time_in_setting": (
        "setting",
        lambda view: [(_span(r.span), r.setting.value) for r in view.placements],
    ),
    "time_in_state_supervision_level": (
        "state",
        lambda view: [
            (_span(r.span), r.value) for r in view.states if r.kind == "supervision_level"
        ],
    ),
}
WINDOWS = {
    "had_legal_status": TIMES["time_in_legal_status"],
    "had_setting": TIMES["time_in_setting"],
    "had_state_supervision_level": TIMES["time_in_state_supervision_level"],
}


def _spans(asked: Asked, view: CaseFile, readers: dict[str, Any]) -> list[tuple[Span, bool]]:
    parameter, read = readers[asked.fact.name]
    wanted = asked.codes(parameter)
    return [(span, value in wanted) for span, value in read(view)]


@given(plain_case_files(), days())
def test_a_run_is_what_a_reader_finds_who_walks_back_from_the_day(case: CaseFile, on: date) -> None:
    view, cells = case.as_known(date.max), facts_of(case).on(on)
    for asked in EVERY_QUESTION:
        if asked.fact.name not in TIMES:
            continue
        spans = _spans(asked, view, TIMES)
        gap = Term.parse(asked["gap"]) if asked["gap"] else Term()
        now, may = _said(spans, on)
        cell = cells(asked)
        if now is False:
            assert cell == Known(NEVER, evidence=cell.evidence)
            continue
        if now is None and not may:
            assert isinstance(cell, Unknown)
            assert cell.between is None
            continue
        earliest = _first_day(spans, partial(_may, spans), on, gap)
        # Another value on one day only may or may not be a break.
        breaks = {s.start for s, wanted in spans if _of_one_day(s) and not wanted and gap == Term()}
        latest = _first_day(spans, partial(_surely, spans), on, gap, breaks) if now else NEVER
        assert _ends(cell) == (earliest, latest), asked


def _surely(spans: list[tuple[Span, bool]], day: date) -> bool:
    return _said(spans, day)[0] is True


def _may(spans: list[tuple[Span, bool]], day: date) -> bool:
    now, may = _said(spans, day)
    return now is True or (now is None and may)


def _ends(cell: Cell) -> object:
    return (cell.value, cell.value) if isinstance(cell, Known) else cell.between


@given(plain_case_files(), days())
def test_what_was_had_in_a_window_was_had_on_one_of_its_days(case: CaseFile, on: date) -> None:
    view, cells = case.as_known(date.max), facts_of(case).on(on)
    for asked in EVERY_QUESTION:
        if asked.fact.name not in WINDOWS:
            continue
        spans = _spans(asked, view, WINDOWS)
        within, ageing = Term.parse(asked["within"]), Ageing(asked["ageing"])
        walked = [on - timedelta(number) for number in range(40)]
        seen = [day for day in walked if on < ageing.leaves(day, within)]
        flags = {_said(spans, day)[0] for day in seen}
        if any(_of_one_day(span) and wanted and span.start in seen for span, wanted in spans):
            flags.add(True)
        cell = cells(asked)
        expected = True if True in flags else None if None in flags else False
        assert (cell.value if isinstance(cell, Known) else None) is expected, asked


@given(plain_case_files(), days())
def test_a_streak_is_what_a_reader_finds_who_goes_through_the_tests(
    case: CaseFile, on: date
) -> None:
    view, cells = case.as_known(date.max), facts_of(case).on(on)
    for asked in EVERY_QUESTION:
        prefix, _, kind = asked.fact.name.partition("streak_of_")
        if prefix or not kind:
            continue
        acts = [(o.filed.source, o.observed_on) for o in view.observations if o.kind == kind]
        if len(set(acts)) < len(acts):  # the order of acts of one day has laws of its own
            continue
        lapse, values = Term.parse(asked["lapse"]), asked.codes("value")
        made: dict[date, set[str]] = {}
        for o in view.observations:
            assert isinstance(o.observed_on, date)
            if o.kind == kind and o.observed_on <= on:
                made.setdefault(o.observed_on, set()).add(o.value)
        early: date | None = None
        late: date | None = None
        fresh = date.min
        for day in sorted(made):
            if not made[day] <= values:
                early = late = None
            elif early is None:
                early = late = day
            elif lapse.after(fresh) < day:
                late = day
            fresh = day
        cell = cells(asked)
        if not made:
            assert cell == asked.fact.absent()
        elif early is None:
            assert isinstance(cell, Known)
            assert cell.value is NEVER
        else:
            stale = lapse.after(fresh) <= on
            assert _ends(cell) == (early, NEVER if stale else late)


def _claims(seed: int) -> list[Claim]:
    """Claims of three values and of none, over days that are known or not, some within a day."""
    chance = Random(seed)
    long = chance.choice((4, 12, 40))

    def on(number: int) -> date:
        return date(2020, 1, 1) + timedelta(number)

    def days() -> Days:
        start, length = chance.randrange(long), 1 + chance.randrange(long)
        first = PartialDay(on(start), on(start + 1 + chance.randrange(9)))
        last = on(start + length + 10)
        ends = (on(start + length), on(start + length), OPEN, UNSURE)
        return chance.choice(
            (
                Span(on(start), chance.choice(ends)),
                Period(on(start), on(start)),
                Period(first, chance.choice((last, PartialDay(last, on(start + 99)), OPEN))),
                Period(UNSURE, last),
            )
        )

    values = ("", "one", "two", "three")
    return [Claim(f"r-{n}", days(), chance.choice(values)) for n in range(chance.randrange(9))]


@given(SEEDS)
def test_the_run_of_the_value_of_the_day_is_that_of_the_value(seed: int) -> None:
    """Each value is followed for itself; ``time_in_present`` follows all at once."""
    said, absent = _claims(seed), Unknown(UnknownKind.MISSING)
    cells, present = settle(said, absent), time_in_present(said, absent)
    runs = {value: time_in(said, {value}, absent, Term()) for value in ("one", "two", "three")}
    for on in {day for cell in (cells, present, *runs.values()) for day in cell.starts}:
        cell = cells.at(on)
        if isinstance(cell, Known) and cell.value:
            assert present.at(on) == runs[str(cell.value)].at(on)
        else:
            never = Known(NEVER, evidence=cell.evidence)
            assert present.at(on) == (never if isinstance(cell, Known) else cell)

"""Laws of what a case file answers: over time, in any order, and by what was known when."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any, cast

import attrs
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.levels.policy import RiskPolicy
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile, consistency
from rehabcore.records.case_file import RECORD_LISTS, references
from rehabcore.records.fields import REFERS_TO, fields_with
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import NEVER, Cell, Known, Unknown
from rehabcore.rules.time.ageing import Ageing
from rehabcore.rules.time.days import ONE_DAY, OPEN, UNSURE, Span, Term
from rehabcore.rules.time.partial import LATEST_DAY, Day, days_between, last_of
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import case
from tests.kit.partial_days import blurred
from tests.kit.record_makers import XX, event, facts_of, question
from tests.kit.record_strategies import (
    EVERY_QUESTION,
    PROGRAMS,
    SEEDS,
    WORDS,
    case_files,
    days,
    exact_case_files,
    in_any_order,
    plain_case_files,
)

Said = object
"""The value of a cell, or the kind of not knowing."""


def said(cell: Cell) -> Said:
    """What a cell says, without its evidence."""
    return cell.value if isinstance(cell, Known) else cell.kind


def values(facts: CaseFacts, asked: Asked) -> list[tuple[date, Said]]:
    """What is said of a fact over time, without evidence."""
    pieces: list[tuple[date, Said]] = []
    for start, _, cell in facts.timeline(asked).pieces():
        if not pieces or pieces[-1][1] != said(cell):
            pieces.append((start, said(cell)))
    return pieces


def keeping(case: CaseFile, keep: Any) -> CaseFile:
    """The case file with only the records that are to be kept."""
    lists: dict[str, Any] = {
        name: tuple(record for record in getattr(case, name) if keep(record))
        for name in RECORD_LISTS
    }
    return evolve(case, **lists)


# --- every file, every fact ---------------------------------------------------------------


@given(case_files())
def test_reading_a_consistent_file_never_raises(case: CaseFile) -> None:
    assert consistency.check(case, WORDS, PROGRAMS) == ()
    facts = facts_of(case)
    for asked in EVERY_QUESTION:
        starts = facts.timeline(asked).starts
        assert starts[0] == date.min
        assert list(starts) == sorted(set(starts))


@given(case_files(), st.lists(days(), min_size=1, max_size=3))
def test_a_timeline_says_of_a_day_what_is_said_on_that_day(case: CaseFile, on: list[date]) -> None:
    """A single day is read without all others, and has to say what the whole timeline says."""
    of_days = [facts_of(case).on(day) for day in on]
    facts = facts_of(case)
    for asked in EVERY_QUESTION:
        starts, values = facts.timeline(asked).starts, facts.timeline(asked).values
        for cells in of_days:
            assert cells(asked) == values[bisect_right(starts, cells.day) - 1]


@given(case_files(), days())
def test_evidence_names_records_that_stand(case: CaseFile, known_at: date) -> None:
    standing = {r.filed.record_id for _, r in case.as_known(known_at).entries()}
    facts = facts_of(case, known_at=known_at)
    for asked in EVERY_QUESTION:
        for cell in facts.timeline(asked).values:
            assert set(cell.evidence) <= standing
            assert list(cell.evidence) == sorted(set(cell.evidence))


@given(case_files().flatmap(lambda case: st.tuples(st.just(case), in_any_order(case))))
def test_the_order_of_records_changes_nothing(cases: tuple[CaseFile, CaseFile]) -> None:
    one, other = (facts_of(case) for case in cases)
    for asked in EVERY_QUESTION:
        assert one.timeline(asked) == other.timeline(asked)


# --- what was known when (law E23) --------------------------------------------------------


@given(case_files(), days())
def test_later_records_never_change_what_was_known_earlier(case: CaseFile, known_at: date) -> None:
    earlier = keeping(case, lambda record: record.filed.recorded_on <= known_at)
    then, now = facts_of(earlier), facts_of(case, known_at=known_at)
    for asked in EVERY_QUESTION:
        assert then.timeline(asked) == now.timeline(asked)


@given(case_files(), days())
def test_what_is_known_is_read_from_the_view_of_that_day(case: CaseFile, known_at: date) -> None:
    view = case.as_known(known_at)
    assert view.as_known(known_at) == view
    then, now = facts_of(view), facts_of(case, known_at=known_at)
    for asked in EVERY_QUESTION:
        assert then.timeline(asked) == now.timeline(asked)


@given(case_files())
def test_a_file_is_known_as_a_whole_when_its_last_record_is(case: CaseFile) -> None:
    last = max(record.filed.recorded_on for _, record in case.entries())
    assert case.as_known(last) == case.as_known(date.max)
    assert consistency.check(case, WORDS, PROGRAMS, last) == ()


# --- files that are not consistent --------------------------------------------------------


@given(case_files(), st.randoms(use_true_random=False), days())
def test_even_a_file_full_of_wrong_references_is_checked_and_read(
    case: CaseFile, chance: Random, known_at: date
) -> None:
    ids = [record.filed.record_id for _, record in case.entries()]
    mixed: dict[str, Any] = {
        name: tuple(_misled(record, chance, ids) for record in getattr(case, name))
        for name in RECORD_LISTS
    }
    broken = evolve(case, **mixed)
    paths = {path for path, _ in broken.entries()} | {"beneficiary"}
    for problem in consistency.check(broken, WORDS, PROGRAMS, known_at):
        assert problem.path.partition(".")[0] in paths
    facts = facts_of(broken, known_at=known_at)
    for asked in EVERY_QUESTION:
        facts.timeline(asked)


def _misled(record: Any, chance: Random, ids: list[RecordId]) -> Any:
    """The record, perhaps correcting or naming any other record of the file."""
    others = [record_id for record_id in ids if record_id != record.filed.record_id]
    for name in _references(record):
        if chance.random() < 1 / 2:
            several = isinstance(getattr(record, name), tuple)
            named = tuple(chance.sample(ids, 2)) if several else chance.choice(ids)
            record = evolve(record, **{name: named})
    if not others or chance.random() < 1 / 2:
        return record
    return evolve(record, filed=evolve(record.filed, corrects=chance.choice(others)))


def _references(record: Any) -> list[str]:
    return [one.name for one in fields_with(record, REFERS_TO)]


# --- duplicates, splits and shifts --------------------------------------------------------


def _twin(record: Any) -> Any:
    """The same thing told by another source, which names and corrects twins as the record does."""
    filed = evolve(
        record.filed,
        record_id=_own(record.filed.record_id),
        source=f"{record.filed.source}-twin",
        corrects=_own(record.filed.corrects) if record.filed.corrects else None,
        same_as=record.filed.record_id,
    )
    named: dict[str, Any] = {}
    for name in _references(record):
        targets = tuple(_own(target) for _, target in references(record, name))
        several = isinstance(getattr(record, name), tuple)
        named[name] = targets if several else next(iter(targets), None)
    return evolve(record, filed=filed, **named)


def _own(record_id: RecordId) -> RecordId:
    return RecordId(f"{record_id}-twin")


@given(case_files())
def test_what_other_sources_repeat_changes_no_value(case: CaseFile) -> None:
    """Law E1: duplicate facts change nothing."""
    known = case.as_known(date.max)
    doubled: dict[str, Any] = {
        name: (
            *getattr(known, name),
            *map(_twin, getattr(known, name)),
        )
        for name in RECORD_LISTS
        if name != "retractions"
    }
    one, two = facts_of(known), facts_of(evolve(known, **doubled))
    for asked in EVERY_QUESTION:
        assert values(one, asked) == values(two, asked), asked


@given(plain_case_files(), st.data())
def test_splitting_a_span_into_touching_pieces_changes_no_duration(
    case: CaseFile, data: st.DataObject
) -> None:
    """Law E28. A status that ends with its sentence is none that can be split."""
    known = case.as_known(date.max)
    changed: dict[str, Any] = {}
    for name in ("legal_standings", "placements", "states"):
        changed[name] = tuple(
            piece for record in getattr(known, name) for piece in _pieces(record, data)
        )
    one, two = facts_of(known), facts_of(evolve(known, **changed))
    for asked in EVERY_QUESTION:
        assert values(one, asked) == values(two, asked), asked


def _pieces(record: Any, data: st.DataObject) -> list[Any]:
    """The record, or two that touch and together hold as long; whole if its days are not known."""
    if not isinstance(record.span, Span):
        return [record]
    start, end = record.span.start, record.span.end
    room = 60 if end is OPEN else (end - start).days - 1 if isinstance(end, date) else 0
    number = data.draw(st.integers(0, room))
    if number == 0:
        return [record]
    cut = start + timedelta(number)
    filed = evolve(record.filed, record_id=RecordId(f"{record.filed.record_id}-rest"))
    return [
        evolve(record, span=Span(start, cut)),
        evolve(record, span=Span(cut, end), filed=filed),
    ]


def _shift(thing: Any, number: int) -> Any:
    """The same thing with every day in it moved."""
    if isinstance(thing, date):
        return thing + timedelta(number)
    if isinstance(thing, tuple):
        return tuple(_shift(item, number) for item in thing)
    if not attrs.has(type(thing)):
        return thing
    fields = attrs.fields(type(thing))
    return evolve(thing, **{f.alias: _shift(getattr(thing, f.name), number) for f in fields})


def _shift_cell(cell: Cell, number: int) -> Cell:
    """The same cell with every day moved; what may lie as far back as days are known still may."""
    moved: Cell = _shift(cell, number)
    if isinstance(cell, Unknown) and cell.between is not None and cell.between[0] == FIRST_DAY:
        return evolve(cast("Unknown", moved), between=(FIRST_DAY, _shift(cell.between[1], number)))
    return moved


FIRST_DAY = date(1850, 1, 1)


IN_NO_MONTHS = evolve(XX, risk_policy=RiskPolicy())
"""The country, were risk not to be assessed anew every so many months."""


def _in_days(asked: Asked) -> bool:
    """Whether a question counts days, not months or years."""
    months = [said for _, said in asked.given if said.endswith(("month", "months", "years"))]
    truncated = asked["ageing"] == Ageing.MONTH_TRUNCATED
    return not months and not truncated and asked.fact.name != "event_months_in_a_row"


IN_DAYS = tuple(filter(_in_days, EVERY_QUESTION))


@given(exact_case_files(), SEEDS, st.integers(1, 300))
def test_moving_every_day_moves_every_answer(exact: CaseFile, seed: int, number: int) -> None:
    """Law E19: no reading knows a day of the calendar."""
    case = blurred(exact, seed, bounded=True)
    one, two = (facts_of(file, country=IN_NO_MONTHS) for file in (case, _shift(case, number)))
    for asked in IN_DAYS:
        move = _shift if asked.fact.name == "age" else _shift_cell
        moved = [
            (start if start == date.min else _shift(start, number), move(cell, number))
            for start, _, cell in one.timeline(asked).pieces()
        ]
        assert _in_the_calendar(two.timeline(asked).pieces()) == _in_the_calendar(moved), asked


def _in_the_calendar(pieces: Iterable[tuple[Any, ...]]) -> list[tuple[date, Cell]]:
    """The pieces that begin on days that can be asked about; the last such day does not move."""
    return [(piece[0], piece[-1]) for piece in pieces if piece[0] <= LATEST_DAY]


# --- unknown ends -------------------------------------------------------------------------


@given(case_files(), st.integers(1, 40))
def test_an_end_that_is_found_out_never_turns_one_value_into_another(
    case: CaseFile, length: int
) -> None:
    """Laws E17 and E26: a known value is so under every completion of what is not known."""
    known = case.as_known(date.max)
    recorded: dict[str, Any] = {
        name: tuple(_ended(record, length) for record in getattr(known, name))
        for name in RECORD_LISTS
    }
    before, after = facts_of(known), facts_of(evolve(known, **recorded))
    for asked in EVERY_QUESTION:
        one, other = before.timeline(asked), after.timeline(asked)
        for day in sorted({*one.starts, *other.starts}):
            then, now = one.at(day), other.at(day)
            if isinstance(then, Known) and isinstance(now, Known):
                assert then.value == now.value
            elif isinstance(then, Unknown) and then.between and isinstance(now, Known):
                low, value, high = map(_in_order, (then.between[0], now.value, then.between[1]))
                assert low <= value <= high


def _in_order(value: Any) -> Any:
    """A value of a bounded shape; what never comes is later than every day."""
    return date.max if value is NEVER else value


def _ended(record: Any, length: int) -> Any:
    """The record with an end in place of an unknown one."""
    if hasattr(record, "span"):
        start, end = record.span.start, record.span.end
        if end is UNSURE and start is not UNSURE:
            return evolve(record, span=days_between(start, _later(start, length)))
        return record
    start = getattr(record, "assessed_on", None) or getattr(record, "observed_on", None)
    start = start or getattr(record, "given", None)
    if start is not None and record.expires is UNSURE:
        return evolve(record, expires=_later(start, length))
    return record


def _later(start: Day, length: int) -> date:
    """A day after all that a start may be, or the last of all if it may be any from some day on."""
    return min(last_of(start) + timedelta(length), LATEST_DAY)


# --- windows and runs ----------------------------------------------------------------------


@given(days(), st.integers(0, 40), st.integers(1, 40))
def test_inclusive_ageing_is_exclusive_ageing_a_day_later(on: date, months: int, more: int) -> None:
    """Law E27."""
    facts = facts_of(case(events=(event("e", on.isoformat()),)))
    within = str(Term(months=months, days=more))
    exclusive, inclusive = (
        facts.timeline(question("events", kind="sanction", within=within, ageing=ageing)).starts
        for ageing in ("exclusive", "inclusive")
    )
    assert exclusive == (date.min, on, exclusive[2])
    assert inclusive == (date.min, on, exclusive[2] + ONE_DAY)


@given(case_files(), days())
def test_time_in_a_status_starts_where_the_status_starts(case: CaseFile, on: date) -> None:
    facts = facts_of(case)
    for name, parameter, records in (
        ("legal_status", "time_in_legal_status", case.legal_standings),
        ("setting", "time_in_setting", case.placements),
    ):
        status = facts.timeline(question(name))
        for wanted in {_status(record) for record in records}:
            anchor = facts.timeline(question(parameter, **{name: wanted})).at(on)
            now = said(status.at(on))
            if now != wanted:
                assert said(anchor) in (
                    {now, NEVER} if isinstance(status.at(on), Unknown) else {NEVER}
                )
            elif isinstance(anchor, Known):
                assert isinstance(anchor.value, date)
                assert said(status.at(anchor.value)) == wanted
                assert said(status.at(anchor.value - ONE_DAY)) != wanted
                between = [day for day in status.starts if anchor.value <= day <= on]
                assert {said(status.at(day)) for day in between} == {wanted}


def _status(record: Any) -> str:
    return str(getattr(record, "status", None) or record.setting)

"""Laws E17 and E26: what is found out later lies within the range that was told before."""

from collections.abc import Callable
from datetime import date
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.records import CaseFile, Event, Offence, Ruling
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import BOUNDED, NEVER, Cell, Known
from tests.kit.record_makers import XX, facts_of
from tests.kit.record_strategies import EVERY_QUESTION, case_files

WORDS = XX.glossary
OPEN_ENDED = ("incidents_violation", "offence_of", "offences", "refusals")
DERIVED = tuple(ask(made.fact) for made in XX.derived)
ASKED = tuple(
    asked
    for asked in (*EVERY_QUESTION, *DERIVED)
    if (asked.fact.name in OPEN_ENDED and asked["counted_from"] != "decision") or asked in DERIVED
)
"""Facts of which something may be left open. That nobody has decided yet is known to the day, so
counting from the decision is not among them."""
Pick = Callable[[tuple[str, ...]], str | None]


def _found_out(records: tuple[Any, ...], pick: Pick) -> tuple[Any, ...]:
    """The records with what was left open, now or for good.

    No office finds out what another tells otherwise. Both may tell one thing, and then they would
    differ: a new dispute, which no range foretells. What is left open contradicts nobody.
    """
    found = list(records)
    for place, record in enumerate(found):
        others = [one for one in found if one.filed.source != record.filed.source]

        def fitting(name: str, options: tuple[str, ...], others: list[Any] = others) -> str | None:
            told = {getattr(one, name) for one in others} - {None}
            return pick(tuple(code for code in options if told <= {code}))

        reported = {getattr(one, "reported_on", None) for one in others} - {None}
        found[place] = _filled(record, fitting, reported)
    return tuple(found)


def _filled(
    record: Any, pick: Callable[[str, tuple[str, ...]], str | None], reported: set[Any]
) -> Any:
    match record:
        case Event():
            [kind] = [kind for kind in WORDS.event_kinds if kind.id == record.kind]
            return evolve(
                record,
                severity=record.severity or pick("severity", codes(kind.severities)),
                outcome=record.outcome or pick("outcome", codes(kind.outcomes)),
                reported_on=record.reported_on or _day_besides(reported, record.happened_on),
            )
        case Offence():
            kind_of_offence = record.kind or pick("kind", codes(WORDS.offence_kinds))
            return evolve(record, kind=kind_of_offence)
        case Ruling():
            reasons = codes(WORDS.ruling_reasons)
            return evolve(record, reason=record.reason or pick("reason", reasons))
    return record


def _day_besides(told: set[Any], day: Any) -> Any:
    """A day that is found out, if no other office tells another one."""
    return day if told <= {day} else None


@given(case_files(), st.data())
def test_what_is_found_out_lies_within_the_range_that_was_told(
    case: CaseFile, data: st.DataObject
) -> None:
    def pick(options: tuple[str, ...]) -> str | None:
        return data.draw(st.sampled_from((None, *options)))

    view = case.as_known(date.max)
    lists: dict[str, Any] = {
        name: _found_out(getattr(view, name), pick) for name in ("events", "offences", "rulings")
    }
    later: Any = evolve(view, **lists)
    before, after = (facts_of(file) for file in (view, later))
    for asked in ASKED:
        one, other = before.timeline(asked), after.timeline(asked)
        for day in {*one.starts, *other.starts}:
            assert _fits(asked.fact.shape in BOUNDED, one.at(day), other.at(day)), (asked, day)


def _fits(bounded: bool, before: Cell, after: Cell) -> bool:
    """Whether what is known after was possible before."""
    if isinstance(before, Known):
        return isinstance(after, Known) and after.value == before.value
    if before.between is None:
        return True
    ends: tuple[Any, ...] = (after.value,) * 2 if isinstance(after, Known) else after.between or ()
    low, high = (_place(end) for end in before.between)
    return bounded and bool(ends) and low <= _place(ends[0]) <= _place(ends[1]) <= high


def _place(value: Any) -> Any:
    return date.max if value is NEVER else value

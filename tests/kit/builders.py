"""Small makers of records and rules, with every field that a test does not care about filled in."""

from datetime import date
from typing import Any

from attrs import evolve

from rehabcore.care.moves.requests import MoveRequest
from rehabcore.records import Beneficiary, CaseFile, Filed
from rehabcore.rules.data.plain import plain_forms
from rehabcore.rules.facts import Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.time.days import OPEN, End, Ending, Span
from rehabcore.rules.time.partial import Day, Days
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.structure import Codec
from rehabcore.strict.vocabulary import BeneficiaryId, CaseId, RecordId


def day(text: str) -> date:
    """A day from ``YYYY-MM-DD``."""
    return date.fromisoformat(text)


def span(start: str, end: str | End = OPEN) -> Span:
    """A span from texts; open if no end is given."""
    return Span(day(start), day(end) if isinstance(end, str) else end)


def some_day(plain: object) -> Any:
    """A day that may be known only in part, from its form in JSON, such as ``2026-03``."""
    return _JSON.read(plain, _DAY)


def some_days(start: object, end: object = "open") -> Any:
    """Days of which not all may be known, from their forms in JSON; open if no end is given."""
    ends = end.value if isinstance(end, Ending) else end
    return _JSON.read({"start": start, "end": ends}, _DAYS)


_DAY: Any = Day
_DAYS: Any = Days
_JSON = Codec(plain_forms())


def filed(
    record_id: str,
    recorded_on: str = "2020-01-01",
    source: str = "a",
    corrects: str | None = None,
    sequence: int | None = None,
    *,
    same_as: str | None = None,
) -> Filed:
    """The filing of a record by source ``a`` on 2020-01-01, unless said otherwise."""
    return Filed(
        record_id=RecordId(record_id),
        recorded_on=day(recorded_on),
        source=source,
        corrects=RecordId(corrects) if corrects is not None else None,
        sequence=sequence,
        same_as=RecordId(same_as) if same_as is not None else None,
    )


def person(record_id: str = "p-1", source: str = "a", **known: Any) -> Beneficiary:
    """A person's particulars."""
    return Beneficiary(
        filed=filed(record_id, source=source), beneficiary_id=BeneficiaryId("person"), **known
    )


def case(*, beneficiary: tuple[Beneficiary, ...] | None = None, **records: Any) -> CaseFile:
    """A case file of one person without known particulars, with the records given."""
    particulars = beneficiary if beneficiary is not None else (person(),)
    return CaseFile(case_id=CaseId("case"), beneficiary=particulars, **records)


def release(on: date, **stated: Any) -> MoveRequest:
    """A request for conditional release from prison to probation, filed on the day."""
    request = MoveRequest(
        move_id="conditional_release",
        on=on,
        to_holder="probation-2",
        source="prison-1",
        recorded_on=on,
        record_prefix="m",
    )
    return evolve(request, **stated)


def flag(name: str = "flag") -> Fact:
    """A fact that is true or false."""
    return Fact(name=name, shape=Shape.FLAG, about="A flag.")


YES: Cell = Known(True, evidence=("r-1",))
NO: Cell = Known(False, evidence=("r-1",))
UNSAID: Cell = Unknown(UnknownKind.MISSING)

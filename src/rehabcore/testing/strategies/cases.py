"""Case files of invented people, such as offices have."""

from datetime import date
from typing import Any

from hypothesis import note
from hypothesis import strategies as st

from rehabcore.jurisdictions import Jurisdiction, load
from rehabcore.records import Beneficiary, CaseFile, Record
from rehabcore.strict.checked import checked_arguments
from rehabcore.testing.code import Shown
from rehabcore.testing.dice import Dice
from rehabcore.testing.people.lives import life
from rehabcore.testing.strategies.fixed import fixed_parts

ON = date(2026, 1, 31)
"""The day of a file, unless another is said: the end of a month, after which a leap year is far."""

_THROWS = st.binary(min_size=32, max_size=32)
"""Sixteen choices, of which most parts of a life need half."""
_SEVERAL = st.lists(_THROWS, max_size=24)


@checked_arguments
def cases(
    country: Jurisdiction | str = "xx", *, on: date = ON, **fixed: Any
) -> st.SearchStrategy[CaseFile]:
    """Case files that are sound, of invented people who look like those whom offices know.

    Where an example fails, the file is shown as code that can be pasted into a test.

    Args:
        country: whose words and programmes the records use, or its id.
        on: the day of the file; nothing in it happened later.
        fixed: fields of ``CaseFile``, each as a value or as a strategy of values, such as
            ``placements=()``. Whether the rest fits to them is for the caller to see to.

    Raises:
        InputError: a case file has no such field.
    """
    where = load(country) if isinstance(country, str) else country
    return _cases(where, on, fixed_parts(CaseFile, fixed))


@checked_arguments
def beneficiaries(
    country: Jurisdiction | str = "xx", *, on: date = ON
) -> st.SearchStrategy[Beneficiary]:
    """The particulars of an invented person, of whom a thing or two may be unknown."""
    return cases(country, on=on).map(lambda case: case.beneficiary[0])


@checked_arguments
def histories(
    country: Jurisdiction | str = "xx", *, on: date = ON
) -> st.SearchStrategy[tuple[CaseFile, ...]]:
    """Case files of one person as they grow: one for each day on which something was recorded.

    They are in order, and each is sound. The last is the file on the day.

    Args:
        country: whose words and programmes the records use, or its id.
        on: the day up to which the person lives.
    """
    return cases(country, on=on).map(growing)


def growing(case: CaseFile) -> tuple[CaseFile, ...]:
    """A file as it was on each day on which something in it was recorded, in order."""
    days = sorted({record.filed.recorded_on for record in case.records()})
    return tuple(_up_to(day, case) for day in days)


def _up_to(day: date, case: CaseFile) -> CaseFile:
    """All that was recorded by a day, also what was corrected since."""
    records: dict[str, tuple[Record, ...]] = {}
    for path, record in case.entries():
        name = path.partition("[")[0]
        if record.filed.recorded_on <= day:
            records[name] = (*records.get(name, ()), record)
    parts: dict[str, Any] = dict(records)
    return CaseFile(case_id=case.case_id, **parts)


@st.composite
def _cases(
    draw: st.DrawFn, country: Jurisdiction, on: date, fixed: st.SearchStrategy[dict[str, Any]]
) -> CaseFile:
    main, parts = Dice(draw(_THROWS)), map(Dice, draw(_SEVERAL))
    case = life(country, on, main, parts, draw(fixed))
    note(Shown(case))
    return case

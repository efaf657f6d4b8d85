"""Case files of invented people, such as offices have."""

from datetime import date
from typing import Any

from attrs import fields_dict
from hypothesis import note
from hypothesis import strategies as st

from rehabcore.jurisdictions import Jurisdiction, load
from rehabcore.records import Beneficiary, CaseFile
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.problems import one_of, refuse
from rehabcore.testing.code import Shown
from rehabcore.testing.dice import Dice
from rehabcore.testing.people.lives import life

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
    for name in sorted(set(fixed) - set(fields_dict(CaseFile))):
        refuse(name, "unknown_key", one_of(fields_dict(CaseFile), name), path="fixed")
    where = load(country) if isinstance(country, str) else country
    given = {
        name: value if isinstance(value, st.SearchStrategy) else st.just(value)
        for name, value in fixed.items()
    }

    return _cases(where, on, st.fixed_dictionaries(given))


@checked_arguments
def beneficiaries(
    country: Jurisdiction | str = "xx", *, on: date = ON
) -> st.SearchStrategy[Beneficiary]:
    """The particulars of an invented person, of whom a thing or two may be unknown."""
    return cases(country, on=on).map(lambda case: case.beneficiary[0])


@st.composite
def _cases(
    draw: st.DrawFn, country: Jurisdiction, on: date, fixed: st.SearchStrategy[dict[str, Any]]
) -> CaseFile:
    main, parts = Dice(draw(_THROWS)), map(Dice, draw(_SEVERAL))
    case = life(country, on, main, parts, draw(fixed))
    note(Shown(case))
    return case

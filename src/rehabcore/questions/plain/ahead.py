"""The days on which the facts of plain records may turn, but for those that a window sees."""

from datetime import date
from functools import cache
from typing import Any

import attrs

from rehabcore.records import CaseFile
from rehabcore.records.case_file import lists_in_order
from rehabcore.rules.time.days import Span

FEW_TURNS = 16
"""How many days are read one by one at most. Of more, the whole timeline is made as fast."""


def stated_days(view: CaseFile) -> tuple[date, ...]:
    """Every known day that a record states of what it tells, in order.

    What plain records tell of a day goes on until one of these.
    """
    stated: set[object] = set()
    for records in lists_in_order(view):
        for record in records:
            for name in _fields(type(record)):
                said = getattr(record, name)
                if isinstance(said, Span):
                    stated |= {said.start, said.end}
                elif isinstance(said, date):
                    stated.add(said)
    return tuple(sorted([day for day in stated if isinstance(day, date)]))


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    """The fields of a kind of record."""
    return tuple(field.name for field in attrs.fields(kind))

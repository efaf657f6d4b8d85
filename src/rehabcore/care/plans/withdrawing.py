"""The withdrawal of consent: what it takes out of a plan, and what it leaves.

It acts forward only, from its own day on, on whichever day it was recorded. Mandatory work stays,
and so does what is past. Nothing comes back by itself: a new consent is a new item, or one that
somebody opens again.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from itertools import accumulate

from attrs import evolve

from rehabcore.care.plans.versions import PlanVersion
from rehabcore.plans import PlanContent, PlanItem
from rehabcore.records import CaseFile, Consent
from rehabcore.records.changes import standing_for
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.vocabulary import Basis, ItemId, ProgramId, RecordId


@checked_arguments
def withdrawn_on(case: CaseFile, consent: RecordId, *, on: date) -> date | None:
    """The day on which a consent was withdrawn, as the file tells it; None if it was not by a day.

    Of a day that is known only in part the first counts: nobody is held to a consent that may be
    gone. A refusal for the same purpose and programme, after it was given, withdraws it as well.

    Args:
        case: the case file.
        consent: the id of the record of consent.
        on: the day up to which withdrawals count.
    """
    day = consents_ended(case.as_known(date.max).consents).get(standing_for(case, consent, on))
    return day if day is not None and day <= on else None


def consents_ended(consents: Collection[Consent]) -> Mapping[RecordId, date]:
    """The first day from which on each consent may be withdrawn, by its own record or another.

    Another counts if it is for the same purpose and programme, and may be later. A consent that
    nothing ends is not told.

    Args:
        consents: all consents and refusals of the person.
    """
    no = defaultdict[_Kind, list[tuple[date, date]]](list)
    for one in consents:
        no[_kind(one)] += [(last_of(day), first_of(day)) for day in _no_days(one)]
    later = {kind: _LaterDays(days) for kind, days in no.items()}
    found = dict[RecordId, date]()
    for one in consents:
        if one.given is not None:
            given = first_of(one.given)
            days = [first_of(day) for day in _no_days(one)]
            first = min([*days, *later[_kind(one)].after(given)], default=None)
            if first is not None:
                found[one.filed.record_id] = max(first, given)
    return found


_Kind = tuple[str, ProgramId | None]


def _kind(consent: Consent) -> _Kind:
    return consent.purpose, consent.program_id


def _no_days(consent: Consent) -> list[Day]:
    return [day for day in (consent.withdrawn, consent.refused) if day is not None]


class _LaterDays:
    """The first and last days on which a person may have said no.

    They are sorted once: a file may have thousands of consents of one kind.
    """

    def __init__(self, days: list[tuple[date, date]]) -> None:
        days.sort(reverse=True)
        self.lasts = [last for last, _ in reversed(days)]
        self.firsts = [*accumulate((first for _, first in days), min)][::-1]

    def after(self, given: date) -> list[date]:
        """The first day of all that may be later than another; nothing if there is none."""
        place = bisect_right(self.lasts, given)
        return self.firsts[place : place + 1]


@checked_arguments
def without_withdrawn(content: PlanContent, case: CaseFile, *, on: date) -> PlanContent:
    """A content without what consents no longer cover that were withdrawn by a day.

    Of each voluntary item whose consent was withdrawn, no session from the day of the withdrawal on
    is left, and it ends on that day. One that would only begin then is taken out. Goals stay, even
    if nothing serves them any more.

    Args:
        content: the content before.
        case: the case file, which tells the consents.
        on: the day up to which withdrawals count.
    """
    ends = withdrawals(content, case, on=on)
    items = (
        _until(item, ends[item.item_id]) if item.item_id in ends else item for item in content.items
    )
    return evolve(content, items=tuple(item for item in items if item is not None))


@checked_arguments
def withdrawals(content: PlanContent, case: CaseFile, *, on: date) -> Mapping[ItemId, date]:
    """The day of withdrawal of each voluntary item whose consent was withdrawn by a day.

    Args:
        content: the content.
        case: the case file, which tells the consents.
        on: the day up to which withdrawals count.
    """
    found = dict[ItemId, date]()
    for item in content.items:
        if item.basis is Basis.VOLUNTARY and item.consent is not None:
            day = withdrawn_on(case, item.consent, on=on)
            if day is not None:
                found[item.item_id] = day
    return found


def _until(item: PlanItem, day: date) -> PlanItem | None:
    """The part of an item before a day; None if there is none."""
    if item.starts >= day:
        return None
    ends = day if item.ends is None else min(item.ends, day)
    kept = tuple(session for session in item.sessions if session.day < day)
    return evolve(item, ends=ends, sessions=kept)


@checked_arguments
def running_items(version: PlanVersion, case: CaseFile, *, on: date) -> tuple[PlanItem, ...]:
    """The items of a version that run on a day: those whose consent was not withdrawn by then.

    A signed version keeps what it says; so this is what holds until the next one is active.

    Args:
        version: the version, as it stands on the day.
        case: the case file, which tells the consents.
        on: the day.
    """
    gone = withdrawals(version.content, case, on=on)
    return tuple(
        item
        for item in version.running
        if item.item_id not in gone and item.starts <= on and (item.ends is None or on < item.ends)
    )

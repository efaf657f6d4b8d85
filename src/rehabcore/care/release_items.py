"""The items of a release that are settled: by an entry of the checklist, or by a paper."""

from collections.abc import Iterable, Mapping

from rehabcore.care.continuity.entitlements import EntitlementSeen
from rehabcore.care.release_days import ReleaseDay
from rehabcore.records import ChecklistEntry
from rehabcore.rules.time.days import Ending
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.strict.vocabulary import ChecklistOutcome, RecordId


def items_done(
    entries: Mapping[str, ChecklistEntry],
    papers: Iterable[EntitlementSeen],
    release: ReleaseDay | None,
) -> tuple[dict[str, tuple[Day, RecordId]], frozenset[str]]:
    """The items that were done, with day and record; and those that do not have to be done.

    An item is done by an entry of the checklist that settles it, or by the paper of its name; of
    several papers by the first. A paper that is lost or no longer counts by the day of release is
    to be had again.

    Args:
        entries: the last entry of each item.
        papers: the papers as they stand on the day asked about, and on that of the release.
        release: the day of release; None if it is not known.
    """
    done: dict[str, tuple[Day, RecordId]] = {}
    gone: dict[str, Day] = {}
    for one in papers:
        ended, issued = _no_longer(one, release), one.issued_on
        if ended is not None:
            gone[one.kind] = ended
        elif issued is not None and (one.kind not in done or _earlier(issued, done[one.kind][0])):
            done[one.kind] = issued, one.record_id
    lost = {kind: day for kind, day in gone.items() if kind not in done}
    for item, entry in entries.items():
        had = entry.outcome is ChecklistOutcome.DONE and item in lost
        if entry.outcome in _SETTLED and not (had and first_of(entry.on) <= last_of(lost[item])):
            done[item] = entry.on, entry.filed.record_id
    waived = [i for i, entry in entries.items() if entry.outcome is ChecklistOutcome.WAIVED]
    return done, frozenset(waived) - done.keys()


def _earlier(day: Day, other: Day) -> bool:
    """Whether a day is certain before another is."""
    return (last_of(day), first_of(day)) < (last_of(other), first_of(other))


def _no_longer(paper: EntitlementSeen, release: ReleaseDay | None) -> Day | None:
    """The day from which a paper that was issued no longer counts; None if it does on release."""
    if paper.issued_on is not None and paper.state not in ("issued", "replaced"):
        return paper.since
    expires = paper.expires
    if release is None or isinstance(expires, Ending):
        return None
    return expires if first_of(expires) <= last_of(release.day) else None


_SETTLED = frozenset(
    {
        ChecklistOutcome.DONE,
        ChecklistOutcome.DECLINED,
        ChecklistOutcome.CONTRAINDICATED,
        ChecklistOutcome.NOT_NEEDED,
    }
)

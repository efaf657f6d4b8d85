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

    An item is done by an entry of the checklist that settles it, or by the paper of its name. A
    paper that is lost or no longer counts by the day of release is to be had again.

    Args:
        entries: the last entry of each item.
        papers: the papers as they stand on the day asked about, and on that of the release.
        release: the day of release; None if it is not known.
    """
    done: dict[str, tuple[Day, RecordId]] = {}
    gone: dict[str, Day] = {}
    for one in papers:
        ended = _no_longer(one, release)
        if ended is not None:
            gone[one.kind] = ended
        elif one.issued_on is not None:
            done[one.kind] = one.issued_on, one.record_id
    lost = {kind: day for kind, day in gone.items() if kind not in done}
    for item, entry in entries.items():
        had = entry.outcome is ChecklistOutcome.DONE and item in lost
        if entry.outcome in _SETTLED and not (had and first_of(entry.on) <= last_of(lost[item])):
            done[item] = entry.on, entry.filed.record_id
    waived = [i for i, entry in entries.items() if entry.outcome is ChecklistOutcome.WAIVED]
    return done, frozenset(waived) - done.keys()


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

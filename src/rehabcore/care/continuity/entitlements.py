"""Papers and benefits that were requested for a person: where each stands on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from attrs import evolve, field

from rehabcore.care.machines import machine
from rehabcore.records import CaseFile, Entitlement, EntitlementAct
from rehabcore.records.fields import word
from rehabcore.records.moments import moment, moment_of
from rehabcore.rules.machines.tables import Machine
from rehabcore.rules.time.days import OPEN, Ending
from rehabcore.rules.time.partial import Day, PartialEnd, first_of, last_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import EntitlementEvent, RecordId

EXPIRED = "expired"
"""The state that is never filed: it follows from the day on which something no longer counts."""


@frozen(kw_only=True)
@checked
class EntitlementSeen:
    """One paper or benefit as it stands on a day.

    ``state`` is a state of the machine ``entitlement``. ``since`` is the day of what led there,
    ``issued_on`` that on which it was last issued or replaced, and ``expires`` the first day on
    which it no longer counts. It ``may_have_expired`` if that day is not known for certain.
    ``misplaced`` are acts that do not fit where it stood.
    """

    record_id: RecordId = field(metadata=SECRET)
    kind: str = field(metadata=SECRET | word("entitlement_kinds"))
    state: str
    since: Day
    issued_on: Day | None = None
    expires: PartialEnd = OPEN
    may_have_expired: bool = False
    misplaced: tuple[RecordId, ...] = field(default=(), metadata=SECRET)


def entitlements_seen(view: CaseFile, on: date) -> tuple[EntitlementSeen, ...]:
    """Every paper and benefit that was requested by a day, as it stands then, in that order.

    Args:
        view: the records that hold on the day.
        on: the day.
    """
    acts: dict[RecordId, list[EntitlementAct]] = defaultdict(list)
    for act in view.entitlement_acts:
        if last_of(act.on) <= on:
            acts[act.entitlement].append(act)
    table = machine("entitlement")
    return tuple(
        _seen(one, sorted(acts[one.filed.record_id], key=moment_of), table, on)
        for one in sorted(view.entitlements, key=lambda one: moment(one.filed, one.requested_on))
        if last_of(one.requested_on) <= on
    )


def _seen(
    one: Entitlement, acts: Iterable[EntitlementAct], table: Machine, on: date
) -> EntitlementSeen:
    seen = EntitlementSeen(
        record_id=one.filed.record_id,
        kind=one.kind,
        state="requested",
        since=one.requested_on,
    )
    misplaced = []
    for act in acts:
        seen = _expired(seen, first_of(act.on))
        if any(arrow.event == act.event.value for arrow in table.leaving(seen.state)):
            seen = _after(act, seen)
        else:
            misplaced.append(act.filed.record_id)
    return evolve(_expired(seen, on), misplaced=tuple(misplaced))


def _after(act: EntitlementAct, seen: EntitlementSeen) -> EntitlementSeen:
    """The paper after an act that the table allows."""
    given = act.event in (EntitlementEvent.ISSUED, EntitlementEvent.REPLACED)
    return evolve(
        seen,
        state=act.event.value,
        since=act.on,
        issued_on=act.on if given else seen.issued_on,
        expires=act.expires if given else OPEN,
        may_have_expired=False,
    )


def _expired(seen: EntitlementSeen, on: date) -> EntitlementSeen:
    """The paper on a day, on which it may have expired."""
    if isinstance(seen.expires, Ending):
        return evolve(seen, may_have_expired=seen.expires is not OPEN)
    if last_of(seen.expires) <= on:
        return evolve(seen, state=EXPIRED, since=seen.expires, expires=OPEN, may_have_expired=False)
    return evolve(seen, may_have_expired=first_of(seen.expires) <= on)

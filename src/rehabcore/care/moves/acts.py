"""The passage of each transition: what was done in it, in the order in which it happened."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from rehabcore.records import CaseFile, ChecklistEntry, Record, Transition, TransitionAct
from rehabcore.records.chains import Chains
from rehabcore.records.moments import moment, moment_of
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId, TransitionEvent

BEFORE_EVENTS = -1
"""The rank of what the acts of its day ended, such as a stay begun nobody knows when."""

AFTER_EVENTS = len(TransitionEvent)
"""The rank of what follows from the acts of its day, such as a placement from a move."""


@frozen(kw_only=True)
@checked
class Passage:
    """A transition with its acts and the outcomes on its checklist, in order.

    ``changed`` has the ids of records that others change, each with that of the one that holds.
    """

    transition: Transition
    acts: tuple[TransitionAct, ...] = ()
    entries: tuple[ChecklistEntry, ...] = ()
    changed: Mapping[RecordId, RecordId]

    def record_of(self, act: TransitionAct) -> RecordId:
        """The id of the record that holds for an act."""
        return self.changed.get(act.filed.record_id, act.filed.record_id)


def passages(history: CaseFile, view: CaseFile) -> tuple[Passage, ...]:
    """The passage of every transition of a view, by the day on which it was identified.

    Args:
        history: the records that stand, with those that others changed over time.
        view: those of them that hold on a day.
    """
    acts: dict[RecordId, list[TransitionAct]] = defaultdict(list)
    told = [*_announcing(history, view)]
    ids = ((act.filed.record_id, held) for act, held in told)
    changed = {own: held for own, held in ids if own != held}
    for act in sorted((act for act, _ in told), key=moment_of):
        acts[act.transition].append(act)
    entries: dict[RecordId, list[ChecklistEntry]] = defaultdict(list)
    for entry in sorted(view.checklist_entries, key=lambda one: moment(one.filed, one.on)):
        entries[entry.transition].append(entry)
    return tuple(
        Passage(
            transition=transition,
            changed=changed,
            acts=tuple(acts[transition.filed.record_id]),
            entries=tuple(entries[transition.filed.record_id]),
        )
        for transition in sorted(
            view.transitions, key=lambda one: moment(one.filed, one.identified_on)
        )
    )


def first_acts(history: CaseFile) -> Sequence[TransitionAct]:
    """The acts of all transitions, each once, as it was filed first: what happened stays so."""
    acts = history.transition_acts
    first = first_versions(acts)
    return [act for act in acts if first[act.filed.record_id] == act.filed.record_id]


def _announcing(history: CaseFile, view: CaseFile) -> Iterator[tuple[TransitionAct, RecordId]]:
    """The acts of a view, each as it was filed first, and the id of the record that holds for it.

    What an act announces, such as an appointment, is as that record says. The act itself happened
    on its day, in its place among the others of that day.
    """
    first = first_versions(history.transition_acts)
    by_id = {act.filed.record_id: act for act in history.transition_acts}
    for held in view.transition_acts:
        own = held.filed.record_id
        act = by_id[first[own]]
        if (held.event, held.on, held.office) == (act.event, act.on, act.office):
            yield (held if first[own] == own else evolve(held, filed=act.filed)), own
        else:
            yield evolve(act, transition=held.transition), act.filed.record_id


def first_versions(records: Iterable[Record]) -> Mapping[RecordId, RecordId]:
    """For each record the one that it is, or that it changes over time: they are one thing."""
    named = {record.filed.record_id: record.filed.changes for record in records}
    chains = Chains({own: to for own, to in named.items() if to is not None and to in named})
    return {own: chains.end_of(own) for own in named}

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
    """A transition with its acts and the outcomes on its checklist, in order."""

    transition: Transition
    acts: tuple[TransitionAct, ...] = ()
    entries: tuple[ChecklistEntry, ...] = ()


def passages(history: CaseFile, view: CaseFile) -> tuple[Passage, ...]:
    """The passage of every transition of a view, by the day on which it was identified.

    Args:
        history: the records that stand, with those that others changed over time.
        view: those of them that hold on a day.
    """
    acts: dict[RecordId, list[TransitionAct]] = defaultdict(list)
    for act in sorted(_announcing(history, view), key=moment_of):
        acts[act.transition].append(act)
    entries: dict[RecordId, list[ChecklistEntry]] = defaultdict(list)
    for entry in sorted(view.checklist_entries, key=lambda one: moment(one.filed, one.on)):
        entries[entry.transition].append(entry)
    return tuple(
        Passage(
            transition=transition,
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


def _announcing(history: CaseFile, view: CaseFile) -> Iterator[TransitionAct]:
    """The acts of a view, each as it was filed first, with what it announces on the day.

    That may change, such as an appointment. The act itself has happened, on its day and in its
    place among the others of it.
    """
    first = first_versions(history.transition_acts)
    by_id = {act.filed.record_id: act for act in history.transition_acts}
    for held in view.transition_acts:
        act = by_id[first[held.filed.record_id]]
        if act.filed.record_id == held.filed.record_id:
            yield held
        elif (held.event, held.on, held.office) != (act.event, act.on, act.office):
            yield evolve(act, transition=held.transition)
        else:
            was = act.filed
            placed = evolve(
                held.filed,
                source=was.source,
                recorded_on=was.recorded_on,
                sequence=was.sequence,
            )
            yield evolve(held, filed=placed)


def first_versions(records: Iterable[Record]) -> Mapping[RecordId, RecordId]:
    """For each record the one that it is, or that it changes over time: they are one thing."""
    named = {record.filed.record_id: record.filed.changes for record in records}
    chains = Chains({own: to for own, to in named.items() if to is not None and to in named})
    return {own: chains.end_of(own) for own in named}

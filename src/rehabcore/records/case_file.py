"""The case file: every dated record of one person, and which of them were known on a day.

Nothing on file is ever changed. A record that replaces another names it in ``filed.corrects``. A
``Retraction`` takes a record back without replacing it.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import chain, count
from operator import attrgetter
from typing import Any, Protocol, get_args, runtime_checkable

import attrs
from attrs import evolve, field

from rehabcore.records.assessments import LevelOverride, NeedsAssessment, Resolution, RiskAssessment
from rehabcore.records.availability import Availability, Unavailability
from rehabcore.records.care import Completion, Consent, Enrolment, Referral
from rehabcore.records.chains import Chains
from rehabcore.records.contests import NeedsContest, RiskContest
from rehabcore.records.continuity import (
    Appointment,
    ContinuityItem,
    Entitlement,
    EntitlementAct,
    Supply,
)
from rehabcore.records.fields import REFERS_TO, fields_of, fields_with
from rehabcore.records.filing import Filed
from rehabcore.records.generic import Event, Measurement, Observation, Retraction, State
from rehabcore.records.justice import Milestone, Offence, Registration, Requirement, Ruling
from rehabcore.records.person import Beneficiary, Death, LegalStanding, Placement, Sentence
from rehabcore.records.refusals import OfferDeferral, OfferRefusal
from rehabcore.records.resettlement import (
    PathwayAct,
    PathwayAssessment,
    PathwayReset,
    SupportNeed,
    SupportNeedAct,
)
from rehabcore.records.residency import Diversion, DiversionAct, Residency, ResidencyAct
from rehabcore.records.responsivity import ResponsivityFactor
from rehabcore.records.separations import Separation
from rehabcore.records.sessions import Attendance, Session
from rehabcore.records.supports import OwnGoal, Strength, Supporter
from rehabcore.records.through_care import ChecklistEntry, Transition, TransitionAct
from rehabcore.strict.checked import SECRET, checked, checked_arguments, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import InputError, Problem, refuse
from rehabcore.strict.vocabulary import CaseId, RecordId


@runtime_checkable
class Record(Protocol):
    """Any record of a case file. Its kind may vary, but it always has a filing."""

    @property
    def filed(self) -> Filed:
        """Its filing."""


MOST_RECORDS = 20_000
"""The most records accepted in one case file: seven a day for eight years, more than offices file
about anybody. Hostile input is refused by their number before one of them is read."""


@frozen(kw_only=True)
@checked
class CaseFile:
    """All records of one person.

    ``beneficiary`` holds the person's particulars as each source states them.

    Raises:
        InputError: an id is used twice, or there are more than ``MOST_RECORDS``. Whether records
            fit together is checked by ``consistency.check``, for the records known on a day.
    """

    case_id: CaseId = field(repr=False, metadata=SECRET)
    beneficiary: tuple[Beneficiary, ...]
    deaths: tuple[Death, ...] = ()
    legal_standings: tuple[LegalStanding, ...] = ()
    placements: tuple[Placement, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    needs_assessments: tuple[NeedsAssessment, ...] = ()
    risk_assessments: tuple[RiskAssessment, ...] = ()
    level_overrides: tuple[LevelOverride, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    consents: tuple[Consent, ...] = ()
    referrals: tuple[Referral, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    completions: tuple[Completion, ...] = ()
    events: tuple[Event, ...] = ()
    observations: tuple[Observation, ...] = ()
    states: tuple[State, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    offences: tuple[Offence, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    registrations: tuple[Registration, ...] = ()
    responsivity_factors: tuple[ResponsivityFactor, ...] = ()
    sessions: tuple[Session, ...] = ()
    attendances: tuple[Attendance, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    transitions: tuple[Transition, ...] = ()
    transition_acts: tuple[TransitionAct, ...] = ()
    checklist_entries: tuple[ChecklistEntry, ...] = ()
    continuity_items: tuple[ContinuityItem, ...] = ()
    supplies: tuple[Supply, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    entitlements: tuple[Entitlement, ...] = ()
    entitlement_acts: tuple[EntitlementAct, ...] = ()
    residencies: tuple[Residency, ...] = ()
    residency_acts: tuple[ResidencyAct, ...] = ()
    diversions: tuple[Diversion, ...] = ()
    diversion_acts: tuple[DiversionAct, ...] = ()
    pathway_acts: tuple[PathwayAct, ...] = ()
    pathway_assessments: tuple[PathwayAssessment, ...] = ()
    pathway_resets: tuple[PathwayReset, ...] = ()
    support_needs: tuple[SupportNeed, ...] = ()
    support_need_acts: tuple[SupportNeedAct, ...] = ()
    availabilities: tuple[Availability, ...] = ()
    unavailabilities: tuple[Unavailability, ...] = ()
    separations: tuple[Separation, ...] = ()
    strengths: tuple[Strength, ...] = ()
    own_goals: tuple[OwnGoal, ...] = ()
    offer_refusals: tuple[OfferRefusal, ...] = ()
    offer_deferrals: tuple[OfferDeferral, ...] = ()
    supporters: tuple[Supporter, ...] = ()
    needs_contests: tuple[NeedsContest, ...] = ()
    risk_contests: tuple[RiskContest, ...] = ()
    retractions: tuple[Retraction, ...] = ()

    def __repr__(self) -> str:
        return f"<CaseFile of {sum(1 for _ in self.records())} records>"

    def entries(self) -> Iterator[tuple[str, Record]]:
        """Every record with its path in the file, in the order of the file."""
        for name in RECORD_LISTS:
            for index, record in enumerate(getattr(self, name)):
                yield f"{name}[{index}]", record

    def records(self) -> Iterator[Record]:
        """Every record, in the order of the file."""
        return chain.from_iterable(lists_in_order(self))

    def as_known(self, on: date) -> "CaseFile":
        """The records that were recorded by ``on``, and neither corrected nor retracted by then.

        A correction that was corrected still replaces the first record. A correction or retraction
        that was retracted has no effect. References are renewed: they follow corrections to the
        record that stands now. A list that would then name a record twice stays as it was filed,
        which ``consistency.check`` reports.

        Raises:
            InputError: ``on`` is not a date, or has a time of day.
        """
        require_day(on, "on")
        amending = [
            record
            for record in self.records()
            if record.filed.recorded_on > on or record.filed.corrects is not None
        ]
        if not (self.retractions or amending):
            return self
        filed = [record for record in self.records() if record.filed.recorded_on <= on]
        void = taken_back(filed)
        renewed = corrected_by(filed, void)
        standing = {record.filed.record_id for record in filed} - void - renewed.keys()
        changed: dict[str, Any] = {}
        for name in RECORD_LISTS:
            listed = getattr(self, name)
            known = tuple(record for record in listed if record.filed.record_id in standing)
            if renewed:
                known = tuple(pointing_on(record, renewed) for record in known)
            if known != listed:
                changed[name] = known
        return evolve(self, **changed) if changed else self

    @checked_arguments
    def next_id(self, name: str, *, besides: Container[str] = ()) -> RecordId:
        """The next free id for a record of a list, such as ``consents-3``.

        Ask the whole file, not the view of a day, which lacks later records and their ids.

        Args:
            name: a list of the file, such as ``consents``.
            besides: more ids that are taken.

        Raises:
            InputError: there is no such list.
        """
        if name not in RECORD_LISTS:
            refuse(name, "unknown_value", f"one of {', '.join(RECORD_LISTS)}", path="name")
        return next(free for free in free_ids(self, name) if free not in besides)

    def with_record(self, record: Record) -> "CaseFile":
        """The case file with one more record, at the end of its list.

        Raises:
            InputError: it is not a record, or the file already has its id.
        """
        name = LIST_OF.get(type(record))
        if name is None:
            refuse(record, "wrong_type", "a record, such as a Consent", path="record", secret=True)
        added: dict[str, Any] = {name: (*getattr(self, name), record)}
        return evolve(self, **added)

    def _problems(self) -> Iterable[Problem]:
        ids = [record.filed.record_id for record in self.records()]
        yield from _too_many(len(ids))
        if len(set(ids)) < len(ids):
            yield from self._repeated_ids()

    def _repeated_ids(self) -> Iterable[Problem]:
        seen: set[RecordId] = set()
        for path, record in self.entries():
            record_id = record.filed.record_id
            if record_id in seen:
                yield Problem.of(
                    record_id,
                    "duplicate_id",
                    "an id that no other record of the file has",
                    path=f"{path}.filed.record_id",
                    secret=True,
                )
            seen.add(record_id)


def refuse_too_many(lists: Mapping[str, object], path: str = "") -> None:
    """Refuse the plain data of a case file with too many records, before any of them is read.

    Raises:
        InputError: there are more than ``MOST_RECORDS``.
    """
    listed = [records for name, records in lists.items() if name in _LIST_NAMES]
    number = sum([len(records) for records in listed if isinstance(records, list)])
    if problems := [problem.below(path) for problem in _too_many(number)]:
        raise InputError(problems)


def _too_many(number: int) -> Iterable[Problem]:
    if number > MOST_RECORDS:
        found, expected = f"{number} records", f"at most {MOST_RECORDS} records of one person"
        yield Problem(code="too_large", path="", found=found, expected=expected)


def free_ids(case: CaseFile, name: str) -> Iterator[RecordId]:
    """Every free id for a record of a list, in order, without end."""
    taken = {record.filed.record_id for record in case.records()}
    ids = (RecordId(f"{name}-{number}") for number in count(len(getattr(case, name)) + 1))
    return (free for free in ids if free not in taken)


def taken_back(filed: Iterable[Record]) -> set[RecordId]:
    """The ids of records that a retraction takes back, if that was not itself taken back."""
    # A retraction acts only if nothing takes it back, which may itself be taken back, and so on. So
    # retractions that nobody takes back are decided first, then those that these leave decided.
    # Retractions in a circle are never decided, and take nothing back.
    retractions = {r.filed.record_id: r for r in filed if isinstance(r, Retraction)}
    undecided = Counter(r.retracts for r in retractions.values() if r.retracts in retractions)
    decided = [record_id for record_id in retractions if not undecided[record_id]]
    void: set[RecordId] = set()
    while decided:
        retraction = retractions[decided.pop()]
        if retraction.filed.record_id not in void:
            void.add(retraction.retracts)
        undecided[retraction.retracts] -= 1
        if not undecided[retraction.retracts]:
            decided.append(retraction.retracts)
    return void


def corrected_by(filed: Iterable[Record], void: Container[RecordId]) -> dict[RecordId, RecordId]:
    """The id of each corrected record, with that of the one which stands for it now.

    Void corrections do not count. If several offices corrected one record, the last one does.
    """
    corrections = [
        record.filed
        for record in filed
        if record.filed.corrects and record.filed.record_id not in void
        if not isinstance(record, Retraction)
    ]
    corrections.sort(key=lambda filing: (filing.recorded_on, filing.record_id))
    return Chains({one.corrects: one.record_id for one in corrections if one.corrects}).ends


def pointing_on(record: Any, renewed: Mapping[RecordId, RecordId]) -> Any:
    """A record whose references follow corrections to the records that stand now."""
    changed: dict[str, Any] = {}
    for name in (one.name for one in fields_with(record, REFERS_TO)):
        filed = [target for _, target in references(record, name)]
        newest = [renewed.get(target, target) for target in filed]
        # A list that names a record and its correction would come to name one record twice, and
        # could not be made. It is left as filed, so that the check can say what is wrong.
        if newest != filed and len(set(newest)) == len(newest):
            several = isinstance(getattr(record, name), tuple)
            changed[name] = tuple(newest) if several else newest[0]
    filing = record.filed
    for name in ("changes", "same_as"):
        named = getattr(filing, name)
        newest_named = named and renewed.get(named, named)
        if newest_named not in (named, filing.record_id):
            filing = changed["filed"] = evolve(filing, **{name: newest_named})
    return evolve(record, **changed) if changed else record


def references(record: Record, name: str) -> Iterator[tuple[str, RecordId]]:
    """The ids of other records in a field (one, several or none), each with its place."""
    held = getattr(record, name)
    if isinstance(held, tuple):
        yield from ((f"{name}[{index}]", target) for index, target in enumerate(held))
    elif held is not None:
        yield name, held


RECORD_LISTS = tuple(a.name for a in attrs.fields(CaseFile) if a.name != "case_id")
"""The names of the lists of a case file, in its order."""
_LIST_NAMES = frozenset(RECORD_LISTS)
lists_in_order: Callable[[CaseFile], tuple[tuple[Record, ...], ...]] = attrgetter(*RECORD_LISTS)
"""The lists themselves, in the same order."""
LIST_OF: dict[type, str] = {
    get_args(field.type)[0]: field.name
    for field in attrs.fields(attrs.resolve_types(CaseFile))
    if field.name in RECORD_LISTS
}
"""The list of a case file in which records of each type stand."""


@cache  # rather than a table, for which every kind of record would be looked at on importing
def lists_linked_to(name: str) -> frozenset[str]:
    """The lists whose records refer to those of a list, or to which they refer."""
    return frozenset(
        _named_by(name) | {other for other in RECORD_LISTS if name in _named_by(other)}
    )


@cache
def _named_by(name: str) -> set[str]:
    """The lists to whose records those of a list refer."""
    (kind,) = (kind for kind, own in LIST_OF.items() if own == name)
    return {field.metadata[REFERS_TO] for field in fields_of(kind, REFERS_TO)}

"""The words that every country shares: ids and the closed lists of the field.

Words that differ from country to country (need domains, levels, populations, kinds of events) are
in the ``Glossary`` of a country instead.
"""

from enum import StrEnum
from typing import NewType

RecordId = NewType("RecordId", str)
"""Identifies a record within a case file."""
CaseId = NewType("CaseId", str)
"""Identifies a case file; opaque to the library."""
BeneficiaryId = NewType("BeneficiaryId", str)
"""Identifies a person for the caller; opaque to the library."""
ProgramId = NewType("ProgramId", str)
"""Identifies a programme or service of a country."""
StaffId = NewType("StaffId", str)
"""Identifies a member of staff, or a group that decides together; opaque to the library."""
GoalId = NewType("GoalId", str)
"""Identifies a goal within a plan."""
StepId = NewType("StepId", str)
"""Identifies a step within a plan."""
ItemId = NewType("ItemId", str)
"""Identifies a programme or service within a plan."""


class Sex(StrEnum):
    """Sex as registered by the source of the record."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class LegalStatus(StrEnum):
    """Where a person stands towards the criminal law; one at a time."""

    PRETRIAL = "pretrial"
    SENTENCED_CUSTODY = "sentenced_custody"
    CONDITIONAL_RELEASE = "conditional_release"
    PROBATION = "probation"
    SUSPENDED = "suspended"
    DIVERTED = "diverted"
    FORMER_PRISONER = "former_prisoner"
    EXCLUDED_PERSON = "excluded_person"


class Setting(StrEnum):
    """Where a person lives while receiving care; one at a time."""

    CUSTODY = "custody"
    COMMUNITY = "community"
    HOSPITAL = "hospital"
    RESIDENTIAL = "residential"


class Outcome(StrEnum):
    """How participation in a programme ended.

    The person withdraws, the provider removes. From ``TRANSFERRED`` on, an end is nobody's fault:
    a rule that counts removals, or withdrawals, never counts it.
    """

    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    """The person chose to stop."""
    REMOVED = "removed"
    """The provider ended it because of what the person did or failed to do."""
    TRANSFERRED = "transferred"
    """The person goes on elsewhere."""
    PROVIDER_STOPPED = "provider_stopped"
    """The provider no longer runs it, or ran out of places, staff or money."""
    RELEASED = "released"
    """The person left the setting in which it is held."""
    DIED = "died"


class AttendanceOutcome(StrEnum):
    """How a person attended one session."""

    ATTENDED = "attended"
    LATE = "late"
    """The person came late, and stayed."""
    ABSENT_ACCEPTABLE = "absent_acceptable"
    """Absent with a reason that the office accepts."""
    ABSENT_UNACCEPTABLE = "absent_unacceptable"
    CANCELLED_BY_PROVIDER = "cancelled_by_provider"
    """The session was not held."""
    DID_NOT_ENGAGE = "did_not_engage"
    """The person was there, and took no part."""


class RequirementKind(StrEnum):
    """The legal basis on which somebody has to do something."""

    COURT_ORDER = "court_order"
    LICENCE_CONDITION = "licence_condition"
    DIVERSION_CONDITION = "diversion_condition"
    """A condition of measures instead of prison."""


class TransitionEvent(StrEnum):
    """Something that was done or happened in a transition; silence is not among them.

    That an office did not answer is found when it is asked about, and never filed.
    """

    ASSESSED = "assessed"
    PLANNED = "planned"
    REFERRED = "referred"
    """An office was asked to take over."""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ESCALATED = "escalated"
    """Somebody above was told that no office takes over, or named one that does."""
    WAIVED = "waived"
    """Somebody decided that the person goes without an acceptance."""
    READY = "ready"
    MOVED = "moved"
    FIRST_CONTACT = "first_contact"
    CONTACT_MISSED = "contact_missed"
    ENGAGED = "engaged"
    LOST = "lost"
    CLOSED = "closed"


class ChecklistOutcome(StrEnum):
    """The outcome of one item of a checklist."""

    DONE = "done"
    OFFERED = "offered"
    """Offered, and not yet answered."""
    DECLINED = "declined"
    """The person does not want it."""
    CONTRAINDICATED = "contraindicated"
    """A health professional advises against it."""
    NOT_NEEDED = "not_needed"
    WAIVED = "waived"
    """Somebody decided that it is not waited for."""


class EntitlementEvent(StrEnum):
    """Something that happened to an entitlement after it was requested."""

    ISSUED = "issued"
    REFUSED = "refused"
    LOST = "lost"
    REVOKED = "revoked"
    REPLACED = "replaced"


class PathwayStatus(StrEnum):
    """How far the work on one pathway of resettlement has come."""

    NOT_STARTED = "not_started"
    """So it begins, and begins anew after a reset. Never filed."""
    IN_PROGRESS = "in_progress"
    SUPPORT_REQUIRED = "support_required"
    SUPPORT_NOT_REQUIRED = "support_not_required"
    SUPPORT_DECLINED = "support_declined"
    DONE = "done"


class SupportNeedStatus(StrEnum):
    """How far the work on one need for support has come."""

    NOT_STARTED = "not_started"
    """So it begins, and begins anew after a reset. Never filed."""
    IN_PROGRESS = "in_progress"
    MET = "met"
    DECLINED = "declined"


class PathwayAssessmentKind(StrEnum):
    """One of the two assessments of all pathways."""

    IMMEDIATE_NEEDS = "immediate_needs"
    """On entry into custody."""
    PRE_RELEASE = "pre_release"


class SkipReason(StrEnum):
    """Why the assessment of immediate needs is left out."""

    COMPLETED_IN_ANOTHER_ASSESSMENT = "completed_in_another_assessment"
    COMPLETED_IN_ANOTHER_PRISON = "completed_in_another_prison"
    EARLY_RELEASE = "early_release"
    TRANSFER = "transfer"
    OTHER = "other"


class ResetReason(StrEnum):
    """Why all pathways begin anew."""

    RECALL_TO_PRISON = "recall_to_prison"
    RETURN_ON_NEW_SENTENCE = "return_on_new_sentence"
    OTHER = "other"


class ResidencyEvent(StrEnum):
    """Something that happened in a stay in a therapeutic community."""

    SCREENED = "screened"
    INELIGIBLE = "ineligible"
    WAITLISTED = "waitlisted"
    WITHDRAWN = "withdrawn"
    """The person no longer wants a place."""
    ADMITTED = "admitted"
    ADVANCED = "advanced"
    """The person went on to the next phase."""
    REGRESSED = "regressed"
    """The person went back by one phase."""
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    GRADUATED = "graduated"
    LEFT_VOLUNTARILY = "left_voluntarily"
    DISCHARGED_RULES = "discharged_rules"
    MEDICAL_EXIT = "medical_exit"
    TRANSFERRED_OUT = "transferred_out"
    RELEASED_BEFORE_COMPLETION = "released_before_completion"
    AFTERCARE = "aftercare"
    CLOSED = "closed"


class DiversionEvent(StrEnum):
    """Something that happened in a diversion after it was decided."""

    STARTED = "started"
    REPORTED = "reported"
    """The office reported to the court or prosecutor."""
    BREACHED = "breached"
    COMPLETED = "completed"
    RETURNED = "returned"
    """The case went back to the court or prosecutor."""


class UnitStage(StrEnum):
    """How far a therapeutic community is established."""

    IDEA = "idea"
    PLANNED = "planned"
    PREPARING = "preparing"
    PILOT = "pilot"
    RUNNING = "running"
    CLOSED = "closed"


class PreparationItem(StrEnum):
    """Something that is done before a therapeutic community opens, in any order."""

    AGREEMENT_SIGNED = "agreement_signed"
    STAFF_TRAINED = "staff_trained"
    WARD_REFURBISHED = "ward_refurbished"
    METHOD_ASSESSED = "method_assessed"
    COMMUNICATION_STRATEGY = "communication_strategy"
    SELECTION_RULES = "selection_rules"


class UnitEvent(StrEnum):
    """Something that happened to a stay, as the book of its community has it.

    Why somebody left is no business of the community's book.
    """

    WAITLISTED = "waitlisted"
    WITHDRAWN = "withdrawn"
    """Taken off the waiting list without a place."""
    ADMITTED = "admitted"
    ADVANCED = "advanced"
    REGRESSED = "regressed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    APPOINTED = "appointed"
    """Given a role among peers."""
    STOOD_DOWN = "stood_down"
    """Given up a role among peers, or lost it."""
    LEFT = "left"


class StepStatus(StrEnum):
    """The progress of a step of a plan."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANNOT_BE_DONE_YET = "cannot_be_done_yet"
    NO_LONGER_NEEDED = "no_longer_needed"

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to do."""
        return self in (StepStatus.COMPLETED, StepStatus.NO_LONGER_NEEDED)


class Stability(StrEnum):
    """How fast a need can change."""

    STABLE = "stable"
    """Over months."""
    ACUTE = "acute"
    """Within days or hours; it is dealt with first."""


class Clock(StrEnum):
    """The day that selects the version of a law."""

    DECISION = "decision"
    """The day that is asked about."""
    OFFENCE = "offence"
    SENTENCE = "sentence"
    """The first day of the running sentence."""
    RELEASE = "release"
    """The earliest day on which release is possible."""
    REFERRAL = "referral"
    """The day of the latest referral to the programme."""


class DecisionOutcome(StrEnum):
    """The outcome of a person's decision about an entry."""

    GRANTED = "granted"
    REFUSED = "refused"
    DEFERRED = "deferred"
    """Not yet decided; looked at again on the day of review."""


class Weekday(StrEnum):
    """A day of the week, from Monday on, in the order of ``date.weekday``."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class ContestOutcome(StrEnum):
    """The outcome of a person's contest of an assessment."""

    UPHELD = "upheld"
    """The assessment no longer counts."""
    DISMISSED = "dismissed"
    """The assessment counts on."""


class Kind(StrEnum):
    """A programme changes something in a person; a service gives a person something."""

    PROGRAM = "program"
    SERVICE = "service"


class Modality(StrEnum):
    """Whether sessions are held with one person or with a group."""

    INDIVIDUAL = "individual"
    GROUP = "group"


class Basis(StrEnum):
    """Whether a plan may oblige the person to take part, or only offer it."""

    MANDATORY = "mandatory"
    VOLUNTARY = "voluntary"


class Deliverer(StrEnum):
    """The person or body that delivers a programme or service."""

    PSYCHOLOGIST = "psychologist"
    SOCIAL_WORKER = "social_worker"
    PROBATION_OFFICER = "probation_officer"
    PEER = "peer"
    LAWYER = "lawyer"
    HEALTH_PROFESSIONAL = "health_professional"
    TEACHER = "teacher"

"""Every dated record that a rule may ask about, and the case file that holds them."""

from rehabcore.records.assessments import (
    LevelOverride,
    NeedFinding,
    NeedsAssessment,
    Resolution,
    RiskAssessment,
)
from rehabcore.records.availability import Availability, Unavailability
from rehabcore.records.care import Completion, Consent, Enrolment, Referral
from rehabcore.records.case_file import CaseFile, Record
from rehabcore.records.contests import NeedsContest, RiskContest
from rehabcore.records.continuity import (
    Appointment,
    ContinuityItem,
    Entitlement,
    EntitlementAct,
    Supply,
)
from rehabcore.records.filing import Filed
from rehabcore.records.generic import Event, Measurement, Observation, Retraction, State
from rehabcore.records.glossary import (
    CodedKind,
    Concept,
    ContinuityKind,
    EventKind,
    Glossary,
    MeasuredKind,
    NeedSubdomain,
    PathwayKind,
)
from rehabcore.records.justice import Milestone, Offence, Registration, Requirement, Ruling
from rehabcore.records.person import Beneficiary, Death, LegalStanding, Placement, Sentence
from rehabcore.records.refusals import OfferDeferral, OfferRefusal
from rehabcore.records.resettlement import (
    PathwayAct,
    PathwayAnswer,
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

__all__ = [
    "Appointment",
    "Attendance",
    "Availability",
    "Beneficiary",
    "CaseFile",
    "ChecklistEntry",
    "CodedKind",
    "Completion",
    "Concept",
    "Consent",
    "ContinuityItem",
    "ContinuityKind",
    "Death",
    "Diversion",
    "DiversionAct",
    "Enrolment",
    "Entitlement",
    "EntitlementAct",
    "Event",
    "EventKind",
    "Filed",
    "Glossary",
    "LegalStanding",
    "LevelOverride",
    "MeasuredKind",
    "Measurement",
    "Milestone",
    "NeedFinding",
    "NeedSubdomain",
    "NeedsAssessment",
    "NeedsContest",
    "Observation",
    "Offence",
    "OfferDeferral",
    "OfferRefusal",
    "OwnGoal",
    "PathwayAct",
    "PathwayAnswer",
    "PathwayAssessment",
    "PathwayKind",
    "PathwayReset",
    "Placement",
    "Record",
    "Referral",
    "Registration",
    "Requirement",
    "Residency",
    "ResidencyAct",
    "Resolution",
    "ResponsivityFactor",
    "Retraction",
    "RiskAssessment",
    "RiskContest",
    "Ruling",
    "Sentence",
    "Separation",
    "Session",
    "State",
    "Strength",
    "Supply",
    "SupportNeed",
    "SupportNeedAct",
    "Supporter",
    "Transition",
    "TransitionAct",
    "Unavailability",
]


def __dir__() -> list[str]:
    return __all__

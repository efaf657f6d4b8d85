"""Every dated record that a rule may ask about, and the case file that holds them."""

from rehabcore.records.assessments import NeedFinding, NeedsAssessment, RiskAssessment
from rehabcore.records.care import Completion, Consent, Enrolment, Referral
from rehabcore.records.case_file import CaseFile, Record
from rehabcore.records.filing import Filed
from rehabcore.records.generic import Event, Observation, Retraction, State
from rehabcore.records.glossary import CodedKind, Concept, Glossary
from rehabcore.records.person import Beneficiary, LegalStanding, Placement, Sentence

__all__ = [
    "Beneficiary",
    "CaseFile",
    "CodedKind",
    "Completion",
    "Concept",
    "Consent",
    "Enrolment",
    "Event",
    "Filed",
    "Glossary",
    "LegalStanding",
    "NeedFinding",
    "NeedsAssessment",
    "Observation",
    "Placement",
    "Record",
    "Referral",
    "Retraction",
    "RiskAssessment",
    "Sentence",
    "State",
]

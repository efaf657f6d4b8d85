"""rehabcore: decide, explain and prove the rules of rehabilitation.

    import rehabcore as rc
    country = rc.load("xx")
    case = rc.read(text, rc.CaseFile)
    result = rc.match(case, country, on=day)

The verbs that an agency calls, and the types that they take and return, are here. All else is in
the wings: ``rc.records`` has every kind of record, ``rc.instruments`` the assessments. Importing
the package loads nothing; each name is loaded when it is first used.
"""

from rehabcore.strict.on_demand import names_from, names_on_demand

TYPE_CHECKING = False  # type checkers read it as true; the module `typing` is slow to import

_HOMES = {
    "rehabcore.care.plans.book": "PlanBook",
    "rehabcore.care.plans.requests": "ContentChanged",
    "rehabcore.care.plans.versions": "version_on",
    "rehabcore.care.community.requests": "StayRequest",
    "rehabcore.care.moves.recipients": "Recipient RecipientRole",
    "rehabcore.care.community.units": "CommunityUnit",
    "rehabcore.care.diversion_requests": "DiversionRequest",
    "rehabcore.care.moves.requests": "MoveRequest",
    "rehabcore.caseload": "CaseAnswers Caseload RefusedCase match_all",
    "rehabcore.casework": (
        "CommunityResult Comparison ContinuityResult Decision DiversionResult HandOverResult "
        "MatchResult MoveResult MovesResult NearResult NeedsResult Override PathwaysResult "
        "PlanResult PlanReview ReleasePlanResult ResidencyResult StayChange TimelineResult accept "
        "advance amend answer check_plan community compare continuity copy_given decide decline "
        "diff diversion escalate hand_over identify match near needs note_goal note_step "
        "open_plan pathways plan possible_moves record_move refer release_plan replay "
        "request_diversion request_move request_stay residency review_plan schedule sign "
        "take_over timeline turn_plan withdraw"
    ),
    "rehabcore.casework.difference_results": "DifferenceResult",
    "rehabcore.casework.differing": "explain_difference",
    "rehabcore.exchange": "append content_hash read write",
    "rehabcore.instruments": "Instrument Respondent ScoreResult quick_score score",
    "rehabcore.jurisdictions": "Jurisdiction examples load",
    "rehabcore.programs": "Offer",
    "rehabcore.records": "CaseFile",
    "rehabcore.reports": "Format explain",
    "rehabcore.reports.plan_pages": "PageReader plan_page",
    "rehabcore.rules": "Answer Missing OPEN RequestRefused Span Term UNSURE Verdict",
    "rehabcore.strict.problems": (
        "InputError JurisdictionError NotInForceError Problem RehabcoreError"
    ),
    "rehabcore.strict.version": "__version__",
    "rehabcore.strict.vocabulary": (
        "CaseId DecisionOutcome ProgramId RecordId StaffId TransitionEvent"
    ),
}
"""The names that the package offers, by the modules that define them."""

_WINGS = (
    "care",
    "caseload",
    "casework",
    "exchange",
    "instruments",
    "jurisdictions",
    "levels",
    "plans",
    "programs",
    "questions",
    "records",
    "reports",
    "risk",
    "rules",
    "strict",
)

__all__ = list(names_from(_HOMES))

if TYPE_CHECKING:
    from rehabcore import care as care
    from rehabcore import caseload as caseload
    from rehabcore import casework as casework
    from rehabcore import exchange as exchange
    from rehabcore import instruments as instruments
    from rehabcore import jurisdictions as jurisdictions
    from rehabcore import levels as levels
    from rehabcore import plans as plans
    from rehabcore import programs as programs
    from rehabcore import questions as questions
    from rehabcore import records as records
    from rehabcore import reports as reports
    from rehabcore import risk as risk
    from rehabcore import rules as rules
    from rehabcore import strict as strict
    from rehabcore.care.community.requests import StayRequest as StayRequest
    from rehabcore.care.community.units import CommunityUnit as CommunityUnit
    from rehabcore.care.diversion_requests import DiversionRequest as DiversionRequest
    from rehabcore.care.moves.recipients import Recipient as Recipient
    from rehabcore.care.moves.recipients import RecipientRole as RecipientRole
    from rehabcore.care.moves.requests import MoveRequest as MoveRequest
    from rehabcore.care.plans.book import PlanBook as PlanBook
    from rehabcore.care.plans.requests import ContentChanged as ContentChanged
    from rehabcore.care.plans.versions import version_on as version_on
    from rehabcore.caseload import CaseAnswers as CaseAnswers
    from rehabcore.caseload import Caseload as Caseload
    from rehabcore.caseload import RefusedCase as RefusedCase
    from rehabcore.caseload import match_all as match_all
    from rehabcore.casework import CommunityResult as CommunityResult
    from rehabcore.casework import Comparison as Comparison
    from rehabcore.casework import ContinuityResult as ContinuityResult
    from rehabcore.casework import Decision as Decision
    from rehabcore.casework import DiversionResult as DiversionResult
    from rehabcore.casework import HandOverResult as HandOverResult
    from rehabcore.casework import MatchResult as MatchResult
    from rehabcore.casework import MoveResult as MoveResult
    from rehabcore.casework import MovesResult as MovesResult
    from rehabcore.casework import NearResult as NearResult
    from rehabcore.casework import NeedsResult as NeedsResult
    from rehabcore.casework import Override as Override
    from rehabcore.casework import PathwaysResult as PathwaysResult
    from rehabcore.casework import PlanResult as PlanResult
    from rehabcore.casework import PlanReview as PlanReview
    from rehabcore.casework import ReleasePlanResult as ReleasePlanResult
    from rehabcore.casework import ResidencyResult as ResidencyResult
    from rehabcore.casework import StayChange as StayChange
    from rehabcore.casework import TimelineResult as TimelineResult
    from rehabcore.casework import accept as accept
    from rehabcore.casework import advance as advance
    from rehabcore.casework import amend as amend
    from rehabcore.casework import answer as answer
    from rehabcore.casework import check_plan as check_plan
    from rehabcore.casework import community as community
    from rehabcore.casework import compare as compare
    from rehabcore.casework import continuity as continuity
    from rehabcore.casework import copy_given as copy_given
    from rehabcore.casework import decide as decide
    from rehabcore.casework import decline as decline
    from rehabcore.casework import diff as diff
    from rehabcore.casework import diversion as diversion
    from rehabcore.casework import escalate as escalate
    from rehabcore.casework import hand_over as hand_over
    from rehabcore.casework import identify as identify
    from rehabcore.casework import match as match
    from rehabcore.casework import near as near
    from rehabcore.casework import needs as needs
    from rehabcore.casework import note_goal as note_goal
    from rehabcore.casework import note_step as note_step
    from rehabcore.casework import open_plan as open_plan
    from rehabcore.casework import pathways as pathways
    from rehabcore.casework import plan as plan
    from rehabcore.casework import possible_moves as possible_moves
    from rehabcore.casework import record_move as record_move
    from rehabcore.casework import refer as refer
    from rehabcore.casework import release_plan as release_plan
    from rehabcore.casework import replay as replay
    from rehabcore.casework import request_diversion as request_diversion
    from rehabcore.casework import request_move as request_move
    from rehabcore.casework import request_stay as request_stay
    from rehabcore.casework import residency as residency
    from rehabcore.casework import review_plan as review_plan
    from rehabcore.casework import schedule as schedule
    from rehabcore.casework import sign as sign
    from rehabcore.casework import take_over as take_over
    from rehabcore.casework import timeline as timeline
    from rehabcore.casework import turn_plan as turn_plan
    from rehabcore.casework import withdraw as withdraw
    from rehabcore.casework.difference_results import DifferenceResult as DifferenceResult
    from rehabcore.casework.differing import explain_difference as explain_difference
    from rehabcore.exchange import append as append
    from rehabcore.exchange import content_hash as content_hash
    from rehabcore.exchange import read as read
    from rehabcore.exchange import write as write
    from rehabcore.instruments import Instrument as Instrument
    from rehabcore.instruments import Respondent as Respondent
    from rehabcore.instruments import ScoreResult as ScoreResult
    from rehabcore.instruments import quick_score as quick_score
    from rehabcore.instruments import score as score
    from rehabcore.jurisdictions import Jurisdiction as Jurisdiction
    from rehabcore.jurisdictions import examples as examples
    from rehabcore.jurisdictions import load as load
    from rehabcore.programs import Offer as Offer
    from rehabcore.records import CaseFile as CaseFile
    from rehabcore.reports import Format as Format
    from rehabcore.reports import explain as explain
    from rehabcore.reports.plan_pages import PageReader as PageReader
    from rehabcore.reports.plan_pages import plan_page as plan_page
    from rehabcore.rules import OPEN as OPEN
    from rehabcore.rules import UNSURE as UNSURE
    from rehabcore.rules import Answer as Answer
    from rehabcore.rules import Missing as Missing
    from rehabcore.rules import RequestRefused as RequestRefused
    from rehabcore.rules import Span as Span
    from rehabcore.rules import Term as Term
    from rehabcore.rules import Verdict as Verdict
    from rehabcore.strict.problems import InputError as InputError
    from rehabcore.strict.problems import JurisdictionError as JurisdictionError
    from rehabcore.strict.problems import NotInForceError as NotInForceError
    from rehabcore.strict.problems import Problem as Problem
    from rehabcore.strict.problems import RehabcoreError as RehabcoreError
    from rehabcore.strict.version import __version__ as __version__
    from rehabcore.strict.vocabulary import CaseId as CaseId
    from rehabcore.strict.vocabulary import DecisionOutcome as DecisionOutcome
    from rehabcore.strict.vocabulary import ProgramId as ProgramId
    from rehabcore.strict.vocabulary import RecordId as RecordId
    from rehabcore.strict.vocabulary import StaffId as StaffId
    from rehabcore.strict.vocabulary import TransitionEvent as TransitionEvent
else:
    __getattr__ = names_on_demand(__name__, _HOMES, _WINGS)


def __dir__() -> list[str]:
    return sorted((*__all__, *_WINGS))

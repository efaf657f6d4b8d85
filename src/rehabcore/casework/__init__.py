"""The verbs an agency calls, what they return, and decisions that are kept."""

from rehabcore.strict.on_demand import names_from, names_on_demand

TYPE_CHECKING = False  # type checkers read it as true; the module `typing` is slow to import

_HOMES = {
    "rehabcore.casework.plan_acts": "answer copy_given note_goal note_step sign turn_plan",
    "rehabcore.casework.plan_books": "amend diff open_plan take_over withdraw",
    "rehabcore.casework.any_result": "Result",
    "rehabcore.casework.asking": "match near needs timeline",
    "rehabcore.casework.checking": "check_plan",
    "rehabcore.casework.deciding": "compare decide",
    "rehabcore.casework.decisions": (
        "Comparison Decision Difference FactChange Override RecordChange Since replay"
    ),
    "rehabcore.casework.moving": "possible_moves record_move request_move",
    "rehabcore.casework.plan_results": "PlanResult",
    "rehabcore.casework.planning": "other_plans plan",
    "rehabcore.casework.diverting": "diversion request_diversion",
    "rehabcore.casework.through_care": "continuity hand_over release_plan",
    "rehabcore.casework.care_results": (
        "ContinuityResult HandOverResult PathwaysResult ReleasePlanResult"
    ),
    "rehabcore.casework.resettling": "pathways",
    "rehabcore.casework.results": (
        "Grounds MatchResult MoveResult MovesResult NearResult NeedsResult Stamp TimelineResult"
    ),
    "rehabcore.casework.reviewing": "PlanReview review_plan",
    "rehabcore.casework.difference_results": "DifferenceResult",
    "rehabcore.casework.differing": "explain_difference",
    "rehabcore.casework.scheduling": "schedule",
    "rehabcore.casework.transitions": "accept advance decline escalate identify refer",
    "rehabcore.casework.stay_results": "CommunityResult DiversionResult ResidencyResult StaySeen",
    "rehabcore.casework.staying": "StayChange community request_stay residency",
}
"""The names that the package offers, by the modules that define them."""

__all__ = list(names_from(_HOMES))

if TYPE_CHECKING:
    from rehabcore.casework.any_result import Result as Result
    from rehabcore.casework.asking import match as match
    from rehabcore.casework.asking import near as near
    from rehabcore.casework.asking import needs as needs
    from rehabcore.casework.asking import timeline as timeline
    from rehabcore.casework.care_results import ContinuityResult as ContinuityResult
    from rehabcore.casework.care_results import HandOverResult as HandOverResult
    from rehabcore.casework.care_results import PathwaysResult as PathwaysResult
    from rehabcore.casework.care_results import ReleasePlanResult as ReleasePlanResult
    from rehabcore.casework.checking import check_plan as check_plan
    from rehabcore.casework.deciding import compare as compare
    from rehabcore.casework.deciding import decide as decide
    from rehabcore.casework.decisions import Comparison as Comparison
    from rehabcore.casework.decisions import Decision as Decision
    from rehabcore.casework.decisions import Difference as Difference
    from rehabcore.casework.decisions import FactChange as FactChange
    from rehabcore.casework.decisions import Override as Override
    from rehabcore.casework.decisions import RecordChange as RecordChange
    from rehabcore.casework.decisions import Since as Since
    from rehabcore.casework.decisions import replay as replay
    from rehabcore.casework.difference_results import DifferenceResult as DifferenceResult
    from rehabcore.casework.differing import explain_difference as explain_difference
    from rehabcore.casework.diverting import diversion as diversion
    from rehabcore.casework.diverting import request_diversion as request_diversion
    from rehabcore.casework.moving import possible_moves as possible_moves
    from rehabcore.casework.moving import record_move as record_move
    from rehabcore.casework.moving import request_move as request_move
    from rehabcore.casework.plan_acts import answer as answer
    from rehabcore.casework.plan_acts import copy_given as copy_given
    from rehabcore.casework.plan_acts import note_goal as note_goal
    from rehabcore.casework.plan_acts import note_step as note_step
    from rehabcore.casework.plan_acts import sign as sign
    from rehabcore.casework.plan_acts import turn_plan as turn_plan
    from rehabcore.casework.plan_books import amend as amend
    from rehabcore.casework.plan_books import diff as diff
    from rehabcore.casework.plan_books import open_plan as open_plan
    from rehabcore.casework.plan_books import take_over as take_over
    from rehabcore.casework.plan_books import withdraw as withdraw
    from rehabcore.casework.plan_results import PlanResult as PlanResult
    from rehabcore.casework.planning import other_plans as other_plans
    from rehabcore.casework.planning import plan as plan
    from rehabcore.casework.resettling import pathways as pathways
    from rehabcore.casework.results import Grounds as Grounds
    from rehabcore.casework.results import MatchResult as MatchResult
    from rehabcore.casework.results import MoveResult as MoveResult
    from rehabcore.casework.results import MovesResult as MovesResult
    from rehabcore.casework.results import NearResult as NearResult
    from rehabcore.casework.results import NeedsResult as NeedsResult
    from rehabcore.casework.results import Stamp as Stamp
    from rehabcore.casework.results import TimelineResult as TimelineResult
    from rehabcore.casework.reviewing import PlanReview as PlanReview
    from rehabcore.casework.reviewing import review_plan as review_plan
    from rehabcore.casework.scheduling import schedule as schedule
    from rehabcore.casework.stay_results import CommunityResult as CommunityResult
    from rehabcore.casework.stay_results import DiversionResult as DiversionResult
    from rehabcore.casework.stay_results import ResidencyResult as ResidencyResult
    from rehabcore.casework.stay_results import StaySeen as StaySeen
    from rehabcore.casework.staying import StayChange as StayChange
    from rehabcore.casework.staying import community as community
    from rehabcore.casework.staying import request_stay as request_stay
    from rehabcore.casework.staying import residency as residency
    from rehabcore.casework.through_care import continuity as continuity
    from rehabcore.casework.through_care import hand_over as hand_over
    from rehabcore.casework.through_care import release_plan as release_plan
    from rehabcore.casework.transitions import accept as accept
    from rehabcore.casework.transitions import advance as advance
    from rehabcore.casework.transitions import decline as decline
    from rehabcore.casework.transitions import escalate as escalate
    from rehabcore.casework.transitions import identify as identify
    from rehabcore.casework.transitions import refer as refer
else:
    __getattr__ = names_on_demand(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__

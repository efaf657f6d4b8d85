"""Work with a person: needs, programmes, plans, moves between settings, therapeutic communities."""

from rehabcore.strict.on_demand import names_from, names_on_demand

TYPE_CHECKING = False  # type checkers read it as true; the module `typing` is slow to import

_HOMES = {
    "rehabcore.care.plans.axes": (
        "AgreementState PlanLife PlanStatus SignatureState allowed_together"
    ),
    "rehabcore.care.plans.book": (
        "AgreementAnswered ContentEdited CopyGiven GoalEvent GoalNoted LifeTurned Noted "
        "PlanAnswer PlanBook PlanLifeEvent PlanType SignatureEvent SignatureNoted "
        "StepNoted VersionOpened"
    ),
    "rehabcore.plans": (
        "Actor Deferral GoalKind HoursShort NeedRefused PlanContent PlanGoal PlanItem "
        "PlanQuestion PlanStep PlannedSession"
    ),
    "rehabcore.care.plans.delivery": (
        "ActionPlan AppointmentAttendance Conclusion DeliveryAppointment DeliverySeen "
        "DeliveryState EndOfServiceReport OutcomeAchieved OutcomeReached ServiceReferral "
        "WithdrawalState delivery_of"
    ),
    "rehabcore.care.plans.differences": (
        "FieldChange Lowering LoweringKind PartChange PartChangeKind PlanDifference "
        "PlanPart difference_to_plain lowerings"
    ),
    "rehabcore.care.plans.edits": "AddPart DeferPart RemovePart ReopenPart ReplacePart",
    "rehabcore.care.plans.hashes": "hash_of_content",
    "rehabcore.care.plans.laws.checking": "plan_laws",
    "rehabcore.care.plans.laws.grounds": "PlanGrounds",
    "rehabcore.care.plans.laws.law": "Breach LawFinding LawKind LawSeverity PlanLaw",
    "rehabcore.care.plans.requests": "ContentChanged",
    "rehabcore.care.plans.schedules.attendance": (
        "AttendanceCounts AttendancePolicy AttendanceRow InShare"
    ),
    "rehabcore.care.plans.schedules.calendars": ("AgeBand WeekSlot WeeklyTimes times_of_person"),
    "rehabcore.care.plans.schedules.courses": "CourseTimes ScheduledPlan",
    "rehabcore.care.plans.schedules.delivered": ("Delivered LeastAndMost ShareBetween delivered"),
    "rehabcore.care.plans.schedules.placing": (
        "FallenOut NoPlace PersonCalendar ScheduledItem Timetable timetable"
    ),
    "rehabcore.care.plans.schedules.recurrence": "recurring_days",
    "rehabcore.care.plans.versions": (
        "GoalSeen GoalStatus PlanHistory PlanVersion StepSeen plan_history version_on"
    ),
    "rehabcore.care.plans.withdrawing": "running_items withdrawn_on",
    "rehabcore.care.community.occupancy": "CommunityStanding Occupancy occupancy standing_on",
    "rehabcore.care.community.unit_stays": "UnitAct",
    "rehabcore.care.community.units": (
        "Capacity CommunityNorm CommunityUnit Established PeerRole PlaceHeld Prepared Staffing "
        "without_stay"
    ),
    "rehabcore.care.machines": "machine machine_names",
    "rehabcore.care.continuity.entitlements": "EntitlementSeen",
    "rehabcore.care.continuity.interruptions": "Interruption InterruptionState",
    "rehabcore.care.continuity.items": (
        "CareItemSeen ContinuitySeen Precaution PrecautionState Provided"
    ),
    "rehabcore.care.moves.made_moves": "MadeMove",
    "rehabcore.care.moves.open_records": ("HandedKind HandedReason HandedRecord HandedWork"),
    "rehabcore.care.moves.open_goals": "OpenGoal OpenGoalReason OpenStep",
    "rehabcore.care.moves.packages": (
        "DutyKind HandOverPackage HandedNeed HandedNeedReason OverdueDuty"
    ),
    "rehabcore.care.moves.recipients": ("Recipient RecipientRole"),
    "rehabcore.care.moves.requests": "MoveRequest",
    "rehabcore.care.moves.rules": "MoveRule",
    "rehabcore.care.needs.change": (
        "Direction PublishedError ScoreChange Scored change_of_results score_change"
    ),
    "rehabcore.care.needs.dosage": (
        "Credit DosagePlan DosagePolicy DosageTarget WorkDone credited dosage_target "
        "planned_dosage work_done"
    ),
    "rehabcore.care.needs.groups": "GroupAnswer MixingOverride may_share_group",
    "rehabcore.care.needs.policy": "RnrPolicy",
    "rehabcore.care.needs.profile": "NeedCount NeedSeen NeedsProfile profile",
    "rehabcore.care.needs.risks": "RiskSeen",
    "rehabcore.care.needs.sequence": "SequencePolicy Turn sequence",
    "rehabcore.care.release": (
        "AftercareAgreement AgreementElement AgreementSeen ContactCounts ContactSeen ItemMark "
        "PlannedItem ReleaseMark ReleasePlan ReleasePolicy StatedFigure"
    ),
    "rehabcore.care.release_days": "ReleaseBasis ReleaseDay",
    "rehabcore.care.resettlement.resets": "ResetSeen",
    "rehabcore.care.resettlement.standings": (
        "AssessmentSeen ChangedBy PathwayAnswerSeen PathwaySeen PathwaysSeen StatusChange "
        "SupportNeedSeen"
    ),
}
"""The names that the package offers, by the modules that define them."""

__all__ = list(names_from(_HOMES))

if TYPE_CHECKING:
    from rehabcore.care.community.occupancy import CommunityStanding as CommunityStanding
    from rehabcore.care.community.occupancy import Occupancy as Occupancy
    from rehabcore.care.community.occupancy import occupancy as occupancy
    from rehabcore.care.community.occupancy import standing_on as standing_on
    from rehabcore.care.community.unit_stays import UnitAct as UnitAct
    from rehabcore.care.community.units import Capacity as Capacity
    from rehabcore.care.community.units import CommunityNorm as CommunityNorm
    from rehabcore.care.community.units import CommunityUnit as CommunityUnit
    from rehabcore.care.community.units import Established as Established
    from rehabcore.care.community.units import PeerRole as PeerRole
    from rehabcore.care.community.units import PlaceHeld as PlaceHeld
    from rehabcore.care.community.units import Prepared as Prepared
    from rehabcore.care.community.units import Staffing as Staffing
    from rehabcore.care.community.units import without_stay as without_stay
    from rehabcore.care.continuity.entitlements import EntitlementSeen as EntitlementSeen
    from rehabcore.care.continuity.interruptions import Interruption as Interruption
    from rehabcore.care.continuity.interruptions import InterruptionState as InterruptionState
    from rehabcore.care.continuity.items import CareItemSeen as CareItemSeen
    from rehabcore.care.continuity.items import ContinuitySeen as ContinuitySeen
    from rehabcore.care.continuity.items import Precaution as Precaution
    from rehabcore.care.continuity.items import PrecautionState as PrecautionState
    from rehabcore.care.continuity.items import Provided as Provided
    from rehabcore.care.machines import machine as machine
    from rehabcore.care.machines import machine_names as machine_names
    from rehabcore.care.moves.made_moves import MadeMove as MadeMove
    from rehabcore.care.moves.open_goals import OpenGoal as OpenGoal
    from rehabcore.care.moves.open_goals import OpenGoalReason as OpenGoalReason
    from rehabcore.care.moves.open_goals import OpenStep as OpenStep
    from rehabcore.care.moves.open_records import HandedKind as HandedKind
    from rehabcore.care.moves.open_records import HandedReason as HandedReason
    from rehabcore.care.moves.open_records import HandedRecord as HandedRecord
    from rehabcore.care.moves.open_records import HandedWork as HandedWork
    from rehabcore.care.moves.packages import DutyKind as DutyKind
    from rehabcore.care.moves.packages import HandedNeed as HandedNeed
    from rehabcore.care.moves.packages import HandedNeedReason as HandedNeedReason
    from rehabcore.care.moves.packages import HandOverPackage as HandOverPackage
    from rehabcore.care.moves.packages import OverdueDuty as OverdueDuty
    from rehabcore.care.moves.recipients import Recipient as Recipient
    from rehabcore.care.moves.recipients import RecipientRole as RecipientRole
    from rehabcore.care.moves.requests import MoveRequest as MoveRequest
    from rehabcore.care.moves.rules import MoveRule as MoveRule
    from rehabcore.care.needs.change import Direction as Direction
    from rehabcore.care.needs.change import PublishedError as PublishedError
    from rehabcore.care.needs.change import ScoreChange as ScoreChange
    from rehabcore.care.needs.change import Scored as Scored
    from rehabcore.care.needs.change import change_of_results as change_of_results
    from rehabcore.care.needs.change import score_change as score_change
    from rehabcore.care.needs.dosage import Credit as Credit
    from rehabcore.care.needs.dosage import DosagePlan as DosagePlan
    from rehabcore.care.needs.dosage import DosagePolicy as DosagePolicy
    from rehabcore.care.needs.dosage import DosageTarget as DosageTarget
    from rehabcore.care.needs.dosage import WorkDone as WorkDone
    from rehabcore.care.needs.dosage import credited as credited
    from rehabcore.care.needs.dosage import dosage_target as dosage_target
    from rehabcore.care.needs.dosage import planned_dosage as planned_dosage
    from rehabcore.care.needs.dosage import work_done as work_done
    from rehabcore.care.needs.groups import GroupAnswer as GroupAnswer
    from rehabcore.care.needs.groups import MixingOverride as MixingOverride
    from rehabcore.care.needs.groups import may_share_group as may_share_group
    from rehabcore.care.needs.policy import RnrPolicy as RnrPolicy
    from rehabcore.care.needs.profile import NeedCount as NeedCount
    from rehabcore.care.needs.profile import NeedSeen as NeedSeen
    from rehabcore.care.needs.profile import NeedsProfile as NeedsProfile
    from rehabcore.care.needs.profile import profile as profile
    from rehabcore.care.needs.risks import RiskSeen as RiskSeen
    from rehabcore.care.needs.sequence import SequencePolicy as SequencePolicy
    from rehabcore.care.needs.sequence import Turn as Turn
    from rehabcore.care.needs.sequence import sequence as sequence
    from rehabcore.care.plans.axes import AgreementState as AgreementState
    from rehabcore.care.plans.axes import PlanLife as PlanLife
    from rehabcore.care.plans.axes import PlanStatus as PlanStatus
    from rehabcore.care.plans.axes import SignatureState as SignatureState
    from rehabcore.care.plans.axes import allowed_together as allowed_together
    from rehabcore.care.plans.book import AgreementAnswered as AgreementAnswered
    from rehabcore.care.plans.book import ContentEdited as ContentEdited
    from rehabcore.care.plans.book import CopyGiven as CopyGiven
    from rehabcore.care.plans.book import GoalEvent as GoalEvent
    from rehabcore.care.plans.book import GoalNoted as GoalNoted
    from rehabcore.care.plans.book import LifeTurned as LifeTurned
    from rehabcore.care.plans.book import Noted as Noted
    from rehabcore.care.plans.book import PlanAnswer as PlanAnswer
    from rehabcore.care.plans.book import PlanBook as PlanBook
    from rehabcore.care.plans.book import PlanLifeEvent as PlanLifeEvent
    from rehabcore.care.plans.book import PlanType as PlanType
    from rehabcore.care.plans.book import SignatureEvent as SignatureEvent
    from rehabcore.care.plans.book import SignatureNoted as SignatureNoted
    from rehabcore.care.plans.book import StepNoted as StepNoted
    from rehabcore.care.plans.book import VersionOpened as VersionOpened
    from rehabcore.care.plans.delivery import ActionPlan as ActionPlan
    from rehabcore.care.plans.delivery import AppointmentAttendance as AppointmentAttendance
    from rehabcore.care.plans.delivery import Conclusion as Conclusion
    from rehabcore.care.plans.delivery import DeliveryAppointment as DeliveryAppointment
    from rehabcore.care.plans.delivery import DeliverySeen as DeliverySeen
    from rehabcore.care.plans.delivery import DeliveryState as DeliveryState
    from rehabcore.care.plans.delivery import EndOfServiceReport as EndOfServiceReport
    from rehabcore.care.plans.delivery import OutcomeAchieved as OutcomeAchieved
    from rehabcore.care.plans.delivery import OutcomeReached as OutcomeReached
    from rehabcore.care.plans.delivery import ServiceReferral as ServiceReferral
    from rehabcore.care.plans.delivery import WithdrawalState as WithdrawalState
    from rehabcore.care.plans.delivery import delivery_of as delivery_of
    from rehabcore.care.plans.differences import FieldChange as FieldChange
    from rehabcore.care.plans.differences import Lowering as Lowering
    from rehabcore.care.plans.differences import LoweringKind as LoweringKind
    from rehabcore.care.plans.differences import PartChange as PartChange
    from rehabcore.care.plans.differences import PartChangeKind as PartChangeKind
    from rehabcore.care.plans.differences import PlanDifference as PlanDifference
    from rehabcore.care.plans.differences import PlanPart as PlanPart
    from rehabcore.care.plans.differences import difference_to_plain as difference_to_plain
    from rehabcore.care.plans.differences import lowerings as lowerings
    from rehabcore.care.plans.edits import AddPart as AddPart
    from rehabcore.care.plans.edits import DeferPart as DeferPart
    from rehabcore.care.plans.edits import RemovePart as RemovePart
    from rehabcore.care.plans.edits import ReopenPart as ReopenPart
    from rehabcore.care.plans.edits import ReplacePart as ReplacePart
    from rehabcore.care.plans.hashes import hash_of_content as hash_of_content
    from rehabcore.care.plans.laws.checking import plan_laws as plan_laws
    from rehabcore.care.plans.laws.grounds import PlanGrounds as PlanGrounds
    from rehabcore.care.plans.laws.law import Breach as Breach
    from rehabcore.care.plans.laws.law import LawFinding as LawFinding
    from rehabcore.care.plans.laws.law import LawKind as LawKind
    from rehabcore.care.plans.laws.law import LawSeverity as LawSeverity
    from rehabcore.care.plans.laws.law import PlanLaw as PlanLaw
    from rehabcore.care.plans.requests import ContentChanged as ContentChanged
    from rehabcore.care.plans.schedules.attendance import AttendanceCounts as AttendanceCounts
    from rehabcore.care.plans.schedules.attendance import AttendancePolicy as AttendancePolicy
    from rehabcore.care.plans.schedules.attendance import AttendanceRow as AttendanceRow
    from rehabcore.care.plans.schedules.attendance import InShare as InShare
    from rehabcore.care.plans.schedules.calendars import AgeBand as AgeBand
    from rehabcore.care.plans.schedules.calendars import WeeklyTimes as WeeklyTimes
    from rehabcore.care.plans.schedules.calendars import WeekSlot as WeekSlot
    from rehabcore.care.plans.schedules.calendars import times_of_person as times_of_person
    from rehabcore.care.plans.schedules.courses import CourseTimes as CourseTimes
    from rehabcore.care.plans.schedules.courses import ScheduledPlan as ScheduledPlan
    from rehabcore.care.plans.schedules.delivered import Delivered as Delivered
    from rehabcore.care.plans.schedules.delivered import LeastAndMost as LeastAndMost
    from rehabcore.care.plans.schedules.delivered import ShareBetween as ShareBetween
    from rehabcore.care.plans.schedules.delivered import delivered as delivered
    from rehabcore.care.plans.schedules.placing import FallenOut as FallenOut
    from rehabcore.care.plans.schedules.placing import NoPlace as NoPlace
    from rehabcore.care.plans.schedules.placing import PersonCalendar as PersonCalendar
    from rehabcore.care.plans.schedules.placing import ScheduledItem as ScheduledItem
    from rehabcore.care.plans.schedules.placing import Timetable as Timetable
    from rehabcore.care.plans.schedules.placing import timetable as timetable
    from rehabcore.care.plans.schedules.recurrence import recurring_days as recurring_days
    from rehabcore.care.plans.versions import GoalSeen as GoalSeen
    from rehabcore.care.plans.versions import GoalStatus as GoalStatus
    from rehabcore.care.plans.versions import PlanHistory as PlanHistory
    from rehabcore.care.plans.versions import PlanVersion as PlanVersion
    from rehabcore.care.plans.versions import StepSeen as StepSeen
    from rehabcore.care.plans.versions import plan_history as plan_history
    from rehabcore.care.plans.versions import version_on as version_on
    from rehabcore.care.plans.withdrawing import running_items as running_items
    from rehabcore.care.plans.withdrawing import withdrawn_on as withdrawn_on
    from rehabcore.care.release import AftercareAgreement as AftercareAgreement
    from rehabcore.care.release import AgreementElement as AgreementElement
    from rehabcore.care.release import AgreementSeen as AgreementSeen
    from rehabcore.care.release import ContactCounts as ContactCounts
    from rehabcore.care.release import ContactSeen as ContactSeen
    from rehabcore.care.release import ItemMark as ItemMark
    from rehabcore.care.release import PlannedItem as PlannedItem
    from rehabcore.care.release import ReleaseMark as ReleaseMark
    from rehabcore.care.release import ReleasePlan as ReleasePlan
    from rehabcore.care.release import ReleasePolicy as ReleasePolicy
    from rehabcore.care.release import StatedFigure as StatedFigure
    from rehabcore.care.release_days import ReleaseBasis as ReleaseBasis
    from rehabcore.care.release_days import ReleaseDay as ReleaseDay
    from rehabcore.care.resettlement.resets import ResetSeen as ResetSeen
    from rehabcore.care.resettlement.standings import AssessmentSeen as AssessmentSeen
    from rehabcore.care.resettlement.standings import ChangedBy as ChangedBy
    from rehabcore.care.resettlement.standings import PathwayAnswerSeen as PathwayAnswerSeen
    from rehabcore.care.resettlement.standings import PathwaySeen as PathwaySeen
    from rehabcore.care.resettlement.standings import PathwaysSeen as PathwaysSeen
    from rehabcore.care.resettlement.standings import StatusChange as StatusChange
    from rehabcore.care.resettlement.standings import SupportNeedSeen as SupportNeedSeen
    from rehabcore.plans import Actor as Actor
    from rehabcore.plans import Deferral as Deferral
    from rehabcore.plans import GoalKind as GoalKind
    from rehabcore.plans import HoursShort as HoursShort
    from rehabcore.plans import NeedRefused as NeedRefused
    from rehabcore.plans import PlanContent as PlanContent
    from rehabcore.plans import PlanGoal as PlanGoal
    from rehabcore.plans import PlanItem as PlanItem
    from rehabcore.plans import PlannedSession as PlannedSession
    from rehabcore.plans import PlanQuestion as PlanQuestion
    from rehabcore.plans import PlanStep as PlanStep
else:
    __getattr__ = names_on_demand(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__

"""Logic that knows nothing of rehabilitation: days, truth, facts, criteria and verdicts."""

from rehabcore.strict.on_demand import names_from, names_on_demand

TYPE_CHECKING = False  # type checkers read it as true; the module `typing` is slow to import

_HOMES = {
    "rehabcore.rules.criteria": (
        "About AllOf AnyOf Asked AtLeast Compare Criterion Not ask comparisons"
    ),
    "rehabcore.rules.data.deadline_forms": "read_deadlines read_pause_kinds",
    "rehabcore.rules.data.machine_forms": "read_machine write_machine",
    "rehabcore.rules.data.plain": "criterion_from_plain criterion_to_plain",
    "rehabcore.rules.facts": "Absence Cell Fact Known Operator Shape Unknown",
    "rehabcore.rules.differences.finding": "difference",
    "rehabcore.rules.differences.kinds": (
        "Parting PersonKind Reply RuleDifference Trait ValueRange"
    ),
    "rehabcore.rules.judging.over_time": (
        "Piece VerdictTimeline next_answer_change next_change verdicts_over"
    ),
    "rehabcore.rules.judging.proving": "judge",
    "rehabcore.rules.judging.verdicts": "Missing Verdict",
    "rehabcore.rules.law.versions": "Version Versions",
    "rehabcore.rules.machines.deadlines": (
        "Deadline Due DueState Offset WorkingCalendar due_state laid"
    ),
    "rehabcore.rules.machines.pauses": "Pause PauseKind after_pauses",
    "rehabcore.rules.machines.requests": "Possibility RequestRefused possible step",
    "rehabcore.rules.machines.rows": "Arrow Effect Entrance MachineState Reason ReasonGroup",
    "rehabcore.rules.machines.tables": "Machine",
    "rehabcore.rules.machines.walking": "HistoryEntry Misfit Passed Position walk",
    "rehabcore.rules.near.amendments": "Amendment",
    "rehabcore.rules.near.near_misses": "NearMiss NearMisses near_misses",
    "rehabcore.rules.quick.compilation": "RuleSet RulesOfDay compile_rules",
    "rehabcore.rules.quick.outlook": "Prospect answers_over prospects",
    "rehabcore.rules.quick.sheets": "FactSheet",
    "rehabcore.rules.sources": "Citation Source Status Text",
    "rehabcore.rules.time.ageing": "Ageing",
    "rehabcore.rules.time.days": "OPEN UNSURE End Ending LeapDay Span Term",
    "rehabcore.rules.time.partial": "Day Days PartialDay Period",
    "rehabcore.rules.time.timelines": "Timeline",
    "rehabcore.rules.time.working_days": "after_working_days",
    "rehabcore.rules.truth": "Answer UnknownKind at_least",
}
"""The names that the package offers, by the modules that define them."""

__all__ = list(names_from(_HOMES))

if TYPE_CHECKING:
    from rehabcore.rules.criteria import About as About
    from rehabcore.rules.criteria import AllOf as AllOf
    from rehabcore.rules.criteria import AnyOf as AnyOf
    from rehabcore.rules.criteria import Asked as Asked
    from rehabcore.rules.criteria import AtLeast as AtLeast
    from rehabcore.rules.criteria import Compare as Compare
    from rehabcore.rules.criteria import Criterion as Criterion
    from rehabcore.rules.criteria import Not as Not
    from rehabcore.rules.criteria import ask as ask
    from rehabcore.rules.criteria import comparisons as comparisons
    from rehabcore.rules.data.deadline_forms import read_deadlines as read_deadlines
    from rehabcore.rules.data.deadline_forms import read_pause_kinds as read_pause_kinds
    from rehabcore.rules.data.machine_forms import read_machine as read_machine
    from rehabcore.rules.data.machine_forms import write_machine as write_machine
    from rehabcore.rules.data.plain import criterion_from_plain as criterion_from_plain
    from rehabcore.rules.data.plain import criterion_to_plain as criterion_to_plain
    from rehabcore.rules.differences.finding import difference as difference
    from rehabcore.rules.differences.kinds import Parting as Parting
    from rehabcore.rules.differences.kinds import PersonKind as PersonKind
    from rehabcore.rules.differences.kinds import Reply as Reply
    from rehabcore.rules.differences.kinds import RuleDifference as RuleDifference
    from rehabcore.rules.differences.kinds import Trait as Trait
    from rehabcore.rules.differences.kinds import ValueRange as ValueRange
    from rehabcore.rules.facts import Absence as Absence
    from rehabcore.rules.facts import Cell as Cell
    from rehabcore.rules.facts import Fact as Fact
    from rehabcore.rules.facts import Known as Known
    from rehabcore.rules.facts import Operator as Operator
    from rehabcore.rules.facts import Shape as Shape
    from rehabcore.rules.facts import Unknown as Unknown
    from rehabcore.rules.judging.over_time import Piece as Piece
    from rehabcore.rules.judging.over_time import VerdictTimeline as VerdictTimeline
    from rehabcore.rules.judging.over_time import next_answer_change as next_answer_change
    from rehabcore.rules.judging.over_time import next_change as next_change
    from rehabcore.rules.judging.over_time import verdicts_over as verdicts_over
    from rehabcore.rules.judging.proving import judge as judge
    from rehabcore.rules.judging.verdicts import Missing as Missing
    from rehabcore.rules.judging.verdicts import Verdict as Verdict
    from rehabcore.rules.law.versions import Version as Version
    from rehabcore.rules.law.versions import Versions as Versions
    from rehabcore.rules.machines.deadlines import Deadline as Deadline
    from rehabcore.rules.machines.deadlines import Due as Due
    from rehabcore.rules.machines.deadlines import DueState as DueState
    from rehabcore.rules.machines.deadlines import Offset as Offset
    from rehabcore.rules.machines.deadlines import WorkingCalendar as WorkingCalendar
    from rehabcore.rules.machines.deadlines import due_state as due_state
    from rehabcore.rules.machines.deadlines import laid as laid
    from rehabcore.rules.machines.pauses import Pause as Pause
    from rehabcore.rules.machines.pauses import PauseKind as PauseKind
    from rehabcore.rules.machines.pauses import after_pauses as after_pauses
    from rehabcore.rules.machines.requests import Possibility as Possibility
    from rehabcore.rules.machines.requests import RequestRefused as RequestRefused
    from rehabcore.rules.machines.requests import possible as possible
    from rehabcore.rules.machines.requests import step as step
    from rehabcore.rules.machines.rows import Arrow as Arrow
    from rehabcore.rules.machines.rows import Effect as Effect
    from rehabcore.rules.machines.rows import Entrance as Entrance
    from rehabcore.rules.machines.rows import MachineState as MachineState
    from rehabcore.rules.machines.rows import Reason as Reason
    from rehabcore.rules.machines.rows import ReasonGroup as ReasonGroup
    from rehabcore.rules.machines.tables import Machine as Machine
    from rehabcore.rules.machines.walking import HistoryEntry as HistoryEntry
    from rehabcore.rules.machines.walking import Misfit as Misfit
    from rehabcore.rules.machines.walking import Passed as Passed
    from rehabcore.rules.machines.walking import Position as Position
    from rehabcore.rules.machines.walking import walk as walk
    from rehabcore.rules.near.amendments import Amendment as Amendment
    from rehabcore.rules.near.near_misses import NearMiss as NearMiss
    from rehabcore.rules.near.near_misses import NearMisses as NearMisses
    from rehabcore.rules.near.near_misses import near_misses as near_misses
    from rehabcore.rules.quick.compilation import RuleSet as RuleSet
    from rehabcore.rules.quick.compilation import RulesOfDay as RulesOfDay
    from rehabcore.rules.quick.compilation import compile_rules as compile_rules
    from rehabcore.rules.quick.outlook import Prospect as Prospect
    from rehabcore.rules.quick.outlook import answers_over as answers_over
    from rehabcore.rules.quick.outlook import prospects as prospects
    from rehabcore.rules.quick.sheets import FactSheet as FactSheet
    from rehabcore.rules.sources import Citation as Citation
    from rehabcore.rules.sources import Source as Source
    from rehabcore.rules.sources import Status as Status
    from rehabcore.rules.sources import Text as Text
    from rehabcore.rules.time.ageing import Ageing as Ageing
    from rehabcore.rules.time.days import OPEN as OPEN
    from rehabcore.rules.time.days import UNSURE as UNSURE
    from rehabcore.rules.time.days import End as End
    from rehabcore.rules.time.days import Ending as Ending
    from rehabcore.rules.time.days import LeapDay as LeapDay
    from rehabcore.rules.time.days import Span as Span
    from rehabcore.rules.time.days import Term as Term
    from rehabcore.rules.time.partial import Day as Day
    from rehabcore.rules.time.partial import Days as Days
    from rehabcore.rules.time.partial import PartialDay as PartialDay
    from rehabcore.rules.time.partial import Period as Period
    from rehabcore.rules.time.timelines import Timeline as Timeline
    from rehabcore.rules.time.working_days import after_working_days as after_working_days
    from rehabcore.rules.truth import Answer as Answer
    from rehabcore.rules.truth import UnknownKind as UnknownKind
    from rehabcore.rules.truth import at_least as at_least
else:
    __getattr__ = names_on_demand(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__

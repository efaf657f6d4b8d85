"""Logic that knows nothing of rehabilitation: days, truth, facts, criteria and verdicts."""

from rehabcore.rules.criteria import (
    About,
    AllOf,
    AnyOf,
    Asked,
    AtLeast,
    Compare,
    Criterion,
    Not,
    ask,
    comparisons,
)
from rehabcore.rules.data.plain import criterion_from_plain, criterion_to_plain
from rehabcore.rules.facts import Absence, Cell, Fact, Known, Operator, Shape, Unknown
from rehabcore.rules.judging.over_time import (
    Piece,
    VerdictTimeline,
    next_answer_change,
    next_change,
    verdicts_over,
)
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Missing, Verdict
from rehabcore.rules.law.versions import Version, Versions
from rehabcore.rules.near.amendments import Amendment
from rehabcore.rules.near.near_misses import NearMiss, NearMisses, near_misses
from rehabcore.rules.quick.compilation import RuleSet, RulesOfDay, compile_rules
from rehabcore.rules.quick.outlook import Prospect, answers_over, prospects
from rehabcore.rules.quick.sheets import FactSheet
from rehabcore.rules.sources import Citation, Source, Status, Text
from rehabcore.rules.time.ageing import Ageing
from rehabcore.rules.time.days import OPEN, UNSURE, End, Ending, LeapDay, Span, Term
from rehabcore.rules.time.partial import Day, Days, PartialDay, Period
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.time.working_days import after_working_days
from rehabcore.rules.truth import Answer, UnknownKind, at_least

__all__ = [
    "OPEN",
    "UNSURE",
    "About",
    "Absence",
    "Ageing",
    "AllOf",
    "Amendment",
    "Answer",
    "AnyOf",
    "Asked",
    "AtLeast",
    "Cell",
    "Citation",
    "Compare",
    "Criterion",
    "Day",
    "Days",
    "End",
    "Ending",
    "Fact",
    "FactSheet",
    "Known",
    "LeapDay",
    "Missing",
    "NearMiss",
    "NearMisses",
    "Not",
    "Operator",
    "PartialDay",
    "Period",
    "Piece",
    "Prospect",
    "RuleSet",
    "RulesOfDay",
    "Shape",
    "Source",
    "Span",
    "Status",
    "Term",
    "Text",
    "Timeline",
    "Unknown",
    "UnknownKind",
    "Verdict",
    "VerdictTimeline",
    "Version",
    "Versions",
    "after_working_days",
    "answers_over",
    "ask",
    "at_least",
    "comparisons",
    "compile_rules",
    "criterion_from_plain",
    "criterion_to_plain",
    "judge",
    "near_misses",
    "next_answer_change",
    "next_change",
    "prospects",
    "verdicts_over",
]


def __dir__() -> list[str]:
    return __all__

"""Grounds on which the small sound plan of ``tests.kit.plans`` breaks no law."""

from datetime import date
from decimal import Decimal

from rehabcore.care.needs.dosage import DosageTarget
from rehabcore.care.needs.groups import Apart
from rehabcore.care.needs.profile import NeedSeen, NeedsProfile
from rehabcore.care.needs.sequence import SequenceClass, SequencePolicy
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.programs import Program
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.vocabulary import Kind, ProgramId, RecordId, Stability
from tests.kit.plans import DAY, words

LEVELS = ("low", "medium", "high")
PEERS = NeedSeen(domain="peers", level="high", assessed_on=DAY, evidence=("a-1",))
WORK = NeedSeen(domain="work", level="low", assessed_on=DAY, evidence=("a-1",))
HOUSING = NeedSeen(domain="housing", level="low", assessed_on=DAY, evidence=("a-1",))
ACUTE = NeedSeen(
    domain="housing",
    level="medium",
    stability=Stability.ACUTE,
    assessed_on=DAY,
    evidence=("a-1",),
)
UNKNOWN = NeedSeen(domain="housing", unknown=UnknownKind.MISSING)


def program(program_id: str, *serves: str, after: tuple[str, ...] = ()) -> Program:
    """A programme that serves some needs, after others were completed."""
    return Program(
        program_id=ProgramId(program_id),
        kind=Kind.PROGRAM,
        title=words(program_id),
        area="thinking",
        serves=frozenset(serves),
        prerequisites=tuple(ProgramId(one) for one in after),
    )


ORDER = SequencePolicy(
    classes=(
        SequenceClass(
            id="acute", title=words("Acute"), domains=frozenset({"housing"}), open_from="medium"
        ),
        SequenceClass(
            id="lasting", title=words("Lasting"), domains=frozenset({"peers"}), waits_for=("acute",)
        ),
    )
)


def profile(*needs: NeedSeen) -> NeedsProfile:
    """The needs on the day of the plan."""
    return NeedsProfile(on=DAY, levels=LEVELS, needs=needs or (PEERS, WORK, HOUSING))


def grounds() -> PlanGrounds:
    """Everything that is known where nothing is wrong."""
    programs = (program("course", "peers"), program("basics", "work"))
    return PlanGrounds(
        on=DAY,
        profile=profile(),
        programs={one.program_id: one for one in programs},
        sequence=ORDER,
        goal_from="medium",
        risk="low",
        risk_levels=LEVELS,
        apart=Apart(levels=LEVELS, low=frozenset({"low"}), high=frozenset({"high"})),
        sentence_end=date(2027, 12, 1),
        assessments={"a-1": Span(DAY, OPEN)},
        consents={RecordId("c-1"): Span(DAY, OPEN)},
        withdrawn={},
        requirements={RecordId("r-1"): Span(DAY, OPEN)},
        called_for=DosageTarget(hours=Decimal(40)),
        counting=frozenset({ProgramId("course")}),
        hours_a_week=Decimal(5),
        review_by=lambda day: date(day.year + 1, day.month, day.day),
        of_age=lambda _, __: Answer.MET,
        signed_by=("officer",),
    )

"""The page of data formats tells every schema, and every key of what stands in it."""

import re
from typing import Any

import attrs
import pytest

from rehabcore import exchange
from rehabcore.care import (
    Capacity,
    CommunityNorm,
    CommunityUnit,
    Established,
    HandedNeed,
    HandedRecord,
    HandedWork,
    HandOverPackage,
    OverdueDuty,
    PeerRole,
    PlaceHeld,
    Prepared,
    Recipient,
    Staffing,
    UnitAct,
)
from rehabcore.care.community.occupancy import CommunityStanding, Resident, Waiting
from rehabcore.care.community.outlooks import StayOutlook
from rehabcore.care.community.profiles import CommunityPhase, Quoted
from rehabcore.care.community.stay_clocks import PhaseVisit
from rehabcore.care.community.stays import MisplacedInStay, StayStanding
from rehabcore.care.continuity.entitlements import EntitlementSeen
from rehabcore.care.continuity.interruptions import Interruption
from rehabcore.care.continuity.items import CareItemSeen, ContinuitySeen, Precaution, Provided
from rehabcore.care.diversion import DiversionStanding
from rehabcore.care.moves.made_moves import MadeMove
from rehabcore.care.moves.open_goals import OpenGoal, OpenStep
from rehabcore.care.moves.requests import PossibleMove
from rehabcore.care.moves.responsibility import Tenure
from rehabcore.care.moves.stages import ItemSeen, Misplaced, ReferralSeen, Task, TransitionSeen
from rehabcore.care.needs import NeedCount, NeedSeen, NeedsProfile, SubdomainSeen
from rehabcore.care.needs.dosage import DosagePlan, DosageTarget
from rehabcore.care.needs.groups import MixingOverride
from rehabcore.care.needs.risks import RiskDecided, RiskSaid, RiskSeen
from rehabcore.care.needs.sequence import Turn
from rehabcore.care.plans.book import (
    AgreementAnswered,
    ContentEdited,
    CopyGiven,
    GoalNoted,
    LifeTurned,
    Noted,
    PlanBook,
    SignatureNoted,
    StepNoted,
    VersionOpened,
)
from rehabcore.care.plans.drafting.drafts import Draft, DraftMerit
from rehabcore.care.plans.drafting.reasons import DraftChoice, PassedOver
from rehabcore.care.release import (
    AgreementElement,
    AgreementSeen,
    ContactSeen,
    PlannedItem,
    ReleasePlan,
)
from rehabcore.care.release_days import ReleaseDay
from rehabcore.care.resettlement.resets import ResetSeen
from rehabcore.care.resettlement.standings import (
    AssessmentSeen,
    PathwayAnswerSeen,
    PathwaySeen,
    PathwaysSeen,
    StatusChange,
    SupportNeedSeen,
)
from rehabcore.casework.care_results import (
    ContinuityResult,
    HandOverResult,
    PathwaysResult,
    ReleasePlanResult,
)
from rehabcore.casework.decisions import Decision, Override
from rehabcore.casework.difference_results import DifferenceResult
from rehabcore.casework.plan_results import PlanResult
from rehabcore.casework.results import (
    Grounds,
    MatchResult,
    MoveResult,
    MovesResult,
    NearResult,
    NeedsResult,
    Stamp,
    TimelineResult,
)
from rehabcore.casework.stay_results import (
    CommunityResult,
    DiversionResult,
    ResidencyResult,
    StaySeen,
)
from rehabcore.instruments import (
    FigureUsed,
    Flagged,
    Placing,
    Remark,
    Request,
    Respondent,
    ScaleScore,
    ScoreResult,
)
from rehabcore.plans import (
    Deferral,
    HoursShort,
    NeedRefused,
    PlanContent,
    PlanGoal,
    PlanItem,
    PlannedSession,
    PlanQuestion,
    PlanStep,
)
from rehabcore.programs import Offer
from rehabcore.records.faults import SetAside
from rehabcore.rules.data import difference_forms, near_forms
from rehabcore.rules.differences.kinds import ValueRange
from tests.kit.pages import names_in, page, rows

PAGE = page("reference/formats.md")
SECTIONS = dict(re.findall(r"^## `(.*?)`.*?\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


OTHERWISE = {"timeline/2": {"rule", "pieces", "end"}}
"""The keys of what is not written field by field."""


def test_every_schema_is_told_with_its_version_and_class() -> None:
    assert dict(rows(r"^\| `(\w+/\d)` \| `(\w+)` \|", PAGE)) == {
        f"{name}/{version}": kind.__name__ for name, (kind, version) in exchange.SCHEMAS.items()
    }


@pytest.mark.parametrize(
    ("schema", "kinds"),
    [
        ("grounds", (Stamp, Grounds, SetAside)),
        ("match/2", (MatchResult,)),
        (
            "near/2",
            (
                NearResult,
                Offer,
                near_forms._Near,
                near_forms._Way,
                near_forms._Change,
                near_forms._Demand,
            ),
        ),
        ("timeline/2", (TimelineResult,)),
        (
            "needs/2",
            (
                NeedsResult,
                NeedsProfile,
                *(NeedSeen, SubdomainSeen),
                NeedCount,
                RiskSeen,
                RiskSaid,
                RiskDecided,
                DosageTarget,
                Turn,
            ),
        ),
        (
            "plan/3",
            (
                *(PlanResult, NeedSeen, SubdomainSeen),
                *(DosagePlan, DosageTarget, Turn),
                *(Draft, DraftChoice, PassedOver, DraftMerit, PlanContent, PlanGoal, PlanStep),
                *(PlanItem, PlanQuestion, Deferral, NeedRefused, HoursShort),
            ),
        ),
        ("move/5", (MoveResult, MadeMove, OpenGoal, OpenStep)),
        (
            "moves/1",
            (
                MovesResult,
                TransitionSeen,
                ReferralSeen,
                ItemSeen,
                Misplaced,
                Task,
                Tenure,
                PossibleMove,
            ),
        ),
        (
            "continuity/1",
            (
                *(ContinuityResult, ContinuitySeen, CareItemSeen, Provided, Interruption),
                *(Precaution, EntitlementSeen),
            ),
        ),
        (
            "hand_over/2",
            (
                HandOverResult,
                HandOverPackage,
                Recipient,
                OpenGoal,
                OpenStep,
                HandedNeed,
                HandedRecord,
                HandedWork,
                OverdueDuty,
            ),
        ),
        (
            "pathways/1",
            (
                *(PathwaysResult, PathwaysSeen, PathwaySeen, StatusChange, SupportNeedSeen),
                *(AssessmentSeen, PathwayAnswerSeen, ResetSeen),
            ),
        ),
        (
            "release_plan/1",
            (
                *(ReleasePlanResult, ReleasePlan, ReleaseDay, PlannedItem, ContactSeen),
                *(AgreementSeen, AgreementElement),
            ),
        ),
        ("decision/2", (Decision, Override)),
        (
            "score/2",
            (ScoreResult, Request, Respondent, ScaleScore, Placing, Flagged, FigureUsed, Remark),
        ),
        (
            "unit/1",
            (
                *(CommunityUnit, UnitAct, Established, Prepared, Capacity, Staffing),
                *(CommunityNorm, PeerRole, PlaceHeld),
            ),
        ),
        (
            "plan_book/1",
            (
                *(PlanBook, Noted, VersionOpened, ContentEdited, AgreementAnswered),
                *(SignatureNoted, CopyGiven, LifeTurned, GoalNoted, StepNoted),
                *(PlanContent, NeedSeen, PlanGoal, PlanStep, PlanItem, PlannedSession),
                *(MixingOverride, PlanQuestion, Deferral, NeedRefused, HoursShort),
            ),
        ),
        (
            "community/1",
            (CommunityResult, CommunityStanding, Resident, Waiting, CommunityNorm, Quoted),
        ),
        (
            "residency/2",
            (
                *(ResidencyResult, StaySeen, StayStanding, StayOutlook),
                *(PhaseVisit, MisplacedInStay, CommunityPhase),
            ),
        ),
        ("diversion/1", (DiversionResult, DiversionStanding)),
        (
            "difference/1",
            (
                *(DifferenceResult, difference_forms._Difference, difference_forms._Rule),
                *(difference_forms._PersonKind, difference_forms._Parting),
                *(difference_forms._Trait, difference_forms._Reply, ValueRange),
            ),
        ),
    ],
)
def test_the_keys_of_a_schema_are_told(schema: str, kinds: tuple[type[Any], ...]) -> None:
    told = names_in(r"^\| (`.*?) \|", SECTIONS[schema])
    keys = {field.name for kind in kinds for field in attrs.fields(kind)}
    assert set(told) == keys | OTHERWISE.get(schema, set())

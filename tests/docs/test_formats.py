"""The page of data formats tells every schema, and every key of what stands in it."""

import re
from typing import Any

import attrs
import pytest

from rehabcore import exchange
from rehabcore.care.moves import HandOver, HandOverItem
from rehabcore.care.needs import NeedCount, NeedSeen, NeedsProfile
from rehabcore.care.needs.dosage import DosagePlan, DosageTarget
from rehabcore.care.needs.risks import RiskDecided, RiskSaid, RiskSeen
from rehabcore.care.needs.sequence import Turn
from rehabcore.casework.decisions import Decision, Override
from rehabcore.casework.results import (
    Grounds,
    MatchResult,
    MoveResult,
    NearResult,
    NeedsResult,
    PlanResult,
    Stamp,
    TimelineResult,
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
from rehabcore.plans import Gap, Goal, Plan, Step
from rehabcore.programs import Offer
from rehabcore.records.faults import SetAside
from rehabcore.rules.data import near_forms
from rehabcore.rules.judging.over_time import Piece, VerdictTimeline
from tests.kit.pages import names_in, page, rows

PAGE = page("reference/formats.md")
SECTIONS = dict(re.findall(r"^## `(.*?)`.*?\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def test_every_schema_is_told_with_its_version_and_class() -> None:
    assert dict(rows(r"^\| `(\w+/\d)` \| `(\w+)` \|", PAGE)) == {
        f"{name}/{version}": kind.__name__ for name, (kind, version) in exchange.SCHEMAS.items()
    }


@pytest.mark.parametrize(
    ("schema", "kinds"),
    [
        ("grounds", (Stamp, Grounds, SetAside)),
        ("match/1", (MatchResult,)),
        (
            "near/1",
            (
                NearResult,
                Offer,
                near_forms._Near,
                near_forms._Way,
                near_forms._Change,
                near_forms._Demand,
            ),
        ),
        ("timeline/1", (TimelineResult, VerdictTimeline, Piece)),
        (
            "needs/1",
            (
                NeedsResult,
                NeedsProfile,
                NeedSeen,
                NeedCount,
                RiskSeen,
                RiskSaid,
                RiskDecided,
                DosageTarget,
                Turn,
            ),
        ),
        (
            "plan/1",
            (PlanResult, Plan, NeedSeen, Goal, Step, Gap, DosagePlan, DosageTarget, Turn),
        ),
        ("move/1", (MoveResult, HandOver, HandOverItem)),
        ("decision/1", (Decision, Override)),
        (
            "score/1",
            (ScoreResult, Request, Respondent, ScaleScore, Placing, Flagged, FigureUsed, Remark),
        ),
    ],
)
def test_the_keys_of_a_schema_are_told(schema: str, kinds: tuple[type[Any], ...]) -> None:
    told = names_in(r"^\| (`.*?) \|", SECTIONS[schema])
    assert set(told) == {field.name for kind in kinds for field in attrs.fields(kind)}

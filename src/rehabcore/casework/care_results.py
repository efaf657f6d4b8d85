"""Results about care that must not lapse, hand-overs and releases, complete with their grounds."""

from collections.abc import Iterable

from attrs import field

from rehabcore.care.continuity.entitlements import EntitlementSeen
from rehabcore.care.continuity.items import ContinuitySeen
from rehabcore.care.moves.packages import HandOverPackage
from rehabcore.care.release import ReleasePlan
from rehabcore.care.resettlement.standings import PathwaysSeen
from rehabcore.casework.results import Grounds
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import CaseId


@frozen(kw_only=True)
@checked
class ContinuityResult:
    """Everything that must not lapse, as it stands for a person on a day. It has health data."""

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    seen: ContinuitySeen
    entitlements: tuple[EntitlementSeen, ...] = ()

    def __repr__(self) -> str:
        return f"<ContinuityResult {self.grounds.in_short}: {len(self.seen.items)} items>"


@frozen(kw_only=True)
@checked
class HandOverResult:
    """Everything that crosses to a recipient on the day of the stamp."""

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    package: HandOverPackage

    def __repr__(self) -> str:
        records = len(self.package.records)
        return f"<HandOverResult {self.grounds.in_short}: {records} open records>"

    def _problems(self) -> Iterable[Problem]:
        named = enumerate(self.package.after)
        after = ((f"package.after[{n}].program_id", one.program_id) for n, one in named)
        yield from self.grounds.lacks(after)


@frozen(kw_only=True)
@checked
class ReleasePlanResult:
    """Everything that is to be done around a release, as it stands on the day of the stamp."""

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    plan: ReleasePlan

    def __repr__(self) -> str:
        items, late = len(self.plan.items), len(self.plan.late)
        return f"<ReleasePlanResult {self.grounds.in_short}: {items} items, {late} of them late>"


@frozen(kw_only=True)
@checked
class PathwaysResult:
    """Every pathway of resettlement of a person, as it stands on a day. It has health data."""

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    seen: PathwaysSeen

    def __repr__(self) -> str:
        return f"<PathwaysResult {self.grounds.in_short}: {len(self.seen.pathways)} pathways>"


CareResult = ContinuityResult | HandOverResult | ReleasePlanResult | PathwaysResult

"""Communities and stays in them: where they stand on a day, and requests about a stay."""

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve

from rehabcore.care.community.occupancy import standing_on
from rehabcore.care.community.outlooks import StayOutlook, outlook, planned_exit
from rehabcore.care.community.profiles import CommunityPhase, UnitProfile
from rehabcore.care.community.requests import (
    StayRequest,
    act_of,
    lacking_for,
    next_event,
    require_allowed_in_stay,
    require_fitting,
    written_in,
)
from rehabcore.care.community.stay_facts import (
    CellsByName,
    cells,
    of_request,
    of_rules,
    of_stay,
    of_unit,
)
from rehabcore.care.community.stays import PhasesOf, StayStanding, admitted_later, stays_on
from rehabcore.care.community.units import CommunityUnit
from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.release_days import ReleaseDay
from rehabcore.casework.arguments import WORDS
from rehabcore.casework.filing import filed_in, require_alive
from rehabcore.casework.grounding import grounds_of, stamped
from rehabcore.casework.releases import release_on, releases
from rehabcore.casework.results import Grounds, Stamp
from rehabcore.casework.stay_results import CommunityResult, ResidencyResult, StaySeen
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile
from rehabcore.records.changes import standing_for
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.any_day import on_any_day
from rehabcore.rules.sources import Text
from rehabcore.strict.checked import checked, checked_with
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import listed, refuse
from rehabcore.strict.vocabulary import RecordId

_verb = checked_with(
    WORDS
    | {
        CommunityUnit: "the book of a community, as read(source, CommunityUnit) gives it",
        StayRequest: "a StayRequest",
        tuple[CommunityUnit, ...]: "a tuple of books of communities",
    }
)


@_verb
def community(unit: CommunityUnit, jurisdiction: Jurisdiction, *, on: date) -> CommunityResult:
    """Tell a community on a day: its places, who waits, its staff and norms, and what is amiss.

    Args:
        unit: the book of the community.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day asked about. Whoever leaves on it has no place any more.

    Raises:
        InputError: the book names a profile that the country does not have, or other phases than
            its profile; or ``on`` is not a date.
    """
    profile = _profile_of(unit, jurisdiction)
    stamp = stamped(jurisdiction, on, None)
    told = CommunityResult(
        grounds=_grounds(jurisdiction, stamp),
        unit_id=unit.unit_id,
        title=unit.title,
        standing=standing_on(unit, on),
    )
    if profile is None:
        return told
    return evolve(
        told,
        standing=evolve(
            told.standing, most=profile.residents_per_counsellor, published=profile.stage
        ),
        profile_title=profile.title,
        planned_places=profile.places,
        phases_published=bool(profile.phases),
        quoted=profile.quoted,
        status=profile.status,
    )


def _grounds(jurisdiction: Jurisdiction, stamp: Stamp) -> Grounds:
    """The grounds of what is asked about no person."""
    return Grounds(
        stamp=stamp,
        title=jurisdiction.title,
        facts=(),
        sources=jurisdiction.sources,
        glossary=jurisdiction.glossary,
        programs=(),
    )


def _profile_of(unit: CommunityUnit, jurisdiction: Jurisdiction) -> UnitProfile | None:
    """The country's profile of a community; None if its book names none.

    Raises:
        InputError: the country does not have it, or it has other phases than the book.
    """
    if not unit.profile:
        return None
    profile = jurisdiction.unit_profile(unit.profile)
    stated = tuple(phase.phase_id for phase in profile.phases)
    if stated and unit.phases != stated:
        expected = f"the phases of the profile: {listed(stated)}"
        refuse(list(unit.phases), "contradicts_itself", expected, path="unit.phases")
    return profile


def _phases_of(unit: CommunityUnit, profile: UnitProfile | None) -> PhasesOf:
    """The phases of a community: those of its profile, else as its book names them."""
    if profile is not None and profile.phases:
        return PhasesOf(phases=profile.phases, minimum_stay=profile.minimum_stay)
    named = (CommunityPhase(phase_id=code, title=Text.of(en=code)) for code in unit.phases)
    return PhasesOf(
        phases=tuple(named), minimum_stay=None if profile is None else profile.minimum_stay
    )


@_verb
def residency(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    units: tuple[CommunityUnit, ...] = (),
    known_at: date | None = None,
    strict: bool = False,
) -> ResidencyResult:
    """Tell where every stay of a person in a community stands on a day, and what lies ahead.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day asked about.
        units: the books of the communities, as far as they are at hand. Of others nobody knows
            which phases there are.
        known_at: the day up to which records count; None for everything on file.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent, a book does not fit its profile, or ``on`` or
            ``known_at`` is not a date.
    """
    stamp = stamped(jurisdiction, on, known_at)
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    asking = _Asking.of(facts, jurisdiction, units, on)
    return ResidencyResult(
        grounds=grounds_of(jurisdiction, stamp, facts, (), ()),
        case_id=case.case_id,
        stays=tuple(map(asking.seen, asking.stays)),
    )


@frozen(kw_only=True)
class _Asking:
    """Everything that is asked about the stays of one person on one day."""

    facts: CaseFacts
    jurisdiction: Jurisdiction
    units: Mapping[str, CommunityUnit]
    profiles: Mapping[str, UnitProfile | None]
    phases: Mapping[str, PhasesOf]
    view: CaseFile
    stays: tuple[StayStanding, ...]
    release: ReleaseDay | None
    exit_plan: RecordId | None
    on: date

    @classmethod
    def of(
        cls,
        facts: CaseFacts,
        jurisdiction: Jurisdiction,
        units: tuple[CommunityUnit, ...],
        on: date,
    ) -> "_Asking":
        """All of it, for some books."""
        profiles = {unit.unit_id: _profile_of(unit, jurisdiction) for unit in units}
        phases = {unit.unit_id: _phases_of(unit, profiles[unit.unit_id]) for unit in units}
        (view,) = facts.views(on=on)
        seen = transitions_on(facts.view, jurisdiction.moves, on)
        return cls(
            facts=facts,
            jurisdiction=jurisdiction,
            units={unit.unit_id: unit for unit in units},
            profiles=profiles,
            phases=phases,
            view=view,
            stays=stays_on(view, on, phases),
            release=release_on(jurisdiction, facts, on),
            exit_plan=planned_exit(seen, releases(jurisdiction)),
            on=on,
        )

    def phases_of(self, stay: StayStanding) -> PhasesOf:
        """The phases of the community of a stay; unknown without its book."""
        return self.phases.get(stay.unit, PhasesOf())

    def outlook(self, stay: StayStanding) -> StayOutlook:
        """The outlook of a stay."""
        phases, release, planned = self.phases_of(stay), self.release, self.exit_plan
        return outlook(stay, phases, self.on, release=release, exit_plan=planned)

    def known(self, stay: StayStanding) -> Iterator[CellsByName]:
        """The cells of a stay, of its community and of the rules by which it admits."""
        others = any(one.has_place for one in self.stays if one is not stay)
        others = others or admitted_later(self.view, stay.residency, self.on)
        phases = self.phases_of(stay)
        yield of_stay(stay, phases, self.outlook(stay), self.on, others)
        unit, profile = self.units.get(stay.unit), self.profiles.get(stay.unit)
        if unit is not None:
            yield of_unit(unit, self.on, self.view.beneficiary)
        if profile is not None:
            yield of_rules(self.verdicts(profile))

    def verdicts(self, profile: UnitProfile) -> Mapping[str, Verdict | None]:
        """The answers of the country's rules for a community, by the facts that they stand for."""
        admissions = self.jurisdiction.admissions_on_any_day
        rules = {
            "consent_given": profile.consent and on_any_day(profile.consent),
            "health_cleared": profile.clearance and on_any_day(profile.clearance),
            "program_open": admissions[profile.program] if profile.program is not None else None,
        }
        day = self.facts.on(self.on)
        return {
            name: None if rule is None else judge(rule, day, on=self.on)
            for name, rule in rules.items()
        }

    def seen(self, stay: StayStanding) -> StaySeen:
        """A stay as it is told."""
        phases, visit = self.phases_of(stay), stay.visit
        event = next_event(stay, phases)
        lacks = lacking_for(stay, event, cells(*self.known(stay)), self.on) if event else ()
        named = visit is not None and visit.phase < len(phases.phases)
        return StaySeen(
            standing=stay,
            outlook=self.outlook(stay),
            phase=phases.phases[visit.phase] if visit is not None and named else None,
            days_in_phase=None if visit is None else visit.days_by(self.on),
            days=stay.days(self.on),
            next_event=event,
            lacks=tuple(lacks),
        )


@frozen(kw_only=True)
@checked
class StayChange:
    """A request about a stay that was allowed: the new case file, and the new book."""

    case: CaseFile
    unit: CommunityUnit

    def __repr__(self) -> str:
        return "<StayChange of a case file and a book>"


@_verb
def request_stay(
    case: CaseFile,
    unit: CommunityUnit,
    jurisdiction: Jurisdiction,
    request: StayRequest,
    *,
    strict: bool = False,
) -> StayChange:
    """Do something in a stay, if it is allowed: the act is filed, and the book told.

    Args:
        case: the case file.
        unit: the book of the community.
        jurisdiction: the country, with or without an agency's overlay.
        request: what is to be done.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the request does not fit the file and the book, or one of them is wrong.
        RequestRefused: it is not certainly allowed; every reason is told. Nothing was changed.
    """
    request = evolve(request, residency=standing_for(case, request.residency, request.on))
    filed = require_fitting(case, unit, request)
    facts = jurisdiction.facts_of(case, strict=strict)
    asking = _Asking.of(facts, jurisdiction, (unit,), request.on)
    found = (stay for stay in asking.stays if stay.residency == request.residency)
    stay = next(found, None)
    if stay is None:
        expected = "a day not before that of the referral"
        refuse(request.on, "ends_before_start", expected, path="request.on")
    require_alive(asking.view, request.on)
    known = cells(*asking.known(stay), of_request(request, unit))
    require_allowed_in_stay(stay, request, known)
    after, _ = filed_in(case, jurisdiction, act_of(case, request), strict=strict)
    return StayChange(case=after, unit=written_in(unit, filed, request))

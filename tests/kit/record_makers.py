"""Small makers of each kind of record, and what the facts of country ``xx`` read from them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore import jurisdictions
from rehabcore.care.needs.profile import NeedsProfile, profile
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions import CaseFacts
from rehabcore.records import (
    Appointment,
    Attendance,
    CaseFile,
    ChecklistEntry,
    Completion,
    Consent,
    ContinuityItem,
    Death,
    Diversion,
    DiversionAct,
    Enrolment,
    Entitlement,
    EntitlementAct,
    Event,
    LegalStanding,
    LevelOverride,
    Measurement,
    Milestone,
    NeedFinding,
    NeedsAssessment,
    Observation,
    Offence,
    PathwayAct,
    PathwayAnswer,
    PathwayAssessment,
    PathwayReset,
    Placement,
    Referral,
    Registration,
    Requirement,
    Residency,
    ResidencyAct,
    Resolution,
    ResponsivityFactor,
    Retraction,
    RiskAssessment,
    Ruling,
    Sentence,
    Session,
    State,
    Supply,
    SupportNeed,
    SupportNeedAct,
    Transition,
    TransitionAct,
    consistency,
)
from rehabcore.rules.criteria import Asked, ask
from rehabcore.rules.facts import NEVER, Cell, Known
from rehabcore.rules.time.days import OPEN, UNSURE, End
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import (
    AttendanceOutcome,
    ChecklistOutcome,
    DecisionOutcome,
    DiversionEvent,
    EntitlementEvent,
    LegalStatus,
    Outcome,
    PathwayAssessmentKind,
    PathwayStatus,
    ProgramId,
    RecordId,
    RequirementKind,
    ResetReason,
    ResidencyEvent,
    Setting,
    Sex,
    SkipReason,
    StaffId,
    SupportNeedStatus,
    TransitionEvent,
)
from tests.kit.builders import case, day, filed, person, some_day, some_days
from tests.kit.plan_records import (
    availability,
    needs_contest,
    offer_deferral,
    offer_refusal,
    own_goal,
    risk_contest,
    separation,
    strength,
    supporter,
    unavailability,
)

XX = jurisdictions.load("xx")

Given = str | list[str]
"""What is said for a parameter: one code or term, or several codes."""


def until(end: str | End) -> End:
    """An end from a text, or the end itself."""
    return day(end) if isinstance(end, str) else end


def day_or_none(text: str | None) -> date | None:
    """A day from a text, if there is one."""
    return None if text is None else day(text)


def death(record_id: str, died_on: str, **filing: Any) -> Death:
    """A death."""
    return Death(filed=filed(record_id, **filing), died_on=day(died_on))


def standing(
    record_id: str, status: str, start: str, end: str | End = OPEN, **filing: Any
) -> LegalStanding:
    """A legal status, open if no end is given."""
    return LegalStanding(
        filed=filed(record_id, **filing), status=LegalStatus(status), span=some_days(start, end)
    )


def placement(
    record_id: str,
    setting: str,
    start: object,
    end: object = OPEN,
    *,
    holder: str = "office",
    **filing: Any,
) -> Placement:
    """A setting, open if no end is given."""
    return Placement(
        filed=filed(record_id, **filing),
        setting=Setting(setting),
        span=some_days(start, end),
        holder=holder,
    )


def sentence(
    record_id: str,
    start: str,
    end: str | End,
    release: str | None = None,
    *,
    after: str | None = None,
    beside: tuple[str, ...] = (),
    **filing: Any,
) -> Sentence:
    """A sentence, perhaps consecutive to another or concurrent with some."""
    return Sentence(
        filed=filed(record_id, **filing),
        start=day(start),
        end=until(end),
        earliest_release=day_or_none(release),
        consecutive_to=None if after is None else RecordId(after),
        concurrent_with=tuple(map(RecordId, beside)),
    )


def told_again(record: Sentence, of: str) -> Sentence:
    """The sentence, told as the same as another record."""
    return evolve(record, filed=evolve(record.filed, same_as=RecordId(of)))


def needs(
    record_id: str,
    assessed_on: str,
    expires: str | End = OPEN,
    *,
    instrument: str = "needs-1",
    confirmed: bool = True,
    findings: dict[str, str],
    found_in: dict[str, str] | None = None,
    **filing: Any,
) -> NeedsAssessment:
    """An assessment of needs, with levels by domain, and perhaps the parts that it names."""
    return NeedsAssessment(
        filed=filed(record_id, **filing),
        instrument=instrument,
        assessed_on=day(assessed_on),
        expires=until(expires),
        findings=tuple(
            NeedFinding(
                domain=domain,
                level=level,
                subdomains=frozenset((found_in or {}).get(domain, "").split()),
            )
            for domain, level in findings.items()
        ),
        confirmed_by=StaffId("staff") if confirmed else None,
    )


def risk(
    record_id: str,
    level: str | None,
    assessed_on: str,
    expires: str | End = OPEN,
    *,
    instrument: str = "risk-1",
    confirmed: bool = True,
    domain: str | None = None,
    **filing: Any,
) -> RiskAssessment:
    """An assessment of risk, overall unless said otherwise; without a level, its score is 1."""
    return RiskAssessment(
        filed=filed(record_id, **filing),
        instrument=instrument,
        assessed_on=day(assessed_on),
        expires=until(expires),
        level=level,
        score=Decimal(1) if level is None else None,
        confirmed_by=StaffId("staff") if confirmed else None,
        domain=domain,
    )


def override(
    record_id: str,
    of: str,
    level: str,
    decided_on: str,
    until_day: str | End = OPEN,
    *,
    by: str = "head",
    **filing: Any,
) -> LevelOverride:
    """An override of an assessment of risk."""
    return LevelOverride(
        filed=filed(record_id, **filing),
        assessment=RecordId(of),
        level=level,
        reason="known_threat",
        decided_by=StaffId(by),
        decided_on=day(decided_on),
        until=until(until_day),
    )


def resolution(
    record_id: str, of: list[str], level: str, decided_on: str, **filing: Any
) -> Resolution:
    """A resolution of a dispute between assessments of risk."""
    return Resolution(
        filed=filed(record_id, **filing),
        assessments=tuple(map(RecordId, of)),
        level=level,
        reason="newer_facts",
        decided_by=StaffId("head"),
        decided_on=day(decided_on),
    )


def consent(
    record_id: str,
    given: str | None = None,
    expires: str | End = OPEN,
    *,
    refused: str | None = None,
    withdrawn: str | None = None,
    purpose: str = "programme",
    program: str | None = None,
    recipients: tuple[str, ...] | None = None,
    **filing: Any,
) -> Consent:
    """An answer to a request for consent."""
    return Consent(
        filed=filed(record_id, **filing),
        purpose=purpose,
        program_id=None if program is None else ProgramId(program),
        recipients=None if recipients is None else frozenset(recipients),
        given=day_or_none(given),
        refused=day_or_none(refused),
        withdrawn=day_or_none(withdrawn),
        expires=until(expires),
    )


def referral(
    record_id: str, referred_on: str, program: str = "thinking_skills", **filing: Any
) -> Referral:
    """A referral."""
    return Referral(
        filed=filed(record_id, **filing),
        program_id=ProgramId(program),
        referred_on=day(referred_on),
    )


def enrolment(
    record_id: str,
    started_on: str,
    program: str = "thinking_skills",
    *,
    after: str | None = None,
    **filing: Any,
) -> Enrolment:
    """An enrolment, perhaps after a referral."""
    return Enrolment(
        filed=filed(record_id, **filing),
        program_id=ProgramId(program),
        started_on=day(started_on),
        referral=None if after is None else RecordId(after),
    )


def completion(
    record_id: str, of: str, ended_on: str, outcome: str = "completed", **filing: Any
) -> Completion:
    """The end of an enrolment."""
    return Completion(
        filed=filed(record_id, **filing),
        enrolment=RecordId(of),
        ended_on=day(ended_on),
        outcome=Outcome(outcome),
    )


def event(
    record_id: str,
    happened_on: str,
    kind: str = "sanction",
    *,
    severity: str | None = None,
    outcome: str | None = None,
    reported: str | None = None,
    decided: str | None = None,
    responded: str | None = None,
    **filing: Any,
) -> Event:
    """An event, a sanction unless said otherwise."""
    return Event(
        filed=filed(record_id, **filing),
        kind=kind,
        happened_on=day(happened_on),
        severity=severity,
        outcome=outcome,
        reported_on=day_or_none(reported),
        decided_on=day_or_none(decided),
        responded_on=day_or_none(responded),
    )


def observation(
    record_id: str,
    value: str,
    observed_on: str,
    expires: str | End = OPEN,
    *,
    kind: str = "drug_test",
    **filing: Any,
) -> Observation:
    """An observation, a drug test unless said otherwise."""
    return Observation(
        filed=filed(record_id, **filing),
        kind=kind,
        value=value,
        observed_on=day(observed_on),
        expires=until(expires),
    )


def state(
    record_id: str,
    value: str,
    start: str,
    end: str | End = OPEN,
    *,
    kind: str = "employment",
    **filing: Any,
) -> State:
    """A state, of employment unless said otherwise."""
    return State(
        filed=filed(record_id, **filing), kind=kind, value=value, span=some_days(start, end)
    )


def measurement(
    record_id: str,
    amount: str,
    measured_on: str,
    expires: str | End = OPEN,
    *,
    kind: str = "restitution_owed",
    **filing: Any,
) -> Measurement:
    """A measurement, of restitution still owed unless said otherwise."""
    return Measurement(
        filed=filed(record_id, **filing),
        kind=kind,
        amount=Decimal(amount),
        measured_on=day(measured_on),
        expires=until(expires),
    )


def offence(
    record_id: str,
    kind: str | None = "violent",
    committed: str | None = None,
    convicted: str | None = None,
    *,
    of: str | None = None,
    **filing: Any,
) -> Offence:
    """An offence, perhaps one that a sentence is for."""
    return Offence(
        filed=filed(record_id, **filing),
        kind=kind,
        committed_on=day_or_none(committed),
        convicted_on=day_or_none(convicted),
        sentence=None if of is None else RecordId(of),
    )


def milestone(
    record_id: str, on: str | None, kind: str = "projected_release", **filing: Any
) -> Milestone:
    """A legal day, a projected release unless said otherwise; None for one that never comes."""
    return Milestone(
        filed=filed(record_id, **filing), kind=kind, day=NEVER if on is None else some_day(on)
    )


def ruling(
    record_id: str,
    outcome: str,
    decided_on: str,
    until_day: str | End = OPEN,
    *,
    subject: str = "thinking_skills",
    reason: str | None = None,
    **filing: Any,
) -> Ruling:
    """A ruling by a person."""
    return Ruling(
        filed=filed(record_id, **filing),
        subject=subject,
        outcome=DecisionOutcome(outcome),
        decided_on=day(decided_on),
        decided_by=StaffId("staff"),
        reason=reason,
        until=until(until_day),
    )


def session(
    record_id: str,
    on: str,
    program: str = "thinking_skills",
    minutes: int | None = 90,
    *,
    held: bool = True,
    reason: str | None = None,
    **filing: Any,
) -> Session:
    """A session of a programme, held unless said otherwise."""
    return Session(
        filed=filed(record_id, **filing),
        program_id=ProgramId(program),
        day=day(on),
        minutes=minutes,
        held=held,
        reason=reason,
    )


def attendance(
    record_id: str,
    of: str,
    outcome: str = "attended",
    minutes: int | None = None,
    **filing: Any,
) -> Attendance:
    """How the person attended a session, recorded long after it unless said otherwise."""
    return Attendance(
        filed=filed(record_id, **{"recorded_on": "2026-12-31", **filing}),
        session=RecordId(of),
        outcome=AttendanceOutcome(outcome),
        minutes=minutes,
    )


def requirement(
    record_id: str,
    start: str,
    end: str | End = OPEN,
    subject: str = "thinking_skills",
    of: str | None = None,
    **filing: Any,
) -> Requirement:
    """A requirement of a court, open if no end is given."""
    return Requirement(
        filed=filed(record_id, **filing),
        kind=RequirementKind.COURT_ORDER,
        subject=subject,
        imposed_by="court-1",
        span=some_days(start, end),
        sentence=RecordId(of) if of is not None else None,
    )


def registration(
    record_id: str, start: str, end: str | End = OPEN, register: str = "warrants", **filing: Any
) -> Registration:
    """An entry in a register, of warrants unless said otherwise."""
    return Registration(
        filed=filed(record_id, **filing), register=register, span=some_days(start, end)
    )


def factor(
    record_id: str,
    found_on: str,
    expires: str | End = OPEN,
    *,
    kind: str = "literacy",
    present: bool = True,
    **filing: Any,
) -> ResponsivityFactor:
    """A factor of responsivity that is present, literacy unless said otherwise."""
    return ResponsivityFactor(
        filed=filed(record_id, **filing),
        kind=kind,
        present=present,
        found_on=day(found_on),
        expires=until(expires),
    )


def transition(
    record_id: str,
    identified_on: str,
    move: str = "release",
    planned_for: str | None = None,
    follows: str | None = None,
    **filing: Any,
) -> Transition:
    """A passage of the person to another office, a release unless said otherwise."""
    return Transition(
        filed=filed(record_id, **filing),
        move=move,
        identified_on=day(identified_on),
        planned_for=day_or_none(planned_for),
        follows=None if follows is None else RecordId(follows),
    )


def transition_act(
    record_id: str,
    of: str,
    event: str,
    on: str,
    office: str = "",
    *,
    answer_by: str | None = None,
    appointment: str | None = None,
    by: str | None = None,
    reason: str | None = None,
    **filing: Any,
) -> TransitionAct:
    """Something that was done in a transition."""
    return TransitionAct(
        filed=filed(record_id, **filing),
        transition=RecordId(of),
        event=TransitionEvent(event),
        on=day(on),
        office=office,
        answer_by=day_or_none(answer_by),
        appointment=day_or_none(appointment),
        by=None if by is None else StaffId(by),
        reason=reason,
    )


def checklist_entry(
    record_id: str,
    of: str,
    item: str,
    on: str,
    outcome: str = "done",
    *,
    by: str | None = None,
    reason: str | None = None,
    **filing: Any,
) -> ChecklistEntry:
    """The outcome of an item on the checklist of a transition: done, unless said otherwise."""
    return ChecklistEntry(
        filed=filed(record_id, **filing),
        transition=RecordId(of),
        item=item,
        outcome=ChecklistOutcome(outcome),
        on=day(on),
        by=None if by is None else StaffId(by),
        reason=reason,
    )


def continuity_item(
    record_id: str,
    kind: str,
    start: object,
    end: object = OPEN,
    *,
    program: str | None = None,
    **filing: Any,
) -> ContinuityItem:
    """Care that must not be interrupted, open if no end is given."""
    return ContinuityItem(
        filed=filed(record_id, **filing),
        kind=kind,
        span=some_days(start, end),
        program_id=None if program is None else ProgramId(program),
    )


def supply(
    record_id: str,
    of: str,
    start: object,
    end: object = OPEN,
    office: str = "office",
    **filing: Any,
) -> Supply:
    """The days over which care was provided."""
    return Supply(
        filed=filed(record_id, **filing),
        item=RecordId(of),
        covers=some_days(start, end),
        office=office,
    )


def appointment(
    record_id: str,
    of: str,
    on: str,
    office: str = "office",
    kept: bool | None = None,
    **filing: Any,
) -> Appointment:
    """The day on which an office is to go on with care."""
    return Appointment(
        filed=filed(record_id, **filing), item=RecordId(of), on=day(on), office=office, kept=kept
    )


def entitlement(
    record_id: str, requested_on: str, kind: str = "identity_card", **filing: Any
) -> Entitlement:
    """A paper that was requested: an identity card, unless said otherwise."""
    return Entitlement(filed=filed(record_id, **filing), kind=kind, requested_on=day(requested_on))


def entitlement_act(
    record_id: str, of: str, event: str, on: str, expires: str | End = OPEN, **filing: Any
) -> EntitlementAct:
    """Something that happened to an entitlement."""
    return EntitlementAct(
        filed=filed(record_id, **filing),
        entitlement=RecordId(of),
        event=EntitlementEvent(event),
        on=day(on),
        expires=until(expires),
    )


def residency(
    record_id: str,
    referred_on: str,
    unit: str = "community-1",
    reference: str = "",
    **filing: Any,
) -> Residency:
    """A stay in a therapeutic community."""
    return Residency(
        filed=filed(record_id, **filing),
        unit=unit,
        referred_on=day(referred_on),
        reference=reference,
    )


def residency_act(
    record_id: str,
    of: str,
    event: str,
    on: str,
    *,
    by: str | None = None,
    reason: str | None = None,
    office: str = "",
    report: bool | None = None,
    reviewed: bool | None = None,
    **filing: Any,
) -> ResidencyAct:
    """Something that happened in a stay."""
    return ResidencyAct(
        filed=filed(record_id, **filing),
        residency=RecordId(of),
        event=ResidencyEvent(event),
        on=day(on),
        by=None if by is None else StaffId(by),
        reason=reason,
        office=office,
        report=report,
        reviewed=reviewed,
    )


def diversion(
    record_id: str,
    decided_on: str,
    until_day: str | End = OPEN,
    of: str | None = None,
    **filing: Any,
) -> Diversion:
    """A decision for measures instead of prison."""
    return Diversion(
        filed=filed(record_id, **filing),
        decided_on=day(decided_on),
        decided_by="court-1",
        until=until(until_day),
        transition=None if of is None else RecordId(of),
    )


def diversion_act(
    record_id: str,
    of: str,
    event: str,
    on: str,
    office: str = "court-1",
    *,
    reason: str | None = None,
    **filing: Any,
) -> DiversionAct:
    """Something that happened in a diversion."""
    return DiversionAct(
        filed=filed(record_id, **filing),
        diversion=RecordId(of),
        event=DiversionEvent(event),
        on=day(on),
        office=office,
        reason=reason,
    )


def retraction(record_id: str, of: str, recorded_on: str = "2020-01-01") -> Retraction:
    """A retraction of another record."""
    return Retraction(filed=filed(record_id, recorded_on, corrects=of))


def question(name: str, **given: Given) -> Asked:
    """A fact of country ``xx``, asked."""
    return ask(XX.facts[name], **given)


def facts_of(
    case: CaseFile, *, known_at: date | None = None, country: Jurisdiction = XX
) -> CaseFacts:
    """What a case file answers to a country, also one that ``country.facts_of`` would refuse."""
    return CaseFacts(case.as_known(known_at or date.max), country.questions)


def cell(case: CaseFile, name: str, on: str, **given: Given) -> Cell:
    """What a case file answers to a fact on a day."""
    facts = facts_of(case)
    return facts.on(day(on))(question(name, **given))


Piece = tuple[str, object, str]


def told(case: CaseFile, name: str, **given: Given) -> list[Piece]:
    """What a case file answers to a fact on every day.

    Each piece is the day from which it holds (empty for the first, which has always held), the
    value or the kind of not knowing, and the ids of the records it rests on. Anchor days are
    written as text; what is known of an unknown value, as ``disputed 2020-01-01..never``.
    """
    return in_words(facts_of(case), name, **given)


def in_words(facts: CaseFacts, name: str, **given: Given) -> list[Piece]:
    """The pieces of a fact on every day, as ``told`` writes them."""
    return [
        ("" if start == date.min else start.isoformat(), _says(cell), " ".join(cell.evidence))
        for start, _, cell in facts.timeline(question(name, **given)).pieces()
    ]


def _says(cell: Cell) -> object:
    if isinstance(cell, Known):
        return cell.value.isoformat() if isinstance(cell.value, date) else cell.value
    if cell.between is None:
        return cell.kind
    low, high = ("never" if end is NEVER else str(end) for end in cell.between)
    return f"{cell.kind} {low}..{high}"


def pathway_act(
    record_id: str,
    status: str,
    on: str,
    pathway: str = "accommodation",
    **filing: Any,
) -> PathwayAct:
    """A status that somebody gave to a pathway: to a place to live, unless said otherwise."""
    return PathwayAct(
        filed=filed(record_id, **filing),
        pathway=pathway,
        status=PathwayStatus(status),
        on=day(on),
    )


def pathway_assessment(
    record_id: str,
    on: str,
    answers: dict[str, str] | None = None,
    kind: str = "immediate_needs",
    *,
    submitted: bool = False,
    skipped: str | None = None,
    **filing: Any,
) -> PathwayAssessment:
    """Saved answers of an assessment of pathways: that on entry, unless said otherwise."""
    return PathwayAssessment(
        filed=filed(record_id, **filing),
        kind=PathwayAssessmentKind(kind),
        on=day(on),
        answers=tuple(
            PathwayAnswer(pathway=pathway, status=PathwayStatus(status))
            for pathway, status in (answers or {}).items()
        ),
        submitted=submitted,
        skipped=None if skipped is None else SkipReason(skipped),
    )


def pathway_reset(
    record_id: str, on: str, reason: str = "recall_to_prison", **filing: Any
) -> PathwayReset:
    """A day on which all pathways begin anew."""
    return PathwayReset(filed=filed(record_id, **filing), on=day(on), reason=ResetReason(reason))


def support_need(
    record_id: str,
    identified_on: str,
    need: str | None = "own_home",
    pathway: str = "accommodation",
    **filing: Any,
) -> SupportNeed:
    """A need for support on a pathway: for a lasting home, unless said otherwise."""
    return SupportNeed(
        filed=filed(record_id, **filing),
        pathway=pathway,
        identified_on=day(identified_on),
        need=need,
    )


def support_need_act(
    record_id: str, of: str, status: str, on: str, **filing: Any
) -> SupportNeedAct:
    """A status that somebody gave to a need for support."""
    return SupportNeedAct(
        filed=filed(record_id, **filing),
        support_need=RecordId(of),
        status=SupportNeedStatus(status),
        on=day(on),
    )


def profiled(*assessments: NeedsAssessment, on: str = "2030-06-01") -> NeedsProfile:
    """The profile of a person of country ``xx`` with these assessments."""
    file = case(needs_assessments=assessments)
    need_level, cells = XX.facts["need_level"], facts_of(file).on(day(on))
    return profile(
        need_level,
        cells,
        file.needs_assessments,
        on=day(on),
        found_in=XX.facts["need_found_in"],
        subdomains=XX.glossary.need_subdomains,
    )


Found = list[tuple[str, str]]


def found(file: CaseFile, known_at: str | None = None) -> Found:
    """The codes and paths of the problems of a case file in country ``xx``."""
    on = None if known_at is None else day(known_at)
    problems = consistency.check(file, XX.glossary, XX.known_programs(), on, moves=XX.words.moves)
    return [(problem.code, problem.path) for problem in problems]


def problems_of_asking(name: str, **given: str | list[str]) -> Found:
    """The codes and paths of the problems for which a fact cannot be asked so."""
    with pytest.raises(InputError) as raised:
        question(name, **given)
    return [(problem.code, problem.path) for problem in raised.value.problems]


def of_every_kind() -> CaseFile:
    """A case file with at least one record of each kind, in which nothing is wrong."""
    return case(
        beneficiary=(
            person(birth_date=day("1990-01-01"), sex=Sex.MALE, languages=frozenset({"xx"})),
        ),
        deaths=(death("de", "2099-01-01"),),
        legal_standings=(standing("ls", "probation", "2020-01-01"),),
        placements=(placement("pl", "community", "2020-01-01"),),
        sentences=(sentence("s", "2020-01-01", UNSURE, "2020-06-01"),),
        needs_assessments=(needs("na", "2020-01-01", findings={"work": "high"}),),
        risk_assessments=(
            risk("ra", "low", "2020-01-01"),
            risk("ra-2", "high", "2020-01-01", instrument="other"),
        ),
        level_overrides=(override("lo", "ra", "medium", "2020-01-01"),),
        resolutions=(resolution("rs", ["ra", "ra-2"], "high", "2020-01-01"),),
        consents=(consent("c", "2020-01-01"), consent("c-2", None, refused="2020-01-01")),
        referrals=(referral("rf", "2020-01-01"),),
        enrolments=(enrolment("en", "2020-01-01", after="rf"), enrolment("en-2", "2020-01-01")),
        completions=(completion("co", "en", "2020-02-01"),),
        events=(event("ev", "2020-01-01"), event("ev-2", "2020-01-01")),
        observations=(observation("ob", "negative", "2020-01-01"),),
        states=(state("st", "employed", "2020-01-01"),),
        measurements=(measurement("me", "12.50", "2020-01-01"),),
        offences=(offence("of", "violent", "2020-01-01", of="s"),),
        milestones=(milestone("mi", "2021-01-01"), milestone("mi-2", None, "early_discharge")),
        rulings=(
            ruling("ru", "refused", "2020-01-01", reason="no_place"),
            ruling("ru-2", "granted", "2020-01-01", subject="home_leave"),
        ),
        registrations=(registration("re", "2020-01-01"),),
        responsivity_factors=(factor("fa", "2020-01-01"),),
        sessions=(session("se", "2020-01-02"),),
        attendances=(attendance("at", "se", minutes=80, recorded_on="2020-01-02"),),
        requirements=(requirement("rq", "2020-01-01", of="s"),),
        transitions=(
            transition("tr", "2020-01-01", planned_for="2020-02-01"),
            transition("tr-2", "2020-03-01", follows="tr"),
        ),
        transition_acts=(
            transition_act(
                "ta", "tr", "referred", "2020-01-02", "office-2", answer_by="2020-01-09"
            ),
            transition_act(
                "ta-2", "tr", "accepted", "2020-01-03", "office-2", appointment="2020-02-02"
            ),
        ),
        checklist_entries=(checklist_entry("ce", "tr", "identity_card", "2020-01-04"),),
        continuity_items=(continuity_item("ci", "counselling", "2020-01-01"),),
        supplies=(supply("su", "ci", "2020-01-01", "2020-02-01"),),
        appointments=(appointment("ap", "ci", "2020-02-02"),),
        entitlements=(entitlement("et", "2020-01-01"),),
        entitlement_acts=(entitlement_act("ea", "et", "issued", "2020-01-08", "2030-01-08"),),
        residencies=(residency("rd", "2020-01-01"),),
        residency_acts=(residency_act("rd-1", "rd", "screened", "2020-01-02"),),
        diversions=(diversion("di", "2020-01-01", "2021-01-01", of="tr"),),
        diversion_acts=(diversion_act("di-1", "di", "started", "2020-01-02"),),
        pathway_acts=(pathway_act("pa", "in_progress", "2020-01-03"),),
        pathway_assessments=(
            pathway_assessment("ps", "2020-01-02", {"accommodation": "support_required"}),
        ),
        pathway_resets=(pathway_reset("pr", "2020-01-01", "other"),),
        support_needs=(support_need("sn", "2020-01-02"),),
        support_need_acts=(support_need_act("sa", "sn", "in_progress", "2020-01-03"),),
        availabilities=(availability("av", "monday", "2020-01-01", times=("09:00", "12:30")),),
        unavailabilities=(unavailability("ua", "2020-02-01", "2020-02-08"),),
        separations=(separation("sp", "wing-3", "2020-01-01"),),
        strengths=(strength("sg", "2020-01-02", domain="work"),),
        own_goals=(own_goal("og", "2020-01-02"),),
        offer_refusals=(
            offer_refusal("or", "2020-01-02", program="drop_in"),
            offer_refusal("or-2", "2020-01-02", domain="housing"),
        ),
        supporters=(supporter("ss", "2020-01-02", agrees=True),),
        needs_contests=(needs_contest("nc", "na", "2020-01-02"),),
        risk_contests=(risk_contest("rc", "ra", "2020-01-02", "dismissed", "2020-01-03"),),
        offer_deferrals=(offer_deferral("od", "2020-01-02", "2020-04-01", domain="work"),),
        retractions=(retraction("rt", "ev-2"),),
    )

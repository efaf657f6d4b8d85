"""Gathering all that a plan is drafted from: what runs, is done, was refused, and lies ahead."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rehabcore.care.moves.responsibility import accountable, tenures
from rehabcore.care.needs import NeedsProfile, profile
from rehabcore.care.needs.dosage import Credit, credited, minutes_attended, work_done
from rehabcore.care.needs.risks import RiskSeen
from rehabcore.care.plans.drafting.given import (
    AgainReason,
    ClosingDay,
    Declined,
    DraftGiven,
    ImposedDuty,
    LaterOffer,
    LiveConsent,
    PutOff,
    WorkUnderway,
)
from rehabcore.care.plans.drafting.timing import MINUTES_AN_HOUR
from rehabcore.care.plans.drafting.wordings import AGREE_HOW, OWN_GOAL
from rehabcore.care.plans.separations import MayShare, groups_to_keep_from, kept_apart_from
from rehabcore.care.plans.withdrawing import consents_ended
from rehabcore.care.release_days import ReleaseBasis, ReleaseDay, release_day
from rehabcore.casework.afterwards import LOOK_AHEAD, bound, outside
from rehabcore.casework.grounding import has_died
from rehabcore.casework.releases import release_on, sentence_end_on
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import Actor, GoalKind, PlanContent, PlanGoal, PlanStep
from rehabcore.programs import Offer
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked, Criterion, ask, comparisons
from rehabcore.rules.facts import Cell, Known
from rehabcore.rules.judging.proving import judge_all
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import ONE_DAY, OPEN, Term
from rehabcore.rules.time.partial import Day, Days, PartialEnd, Period, first_of, last_of
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import (
    GoalId,
    Outcome,
    ProgramId,
    RecordId,
    Setting,
    StepId,
    Weekday,
)

MOST_RULES_OF_AGE = 4_096
"""For how many rules it is kept which ages they ask."""
PROGRAMME = "programme"
"""The purpose of a consent to take part in a programme, in the glossary of every country."""
MINUTES_A_DAY = 1_440


def draft_given(
    facts: CaseFacts,
    jurisdiction: Jurisdiction,
    on: date,
    *,
    offers: tuple[Offer, ...],
    needs: NeedsProfile,
    risk: RiskSeen,
    previous: PlanContent | None = None,
    again: tuple[AgainReason, ...] = (),
    may_share: MayShare | None = None,
) -> DraftGiven:
    """Everything that a case file tells on a day of what a draft is made from.

    In doubt a programme still runs and was not completed, and a consent, a duty or a refusal does
    not hold. The arguments are those of ``rc.plan``, and what it found of the day.
    """
    (view,) = facts.views(on=on)
    told, end = release_on(jurisdiction, facts, on), sentence_end_on(jurisdiction, facts, on)
    closing, opening = _birthdays(facts, jurisdiction, on)
    setting = _setting(facts, jurisdiction, on)
    overdue = setting is Setting.CUSTODY and told is not None and last_of(told.day) < on
    release = _next_release(facts, jurisdiction, on, end) if overdue else told
    leaving = release if setting is Setting.CUSTODY else None
    apart = kept_apart_from(view, on)
    return DraftGiven(
        on=on,
        programs=jurisdiction.programs,
        offers=offers,
        profile=needs,
        titles=tuple((one.id, one.title) for one in jurisdiction.glossary.need_domains),
        rnr=jurisdiction.rnr_policy,
        risk=risk.level,
        risk_contested=risk.contested,
        holder=holder_of(facts, on),
        underway=tuple(_underway(view, on)),
        completed=tuple(_completed(view, on)),
        again=again,
        declined=(*_declined(view, on), *_no_longer_agreed(view, jurisdiction, on)),
        put_off=tuple(_put_off(view, on)),
        credit=_credit(facts, jurisdiction, view),
        previous=previous,
        standing=tuple(_own_goals(view, on)),
        duties=tuple(_duties(view, jurisdiction, on)),
        consents=tuple(_consents(view, on)),
        setting=setting,
        release=release,
        release_overdue=overdue,
        receiving_office=_receiving(view, told),
        outside=() if leaving is None else outside(facts, jurisdiction, offers, leaving, on=on),
        bound=frozenset() if end is None else bound(facts, jurisdiction, offers, end, on=on),
        sentence_end=None if end is None else first_of(end),
        closing=tuple(closing),
        opening=tuple(opening),
        hours_a_week=_hours_a_week(view, on),
        kept_from=frozenset(groups_to_keep_from(jurisdiction.programs, apart, may_share)),
        assessed_until=_assessed_until(view, needs),
        reassess_risk_by=risk.reassess_by,
        died=has_died(facts, jurisdiction, on),
    )


def holder_of(facts: CaseFacts, on: date) -> str:
    """The one office that is accountable on a day, however the file is read; else empty."""
    histories = facts.histories(
        *("placements", "transitions", "transition_acts"),
        *("sentences", "diversions", "diversion_acts"),
    )
    found = {accountable(tenures(history), on) for history in histories}
    offices = {tenure.office if tenure is not None else "" for tenure in found}
    return offices.pop() if len(offices) == 1 else ""


def _holds(days: Days, on: date) -> bool:
    """Whether days certainly hold a day."""
    if isinstance(days, Period):
        return days.brief == on or (days.certain is not None and on in days.certain)
    return on in days


def _not_over(end: PartialEnd, on: date) -> bool:
    """Whether something certainly has not ended by a day."""
    return end is OPEN or (isinstance(end, Day) and first_of(end) > on)


# --- what runs, what is done, what was refused --------------------------------------------


def _underway(view: CaseFile, on: date) -> Iterator[WorkUnderway]:
    """The enrolments that run; of several in one programme the first."""
    ended = {one.enrolment for one in view.completions if last_of(one.ended_on) <= on}
    attended = minutes_attended(view).items()
    running = [
        one
        for one in view.enrolments
        if first_of(one.started_on) <= on and one.filed.record_id not in ended
    ]
    seen = set[ProgramId]()
    for one in sorted(running, key=lambda one: (first_of(one.started_on), one.filed.record_id)):
        if one.program_id not in seen:
            seen.add(one.program_id)
            since, own = first_of(one.started_on), one.program_id
            minutes = sum(  # of this enrolment: what was given in an earlier one is not its own
                number
                for (day, program), number in attended
                if program == own and since <= day <= on
            )
            yield WorkUnderway(
                program_id=own,
                since=since,
                enrolment=one.filed.record_id,
                hours_given=Decimal(minutes * 100 // MINUTES_AN_HOUR) / 100,
            )


def _completed(view: CaseFile, on: date) -> Iterator[ProgramId]:
    programs = {one.filed.record_id: one.program_id for one in view.enrolments}
    done = {
        programs[one.enrolment]
        for one in view.completions
        if one.outcome is Outcome.COMPLETED
        and last_of(one.ended_on) <= on
        and one.enrolment in programs
    }
    yield from sorted(done)


def _declined(view: CaseFile, on: date) -> Iterator[Declined]:
    for one in view.offer_refusals:
        if _holds(one.span, on):
            start = one.span.start
            yield Declined(
                need=one.domain,
                program_id=one.program_id,
                since=start if isinstance(start, Day) else on,
                reason=one.reason,
            )


def _no_longer_agreed(view: CaseFile, jurisdiction: Jurisdiction, on: date) -> Iterator[Declined]:
    """The programmes to which consent was refused or withdrawn, and not given again since.

    What the person said of one programme goes before what they said of all. Nothing comes back by
    itself: without a new consent none of them is proposed.
    """
    agreed = {one.program_id for one in _consents(view, on)}
    gone = dict(_consents_gone(view, on))
    for program in jurisdiction.programs:
        own = program.program_id
        if own not in agreed and (own in gone or None not in agreed):
            since = gone.get(own) or gone.get(None)
            if since is not None:
                yield Declined(program_id=own, since=since)


def _consents_gone(view: CaseFile, on: date) -> Iterator[tuple[ProgramId | None, Day]]:
    """The days of refusals and withdrawals by a day, each with its programme, or None for all.

    Of a day known in part the last counts: as long as nobody knows whether the person has said no,
    it is not told that they did, and they are asked.
    """
    told = [one for one in view.consents if one.purpose == PROGRAMME]
    days = [
        (day, one.program_id)
        for one in told
        for day in (one.refused, one.withdrawn)
        if day is not None and last_of(day) <= on
    ]
    for day, program_id in sorted(days, key=lambda one: (last_of(one[0]), first_of(one[0]))):
        yield program_id, day


def _put_off(view: CaseFile, on: date) -> Iterator[PutOff]:
    for one in view.offer_deferrals:
        if last_of(one.deferred_on) <= on < first_of(one.until):
            until = last_of(one.until)
            yield PutOff(need=one.domain, program_id=one.program_id, until=until, reason=one.reason)


def _credit(facts: CaseFacts, jurisdiction: Jurisdiction, view: CaseFile) -> Credit | None:
    """The hours that were given, by the needs of their own day; None if they do not count."""
    work = work_done(view, jurisdiction.programs)
    policy, declared = jurisdiction.rnr_policy.dosage, jurisdiction.facts
    if not work or policy.criminogenic is None or "need_level" not in declared:
        return None

    def needs_on(day: date) -> NeedsProfile:
        def cells(asked: Asked) -> Cell:
            return facts.timeline(asked).at(day)

        return profile(
            declared["need_level"],
            cells,
            view.needs_assessments,
            on=day,
            found_in=declared.get("need_found_in"),
            subdomains=jurisdiction.glossary.need_subdomains,
        )

    found = credited(policy, needs_on, work)
    return found if isinstance(found, Credit) else None


# --- bases --------------------------------------------------------------------------------


def _duties(view: CaseFile, jurisdiction: Jurisdiction, on: date) -> Iterator[ImposedDuty]:
    titles: dict[str, Text] = {p.program_id: p.title for p in jurisdiction.programs}
    titles |= {one.id: one.title for one in jurisdiction.glossary.requirement_subjects}
    for one in view.requirements:
        span = one.span.certain if isinstance(one.span, Period) else one.span
        later = span is not None and on < span.start <= LOOK_AHEAD.after(on)
        if later or _holds(one.span, on):
            yield ImposedDuty(
                record_id=one.filed.record_id,
                subject=one.subject,
                title=titles.get(one.subject, Text.of(en=one.subject)),
                starts=span.start if later and span is not None else None,
                ends=span.end if span is not None and isinstance(span.end, date) else None,
            )


def _consents(view: CaseFile, on: date) -> Iterator[LiveConsent]:
    ended = consents_ended(view.consents)
    for one in view.consents:
        given = one.purpose == PROGRAMME and one.given is not None and last_of(one.given) <= on
        goes_on = ended.get(one.filed.record_id, date.max) > on and _not_over(one.expires, on)
        if given and goes_on:
            yield LiveConsent(
                record_id=one.filed.record_id,
                program_id=one.program_id,
                ends=first_of(one.expires) if isinstance(one.expires, Day) else None,
            )


def _own_goals(view: CaseFile, on: date) -> Iterator[PlanGoal]:
    """The goals of the person's own; the words stay in the record, to which they lead."""
    for one in sorted(view.own_goals, key=lambda one: one.filed.record_id):
        if _holds(one.span, on):
            own = one.filed.record_id
            step = PlanStep(
                step_id=StepId(f"own/{own}/agree"), about=AGREE_HOW, actor=Actor.OFFICER
            )
            yield PlanGoal(
                goal_id=GoalId(f"own/{own}"),
                kind=GoalKind.OWN,
                title=OWN_GOAL,
                evidence=(own,),
                steps=(step,),
            )


# --- where, when and how much -------------------------------------------------------------


def _setting(facts: CaseFacts, jurisdiction: Jurisdiction, on: date) -> Setting | None:
    cell = facts.on(on)(ask(jurisdiction.facts["setting"]))
    return Setting(str(cell.value)) if isinstance(cell, Known) else None


def _next_release(
    facts: CaseFacts, jurisdiction: Jurisdiction, on: date, end: Day | None
) -> ReleaseDay | None:
    """The day ahead that is told otherwise than by the plans for a release that did not happen."""
    milestone = jurisdiction.release_policy.milestone
    days = [release_day(facts.view, milestone, (), on=on, sentence_end=end)]
    days += [] if end is None else [ReleaseDay(day=end, basis=ReleaseBasis.SENTENCE_END)]
    return next((one for one in days if one is not None and last_of(one.day) >= on), None)


def _receiving(view: CaseFile, release: ReleaseDay | None) -> str:
    """The office that has accepted to take over on release, the last if there are several."""
    named = RecordId("") if release is None else release.transition
    accepted = [act for act in view.transition_acts if act.transition == named]
    accepted = [act for act in accepted if act.is_acceptance]
    accepted.sort(key=lambda act: (last_of(act.on), act.filed.record_id))
    return accepted[-1].office if accepted else ""


def _hours_a_week(view: CaseFile, on: date) -> Decimal | None:
    """The hours of a week at which the person can come; None if nobody filed any."""
    told = [one for one in view.availabilities if _holds(one.span, on)]
    if not told:
        return None
    minutes = 0
    for weekday in Weekday:
        until = 0
        slots = [
            (_minute(o.starts_at, 0), _minute(o.ends_at, MINUTES_A_DAY))
            for o in told
            if o.weekday is weekday
        ]
        for start, end in sorted(slots):
            minutes += max(0, end - max(start, until))
            until = max(until, end)
    return Decimal(minutes * 100 // MINUTES_AN_HOUR) / 100


def _minute(wall_time: str, otherwise: int) -> int:
    """The minute of the day of a time on the wall."""
    hours, _, minutes = wall_time.partition(":")
    return int(hours) * MINUTES_AN_HOUR + int(minutes) if wall_time else otherwise


def _assessed_until(view: CaseFile, needs: NeedsProfile) -> date | None:
    """The first day on which an assessment on which the needs rest may no longer hold."""
    used = {record_id for need in needs.needs if need.level for record_id in need.evidence}
    ends = [one.expires for one in view.needs_assessments if one.filed.record_id in used]
    return min((first_of(end) for end in ends if isinstance(end, Day)), default=None)


# --- birthdays ----------------------------------------------------------------------------


def _birthdays(
    facts: CaseFacts, jurisdiction: Jurisdiction, on: date
) -> tuple[list[ClosingDay], list[LaterOffer]]:
    """The programmes that close, and those that open, on a birthday that lies ahead."""
    closing, opening = list[ClosingDay](), list[LaterOffer]()
    born = facts.on(on)(ask(jurisdiction.facts["age"]))
    if not isinstance(born, Known) or not isinstance(born.value, date):
        return closing, opening
    days: dict[date, dict[ProgramId, Criterion]] = {}
    last, turns = LOOK_AHEAD.after(on), dict[Term, date]()
    for program_id, rule in jurisdiction.admissions_on_any_day.items():
        for age in ages_asked(rule):
            if age not in turns:
                turns[age] = age.after(born.value)
            if on < turns[age] <= last:
                days.setdefault(turns[age], {})[program_id] = rule
    for day, rules in sorted(days.items()):
        before, then = (
            judge_all(rules.values(), facts.on(at), on=at) for at in (day - ONE_DAY, day)
        )
        for program_id, old, new in zip(rules, before, then, strict=True):
            if new.answer is Answer.NOT_MET and old.answer is not Answer.NOT_MET:
                closing.append(ClosingDay(program_id=program_id, day=day))
            if new.answer is not Answer.NOT_MET and old.answer is Answer.NOT_MET:
                offer = Offer(program_id=program_id, verdict=new)
                opening.append(LaterOffer(opens=day, offer=offer))
    return closing, opening


@lru_cache(maxsize=MOST_RULES_OF_AGE)
def ages_asked(rule: Criterion) -> frozenset[Term]:
    """The ages that a rule asks."""
    return frozenset(
        compare.operand
        for compare in comparisons(rule)
        if compare.asked.fact.name == "age" and isinstance(compare.operand, Term)
    )

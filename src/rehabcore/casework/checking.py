"""Holding a plan against the laws of plans, with all that a case file and a country tell."""

from collections.abc import Callable, Container, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from rehabcore import programs
from rehabcore.care.needs.dosage import called_for
from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.drafting.given import DraftGiven
from rehabcore.care.plans.drafting.serving import with_counted_hours
from rehabcore.care.plans.drafting.timing import MINUTES_AN_HOUR
from rehabcore.care.plans.laws.checking import (
    BOOK_CHECKS,
    CONTENT_CHECKS,
    BookCheck,
    ContentCheck,
    check_book,
    check_content,
)
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.laws.law import LawFinding
from rehabcore.care.plans.reviews import next_review
from rehabcore.care.plans.withdrawing import consents_ended
from rehabcore.casework.drafting import PROGRAMME, ages_asked, draft_given
from rehabcore.casework.grounding import needs_and_risks
from rehabcore.casework.plan_books import BOOK_WORDS
from rehabcore.casework.plans_given import require_own
from rehabcore.casework.releases import day_told, sentence_end_on
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import PlanContent
from rehabcore.programs import Offer
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile
from rehabcore.records.changes import stand_ins
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Compare, ask
from rehabcore.rules.time.days import ONE_DAY, Span
from rehabcore.rules.time.partial import Day, PartialEnd, first_of, last_of
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked_with
from rehabcore.strict.problems import refuse
from rehabcore.strict.vocabulary import ProgramId, RecordId

V = TypeVar("V")


@checked_with(BOOK_WORDS)
def check_plan(
    plan: PlanContent | PlanBook,
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    known_at: date | None = None,
    of_content: Mapping[str, ContentCheck] = CONTENT_CHECKS,
    of_book: Mapping[str, BookCheck] = BOOK_CHECKS,
) -> tuple[LawFinding, ...]:
    """Hold a plan against the laws that a country has switched on; also one from elsewhere.

    Args:
        plan: the book of a plan, or the content of one version.
        case: the case file of the person.
        jurisdiction: the country.
        on: the day.
        known_at: the day up to which records count; None for everything on file.
        of_content: the functions that look at a version, by the id of their law; an agency adds
            its own.
        of_book: those that look at the book as a whole.

    Returns:
        Every finding, ``law @ place``, in a stable order; none if no law is broken.

    Raises:
        InputError: the case file is inconsistent, the plan is of another case, or ``on`` or
            ``known_at`` is not a date.
    """
    grounds = plan_grounds(case, jurisdiction, on, known_at=known_at)
    if isinstance(plan, PlanContent):
        return check_content(plan, grounds, _switched(of_content, jurisdiction))
    require_own(plan, case)
    return check_book(
        plan, grounds, _switched(of_book, jurisdiction), _switched(of_content, jurisdiction)
    )


def plan_grounds(
    case: CaseFile, jurisdiction: Jurisdiction, on: date, *, known_at: date | None = None
) -> PlanGrounds:
    """Everything against which a plan is held on a day.

    In doubt an assessment, a consent or a duty does not hold. A plan may still name a record that
    was corrected or changed since: what holds in its place counts.
    """
    facts = jurisdiction.facts_of(case, known_at=known_at)
    instead = stand_ins(case, on, date.max if known_at is None else known_at)
    (view,) = facts.views(on=on)
    needs, risk = needs_and_risks(facts, jurisdiction, on)
    offers = programs.offers_on(jurisdiction.admissions_on_any_day, facts.on(on), on=on)
    given = draft_given(facts, jurisdiction, on, offers=offers, needs=needs, risk=risk[0])
    policy, rnr = jurisdiction.plan_policy, jurisdiction.rnr_policy
    release = None if given.release is None else first_of(given.release.day)
    return PlanGrounds(
        on=on,
        profile=needs,
        programs={program.program_id: program for program in jurisdiction.programs},
        sequence=rnr.sequence,
        goal_from=policy.goal_from,
        risk=risk[0].level,
        risk_levels=codes(jurisdiction.glossary.risk_levels),
        apart=rnr.apart,
        sentence_end=sentence_end_on(jurisdiction, facts, on),
        died_on=_died_on(view) if given.died else None,
        completed=frozenset(given.completed),
        assessments=_named_before(dict(_assessments(view)), instead),
        consents=_named_before(dict(_consents(view)), instead),
        withdrawn=_named_before(dict(consents_ended(view.consents)), instead),
        requirements=_named_before(dict(_requirements(view)), instead),
        bound_to=_named_before(
            dict(_bound(view, {one.program_id for one in jurisdiction.programs})), instead
        ),
        enrolments=_named_before(
            {one.enrolment: one.program_id for one in given.underway}, instead
        ),
        called_for=called_for(rnr.dosage, needs, risk[0].level),
        counting=with_counted_hours(rnr.dosage, needs, jurisdiction.programs),
        credited=Decimal(given.credit.minutes if given.credit else 0) / MINUTES_AN_HOUR,
        hours_a_week=given.hours_a_week,
        review_by=lambda day: next_review(
            policy, day, release=release, sentence_end=given.sentence_end
        ),
        of_age=_of_age(given, _of_age_before(facts, jurisdiction, on)),
        signed_by=policy.signed_by,
    )


def _named_before(told: dict[Any, V], instead: Mapping[RecordId, RecordId]) -> dict[Any, V]:
    """The same, also under the ids of the records that were replaced."""
    return told | {old: told[now] for old, now in instead.items() if now in told}


def _assessments(view: CaseFile) -> Iterator[tuple[str, Span]]:
    for one in view.needs_assessments:
        if one.confirmed_by is not None:
            yield from _span(one.filed.record_id, one.assessed_on, one.expires)


def _consents(view: CaseFile) -> Iterator[tuple[RecordId, Span]]:
    withdrawn = consents_ended(view.consents)
    for one in view.consents:
        if one.given is not None and one.purpose == PROGRAMME:
            ended, over = withdrawn.get(one.filed.record_id), one.expires
            if ended is not None and (not isinstance(over, Day) or ended < first_of(over)):
                over = ended
            yield from _span(one.filed.record_id, one.given, over)


def _bound(view: CaseFile, programs: Container[str]) -> Iterator[tuple[RecordId, ProgramId]]:
    """The consents and duties that are about one programme, with it."""
    for consent in view.consents:
        if consent.program_id is not None:
            yield consent.filed.record_id, consent.program_id
    for duty in view.requirements:
        if duty.subject in programs:
            yield duty.filed.record_id, ProgramId(duty.subject)


def _requirements(view: CaseFile) -> Iterator[tuple[RecordId, Span]]:
    for one in view.requirements:
        if isinstance(one.span, Span):
            yield one.filed.record_id, one.span
        elif one.span.certain is not None:
            yield one.filed.record_id, one.span.certain


def _span(record_id: str, start: Day, end: PartialEnd) -> Iterator[tuple[Any, Span]]:
    """The days on which something certainly holds; nothing if it may hold on none."""
    first, last = last_of(start), first_of(end) if isinstance(end, Day) else end
    if not isinstance(last, date) or first < last:
        yield record_id, Span(first, last)


def _died_on(view: CaseFile) -> Day:
    """The day of death; of several that are told the first."""
    return min((death.died_on for death in view.deaths), key=first_of)


def _of_age(
    given: DraftGiven, before: Callable[[ProgramId, date], Answer | None]
) -> Callable[[ProgramId, date], Answer]:
    """Whether the person is, on a day, of the age that a programme is for.

    Nobody can tell of a programme that is not in the catalogue. ``before`` tells of earlier days.
    """
    today = {offer.program_id: _by_age(offer) for offer in given.offers}
    closing = {one.program_id: one.day for one in given.closing}
    opening = {one.offer.program_id: one.opens for one in given.opening}

    def of_age(program_id: ProgramId, day: date) -> Answer:
        earlier = before(program_id, day) if day < given.on else None
        if earlier is not None:
            return earlier
        if day >= closing.get(program_id, date.max):
            return Answer.NOT_MET
        opened = day >= opening.get(program_id, date.max)
        return Answer.MET if opened else today.get(program_id, Answer.UNKNOWN)

    return of_age


def _of_age_before(
    facts: CaseFacts, jurisdiction: Jurisdiction, on: date
) -> Callable[[ProgramId, date], Answer | None]:
    """The answer of a programme on an earlier day, as far as it rests on the age of the person.

    It is None if no birthday since changed it.
    """
    rules = jurisdiction.admissions_on_any_day
    born = day_told(facts.on(on)(ask(jurisdiction.facts["age"])))

    @cache
    def before_birthday(program_id: ProgramId, day: date) -> Answer:
        last = day - ONE_DAY
        (offer,) = programs.offers_on({program_id: rules[program_id]}, facts.on(last), on=last)
        return _by_age(offer)

    def before(program_id: ProgramId, day: date) -> Answer | None:
        if not isinstance(born, date) or program_id not in rules:
            return None
        days = (age.after(born) for age in ages_asked(rules[program_id]))
        birthday = min((one for one in days if day < one <= on), default=None)
        return None if birthday is None else before_birthday(program_id, birthday)

    return before


def _by_age(offer: Offer) -> Answer:
    """The answer of a programme as far as it rests on the age of the person."""
    ages = {
        leaf.answer
        for leaf in offer.verdict.reasons()
        if isinstance(leaf.criterion, Compare) and leaf.criterion.asked.fact.name == "age"
    }
    return offer.answer if offer.answer in ages else Answer.MET


C = TypeVar("C")


def _switched(checks: Mapping[str, C], jurisdiction: Jurisdiction) -> Mapping[str, C]:
    """The functions of the laws that a country has switched on, and of those of an agency."""
    for law_id, check in checks.items():
        if not callable(check):
            refuse(check, "wrong_type", "a function that looks for breaches", path=law_id)
    off = jurisdiction.plan_policy.laws_off
    return {law_id: check for law_id, check in checks.items() if law_id not in off}

"""Scheduling a plan: its sessions get their days, in the calendars of the person and providers."""

from collections.abc import Container, Iterator, Mapping
from datetime import date

from attrs import evolve

from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.drafting.timing import MINUTES_AN_HOUR
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.laws.of_time import groups_that_wait, settled_by
from rehabcore.care.plans.schedules.calendars import AgeBand, times_of_person
from rehabcore.care.plans.schedules.courses import CourseTimes, ScheduledPlan, with_wanted
from rehabcore.care.plans.schedules.placing import PersonCalendar, ScheduledItem, timetable
from rehabcore.care.plans.versions import plan_history
from rehabcore.care.plans.withdrawing import withdrawals
from rehabcore.casework.checking import plan_grounds
from rehabcore.casework.plan_books import BOOK_WORDS
from rehabcore.casework.plans_given import require_own
from rehabcore.casework.releases import day_told, release_on
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import PlanContent, PlanItem
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import ask
from rehabcore.rules.time.days import OPEN, Span, Term
from rehabcore.rules.time.partial import LATEST_DAY, Day, first_of, last_of
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked_with
from rehabcore.strict.problems import refuse
from rehabcore.strict.vocabulary import AttendanceOutcome, Basis, ItemId

BIRTHDAYS_AHEAD = 3
"""How many birthdays are looked at, from that of this year on: as far as a draft looks ahead."""


@checked_with(
    BOOK_WORDS
    | {
        tuple[CourseTimes, ...]: "a tuple of CourseTimes",
        Container[date]: "days, as anything that can say whether a day is among them",
    }
)
def schedule(
    plan: PlanContent | PlanBook,
    case: CaseFile,
    jurisdiction: Jurisdiction,
    courses: tuple[CourseTimes, ...] = (),
    *,
    holidays: Container[date],
    on: date,
) -> ScheduledPlan:
    """Give the sessions of a plan their days, and tell which have none, and why.

    Nothing but sessions and rules of recurrence is changed. Sessions before ``on`` stand as they
    are. So what falls out later is planned again by asking again: a holiday that became known, a
    session that the case file tells as called off, days on which the person is away. The content
    goes into the book by ``amend``.

    Args:
        plan: the content of a plan, or its book, of which the newest version counts.
        case: the case file. It tells when the person can come, the birthday, the day of release,
            what was called off, how long consents, requirements and the sentence hold, and a death.
        jurisdiction: the country, with or without an agency's overlay. Its catalogue tells what
            comes before what, what waits for an acute need, and what begins or ends on a birthday.
        courses: what is wanted of items. Those not named keep their sessions, as far as they can.
        holidays: the days on which no provider is there.
        on: the day of planning.

    Raises:
        InputError: the case file is inconsistent, the plan is of another case or has no version, a
            course is of no item of the plan, or a rule names no day, or too many.
    """
    content = plan if isinstance(plan, PlanContent) else _newest(plan, case)
    items = with_wanted(content, courses, on=on)
    facts = jurisdiction.facts_of(case)
    (view,) = facts.views(on=on)
    grounds = plan_grounds(case, jurisdiction, on)
    person = _calendar(content, facts, jurisdiction, grounds)
    found = timetable(
        _courses(evolve(content, items=items), case, grounds, person.born, courses),
        person,
        holidays=holidays,
        on=on,
        cancelled={item.item_id: frozenset(_called_off(item, view)) for item in items},
    )
    placed = {item.item_id: item for item in found.items}
    items = tuple(placed[item.item_id] for item in content.items)
    return ScheduledPlan(content=evolve(content, items=items), fallen_out=found.fallen_out)


def _newest(book: PlanBook, case: CaseFile) -> PlanContent:
    require_own(book, case)
    newest = plan_history(book, on=LATEST_DAY).newest
    if newest is None:
        refuse([], "empty_group", "a book with at least one version", path="plan.versions")
    return newest.content


def _courses(
    content: PlanContent,
    case: CaseFile,
    grounds: PlanGrounds,
    born: Day | None,
    courses: tuple[CourseTimes, ...],
) -> list[ScheduledItem]:
    """Every item of the plan, with all on which its sessions depend."""
    asked = {course.item_id: course for course in courses}
    waits = {
        index for index, needs, certain in groups_that_wait(content, grounds) if certain and needs
    }
    gone = withdrawals(content, case, on=grounds.on)
    found: list[ScheduledItem] = []
    for index, item in enumerate(content.items):
        course = asked.get(item.item_id, CourseTimes(item_id=item.item_id))
        program = grounds.programs.get(item.program_id)
        required = () if program is None else program.prerequisites
        found.append(
            ScheduledItem(
                item=item,
                provider=course.provider,
                ages=course.ages or _ages(item, born, grounds),
                after=tuple(one.item_id for one in content.items if one.program_id in required),
                waits=index in waits,
                basis_ends=min(_basis_ends(item, grounds, gone), default=None),
            )
        )
    return found


def _ages(item: PlanItem, born: Day | None, grounds: PlanGrounds) -> AgeBand | None:
    """The ages for which the programme of an item is, as far as birthdays ahead change it."""
    if not isinstance(born, date):
        return None
    at_least: int | None = None
    answer, turning = grounds.of_age(item.program_id, grounds.on), grounds.on.year - born.year
    for years in range(turning, turning + BIRTHDAYS_AHEAD):
        then = grounds.of_age(item.program_id, Term(years=years).after(born))
        if then is Answer.NOT_MET and answer is not then:
            return AgeBand(at_least=at_least, under=years)
        if answer is Answer.NOT_MET and then is not answer:
            at_least = years
        answer = then
    return None if at_least is None else AgeBand(at_least=at_least)


def _basis_ends(
    item: PlanItem, grounds: PlanGrounds, gone: Mapping[ItemId, date]
) -> Iterator[date]:
    """The days from which a consent or a requirement does not hold for certain any more.

    Nobody is obliged to anything once the sentence is over, nor planned for once they have died.
    """
    mandatory = item.basis is Basis.MANDATORY
    spans, named = (
        (grounds.requirements, item.requirement) if mandatory else (grounds.consents, item.consent)
    )
    span = None if named is None else spans.get(named)
    if span is not None and isinstance(span.end, date):
        yield span.end
    if item.item_id in gone:
        yield gone[item.item_id]
    if mandatory and isinstance(grounds.sentence_end, Day):
        yield first_of(grounds.sentence_end)
    if grounds.died_on is not None:
        yield first_of(grounds.died_on)


def _calendar(
    content: PlanContent, facts: CaseFacts, jurisdiction: Jurisdiction, grounds: PlanGrounds
) -> PersonCalendar:
    """When the person can come, and until when acute needs are open that the plan settles."""
    on = grounds.on
    (view,) = facts.views(on=on)
    release, hours = release_on(jurisdiction, facts, on), grounds.hours_a_week
    settled = settled_by(content)
    open_until = [
        settled.get(need, OPEN)
        for _, needs, certain in groups_that_wait(content, grounds)
        for need in needs
        if certain
    ]
    return PersonCalendar(
        times=times_of_person(view),
        born=day_told(facts.on(on)(ask(jurisdiction.facts["age"]))),
        release=None if release is None else release.day,
        minutes_a_week=None if hours is None else int(hours * MINUTES_AN_HOUR),
        acute=tuple(Span(on, until) for until in open_until if until is OPEN or until > on),
    )


def _called_off(item: PlanItem, view: CaseFile) -> Iterator[date]:
    """The days on which the programme of an item was called off, and no session of it was held."""
    off = {
        one.session
        for one in view.attendances
        if one.outcome is AttendanceOutcome.CANCELLED_BY_PROVIDER
    }
    told = [
        (first_of(one.day), one.held and one.filed.record_id not in off)
        for one in view.sessions
        if one.program_id == item.program_id and first_of(one.day) == last_of(one.day)
    ]
    held = {day for day, was_held in told if was_held}
    yield from (day for day, was_held in told if not was_held and day not in held)

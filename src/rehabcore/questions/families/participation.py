"""Questions about taking part: referred, enrolled, since when, and how it ended.

Enrolments in one programme with the same first day are one enrolment, whoever filed them. A death
ends what still runs, and nobody is to blame.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date

from attrs import evolve

from rehabcore.questions.counting.counts import count
from rehabcore.questions.counting.runs import GAP, gap_of, run_of
from rehabcore.questions.counting.windows import (
    WINDOW,
    Happening,
    any_counted,
    counted_within,
    window_of,
)
from rehabcore.questions.families.deaths import until_death
from rehabcore.questions.lasting import lasting
from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import CaseFile, Completion, Death, Enrolment, Record, Referral
from rehabcore.records.order import dated_act
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import (
    Absence,
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
    Unknown,
)
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.acts import Acts
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import Outcome, RecordId

_BY_PROVIDER = ("provider",)


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    if words.programs:
        program = Parameter(name="program", codes=words.programs, takes=Takes.CODES)
        yield from _taking_part(program)
        yield from _time_and_ends(program)


def _taking_part(program: Parameter) -> Iterable[Question]:
    yield Question(
        Fact(
            name="enrolled",
            shape=Shape.FLAG,
            parameters=(program,),
            about="Whether the person takes part in a programme or service.",
            absence=Absence.NONE,
            answered_by=_BY_PROVIDER,
            changed_by=("enrol", "end_enrolment"),
        ),
        _enrolled,
    )
    yield Question(
        Fact(
            name="completed",
            shape=Shape.FLAG,
            parameters=(program,),
            about="Whether the person has ever completed a programme or service.",
            absence=Absence.NONE,
            answered_by=_BY_PROVIDER,
            changed_by=("complete_program",),
            lasting=True,
        ),
        _completed,
    )
    yield Question(
        Fact(
            name="referred",
            shape=Shape.FLAG,
            parameters=(program,),
            about=(
                "Whether a referral to a programme or service is open: nobody has enrolled on it."
            ),
            absence=Absence.NONE,
            answered_by=("holder_of_the_case",),
            changed_by=("refer", "enrol"),
        ),
        _referred,
    )


def _time_and_ends(program: Parameter) -> Iterable[Question]:
    yield Question(
        Fact(
            name="time_enrolled",
            shape=Shape.ELAPSED,
            parameters=(program, GAP),
            about=(
                "Time without a break in a programme or service; less than any term while in none."
            ),
            unit="calendar time",
            absence=Absence.NONE,
            answered_by=_BY_PROVIDER,
            changed_by=("enrol", "end_enrolment"),
        ),
        _time_enrolled,
    )
    yield Question(
        Fact(
            name="completed_within",
            shape=Shape.FLAG,
            parameters=(program, *WINDOW),
            about=(
                "Whether the person completed a programme or service within a term before the day."
            ),
            absence=Absence.NONE,
            answered_by=_BY_PROVIDER,
            changed_by=("complete_program",),
        ),
        _completed_within,
    )
    yield Question(
        Fact(
            name="program_outcomes",
            shape=Shape.COUNT,
            parameters=(
                Parameter(name="outcome", codes=tuple(Outcome), takes=Takes.CODES),
                evolve(program, required=False),
                *WINDOW,
            ),
            about="How many times taking part ended in an outcome within a term before the day.",
            unit="ends",
            absence=Absence.NONE,
            answered_by=_BY_PROVIDER,
        ),
        _program_outcomes,
    )


def _enrolments(
    view: CaseFile, programs: Container[str] | None
) -> dict[tuple[str, date], tuple[list[Enrolment], list[Completion]]]:
    """Each enrolment by programme and first day: the records of it, and the completions."""
    ends: dict[RecordId, list[Completion]] = defaultdict(list)
    for completion in view.completions:
        ends[completion.enrolment].append(completion)
    found: dict[tuple[str, date], tuple[list[Enrolment], list[Completion]]]
    found = defaultdict(lambda: ([], []))
    for enrolment in view.enrolments:
        if programs is None or enrolment.program_id in programs:
            records, completions = found[enrolment.program_id, enrolment.started_on]
            records.append(enrolment)
            completions += ends.get(enrolment.filed.record_id, ())
    if view.deaths:
        for records, completions in found.values():
            completions[:] = _ended_by_death(view.deaths, records[0], completions)
    return found


def _ended_by_death(
    deaths: Iterable[Death], enrolment: Enrolment, told: list[Completion]
) -> list[Completion]:
    """The ends of an enrolment, with a death for one if it comes before some of them."""
    # An end after every death is dated by an office that did not know. It must not count as a
    # removal.
    last = max(last_of(death.died_on) for death in deaths)
    by_death = [
        Completion(
            filed=death.filed,
            enrolment=enrolment.filed.record_id,
            ended_on=death.died_on,
            outcome=Outcome.DIED,
        )
        for death in deaths
        if not told or any(first_of(death.died_on) < last_of(end.ended_on) for end in told)
    ]
    return [*(end for end in told if first_of(end.ended_on) <= last), *by_death]


def _enrolled(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether any enrolment in the programme is running."""
    return _participation(asked, view, lambda end, day: day < end.ended_on, without=True)


def _completed(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether any enrolment in the programme has been completed."""

    def says(end: Completion, day: date) -> bool:
        return end.ended_on <= day and end.outcome is Outcome.COMPLETED

    return _participation(asked, view, says, without=False)


def _participation(
    asked: Asked, view: CaseFile, says: Callable[[Completion, date], bool], *, without: bool
) -> Timeline[Cell]:
    """A flag that is true if it is true for any enrolment in the programme that has begun.

    ``says`` gives the flag of an enrolment with a completion, on a day; ``without`` is the flag of
    one without a completion. If completions of one enrolment disagree, it is disputed.
    """
    enrolments = _enrolments(view, asked.codes("program"))

    def cell(day: date) -> Cell:
        found: dict[bool | None, list[Record]] = {True: [], None: [], False: []}
        for (_, start), (begun, completions) in enrolments.items():
            if start <= day:
                said = {says(end, day) for end in completions} or {without}
                disputed = len(said) > 1
                speaking = [end for end in completions if disputed or end.ended_on <= day]
                found[None if disputed else said.pop()] += [*begun, *speaking]
        if found[True]:
            return Known(True, evidence=ids(found[True]))
        if found[None]:
            return Unknown(UnknownKind.DISPUTED, evidence=ids(found[None]))
        return Known(False, evidence=ids(found[False]), assumption=Assumption.NONE_ON_FILE)

    days = [end.ended_on for _, completions in enrolments.values() for end in completions]
    return Timeline.of_changes([*days, *(start for _, start in enrolments)], cell)


def _referred(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether a referral is open: until an enrolment in the same programme, or a death."""
    claims = (
        claim
        for program in asked.codes("program")
        for claim in unanswered(
            (r for r in view.referrals if r.program_id == program),
            ((e.started_on, e) for e in view.enrolments if e.program_id == program),
        )
    )
    return until_death(settle(claims, asked.fact.absent()), view, ended=False)


def unanswered(
    referrals: Iterable[Referral], answers: Iterable[tuple[Day, Record]]
) -> Iterator[Claim]:
    """The claims that referrals to one programme still wait.

    Each waits until the next answer. An enrolment that names a referral answers it, also on the
    same day.

    Args:
        referrals: referrals to one programme.
        answers: the days and the records of what may answer them.
    """
    listed = list(answers)
    acts = Acts(dated_act(record.filed, on) for on, record in listed)
    named: dict[RecordId | None, list[Day]] = defaultdict(list)
    for on, record in listed:
        if isinstance(record, Enrolment):
            named[record.referral].append(on)
    for referral in referrals:
        made = dated_act(referral.filed, referral.referred_on)
        following = acts.next_after(made)
        ends = [*named[referral.filed.record_id], *(() if following is None else (following,))]
        yield from lasting(referral.filed.record_id, made, ends, acts)


def _time_enrolled(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The day since which an enrolment has been running without a break."""
    return run_of(_enrolled(asked, view), gap_of(asked))


def _ends_in(
    view: CaseFile, outcomes: Container[str], programs: Container[str] | None
) -> Iterator[Happening]:
    """The ends of enrolments with one of the outcomes, as their completions report them."""
    for records, told in _enrolments(view, programs).values():
        wanted = [end for end in told if end.outcome in outcomes]
        if wanted:
            days = [end.ended_on for end in wanted]
            yield Happening(
                first=min(days),
                last=max(days),
                ids=ids([*records, *told]),
                certain=wanted == told,
            )


def _completed_within(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    completions = _ends_in(view, {Outcome.COMPLETED}, asked.codes("program"))
    return any_counted(count(counted_within(completions, window_of(asked))))


def _program_outcomes(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    ends = _ends_in(view, asked.codes("outcome"), asked.codes("program") or None)
    return count(counted_within(ends, window_of(asked)))

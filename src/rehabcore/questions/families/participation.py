"""Questions about taking part: referred, enrolled, since when, and how it ended.

Enrolments of two offices in one programme that began about the same time may be one; two of one
office never are. A death ends what still runs, and nobody is to blame.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial

from attrs import evolve

from rehabcore.questions.counting.enrolments import Enrolments, told_of_enrolments
from rehabcore.questions.counting.runs import GAP, gap_of, run_of
from rehabcore.questions.counting.windows import WINDOW, any_counted, window_of
from rehabcore.questions.families.deaths import lives, until_death
from rehabcore.questions.lasting import lasting
from rehabcore.questions.plain.gathered import Gathered
from rehabcore.questions.plain.participations import Participation, any_of
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile, Enrolment, Record, Referral
from rehabcore.records.order import dated_act
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import (
    Absence,
    Cell,
    Fact,
    Parameter,
    Shape,
    Takes,
)
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.acts import Acts
from rehabcore.rules.time.partial import Day
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.vocabulary import Outcome, RecordId

_BY_PROVIDER = ("provider",)


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    if words.programs:
        program = Parameter(name="program", codes=words.programs, takes=Takes.CODES)
        yield from _taking_part(program, words.records_policy)
        yield from _time_and_ends(program, words.records_policy)


def _taking_part(program: Parameter, policy: RecordsPolicy) -> Iterable[Question]:
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
        partial(_enrolled, policy),
        _enrolled_plainly,
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
        partial(_completed, policy),
        _completed_plainly,
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


def _time_and_ends(program: Parameter, policy: RecordsPolicy) -> Iterable[Question]:
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
        partial(_time_enrolled, policy),
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
        partial(_completed_within, policy),
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
        partial(_program_outcomes, policy),
    )


def _enrolled(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether any enrolment in the programme is running: until a death, whoever filed its end."""
    running = told_of_enrolments(policy, view, asked.codes("program"), Enrolments.any_running)
    return until_death(running, view, ended=False)


def _completed(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether any enrolment in the programme has been completed."""
    return told_of_enrolments(
        policy, view, asked.codes("program"), lambda told: told.any_ended({Outcome.COMPLETED})
    )


def _enrolled_plainly(asked: Asked, gathered: Gathered, day: date) -> Cell | None:
    return _any_of(asked, gathered, day, lambda one: day < one.end)


def _completed_plainly(asked: Asked, gathered: Gathered, day: date) -> Cell | None:
    def completed(one: Participation) -> bool:
        return one.end <= day and one.outcome is Outcome.COMPLETED

    return _any_of(asked, gathered, day, completed)


def _any_of(
    asked: Asked, gathered: Gathered, day: date, holds: Callable[[Participation], bool]
) -> Cell | None:
    if not gathered.of(lives):
        return None
    return any_of(gathered, asked.codes("program"), day, holds)


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


def _time_enrolled(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The day since which an enrolment has been running without a break."""
    return run_of(_enrolled(policy, asked, view), gap_of(asked))


def _completed_within(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    number = told_of_enrolments(
        policy,
        view,
        asked.codes("program"),
        lambda told: told.number_ended({Outcome.COMPLETED}, window_of(asked)),
    )
    return any_counted(number)


def _program_outcomes(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return told_of_enrolments(
        policy,
        view,
        asked.codes("program") or None,
        lambda told: told.number_ended(asked.codes("outcome"), window_of(asked)),
    )

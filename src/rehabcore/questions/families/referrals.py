"""Questions about referrals by their days: when the person was last proposed for a programme."""

from collections.abc import Iterable
from functools import partial

from rehabcore.questions.counting.latest import latest_day
from rehabcore.questions.counting.things import clusters
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Parameter, Shape, Takes
from rehabcore.rules.time.timelines import Timeline


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    if words.programs:
        yield Question(
            Fact(
                name="time_since_referral",
                shape=Shape.ELAPSED,
                parameters=(Parameter(name="program", codes=words.programs, takes=Takes.CODES),),
                about="Time since the latest referral to a programme or service.",
                unit="calendar time",
                answered_by=("holder_of_the_case",),
                changed_by=("refer",),
            ),
            partial(_time_since_referral, words.records_policy),
        )


def _time_since_referral(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Time since the latest referral, as its day; unknown on days before the first."""
    found = clusters(
        [r for r in view.referrals if r.program_id in asked.codes("program")],
        lambda referral: referral.referred_on,
        within=policy.one_thing_within,
        kind_of=lambda referral: referral.program_id,
    )
    return latest_day(found, asked.fact.absent())

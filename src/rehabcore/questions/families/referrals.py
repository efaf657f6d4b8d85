"""Questions about referrals by their days: when the person was last proposed for a programme."""

from collections.abc import Iterable
from datetime import date

from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Known, Parameter, Shape, Takes, Unknown
from rehabcore.rules.time.partial import first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind


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
            _time_since_referral,
        )


def _time_since_referral(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Time since the latest referral, as its day; unknown on days before the first."""
    referrals = [r for r in view.referrals if r.program_id in asked.codes("program")]

    def cell(day: date) -> Cell:
        may = [r for r in referrals if first_of(r.referred_on) <= day]
        surely = [first_of(r.referred_on) for r in may if last_of(r.referred_on) <= day]
        if not surely:
            return Unknown(UnknownKind.MISSING, evidence=ids(may))
        low, high = max(surely), max(last_of(r.referred_on) for r in may)
        latest = ids(r for r in may if low <= last_of(r.referred_on))
        if low == high:
            return Known(low, evidence=latest)
        return Unknown(UnknownKind.MISSING, evidence=latest, between=(low, high))

    days = {end(r.referred_on) for r in referrals for end in (first_of, last_of)}
    return Timeline.of_changes(days, cell)

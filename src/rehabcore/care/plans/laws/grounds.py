"""Everything that is known of a person and a country, against which a plan is held."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from attrs import field

from rehabcore.care.needs.dosage import DosageTarget
from rehabcore.care.needs.groups import Apart
from rehabcore.care.needs.profile import NeedsProfile
from rehabcore.care.needs.sequence import SequencePolicy
from rehabcore.programs import Program
from rehabcore.rules.facts import Forever
from rehabcore.rules.time.days import Span
from rehabcore.rules.time.partial import Day
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import ProgramId, RecordId


@frozen(kw_only=True)
@checked
class PlanGrounds:
    """Everything against which a plan is held on a day.

    ``assessments`` are the spans in which each assessment is valid, ``consents`` those in which
    each consent is live, ``withdrawn`` the days of withdrawals, ``requirements`` the spans in which
    somebody obliges the person, ``bound_to`` the programme of those that are about one,
    ``enrolments`` the programme of those that run. What the country does not state is None, or
    answers None: nothing is then held against it.

    Args:
        on: the day.
        profile: the needs on the day.
        programs: the catalogue.
        sequence: the order of programmes.
        goal_from: the level from which a need calls for a goal.
        risk: the level of risk; None if it is not known.
        risk_levels: the levels of risk, lowest first.
        apart: the levels of risk that are kept apart.
        sentence_end: the first day after the sentence; None if it is not known.
        died_on: the day on which the person died, after which nothing is called for; None if they
            live.
        completed: the programmes that the person has completed.
        called_for: the hours that are called for.
        counting: the programmes whose hours count.
        credited: the hours that are done already.
        hours_a_week: the most hours of all items in one week.
        review_by: the last day for the next review after one; None where no term is stated.
        of_age: whether the person is, on a day, of the age that a programme is for.
        signed_by: the roles that have to sign.
    """

    on: date
    profile: NeedsProfile
    programs: Mapping[ProgramId, Program]
    sequence: SequencePolicy
    goal_from: str | None = None
    risk: str | None = None
    risk_levels: tuple[str, ...] = ()
    apart: Apart | None = None
    sentence_end: Day | Forever | None = None
    died_on: Day | None = None
    completed: frozenset[ProgramId] = frozenset()
    assessments: Mapping[str, Span]
    consents: Mapping[RecordId, Span]
    withdrawn: Mapping[RecordId, date]
    requirements: Mapping[RecordId, Span]
    bound_to: Mapping[RecordId, ProgramId] = field(factory=dict)
    enrolments: Mapping[RecordId, ProgramId] = field(factory=dict)
    called_for: DosageTarget | None = None
    counting: frozenset[ProgramId] = frozenset()
    credited: Decimal = Decimal(0)
    hours_a_week: Decimal | None = None
    review_by: Callable[[date], date | None]
    of_age: Callable[[ProgramId, date], Answer]
    signed_by: tuple[str, ...] = ()

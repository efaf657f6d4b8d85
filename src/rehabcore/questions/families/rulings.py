"""Questions about rulings: refusals that still count, requests that wait, rulings in force.

A ruling on a programme or another subject holds until its own end or the next one on the subject.
The rulings of a country are complete by law: none on file means none.
"""

from collections.abc import Iterable
from datetime import date
from functools import partial

from attrs import evolve

from rehabcore.questions.counting.tellings import Passes, Telling, counted_things, each_record
from rehabcore.questions.counting.things import clusters
from rehabcore.questions.counting.windows import WINDOW, window_of
from rehabcore.questions.families.deaths import until_death
from rehabcore.questions.families.participation import unanswered
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question, filters
from rehabcore.records import CaseFile, Record, Ruling
from rehabcore.records.glossary import codes
from rehabcore.records.order import dated_act
from rehabcore.rules.criteria import Asked
from rehabcore.rules.evidence import Evidence, Index
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
from rehabcore.rules.judging.during import During
from rehabcore.rules.judging.findings import latest
from rehabcore.rules.judging.settling import settle
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import DecisionOutcome

_SAID_BY = ("responsible_agency",)


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    subjects = tuple(dict.fromkeys((*words.programs, *codes(words.glossary.ruling_subjects))))
    reasons = codes(words.glossary.ruling_reasons)
    if subjects:
        subject = Parameter(name="subject", codes=subjects)
        accepted = filters("except_reasons", reasons, Takes.CODES)
        yield Question(
            Fact(
                name="refusals",
                shape=Shape.COUNT,
                parameters=(subject, *accepted, *WINDOW),
                about=(
                    "How many refusals, but for accepted reasons, lie within a term before the day."
                ),
                unit="refusals",
                absence=Absence.NONE,
                answered_by=_SAID_BY,
            ),
            partial(_refusals, words.records_policy),
        )
        yield Question(
            Fact(
                name="ruling_in_force",
                shape=Shape.FLAG,
                parameters=(subject, Parameter(name="outcome", codes=tuple(DecisionOutcome))),
                about="Whether the latest ruling on a subject has this outcome and has not ended.",
                absence=Absence.NONE,
                answered_by=_SAID_BY,
            ),
            _ruling_in_force,
        )
    if words.programs:
        yield Question(
            Fact(
                name="awaiting_decision",
                shape=Shape.FLAG,
                parameters=(Parameter(name="program", codes=words.programs),),
                about="Whether a referral to a programme waits for a decision; a deferral is none.",
                absence=Absence.NONE,
                answered_by=_SAID_BY,
                changed_by=("decide_on_referral",),
            ),
            _awaiting_decision,
        )


def _of_subject(asked: Asked, view: CaseFile, subject: str) -> list[Ruling]:
    return [ruling for ruling in view.rulings if ruling.subject == asked[subject]]


def _refusals(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    accepted = asked.codes("except_reasons")

    def passes(ruling: Ruling) -> Passes:
        if ruling.outcome is not DecisionOutcome.REFUSED or ruling.reason in accepted:
            return False
        return UnknownKind.MISSING if accepted and ruling.reason is None else True

    def tell(ruling: Ruling) -> Telling:
        return Telling(day=ruling.decided_on, passes=((date.min, passes(ruling)),))

    rulings = _of_subject(asked, view, "subject")
    return counted_things(
        clusters(rulings, lambda ruling: ruling.decided_on, within=policy.one_thing_within),
        each_record(tell),
        window_of(asked),
        by_own_day=True,
        apart=policy.told_apart,
    )


def _ruling_in_force(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest ruling on a subject, until it ends; two of one day in no order may differ."""
    found = (
        (r.filed.record_id, dated_act(r.filed, r.decided_on), r.outcome.value, r.until)
        for r in _of_subject(asked, view, "subject")
    )
    claims = [claim for claim in latest(found) if claim.says is not UnknownKind.STALE]

    def flag(cell: Cell) -> Cell:
        if isinstance(cell, Known):
            return evolve(cell, value=cell.value == asked["outcome"])
        return cell

    return settle(claims, asked.fact.absent()).map(flag)


def _awaiting_decision(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether a referral waits: until an enrolment, or a ruling other than a deferral, follows."""
    program = asked["program"]
    referrals = [r for r in view.referrals if r.program_id == program]
    answers: list[tuple[Day, Record]] = [
        (ruling.decided_on, ruling)
        for ruling in _of_subject(asked, view, "program")
        if ruling.outcome is not DecisionOutcome.DEFERRED
    ]
    answers += [(e.started_on, e) for e in view.enrolments if e.program_id == program]
    told: list[tuple[date, Record]] = [(last_of(r.referred_on), r) for r in referrals]
    given = [(first_of(on), answer) for on, answer in answers]
    index = Index(record.filed.record_id for _, record in (*told, *given))
    waiting = settle(unanswered(referrals, answers), asked.fact.absent(), index)
    made, answered = _recorded(told, index), _recorded(given, index)

    def cell(day: date) -> Cell:
        said = waiting.at(day)
        if isinstance(said, Unknown):
            return said
        bits = made.reach(day).records.bits()
        bits |= answered.reach(day).records.bits() if bits else 0
        evidence = said.rests_on or Evidence((index, bits))
        return evolve(said, evidence=evidence, assumption=Assumption.NONE_ON_FILE)

    days = [last_of(r.referred_on) for r in referrals]
    days += [first_of(on) for on, _ in answers]
    return until_death(Timeline.of_changes((*waiting.starts, *days), cell), view, ended=False)


def _recorded(told: Iterable[tuple[date, Record]], index: Index) -> During[tuple[date, Record]]:
    """Records that count from a day on, with their evidence."""
    return During(
        told, lambda one: (one[0], date.max), bits=lambda one: index.bit(one[1].filed.record_id)
    )

"""Questions about duties that recur: when a contact, a visit or a reassessment is due.

A duty runs while the person stays in one legal status, and begins anew with the next. It is first
due some time after the status began, and then some time after it was last done. It is overdue from
the day after the due date (``under "0 days"``) until it is done: the due date does not roll on.
After a death nothing is due any more.
"""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import cast

from rehabcore.questions.counting.runs import time_in_present
from rehabcore.questions.families.deaths import until_death
from rehabcore.questions.families.standing import legal_statuses
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import CaseFile, NeedsAssessment, Record, RiskAssessment
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import (
    NEVER,
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
    Unknown,
)
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind

_NEEDS, _RISK = "needs_assessment", "risk_assessment"
"""Other records than events that fulfil a duty: confirmed assessments."""


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    kinds = tuple(dict.fromkeys((*codes(words.glossary.event_kinds), _NEEDS, _RISK)))
    yield Question(
        Fact(
            name="time_to_duty",
            shape=Shape.REMAINING,
            parameters=(
                Parameter(name="kind", codes=kinds, takes=Takes.CODES),
                Parameter(name="first", takes=Takes.TERM),
                Parameter(name="every", takes=Takes.TERM),
            ),
            about=(
                "Time until a duty is due, which an event of any of the kinds fulfils; "
                "endless after death."
            ),
            unit="calendar time",
            answered_by=("holder_of_the_case",),
            changed_by=("fulfil_duty",),
        ),
        partial(_time_to_duty, words.records_policy),
    )


def _time_to_duty(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    first, every = Term.parse(asked["first"]), Term.parse(asked["every"])
    began = time_in_present(legal_statuses(policy, view), asked.fact.absent())
    done = _done(asked.codes("kind"), view)

    def cell(day: date) -> Cell:
        run = began.at(day)
        if isinstance(run, Unknown):
            return Unknown(run.kind, evidence=run.evidence)
        since = cast("date", run.value)
        last, did = _last_done(done, since, day)
        due = {first.after(since) if on is None else every.after(on) for on in last}
        evidence = tuple(sorted({*run.evidence, *did}))
        if len(due) > 1:
            between = min(due), max(due)
            return Unknown(UnknownKind.MISSING, evidence=evidence, between=between)
        return Known(due.pop(), evidence=evidence, assumption=Assumption.NONE_ON_FILE)

    days = (day for on, _ in done for day in (first_of(on), last_of(on)))
    due_on = Timeline.of_changes((*began.changes(), *days), cell)
    return until_death(due_on, view, ended=NEVER)


def _last_done(
    done: list[tuple[Day, Record]], since: date, day: date
) -> tuple[set[date | None], tuple[str, ...]]:
    """The first and the last day on which the duty may have been done last, and the records.

    None stands for a duty that may not have been done since its status began.
    """
    perhaps = [(on, r) for on, r in done if since <= last_of(on) and first_of(on) <= day]
    surely = [first_of(on) for on, _ in perhaps if since <= first_of(on) and last_of(on) <= day]
    if not perhaps:
        return {None}, ()
    earliest = max(surely) if surely else max(since, min(first_of(on) for on, _ in perhaps))
    latest: set[date | None] = {earliest, max(last_of(on) for on, _ in perhaps)}
    did = ids(record for on, record in perhaps if earliest <= last_of(on))
    return latest if surely else {None, *latest}, did


def _done(kinds: frozenset[str], view: CaseFile) -> list[tuple[Day, Record]]:
    """The days on which a record fulfilled the duty, with the records."""
    made: list[NeedsAssessment | RiskAssessment] = []
    made += view.needs_assessments if _NEEDS in kinds else ()
    made += view.risk_assessments if _RISK in kinds else ()
    return [
        *((event.happened_on, event) for event in view.events if event.kind in kinds),
        *((a.assessed_on, a) for a in made if a.confirmed_by is not None),
    ]

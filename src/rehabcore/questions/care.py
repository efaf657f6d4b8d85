"""Reading what was assessed, consented to and taken part in."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from attrs import evolve, frozen

from rehabcore import risk
from rehabcore.questions.evidence import ids
from rehabcore.records import CaseFile, Completion, Consent, Record
from rehabcore.rules.claims import settle
from rehabcore.rules.criteria import Asked
from rehabcore.rules.days import ONE_DAY, UNSURE
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.vocabulary import Outcome


def need_level(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The level of need in a domain, over time."""
    claims = risk.need_claims(view.needs_assessments, asked["domain"])
    return settle(claims, asked.fact.absent())


def risk_level(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The level of risk, over time."""
    return settle(risk.risk_claims(view.risk_assessments), asked.fact.absent())


def consent(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Live from giving to expiry, unless refused or withdrawn on that day or later.

    A refusal or withdrawal that a source files ends every consent for the purpose that the source
    filed before; where another source files it, whether the consent is live is disputed.
    """
    consents = [c for c in view.consents if c.purpose == asked["purpose"]]
    refusals = [(day, c.filed.source) for c in consents for day in (c.refused, c.withdrawn) if day]
    given = [_Given.of(c, c.given, refusals) for c in consents if c.given is not None]
    answers = [(c.given or c.refused, c) for c in consents]

    def cell(day: date) -> Cell:
        lasting = [g for g in given if g.since <= day < g.until]
        live = [g for g in lasting if day < g.certain_until]
        undisputed = [g.consent for g in live if day < g.disputed_from]
        answered = [c for first, c in answers if first is not None and first <= day]
        if undisputed:
            return Known(True, evidence=ids(undisputed))
        if live:
            return Unknown(UnknownKind.DISPUTED, evidence=ids(answered))
        if lasting:
            return Unknown(UnknownKind.MISSING, evidence=ids([g.consent for g in lasting]))
        return Known(False, evidence=ids(answered)) if answered else asked.fact.absent()

    starts = [first for first, _ in answers if first is not None]
    ends = [day for g in given for day in (g.until, g.certain_until, g.disputed_from)]
    return Timeline.of_changes([*starts, *(day for day in ends if day != date.max)], cell)


@frozen(kw_only=True)
class _Given:
    """A consent that was given, with the days on which something ends; ``date.max`` for never."""

    consent: Consent
    since: date
    until: date
    certain_until: date
    disputed_from: date

    @classmethod
    def of(cls, consent: Consent, since: date, refusals: list[tuple[date, str]]) -> "_Given":
        """A consent in the light of every refusal and withdrawal for the same purpose."""
        source, expires = consent.filed.source, consent.expires
        later = [(day, by) for day, by in refusals if since <= day]
        own = min((day for day, by in later if by == source), default=date.max)
        other = min((day for day, by in later if by != source), default=date.max)
        until = min(own, expires) if isinstance(expires, date) else own
        return cls(
            consent=consent,
            since=since,
            until=until,
            certain_until=since + ONE_DAY if expires is UNSURE else until,
            disputed_from=other,
        )


def enrolled(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether any enrolment in the programme is running."""
    return _participation(asked, view, lambda end, day: day < end.ended_on, without=True)


def completed(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether any enrolment in the programme has been completed."""

    def says(end: Completion, day: date) -> bool:
        return end.ended_on <= day and end.outcome is Outcome.COMPLETED

    return _participation(asked, view, says, without=False)


def _participation(
    asked: Asked, view: CaseFile, says: Callable[[Completion, date], bool], *, without: bool
) -> Timeline[Cell]:
    """A flag that is true if it is for any enrolment in the programme that has begun.

    ``says`` is what a completion says of its enrolment on a day, ``without`` what holds of an
    enrolment without a completion. Completions that say different things leave it disputed.
    """
    ends: dict[str, list[Completion]] = defaultdict(list)
    for completion in view.completions:
        ends[completion.enrolment].append(completion)
    enrolments = [e for e in view.enrolments if e.program_id == asked["program"]]

    def cell(day: date) -> Cell:
        found: dict[bool | None, list[Record]] = {True: [], None: [], False: []}
        for enrolment in enrolments:
            if enrolment.started_on <= day:
                completions = ends[enrolment.filed.record_id]
                said = {says(end, day) for end in completions} or {without}
                disputed = len(said) > 1
                speaking = [end for end in completions if disputed or end.ended_on <= day]
                found[None if disputed else said.pop()] += [enrolment, *speaking]
        if found[True]:
            return Known(True, evidence=ids(found[True]))
        if found[None]:
            return Unknown(UnknownKind.DISPUTED, evidence=ids(found[None]))
        return evolve(asked.fact.absent(), evidence=ids(found[False]))

    days = [end.ended_on for e in enrolments for end in ends[e.filed.record_id]]
    return Timeline.of_changes([*days, *(e.started_on for e in enrolments)], cell)

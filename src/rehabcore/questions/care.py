"""Reading what was assessed, consented to and taken part in."""

from collections.abc import Callable
from datetime import date

from attrs import evolve

from rehabcore import risk
from rehabcore.questions.evidence import ids
from rehabcore.records import CaseFile, Completion, Consent, Enrolment, Record
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
    consents = [consent for consent in view.consents if consent.purpose == asked["purpose"]]
    refusals = [(c, day) for c in consents for day in (c.refused, c.withdrawn) if day is not None]

    def cell(day: date) -> Cell:
        answered = [c for c in consents if (c.given or c.refused or date.max) <= day]
        ended = [c for c in answered if _expired(c, day) or _opposed(c, day, by_own=True)]
        lasting = [c for c in answered if c.given and c not in ended]
        live = [c for c in lasting if c.expires is not UNSURE or c.given == day]
        undisputed = [c for c in live if not _opposed(c, day, by_own=False)]
        if undisputed:
            return Known(True, evidence=ids(undisputed))
        if live:
            return Unknown(UnknownKind.DISPUTED, evidence=ids(answered))
        if lasting:
            return Unknown(UnknownKind.MISSING, evidence=ids(lasting))
        return Known(False, evidence=ids(answered)) if answered else asked.fact.absent()

    def _opposed(consent: Consent, day: date, *, by_own: bool) -> bool:
        return consent.given is not None and any(
            consent.given <= refused <= day
            and (other.filed.source == consent.filed.source) is by_own
            for other, refused in refusals
        )

    days = [d for c in consents for d in (c.given, c.refused, c.withdrawn, c.expires)]
    after = [c.given + ONE_DAY for c in consents if c.given and c.expires is UNSURE]
    return Timeline.of_changes([*after, *(d for d in days if isinstance(d, date))], cell)


def _expired(consent: Consent, day: date) -> bool:
    return isinstance(consent.expires, date) and consent.expires <= day


def enrolled(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Disputed while one source says that an enrolment has ended and another that it has not."""

    def state(enrolment: Enrolment, ended: list[Completion], number: int) -> _Found:
        evidence: list[Record] = [enrolment, *ended]
        if not ended:
            return True, evidence
        return UnknownKind.DISPUTED if len(ended) < number else False, evidence

    return _participation(asked, view, state)


def completed(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Disputed where sources say different outcomes of one enrolment."""

    def state(_: Enrolment, ended: list[Completion], __: int) -> _Found:
        said = {completion.outcome is Outcome.COMPLETED for completion in ended}
        evidence: list[Record] = [*ended]
        return UnknownKind.DISPUTED if len(said) > 1 else said == {True}, evidence

    return _participation(asked, view, state)


_State = bool | UnknownKind
_Found = tuple[_State, list[Record]]


def _participation(
    asked: Asked,
    view: CaseFile,
    state: Callable[[Enrolment, list[Completion], int], _Found],
) -> Timeline[Cell]:
    """A flag that is true if it is for any enrolment in the programme.

    ``state`` says what it is for one enrolment that has begun, and by which records, from the
    completions that ended it by a day and the number of all of them.
    """
    enrolments = [e for e in view.enrolments if e.program_id == asked["program"]]
    ends = {
        e.filed.record_id: [c for c in view.completions if c.enrolment == e.filed.record_id]
        for e in enrolments
    }

    def cell(day: date) -> Cell:
        found: dict[_State, list[Record]] = {True: [], UnknownKind.DISPUTED: [], False: []}
        for enrolment in enrolments:
            if enrolment.started_on <= day:
                completions = ends[enrolment.filed.record_id]
                ended = [c for c in completions if c.ended_on <= day]
                answer, evidence = state(enrolment, ended, len(completions))
                found[answer] += evidence
        if found[True]:
            return Known(True, evidence=ids(found[True]))
        if found[UnknownKind.DISPUTED]:
            return Unknown(UnknownKind.DISPUTED, evidence=ids(found[UnknownKind.DISPUTED]))
        return evolve(asked.fact.absent(), evidence=ids(found[False]))

    days = [*(e.started_on for e in enrolments), *(c.ended_on for c in view.completions)]
    return Timeline.of_changes(days, cell)

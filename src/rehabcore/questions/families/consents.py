"""Questions about consent to what an agency does with or for the person."""

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from rehabcore.questions.question import CountryWords, Question, ids
from rehabcore.records import CaseFile, Consent
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Known, Parameter, Shape, Unknown
from rehabcore.rules.time.days import ONE_DAY, UNSURE
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    purposes = codes(words.glossary.consent_purposes)
    if purposes:
        yield Question(
            Fact(
                name="consent",
                shape=Shape.FLAG,
                parameters=(Parameter(name="purpose", codes=purposes),),
                about="Whether a consent for a purpose is live: given, not withdrawn, not expired.",
                answered_by=("the_person",),
                changed_by=("ask_for_consent",),
            ),
            _consent,
        )


def _consent(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether a consent is live: from giving to expiry, unless refused or withdrawn since.

    A refusal or withdrawal ends every earlier consent for the purpose that the same source filed.
    If another source files it, the consent is disputed.
    """
    consents = [c for c in view.consents if c.purpose == asked["purpose"]]
    refusals = [(day, c.filed.source) for c in consents for day in (c.refused, c.withdrawn) if day]
    given = [_Given.of(c, c.given, refusals) for c in consents if c.given is not None]
    answers = [(c.given or c.refused, c) for c in consents]

    def cell(day: date) -> Cell:
        # One undisputed consent is enough, even if others for the purpose are disputed or unsure.
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
        # A refusal of the same day as the consent counts against it. The order within a day is not
        # known, and a consent must not be presumed.
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

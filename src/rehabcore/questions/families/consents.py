"""Questions about consent to what an agency does with or for the person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from attrs import evolve

from rehabcore.questions.lasting import lasting
from rehabcore.questions.plain.gathered import Gathered
from rehabcore.questions.question import CountryWords, Question, filters, ids
from rehabcore.records import CaseFile, Consent
from rehabcore.records.glossary import codes
from rehabcore.records.order import dated_act
from rehabcore.rules.criteria import Asked
from rehabcore.rules.evidence import Index
from rehabcore.rules.facts import Cell, Fact, Known, Parameter, Shape, Takes, Unknown
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.acts import Acts, DatedAct
from rehabcore.rules.time.days import ONE_DAY, OPEN, UNSURE, Span
from rehabcore.rules.time.partial import Day, first_of, last_of
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
                parameters=(
                    Parameter(name="purpose", codes=purposes),
                    *filters("program", words.programs, Takes.CODE),
                    Parameter(name="recipient", takes=Takes.OFFICE, required=False),
                ),
                about="Whether a consent for a purpose is live: given, not withdrawn, not expired.",
                answered_by=("the_person",),
                changed_by=("ask_for_consent",),
            ),
            _consent,
            _consent_plainly,
        )


def _consent(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether a consent is live: from giving to expiry, unless refused or withdrawn since.

    A refusal or withdrawal ends every consent for the purpose that the same source filed and that
    certainly came before. If another source files it, or nobody knows which came first, the consent
    is disputed.
    """
    consents = [c for c in view.consents if _covers(c, asked)]
    nobody_asked = Unknown(UnknownKind.MISSING)
    index = Index(c.filed.record_id for c in consents)
    live = settle(_live(consents), nobody_asked, index)
    answers = [(on, c) for c in consents for on in (c.given, c.refused) if on is not None]
    answered = settle((_answer(c, last_of(on)) for on, c in answers), nobody_asked, index)
    perhaps = settle((_answer(c, first_of(on)) for on, c in answers), nobody_asked, index)

    def cell(day: date) -> Cell:
        # One undisputed consent is enough, even if others for the purpose are disputed or unsure.
        said, no = live.at(day), answered.at(day)
        if isinstance(said, Known):
            return said
        if said.kind is UnknownKind.DISPUTED:
            return evolve(said, evidence=perhaps.at(day).rests_on)
        if said.rests_on or isinstance(no, Unknown):
            return evolve(said, evidence=said.rests_on or perhaps.at(day).rests_on)
        return no

    return Timeline.of_changes((*live.starts, *answered.starts, *perhaps.starts), cell)


_Plain = tuple[Consent, date, date, date]
"""A consent, the day of the answer, that of a refusal or withdrawal, and its first day without it.

``date.max`` stands for none."""


def _plain_answers(view: CaseFile) -> Mapping[str, list[_Plain] | None]:
    """The answers for each purpose; None where it has to be weighed which of them counts."""
    told: dict[str, list[Consent]] = defaultdict(list)
    for consent in view.consents:
        told[consent.purpose].append(consent)
    return {purpose: _of_one_office(consents) for purpose, consents in told.items()}


def _of_one_office(consents: list[Consent]) -> list[_Plain] | None:
    """Answers to one office on known days, on none of which another was refused or withdrawn."""
    found: list[_Plain] = []
    for consent in consents:
        on, until = consent.given or consent.refused, consent.expires
        against = consent.refused or consent.withdrawn or date.max
        until = date.max if until is OPEN else until
        if not (isinstance(on, date) and isinstance(against, date) and isinstance(until, date)):
            return None
        if consent.filed.source != consents[0].filed.source:
            return None
        found.append((consent, on, against, until))
    refused = {against for _, _, against, _ in found}
    return None if any(c.given in refused for c in consents) else found


def _consent_plainly(asked: Asked, gathered: Gathered, day: date) -> Cell | None:
    """Whether a consent is live that was given after the last refusal or withdrawal."""
    told = gathered.of(_plain_answers).get(asked["purpose"], [])
    if told is None:
        return None
    answers = [one for one in told if one[1] <= day and _covers(one[0], asked)]
    last = max((against for _, _, against, _ in answers if against <= day), default=date.min)
    live = [one[0] for one in answers if one[0].given and last < one[1] and day < one[3]]
    if not answers:
        return Unknown(UnknownKind.MISSING)
    return Known(bool(live), evidence=ids(live or (consent for consent, *_ in answers)))


def _answer(consent: Consent, since: date) -> Claim:
    """The claim that there is an answer, which is no as long as no consent is live."""
    return Claim(consent.filed.record_id, Span(since, OPEN), False)


def _covers(consent: Consent, asked: Asked) -> bool:
    """Whether an answer is about what is asked: one for one office is for no other."""
    return (
        consent.purpose == asked["purpose"]
        and consent.program_id in (None, asked["program"])
        and (consent.recipients is None or asked["recipient"] in consent.recipients)
    )


def _live(consents: list[Consent]) -> Iterator[Claim]:
    """The claims that consents for one purpose are live."""
    against: dict[str, list[DatedAct]] = defaultdict(list)
    for consent in consents:
        for on in (consent.refused, consent.withdrawn):
            if on is not None:
                against[consent.filed.source].append(dated_act(consent.filed, on))
    anybody = Acts(chain.from_iterable(against.values()))
    own = {source: Acts(against[source]) for source in {c.filed.source for c in consents}}
    for consent in consents:
        if consent.given is None:
            continue
        given = dated_act(consent.filed, consent.given)
        ended = own[consent.filed.source].next_after(given)
        ends = [end for end in (ended, consent.withdrawn, consent.expires) if isinstance(end, Day)]
        unsure_from = first_of(consent.given) + ONE_DAY
        yield from lasting(
            consent.filed.record_id,
            given,
            ends,
            anybody,
            unsure_from=unsure_from if consent.expires is UNSURE else date.max,
        )

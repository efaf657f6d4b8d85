"""A life as case files show it: how a person came, was assessed, took part and was released.

Ages, lengths of sentences, gaps in what is known: all figures are invented so that they look like
those of people. They are of no country, and no statistics.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve

from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import (
    Beneficiary,
    CaseFile,
    Completion,
    Consent,
    Enrolment,
    Event,
    Filed,
    LegalStanding,
    Measurement,
    NeedFinding,
    NeedsAssessment,
    Observation,
    Placement,
    Referral,
    RiskAssessment,
    Sentence,
    State,
)
from rehabcore.records.glossary import codes
from rehabcore.rules.time.days import OPEN, UNSURE, End, Span
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import (
    BeneficiaryId,
    CaseId,
    LegalStatus,
    Outcome,
    RecordId,
    Setting,
    Sex,
    StaffId,
)
from rehabcore.testing.dice import Dice

Stage = tuple[LegalStatus, Setting]

WAYS: tuple[tuple[Stage, ...], ...] = (
    ((LegalStatus.PROBATION, Setting.COMMUNITY),),
    ((LegalStatus.SENTENCED_CUSTODY, Setting.CUSTODY),),
    (
        (LegalStatus.SENTENCED_CUSTODY, Setting.CUSTODY),
        (LegalStatus.CONDITIONAL_RELEASE, Setting.COMMUNITY),
    ),
    (
        (LegalStatus.PRETRIAL, Setting.CUSTODY),
        (LegalStatus.SENTENCED_CUSTODY, Setting.CUSTODY),
    ),
    (
        (LegalStatus.PRETRIAL, Setting.COMMUNITY),
        (LegalStatus.PROBATION, Setting.COMMUNITY),
    ),
    (
        (LegalStatus.SENTENCED_CUSTODY, Setting.CUSTODY),
        (LegalStatus.FORMER_PRISONER, Setting.COMMUNITY),
    ),
    ((LegalStatus.SUSPENDED, Setting.COMMUNITY),),
    ((LegalStatus.DIVERTED, Setting.COMMUNITY),),
    (
        (LegalStatus.SENTENCED_CUSTODY, Setting.CUSTODY),
        (LegalStatus.SENTENCED_CUSTODY, Setting.HOSPITAL),
    ),
)
"""The ways through justice, each a status and a setting after the other; the commonest first."""
UNSENTENCED = (LegalStatus.PRETRIAL, LegalStatus.DIVERTED)
AGES = (25, 17, 18, 19, 20, 21, 22, 23, 24, 26, 27, 29, 31, 33, 36, 39, 43, 48, 55, 67)
"""Ages at which people come; the young more often."""
LENGTHS = (365, 92, 183, 274, 365, 548, 730, 730, 1096, 1461, 1826, 2922, 5479)
"""Days of sentences; the short ones more often."""
VALIDITIES = (365, 365, 183, 730)
"""Days for which an assessment counts."""
SEXES_KNOWN = (*[Sex.MALE] * 8, Sex.FEMALE, Sex.FEMALE, Sex.OTHER, None)
OFFICE_OF = {
    Setting.CUSTODY: "prison-1",
    Setting.COMMUNITY: "probation-1",
    Setting.HOSPITAL: "hospital-1",
}
ENDINGS = (Outcome.COMPLETED, Outcome.COMPLETED, Outcome.WITHDRAWN, Outcome.REMOVED)
WORKER = StaffId("staff-1")


@frozen(kw_only=True)
class Life:
    """A life in one country: from when the person is known there, up to the day of the file."""

    country: Jurisdiction
    begun: date
    on: date

    def since(self, dice: Dice) -> date:
        """A day on which something happened; the latest is the simplest."""
        return self.on - timedelta(dice.below((self.on - self.begun).days + 1))

    def filed(self, kind: str, number: int, day: date, source: str = "probation-1") -> Filed:
        """The filing of a record on the day of which it tells."""
        return Filed(record_id=RecordId(f"{kind}-{number}"), recorded_on=day, source=source)


def life(
    country: Jurisdiction,
    on: date,
    main: Dice,
    parts: Iterable[Dice],
    fixed: Mapping[str, Any],
) -> CaseFile:
    """The case file of an invented person.

    Args:
        country: whose words and programmes the records use.
        on: the day of the file, after which nothing in it happened.
        main: says how the person came, and who it is.
        parts: one for each further part of the life; each says what it is, and how.
        fixed: fields of the file that are as they are given here.
    """
    way, length = main.pick(WAYS), main.pick(LENGTHS)
    served = 1 + main.below(length - 1)
    told = Life(country=country, begun=on - timedelta(served), on=on)
    records: dict[str, tuple[Any, ...]] = {
        "beneficiary": (_person(told, main),),
        **_through_justice(told, way, length, main),
    }
    makers = [part.make for part in _PARTS if part.words(country)]
    numbers: dict[_Maker, int] = {}
    for dice in parts:
        make = dice.pick(makers)
        numbers[make] = numbers.get(make, 0) + 1
        for name, record in make(told, numbers[make], dice):
            records[name] = (*records.get(name, ()), record)
    return CaseFile(**{"case_id": CaseId("case-1"), **records, **fixed})


def _person(told: Life, dice: Dice) -> Beneficiary:
    """The person, of whom a thing or two may be unknown."""
    days = dice.pick(AGES) * 1461 // 4 + dice.below(365)
    languages = codes(told.country.glossary.languages)
    return Beneficiary(
        filed=told.filed("beneficiary", 1, told.begun),
        beneficiary_id=BeneficiaryId("person-1"),
        birth_date=None if dice.one_in(30) else told.begun - timedelta(days),
        sex=dice.pick(SEXES_KNOWN),
        languages=None if dice.one_in(8) else frozenset(languages[: 1 + dice.below(2)]),
    )


def _through_justice(
    told: Life, way: tuple[Stage, ...], length: int, dice: Dice
) -> dict[str, tuple[Any, ...]]:
    """Statuses, settings and the sentence of somebody who came to the last stage by now."""
    served = (told.on - told.begun).days
    starts = [told.begun + timedelta(served * number // len(way)) for number in range(len(way))]
    ends: list[End] = [*starts[1:], OPEN]
    spans = [Span(one, end) for one, end in zip(starts, ends, strict=True) if one != end]
    stages = list(zip(way[-len(spans) :], spans, strict=True))
    return {
        "legal_standings": tuple(
            LegalStanding(
                filed=told.filed("legal_standings", number, span.start, "court-1"),
                status=status,
                span=span,
            )
            for number, ((status, _), span) in enumerate(stages, start=1)
        ),
        "placements": tuple(
            Placement(
                filed=told.filed("placements", number, span.start, OFFICE_OF[setting]),
                setting=setting,
                span=span,
                holder=OFFICE_OF[setting],
                institution="" if setting is Setting.COMMUNITY else OFFICE_OF[setting],
            )
            for number, ((_, setting), span) in enumerate(stages, start=1)
        ),
        "sentences": tuple(_sentences(told, stages, length, dice)),
    }


def _sentences(
    told: Life, stages: list[tuple[Stage, Span]], length: int, dice: Dice
) -> Iterator[Sentence]:
    """The sentence, which runs still, or ended when the person became a former prisoner."""
    for (status, _), span in stages:
        if status not in UNSENTENCED:
            end: End = told.begun + timedelta(length)
            if stages[-1][0][0] is LegalStatus.FORMER_PRISONER:
                end = stages[-1][1].start
            elif dice.one_in(25):
                end = dice.pick((OPEN, UNSURE))
            yield Sentence(
                filed=told.filed("sentences", 1, span.start, "court-1"),
                start=span.start,
                end=end,
                earliest_release=_half(span.start, end) if dice.below(2) else None,
            )
            return


def _half(start: date, end: End) -> date | None:
    """The day in the middle, if there is one."""
    return start + (end - start) / 2 if isinstance(end, date) else None


def _needs(told: Life, number: int, dice: Dice) -> Iterator[tuple[str, Any]]:
    """An assessment of some needs; now and then nobody confirmed it."""
    words, day = told.country.glossary, told.since(dice)
    levels = codes(words.need_levels)
    findings = tuple(
        NeedFinding(domain=domain, level=dice.pick(levels))
        for domain in codes(words.need_domains)
        if not dice.one_in(3)
    )
    yield (
        "needs_assessments",
        NeedsAssessment(
            filed=told.filed("needs_assessments", number, day),
            instrument="needs-1",
            assessed_on=day,
            expires=day + timedelta(dice.pick(VALIDITIES)),
            findings=findings,
            confirmed_by=None if dice.one_in(6) else WORKER,
        ),
    )


def _risks(told: Life, number: int, dice: Dice) -> Iterator[tuple[str, Any]]:
    """An assessment of risk; now and then nobody confirmed it."""
    day = told.since(dice)
    yield (
        "risk_assessments",
        RiskAssessment(
            filed=told.filed("risk_assessments", number, day),
            instrument="risk-1",
            assessed_on=day,
            expires=day + timedelta(dice.pick(VALIDITIES)),
            level=dice.pick(codes(told.country.glossary.risk_levels)),
            confirmed_by=None if dice.one_in(6) else WORKER,
        ),
    )


def _consents(told: Life, number: int, dice: Dice) -> Iterator[tuple[str, Any]]:
    """A consent, which was seldom withdrawn, or a refusal."""
    day = told.since(dice)
    said: dict[str, Any] = {"given": day}
    if dice.one_in(4):
        said = {"refused": day}
    elif dice.one_in(6):
        said = {"given": day, "withdrawn": day + (told.on - day) / 2}
    yield (
        "consents",
        Consent(
            filed=told.filed("consents", number, day),
            purpose=dice.pick(codes(told.country.glossary.consent_purposes)),
            **said,
        ),
    )


def _courses(told: Life, number: int, dice: Dice) -> Iterator[tuple[str, Any]]:
    """A referral to a programme, most often with an enrolment, perhaps with its end."""
    programs = told.country.known_programs()
    program_id = programs[(number - 1 + dice.below(len(programs))) % len(programs)]
    referral = told.filed("referrals", number, told.since(dice))
    day = referral.recorded_on
    yield "referrals", Referral(filed=referral, program_id=program_id, referred_on=day)
    if dice.one_in(4):
        return
    began = day + (told.on - day) / dice.pick((4, 2))
    enrolment = told.filed("enrolments", number, began, "provider-1")
    yield (
        "enrolments",
        Enrolment(
            filed=enrolment,
            program_id=program_id,
            started_on=began,
            referral=referral.record_id,
        ),
    )
    if dice.below(2):
        ended = began + (told.on - began) / 2
        yield (
            "completions",
            Completion(
                filed=told.filed("completions", number, ended, "provider-1"),
                enrolment=enrolment.record_id,
                ended_on=ended,
                outcome=dice.pick(ENDINGS),
            ),
        )


def _events(told: Life, number: int, dice: Dice) -> Iterator[tuple[str, Any]]:
    """An event of one of the country's kinds, decided or not yet.

    Now and then the office corrected its record later, or another office told of the same event.
    """
    day, kind = told.since(dice), dice.pick(told.country.glossary.event_kinds)
    event = Event(
        filed=told.filed("events", number, day),
        kind=kind.id,
        happened_on=day,
        severity=dice.pick((None, *codes(kind.severities))),
        outcome=dice.pick((None, *codes(kind.outcomes))),
    )
    yield "events", event
    one, later = event.filed.record_id, day + (told.on - day) / 2
    if dice.one_in(8):
        filed = evolve(event.filed, record_id=RecordId(f"{one}-corrected"), recorded_on=later)
        day_before = max(told.begun, day - timedelta(1))
        yield "events", evolve(event, filed=evolve(filed, corrects=one), happened_on=day_before)
    elif dice.one_in(8):
        again = Filed(record_id=RecordId(f"{one}-again"), recorded_on=later, source="police-1")
        yield "events", evolve(event, filed=evolve(again, same_as=one))


def _observations(told: Life, number: int, dice: Dice) -> Iterator[tuple[str, Any]]:
    """An observation of one of the country's kinds."""
    day, kind = told.since(dice), dice.pick(told.country.glossary.observation_kinds)
    yield (
        "observations",
        Observation(
            filed=told.filed("observations", number, day),
            kind=kind.id,
            value=dice.pick(codes(kind.values)),
            observed_on=day,
        ),
    )


def _measurements(told: Life, number: int, dice: Dice) -> Iterator[tuple[str, Any]]:
    """A measurement of one of the country's kinds."""
    day, kind = told.since(dice), dice.pick(told.country.glossary.measurement_kinds)
    yield (
        "measurements",
        Measurement(
            filed=told.filed("measurements", number, day),
            kind=kind.id,
            amount=Decimal(dice.below(2_000)),
            measured_on=day,
        ),
    )


def _states(told: Life, number: int, dice: Dice) -> Iterator[tuple[str, Any]]:
    """A state, one of each kind, since some day."""
    kinds, day = told.country.glossary.state_kinds, told.since(dice)
    if number > len(kinds):
        return
    kind = kinds[number - 1]
    yield (
        "states",
        State(
            filed=told.filed("states", number, day),
            kind=kind.id,
            value=dice.pick(codes(kind.values)),
            span=Span(day, OPEN),
        ),
    )


_Maker = Callable[[Life, int, Dice], Iterator[tuple[str, Any]]]


@frozen(kw_only=True)
class _Part:
    """A part of a life of which there may be none or several records."""

    make: _Maker
    words: Callable[[Jurisdiction], tuple[object, ...]]
    """Those that its records use; a country without them has no such records."""


_PARTS = (
    _Part(make=_needs, words=lambda country: country.glossary.need_levels),
    _Part(make=_risks, words=lambda country: country.glossary.risk_levels),
    _Part(make=_courses, words=lambda country: country.known_programs()),
    _Part(make=_consents, words=lambda country: country.glossary.consent_purposes),
    _Part(make=_states, words=lambda country: country.glossary.state_kinds),
    _Part(make=_observations, words=lambda country: country.glossary.observation_kinds),
    _Part(make=_events, words=lambda country: country.glossary.event_kinds),
    _Part(make=_measurements, words=lambda country: country.glossary.measurement_kinds),
)

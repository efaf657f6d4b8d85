"""Files of one invented person with many records, of the kinds that cost most to answer.

Each maker takes the number of records. All are legal, and drawn from nothing: the same number gives
the same file. Country ``xx`` knows their words.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve

from rehabcore.records import (
    Attendance,
    Beneficiary,
    CaseFile,
    Completion,
    Consent,
    Death,
    Enrolment,
    Event,
    Filed,
    LegalStanding,
    LevelOverride,
    Measurement,
    NeedFinding,
    NeedsAssessment,
    Observation,
    Offence,
    Placement,
    Referral,
    Registration,
    Requirement,
    Resolution,
    ResponsivityFactor,
    Retraction,
    RiskAssessment,
    Ruling,
    Sentence,
    Session,
    State,
)
from rehabcore.rules.time.days import OPEN, UNSURE, Span
from rehabcore.rules.time.partial import Days, PartialDay, Period
from rehabcore.strict.vocabulary import (
    AttendanceOutcome,
    BeneficiaryId,
    CaseId,
    DecisionOutcome,
    LegalStatus,
    Outcome,
    ProgramId,
    RecordId,
    RequirementKind,
    Setting,
    StaffId,
)

BORN, FIRST, LAST = date(1960, 5, 4), date(1980, 1, 1), date(2026, 6, 30)
"""The birth of the person, and the days between which everything happened."""
ON = date(2024, 3, 1)
"""The day on which the files are asked."""
PROGRAM = ProgramId("thinking_skills")
STAFF = StaffId("staff")

Make = Callable[[int], CaseFile]
"""A function that makes a file of so many records."""


def filed(number: int, source: str = "office", *, kind: str = "r", **more: Any) -> Filed:
    """The filing of one record of a kind."""
    return Filed(record_id=RecordId(f"{kind}-{number:06}"), recorded_on=LAST, source=source, **more)


def day(number: int, of: int) -> date:
    """One of so many days, which lie evenly over the years."""
    return FIRST + timedelta(days=number * (LAST - FIRST).days // max(of, 1))


def case(**records: Iterable[Any]) -> CaseFile:
    """The file of the person with some records."""
    person = Beneficiary(
        filed=filed(0, kind="p"), beneficiary_id=BeneficiaryId("person"), birth_date=BORN
    )
    listed: dict[str, Any] = {name: tuple(made) for name, made in records.items()}
    return CaseFile(case_id=CaseId("case"), beneficiary=(person,), **listed)


# --- spans --------------------------------------------------------------------------------


def _overlapping(count: int) -> Iterable[tuple[int, Span]]:
    """Spans that begin one after another, of which half hold on any day in the middle."""
    long = (LAST - FIRST) // 2
    for number in range(count):
        start = FIRST + (LAST - FIRST) * number // (2 * count)
        yield number, Span(start, start + long)


def _one_after_another(count: int) -> Iterable[tuple[int, Span]]:
    """Spans of one office, each until the next."""
    long = timedelta(days=max(1, (LAST - FIRST).days // count))
    for number in range(count):
        start = day(number, count)
        yield number, Span(start, start + long)


def settings_of_many_offices(count: int) -> CaseFile:
    """Settings that as many offices tell, which overlap everywhere and agree."""
    return case(
        placements=(
            Placement(
                filed=filed(n, f"office-{n}"),
                setting=Setting.CUSTODY,
                span=span,
                holder="holder",
            )
            for n, span in _overlapping(count)
        )
    )


def settings_in_dispute(count: int) -> CaseFile:
    """Settings that overlap everywhere, and short ones between them that contradict these."""
    half = count // 2
    long = (
        Placement(
            filed=filed(n, f"office-{n}"), setting=Setting.CUSTODY, span=span, holder="holder"
        )
        for n, span in _overlapping(half)
    )
    brief = (
        Placement(
            filed=filed(half + n, "other"),
            setting=Setting.COMMUNITY,
            span=Span(span.start, span.start + timedelta(days=1)),
            holder="holder",
        )
        for n, span in _one_after_another(min(half, 8_000))
    )
    return case(placements=(*long, *brief))


def settings_in_a_row(count: int) -> CaseFile:
    """Settings of one office, one after another."""
    kinds = (Setting.CUSTODY, Setting.COMMUNITY)
    return case(
        placements=(
            Placement(filed=filed(n), setting=kinds[n % 2], span=span, holder="holder")
            for n, span in _one_after_another(count)
        )
    )


def institutions_in_a_row(count: int) -> CaseFile:
    """Settings of one office in as many institutions, one after another."""
    return case(
        placements=(
            Placement(
                filed=filed(n),
                setting=Setting.CUSTODY,
                span=span,
                holder="holder",
                institution=f"prison-{n}",
            )
            for n, span in _one_after_another(count)
        )
    )


def statuses_of_many_offices(count: int) -> CaseFile:
    """Legal statuses that as many offices tell, which overlap everywhere; two of three agree."""
    kinds = (LegalStatus.SENTENCED_CUSTODY, LegalStatus.SENTENCED_CUSTODY, LegalStatus.PROBATION)
    return case(
        legal_standings=(
            LegalStanding(
                filed=filed(n, f"office-{n}"),
                status=kinds[n % 3 if n > count // 2 else 0],
                span=span,
            )
            for n, span in _overlapping(count)
        )
    )


def partial_settings(count: int) -> CaseFile:
    """Settings of as many offices, of whose first and last days only the month is known."""

    def days(span: Span) -> Days:
        later = timedelta(days=30)
        assert isinstance(span.end, date)
        return Period(
            PartialDay(span.start, span.start + later), PartialDay(span.end, span.end + later)
        )

    return case(
        placements=(
            Placement(
                filed=filed(n, f"office-{n}"),
                setting=Setting.CUSTODY,
                span=days(span),
                holder="holder",
            )
            for n, span in _overlapping(count)
        )
    )


def unknown_settings(count: int) -> CaseFile:
    """Settings of as many offices, of which nobody knows when they began, or when they ended."""
    return case(
        placements=(
            Placement(
                filed=filed(n, f"office-{n}"),
                setting=Setting.CUSTODY,
                span=Period(UNSURE, span.end) if n % 2 else Span(span.start, UNSURE),
                holder="holder",
            )
            for n, span in _overlapping(count)
        )
    )


def _states(count: int, spans: Iterable[tuple[int, Span]], values: tuple[str, ...]) -> CaseFile:
    return case(
        states=(
            State(
                filed=filed(n, f"office-{n}"),
                kind="supervision_level",
                value=values[n % len(values)],
                span=span,
            )
            for n, span in spans
        )
    )


def overlapping_states(count: int) -> CaseFile:
    """States of as many offices that overlap everywhere and contradict each other."""
    return _states(count, _overlapping(count), ("minimum", "maximum"))


def states_in_turn(count: int) -> CaseFile:
    """States of as many offices, one after another."""
    return _states(count, _one_after_another(count), ("minimum", "medium", "maximum"))


def contradicted_states(count: int) -> CaseFile:
    """States that overlap everywhere and agree, which short ones contradict again and again."""
    half = count // 2
    brief = [(half + n, span) for n, span in _one_after_another(min(half, 8_000))]
    spans = [*_overlapping(half), *(brief[n] for n in range(0, len(brief), 2))]
    return case(
        states=(
            State(
                filed=filed(n, f"office-{n}"),
                kind="supervision_level",
                value="minimum" if n < half else "maximum",
                span=span,
            )
            for n, span in spans
        )
    )


def registrations(count: int) -> CaseFile:
    """Entries in a register that overlap everywhere."""
    return case(
        registrations=(
            Registration(filed=filed(n), register="warrants", span=span)
            for n, span in _overlapping(count)
        )
    )


def requirements(count: int) -> CaseFile:
    """Requirements to take part in a programme that overlap everywhere."""
    return case(
        requirements=(
            Requirement(
                filed=filed(n),
                kind=RequirementKind.COURT_ORDER,
                subject=PROGRAM,
                imposed_by="court",
                span=span,
            )
            for n, span in _overlapping(count)
        )
    )


# --- sentences ----------------------------------------------------------------------------


def _sentence(number: int, span: Span, **more: Any) -> Sentence:
    return Sentence(filed=filed(number, f"court-{number}"), start=span.start, end=span.end, **more)


def _with_offences(sentences: Iterable[Sentence]) -> CaseFile:
    listed = tuple(sentences)
    kinds = ("property", "violent", "sexual")
    offences = (
        Offence(
            filed=filed(n, one.filed.source, kind="o"),
            kind=kinds[n % 3],
            committed_on=FIRST - timedelta(days=400 - n % 300),
            convicted_on=FIRST - timedelta(days=60),
            sentence=one.filed.record_id,
        )
        for n, one in enumerate(listed)
    )
    return case(sentences=listed, offences=offences)


def concurrent_sentences(count: int) -> CaseFile:
    """Sentences that overlap everywhere, each of a court of its own and with an offence."""
    return _with_offences(_sentence(n, span) for n, span in _overlapping(count // 2))


def sentences_in_rows(count: int) -> CaseFile:
    """Sentences in rows of a hundred, each with an offence."""
    sentences: list[Sentence] = []
    for n in range(count // 2):
        place = n % 100
        start = FIRST + timedelta(days=n // 100 + 90 * place)
        after = None if place == 0 else sentences[-1].filed.record_id
        span = Span(start, start + timedelta(days=90))
        sentences.append(_sentence(n, span, consecutive_to=after))
    return _with_offences(sentences)


def sentences_told_twice(count: int) -> CaseFile:
    """Sentences that a court and a prison tell, which differ by a day."""

    def told(n: int, span: Span) -> Sentence:
        source = "court" if n % 2 else "prison"
        start = span.start + timedelta(days=n % 2)
        return Sentence(
            filed=filed(n, source), start=start, end=start + timedelta(days=500 + n % 7)
        )

    return case(sentences=(told(n, span) for n, span in _overlapping(count)))


def sentences_of_one_day(count: int) -> CaseFile:
    """Sentences that began on one day, which a court, a prison and as many other offices tell."""
    offices = ("court", "prison")
    return case(
        sentences=(
            Sentence(
                filed=filed(n, offices[n % 2] if n % 3 else f"office-{n}"),
                start=FIRST,
                end=FIRST + timedelta(days=500 + n),
            )
            for n in range(count)
        )
    )


def sentences_of_unknown_end(count: int) -> CaseFile:
    """Sentences of as many courts whose end nobody recorded, and others for life."""
    return case(
        sentences=(
            Sentence(
                filed=filed(n, f"court-{n}"),
                start=span.start,
                end=UNSURE if n % 2 else OPEN,
                earliest_release=span.start + timedelta(days=900) if n % 4 == 0 else None,
            )
            for n, span in _overlapping(count)
        )
    )


# --- assessments --------------------------------------------------------------------------


def needs_of_many_instruments(count: int) -> CaseFile:
    """Assessments of needs by as many instruments."""
    levels = ("none", "some", "high")
    return case(
        needs_assessments=(
            NeedsAssessment(
                filed=filed(n, f"office-{n}"),
                instrument=f"needs-{n}",
                assessed_on=span.start,
                expires=span.end,
                findings=(NeedFinding(domain="work", level=levels[n % 2 if n % 50 == 0 else 0]),),
                confirmed_by=STAFF,
            )
            for n, span in _overlapping(count)
        )
    )


def needs_on_one_day(count: int) -> CaseFile:
    """Assessments of needs by a few instruments, several of each on a day."""
    levels = ("none", "some", "high")
    return case(
        needs_assessments=(
            NeedsAssessment(
                filed=filed(n, f"office-{n % 3}", sequence=n + 1),
                instrument=f"needs-{n % 5}",
                assessed_on=day(n // 20, count // 20),
                expires=OPEN,
                findings=(NeedFinding(domain="work", level=levels[n % 3]),),
                confirmed_by=STAFF,
            )
            for n in range(count)
        )
    )


def _risks(count: int, instruments: int) -> list[RiskAssessment]:
    levels = ("low", "medium", "high")
    return [
        RiskAssessment(
            filed=filed(n, f"office-{n}"),
            instrument=f"risk-{n % instruments}",
            assessed_on=span.start,
            expires=span.end,
            level=levels[n % 3],
            score=Decimal(n % 40),
            confirmed_by=STAFF,
        )
        for n, span in _overlapping(count)
    ]


def risks_of_many_instruments(count: int) -> CaseFile:
    """Assessments of risk by as many instruments."""
    return case(risk_assessments=_risks(count, count))


def risks_of_one_instrument(count: int) -> CaseFile:
    """Assessments of risk by one instrument, one after another."""
    return case(risk_assessments=_risks(count, 1))


def overridden_risks(count: int) -> CaseFile:
    """Assessments of risk with an override each, and as many overrides of one of them."""
    third = count // 3
    risks = _risks(third, third)
    levels = {"low": "medium", "medium": "high", "high": "medium"}

    def override(n: int, of: RiskAssessment, on: date) -> LevelOverride:
        return LevelOverride(
            filed=filed(n, of.filed.source, kind="lo"),
            assessment=of.filed.record_id,
            level=levels[of.level or "low"],
            reason="seen",
            decided_by=STAFF,
            decided_on=on,
            until=OPEN,
        )

    each = (override(n, one, ON) for n, one in enumerate(risks))
    one = risks[0]
    assert isinstance(one.assessed_on, date)
    of_one = (override(third + n, one, one.assessed_on + timedelta(days=n)) for n in range(third))
    return case(risk_assessments=risks, level_overrides=(*each, *of_one))


def resolved_risks(count: int) -> CaseFile:
    """Assessments of risk that disagree, three by three, with as many resolutions of them."""
    risks = _risks(count // 2, count // 2)
    return case(
        risk_assessments=risks,
        resolutions=(
            Resolution(
                filed=filed(n, "board", kind="re"),
                assessments=tuple(r.filed.record_id for r in risks[n - n % 3 : n - n % 3 + 3]),
                level=risks[n].level or "low",
                reason="seen",
                decided_by=STAFF,
                decided_on=ON,
            )
            for n in range(len(risks) - len(risks) % 3)
        ),
    )


def factors(count: int) -> CaseFile:
    """Factors of responsivity, found and not found in turn."""
    return case(
        responsivity_factors=(
            ResponsivityFactor(
                filed=filed(n, f"office-{n % 7}"),
                kind="literacy",
                present=n % 3 == 0,
                found_on=day(n, count),
            )
            for n in range(count)
        )
    )


# --- what happened ------------------------------------------------------------------------


def _two_offices(n: int, count: int) -> tuple[Filed, date]:
    """The filing and the day of what two offices tell, a day apart."""
    return filed(n, f"office-{n % 2}"), day(n // 2, count // 2) + timedelta(days=n % 2)


def sanctions_told_twice(count: int) -> CaseFile:
    """Sanctions that two offices tell, a day apart."""
    return case(
        events=(
            Event(filed=one, kind="sanction", happened_on=on)
            for one, on in (_two_offices(n, count) for n in range(count))
        )
    )


def sanctions_of_ten_offices(count: int) -> CaseFile:
    """Sanctions of ten offices within a few days of each other."""
    return case(
        events=(
            Event(
                filed=filed(n, f"office-{n % 10}"),
                kind="sanction",
                happened_on=day(n // 10, count // 10) + timedelta(days=n % 3),
            )
            for n in range(count)
        )
    )


def sanctions_on_partial_days(count: int) -> CaseFile:
    """Sanctions of two offices, of which only the month is known."""
    return case(
        events=(
            Event(
                filed=one,
                kind="sanction",
                happened_on=PartialDay(on, on + timedelta(days=30 + n % 11)),
            )
            for n, (one, on) in ((n, _two_offices(n, count)) for n in range(count))
        )
    )


def visits_on_partial_days(count: int) -> CaseFile:
    """Visits in one status, of which only the year is known."""
    return case(
        legal_standings=(
            LegalStanding(
                filed=filed(0, kind="ls"), status=LegalStatus.PROBATION, span=Span(FIRST, OPEN)
            ),
        ),
        events=(
            Event(
                filed=filed(n),
                kind="office_visit",
                happened_on=PartialDay(day(n, count), day(n, count) + timedelta(days=365 + n % 11)),
            )
            for n in range(count)
        ),
    )


def sanctions_of_every_month(count: int) -> CaseFile:
    """Sanctions that may have been in any month of the years."""
    return case(
        events=(
            Event(
                filed=filed(n),
                kind="sanction",
                happened_on=PartialDay(FIRST, LAST) if n % 2 else day(n, count),
            )
            for n in range(count)
        )
    )


def deaths_told_by_ends(count: int) -> CaseFile:
    """Enrolments that ended with a death, each on another day, and a death that is on record."""
    enrolments = tuple(
        Enrolment(filed=filed(n), program_id=PROGRAM, started_on=FIRST) for n in range(count // 2)
    )
    return case(
        enrolments=enrolments,
        completions=(
            Completion(
                filed=filed(n, kind="co"),
                enrolment=one.filed.record_id,
                ended_on=day(n, count // 2),
                outcome=Outcome.DIED,
            )
            for n, one in enumerate(enrolments)
        ),
        deaths=(Death(filed=filed(0, "registry", kind="de"), died_on=LAST),),
    )


def violations(count: int) -> CaseFile:
    """Violations that two offices tell, decided and not, grave and not."""
    return case(
        events=(
            Event(
                filed=one,
                kind="violation",
                happened_on=on,
                severity=("minor", "serious", None)[n % 3],
                outcome=("sustained", "dismissed", None)[n // 3 % 3],
                decided_on=on + timedelta(days=n % 40) if n // 3 % 3 < 2 else None,
                reported_on=None if n % 4 else on,
            )
            for n, (one, on) in ((n, _two_offices(n, count)) for n in range(count))
        )
    )


def told_as_the_same(count: int) -> CaseFile:
    """Sanctions that as many offices tell as one, each naming the one before."""
    return case(
        events=(
            Event(
                filed=filed(n, f"office-{n}", same_as=RecordId(f"r-{n - 1:06}") if n > 1 else None),
                kind="sanction",
                happened_on=FIRST + timedelta(days=n % 5),
            )
            for n in range(1, count)
        )
    )


def tests_told_twice(count: int) -> CaseFile:
    """Drug tests that two offices tell, a day apart."""
    return case(
        observations=(
            Observation(
                filed=one,
                kind="drug_test",
                value=("negative", "positive")[n % 5 == 0],
                observed_on=on,
            )
            for n, (one, on) in ((n, _two_offices(n, count)) for n in range(count))
        )
    )


def measurements(count: int) -> CaseFile:
    """Amounts of two offices, of which each counts for some years."""
    return case(
        measurements=(
            Measurement(
                filed=one,
                kind="restitution_owed",
                amount=Decimal(n % 9),
                measured_on=on,
                expires=on + timedelta(days=700),
            )
            for n, (one, on) in ((n, _two_offices(n, count)) for n in range(count))
        )
    )


def rulings(count: int) -> CaseFile:
    """Refusals and other rulings on one programme by two offices, and referrals between them."""
    outcomes = tuple(DecisionOutcome)
    half = count // 2
    return case(
        rulings=(
            Ruling(
                filed=one,
                subject=PROGRAM,
                outcome=outcomes[n % len(outcomes)],
                decided_on=on,
                decided_by=STAFF,
            )
            for n, (one, on) in ((n, _two_offices(n, half)) for n in range(half))
        ),
        referrals=(
            Referral(
                filed=filed(n, f"office-{n % 2}", kind="rf"),
                program_id=PROGRAM,
                referred_on=day(n, half),
            )
            for n in range(half)
        ),
    )


def consents(count: int) -> CaseFile:
    """Consents of many offices, given, refused and withdrawn."""
    return case(
        consents=(
            Consent(
                filed=filed(n, f"office-{n % 40}"),
                purpose="programme",
                given=None if n % 5 == 0 else day(n, count),
                refused=day(n, count) if n % 5 == 0 else None,
                withdrawn=day(n, count) + timedelta(days=400) if n % 3 and n % 5 else None,
                expires=OPEN,
            )
            for n in range(count)
        )
    )


def enrolments_told_twice(count: int) -> CaseFile:
    """Enrolments in one programme that two offices tell, a day apart, with their ends."""
    half = count // 2
    told = [_two_offices(n, half) for n in range(half)]
    outcomes = (Outcome.COMPLETED, Outcome.WITHDRAWN, Outcome.REMOVED)
    return case(
        enrolments=(Enrolment(filed=one, program_id=PROGRAM, started_on=on) for one, on in told),
        completions=(
            Completion(
                filed=filed(n, one.source, kind="co"),
                enrolment=one.record_id,
                ended_on=on + timedelta(days=60),
                outcome=outcomes[n % 3],
            )
            for n, (one, on) in enumerate(told)
        ),
    )


def enrolments_that_go_on(count: int) -> CaseFile:
    """Enrolments in one programme of which none has ended."""
    return case(
        enrolments=(
            Enrolment(filed=filed(n), program_id=PROGRAM, started_on=day(n, count))
            for n in range(count)
        )
    )


def sessions(count: int) -> CaseFile:
    """Sessions of one programme that two offices tell, with attendances."""
    half = count // 2
    outcomes = tuple(AttendanceOutcome)[:4]
    told = [_two_offices(n, half) for n in range(half)]
    return case(
        sessions=(Session(filed=one, program_id=PROGRAM, day=on) for one, on in told),
        attendances=(
            Attendance(
                filed=filed(n, one.source, kind="at"),
                session=one.record_id,
                outcome=outcomes[n % 4],
            )
            for n, (one, _) in enumerate(told)
        ),
    )


# --- how records were filed ---------------------------------------------------------------


def chain_of_corrections(count: int) -> CaseFile:
    """One sanction, corrected again and again."""
    return case(
        events=(
            Event(
                filed=evolve(filed(n), corrects=RecordId(f"r-{n - 1:06}") if n > 1 else None),
                kind="sanction",
                happened_on=FIRST + timedelta(days=n % 500),
            )
            for n in range(1, count)
        )
    )


def chain_of_retractions(count: int) -> CaseFile:
    """One sanction, and retractions of which each takes back the one before."""
    return case(
        events=(Event(filed=filed(1), kind="sanction", happened_on=FIRST),),
        retractions=(
            Retraction(filed=filed(n, corrects=RecordId(f"r-{n - 1:06}"))) for n in range(2, count)
        ),
    )


def chains_of_changes(count: int) -> CaseFile:
    """As many changes as are allowed, among many records."""
    changed = [
        State(
            filed=filed(
                n,
                kind="ch",
                changes=RecordId(f"ch-{n - 1:06}") if n else None,
                since=day(n, 40) if n else None,
            ),
            kind="employment",
            value=("employed", "unemployed")[n % 2],
            span=Span(FIRST, OPEN),
        )
        for n in range(30)
    ]
    others = sanctions_told_twice(count)
    return evolve(others, states=tuple(changed))


def with_faults(count: int) -> CaseFile:
    """Sentences of which five are joined to some that were never filed, and offences."""
    made = concurrent_sentences(count)
    lost = [
        evolve(one, concurrent_with=(RecordId(f"lost-{n}"),))
        for n, one in enumerate(made.sentences[:5])
    ]
    return evolve(made, sentences=(*lost, *made.sentences[5:]))


def everyday(count: int) -> CaseFile:
    """A little of everything, of one office, as years of everyday work leave it."""
    part = max(2, count // 8)
    statuses = (LegalStatus.SENTENCED_CUSTODY, LegalStatus.CONDITIONAL_RELEASE)
    taking_part = enrolments_told_twice(part)
    return case(
        legal_standings=(
            LegalStanding(
                filed=filed(n, kind="ls"),
                status=statuses[n % 2],
                span=Span(day(n, 6), day(n + 1, 6)),
            )
            for n in range(6)
        ),
        enrolments=taking_part.enrolments,
        completions=taking_part.completions,
        events=_named("ev", sanctions_told_twice(2 * part).events),
        observations=_named("ob", tests_told_twice(part).observations),
        sessions=_named("se", sessions(2 * part).sessions),
        placements=_named("pl", settings_in_a_row(part).placements),
        consents=_named("cs", consents(part).consents),
    )


def _named(kind: str, records: Iterable[Any]) -> Iterable[Any]:
    """The same records with ids of a kind."""
    for number, record in enumerate(records):
        own = RecordId(f"{kind}-{number:06}")
        yield evolve(record, filed=evolve(record.filed, record_id=own))

"""Hypothesis strategies for records and whole case files in the words of the country ``xx``.

Every case file is consistent as a whole. It has records of every kind from up to three sources that
agree, contradict and correct each other, with days that touch, coincide and leave gaps, ends that
are open and unknown, chains of corrections and retractions.

A file takes some hundred choices. They come from dice, which are drawn anew for every record: so a
file takes few draws, and what is not needed is dropped record by record when a failure is shrunk.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import combinations, product
from random import Random
from typing import Any, TypeVar

from attrs import evolve
from hypothesis import strategies as st

from rehabcore.questions import Question, facts_of_kinds
from rehabcore.records import (
    Attendance,
    Availability,
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
    Milestone,
    NeedFinding,
    NeedsAssessment,
    NeedsContest,
    Observation,
    Offence,
    OfferDeferral,
    OfferRefusal,
    OwnGoal,
    Placement,
    Record,
    Referral,
    Registration,
    Requirement,
    Resolution,
    ResponsivityFactor,
    Retraction,
    RiskAssessment,
    RiskContest,
    Ruling,
    Sentence,
    Separation,
    Session,
    State,
    Strength,
    Supporter,
    Unavailability,
)
from rehabcore.records.case_file import RECORD_LISTS
from rehabcore.records.glossary import CodedKind, codes
from rehabcore.rules.criteria import Asked, ask
from rehabcore.rules.facts import NEVER, Anchor, Fact, Parameter
from rehabcore.rules.time.ageing import Ageing
from rehabcore.rules.time.days import OPEN, UNSURE, End, Span, Term
from rehabcore.rules.time.partial import Day, Days, Period, first_of
from rehabcore.strict.vocabulary import (
    AttendanceOutcome,
    BeneficiaryId,
    CaseId,
    ContestOutcome,
    DecisionOutcome,
    LegalStatus,
    Outcome,
    RecordId,
    RequirementKind,
    Setting,
    Sex,
    Stability,
    StaffId,
    Weekday,
)
from rehabcore.testing.dice import MOST_CHOICES, Dice
from tests.kit.partial_days import blurred
from tests.kit.record_makers import XX

T = TypeVar("T")
R = TypeVar("R", bound=Record)

WORDS = XX.glossary
PROGRAMS = XX.known_programs()[:3]
RISK_LEVELS = codes(WORDS.risk_levels)
STATUSES = (LegalStatus.PROBATION, LegalStatus.DIVERTED, LegalStatus.SENTENCED_CUSTODY)
SETTINGS = (Setting.COMMUNITY, Setting.CUSTODY, Setting.HOSPITAL)
SOURCES = ("a", "b", "პრობაცია")
SUBDOMAINS = {
    domain: tuple(frozenset(parts[:number]) for number in range(min(3, len(parts) + 1)))
    for domain in codes(WORDS.need_domains)
    for parts in [WORDS.subdomains_of(domain)]
}
"""The parts of each domain in which a need may be found."""
KINDS = {
    name: codes(getattr(WORDS, name))[:2]
    for name in ("event_kinds", "observation_kinds", "state_kinds", "measurement_kinds")
}
"""The kinds of records that are drawn: few enough that they meet."""
MANY = 1_000
"""More records than a file has, so that no two of them get one number."""
STAFF = (None, StaffId("staff-1"), StaffId("psychologist Nino"))

NEAR, NEAR_DAYS = date(2019, 12, 30), 70
"""Where most things happen: so few days that things coincide and touch, with a leap day."""
FAR, FAR_DAYS = date(2010, 1, 1), 365 * 188
"""Where some things happen; after every birth, and with room for what follows up to 2199."""
BIRTH, BIRTH_DAYS = date(1850, 1, 1), 365 * 159

_TEXT = st.text(max_size=6)


@cache
def _values(kinds: tuple[CodedKind, ...], wanted: str) -> tuple[str, ...]:
    return next(codes(kind.values) for kind in kinds if kind.id == wanted)


SEEDS = st.integers(0, 10**6)


_THROWS = st.binary(min_size=24, max_size=24)
_FEW = st.integers(0, 2)


class _Clerk:
    """Draws records, each with an id of its own, and keeps what was retracted."""

    def __init__(self, draw: st.DrawFn, *, brief: bool) -> None:
        self._draw, self._brief = draw, brief
        self._filed = 0
        self._dice = Dice(b"")
        self.retractions: list[Retraction] = []

    # --- parts ----------------------------------------------------------------------------

    def up_to(self, most: int) -> int:
        """A number from 0."""
        if most >= MOST_CHOICES:
            high = self.up_to(most // MOST_CHOICES) * MOST_CHOICES
            return (high + self.up_to(MOST_CHOICES - 1)) % (most + 1)
        if self._dice.spent:
            self._dice = Dice(self._draw(_THROWS))
        return self._dice.below(most + 1)

    def one_in(self, number: int) -> bool:
        """Now and then."""
        return self.up_to(number - 1) == number - 1

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.up_to(len(options) - 1)]

    def some_of(self, options: Sequence[T]) -> list[T]:
        """Any of the options, in their order."""
        chosen = self.up_to(2 ** len(options) - 1)
        return [option for index, option in enumerate(options) if chosen >> index & 1]

    def text(self) -> str:
        """Any short text."""
        return self._draw(_TEXT)

    def day(self, near: int = 9) -> date:
        """A day, ``near`` times in ten one of a few weeks."""
        if self.up_to(9) < near:
            return NEAR + timedelta(self.up_to(NEAR_DAYS))
        return FAR + timedelta(self.up_to(FAR_DAYS))

    def soon(self, day: Day, most: int = 40) -> date:
        """That day or one soon after."""
        return first_of(day) + timedelta(self.up_to(most))

    def end(self, start: date) -> End:
        """A day after the start, open, or unknown."""
        number = self.up_to(50) - 5
        if number > 40:
            return UNSURE
        return start + timedelta(number) if number > 0 else OPEN

    def span(self, start: date | None = None) -> Span:
        """A span from a day, or from any day."""
        start = start or self.day()
        return Span(start, self.end(start))

    def score(self) -> Decimal | None:
        """A score of any precision that can be filed, or none."""
        if self.one_in(3):
            return None
        number = self.up_to(2 * 10**9) - 10**9
        return Decimal(number).scaleb(-self.up_to(6))

    def filed(self, source: str = "") -> Filed:
        """The filing of the next record, by a source or by any."""
        self._filed += 1
        self._dice = Dice(b"")
        return Filed(
            record_id=RecordId(f"r-{self._filed}"),
            recorded_on=self.day(near=10),
            source=source or self.pick(SOURCES),
            sequence=self.pick((None, None, self._filed, MANY - self._filed)),
        )

    # --- records --------------------------------------------------------------------------

    def beneficiary(self, filed: Filed) -> Beneficiary:
        """What a source says of the person; always the same person."""
        birth = BIRTH + timedelta(self.up_to(BIRTH_DAYS))
        return Beneficiary(
            filed=filed,
            beneficiary_id=BeneficiaryId("person"),
            birth_date=self.pick((birth, None)),
            sex=self.pick((None, *Sex)),
            languages=self.pick((frozenset(self.some_of(codes(WORDS.languages))), None)),
        )

    def deaths(self) -> tuple[Death, ...]:
        """Now and then a death, as registers state it that tell nothing else of the person."""
        registers = self.some_of(("register-1", "register-2")) if self.one_in(6) else []
        return tuple(Death(filed=self.filed(name), died_on=self.day()) for name in registers)

    def standing(self, filed: Filed, span: Days) -> LegalStanding:
        """A legal status."""
        return LegalStanding(filed=filed, status=self.pick(STATUSES), span=span)

    def placement(self, filed: Filed, span: Days) -> Placement:
        """A setting, in an institution or not."""
        return Placement(
            filed=filed,
            setting=self.pick(SETTINGS),
            span=span,
            holder=self.pick(("prison-1", "probation-2")),
            institution=self.pick(("", "prison-1")),
        )

    def state(self, filed: Filed, span: Days) -> State:
        """A state of one of the country's kinds."""
        kind = self.pick(KINDS["state_kinds"])
        value = self.pick(_values(WORDS.state_kinds, kind))
        return State(filed=filed, kind=kind, value=value, span=span)

    def sentence(self, filed: Filed) -> Sentence:
        """A sentence, for a time, for life or of unknown end."""
        start = self.day()
        end = self.end(start)
        release = self.soon(start, (end - start).days if isinstance(end, date) else 60)
        return Sentence(
            filed=filed, start=start, end=end, earliest_release=self.pick((release, None))
        )

    def joined(self, filed: Filed, other: Sentence) -> Sentence:
        """A sentence that follows another or runs beside it, named by its own id or a corrected."""
        own = self.pick((other.filed.record_id, other.filed.corrects or other.filed.record_id))
        if isinstance(other.end, date) and self.one_in(2):
            start = other.end
            return Sentence(filed=filed, start=start, end=self.end(start), consecutive_to=own)
        start = first_of(other.start)
        return Sentence(filed=filed, start=start, end=self.end(start), concurrent_with=(own,))

    def needs(self, filed: Filed) -> NeedsAssessment:
        """An assessment of some domains, confirmed or not."""
        assessed_on = self.day()
        levels = codes(WORDS.need_levels)
        return NeedsAssessment(
            filed=filed,
            instrument=self.pick(("needs-1", "needs-2")),
            assessed_on=assessed_on,
            expires=self.end(assessed_on),
            findings=tuple(
                NeedFinding(
                    domain=domain,
                    level=self.pick(levels),
                    stability=self.pick((None, *Stability)),
                    subdomains=self.pick(SUBDOMAINS[domain]),
                )
                for domain in self.some_of(codes(WORDS.need_domains)[:2])
            ),
            confirmed_by=self.pick(STAFF),
        )

    def risk(self, filed: Filed) -> RiskAssessment:
        """An assessment of risk, confirmed or not, with a score or without, or with no level."""
        assessed_on = self.day()
        level, band = self.pick(RISK_LEVELS), self.text()
        return RiskAssessment(
            filed=filed,
            instrument=self.pick(("risk-1", "risk-2")),
            assessed_on=assessed_on,
            expires=self.end(assessed_on),
            level=None if band and self.one_in(4) else level,
            score=self.score(),
            confirmed_by=self.pick(STAFF),
            domain=self.pick((None, None, *codes(WORDS.need_domains)[:1])),
            band=band,
            edition=self.pick(("", "2nd")),
            result=self.text(),
            remarks=self.pick(((), ("outside_population",))),
        )

    def override(self, filed: Filed, assessment: RiskAssessment) -> LevelOverride:
        """An override, which names its assessment by its own id or one it corrects."""
        own, decided_on = assessment.filed.record_id, self.soon(assessment.assessed_on)
        until = self.end(decided_on)
        return LevelOverride(
            filed=filed,
            assessment=self.pick((own, assessment.filed.corrects or own)),
            level=self.pick([code for code in RISK_LEVELS if code != assessment.level]),
            reason="known_threat",
            decided_by=StaffId("staff-1"),
            decided_on=decided_on,
            until=OPEN if until is UNSURE else until,
        )

    def resolution(self, filed: Filed, assessments: Sequence[RiskAssessment]) -> Resolution:
        """A resolution by a level that one of the assessments gave."""
        latest = max(assessment.assessed_on for assessment in assessments)
        return Resolution(
            filed=filed,
            assessments=tuple(assessment.filed.record_id for assessment in assessments),
            level=self.pick([a.level for a in assessments if a.level is not None]),
            reason="newer_facts",
            decided_by=StaffId("staff-1"),
            decided_on=self.soon(latest),
        )

    def consent(self, filed: Filed) -> Consent:
        """A consent that was given, perhaps withdrawn, or refused."""
        purpose, scope, day = self.pick(codes(WORDS.consent_purposes)), self.text(), self.day()
        covers: dict[str, Any] = {
            "program_id": self.pick((None, None, *PROGRAMS[:1])),
            "recipients": self.pick(
                (None, None, frozenset({"ngo-1"}), frozenset({"ngo-1", "ngo-2"}))
            ),
        }
        if self.one_in(3):
            return Consent(filed=filed, purpose=purpose, scope=scope, refused=day, **covers)
        return Consent(
            filed=filed,
            purpose=purpose,
            scope=scope,
            **covers,
            given=day,
            withdrawn=self.soon(day) if self.one_in(3) else None,
            expires=self.end(day),
        )

    def referral(self, filed: Filed) -> Referral:
        """A referral to a programme."""
        return Referral(filed=filed, program_id=self.pick(PROGRAMS), referred_on=self.day())

    def enrolment(self, filed: Filed) -> Enrolment:
        """An enrolment that followed no referral."""
        return Enrolment(filed=filed, program_id=self.pick(PROGRAMS), started_on=self.day())

    def enrolment_after(self, filed: Filed, referral: Referral) -> Enrolment:
        """An enrolment after a referral, which it names by its own id or one it corrects."""
        own = referral.filed.record_id
        return Enrolment(
            filed=filed,
            program_id=referral.program_id,
            started_on=self.soon(referral.referred_on),
            referral=self.pick((own, referral.filed.corrects or own)),
        )

    def completion(self, filed: Filed, enrolment: Enrolment) -> Completion:
        """The end of an enrolment, which it names by its own id or one it corrects."""
        own = enrolment.filed.record_id
        return Completion(
            filed=filed,
            enrolment=self.pick((own, enrolment.filed.corrects or own)),
            ended_on=self.soon(enrolment.started_on),
            outcome=self.pick(tuple(Outcome)),
        )

    def event(self, filed: Filed) -> Event:
        """An event of one of the country's kinds."""
        kind, happened_on = self.pick(WORDS.event_kinds[:2]), self.day()
        outcome = self.pick((None, *codes(kind.outcomes)))
        decided_on = self.soon(happened_on) if outcome and self.one_in(2) else None
        return Event(
            filed=filed,
            kind=kind.id,
            happened_on=happened_on,
            severity=self.pick((None, *codes(kind.severities))),
            outcome=outcome,
            reported_on=self.pick((None, self.soon(happened_on, 9))),
            decided_on=decided_on,
            responded_on=self.pick((None, self.soon(happened_on, 9))),
        )

    def observation(self, filed: Filed) -> Observation:
        """An observation of one of the country's kinds."""
        kind = self.pick(KINDS["observation_kinds"])
        observed_on = self.day()
        return Observation(
            filed=filed,
            kind=kind,
            value=self.pick(_values(WORDS.observation_kinds, kind)),
            observed_on=observed_on,
            expires=self.end(observed_on),
        )

    def measurement(self, filed: Filed) -> Measurement:
        """A measurement of one of the country's kinds."""
        measured_on = self.day()
        return Measurement(
            filed=filed,
            kind=self.pick(codes(WORDS.measurement_kinds)),
            amount=self.score() or Decimal(0),
            measured_on=measured_on,
            expires=self.end(measured_on),
        )

    def offence(self, filed: Filed, sentences: Sequence[Sentence] = ()) -> Offence:
        """An offence, coded or not, which names a sentence by its own id or one it corrects."""
        filings = [sentence.filed for sentence in sentences]
        ids = [own.corrects or own.record_id for own in filings] + [f.record_id for f in filings]
        committed_on = self.day()
        return Offence(
            filed=filed,
            kind=self.pick((None, *codes(WORDS.offence_kinds)[:2])),
            committed_on=self.pick((None, committed_on)),
            convicted_on=self.pick((None, self.soon(committed_on))),
            sentence=self.pick((None, *ids)),
        )

    def milestone(self, filed: Filed, kind: str) -> Milestone:
        """A day of a kind, or one that never comes."""
        days: tuple[Anchor, ...] = (self.day(), self.day(), NEVER)
        return Milestone(filed=filed, kind=kind, day=self.pick(days))

    def ruling(self, filed: Filed) -> Ruling:
        """A ruling on a programme or another subject of the country."""
        decided_on = self.day()
        return Ruling(
            filed=filed,
            subject=self.pick((*PROGRAMS[:2], *codes(WORDS.ruling_subjects))),
            outcome=self.pick(tuple(DecisionOutcome)),
            decided_on=decided_on,
            decided_by=StaffId("staff-1"),
            reason=self.pick((None, *codes(WORDS.ruling_reasons))),
            until=self.end(decided_on),
        )

    def registration(self, filed: Filed) -> Registration:
        """An entry in one of the country's registers."""
        return Registration(
            filed=filed, register=self.pick(codes(WORDS.registers)), span=self.span()
        )

    def factor(self, filed: Filed) -> ResponsivityFactor:
        """A factor of responsivity, present or not."""
        found_on = self.day()
        return ResponsivityFactor(
            filed=filed,
            kind=self.pick(codes(WORDS.responsivity_kinds)[:2]),
            present=self.one_in(2),
            found_on=found_on,
            expires=self.end(found_on),
        )

    def requirement(self, filed: Filed) -> Requirement:
        """A requirement about a programme or unpaid work."""
        return Requirement(
            filed=filed,
            kind=self.pick(tuple(RequirementKind)),
            subject=self.pick((*PROGRAMS[:1], *codes(WORDS.requirement_subjects))),
            imposed_by="court-1",
            span=self.span(),
        )

    def session(self, filed: Filed) -> Session:
        """A session, held or not, before anything was filed: nobody attends what is to come."""
        held = not self.one_in(4)
        return Session(
            filed=filed,
            program_id=self.pick(PROGRAMS[:2]),
            day=NEAR - timedelta(self.up_to(NEAR_DAYS)),
            starts_at=self.pick(("", "09:30")),
            minutes=self.pick((None, 60, 90)),
            held=held,
            reason=None if held else self.pick((None, *codes(WORDS.cancellation_reasons))),
        )

    def attendance(self, filed: Filed, session: Session) -> Attendance:
        """How the person attended a session, in a way that fits it."""
        own, outcome = session.filed.record_id, AttendanceOutcome.CANCELLED_BY_PROVIDER
        if session.held:
            outcome = self.pick([one for one in AttendanceOutcome if one is not outcome])
        there = outcome in (AttendanceOutcome.ATTENDED, AttendanceOutcome.LATE)
        return Attendance(
            filed=filed,
            session=self.pick((own, session.filed.corrects or own)),
            outcome=outcome,
            minutes=self.pick((None, 45)) if there else None,
        )

    def _offer(self) -> dict[str, Any]:
        """A programme or a need, as an offer names one of them."""
        if self.one_in(2):
            return {"program_id": self.pick(PROGRAMS[:2])}
        return {"domain": self.pick(codes(WORDS.need_domains)[:2])}

    def offer_refusal(self, filed: Filed) -> OfferRefusal:
        """A refusal by the person of a programme, or of help with a need."""
        return OfferRefusal(filed=filed, span=self.span(), reason=self.text(), **self._offer())

    def for_plans(self) -> dict[str, Any]:
        """Now and then a record of each kind that only a plan reads."""
        if not self.one_in(3):
            return {}
        day, domain = self.day(), self.pick((None, *codes(WORDS.need_domains)[:1]))
        until, said = self.soon(day) + timedelta(1), self.text() or "said"
        kinds: dict[str, Callable[[Filed], Record]] = {
            "availabilities": lambda filed: Availability(
                filed=filed, span=self.span(), weekday=self.pick(tuple(Weekday)), ends_at="12:30"
            ),
            "unavailabilities": lambda filed: Unavailability(filed=filed, span=self.span()),
            "separations": lambda filed: Separation(
                filed=filed, apart_from="group-1", span=self.span()
            ),
            "supporters": lambda filed: Supporter(
                filed=filed,
                role=self.pick(codes(WORDS.supporter_roles)),
                span=self.span(),
                agrees=self.pick((None, True, False)),
            ),
            "strengths": lambda filed: Strength(filed=filed, said=said, said_on=day, domain=domain),
            "own_goals": lambda filed: OwnGoal(
                filed=filed, said=said, span=self.span(), domain=domain
            ),
            "offer_deferrals": lambda filed: OfferDeferral(
                filed=filed, deferred_on=day, until=until, reason="no_place", **self._offer()
            ),
        }
        return {name: (make(self.filed()),) for name, make in kinds.items()}

    def contests(self, kind: Callable[..., R], assessments: Sequence[Any]) -> tuple[R, ...]:
        """Now and then a contest of an assessment that stands, decided or not."""
        standing = self.standing_among(assessments)
        return tuple(
            self.contest(kind, self.pick(standing)) for _ in standing[:1] if self.one_in(3)
        )

    def contest(self, kind: Callable[..., R], assessment: Any) -> R:
        """A contest of an assessment."""
        outcome = self.pick((None, *ContestOutcome))
        contested_on = self.soon(assessment.assessed_on)
        decided: dict[str, Any] = {}
        if outcome is not None:
            decided = {"decided_on": self.soon(contested_on), "decided_by": StaffId("staff-1")}
        return kind(
            filed=self.filed(),
            assessment=assessment.filed.record_id,
            contested_on=contested_on,
            outcome=outcome,
            **decided,
        )

    # --- lists of records -----------------------------------------------------------------

    def some(self, make: Callable[[Filed], R]) -> tuple[R, ...]:
        """A few records of a kind."""
        return self.history([make(self.filed()) for _ in range(self._draw(_FEW))], make)

    def people(self) -> tuple[Beneficiary, ...]:
        """What one or two sources say of the person."""
        first = self.up_to(len(SOURCES) - 1)
        sources = SOURCES[first : first + 2]
        people = [self.beneficiary(self.filed(source)) for source in sources]
        return self.history(people, self.beneficiary)

    def one_at_a_time(self, make: Callable[[Filed, Days], R]) -> tuple[R, ...]:
        """Records over spans of which no source has two that certainly hold at once.

        Now and then one begins and ends within the day on which another begins.
        """
        records: list[R] = []
        for source in self.some_of(SOURCES[:2]):
            start: date | None = self.day()
            for _ in range(self.up_to(3)):
                if start is not None:
                    if self._brief and self.one_in(4):
                        records.append(make(self.filed(source), Period(start, start)))
                    span = self.span(start)
                    records.append(make(self.filed(source), span))
                    gap = timedelta(self.pick((0, 0, 1, 20)))
                    start = span.certain_end and span.certain_end + gap
        return self.history(records, lambda filed: make(filed, self.span()))

    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences, now and then one of them joined to another."""
        alone = self.some(self.sentence)
        standing = self.standing_among(alone)
        if not standing or self.one_in(2):
            return alone
        return (*alone, self.joined(self.filed(), self.pick(standing)))

    def enrolments(self, referrals: Sequence[Referral]) -> tuple[Enrolment, ...]:
        """Enrolments, some of them after a referral."""
        followed = self.some_of(self.standing_among(referrals)[:3])
        after = [self.enrolment_after(self.filed(), referral) for referral in followed]
        others = [self.enrolment(self.filed()) for _ in range(self.up_to(1))]
        return self.history([*after, *others], self.enrolment)

    def completions(self, enrolments: Sequence[Enrolment]) -> tuple[Completion, ...]:
        """Completions of enrolments, each by up to two sources."""
        standing = self.standing_among(enrolments)
        ends = [
            self.completion(self.filed(source), enrolment)
            for enrolment in standing
            for source in self.some_of(SOURCES[:2])
        ]
        return self.history(ends, lambda filed: self.completion(filed, self.pick(standing)))

    def attendances(self, sessions: Sequence[Session]) -> tuple[Attendance, ...]:
        """Attendances of sessions, each by up to two sources."""
        standing = self.standing_among(sessions)
        told = [
            self.attendance(self.filed(source), session)
            for session in standing
            for source in self.some_of(SOURCES[:2])
        ]
        return self.history(told, lambda filed: self.attendance(filed, self.pick(standing)))

    def offences(self, sentences: Sequence[Sentence]) -> tuple[Offence, ...]:
        """Offences, some of them of a sentence that stands."""
        standing = self.standing_among(sentences)
        return self.some(lambda filed: self.offence(filed, standing))

    def overrides(self, assessments: Sequence[RiskAssessment]) -> tuple[LevelOverride, ...]:
        """Overrides of assessments of risk, of some two."""
        standing = self.standing_among(assessments)
        made = [
            self.override(self.filed(), assessment)
            for assessment in standing
            for _ in range(max(0, self.up_to(4) - 2))
        ]
        return self.history(made, lambda filed: self.override(filed, self.pick(standing)))

    def resolutions(self, assessments: Sequence[RiskAssessment]) -> tuple[Resolution, ...]:
        """A resolution, now and then, of two assessments of one thing."""
        standing = self.standing_among(assessments)
        pairs = [
            (one, other)
            for one, other in combinations(standing, 2)
            if one.domain == other.domain and (one.level or other.level)
        ]
        made = [self.resolution(self.filed(), pair) for pair in pairs if self.one_in(2)]
        return self.history(made, lambda filed: self.resolution(filed, self.pick(pairs)))

    def milestones(self) -> tuple[Milestone, ...]:
        """Days of two kinds as up to two sources state them, each kind once."""
        kinds = codes(WORDS.milestone_kinds)
        stated = [
            self.milestone(self.filed(source), kind)
            for kind in kinds[:2]
            for source in self.some_of(SOURCES[:2])
        ]
        return self.history(stated, lambda filed: self.milestone(filed, kinds[-1]))

    def told_again(self, case: CaseFile) -> dict[str, Any]:
        """Lists of the file, in which a record tells again what one of another office tells."""
        changed: dict[str, Any] = {}
        for name in TOLD_AGAIN:
            records = getattr(case, name)
            pairs = [
                (one.filed, other.filed)
                for one, other in combinations(self.standing_among(records), 2)
                if one.filed.source != other.filed.source and _alike(one, other)
            ]
            if pairs and self.one_in(2):
                one, other = self.pick(pairs)
                again = evolve(other, same_as=one.record_id)
                changed[name] = tuple(
                    evolve(record, filed=again) if record.filed is other else record
                    for record in records
                )
        return changed

    def standing_among(self, records: Sequence[R]) -> list[R]:
        """Those of the records that were neither corrected nor retracted."""
        filed = [*(record.filed for record in records), *(r.filed for r in self.retractions)]
        gone = {filing.corrects for filing in filed}
        return [record for record in records if record.filed.record_id not in gone]

    def history(self, records: list[R], make: Callable[[Filed], R]) -> tuple[R, ...]:
        """The records with wrong ones that they correct, and perhaps one that was retracted."""
        known: list[R] = [each for record in records for each in self.chain(record, make)]
        if records and self.one_in(5):
            known.append(make(self.filed()))
            self.retract(known[-1])
        return tuple(reversed(known) if self.one_in(4) else known)

    def chain(self, record: R, make: Callable[[Filed], R]) -> list[R]:
        """A record, now and then as the last of a chain of corrections."""
        chain = [record]
        for _ in range(max(0, self.up_to(9) - 7)):
            last = chain[0].filed
            before = last.recorded_on - timedelta(self.up_to(9))
            wrong = make(evolve(self.filed(), recorded_on=before))
            first: Any = chain[0]
            mended = evolve(first, filed=evolve(last, corrects=wrong.filed.record_id))
            chain = [wrong, mended, *chain[1:]]
        return chain

    def retract(self, record: Record) -> None:
        """Take a record back, perhaps after a retraction that was taken back itself."""
        day = self.soon(record.filed.recorded_on, 9)
        for _ in range(self.pick((1, 3))):
            filed = evolve(self.filed(), recorded_on=day, corrects=record.filed.record_id)
            record = Retraction(filed=filed)
            self.retractions.append(record)


JOINS = ("consecutive_to", "concurrent_with")
"""The fields by which a sentence names another, and so is another than that."""
TOLD_AGAIN = (
    "sentences",
    "enrolments",
    "completions",
    "events",
    "observations",
    "offences",
    "rulings",
)
"""The lists with records of which one may tell again what another tells."""


def _alike(one: Record, other: Record) -> bool:
    """Whether two records may be about one real thing: they differ in days and words at most."""
    if any(getattr(r, name, None) for r in (one, other) for name in JOINS):
        return False
    kinds = ("kind", "program_id", "enrolment", "subject")
    return all(getattr(one, name, None) == getattr(other, name, None) for name in kinds)


# ======================================= strategies =======================================


@st.composite
def case_files(draw: st.DrawFn) -> CaseFile:
    """A consistent case file of country ``xx``; of every second one some days are known in part."""
    case = draw(exact_case_files())
    return blurred(case, draw(SEEDS)) if draw(st.booleans()) else case


def plain_case_files() -> st.SearchStrategy[CaseFile]:
    """A consistent case file for a naive reader: of each day it is known what holds.

    All spans hold a day, nothing is told again, and no status ends with a sentence.
    """
    return _case_files(plain=True).map(lambda case: evolve(case, sentences=(), offences=()))


def exact_case_files() -> st.SearchStrategy[CaseFile]:
    """A consistent case file of which all days are known; some spans end on the day they begin."""
    return _case_files(plain=False)


@st.composite
def _case_files(draw: st.DrawFn, *, plain: bool) -> CaseFile:
    """A case file with every kind of record."""
    clerk = _Clerk(draw, brief=not plain)
    referrals, sentences = clerk.some(clerk.referral), clerk.sentences()
    enrolments, risks = clerk.enrolments(referrals), clerk.some(clerk.risk)
    sessions, needs = clerk.some(clerk.session), clerk.some(clerk.needs)
    case = CaseFile(
        case_id=CaseId(clerk.text()),
        beneficiary=clerk.people(),
        deaths=clerk.deaths(),
        legal_standings=clerk.one_at_a_time(clerk.standing),
        placements=clerk.one_at_a_time(clerk.placement),
        sentences=sentences,
        needs_assessments=needs,
        risk_assessments=risks,
        level_overrides=clerk.overrides(risks),
        resolutions=clerk.resolutions(risks),
        consents=clerk.some(clerk.consent),
        referrals=referrals,
        enrolments=enrolments,
        completions=clerk.completions(enrolments),
        events=clerk.some(clerk.event),
        observations=clerk.some(clerk.observation),
        states=clerk.one_at_a_time(clerk.state),
        measurements=clerk.some(clerk.measurement),
        offences=clerk.offences(sentences),
        milestones=clerk.milestones(),
        rulings=clerk.some(clerk.ruling),
        registrations=clerk.some(clerk.registration),
        responsivity_factors=clerk.some(clerk.factor),
        sessions=sessions,
        attendances=clerk.attendances(sessions),
        requirements=clerk.some(clerk.requirement),
        needs_contests=clerk.contests(NeedsContest, needs),
        risk_contests=clerk.contests(RiskContest, risks),
        offer_refusals=clerk.some(clerk.offer_refusal),
        **clerk.for_plans(),
        retractions=tuple(clerk.retractions),
    )
    return case if plain else evolve(case, **clerk.told_again(case))


def in_any_order(case: CaseFile) -> st.SearchStrategy[CaseFile]:
    """The same case file with the records of each kind in another order."""

    def shuffled(seed: int) -> CaseFile:
        chance = Random(seed)
        lists: dict[str, list[Any]] = {name: list(getattr(case, name)) for name in RECORD_LISTS}
        for records in lists.values():
            chance.shuffle(records)
        mixed: dict[str, Any] = {name: tuple(records) for name, records in lists.items()}
        return evolve(case, **mixed)

    return SEEDS.map(shuffled)


def days() -> st.SearchStrategy[date]:
    """A day near those on which most things happen."""
    return st.integers(-5, NEAR_DAYS + 90).map(lambda number: NEAR + timedelta(number))


ASKED: dict[str, tuple[str | None, ...]] = {
    "program": PROGRAMS,
    "legal_status": (*STATUSES, "sentenced_custody, probation"),
    "setting": (*SETTINGS, "custody, hospital"),
    "kind": (*KINDS["event_kinds"], "sanction, violation"),
    "domain": (None, *codes(WORDS.need_domains)[:2]),
    "need_level": ("none, some",),
    "risk_level": ("low", "low, medium"),
    "outcome": ("completed", "withdrawn, removed"),
    "state": (None, "employed", "minimum", "minimum, medium"),
    "anchor": ("legal_status_start", "sentence_start", "latest_violation"),
    "gap": (None, "20 days"),
    "within": ("30 days",),
    "ageing": ("exclusive",),
    "share": ("2/3",),
    "length": ("30 days",),
    "lapse": ("20 days",),
    "after": ("5 days",),
    "until": (None, "1 month"),
    "severity_at_least": (None, "serious"),
    "outcomes": (None, "sustained"),
    "counted_from": ("event", "report", "decision", "committed", "convicted"),
    "subject": (PROGRAMS[0], "home_leave", "unpaid_work"),
    "recipient": (None, "ngo-1"),
    "except_reasons": (None, "no_place"),
    "excused": ("attended", "not_counted"),
    "first": ("14 days",),
    "every": ("0 days", "30 days"),
}
"""What is asked for of parameters that have no codes or more than the case files use."""

EVERY_WINDOW: dict[str, tuple[str | None, ...]] = {
    "within": ("0 days", "30 days", "1 year 3 months", "200 years"),
    "ageing": tuple(Ageing),
}
"""What is asked for of one fact that has a window; the others age as it does."""


def _every_way(fact: Fact) -> list[Asked]:
    choices = ASKED | (EVERY_WINDOW if fact.name == "events" else {})
    names = [parameter.name for parameter in fact.parameters]
    options = [_options(parameter, choices) for parameter in fact.parameters]
    ways = [dict(zip(names, given, strict=True)) for given in product(*options)]
    told = [{name: said for name, said in way.items() if said is not None} for way in ways]
    return [ask(fact, **given) for given in told if _ages(given)]


def _options(
    parameter: Parameter, choices: dict[str, tuple[str | None, ...]]
) -> tuple[str | None, ...]:
    """What is said for a parameter; None to leave it out."""
    every = parameter.codes if parameter.required else (None, *parameter.codes)
    said = choices.get(parameter.name, every)
    if not parameter.codes:
        return said
    fits = (s for s in said if s is None or set(s.split(", ")) <= set(parameter.codes))
    return tuple(s for s in fits if s or not parameter.required) or every


def _drawn(fact: Fact) -> bool:
    """Whether case files made here may speak of a fact: not of every kind of the country."""
    _, kind = facts_of_kinds(WORDS).get(fact.name, ("", ""))
    return not kind or any(kind in drawn for drawn in KINDS.values())


def _ages(given: dict[str, str]) -> bool:
    """Whether a window, if there is one, can age as it should."""
    return Ageing(given.get("ageing", "exclusive")).fits(Term.parse(given.get("within", "1 day")))


EVERY_QUESTION = tuple(
    asked
    for name, fact in XX.facts.items()
    if isinstance(XX.questions[name], Question) and _drawn(fact)
    for asked in _every_way(fact)
)
"""Every fact that is read from records, with all parameters of which a case file here may speak."""

"""Hypothesis strategies for records and whole case files in the words of the country ``xx``.

Every case file is consistent as a whole. It has records of every kind from up to three sources that
agree, contradict and correct each other, with days that touch, coincide and leave gaps, ends that
are open and unknown, chains of corrections and retractions.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any, TypeVar

from attrs import evolve
from hypothesis import strategies as st

from rehabcore import jurisdictions
from rehabcore.records import (
    Beneficiary,
    CaseFile,
    Completion,
    Consent,
    Enrolment,
    Event,
    Filed,
    LegalStanding,
    NeedFinding,
    NeedsAssessment,
    Observation,
    Placement,
    Record,
    Referral,
    Retraction,
    RiskAssessment,
    Sentence,
    State,
)
from rehabcore.records.case_file import RECORD_LISTS
from rehabcore.records.glossary import codes, values_of
from rehabcore.rules.criteria import Asked, ask
from rehabcore.rules.days import ONE_DAY, OPEN, UNSURE, End, Span
from rehabcore.rules.facts import Fact
from rehabcore.vocabulary import (
    BeneficiaryId,
    CaseId,
    LegalStatus,
    Outcome,
    RecordId,
    Setting,
    Sex,
    StaffId,
)

R = TypeVar("R", bound=Record)

XX = jurisdictions.load("xx")
WORDS = XX.glossary
PROGRAMS = XX.known_programs()
TERMS = ("0 days", "30 days", "3 months", "1 year 6 months", "200 years")
"""Windows of events that are asked for."""

SOURCES = ("a", "b", "პრობაცია")
FIRST_DAY = date(2019, 12, 30)
"""The first of the days on which most things happen; leap day and ends of months are near."""
SPREAD = 70
EARLIEST, LATEST = date(2010, 1, 1), date(2199, 1, 1)


# ======================================= small parts =======================================


def days() -> st.SearchStrategy[date]:
    """A day; mostly one of a few weeks, so that days coincide and touch."""
    near = st.integers(0, SPREAD).map(lambda number: FIRST_DAY + timedelta(number))
    far = st.dates(EARLIEST, LATEST)
    return st.one_of(near, near, near, far)


def ends(after: date) -> st.SearchStrategy[End]:
    """An end after a day: a day, open or unknown."""
    later = st.integers(1, 40).map(lambda number: after + timedelta(number))
    return st.one_of(later, later, st.sampled_from((OPEN, UNSURE)))


def texts() -> st.SearchStrategy[str]:
    """Any text, short."""
    return st.text(max_size=6)


def staff() -> st.SearchStrategy[StaffId | None]:
    """The person who confirmed, or nobody."""
    return st.sampled_from((StaffId("staff-1"), StaffId("psychologist Nino"), None))


def scores() -> st.SearchStrategy[Decimal | None]:
    """A score of any precision that can be filed, or none."""
    numbers = st.builds(
        lambda number, places: Decimal(number).scaleb(-places),
        st.integers(-(10**9), 10**9),
        st.integers(0, 6),
    )
    return st.none() | numbers


@st.composite
def filings(draw: st.DrawFn, record_id: str, source: str | None = None) -> Filed:
    """The filing of a record that corrects nothing."""
    return Filed(
        record_id=RecordId(record_id),
        recorded_on=draw(days()),
        source=source if source is not None else draw(st.sampled_from(SOURCES)),
    )


# ======================================= each record =======================================


@st.composite
def particulars(draw: st.DrawFn, filed: Filed) -> Beneficiary:
    """What a source says of the person; always the same person."""
    return Beneficiary(
        filed=filed,
        beneficiary_id=BeneficiaryId("person"),
        birth_date=draw(st.none() | st.dates(date(1850, 1, 1), EARLIEST - ONE_DAY)),
        sex=draw(st.none() | st.sampled_from(Sex)),
        languages=draw(st.none() | st.frozensets(st.sampled_from(codes(WORDS.languages)))),
    )


@st.composite
def sentences(draw: st.DrawFn, filed: Filed) -> Sentence:
    """A sentence, for a time, for life or of unknown end."""
    start = draw(days())
    end = draw(ends(start))
    most = (end - start).days if isinstance(end, date) else 60
    release = draw(st.none() | st.integers(0, most).map(lambda n: start + timedelta(n)))
    return Sentence(filed=filed, start=start, end=end, earliest_release=release)


@st.composite
def needs_assessments(draw: st.DrawFn, filed: Filed) -> NeedsAssessment:
    """An assessment of some domains, confirmed or not."""
    assessed_on = draw(days())
    level = st.sampled_from(codes(WORDS.need_levels))
    found = draw(st.dictionaries(st.sampled_from(codes(WORDS.need_domains)), level, max_size=3))
    return NeedsAssessment(
        filed=filed,
        instrument=draw(st.sampled_from(("needs-1", "needs-2"))),
        assessed_on=assessed_on,
        expires=draw(ends(assessed_on)),
        findings=tuple(NeedFinding(domain=d, level=level) for d, level in found.items()),
        confirmed_by=draw(staff()),
    )


@st.composite
def risk_assessments(draw: st.DrawFn, filed: Filed) -> RiskAssessment:
    """An assessment of risk, confirmed or not, with a score or without."""
    assessed_on = draw(days())
    return RiskAssessment(
        filed=filed,
        instrument=draw(st.sampled_from(("risk-1", "risk-2"))),
        assessed_on=assessed_on,
        expires=draw(ends(assessed_on)),
        level=draw(st.sampled_from(codes(WORDS.risk_levels))),
        score=draw(scores()),
        confirmed_by=draw(staff()),
    )


@st.composite
def consents(draw: st.DrawFn, filed: Filed) -> Consent:
    """A consent that was given, perhaps withdrawn, or refused."""
    answered_on = draw(days())
    given = draw(st.sampled_from((True, True, False)))
    withdrawn = st.none() | st.integers(0, 40).map(lambda n: answered_on + timedelta(n))
    return Consent(
        filed=filed,
        purpose=draw(st.sampled_from(codes(WORDS.consent_purposes))),
        scope=draw(texts()),
        given=answered_on if given else None,
        refused=None if given else answered_on,
        withdrawn=draw(withdrawn) if given else None,
        expires=draw(ends(answered_on)) if given else OPEN,
    )


@st.composite
def referrals(draw: st.DrawFn, filed: Filed) -> Referral:
    """A referral to a programme."""
    program = draw(st.sampled_from(PROGRAMS))
    return Referral(filed=filed, program_id=program, referred_on=draw(days()))


@st.composite
def events(draw: st.DrawFn, filed: Filed) -> Event:
    """An event of one of the country's kinds."""
    kind = draw(st.sampled_from(codes(WORDS.event_kinds)))
    return Event(filed=filed, kind=kind, happened_on=draw(days()))


@st.composite
def observations(draw: st.DrawFn, filed: Filed) -> Observation:
    """An observation of one of the country's kinds."""
    kind = draw(st.sampled_from(codes(WORDS.observation_kinds)))
    observed_on = draw(days())
    return Observation(
        filed=filed,
        kind=kind,
        value=draw(st.sampled_from(values_of(WORDS.observation_kinds, kind))),
        observed_on=observed_on,
        expires=draw(ends(observed_on)),
    )


@st.composite
def spans_in_turn(draw: st.DrawFn, most: int = 3) -> list[Span]:
    """Spans of which none begins while an earlier one certainly holds; many touch."""
    spans: list[Span] = []
    start = draw(days())
    for _ in range(draw(st.integers(0, most))):
        span = Span(start, draw(ends(start)))
        spans.append(span)
        if span.certain_end is None:
            break
        start = span.certain_end + timedelta(draw(st.sampled_from((0, 0, 1, 20))))
    return spans


# ======================================= whole files =======================================


class _Files:
    """Draws the records of one file, each with an id of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.number = 0
        self.retractions: list[Retraction] = []

    def filed(self, source: str | None = None) -> Filed:
        """The filing of the next record."""
        self.number += 1
        return self.draw(filings(f"r-{self.number}", source))

    def some(self, make: Callable[[Filed], st.SearchStrategy[R]], most: int = 3) -> tuple[R, ...]:
        """A few records of a kind, with what they correct and what was retracted."""

        def another(filed: Filed) -> R:
            return self.draw(make(filed))

        return self.history([another(self.filed()) for _ in range(self.number_of(most))], another)

    def number_of(self, most: int) -> int:
        """How many records."""
        return self.draw(st.integers(0, most))

    def history(self, records: list[R], another: Callable[[Filed], R]) -> tuple[R, ...]:
        """The records in any order, with ones that they correct, and perhaps a retracted one."""
        known: list[R] = []
        for record in records:
            known += self.corrected(record, another)
        if records and self.draw(st.integers(0, 4)) == 0:
            wrong = another(self.filed(records[0].filed.source))
            known.append(wrong)
            self.retract(wrong)
        return tuple(self.draw(st.permutations(known)))

    def corrected(self, record: R, another: Callable[[Filed], R]) -> list[R]:
        """A record, perhaps as the last of a chain of corrections of what was said before."""
        chain = [record]
        for _ in range(self.draw(st.sampled_from((0, 0, 0, 1, 2)))):
            last = chain[0].filed
            day = last.recorded_on - timedelta(self.draw(st.integers(0, 9)))
            wrong = another(evolve(self.filed(), recorded_on=day))
            mended = evolve(chain[0], filed=evolve(last, corrects=wrong.filed.record_id))
            chain = [wrong, mended, *chain[1:]]
        return chain

    def retract(self, record: Record) -> None:
        """Take a record back; sometimes first by a retraction that was taken back itself."""
        later = record.filed.recorded_on + timedelta(self.draw(st.integers(0, 9)))
        for _ in range(self.draw(st.sampled_from((1, 1, 3)))):
            filed = evolve(self.filed(), recorded_on=later, corrects=record.filed.record_id)
            record = Retraction(filed=filed)
            self.retractions.append(record)

    def one_at_a_time(self, make: Callable[[Filed, Span], R]) -> tuple[R, ...]:
        """Records over spans, each source saying one thing at a time."""
        sources = self.draw(st.lists(st.sampled_from(SOURCES), unique=True, max_size=2))
        records = [
            make(self.filed(source), span)
            for source in sources
            for span in self.draw(spans_in_turn())
        ]
        return self.history(records, lambda filed: make(filed, self.span()))

    def span(self) -> Span:
        """Any span."""
        start = self.draw(days())
        return Span(start, self.draw(ends(start)))

    def person(self) -> tuple[Beneficiary, ...]:
        """What one or two sources say of the person."""
        sources = self.draw(st.lists(st.sampled_from(SOURCES), unique=True, min_size=1, max_size=2))

        def another(filed: Filed) -> Beneficiary:
            return self.draw(particulars(filed))

        return self.history([another(self.filed(source)) for source in sources], another)

    def state(self, filed: Filed, span: Span) -> State:
        """A state of one of the country's kinds."""
        kind = self.draw(st.sampled_from(codes(WORDS.state_kinds)))
        value = self.draw(st.sampled_from(values_of(WORDS.state_kinds, kind)))
        return State(filed=filed, kind=kind, value=value, span=span)

    def standing(self, filed: Filed, span: Span) -> LegalStanding:
        """A legal status."""
        return LegalStanding(filed=filed, status=self.draw(st.sampled_from(LegalStatus)), span=span)

    def placement(self, filed: Filed, span: Span) -> Placement:
        """A setting, in an institution or not."""
        return Placement(
            filed=filed,
            setting=self.draw(st.sampled_from(Setting)),
            span=span,
            holder=self.draw(st.sampled_from(("prison-1", "probation-2"))),
            institution=self.draw(st.sampled_from(("", "prison-1"))),
        )

    def enrolments(self, referred: tuple[Referral, ...]) -> tuple[Enrolment, ...]:
        """Enrolments, some after a referral that stands, by its own id or one it corrects."""
        standing: list[Referral] = self.standing_of(referred)
        records: list[Enrolment] = []
        for _ in range(self.number_of(3)):
            record, after = (
                self.enrolment(self.filed()),
                self.draw(st.sampled_from((None, *standing))),
            )
            records.append(record if after is None else self.after(record, after))
        return self.history(records, self.enrolment)

    def standing_of(self, records: tuple[R, ...]) -> list[R]:
        """Those of the records that were neither corrected nor retracted."""
        gone = {record.filed.corrects for record in records}
        gone |= {retraction.filed.corrects for retraction in self.retractions}
        return [record for record in records if record.filed.record_id not in gone]

    def enrolment(self, filed: Filed) -> Enrolment:
        """An enrolment without a referral."""
        program = self.draw(st.sampled_from(PROGRAMS))
        return Enrolment(filed=filed, program_id=program, started_on=self.draw(days()))

    def after(self, record: Enrolment, referral: Referral) -> Enrolment:
        """An enrolment that follows a referral."""
        return evolve(
            record,
            program_id=referral.program_id,
            started_on=referral.referred_on + timedelta(self.draw(st.integers(0, 20))),
            referral=self.draw(
                st.sampled_from((None, referral.filed.record_id, referral.filed.corrects))
            ),
        )

    def completions(self, enrolled: tuple[Enrolment, ...]) -> tuple[Completion, ...]:
        """Completions by up to two sources of enrolments that stand."""
        standing = self.standing_of(enrolled)
        records = [
            self.completion(enrolment, self.filed(source))
            for enrolment in standing
            for source in self.draw(st.lists(st.sampled_from(SOURCES), unique=True, max_size=2))
        ]
        return self.history(
            records, lambda filed: self.completion(self.draw(st.sampled_from(standing)), filed)
        )

    def completion(self, enrolment: Enrolment, filed: Filed) -> Completion:
        """A completion that names its enrolment by its own id or one it corrects."""
        own = enrolment.filed.record_id
        return Completion(
            filed=filed,
            enrolment=self.draw(st.sampled_from((own, enrolment.filed.corrects or own))),
            ended_on=enrolment.started_on + timedelta(self.draw(st.integers(0, 40))),
            outcome=self.draw(st.sampled_from(Outcome)),
        )


@st.composite
def case_files(draw: st.DrawFn) -> CaseFile:
    """A consistent case file of country ``xx`` with every kind of record."""
    files = _Files(draw)
    referred = files.some(referrals, most=2)
    enrolled = files.enrolments(referred)
    return CaseFile(
        case_id=CaseId(draw(texts())),
        beneficiary=files.person(),
        legal_standings=files.one_at_a_time(files.standing),
        placements=files.one_at_a_time(files.placement),
        sentences=files.some(sentences),
        needs_assessments=files.some(needs_assessments),
        risk_assessments=files.some(risk_assessments),
        consents=files.some(consents),
        referrals=referred,
        enrolments=enrolled,
        completions=files.completions(enrolled),
        events=files.some(events),
        observations=files.some(observations),
        states=files.one_at_a_time(files.state),
        retractions=tuple(files.retractions),
    )


# ======================================= questions =======================================


def _every_way(fact: Fact) -> list[Asked]:
    choices = [parameter.codes or TERMS for parameter in fact.parameters]
    names = [parameter.name for parameter in fact.parameters]
    return [ask(fact, **dict(zip(names, given, strict=True))) for given in product(*choices)]


EVERY_QUESTION: tuple[Asked, ...] = tuple(
    asked for fact in XX.facts.values() for asked in _every_way(fact)
)
"""Every fact of country ``xx``, with every code and a few terms for its parameters."""


def questions() -> st.SearchStrategy[Asked]:
    """A fact of country ``xx`` with its parameters; each fact is as likely as any other."""
    return st.sampled_from(list(XX.facts.values())).flatmap(
        lambda fact: st.sampled_from(_every_way(fact))
    )


def in_any_order(case: CaseFile) -> st.SearchStrategy[CaseFile]:
    """The same case file with its records in another order."""
    shuffled: dict[str, Any] = {
        name: st.permutations(getattr(case, name)).map(tuple) for name in RECORD_LISTS
    }
    return st.fixed_dictionaries(shuffled).map(lambda lists: evolve(case, **lists))

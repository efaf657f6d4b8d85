"""Every fact, found a second time by a naive reader who looks at the records of one day."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve
from hypothesis import given

from rehabcore.questions.policy import RecordsPolicy
from rehabcore.records import (
    CaseFile,
    Completion,
    Consent,
    Filed,
    LevelOverride,
    NeedsAssessment,
    Observation,
    Resolution,
    RiskAssessment,
)
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Known
from rehabcore.rules.time.days import OPEN, UNSURE, Span, Term
from rehabcore.rules.time.partial import Days, PartialEnd
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import Outcome
from tests.kit.record_makers import XX, facts_of, question
from tests.kit.record_strategies import EVERY_QUESTION, PROGRAMS, WORDS, days, plain_case_files

PLAIN = evolve(XX, records_policy=RecordsPolicy())
"""The country, were no two offices to tell one thing of two days."""

Said = object
"""The value of a cell, or the kind of not knowing."""


def said(cell: Cell) -> Said:
    """What a cell says, without its evidence."""
    return cell.value if isinstance(cell, Known) else cell.kind


def _settled(sure: Iterable[Said], open_: Iterable[UnknownKind], silence: Cell) -> set[Said]:
    """What may be said of a day of which records say these values, or leave it open so."""
    found, kinds = set(sure), set(open_)
    if len(found) > 1:
        return {UnknownKind.DISPUTED}
    if found:
        return found
    return set(kinds) or {said(silence)}


def _covers(span: Span, day: date) -> bool:
    return span.start <= day and (
        day == span.start if span.end is UNSURE else span.end is OPEN or day < _day(span.end)
    )


def _day(day: PartialEnd | None) -> date:
    """A day, of a file of which all days are known."""
    assert isinstance(day, date)
    return day


def _span(days: Days) -> Span:
    """A span, of such a file."""
    assert isinstance(days, Span)
    return days


def _by_span(records: Iterable[tuple[Span, str]], day: date, silence: Cell) -> set[Said]:
    records = list(records)
    sure = [value for span, value in records if _covers(span, day)]
    maybe = [UnknownKind.MISSING for span, _ in records if span.end is UNSURE and span.start <= day]
    return _settled(sure, maybe, silence)


Expected = Iterator[tuple[Asked, set[Said]]]
"""Facts with what may be said of each."""

Finding = RiskAssessment | NeedsAssessment | Observation


def _found_on(finding: Finding) -> date:
    return _day(finding.observed_on if isinstance(finding, Observation) else finding.assessed_on)


def _by_finding(findings: list[tuple[Finding, Said]], day: date, silence: Cell) -> set[Said]:
    sure: list[Said] = []
    kinds: list[UnknownKind] = []
    for finding, value in findings:
        found_on = _found_on(finding)
        if found_on > day or any(_replaces(newer, finding, day) for newer, _ in findings):
            continue
        expires = finding.expires
        if isinstance(expires, date) and expires <= day:
            kinds.append(UnknownKind.STALE)
        elif not isinstance(finding, Observation) and finding.confirmed_by is None:
            kinds.append(UnknownKind.NEEDS_PERSON)
            if expires is UNSURE and day > found_on:
                kinds.append(UnknownKind.MISSING)
        elif expires is UNSURE and day > found_on:
            kinds.append(UnknownKind.MISSING)
        elif isinstance(value, UnknownKind):
            kinds.append(value)
        else:
            sure.append(value)
    return _settled(sure, kinds, silence)


def _replaces(newer: Finding, finding: Finding, day: date) -> bool:
    if not _found_on(finding) < _found_on(newer) <= day:
        return False
    if isinstance(newer, Observation) or isinstance(finding, Observation):
        return True
    alike = _series(newer) == _series(finding)
    return newer.confirmed_by is not None and alike


def _series(finding: NeedsAssessment | RiskAssessment) -> tuple[str, str | None]:
    return finding.instrument, getattr(finding, "domain", None)


def _by_spans(view: CaseFile, day: date) -> Expected:
    spans: dict[str, list[tuple[Span, str]]] = {
        "legal_status": [(_span(r.span), r.status.value) for r in view.legal_standings],
        "setting": [(_span(r.span), r.setting.value) for r in view.placements],
        "state_employment": [
            (_span(r.span), r.value) for r in view.states if r.kind == "employment"
        ],
    }
    for name, records in spans.items():
        asked = question(name)
        yield asked, _by_span(records, day, asked.fact.absent())


def _by_findings(view: CaseFile, day: date) -> Expected:
    findings: dict[Asked, list[tuple[Finding, Said]]] = {}
    for code in (None, WORDS.need_domains[0].id):
        findings[question("risk_level", **({"domain": code} if code else {}))] = [
            (assessment, said)
            for assessment in view.risk_assessments
            if assessment.domain == code
            for said in _decided(view, assessment, day)
        ]
    for domain in WORDS.need_domains:
        findings[question("need_level", domain=domain.id)] = [
            (assessment, finding.level)
            for assessment in view.needs_assessments
            for finding in assessment.findings
            if finding.domain == domain.id
        ]
    for kind in WORDS.observation_kinds:
        findings[question(f"observed_{kind.id}")] = [
            (r, r.value) for r in view.observations if r.kind == kind.id
        ]
    for asked, found in findings.items():
        yield asked, _by_finding(found, day, asked.fact.absent())


def _decided(view: CaseFile, assessment: RiskAssessment, day: date) -> list[Said]:
    """What an assessment says on a day, after all that was decided of it."""
    if assessment.confirmed_by is None:
        return [UnknownKind.NEEDS_PERSON]
    own = assessment.filed.record_id
    resolved = [r for r in view.resolutions if own in r.assessments and _day(r.decided_on) <= day]
    hold: list[LevelOverride | Resolution] = [
        *(o for o in view.level_overrides if o.assessment == own and _in_force(o, day)),
        *(r for r in resolved if not _anything_newer(view, r, assessment, day)),
    ]
    newest = max((_day(decided.decided_on) for decided in hold), default=None)
    last = [decided for decided in hold if decided.decided_on == newest]
    return [_word(view, decided) for decided in last] or [
        assessment.level or UnknownKind.NEEDS_PERSON
    ]


def _in_force(override: LevelOverride, day: date) -> bool:
    begun = _day(override.decided_on) <= day
    return begun and (override.until is OPEN or day < _day(override.until))


def _anything_newer(
    view: CaseFile, resolution: Resolution, assessment: RiskAssessment, day: date
) -> bool:
    return any(
        _day(resolution.decided_on) < _day(newer.assessed_on) <= day
        for newer in view.risk_assessments
        if newer.confirmed_by is not None and newer.domain == assessment.domain
    )


def _word(view: CaseFile, decided: LevelOverride | Resolution) -> Said:
    """The level that was decided, if it may be."""
    by_id = {a.filed.record_id: a for a in view.risk_assessments if a.confirmed_by is not None}
    if isinstance(decided, Resolution):
        named = [by_id[own] for own in decided.assessments if own in by_id]
        words = [
            _word(view, override)
            for override in view.level_overrides
            if by_id.get(override.assessment) in named
            and _in_force(override, _day(decided.decided_on))
        ]
        fits = decided.level in [*(a.level for a in named), *words]
        return decided.level if fits else UnknownKind.NEEDS_PERSON
    filed, level = by_id[decided.assessment].filed, by_id[decided.assessment].level
    too_far = level == "high" and decided.level == "low"  # country xx lets it go down by one
    if too_far or (filed.corrects and decided.filed.recorded_on < filed.recorded_on):
        return UnknownKind.NEEDS_PERSON
    return decided.level


def _by_consents(view: CaseFile, day: date) -> Expected:
    for purpose in WORDS.consent_purposes:
        consents = [
            consent
            for consent in view.consents
            if consent.purpose == purpose.id and not (consent.program_id or consent.recipients)
        ]
        yield question("consent", purpose=purpose.id), {_consented(consents, day)}


def _consented(consents: list[Consent], day: date) -> Said:
    """What consents for one purpose say on a day."""
    live = disputed = unsure = answered = False
    for consent in consents:
        answered = answered or _day(consent.given or consent.refused) <= day
        if consent.given is None or _day(consent.given) > day:
            continue
        against = [
            (other.filed, _day(no))
            for other in consents
            for no in (other.refused, other.withdrawn)
            if no is not None and _day(consent.given) <= _day(no) <= day
        ]
        against = [act for act in against if not _before(*act, consent.filed, _day(consent.given))]
        over = isinstance(consent.expires, date) and consent.expires <= day
        own = consent.withdrawn is not None and _day(consent.withdrawn) <= day
        if over or own or any(_before(consent.filed, _day(consent.given), *no) for no in against):
            continue
        if consent.expires is UNSURE and day > _day(consent.given):
            unsure = True
        elif against:
            disputed = True
        else:
            live = True
    if live:
        return True
    if disputed:
        return UnknownKind.DISPUTED
    return UnknownKind.MISSING if unsure or not answered else False


def _before(one: Filed, day: date, other: Filed, other_day: date) -> bool:
    """Whether one office dates an act before another of its own, or gives it an earlier place."""
    if one.source != other.source or day != other_day:
        return one.source == other.source and day < other_day
    if one.sequence is None or other.sequence is None:
        return one.sequence is other.sequence and one.recorded_on < other.recorded_on
    return one.sequence < other.sequence


def _took_part(fact: str, completions: list[Completion], day: date) -> Said:
    """What the ends of one enrolment say of it on a day after its start."""
    flags = {
        day < _day(end.ended_on)
        if fact == "enrolled"
        else _day(end.ended_on) <= day and end.outcome is Outcome.COMPLETED
        for end in completions
    } or {fact == "enrolled"}
    return UnknownKind.DISPUTED if len(flags) > 1 else flags.pop()


def _by_participation(view: CaseFile, day: date) -> Expected:
    for fact in ("enrolled", "completed"):
        for program in PROGRAMS:
            flags = [
                _took_part(fact, [c for c in view.completions if c.enrolment == own], day)
                for own, enrolment in ((e.filed.record_id, e) for e in view.enrolments)
                if enrolment.program_id == program and _day(enrolment.started_on) <= day
            ]
            best = next((f for f in (True, UnknownKind.DISPUTED) if f in flags), False)
            if fact == "enrolled" and best and (dead := _dead(view, day)):
                best = False if dead is True else dead
            yield question(fact, program=program), {best}


def _dead(view: CaseFile, day: date) -> bool | UnknownKind:
    """Whether the person has died, as deaths and ends of enrolments say."""
    told = {_day(death.died_on) <= day for death in view.deaths}
    ends = [c for c in view.completions if c.outcome is Outcome.DIED and _day(c.ended_on) <= day]
    if len(told) > 1 or (False in told and ends):
        return UnknownKind.DISPUTED
    return told.pop() if told else (UnknownKind.MISSING if ends else False)


def _counts(happened_on: date, within: str, ageing: str, day: date) -> bool:
    anniversary = Term.parse(within).after(happened_on)
    still = {
        "exclusive": day < anniversary,
        "inclusive": day <= anniversary,
        "month_truncated": (day.year, day.month) < (anniversary.year, anniversary.month),
    }
    return happened_on <= day and still[ageing]


def _by_counting(view: CaseFile, day: date) -> Expected:
    for asked in EVERY_QUESTION:
        if asked.fact.name == "events":
            counted = Counter(
                (event.kind, _day(event.happened_on), event.filed.source)
                for event in view.events
                if event.kind in asked.codes("kind")
                and _counts(_day(event.happened_on), asked["within"], asked["ageing"], day)
            )
            most: dict[tuple[str, date], int] = {}
            for (kind, happened_on, _), number in counted.items():
                most[kind, happened_on] = max(number, most.get((kind, happened_on), 0))
            yield asked, {sum(most.values())}


def _by_particulars(view: CaseFile, _: date) -> Expected:
    for name, field in (("age", "birth_date"), ("sex", "sex"), ("languages", "languages")):
        stated = [getattr(person, field) for person in view.beneficiary]
        asked = question(name)
        yield asked, _settled((s for s in stated if s is not None), [], asked.fact.absent())


@given(plain_case_files(), days())
def test_facts_are_what_a_reader_finds_who_looks_at_one_day(case: CaseFile, on: date) -> None:
    view, facts = case.as_known(date.max), facts_of(case, country=PLAIN).on(on)
    for reader in (
        _by_spans,
        _by_findings,
        _by_consents,
        _by_participation,
        _by_counting,
        _by_particulars,
    ):
        for asked, expected in reader(view, on):
            assert said(facts(asked)) in expected, asked

"""Laws of what a case file answers: over time, in any order, and by what was known when."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import attrs
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.questions import CaseFacts
from rehabcore.questions.catalogue import Ageing
from rehabcore.records import (
    CaseFile,
    Completion,
    Consent,
    NeedsAssessment,
    Observation,
    RiskAssessment,
    consistency,
)
from rehabcore.records.case_file import RECORD_LISTS
from rehabcore.rules.criteria import Asked
from rehabcore.rules.days import ONE_DAY, OPEN, UNSURE, End, Span, Term
from rehabcore.rules.facts import NEVER, Cell, Known, Unknown
from rehabcore.rules.truth import UnknownKind
from rehabcore.vocabulary import Outcome, RecordId
from tests.builders import case
from tests.record_makers import event, question
from tests.record_strategies import (
    EVERY_QUESTION,
    PROGRAMS,
    WORDS,
    case_files,
    days,
    in_any_order,
)

Said = object
"""The value of a cell, or the kind of not knowing."""


def said(cell: Cell) -> Said:
    """What a cell says, without its evidence."""
    return cell.value if isinstance(cell, Known) else cell.kind


def values(facts: CaseFacts, asked: Asked) -> list[tuple[date, Said]]:
    """What is said of a fact over time, without evidence."""
    pieces: list[tuple[date, Said]] = []
    for start, _, cell in facts.timeline(asked).pieces():
        if not pieces or pieces[-1][1] != said(cell):
            pieces.append((start, said(cell)))
    return pieces


def keeping(case: CaseFile, keep: Any) -> CaseFile:
    """The case file with only the records that are to be kept."""
    lists: dict[str, Any] = {
        name: tuple(record for record in getattr(case, name) if keep(record))
        for name in RECORD_LISTS
    }
    return evolve(case, **lists)


# --- every file, every fact ---------------------------------------------------------------


@given(case_files())
def test_every_case_file_made_here_is_consistent(case: CaseFile) -> None:
    assert consistency.check(case, WORDS, PROGRAMS) == ()


@given(case_files())
def test_reading_never_raises(case: CaseFile) -> None:
    facts = CaseFacts(case)
    for asked in EVERY_QUESTION:
        starts = facts.timeline(asked).starts
        assert starts[0] == date.min
        assert list(starts) == sorted(set(starts))


@given(case_files(), days())
def test_a_timeline_says_of_a_day_what_is_said_on_that_day(case: CaseFile, on: date) -> None:
    timelines, days_ = CaseFacts(case), CaseFacts(case).on(on)
    for asked in EVERY_QUESTION:
        assert timelines.timeline(asked).at(on) == days_(asked)


@given(case_files(), days())
def test_evidence_names_records_that_stand(case: CaseFile, known_at: date) -> None:
    standing = {r.filed.record_id for _, r in case.as_known(known_at).entries()}
    facts = CaseFacts(case, known_at=known_at)
    for asked in EVERY_QUESTION:
        for cell in facts.timeline(asked).values:
            assert set(cell.evidence) <= standing
            assert list(cell.evidence) == sorted(set(cell.evidence))


@given(case_files().flatmap(lambda case: st.tuples(st.just(case), in_any_order(case))))
def test_the_order_of_records_changes_nothing(cases: tuple[CaseFile, CaseFile]) -> None:
    one, other = (CaseFacts(case) for case in cases)
    for asked in EVERY_QUESTION:
        assert one.timeline(asked) == other.timeline(asked)


# --- what was known when (law E23) --------------------------------------------------------


@given(case_files(), days())
def test_later_records_never_change_what_was_known_earlier(case: CaseFile, known_at: date) -> None:
    earlier = keeping(case, lambda record: record.filed.recorded_on <= known_at)
    then, now = CaseFacts(earlier), CaseFacts(case, known_at=known_at)
    for asked in EVERY_QUESTION:
        assert then.timeline(asked) == now.timeline(asked)


@given(case_files(), days())
def test_what_is_known_is_read_from_the_view_of_that_day(case: CaseFile, known_at: date) -> None:
    view = case.as_known(known_at)
    assert view.as_known(known_at) == view
    then, now = CaseFacts(view), CaseFacts(case, known_at=known_at)
    for asked in EVERY_QUESTION:
        assert then.timeline(asked) == now.timeline(asked)


@given(case_files())
def test_a_file_is_known_as_a_whole_when_its_last_record_is(case: CaseFile) -> None:
    last = max(record.filed.recorded_on for _, record in case.entries())
    assert case.as_known(last) == case.as_known(date.max)
    assert consistency.check(case, WORDS, PROGRAMS, last) == ()


# --- duplicates, splits and shifts --------------------------------------------------------


def _twin(record: Any, name: str, twins: dict[RecordId, str]) -> Any:
    filed = evolve(
        record.filed,
        record_id=RecordId(f"{record.filed.record_id}-twin"),
        source=f"{record.filed.source}-twin",
        corrects=None,
    )
    target = getattr(record, name, None)
    return evolve(record, filed=filed, **({name: twins[target]} if target in twins else {}))


@given(case_files())
def test_what_other_sources_repeat_changes_no_value(case: CaseFile) -> None:
    """Law E1: duplicate facts change nothing."""
    known = case.as_known(date.max)
    twins = {r.filed.record_id: f"{r.filed.record_id}-twin" for _, r in known.entries()}
    references = {"enrolments": "referral", "completions": "enrolment"}
    doubled: dict[str, Any] = {
        name: (
            *getattr(known, name),
            *(_twin(record, references.get(name, ""), twins) for record in getattr(known, name)),
        )
        for name in RECORD_LISTS
        if name != "retractions"
    }
    one, two = CaseFacts(known), CaseFacts(evolve(known, **doubled))
    for asked in EVERY_QUESTION:
        assert values(one, asked) == values(two, asked)


@given(case_files(), st.data())
def test_splitting_a_span_into_touching_pieces_changes_no_duration(
    case: CaseFile, data: st.DataObject
) -> None:
    """Law E28."""
    known = case.as_known(date.max)
    changed: dict[str, Any] = {}
    for name in ("legal_standings", "placements", "states"):
        changed[name] = tuple(
            piece for record in getattr(known, name) for piece in _pieces(record, data)
        )
    one, two = CaseFacts(known), CaseFacts(evolve(known, **changed))
    for asked in EVERY_QUESTION:
        assert values(one, asked) == values(two, asked)


def _pieces(record: Any, data: st.DataObject) -> list[Any]:
    """The record, or two that touch and together hold as long."""
    start, end = record.span.start, record.span.end
    room = 60 if end is OPEN else (end - start).days - 1 if isinstance(end, date) else 0
    number = data.draw(st.integers(0, room))
    if number == 0:
        return [record]
    cut = start + timedelta(number)
    filed = evolve(record.filed, record_id=RecordId(f"{record.filed.record_id}-rest"))
    return [
        evolve(record, span=Span(start, cut)),
        evolve(record, span=Span(cut, end), filed=filed),
    ]


def _shift(thing: Any, number: int) -> Any:
    """The same thing with every day in it moved."""
    if isinstance(thing, date):
        return thing + timedelta(number)
    if isinstance(thing, tuple):
        return tuple(_shift(item, number) for item in thing)
    if not attrs.has(type(thing)):
        return thing
    names = (field.name for field in attrs.fields(type(thing)))
    return evolve(thing, **{name: _shift(getattr(thing, name), number) for name in names})


IN_DAYS = tuple(
    asked
    for asked in EVERY_QUESTION
    if asked.fact.name != "events"
    or (asked["within"].endswith(" days") and asked["ageing"] != Ageing.MONTH_TRUNCATED)
)


@given(case_files(), st.integers(1, 300))
def test_moving_every_day_moves_every_answer(case: CaseFile, number: int) -> None:
    """Law E19: no reading knows a day of the calendar."""
    one, two = CaseFacts(case), CaseFacts(_shift(case, number))
    for asked in IN_DAYS:
        moved = [
            (start if start == date.min else _shift(start, number), _shift(cell, number))
            for start, _, cell in one.timeline(asked).pieces()
        ]
        assert [(start, cell) for start, _, cell in two.timeline(asked).pieces()] == moved


# --- unknown ends -------------------------------------------------------------------------


@given(case_files(), st.integers(1, 40))
def test_an_end_that_is_found_out_never_turns_one_value_into_another(
    case: CaseFile, length: int
) -> None:
    """Laws E17 and E26: a known value is so under every completion of what is not known."""
    known = case.as_known(date.max)
    recorded: dict[str, Any] = {
        name: tuple(_ended(record, length) for record in getattr(known, name))
        for name in RECORD_LISTS
    }
    before, after = CaseFacts(known), CaseFacts(evolve(known, **recorded))
    for asked in EVERY_QUESTION:
        one, other = before.timeline(asked), after.timeline(asked)
        for day in sorted({*one.starts, *other.starts}):
            then, now = one.at(day), other.at(day)
            if isinstance(then, Known) and isinstance(now, Known):
                assert then.value == now.value


def _ended(record: Any, length: int) -> Any:
    """The record with an end in place of an unknown one."""
    if hasattr(record, "span") and record.span.end is UNSURE:
        return evolve(record, span=Span(record.span.start, record.span.start + timedelta(length)))
    start = getattr(record, "assessed_on", None) or getattr(record, "observed_on", None)
    start = start or getattr(record, "given", None)
    if start is not None and record.expires is UNSURE:
        return evolve(record, expires=start + timedelta(length))
    return record


# --- day by day: the same answers, found without timelines -------------------------------


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


def _day(end: End) -> date:
    assert isinstance(end, date)
    return end


def _by_span(records: Iterable[tuple[Span, str]], day: date, silence: Cell) -> set[Said]:
    records = list(records)
    sure = [value for span, value in records if _covers(span, day)]
    maybe = [UnknownKind.MISSING for span, _ in records if span.end is UNSURE and span.start <= day]
    return _settled(sure, maybe, silence)


Expected = Iterator[tuple[Asked, set[Said]]]
"""Facts with what may be said of each."""

Finding = RiskAssessment | NeedsAssessment | Observation


def _found_on(finding: Finding) -> date:
    return finding.observed_on if isinstance(finding, Observation) else finding.assessed_on


def _by_finding(findings: list[tuple[Finding, str]], day: date, silence: Cell) -> set[Said]:
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
        else:
            sure.append(value)
    return _settled(sure, kinds, silence)


def _replaces(newer: Finding, finding: Finding, day: date) -> bool:
    if not _found_on(finding) < _found_on(newer) <= day:
        return False
    if isinstance(newer, Observation) or isinstance(finding, Observation):
        return True
    return newer.confirmed_by is not None and newer.instrument == finding.instrument


def _by_spans(view: CaseFile, day: date) -> Expected:
    spans: dict[str, list[tuple[Span, str]]] = {
        "legal_status": [(r.span, r.status.value) for r in view.legal_standings],
        "setting": [(r.span, r.setting.value) for r in view.placements],
        "state_employment": [(r.span, r.value) for r in view.states],
    }
    for name, records in spans.items():
        asked = question(name)
        yield asked, _by_span(records, day, asked.fact.absent())


def _by_findings(view: CaseFile, day: date) -> Expected:
    findings: dict[Asked, list[tuple[Finding, str]]] = {
        question("risk_level"): [(r, r.level) for r in view.risk_assessments]
    }
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


def _by_consents(view: CaseFile, day: date) -> Expected:
    for purpose in WORDS.consent_purposes:
        consents = [consent for consent in view.consents if consent.purpose == purpose.id]
        yield question("consent", purpose=purpose.id), {_consented(consents, day)}


def _consented(consents: list[Consent], day: date) -> Said:
    """What consents for one purpose say on a day."""
    live = disputed = unsure = answered = False
    for consent in consents:
        answered = answered or (consent.given or consent.refused or date.max) <= day
        if consent.given is None or consent.given > day:
            continue
        against = [
            other.filed.source
            for other in consents
            for no in (other.refused, other.withdrawn)
            if no is not None and consent.given <= no <= day
        ]
        over = isinstance(consent.expires, date) and consent.expires <= day
        if over or consent.filed.source in against:
            continue
        if consent.expires is UNSURE and day > consent.given:
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


def _took_part(fact: str, completions: list[Completion], day: date) -> Said:
    """What the ends of one enrolment say of it on a day after its start."""
    flags = {
        day < end.ended_on
        if fact == "enrolled"
        else end.ended_on <= day and end.outcome is Outcome.COMPLETED
        for end in completions
    } or {fact == "enrolled"}
    return UnknownKind.DISPUTED if len(flags) > 1 else flags.pop()


def _by_participation(view: CaseFile, day: date) -> Expected:
    for fact in ("enrolled", "completed"):
        for program in PROGRAMS:
            flags = [
                _took_part(fact, [c for c in view.completions if c.enrolment == own], day)
                for own, enrolment in ((e.filed.record_id, e) for e in view.enrolments)
                if enrolment.program_id == program and enrolment.started_on <= day
            ]
            best = next((f for f in (True, UnknownKind.DISPUTED) if f in flags), False)
            yield question(fact, program=program), {best}


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
                (event.happened_on, event.filed.source)
                for event in view.events
                if event.kind == asked["kind"]
                and _counts(event.happened_on, asked["within"], asked["ageing"], day)
            )
            most: dict[date, int] = {}
            for (happened_on, _), number in counted.items():
                most[happened_on] = max(number, most.get(happened_on, 0))
            yield asked, {sum(most.values())}


def _by_particulars(view: CaseFile, _: date) -> Expected:
    for name, field in (("age", "birth_date"), ("sex", "sex"), ("languages", "languages")):
        stated = [getattr(person, field) for person in view.beneficiary]
        asked = question(name)
        yield asked, _settled((s for s in stated if s is not None), [], asked.fact.absent())


@given(case_files(), days())
def test_facts_are_what_a_reader_finds_who_looks_at_one_day(case: CaseFile, on: date) -> None:
    view, facts = case.as_known(date.max), CaseFacts(case).on(on)
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


@given(days(), st.integers(0, 40), st.integers(1, 40))
def test_inclusive_ageing_is_exclusive_ageing_a_day_later(on: date, months: int, more: int) -> None:
    """Law E27."""
    facts = CaseFacts(case(events=(event("e", on.isoformat()),)))
    within = str(Term(months=months, days=more))
    exclusive, inclusive = (
        facts.timeline(question("events", kind="sanction", within=within, ageing=ageing)).starts
        for ageing in ("exclusive", "inclusive")
    )
    assert exclusive == (date.min, on, exclusive[2])
    assert inclusive == (date.min, on, exclusive[2] + ONE_DAY)


@given(case_files(), days())
def test_time_in_a_status_starts_where_the_status_starts(case: CaseFile, on: date) -> None:
    facts = CaseFacts(case)
    for name, parameter, records in (
        ("legal_status", "time_in_legal_status", case.legal_standings),
        ("setting", "time_in_setting", case.placements),
    ):
        status = facts.timeline(question(name))
        for wanted in {_status(record) for record in records}:
            anchor = facts.timeline(question(parameter, **{name: wanted})).at(on)
            now = said(status.at(on))
            if now != wanted:
                assert said(anchor) == (now if isinstance(status.at(on), Unknown) else NEVER)
            elif isinstance(anchor, Known):
                assert isinstance(anchor.value, date)
                assert said(status.at(anchor.value)) == wanted
                assert said(status.at(anchor.value - ONE_DAY)) != wanted
                between = [day for day in status.starts if anchor.value <= day <= on]
                assert {said(status.at(day)) for day in between} == {wanted}


def _status(record: Any) -> str:
    return str(getattr(record, "status", None) or record.setting)

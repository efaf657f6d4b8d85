"""What differs between a decision and an answer of today: which records, which nodes, and why."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from rehabcore import casework, exchange
from rehabcore.casework.decisions import Comparison, Decision, Difference, replay
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.programs import Program
from rehabcore.records import CaseFile, Record
from rehabcore.records.case_file import RECORD_LISTS
from rehabcore.rules.criteria import AllOf, Criterion, ask
from rehabcore.rules.facts import Known, Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.time.days import OPEN, Term
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import CaseId, ProgramId, RecordId
from tests.kit import record_strategies
from tests.kit.builders import day, span
from tests.kit.decision_makers import (
    CASE,
    DECIDED,
    DEFERRED,
    MET,
    NOT_LAW,
    NOT_MET,
    ON,
    REFUSED,
    UNKNOWN,
    WHY,
    XX,
    decide,
    deferred,
    refusals,
    without,
)
from tests.kit.record_makers import consent, event, found, observation, override, retraction

GRANTED_THEN = decide()
LATER = "2026-11-20"


def added(records: CaseFile, **more: Record) -> CaseFile:
    """The case file with a record more in some of its lists."""
    lists: dict[str, Any] = {n: (*getattr(records, n), record) for n, record in more.items()}
    return evolve(records, **lists)


REFUSED_SINCE = added(
    CASE, consents=consent("c-9", refused="2026-11-12", recorded_on=LATER, source="prison-1")
)


def compared(
    records: CaseFile = CASE,
    decision: Decision = GRANTED_THEN,
    country: Jurisdiction = XX,
    **asked: Any,
) -> Comparison:
    """The decision compared with what these records and this country answer today."""
    return casework.compare(decision, records, country, **asked)


def became(comparison: Comparison) -> list[tuple[str, str, str | None]]:
    """What became of each record: its id, why, and the other record."""
    return [
        (record.record_id, record.since.value, record.other)
        for fact in comparison.facts
        for record in fact.records
    ]


# --- nothing differs ----------------------------------------------------------------------


@pytest.mark.parametrize("program", [program.program_id for program in XX.programs])
def test_nothing_differs_if_nothing_happened(program: ProgramId) -> None:
    made = decide(program, DEFERRED, why=WHY, review_on=day("2026-12-01"))
    again = compared(decision=made, known_at=DECIDED)
    assert again.differences() == ()
    assert again == Comparison(
        decision=made, grounds=made.grounds, verdict=made.verdict, episode=made.episode
    )


def test_a_rule_kept_without_the_days_that_its_law_does_not_cover_is_the_rule_of_today() -> None:
    facts = XX.facts_of(CASE, known_at=DECIDED)
    kept = judge(XX.admissions[MET], facts.on(ON), on=ON)
    older = evolve(GRANTED_THEN, verdict=kept)
    assert replay(older) == kept != GRANTED_THEN.verdict
    assert compared(decision=older, known_at=DECIDED).differences() == ()


def test_a_later_record_that_the_rule_does_not_ask_for_is_no_difference() -> None:
    sanctioned = added(CASE, events=event("e-9", "2026-11-11", recorded_on=LATER))
    assert compared(sanctioned).differences() == ()


def test_a_record_filed_later_than_asked_is_no_difference_yet() -> None:
    refused = added(CASE, consents=consent("c-9", refused="2026-11-12", recorded_on="2026-11-13"))
    assert compared(refused, known_at=day("2026-11-12")).differences() == ()
    assert compared(refused, known_at=day("2026-11-13")).differences() != ()


# --- facts --------------------------------------------------------------------------------


def test_a_record_filed_since_is_named_with_the_cell_then_and_now() -> None:
    today = compared(REFUSED_SINCE)
    assert today.differences() == (Difference.ANSWER, Difference.EPISODE, Difference.FACTS)
    assert today.verdict is not None
    assert today.verdict.answer is Answer.NOT_MET
    assert today.episode == span("2026-11-12")
    [change] = today.facts
    assert str(change.asked) == "consent(purpose=programme)"
    assert change.before == Known(True, evidence=("c-1",))
    assert isinstance(change.after, Known)
    assert change.after.value is False
    assert not change.rewritten
    assert became(today) == [("c-9", "filed", None)]


def test_an_override_of_a_level_is_named_and_the_assessment_stays_evidence() -> None:
    decided = override("lo-9", "ra-1", "low", "2026-11-12", recorded_on=LATER)
    today = compared(added(CASE, level_overrides=decided))
    assert today.verdict is not None
    assert today.verdict.answer is Answer.NOT_MET
    assert [change.after.evidence for change in today.facts] == [("lo-9", "ra-1")]
    assert became(today) == [("lo-9", "filed", None)]


def test_a_correction_is_named_with_what_it_corrects() -> None:
    assessment = CASE.risk_assessments[0]
    filed = evolve(
        assessment.filed,
        record_id=RecordId("ra-2"),
        recorded_on=day(LATER),
        corrects=RecordId("ra-1"),
    )
    corrected = added(CASE, risk_assessments=evolve(assessment, filed=filed, level="low"))
    today = compared(corrected)
    assert became(today) == [("ra-1", "corrected", "ra-2"), ("ra-2", "filed", "ra-1")]
    assert Difference.ANSWER in today.differences()
    again = evolve(
        filed, record_id=RecordId("ra-3"), recorded_on=day("2026-11-25"), corrects=RecordId("ra-2")
    )
    twice = added(corrected, risk_assessments=evolve(assessment, filed=again, level="medium"))
    assert became(compared(twice)) == [("ra-1", "corrected", "ra-2"), ("ra-3", "filed", "ra-2")]
    assert compared(twice).differences() == (Difference.FACTS,)


def test_a_retraction_is_named_with_what_took_the_record_back() -> None:
    taken = added(CASE, retractions=retraction("x-1", "c-1", LATER))
    today = compared(taken)
    assert became(today) == [("c-1", "retracted", "x-1")]
    assert today.facts[0].after == Unknown(UnknownKind.MISSING)
    assert today.verdict is not None
    assert today.verdict.answer is Answer.UNKNOWN
    restored = added(taken, retractions=retraction("x-2", "x-1", "2026-11-21"))
    assert compared(restored).differences() == ()


def test_a_correction_that_was_taken_back_does_not_explain_anything() -> None:
    later = consent("c-2", "2026-02-12", recorded_on="2026-11-12", corrects="c-1")
    twice = added(CASE, consents=later)
    back = added(twice, retractions=retraction("x-1", "c-2", "2026-11-13"))
    assert compared(back).differences() == ()
    gone = added(back, retractions=retraction("x-2", "c-1", "2026-11-14"))
    assert became(compared(gone)) == [("c-1", "retracted", "x-2")]


def test_a_record_that_a_newer_one_outdates_is_set_aside() -> None:
    assessment = CASE.risk_assessments[0]
    newer = evolve(
        assessment,
        filed=evolve(assessment.filed, record_id=RecordId("ra-2"), recorded_on=day(LATER)),
        assessed_on=day("2026-11-12"),
        expires=OPEN,
        level="high",
    )
    today = compared(added(CASE, risk_assessments=newer))
    assert became(today) == [("ra-1", "set_aside", None), ("ra-2", "filed", None)]
    assert Difference.ANSWER not in today.differences()


def test_a_record_counts_now_if_what_outdated_it_is_taken_back() -> None:
    newer = observation("o-9", "positive", "2026-10-01", kind="drug_test", recorded_on="2026-10-02")
    tested = added(CASE, observations=newer)
    then = decide(UNKNOWN, REFUSED, case=tested)
    today = compared(added(tested, retractions=retraction("x-1", "o-9", LATER)), then)
    assert became(today) == [("o-1", "counts_now", None), ("o-9", "retracted", "x-1")]


def _altered(**changed: Any) -> CaseFile:
    return evolve(CASE, consents=(evolve(CASE.consents[0], **changed),))


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (evolve(CASE, consents=()), [("c-1", "removed", None)]),
        (_altered(given=day("2026-12-01")), [("c-1", "set_aside", None)]),
        (
            _altered(filed=evolve(CASE.consents[0].filed, recorded_on=day(LATER))),
            [],
        ),
        (
            added(CASE, consents=consent("c-0", refused="2026-11-01", recorded_on="2026-11-02")),
            [("c-0", "counts_now", None)],
        ),
    ],
    ids=["removed", "altered", "filed anew", "filed under an earlier day"],
)
def test_a_file_that_no_longer_says_what_it_said_then_is_told(
    records: CaseFile, expected: list[tuple[str, str, str | None]]
) -> None:
    today = compared(records)
    if expected:
        assert [fact.rewritten for fact in today.facts] == [True]
        assert became(today) == expected
    else:
        assert today.differences() == ()


def test_facts_come_in_the_order_in_which_the_rule_asked_them() -> None:
    silent = evolve(CASE, needs_assessments=(), risk_assessments=(), consents=())
    today = compared(silent)
    assert [fact.asked.fact.name for fact in today.facts] == [
        "consent",
        "need_level",
        "risk_level",
    ]


# --- rule, country, library ---------------------------------------------------------------


def _country(change: Callable[[Criterion], Criterion], program: ProgramId = MET) -> Jurisdiction:
    """The country with another entry rule for a programme, in a later version of its pack."""
    programs = tuple(
        evolve(p, entry=change(p.entry)) if p.program_id == program and p.entry is not None else p
        for p in XX.programs
    )
    return evolve(XX, programs=programs, packs=("xx@2027.1",))


def _older(entry: Criterion) -> Criterion:
    return AllOf((*_parts(entry), ask(XX.facts["age"]).at_least(Term(35))))


def _parts(entry: Criterion) -> tuple[Criterion, ...]:
    assert isinstance(entry, AllOf)
    return entry.parts


def _without_consent(entry: Criterion) -> Criterion:
    return AllOf(_parts(entry)[1:])


def _high_risk(entry: Criterion) -> Criterion:
    consents, need, risk, language = _parts(entry)
    higher = evolve(ask(XX.facts["risk_level"]).at_least("high"), about=risk.about)
    return AllOf((consents, need, higher, language))


@pytest.mark.parametrize(
    ("change", "expected", "differing"),
    [
        (_older, ("added", "all[1].all[4]", ""), [Difference.ANSWER, Difference.EPISODE]),
        (_without_consent, ("removed", "all[1].all[0]", "consents"), [Difference.EPISODE]),
        (
            _high_risk,
            ("changed", "all[1].all[2]", "risk"),
            [Difference.ANSWER, Difference.EPISODE],
        ),
    ],
    ids=["added", "removed", "changed"],
)
def test_a_rule_that_was_changed_is_told_node_by_node(
    change: Callable[[Criterion], Criterion],
    expected: tuple[str, str, str],
    differing: list[Difference],
) -> None:
    today = compared(country=_country(change))
    assert [(a.kind.value, a.path, a.id) for a in today.rule] == [expected]
    assert list(today.differences()) == [*differing, Difference.RULE, Difference.PACKS]


def test_a_fact_that_only_one_version_asks_is_told_by_the_rule() -> None:
    silent = evolve(CASE, consents=())
    today = compared(silent, country=_country(_without_consent))
    assert today.facts == ()
    assert [a.kind.value for a in today.rule] == ["removed"]


def test_a_new_version_of_the_pack_with_the_same_rules_differs_in_the_pack_only() -> None:
    assert compared(country=evolve(XX, packs=("xx@2027.1",))).differences() == (Difference.PACKS,)


def test_another_library_is_told() -> None:
    grounds = evolve(
        GRANTED_THEN.grounds, stamp=evolve(GRANTED_THEN.grounds.stamp, library="0.0.9")
    )
    older = evolve(GRANTED_THEN, grounds=grounds)
    assert compared(decision=older).differences() == (Difference.LIBRARY,)


def test_a_fact_that_is_declared_otherwise_is_compared_all_the_same() -> None:
    declared = evolve(XX.facts["consent"], answered_by=("anybody",))
    entry = evolve(ask(declared, purpose="programme").is_(True), about=_consents().about)
    country = _country(lambda rule: AllOf((entry, *_parts(rule)[1:])))
    today = compared(evolve(CASE, consents=()), country=country)
    assert [a.keys for a in today.rule] == [("fact",)]
    assert [fact.asked.fact for fact in today.facts] == [declared]


def _consents() -> Criterion:
    [program] = [p for p in XX.programs if p.program_id == MET]
    assert program.entry is not None
    return _parts(program.entry)[0]


def test_a_programme_that_is_no_longer_offered_is_told_and_nothing_is_raised() -> None:
    closed = without(MET)
    today = compared(country=closed)
    assert today.differences() == (Difference.NOT_OFFERED,)
    assert (today.verdict, today.episode, today.rule, today.facts) == (None, None, (), ())
    moved = compared(country=evolve(closed, packs=("xx@2027.1",)))
    assert moved.differences() == (Difference.NOT_OFFERED, Difference.PACKS)


def test_a_programme_that_is_no_longer_law_is_a_change_of_its_rule() -> None:
    made = decide(NOT_LAW, REFUSED)
    programs = tuple(
        evolve(p, in_force=span("2022-01-01", "2024-01-01")) if p.program_id == NOT_LAW else p
        for p in XX.programs
    )
    today = compared(decision=made, country=evolve(XX, programs=programs))
    assert today.differences() == (Difference.EPISODE, Difference.RULE)
    assert [(a.path, a.keys) for a in today.rule] == [("", ("in_force",))]
    assert today.verdict is not None
    assert not today.verdict.in_force


# --- bad questions ------------------------------------------------------------------------


def test_a_decision_is_compared_with_the_case_it_was_made_on() -> None:
    other = evolve(CASE, case_id=CaseId("Maria Example"))
    with pytest.raises(InputError) as caught:
        compared(other)
    assert [(p.code, p.path) for p in caught.value.problems] == [("two_people", "case_id")]
    assert "Maria" not in str(caught.value)


@pytest.mark.parametrize(
    ("known_at", "expected"),
    [("2026-11-09", [("ends_before_start", "known_at")]), ("2026-11-10", []), ("2026-11-11", [])],
)
def test_a_decision_is_not_compared_with_what_was_known_before_it(
    known_at: str, expected: list[tuple[str, str]]
) -> None:
    assert refusals(lambda: compared(known_at=day(known_at))) == expected


def test_an_inconsistent_case_is_refused() -> None:
    twice = added(CASE, consents=consent("c-2", "2026-01-01", corrects="none"))
    refused = refusals(lambda: compared(twice, strict=True))
    assert refused == [("dangling_id", "consents[1].filed.corrects")]
    assert [one.record_id for one in compared(twice).grounds.set_aside] == ["c-2"]


# --- laws ---------------------------------------------------------------------------------


def test_a_decision_that_was_stored_compares_as_the_one_that_was_made() -> None:
    stored = exchange.read(exchange.write(GRANTED_THEN), Decision)
    assert compared(REFUSED_SINCE, stored) == compared(REFUSED_SINCE)


@pytest.mark.no_cover
@given(
    record_strategies.case_files(),
    st.sampled_from(XX.programs),
    record_strategies.days(),
    record_strategies.days(),
)
def test_what_is_filed_later_makes_no_difference_to_what_was_known(
    file: CaseFile, program: Program, on: date, known_at: date
) -> None:
    assume(not found(file, str(known_at)))
    made = deferred(program.program_id, file, on=on, known_at=known_at)
    next_day = str(known_at + timedelta(1))
    standing = file.as_known(known_at).consents
    more = evolve(
        file,
        consents=(*file.consents, consent("new", refused="2020-01-01", recorded_on=next_day)),
        retractions=(
            *file.retractions,
            *(
                retraction(f"x-{number}", record.filed.record_id, next_day)
                for number, record in enumerate(standing)
            ),
        ),
    )
    assert compared(more, made, known_at=known_at).differences() == ()
    if not found(more):
        assert not any(change.rewritten for change in compared(more, made).facts)


@pytest.mark.parametrize("program", [MET, NOT_MET, UNKNOWN])
def test_the_order_of_records_makes_no_difference(program: ProgramId) -> None:
    made = decide(program, DEFERRED, why=WHY, review_on=day("2026-12-01"))
    more = added(
        added(CASE, consents=consent("c-9", refused="2026-11-12", recorded_on=LATER)),
        retractions=retraction("x-1", "na-1", LATER),
        observations=observation("o-9", "positive", "2026-11-12", recorded_on=LATER),
    )
    mixed: dict[str, Any] = {name: tuple(getattr(more, name)[::-1]) for name in RECORD_LISTS}
    assert compared(evolve(more, **mixed), made) == compared(more, made)

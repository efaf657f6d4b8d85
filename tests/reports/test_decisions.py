"""Decisions and comparisons in words: what was asked and decided, what differs, and no more."""

import pytest
from attrs import evolve

from rehabcore import casework
from rehabcore.casework.decisions import Decision
from rehabcore.records import CaseFile
from rehabcore.reports import Format, explain
from rehabcore.rules.criteria import AllOf, AnyOf, Criterion, ask
from rehabcore.rules.facts import Assumption, Known, Unknown
from rehabcore.rules.time.days import OPEN, Term
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import day
from tests.kit.decision_makers import (
    CASE,
    DEFERRED,
    MET,
    NOT_LAW,
    NOT_MET,
    REFUSED,
    STAFF,
    UNKNOWN,
    WHY,
    XX,
    decide,
    override,
    without,
)
from tests.kit.record_makers import consent, question, retraction

OVERRIDES = decide(MET, REFUSED, why=WHY, override=override())
LATER = "2026-11-20"


def _compared(records: CaseFile, decision: Decision = OVERRIDES) -> str:
    return explain(casework.compare(decision, records, XX))


@pytest.mark.parametrize(
    ("decision", "line"),
    [
        (decide(), "Decision of 2026-11-10: Thinking skills: granted"),
        (decide(), "Asked whether it is open on 2026-11-16; the answer was MET."),
        (decide(), "It does not contradict the answer."),
        (
            OVERRIDES,
            "It contradicts the answer. Reason: professional_judgement; by the authority of: "
            "head_of_office; until the day before 2027-01-01.",
        ),
        (
            evolve(OVERRIDES, override=override(expires=OPEN, authority="xx-act#art-9")),
            "It contradicts the answer. Reason: professional_judgement; by the authority of: "
            "xx-act#art-9; without an end.",
        ),
        (
            decide(UNKNOWN, DEFERRED, review_on=day("2026-12-01")),
            "It is looked at again on 2026-12-01.",
        ),
        (
            decide(),
            "It speaks of the days from 2026-11-10 until the day before 2027-02-09, which have "
            "this answer, and of no others.",
        ),
        (
            OVERRIDES,
            "It speaks of the days from 2026-11-10 until the day before 2027-01-01, which have "
            "this answer, and of no others.",
        ),
        (
            decide(decided_on=day("2028-01-01")),
            "It has no effect: the days with this answer, from 2026-02-12 until the day before "
            "2027-02-09, or its override had passed when it was made.",
        ),
        (decide(NOT_MET, REFUSED), "Why the answer was NOT MET"),
        (
            decide(NOT_LAW, REFUSED, on=day("2027-01-01")),
            "- not law on this day: in force from 2022-01-01 until the day before 2027-01-01",
        ),
        (decide(), "From what was on file on 2026-11-10."),
    ],
)
def test_a_decision_says_what_was_asked_answered_and_decided(decision: Decision, line: str) -> None:
    assert line in explain(decision).splitlines()


@pytest.mark.parametrize("form", Format)
def test_neither_who_decided_nor_why_nor_about_whom_is_told(form: Format) -> None:
    told = explain(OVERRIDES, form=form) + explain(
        casework.compare(OVERRIDES, _without_consent(), XX), form=form
    )
    for secret in (STAFF, WHY, "Maria", "case-xx-1", "person-xx-1", "1994"):
        assert secret not in told
    assert "Thinking skills" in told


def _without_consent() -> CaseFile:
    return evolve(CASE, retractions=(retraction("x-1", "c-1", LATER),))


def test_what_does_not_differ_is_said_in_one_sentence() -> None:
    lines = _compared(CASE).splitlines()
    assert lines[0] == "Decision of 2026-11-10, compared with today: Thinking skills: refused"
    assert lines[2] == (
        "Nothing differs: the same question has the same answer for the same reasons."
    )


def test_what_differs_is_said_with_the_records_that_explain_it() -> None:
    told = _compared(_without_consent())
    for line in (
        "- The answer was MET; it is now UNKNOWN.",
        "- What is known of the person differs.",
        "- consent to taking part in a programme",
        "  - then: yes; on record c-1",
        "  - now: no record says it",
        "  - record c-1 was taken back by x-1",
    ):
        assert line in told.splitlines()
    assert "What differs in the rule" not in told


@pytest.mark.parametrize(
    ("records", "line"),
    [
        (
            evolve(
                CASE,
                consents=(*CASE.consents, consent("c-2", refused="2026-11-12", recorded_on=LATER)),
            ),
            "  - record c-2 was filed since",
        ),
        (
            evolve(
                CASE,
                consents=(
                    *CASE.consents,
                    consent("c-2", refused="2026-02-12", recorded_on=LATER, corrects="c-1"),
                ),
            ),
            "  - record c-2 was filed since, and corrects c-1",
        ),
        (
            evolve(
                CASE,
                consents=(
                    *CASE.consents,
                    consent("c-2", refused="2026-02-12", recorded_on=LATER, corrects="c-1"),
                ),
            ),
            "  - record c-1 was replaced by c-2",
        ),
        (evolve(CASE, consents=()), "  - record c-1 is no longer on file"),
        (
            evolve(CASE, consents=()),
            "  - the file, read as it was known then, no longer says what it said then",
        ),
    ],
)
def test_each_record_that_changed_is_told(records: CaseFile, line: str) -> None:
    assert line in _compared(records).splitlines()


def _entry(change: Criterion) -> str:
    programs = tuple(evolve(p, entry=change) if p.program_id == MET else p for p in XX.programs)
    country = evolve(XX, programs=programs, packs=("xx@2026.3",))
    older = evolve(decide().grounds, stamp=evolve(decide().grounds.stamp, library="0.0.9"))
    return explain(casework.compare(evolve(decide(), grounds=older), CASE, country))


def test_a_changed_rule_is_told_node_by_node() -> None:
    [program] = [p for p in XX.programs if p.program_id == MET]
    assert isinstance(program.entry, AllOf)
    consents, need, risk, _ = program.entry.parts
    higher = evolve(ask(XX.facts["risk_level"]).at_least("high"), about=risk.about)
    told = _entry(AllOf((consents, higher, AnyOf((need,)), ask(XX.facts["age"]).at_least(Term(1)))))
    for line in (
        "- The rule differs.",
        "- Rules: then xx@2026.2; now xx@2026.3.",
        "- Library: then 0.0.9; now 0.1.0.",
        "- changed: all[1].all[2] (at_least)",
        "  - then: Medium or high risk: level of risk: at least medium",
        "  - now: Medium or high risk: level of risk: at least high",
        "- removed: all[1].all[1]",
        "- added: all[1].all[2]",
        "  - now: at least one of these",
        "    - A need in attitudes: need in Attitudes towards crime: at least some need",
    ):
        assert line in told.splitlines()


def test_a_change_of_the_rule_as_a_whole_is_told() -> None:
    made = decide(NOT_LAW, REFUSED)
    programs = tuple(evolve(p, in_force=None) for p in XX.programs)
    told = explain(casework.compare(made, CASE, evolve(XX, programs=programs)))
    assert "- changed: the rule as a whole (in_force)" in told.splitlines()
    law = "in force from 2022-01-01 until the day before 2027-01-01"
    assert f"  - then: A start at work: all of these ({law})" in told.splitlines()


def test_a_programme_that_is_gone_is_told_by_the_title_it_had() -> None:
    told = explain(casework.compare(OVERRIDES, CASE, without(XX.programs[0].program_id)))
    assert told.splitlines()[0].endswith("compared with today: Thinking skills: refused")
    assert "- The programme is no longer offered." in told.splitlines()


@pytest.mark.parametrize(
    ("asked", "cell", "expected"),
    [
        ("events", Known(2, evidence=("e-1", "e-2")), "2; on record e-1, e-2"),
        (
            "events",
            Known(0, assumption=Assumption.NONE_ON_FILE),
            "0; no record is on file, taken as none",
        ),
        (
            "risk_level",
            Known("medium", evidence=("r-1",), assumption=Assumption.OUTSIDE_POPULATION),
            "medium; rests on an instrument that was made on other people; on record r-1",
        ),
        (
            "events",
            Unknown(UnknownKind.MISSING, evidence=("e-1",), between=(0, 2)),
            "found: between 0 and 2; on record e-1",
        ),
        ("events", Unknown(UnknownKind.STALE), "the record is past its validity"),
        (
            "age",
            Known(day("1994-02-28"), evidence=("p-1",)),
            "a value that is not shown; on record p-1",
        ),
        (
            "age",
            Unknown(UnknownKind.DISPUTED, between=(day("1994-02-28"), day("1995-02-28"))),
            "records contradict each other",
        ),
        ("risk_level", Known("medium"), "medium"),
    ],
)
def test_what_was_found_is_told_unless_it_identifies(
    asked: str, cell: Known | Unknown, expected: str
) -> None:
    given = {"kind": "sanction", "within": "6 months", "ageing": "exclusive"}
    fact = question(asked, **(given if asked == "events" else {}))
    comparison = casework.compare(OVERRIDES, _without_consent(), XX)
    [change] = comparison.facts
    told = explain(evolve(comparison, facts=(evolve(change, asked=fact, before=cell),)))
    assert f"  - then: {expected}" in told.splitlines()


@pytest.mark.parametrize("form", Format)
def test_every_form_and_language_has_all_of_it(form: Format) -> None:
    comparison = casework.compare(OVERRIDES, _without_consent(), XX)
    for language in ("en", "ka"):
        for result in (OVERRIDES, comparison):
            told = explain(result, language=language, form=form)
            assert "2026-11-10" in told
            assert "{" not in told.rpartition("</style>")[2]
    assert "[en] refused" in explain(OVERRIDES, language="ka")

"""Every verb answers in spite of a faulty record, tells of it, and refuses it where asked to."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.decisions import Comparison
from rehabcore.records import CaseFile
from rehabcore.records.faults import SetAside
from rehabcore.reports import LANGUAGES, explain
from rehabcore.reports.wording import Wording
from rehabcore.strict.vocabulary import DecisionOutcome, ProgramId, RecordId, StaffId
from tests.kit.builders import day, release, span
from tests.kit.decision_makers import refusals
from tests.kit.record_makers import completion

XX = jurisdictions.load("xx")
SOUND = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
FAULTY = evolve(SOUND, completions=(*SOUND.completions, completion("co", "gone", "2020-03-01")))
ON = day("2026-11-16")
DECIDED: dict[str, Any] = {
    "on": ON,
    "known_at": ON,
    "decided_by": StaffId("officer-3"),
    "decided_on": ON,
    "outcome": DecisionOutcome.DEFERRED,
    "why": "to be looked at again",
    "review_on": day("2026-12-16"),
}
CODES = (
    *("dangling_id", "unknown_value", "corrected_twice", "changed_twice", "wrong_kind"),
    *("contradicts_itself", "ends_before_start", "out_of_range", "empty_group"),
)
"""The codes of problems that may be faults of a single record."""
DECISION = casework.decide(SOUND, XX, ProgramId("drop_in"), **DECIDED)
VERBS: dict[str, Callable[..., Any]] = {
    "match": lambda case, **asked: casework.match(case, XX, on=ON, **asked),
    "near": lambda case, **asked: casework.near(case, XX, on=ON, **asked),
    "timeline": lambda case, **asked: casework.timeline(
        case, XX, ProgramId("drop_in"), within=span("2026-11-16", "2027-11-16"), **asked
    ),
    "needs": lambda case, **asked: casework.needs(case, XX, on=ON, **asked),
    "plan": lambda case, **asked: casework.plan(case, XX, on=ON, **asked),
    "move": lambda case, **asked: casework.request_move(case, XX, release(ON), **asked),
    "decide": lambda case, **asked: casework.decide(
        case, XX, ProgramId("drop_in"), **DECIDED, **asked
    ),
    "compare": lambda case, **asked: casework.compare(DECISION, case, XX, **asked),
}
ASIDE = SetAside(
    record_id=RecordId("co"),
    place="completions.enrolment",
    code="dangling_id",
    found="the id of another record",
    expected="an id among the enrolments",
)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_answers_and_tells_what_was_set_aside(verb: str) -> None:
    result = VERBS[verb](FAULTY)
    assert result.grounds.set_aside == (ASIDE,)
    assert VERBS[verb](SOUND).grounds.set_aside == ()
    number = len(FAULTY.completions) - 1
    assert refusals(lambda: VERBS[verb](FAULTY, strict=True)) == [
        ("dangling_id", f"completions[{number}].enrolment")
    ]
    assert VERBS[verb](SOUND, strict=True).grounds == VERBS[verb](SOUND).grounds


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_tells_what_was_set_aside_below_its_title(verb: str, language: str) -> None:
    told = explain(VERBS[verb](FAULTY), language=language).splitlines()
    why = Wording(language).say("set_aside.dangling_id")
    assert Wording(language).say("set_aside.open") in " ".join(told[:8])
    assert any(f"co (completions.enrolment): {why}" in line for line in told[:10])
    sound = explain(VERBS[verb](SOUND), language=language)
    assert Wording(language).say("set_aside.open") not in sound


@pytest.mark.parametrize("verb", VERBS)
def test_what_was_set_aside_is_written_and_read_with_the_result(verb: str) -> None:
    result = VERBS[verb](FAULTY)
    if not isinstance(result, Comparison):
        written = exchange.write(result)
        assert exchange.read(written, type(result)) == result
        assert '"set_aside":' in written
        assert '"set_aside":' not in exchange.write(VERBS[verb](SOUND))


def test_every_fault_of_a_record_has_words() -> None:
    assert [code for code in CODES if not Wording("en").has(f"set_aside.{code}")] == []


def test_a_result_says_in_short_that_something_was_set_aside() -> None:
    assert repr(VERBS["match"](FAULTY)).startswith("<MatchResult xx@2026.2 on 2026-11-16, 1 set")
    assert " set aside" not in repr(VERBS["match"](SOUND))


def test_what_is_set_aside_does_not_depend_on_the_place_in_the_file() -> None:
    turned = evolve(FAULTY, completions=FAULTY.completions[::-1])
    assert VERBS["match"](turned) == VERBS["match"](FAULTY)

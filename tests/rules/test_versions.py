"""Law in versions: which one counts on which day, whose day it is, and where nobody can say."""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from rehabcore.rules.criteria import About, AllOf, AnyOf, Asked, Criterion, Not, ask
from rehabcore.rules.data.criterion_forms import CriterionReader, write_criterion
from rehabcore.rules.facts import NEVER, Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.over_time import next_answer_change, next_change, verdicts_over
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.coverage import covered_days, covered_until, require_covered
from rehabcore.rules.law.versions import UNSETTLED, Version, Versions
from rehabcore.rules.near.near_misses import near_misses
from rehabcore.rules.quick.compilation import compile_rules
from rehabcore.rules.quick.outlook import answers_over, prospects
from rehabcore.rules.sources import Citation, Status
from rehabcore.rules.time.days import UNSURE, Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.problems import InputError, NotInForceError
from tests.kit.builders import day, span
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import ADULT, AGE, ALONE, FACTS, JSON

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
SINCE_OFFENCE = Fact(name="since_offence", shape=Shape.ELAPSED, about="Time since the offence.")
KNOWN_FACTS = {fact.name: fact for fact in (*FACTS.values(), SINCE_OFFENCE, UNSETTLED)}
CLOCKS = {"offence": "since_offence", "release": "to_release"}


def _reader(**parameters: dict[str, Any]) -> CriterionReader:
    """A reader that knows these parameters of law."""
    reader = CriterionReader(facts=KNOWN_FACTS, rules={"adult": ADULT}, codec=JSON, clocks=CLOCKS)
    made = {name: reader.parameter(name, plain) for name, plain in parameters.items()}
    return evolve(reader, parameters=made)


def _days(start: str, end: str = "open") -> dict[str, str]:
    return {"start": start, "end": end}


AGES = {
    "versions": [
        {"value": "21 years", "in_force": _days("1990-01-01", "2010-01-01"), "cite": ["act#1"]},
        {"gap": True, "in_force": _days("2010-01-01", "2012-02-29")},
        {"value": "18 years", "in_force": _days("2012-02-29", "2030-01-01"), "status": "draft"},
    ]
}
BY_AGE = {"fact": "age", "at_least": {"parameter": "adult_age"}}
BY_DECISION = _reader(adult_age=AGES).read(BY_AGE)
BY_OFFENCE = _reader(adult_age={**AGES, "clock": "offence"}).read(BY_AGE)
BORN = day("1991-06-01")


def _cells(born: Cell, offence: Cell) -> Any:
    cells = {Asked(AGE): born, Asked(SINCE_OFFENCE): offence, Asked(UNSETTLED): UNSETTLED.absent()}
    return cells.__getitem__


def _judged(criterion: Criterion, on: str, offence: Cell | None = None) -> Verdict:
    unsaid = Unknown(UnknownKind.MISSING)
    return judge(criterion, _cells(Known(BORN), offence or unsaid), on=day(on))


def _law(verdict: Verdict) -> list[str]:
    """What is law on the day, of the parts of a rule in versions."""
    return [str(child.criterion) for child in verdict.children if child.in_force]


# --- values -------------------------------------------------------------------------------


def _versions(*versions: Version[int], **said: Any) -> Versions[int]:
    return Versions(name="limit", versions=versions, **said)


FIRST = Version(in_force=span("2020-01-01", "2021-01-01"), value=1)
GAP: Version[int] = Version(in_force=span("2021-01-01", "2022-01-01"))
LAST = Version(in_force=span("2022-01-01", "2023-01-01"), value=3)


@pytest.mark.parametrize(
    ("on", "value"),
    [
        pytest.param("2020-01-01", 1, id="first-day"),
        pytest.param("2020-12-31", 1, id="last-day-of-the-first"),
        pytest.param("2021-01-01", None, id="first-day-of-the-gap"),
        pytest.param("2021-12-31", None, id="last-day-of-the-gap"),
        pytest.param("2022-01-01", 3, id="first-day-of-the-last"),
        pytest.param("2022-12-31", 3, id="last-day"),
    ],
)
def test_value_is_that_of_the_version_of_the_day(on: str, value: int | None) -> None:
    assert _versions(FIRST, GAP, LAST).at(day(on)).value == value


@pytest.mark.parametrize("on", ["2019-12-31", "2023-01-01"])
def test_a_day_outside_of_all_versions_has_no_value(on: str) -> None:
    with pytest.raises(NotInForceError) as caught:
        _versions(FIRST, GAP, LAST).at(day(on))
    (problem,) = caught.value.problems
    assert (problem.code, problem.path, problem.found) == ("not_in_force", "on", f"the date {on}")
    assert problem.expected == (
        "a day that the data of limit covers: from 2020-01-01 until the day before 2023-01-01"
    )


def test_versions_that_go_on_cover_every_later_day() -> None:
    versions = _versions(evolve(FIRST, in_force=span("2020-01-01")))
    assert versions.at(date(2199, 12, 31)).value == 1
    with pytest.raises(NotInForceError, match="covers: from 2020-01-01 on"):
        versions.at(day("2019-12-31"))


@pytest.mark.parametrize(
    ("versions", "problems"),
    [
        pytest.param([], [("empty_group", "versions")], id="none"),
        pytest.param([GAP], [("empty_group", "versions")], id="gaps-only"),
        pytest.param([FIRST, LAST], [("undeclared_gap", "versions[1].in_force.start")], id="gap"),
        pytest.param([LAST, FIRST], [("overlap", "versions[1].in_force.start")], id="order"),
        pytest.param([FIRST, FIRST], [("overlap", "versions[1].in_force.start")], id="twice"),
        pytest.param(
            [FIRST, evolve(GAP, in_force=span("2020-12-31", "2022-01-01")), LAST],
            [("overlap", "versions[1].in_force.start")],
            id="one-day-shared",
        ),
        pytest.param(
            [FIRST, evolve(GAP, in_force=span("2021-01-02", "2021-12-31")), LAST],
            [
                ("undeclared_gap", "versions[1].in_force.start"),
                ("undeclared_gap", "versions[2].in_force.start"),
            ],
            id="one-day-missing-on-both-sides",
        ),
        pytest.param(
            [evolve(FIRST, in_force=span("2020-01-01")), LAST],
            [("overlap", "versions[1].in_force.start")],
            id="after-one-that-goes-on",
        ),
    ],
)
def test_versions_that_contradict_each_other_are_refused(
    versions: list[Version[int]], problems: list[tuple[str, str]]
) -> None:
    assert problems_of(lambda: _versions(*versions)) == problems


def test_a_version_of_unknown_end_is_refused() -> None:
    unsure = Span(day("2020-01-01"), UNSURE)
    assert problems_of(lambda: Version(in_force=unsure, value=1)) == [
        ("out_of_range", "in_force.end")
    ]
    assert problems_of(lambda: About(covered=unsure)) == [("out_of_range", "covered.end")]


# --- the day that is asked about ----------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "answer", "law"),
    [
        pytest.param("1990-01-01", NOT_MET, "age at_least 21 years", id="first-covered-day"),
        pytest.param("2009-12-31", NOT_MET, "age at_least 21 years", id="last-day-of-21"),
        pytest.param("2010-01-01", UNKNOWN, "unsettled_law_met is true", id="first-of-the-gap"),
        pytest.param("2012-02-28", UNKNOWN, "unsettled_law_met is true", id="last-of-the-gap"),
        pytest.param("2012-02-29", MET, "age at_least 18 years", id="leap-day-on-which-18-begins"),
        pytest.param("2029-12-31", MET, "age at_least 18 years", id="last-covered-day"),
    ],
)
def test_exactly_the_version_of_the_day_counts(on: str, answer: Answer, law: str) -> None:
    verdict = _judged(BY_DECISION, on)
    assert verdict.answer is answer
    assert _law(verdict) == [law]


def test_a_declared_gap_needs_a_person() -> None:
    assert _judged(BY_DECISION, "2011-01-01").unknown_kinds() == {UnknownKind.NEEDS_PERSON}


@pytest.mark.parametrize("on", ["1989-12-31", "2030-01-01"])
def test_a_question_outside_of_the_covered_days_is_the_mistake_of_who_asks(on: str) -> None:
    with pytest.raises(NotInForceError, match="data of adult_age covers: from 1990-01-01 until"):
        _judged(BY_DECISION, on)


def test_each_version_says_what_it_is_and_how_sure_it_is() -> None:
    rule = _reader(adult_age=AGES).read({**BY_AGE, "id": "adult", "cite": ["code#2"]})
    assert isinstance(rule, AnyOf)
    assert rule.about.covered == span("1990-01-01", "2030-01-01")
    act, code = Citation("act", "1"), Citation("code", "2")
    assert [part.about.id for part in rule.parts] == ["adult_age"] * 3
    assert [part.about.cite for part in rule.parts] == [(act, code), (code,), (code,)]
    assert [part.about.status for part in rule.parts] == [None, Status.DRAFT, Status.DRAFT]
    with pytest.raises(NotInForceError, match="data of adult, adult_age covers"):
        require_covered(rule, day("2040-01-01"))


def test_law_that_nobody_named_is_called_a_rule() -> None:
    with pytest.raises(NotInForceError, match="data of a rule covers"):
        require_covered(evolve(ADULT, about=About(covered=span("2020-01-01"))), day("2019-01-01"))


def test_what_is_out_of_force_need_not_be_covered() -> None:
    old = evolve(BY_DECISION & ask(ALONE).is_(True), about=About(in_force=span("2000-01-01")))
    verdict = judge(old, lambda asked: UNSETTLED.absent(), on=day("1980-01-01"))
    assert (verdict.answer, verdict.in_force) == (NOT_MET, False)
    with pytest.raises(NotInForceError):
        judge(old, lambda asked: UNSETTLED.absent(), on=day("2030-01-01"))


def test_every_law_that_does_not_cover_the_day_is_told() -> None:
    other = evolve(ADULT, about=About(id="other", covered=span("2020-01-01", "2021-01-01")))
    with pytest.raises(NotInForceError) as caught:
        require_covered(Not(AllOf((BY_DECISION, other))), day("2030-01-01"))
    told = [problem.expected.partition(" covers")[0] for problem in caught.value.problems]
    assert told == ["a day that the data of adult_age", "a day that the data of other"]


# --- over time ----------------------------------------------------------------------------


def _histories(born: date = BORN) -> Any:
    return lambda asked: Timeline.constant(_cells(Known(born), Known(born))(asked))


@pytest.mark.parametrize(
    ("on", "until"),
    [("1990-01-01", "2030-01-01"), ("2029-12-31", "2030-01-01")],
)
def test_the_data_covers_law_until_a_day(on: str, until: str) -> None:
    assert covered_until(BY_DECISION, day(on)) == day(until)
    assert covered_until(BY_OFFENCE, day(on)) is None


def test_a_timeline_holds_the_verdict_of_every_covered_day() -> None:
    window = span("2009-12-30", "2012-03-05")
    verdicts = verdicts_over(BY_DECISION, _histories(), window)
    on = window.start
    while on in window:
        assert verdicts.at(on) == _judged(BY_DECISION, on.isoformat(), Known(BORN))
        on += timedelta(days=1)
    assert [(str(s.start), answer.value) for s, answer in verdicts.answers()] == [
        ("2009-12-30", "not_met"),
        ("2010-01-01", "unknown"),
        ("2012-02-29", "met"),
    ]


def test_law_that_comes_into_force_later_limits_from_then_on() -> None:
    later = evolve(BY_DECISION & ADULT, about=About(in_force=span("2035-01-01")))
    assert covered_until(AllOf((later, ADULT)), day("2031-01-01")) == day("2035-01-01")
    ended = evolve(BY_DECISION & ADULT, about=About(in_force=span("1990-01-01", "2025-01-01")))
    assert covered_until(AllOf((ended, ADULT)), day("2024-12-31")) is None


def test_covered_days_around_a_day_begin_and_end_with_the_data() -> None:
    long_ago, on = day("1900-01-01"), day("2020-01-01")
    assert covered_days(BY_DECISION, on, since=long_ago) == span("1990-01-01", "2030-01-01")
    assert covered_days(BY_DECISION, on, since=on) == span("2020-01-01", "2030-01-01")
    assert covered_days(ADULT, on, since=long_ago) == span("1900-01-01")
    later = evolve(BY_DECISION & ADULT, about=About(in_force=span("1980-01-01", "2025-01-01")))
    assert covered_days(later, on, since=long_ago) == span("1990-01-01")
    assert covered_days(later, long_ago, since=long_ago) == span("1900-01-01", "1980-01-01")


@pytest.mark.parametrize(
    "window",
    [
        pytest.param(span("1989-12-31", "1995-01-01"), id="begins-a-day-too-early"),
        pytest.param(span("1980-01-01", "2040-01-01"), id="larger-on-both-sides"),
        pytest.param(span("2020-01-01", "2030-01-02"), id="ends-a-day-too-late"),
        pytest.param(span("2020-01-01"), id="goes-on"),
    ],
)
def test_a_window_beyond_the_covered_days_is_refused(window: Span) -> None:
    with pytest.raises(NotInForceError):
        verdicts_over(BY_DECISION, _histories(), window)


def test_the_last_covered_day_may_be_in_the_window() -> None:
    assert verdicts_over(BY_DECISION, _histories(), span("2029-12-31", "2030-01-01")).pieces


def test_the_next_change_is_looked_for_on_covered_days_only() -> None:
    assert next_change(BY_DECISION, _histories(), day("2011-01-01")) == day("2012-02-29")
    assert next_answer_change(BY_DECISION, _histories(), day("2009-01-01")) == day("2010-01-01")
    assert next_change(BY_DECISION, _histories(), day("2012-02-29")) is None
    later = _histories(day("2011-12-31"))
    assert next_change(BY_DECISION, later, day("2029-12-01")) == day("2029-12-31")
    assert next_answer_change(BY_DECISION, _histories(day("2012-06-01")), day("2029-12-31")) is None
    for ask_for in (next_change, next_answer_change):
        with pytest.raises(NotInForceError):
            ask_for(BY_DECISION, _histories(), day("2030-01-01"))


# --- many rules at once -------------------------------------------------------------------

TOGETHER = compile_rules((ADULT, BY_DECISION))


@pytest.mark.parametrize("on", ["1989-12-31", "2030-01-01"])
def test_rules_together_refuse_a_day_that_one_of_them_does_not_cover(on: str) -> None:
    with pytest.raises(NotInForceError, match="covers: from 1990-01-01 until the day before 2030"):
        TOGETHER.on(day(on))


def test_answers_over_a_window_are_those_of_covered_days() -> None:
    _, by_decision = answers_over(TOGETHER, _histories(), span("2009-12-30", "2030-01-01"))
    assert [(str(on), answer.value) for on, answer in by_decision] == [
        ("2009-12-30", "not_met"),
        ("2010-01-01", "unknown"),
        ("2012-02-29", "met"),
    ]
    with pytest.raises(NotInForceError):
        answers_over(TOGETHER, _histories(), span("2009-12-30", "2030-01-02"))


@pytest.mark.parametrize(
    ("born", "certainly"),
    [("2011-12-31", "2029-12-31"), ("2012-01-01", None)],
    ids=["on-the-last-covered-day", "on-the-day-after"],
)
def test_prospects_end_with_the_covered_days_of_each_rule(born: str, certainly: str | None) -> None:
    sheet = TOGETHER.on(day("2009-12-30")).sheet(_cells(Known(day(born)), Known(BORN)))
    always, until_2030 = prospects(TOGETHER, sheet)
    assert until_2030.certainly == (certainly and day(certainly))
    assert until_2030.possibly == day("2010-01-01")
    assert always.certainly == Term(18).after(day(born))


@pytest.mark.parametrize(
    ("born", "ways"),
    [("2011-12-31", ["2010-01-01", "2029-12-31"]), ("2012-01-01", ["2010-01-01"])],
    ids=["on-the-last-covered-day", "on-the-day-after"],
)
def test_near_misses_are_looked_for_on_covered_days_only(born: str, ways: list[str]) -> None:
    found = near_misses(BY_DECISION, _histories(day(born)), on=day("2009-12-30")).ways
    assert sorted(str(way.day) for way in found) == ways
    with pytest.raises(NotInForceError):
        near_misses(BY_DECISION, _histories(), on=day("1989-12-31"))


# --- another clock ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offence", "answer"),
    [
        pytest.param(Known(day("1989-12-31")), UNKNOWN, id="day-before-the-first-version"),
        pytest.param(Known(day("1990-01-01")), MET, id="first-day-of-21"),
        pytest.param(Known(day("2009-12-31")), MET, id="last-day-of-21"),
        pytest.param(Known(day("2010-01-01")), UNKNOWN, id="first-day-of-the-gap"),
        pytest.param(Known(day("2012-02-28")), UNKNOWN, id="last-day-of-the-gap"),
        pytest.param(Known(day("2012-02-29")), MET, id="first-day-of-18"),
        pytest.param(Known(day("2029-12-31")), MET, id="last-covered-day"),
        pytest.param(Known(day("2030-01-01")), UNKNOWN, id="day-after-the-last-version"),
        pytest.param(Known(NEVER), UNKNOWN, id="never"),
        pytest.param(Unknown(UnknownKind.MISSING), UNKNOWN, id="not-known"),
    ],
)
def test_the_day_of_the_offence_selects_the_version(offence: Cell, answer: Answer) -> None:
    verdict = _judged(BY_OFFENCE, "2013-01-01", offence)
    assert verdict.answer is answer


def test_between_two_laws_only_the_age_of_the_right_one_counts() -> None:
    born_1994 = Known(day("1994-06-01"))
    for offence, answer in (("2009-12-31", NOT_MET), ("2012-02-29", MET)):
        cells = _cells(born_1994, Known(day(offence)))
        verdict = judge(BY_OFFENCE, cells, on=day("2013-01-01"))
        assert verdict.answer is answer


@pytest.mark.parametrize("offence", ["1980-01-01", "2011-01-01", "2035-01-01"])
def test_a_person_whose_day_no_version_covers_needs_a_person_to_judge(offence: str) -> None:
    verdict = _judged(BY_OFFENCE, "2040-01-01", Known(day(offence)))
    assert verdict.unknown_kinds() == {UnknownKind.NEEDS_PERSON}


def test_a_day_known_to_lie_within_one_version_selects_it() -> None:
    between = Unknown(UnknownKind.DISPUTED, between=(day("2012-02-29"), day("2029-12-31")))
    assert _judged(BY_OFFENCE, "2013-01-01", between).answer is MET


def test_the_newest_version_that_goes_on_is_that_of_a_day_that_never_comes() -> None:
    limits = {"versions": [{"value": "18 years", "in_force": _days("2000-01-01")}]}
    rule = _reader(limit={**limits, "clock": "offence"}).read(
        {"fact": "age", "at_least": {"parameter": "limit"}}
    )
    assert _judged(rule, "2013-01-01", Known(NEVER)).answer is MET
    assert len(getattr(rule, "parts", ())) == 2  # before the first version, and the version


# --- whole criteria -----------------------------------------------------------------------

REFORM: dict[str, Any] = {
    "id": "reform",
    "versions": [
        {"in_force": _days("2000-01-01", "2020-01-01"), "rule": "adult"},
        {
            "in_force": _days("2020-01-01"),
            "id": "alone",
            "all": [
                {"fact": "alone", "is": True},
                {"fact": "age", "under": "65 years", "in_force": _days("2022-01-01", "2023-01-01")},
            ],
        },
    ],
}


@pytest.mark.parametrize(
    ("on", "law"),
    [
        ("2019-12-31", "age at_least 18 years"),
        ("2020-01-01", "all(alone is true, age under 65 years)"),
    ],
)
def test_a_whole_criterion_is_replaced_on_the_day_of_the_reform(on: str, law: str) -> None:
    rule = _reader().read(REFORM)
    verdict = judge(
        rule, lambda asked: Known(BORN) if asked.fact is AGE else Known(True), on=day(on)
    )
    assert verdict.answer is MET
    assert _law(verdict) == [law]


def test_a_rule_that_is_itself_dated_stays_so_within_a_version() -> None:
    dated = evolve(ADULT, about=About(id="adult", in_force=span("2010-01-01")))
    rule = evolve(_reader(), rules={"adult": dated}).read(REFORM)
    cells = {Asked(AGE): Known(BORN), Asked(ALONE): Known(True)}.__getitem__
    before, after = (judge(rule, cells, on=day(on)) for on in ("2009-12-31", "2010-01-01"))
    assert (before.in_force, before.answer) == (False, NOT_MET)
    assert (after.in_force, after.answer) == (True, MET)


def test_versions_within_versions() -> None:
    inner = {**REFORM, "id": "inner"}
    rule = _reader().read(
        {
            "versions": [
                {"in_force": _days("1990-01-01", "2010-01-01"), "fact": "alone", "is": False},
                {"in_force": _days("2010-01-01"), **inner},
            ]
        }
    )
    cells = {Asked(AGE): Known(BORN), Asked(ALONE): Known(True)}.__getitem__
    assert judge(rule, cells, on=day("1999-01-01")).answer is NOT_MET
    assert judge(rule, cells, on=day("2010-01-01")).answer is MET
    with pytest.raises(NotInForceError):
        judge(rule, cells, on=day("1989-12-31"))


def test_whole_criteria_may_go_by_the_day_of_the_offence() -> None:
    rule = _reader().read({**REFORM, "clock": "offence", "cite": ["act#7"]})
    assert isinstance(rule, AnyOf)
    assert rule.about.covered is None
    guards = [part.parts[0] for part in rule.parts if isinstance(part, AllOf)]
    assert [str(guard) for guard in guards] == [
        "since_offence before 2000-01-01",
        "since_offence since 2000-01-01",
        "since_offence since 2020-01-01",
    ]
    assert {guard.about.id for guard in guards} == {"reform"}
    cited = [str(guard.about.cite[0]) for guard in guards]
    assert cited == ["xx-act#art-3", "xx-act#art-3", "act#7"]


@pytest.mark.parametrize("rule", [BY_DECISION, BY_OFFENCE, _reader().read(REFORM)])
def test_what_versions_became_is_written_and_read_back_equal(rule: Criterion) -> None:
    assert _reader().read(write_criterion(rule, JSON)) == rule


# --- repeal -------------------------------------------------------------------------------


def _clause(*spans: Span) -> AllOf:
    return AllOf(tuple(evolve(ask(ALONE).is_(True), about=About(in_force=s)) for s in spans))


@pytest.mark.parametrize(
    ("on", "answer"),
    [("2024-12-31", NOT_MET), ("2025-01-01", MET)],
    ids=["last-day-of-the-requirement", "first-day-without-it"],
)
def test_a_repealed_requirement_burdens_nobody(on: str, answer: Answer) -> None:
    rule = AllOf((ADULT, *_clause(span("2020-01-01", "2025-01-01")).parts))
    cells = {Asked(AGE): Known(BORN), Asked(ALONE): Known(False)}.__getitem__
    assert judge(rule, cells, on=day(on)).answer is answer


def test_a_requirement_repealed_and_brought_back_and_repealed_again() -> None:
    rule = AllOf(
        (ADULT, *_clause(span("2020-01-01", "2021-01-01"), span("2022-02-28", "2024-02-29")).parts)
    )
    cells = {Asked(AGE): Known(BORN), Asked(ALONE): Known(False)}.__getitem__
    answers = [
        (on, judge(rule, cells, on=day(on)).answer is NOT_MET)
        for on in (
            "2020-12-31",
            "2021-01-01",
            "2022-02-27",
            "2022-02-28",
            "2024-02-28",
            "2024-02-29",
        )
    ]
    assert [burdened for _, burdened in answers] == [True, False, False, True, True, False]


def test_a_group_with_nothing_in_force_is_itself_out() -> None:
    group = _clause(span("2020-01-01", "2021-01-01"), span("2020-06-01", "2022-01-01"))
    verdict = judge(AllOf((ADULT, group)), lambda asked: Known(BORN), on=day("2022-01-01"))
    assert (verdict.answer, verdict.children[1].in_force) == (MET, False)
    alone = judge(group, lambda asked: Known(True), on=day("2022-01-01"))
    assert (alone.answer, alone.in_force) == (NOT_MET, False)


# --- what is refused ----------------------------------------------------------------------

V = {"value": "18 years", "in_force": _days("2000-01-01")}


@pytest.mark.parametrize(
    ("plain", "problems"),
    [
        pytest.param("18 years", [("wrong_type", "")], id="a-text"),
        pytest.param({}, [("missing_key", "versions")], id="nothing"),
        pytest.param({"versions": []}, [("empty_group", "versions")], id="no-versions"),
        pytest.param({"versions": V}, [("wrong_type", "versions")], id="a-table-of-versions"),
        pytest.param({"versions": ["18 years"]}, [("wrong_type", "versions[0]")], id="bare-value"),
        pytest.param(
            {"versions": [{"value": 1}]}, [("missing_key", "versions[0].in_force")], id="no-days"
        ),
        pytest.param(
            {"versions": [{"in_force": V["in_force"]}]},
            [("missing_key", "versions[0].value")],
            id="no-value",
        ),
        pytest.param(
            {"versions": [{**V, "value": 1.5}]}, [("wrong_type", "versions[0].value")], id="float"
        ),
        pytest.param(
            {"versions": [{**V, "in_force": _days("2020-01-01", "2019-01-01")}]},
            [("ends_before_start", "versions[0].in_force.end")],
            id="reversed",
        ),
        pytest.param(
            {"versions": [{**V, "in_force": _days("2020-01-01", "unknown")}]},
            [("out_of_range", "versions[0].in_force.end")],
            id="until-nobody-knows",
        ),
        pytest.param(
            {"versions": [{**V, "gap": True}]}, [("unknown_key", "versions[0]")], id="gap-and-value"
        ),
        pytest.param(
            {"versions": [V, {"gap": False, "in_force": _days("2010-01-01")}]},
            [("wrong_type", "versions[1].gap")],
            id="gap-that-is-none",
        ),
        pytest.param(
            {"versions": [{**V, "value": ["custody", 5]}]},
            [("wrong_type", "versions[0].value")],
            id="list-of-more-than-codes",
        ),
        pytest.param({"versions": [{**V, "note": 1}]}, [("unknown_key", "versions[0]")], id="key"),
        pytest.param(
            {"versions": [V], "clock": "verdict", "unit": 1, "title": "Age"},
            [("unknown_key", ""), ("wrong_type", "title"), ("unknown_value", "clock")],
            id="everything-at-once",
        ),
        pytest.param({"versions": [V], "clock": 3}, [("unknown_value", "clock")], id="number"),
        pytest.param(
            {"versions": [V], "clock": "release"}, [("unknown_fact", "clock")], id="not-declared"
        ),
    ],
)
def test_a_table_that_is_no_parameter_is_refused(
    plain: object, problems: list[tuple[str, str]]
) -> None:
    assert problems_of(lambda: _reader().parameter("limit", plain)) == problems


@pytest.mark.parametrize(
    ("plain", "problems"),
    [
        pytest.param(
            {"fact": "age", "at_least": {"parameter": "adult"}},
            [("dangling_id", "at_least.parameter")],
            id="no-such-parameter",
        ),
        pytest.param(
            {"fact": "age", "at_least": {"parameter": ["adult_age"]}},
            [("dangling_id", "at_least.parameter")],
            id="parameter-as-a-list",
        ),
        pytest.param(
            {"fact": "age", "at_least": {"parameter": "adult_age", "or": 1}},
            [("unknown_key", "at_least")],
            id="more-than-a-parameter",
        ),
        pytest.param(
            {
                "fact": "reports",
                "kind": "warning",
                "within": "1 year",
                "over": {"parameter": "adult_age"},
            },
            [("wrong_type", "over"), ("wrong_type", "over")],
            id="value-of-another-type",
        ),
        pytest.param(
            {**BY_AGE, "covered": _days("2000-01-01")}, [("unknown_key", "covered")], id="covered"
        ),
        pytest.param({**BY_AGE, "status": "sure"}, [("unknown_value", "status")], id="status"),
        pytest.param({"versions": []}, [("empty_group", "versions")], id="no-versions"),
        pytest.param({**REFORM, "at_least": 1}, [("unknown_key", "")], id="count"),
        pytest.param({**REFORM, "clock": "release"}, [("unknown_fact", "clock")], id="clock"),
        pytest.param(
            {"versions": [{"in_force": _days("2000-01-01"), "fact": "weight", "is": 1}]},
            [("unknown_fact", "versions[0].fact")],
            id="faulty-version",
        ),
        pytest.param(
            {"versions": [{"in_force": _days("2000-01-01")}]},
            [("not_a_criterion", "versions[0]")],
            id="version-that-says-nothing",
        ),
        pytest.param(
            {"versions": [REFORM["versions"][0]] * 2},
            [("overlap", "versions[1].in_force.start")],
            id="twice",
        ),
    ],
)
def test_criteria_with_faulty_versions_are_refused(
    plain: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    assert problems_of(lambda: _reader(adult_age=AGES).read(plain)) == problems


def test_a_value_that_does_not_fit_is_named_by_its_version() -> None:
    with pytest.raises(InputError, match="in the version of adult_age from 1990-01-01 on"):
        _reader(adult_age=AGES).read({"fact": "alone", "is": {"parameter": "adult_age"}})


def test_cures_name_what_there_is() -> None:
    with pytest.raises(InputError, match="a clock whose fact is declared: decision, offence"):
        _reader().parameter("limit", {"versions": [V], "clock": "release"})
    with pytest.raises(InputError, match="a dated parameter: none, since there are none"):
        _reader().read(BY_AGE)
    overlap = [V, {**V, "in_force": _days("2000-01-02")}]
    with pytest.raises(InputError, match="nothing after a version that goes on"):
        _reader().parameter("limit", {"versions": overlap})

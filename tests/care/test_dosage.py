"""Hours of dosage: called for by risk and needs, planned by programmes, given by sessions."""

import json
import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from rehabcore import jurisdictions
from rehabcore.care.needs.dosage import (
    Credit,
    Criminogenic,
    DosagePlan,
    DosagePolicy,
    DosageRow,
    DosageTable,
    DosageTarget,
    Homework,
    WorkDone,
    credited,
    dosage_target,
    planned_dosage,
    work_done,
)
from rehabcore.care.needs.profile import NeedCount, NeedsProfile
from rehabcore.jurisdictions.reading.needs_tables import RnrReader
from rehabcore.programs import Dose, Program
from rehabcore.records import Attendance, Filed, Session
from rehabcore.rules.data.plain import plain_forms
from rehabcore.rules.law.versions import Version, Versions
from rehabcore.rules.sources import Status, Text
from rehabcore.rules.time.partial import PartialDay
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.structure import Codec
from rehabcore.strict.vocabulary import ProgramId, RecordId
from tests.kit.builders import case, day, filed, span
from tests.kit.record_makers import XX, attendance, needs, profiled, session
from tests.kit.refusals import problems_of

MISSING, NEEDS_PERSON = UnknownKind.MISSING, UnknownKind.NEEDS_PERSON
POLICY = XX.rnr_policy.dosage
ON = "2030-06-01"
LEVELS = ("low", "medium", "high")
CASES = Path(__file__).parents[1] / "cases"
VECTORS = json.loads((CASES / "dosage.json").read_text("utf-8"))


def target(risk: str | None, least: int, most: int | None = None, on: str = ON) -> DosageTarget:
    """The target of country ``xx`` for a risk and a number of needs."""
    count = NeedCount(least, least if most is None else most)
    return dosage_target(POLICY, risk, count, on=day(on))


# --- what is called for -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("risk", "least", "most", "hours"),
    [
        ("medium", 1, 1, "100"),
        ("medium", 2, 2, "100"),
        ("medium", 3, 3, "200"),
        ("high", 1, 1, "200"),
        ("high", 2, 2, "200"),
        ("high", 3, 3, "300"),
        ("high", 900, 900, "300"),
        ("medium", 1, 2, "100"),
        ("high", 3, 7, "300"),
    ],
)
def test_the_hours_follow_risk_and_needs(risk: str, least: int, most: int, hours: str) -> None:
    found = target(risk, least, most)
    assert (found.hours, found.unknown) == (Decimal(hours), None)
    assert [citation.source_id for citation in found.cite] == [
        "bourgon-armstrong-2005",
        "sperber-2013",
        "sperber-slides",
    ]
    assert found.status is Status.DRAFT


@pytest.mark.parametrize(
    ("risk", "least", "most", "kind"),
    [
        ("low", 1, 1, NEEDS_PERSON),
        ("low", 3, 3, NEEDS_PERSON),
        ("low", 0, 3, NEEDS_PERSON),
        ("medium", 0, 0, NEEDS_PERSON),
        ("medium", 0, 1, MISSING),
        ("medium", 2, 3, MISSING),
        ("high", 2, 3, MISSING),
        (None, 1, 1, MISSING),
        (None, 0, 0, NEEDS_PERSON),
    ],
    ids=[
        *("no-figure", "no-figure-for-many", "no-figure-whatever-the-needs", "no-needs"),
        *("perhaps-no-needs", "few-or-many", "few-or-many-at-high", "unknown-risk"),
        "unknown-risk-no-needs",
    ],
)
def test_no_figure_is_made_up(risk: str | None, least: int, most: int, kind: UnknownKind) -> None:
    found = target(risk, least, most)
    assert (found.hours, found.unknown) == (None, kind)


@pytest.mark.parametrize(
    ("on", "hours"), [("2013-12-31", None), ("2014-01-01", 100), ("2014-01-02", 100)]
)
def test_the_figures_hold_from_a_day(on: str, hours: int | None) -> None:
    found = target("medium", 1, on=on)
    assert found.hours == hours
    assert found.unknown is (NEEDS_PERSON if hours is None else None)


def test_each_day_has_the_figures_of_its_version_and_a_declared_gap_has_none() -> None:
    def version(start: str, end: str, hours: str | None) -> Version[DosageTable]:
        rows = (DosageRow(risk="low", needs_from=0, hours=Decimal(hours or 0)),)
        table = DosageTable(levels=LEVELS, rows=rows)
        return Version(in_force=span(start, end), value=table if hours else None)

    listed = (
        version("2020-01-01", "2021-01-01", "10"),
        version("2021-01-01", "2022-01-01", None),
        version("2022-01-01", "2023-01-01", "20"),
    )
    policy = evolve(POLICY, targets=Versions(name="dosage", versions=listed))
    days = ("2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01", "2022-01-01", "2023-01-01")
    found = [dosage_target(policy, "low", NeedCount(0, 0), on=day(on)) for on in days]
    assert [each.hours for each in found] == [None, 10, 10, None, 20, None]
    assert [each.unknown for each in found].count(NEEDS_PERSON) == 3


def test_a_risk_that_is_the_same_whatever_it_is_does_no_harm() -> None:
    rows = tuple(DosageRow(risk=r, needs_from=0, hours=Decimal(50)) for r in LEVELS)
    table = DosageTable(levels=LEVELS, rows=rows)
    versions = (Version(in_force=span("2020-01-01"), value=table),)
    policy = evolve(POLICY, targets=Versions(name="dosage", versions=versions))
    assert dosage_target(policy, None, NeedCount(0, 9), on=day(ON)).hours == 50


def test_a_level_of_risk_that_the_country_does_not_have_is_refused() -> None:
    assert problems_of(lambda: target("extreme", 1)) == [("unknown_value", "risk")]


@pytest.mark.parametrize("country", ["ge", "ge-example"])
def test_georgia_publishes_no_figures_and_a_person_has_to_say_them(country: str) -> None:
    policy = jurisdictions.load(country).rnr_policy.dosage
    assert policy == DosagePolicy()


def test_a_country_without_figures_answers_nothing() -> None:
    policy = evolve(POLICY, targets=None)
    found = dosage_target(policy, "high", NeedCount(3, 3), on=day(ON))
    assert found == DosageTarget(unknown=NEEDS_PERSON)


# --- tables that are refused --------------------------------------------------------------

Rows = list[tuple[str, int, int]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("low", 0, 10), ("medium", 0, 10), ("high", 0, 10)], []),
        ([("high", 0, 30), ("low", 0, 10)], []),
        ([("low", 3, 30), ("high", 1, 20), ("high", 3, 30)], []),
        ([], [("empty_group", "rows")]),
        ([("x", 0, 10)], [("unknown_value", "rows[0].risk")]),
        ([("low", 0, 10), ("low", 0, 10)], [("repeated_item", "rows[1].needs_from")]),
        ([("low", 0, 10), ("low", 1, 9)], [("out_of_range", "rows")]),
        ([("low", 0, 10), ("medium", 0, 9)], [("out_of_range", "rows")]),
        ([("low", 0, 10), ("high", 0, 9)], [("out_of_range", "rows")]),
        ([("low", 3, 30), ("high", 1, 20)], [("out_of_range", "rows")]),
        ([("low", 1, 20), ("high", 3, 10)], [("out_of_range", "rows")]),
    ],
    ids=[
        *("level", "a-level-left-out", "thresholds-differ", "none", "no-such-level", "twice"),
        *("falls-with-needs", "falls-with-risk", "falls-past-a-gap"),
        *("falls-where-only-one-row-reaches", "falls-at-the-later-threshold"),
    ],
)
def test_a_table_never_calls_for_less_where_more_is_needed(
    rows: Rows, expected: list[tuple[str, str]]
) -> None:
    made = tuple(DosageRow(risk=r, needs_from=n, hours=Decimal(h)) for r, n, h in rows)
    found: list[tuple[str, str]] = []
    try:
        DosageTable(levels=LEVELS, rows=made)
    except InputError as error:
        found = [(problem.code, problem.path) for problem in error.problems]
    assert found == expected


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (
            lambda: DosageRow(risk="low", needs_from=-1, hours=Decimal(-1)),
            ["needs_from", "hours"],
        ),
        (
            lambda: DosageRow(risk="low", needs_from=1001, hours=Decimal(10001)),
            ["needs_from", "hours"],
        ),
        (lambda: DosageRow(risk="low", needs_from=1000, hours=Decimal(10000)), []),
        (lambda: Homework(minutes=-1), ["minutes"]),
        (lambda: WorkDone(domains=frozenset({"work"}), on=day(ON), minutes=1441), ["minutes"]),
        (lambda: WorkDone(domains=frozenset({"work"}), on=day(ON), minutes=1440), []),
        (lambda: Criminogenic(domains=frozenset(), count_from="some"), ["domains"]),
        (lambda: evolve(POLICY, criminogenic=None), ["criminogenic"]),
        (lambda: DosagePolicy(homework=Homework(minutes=30)), ["criminogenic"]),
        (DosagePolicy, []),
    ],
)
def test_figures_are_within_limits(make: Any, expected: list[str]) -> None:
    found: list[str] = []
    try:
        make()
    except InputError as error:
        found = [problem.path for problem in error.problems]
    assert found == expected


# --- what is planned ----------------------------------------------------------------------


def program(program_id: str, hours: str | None, *serves: str, dose: bool = True) -> Program:
    """A programme of so many hours."""
    given = None if hours is None else Decimal(hours)
    return Program(
        program_id=ProgramId(program_id),
        kind=XX.programs[0].kind,
        title=Text.of(en=program_id),
        area="thinking",
        serves=frozenset(serves),
        dose=Dose(hours=given) if dose else None,
    )


@pytest.mark.parametrize(
    ("programs", "planned", "unstated", "enough", "shortfall"),
    [
        ([], 0, (), Answer.NOT_MET, 200),
        ([program("a", "200", "work")], 200, (), Answer.MET, 0),
        ([program("a", "199.5", "work")], "199.5", (), Answer.NOT_MET, "0.5"),
        ([program("a", "250", "work")], 250, (), Answer.MET, 0),
        (
            [program("a", "150", "work"), program("b", "50", "attitudes", "work")],
            200,
            (),
            Answer.MET,
            0,
        ),
        ([program("a", "200", "housing")], 0, (), Answer.NOT_MET, 200),
        ([program("a", "200")], 0, (), Answer.NOT_MET, 200),
        ([program("a", None, "work")], 0, ("a",), Answer.UNKNOWN, 200),
        ([program("a", None, "work", dose=False)], 0, ("a",), Answer.UNKNOWN, 200),
        (
            [program("a", None, "work"), program("b", "200", "work")],
            200,
            ("a",),
            Answer.MET,
            0,
        ),
        ([program("a", None, "housing")], 0, (), Answer.NOT_MET, 200),
    ],
    ids=[
        *("nothing", "just-enough", "a-little-short", "more-than-enough", "two-programmes"),
        *("for-another-need", "for-no-need", "hours-not-stated", "no-dose"),
        *("enough-without-the-unstated", "unstated-for-another-need"),
    ],
)
def test_a_plan_says_what_is_missing_of_the_target(
    programs: list[Program], planned: Any, unstated: Any, enough: Answer, shortfall: Any
) -> None:
    aim = target("high", 1)
    assert planned_dosage(POLICY, aim, programs) == DosagePlan(
        target=aim,
        planned=Decimal(planned),
        unstated=unstated,
        enough=enough,
        shortfall=Decimal(shortfall),
    )


def test_without_a_target_nobody_knows_whether_the_plan_is_enough() -> None:
    found = planned_dosage(POLICY, target("low", 1), [program("a", "40", "work")])
    assert (found.planned, found.enough, found.shortfall) == (Decimal(40), Answer.UNKNOWN, None)


def test_a_country_that_says_nothing_plans_nothing() -> None:
    found = planned_dosage(DosagePolicy(), DosageTarget(unknown=NEEDS_PERSON), XX.programs)
    assert (found.planned, found.unstated, found.enough) == (Decimal(0), (), Answer.UNKNOWN)


def test_the_programmes_of_the_fictional_country_leave_a_shortfall() -> None:
    found = planned_dosage(POLICY, target("medium", 1), XX.programs[:1])
    assert (found.planned, found.shortfall) == (Decimal(40), Decimal(60))
    assert found.enough is Answer.NOT_MET


# --- what was given -----------------------------------------------------------------------

PERSON = profiled(
    needs("n", "2030-01-01", findings={"attitudes": "some", "work": "none", "housing": "high"})
)
"""Attitudes are a need, work is none, housing is no criminogenic one, substance use is unknown."""


def _always(_: date) -> NeedsProfile:
    return PERSON


def _work(domain: str, minutes: int | None = None) -> WorkDone:
    return WorkDone(domains=frozenset({domain}), on=day(ON), minutes=minutes)


@pytest.mark.parametrize(
    ("sessions", "homework", "minutes", "unsure"),
    [
        ([], [], 0, 0),
        ([("attitudes", 45)], [], 45, 0),
        ([("attitudes", 45), ("attitudes", 45)], ["attitudes"], 120, 0),
        ([("work", 60)], ["work"], 0, 0),
        ([("housing", 60)], ["housing"], 0, 0),
        ([("substance_use", 60)], ["substance_use"], 0, 90),
        ([("substance_use", 60), ("attitudes", 10)], ["attitudes", "work"], 40, 60),
    ],
    ids=[
        *("nothing", "a-session", "sessions-and-homework", "no-need", "no-criminogenic-need"),
        *("need-not-known", "some-of-each"),
    ],
)
def test_only_work_on_criminogenic_needs_of_the_person_counts(
    sessions: list[tuple[str, int]], homework: list[str], minutes: int, unsure: int
) -> None:
    done = [_work(domain, number) for domain, number in sessions]
    done += [_work(domain) for domain in homework]
    expected = Credit(minutes=minutes, unsure_minutes=unsure)
    assert credited(POLICY, _always, done) == expected
    assert credited(POLICY, _always, done[::-1]) == expected


def test_work_on_several_domains_counts_if_one_of_them_is_a_need() -> None:
    both = WorkDone(domains=frozenset({"work", "attitudes"}), on=day(ON), minutes=60)
    perhaps = WorkDone(domains=frozenset({"work", "substance_use"}), on=day(ON), minutes=30)
    found = credited(POLICY, _always, [both, perhaps])
    assert found == Credit(minutes=60, unsure_minutes=30)


def test_work_is_credited_by_the_needs_of_its_own_day() -> None:
    """A need that was lowered since still counts on the days on which it was one."""
    lowered = profiled(needs("n", "2030-01-01", findings={"attitudes": "none", "work": "none"}))
    later = day("2030-09-01")
    done = [_work("attitudes", 45), evolve(_work("attitudes", 45), on=later)]
    found = credited(POLICY, lambda on: lowered if on == later else PERSON, done)
    assert found == Credit(minutes=45, unsure_minutes=0)


def test_hours_are_exact() -> None:
    assert Credit(minutes=20, unsure_minutes=0).hours == Fraction(1, 3)


@pytest.mark.parametrize(
    ("policy", "homework", "expected"),
    [
        (DosagePolicy(), [], NEEDS_PERSON),
        (evolve(POLICY, homework=None), ["attitudes"], NEEDS_PERSON),
        (evolve(POLICY, homework=None), [], Credit(minutes=45, unsure_minutes=0)),
    ],
    ids=["nothing-stated", "homework-not-stated", "homework-not-done"],
)
def test_a_country_that_does_not_say_what_counts_credits_nothing(
    policy: DosagePolicy, homework: list[str], expected: Any
) -> None:
    done = [_work("attitudes", 45), *map(_work, homework)]
    assert credited(policy, _always, done) == expected


def test_work_on_no_domain_of_the_country_is_refused() -> None:
    done = [_work("attitudes", 45), _work("x", 45), _work("y")]
    assert problems_of(lambda: credited(POLICY, _always, done)) == [
        ("unknown_value", "work[1].domains"),
        ("unknown_value", "work[2].domains"),
    ]


# --- what is on file of it ------------------------------------------------------------------


def _done(*records: Any) -> list[tuple[str, int | None]]:
    file = case(
        sessions=tuple(r for r in records if isinstance(r, Session)),
        attendances=tuple(r for r in records if isinstance(r, Attendance)),
    )
    served = [program("thinking_skills", None, "attitudes"), program("drop_in", None, "work")]
    found = work_done(file, served)
    assert all(len(one.domains) == 1 for one in found)
    return [(f"{one.on} {min(one.domains)}", one.minutes) for one in found]


HELD = session("s", "2030-01-08", minutes=90)
TOLD = [("2030-01-08 attitudes", 90)]


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], []),
        ([HELD], []),
        ([HELD, attendance("a", "s")], TOLD),
        ([HELD, attendance("a", "s", "late", minutes=75)], [("2030-01-08 attitudes", 75)]),
        ([HELD, attendance("a", "s", "absent_acceptable")], []),
        ([HELD, attendance("a", "s", "did_not_engage", minutes=90)], []),
        ([evolve(HELD, minutes=None), attendance("a", "s")], []),
        ([evolve(HELD, minutes=None), attendance("a", "s", minutes=30)], [(TOLD[0][0], 30)]),
        ([evolve(HELD, held=False), attendance("a", "s", source="b")], []),
        ([evolve(HELD, program_id=ProgramId("work_start")), attendance("a", "s")], []),
        ([evolve(HELD, day=PartialDay(day("2030-01-01"))), attendance("a", "s")], []),
    ],
    ids=[
        *("nothing", "nobody-told", "attended", "late", "absent", "did-not-engage"),
        *("of-unknown-length", "length-of-the-attendance", "not-held", "another-programme"),
        "on-an-unknown-day",
    ],
)
def test_sessions_on_file_give_the_minutes_that_were_attended(
    records: list[Any], expected: list[tuple[str, int]]
) -> None:
    assert _done(*records) == expected


def test_sessions_of_one_day_are_added_up_and_days_follow_each_other() -> None:
    again = session("t", "2030-01-08", minutes=30)
    earlier = session("u", "2030-01-07", "drop_in", minutes=60)
    told = [attendance(f"a-{own}", own) for own in "stu"]
    assert _done(HELD, again, earlier, *told) == [
        ("2030-01-07 work", 60),
        ("2030-01-08 attitudes", 120),
    ]


def test_what_several_offices_tell_counts_once_and_with_the_fewest_minutes() -> None:
    told = (attendance("a", "s"), attendance("b", "s", minutes=80, source="b"))
    assert _done(HELD, *told) == [("2030-01-08 attitudes", 80)]
    absent = attendance("b", "s", "absent_unacceptable", source="b")
    assert _done(HELD, told[0], absent) == []
    theirs = session("t", "2030-01-08", minutes=60, source="b")
    assert _done(HELD, theirs, told[0], attendance("c", "t", source="b")) == TOLD
    same = evolve(session("t", "2030-01-09", source="b"), filed=_same_as("t", "s"))
    assert _done(HELD, same, told[0], attendance("c", "t", source="b")) == TOLD


def _same_as(record_id: str, other: str) -> Filed:
    return evolve(filed(record_id, source="b"), same_as=RecordId(other))


# --- vectors ------------------------------------------------------------------------------


def _of_tool(tool: str) -> list[Any]:
    found = [vector for vector in VECTORS if vector["tool"] == tool]
    return [pytest.param(vector, id=vector["id"]) for vector in found]


@pytest.mark.parametrize("vector", _of_tool("DOSAGE_CREDIT"))
def test_vectors_of_credit(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    done = [_work("attitudes", minutes) for minutes in inputs["session_minutes"]]
    done += [_work("attitudes")] * inputs["homework_assignments"]
    found = credited(POLICY, _always, done)
    assert isinstance(found, Credit)
    assert found.hours == Fraction(vector["expected"]["hours"])


@pytest.mark.parametrize("vector", _of_tool("DOSAGE"))
def test_vectors_of_targets_that_no_source_in_hand_states(vector: dict[str, Any]) -> None:
    reader = RnrReader(
        codec=Codec(plain_forms(dates_are_objects=True), dates_are_objects=True),
        sources={},
        risk_levels=("low", "moderate", "moderate_high", "high"),
    )
    table = tomllib.loads((CASES / "dosage_by_level.toml").read_text("utf-8"))
    policy = reader.read(table).dosage
    found = dosage_target(policy, vector["inputs"]["risk"], NeedCount(1, 4), on=day(ON))
    assert found.hours == vector["expected"]["target_hours"]
    assert found.status is Status.DRAFT

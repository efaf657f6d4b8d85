"""What a case file says of needs and risks on a day, and what follows: stored, told, planned."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.__main__ import main
from rehabcore.care.needs import NeedCount, RnrPolicy
from rehabcore.care.needs.dosage import DosageTarget
from rehabcore.care.needs.risks import RiskSeen
from rehabcore.care.needs.sequence import SequencePolicy
from rehabcore.casework.plan_results import PlanResult
from rehabcore.casework.results import NeedsResult
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.programs import Dose
from rehabcore.records import CaseFile, NeedsAssessment
from rehabcore.reports import Format, explain
from rehabcore.rules.time.days import OPEN
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import case, day, some_day
from tests.kit.record_makers import XX, death, needs, override, resolution, risk

NEEDS_PERSON, MISSING = UnknownKind.NEEDS_PERSON, UnknownKind.MISSING
ON = "2026-06-01"
KNOWN = needs(
    "n", "2026-01-01", findings={"substance_use": "high", "attitudes": "some", "work": "none"}
)
HIGH = risk("r", "high", "2026-05-01")
SILENT = evolve(XX, rnr_policy=RnrPolicy())
UNPLACED = evolve(
    XX,
    rnr_policy=evolve(
        XX.rnr_policy, sequence=SequencePolicy(classes=XX.rnr_policy.sequence.classes[:1])
    ),
)
BUNDLED = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
LATER = day("2026-11-16")


def _case(*risks: Any, **records: Any) -> CaseFile:
    return case(**{"needs_assessments": (KNOWN,), "risk_assessments": risks} | records)


def _seen(file: CaseFile, country: Jurisdiction = XX, on: str = ON, **asked: Any) -> NeedsResult:
    return casework.needs(file, country, on=day(on), **asked)


# --- what is known ------------------------------------------------------------------------


def test_every_domain_is_there_also_what_was_not_assessed() -> None:
    profile = _seen(_case(HIGH)).profile
    assert [(need.domain, need.level) for need in profile.needs] == [
        ("substance_use", "high"),
        ("attitudes", "some"),
        ("work", "none"),
        ("housing", None),
    ]
    assert profile.not_assessed == ("housing",)


def test_risk_that_nobody_assessed_is_missing() -> None:
    assert _seen(_case()).risks == (RiskSeen(unknown=MISSING),)


def test_risks_are_the_one_overall_then_those_of_assessed_domains_in_their_order() -> None:
    work, drugs = (risk(d, "low", ON, domain=d) for d in ("work", "substance_use"))
    assert [(seen.domain, seen.level) for seen in _seen(_case(work, drugs, HIGH)).risks] == [
        (None, "high"),
        ("substance_use", "low"),
        ("work", "low"),
    ]


def test_what_was_decided_stands_beside_what_was_assessed() -> None:
    lowered = override("o", "r", "medium", "2026-05-02", "2026-07-01", by="head-1")
    seen = _seen(_case(HIGH, level_overrides=(lowered,))).risk
    (said,) = seen.said
    assert (seen.level, seen.evidence) == ("medium", ("o", "r"))
    assert (said.level, said.applies, said.until) == ("high", "medium", day("2026-07-01"))
    assert said.decided is not None
    assert (said.decided.record_id, said.decided.decided_by, said.decided.reason) == (
        "o",
        "head-1",
        "known_threat",
    )
    assert "head-1" not in repr(said)


@pytest.mark.parametrize(
    ("on", "level", "until", "decided"),
    [
        ("2026-05-01", "high", day("2026-05-02"), False),
        ("2026-05-02", "medium", day("2026-07-01"), True),
        ("2026-06-30", "medium", day("2026-07-01"), True),
        ("2026-07-01", "high", OPEN, False),
    ],
)
def test_an_override_is_told_on_its_days_only(
    on: str, level: str, until: object, decided: bool
) -> None:
    lowered = override("o", "r", "medium", "2026-05-02", "2026-07-01")
    (said,) = _seen(_case(HIGH, level_overrides=(lowered,)), on=on).risk.said
    assert (said.applies, said.until, said.decided is not None) == (level, until, decided)


def test_an_override_that_goes_too_far_says_why_no_level_counts() -> None:
    too_far = override("o", "r", "low", "2026-05-02")
    seen = _seen(_case(HIGH, level_overrides=(too_far,))).risk
    assert (seen.level, seen.unknown) == (None, NEEDS_PERSON)
    assert [(said.applies, said.unknown) for said in seen.said] == [(None, NEEDS_PERSON)]


def test_a_resolution_is_told_of_each_assessment_in_dispute() -> None:
    low = risk("q", "low", "2026-05-01", instrument="other")
    settled = resolution("s", ["q", "r"], "high", "2026-05-02")
    seen = _seen(_case(HIGH, low, resolutions=(settled,))).risk
    assert seen.level == "high"
    assert [(s.level, s.applies, s.decided is not None) for s in seen.said] == [
        ("low", "high", True),
        ("high", "high", True),
    ]


def test_what_is_due_is_due_also_when_it_is_overdue_or_not_known() -> None:
    assert _seen(_case(HIGH)).risk.reassess_by == day("2026-08-01")
    assert _seen(_case(HIGH), on="2026-09-01").risk.reassess_by == day("2026-08-01")
    assert _seen(_case()).risk.reassess_by is None


def test_only_what_was_known_by_then_counts() -> None:
    later = evolve(HIGH, filed=evolve(HIGH.filed, recorded_on=day("2026-06-02")))
    for known_at, level in (("2026-06-01", None), ("2026-06-02", "high")):
        result = _seen(_case(later), on="2026-06-02", known_at=day(known_at))
        assert (result.risk.level, result.grounds.stamp.known_at) == (level, day(known_at))


def test_a_case_file_with_a_level_that_the_country_does_not_know_is_refused_if_strict() -> None:
    file = _case(risk("r", "no_such_level", "2026-01-01"))
    with pytest.raises(InputError):
        _seen(file, strict=True)
    seen = _seen(file)
    assert (seen.risk.level, seen.risk.unknown) == (None, NEEDS_PERSON)
    assert [one.code for one in seen.grounds.set_aside] == ["unknown_value"]


# --- what follows -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("risks", "records", "count", "hours", "unknown"),
    [
        ((HIGH,), {}, NeedCount(2, 2), Decimal(200), None),
        ((), {}, NeedCount(2, 2), None, MISSING),
        ((HIGH,), {"needs_assessments": ()}, NeedCount(0, 3), None, MISSING),
        ((risk("r", "low", ON),), {}, NeedCount(2, 2), None, NEEDS_PERSON),
    ],
    ids=["known", "risk-unknown", "needs-unknown", "no-figure"],
)
def test_hours_follow_from_the_risk_overall_and_the_needs_that_count(
    risks: tuple[Any, ...],
    records: dict[str, Any],
    count: NeedCount,
    hours: Decimal | None,
    unknown: UnknownKind | None,
) -> None:
    result = _seen(_case(*risks, **records))
    assert (result.count, result.target.hours, result.target.unknown) == (count, hours, unknown)


def test_the_risk_of_a_domain_calls_for_no_hours() -> None:
    result = _seen(_case(risk("r", "high", ON, domain="substance_use")))
    assert result.target.unknown is MISSING


def test_a_country_that_states_nothing_orders_nothing_and_counts_nothing() -> None:
    result = _seen(_case(HIGH), SILENT)
    assert (result.count, result.turns, result.grounds.programs) == (None, (), ())
    assert result.target == DosageTarget(unknown=NEEDS_PERSON)
    plan = casework.plan(_case(HIGH), SILENT, on=day(ON)).draft
    assert (plan.dosage, plan.turns) == (None, ())


def test_programmes_stand_in_their_order_and_wait_for_what_may_be_open() -> None:
    turns = {turn.program_id: turn for turn in _seen(_case(HIGH)).turns}
    assert [program.program_id for program in XX.programs] != list(turns)
    assert set(turns) == {program.program_id for program in XX.programs}
    assert turns[ProgramId("thinking_skills")].unclear == ("housing",)


def test_no_group_may_start_after_the_day_of_death() -> None:
    file = _case(HIGH, deaths=(death("d", "2026-06-01"),))
    dead = _seen(file)
    assert (dead.died, dead.turns, dead.profile) == (True, (), _seen(_case(HIGH)).profile)
    assert "The person has died: no programme is open." in explain(dead)
    assert exchange.read(exchange.write(dead), NeedsResult) == dead
    alive = _seen(file, on="2026-05-31")
    assert (alive.died, bool(alive.turns)) == (False, True)
    assert "has died" not in explain(alive)


# --- plans --------------------------------------------------------------------------------


def _planned(housing: str | None = None, country: Jurisdiction = XX) -> PlanResult:
    """The plan of the bundled person, to whom two programmes are open."""
    found = () if housing is None else (_homes(housing),)
    file = evolve(BUNDLED, needs_assessments=(*BUNDLED.needs_assessments, *found))
    return casework.plan(file, country, on=LATER)


def _homes(level: str) -> NeedsAssessment:
    return needs("h", "2026-03-01", instrument="needs-2", findings={"housing": level})


def test_a_plan_says_how_far_its_hours_fall_short() -> None:
    dosage = _planned("none").draft.dosage
    assert dosage is not None
    assert dosage.target.hours == Decimal(200)
    assert (dosage.planned, dosage.shortfall) == (Decimal(40), Decimal(160))
    assert (dosage.enough, dosage.unstated) == (Answer.UNKNOWN, ("drop_in", "work_start"))


def test_a_plan_without_programmes_falls_short_by_everything() -> None:
    nothing = evolve(XX, programs=())
    dosage = _planned("none", nothing).draft.dosage
    assert dosage is not None
    assert (dosage.planned, dosage.shortfall) == (Decimal(0), Decimal(200))
    assert dosage.enough is Answer.NOT_MET


@pytest.mark.parametrize(
    ("housing", "answer", "held_up_by", "unclear"),
    [
        ("none", Answer.MET, (), ()),
        ("some", Answer.MET, (), ()),
        (None, Answer.UNKNOWN, (), ("housing",)),
        ("high", Answer.NOT_MET, ("housing",), ()),
    ],
)
def test_a_plan_says_which_of_its_groups_have_to_wait(
    housing: str | None, answer: Answer, held_up_by: tuple[str, ...], unclear: tuple[str, ...]
) -> None:
    turns = {turn.program_id: turn for turn in _planned(housing).draft.turns}
    group, alone = (turns[ProgramId(name)] for name in ("thinking_skills", "drop_in"))
    assert (group.answer, group.held_up_by, group.unclear) == (answer, held_up_by, unclear)
    assert alone.answer is Answer.MET


def test_turns_are_those_of_the_programmes_to_decide_on() -> None:
    draft = _planned("high").draft
    assert {turn.program_id for turn in draft.turns} == {*draft.programs}


# --- stored and told ----------------------------------------------------------------------


WORK = risk("w", None, "2026-05-01", "2026-07-01", domain="work")
TOO_FAR = override("o", "r", "low", "2026-05-02", "2026-07-01")
LOWERED = evolve(TOO_FAR, level="medium")
OUTSIDE = evolve(HIGH, remarks=("outside_population",))
TOLD: dict[str, NeedsResult] = {
    "nothing": _seen(case()),
    "plain": _seen(_case(HIGH)),
    "lowered": _seen(_case(OUTSIDE, WORK, level_overrides=(LOWERED,))),
    "too far": _seen(_case(HIGH, level_overrides=(TOO_FAR,)), on="2026-06-30"),
    "silent": _seen(_case(HIGH), SILENT),
    "unplaced": _seen(_case(HIGH), UNPLACED, on="2026-09-01"),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_stored_is_read_back(name: str) -> None:
    assert exchange.read(exchange.write(TOLD[name]), NeedsResult) == TOLD[name]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("nothing", "? Housing: no record says it"),
        ("nothing", "? risk overall: no record says it"),
        ("nothing", "  ? when it is to be assessed anew is not known"),
        ("nothing", "? needs that bear on reoffending: from 0 to 3, as far as is known"),
        (
            "nothing",
            "? how many are called for is not known: no record says it (source:"
            " bourgon-armstrong-2005, sperber-2013, sperber-slides; draft)",
        ),
        ("plain", "- Substance use: high need; on record n"),
        ("plain", "- risk overall: high; on record r"),
        ("plain", "  - risk-1, r: high (assessed on 2026-05-01)"),
        ("plain", "  - to be assessed anew by 2026-08-01"),
        ("plain", "- needs that bear on reoffending: 2"),
        (
            "lowered",
            "  - risk-1, r: high (assessed on 2026-05-01; what counts is: medium; decided by a"
            " person on record o: known_threat; until the day before 2026-07-01; to be known of it:"
            " outside_population)",
        ),
        ("lowered", "? risk in Work and education: a person has to judge; on record w"),
        (
            "lowered",
            "  - risk-1, w: no level (assessed on 2026-05-01; a person has to judge; until the day"
            " before 2026-07-01)",
        ),
        (
            "too far",
            "  - risk-1, r: high (assessed on 2026-05-01; a person has to judge; decided by a"
            " person on record o: known_threat; until the day before 2026-07-01)",
        ),
        ("silent", "? how many are called for is not known: a person has to judge"),
        ("unplaced", "  - was to be assessed anew by 2026-08-01"),
        (
            "unplaced",
            "? Drop-in counselling: whether a group may start is not known; no class is stated for"
            " it",
        ),
    ],
)
def test_what_is_known_is_told_with_what_it_rests_on(name: str, line: str) -> None:
    assert line in explain(TOLD[name]).splitlines()


def test_who_decided_is_not_told() -> None:
    assert "head" not in explain(TOLD["lowered"])


def test_of_the_sources_only_those_are_listed_that_state_the_hours() -> None:
    told = explain(TOLD["plain"])
    listed = told[told.index("From everything on file.") :].splitlines()[1:]
    assert [line.partition(":")[0] for line in listed] == [
        "- bourgon-armstrong-2005",
        "- sperber-2013",
        "- sperber-slides",
    ]


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("language", ["en", "ka"])
def test_every_form_and_language_tells_it(form: Format, language: str) -> None:
    assert "200" in explain(TOLD["plain"], form=form, language=language)


@pytest.mark.parametrize(
    ("housing", "line"),
    [
        (
            None,
            "? Thinking skills: whether a group may start is not known; may have to wait for:"
            " Housing",
        ),
        ("high", "x Thinking skills: no group may start yet; waits for: Housing"),
        ("none", "+ Thinking skills: a group may start"),
        ("none", "- stated for the programmes to decide on: 40"),
        ("none", "? short of what is called for: 160"),
        ("none", "? no source states the hours of: Drop-in counselling, A start at work"),
    ],
)
def test_a_plan_tells_its_hours_and_its_order(housing: str | None, line: str) -> None:
    assert line in explain(_planned(housing)).splitlines()


def test_a_plan_that_reaches_its_hours_tells_no_shortfall() -> None:
    long = tuple(evolve(p, dose=Dose(hours=Decimal(200))) for p in XX.programs)
    told = explain(_planned("none", evolve(XX, programs=long)))
    assert "short of" not in told
    assert "no source states the hours" not in told


def test_the_command_gives_what_the_verb_gives(capsys: pytest.CaptureFixture[str]) -> None:
    name = "bundled:xx/therapeutic-community"
    command = ["needs", name, "--jurisdiction", "xx", "--on", LATER.isoformat()]
    assert main([*command, "--format", "json"]) == 0
    result = casework.needs(BUNDLED, XX, on=LATER)
    assert exchange.read(capsys.readouterr().out, NeedsResult) == result
    assert main([*command, "--known-at", "2026-01-01"]) == 0
    assert "? risk overall: no record says it" in capsys.readouterr().out.splitlines()


def test_an_assessment_of_which_only_the_month_is_known_is_told_as_one_in_that_month() -> None:
    risk_in_may = evolve(HIGH, assessed_on=some_day("2026-05"))
    seen = _seen(_case(risk_in_may))
    assert [said.assessed_on for said in seen.risks[0].said] == [some_day("2026-05")]
    assert "(assessed in 2026-05)" in explain(seen)
    assert exchange.read(exchange.write(seen), NeedsResult) == seen

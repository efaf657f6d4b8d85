"""Every law of one version finds the plan that breaks it, and no other law does."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from rehabcore.care.needs.dosage import DosageTarget
from rehabcore.care.needs.groups import MixingOverride
from rehabcore.care.needs.profile import NeedSeen
from rehabcore.care.needs.sequence import SequencePolicy
from rehabcore.care.plans.laws.checking import CONTENT_CHECKS, check_content, plan_laws
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.laws.law import Breach, LawFinding, LawKind, PlanLaw
from rehabcore.plans import (
    Deferral,
    GoalKind,
    HoursShort,
    NeedRefused,
    PlanContent,
    PlanGoal,
    PlannedSession,
    PlanQuestion,
)
from rehabcore.rules.facts import NEVER
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.time.partial import between
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import (
    Basis,
    GoalId,
    ItemId,
    Modality,
    ProgramId,
    RecordId,
    StaffId,
    StepId,
)
from tests.kit.plan_grounds import ACUTE, PEERS, UNKNOWN, grounds, profile, program
from tests.kit.plans import DAY, content, goal, item, step, words

LATER = date(2027, 6, 1)
QUESTION = PlanQuestion(
    question_id="place",
    program_ids=(ProgramId("course"),),
    fact="place",
    asks="officer",
    goals=(GoalId("peers"),),
)
SETTLED = PlanGoal(
    goal_id=GoalId("housing"),
    kind=GoalKind.NEED,
    title=words("A home"),
    needs=("housing",),
    target=date(2026, 12, 1),
    steps=(evolve(step(), step_id=StepId("housing/find"), due=None),),
)
SERVED_LATER = {"goals": (goal(), SETTLED)}


def _items(**changes: Any) -> dict[str, Any]:
    return {"items": (evolve(item(), **changes),)}


def _sessions(*sessions: PlannedSession) -> dict[str, Any]:
    return _items(sessions=sessions)


def _session(at: str = "10:00", minutes: int | None = 60, day: date = DAY) -> PlannedSession:
    return PlannedSession(day=day, starts_at=at, minutes=minutes)


def _two(**second: Any) -> dict[str, Any]:
    other = evolve(item(), item_id=ItemId("basics"), program_id=ProgramId("basics"), **second)
    return {"items": (item(), other)}


def _weeks_of(hours: int, start: date) -> dict[str, Any]:
    """Two items of so many hours a week, of which the second starts on a day on which one ends."""
    first, second = _two(starts=start)["items"]
    weekly = {"hours_a_week": Decimal(hours)}
    return {"items": (evolve(first, ends=start, **weekly), evolve(second, **weekly))}


def _held(required: list[int], after: list[int]) -> dict[str, Any]:
    """Two items of the same span, with sessions so many days after its start."""
    basics, course = (
        tuple(_session(at, day=DAY + timedelta(number)) for number in numbers)
        for at, numbers in (("08:00", required), ("10:00", after))
    )
    first, second = _two(sessions=basics, hours_a_week=None)["items"]
    return {"items": (evolve(first, sessions=course, hours_a_week=None), second)}


def test_the_small_plan_breaks_no_law() -> None:
    assert check_content(content(), grounds()) == ()


REQUIRES = {
    ProgramId("course"): program("course", "peers", after=("basics",)),
    ProgramId("basics"): program("basics", "work"),
}

SHORT = {RecordId("c-1"): Span(DAY, LATER - timedelta(1))}
EITHER = {
    ProgramId("course"): evolve(program("course", "peers"), modality=frozenset(Modality)),
}
IN_GROUPS = {
    ProgramId("course"): evolve(program("course", "peers"), modality=frozenset({Modality.GROUP}))
}


def _assessed_by(day: date) -> dict[str, Any]:
    """The goal, and one to assess housing by the end of a day."""
    return {"goals": (goal(), evolve(SETTLED, kind=GoalKind.ASSESSMENT, target=day))}


BROKEN: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    # P1: needs that nobody assessed
    (
        "P1",
        {
            "goals": (evolve(goal(), needs=("money",)),),
            "deferrals": (Deferral(need="peers", reason="x", until=LATER),),
        },
        {},
        ["goals[0].needs"],
    ),
    # P2
    ("P2", {"goals": (evolve(goal(), needs=("work",)),)}, {}, ["needs.peers"]),
    (
        "P2",
        {
            "goals": (evolve(goal(), needs=("work",)),),
            "deferrals": (Deferral(need="peers", reason="x"),),
        },
        {},
        ["needs.peers"],
    ),
    # a need that was put off until now is put off no longer
    (
        "P2",
        {
            "goals": (evolve(goal(), needs=("work",)),),
            "deferrals": (Deferral(need="peers", reason="x", until=DAY),),
        },
        {"on": DAY + timedelta(1)},
        ["needs.peers"],
    ),
    (
        "P2?",
        {},
        {"profile": profile(PEERS, UNKNOWN), "sequence": SequencePolicy()},
        ["needs.housing"],
    ),
    # P7
    (
        "P7",
        {"needs": (evolve(PEERS, assessed_on=LATER),)},
        {},
        ["needs[0].assessed_on"],
    ),
    (
        "P7?",
        {"needs": (evolve(PEERS, assessed_on=between(DAY, LATER)),)},
        {},
        ["needs[0].assessed_on"],
    ),
    (
        "P7",
        {"needs": (evolve(PEERS, assessed_on=between(DAY + timedelta(1), LATER)),)},
        {},
        ["needs[0].assessed_on"],
    ),
    ("P7", {}, {"assessments": {}}, ["needs[0].evidence"]),
    (
        "P7",
        {"needs": (evolve(PEERS, assessed_on=None),)},
        {"assessments": {}},
        ["needs[0].evidence"],
    ),
    ("P7", {}, {"assessments": {"a-1": Span(date(2020, 1, 1), DAY)}}, ["needs[0].evidence"]),
    # P8
    ("P8", {"review_due": date(2027, 11, 17)}, {}, ["review_due"]),
    ("P8", {"review_due": None}, {}, ["review_due"]),
    # P9
    ("P9", _items(ends=date(2027, 12, 3)), {}, ["items[0].ends"]),
    (
        "P9?",
        _items(ends=date(2027, 12, 3)),
        {"sentence_end": between(date(2027, 12, 1), date(2028, 1, 1))},
        ["items[0].ends"],
    ),
    (
        "P9",
        {"goals": (evolve(goal(), steps=(evolve(step(), due=date(2027, 12, 2)),)),)},
        {},
        ["goals[0].steps[0].due"],
    ),
    ("P9", _sessions(_session(day=date(2027, 12, 2))), {}, ["items[0].ends"]),
    # the first day after the sentence is no day of delivery
    ("P9", _sessions(_session(day=date(2027, 12, 1))), {}, ["items[0].ends"]),
    ("P9", _items(starts=date(2027, 12, 1), ends=None), {}, ["items[0].ends"]),
    # nothing goes on after death, aftercare as little as what has no end
    ("P9", _items(aftercare=True), {"died_on": LATER - timedelta(18)}, ["items[0].ends"]),
    ("P9", _items(ends=None), {"died_on": LATER}, ["items[0].ends"]),
    (
        "P9",
        {"items": (), "questions": (QUESTION,)},
        {"died_on": date(2026, 12, 15)},
        ["goals[0].steps[0].due"],
    ),
    (
        "P9?",
        {},
        {"died_on": between(date(2027, 5, 14), LATER)},
        ["items[0].ends"],
    ),
    (
        "P9?",
        _items(ends=date(2027, 12, 3)),
        {"sentence_end": between(date(2027, 12, 1), date(2027, 12, 3))},
        ["items[0].ends"],
    ),
    # P10
    ("P10", _items(ends=None), {"consents": SHORT, "on": LATER}, ["items[0].consent"]),
    ("P10?", _items(ends=LATER), {"consents": SHORT}, ["items[0].consent"]),
    ("P10", _items(consent=None), {}, ["items[0].consent"]),
    ("P10", {}, {"consents": {RecordId("c-1"): Span(date(2020, 1, 1), DAY)}}, ["items[0].consent"]),
    ("P10", _items(basis=Basis.MANDATORY), {}, ["items[0].requirement"]),
    (
        "P10",
        {},
        {"bound_to": {RecordId("c-1"): ProgramId("basics")}},
        ["items[0].consent"],
    ),
    (
        "P10",
        _sessions(_session(day=DAY - timedelta(1)), _session()),
        {},
        ["items[0].consent"],
    ),
    # P12
    ("P12", _items(breach_after=2), {}, ["items[0].breach_after"]),
    # P19
    ("P19", SERVED_LATER, {"profile": profile(PEERS, ACUTE)}, ["items[0].starts"]),
    (
        "P19?",
        {"goals": (goal(), evolve(SETTLED, kind=GoalKind.ASSESSMENT, target=None))},
        {"profile": profile(PEERS, UNKNOWN)},
        ["items[0].starts"],
    ),
    (
        "P19?",
        _assessed_by(DAY + timedelta(9)) | _items(starts=DAY + timedelta(9)),
        {"profile": profile(PEERS, UNKNOWN)},
        ["items[0].starts"],
    ),
    # an assessment settles nothing, and neither does what the programme does not have
    (
        "P19",
        {
            "goals": (
                evolve(goal(), needs=("peers", "housing"), target=None),
                *_assessed_by(DAY - timedelta(1))["goals"][1:],
            )
        },
        {"profile": profile(PEERS, ACUTE)},
        ["items[0].starts"],
    ),
    (
        "P19",
        {**SERVED_LATER, **_items(modality=Modality.INDIVIDUAL)},
        {"profile": profile(PEERS, ACUTE), "programs": IN_GROUPS},
        ["items[0].starts"],
    ),
    (
        "P19",
        {**SERVED_LATER, **_items(enrolment=RecordId("e-1"))},
        {"profile": profile(PEERS, ACUTE), "enrolments": {RecordId("e-1"): ProgramId("basics")}},
        ["items[0].starts"],
    ),
    # P20
    ("P20", {}, {"programs": REQUIRES}, ["items[0].program_id"]),
    ("P20", _two(ends=LATER), {"programs": REQUIRES}, ["items[0].starts"]),
    ("P20", _two(ends=None), {"programs": REQUIRES}, ["items[0].starts"]),
    # the last session of what is required is on the day of the first
    ("P20", _held([8, 1], [9, 8]), {"programs": REQUIRES}, ["items[0].sessions"]),
    ("P20", _held([8, 1], []), {"programs": REQUIRES}, ["items[0].starts"]),
    # P21
    (
        "P21",
        _items(hours_a_week=Decimal(6), ends=date(2026, 11, 24)),
        {},
        ["week of 2026-11-16"],
    ),
    ("P21", _items(hours_a_week=Decimal(6), ends=None), {}, ["week of 2026-11-16"]),
    (
        "P21",
        _items(hours_a_week=Decimal(6), ends=date(2199, 12, 31)),
        {"sentence_end": None},
        ["week of 2026-11-16"],
    ),
    (
        "P21",
        _sessions(_session(minutes=240), _session("15:00", 120)),
        {},
        ["week of 2026-11-16"],
    ),
    (
        "P21",
        _sessions(_session(minutes=100), _session("10:30", 10), _session("11:30")),
        {},
        ["items[0].sessions[1].starts_at", "items[0].sessions[2].starts_at"],
    ),
    (
        "P21",
        _sessions(_session(minutes=None), _session(minutes=None)),
        {},
        ["items[0].sessions[1].starts_at"],
    ),
    # P22
    ("P22", _items(hours=Decimal(39)), {}, ["shortfall"]),
    ("P22", _items(hours=None), {}, ["shortfall"]),
    (
        "P22",
        {
            **_items(hours=Decimal(10)),
            "shortfall": HoursShort(called_for=Decimal(30), planned=Decimal(10), reason="places"),
        },
        {},
        ["shortfall"],
    ),
    (
        "P22",
        {
            **_items(hours=Decimal(10)),
            "shortfall": HoursShort(called_for=Decimal(40), planned=Decimal(11), reason="places"),
        },
        {},
        ["shortfall"],
    ),
    # P24
    ("P24", _items(group_level="high"), {}, ["items[0].group_level"]),
    ("P24?", _items(group_level="high"), {"risk": None}, ["items[0].group_level"]),
    # P25
    (
        "P25",
        {},
        {"of_age": lambda _, day: Answer.MET if day < LATER - timedelta(30) else Answer.NOT_MET},
        ["items[0]"],
    ),
    (
        "P25",
        _sessions(*(_session(day=DAY + timedelta(n)) for n in (0, 1, 2))),
        {"of_age": lambda _, day: Answer.NOT_MET if day == DAY + timedelta(1) else Answer.MET},
        ["items[0]"],
    ),
    ("P25?", _items(ends=None), {"of_age": lambda _, __: Answer.UNKNOWN}, ["items[0]"]),
    # P31
    ("P31", {"goals": (goal(), evolve(SETTLED, steps=()))}, {}, ["goals[1]"]),
]


@pytest.mark.parametrize(("law", "plan", "known", "places"), BROKEN)
def test_a_broken_law_is_found_where_it_is_broken(
    law: str, plan: dict[str, Any], known: dict[str, Any], places: list[str]
) -> None:
    found = check_content(evolve(content(), **plan), evolve(grounds(), **known))
    answer = Answer.UNKNOWN if law.endswith("?") else Answer.NOT_MET
    assert [(one.law_id, one.place, one.answer) for one in found] == [
        (law.rstrip("?"), place, answer) for place in places
    ]


HOLDS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        {
            "refusals": (NeedRefused(need="peers", since=DAY),),
            "goals": (evolve(goal(), needs=("work",)),),
        },
        {},
    ),
    ({"needs": (NeedSeen(domain="peers"),)}, {"assessments": {}}),
    ({"needs": (evolve(PEERS, assessed_on=between(DAY - timedelta(1), DAY)),)}, {}),
    ({"needs": (evolve(PEERS, assessed_on=None),)}, {}),
    ({"review_due": None}, {"review_by": lambda _: None}),
    (_items(ends=date(2027, 12, 3), aftercare=True), {}),
    (_items(ends=None), {}),
    # the first day after the sentence is the last for steps
    (
        {"goals": (evolve(goal(), steps=(evolve(step(), due=date(2027, 12, 1)),)),)}
        | _items(ends=date(2027, 12, 1)),
        {},
    ),
    (_sessions(_session(day=LATER)), {"died_on": LATER}),
    # of a person who died nothing is called for
    (
        {"goals": (), "items": (), "review_due": None},
        {"died_on": DAY, "profile": profile(PEERS, UNKNOWN)},
    ),
    (
        {
            "goals": (evolve(goal(), needs=("work",)),),
            "deferrals": (Deferral(need="peers", reason="x", until=DAY),),
        },
        {},
    ),
    ({}, {"bound_to": {RecordId("c-1"): ProgramId("course")}}),
    (_items(ends=date(2029, 1, 1)), {"sentence_end": None}),
    (_items(ends=date(2029, 1, 1)), {"sentence_end": NEVER}),
    (_items(basis=Basis.MANDATORY, requirement=RecordId("r-1"), breach_after=2), {}),
    ({}, {"goal_from": None}),
    # a group may start once the plan has settled what it waits for
    ({**SERVED_LATER, **_items(starts=date(2026, 12, 1))}, {"profile": profile(PEERS, ACUTE)}),
    ({**SERVED_LATER, **_items(modality=Modality.INDIVIDUAL)}, {"profile": profile(PEERS, ACUTE)}),
    (
        {**SERVED_LATER, **_items(modality=Modality.INDIVIDUAL)},
        {"profile": profile(PEERS, ACUTE), "programs": EITHER},
    ),
    (
        _assessed_by(DAY + timedelta(9)) | _items(starts=DAY + timedelta(10)),
        {"profile": profile(PEERS, UNKNOWN)},
    ),
    (
        {**SERVED_LATER, **_items(enrolment=RecordId("e-1"))},
        {
            "profile": profile(PEERS, ACUTE),
            "enrolments": {RecordId("e-1"): ProgramId("course")},
        },
    ),
    (_two(ends=date(2027, 5, 16)), {}),
    ({}, {"programs": REQUIRES, "completed": frozenset({"basics"})}),
    (
        _items(enrolment=RecordId("e-1")),
        {"programs": REQUIRES, "enrolments": {RecordId("e-1"): ProgramId("course")}},
    ),
    (
        _two(
            starts=date(2026, 1, 1),
            ends=DAY,
            consent=None,
            basis=Basis.MANDATORY,
            requirement=RecordId("r-0"),
        ),
        {"programs": REQUIRES, "requirements": {RecordId("r-0"): Span(date(2020, 1, 1), OPEN)}},
    ),
    (
        {
            **_items(hours=Decimal(10)),
            "shortfall": HoursShort(called_for=Decimal(40), planned=Decimal(10), reason="places"),
        },
        {},
    ),
    (_items(hours=Decimal(30)), {"credited": Decimal(10)}),
    (_items(hours=None), {"called_for": None}),
    (_items(hours=None), {"called_for": DosageTarget()}),
    (
        _items(
            group_level="high",
            group_override=MixingOverride(decided_by=StaffId("s"), decided_on=DAY, reason="one"),
        ),
        {},
    ),
    (_items(group_level="high"), {"risk": "medium"}),
    (_items(group_level="high"), {"apart": None}),
    (_items(group_level="medium"), {}),
    (_items(hours_a_week=Decimal(50)), {"hours_a_week": None}),
    (_items(hours_a_week=None), {}),
    # as many hours as there are: from Monday to Sunday, and none of what ends on a Monday
    (_items(hours_a_week=Decimal(5)), {}),
    (_sessions(*(_session(minutes=150, day=DAY + timedelta(n)) for n in (0, 6, 7, 13))), {}),
    (_items(hours_a_week=Decimal(1), sessions=(_session(minutes=300),)), {}),
    (_weeks_of(5, DAY + timedelta(7)), {}),
    (_sessions(_session("10:00", None), _session("10:01", None)), {}),
    (_items(ends=None), {"of_age": lambda _, day: Answer.MET if day == DAY else Answer.NOT_MET}),
    # what has no end is asked up to today
    (_items(ends=None), {"consents": SHORT, "on": LATER - timedelta(2)}),
    (_items(starts=LATER, ends=None), {"consents": {RecordId("c-1"): Span(LATER, OPEN)}}),
    (_items(ends=LATER - timedelta(1)), {"consents": SHORT, "on": LATER}),
    (_sessions(_session("", None), _session("", None)), {}),
    # the days of sessions count, not those on which items begin and end
    (_held([8, 1], [15, 9]), {"programs": REQUIRES}),
    (
        _sessions(_session(day=DAY + timedelta(1))),
        {"of_age": lambda _, day: Answer.MET if day == DAY + timedelta(1) else Answer.NOT_MET},
    ),
    (
        {
            "goals": (goal(), evolve(SETTLED, steps=())),
            "questions": (
                PlanQuestion(
                    question_id="home",
                    program_ids=(ProgramId("basics"),),
                    fact="housing",
                    asks="officer",
                    goals=(GoalId("housing"),),
                ),
            ),
        },
        {},
    ),
]


@pytest.mark.parametrize(("plan", "known"), HOLDS)
def test_what_is_allowed_is_not_found(plan: dict[str, Any], known: dict[str, Any]) -> None:
    assert check_content(evolve(content(), **plan), evolve(grounds(), **known)) == ()


def test_a_programme_that_is_not_in_the_catalogue_is_held_to_no_order() -> None:
    found = check_content(content(), evolve(grounds(), programs={}, called_for=None))
    assert found == ()
    unplaced = {ProgramId("course"): program("course", "money")}
    assert check_content(content(), evolve(grounds(), programs=unplaced, called_for=None)) == ()


def test_every_law_is_told_once_and_those_of_a_version_have_their_function() -> None:
    laws = plan_laws()
    assert [*laws] == [f"P{number}" for number in range(1, 32)]
    assert {one.law_id for one in laws.values() if one.kind is LawKind.VERSION} == {*CONTENT_CHECKS}
    assert all(also in laws for one in laws.values() for also in one.also)


def test_an_agency_adds_a_function_of_the_same_shape() -> None:
    def no_course(plan: PlanContent, _: PlanGrounds) -> list[Breach]:
        courses = [i for i, one in enumerate(plan.items) if one.program_id == "course"]
        return [Breach(place=f"items[{i}]", expected="no course in winter") for i in courses]

    found = check_content(content(), grounds(), {**CONTENT_CHECKS, "winter": no_course})
    assert [str(one) for one in found] == ["winter @ items[0]: expected no course in winter"]


def test_a_law_that_holds_is_no_finding() -> None:
    with pytest.raises(InputError, match="a law that holds is no finding"):
        LawFinding(law_id="P1", place="", expected="x", answer=Answer.MET)
    with pytest.raises(InputError, match="law_id"):
        PlanLaw(law_id="", kind=LawKind.VERSION, statement=words("x"))
    assert str(LawFinding(law_id="P1", place="", expected="x")) == "P1 @ plan: expected x"
    assert Span(DAY, OPEN) == grounds().assessments["a-1"]

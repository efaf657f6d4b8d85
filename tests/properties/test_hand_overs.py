"""Laws T11 and T12 of hand-overs, on drawn files, each with functions broken on purpose.

What is open, and who may see a treatment, is worked out from what was drawn, not from the records.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import define, evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import rehabcore as rc
from rehabcore.care.moves import withholding
from rehabcore.care.moves.open_records import open_records
from rehabcore.care.plans.book import PlanBook
from rehabcore.casework import through_care
from rehabcore.plans import PlanGoal
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.reports import Format
from rehabcore.rules.time.days import OPEN
from rehabcore.strict.vocabulary import StepId
from tests.kit.builders import day, release
from tests.kit.plans import followed
from tests.kit.record_makers import (
    appointment,
    attendance,
    checklist_entry,
    completion,
    consent,
    continuity_item,
    diversion,
    diversion_act,
    enrolment,
    referral,
    registration,
    requirement,
    residency,
    residency_act,
    ruling,
    session,
    supply,
    transition,
    transition_act,
)

XX = rc.load("xx")
EXAMPLE = evolve(
    rc.read(rc.examples()["xx/therapeutic-community"], CaseFile),
    consents=(),
    transitions=(),
    transition_acts=(),
    checklist_entries=(),
)
ON = day("2026-11-21")
PLAN = rc.plan(EXAMPLE, XX, on=ON).content
CASE_STAFF, HEALTH_STAFF, PROGRAM_STAFF = rc.RecipientRole
PROBATION = rc.Recipient(office="probation-2", role=CASE_STAFF)
CLINIC = rc.Recipient(office="clinic-1", role=HEALTH_STAFF)
COURSE = rc.Recipient(office="ngo-1", role=PROGRAM_STAFF)


def _on(number: int) -> str:
    return (ON + timedelta(number)).isoformat()


@define
class Drawn:
    """Records of one list, and the ids of those that are open on the day of the hand-over."""

    records: dict[str, tuple[Any, ...]]
    open: set[str]


DAYS = st.integers(-40, 20)
ENDS = st.none() | st.integers(-20, 20)
PROGRAMS = st.sampled_from(("thinking_skills", "work_start"))


def _some(*parts: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.tuples(*parts), max_size=4)


def _end(number: int | None) -> Any:
    return OPEN if number is None else _on(number)


def _later(start: int, end: int | None) -> int | None:
    """An end that is after its start."""
    return None if end is None else max(end, start + 1)


def _runs(end: int | None) -> bool:
    return end is None or end > 0


@st.composite
def _open_work(draw: st.DrawFn) -> Drawn:
    """Enrolments, some of them over, and referrals, some of them answered."""
    told: dict[str, list[Any]] = {"enrolments": [], "completions": [], "referrals": []}
    running, begun = set[str](), list[tuple[str, int]]()
    for n, (program, start, end) in enumerate(
        draw(st.lists(st.tuples(PROGRAMS, DAYS, ENDS), max_size=4))
    ):
        last = _later(start, end)
        begun.append((program, start))
        told["enrolments"].append(enrolment(f"en-{n}", _on(start), program))
        if last is not None:
            told["completions"].append(completion(f"co-{n}", f"en-{n}", _on(last)))
        running |= {f"en-{n}"} if _runs(last) else set()
    for n, (program, on) in enumerate(draw(_some(PROGRAMS, DAYS))):
        told["referrals"].append(referral(f"re-{n}", _on(on), program))
        answered = any(one == program and start >= on for one, start in begun)
        running |= {f"re-{n}"} if on <= 0 and not answered else set()
    return Drawn({name: tuple(some) for name, some in told.items()}, running)


@st.composite
def _in_force(draw: st.DrawFn) -> Drawn:
    """Consents, rulings, requirements, and transitions, some of them over."""
    told: dict[str, list[Any]] = {
        name: [] for name in ("consents", "rulings", "requirements", "transitions")
    }
    acts, standing = [], set[str]()
    spans = _some(DAYS, ENDS)
    for n, (start, end) in enumerate(draw(spans)):
        last = _later(start, end)
        told["consents"].append(consent(f"c-{n}", _on(start), withdrawn=_or_none(last)))
        standing |= {f"c-{n}"} if start <= 0 and _runs(last) else set()
    for n, (start, end) in enumerate(draw(spans)):
        last = _later(start, end)
        made = ruling(f"ru-{n}", "granted", _on(start), _end(last), subject="home_leave")
        told["rulings"].append(made)
        standing |= {f"ru-{n}"} if start <= 0 and _runs(last) else set()
    for n, (start, end) in enumerate(draw(spans)):
        last = _later(start, end)
        told["requirements"].append(requirement(f"rq-{n}", _on(start), _end(last), "unpaid_work"))
        standing |= {f"rq-{n}"} if _runs(last) else set()
    for n, (start, end) in enumerate(draw(spans)):
        last = _later(start, end)
        told["transitions"].append(transition(f"tr-{n}", _on(start), "transfer"))
        acts += [] if last is None else [transition_act(f"ta-{n}", f"tr-{n}", "closed", _on(last))]
        standing |= {f"tr-{n}"} if start <= 0 and _runs(last) else set()
    lists = {name: tuple(some) for name, some in told.items()}
    return Drawn({**lists, "transition_acts": tuple(acts)}, standing)


@st.composite
def _under_way(draw: st.DrawFn) -> Drawn:
    """Entries in registers, stays in communities and diversions, some of them over."""
    told: dict[str, list[Any]] = {
        name: []
        for name in (
            "registrations",
            "residencies",
            "residency_acts",
            "diversions",
            "diversion_acts",
        )
    }
    standing, spans = set[str](), _some(DAYS, ENDS)
    for n, (start, end) in enumerate(draw(spans)):
        last = _later(start, end)
        told["registrations"].append(registration(f"rg-{n}", _on(start), _end(last)))
        standing |= {f"rg-{n}"} if _runs(last) else set()
    for n, (start, end) in enumerate(draw(spans)):
        last = _later(start, end)
        told["residencies"].append(residency(f"rs-{n}", _on(start)))
        told["residency_acts"].append(residency_act(f"sc-{n}", f"rs-{n}", "screened", _on(start)))
        if last is not None:
            ended = residency_act(f"in-{n}", f"rs-{n}", "ineligible", _on(last))
            told["residency_acts"].append(ended)
        standing |= {f"rs-{n}"} if start <= 0 and _runs(last) else set()
    for n, (start, end) in enumerate(draw(spans)):
        last = _later(start, end)
        told["diversions"].append(diversion(f"di-{n}", _on(start)))
        if last is not None:
            ended_by = diversion_act(f"da-{n}", f"di-{n}", "returned", _on(last))
            told["diversion_acts"].append(ended_by)
        standing |= {f"di-{n}"} if start <= 0 and _runs(last) else set()
    return Drawn({name: tuple(some) for name, some in told.items()}, standing)


def _or_none(number: int | None) -> str | None:
    return None if number is None else _on(number)


FILES = st.builds(
    lambda *some: Drawn(
        {name: told for one in some for name, told in one.records.items()},
        {record_id for one in some for record_id in one.open},
    ),
    _open_work(),
    _in_force(),
    _under_way(),
)


@st.composite
def _plans(draw: st.DrawFn) -> PlanBook:
    """A plan of which some goals are left out, some have no step, or only closed ones."""
    goals, closed = list[PlanGoal](), list[StepId]()
    for goal in PLAN.goals:
        match draw(st.sampled_from(("out", "empty", "closed", "open"))):
            case "empty":
                goals.append(evolve(goal, steps=()))
            case "closed":
                goals.append(goal)
                closed += [step.step_id for step in goal.steps]
            case "open":
                goals.append(goal)
    content = evolve(PLAN, goals=tuple(goals), items=(), questions=())
    return followed(content, EXAMPLE.case_id, *closed, on=ON)


def _file(records: dict[str, tuple[Any, ...]]) -> CaseFile:
    lists: Any = {name: (*getattr(EXAMPLE, name), *some) for name, some in records.items()}
    return evolve(EXAMPLE, **lists)


# --- law T11 ------------------------------------------------------------------------------


def law_t11(drawn: Drawn, plan: PlanBook) -> None:
    """What is open crosses, goals, consents and needs with it: none is lost, none doubled."""
    file = _file(drawn.records)
    before = rc.hand_over(file, XX, on=ON, to=PROBATION, plan=plan).package
    assert Counter(one.record_id for one in before.records) == Counter(drawn.open)
    assert [one.goal_id for one in before.goals or ()] == [
        one.goal_id for one in plan.versions[0].content.goals
    ]
    assert [one.need.domain for one in before.needs] == [*codes(XX.glossary.need_domains)]
    moved = rc.record_move(file, XX, release(ON), plan=plan).case
    after = rc.hand_over(moved, XX, on=ON, to=PROBATION, plan=plan).package
    told = Counter(one.record_id for one in after.records)
    assert drawn.open <= told.keys()
    assert max(told.values(), default=1) == 1
    assert (after.goals, after.needs) == (before.goals, before.needs)


@settings(max_examples=12)
@given(FILES, _plans())
def test_law_t11_a_transfer_loses_and_doubles_nothing(drawn: Drawn, plan: PlanBook) -> None:
    law_t11(drawn, plan)


@settings(max_examples=8)
@given(FILES, _plans())
def test_what_is_handed_over_is_stored_and_contradicts_nothing(
    drawn: Drawn, plan: PlanBook
) -> None:
    result = rc.hand_over(_file(drawn.records), XX, on=ON, to=PROBATION, plan=plan)
    assert rc.read(rc.write(result)) == result


# --- law T12 ------------------------------------------------------------------------------

HEALTH = tuple(kind.id for kind in XX.glossary.continuity_kinds if kind.health)
BY_LAW = {kind.id for kind in XX.glossary.continuity_kinds if kind.by_law}
OFFICES = ("probation-2", "clinic-1", "ngo-1")


@define
class Treatment:
    """A treatment that was drawn, and the consent to tell of it, if there is one.

    ``consent`` has the day on which it was given, that from which it does not hold any more, and
    the offices that it covers; None for all.
    """

    kinds: list[str]
    program: str | None
    consent: tuple[int, int | None, frozenset[str] | None] | None

    def seen_by(self, to: rc.Recipient, kind: str) -> bool:
        """Whether a recipient may see the treatment: by a live consent, or by the law."""
        given, ended, offices = self.consent or (1, None, None)
        consented = given <= 0 and _runs(ended) and (offices is None or to.office in offices)
        by_law = to.role is HEALTH_STAFF and kind in BY_LAW
        return to.role is not PROGRAM_STAFF and (consented or by_law)

    def consents(self) -> tuple[Any, ...]:
        """The records of the consent."""
        if self.consent is None:
            return ()
        given, ended, offices = self.consent
        recipients = None if offices is None else tuple(sorted(offices))
        made = consent(
            *("c-health", _on(given)),
            purpose="health_data",
            withdrawn=_or_none(ended),
            recipients=recipients,
        )
        return (made,)

    def added_to(self, file: CaseFile) -> CaseFile:
        """A file with everything that tells of the treatment."""
        records: list[Any] = [
            continuity_item(f"ci-{n}", kind, _on(-30), program=self.program)
            for n, kind in enumerate(self.kinds)
        ]
        records += [supply("su", "ci-0", _on(-30), _on(2), "clinic-1")]
        records += [appointment("ap", "ci-0", _on(3), "clinic-1")]
        records += [checklist_entry("ce-1", "tr", "naloxone", _on(-2), "offered")]
        records += [checklist_entry("ce-2", "tr", "medication_supply", _on(-2))]
        if self.program is not None:
            records += [enrolment("en-h", _on(-30), self.program)]
            records += [
                session("se-1", _on(-3), self.program),
                session("se-2", _on(3), self.program),
            ]
            records += [attendance("at-1", "se-1"), referral("re-h", _on(-31), self.program)]
            records += [ruling("ru-h", "granted", _on(-31), subject=self.program)]
        for record in records:
            file = file.with_record(record)
        return file


@st.composite
def _treatments(draw: st.DrawFn) -> Treatment:
    given, ended = draw(DAYS), draw(ENDS)
    offices = draw(st.none() | st.frozensets(st.sampled_from(OFFICES), min_size=1))
    return Treatment(
        kinds=draw(st.lists(st.sampled_from(HEALTH), min_size=1, max_size=3, unique=True)),
        program=draw(st.sampled_from((None, "drop_in", "housing_advice"))),
        consent=draw(st.sampled_from((None, (given, _later(given, ended), offices)))),
    )


def _forms(result: rc.HandOverResult) -> list[str]:
    """Everything in which a package can be given, with its proofs."""
    return [rc.write(result), *(rc.explain(result, form=form, detail=True) for form in Format)]


def _naming(program: str, goals: Iterable[rc.care.OpenGoal]) -> list[str]:
    """All that names a programme in the goals that cross."""
    title = next(str(one.title) for one in XX.programs if one.program_id == program)
    steps = [step for goal in goals for step in goal.steps]
    ids = [own for goal in goals for own in (goal.goal_id, *goal.programs)]
    texts = [*(goal.title for goal in goals), *(step.about for step in steps)]
    told = [one for one in (*ids, *(step.step_id for step in steps)) if program in one.split("/")]
    return told + [said for text in texts for _, said in text.wordings if title in said]


def law_t12(drawn: Drawn, treatment: Treatment) -> None:
    """Health data reaches only those with a live consent or a basis in law.

    To others the package is the same as of a person without treatment, in each of its forms.
    """
    records = {**drawn.records, "transitions": (transition("tr", _on(-9)),)}
    records["consents"] = (*drawn.records["consents"], *treatment.consents())
    plain = _file({**records, "transition_acts": ()})
    treated = treatment.added_to(plain)
    plan = rc.plan(treated, XX, on=ON).content
    for to in (PROBATION, CLINIC, COURSE):
        result = rc.hand_over(treated, XX, on=ON, to=to)
        seen = [kind for kind in treatment.kinds if treatment.seen_by(to, kind)]
        assert [item.kind for item in result.package.care.items] == seen
        if not seen:
            assert _forms(result) == _forms(rc.hand_over(plain, XX, on=ON, to=to))
        hidden = [n for n, kind in enumerate(treatment.kinds) if kind not in seen]
        assert not [n for n in hidden if f'"ci-{n}"' in rc.write(result)]
        if hidden and treatment.program is not None:
            goals = rc.hand_over(treated, XX, on=ON, to=to, plan=plan).package.goals
            assert not _naming(treatment.program, goals or ())


@settings(max_examples=6)
@given(FILES, _treatments())
def test_law_t12_health_data_reaches_nobody_who_is_not_entitled(
    drawn: Drawn, treatment: Treatment
) -> None:
    law_t12(drawn, treatment)


# --- mutants ------------------------------------------------------------------------------

OPEN_ENROLMENT = Drawn(
    {
        "enrolments": (enrolment("en", _on(-5)),),
        "consents": (consent("c", _on(-5)),),
    },
    {"en", "c"},
)


def _t11() -> None:
    law_t11(OPEN_ENROLMENT, followed(PLAN, EXAMPLE.case_id, on=ON))


def _t12() -> None:
    law_t12(OPEN_ENROLMENT, Treatment(["opioid_agonist"], "drop_in", None))


def _loses(*args: Any, **named: Any) -> Any:
    return open_records(*args, **named)[1:]


def _doubles(*args: Any, **named: Any) -> Any:
    return open_records(*args, **named) * 2


def _forgets_by_setting(view: CaseFile, on: date, *args: Any) -> Any:
    """Whoever has moved is handed over without consents."""
    told = open_records(view, on, *args)
    left = len(view.placements) > 1
    return tuple(one for one in told if not left or one.kind.value != "consent")


def _lets_the_program_tell(case: CaseFile, *args: Any) -> frozenset[str]:
    return frozenset()


def _of_all_kinds(seen: Any, *_: Any) -> Any:
    return seen


Mutant = tuple[Callable[[], None], Any, str, Any]


def _named(made: Mutant) -> str:
    return f"law{made[0].__name__}: {made[3].__name__} {made[2]}"


MUTANTS: list[Mutant] = [
    (_t11, through_care, "open_records", _loses),
    (_t11, through_care, "open_records", _doubles),
    (_t11, through_care, "open_records", _forgets_by_setting),
    (_t11, through_care, "open_goals", lambda *_, **__: ()),
    (_t12, through_care, "may_see", lambda *_, **__: True),
    (_t12, through_care, "seen_by", _of_all_kinds),
    (_t12, withholding, "hidden_programs", _lets_the_program_tell),
    (_t12, through_care, "visible_part", lambda case, *_, **__: case),
    (_t12, through_care, "_hidden", lambda *_: {}),
]


@pytest.mark.parametrize("made", MUTANTS, ids=_named)
def test_what_is_broken_is_noticed_by_its_law(
    made: Mutant, monkeypatch: pytest.MonkeyPatch
) -> None:
    law, where, name, broken = made
    law()
    monkeypatch.setattr(where, name, broken)
    with pytest.raises(AssertionError):
        law()

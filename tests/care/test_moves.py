"""Moves: what is refused, what changes, and what is handed over."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.moves.requests import MoveRequest
from rehabcore.care.moves.responsibility import tenures
from rehabcore.care.moves.stages import Closing
from rehabcore.care.plans.book import PlanBook, PlanLifeEvent
from rehabcore.casework.results import MoveResult
from rehabcore.plans import PlanContent
from rehabcore.records import CaseFile, LegalStanding, Placement
from rehabcore.reports import explain
from rehabcore.rules.facts import Known
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import CaseId, LegalStatus, ProgramId, RecordId, Setting
from tests.kit.builders import day, filed, release, some_days, span
from tests.kit.decision_makers import without
from tests.kit.plans import followed, noted
from tests.kit.record_makers import cell, death, observation, transition, transition_act

XX = jurisdictions.load("xx")
CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
ON = day("2026-11-21")


def _request(**stated: Any) -> MoveRequest:
    return release(**{"on": ON, "recorded_on": ON, "record_prefix": "move-1", **stated})


def _plan() -> PlanContent:
    return casework.plan(CASE, XX, on=ON).content


def _without(name: str, record_id: str) -> CaseFile:
    kept = tuple(r for r in getattr(CASE, name) if r.filed.record_id != record_id)
    changed: Any = {name: kept}
    return evolve(CASE, **changed)


def test_a_move_changes_setting_status_and_holder_on_its_day_and_not_before() -> None:
    moved = casework.request_move(CASE, XX, _request()).case.as_known(ON)
    settings = {p.setting: p.span for p in moved.placements}
    assert settings == {
        Setting.CUSTODY: span("2025-03-01", "2026-11-21"),
        Setting.COMMUNITY: span("2026-11-21"),
    }
    statuses = {held.status: held.span for held in moved.legal_standings}
    assert statuses == {
        LegalStatus.SENTENCED_CUSTODY: span("2025-03-01", "2026-11-21"),
        LegalStatus.CONDITIONAL_RELEASE: span("2026-11-21"),
    }


def test_nobody_is_moved_from_the_day_of_death_on() -> None:
    dead = evolve(CASE, deaths=(death("d", ON.isoformat()),))
    with pytest.raises(RequestRefused) as caught:
        casework.request_move(dead, XX, _request())
    verdict = caught.value.verdicts[0]
    assert verdict.answer is Answer.NOT_MET
    assert "alive" in [reason.criterion.about.id for reason in verdict.reasons()]
    assert casework.request_move(dead, XX, _request(on=day("2026-11-20")))


def test_what_was_on_file_stays_on_file() -> None:
    moved = casework.request_move(CASE, XX, _request()).case
    assert {r for _, r in CASE.entries()} < {r for _, r in moved.entries()}
    assert moved.as_known(day("2026-11-20")) == CASE.as_known(day("2026-11-20"))


def test_every_open_step_is_handed_over_once_and_answers_again() -> None:
    plan = _plan()
    result = casework.request_move(CASE, XX, _request(), plan=plan)
    steps = [step for goal in plan.goals for step in goal.steps]
    assert steps
    handed = [step for goal in result.made.goals for step in goal.steps]
    assert [(one.step_id, one.about, one.actor, one.due) for one in handed] == [
        (one.step_id, one.about, one.actor, one.due) for one in steps
    ]
    after = {offer.program_id: offer.answer for offer in result.made.offers}
    assert after == {"drop_in": Answer.MET, "thinking_skills": Answer.MET}
    made = result.made
    assert (made.from_holder, made.to_holder) == ("prison-1", "probation-2")


@pytest.mark.parametrize(
    ("records", "request_", "reasons"),
    [
        (CASE, _request(move_id="release"), ["served"]),
        (CASE, _request(on=day("2026-10-31")), ["earliest"]),
        (_without("observations", "o-2"), _request(), ["decision"]),
        (_without("transition_acts", "ta-4"), _request(), ["taken_over", "appointment_set"]),
        (_without("checklist_entries", "ci-2"), _request(), ["clothing"]),
        (CASE, _request(to_holder="ngo-9"), ["taken_over"]),
        (CASE, _request(move_id="return_to_custody"), ["setting_from", "status_from"]),
        (evolve(CASE, placements=()), _request(), ["setting_from"]),
    ],
    ids=[
        "not served",
        "too early",
        "no decision",
        "nobody took over",
        "no clothing",
        "to another",
        "not there",
        "unknown",
    ],
)
def test_an_illegal_move_is_refused_with_its_verdicts(
    records: CaseFile, request_: MoveRequest, reasons: list[str]
) -> None:
    with pytest.raises(RequestRefused) as caught:
        casework.request_move(records, XX, request_)
    undecided = caught.value.verdicts[0]
    assert undecided.answer is not Answer.MET
    failing = [r.criterion.about.id for r in undecided.reasons() if r.answer is not Answer.MET]
    assert set(reasons) <= set(failing)
    assert caught.value.event == request_.move_id


def test_a_refusal_says_which_move_and_what_could_be_done_instead_without_personal_data() -> None:
    with pytest.raises(RequestRefused) as caught:
        casework.request_move(CASE, XX, _request(move_id="release"))
    why = "served, taken_over, appointment_set, identity_card, clothing, travel, accommodation"
    could = "to_hospital, conditional_release"
    refused = f"release is refused in custody: not_met ({why}); possible: {could}"
    assert str(caught.value) == refused
    answers = {one.arrow.event: one.answer for one in caught.value.possible}
    assert answers == {
        "transfer": Answer.NOT_MET,
        "to_hospital": Answer.MET,
        "into_community": Answer.NOT_MET,
        "release": Answer.NOT_MET,
        "conditional_release": Answer.MET,
        "court_release": Answer.NOT_MET,
    }


@pytest.mark.parametrize(
    ("decision", "met"),
    [
        (None, []),
        ("granted", ["conditional_release"]),
        ("refused", []),
        ("ordered", ["court_release"]),
        ("revoked", []),
    ],
)
def test_each_decision_opens_its_release(decision: str | None, met: list[str]) -> None:
    """A court that orders a release lets nobody wait until half of the sentence is served."""
    releases = ("release", "conditional_release", "court_release")
    answers = _decided(CASE, decision, "2026-07-01")
    assert [name for name in releases if answers[name] is Answer.MET] == met
    expected = Answer.UNKNOWN if decision is None else Answer.NOT_MET
    assert {answers[name] for name in releases[1:] if name not in met} == {expected}


@pytest.mark.parametrize(
    ("decision", "answer"),
    [("granted", Answer.NOT_MET), ("revoked", Answer.MET), (None, Answer.UNKNOWN)],
)
def test_a_recall_needs_the_decision_that_the_release_is_revoked(
    decision: str | None, answer: Answer
) -> None:
    released = casework.request_move(CASE, XX, _request()).case
    assert _decided(released, decision, "2026-11-21")["return_to_custody"] is answer


def _decided(file: CaseFile, decision: str | None, observed_on: str) -> dict[str, Answer]:
    """What all moves answer where a court decided this about the release, and nothing lacks."""
    said = (
        ()
        if decision is None
        else (observation("court", decision, observed_on, kind="release_decision"),)
    )
    kept = tuple(one for one in file.observations if one.kind != "release_decision")
    decided = evolve(file, observations=(*kept, *said))
    opened = tuple(
        evolve(transition(f"t-{move}", "2026-09-01", move)) for move in ("release", "court_release")
    )
    acts = tuple(
        evolve(
            act,
            filed=evolve(act.filed, record_id=RecordId(f"{act.filed.record_id}-{of}")),
            transition=RecordId(f"t-{of}"),
        )
        for of in ("release", "court_release")
        for act in CASE.transition_acts
    )
    items = tuple(
        evolve(
            item,
            filed=evolve(item.filed, record_id=RecordId(f"{item.filed.record_id}-{of}")),
            transition=RecordId(f"t-{of}"),
        )
        for of in ("release", "court_release")
        for item in CASE.checklist_entries
    )
    ready = evolve(
        decided,
        transitions=(*decided.transitions, *opened),
        transition_acts=(*decided.transition_acts, *acts),
        checklist_entries=(*decided.checklist_entries, *items),
    )
    found = casework.possible_moves(ready, XX, on=ON)
    return {one.move_id: one.verdict.answer for one in found.possible}


def test_a_plan_may_name_a_programme_that_is_no_longer_offered() -> None:
    plan = _plan()
    gone = ProgramId("drop_in")
    result = casework.request_move(CASE, without(gone), _request(), plan=plan)
    assert gone in {own for goal in result.made.goals for own in goal.programs}
    assert gone not in {offer.program_id for offer in result.made.offers}
    assert "Decide on a place: Drop-in counselling" in explain(result)
    written = exchange.write(result)  # what the plan asked is told as it is declared by now
    assert exchange.write(exchange.read(written, MoveResult)) == written


def _problems(
    records: CaseFile, request: MoveRequest, plan: PlanContent | PlanBook | None = None
) -> list[str]:
    with pytest.raises(InputError) as caught:
        casework.request_move(records, XX, request, plan=plan)
    return [f"{problem.path}: {problem.code}" for problem in caught.value.problems]


def test_unknown_move_is_a_fault_of_the_request() -> None:
    assert _problems(CASE, _request(move_id="escape")) == ["move_id: dangling_id"]


def test_a_plan_of_another_case_is_refused() -> None:
    other = followed(_plan(), CaseId("another"), on=ON)
    assert _problems(CASE, _request(), other) == ["plan.case_id: dangling_id"]


def test_of_a_book_what_is_open_in_the_version_that_counts_goes_along() -> None:
    content = _plan()
    first, *others = (step.step_id for goal in content.goals for step in goal.steps)
    book = followed(content, CASE.case_id, first, on=ON)
    made = casework.request_move(CASE, XX, _request(), plan=book).made
    assert [step.step_id for goal in made.goals for step in goal.steps] == others
    over = evolve(book.life[1], noted=noted(8), event=PlanLifeEvent.COMPLETED)
    for ended in (
        evolve(book, life=(*book.life, over)),
        PlanBook(plan_id="p", case_id=CASE.case_id),
    ):
        made = casework.request_move(CASE, XX, _request(), plan=ended).made
        assert (made.goals, made.offers) == ((), ())


def _placed(*stays: tuple[str, object, object]) -> CaseFile:
    """The case with these placements of the offices instead, and a status that began some day."""
    placements = tuple(
        Placement(
            filed=filed(f"pl-{number}", "2026-01-01"),
            setting=Setting.CUSTODY,
            span=some_days(start, end),
            holder=holder,
        )
        for number, (holder, start, end) in enumerate(stays)
    )
    (status,) = CASE.legal_standings
    status = evolve(status, span=some_days("2025", "open"))
    return evolve(CASE, placements=placements, legal_standings=(status,))


def test_a_move_ends_what_began_on_a_day_known_in_part() -> None:
    filed_by = {"to": "2026-01-01"}
    for start, told in (
        ("2025", "2025"),
        ("unknown", filed_by),
        ({"from": "2025-02-01"}, {"from": "2025-02-01", **filed_by}),
        ({"from": "2026-02-01"}, {"from": "2026-02-01"}),
    ):
        moved = casework.record_move(_placed(("prison-1", start, "open")), XX, _request()).case
        assert moved.placements[1].span == some_days(told, str(ON))
        assert moved.legal_standings[1].span == some_days("2025", str(ON))


@pytest.mark.parametrize("start", ["unknown", {"from": "2025-02-01"}])
def test_the_office_of_a_stay_that_began_nobody_knows_when_stays_accountable_for_it(
    start: object,
) -> None:
    """Its end is filed on the day of the move; that it was there was filed long before."""
    file = _placed(("prison-1", start, "open"))
    for moved in (file, casework.record_move(file, XX, _request(to_holder="nobody")).case):
        [tenure] = tenures(moved.as_known(ON))
        assert (tenure.office, tenure.span) == ("prison-1", span("2026-01-01"))


def test_a_stay_of_unknown_first_day_that_is_to_end_began_by_the_day_of_its_filing() -> None:
    [tenure] = tenures(_placed(("prison-1", "unknown", "2027-05-01")))
    assert tenure.span == span("2026-01-01")


def test_record_ids_that_the_file_has_are_refused() -> None:
    moved = casework.request_move(CASE, XX, _request(record_prefix="p"))
    taken = evolve(
        CASE,
        events=(evolve(CASE.events[0], filed=filed("p-placement", "2026-07-02")),),
    )
    assert moved.made.move_id == "conditional_release"
    assert _problems(taken, _request(record_prefix="p")) == ["record_prefix: duplicate_id"]


def test_of_two_moves_on_one_day_the_second_has_a_number() -> None:
    """Released and arrested again on one day: both stay on file, in their order."""
    released = casework.request_move(CASE, XX, _request()).case
    back = _request(move_id="return_to_custody", to_holder="prison-1", record_prefix="back")
    result = casework.record_move(released, XX, back)
    view = result.case.as_known(ON)
    assert [(p.setting, p.span) for p in view.placements] == [
        (Setting.CUSTODY, span("2025-03-01", "2026-11-21")),
        (Setting.COMMUNITY, some_days("2026-11-21", "2026-11-21")),
        (Setting.CUSTODY, span("2026-11-21")),
    ]
    assert [act.filed.sequence for act in view.transition_acts[-2:]] == [None, 1]
    seen = casework.possible_moves(result.case, XX, on=ON)
    assert [one.closed_why for one in seen.transitions] == [Closing.OVERTAKEN, None]
    assert seen.tenure is not None
    assert seen.tenure.office == "prison-1"
    third = _request(to_holder="ngo-9", record_prefix="again")
    again = casework.record_move(result.case, XX, third)
    assert again.case.transition_acts[-1].filed.sequence == 2
    assert again.transition is not None
    assert again.transition.closed_on is None


def test_a_further_move_of_a_day_comes_after_all_that_is_numbered() -> None:
    """The prison has numbered the referral that followed the release, and then the arrest came."""
    released = casework.request_move(CASE, XX, _request()).case
    moved = released.transition_acts[-1]
    said: dict[str, Any] = {"sequence": 1, "source": "prison-1"}
    act = transition_act("asked", moved.transition, "referred", str(ON), "ngo-9", **said)
    file = evolve(released, transition_acts=(*released.transition_acts, act))
    back = _request(move_id="return_to_custody", to_holder="prison-1", record_prefix="back")
    after = casework.record_move(file, XX, back).case
    assert after.transition_acts[-1].filed.sequence == 2


def test_a_move_lasts_until_what_is_on_file_from_a_later_day() -> None:
    """A release may be filed late, when the office has already filed what came after it."""
    planned = LegalStanding(
        filed=filed("ls-2", source="prison-1"),
        status=LegalStatus.FORMER_PRISONER,
        span=span("2028-03-01"),
    )
    records = evolve(CASE, legal_standings=(*CASE.legal_standings, planned))
    moved = casework.request_move(records, XX, _request()).case
    assert moved.legal_standings[-1].span == span(str(ON), "2028-03-01")


@pytest.mark.parametrize(
    ("start", "told"),
    [("2026-11", "2026-11"), ("2026", "2026"), ("unknown", {"to": "2026-01-01"})],
)
def test_a_person_who_came_on_a_day_known_in_part_can_be_released_in_that_time(
    start: str, told: object
) -> None:
    """The prison has the person, and the release has certainly ended that."""
    placed = _placed(("prison-1", start, "open"))
    (status,) = placed.legal_standings
    placed = evolve(placed, legal_standings=(evolve(status, span=some_days("2026", "open")),))
    result = casework.record_move(placed, XX, _request())
    assert [held.span for held in result.case.as_known(ON).placements] == [
        some_days(told, str(ON)),
        span(str(ON)),
    ]
    assert [held.span for held in result.case.as_known(ON).legal_standings] == [
        some_days("2026", str(ON)),
        span(str(ON)),
    ]
    seen = casework.possible_moves(result.case, XX, on=ON)
    assert [one.closed_why for one in seen.transitions] == [None]


@pytest.mark.parametrize(
    ("start", "since"),
    [
        ("2025-03-01", "2026-01-01"),
        ("2025-03-01", "2026-11-21"),
        ("2025-03-01", "2027-01-01"),
        ("2027-01-01", "2027-01-01"),
    ],
)
def test_a_placement_that_changes_over_time_ends_in_all_its_versions(
    start: str, since: str
) -> None:
    placed = _placed(("prison-1", "2025-03-01", "open"))
    (first,) = placed.placements
    changes = evolve(
        first.filed, record_id=RecordId("pl-w"), changes=RecordId("pl-0"), since=day(since)
    )
    wing = evolve(first, filed=changes, span=span(start), institution="wing-2")
    moved = casework.record_move(evolve(placed, placements=(first, wing)), XX, _request()).case
    said = [cell(moved, "setting", on) for on in ("2026-11-20", str(ON))]
    assert [one.value for one in said if isinstance(one, Known)] == ["custody", "community"]
    seen = casework.possible_moves(moved, XX, on=ON)
    assert [one.closed_why for one in seen.transitions] == [None]


def test_status_stays_where_the_move_does_not_change_it() -> None:
    for status_to in (LegalStatus.SENTENCED_CUSTODY, None):
        rule = evolve(XX.move("conditional_release"), status_to=status_to)
        country = evolve(XX, moves=(rule,))
        moved = casework.request_move(CASE, country, _request()).case
        assert moved.legal_standings == CASE.legal_standings
        assert moved.placements != CASE.placements


@pytest.mark.parametrize("name", ["to_holder", "source", "record_prefix"])
def test_a_request_names_its_offices(name: str) -> None:
    with pytest.raises(InputError) as caught:
        _request(**{name: ""})
    assert [(p.code, p.path) for p in caught.value.problems] == [("out_of_range", name)]


def test_a_reason_is_one_of_the_country() -> None:
    request = _request(reason="recaled")
    with pytest.raises(InputError) as caught:
        casework.record_move(CASE, XX, request)
    (problem,) = caught.value.problems
    assert (problem.code, problem.path) == ("unknown_value", "reason")
    assert problem.expected.startswith("recalled, or another one of")


# --- what happened is recorded always ---------------------------------------------------------


def _open_tasks(result: MoveResult) -> list[tuple[str, str, str]]:
    assert result.transition is not None
    return [(task.kind.value, str(task.due), task.item) for task in result.transition.tasks]


def test_a_release_that_a_court_ordered_is_recorded_whatever_is_missing() -> None:
    on = day("2026-09-10")
    request = _request(on=on, recorded_on=on, reason="court_order")
    result = casework.record_move(CASE, XX, request)
    assert result.verdict.answer is Answer.NOT_MET
    assert result.happened
    assert result.transition is not None
    assert result.transition.unplanned is True
    assert _open_tasks(result) == [
        ("find_an_office", "2026-09-10", ""),
        ("set_an_appointment", "2026-09-10", ""),
        ("finish_the_checklist", "2026-09-10", "identity_card"),
        ("finish_the_checklist", "2026-09-10", "clothing"),
        ("finish_the_checklist", "2026-09-10", "travel"),
        ("finish_the_checklist", "2026-09-10", "accommodation"),
        ("make_contact", "2026-09-24", ""),
    ]
    after = casework.possible_moves(result.case, XX, on=on)
    assert {one.move_id for one in after.possible} >= {"change_of_office", "return_to_custody"}
    assert after.tenure is not None
    assert after.tenure.office == "prison-1"
    later = casework.possible_moves(result.case, XX, on=ON)
    assert later.tenure is not None
    assert later.tenure.office == "probation-2"  # it accepted on the tenth of November


def test_a_move_that_nobody_prepared_opens_a_transition_of_its_own() -> None:
    request = _request(move_id="to_hospital", to_holder="hospital-1")
    result = casework.record_move(CASE, XX, request)
    assert result.verdict.answer is Answer.MET
    assert result.case.transitions[-1].move == "to_hospital"
    assert result.case.transitions[-1].follows is None
    assert _open_tasks(result) == [("make_contact", "None", "")]
    released = casework.request_move(CASE, XX, _request()).case
    back = _request(
        move_id="return_to_custody", to_holder="prison-1", record_prefix="b", on=day("2026-11-29")
    )
    opened = casework.record_move(released, XX, back).case.transitions[-1]
    assert opened.follows == "t-1"


def test_a_person_of_whom_nothing_is_known_is_recorded_too() -> None:
    bare = evolve(CASE, placements=(), legal_standings=())
    result = casework.record_move(bare, XX, _request(move_id="admission", to_holder="prison-1"))
    assert [(p.setting, p.holder) for p in result.case.placements] == [
        (Setting.CUSTODY, "prison-1")
    ]
    assert [held.status for held in result.case.legal_standings] == [LegalStatus.SENTENCED_CUSTODY]


@pytest.mark.parametrize("named", ["t-2", "gone"])
def test_a_transition_that_is_not_under_way_for_the_move_is_refused(named: str) -> None:
    """Another person's transition is refused alike: nobody is named."""
    released = casework.request_move(CASE, XX, _request()).case
    used = _request(transition=RecordId("t-1"), record_prefix="x")
    request = _request(transition=RecordId(named))
    assert _problems(CASE, request) == ["transition: dangling_id"]
    assert _problems(released, used) == ["transition: dangling_id"]
    assert casework.request_move(CASE, XX, _request(transition=RecordId("t-1")))

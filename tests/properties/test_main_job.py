"""Laws of the main job, for any case file of the fictional country."""

from datetime import date

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.plan_results import PlanResult
from rehabcore.casework.results import MatchResult, NeedsResult
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.programs import Program, offers_on
from rehabcore.records import CaseFile
from rehabcore.reports import Format, explain
from rehabcore.rules.criteria import AllOf, ask
from rehabcore.rules.facts import Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.record_makers import facts_of
from tests.kit.record_strategies import case_files, in_any_order

XX = jurisdictions.load("xx")
DAYS = st.dates(date(2018, 1, 1), date(2032, 12, 31))
ORDER = {Answer.NOT_MET: 0, Answer.UNKNOWN: 1, Answer.MET: 2}


def _answers(records: CaseFile, on: date, country: Jurisdiction = XX) -> dict[ProgramId, Answer]:
    cells = facts_of(records).on(on)
    return {offer.program_id: offer.answer for offer in offers_on(country.admissions, cells, on=on)}


@given(case_files())
def test_any_case_file_survives_json(records: CaseFile) -> None:
    assert exchange.read(exchange.write(records), CaseFile) == records


@settings(max_examples=settings().max_examples // 3)  # writing and reading proofs takes its time
@given(case_files(), DAYS)
def test_any_result_survives_json_and_can_be_told(records: CaseFile, on: date) -> None:
    matched = casework.match(records, XX, on=on)
    planned = casework.plan(records, XX, on=on)
    known = casework.needs(records, XX, on=on)
    assert exchange.read(exchange.write(known), NeedsResult) == known
    assert exchange.read(exchange.write(matched), MatchResult) == matched
    assert exchange.read(exchange.write(planned), PlanResult) == planned
    for form in Format:
        assert explain(planned, form=form)
        assert explain(known, form=form)


@given(st.data(), DAYS)
def test_the_order_of_records_changes_nothing(data: st.DataObject, on: date) -> None:
    records = data.draw(case_files())
    mixed = data.draw(in_any_order(records))
    assert casework.match(mixed, XX, on=on) == casework.match(records, XX, on=on)
    assert casework.needs(mixed, XX, on=on) == casework.needs(records, XX, on=on)


@given(case_files(), DAYS, st.permutations(XX.programs))
def test_the_order_of_programmes_changes_no_answer(
    records: CaseFile, on: date, programs: list[Program]
) -> None:
    mixed = evolve(XX, programs=tuple(programs))
    assert _answers(records, on, mixed) == _answers(records, on)


@given(case_files(), DAYS, st.data())
def test_the_order_of_criteria_changes_no_answer(
    records: CaseFile, on: date, data: st.DataObject
) -> None:
    cells = facts_of(records).on(on)
    for program in XX.programs:
        rule = XX.admissions[program.program_id]
        parts = tuple(data.draw(st.permutations(rule.parts)))
        mixed = evolve(rule, parts=parts)
        assert judge(mixed, cells, on=on).answer is judge(rule, cells, on=on).answer


@given(case_files(), DAYS, st.sampled_from(XX.programs), st.sampled_from(XX.programs))
def test_an_added_criterion_never_raises_the_answer(
    records: CaseFile, on: date, program: Program, other: Program
) -> None:
    cells = facts_of(records).on(on)
    rule, added = XX.admissions[program.program_id], XX.admissions[other.program_id]
    before = judge(rule, cells, on=on).answer
    after = judge(AllOf((rule, added)), cells, on=on).answer
    # A rule that is not in force as a whole is no law, and a clause that is none burdens nobody.
    if judge(added, cells, on=on).in_force and judge(rule, cells, on=on).in_force:
        assert ORDER[after] <= ORDER[before]
        if judge(added, cells, on=on).answer is Answer.NOT_MET:
            assert after is Answer.NOT_MET


@given(case_files(), DAYS)
def test_unpublished_entry_rules_are_never_met(records: CaseFile, on: date) -> None:
    assert _answers(records, on)[ProgramId("release_course")] is not Answer.MET


@given(case_files(), DAYS)
def test_what_is_met_is_supported_by_evidence_or_listed_assumptions(
    records: CaseFile, on: date
) -> None:
    known = {record.filed.record_id for _, record in records.entries()}
    for offer in casework.match(records, XX, on=on).offers:
        assert set(offer.verdict.evidence()) <= known
        if offer.answer is Answer.MET:
            for leaf in offer.verdict.reasons():
                assert leaf.cell is not None
                assert leaf.cell.evidence or leaf.cell.assumption  # type: ignore[union-attr]


@given(case_files(), DAYS)
def test_every_refusal_and_every_unknown_says_why(records: CaseFile, on: date) -> None:
    for offer in casework.match(records, XX, on=on).offers:
        verdict = offer.verdict
        if offer.answer is Answer.UNKNOWN:
            assert verdict.missing()
        elif verdict.in_force:
            assert verdict.reasons()


@given(case_files(), DAYS)
def test_every_need_has_a_goal_or_is_below_the_policy_and_none_is_hidden(
    records: CaseFile, on: date
) -> None:
    planned = casework.plan(records, XX, on=on)
    content = planned.content
    if planned.died:
        assert (content.goals, content.items) == ((), ())
        return
    levels = XX.facts["need_level"].codes
    calling = levels[levels.index(XX.plan_policy.goal_from) :]
    in_goals = {domain for goal in content.goals for domain in goal.needs}
    left = {one.need for one in content.deferrals} | {one.need for one in content.refusals}
    for need in content.needs:
        if need.level is None:
            assert need.domain in in_goals
        elif need.level in calling:
            assert need.domain in in_goals | left


@given(case_files(), DAYS)
def test_needs_and_risks_say_what_the_rules_are_told(records: CaseFile, on: date) -> None:
    cells = facts_of(records).on(on)
    result = casework.needs(records, XX, on=on)
    for seen in result.risks:
        given_domain = {} if seen.domain is None else {"domain": seen.domain}
        cell = cells(ask(XX.facts["risk_level"], **given_domain))
        told = cell.kind if isinstance(cell, Unknown) else cell.value
        assert (seen.level or seen.unknown, seen.evidence) == (told, cell.evidence)
        counting = {said.applies for said in seen.said} - {None}
        assert seen.level is None or counting == {seen.level}
    need_levels = [(need.domain, need.level) for need in result.profile.needs]
    content = casework.plan(records, XX, on=on).content
    assert need_levels == [(need.domain, need.level) for need in content.needs]


@given(case_files(), DAYS)
def test_a_plan_reaches_its_hours_or_says_what_is_missing_and_who_waits(
    records: CaseFile, on: date
) -> None:
    planned, known = casework.plan(records, XX, on=on), casework.needs(records, XX, on=on)
    draft = planned.draft
    if planned.died:
        assert draft.dosage is None
        return
    assert draft.dosage is not None
    assert draft.dosage.target == known.target
    if known.target.hours is not None:
        assert draft.dosage.shortfall == max(known.target.hours - draft.dosage.planned, 0)
    assert set(draft.turns) <= set(known.turns)
    assert {turn.program_id for turn in draft.turns} == {*draft.programs}

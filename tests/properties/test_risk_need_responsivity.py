"""Laws of needs, dosage, order and groups.

P19 no group that waits starts while an acute need is open, P20 what is required comes first, P22 a
plan reaches its target or says what is missing, P23 and P28 more risk or more needs never call for
less, P24 low and high never share a group without an override, E1 and E17.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.care.needs.change import Direction, PublishedError, Scored, score_change
from rehabcore.care.needs.dosage import (
    DosagePolicy,
    DosageRow,
    DosageTable,
    WorkDone,
    credited,
    dosage_target,
    planned_dosage,
)
from rehabcore.care.needs.groups import may_share_group
from rehabcore.care.needs.profile import NeedCount, NeedSeen, NeedsProfile, profile
from rehabcore.care.needs.sequence import sequence
from rehabcore.programs import Dose, Program
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Known
from rehabcore.rules.law.versions import Version, Versions
from rehabcore.rules.time.partial import first_of
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Modality, ProgramId, Stability
from tests.kit.builders import day, span
from tests.kit.record_makers import XX, facts_of
from tests.kit.record_strategies import case_files, days, in_any_order

ON = day("2030-06-01")
RISKS, DOMAINS = codes(XX.glossary.risk_levels), codes(XX.glossary.need_domains)
LEVELS = codes(XX.glossary.need_levels)
POLICY = XX.rnr_policy
MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN

# --- needs --------------------------------------------------------------------------------


def profile_of(file: CaseFile, on: date) -> NeedsProfile:
    """The profile of a person of country ``xx``."""
    cells = facts_of(file).on(on)
    view = file.as_known(date.max)
    return profile(XX.facts["need_level"], cells, view.needs_assessments, on=on)


@given(file=case_files(), on=days())
def test_a_profile_says_of_every_domain_what_the_rules_are_told(file: CaseFile, on: date) -> None:
    cells = facts_of(file).on(on)
    seen = profile_of(file, on)
    assert tuple(need.domain for need in seen.needs) == DOMAINS
    for need in seen.needs:
        cell = cells(ask(XX.facts["need_level"], domain=need.domain))
        known = isinstance(cell, Known)
        assert (need.level is None, need.unknown is None) == (not known, known)
        assert need.level == (cell.value if isinstance(cell, Known) else None)
        assert need.evidence == cell.evidence
        assert (need.assessed_on is None) == (not need.evidence)
        assert need.assessed_on is None or first_of(need.assessed_on) <= on
    assert set(seen.not_assessed) <= {need.domain for need in seen.unknown}


@given(data=st.data(), file=case_files(), on=days())
def test_the_order_of_records_does_not_matter(
    data: st.DataObject, file: CaseFile, on: date
) -> None:
    assert profile_of(data.draw(in_any_order(file)), on) == profile_of(file, on)


@st.composite
def profiles(draw: st.DrawFn) -> NeedsProfile:
    """Any profile of country ``xx``, with levels that are known and not."""
    stabilities = st.sampled_from((None, *Stability))
    needs = []
    for domain in DOMAINS:
        level = draw(st.sampled_from((None, *LEVELS)))
        needs.append(
            NeedSeen(
                domain=domain,
                level=level,
                unknown=UnknownKind.STALE if level is None else None,
                stability=draw(stabilities),
            )
        )
    return NeedsProfile(on=ON, levels=LEVELS, needs=tuple(needs))


def completions(seen: NeedsProfile) -> list[NeedsProfile]:
    """Every profile that may turn out to be the true one."""
    choices = [[need.level] if need.level else list(LEVELS) for need in seen.needs]
    return [
        evolve(
            seen,
            needs=tuple(
                evolve(need, level=level, unknown=None)
                for need, level in zip(seen.needs, levels, strict=True)
            ),
        )
        for levels in product(*choices)
    ]


@given(seen=profiles(), level=st.sampled_from(LEVELS[1:]))
def test_a_count_lies_between_those_of_all_completions(seen: NeedsProfile, level: str) -> None:
    count = seen.count(DOMAINS[:3], level)
    possible = {whole.count(DOMAINS[:3], level).least for whole in completions(seen)}
    assert (min(possible), max(possible)) == (count.least, count.most)


# --- dosage -------------------------------------------------------------------------------

ROWS = st.lists(
    st.builds(
        DosageRow,
        risk=st.sampled_from(RISKS),
        needs_from=st.integers(0, 4),
        hours=st.sampled_from((Decimal(0), Decimal(100), Decimal(200), Decimal(300))),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda row: (row.risk, row.needs_from),
)
CASES = list(product(RISKS, range(6)))


def grid(rows: list[DosageRow]) -> dict[tuple[str, int], Decimal | None]:
    """The hours of every case, found the plain way."""
    return {
        (risk, needs): next(
            (
                row.hours
                for row in sorted(rows, key=lambda row: -row.needs_from)
                if row.risk == risk and row.needs_from <= needs
            ),
            None,
        )
        for risk, needs in CASES
    }


def falls(hours: dict[tuple[str, int], Decimal | None]) -> bool:
    """Whether anywhere more risk with as many needs, or more, calls for less."""
    return any(
        less is not None and more is not None and more < less
        for ((risk, needs), less), ((other, others), more) in product(hours.items(), hours.items())
        if RISKS.index(risk) <= RISKS.index(other) and needs <= others
    )


@given(rows=ROWS)
def test_p23_a_table_is_read_just_if_it_never_calls_for_less_where_there_is_more(
    rows: list[DosageRow],
) -> None:
    try:
        table = DosageTable(levels=RISKS, rows=tuple(rows))
    except InputError:
        assert falls(grid(rows))
    else:
        assert not falls(grid(rows))
        assert {case: table.hours(*case) for case in CASES} == grid(rows)


def policy_of(rows: list[DosageRow]) -> DosagePolicy | None:
    """A policy of these rows alone; None where the table is refused."""
    try:
        table = DosageTable(levels=RISKS, rows=tuple(rows))
    except InputError:
        return None
    versions = (Version(in_force=span("2020-01-01"), value=table),)
    return evolve(POLICY.dosage, targets=Versions(name="dosage", versions=versions))


COUNTS = st.tuples(st.integers(0, 5), st.integers(0, 3)).map(lambda n: NeedCount(n[0], sum(n)))


@given(rows=ROWS, risk=st.sampled_from((None, *RISKS)), needs=COUNTS)
def test_a_target_is_known_just_if_every_completion_calls_for_the_same(
    rows: list[DosageRow], risk: str | None, needs: NeedCount
) -> None:
    policy = policy_of(rows) or POLICY.dosage
    possible = {
        dosage_target(policy, true_risk, NeedCount(number, number), on=ON).hours
        for true_risk in ([risk] if risk else RISKS)
        for number in range(needs.least, needs.most + 1)
    }
    found = dosage_target(policy, risk, needs, on=ON)
    assert found.hours == (next(iter(possible)) if len(possible) == 1 else None)
    assert (found.unknown is None) == (found.hours is not None)


@given(rows=ROWS, seen=profiles(), data=st.data())
def test_p28_a_reassessment_upward_never_calls_for_fewer_hours(
    rows: list[DosageRow], seen: NeedsProfile, data: st.DataObject
) -> None:
    policy, index = policy_of(rows) or POLICY.dosage, data.draw(st.integers(0, 2))
    before = data.draw(st.sampled_from(completions(seen)))
    raised = evolve(
        before,
        needs=tuple(
            evolve(need, level=data.draw(st.sampled_from(LEVELS[LEVELS.index(need.level or "") :])))
            for need in before.needs
        ),
    )
    risks = RISKS[index], data.draw(st.sampled_from(RISKS[index:]))
    less, more = (
        dosage_target(policy, risk, whole.count(DOMAINS[:3], "some"), on=ON).hours
        for risk, whole in zip(risks, (before, raised), strict=True)
    )
    assert less is None or more is None or less <= more


HOURS = st.one_of(st.none(), st.integers(1, 400).map(Decimal))


@given(hours=st.lists(HOURS, max_size=4), risk=st.sampled_from(RISKS), needs=COUNTS)
def test_p22_a_plan_reaches_its_target_or_says_what_is_missing(
    hours: list[Decimal | None], risk: str, needs: NeedCount
) -> None:
    planned = [evolve(XX.programs[0], dose=Dose(hours=each)) for each in hours]
    found = planned_dosage(POLICY.dosage, dosage_target(POLICY.dosage, risk, needs, on=ON), planned)
    target = found.target.hours
    if target is None:
        assert (found.enough, found.shortfall) == (UNKNOWN, None)
        return
    assert found.shortfall == max(target - found.planned, 0)
    assert (found.enough is MET) == (found.planned >= target)
    assert (found.enough is UNKNOWN) == (found.shortfall > 0 and None in hours)
    assert found == planned_dosage(POLICY.dosage, found.target, planned[::-1])


WORK = st.lists(
    st.builds(
        WorkDone,
        domains=st.frozensets(st.sampled_from(DOMAINS), max_size=2),
        on=st.just(ON),
        minutes=st.none() | st.integers(0, 200),
    ),
    max_size=6,
)


def _always(seen: NeedsProfile) -> Callable[[date], NeedsProfile]:
    return lambda _: seen


@given(seen=profiles(), done=WORK)
def test_credit_lies_within_what_it_may_turn_out_to_be(
    seen: NeedsProfile, done: list[WorkDone]
) -> None:
    found = credited(POLICY.dosage, _always(seen), done)
    assert not isinstance(found, UnknownKind)
    for whole in completions(seen):
        true = credited(POLICY.dosage, _always(whole), done)
        assert not isinstance(true, UnknownKind)
        assert true.unsure_minutes == 0
        assert found.minutes <= true.minutes <= found.minutes + found.unsure_minutes
    assert found.minutes <= sum(30 if one.minutes is None else one.minutes for one in done)


# --- order --------------------------------------------------------------------------------


@st.composite
def catalogues(draw: st.DrawFn) -> list[Program]:
    """Programmes that serve any domains, each of which may require earlier ones."""
    made: list[Program] = []
    for number in range(draw(st.integers(0, 5))):
        ids = [program.program_id for program in made]
        required = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)) if ids else []
        changed = evolve(
            XX.programs[0],
            program_id=ProgramId(f"p-{number}"),
            serves=draw(st.frozensets(st.sampled_from(DOMAINS), max_size=2)),
            modality=draw(st.frozensets(st.sampled_from(Modality))),
            prerequisites=tuple(required),
        )
        made.append(changed)
    return draw(st.permutations(made))


@given(programs=catalogues(), seen=profiles())
def test_p20_every_programme_has_one_turn_after_what_it_requires(
    programs: list[Program], seen: NeedsProfile
) -> None:
    order = [turn.program_id for turn in sequence(POLICY.sequence, programs, seen)]
    assert sorted(order) == sorted(program.program_id for program in programs)
    for program in programs:
        for required in program.prerequisites:
            assert order.index(required) < order.index(program.program_id)


def acute(seen: NeedsProfile) -> bool:
    """Whether an acute need is open in country ``xx``, told the plain way."""
    return any(
        need.level == "high" and (need.domain == "housing" or need.stability is Stability.ACUTE)
        for need in seen.needs
    )


@given(programs=catalogues(), seen=profiles())
def test_p19_no_criminogenic_group_starts_while_an_acute_need_is_or_may_be_open(
    programs: list[Program], seen: NeedsProfile
) -> None:
    modality = {program.program_id: program.modality for program in programs}
    may_be_open = frozenset(acute(whole) for whole in completions(seen))
    answers = {frozenset({False}): MET, frozenset({True}): NOT_MET}
    for turn in sequence(POLICY.sequence, programs, seen):
        if turn.sequence_class is None:
            assert turn.answer is UNKNOWN
        elif turn.sequence_class != "criminogenic" or modality[turn.program_id] == {"individual"}:
            assert turn.answer is MET
        else:
            assert turn.answer is answers.get(may_be_open, UNKNOWN)


# --- groups -------------------------------------------------------------------------------

MEMBERS = st.lists(st.sampled_from((None, *RISKS)), max_size=4)


def mixes(members: tuple[str | None, ...]) -> bool:
    """Whether low and high are together, told the plain way."""
    return {"low", "high"} <= set(members)


@given(members=MEMBERS)
def test_p24_low_and_high_share_a_group_just_if_no_completion_mixes_them(
    members: list[str | None],
) -> None:
    choices = [[level] if level else list(RISKS) for level in members]
    possible = {mixes(whole) for whole in product(*choices)}
    found = may_share_group(POLICY.apart, members)
    expected = {frozenset({False}): MET, frozenset({True}): NOT_MET}
    assert found.answer is expected.get(frozenset(possible), UNKNOWN)
    assert found.allowed == (found.answer is MET)


@given(members=MEMBERS)
def test_who_stands_where_in_a_group_does_not_matter(members: list[str | None]) -> None:
    forth, back = (may_share_group(POLICY.apart, m) for m in (members, members[::-1]))
    assert forth.answer is back.answer
    last = len(members) - 1
    assert sorted(last - place for place in back.low) == list(forth.low)
    assert sorted(last - place for place in back.unknown) == list(forth.unknown)


# --- scores -------------------------------------------------------------------------------

POINTS = st.integers(-1000, 1000).map(lambda n: Decimal(n) / 10)


def scored(score: Decimal, on: str) -> Scored:
    """A score of a fictional scale."""
    return Scored(instrument="mood", edition="2", scale="total", assessed_on=day(on), score=score)


@given(before=POINTS, after=POINTS, points=st.integers(1, 100).map(lambda n: Decimal(n) / 10))
def test_a_change_back_is_the_same_the_other_way_round(
    before: Decimal, after: Decimal, points: Decimal
) -> None:
    error = PublishedError(points=points, cite="A fictional manual")
    there, back = (
        score_change(
            scored(one, "2030-01-01"), scored(two, "2031-01-01"), high_is_worse=True, error=error
        )
        for one, two in ((before, after), (after, before))
    )
    assert there.reliable is back.reliable
    assert there.difference == -(back.difference or 0)
    assert there.index == -(back.index or 0)
    assert (there.direction is Direction.SAME) == (before == after)
    near = Fraction(there.index or 0) ** 2 - Fraction("1.96") ** 2
    assert abs(near) < Fraction(1, 1000) or (near > 0) == (there.reliable is MET)

"""Laws of levels of risk: what persons decide adds to assessments, and changes none of them."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.levels.earlier_scores import EarlierScores
from rehabcore.records import LevelOverride, Resolution, RiskAssessment
from rehabcore.risk import risk_claims, standings
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.judging.settling import settle
from rehabcore.rules.time.acts import DatedAct
from rehabcore.rules.time.days import OPEN, UNSURE, End, Term
from rehabcore.rules.time.partial import Day, PartialDay, first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import RecordId, StaffId
from tests.kit.builders import filed
from tests.kit.record_makers import XX
from tests.kit.record_strategies import SEEDS

FIRST, DAYS = date(2020, 1, 1), 40
LEVELS, POLICY = XX.risk_policy.levels, XX.risk_policy
IDS = ("a", "b", "c", "d")

_day = st.integers(0, DAYS).map(lambda number: FIRST + timedelta(number))
_level = st.sampled_from(LEVELS)


@st.composite
def _assessments(draw: st.DrawFn) -> tuple[RiskAssessment, ...]:
    """Up to four assessments by two instruments."""
    made = []
    for own in draw(st.sets(st.sampled_from(IDS), min_size=1).map(sorted)):
        assessed_on = draw(_day)
        ends: list[End] = [OPEN, UNSURE, assessed_on + timedelta(draw(st.integers(1, DAYS)))]
        made.append(
            RiskAssessment(
                filed=filed(own),
                instrument=draw(st.sampled_from(("one", "other"))),
                assessed_on=assessed_on,
                expires=draw(st.sampled_from(ends)),
                level=draw(st.one_of(_level, _level, st.none())),
                band="I",
                confirmed_by=draw(st.sampled_from((StaffId("staff"), None))),
            )
        )
    return tuple(made)


@st.composite
def _overrides(draw: st.DrawFn) -> tuple[LevelOverride, ...]:
    """Up to three overrides of whatever assessments there are."""
    return tuple(
        LevelOverride(
            filed=filed(f"o-{number}"),
            assessment=RecordId(draw(st.sampled_from(IDS))),
            level=draw(_level),
            reason="known_threat",
            decided_by=StaffId("head"),
            decided_on=(decided_on := draw(_day)),
            until=decided_on + timedelta(draw(st.integers(1, 20))) if draw(st.booleans()) else OPEN,
        )
        for number in range(draw(st.integers(0, 3)))
    )


@st.composite
def _resolution(draw: st.DrawFn) -> Resolution:
    """A resolution of two assessments, which may be there and may disagree."""
    named = draw(st.sets(st.sampled_from(IDS), min_size=2, max_size=2).map(sorted))
    return Resolution(
        filed=filed("r"),
        assessments=tuple(map(RecordId, named)),
        level=draw(_level),
        reason="newer_facts",
        decided_by=StaffId("head"),
        decided_on=draw(_day),
    )


_resolutions = st.lists(_resolution(), max_size=1).map(tuple)


def _levels(
    assessments: tuple[RiskAssessment, ...],
    overrides: tuple[LevelOverride, ...] = (),
    resolutions: tuple[Resolution, ...] = (),
) -> Timeline[Cell]:
    found = standings(assessments, overrides=overrides, resolutions=resolutions, policy=POLICY)
    return settle(risk_claims(found), Unknown(UnknownKind.MISSING))


@given(_assessments(), _overrides(), _resolutions, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(
    assessments: tuple[RiskAssessment, ...],
    overrides: tuple[LevelOverride, ...],
    resolutions: tuple[Resolution, ...],
    chance: Random,
) -> None:
    mixed, others = list(assessments), list(overrides)
    chance.shuffle(mixed)
    chance.shuffle(others)
    assert _levels(tuple(mixed), tuple(others), resolutions) == _levels(
        assessments, overrides, resolutions
    )


@given(_assessments(), _overrides(), _resolutions, _day)
def test_what_is_decided_changes_no_assessment_and_none_of_its_days(
    assessments: tuple[RiskAssessment, ...],
    overrides: tuple[LevelOverride, ...],
    resolutions: tuple[Resolution, ...],
    on: date,
) -> None:
    """Law E8: the original is kept, and what counts in its place has a human and a reason."""
    plain = standings(assessments, on=on)
    decided = standings(assessments, overrides=overrides, resolutions=resolutions, on=on)
    assert {s.assessment for s in decided} == {s.assessment for s in plain}
    before = {s.assessment.filed.record_id: s.applies for s in plain}
    for standing in decided:
        if standing.decided is None:
            assert standing.applies == before[standing.assessment.filed.record_id]
        else:
            assert standing.decided.decided_by
            assert standing.decided.reason


@given(_assessments(), _overrides(), _resolutions, _overrides().filter(len))
def test_what_is_decided_later_never_matters_before(
    assessments: tuple[RiskAssessment, ...],
    overrides: tuple[LevelOverride, ...],
    resolutions: tuple[Resolution, ...],
    more: tuple[LevelOverride, ...],
) -> None:
    added = tuple(evolve(o, filed=filed(f"new-{o.filed.record_id}")) for o in more)
    first = min(first_of(override.decided_on) for override in added)
    before = _levels(assessments, overrides, resolutions)
    after = _levels(assessments, (*overrides, *added), resolutions)
    for day in (FIRST + timedelta(number) for number in range(-1, DAYS + 1)):
        if day < first:
            assert after.at(day) == before.at(day)


@given(_assessments(), _overrides(), _resolutions, _day)
def test_an_assessment_that_has_expired_never_says_a_level(
    assessments: tuple[RiskAssessment, ...],
    overrides: tuple[LevelOverride, ...],
    resolutions: tuple[Resolution, ...],
    on: date,
) -> None:
    """Law E11, whatever was decided."""
    expired = tuple(
        evolve(a, assessed_on=min(a.assessed_on, on - timedelta(1)), expires=on)
        for a in assessments
    )
    assert not isinstance(_levels(expired, overrides, resolutions).at(on), Known)


@given(_assessments(), _overrides(), _resolution(), _day)
def test_a_resolution_settles_only_the_assessments_that_it_names(
    assessments: tuple[RiskAssessment, ...],
    overrides: tuple[LevelOverride, ...],
    resolution: Resolution,
    on: date,
) -> None:
    def others(resolutions: tuple[Resolution, ...]) -> list[object]:
        found = standings(assessments, overrides=overrides, resolutions=resolutions, on=on)
        return [s for s in found if s.assessment.filed.record_id not in resolution.assessments]

    assert others((resolution,)) == others(())


@given(_assessments(), _overrides(), _resolution(), _day)
def test_a_resolution_never_makes_a_level_of_what_no_assessment_or_override_says(
    assessments: tuple[RiskAssessment, ...],
    overrides: tuple[LevelOverride, ...],
    resolution: Resolution,
    on: date,
) -> None:
    cell = _levels(assessments, overrides, (resolution,)).at(on)
    said = {*(a.level for a in assessments), *(o.level for o in overrides)}
    assert not isinstance(cell, Known) or cell.value in said


def _acts(seed: int) -> list[tuple[DatedAct, Decimal]]:
    chance = Random(seed)
    long = chance.choice((3, 9, 30))

    def on() -> Day:
        first = date(2026, 1, 1) + timedelta(chance.randrange(long))
        known = chance.random() < 0.7
        return first if known else PartialDay(first, first + timedelta(1 + chance.randrange(long)))

    acts = [DatedAct(on(), (chance.choice("ab"), True), chance.randrange(5)) for _ in range(9)]
    return [(act, Decimal(chance.randrange(4))) for act in acts]


def _precedes(act: DatedAct, other: DatedAct) -> bool:
    """Whether an act certainly came before another one."""
    if last_of(act.on) < first_of(other.on):
        return True
    same_row = (act.day, act.row) == (other.day, other.row) and act.day is not None
    return same_row and act.place < other.earliest


@given(SEEDS, st.integers(0, 12))
def test_the_earliest_scores_are_those_that_looking_at_all_finds(seed: int, days: int) -> None:
    (act, _), *scored = _acts(seed)
    within = Term(days=days)

    near = [
        (one, score)
        for one, score in scored
        if first_of(act.on) <= within.after(last_of(one.on)) and not _precedes(act, one)
    ]
    before = [one for one, _ in near if _precedes(one, act)]
    earlier = [one for one in before if last_of(act.on) <= within.after(first_of(one.on))]
    starts = min((last_of(one.on) for one in earlier), default=date.min)
    first_ones = [one for one in earlier if last_of(one.on) == starts]
    found = [
        score
        for one, score in near
        if first_of(one.on) <= starts and not any(_precedes(first, one) for first in first_ones)
    ]
    expected = (min(found), max(found)) if earlier else None
    assert EarlierScores(scored, within).earliest_before(act) == expected

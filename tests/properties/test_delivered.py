"""Laws of what was delivered, for any attendances."""

from datetime import date, timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.care.plans.schedules.attendance import AttendancePolicy
from rehabcore.care.plans.schedules.delivered import Delivered, delivered
from rehabcore.records import CaseFile
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import AttendanceOutcome
from tests.kit.attendances import ON, POLICY, file_of, item

_OUTCOMES = st.lists(st.sampled_from([None, *map(str, AttendanceOutcome)]), max_size=12)
_POLICIES = st.builds(
    lambda rows, after, within: AttendancePolicy(
        outcomes=POLICY.outcomes[:rows], breach_after=after, within=within
    ),
    st.integers(0, 3),
    st.none() | st.integers(1, 4),
    st.sampled_from((None, Term(days=3), Term(weeks=1))),
)
_HELD = [one for one in AttendanceOutcome if one is not AttendanceOutcome.CANCELLED_BY_PROVIDER]


def _of(file: CaseFile, policy: AttendancePolicy, basis: str = "mandatory") -> Delivered:
    return delivered(item(basis), file, policy, on=ON)


@given(_OUTCOMES, _POLICIES, st.data())
def test_whatever_is_recorded_later_lies_between_the_bounds(
    outcomes: list[str | None], policy: AttendancePolicy, data: st.DataObject
) -> None:
    open_ = _of(file_of(*outcomes), policy)
    told = [one or str(data.draw(st.sampled_from(_HELD))) for one in outcomes]
    known = _of(file_of(*told), policy)
    for name in ("sessions", "absences", "minutes"):
        wide, narrow = getattr(open_, name), getattr(known, name)
        assert wide.least <= narrow.least
        assert narrow.most <= wide.most
    if open_.share is not None:
        assert known.share is not None
        assert open_.share.least <= known.share.least <= known.share.most <= open_.share.most
    assert open_.breach in (Answer.UNKNOWN, known.breach)


@given(_OUTCOMES, _POLICIES)
def test_what_is_voluntary_is_never_breached(
    outcomes: list[str | None], policy: AttendancePolicy
) -> None:
    assert _of(file_of(*outcomes), policy, "voluntary").breach is Answer.NOT_MET


@given(_OUTCOMES, _POLICIES, st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(
    outcomes: list[str | None], policy: AttendancePolicy, chance: st.DataObject
) -> None:
    file = file_of(*outcomes)
    sessions, attendances = [*file.sessions], [*file.attendances]
    chance.shuffle(sessions)  # type: ignore[attr-defined]
    chance.shuffle(attendances)  # type: ignore[attr-defined]
    shuffled = evolve(file, sessions=tuple(sessions), attendances=tuple(attendances))
    assert _of(shuffled, policy) == _of(file, policy)


@given(_OUTCOMES, _POLICIES, st.integers(0, 14))
def test_a_breach_is_one_from_its_day_on(
    outcomes: list[str | None], policy: AttendancePolicy, days: int
) -> None:
    file, on = file_of(*outcomes), date(2026, 3, 2) + timedelta(days=days)
    whole = _of(file, policy)
    so_far = delivered(item(), file, policy, on=on)
    since = whole.breached_on
    assert (so_far.breach is Answer.MET) is (since is not None and since <= on)

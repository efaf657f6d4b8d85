"""Laws of deadlines: what an earlier anchor, an unknown one and a pause do to them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rehabcore.rules.machines.deadlines import (
    Deadline,
    Due,
    DueState,
    Offset,
    WorkingCalendar,
    due_state,
    laid,
)
from rehabcore.rules.machines.pauses import Pause, PauseKind, after_pauses
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import Day, PartialDay, between, first_of, last_of
from rehabcore.rules.truth import UnknownKind

TITLE = Text.of(en="Something")
CALENDAR = WorkingCalendar(holidays=frozenset({date(2026, 5, 1)}), weekend=frozenset({5, 6}))
ANCHORS = ("release", "told")
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
TERMS = st.builds(Term, st.integers(0, 2), st.integers(0, 14), st.integers(0, 40))
NAMES = st.lists(st.sampled_from(ANCHORS), min_size=1, unique=True).map(tuple)
OFFSETS = st.one_of(
    st.builds(Offset, after=NAMES, term=TERMS),
    st.builds(Offset, before=NAMES, term=TERMS),
    st.builds(Offset, after=NAMES, working_days=st.integers(0, 10)),
)
DEADLINES = st.builds(
    Deadline,
    code=st.just("it"),
    title=st.just(TITLE),
    due=OFFSETS,
    opens=st.none() | OFFSETS,
    not_before=st.just(()) | NAMES,
)


@st.composite
def _days(draw: st.DrawFn) -> Day:
    first = draw(DAYS)
    return between(first, first + timedelta(draw(st.sampled_from((0, 0, 1, 30, 365)))))


def _laid(deadline: Deadline, **anchors: Day | UnknownKind) -> Due:
    [due] = laid([deadline], anchors, calendar=CALENDAR)
    return due


@given(DEADLINES, _days(), _days(), st.integers(0, 400), st.sampled_from(ANCHORS))
def test_law_t8_an_earlier_anchor_makes_nothing_due_later(
    deadline: Deadline, release: Day, told: Day, earlier: int, moved: str
) -> None:
    anchors = {"release": release, "told": told}
    shift = timedelta(earlier)
    other = anchors | {
        moved: between(first_of(anchors[moved]) - shift, last_of(anchors[moved]) - shift)
    }
    before, after = _laid(deadline, **anchors), _laid(deadline, **other)
    for one, then in ((before.due, after.due), (before.opens, after.opens)):
        if isinstance(one, Day) and isinstance(then, Day):
            assert first_of(then) <= first_of(one)
            assert last_of(then) <= last_of(one)


@given(DEADLINES, _days())
def test_law_an_unknown_anchor_gives_an_unknown_deadline_and_never_none(
    deadline: Deadline, release: Day
) -> None:
    due = _laid(deadline, release=release, told=UnknownKind.DISPUTED)
    used = {*deadline.due.after, *deadline.due.before, *deadline.not_before}
    assert (due.due is None) == ("told" in used)
    assert set(due.missing) <= {"told"}
    assert (due.why is UnknownKind.DISPUTED) == bool(due.missing)


@given(DEADLINES, _days(), DAYS)
def test_law_days_known_in_part_leave_open_what_they_can_be(
    deadline: Deadline, release: Day, on: date
) -> None:
    due = _laid(deadline, release=release, told=release)
    ends = [_laid(deadline, release=day, told=day) for day in (first_of(release), last_of(release))]
    states = {due_state(end, on=on) for end in ends}
    state = due_state(due, on=on)
    assert state is DueState.UNKNOWN or states == {state}


@given(DEADLINES, _days(), DAYS)
def test_law_e30_what_is_overdue_stays_so_until_it_is_done(
    deadline: Deadline, release: Day, on: date
) -> None:
    due = _laid(deadline, release=release, told=release)
    if due_state(due, on=on) is DueState.OVERDUE:
        assert due_state(due, on=on + timedelta(1)) is DueState.OVERDUE
    if isinstance(due.due, date) and not isinstance(due.due, PartialDay):
        assert due_state(due, on=due.due) is DueState.DUE


PAUSES = st.builds(
    lambda began, days, extension, cures: Pause(
        kind=PauseKind(
            code="ill", title=TITLE, extension=Term(days=extension), cures_lateness=cures
        ),
        began=began,
        ended=began + timedelta(days),
    ),
    DAYS,
    st.integers(0, 60),
    st.integers(0, 20),
    st.booleans(),
)


@given(_days(), st.lists(PAUSES, max_size=3), PAUSES)
def test_law_a_pause_never_shortens_never_stacks_and_never_cures(
    due: Day, pauses: list[Pause], pause: Pause
) -> None:
    on = date(2027, 6, 1)
    after = after_pauses(due, pauses, on=on)
    more = after_pauses(due, [*pauses, pause], on=on)
    assert first_of(more) >= first_of(after)
    assert last_of(more) >= last_of(after)
    if not pause.kind.cures_lateness:
        assert after_pauses(due, [*pauses, pause, pause], on=on) == more
        if last_of(after) < pause.began:
            assert more == after

"""Laws of placements that change over time, on people who are moved, asked for and recalled.

Every placement may come to be in another setting or with another holder, from any day on.
"""

from datetime import date, timedelta

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.moves.responsibility import TakenOver, accountable, tenures
from rehabcore.care.moves.whereabouts import begun
from rehabcore.records import CaseFile, Filed, Placement
from rehabcore.records.changes import days_held, held_on
from rehabcore.rules.time.partial import last_of
from rehabcore.strict.vocabulary import RecordId, Setting
from tests.kit.travellers import BEGUN, OFFICES, PRISON, SCRIPTS, XX, World

CHANGES = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.integers(0, 90),
        st.sampled_from(Setting),
        st.sampled_from((PRISON, *OFFICES)),
        st.sampled_from(("registry", PRISON)),
    ),
    min_size=1,
    max_size=4,
)
Change = tuple[int, int, Setting, str, str]


def _with(file: CaseFile, changes: list[Change]) -> CaseFile:
    """The records that stand of a file, after some placements or changes of them were changed."""
    view = file.as_known(date.max)
    for number, (which, days, setting, holder, source) in enumerate(changes):
        before = view.placements[which % len(view.placements)]
        filing = Filed(
            record_id=RecordId(f"change-{number}"),
            recorded_on=before.filed.recorded_on,
            source=source,
            changes=before.filed.record_id,
            since=BEGUN + timedelta(days),
        )
        record = evolve(before, filed=filing, setting=setting, holder=holder)
        view = view.with_record(record)
    return view


def _until(view: CaseFile, on: date) -> CaseFile:
    """What had begun by a day of what a view holds."""

    days = days_held(view.placements)

    def begun_by(held: Placement) -> bool:
        since, _ = days.get(held.filed.record_id, (date.min, date.max))
        return max(begun(held), since) <= on

    return evolve(
        view,
        placements=tuple(held for held in view.placements if begun_by(held)),
        transition_acts=tuple(act for act in view.transition_acts if last_of(act.on) <= on),
        deaths=tuple(death for death in view.deaths if last_of(death.died_on) <= on),
    )


@settings(max_examples=15)
@given(SCRIPTS, CHANGES, st.data())
def test_a_day_is_told_from_what_had_begun_by_then_and_as_the_holders_are(
    script: list[tuple[str, int, int]], changes: list[Change], data: st.DataObject
) -> None:
    """But where an office says itself that it has the person, since another one accepted."""
    world = World().run(script)
    days = (world.today - BEGUN).days + 90
    for one in world.people:
        view = _with(one.case, changes)
        on = BEGUN + timedelta(data.draw(st.integers(0, days)))
        seen = transitions_on(view, XX.moves, on)
        assert transitions_on(_until(view, on), XX.moves, on) == seen
        tenure = accountable(tenures(view), on)
        for told in seen:
            if told.moved_on is None or told.closed_on is not None or not told.taken_by:
                continue
            assert tenure is not None
            if tenure.why is not TakenOver.HAS_THE_PERSON:
                assert tenure.office == told.taken_by


@given(CHANGES)
def test_a_placement_holds_on_the_days_of_the_view(changes: list[Change]) -> None:
    view = _with(World().people[0].case, changes)
    days = days_held(view.placements)
    for offset in range(-1, 92):
        on = BEGUN + timedelta(offset)
        found = {held.filed.record_id for held in held_on(view, on).placements}
        assert found == {own for own, (since, until) in days.items() if since <= on < until}

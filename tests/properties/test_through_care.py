"""Laws of through-care, on people who are prepared, asked for, forgotten, moved and recalled.

Three people go between three prisons, two communities and two offices outside. Of ten acts at least
three disturb: a refusal, a silence, an unplanned move, something that is told or corrected late.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given, settings

import rehabcore as rc
from rehabcore.care.continuity.interruptions import Interruption
from rehabcore.care.continuity.items import continuity_seen
from rehabcore.care.moves.responsibility import TakenOver, accountable, died_by, tenures
from rehabcore.care.moves.stages import (
    Arrival,
    Closing,
    Misplacement,
    Preparation,
    TaskKind,
)
from rehabcore.rules.time.days import ONE_DAY, OPEN
from rehabcore.rules.time.partial import first_of, last_of
from rehabcore.strict.vocabulary import RecordId, TransitionEvent
from tests.kit.travellers import (
    BEGUN,
    FIRST,
    RULES,
    SCRIPTS,
    XX,
    Traveller,
    World,
    holder_on,
    supplied_on,
)

Law = Callable[[Traveller, date], None]


def law_t1(one: Traveller, today: date) -> None:
    """Exactly one office is accountable on every day, and it is the one told from outside."""
    found = tenures(one.view())
    assert found[0].span.start == FIRST
    assert [one.span.end for one in found[:-1]] == [one.span.start for one in found[1:]]
    died = [entry.on for entry in one.log if entry.what == "died"]
    assert found[-1].span.end == (died[0] if died else OPEN)
    for day in (FIRST, *_days(BEGUN, today)):
        tenure = accountable(found, day)
        assert (tenure.office if tenure is not None else None) == holder_on(one, day), day


def law_t2(one: Traveller, today: date) -> None:
    """Another office is accountable once it accepts, is named, or says it has the person."""
    acts = {act.filed.record_id: act for act in one.view().transition_acts}
    own = {p.filed.record_id for p in one.view().placements if p.filed.source == p.holder}
    for tenure in tenures(one.view())[1:]:
        said = [acts[r].event.value for r in tenure.evidence if r in acts]
        taken = {"accepted", "escalated"} & {*said} or own & {*tenure.evidence}
        assert taken, tenure
        assert (tenure.why is TakenOver.HAS_THE_PERSON) == (not {"accepted", "escalated"} & {*said})


def law_t3(one: Traveller, today: date) -> None:
    """Ready means: taken over or waived, an appointment, the checklist settled; or it is told."""
    for seen in one.seen(today):
        told = {m.why for m in seen.misplaced if m.event is TransitionEvent.READY}
        if seen.preparation is Preparation.READY and not told:
            assert seen.taken_by or seen.waived_by
            assert seen.appointment is not None
            assert all(item.entry for item in seen.checklist)


def law_t7(one: Traveller, today: date) -> None:
    """After a refusal or silence an office is to be found, unless one says that it has the person.

    Silence moved nobody.
    """
    held = {entry.of for entry in one.log if entry.own}
    for seen in one.seen(today):
        refused = seen.preparation in (Preparation.DECLINED, Preparation.NO_RESPONSE)
        refused &= seen.transition not in held
        if refused and not seen.taken_by and not seen.waived_by:
            assert TaskKind.FIND_AN_OFFICE in {task.kind for task in seen.tasks}
        if seen.preparation is Preparation.REFERRED:
            assert any(asked.due is None or asked.due >= today for asked in seen.referrals)


def law_t10(one: Traveller, today: date) -> None:
    """Engaged only after a contact that the person kept; or it is told."""
    acts = one.view().transition_acts
    for seen in one.seen(today):
        told = {m.event for m in seen.misplaced}
        events = [act.event for act in acts if act.transition == seen.transition]
        if seen.arrival is Arrival.ENGAGED and TransitionEvent.ENGAGED not in told:
            assert TransitionEvent.FIRST_CONTACT in events[: events.index(TransitionEvent.ENGAGED)]


def law_t13(one: Traveller, today: date) -> None:
    """The end of aftercare changes no legal status, nor who is accountable in a sentence."""
    view = one.view()
    kept = [act for act in view.transition_acts if act.event is not TransitionEvent.CLOSED]
    without = evolve(view, transition_acts=tuple(kept))
    assert view.legal_standings == without.legal_standings
    if len(kept) < len(view.transition_acts) and not one.dead:
        assert tenures(view)[-1].span.end is OPEN


def law_t15(one: Traveller, today: date) -> None:
    """A recall closes the transition and keeps its history; the next one has no acceptance yet."""
    moved = [entry for entry in one.log if entry.what == "moved"]
    seen = {one.transition: one for one in one.seen(today)}
    for before, after in pairwise(moved):
        closed = seen[RecordId(before.of)]
        assert closed.closed_on is not None
        assert closed.closed_on <= after.on
        assert closed.moved_on == before.on
        early = [e for e in one.log if e.of == after.of and e.on < before.on]
        late = [e for e in one.log if e.of == after.of and e.on > before.on]
        if early and not [e for e in late if e.what in ("accepted", "named")]:
            assert not seen[RecordId(after.of)].taken_by
    if one.earlier is not None:
        known_at, found = one.earlier
        assert tenures(one.view(known_at)) == found


def law_t16(one: Traveller, today: date) -> None:
    """An office that is asked too long after the move is told."""
    for seen in one.seen(today):
        within = RULES[seen.move].late_referral_within
        late = {
            act.filed.record_id
            for act in one.view().transition_acts
            if act.transition == seen.transition and act.event is TransitionEvent.REFERRED
            if seen.moved_on is not None and within is not None
            if last_of(act.on) > within.after(seen.moved_on)
            if seen.closed_on is None or last_of(act.on) < seen.closed_on
        }
        told = {m.act for m in seen.misplaced if m.why is Misplacement.TOO_LATE}
        assert told == late


def law_t17(one: Traveller, today: date) -> None:
    """Asked, accepted, moved, met: in this order, or it is told; a late referral may follow."""
    for seen in one.seen(today):
        if seen.misplaced or seen.moved_on is None:
            continue
        on = {
            act.event: last_of(act.on)
            for act in reversed(one.view().transition_acts)
            if act.transition == seen.transition
        }
        accepted = on.get(TransitionEvent.ACCEPTED)
        if accepted is not None:
            assert on[TransitionEvent.REFERRED] <= accepted
        if seen.unplanned is False and RULES[seen.move].needs_acceptance:
            taken = accepted or on[TransitionEvent.ESCALATED]
            assert taken <= seen.moved_on
        assert seen.moved_on <= on.get(TransitionEvent.FIRST_CONTACT, date.max)


def law_t18(one: Traveller, today: date) -> None:
    """Death closes all open work, and nothing of it is due or overdue."""
    died = [entry.on for entry in one.log if entry.what == "died"]
    for seen in one.seen(today):
        if died:
            assert seen.closed_on is not None
            assert seen.closed_on <= died[0]
            assert seen.tasks == ()
        assert (seen.closed_why is Closing.DIED) <= bool(died)
    assert (tenures(one.view())[-1].closed_by is not None) is bool(died)


def law_of_care(one: Traveller, today: date) -> None:
    """The treatment is supplied on every day of life, or an interruption is listed for the day.

    How it was before the first supply on file nobody knows, but for the days since the last move.
    """
    died = [entry.on for entry in one.log if entry.what == "died"]
    kinds, view = XX.glossary.continuity_kinds, one.view()
    for on in {today, *(entry.on for entry in one.log)}:
        (item,) = continuity_seen(view, kinds, XX.moves, on=on, died=died_by(view)).items
        told = [entry for entry in one.log if entry.on <= on]
        known = [entry.on for entry in told if entry.what == "supplied"]
        moved = [entry.on for entry in told if entry.what == "moved"]
        since = max(BEGUN, min(known) if known else max(moved, default=date.max))
        for day in _days(since, min([on, *(day - ONE_DAY for day in died)])):
            gaps = [one for one in item.interruptions if _holds(one, day)]
            assert len(gaps) == (0 if supplied_on(one, day) else 1), day


def law_of_documents(one: Traveller, today: date) -> None:
    """What is told of moves and of care is stored, and nothing in it contradicts the rest."""
    told = (rc.possible_moves(one.case, XX, on=today), rc.continuity(one.case, XX, on=today))
    for result in (*told, one.moved):
        if result is not None:
            assert rc.read(rc.write(result)) == result


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _holds(gap: Interruption, day: date) -> bool:
    return first_of(gap.since) <= day and (gap.until is None or day < last_of(gap.until))


LAWS: tuple[Law, ...] = (
    *(law_t1, law_t2, law_t3, law_t7, law_t10),
    *(law_t13, law_t15, law_t16, law_t17, law_t18, law_of_care, law_of_documents),
)


@settings(max_examples=8)
@given(SCRIPTS)
def test_the_laws_hold_whatever_happens(script: list[tuple[str, int, int]]) -> None:
    world = World().run(script)
    assert world.disturbed * 10 >= 3 * world.done
    for one in world.people:
        for law in LAWS:
            law(one, world.today)


WAY: list[tuple[str, int, int]] = [
    *(("prepare", 0, 0), ("accept", 0, 0), ("second", 0, 0), ("ready", 0, 0), ("go", 0, 0)),
    *(("meet", 0, 0), ("foreign", 1, 0), ("go", 0, 0), ("prepare", 0, 1), ("silence", 0, 0)),
    *(("escalate", 0, 1), ("unplanned", 1, 0), ("go", 0, 1), ("miss", 0, 0), ("refer_late", 1, 0)),
    *(("accept", 1, 0), ("correct_late", 1, 0), ("close", 1, 0), ("taken_in", 1, 0)),
    *(("prepare", 1, 1), ("decline", 1, 1), ("die", 1, 0), ("supply", 2, 1), ("prepare", 2, 0)),
    *(("tell_late", 2, 0), ("go", 2, 0), ("correct_late", 2, 0), ("supply", 2, 0), ("go", 2, 1)),
]
"""Everything once: a planned release, a recall, silence, a naming, a late referral, a death, and a
stay in a community."""


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_each_law_holds_on_one_long_way(law: Law) -> None:
    world = World().run(WAY)
    for one in world.people:
        law(one, world.today)

"""Laws of pathways: a reset loses nothing, to submit is all or nothing, only records say order.

Each law has a mutant, a reading that is broken on purpose and that the law must notice.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabcore.care.resettlement import pathways as reading
from rehabcore.care.resettlement.pathways import pathways_seen
from rehabcore.care.resettlement.standings import ChangedBy, PathwaysSeen
from rehabcore.records import CaseFile
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    XX,
    pathway_act,
    pathway_assessment,
    pathway_reset,
    placement,
    support_need,
    support_need_act,
)

PATHWAYS = ("accommodation", "health", "finance_and_id")
STATUSES = ("in_progress", "support_required", "support_not_required", "support_declined", "done")
LAST = 12
DAYS, NUMBERS = st.integers(0, LAST), st.none() | st.integers(1, 3)


def _on(number: int) -> str:
    return (day("2026-01-05") + timedelta(number)).isoformat()


def _forms(drawn: st.DataObject) -> Iterable[Any]:
    form = st.tuples(
        DAYS,
        st.dictionaries(st.sampled_from(PATHWAYS), st.sampled_from(STATUSES)),
        st.sampled_from(["immediate_needs", "pre_release"]),
        st.booleans(),
    )
    for number, (on, answers, kind, submitted) in enumerate(drawn.draw(st.lists(form, max_size=5))):
        yield pathway_assessment(f"f-{number}", _on(on), answers, kind, submitted=submitted)


def _acts(drawn: st.DataObject) -> Iterable[Any]:
    act = st.tuples(DAYS, NUMBERS, st.sampled_from(STATUSES), st.sampled_from(PATHWAYS))
    for number, (on, place, status, pathway) in enumerate(drawn.draw(st.lists(act, max_size=8))):
        yield pathway_act(f"a-{number}", status, _on(on), pathway, sequence=place)


def _stays(drawn: st.DataObject) -> Iterable[Any]:
    days = [0, *sorted(drawn.draw(st.sets(st.integers(1, LAST), max_size=3)))]
    for number, on in enumerate(days):
        end = {} if on == days[-1] else {"end": _on(days[number + 1])}
        yield placement(f"pl-{number}", ("custody", "community")[number % 2], _on(on), **end)


@st.composite
def _files(draw: st.DrawFn) -> CaseFile:
    drawn = draw(st.data())
    resets = draw(st.lists(st.tuples(DAYS, NUMBERS), max_size=2))
    needs = draw(st.lists(st.tuples(DAYS, st.sampled_from(PATHWAYS)), max_size=3))
    act = st.tuples(DAYS, NUMBERS, st.sampled_from(["in_progress", "met", "declined"]))
    done = draw(st.lists(act, max_size=5)) if needs else []
    return case(
        placements=tuple(_stays(drawn)),
        pathway_acts=tuple(_acts(drawn)),
        pathway_assessments=tuple(_forms(drawn)),
        pathway_resets=tuple(
            pathway_reset(f"r-{n}", _on(on), sequence=place) for n, (on, place) in enumerate(resets)
        ),
        support_needs=tuple(
            support_need(f"s-{n}", _on(on), pathway=of) for n, (on, of) in enumerate(needs)
        ),
        support_need_acts=tuple(
            support_need_act(f"n-{n}", f"s-{n % len(needs)}", status, _on(on), sequence=place)
            for n, (on, place, status) in enumerate(done)
        ),
    )


FILES = _files()


def _seen(file: CaseFile, on: int = LAST) -> PathwaysSeen:
    return pathways_seen(file, PATHWAYS, XX.moves, on=day(_on(on)), died=None)


def _told(seen: PathwaysSeen) -> list[str]:
    """The record of every act in a history."""
    of_pathways = [one.history for one in seen.pathways]
    of_needs = [need.history for one in seen.pathways for need in one.needs]
    changes = [change for history in (*of_pathways, *of_needs) for change in history]
    return sorted(one.record_id for one in changes if one.by is ChangedBy.ACT)


def nothing_is_lost(file: CaseFile) -> bool:
    """Law: whatever was reset, every act is told once; a form is one of before, or of now."""
    seen = _seen(file)
    acts = [one.filed.record_id for one in file.pathway_acts]
    acts += [one.filed.record_id for one in file.support_need_acts]
    kept = _told(seen) == sorted(acts)
    earlier = [own for form in seen.assessments for own in form.earlier]
    now = {one.record_id for form in seen.assessments for one in form.answers}
    return kept and len({*earlier}) == len(earlier) and now.isdisjoint(earlier)


def all_or_nothing(file: CaseFile) -> bool:
    """Law: what was submitted gave every pathway a status at once, and nothing else gave one."""
    seen = _seen(file)
    given = [
        [(c.record_id, c.on) for c in one.history if c.by is ChangedBy.ASSESSMENT]
        for one in seen.pathways
    ]
    submitted = [form.submitted_on for form in seen.assessments if form.submitted_on is not None]
    refused = {own for form in seen.assessments for own in form.misplaced}
    named = {own for own, _ in given[0]}
    return (
        all(one == given[0] for one in given)
        and {*submitted} <= {on for _, on in given[0]}
        and not refused & named
    )


def after_a_reset_nothing_stands(file: CaseFile) -> bool:
    """Law: whatever stands was done on the day of the last reset, or after it."""
    seen = _seen(file)
    if not seen.resets:
        return True
    last = seen.resets[-1].on
    begun = [one.history[-1].on for one in seen.pathways if one.status != "not_started"]
    answered = [form.submitted_on for form in seen.assessments if form.submitted_on is not None]
    return all(on >= last for on in (*begun, *answered))  # type: ignore[operator]


LAWS: dict[str, Callable[[CaseFile], bool]] = {
    law.__name__: law for law in (nothing_is_lost, all_or_nothing, after_a_reset_nothing_stands)
}


@pytest.mark.parametrize("law", LAWS)
@settings(max_examples=25)
@given(file=FILES)
def test_law(law: str, file: CaseFile) -> None:
    assert LAWS[law](file)


@given(file=FILES, on=DAYS, random=st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_of_the_file_is_no_order(file: CaseFile, on: int, random: Any) -> None:
    lists: dict[str, Any] = {
        name: tuple(random.sample(held, len(held)))
        for name in (
            *("placements", "pathway_acts", "pathway_assessments", "pathway_resets"),
            *("support_needs", "support_need_acts"),
        )
        for held in [getattr(file, name)]
    }
    assert _seen(case(**lists), on) == _seen(file, on)


@given(file=FILES, on=st.integers(0, LAST - 1))
@settings(max_examples=25)
def test_what_was_told_of_a_day_is_the_beginning_of_what_is_told_later(
    file: CaseFile, on: int
) -> None:
    before, after = _seen(file, on), _seen(file, LAST)
    for one, other in zip(before.pathways, after.pathways, strict=True):
        assert other.history[: len(one.history)] == one.history
    assert after.resets[: len(before.resets)] == before.resets


# --- mutants ------------------------------------------------------------------------------


class _Forgetful(reading._Track):
    def reset(self, reset: Any) -> None:
        super().reset(reset)
        del self.history[:-1]


class _Lasting(reading._Track):
    def reset(self, reset: Any) -> None:
        """Keep what stands."""


class _Hasty(reading._Form):
    def save(self, form: Any, pathways: tuple[str, ...]) -> bool:
        return super().save(form, tuple(self.own))


ACTS = (pathway_act("a", "done", _on(1), "accommodation"),)
RESET = {"pathway_acts": ACTS, "pathway_resets": (pathway_reset("r", _on(2)),)}
ONE_OF_THREE = pathway_assessment("f", _on(1), {"accommodation": "done"}, submitted=True)


@pytest.mark.parametrize(
    ("law", "broken", "instead", "records"),
    [
        ("nothing_is_lost", "_Track", _Forgetful, RESET),
        ("after_a_reset_nothing_stands", "_Track", _Lasting, RESET),
        ("all_or_nothing", "_Form", _Hasty, {"pathway_assessments": (ONE_OF_THREE,)}),
    ],
)
def test_a_broken_reading_is_noticed(
    law: str, broken: str, instead: type, records: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LAWS[law](case(**records))
    monkeypatch.setattr(reading, broken, instead)
    try:
        held = LAWS[law](case(**records))
    except (KeyError, Exception):
        held = False
    assert not held

"""Papers and benefits: where each stands on a day, and acts that do not fit."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, jurisdictions
from rehabcore.care.continuity.entitlements import EntitlementSeen, entitlements_seen
from rehabcore.care.machines import machine
from rehabcore.records import EntitlementAct
from rehabcore.reports import explain
from rehabcore.rules.time.days import UNSURE
from rehabcore.strict.vocabulary import EntitlementEvent
from tests.kit.builders import case, day, some_day
from tests.kit.record_makers import entitlement, entitlement_act

XX = jurisdictions.load("xx")


def _seen(on: str, *acts: EntitlementAct) -> EntitlementSeen:
    file = case(entitlements=(entitlement("e", "2026-01-01"),), entitlement_acts=acts)
    (seen,) = entitlements_seen(file, day(on))
    return seen


def _act(event: str, on: str, expires: Any = None, number: int = 1) -> EntitlementAct:
    stated = {} if expires is None else {"expires": expires}
    return entitlement_act(f"a-{number}", "e", event, on, **stated)


ISSUED = _act("issued", "2026-01-10", "2026-06-01")


@pytest.mark.parametrize(
    ("on", "acts", "state", "since"),
    [
        ("2026-01-05", (ISSUED,), "requested", "2026-01-01"),
        ("2026-01-10", (ISSUED,), "issued", "2026-01-10"),
        ("2026-05-31", (ISSUED,), "issued", "2026-01-10"),
        ("2026-06-01", (ISSUED,), "expired", "2026-06-01"),
        ("2026-03-01", (_act("refused", "2026-02-01"),), "refused", "2026-02-01"),
        ("2026-03-01", (ISSUED, _act("lost", "2026-02-01", number=2)), "lost", "2026-02-01"),
        ("2026-07-01", (ISSUED, _act("lost", "2026-02-01", number=2)), "lost", "2026-02-01"),
        ("2026-03-01", (ISSUED, _act("revoked", "2026-02-01", number=2)), "revoked", "2026-02-01"),
        (
            "2026-09-01",
            (ISSUED, _act("replaced", "2026-08-01", "2027-08-01", 2)),
            "replaced",
            "2026-08-01",
        ),
    ],
)
def test_a_paper_stands_where_its_acts_led(
    on: str, acts: tuple[EntitlementAct, ...], state: str, since: str
) -> None:
    for order in (acts, acts[::-1]):
        seen = _seen(on, *order)
        assert (seen.state, seen.since, seen.misplaced) == (state, day(since), ())


def test_an_act_that_does_not_fit_changes_nothing_and_is_told() -> None:
    late = _act("lost", "2026-07-01", number=2)
    seen = _seen("2026-08-01", ISSUED, late)
    assert (seen.state, seen.misplaced) == ("expired", ("a-2",))
    refused = _act("refused", "2026-02-01", number=2)
    assert _seen("2026-03-01", refused, _act("issued", "2026-02-02")).misplaced == ("a-1",)


@pytest.mark.parametrize(
    ("on", "state"), [("2026-01-30", "requested"), ("2026-01-31", "issued"), ("2026-06-01", "lost")]
)
def test_what_was_done_on_a_day_known_in_part_counts_when_it_is_certain(
    on: str, state: str
) -> None:
    """A paper that was lost in May may have been lost before it expired, so the act fits."""
    issued = evolve(_act("issued", "2026-01-31", "2026-05-15"), on=some_day("2026-01"))
    lost = evolve(_act("lost", "2026-05-31", number=2), on=some_day("2026-05"))
    seen = _seen(on, issued, lost)
    assert (seen.state, seen.misplaced) == (state, ())


def test_a_paper_that_was_requested_on_a_day_known_in_part_is_told_when_that_is_certain() -> None:
    asked = evolve(entitlement("e", "2026-01-31"), requested_on=some_day("2026-01"))
    file = case(entitlements=(asked,))
    assert [len(entitlements_seen(file, day(on))) for on in ("2026-01-30", "2026-01-31")] == [0, 1]


def test_acts_of_one_day_follow_their_places_or_else_the_order_of_the_events() -> None:
    lost = _act("lost", "2026-01-10", number=2)
    assert _seen("2026-01-11", lost, ISSUED).state == "lost"
    first = evolve(lost, filed=evolve(lost.filed, sequence=1))
    then = evolve(ISSUED, filed=evolve(ISSUED.filed, sequence=2))
    assert _seen("2026-01-11", first, then).misplaced == ("a-2",)


@pytest.mark.parametrize("expires", [UNSURE, {"from": "2026-02-01", "to": "2026-04-01"}])
def test_a_paper_may_have_expired(expires: Any) -> None:
    end = expires if expires is UNSURE else some_day(expires)
    seen = _seen("2026-03-01", evolve(_act("issued", "2026-01-10"), expires=end))
    assert (seen.state, seen.may_have_expired) == ("issued", True)


def test_what_was_not_requested_yet_is_not_told() -> None:
    file = case(entitlements=(entitlement("e", "2026-01-01"),))
    assert entitlements_seen(file, day("2025-12-31")) == ()


def test_every_event_has_an_arrow_and_expiry_is_never_filed() -> None:
    events = {arrow.event for arrow in machine("entitlement").arrows}
    assert events == {*EntitlementEvent, "expired"}


def test_papers_are_told_with_their_days() -> None:
    unsure = evolve(_act("issued", "2026-01-10", number=3), expires=UNSURE)
    file = case(
        entitlements=(
            entitlement("e", "2026-01-01"),
            entitlement("e-2", "2026-01-01", "transport_card"),
        ),
        entitlement_acts=(
            ISSUED,
            _act("refused", "2026-02-01", number=2),
            entitlement_act("a-3", "e-2", "issued", "2026-01-10", UNSURE),
        ),
    )
    assert unsure.expires is UNSURE
    told = explain(casework.continuity(file, XX, on=day("2026-03-01"))).splitlines()
    assert (
        "- identity card: issued (on 2026-01-10; no longer counts from: on 2026-06-01; on file, "
        "but it does not fit: a-2)"
    ) in told
    assert "- municipal transport card: issued (on 2026-01-10; may have expired)" in told

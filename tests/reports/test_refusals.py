"""Refused requests told: to move, in a transition, a stay, a diversion, or any other table."""

from collections.abc import Callable

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care import machine
from rehabcore.records import CaseFile
from rehabcore.reports import Format
from rehabcore.rules import HistoryEntry, Position, step
from tests.kit.builders import day, filed, release
from tests.kit.stays import DIVERTED, WAITS, XX, asked_of_diversion, house, request

CASE = rc.read(rc.examples()["xx/therapeutic-community"], CaseFile)
T, ON = rc.RecordId("t-1"), day("2026-11-16")
PLANNED = evolve(CASE, transition_acts=CASE.transition_acts[:2])


def _accept() -> object:
    own = filed("new", "2026-11-16", source="probation-2")
    return rc.accept(PLANNED, XX, T, office="probation-2", on=ON, filed=own)


def _engage() -> object:
    event = rc.TransitionEvent.ENGAGED
    return rc.advance(CASE, XX, T, event, on=ON, filed=filed("new", "2026-11-16"))


def _refer_closed() -> object:
    event, own = rc.TransitionEvent.CLOSED, filed("end", "2026-11-16")
    closed = rc.advance(CASE, XX, T, event, on=ON, filed=own)
    return rc.refer(closed, XX, T, office="ngo-9", on=ON, filed=filed("new", "2026-11-16"))


def _move() -> object:
    return rc.request_move(CASE, XX, release(ON, to_holder="ngo-9"))


def _divert() -> object:
    return rc.request_diversion(DIVERTED, XX, asked_of_diversion("started"))


def _stay() -> object:
    return rc.request_stay(WAITS, house(), XX, request("admitted", by=None))


def _other() -> object:
    referral = machine("uk-ew/referral@accredited-programmes-community")
    return step(referral, Position(state="recall"), HistoryEntry(event="deferred", on=ON))


def _begin() -> object:
    return step(machine("diversion"), None, HistoryEntry(event="started", on=ON))


def _told(refused: Callable[[], object], **how: object) -> list[str]:
    with pytest.raises(rc.RequestRefused) as caught:
        refused()
    return rc.explain(caught.value, country=XX, **how).splitlines()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("refused", "lines"),
    [
        (
            _accept,
            [
                "Not allowed: accepted",
                "Nothing was changed.",
                "! this does not follow from there (it stands at: planned)",
                "What can be asked for from here",
                "+ an office was asked",
                "+ closed",
            ],
        ),
        (_engage, ["! this does not follow from there (it stands at: not yet moved)", "+ moved"]),
        (
            _refer_closed,
            [
                "Not allowed: an office was asked",
                "! this does not follow from there (it stands at: closed)",
                "Nothing more: it is over.",
            ],
        ),
        (
            _move,
            [
                "Not allowed: Conditional release",
                "x required: an office has taken over",
                "Moves from here",
                "+ Transfer to a hospital: MET",
            ],
        ),
        (
            _divert,
            [
                "Not allowed: start of the measures",
                "x required: the provider has accepted (draft)",
                "+ return to the court or prosecutor: MET",
            ],
        ),
        (
            _stay,
            ["Not allowed: admission", "x required: a decision by a named member of staff (draft)"],
        ),
        (
            _other,
            ["Not allowed: deferred", "! this does not follow from there (it stands at: recall)"],
        ),
        (_begin, ["Not allowed: start of the measures", "! this does not follow from there"]),
    ],
)
def test_a_refusal_says_why_and_what_is_possible(
    refused: Callable[[], object], lines: list[str]
) -> None:
    said = _told(refused)
    assert [line for line in lines if line not in said] == []


@pytest.mark.parametrize("form", Format)
def test_a_refusal_is_told_in_every_form_with_its_proofs(form: Format) -> None:
    for refused in (_accept, _move, _divert):
        assert "\n".join(_told(refused, form=form, detail=True))


def test_only_what_is_to_be_known_is_missing() -> None:
    with pytest.raises(rc.RequestRefused) as caught:
        _accept()
    assert caught.value.missing == ()
    early = evolve(WAITS, observations=())
    with pytest.raises(rc.RequestRefused) as caught:
        rc.request_stay(early, house(), XX, request("admitted"))
    assert [one.what.fact.name for one in caught.value.missing] == [
        "health_cleared",
        "program_open",
    ]

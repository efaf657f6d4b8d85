"""The number of an act that a verb files: it comes after all that is on file of its day."""

from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore.care.moves.numbers import number_after
from rehabcore.records import CaseFile
from rehabcore.strict.vocabulary import RecordId, TransitionEvent
from tests.kit.builders import day, filed, release
from tests.kit.record_makers import (
    diversion_act,
    entitlement,
    entitlement_act,
    placement,
    residency_act,
    transition_act,
)
from tests.kit.stays import ADMITTED_ON, DIVERTED, WAITS, XX, asked_of_diversion, house, request

ON = day(ADMITTED_ON)
T = RecordId("t-1")
ASKED = evolve(DIVERTED, transition_acts=DIVERTED.transition_acts[:3])
"""The bundled case with a diversion; an office was asked on 28 October, and did not answer."""


def _filing(source: str = "prison-1") -> rc.records.Filed:
    return filed("new", ADMITTED_ON, source=source)


def _move(file: CaseFile) -> CaseFile:
    return rc.record_move(file, XX, release(on=ON, record_prefix="out")).case


def _refer(file: CaseFile) -> CaseFile:
    return rc.refer(file, XX, T, office="ngo-9", on=ON, filed=_filing())


def _accept(file: CaseFile) -> CaseFile:
    return rc.accept(file, XX, T, office="ngo-9", on=ON, filed=_filing("ngo-9"))


def _decline(file: CaseFile) -> CaseFile:
    own, office = _filing("probation-2"), "probation-2"
    return rc.decline(file, XX, T, office=office, on=ON, filed=own, reason="no_capacity")


def _escalate(file: CaseFile) -> CaseFile:
    return rc.escalate(file, XX, T, on=ON, filed=_filing())


def _close(file: CaseFile) -> CaseFile:
    return rc.advance(file, XX, T, TransitionEvent.CLOSED, on=ON, filed=_filing())


def _divert(file: CaseFile) -> CaseFile:
    return rc.request_diversion(file, XX, asked_of_diversion())


def _stay(file: CaseFile) -> CaseFile:
    return rc.request_stay(file, house(), XX, request("waitlisted")).case


FILES: dict[str, tuple[CaseFile, Callable[[CaseFile], CaseFile], str]] = {
    "record_move": (ASKED, _move, "transition_acts"),
    "refer": (ASKED, _refer, "transition_acts"),
    "accept": (ASKED, _accept, "transition_acts"),
    "decline": (ASKED, _decline, "transition_acts"),
    "escalate": (ASKED, _escalate, "transition_acts"),
    "advance": (ASKED, _close, "transition_acts"),
    "request_diversion": (DIVERTED, _divert, "diversion_acts"),
    "request_stay": (WAITS, _stay, "residency_acts"),
}
"""Every verb that files an act: a case, the verb, and the list of the act."""


def _last(verb: str, *before: rc.records.Record) -> int | None:
    """The number that a verb gives after some records."""
    file, files, name = FILES[verb]
    for record in before:
        file = file.with_record(record)
    sequence: int | None = getattr(files(file), name)[-1].filed.sequence
    return sequence


@pytest.mark.parametrize("verb", FILES)
def test_the_first_act_of_a_day_needs_no_number(verb: str) -> None:
    assert _last(verb) is None


NUMBERED = (
    transition_act("b", T, "contact_missed", ADMITTED_ON, source="b", sequence=3),
    placement("b", "hospital", ADMITTED_ON, ADMITTED_ON, source="b", sequence=3),
)
"""Records of the day that another office numbered."""


@pytest.mark.parametrize("verb", ["record_move", "refer", "decline", "escalate", "advance"])
@pytest.mark.parametrize("before", NUMBERED, ids=["act", "placement"])
def test_one_more_act_comes_after_all_that_is_numbered(
    verb: str, before: rc.records.Record
) -> None:
    assert _last(verb, before) == 4


def test_numbers_run_over_acts_of_every_kind() -> None:
    told = (
        diversion_act("d", "di", "reported", ADMITTED_ON, source="b", sequence=5),
        entitlement("e", ADMITTED_ON),
        entitlement_act("ea", "e", "issued", ADMITTED_ON, source="b", sequence=6),
    )
    assert _last("refer", *told) == 7
    act = residency_act("r", "rd-1", "screened", ADMITTED_ON, source="b", sequence=8)
    assert _last("request_stay", act) == 9


def test_an_act_that_its_table_puts_there_needs_no_number_and_any_other_does() -> None:
    """A referral, then a refusal; but a referral after the refusal is the second of the day."""
    asked = _refer(ASKED)
    own, why = filed("no", ADMITTED_ON, source="ngo-9"), "no_capacity"
    declined = rc.decline(asked, XX, T, office="ngo-9", on=ON, filed=own, reason=why)
    assert declined.transition_acts[-1].filed.sequence is None
    filing = filed("more", ADMITTED_ON)
    more = rc.refer(declined, XX, T, office="ngo-3", on=ON, filed=filing)
    assert more.transition_acts[-1].filed.sequence == 1
    assert number_after(more, TransitionEvent.ACCEPTED, ON) == 2
    assert number_after(more, TransitionEvent.ACCEPTED, date(2026, 11, 17)) is None


def test_an_acceptance_after_the_move_of_the_day_is_the_next_office_s_and_does_not_lapse() -> None:
    accepted = _accept(_move(ASKED))
    moves = rc.possible_moves(accepted, XX, on=ON)
    assert accepted.transition_acts[-1].filed.sequence == 1
    assert moves.tenure is not None
    assert (moves.tenure.office, moves.transitions[0].lapsed_on) == ("ngo-9", None)

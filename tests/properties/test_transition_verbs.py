"""Laws of the verbs that file something in a transition, on several days with several acts each.

What a verb files is never told as a misfit, and comes after all that is on file of its day.
"""

from collections.abc import Callable
from datetime import date, timedelta

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import rehabcore as rc
from rehabcore.care.moves.progress import transitions_on
from rehabcore.care.moves.responsibility import accountable, tenures
from rehabcore.care.moves.whereabouts import moment_of_placement
from rehabcore.records import CaseFile, Filed
from rehabcore.records.moments import moment_of
from tests.kit.builders import day, release

XX = rc.load("xx")
CASE = rc.read(rc.examples()["xx/therapeutic-community"], CaseFile)
BARE = evolve(CASE, transitions=(), transition_acts=(), checklist_entries=())
T, FIRST = rc.RecordId("t-1"), day("2026-11-02")
OFFICES = ("probation-2", "ngo-9")
Verb = Callable[[CaseFile, date, str, Filed], CaseFile]


def _advance(event: str) -> Verb:
    def verb(file: CaseFile, on: date, office: str, filed: Filed) -> CaseFile:
        said = {"reason": "court_order", "by": rc.StaffId("head")} if event == "waived" else {}
        what, at = rc.TransitionEvent(event), office if event == "first_contact" else ""
        return rc.advance(file, XX, T, what, on=on, office=at, filed=filed, **said)  # type: ignore[arg-type]

    return verb


def _refer(file: CaseFile, on: date, office: str, filed: Filed) -> CaseFile:
    return rc.refer(file, XX, T, office=office, on=on, filed=filed, answer_by=on)


def _accept(file: CaseFile, on: date, office: str, filed: Filed) -> CaseFile:
    own = evolve(filed, source=office)
    return rc.accept(file, XX, T, office=office, on=on, filed=own, appointment=on)


def _decline(file: CaseFile, on: date, office: str, filed: Filed) -> CaseFile:
    own = evolve(filed, source=office)
    return rc.decline(file, XX, T, office=office, on=on, filed=own, reason="no_capacity")


def _escalate(file: CaseFile, on: date, office: str, filed: Filed) -> CaseFile:
    named = office if office == OFFICES[0] else ""
    return rc.escalate(file, XX, T, office=named, on=on, filed=filed)


def _move(file: CaseFile, on: date, office: str, filed: Filed) -> CaseFile:
    request = release(on, to_holder=office, recorded_on=on, record_prefix=filed.record_id)
    return rc.record_move(file, XX, request).case


VERBS: tuple[Verb, ...] = (
    *map(_advance, ("assessed", "planned", "waived", "first_contact", "engaged", "closed")),
    *(_refer, _accept, _decline, _escalate, _move),
)
ACTS = st.tuples(st.sampled_from(VERBS), st.sampled_from(OFFICES), st.sampled_from([0, 0, 0, 1, 8]))


@settings(max_examples=40)
@given(st.lists(ACTS, min_size=1, max_size=12))
def test_what_a_verb_files_fits_and_comes_last_of_its_day(
    acts: list[tuple[Verb, str, int]],
) -> None:
    opened = Filed(record_id=T, recorded_on=FIRST, source="prison-1")
    file, on = rc.identify(BARE, XX, "conditional_release", on=FIRST, filed=opened), FIRST
    for number, (verb, office, later) in enumerate(acts):
        on += timedelta(days=later)
        own = rc.RecordId(f"r-{number}")
        before = set(file.transition_acts)
        try:
            file = verb(file, on, office, Filed(record_id=own, recorded_on=on, source="prison-1"))
        except (rc.RequestRefused, rc.InputError):
            continue
        (act,) = set(file.transition_acts) - before
        moments = [moment_of(one) for one in file.transition_acts]
        moments += [
            moment_of_placement(held)
            for held in file.placements
            if not held.filed.record_id.startswith(own)
        ]
        assert max(one for one in moments if one[0] == on) == moment_of(act)
        if verb is not _move:  # which is recorded, fitting or not
            told = [one for seen in transitions_on(file, XX.moves, on) for one in seen.misplaced]
            assert own not in [one.act for one in told]
        assert accountable(tenures(file.as_known(date.max)), on) is not None

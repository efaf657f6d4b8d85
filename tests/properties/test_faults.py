"""Laws of faults: one record's fault reaches what depends on that record, and nothing else."""

from collections.abc import Container
from datetime import date
from random import Random
from typing import Any

from attrs import NOTHING, evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile, OfferRefusal, Record, Retraction
from rehabcore.records.case_file import RECORD_LISTS, references
from rehabcore.records.fields import OF_KIND, REFERS_TO, WORD, fields_with
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Known
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import filed
from tests.kit.record_makers import XX
from tests.kit.record_strategies import EVERY_QUESTION, case_files, days, in_any_order

LAST = "2199-01-01"


def _said(cell: Cell) -> object:
    return cell.value if isinstance(cell, Known) else (cell.kind, cell.between)


def _agree(one: CaseFacts, other: CaseFacts, asked: Asked) -> bool:
    """Whether two files say the same of a fact on every day, whatever the evidence."""
    cells, others = one.timeline(asked), other.timeline(asked)
    return all(
        _said(cells.at(day)) == _said(others.at(day)) for day in {*cells.starts, *others.starts}
    )


def _chosen(case: CaseFile, data: st.DataObject, *but: str) -> Record:
    """A record that corrects none, of any list but these; each list is as likely as another."""
    lists = {
        name: [record for record in getattr(case, name) if record.filed.corrects is None]
        for name in RECORD_LISTS
        if name not in but
    }
    names = [name for name, listed in lists.items() if listed]
    assume(names)
    record: Record = data.draw(st.sampled_from(lists[data.draw(st.sampled_from(names))]))
    return record


def _depending(case: CaseFile, gone: set[RecordId]) -> set[RecordId]:
    """The ids of some records, and of all that have to name one of them."""
    for _, record in case.entries():
        needed = (one.name for one in fields_with(record, REFERS_TO) if one.default is NOTHING)
        if any(i in gone for name in needed for _, i in references(record, name)):
            gone = gone | {record.filed.record_id}
    return gone


def _without(case: CaseFile, gone: Container[RecordId]) -> CaseFile:
    """The case file without some records, and without the links to them."""

    def unlinked(record: Any) -> Any:
        for one in fields_with(record, REFERS_TO):
            held = getattr(record, one.name)
            if one.default is not NOTHING and isinstance(held, tuple):
                kept = tuple(i for i in held if i not in gone)
                record = evolve(record, **{one.name: kept})
            elif one.default is not NOTHING and held in gone:
                record = evolve(record, **{one.name: None})
        return record

    kept: dict[str, Any] = {
        name: tuple(unlinked(r) for r in getattr(case, name) if r.filed.record_id not in gone)
        for name in RECORD_LISTS
    }
    return evolve(case, **kept)


@given(case_files(), st.data())
def test_a_retraction_changes_no_answer_that_does_not_rest_on_it(
    case: CaseFile, data: st.DataObject
) -> None:
    known = case.as_known(date.max)
    own = _chosen(known, data, "retractions").filed.record_id
    back = Retraction(filed=filed("back", LAST, "c", own))
    before = XX.facts_of(case)
    after = XX.facts_of(evolve(case, retractions=(*case.retractions, back)))
    without = CaseFacts(_without(known, _depending(known, {own})), XX.questions)
    for asked in EVERY_QUESTION:
        if _agree(before, without, asked):
            assert _agree(after, before, asked), asked
        one, two = after.timeline(asked), without.timeline(asked)
        for day in {*one.starts, *two.starts}:
            cell = one.at(day)
            assert not isinstance(cell, Known) or _said(cell) == _said(two.at(day)), asked


def _with_unknown_code(record: Any, data: st.DataObject) -> Any:
    """The record with a code that nobody knows; None if it has no code."""
    fields = [
        one.name
        for one in fields_with(record, WORD, OF_KIND)
        if isinstance(getattr(record, one.name), str)
    ]
    if not fields:
        return None
    name = data.draw(st.sampled_from(fields))
    return evolve(record, **{name: "no_such_code"})


def _replaced(case: CaseFile, new: Record) -> CaseFile:
    own = new.filed.record_id
    lists: dict[str, Any] = {
        name: tuple(new if r.filed.record_id == own else r for r in getattr(case, name))
        for name in RECORD_LISTS
    }
    return evolve(case, **lists)


REFUSED = ("need_refused", "program_refused")


@given(case_files(), st.data())
def test_an_unknown_code_changes_only_facts_of_its_kind(
    case: CaseFile, data: st.DataObject
) -> None:
    known = case.as_known(date.max)
    # An unknown level, or kind of offence, bears on every question about risk, or offences.
    of_all = ("risk_assessments", "level_overrides", "resolutions", "offences")
    record: Any = _chosen(known, data, "retractions", "beneficiary", *of_all)
    changed = _with_unknown_code(record, data)
    assume(changed is not None)
    try:
        before, after = XX.facts_of(case), XX.facts_of(_replaced(case, changed))
    except InputError:  # as an enrolment that is not of the programme of its referral
        return
    assert record.filed.record_id in {one.record_id for one in after.set_aside}
    without = CaseFacts(_without(known, {record.filed.record_id}), XX.questions)
    said = {
        getattr(record, name)
        for name in ("kind", "domain", "purpose", "subject", "register")
        if getattr(record, name, None) is not None
    }
    for asked in EVERY_QUESTION:
        spoken_of = {code for _, given in asked.given for code in given.split(", ")}
        own = any(asked.fact.name.endswith(f"_{code}") for code in said) or spoken_of & said
        # What a person refused is not known, so it may be any need or programme.
        refused = isinstance(record, OfferRefusal) and asked.fact.name in REFUSED
        if not (own or refused) and _agree(before, without, asked):
            assert _agree(after, before, asked), asked


# --- files with any number of faults --------------------------------------------------------


def _misled(record: Any, chance: Random, ids: list[RecordId]) -> Any:
    """The record, perhaps naming another record, using an unknown code, or of another office."""
    for one in fields_with(record, REFERS_TO):
        if chance.random() < 1 / 4 and isinstance(getattr(record, one.name), str):
            record = evolve(record, **{one.name: RecordId(chance.choice([*ids, "gone"]))})
    for one in fields_with(record, WORD, OF_KIND):
        if chance.random() < 1 / 8 and isinstance(getattr(record, one.name), str):
            record = evolve(record, **{one.name: "no_such_code"})
    if chance.random() < 1 / 8:
        record = evolve(record, filed=evolve(record.filed, source=f"office-{chance.random()}"))
    return record


@st.composite
def faulty_files(draw: st.DrawFn) -> CaseFile:
    """A case file with faults of single records, and no error of the whole file."""
    case, chance = draw(case_files()), draw(st.randoms(use_true_random=False))
    ids = [record.filed.record_id for _, record in case.entries()]
    mixed: dict[str, Any] = {
        name: tuple(_misled(record, chance, ids) for record in getattr(case, name))
        for name in RECORD_LISTS
    }
    back = [own for own in ids if chance.random() < 1 / 8]
    retractions = [
        Retraction(filed=filed(f"back-{own}", LAST, f"office-{own}", own)) for own in back
    ]
    mixed["retractions"] += tuple(retractions)
    case = evolve(case, **mixed)
    try:
        XX.facts_of(case)
    except InputError:
        assume(False)
    return case


@given(faulty_files().flatmap(lambda case: st.tuples(st.just(case), in_any_order(case))))
def test_the_order_of_faulty_records_changes_nothing(cases: tuple[CaseFile, CaseFile]) -> None:
    one, other = map(XX.facts_of, cases)
    assert one.set_aside == other.set_aside
    for asked in EVERY_QUESTION:
        assert one.timeline(asked) == other.timeline(asked)


@given(faulty_files(), days())
def test_what_is_set_aside_is_known_as_of_a_day(case: CaseFile, known_at: date) -> None:
    kept: dict[str, Any] = {
        name: tuple(r for r in getattr(case, name) if r.filed.recorded_on <= known_at)
        for name in RECORD_LISTS
    }
    earlier = evolve(case, **kept)
    assume(earlier.beneficiary)
    try:
        then, now = XX.facts_of(earlier), XX.facts_of(case, known_at=known_at)
    except InputError:
        return
    assert then.set_aside == now.set_aside
    for asked in EVERY_QUESTION:
        assert then.timeline(asked) == now.timeline(asked)

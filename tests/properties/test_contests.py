"""Contests in any case file: an open one changes no value, and nothing rests on what was upheld."""

from typing import Any

from attrs import evolve
from hypothesis import given

from rehabcore.records import CaseFile
from rehabcore.records.changes import held_on
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked, ask
from rehabcore.rules.facts import Cell, Known
from rehabcore.rules.time.partial import first_of
from rehabcore.strict.vocabulary import ContestOutcome
from tests.kit.record_makers import XX, facts_of
from tests.kit.record_strategies import case_files, days

ASKED: tuple[Asked, ...] = (
    *(ask(XX.facts["need_level"], domain=one) for one in codes(XX.glossary.need_domains)[:2]),
    *(ask(XX.facts["need_found_in"], subdomain=one) for one in codes(XX.glossary.need_subdomains)),
    ask(XX.facts["risk_level"]),
    ask(XX.facts["risk_score"]),
    ask(XX.facts["risk_score_fall"], within="1 year"),
)


def _said(cell: Cell) -> object:
    return cell.value if isinstance(cell, Known) else (cell.kind, cell.between)


@given(file=case_files(), on=days())
def test_a_contest_that_is_open_or_dismissed_changes_no_value(file: CaseFile, on: Any) -> None:
    def kept(contests: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(one for one in contests if one.outcome is ContestOutcome.UPHELD)

    without = evolve(
        file, needs_contests=kept(file.needs_contests), risk_contests=kept(file.risk_contests)
    )
    cells, others = facts_of(file).on(on), facts_of(without).on(on)
    assert [_said(cells(asked)) for asked in ASKED] == [_said(others(asked)) for asked in ASKED]


@given(file=case_files(), on=days())
def test_no_value_rests_on_an_assessment_once_a_contest_of_it_was_upheld(
    file: CaseFile, on: Any
) -> None:
    cells, view = facts_of(file).on(on), held_on(file.as_known(on.max), on)
    contests: tuple[Any, ...] = (*view.needs_contests, *view.risk_contests)
    upheld = {
        one.assessment
        for one in contests
        if one.outcome is ContestOutcome.UPHELD and first_of(one.decided_on) <= on
    }
    for asked in ASKED:
        cell = cells(asked)
        assert not isinstance(cell, Known) or upheld.isdisjoint(cell.evidence), asked

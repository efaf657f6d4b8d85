"""Contests in any case file: an open one changes no value, and nothing rests on what was upheld."""

from datetime import date, timedelta
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.records import CaseFile, NeedsContest, RiskContest
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked, ask
from rehabcore.rules.facts import Cell, Known
from rehabcore.rules.time.partial import LATEST_DAY, last_of
from rehabcore.strict.vocabulary import ContestOutcome, StaffId
from tests.kit.builders import filed
from tests.kit.record_makers import XX, facts_of
from tests.kit.record_strategies import case_files, days

ASKED: tuple[Asked, ...] = (
    *(ask(XX.facts["need_level"], domain=one) for one in codes(XX.glossary.need_domains)[:2]),
    *(ask(XX.facts["need_found_in"], subdomain=one) for one in codes(XX.glossary.need_subdomains)),
    ask(XX.facts["risk_level"]),
    ask(XX.facts["risk_score"]),
    ask(XX.facts["risk_score_fall"], within="1 year"),
    ask(XX.facts["time_at_need_level"], domain="attitudes", need_level=["none", "some", "high"]),
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


@given(file=case_files(), later=st.integers(0, 20))
def test_no_value_rests_on_an_assessment_once_a_contest_of_it_was_upheld(
    file: CaseFile, later: int
) -> None:
    view = file.as_known(date.max)
    for kind, name in ((NeedsContest, "needs"), (RiskContest, "risk")):
        for assessment in getattr(view, f"{name}_assessments"):
            own = assessment.filed.record_id
            day = min(last_of(assessment.assessed_on) + timedelta(later), LATEST_DAY)
            contest: Any = kind(
                filed=filed("upheld"),
                assessment=own,
                contested_on=day,
                outcome=ContestOutcome.UPHELD,
                decided_on=day,
                decided_by=StaffId("head-1"),
            )
            contests: Any = {f"{name}_contests": (contest,)}
            cells = facts_of(evolve(view, **contests)).on(day)
            for cell in map(cells, ASKED):
                assert not isinstance(cell, Known) or own not in cell.evidence

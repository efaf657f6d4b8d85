"""No fact that a programme's rule can ask reads a treatment, in any country.

Every question of every bundled country is asked, with every code of each of its parameters. The
file that it reads refuses to tell of treatments, supplies, appointments, papers, pathways and
answers to checklists, and of what only a plan reads. Whatever is made of facts, such as a score,
asks these questions only. What the person refuses is told by its own facts alone: so no refusal is
a breach, and none withdraws a consent.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from rehabcore import jurisdictions
from rehabcore.jurisdictions.reading.finding import bundled
from rehabcore.questions import Question
from rehabcore.records import CaseFile
from rehabcore.records.case_file import RECORD_LISTS
from rehabcore.rules.criteria import Asked, ask
from rehabcore.rules.facts import Fact, Parameter, Takes
from rehabcore.rules.time.timelines import Timeline
from tests.kit.record_makers import of_every_kind

HIDDEN = frozenset(
    {
        "continuity_items",
        "supplies",
        "appointments",
        "entitlements",
        "entitlement_acts",
        "checklist_entries",
        "pathway_acts",
        "pathway_assessments",
        "pathway_resets",
        "support_needs",
        "support_need_acts",
        "availabilities",
        "unavailabilities",
        "separations",
        "supporters",
        "strengths",
        "own_goals",
        "offer_deferrals",
    }
)
OF_REFUSALS = frozenset({"program_refused", "need_refused"})
SAID = {Takes.TERM: ("6 months",), Takes.OFFICE: ("clinic-1",), Takes.SHARE: ("1/2",)}


class _Discreet:
    """A case file that tells everything but what is hidden."""

    def __init__(self, file: CaseFile, hidden: frozenset[str] = HIDDEN) -> None:
        self._file, self._hidden = file, hidden

    def __getattr__(self, name: str) -> Any:
        assert name not in self._hidden, name
        assert name in RECORD_LISTS, name
        return getattr(self._file, name)


def _codes(parameter: Parameter) -> tuple[str, ...]:
    return SAID.get(parameter.takes, parameter.codes)


def _asked(fact: Fact) -> Iterator[Asked]:
    """The fact with every code of each parameter at least once, and without those it can spare."""
    required = [one for one in fact.parameters if one.required]
    for parameters in (fact.parameters, required):
        columns = [_codes(one) for one in parameters]
        # Days in a status are counted for two centuries, so they are asked with one code only.
        rows = 1 if fact.name.startswith("days_in") else max(map(len, columns), default=1)
        for row in range(rows):
            given = {p.name: c[row % len(c)] for p, c in zip(parameters, columns, strict=True)}
            yield ask(fact, **given)


@pytest.mark.no_cover
@pytest.mark.parametrize("country", bundled())
def test_no_question_of_a_country_reads_a_treatment(country: str) -> None:
    told, hidden = of_every_kind(), HIDDEN | {"offer_refusals"}
    file, without_refusals = _Discreet(told), _Discreet(told, hidden)
    questions = jurisdictions.load(country).questions.values()
    for question in questions:
        if isinstance(question, Question):
            read: Any = file if question.fact.name in OF_REFUSALS else without_refusals
            for asked in _asked(question.fact):
                question.read(asked, read)


def test_a_question_that_reads_a_treatment_is_noticed() -> None:
    file: Any = _Discreet(of_every_kind())
    with pytest.raises(AssertionError, match="continuity_items"):
        _treated(file)


def _treated(view: CaseFile) -> Timeline[bool]:
    return Timeline.constant(bool(view.continuity_items))

"""The strategies that ``st.from_type`` gives for types of the library."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from rehabcore.care.plans.book import PlanBook
from rehabcore.plans import PlanContent
from rehabcore.programs import Program
from rehabcore.records import Beneficiary, CaseFile
from rehabcore.rules.criteria import About, Compare
from rehabcore.rules.facts import Fact
from rehabcore.rules.sources import Citation, Text
from rehabcore.rules.time.days import Span, Term
from rehabcore.testing.people.planned import Planned
from rehabcore.testing.strategies.cases import beneficiaries, cases
from rehabcore.testing.strategies.criteria import abouts, citations, comparisons_of, texts
from rehabcore.testing.strategies.facts import facts
from rehabcore.testing.strategies.plans import plans, programs
from rehabcore.testing.strategies.time import spans, terms

STRATEGIES: dict[object, Callable[[], st.SearchStrategy[Any]]] = {
    About: abouts,
    Beneficiary: beneficiaries,
    CaseFile: cases,
    Citation: citations,
    Compare: comparisons_of,
    Fact: facts,
    PlanBook: lambda: plans().map(lambda planned: planned.book),
    PlanContent: lambda: plans().map(lambda planned: planned.content),
    Planned: plans,
    Program: programs,
    Span: spans,
    Term: terms,
    Text: texts,
}

"""What the verbs take, and what they say when they are given something else."""

from datetime import date
from typing import Any

from rehabcore.care.moves import MoveRequest
from rehabcore.casework.decisions import Decision
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import Plan
from rehabcore.records import CaseFile
from rehabcore.rules.time.days import Span, Term
from rehabcore.strict.checked import conforms
from rehabcore.strict.problems import Problem, Problems

_TAKEN: dict[str, tuple[Any, str]] = {
    "case": (CaseFile, "a CaseFile, as reading its JSON text gives it"),
    "jurisdiction": (Jurisdiction, 'a country, as load("xx") gives it'),
    "on": (date, "a date"),
    "known_at": (date | None, "a date, or None for everything on file"),
    "lead": (Term | None, "a Term, such as Term(months=6), or None for ever"),
    "within": (Span, "a Span, such as Span(date(2026, 1, 1), date(2027, 1, 1))"),
    "plan": (Plan | None, "a Plan, or None"),
    "request": (MoveRequest, "a MoveRequest"),
    "decision": (Decision, "a Decision"),
}
"""The type of each argument, by its name, and what would be right."""


def require(**given: object) -> None:
    """Refuse arguments that are of another type.

    Raises:
        InputError: every such argument, by its name, with what would be right.
    """
    problems = Problems()
    for name, value in given.items():
        wanted, expected = _TAKEN[name]
        if not conforms(value, wanted):
            problems.add(Problem.of(value, "wrong_type", expected, path=name, secret=True))
    problems.done()

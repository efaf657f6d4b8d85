"""The arguments that verbs take, and the words for them in errors."""

from datetime import date

from rehabcore.care.moves import MoveRequest
from rehabcore.casework.decisions import Decision
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import Plan
from rehabcore.records import CaseFile
from rehabcore.rules.time.days import Span, Term
from rehabcore.strict.checked import checked_with
from rehabcore.strict.vocabulary import ProgramId

verb = checked_with(
    {
        CaseFile: "a CaseFile, as read(source, CaseFile) gives it",
        Jurisdiction: 'a country, as load("xx") gives it',
        date: "a day without a time, such as date(2026, 1, 31)",
        date | None: "a day without a time, such as date(2026, 1, 31), or None",
        ProgramId: "the id of a programme, as text",
        Term | None: "a Term, such as Term(months=6), or None for ever",
        Span: "a Span, such as Span(date(2026, 1, 1), date(2027, 1, 1))",
        Plan | None: "a Plan, or None",
        MoveRequest: "a MoveRequest",
        Decision: "a Decision, as decide or read(source, Decision) gives it",
    }
)
"""Lets a verb refuse all arguments of a wrong type together, and say what each takes."""

"""The arguments that verbs take, and the words for them in errors."""

from datetime import date

from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.rules.time.days import Span, Term
from rehabcore.strict.checked import checked_with
from rehabcore.strict.vocabulary import ProgramId

WORDS = {
    CaseFile: "a CaseFile, as read(source, CaseFile) gives it",
    Jurisdiction: 'a country, as load("xx") gives it',
    date: "a day without a time, such as date(2026, 1, 31)",
    date | None: "a day without a time, such as date(2026, 1, 31), or None",
    ProgramId: "the id of a programme, as text",
    Term | None: "a Term, such as Term(months=6), or None for ever",
    Span: "a Span, such as Span(date(2026, 1, 1), date(2027, 1, 1))",
}
"""The types that several verbs take, in words."""

verb = checked_with(WORDS)
"""Lets a verb refuse all arguments of a wrong type together, and say what each takes."""

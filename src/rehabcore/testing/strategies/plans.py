"""Programmes of a country's words, and plans that break no law for the person they are for."""

from datetime import date
from typing import Any

from attrs import evolve
from hypothesis import note
from hypothesis import strategies as st

from rehabcore.jurisdictions import Jurisdiction, load
from rehabcore.plans import PlanContent
from rehabcore.programs import Dose, Program
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes
from rehabcore.rules.sources import Status
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.vocabulary import Basis, Kind, Modality, ProgramId, Setting
from rehabcore.testing.code import Shown
from rehabcore.testing.people.planned import FATES, Planned, book_of, consenting, drafted_for
from rehabcore.testing.strategies.cases import ON, cases
from rehabcore.testing.strategies.criteria import citations, criteria, texts
from rehabcore.testing.strategies.fixed import fixed_parts
from rehabcore.testing.strategies.time import days, terms


@checked_arguments
def programs(country: Jurisdiction | str = "xx", **fixed: Any) -> st.SearchStrategy[Program]:
    """Programmes and services in a country's words, whose entry rules may not be published.

    Args:
        country: whose words, facts and programmes they use, or its id.
        fixed: fields of ``Program``, each as a value or as a strategy of values.

    Raises:
        InputError: a programme has no such field.
    """
    where = load(country) if isinstance(country, str) else country
    areas, domains = codes(where.glossary.areas), codes(where.glossary.need_domains)
    others = st.lists(st.sampled_from(where.known_programs()), max_size=2, unique=True)
    parts: dict[str, st.SearchStrategy[Any]] = {
        "program_id": st.integers(1, 99).map(lambda number: ProgramId(f"made_{number}")),
        "kind": st.sampled_from(Kind),
        "title": texts(),
        "area": st.sampled_from(areas),
        "serves": st.frozensets(st.sampled_from(domains), max_size=2),
        "modality": st.frozensets(st.sampled_from(Modality)),
        "basis": st.frozensets(st.sampled_from(Basis)),
        "dose": st.none() | _doses(),
        "settings": st.frozensets(st.sampled_from(Setting), max_size=2),
        "prerequisites": others.map(tuple),
        "entry": st.none() | criteria(where.facts.values()),
        "in_force": st.none() | days().map(lambda day: Span(day, OPEN)),
        "cite": st.lists(citations(), max_size=1).map(tuple),
        "status": st.sampled_from(Status),
    }
    free = {name: part for name, part in parts.items() if name not in fixed}
    given = fixed_parts(Program, fixed)
    return st.tuples(st.fixed_dictionaries(free), given).map(lambda both: _program(*both))


def _program(free: dict[str, Any], fixed: dict[str, Any]) -> Program:
    return Program(**free, **fixed)


def _doses() -> st.SearchStrategy[Dose]:
    sessions, hours = st.none() | st.integers(1, 60), st.none() | st.decimals(1, 200, places=1)
    return st.builds(Dose, sessions=sessions, hours=hours, length=st.none() | terms())


@checked_arguments
def plans(
    country: Jurisdiction | str = "xx",
    *,
    on: date = ON,
    case: CaseFile | st.SearchStrategy[CaseFile] | None = None,
    **fixed: Any,
) -> st.SearchStrategy[Planned]:
    """People with a plan that breaks no law of the country: the file, the content, and the book.

    The book is of any fate: a draft, proposed, rejected, signed, active, terminated.

    Args:
        country: whose programmes and laws the plan uses, or its id.
        on: the day of the plan.
        case: the file, or a strategy of files; None for invented people who consent to programmes.
        fixed: fields of ``PlanContent``, each as a value or as a strategy of values. Whether the
            plan is sound with them is for the caller to see to.

    Raises:
        InputError: a plan has no such field.
    """
    where = load(country) if isinstance(country, str) else country
    if case is None:
        people = cases(where, on=on).map(lambda one: consenting(one, where, on))
    else:
        people = st.just(case) if isinstance(case, CaseFile) else case
    return _plans(people, fixed_parts(PlanContent, fixed), where, on)


@st.composite
def _plans(
    draw: st.DrawFn,
    people: st.SearchStrategy[CaseFile],
    fixed: st.SearchStrategy[dict[str, Any]],
    country: Jurisdiction,
    on: date,
) -> Planned:
    case = draw(people)
    content = evolve(drafted_for(case, country, on), **draw(fixed))
    book = book_of(case, content, country, on, draw(st.sampled_from(FATES)))
    note(Shown(content))
    return Planned(on=on, case=case, content=content, book=book)

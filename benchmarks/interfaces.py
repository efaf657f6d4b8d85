"""One interface to every revision since 7f4d0aa, so that the same work can be asked of each.

Modules that had another path are given the one that they have today, so that the rules, the people
and the case of the benchmarks can be made in an older revision too. Verbs that had another name or
other arguments are called by one of the two makers below.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from attrs import frozen

_FORMER = {
    "rehabcore.exchange": "rehabcore.codec",
    "rehabcore.rules.time.days": "rehabcore.rules.days",
    "rehabcore.rules.time.timelines": "rehabcore.rules.timelines",
    "rehabcore.rules.judging.verdicts": "rehabcore.rules.verdicts",
    "rehabcore.instruments.model.requests": "rehabcore.instruments.results",
}
"""Modules by today's path, with the path that they had before rooms became wings."""

EVERYDAY = "from rehabcore import casework, exchange, jurisdictions, reports"
EVERYDAY_BEFORE_WINGS = "from rehabcore import casework, codec, explain, jurisdictions"
"""What a program imports that matches and explains."""
_COUNTRIES = "rehabcore.jurisdictions"


@frozen(kw_only=True)
class Interface:
    """What an agency asks of the library; ``Any`` stands for the types of either revision.

    ``case`` and ``result`` read a case file and a stored result of ``match``. ``facts_of`` gives
    the facts of a case file without checking it. ``answers_of`` reads and checks every
    document, and gives the answers of the whole catalogue for each.
    """

    examples: Callable[[], Mapping[str, str]]
    load: Callable[[str], Any]
    case: Callable[[str], Any]
    result: Callable[[str], Any]
    write: Callable[[Any], str]
    match: Callable[..., Any]
    near: Callable[..., Any]
    needs: Callable[..., Any]
    plan: Callable[..., Any]
    explain: Callable[[Any], str]
    explain_fully: Callable[[Any], str]
    facts_of: Callable[[Any, Any], Any]
    answers_of: Callable[[Iterable[str], Any, date], Iterator[Any]]


def interface() -> Interface:
    """That of the revision on the path."""
    if find_spec("rehabcore.exchange") is not None:
        return _today()
    for today, former in _FORMER.items():
        _stand_in(today, import_module(former))
    return _before_wings()


def _stand_in(path: str, module: ModuleType) -> None:
    """Let a module be imported by another path as well, below rooms that may not exist."""
    parent, _, name = path.rpartition(".")
    if parent not in sys.modules:
        if find_spec(parent) is None:
            room = ModuleType(parent)
            room.__path__ = []
            _stand_in(parent, room)
        else:
            import_module(parent)
    sys.modules[path] = module
    setattr(sys.modules[parent], name, module)


def _today() -> Interface:
    casework, exchange = import_module("rehabcore.casework"), import_module("rehabcore.exchange")
    reports, facts = import_module("rehabcore.reports"), import_module("rehabcore.questions")
    countries, records = import_module(_COUNTRIES), import_module("rehabcore.records")

    def answers_of(documents: Iterable[str], country: Any, on: date) -> Iterator[Any]:
        yield from import_module("rehabcore.caseload").match_all(documents, country, on=on)

    def without_match_all(documents: Iterable[str], country: Any, on: date) -> Iterator[Any]:
        rules = country.compiled.on(on)
        for document in documents:
            checked = country.facts_of(exchange.read(document, records.CaseFile))
            yield rules.answers(rules.sheet(checked.on(on)))

    return Interface(
        examples=countries.examples,
        load=countries.load,
        case=lambda text: exchange.read(text, records.CaseFile),
        result=lambda text: exchange.read(text, casework.MatchResult),
        write=exchange.write,
        match=casework.match,
        near=casework.near,
        needs=casework.needs,
        plan=casework.plan,
        explain=reports.explain,
        explain_fully=lambda result: str(reports.explain(result, detail=True)),
        facts_of=lambda case, country: facts.CaseFacts(case, country.questions),
        answers_of=answers_of if find_spec("rehabcore.caseload") else without_match_all,
    )


def _before_wings() -> Interface:
    casework, codec = import_module("rehabcore.casework"), import_module("rehabcore.codec")
    explain, facts = import_module("rehabcore.explain"), import_module("rehabcore.questions")
    compilation = import_module("rehabcore.rules.quick.compilation")
    admission = import_module("rehabcore.programs").admission
    countries, records = import_module(_COUNTRIES), import_module("rehabcore.records")

    def facts_of(case: Any, country: Any) -> Any:
        return facts.CaseFacts(case, derived=country.derived, risk_policy=country.risk_policy)

    def answers_of(documents: Iterable[str], country: Any, on: date) -> Iterator[Any]:
        catalogue = tuple(admission(program, country.facts) for program in country.programs)
        rules = compilation.compile_rules(catalogue).on(on)
        for document in documents:
            case = codec.read(document, records.CaseFile)
            casework.check(case, country)
            yield rules.answers(rules.sheet(facts_of(case, country).on(on)))

    return Interface(
        examples=countries.examples,
        load=countries.load,
        case=lambda text: codec.read(text, records.CaseFile),
        result=lambda text: codec.read(text, casework.MatchResult),
        write=codec.write,
        match=casework.match,
        near=casework.near_misses,
        needs=casework.needs,
        plan=casework.draft_plan,
        explain=lambda result: str(explain.explain(result, brief=True)),
        explain_fully=explain.explain,
        facts_of=facts_of,
        answers_of=answers_of,
    )

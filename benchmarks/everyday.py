"""Everyday work as calls, for whichever revision is on the path.

What a call is given is made before the clock starts, and most of it anew, so that nothing which a
case file or a result keeps for itself is found ready. What a country keeps is, unless the work is
to do something first in a process.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property, partial
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from benchmarks.interfaces import Interface
from benchmarks.made import known_to_all, long_file, people

ON = date(2026, 11, 16)
SOME = 24
"""Different people who take turns where one piece of work is about one person."""


@frozen
class Work:
    """A call, and the arguments that it is given, one after another without end."""

    call: Callable[[Any], object]
    given: Iterator[Any]


class Setting:
    """Where work is done: in a process of one revision, which loads only what it is asked for."""

    def __init__(self, use: Interface, count: int, stored: Path) -> None:
        self.use = use
        self.count = count
        """How many people are many."""
        self.stored = stored
        """A stored result, for a process that shall not write one itself."""

    @cached_property
    def xx(self) -> Any:
        """The fictional country."""
        return self.use.load("xx")

    @cached_property
    def bundled(self) -> str:
        """The bundled case of that country, with the records that every revision knows."""
        return known_to_all(self.use.examples()["xx/therapeutic-community"])

    def matched(self, document: str) -> Any:
        """The result of a match, of a case file read anew."""
        return self.use.match(self.use.case(document), self.xx, on=ON)

    def some(self) -> Iterator[str]:
        """The documents of some people, over and over."""
        return cycle(people(self.bundled, SOME))


def size(at: Setting) -> int:
    """The bytes of a stored result, which is also put where work finds it."""
    text = at.use.write(at.matched(at.bundled))
    at.stored.write_text(text, "utf-8")
    return len(text.encode())


def _reading(at: Setting) -> Work:
    return Work(at.use.case, at.some())


def _asking(verb: Callable[..., Any], at: Setting, country: Any, document: str) -> Work:
    """Ask about the same person each time, of a case file read anew."""
    return Work(lambda case: verb(case, country, on=ON), _anew(lambda: at.use.case(document)))


def _anew(make: Callable[[], Any]) -> Iterator[Any]:
    while True:
        yield make()


def _proved(at: Setting) -> Callable[..., Any]:
    """Match, and read every proof to its end."""

    def proved(case: Any, country: Any, *, on: date) -> int:
        offers = at.use.match(case, country, on=on).offers
        return sum(_nodes(offer.verdict) for offer in offers)

    return proved


def _nodes(verdict: Any) -> int:
    """How many answers are in a proof."""
    return (verdict.answer is not None) + sum(map(_nodes, verdict.children))


def _matching(at: Setting, programs: int) -> Work:
    """Match with a catalogue of so many programmes, made by repeating that of ``xx``."""
    own = at.xx.programs
    made = tuple(
        evolve(program, program_id=f"{program.program_id}_{turn}" if turn else program.program_id)
        for turn in range(-(-programs // len(own)))
        for program in own
    )
    country = at.xx if programs == len(own) else evolve(at.xx, programs=made[:programs])
    return _asking(_proved(at), at, country, at.bundled)


def _bundled(at: Setting, name: str) -> Work:
    """Match a bundled case of whatever country."""
    country = at.use.load(name.partition("/")[0])
    return _asking(at.use.match, at, country, at.use.examples()[name])


def _answering(at: Setting) -> Work:
    """The answers of the catalogue for many people."""
    many = people(at.bundled, at.count)
    return Work(lambda given: [*at.use.answers_of(given, at.xx, ON)], cycle([many]))


def _storing(at: Setting) -> Work:
    """Read, match and write for many people."""

    def store(documents: Iterable[str]) -> int:
        return sum(len(at.use.write(at.matched(document))) for document in documents)

    return Work(store, cycle([people(at.bundled, at.count)]))


def _writing(at: Setting) -> Work:
    return Work(at.use.write, map(at.matched, at.some()))


def _reading_results(at: Setting) -> Work:
    written = [at.use.write(at.matched(document)) for document in people(at.bundled, SOME)]
    return Work(at.use.result, cycle(written))


def _reading_the_first_result(at: Setting) -> Work:
    return Work(at.use.result, _anew(lambda: at.stored.read_text("utf-8")))


def _explaining(at: Setting, *, proofs: bool) -> Work:
    return Work(at.use.explain_fully if proofs else at.use.explain, map(at.matched, at.some()))


def _loading(at: Setting) -> Work:
    return Work(at.use.load, cycle(["xx"]))


def _sheet(at: Setting, *, facts_were_read: bool) -> Work:
    """A fact sheet of thirty facts, from a case just read or from facts that were read."""
    from benchmarks import case

    layout = import_module("rehabcore.rules.quick.sheets").Layout(case.THIRTY)

    def facts() -> Any:
        return at.use.facts_of(at.use.case(case.document()), at.xx)

    def sheet(given: Any) -> object:
        return layout.sheet(given.on(case.ON), case.ON)

    if not facts_were_read:
        return Work(sheet, _anew(facts))
    kept = facts()
    sheet(kept)
    return Work(sheet, cycle([kept]))


def _rules(count: int, *, nested: bool) -> tuple[Any, list[Any]]:
    """Compiled rules of a day and fact sheets of some people, as the other benchmark makes them."""
    from benchmarks.people import ON, people
    from benchmarks.rules import criteria, rules

    compiled = import_module("rehabcore.rules.quick.compilation").compile_rules
    today = compiled(criteria(rules(count, nested=nested))).on(ON)
    return today, [today.sheet(person.cells) for person in people(10 * SOME)]


def _answers(_: Setting, count: int, *, nested: bool = False) -> Work:
    today, sheets = _rules(count, nested=nested)
    return Work(today.masks, cycle(sheets))


def _open_clauses(_: Setting) -> Work:
    today, sheets = _rules(25, nested=False)
    return Work(today.open_clauses, cycle(sheets))


def _prospects(_: Setting) -> Work:
    """The days from which 25 programmes are certainly, and possibly, open."""
    from benchmarks.rules import criteria, rules

    rule_set = import_module("rehabcore.rules.quick.compilation").compile_rules(criteria(rules(25)))
    prospects = import_module("rehabcore.rules.quick.outlook").prospects
    _, sheets = _rules(25, nested=False)
    return Work(lambda sheet: prospects(rule_set, sheet), cycle(sheets))


def _scoring(_: Setting, *, missing: bool) -> Work:
    """Full results of AUDIT forms, complete or with one answer missing."""
    from benchmarks.forms import AUDIT, ON, forms

    instruments = import_module("rehabcore.instruments")
    audit = instruments.find("audit")
    given = [{**form, "5": None} if missing else form for form in forms(AUDIT)]
    return Work(lambda form: instruments.score(audit, form, on=ON), cycle(given))


WORK: dict[str, Callable[[Setting], Work]] = {
    "read": _reading,
    "match_8": partial(_matching, programs=8),
    "match_60": partial(_matching, programs=60),
    "match_300": partial(_matching, programs=300),
    "match_2000_records": lambda at: _asking(_proved(at), at, at.xx, long_file(2000)),
    "bundled_xx": partial(_bundled, name="xx/therapeutic-community"),
    "bundled_ge": partial(_bundled, name="ge/probationer"),
    "bundled_ge_release": partial(_bundled, name="ge/release"),
    "people_answers": _answering,
    "people_results": _storing,
    "write_first": _writing,
    "write": _writing,
    "read_result_first": _reading_the_first_result,
    "read_result": _reading_results,
    "near": lambda at: _asking(at.use.near, at, at.xx, at.bundled),
    "needs": lambda at: _asking(at.use.needs, at, at.xx, at.bundled),
    "plan": lambda at: _asking(at.use.plan, at, at.xx, at.bundled),
    "sheet": partial(_sheet, facts_were_read=False),
    "sheet_again": partial(_sheet, facts_were_read=True),
    "prospects": _prospects,
    "answers_25": partial(_answers, count=25),
    "answers_1000": partial(_answers, count=1000),
    "nested_1000": partial(_answers, count=1000, nested=True),
    "open_clauses": _open_clauses,
    "explain": partial(_explaining, proofs=False),
    "explain_fully": partial(_explaining, proofs=True),
    "load": _loading,
    "load_first": _loading,
    "audit": partial(_scoring, missing=False),
    "audit_gap": partial(_scoring, missing=True),
}
"""Every piece of work, by the name of its row."""

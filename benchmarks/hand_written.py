"""What a programmer would write without a library: the measure of everything else."""

from collections.abc import Callable
from typing import Any

from benchmarks.dialects import PYTHON
from benchmarks.engines import Catalogue, Engine, Loaded, Masks, as_it_is
from benchmarks.facts import FACTS
from benchmarks.people import Person, Plain
from benchmarks.sides import Both, Side, Test
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.truth import Answer


def generated_source(catalogue: Catalogue) -> str:
    """A function of all facts that returns two masks.

    Most answers are no, so the false side is asked first, which is faster than the other way.
    """
    lines = [f"def answers({', '.join(FACTS)}):", "    met = refused = 0"]
    for number, (true, false) in enumerate(catalogue.sides):
        lines += [
            f"    if {PYTHON.write(false)}:",
            f"        refused |= {1 << number}",
            f"    elif {PYTHON.write(true)}:",
            f"        met |= {1 << number}",
        ]
    return "\n".join([*lines, "    return met, refused"])


def two_valued_source(catalogue: Catalogue) -> str:
    """A function for each rule that asks the fields of a person, as is ordinary; no third value."""
    lines = []
    for number, (true, _) in enumerate(catalogue.sides):
        expression = PYTHON.write(_of_person(true))
        lines += [f"def rule_{number}(person):", f"    return {expression}"]
    names = ", ".join(f"rule_{number}" for number in range(len(catalogue.sides)))
    return "\n".join([*lines, f"rules = [{names}]"])


def _of_person(side: Side) -> Side:
    if isinstance(side, Test):
        return Test(f"person.{side.fact}", side.check, side.constant, side.holds)
    return type(side)(tuple(map(_of_person, side.parts)))


def _run(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(source, "<benchmark>", "exec"), names)
    return names


def values(person: Person) -> tuple[Plain, ...]:
    """The plain values in the order of the facts."""
    return tuple(person.plain.values())


def _load_generated(catalogue: Catalogue) -> Loaded:
    answers = _run(generated_source(catalogue))["answers"]
    return Loaded(data=values, answer=lambda given: answers(*given), read=as_it_is)


class _Record:
    """A person as an ordinary object."""

    __slots__ = tuple(FACTS)

    def __init__(self, person: Person) -> None:
        for name, value in person.plain.items():
            setattr(self, name, value)


def _load_two_valued(catalogue: Catalogue) -> Loaded:
    rules = _run(two_valued_source(catalogue))["rules"]
    return Loaded(data=_Record, answer=lambda record: [rule(record) for rule in rules])


Fields = tuple[Plain, ...]
Ask = Callable[[Fields], bool]


def _load_closures(catalogue: Catalogue) -> Loaded:
    rules = [(_closure(true), _closure(false)) for true, false in catalogue.sides]

    def answer(given: Fields) -> list[int]:
        return [0 if false(given) else 1 if true(given) else 2 for true, false in rules]

    return Loaded(data=values, answer=answer)


def _closure(side: Side) -> Ask:
    if isinstance(side, Test):
        return _closed_test(side)
    parts = tuple(map(_closure, side.parts))

    def every(given: Fields) -> bool:
        for part in parts:  # noqa: SIM110 - quicker than ``all``
            if not part(given):
                return False
        return True

    def some(given: Fields) -> bool:
        for part in parts:  # noqa: SIM110 - quicker than ``any``
            if part(given):
                return True
        return False

    return every if isinstance(side, Both) else some


def _closed_test(test: Test) -> Ask:
    place, constant = list(FACTS).index(test.fact), test.constant
    holds: Any = test.holds
    if test.check == "is":
        return lambda given: given[place] is holds
    if isinstance(constant, int):
        check: Callable[[Any], bool] = constant.__ge__ if holds else constant.__lt__
    else:
        codes = frozenset(constant)
        if test.check == "one_of":
            check = codes.__contains__ if holds else lambda value: value not in codes
        else:
            check = (lambda value: not codes.isdisjoint(value)) if holds else codes.isdisjoint
    return lambda given: (value := given[place]) is not None and check(value)


def _load_judge(catalogue: Catalogue) -> Loaded:
    def answer(person: Person) -> list[Answer]:
        cells = person.cells.__getitem__
        return [judge(rule, cells, on=catalogue.on).answer for rule in catalogue.criteria]

    return Loaded(data=as_it_is, answer=answer, read=_of_answers)


def _of_answers(answers: list[Answer]) -> Masks:
    number = {Answer.NOT_MET: 0, Answer.MET: 1, Answer.UNKNOWN: 2}
    met = sum(1 << n for n, answer in enumerate(answers) if number[answer] == 1)
    refused = sum(1 << n for n, answer in enumerate(answers) if number[answer] == 0)
    return met, refused


GENERATED = Engine(name="hand-generated Python, both sides", load=_load_generated, cost=5)
HAND_WRITTEN = (
    Engine(name="ordinary two-valued Python", load=_load_two_valued, cost=8),
    Engine(name="closures, both sides", load=_load_closures, cost=20),
)
JUDGE = Engine(name="rehabcore: `judge`, 25 full proofs", load=_load_judge, cost=2000)

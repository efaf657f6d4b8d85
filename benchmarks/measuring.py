"""One run of everything, in one process."""

import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import distributions

from attrs import frozen

from benchmarks import forms, imports, library
from benchmarks.comparison import Row, compare
from benchmarks.engines import Catalogue
from benchmarks.goals import Reached, reached
from benchmarks.hand_written import GENERATED, HAND_WRITTEN, JUDGE
from benchmarks.library import LIBRARY
from benchmarks.machine import described
from benchmarks.peers import DATALOGIC, FORK, PEERS
from benchmarks.people import ON, Person, people
from benchmarks.rules import conditions, rules
from benchmarks.timing import Measured, Subject, side_by_side
from rehabcore import __version__

FEW, FEWER = 200, 40
"""People whose answers are explained or followed over time; who are asked of 1,000 programmes."""


@frozen(kw_only=True)
class Figures:
    """All that a run found; times in microseconds unless a name says otherwise."""

    machine: str
    versions: Mapping[str, str]
    rule_set: str
    engines: tuple[Row, ...]
    thousand: tuple[Row, ...]
    nested: tuple[Row, ...]
    thousand_nested: tuple[Row, ...]
    library: Mapping[str, Measured]
    forms: Mapping[str, Measured]
    imports: Mapping[str, float]
    goals: tuple[Reached, ...]


def measure(*, rounds: int, count: int) -> Figures:
    """Run every comparison, one after another."""
    catalogue, asked = Catalogue(rules(25), ON), people(count)
    engines = compare((GENERATED, LIBRARY, *HAND_WRITTEN, JUDGE, *PEERS), catalogue, asked, rounds)

    def of_some(some: Catalogue, number: int) -> tuple[Row, ...]:
        return compare((GENERATED, LIBRARY, *HAND_WRITTEN, DATALOGIC), some, asked[:number], rounds)

    thousand = of_some(Catalogue(rules(1000), ON), FEWER)
    own = {
        name: measured
        for subjects in _of_the_library(catalogue, asked[:FEW])
        for name, measured in side_by_side(subjects, rounds).items()
    }
    scored = side_by_side(forms.audits(), rounds)
    imported = imports.net_milliseconds(rounds)
    return Figures(
        machine=described(),
        versions=_versions(package for row in engines for package in row.packages),
        rule_set=_described(catalogue, asked),
        engines=engines,
        thousand=thousand,
        nested=of_some(Catalogue(rules(25, nested=True), ON), count),
        thousand_nested=of_some(Catalogue(rules(1000, nested=True), ON), FEWER),
        library=own,
        forms=scored,
        imports=imported,
        goals=_goals(engines, thousand, {**own, **scored}, imported),
    )


def _of_the_library(
    catalogue: Catalogue, asked: tuple[Person, ...]
) -> Iterable[dict[str, Subject]]:
    yield library.explanations(catalogue, asked)
    yield library.sheets_of_a_case()
    yield library.over_time(catalogue, asked)


def _goals(
    engines: tuple[Row, ...],
    thousand: tuple[Row, ...],
    own: Mapping[str, Measured],
    imported: Mapping[str, float],
) -> tuple[Reached, ...]:
    """The figures that the goals are about, by the names of the goals."""
    ours, thousands = _row(engines, LIBRARY.name), _row(thousand, LIBRARY.name)
    peers = {peer.name for peer in PEERS}
    fastest = min(
        row.measured.ratio
        for row in engines
        if row.engine in peers and row.measured is not None and not row.wrong
    )
    figures = {name: measured.microseconds for name, measured in own.items()}
    figures |= {
        "answers of 25 programmes, against hand-generated code": ours.ratio,
        "the fastest exact peer, against the library": fastest / ours.ratio,
        "failed and unknown criteria of 25, against answers alone": own[
            "failed and unknown criteria of 25"
        ].ratio,
        "answers of 1,000 programmes": thousands.microseconds,
        "`import rehabcore`, net of the interpreter": imported["import rehabcore"],
    }
    return reached(figures)


def _row(rows: tuple[Row, ...], name: str) -> Measured:
    (measured,) = (row.measured for row in rows if row.engine == name)
    assert measured is not None
    return measured


def _described(catalogue: Catalogue, asked: tuple[Person, ...]) -> str:
    """What the rule set is like, and how its answers fall."""
    loaded = JUDGE.load(catalogue)
    masks = [loaded.read(loaded.answer(person)) for person in asked[:FEW]]
    met = sum(yes.bit_count() for yes, _ in masks)
    not_met = sum(no.bit_count() for _, no in masks)
    every = len(masks) * len(catalogue.criteria)
    count = sum(1 for rule in rules(len(catalogue.criteria)) for _ in conditions(rule))
    gaps = sum(None in person.plain.values() for person in asked) / len(asked)
    shares = f"{met / every:.1%} met, {not_met / every:.1%} not met"
    return (
        f"{len(catalogue.criteria)} programmes, {count} conditions, 26 facts; "
        f"{len(asked)} people, "
        f"{gaps:.0%} of them with facts missing; answers {shares}, the rest unknown"
    )


def _versions(packages: Iterable[str]) -> dict[str, str]:
    """Of every package that is installed, in its own folder or not; and of the library."""
    installed = {
        package: distribution.version
        for package in packages
        for distribution in distributions(name=package, path=[*sys.path, str(FORK)])
    }
    return {"rehabcore": __version__, **installed}

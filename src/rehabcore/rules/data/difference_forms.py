"""The difference of two rules as plain data: both rules with their facts, and every kind.

{ "comparison": 0, "answer": "met" }      the first comparison of the earlier rule, or the later one

Comparisons are named by their place in the two rules, from 0. A value is a day, a number, a code or
a list of codes; an end of values that is left out is no end. Reading judges every example again, so
one that does not part the rules is refused.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import evolve, field

from rehabcore.rules.criteria import Asked, Compare, Criterion, comparisons
from rehabcore.rules.data.cell_forms import read_cell, write_cell
from rehabcore.rules.data.plain import criterion_from_plain, criterion_to_plain, plain_forms
from rehabcore.rules.differences.kinds import (
    Parting,
    PersonKind,
    Reply,
    RuleDifference,
    Trait,
    ValueRange,
)
from rehabcore.rules.facts import Cell, Fact, Known, Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.law.coverage import require_covered
from rehabcore.rules.time.days import Span
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problems, refuse
from rehabcore.strict.structure import Codec


@frozen(kw_only=True)
class _Reply:
    comparison: int
    answer: Answer


@frozen(kw_only=True)
class _Trait:
    replies: tuple[_Reply, ...]
    cell: Any = field(repr=False)
    values: tuple[Any, ...] = ()


@frozen(kw_only=True)
class _Parting:
    before: Answer
    after: Answer
    traits: tuple[_Trait, ...]


@frozen(kw_only=True)
class _PersonKind:
    asks: tuple[int, ...]
    partings: tuple[_Parting, ...]


@frozen(kw_only=True)
class _Rule:
    facts: tuple[Fact, ...]
    rule: Any = field(repr=False)


@frozen(kw_only=True)
class _Difference:
    on: date
    before: _Rule
    after: _Rule
    kinds: tuple[_PersonKind, ...]
    proved: bool
    weighed: int
    searched: Span


_CODEC = Codec(plain_forms())


# --- writing ------------------------------------------------------------------------------


def write_difference(difference: RuleDifference) -> dict[str, Any]:
    """The table of a difference."""
    places = _Places(difference.before, difference.after)
    stored = _Difference(
        on=difference.on,
        before=_stored_rule(difference.before),
        after=_stored_rule(difference.after),
        kinds=tuple(
            _PersonKind(
                asks=tuple(map(places.of, kind.asks)),
                partings=tuple(_stored_parting(parting, places) for parting in kind.partings),
            )
            for kind in difference.kinds
        ),
        proved=difference.proved,
        weighed=difference.weighed,
        searched=difference.searched,
    )
    table: dict[str, Any] = _CODEC.write(stored)
    return table


def _stored_rule(rule: Criterion) -> _Rule:
    facts = dict.fromkeys(compare.asked.fact for compare in comparisons(rule))
    return _Rule(facts=tuple(facts), rule=criterion_to_plain(rule))


def _stored_parting(parting: Parting, places: "_Places") -> _Parting:
    return _Parting(
        before=parting.before,
        after=parting.after,
        traits=tuple(
            _Trait(
                replies=tuple(
                    _Reply(comparison=places.of(reply.compare), answer=reply.answer)
                    for reply in trait.replies
                ),
                cell=write_cell(trait.cell),
                values=tuple(_written_values(some) for some in trait.values),
            )
            for trait in parting.traits
        ),
    )


def _written_values(values: ValueRange) -> dict[str, Any]:
    ends = {"first": values.first, "last": values.last}
    return {name: write_cell(Known(end))["value"] for name, end in ends.items() if end is not None}


# --- reading ------------------------------------------------------------------------------


def read_difference(plain: object) -> RuleDifference:
    """Read the table of a difference.

    Raises:
        InputError: names every problem, with paths relative to the table.
    """
    stored = _CODEC.read(plain, _Difference)
    problems = Problems()
    before = problems.at("before", _read_rule, stored.before)
    after = problems.at("after", _read_rule, stored.after)
    problems.done()
    for path, rule in (("before", before), ("after", after)):
        problems.at(path, require_covered, rule, stored.on)
    problems.done()
    places = _Places(before, after)
    kinds = tuple(
        problems.at(f"kinds[{number}]", _read_kind, kind, places)
        for number, kind in enumerate(stored.kinds)
    )
    problems.done()
    found = RuleDifference(
        before=before,
        after=after,
        on=stored.on,
        kinds=kinds,
        proved=stored.proved,
        weighed=stored.weighed,
        searched=stored.searched,
    )
    for number, kind in enumerate(kinds):
        for place, parting in enumerate(kind.partings):
            problems.at(f"kinds[{number}].partings[{place}]", _require_parting, found, parting)
    problems.done()
    return found


def _read_rule(stored: _Rule) -> Criterion:
    facts = {fact.name: fact for fact in stored.facts}
    return criterion_from_plain(stored.rule, facts=facts)


def _read_kind(stored: _PersonKind, places: "_Places") -> PersonKind:
    problems = Problems()
    asks = tuple(
        problems.at(f"asks[{number}]", places.at, one) for number, one in enumerate(stored.asks)
    )
    partings = tuple(
        Parting(
            before=parting.before,
            after=parting.after,
            traits=tuple(
                problems.at(f"partings[{number}].traits[{place}]", _read_trait, trait, places)
                for place, trait in enumerate(parting.traits)
            ),
        )
        for number, parting in enumerate(stored.partings)
    )
    problems.done()
    return PersonKind(asks=asks, partings=partings)


def _read_trait(stored: _Trait, places: "_Places") -> Trait:
    if not stored.replies:
        refuse([], "empty_group", "at least one comparison that decides", path="replies")
    problems = Problems()
    replies = tuple(
        Reply(
            compare=problems.at(f"replies[{number}].comparison", places.at, reply.comparison),
            answer=reply.answer,
        )
        for number, reply in enumerate(stored.replies)
    )
    problems.done()
    fact = places.fact(replies[0].compare)
    cell = problems.at("cell", read_cell, fact, stored.cell)
    values = tuple(
        problems.at(f"values[{number}]", _read_values, fact, some)
        for number, some in enumerate(stored.values)
    )
    problems.done()
    return Trait(replies=replies, cell=cell, values=values)


def _read_values(fact: Fact, plain: object) -> ValueRange:
    if not isinstance(plain, dict) or not plain.keys() <= {"first", "last"}:
        refuse(plain, "wrong_type", "an object of first and last, or of one of them")
    problems = Problems()
    ends = {
        name: problems.at(name, read_cell, fact, {"value": plain[name]})
        for name in ("first", "last")
        if name in plain
    }
    problems.done()
    first, last = (getattr(ends.get(name), "value", None) for name in ("first", "last"))
    return ValueRange(first=first, last=last)


def _require_parting(found: RuleDifference, parting: Parting) -> None:
    """Refuse an example to which the rules do not give the answers that are told."""
    known: Mapping[Asked, Cell] = {
        compare.asked: trait.cell
        for trait in parting.traits
        for compare in _alike(found, trait.asked)
    }
    for name in ("before", "after"):
        rule, told = getattr(found, name), getattr(parting, name)
        verdict = judge(rule, lambda asked: known.get(asked, _NOTHING), on=found.on)
        if verdict.answer is not told:
            refuse(told.value, "does_not_follow", "the answer to the example", path=name)


_NOTHING = Unknown(UnknownKind.MISSING)


def _alike(found: RuleDifference, asked: Asked) -> Iterable[Compare]:
    """The comparisons of both rules that ask this fact; two packs may declare it differently."""
    for compare in (*comparisons(found.before), *comparisons(found.after)):
        if (compare.asked.fact.name, compare.asked.given) == (asked.fact.name, asked.given):
            yield compare


class _Places:
    """The comparisons of two rules by their place, those of the earlier one first."""

    def __init__(self, before: Criterion, after: Criterion) -> None:
        self._compares = (*comparisons(before), *comparisons(after))
        self._places: dict[Compare, int] = {}
        for place, compare in enumerate(self._compares):
            self._places.setdefault(compare, place)

    def of(self, compare: Compare) -> int:
        """The place of a comparison; of equal ones, that of the first."""
        return self._places[compare]

    def at(self, place: int) -> Compare:
        """The comparison at a place.

        Raises:
            InputError: there is none.
        """
        if not 0 <= place < len(self._compares):
            refuse(place, "out_of_range", f"from 0 to {len(self._compares) - 1}")
        return self._compares[place]

    def fact(self, compare: Compare) -> Fact:
        """The fact of a comparison, with the codes that either rule knows."""
        fact = compare.asked.fact
        same = (one.asked.fact for one in self._compares if one.asked.fact.name == fact.name)
        return evolve(fact, codes=tuple(dict.fromkeys(code for one in same for code in one.codes)))

"""Rules by name: each rule, and each part that several rules share, is written once.

    { "r1": { "fact": "consent", ... }, "r2": { "all": ["r1", { "fact": ... }] } }

A rule mentions only those of lower numbers.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, cast

from attrs import evolve

from rehabcore.rules.criteria import Criterion, parts_of
from rehabcore.rules.data.criterion_forms import CriterionReader, write_criterion
from rehabcore.strict.problems import Problems, refuse
from rehabcore.strict.structure import Codec, refuse_repeated_keys

_NAME = re.compile(r"r([1-9][0-9]{0,8})\Z")


class RuleWriter:
    """Writes rules, of which each that occurs more than once is named.

    Args:
        rules: the rules, each of which is named.
        others: criteria that are written beside them, and mention what they share with them.
        codec: writes what stands in them, such as days.
        origin: the origin that is left out, as most nodes have it.
    """

    def __init__(
        self, rules: Iterable[Criterion], others: Iterable[Criterion], codec: Codec, origin: str
    ) -> None:
        self._codec, self._origin = codec, origin
        self._names: dict[Criterion, str] = {}
        self.tables: dict[str, dict[str, Any]] = {}
        """The tables that were written so far, by name."""
        rules = tuple(dict.fromkeys(rules))
        self._times = _times_mentioned((*rules, *others))
        self._times.update(rules)  # so that each has a name
        self.names = tuple(cast("str", self.refer(rule)) for rule in rules)
        """The name of each rule, in their order."""

    def refer(self, criterion: Criterion) -> dict[str, Any] | str:
        """The table of a criterion, or its name if it is mentioned more than once."""
        if criterion in self._names:
            return self._names[criterion]
        table = write_criterion(criterion, self._codec, self.refer)
        if self._origin and table.setdefault("origin", "") == self._origin:
            del table["origin"]
        if self._times[criterion] == 1:
            return table
        name = self._names[criterion] = f"r{len(self._names) + 1}"
        self.tables[name] = table
        return name


def _times_mentioned(criteria: Iterable[Criterion]) -> Counter[Criterion]:
    """How often each criterion is mentioned; a part only once by all mentions of its whole."""
    times: Counter[Criterion] = Counter()
    ahead = list(criteria)
    while ahead:
        node = ahead.pop()
        if node not in times:
            ahead += parts_of(node)
        times[node] += 1
    return times


def read_rules(plain: object, reader: CriterionReader) -> dict[str, Criterion]:
    """The rules of their tables, by name.

    Args:
        plain: the tables, by name.
        reader: reads each, with the facts that it may ask.

    Raises:
        InputError: names every problem of every rule, with paths relative to the tables.
    """
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", "an object of rules by name", secret=True)
    refuse_repeated_keys(plain)
    rules: dict[str, Criterion] = {}
    naming, problems = evolve(reader, rules=rules, by_name=True), Problems()
    for _, name in sorted((_number(name), name) for name in plain):
        rule = problems.at(name, naming.read, plain[name])
        if rule is not None:
            rules[name] = rule
    problems.done()
    return rules


def _number(name: str) -> int:
    found = _NAME.match(name)
    if found is None:
        refuse(name, "unknown_key", "the name of a rule, r and its number", secret=True)
    return int(found[1])


def rule_named(name: object, rules: Mapping[str, Criterion]) -> Criterion:
    """The rule of a name.

    Raises:
        InputError: there is none.
    """
    if not isinstance(name, str) or name not in rules:
        refuse(name, "dangling_id", "the name of one of the rules", secret=True)
    return rules[name]

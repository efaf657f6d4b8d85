"""Criteria as small tables, the form of country data and of JSON.

    { fact = "need_level", domain = "dependences", at_least = "medium", cite = "xx-act-1#art-3" }
    { all = [ ... ] }   { any = [ ... ] }   { not = { ... } }   { at_least = 2, of = [ ... ] }
    { rule = "juvenile" }                      a named criterion, resolved while reading

Any table may also carry ``id``, ``title``, ``cite``, ``in_force`` and ``status``.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, cast

from attrs import evolve, frozen

from rehabcore.errors import InputError, Problems, fault, missing_key, unknown_keys
from rehabcore.rules.criteria import (
    DEEPEST_CRITERION,
    About,
    AllOf,
    AnyOf,
    Asked,
    AtLeast,
    Compare,
    Criterion,
    Not,
)
from rehabcore.rules.days import LeapDay, Span, Term
from rehabcore.rules.facts import DATED, RUNNING, Fact, Operator, Shape
from rehabcore.rules.sources import Citation, Status, Text, write_text
from rehabcore.rules.well_formed import Operand, asked_faults, in_one_form, operand_faults
from rehabcore.structure import Codec, refuse_repeated_keys

_ABOUT_KEYS = ("id", "title", "cite", "in_force", "status", "origin")
_KINDS = ("all", "any", "not", "of", "rule", "fact")


@frozen(kw_only=True)
class CriterionReader:
    """Reads tables against the facts, named rules and sources that they may mention.

    ``sources`` None means that citations are taken as they stand; ``origin`` marks every node
    that does not say where it comes from.
    """

    facts: Mapping[str, Fact]
    rules: Mapping[str, Criterion]
    codec: Codec
    sources: frozenset[str] | None = None
    origin: str = ""

    def read(self, plain: object, *, level: int = 1) -> Criterion:
        """Make a criterion of a table.

        Raises:
            InputError: every problem in it, with paths relative to the table.
        """
        if not isinstance(plain, dict):
            fault(plain, "wrong_type", "a criterion as a table")
        refuse_repeated_keys(plain)
        if level > DEEPEST_CRITERION:
            fault(plain, "too_deep", f"at most {DEEPEST_CRITERION} levels of criteria")
        kinds = [key for key in _KINDS if key in plain]
        if len(kinds) != 1:
            fault(plain, "not_a_criterion", f"exactly one of the keys {', '.join(_KINDS)}")
        if kinds[0] == "rule":
            return self._named_rule(plain)
        problems = Problems()
        about = problems.at("", self._about, plain)
        criterion = problems.at("", self._node, kinds[0], plain, level)
        problems.done()
        return evolve(criterion, about=about)

    def read_asked(self, plain: object) -> Asked:
        """Make a fact with its parameters of a table that says no more.

        Raises:
            InputError: every problem in it, with paths relative to the table.
        """
        if not isinstance(plain, dict):
            fault(plain, "wrong_type", "a table of a fact and its parameters")
        fact = self._fact(plain.get("fact"))
        given = in_one_form(fact, [(key, plain[key]) for key in sorted(set(plain) - {"fact"})])
        faults = list(asked_faults(fact, dict(given)))
        if faults:
            raise InputError(faults)
        return Asked(fact, cast("tuple[tuple[str, str], ...]", given))

    def _fact(self, name: object) -> Fact:
        if not isinstance(name, str) or name not in self.facts:
            fault(name, "unknown_fact", f"one of {', '.join(sorted(self.facts))}", path="fact")
        return self.facts[name]

    def _named_rule(self, plain: dict[str, Any]) -> Criterion:
        problems, name = Problems(), plain["rule"]
        problems.found.extend(unknown_keys(plain, {"rule"}))
        if not isinstance(name, str) or name not in self.rules:
            expected = f"a named rule: {', '.join(self.rules) or 'there is none'}"
            problems.note(name, "dangling_id", expected, path="rule")
        problems.done()
        return self.rules[name]

    def _node(self, kind: str, plain: dict[str, Any], level: int) -> Criterion:
        if kind == "fact":
            return self._comparison(plain)
        problems = Problems()
        own_keys = {kind, "at_least"} if kind == "of" else {kind}
        problems.found.extend(unknown_keys(plain, {*own_keys, *_ABOUT_KEYS}))
        if kind == "not":
            part = problems.at("not", self.read, plain["not"], level=level + 1)
            problems.done()
            return Not(part)
        parts = problems.at(kind, self._parts, plain[kind], level)
        count = plain.get("at_least", 1)
        if kind == "of" and "at_least" not in plain:
            problems.found.append(missing_key("at_least"))
        elif type(count) is not int:
            expected = "how many of the parts, a whole number"
            problems.note(count, "wrong_type", expected, path="at_least")
        problems.done()
        group: dict[str, Callable[[], Criterion]] = {
            "all": partial(AllOf, parts),
            "any": partial(AnyOf, parts),
            "of": partial(AtLeast, count, parts),
        }
        return group[kind]()

    def _parts(self, tables: object, level: int) -> tuple[Criterion, ...]:
        if not isinstance(tables, list):
            fault(tables, "wrong_type", "a list of criteria")
        if not tables:
            fault(tables, "empty_group", "a list of at least one criterion")
        problems = Problems()
        parts = [
            problems.at(f"[{index}]", self.read, table, level=level + 1)
            for index, table in enumerate(tables)
        ]
        problems.done()
        return tuple(parts)

    def _comparison(self, plain: dict[str, Any]) -> Compare:
        fact, problems = self._fact(plain["fact"]), Problems()
        operators = [operator for operator in Operator if operator in plain]
        names = {parameter.name for parameter in fact.parameters}
        running = {"leap_day"} if fact.shape in RUNNING else set()
        allowed = {"fact", *names, *operators, *running, *_ABOUT_KEYS}
        problems.found.extend(unknown_keys(plain, allowed))
        given = in_one_form(fact, [(key, plain[key]) for key in sorted(names & set(plain))])
        problems.found.extend(asked_faults(fact, dict(given)))
        if len(operators) != 1:
            expected = f"exactly one of {', '.join(Operator)}"
            problems.note(plain, "not_a_criterion", expected)
        operands = [
            problems.at("", self._operand, fact, operator, plain[operator])
            for operator in operators
        ]
        stated = plain.get("leap_day", LeapDay.FEBRUARY_28.value)
        leap_day = problems.at("leap_day", self.codec.read, stated, LeapDay)
        problems.done()
        asked = Asked(fact, cast("tuple[tuple[str, str], ...]", given))
        return Compare(asked, operators[0], operands[0], leap_day=leap_day)

    def _operand(self, fact: Fact, operator: Operator, plain: object) -> Operand:
        operand: Any = plain
        if operator in DATED:
            operand = self.codec.read(plain, date, path=operator)
        elif fact.shape in RUNNING:
            problems = Problems()
            operand = problems.at(operator, Term.parse, plain)
            problems.done()
        elif isinstance(plain, list) and all(isinstance(code, str) for code in plain):
            operand = frozenset(plain)
        elif fact.shape is Shape.AMOUNT:
            operand = self.codec.read(plain, Decimal, path=operator)
        faults = list(operand_faults(fact, operator, operand))
        if faults:
            raise InputError(faults)
        checked: Operand = operand
        return checked

    def _about(self, plain: dict[str, Any]) -> About:
        problems = Problems()
        read: dict[str, Any] = {"origin": self.origin}
        kinds: dict[str, Any] = {
            "id": str,
            "title": Text,
            "in_force": Span,
            "status": Status,
            "origin": str,
        }
        for key, kind in kinds.items():
            if key in plain:
                read[key] = problems.at(key, self.codec.read, plain[key], kind)
        if "cite" in plain:
            read["cite"] = problems.at("cite", self._citations, plain["cite"])
        problems.done()
        return About(**read)

    def _citations(self, plain: object) -> tuple[Citation, ...]:
        if not isinstance(plain, list):
            return (self._citation(plain),)
        problems = Problems()
        cited = [
            problems.at(f"[{index}]", self._citation, text) for index, text in enumerate(plain)
        ]
        problems.done()
        return tuple(cited)

    def _citation(self, plain: object) -> Citation:
        citation = Citation.parse(plain)
        if self.sources is not None and citation.source_id not in self.sources:
            known = ", ".join(sorted(self.sources)) or "there is none"
            fault(citation.source_id, "dangling_id", f"the id of a source: {known}")
        return citation


def write_criterion(criterion: Criterion, codec: Codec) -> dict[str, Any]:
    """The table of a criterion; reading it gives an equal criterion."""
    about = criterion.about
    said: dict[str, Any] = {}
    if about.id:
        said["id"] = about.id
    if about.title is not None:
        said["title"] = write_text(about.title)
    if about.cite:
        said["cite"] = [str(citation) for citation in about.cite]
    if about.in_force is not None:
        said["in_force"] = codec.write(about.in_force)
    if about.status is not None:
        said["status"] = about.status.value
    if about.origin:
        said["origin"] = about.origin
    return {**_write_node(criterion, codec), **said}


def _write_node(criterion: Criterion, codec: Codec) -> dict[str, Any]:
    match criterion:
        case Compare():
            table = {"fact": criterion.asked.fact.name, **dict(criterion.asked.given)}
            table[criterion.operator.value] = _write_operand(criterion.operand, codec)
            if criterion.leap_day is not LeapDay.FEBRUARY_28:
                table["leap_day"] = criterion.leap_day.value
            return table
        case Not():
            return {"not": write_criterion(criterion.part, codec)}
        case AllOf():
            return {"all": [write_criterion(part, codec) for part in criterion.parts]}
        case AnyOf():
            return {"any": [write_criterion(part, codec) for part in criterion.parts]}
        case _:
            parts = [write_criterion(part, codec) for part in criterion.parts]
            return {"at_least": criterion.count, "of": parts}


def _write_operand(operand: Operand, codec: Codec) -> Any:
    if isinstance(operand, frozenset):
        return sorted(operand)
    if isinstance(operand, date):
        return codec.write(operand)
    return str(operand) if isinstance(operand, Term | Decimal) else operand

"""Criteria as small tables, the form of country data and of JSON.

    { fact = "need_level", domain = "dependences", at_least = "medium", cite = "xx-act-1#art-3" }
    { all = [ ... ] }   { any = [ ... ] }   { not = { ... } }   { at_least = 2, of = [ ... ] }
    { rule = "juvenile" }                      a named criterion, resolved while reading

Any table may also carry ``id``, ``title``, ``cite``, ``in_force`` and ``status``.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from attrs import evolve, frozen

from rehabcore.errors import InputError, Problem, fault
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
    Operand,
    Operator,
)
from rehabcore.rules.days import LeapDay, Span, Term
from rehabcore.rules.facts import RUNNING, Fact, Shape
from rehabcore.rules.sources import Citation, Status, read_text, write_text
from rehabcore.structure import Codec

_ABOUT_KEYS = ("id", "title", "cite", "in_force", "status", "origin")
_GROUP_KEYS = ("all", "any", "not", "of", "rule", "fact")


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
        if level > DEEPEST_CRITERION:
            fault(plain, "too_deep", f"at most {DEEPEST_CRITERION} levels of criteria")
        kinds = [key for key in _GROUP_KEYS if key in plain]
        if len(kinds) != 1:
            fault(plain, "not_a_criterion", f"exactly one of the keys {', '.join(_GROUP_KEYS)}")
        kind = kinds[0]
        problems: list[Problem] = []
        about = _collect(problems, "", lambda: self._about(plain))
        criterion: Criterion = _collect(problems, "", lambda: self._node(kind, plain, level))
        if problems:
            raise InputError(problems)
        return criterion if kind == "rule" else evolve(criterion, about=about)

    def _node(self, kind: str, plain: dict[str, Any], level: int) -> Criterion:
        if kind == "fact":
            return self._comparison(plain)
        extra = {"at_least"} if kind == "of" else set()
        _refuse_unknown(plain, {kind, *extra, *(() if kind == "rule" else _ABOUT_KEYS)})
        match kind:
            case "rule":
                name = plain["rule"]
                if not isinstance(name, str) or name not in self.rules:
                    names = ", ".join(self.rules) or "none"
                    fault(name, "dangling_id", f"a named rule: {names}", path="rule")
                return self.rules[name]
            case "not":
                return Not(_within("not", lambda: self.read(plain["not"], level=level + 1)))
            case "all":
                return AllOf(self._parts(plain, "all", level))
            case "any":
                return AnyOf(self._parts(plain, "any", level))
        count = plain.get("at_least")
        if type(count) is not int:
            fault(count, "wrong_type", "how many of the parts, a whole number", path="at_least")
        return AtLeast(count, self._parts(plain, "of", level))

    def _parts(self, plain: dict[str, Any], key: str, level: int) -> tuple[Criterion, ...]:
        tables = plain[key]
        if not isinstance(tables, list) or not tables:
            fault(tables, "empty_group", "a list of at least one criterion", path=key)
        problems: list[Problem] = []
        parts = [
            _collect(problems, f"{key}[{i}]", lambda table=table: self.read(table, level=level + 1))
            for i, table in enumerate(tables)
        ]
        if problems:
            raise InputError(problems)
        return tuple(parts)

    def _comparison(self, plain: dict[str, Any]) -> Compare:
        name = plain["fact"]
        if not isinstance(name, str) or name not in self.facts:
            fault(name, "unknown_fact", f"one of {', '.join(sorted(self.facts))}", path="fact")
        fact = self.facts[name]
        parameters = {parameter.name for parameter in fact.parameters}
        operators = [operator for operator in Operator if operator in plain]
        _refuse_unknown(plain, {"fact", "leap_day", *operators, *parameters, *_ABOUT_KEYS})
        if len(operators) != 1:
            fault(plain, "not_a_criterion", f"exactly one of {', '.join(Operator)}")
        given = {key: plain[key] for key in sorted(parameters & set(plain))}
        for key, value in given.items():
            if not isinstance(value, str):
                fault(value, "wrong_type", "a text", path=key)
        operator = operators[0]
        operand = _within(operator, lambda: _read_operand(fact, operator, plain[operator]))
        leap_day = _within(
            "leap_day", lambda: self.codec.read(plain.get("leap_day", "february_28"), LeapDay)
        )
        return Compare(Asked(fact, tuple(given.items())), operator, operand, leap_day=leap_day)

    def _about(self, plain: dict[str, Any]) -> About:
        problems: list[Problem] = []
        read: dict[str, Any] = {"origin": self.origin}
        for key, how in (
            ("id", lambda value: self.codec.read(value, str)),
            ("title", read_text),
            ("cite", self._citations),
            ("in_force", lambda value: self.codec.read(value, Span)),
            ("status", lambda value: self.codec.read(value, Status)),
            ("origin", lambda value: self.codec.read(value, str)),
        ):
            if key in plain:
                read[key] = _collect(problems, key, lambda how=how, key=key: how(plain[key]))
        if problems:
            raise InputError(problems)
        return About(**read)

    def _citations(self, plain: object) -> tuple[Citation, ...]:
        cited = tuple(map(Citation.parse, plain if isinstance(plain, list) else [plain]))
        for citation in cited:
            if self.sources is not None and citation.source_id not in self.sources:
                known = ", ".join(sorted(self.sources)) or "none"
                fault(citation.source_id, "dangling_id", f"the id of a source: {known}")
        return cited


def _read_operand(fact: Fact, operator: Operator, plain: object) -> Operand:
    """The constant in the type that the comparison wants; what does not fit, ``Compare`` tells."""
    if fact.shape in RUNNING:
        return Term.parse(plain)
    if isinstance(plain, list) and all(isinstance(code, str) for code in plain):
        return frozenset(plain)
    if fact.shape is Shape.AMOUNT and isinstance(plain, str):
        try:
            return Decimal(plain)
        except InvalidOperation:
            fault(plain, "wrong_type", 'a decimal number as text, such as "12.50"')
    return plain  # type: ignore[return-value]


def _collect(problems: list[Problem], path: str, make: Any) -> Any:
    """Call ``make``; put what goes wrong, seen from ``path``, among the problems."""
    try:
        return make()
    except InputError as error:
        problems.extend(problem.below(path) for problem in error.problems)
        return None


def _within(path: str, make: Any) -> Any:
    problems: list[Problem] = []
    made = _collect(problems, path, make)
    if problems:
        raise InputError(problems)
    return made


def _refuse_unknown(plain: Mapping[str, object], allowed: Iterable[str]) -> None:
    allowed = sorted(set(allowed))
    unknown = [
        Problem(
            code="unknown_key",
            path="",
            found=f"a key of {len(key)} characters",
            expected=f"only the keys {', '.join(allowed)}",
        )
        for key in plain
        if key not in allowed
    ]
    if unknown:
        raise InputError(unknown)


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
            table[criterion.operator.value] = _write_operand(criterion.operand)
            if criterion.leap_day is not LeapDay.FEBRUARY_28:
                table["leap_day"] = criterion.leap_day.value
            return table
        case Not():
            return {"not": write_criterion(criterion.part, codec)}
        case AllOf():
            return {"all": [write_criterion(part, codec) for part in criterion.parts]}
        case AnyOf():
            return {"any": [write_criterion(part, codec) for part in criterion.parts]}
        case AtLeast():
            parts = [write_criterion(part, codec) for part in criterion.parts]
            return {"at_least": criterion.count, "of": parts}


def _write_operand(operand: Operand) -> Any:
    if isinstance(operand, frozenset):
        return sorted(operand)
    return str(operand) if isinstance(operand, Term | Decimal) else operand

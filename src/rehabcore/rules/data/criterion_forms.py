"""Criteria as small tables, the form of country data and of JSON.

    { fact = "need_level", domain = "dependences", at_least = "medium", cite = "xx-act-1#art-3" }
    { all = [ ... ] }   { any = [ ... ] }   { not = { ... } }   { at_least = 2, of = [ ... ] }
    { rule = "juvenile" }                      a named criterion, resolved while reading
    { fact = "age", at_least = { parameter = "adult_age" } }      a dated parameter of law
    { versions = [ { in_force = { ... }, ...criterion... }, ... ], clock = "offence" }
    { versions = [ ... ], clock = "referral", program = "work" }       a clock of one of several

Any table may also carry ``id``, ``title``, ``cite``, ``in_force``, ``covered``, ``status`` and
``origin``. Parameters and versions become ordinary criteria while reading (``law.expansion``), and
are written as such.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Generic, TypeVar, cast

from attrs import evolve, field

from rehabcore.rules.criteria import (
    DEEPEST_CRITERION,
    NOTHING_SAID,
    About,
    AllOf,
    AnyOf,
    Asked,
    AtLeast,
    Compare,
    Criterion,
    Not,
)
from rehabcore.rules.data.about_forms import ABOUT_KEYS, AboutReader, write_about
from rehabcore.rules.data.version_forms import Clocks, Constant, read_parameter, read_versions
from rehabcore.rules.facts import DATED, OPERATORS, RUNNING, Fact, Operator, Shape
from rehabcore.rules.law.expansion import expand
from rehabcore.rules.law.versions import DECISION, Version, Versions
from rehabcore.rules.sources import Status
from rehabcore.rules.time.days import LeapDay, Term
from rehabcore.rules.well_formed import Operand, asked_problems, in_one_form, operand_problems
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import (
    InputError,
    Problems,
    missing_key,
    one_of,
    refuse,
    unknown_keys,
)
from rehabcore.strict.structure import Codec, refuse_repeated_keys

_KINDS = ("all", "any", "not", "of", "rule", "fact", "versions")


T = TypeVar("T")


@frozen
class _Dated(Generic[T]):
    """Versions of a criterion or of an operand; ``anchor`` is the fact whose anchor day selects."""

    versions: Versions[T]
    anchor: Asked | None
    """None: the day asked about selects."""


_Made = Criterion | _Dated[Criterion]
"""The result of reading a table, before versions are expanded into a criterion."""


@frozen(kw_only=True)
class CriterionReader:
    """Reads tables, and checks them against the facts, named rules and sources they may mention.

    ``parameters`` are the dated parameters of law, by name. ``clocks`` gives, for each clock, the
    name of the fact whose anchor day selects a version; ``clocks_given`` what the place of the
    rules says for the parameters of those facts. ``sources`` holds the status of each source; None
    takes citations unchecked. ``origin`` is given to every node without its own. ``drafts`` names
    the facts that are only drafts: a comparison of such a fact is a draft, too. ``about_keys`` are
    the keys that a table may have besides those of its node. ``by_name`` says whether a text stands
    for the rule of that name, as in stored documents.
    """

    facts: Mapping[str, Fact]
    rules: Mapping[str, Criterion]
    codec: Codec
    parameters: Mapping[str, Versions[Constant]] = field(factory=dict)
    clocks: Mapping[str, str] = field(factory=dict)
    clocks_given: Mapping[str, str] = field(factory=dict)
    sources: Mapping[str, Status] | None = None
    origin: str = ""
    drafts: tuple[str, ...] = ()
    about_keys: tuple[str, ...] = ABOUT_KEYS
    by_name: bool = False

    def read(self, plain: object, *, level: int = 1) -> Criterion:
        """Read a criterion from a table.

        Args:
            plain: the table.
            level: how deep the table stands in others; 1 for a whole rule.

        Raises:
            InputError: names every problem in it, with paths relative to the table.
        """
        if self.by_name and isinstance(plain, str):
            return self._named_rule({"rule": plain})
        if not isinstance(plain, dict):
            refuse(plain, "wrong_type", "a criterion as a table")
        refuse_repeated_keys(plain)
        if level > DEEPEST_CRITERION:
            refuse(plain, "too_deep", f"at most {DEEPEST_CRITERION} levels of criteria")
        kinds = [key for key in _KINDS if key in plain]
        if len(kinds) != 1:
            refuse(plain, "not_a_criterion", f"exactly one of the keys {', '.join(_KINDS)}")
        if kinds[0] == "rule":
            return self._named_rule(plain)
        problems = Problems()
        about = problems.at("", self._said.read, plain, states=kinds[0] == "fact")
        if about is not None and plain.get("fact") in self.drafts:
            about = evolve(about, status=Status.DRAFT)
        said = about or NOTHING_SAID
        made = problems.at("", self._node, kinds[0], plain, level, said)
        if isinstance(made, _Dated) and "covered" in plain:
            expected = "no such key: the versions say which days are covered"
            problems.note(plain["covered"], "unknown_key", expected, path="covered")
        problems.done()
        if isinstance(made, _Dated):
            return expand(made.versions, about, made.anchor)
        return made

    def parameter(self, name: str, plain: object) -> Versions[Constant]:
        """Read a dated parameter from a table.

        Raises:
            InputError: names every problem in it, with paths relative to the table.
        """
        return read_parameter(name, plain, self._said, self._clocks)

    @property
    def _said(self) -> AboutReader:
        return AboutReader(codec=self.codec, sources=self.sources, origin=self.origin)

    @property
    def _clocks(self) -> Clocks:
        return Clocks(facts=self.facts, names=self.clocks, given=self.clocks_given)

    def read_asked(self, plain: object) -> Asked:
        """Read a fact with its parameters from a table that says no more.

        Raises:
            InputError: names every problem in it, with paths relative to the table.
        """
        if not isinstance(plain, dict):
            refuse(plain, "wrong_type", "a table of a fact and its parameters")
        fact = self._fact(plain.get("fact"))
        given = in_one_form(fact, [(key, plain[key]) for key in sorted(set(plain) - {"fact"})])
        Problems(*asked_problems(fact, dict(given))).done()
        return Asked(fact, cast("tuple[tuple[str, str], ...]", given))

    def _fact(self, name: object) -> Fact:
        if not isinstance(name, str) or name not in self.facts:
            refuse(name, "unknown_fact", one_of(sorted(self.facts), name), path="fact")
        return self.facts[name]

    def _named_rule(self, plain: dict[str, Any]) -> Criterion:
        problems, name = Problems(), plain["rule"]
        problems.add(*unknown_keys(plain, {"rule"}))
        if not isinstance(name, str) or name not in self.rules:
            expected = f"a named rule: {one_of(self.rules, name)}"
            problems.note(name, "dangling_id", expected, path="rule")
        problems.done()
        return self.rules[name]

    def _node(self, kind: str, plain: dict[str, Any], level: int, about: About) -> _Made:
        if kind == "fact":
            return self._comparison(plain, about)
        if kind == "versions":
            return self._versions(plain, level, about)
        problems = Problems()
        own_keys = {kind, "at_least"} if kind == "of" else {kind}
        problems.add(*unknown_keys(plain, {*own_keys, *self.about_keys}))
        if kind == "not":
            part = problems.at("not", self.read, plain["not"], level=level + 1)
            problems.done()
            return Not(part, about=about)
        parts = problems.at(kind, self._parts, plain[kind], level)
        count = plain.get("at_least", 1)
        if kind == "of" and "at_least" not in plain:
            problems.add(missing_key("at_least"))
        elif type(count) is not int:
            expected = "how many of the parts, a whole number"
            problems.note(count, "wrong_type", expected, path="at_least")
        problems.done()
        group: dict[str, Callable[[], Criterion]] = {
            "all": partial(AllOf, parts, about=about),
            "any": partial(AnyOf, parts, about=about),
            "of": partial(AtLeast, count, parts, about=about),
        }
        return group[kind]()

    def _parts(self, tables: object, level: int) -> tuple[Criterion, ...]:
        if not isinstance(tables, list):
            refuse(tables, "wrong_type", "a list of criteria")
        if not tables:
            refuse(tables, "empty_group", "a list of at least one criterion")
        problems = Problems()
        parts = [
            problems.at(f"[{index}]", self.read, table, level=level + 1)
            for index, table in enumerate(tables)
        ]
        problems.done()
        return tuple(parts)

    def _versions(self, plain: dict[str, Any], level: int, about: About) -> _Dated[Criterion]:
        def version(table: dict[str, Any]) -> tuple[Criterion, About]:
            criterion = self.read(table, level=level + 1)
            return criterion, criterion.about

        problems, clocks = Problems(), self._clocks
        clock = problems.at("clock", clocks.read, plain.get("clock", DECISION)) or DECISION
        beside = {key: plain[key] for key in clocks.keys(clock) & {*plain}}
        problems.add(*unknown_keys(plain, {"versions", "clock", *beside, *self.about_keys}))
        anchor = problems.at("", clocks.anchor, clock, beside)
        listed = problems.at("versions", read_versions, plain["versions"], self._said, version)
        problems.done()
        return _Dated(Versions(name=about.id, versions=listed, clock=clock), anchor)

    def _comparison(self, plain: dict[str, Any], about: About) -> Compare | _Dated[Criterion]:
        fact, problems = self._fact(plain["fact"]), Problems()
        operators = [operator for operator in Operator if operator in plain]
        names = {parameter.name for parameter in fact.parameters}
        running = {"leap_day"} if fact.shape in RUNNING else set()
        allowed = {"fact", *names, *operators, *running, *self.about_keys}
        problems.add(*unknown_keys(plain, allowed))
        given = in_one_form(fact, [(key, plain[key]) for key in sorted(names & set(plain))])
        problems.add(*asked_problems(fact, dict(given)))
        if len(operators) != 1:
            expected = f"exactly one of {', '.join(Operator)}"
            problems.note(plain, "not_a_criterion", expected)
        constants = [
            problems.at("", self._constant, fact, operator, plain[operator])
            for operator in operators
        ]
        stated = plain.get("leap_day", LeapDay.FEBRUARY_28.value)
        leap_day = problems.at("leap_day", self.codec.read, stated, LeapDay)
        problems.done()
        asked = Asked(fact, cast("tuple[tuple[str, str], ...]", given))
        compare = partial(Compare, asked, operators[0], leap_day=leap_day)
        constant = constants[0]
        if not isinstance(constant, _Dated):
            return compare(constant, about=about)
        figure, name = constant.versions, constant.versions.name
        compared = tuple(_compared(version, name, about, compare) for version in figure.versions)
        dated = Versions(name=name, versions=compared, clock=figure.clock)
        return _Dated(dated, constant.anchor)

    def _constant(self, fact: Fact, operator: Operator, plain: object) -> Operand | _Dated[Operand]:
        """The operand of a comparison: a constant, or every version of a parameter."""
        if not isinstance(plain, dict) or "parameter" not in plain:
            return self._operand(fact, operator, plain)
        refuse_repeated_keys(plain, operator)
        name, problems, clocks = plain["parameter"], Problems(), self._clocks
        parameter = self.parameters.get(name) if isinstance(name, str) else None
        clock = DECISION if parameter is None else parameter.clock
        beside = {key: plain[key] for key in clocks.keys(clock) & {*plain}}
        problems.add(*unknown_keys(plain, {"parameter", *beside}, operator))
        if parameter is None:
            expected = f"a dated parameter: {one_of(self.parameters, name)}"
            problems.note(name, "dangling_id", expected, path=f"{operator}.parameter")
            raise InputError(problems.found)
        anchor = problems.at(operator, clocks.anchor, clock, beside)
        fitting = [
            problems.at("", self._fitting, fact, operator, version, name)
            for version in parameter.versions
        ]
        problems.done()
        return _Dated(Versions(name=name, versions=tuple(fitting), clock=clock), anchor)

    def _fitting(
        self, fact: Fact, operator: Operator, version: Version[Constant], name: str
    ) -> Version[Operand]:
        """A version of a parameter, with its value as an operand that fits the fact."""
        value: Operand | None = None
        try:
            if version.value is not None:
                value = self._operand(fact, operator, version.value)
        except InputError as error:
            since = f"in the version of {name} from {version.in_force.start} on"
            raise error.each(lambda p: evolve(p, expected=f"{p.expected}, {since}")) from None
        return Version(
            in_force=version.in_force, value=value, cite=version.cite, status=version.status
        )

    def _operand(self, fact: Fact, operator: Operator, plain: object) -> Operand:
        compared = fact.comparisons or OPERATORS[fact.shape]
        if operator not in compared:
            expected = f"{fact.name} compared by {', '.join(compared)}"
            refuse(operator.value, "cannot_compare", expected, path=operator)
        operand: Any = plain
        if operator in DATED:
            operand = self.codec.read(plain, date, path=operator)
        elif fact.shape in RUNNING:
            problems = Problems()
            operand = problems.at(operator, Term.parse, plain)
            problems.done()
        elif isinstance(plain, list | tuple) and all(isinstance(code, str) for code in plain):
            operand = frozenset(plain)
        elif fact.shape is Shape.AMOUNT:
            operand = self.codec.read(plain, Decimal, path=operator)
        Problems(*operand_problems(fact, operator, operand)).done()
        checked: Operand = operand
        return checked


def _compared(
    version: Version[Operand], name: str, about: About, compare: Callable[..., Compare]
) -> Version[Criterion]:
    """The comparison with one version of a parameter: it cites both, as sure as the weaker."""
    cite = tuple(dict.fromkeys((*version.cite, *about.cite)))
    status = version.status or (about.status if version.cite else Status.DRAFT)
    said = About(id=name, title=about.title, cite=cite, status=status, origin=about.origin)
    value = None if version.value is None else compare(version.value, about=said)
    return Version(in_force=version.in_force, value=value, cite=cite, status=status)


def write_criterion(
    criterion: Criterion,
    codec: Codec,
    write_part: Callable[[Criterion], object] | None = None,
) -> dict[str, Any]:
    """The table of a criterion. Reading it gives an equal criterion.

    Args:
        criterion: the criterion.
        codec: writes what stands in it, such as days.
        write_part: writes a part of a group; None writes it as a table, too.
    """
    write = write_part or (lambda part: write_criterion(part, codec))
    return {**_write_node(criterion, codec, write), **write_about(criterion.about, codec)}


def _write_node(
    criterion: Criterion, codec: Codec, write: Callable[[Criterion], object]
) -> dict[str, Any]:
    match criterion:
        case Compare():
            table = {"fact": criterion.asked.fact.name, **dict(criterion.asked.given)}
            table[criterion.operator.value] = _write_operand(criterion.operand, codec)
            if criterion.leap_day is not LeapDay.FEBRUARY_28:
                table["leap_day"] = criterion.leap_day.value
            return table
        case Not():
            return {"not": write(criterion.part)}
        case AllOf():
            return {"all": list(map(write, criterion.parts))}
        case AnyOf():
            return {"any": list(map(write, criterion.parts))}
        case _:
            return {"at_least": criterion.count, "of": list(map(write, criterion.parts))}


def _write_operand(operand: Operand, codec: Codec) -> Any:
    if isinstance(operand, frozenset):
        return sorted(operand)
    if isinstance(operand, date | Decimal):
        return codec.write(operand)
    return str(operand) if isinstance(operand, Term) else operand

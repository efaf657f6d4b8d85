"""Versions of law as tables: dated parameters, and whole criteria that replaced each other.

A version is ``{ value = "21 years", in_force = { ... }, cite = [ ... ] }``, or a criterion with
``in_force``. ``{ gap = true, in_force = { ... } }`` declares that none is known for some days.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar, cast

from rehabcore.rules.criteria import NOTHING_SAID, About, Asked
from rehabcore.rules.data.about_forms import AboutReader
from rehabcore.rules.facts import Fact
from rehabcore.rules.law.versions import DECISION, Version, Versions
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import Span
from rehabcore.rules.well_formed import asked_problems, in_one_form
from rehabcore.strict.checked import conforms
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problems, listed, missing_key, one_of, refuse, unknown_keys
from rehabcore.strict.structure import refuse_repeated_keys

T = TypeVar("T")

Constant = bool | int | str | date | tuple[str, ...]
"""The value of a version; a list of codes is kept as a tuple. Where it is used, it has to fit."""


@frozen(kw_only=True)
class Clocks:
    """The clocks that may select a version; ``names`` gives each the fact whose anchor it uses.

    ``given`` holds what the place of a rule says for parameters of those facts, such as the
    programme whose rule it is.
    """

    facts: Mapping[str, Fact]
    names: Mapping[str, str]
    given: Mapping[str, str]

    def read(self, plain: object) -> str:
        """Read the name of a clock.

        Raises:
            InputError: there is no such clock, or the country does not declare its fact.
        """
        if not isinstance(plain, str) or plain not in (DECISION, *self.names):
            refuse(plain, "unknown_value", one_of((DECISION, *self.names), plain))
        if plain != DECISION and self.names[plain] not in self.facts:
            declared = [DECISION, *(n for n, fact in self.names.items() if fact in self.facts)]
            refuse(plain, "unknown_fact", f"a clock whose fact is declared: {listed(declared)}")
        return plain

    def keys(self, clock: str) -> frozenset[str]:
        """The keys that a table may have beside a clock: the parameters of its fact."""
        if clock == DECISION:
            return frozenset()
        return frozenset(one.name for one in self.facts[self.names[clock]].parameters)

    def anchor(self, clock: str, table: Mapping[str, object]) -> Asked | None:
        """The fact whose anchor day selects the version; None for the day asked about.

        Args:
            clock: the name of the clock.
            table: says what the fact is asked of, unless the place of the rule does.

        Raises:
            InputError: neither says it, or it is none of the codes of the parameter.
        """
        if clock == DECISION:
            return None
        fact, keys = self.facts[self.names[clock]], self.keys(clock)
        said = {key: value for key, value in {**self.given, **table}.items() if key in keys}
        problems = Problems()
        for parameter in fact.parameters:
            if parameter.required and parameter.name not in said:
                unsaid = f"only the rules of one {parameter.name} need not say it"
                expected = f"the {parameter.name} that the clock {clock} goes by; {unsaid}"
                problems.add(missing_key(parameter.name, expected))
        problems.done()
        given = in_one_form(fact, sorted(said.items()))
        Problems(*asked_problems(fact, dict(given))).done()
        return Asked(fact, cast("tuple[tuple[str, str], ...]", given))


def read_versions(
    tables: object, said: AboutReader, read_value: Callable[[dict[str, Any]], tuple[T, About]]
) -> tuple[Version[T], ...]:
    """Read a list of versions, each with the days on which it is law.

    Args:
        tables: the list.
        said: reads the ``About`` of declared gaps.
        read_value: reads the rest of a table: its value and its ``About``.

    Raises:
        InputError: names every problem of every version.
    """
    if not isinstance(tables, list):
        refuse(tables, "wrong_type", "a list of versions")
    problems = Problems()
    versions = [
        problems.at(f"[{index}]", _version, table, said, read_value)
        for index, table in enumerate(tables)
    ]
    problems.done()
    return tuple(versions)


def _version(
    table: object, said: AboutReader, read_value: Callable[[dict[str, Any]], tuple[T, About]]
) -> Version[T]:
    if not isinstance(table, dict):
        refuse(table, "wrong_type", "a version as a table")
    refuse_repeated_keys(table)
    rest, problems = dict(table), Problems()
    days = rest.pop("in_force", None)
    if days is None:
        problems.add(missing_key("in_force"))
    else:
        days = problems.at("in_force", said.codec.read, days, Span)
    gap = "gap" in rest
    about = problems.at("", _gap, rest, said) if gap else NOTHING_SAID
    read = None if gap else problems.at("", read_value, rest)
    problems.done()
    value, about = read or (None, about)
    return Version(in_force=days, value=value, cite=about.cite, status=about.status)


def _gap(table: dict[str, Any], said: AboutReader) -> About:
    problems = Problems(*unknown_keys(table, {"gap", "in_force", "cite", "status"}))
    if table["gap"] is not True:
        problems.note(table["gap"], "wrong_type", "true: no version is known", path="gap")
    about = problems.at("", said.read, table, states=True)
    problems.done()
    return about


def read_parameter(
    name: str, plain: object, said: AboutReader, clocks: Clocks
) -> Versions[Constant]:
    """Read the table of a dated parameter of law.

    Raises:
        InputError: names every problem in it.
    """
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", "a parameter as a table")
    refuse_repeated_keys(plain)
    problems = Problems(*unknown_keys(plain, {"title", "clock", "versions"}))
    title = (
        problems.at("title", said.codec.read, plain["title"], Text) if "title" in plain else None
    )
    clock = problems.at("clock", clocks.read, plain.get("clock", DECISION))
    if "versions" not in plain:
        problems.add(missing_key("versions"))
    versions = problems.at(
        "versions", read_versions, plain.get("versions", []), said, lambda t: _value(t, said)
    )
    problems.done()
    return Versions(name=name, versions=versions, title=title, clock=clock)


def _value(table: dict[str, Any], said: AboutReader) -> tuple[Constant, About]:
    problems = Problems(*unknown_keys(table, {"value", "gap", "in_force", "cite", "status"}))
    value = table.get("value")
    if isinstance(value, list):
        value = tuple(value)
    if "value" not in table:
        problems.add(missing_key("value"))
    elif not conforms(value, Constant):
        expected = 'a plain value, such as 3, true, "18 years", a code, a date or a list of codes'
        problems.note(value, "wrong_type", expected, path="value")
    about = problems.at("", said.read, table, states=True)
    problems.done()
    return cast("Constant", value), about

"""Verdicts and near misses as plain data, with the rules and what was known beside them."""

from collections.abc import Callable
from typing import Any, TypeVar

from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.near_forms import read_near, write_near
from rehabcore.rules.data.rule_tables import RuleWriter, read_rules
from rehabcore.rules.data.verdict_forms import (
    StateReader,
    VerdictReader,
    VerdictWriter,
    read_asked,
)
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.near.near_misses import NearMisses
from rehabcore.strict.problems import Problems
from tests.kit.rule_makers import JSON

T = TypeVar("T")


def written_verdict(verdict: Verdict) -> dict[str, Any]:
    """A verdict with all that it refers to."""
    return _written(lambda verdicts: verdicts.refer(verdict))


def written_near(near: NearMisses) -> dict[str, Any]:
    """Near misses with all that they refer to."""
    return _written(lambda verdicts: write_near(near, verdicts))


def _written(write: Callable[[VerdictWriter], dict[str, Any]]) -> dict[str, Any]:
    verdicts = VerdictWriter()
    stored = write(verdicts)
    rules = RuleWriter(verdicts.rules, (), JSON, "")
    verdicts.name(dict(zip(verdicts.rules, rules.names, strict=True)))
    return {"rules": rules.tables, **verdicts.known(), "stored": stored}


def verdict_of(plain: Any, reader: CriterionReader) -> Verdict:
    """The verdict that was written."""
    return _read(plain, reader, lambda stored, verdicts: verdicts.read(stored))


def near_of(plain: Any, reader: CriterionReader) -> NearMisses:
    """The near misses that were written."""
    return _read(plain, reader, read_near)


def _read(plain: Any, reader: CriterionReader, read: Callable[[object, VerdictReader], T]) -> T:
    problems = Problems()
    rules = problems.at("rules", read_rules, plain["rules"], reader)
    asked = problems.at("asked", read_asked, plain["asked"], reader)
    problems.done()
    states = problems.at("days", StateReader, plain["days"], asked)
    problems.done()
    found = problems.at("stored", read, plain["stored"], VerdictReader(rules, states))
    problems.done()
    return found

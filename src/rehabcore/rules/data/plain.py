"""The forms of the small types of rules, such as terms and texts, in JSON and TOML."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from rehabcore.rules.criteria import Asked, Criterion
from rehabcore.rules.data.criterion_forms import CriterionReader, write_criterion
from rehabcore.rules.data.day_forms import DayForms
from rehabcore.rules.facts import Fact
from rehabcore.rules.sources import Citation, Text, read_text, write_text
from rehabcore.rules.time.days import Term
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.documents import refuse_unlike_json
from rehabcore.strict.structure import Codec, Form

T = TypeVar("T")


@cache
def plain_forms(*, dates_are_objects: bool = False) -> tuple[Form, ...]:
    """The forms of days, ends, anchors, terms, texts and citations.

    Args:
        dates_are_objects: dates come as ``date``, as TOML has them, and not as text.
    """
    days = DayForms(Codec(dates_are_objects=dates_are_objects))
    return (
        *days.forms(),
        Form(type=Term, read=Term.parse, write=str),
        Form(type=Text, read=read_text, write=write_text),
        Form(type=Citation, read=Citation.parse, write=str),
    )


def asked_form(reader: CriterionReader) -> Form:
    """The form of a fact with its parameters, where it stands alone and not in a comparison."""

    def write(asked: Asked) -> object:
        return {"fact": asked.fact.name, **dict(asked.given)}

    return Form(type=Asked, read=reader.read_asked, write=write)


def criterion_forms(reader: CriterionReader) -> tuple[Form, ...]:
    """The forms of criteria, read with the facts, rules and sources that they may mention."""

    def write(criterion: Criterion) -> object:
        return write_criterion(criterion, reader.codec)

    def read_optional(plain: object) -> Criterion | None:
        return None if plain is None else reader.read(plain)

    return (
        Form(type=Criterion, read=reader.read, write=write),
        Form(type=Criterion | None, read=read_optional, write=lambda c: c and write(c)),
    )


@checked_arguments
def criterion_from_plain(
    plain: Mapping[str, Any],
    *,
    facts: Mapping[str, Fact],
    rules: Mapping[str, Criterion] | None = None,
) -> Criterion:
    """A criterion of its table, as it is written in JSON.

    Args:
        plain: the table, such as ``{"fact": "age", "at_least": "18 years"}``.
        facts: those that it may ask, by name, such as ``country.facts``.
        rules: those that it may name, such as ``country.rules``.

    Raises:
        InputError: every problem in it, with paths relative to the table.
    """
    refuse_unlike_json(plain)
    return CriterionReader(facts=facts, rules=rules or {}, codec=_FORMS).read(plain)


@checked_arguments
def criterion_to_plain(criterion: Criterion) -> dict[str, Any]:
    """The table of a criterion; ``criterion_from_plain`` makes an equal criterion of it."""
    return write_criterion(criterion, _FORMS)


_FORMS = Codec(plain_forms())

"""The forms of the small types of rules, such as terms and texts, in JSON and TOML."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from rehabcore.rules.criteria import Asked, Criterion
from rehabcore.rules.data.criterion_forms import CriterionReader, write_criterion
from rehabcore.rules.facts import NEVER, Anchor, Fact
from rehabcore.rules.sources import Citation, Text, read_text, write_text
from rehabcore.rules.time.days import End, Ending, Term
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.documents import refuse_unlike_json
from rehabcore.strict.problems import refuse
from rehabcore.strict.structure import Codec, Form

T = TypeVar("T")

_ENDINGS, _NEVER = {ending.value: ending for ending in Ending}, {NEVER.value: NEVER}
_END = 'a day, "open" (it goes on) or "unknown" (nobody recorded it)'
_ANCHOR = 'a day, or "never" where it is certain that it does not come'


@cache
def plain_forms(*, dates_are_objects: bool = False) -> tuple[Form, ...]:
    """The forms of ends, anchors, terms, texts and citations.

    Args:
        dates_are_objects: dates come as ``date``, as TOML has them, and not as text.
    """
    bare = Codec(dates_are_objects=dates_are_objects)

    def read_day(plain: object, words: Mapping[str, T], expected: str) -> date | T:
        if isinstance(plain, str) and plain in words:
            return words[plain]
        if isinstance(plain, str) and not plain[:1].isdigit():
            refuse(plain, "bad_date", expected)
        if not isinstance(plain, str | date):
            refuse(plain, "wrong_type", expected)
        return bare.read(plain, date)

    def read_end(plain: object) -> End:
        return read_day(plain, _ENDINGS, _END)

    def write_end(end: End) -> object:
        return end.value if isinstance(end, Ending) else bare.write(end)

    def read_anchor(plain: object) -> Anchor:
        return read_day(plain, _NEVER, _ANCHOR)

    def write_anchor(anchor: Anchor) -> object:
        return bare.write(anchor) if isinstance(anchor, date) else anchor.value

    return (
        Form(type=End, read=read_end, write=write_end),
        Form(type=Anchor, read=read_anchor, write=write_anchor),
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

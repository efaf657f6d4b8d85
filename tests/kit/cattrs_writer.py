"""Plain data as cattrs writes them: what the writers of the library are compared with."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn

from rehabcore.strict.structure import Form


def converter(forms: Iterable[Form]) -> Converter:
    """A converter that writes JSON as the library means it: without defaults, sets in order."""
    made = Converter()
    made.register_unstructure_hook(Decimal, _written)
    made.register_unstructure_hook(Enum, lambda member: member.value)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook_func(
        _is_set,
        lambda items: sorted(made.unstructure(item) for item in items),
    )
    made.register_unstructure_hook_factory(
        attrs.has,
        lambda kind: make_dict_unstructure_fn(kind, made, _cattrs_omit_if_default=True),
    )
    for form in forms:
        made.register_unstructure_hook_func(_is(form.type), form.write)
    return made


def _is_set(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is frozenset


def _is(wanted: Any) -> Any:
    return lambda kind: kind == wanted


def _written(number: Decimal) -> str:
    return str(number.copy_abs() if number.is_zero() else number)

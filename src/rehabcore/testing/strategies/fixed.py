"""Parts of records that the user of a strategy fixes."""

from collections.abc import Mapping
from typing import Any

from attrs import fields_dict
from hypothesis import strategies as st

from rehabcore.strict.problems import one_of, refuse


def fixed_parts(kind: type, fixed: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The fields of a record that are fixed, each by a value or by a strategy of values.

    Raises:
        InputError: the record has no such field.
    """
    for name in sorted(set(fixed) - set(fields_dict(kind))):
        refuse(name, "unknown_key", one_of(fields_dict(kind), name), path="fixed")
    return st.fixed_dictionaries(
        {
            name: value if isinstance(value, st.SearchStrategy) else st.just(value)
            for name, value in fixed.items()
        }
    )

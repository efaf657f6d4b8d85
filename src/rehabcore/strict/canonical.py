"""Plain data as JSON in one form, so that equal data have equal text and one hash."""

import json


def canonical_text(plain: object) -> str:
    """Plain data as JSON in its one form: keys in order, no space, no escape that is not needed."""
    return json.dumps(
        plain,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=_foreign,
    )


def _foreign(value: object) -> None:
    """The stand-in for a value that JSON does not have, in plain data that was made in Python."""

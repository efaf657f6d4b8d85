"""The hash of a content: what is signed, and what an edit expects."""

import hashlib

from rehabcore.plans import PlanContent
from rehabcore.rules.data.plain import plain_forms
from rehabcore.strict.canonical import canonical_text
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.structure import Codec

CONTENT_CODEC = Codec(plain_forms())
"""The codec of contents of plans, and of their parts."""
_SCHEMA = "plan_content/1"

SHORT = 12
"""The digits of a hash that people read."""


@checked_arguments
def hash_of_content(content: PlanContent) -> str:
    """The SHA-256 of a content's canonical JSON with its schema, in hexadecimal digits.

    Equal contents have equal hashes, if they state the same decimals. Progress changes no content.
    """
    told = canonical_text({"schema": _SCHEMA, "data": CONTENT_CODEC.write(content)})
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def short_hash(digest: str) -> str:
    """The first digits of a hash: enough to tell the contents of one plan apart."""
    return digest[:SHORT]

"""Stored documents with the hash of what they hold, as a forger would make it."""

import hashlib
import json
from typing import Any


def sealed(document: dict[str, Any]) -> str:
    """The document with its hash made anew; one that has none, as it is."""
    if "sha256" not in document:
        return json.dumps(document)
    content = {key: value for key, value in document.items() if key != "sha256"}
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
    return json.dumps({**content, "sha256": digest})

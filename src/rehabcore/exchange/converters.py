"""Documents of the library as parts of those of software that reads and writes with cattrs."""

import json
from typing import Any

from cattrs import Converter

from rehabcore.exchange.envelopes import SCHEMAS, read, write


def converter() -> Converter:
    """Make a cattrs converter for classes of your own that hold documents of the library.

    A case file, a result, a decision or a score in a field becomes a whole document, in its
    envelope. So it keeps its version and its hash, and is read back as strictly as alone, of older
    versions too. What else your classes hold is converted as cattrs does, or by hooks of your own.

    While it structures, cattrs collects errors in a ``ClassValidationError``; the ``InputError`` of
    a document is among them, with the paths within the document.
    """
    made = Converter()
    made.register_structure_hook_func(_is_document, read)
    made.register_unstructure_hook_func(_is_document, _plain)
    return made


def _is_document(kind: Any) -> bool:
    return isinstance(kind, type) and any(issubclass(kind, known) for known, _ in SCHEMAS.values())


def _plain(document: Any) -> Any:
    return json.loads(write(document))

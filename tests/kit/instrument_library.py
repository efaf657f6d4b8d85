"""The files of the instruments that come with the library."""

from collections.abc import Callable
from pathlib import Path

import rehabcore.instruments

LIBRARY = Path(rehabcore.instruments.__file__).parent / "library"


def beside(name: str) -> Callable[[str], bytes]:
    """How files are read that lie beside that of an instrument of the library."""
    return lambda file: LIBRARY.joinpath(name).with_name(file).read_bytes()

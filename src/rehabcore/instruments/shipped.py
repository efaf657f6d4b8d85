"""The files of the instruments that come with the library, and the bands that they name.

A country says which level each band of an instrument means. To know whether it names all of them,
its pack is compared with the file alone: no instrument is made for that.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from rehabcore.strict.documents import parse_toml

LIBRARY = Path(__file__).parent / "library"
"""The folder of the library."""
_SUFFIX = ".toml"


@cache
def shipped_files() -> dict[str, Path]:
    """The file of every instrument, by full name: ``audit``, ``uk-ew/ogrs3@rsr-calculator``."""
    return dict(_files_in(LIBRARY, ""))


def _files_in(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files_in(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_SUFFIX):
            yield prefix + entry.name.removesuffix(_SUFFIX), entry


@cache
def labels_of_bands(name: str) -> dict[str, tuple[str, ...]]:
    """The labels of each table of bands of an instrument, in order, by the name of the table.

    Args:
        name: the full name of an instrument of the library.
    """
    plain = parse_toml(shipped_files()[name].read_bytes())
    return {
        **{table: _labels(bands) for table, bands in plain.get("bands", {}).items()},
        **{table: tuple(one["means"]) for table, one in plain.get("nearest", {}).items()},
    }


def _labels(bands: dict[str, Any]) -> tuple[str, ...]:
    stated = (
        band.get("label", "") for one in bands.get("tables", [bands]) for band in one["table"]
    )
    return tuple(dict.fromkeys(label for label in stated if label))

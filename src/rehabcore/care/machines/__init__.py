"""The machines that come with the library: tables of states, read when one is asked for by name.

A machine of one country is a reference model: it is asked for by its full name, such as
``uk-ew/referral@accredited-programmes-custody``, and no country pack refers to it.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.machine_forms import read_machine
from rehabcore.rules.data.plain import plain_forms
from rehabcore.rules.machines.tables import Machine
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.documents import parse_toml
from rehabcore.strict.problems import one_of, refuse
from rehabcore.strict.structure import Codec

MOST_MACHINES_KEPT = 64
"""How many machines are kept once they were read."""
_SUFFIX = ".toml"


def machine_names() -> tuple[str, ...]:
    """The full names of the machines that come with the library, in order."""
    return tuple(sorted(_files()))


@checked_arguments
def machine(name: str) -> Machine:
    """A machine of the library, by its full name.

    Raises:
        InputError: the library has none of this name.
    """
    return _read(name)


@cache
def _files() -> dict[str, Path]:
    return dict(_files_in(Path(__file__).parent, ""))


def _files_in(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files_in(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_SUFFIX):
            yield prefix + entry.name.removesuffix(_SUFFIX), entry


@lru_cache(maxsize=MOST_MACHINES_KEPT)
def _read(name: str) -> Machine:
    if name not in _files():
        refuse(name, "unknown_machine", one_of(machine_names(), name), path="name")
    codec = Codec(plain_forms(dates_are_objects=True), dates_are_objects=True)
    reader = CriterionReader(facts={}, rules={}, codec=codec, sources={})
    return read_machine(parse_toml(_files()[name].read_bytes()), reader, dates_are_objects=True)

"""The instruments that come with the library, and those that users load from files of their own.

Nothing is used unless it is asked for by name. A reference model is asked for by its full name,
such as ``uk-ew/ogrs3@rsr-calculator``; the name without the profile takes the default one.
"""

from functools import lru_cache
from pathlib import Path

from rehabcore.instruments.files.listings import Beside, no_folder
from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.reading import read_instrument
from rehabcore.instruments.shipped import LIBRARY, shipped_files
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.documents import LARGEST_INPUT
from rehabcore.strict.problems import InputError, one_of, refuse

MOST_INSTRUMENTS_KEPT = 128
"""How many instruments of the library are kept once they were read."""


def names() -> tuple[str, ...]:
    """The full names of the instruments that come with the library, in order."""
    return tuple(sorted(shipped_files()))


def find(name: str) -> Instrument:
    """An instrument of the library, by its name: ``audit``, ``AUDIT``, ``phq-9``.

    Raises:
        InputError: the name is not known, or it is a reference model that must be asked for by its
            full name.
    """
    if not isinstance(name, str):
        refuse(name, "wrong_type", "the name of an instrument", path="name")
    return _found(name.lower().replace("_", "-"))


@lru_cache(maxsize=MOST_INSTRUMENTS_KEPT)
def _found(wanted: str) -> Instrument:
    files = shipped_files()
    if wanted in files:
        return _read(files[wanted].read_bytes(), wanted, beside(wanted))
    for full in sorted(files):
        if full.partition("@")[0] == wanted and (made := _found(full)).default_profile:
            return made
    base = wanted.partition("@")[0]
    alike = [full for full in files if base in (full.partition("@")[0], _last(full))]
    near = alike or [full for full in files if _last(full).startswith(base)]
    expected = one_of(sorted(near)) if near else one_of(sorted(files), wanted)
    return refuse(wanted, "unknown_instrument", expected, path="name")


def _last(full: str) -> str:
    """The last part of a full name, without its profile: ``ogrs3``."""
    return full.rpartition("/")[2].partition("@")[0]


@checked_arguments
def differs_from_library(instrument: Instrument) -> bool:
    """Whether the library has an instrument of this name that is declared differently.

    If so, this one was altered or comes from another release, and its figures are not vouched for.
    An instrument whose name is not in the library differs from none.
    """
    return instrument.name in shipped_files() and instrument != find(instrument.name)


def beside(name: str) -> Beside:
    """A reader of the lists beside an instrument of the library; other names have no lists."""
    folder = name.rpartition("/")[0]
    known = {full.rpartition("/")[0] for full in names()}
    return _in_folder(LIBRARY.joinpath(folder)) if folder in known else no_folder


def _read(document: bytes, file: str, beside: Beside) -> Instrument:
    try:
        return read_instrument(document, beside)
    except InputError as error:
        raise error.each(lambda problem: problem.in_file(file, keys=True)) from None


@checked_arguments
def load_instrument(path: Path) -> Instrument:
    """Read an instrument from a file of one's own, with the same checks as those of the library.

    Raises:
        InputError: every problem of the stage in which reading stopped; among them that the
            file is not TOML, or cannot be read.
    """
    beside = _in_folder(path.parent)
    return _read(beside(path.name), path.name, beside)


def _in_folder(folder: Path) -> Beside:
    """A reader of the files of one folder."""

    def read_beside(name: str) -> bytes:
        try:
            with folder.joinpath(name).open("rb") as file:
                return file.read(LARGEST_INPUT + 1)  # one more, so that too much is noticed
        except OSError as error:
            why = f"a file that can be read: {error.strerror}"
        except ValueError:
            why = "a name that a file can have"
        return refuse(name, "unreadable", why)

    return read_beside

"""Strict plain data (JSON, TOML) to attrs objects and back.

Strict means: no coercion (``"false"`` is not a boolean, ``1.9`` not an integer, ``"peers"`` not a
list), no unknown key, no missing key, and all problems reported at once, each with its path. The
module does not know any record: rooms above give it a ``Form`` for each type that is written in a
form of its own.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from rehabcore.strict.documents import Repetitive
from rehabcore.strict.exact_reading import EACH_KEY_ONCE, NOTHING_READ, ExactReaders, ReadingPlace
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problems, refuse
from rehabcore.strict.quick_reading import QuickReaders, looking_again
from rehabcore.strict.writing import Writers

T = TypeVar("T")


@frozen(kw_only=True)
class Form:
    """The form in which one type is written as plain data.

    ``read`` takes plain data and returns the object or raises ``InputError`` with paths relative
    to that data; ``write`` is its inverse. ``checks_all`` says that ``read`` takes over nothing
    unchecked, and no object that gives a key twice; then nobody looks again.
    """

    type: Any
    read: Callable[[object], Any]
    write: Callable[[Any], object]
    checks_all: bool = False


def refuse_repeated_keys(plain: object, path: str = "") -> None:
    """Refuse an object that has a key more than once.

    Raises:
        InputError: a key was given more than once.
    """
    if isinstance(plain, Repetitive):
        refuse(plain, "repeated_key", EACH_KEY_ONCE, path=path)


class Codec:
    """Reads and writes attrs objects as plain data, strictly, in one format.

    Args:
        forms: the types that are not written field by field.
        dates_are_objects: true for TOML, whose parser makes dates; JSON writes them as text.
        compiled: whether readers of records are compiled. It takes the first record of each class
            about a millisecond, and all others two thirds of the time.
    """

    def __init__(
        self,
        forms: Iterable[Form] = (),
        *,
        dates_are_objects: bool = False,
        compiled: bool = False,
    ) -> None:
        forms = tuple(forms)
        readers = {form.type: form.read for form in forms}
        self._exact = ExactReaders(readers, dates_are_objects=dates_are_objects)
        quick = {
            form.type: form.read if form.checks_all else looking_again(form.read, form.type)
            for form in forms
        }
        self._quick = QuickReaders(
            quick, self._exactly, dates_are_objects=dates_are_objects, compiled=compiled
        )
        writers = {form.type: form.write for form in forms}
        self._writers = Writers(writers, dates_are_objects=dates_are_objects)

    def read(self, plain: object, wanted: type[T], *, path: str = "") -> T:
        """Read an object from plain data.

        Raises:
            InputError: names every problem, with paths below ``path``.
        """
        # The quick reader takes a fraction of the time, but cannot say what is wrong. Whatever it
        # stumbles upon, the exact reader meets again, and tells or raises.
        try:
            quickly = self._quick.of(wanted)(plain)
        except Exception:
            quickly = NOTHING_READ
        read: T = self._exactly(plain, wanted, path) if quickly is NOTHING_READ else quickly
        return read

    def _exactly(self, plain: object, wanted: Any, path: str = "") -> Any:
        problems = Problems()
        read = self._exact.read(plain, wanted, ReadingPlace(problems, path))
        problems.done()
        return read

    def write(self, value: object, as_type: Any = None) -> Any:
        """Write an object as plain data; fields that hold their default are left out."""
        put = self._writers.of(type(value) if as_type is None else as_type)
        return value if put is None else put(value)

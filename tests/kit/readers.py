"""The two readers of plain data, each by itself, for tests that hold one to the other."""

from collections.abc import Callable
from typing import Any

from rehabcore.rules.data.plain import plain_forms
from rehabcore.strict.exact_reading import ExactReaders, ReadingPlace
from rehabcore.strict.problems import InputError, Problem, Problems
from rehabcore.strict.quick_reading import QuickReaders, looking_again

FORMS = {form.type: form.read for form in plain_forms()}
EXACT = ExactReaders(FORMS, dates_are_objects=False)


def exactly(plain: object, wanted: Any) -> Any:
    """What the exact reader makes of plain data.

    Raises:
        InputError: names every problem.
    """
    problems = Problems()
    read = EXACT.read(plain, wanted, ReadingPlace(problems))
    problems.done()
    return read


COMPILED, LOOPED = (
    QuickReaders(
        {
            form.type: form.read if form.checks_all else looking_again(form.read, form.type)
            for form in plain_forms()
        },
        exactly,
        dates_are_objects=False,
        compiled=compiled,
    )
    for compiled in (True, False)
)
REFUSED = object()


def quickly(plain: object, wanted: Any) -> Any:
    """What the quick readers, compiled or not, make of plain data; ``REFUSED`` if they refuse."""
    compiled, looped = (_made(readers, plain, wanted) for readers in (COMPILED, LOOPED))
    assert compiled == looped
    return compiled


def _made(readers: QuickReaders, plain: object, wanted: Any) -> Any:
    try:
        return readers.of(wanted)(plain)
    except Exception:
        return REFUSED


def outcome(read: Callable[[object, Any], Any], plain: object, wanted: Any) -> object:
    """What a reader makes of plain data, or its problems with the number of those not told."""
    try:
        return read(plain, wanted)
    except InputError as error:
        return error.args


def agreed(plain: object, wanted: Any) -> tuple[Problem, ...]:
    """The problems of plain data, once both readers were seen to agree on them."""
    try:
        read = exactly(plain, wanted)
    except InputError as error:
        assert quickly(plain, wanted) is REFUSED
        return error.problems
    assert quickly(plain, wanted) == read
    return ()

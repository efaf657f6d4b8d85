"""A law that is tried, and the test that tries each of several."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen

T = TypeVar("T")


class NotShown(Exception):
    """Nothing speaks against a law, but it is not proved either, or need not hold."""


@frozen(kw_only=True)
@checked
class Law:
    """Something that should hold of what a team wrote.

    ``cite`` says where the statement is from. ``prove`` returns if the law holds, and raises
    AssertionError with a counter-example, or NotShown with the reason.
    """

    law_id: str
    statement: str
    cite: str
    prove: Callable[[], None]


def as_test(laws: Iterable[Law]) -> Callable[..., None]:
    """A test function, with one case for each law; give it a name that begins with ``test``.

    Args:
        laws: the laws.
    """
    import pytest

    @pytest.mark.parametrize("law", [pytest.param(law, id=law.law_id) for law in laws])
    def test(law: Law) -> None:
        try:
            law.prove()
        except NotShown as reason:
            pytest.skip(str(reason))
        except Exception as error:
            error.add_note(f"{law.law_id}: {law.statement} ({law.cite})")
            raise

    return test


def require(holds: bool, told: str) -> None:
    """Refuse what does not hold, also where ``assert`` is left out.

    Raises:
        AssertionError: it does not hold.
    """
    if not holds:
        raise AssertionError(told)


def holds_for(drawn: st.SearchStrategy[T], check: Callable[[T], Any], examples: int) -> None:
    """Try something with examples, which are the same in every run.

    Args:
        drawn: the examples.
        check: raises AssertionError if it does not hold of an example; the shortest is told.
        examples: how many are tried.
    """

    @settings(max_examples=examples, deadline=None, derandomize=True, database=None)
    @given(drawn)
    def holds(example: T) -> None:
        check(example)

    holds()

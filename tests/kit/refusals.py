"""What is refused, and why."""

from collections.abc import Callable

import pytest

from rehabcore.strict.problems import InputError


def problems_of(make: Callable[[], object]) -> list[tuple[str, str]]:
    """The code and the path of every problem for which something is refused."""
    with pytest.raises(InputError) as caught:
        make()
    return [(problem.code, problem.path) for problem in caught.value.problems]

"""Plans of twice as many sessions take about twice as many steps."""

import pytest

from benchmarks.schedules import COURSES, MOST_TIMES, SESSIONS, works
from tests.kit.steps import steps_of

pytestmark = pytest.mark.no_cover


@pytest.mark.parametrize("name", works(COURSES))
def test_steps_grow_with_the_sessions(name: str) -> None:
    few, many = (steps_of(works(number)[name]) for number in SESSIONS)
    assert many <= MOST_TIMES * few

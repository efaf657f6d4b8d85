"""How laws are tried: quickly by default, with many examples for ``HYPOTHESIS_PROFILE=nightly``.

Under CI, Hypothesis draws the same examples in every run. That is right for what must pass before
a change lands; the nightly run looks for what nobody has seen, and so draws anew.
"""

import gc
import os
from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from coverage import Coverage

settings.register_profile("quick", deadline=None, max_examples=25)
settings.register_profile(
    "nightly", deadline=None, max_examples=1_000, derandomize=False, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure no coverage while a law is tried.

    Every branch must be reached by a test that says what is right there: which branches drawn
    examples reach is chance. Besides, a law takes three times as long while it is measured.
    """
    for item in items:
        if item.get_closest_marker("hypothesis"):
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """Look for garbage less often: a sixth of the time of tests goes into it otherwise.

    What was collected lives until the end, so it need not be looked at again and again.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class OnlyTests:
    """Measures coverage while a test is set up and called, not what pytest does before and after.

    Both begin before anything else that pytest asks to do so, and end after it.
    """

    def __init__(self, measured: "Coverage") -> None:
        self._measured = measured

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Generator[None, object, object]:
        """Measure what fixtures make."""
        with self._measured.collect():
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        """Measure the test."""
        with self._measured.collect():
            return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Pause the measuring that began before the modules were imported.

    While it goes on, everything takes more than twice as long, also the work of pytest itself and
    of the process that hands the tests to others.
    """
    if session.config.pluginmanager.has_plugin("_cov"):
        from coverage import Coverage

        measured = Coverage.current()
        if measured is not None:
            measured.stop()
            session.config.pluginmanager.register(OnlyTests(measured))
    return (yield)

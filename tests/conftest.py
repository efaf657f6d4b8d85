"""How laws are tried: quickly by default, with many examples for ``HYPOTHESIS_PROFILE=nightly``.

Under CI, Hypothesis draws the same examples in every run. That is right for what must pass before
a change lands; the nightly run looks for what nobody has seen, and so draws anew.
"""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("quick", deadline=None, max_examples=25, suppress_health_check=_SLOW)
settings.register_profile(
    "nightly",
    deadline=None,
    max_examples=1_000,
    suppress_health_check=_SLOW,
    derandomize=False,
    print_blob=True,
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

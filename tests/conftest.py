"""Hypothesis profiles: quick by default, many examples for ``HYPOTHESIS_PROFILE=nightly``.

Under CI, Hypothesis draws the same examples in every run. That is right for what must pass before
a change lands; the nightly run looks for what nobody has seen, and so draws anew.
"""

import os

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

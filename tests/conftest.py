"""Hypothesis profiles: quick by default, many examples for ``HYPOTHESIS_PROFILE=nightly``."""

import os

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("quick", deadline=None, max_examples=25, suppress_health_check=_SLOW)
settings.register_profile("nightly", deadline=None, max_examples=1_000, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

"""How Hypothesis draws under CI, where it fixes its examples unless a profile says otherwise."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TELL = """
import tests.conftest
from hypothesis import settings
for name in ("quick", "nightly"):
    profile = settings.get_profile(name)
    print(name, profile.max_examples, "again" if profile.derandomize else "anew")
"""


def test_under_ci_the_quick_profile_repeats_its_examples_and_the_nightly_one_draws_anew() -> None:
    told = subprocess.run(
        [sys.executable, "-c", TELL],
        cwd=ROOT,
        env={**os.environ, "CI": "1"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert told.stdout.splitlines() == ["quick 25 again", "nightly 1000 anew"]

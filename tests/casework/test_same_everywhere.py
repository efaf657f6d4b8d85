"""Results are the same in every thread and every process, whatever order its sets have."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

import pytest

import rehabcore as rc
from tests.kit.builders import day

ON = day("2026-11-16")


def written(name: str) -> list[str]:
    """The documents of the results of a bundled case, by each verb that needs only a day."""
    country = rc.load(name.partition("/")[0])
    case = rc.read(rc.examples()[name], rc.CaseFile)
    verbs: tuple[Any, ...] = (rc.match, rc.near, rc.needs, rc.plan)
    return [rc.write(verb(case, country, on=ON)) for verb in verbs]


def digest() -> str:
    """A digest of all documents."""
    documents = [document for name in sorted(rc.examples()) for document in written(name)]
    return sha256("".join(documents).encode()).hexdigest()


@pytest.mark.no_cover
def test_results_are_the_same_in_several_threads_at_once() -> None:
    names = sorted(rc.examples()) * 4
    alone = [written(name) for name in names]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(written, names)) == alone


@pytest.mark.no_cover
def test_results_do_not_depend_on_how_text_is_hashed() -> None:
    code = "from tests.casework.test_same_everywhere import digest; print(digest())"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip() == digest()

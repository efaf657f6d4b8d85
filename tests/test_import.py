"""What importing the library costs and loads."""

import subprocess
import sys

ALLOWED = {"attr", "attrs", "cattrs", "cattr", "dateutil", "six", "typing_extensions", "rehabcore"}


def _loaded_after(statement: str) -> set[str]:
    code = (
        f"import sys; before = set(sys.modules); {statement}; "
        "print(' '.join(sorted({name.split('.')[0] for name in set(sys.modules) - before})))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_every_room_loads_only_the_three_dependencies() -> None:
    loaded = _loaded_after("from rehabcore import casework, exchange, reports, __main__")
    foreign = {
        name
        for name in loaded
        if name not in ALLOWED and name not in sys.stdlib_module_names and name != "tzdata"
    }
    assert foreign == set()
    assert {"attr", "cattrs", "dateutil"} <= loaded


def test_importing_the_package_loads_no_room() -> None:
    assert "attr" not in _loaded_after("import rehabcore")

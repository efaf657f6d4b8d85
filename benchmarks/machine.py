"""On what a run was measured."""

import os
import platform
from pathlib import Path


def described() -> str:
    """The processor, how busy it is, and the Python that runs."""
    models = [
        line.partition(":")[2].strip()
        for line in _read(Path("/proc/cpuinfo")).splitlines()
        if line.startswith("model name")
    ]
    name = models[0] if models else platform.processor() or platform.machine()
    busy = f"{os.getloadavg()[0]:.1f} processes running" if hasattr(os, "getloadavg") else ""
    cores = f"{os.cpu_count()} cores"
    machine = ", ".join(filter(None, (name, cores, platform.system(), busy)))
    return f"{machine}; {platform.python_implementation()} {platform.python_version()}"


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""

"""Copies of two revisions side by side, bytecode compiled, and the processes that work in them."""

import compileall
import json
import os
import resource
import shutil
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from types import TracebackType

from attrs import frozen

from benchmarks.interfaces import EVERYDAY, EVERYDAY_BEFORE_WINGS

HERE = Path(__file__).parent.parent
BUNDLED = ["bundled:xx/therapeutic-community", "--jurisdiction", "xx", "--on", "2026-11-16"]
COMMANDS = {"help": ["--help"], "command_match": ["match", *BUNDLED]}


def copied(revision: str, to: Path) -> "Revision":
    """The package of a revision, or of a folder, below another folder.

    Raises:
        SystemExit: there is no such revision.
    """
    source = Path(revision) / "src"
    if source.is_dir():
        shutil.copytree(source, to / "src", ignore=shutil.ignore_patterns("__pycache__"))
    else:
        archive = ["git", "-C", str(HERE), "archive", revision, "src"]
        done = subprocess.run(archive, capture_output=True, check=False)
        if done.returncode:
            sys.exit(f"{revision} is neither a folder with src nor a revision")
        with tarfile.open(fileobj=BytesIO(done.stdout)) as files:
            files.extractall(to, filter="data")
    compileall.compile_dir(to / "src", quiet=1)
    return Revision(to)


@frozen
class Revision:
    """A folder that holds ``src`` of one revision."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """That of a process which imports this revision, and the benchmarks of today."""
        return {**os.environ, "PYTHONPATH": f"{self.folder / 'src'}{os.pathsep}{HERE}"}

    def process(self, name: str) -> float:
        """The processor time of one of the ``COMMANDS``, with that of its interpreter."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self._run(["-m", "rehabcore", *COMMANDS[name]])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    def importing(self) -> float:
        """The processor time of importing the everyday verbs, net of the interpreter."""
        wings = (self.folder / "src/rehabcore/exchange").is_dir()
        statement = EVERYDAY if wings else EVERYDAY_BEFORE_WINGS
        timed = f"from time import process_time as t; s = t(); {statement}; print(t() - s)"
        return float(self._run(["-c", timed]))

    def first(self, name: str, people: int) -> float:
        """The processor time of a piece of work that is done for the first time."""
        return float(self._run([*self.worker(people), "--once", name]))

    def worker(self, people: int) -> list[str]:
        """The arguments of a worker."""
        stored = str(self.folder / "stored.json")
        return ["-m", "benchmarks.worker", "--people", str(people), "--stored", stored]

    def _run(self, arguments: list[str]) -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout


class Worker:
    """A process of one revision that does what it is asked, again and again."""

    def __init__(self, revision: Revision, people: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *revision.worker(people)],
            cwd=revision.folder,
            env=revision.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, name: str) -> float:
        """The processor time, or the size, of a piece of work."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        return float(json.loads(self._process.stdout.readline()))

    def __enter__(self) -> "Worker":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

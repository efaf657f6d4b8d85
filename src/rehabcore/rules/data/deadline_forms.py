"""Deadlines and kinds of pauses in TOML and JSON.

[[deadlines]]
code = "plan"
title = { en = "Write the plan" }
due = { before = ["start"], term = "90 days" }
opens = { before = ["start"], term = "6 months" }

[[pauses]]
code = "illness"
title = { en = "Illness" }
extension = "10 days"
"""

from collections.abc import Mapping
from typing import TypeVar

from rehabcore.rules.machines.deadlines import Deadline
from rehabcore.rules.machines.pauses import PauseKind
from rehabcore.rules.sources import Status, citing_problems
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.problems import Problems
from rehabcore.strict.structure import Codec

Kind = TypeVar("Kind", Deadline, PauseKind)


@checked_arguments
def read_deadlines(
    plain: object, codec: Codec, *, sources: Mapping[str, Status] | None
) -> tuple[Deadline, ...]:
    """Read deadlines from their tables.

    Args:
        plain: the tables, in a list.
        codec: reads what stands in them.
        sources: the status of each source that may be cited; None takes citations unchecked.

    Raises:
        InputError: every problem, with its path: of the tables, else of codes and citations.
    """
    return _checked(codec.read(plain, tuple[Deadline, ...]), sources)


@checked_arguments
def read_pause_kinds(
    plain: object, codec: Codec, *, sources: Mapping[str, Status] | None
) -> tuple[PauseKind, ...]:
    """Read kinds of pauses from their tables, as ``read_deadlines`` reads deadlines.

    Raises:
        InputError: every problem, with its path: of the tables, else of codes and citations.
    """
    return _checked(codec.read(plain, tuple[PauseKind, ...]), sources)


def _checked(read: tuple[Kind, ...], sources: Mapping[str, Status] | None) -> tuple[Kind, ...]:
    problems, codes = Problems(), set[str]()
    for index, one in enumerate(read):
        if one.code in codes:
            expected = "a code that stands once"
            problems.note(one.code, "duplicate_id", expected, path=f"[{index}].code")
        codes.add(one.code)
        if sources is not None:
            cited = citing_problems(one.status, one.cite, sources)
            problems.add(*(problem.below(f"[{index}]") for problem in cited))
    problems.done()
    return read

"""Asking the whole catalogue about everybody in a caseload, answers first."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from os import PathLike

from rehabcore.caseload.caseloads import Caseload
from rehabcore.caseload.desks import CaseOutcome, CaseSource, Desk
from rehabcore.caseload.processes import answered_in_processes, with_bar
from rehabcore.casework.arguments import verb
from rehabcore.casework.grounding import stamped
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.strict.problems import Problem, Problems, refuse

MOST_PROCESSES = 256
"""More would be a slip of the pen, and start until the machine stands still."""


def match_all(
    cases: Iterable[CaseSource],
    jurisdiction: Jurisdiction,
    *,
    on: date,
    known_at: date | None = None,
    strict: bool = False,
    processes: int = 1,
    progress: bool = False,
) -> Caseload:
    """Ask every programme and service of a country about many people on a day.

    Answers come first, one person after another, in the order of the case files; the proofs of one
    person are made by ``CaseAnswers.match``. A file that cannot be read or is inconsistent does not
    stop the others: ``Caseload.refused`` tells of it. The files are taken as answers are asked for,
    so there may be more of them than fit into memory.

    Args:
        cases: case files, each a ``CaseFile`` or what ``read`` takes: JSON as text or bytes, plain
            data, or the path of a file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day on which they would enter.
        known_at: the day up to which records count; None for everything on file.
        strict: whether to refuse a file with a fault of a single record, too.
        processes: in how many processes to answer, besides this one if they are several. Each takes
            a second to start, so it pays from some thousand people. Needs the extra ``caseload``.
        progress: whether to show on standard error how many were answered. Needs the same extra.

    Raises:
        InputError: an argument is of a wrong type or out of range, or the extra is not installed.
    """
    problems = Problems()
    desk = problems.at(
        "",
        _desk,
        jurisdiction,
        on=on,
        known_at=known_at,
        strict=strict,
        processes=processes,
        progress=progress,
    )
    if not isinstance(cases, Iterable) or isinstance(cases, _ONE_CASE):
        expected = "several case files; match asks about one"
        problems.add(Problem.of(cases, "wrong_type", expected, path="cases", secret=True))
    problems.done()
    alone = processes == 1
    found = _here(desk, cases) if alone else answered_in_processes(desk, cases, processes)
    return Caseload(desk, with_bar(found, cases) if progress else found)


_ONE_CASE = (str, bytes, Mapping, PathLike)


@verb
def _desk(
    jurisdiction: Jurisdiction,
    *,
    on: date,
    known_at: date | None,
    strict: bool,
    processes: int,
    progress: bool,
) -> Desk:
    """The desk at which everybody is answered, once all that concerns everybody is right."""
    if not 1 <= processes <= MOST_PROCESSES:
        refuse(processes, "out_of_range", f"from 1 to {MOST_PROCESSES}", path="processes")
    stamped(jurisdiction, on, known_at)  # refuses the days that match refuses
    return Desk(country=jurisdiction, on=on, known_at=known_at, strict=strict)


def _here(desk: Desk, sources: Iterable[CaseSource]) -> Iterator[tuple[CaseSource, CaseOutcome]]:
    return ((source, desk.answer(source)) for source in sources)
